// SPDX-License-Identifier: Apache-2.0
// A disk that takes no more bytes, and a folder without the right to write: nothing is lost.
#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

#include "ministry_fixture.h"

namespace muster::ministry::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class DropFolderDiskFull : public Ministry {
 protected:
  DropFolderDiskFull() {
    start();
    std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
  }
  ~DropFolderDiskFull() override { free_space(); }
  DropFolderDiskFull(const DropFolderDiskFull&) = delete;
  DropFolderDiskFull& operator=(const DropFolderDiskFull&) = delete;

  /// No file can grow.
  void fill_disk() const {
    const rlimit none{.rlim_cur = 0, .rlim_max = before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &none);
  }
  void free_space() const { ::setrlimit(RLIMIT_FSIZE, &before_); }

  rlimit before_{};
};

TEST_F(DropFolderDiskFull, WaitsWithWhatIsNotPublishedYet) {
  drop("a.json", report(100));
  drop("bad.json", "{");
  fill_disk();
  const auto looked = look_until_it_fails();
  const bool looked_again = drop_->look(publisher_).has_value();
  free_space();
  EXPECT_FALSE(looked_again);
  EXPECT_EQ(looked.error().code, model::ErrorCode::io);
  EXPECT_THAT(looked.error().message, HasSubstr("File too large"));
  EXPECT_THAT(publisher_.reports, IsEmpty());
  EXPECT_THAT(files(), ElementsAre("work/a.json", "work/bad.json"));

  look_twice();
  acknowledge();

  EXPECT_THAT(only_files(), ElementsAre("processed/2024-05-01/a.json", "rejected/bad.json"));
  EXPECT_EQ(publisher_.reports.size(), 1U);
}

TEST_F(DropFolderDiskFull, KeepsTheVerdictUntilThereIsRoom) {
  drop("a.json", report());
  look_twice();
  fill_disk();
  acknowledge();
  const bool looked = drop_->look(publisher_).has_value();
  free_space();
  EXPECT_FALSE(looked);
  EXPECT_THAT(log_, HasSubstr("event=disk_refuses"));

  look_twice();

  EXPECT_EQ(json("processed/2024-05-01/a.json.receipt.json").find("complete")->truth, true);
  EXPECT_EQ(drop_->under_way(), 0U);
}

TEST_F(DropFolderDiskFull, ClaimsNothingInAFolderWithoutTheRightToWriteAndRecovers) {
  if (::geteuid() != 0) {
    GTEST_SKIP() << "only root can become somebody without rights";
  }
  drop("a.json", report());
  ::chmod((temporary_ / ".").c_str(), 0755);
  ::chmod(folder().c_str(), 0755);
  ASSERT_EQ(::seteuid(65'534), 0);
  const auto looked = look_until_it_fails();
  ASSERT_EQ(::seteuid(0), 0);

  EXPECT_EQ(looked.error().code, model::ErrorCode::io);
  EXPECT_THAT(looked.error().message, HasSubstr("Permission denied"));
  EXPECT_TRUE(has("a.json"));
  look_twice();
  acknowledge();
  EXPECT_TRUE(has("processed/2024-05-01/a.json"));
}

}  // namespace
}  // namespace muster::ministry::test
