// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <algorithm>
#include <csignal>

#include "broker/planner/assembly.h"
#include "tests/support/planner_samples.h"

namespace muster::tests {
namespace {

using model::AssemblyGoal;
using planner::Line;
using planner::Nation;
using planner::Objective;
using planner::Package;
using planner::Problem;
using planner::Slice;
using planner::Unit;
using testing::AllOf;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::SizeIs;
using namespace std::chrono_literals;

Line wants(std::uint32_t people) { return {.people_min = people, .people_max = people + 10}; }

/// A unit of nation 0 that can serve on each line from minute 60 on.
Unit unit_of(std::uint32_t people, const std::vector<std::uint32_t>& lines) {
  Unit unit{.people = people};
  for (const auto line : lines) {
    unit.places.push_back({.line = line, .ready_min = 60});
  }
  return unit;
}

Nation nation_of(std::uint32_t deployable) { return {.deployable = deployable}; }

Package best(const Problem& problem, AssemblyGoal goal = AssemblyGoal::earliest) {
  auto package = planner::best_package(problem, {.goal = goal});
  EXPECT_EQ(broken(problem, package), "");
  return package;
}

auto is_proven(const char* name, double value) {
  return AllOf(Field("name", &Objective::name, name), Field("value", &Objective::value, value),
               Field("bound", &Objective::bound, value),
               Field("is_proven", &Objective::is_proven, true));
}

TEST(Lacking, ServesTheFirstLineFirst) {
  const Problem problem{.lines = {wants(60), wants(60)},
                        .units = {unit_of(100, {0, 1})},
                        .nations = {nation_of(1000)}};

  EXPECT_THAT(planner::lacking(problem), ElementsAre(0, 20));
}

TEST(Lacking, MovesAnEarlierLineToOtherUnitsForTheSakeOfALaterOne) {
  const Problem problem{.lines = {wants(50), wants(50)},
                        .units = {unit_of(50, {0, 1}), unit_of(50, {0})},
                        .nations = {nation_of(1000)}};

  EXPECT_THAT(planner::lacking(problem), ElementsAre(0, 0));
}

TEST(Lacking, NeverGoesBeyondANationNorBelowTheGreatestOfALine) {
  Problem problem{.lines = {wants(50), {.people_min = 50, .people_max = 30}},
                  .units = {unit_of(100, {0, 1})},
                  .nations = {nation_of(1000)}};
  problem.nations[0].people_max = 55;

  EXPECT_THAT(planner::lacking(problem), ElementsAre(0, 25));
}

TEST(Package, IsEmptyWhenNothingIsWantedOrNobodyIsThere) {
  const Problem nothing;
  const Problem nobody{.lines = {wants(7)}};
  const Problem no_wish{.units = {unit_of(5, {})}, .nations = {nation_of(5)}};

  for (const auto goal :
       {AssemblyGoal::earliest, AssemblyGoal::fewest_nations, AssemblyGoal::balanced}) {
    EXPECT_THAT(best(nothing, goal).slices, IsEmpty());
    EXPECT_THAT(best(nobody, goal).slices, IsEmpty());
    EXPECT_THAT(best(nobody, goal).lacking, ElementsAre(7));
    EXPECT_THAT(best(no_wish, goal).slices, IsEmpty());
  }
}

TEST(Package, GivesAPartOfAUnitAndLeavesTheRestAtHome) {
  const Problem problem{
      .lines = {wants(30), wants(20)}, .units = {unit_of(80, {0, 1})}, .nations = {nation_of(100)}};

  EXPECT_THAT(best(problem).slices, ElementsAre(Slice{.unit = 0, .line = 0, .people = 30},
                                                Slice{.unit = 0, .line = 1, .people = 20}));
}

TEST(Package, LeavesALineThatNobodyServesAsItIs) {
  const Problem problem{
      .lines = {wants(30), wants(20)}, .units = {unit_of(80, {1})}, .nations = {nation_of(100)}};

  const auto package = best(problem);

  EXPECT_THAT(package.lacking, ElementsAre(30, 0));
  EXPECT_THAT(package.objectives, ElementsAre(is_proven("people", 30), is_proven("equipment", 0),
                                              is_proven("hour", 60), is_proven("units", 1),
                                              is_proven("burden", 20), is_proven("freshness", 0)));
}

/// One line of 100: one unit that could do it alone but late, two that can do it together at once.
Problem early_or_few() {
  Problem problem{.lines = {wants(100)},
                  .units = {unit_of(100, {0}), unit_of(50, {0}), unit_of(50, {0})},
                  .nations = {nation_of(1000), nation_of(500), nation_of(500)}};
  problem.units[0].places[0].ready_min = 240;
  problem.units[1].nation = 1;
  problem.units[2].nation = 2;
  return problem;
}

TEST(Package, IsTheEarliestBeforeItHasTheFewestUnits) {
  const auto package = best(early_or_few(), AssemblyGoal::earliest);

  EXPECT_THAT(package.objectives, ElementsAre(is_proven("people", 0), is_proven("equipment", 0),
                                              is_proven("hour", 60), is_proven("units", 2),
                                              is_proven("burden", 10), is_proven("freshness", 0)));
}

TEST(Package, HasTheFewestNationsBeforeItIsEarly) {
  const auto package = best(early_or_few(), AssemblyGoal::fewest_nations);

  EXPECT_THAT(package.objectives,
              ElementsAre(is_proven("people", 0), is_proven("equipment", 0),
                          is_proven("nations", 1), is_proven("hour", 240), is_proven("units", 1),
                          is_proven("burden", 10), is_proven("freshness", 0)));
}

TEST(Package, SharesTheBurdenBeforeItIsEarly) {
  const auto package = best(early_or_few(), AssemblyGoal::balanced);

  // 50 of 1000 and 25 of 500 each.
  EXPECT_THAT(package.objectives, ElementsAre(is_proven("people", 0), is_proven("equipment", 0),
                                              is_proven("burden", 5), is_proven("hour", 240),
                                              is_proven("units", 3), is_proven("freshness", 0)));
}

TEST(Package, CountsWhatANationHasCommittedAlreadyAndRoundsUp) {
  Problem problem{.lines = {wants(10)}, .units = {unit_of(10, {0})}, .nations = {nation_of(300)}};
  problem.nations[0].committed = 81;

  EXPECT_THAT(best(problem).objectives[4], is_proven("burden", 31));  // 91 of 300 is 30.3.
}

TEST(Package, PrefersTheFreshestAmongEquallyMany) {
  Problem problem{.lines = {wants(50)},
                  .units = {unit_of(50, {0}), unit_of(50, {0}), unit_of(60, {0})},
                  .nations = {nation_of(1000)}};
  problem.units[0].staleness = 2;
  problem.units[1].staleness = 1;
  problem.units[2].staleness = 2;

  const auto package = best(problem);

  EXPECT_THAT(package.slices, ElementsAre(Slice{.unit = 1, .line = 0, .people = 50}));
  EXPECT_THAT(package.objectives.back(), is_proven("freshness", 1));
}

TEST(Package, NeedsMoreUnitsWhereTheLinesOfTheGreatestOverlap) {
  // The two greatest serve the same line; the other line needs one of its own.
  const Problem problem{
      .lines = {wants(100), wants(40)},
      .units = {unit_of(100, {0}), unit_of(90, {0}), unit_of(25, {0, 1}), unit_of(20, {1})},
      .nations = {nation_of(1000)}};

  EXPECT_THAT(best(problem).objectives[3], is_proven("units", 3));
}

TEST(Package, TakesEquipmentFromAUnitThatSendsNobody) {
  Problem problem{
      .lines = {{.people_min = 10, .people_max = 10, .items = {{.kind = 3, .count = 4}}}},
      .units = {unit_of(10, {0}), unit_of(0, {0})},
      .nations = {nation_of(100)}};
  problem.units[1].items = {{.kind = 2, .count = 9}, {.kind = 3, .count = 3}};

  const auto package = best(problem);

  EXPECT_THAT(package.slices,
              ElementsAre(Slice{.unit = 0, .line = 0, .people = 10},
                          Slice{.unit = 1, .line = 0, .items = {{.kind = 3, .count = 3}}}));
  EXPECT_THAT(package.objectives[1], is_proven("equipment", 1));
  EXPECT_THAT(package.objectives[3], is_proven("units", 2));
}

TEST(Package, KeepsToWhatANationMayGive) {
  Problem problem{.lines = {wants(100)},
                  .units = {unit_of(100, {0}), unit_of(60, {0}), unit_of(60, {0})},
                  .nations = {nation_of(1000), nation_of(1000)}};
  problem.nations[0].people_max = 30;
  problem.units[1].nation = problem.units[2].nation = 1;

  const auto package = best(problem);

  EXPECT_THAT(package.lacking, ElementsAre(0));
  EXPECT_THAT(package.objectives[3], is_proven("units", 2));
}

TEST(Package, CountsUnitsThatAreAlikeOneByOne) {
  Problem problem{.lines = {wants(100)}, .nations = {nation_of(10'000)}};
  problem.units.assign(500, unit_of(7, {0}));

  const auto package = best(problem);

  EXPECT_THAT(package.objectives[3], is_proven("units", 15));
  EXPECT_THAT(package.slices, SizeIs(15));
}

TEST(Package, IsLegalAndQuickWhenThereIsNoTime) {
  const auto problem = problem_of({.units = 2'000, .lines = 40});
  for (const auto goal :
       {AssemblyGoal::earliest, AssemblyGoal::fewest_nations, AssemblyGoal::balanced}) {
    const auto began = std::chrono::steady_clock::now();
    const auto package = planner::best_package(problem, {.goal = goal, .time_limit = 1ms});
    const auto took = std::chrono::steady_clock::now() - began;

    EXPECT_EQ(broken(problem, package), "");
    EXPECT_THAT(package.objectives[0], Field(&Objective::is_proven, true));
    EXPECT_THAT(package.objectives.back(), Field(&Objective::is_proven, false));
    EXPECT_LE(package.objectives.back().bound, package.objectives.back().value);
    // A second is a thousand times the limit and a hundredth of what a search without one takes.
    EXPECT_LT(took, 1s);
  }
}

/// A problem whose relaxation alone cannot tell: three units of 60 for two lines of 50 and 70.
Problem needs_a_search() {
  Problem problem{.nations = {nation_of(10'000)}};
  for (std::uint32_t line = 0; line < 6; ++line) {
    problem.lines.push_back(wants(50 + line));
  }
  for (std::uint32_t i = 0; i < 24; ++i) {
    problem.units.push_back(unit_of(29 + i % 7, {i % 6, (i + 1) % 6}));
  }
  return problem;
}

TEST(Package, TakesNothingFromASolverThatLies) {
  const auto problem = needs_a_search();
  // Says that nothing is needed, or half a unit of each; and that this is the best.
  for (const double lie : {0.0, 0.5, 7.0, -3.0}) {
    const planner::Solver liar = [&](const planner::Program& program, const planner::Deadline&) {
      return planner::Outcome{.kind = planner::Outcome::Kind::stopped,
                              .values = std::vector<double>(program.columns.size(), lie)};
    };
    EXPECT_EQ(broken(problem, planner::best_package(problem, {}, liar)), "");
  }
}

TEST(Package, SaysThatItIsNotProvenWhenTheSolverStops) {
  const auto problem = problem_of({.units = 200, .lines = 12});
  int calls = 0;
  const planner::Solver lazy = [&](const planner::Program&, const planner::Deadline&) {
    ++calls;
    return planner::Outcome{};
  };

  const auto package = planner::best_package(problem, {}, lazy);
  const auto whole = best(problem);

  EXPECT_EQ(broken(problem, package), "");
  ASSERT_GT(calls, 0);
  const auto unproven = std::count_if(package.objectives.begin(), package.objectives.end(),
                                      [](const auto& one) { return !one.is_proven; });
  EXPECT_GT(unproven, 0);
  EXPECT_LE(package.objectives[3].bound, whole.objectives[3].value);
  EXPECT_GE(package.objectives[3].value, whole.objectives[3].value);
}

TEST(Solver, LeavesTheSignalsOfTheProcessAlone) {
  struct sigaction before{}, after{};
  sigaction(SIGINT, nullptr, &before);

  planner::Program program{.columns = {{.cost = 1, .high = 9}, {.cost = 1, .high = 9}}};
  program.rows.push_back(
      {.terms = {{.column = 0, .factor = 2}, {.column = 1, .factor = 3}}, .low = 7});
  const auto outcome = planner::solve_whole(program, planner::Deadline::in(10s));

  sigaction(SIGINT, nullptr, &after);
  EXPECT_EQ(outcome.kind, planner::Outcome::Kind::optimal);
  EXPECT_EQ(outcome.bound, 3);
  EXPECT_EQ(before.sa_handler, after.sa_handler);
}

}  // namespace
}  // namespace muster::tests
