// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "broker/core/freshness.h"
#include "nodes/exercise/play_tally.h"
#include "schemas/text/report_json.h"
#include "tests/unit/exercise_kazakhstan_fixture.h"

/// The play of operation EX-2201 before the rules of the broker and the figures of DOMAIN.md §11,
/// which are typed in again here on purpose.
namespace muster::exercise {
namespace {

using model::ContributionState;
using model::Rule;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using tests::moment;
using tests::PlayedOperation;

const auto kAccepted = moment("2022-01-07T07:00:00Z");

// ---- the rules ----------------------------------------------------------------------------------

class PlayOfASeed : public ::testing::TestWithParam<std::uint64_t> {};
INSTANTIATE_TEST_SUITE_P(Exercise, PlayOfASeed,
                         ::testing::Values(0U, 7U, 2022U, ~std::uint64_t{0}));

TEST_P(PlayOfASeed, KeepsEveryRule) {
  PlayedOperation played(GetParam());
  std::size_t flags = 0;

  for (const auto& event : played.events()) {
    const auto decision = played.take_next();
    EXPECT_EQ(decision.verdict, model::Verdict::accepted) << event.what;
    for (const auto& finding : decision.findings) {
      const bool is_expected = finding.rule == Rule::v28 && event.at == kAccepted;
      EXPECT_TRUE(is_expected) << event.what << ": " << model::describe(finding);
      ++flags;
    }
  }

  // From 2,250 of 2,500 on.
  EXPECT_GT(flags, 0U);
}

TEST_P(PlayOfASeed, KeepsThemInAnyOrderOfTheMinistriesAtOneMoment) {
  auto events = kazakhstan_2022(GetParam());
  std::stable_sort(events.begin(), events.end(), [](const PlayEvent& a, const PlayEvent& b) {
    const auto office = [](const PlayEvent& e) {
      return e.node.publisher() == model::secretariat();
    };
    return std::tuple(a.at, office(a), b.node) < std::tuple(b.at, office(b), a.node);
  });
  ASSERT_NE(events, kazakhstan_2022(GetParam()));
  PlayedOperation played(std::move(events));

  for (const auto& event : played.events()) {
    EXPECT_EQ(played.take_next().verdict, model::Verdict::accepted) << event.what;
  }
}

TEST(PlayOfKazakhstan, GoesForwardAndNoNodeSpeaksTwiceAtOneMoment) {
  std::set<std::pair<model::UtcTime, model::NodeId>> spoken;
  auto last = model::kTimeMin;
  for (const auto& event : kazakhstan_2022(2022)) {
    EXPECT_GE(event.at, last);
    EXPECT_EQ(event.report.valid_at, event.at);
    EXPECT_TRUE(spoken.insert({event.at, event.node}).second) << event.what;
    last = event.at;
  }
  EXPECT_EQ(last, moment("2022-01-19T18:00:00Z"));
}

TEST(PlayOfKazakhstan, IsTheSameForTheSameSeed) {
  EXPECT_EQ(kazakhstan_2022(5), kazakhstan_2022(5));
  EXPECT_NE(kazakhstan_2022(5), kazakhstan_2022(6));
}

TEST(PlayOfKazakhstan, PassesThroughTheFilesOfADropFolder) {
  for (const auto& event : kazakhstan_2022(2022)) {
    const auto read = text::report_from_json(text::report_to_json(event.report));

    EXPECT_THAT(read.problems, IsEmpty()) << event.what;
    EXPECT_EQ(read.report, event.report) << event.what;
  }
}

/// Asked at the end of each silence, just before the next report.
TEST(PlayOfKazakhstan, KeepsEveryUnitFresh) {
  constexpr std::size_t kContingents = 6;
  PlayedOperation played;
  std::size_t asked = 0;
  for (std::size_t i = 0; i < played.events().size(); ++i) {
    const auto& event = played.events()[i];
    const core::Ages ages(*played.state().registry, event.at);
    played.state().units.for_each([&](const model::UnitId& id, const core::UnitState& unit) {
      EXPECT_EQ(ages.of(id, unit), model::Freshness::fresh) << id.str() << " before " << event.what;
      asked += i >= kContingents ? 1 : 0;
    });
    played.take_next();
  }

  EXPECT_EQ(asked, 65 * (played.events().size() - kContingents));
}

TEST(PlayOfKazakhstan, LeavesLevelsAsTheContingentsReportedThem) {
  PlayedOperation played;
  played.play(moment("2022-01-06T22:00:00Z"));
  std::map<model::UnitId, model::Level> levels;
  played.state().units.for_each(
      [&](const model::UnitId& id, const core::UnitState& unit) { levels[id] = unit.effective; });

  played.play();

  ASSERT_THAT(levels, SizeIs(65));
  played.state().units.for_each([&](const model::UnitId& id, const core::UnitState& unit) {
    EXPECT_EQ(unit.effective, levels.at(id)) << id.str();
    EXPECT_FALSE(unit.computed.partial) << id.str();
  });
}

TEST(PlayOfKazakhstan, LeavesAStateWhoseInvariantsHold) {
  PlayedOperation played;

  played.play();

  EXPECT_THAT(core::broken_invariants(played.state()), IsEmpty());
}

// ---- the lines that a person reads --------------------------------------------------------------

TEST(PlayTally, CountsAsTheBrokerDoes) {
  PlayedOperation played;
  PlayTally tally;
  for (const auto& event : played.events()) {
    played.take_next();
    tally.take(event.report);
    for (const auto& name : model::code_names(ContributionState{})) {
      EXPECT_EQ(tally.people(name.value), played.people(name.value)) << event.what;
    }
  }
}

TEST(LineOf, SaysWhenWhoWhatAndHowManyAreInPlace) {
  PlayTally tally;
  for (const auto& event : kazakhstan_2022(2022)) {
    tally.take(event.report);
    if (event.at == moment("2022-01-07T12:00:00Z") && event.node.view() == "RUS/mod") {
      const auto line = line_of(event, tally);

      EXPECT_THAT(line, ::testing::StartsWith("2022-01-07T12:00:00Z  RUS/mod "));
      EXPECT_THAT(line, ::testing::HasSubstr("IN_PLACE: 4 slices, 400 people"));
      EXPECT_THAT(line, ::testing::EndsWith("in place 400"));
      return;
    }
  }
  FAIL() << "nobody spoke";
}

}  // namespace
}  // namespace muster::exercise
