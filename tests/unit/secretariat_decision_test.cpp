// SPDX-License-Identifier: Apache-2.0
// Who may see a decision, and how often what the broker found is told.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/core_samples.h"
#include "tests/unit/secretariat_rig.h"

namespace muster::secretariat {
namespace {

using model::Rule;
using model::Severity;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// The world of a node of the secretariat whose broker knows EX-2299 and three nations.
struct Desk : rig::World {
  Desk() {
    config->node = tests::node_id("SEC/hq");
    answer = model::Answer{.header = {},
                           .body = model::OperationAnswer{.operation = tests::code("EX-2299"),
                                                          .state = model::OperationState::decided}};
    answer->header.nations_reporting = {tests::nation("TJK"), tests::nation("KAZ")};
    answer->header.nations_missing = {tests::nation("ARM")};
  }

  rig::Ran decide(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"operation", "decide", "EX-2299"});
    return run(arguments);
  }
};

TEST(Decision, IsForThoseWhoCarryItOutUnlessTold) {
  const auto released = [](const std::vector<std::string>& more) {
    Desk world;
    std::vector<std::string> arguments{"--accept", "KAZ/O-1", "--id", "D-1"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const auto ran = world.decide(arguments);
    EXPECT_EQ(ran.code, 0) << ran.err;
    return world.published.empty() ? std::vector{model::secretariat()}
                                   : world.published.front().releasable_to;
  };

  EXPECT_THAT(released({}),
              ElementsAre(tests::nation("ARM"), tests::nation("KAZ"), tests::nation("TJK")));
  EXPECT_THAT(released({"--releasable-to", "none"}), IsEmpty());
  EXPECT_THAT(released({"--releasable-to", "KGZ"}), ElementsAre(tests::nation("KGZ")));
}

TEST(Decision, TellsAFindingOnce) {
  Desk world;
  world.publisher.verdicts = {
      {model::Verdict::refused,
       {{Rule::v31, Severity::refuse, 0, "contribution_id", "caveat C-1", "an approval of it"}}}};

  const auto table = world.decide({"--accept", "KAZ/O-1"});

  EXPECT_EQ(table.code, 65);
  EXPECT_THAT(table.out, AllOf(HasSubstr("REFUSED"), Not(HasSubstr("caveat C-1"))));
  EXPECT_THAT(rig::too_long_lines(table.out), IsEmpty());
  EXPECT_THAT(table.err, HasSubstr("caveat C-1"));
  EXPECT_THAT(world.decide({"--accept", "KAZ/O-1", "-o", "csv"}).out, HasSubstr("caveat C-1"));
}

}  // namespace
}  // namespace muster::secretariat
