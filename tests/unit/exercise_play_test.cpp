// SPDX-License-Identifier: Apache-2.0
#include "nodes/exercise/play_operation.h"

#include <gmock/gmock.h>
#include <stdlib.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

/// How a play goes on, stops and is taken up again: without a broker, so only up to the moment at
/// which the secretariat speaks. Files that nodes would move are moved by the test.
namespace muster::exercise {
namespace {

namespace fs = std::filesystem;
using model::ErrorCode;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::array<std::string, 6> kNations{"RUS", "BLR", "ARM", "KAZ", "KGZ", "TJK"};

class PlayOperation : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "muster-play-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
    options_.speed = 0;
    options_.until = *model::parse_time("2022-01-06T22:00:00Z");
    options_.wait_max = std::chrono::seconds{0};
  }
  void TearDown() override { fs::remove_all(folder_); }

  void prepare() {
    const auto prepared = exercise::prepare(workspace().folder, {});
    ASSERT_TRUE(prepared) << prepared.error().message;
  }
  [[nodiscard]] Workspace workspace() const { return {folder_ / "exercise"}; }
  [[nodiscard]] fs::path drop_of(const std::string& nation) const {
    return workspace().drop_folder(*model::NodeId::parse(nation + "/mod"));
  }
  static std::string file_of(const std::string& nation) {
    return nation + "-kazakhstan-2022-20220106T220000Z.json";
  }
  static void write(const fs::path& path, const std::string& text) {
    fs::create_directories(path.parent_path());
    std::ofstream(path) << text;
  }
  /// As if every node had published its contingent.
  void publish_contingents() const {
    for (const auto& nation : kNations) {
      write(drop_of(nation) / "processed" / "2026-01-01" / file_of(nation), "{}");
    }
  }
  [[nodiscard]] fs::path remembered() const {
    return workspace().folder / "kazakhstan-2022.played";
  }
  [[nodiscard]] std::string remembered_text() const {
    std::ostringstream text;
    text << std::ifstream(remembered()).rdbuf();
    return text.str();
  }
  model::Result<void> play() {
    lines_.clear();
    return play_operation(workspace(), options_,
                          [this](const std::string& line) { lines_.push_back(line); });
  }

  fs::path folder_;
  OperationPlayOptions options_;
  std::vector<std::string> lines_;
};

TEST_F(PlayOperation, NeedsAPreparedFolder) {
  const auto played = play();

  ASSERT_FALSE(played);
  EXPECT_EQ(played.error().code, ErrorCode::not_found);
}

TEST_F(PlayOperation, DropsTheContingentsAndNamesTheNodeThatDoesNotTakeIts) {
  prepare();

  const auto played = play();

  ASSERT_FALSE(played);
  EXPECT_EQ(played.error().code, ErrorCode::timed_out);
  EXPECT_THAT(played.error().message, HasSubstr("RUS/mod"));
  for (const auto& nation : kNations) {
    EXPECT_GT(fs::file_size(drop_of(nation) / file_of(nation)), 10'000U) << nation;
  }
  EXPECT_FALSE(fs::exists(remembered()));
}

TEST_F(PlayOperation, TellsAndRemembersWhatWasPublished) {
  prepare();
  publish_contingents();

  const auto played = play();

  ASSERT_TRUE(played) << played.error().message;
  ASSERT_THAT(lines_, SizeIs(6));
  EXPECT_THAT(lines_[3], HasSubstr("[  4/178] 2022-01-06T22:00:00Z  KAZ/mod"));
  EXPECT_EQ(remembered_text(), "seed 2022 events 6\n");
}

TEST_F(PlayOperation, DoesNotDropAgainWhatWasDroppedBefore) {
  prepare();
  publish_contingents();

  const auto played = play();

  ASSERT_TRUE(played) << played.error().message;
  EXPECT_FALSE(fs::exists(drop_of("RUS") / file_of("RUS")));
}

TEST_F(PlayOperation, GoesOnWhereItStopped) {
  prepare();
  publish_contingents();
  ASSERT_TRUE(play());
  fs::remove_all(drop_of("RUS") / "processed");

  const auto again = play();

  ASSERT_TRUE(again) << again.error().message;
  EXPECT_THAT(lines_, IsEmpty());
  EXPECT_FALSE(fs::exists(drop_of("RUS") / file_of("RUS")));
}

TEST_F(PlayOperation, CountsWhoIsInPlaceFromTheBeginningOn) {
  prepare();
  // All until the commander was appointed; then the ministries report in the evening.
  write(remembered(), "seed 2022 events 29\n");
  for (const auto& nation : kNations) {
    write(drop_of(nation) / "processed" / "2026-01-01" /
              (nation + "-kazakhstan-2022-20220107T220000Z.json"),
          "{}");
  }
  options_.until = *model::parse_time("2022-01-07T22:00:00Z");

  const auto played = play();

  ASSERT_TRUE(played) << played.error().message;
  ASSERT_THAT(lines_, SizeIs(6));
  EXPECT_THAT(lines_[0], HasSubstr("RUS/mod"));
  EXPECT_THAT(lines_[0], ::testing::EndsWith("in place 680"));
}

TEST_F(PlayOperation, StopsAtARejectedReportAndNamesItsFindings) {
  prepare();
  publish_contingents();
  write(drop_of("KGZ") / "rejected" / file_of("KGZ"), "{}");

  const auto played = play();

  ASSERT_FALSE(played);
  EXPECT_EQ(played.error().code, ErrorCode::refused);
  EXPECT_THAT(played.error().message, HasSubstr(file_of("KGZ") + ".findings.txt"));
  EXPECT_FALSE(fs::exists(remembered()));
}

TEST_F(PlayOperation, IsNotPlayedTwiceNorOnWithAnotherSeed) {
  prepare();
  for (const std::string was : {"seed 2022 events 178\n", "seed 7 events 6\n"}) {
    write(remembered(), was);

    const auto played = play();

    ASSERT_FALSE(played) << was;
    EXPECT_EQ(played.error().code, ErrorCode::already_exists) << was;
    EXPECT_THAT(played.error().message, HasSubstr("prepare another folder")) << was;
  }
}

TEST_F(PlayOperation, RefusesAMemoryThatItCannotRead) {
  prepare();
  for (const std::string was : {"", "events 6\n", "seed 2022 events many\n"}) {
    write(remembered(), was);

    const auto played = play();

    ASSERT_FALSE(played) << was;
    EXPECT_EQ(played.error().code, ErrorCode::malformed) << was;
    EXPECT_EQ(remembered_text(), was);
  }
}

}  // namespace
}  // namespace muster::exercise
