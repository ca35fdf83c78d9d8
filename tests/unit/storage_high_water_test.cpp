// SPDX-License-Identifier: Apache-2.0
#include "storage/high_water.h"

#include <gmock/gmock.h>

#include <fstream>
#include <string>

#include "tests/unit/storage_samples.h"

namespace muster::storage {
namespace {

using model::ErrorCode;

void flip_byte(const std::string& path, std::streamoff place) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(place);
  const char before = static_cast<char>(file.get());
  file.seekp(place);
  file.put(static_cast<char>(before ^ 0x40));
}

TEST(HighWater, IsNothingInANewFile) {
  const Folder folder;
  const auto file = HighWaterFile::open(folder / "high-water").value();
  EXPECT_EQ(file.read().value(), HighWater{});
}

TEST(HighWater, ReadsTheLastMarkAfterReopening) {
  const Folder folder;
  const std::string path = folder / "high-water";
  for (std::uint8_t seq = 1; seq <= 9; ++seq) {
    auto file = HighWaterFile::open(path).value();
    for (std::uint64_t again = 0; again <= seq % 3U; ++again) {
      ASSERT_TRUE(file.record(seq * 10U + again, hash_of(seq)));
    }
    ASSERT_EQ(HighWaterFile::open(path).value().read().value(),
              (HighWater{.seq = seq * 10U + seq % 3U, .digest = hash_of(seq)}));
  }
}

TEST(HighWater, FallsBackToTheMarkBeforeATornOne) {
  const Folder folder;
  const std::string path = folder / "high-water";
  auto file = HighWaterFile::open(path).value();
  ASSERT_TRUE(file.record(1, hash_of(1)));
  ASSERT_TRUE(file.record(2, hash_of(2)));

  flip_byte(path, 4096 + 20);

  EXPECT_EQ(file.read().value(), (HighWater{.seq = 1, .digest = hash_of(1)}));
}

TEST(HighWater, SaysSoWhenNoMarkIsWhole) {
  const Folder folder;
  const std::string path = folder / "high-water";
  auto file = HighWaterFile::open(path).value();
  ASSERT_TRUE(file.record(1, hash_of(1)));

  flip_byte(path, 9);

  EXPECT_EQ(file.read().error().code, ErrorCode::corrupt);
}

TEST(HighWater, NeedsAFolderThatExists) {
  const Folder folder;
  EXPECT_EQ(HighWaterFile::open(folder / "none/high-water").error().code, ErrorCode::io);
}

}  // namespace
}  // namespace muster::storage
