// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "tests/property/planner_oracle.h"
#include "tests/support/planner_plain.h"
#include "tests/support/planner_samples.h"

// What holds of the best package whatever the problem. rapidcheck prints the seed of a failure:
// RC_PARAMS="seed=…" replays it.

namespace muster::tests {
namespace {

using model::AssemblyGoal;
using planner::Package;
using planner::Problem;
using namespace std::chrono_literals;

constexpr auto kGoals = {AssemblyGoal::earliest, AssemblyGoal::fewest_nations,
                         AssemblyGoal::balanced};
// Far more than any of these takes, so that it decides nothing.
constexpr auto kLong = 10min;

Package best(const Problem& problem, AssemblyGoal goal) {
  return planner::best_package(problem, {.goal = goal, .time_limit = kLong});
}

/// The whole range from the first case on: rapidcheck's own begins with next to nothing.
template <typename T>
T any(T low, T high) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<T>(low, static_cast<T>(high + 1)));
}

std::vector<planner::Items> any_items() {
  std::vector<planner::Items> items;
  for (std::uint8_t kind = 1; kind <= 2; ++kind) {
    if (any(0, 2) == 0) {
      items.push_back({.kind = kind, .count = any(1U, 4U)});
    }
  }
  return items;
}

/// Small numbers, so that needs, people and limits meet in all ways: also lines that want nothing,
/// that nobody serves, whose greatest number is below the least, and nations that may give nothing.
Problem any_small_problem() {
  Problem problem;
  const auto lines = any(0U, 3U);
  for (std::uint32_t i = 0; i < lines; ++i) {
    problem.lines.push_back(
        {.people_min = any(0U, 12U), .people_max = any(4U, 20U), .items = any_items()});
  }
  for (int i = 0; i < 3; ++i) {
    problem.nations.push_back({.people_max = any(0, 3) == 0 ? any(0U, 9U) : UINT32_MAX,
                               .committed = any(0U, 6U),
                               .deployable = any(0U, 30U)});
  }
  const auto units = any(0U, 7U);
  for (std::uint32_t i = 0; i < units; ++i) {
    planner::Unit unit{.nation = any(0U, 2U), .people = any(0U, 6U), .items = any_items()};
    unit.staleness = any<std::uint8_t>(0, 2);
    for (std::uint32_t line = 0; line < lines; ++line) {
      if (any(0, 1) == 0) {
        unit.places.push_back({.line = line, .ready_min = any(1U, 4U)});
      }
    }
    problem.units.push_back(unit);
  }
  return problem;
}

double value_of(const Package& package, const std::string& name) {
  for (const auto& objective : package.objectives) {
    if (objective.name == name) {
      return objective.value;
    }
  }
  return -1;
}

RC_GTEST_PROP(PackageProperty, IsTheBestOfAllPackagesOfASmallProblem, ()) {
  const auto problem = any_small_problem();
  for (const auto goal : kGoals) {
    const auto package = best(problem, goal);

    RC_ASSERT(broken(problem, package) == "");
    RC_ASSERT(package.lacking == least_lacking(problem));
    RC_ASSERT(package.lacking == planner::lacking(problem));
    for (const auto& [name, value] : best_values(problem, goal)) {
      RC_LOG() << name << " by trying all: " << value << '\n';
      RC_ASSERT(value_of(package, name) == static_cast<double>(value));
    }
    for (const auto& objective : package.objectives) {
      RC_ASSERT(objective.is_proven);
      RC_ASSERT(objective.bound == objective.value);
    }
  }
}

/// Units and nations in another order, with the numbers that go with it.
Problem shuffled(const Problem& problem, std::uint32_t shift) {
  auto other = problem;
  std::reverse(other.units.begin(), other.units.end());
  std::rotate(other.nations.begin(), other.nations.begin() + shift, other.nations.end());
  const auto count = static_cast<std::uint32_t>(problem.nations.size());
  for (auto& unit : other.units) {
    unit.nation = (unit.nation + count - shift) % count;
  }
  return other;
}

Problem any_middle_problem() {
  return problem_of({.units = any(20U, 50U),
                     .lines = any(3U, 8U),
                     .lines_a_unit = any(2U, 3U),
                     .seed = any(1U, 1'000'000U)});
}

RC_GTEST_PROP(PackageProperty, IsTheSameTwiceAndWorthTheSameInAnyOrder, ()) {
  const auto problem = any_middle_problem();
  const auto goal = *rc::gen::elementOf(std::vector<AssemblyGoal>(kGoals));
  const auto package = best(problem, goal);
  const auto again = best(problem, goal);
  const auto other = best(shuffled(problem, any(1U, 5U)), goal);

  RC_ASSERT(again.slices == package.slices);
  RC_ASSERT(other.lacking == package.lacking);
  for (std::size_t i = 0; i < package.objectives.size(); ++i) {
    RC_ASSERT(package.objectives[i].is_proven);
    RC_ASSERT(other.objectives[i].value == package.objectives[i].value);
  }
}

planner::Outcome outcome_of(planner::Program program) {
  program.nodes_max = 1'000'000;
  return planner::solve_whole(program, planner::Deadline::in(kLong));
}

double solved(const planner::Program& program) {
  const auto outcome = outcome_of(program);
  RC_ASSERT(outcome.kind == planner::Outcome::Kind::optimal);
  double cost = 0;
  for (std::size_t i = 0; i < program.columns.size(); ++i) {
    cost += static_cast<double>(program.columns[i].cost) * outcome.values[i];
  }
  return std::round(cost);
}

bool can_be(const planner::Program& program) {
  const auto kind = outcome_of(program).kind;
  RC_ASSERT(kind != planner::Outcome::Kind::stopped);
  return kind == planner::Outcome::Kind::optimal;
}

RC_GTEST_PROP(PackageProperty, IsWorthWhatAPlainProgramSays, ()) {
  const auto problem = any_middle_problem();
  const auto package = best(problem, AssemblyGoal::earliest);
  const auto brought = brought_by(problem, package);
  const auto people =
      std::accumulate(brought.people.begin(), brought.people.end(), std::int64_t{0});
  const auto hour = static_cast<std::uint32_t>(value_of(package, "hour"));
  const auto units = value_of(package, "units");

  RC_ASSERT(broken(problem, package) == "");
  RC_ASSERT(static_cast<double>(-people) == solved(plain_most_people(problem)));
  RC_ASSERT(can_be(plain_program(problem, brought, {.hour = hour}, PlainAim::hour)));
  RC_ASSERT(!can_be(plain_program(problem, brought, {.hour = hour - 1}, PlainAim::hour)));
  Settled settled{.hour = hour};
  RC_ASSERT(units == solved(plain_program(problem, brought, settled, PlainAim::units)));
  settled.units = static_cast<std::uint64_t>(units);
  settled.burden = static_cast<std::uint64_t>(value_of(package, "burden")) - 1;
  RC_ASSERT(!can_be(plain_program(problem, brought, settled, PlainAim::units)));
  settled.burden = *settled.burden + 1;
  RC_ASSERT(value_of(package, "freshness") ==
            solved(plain_program(problem, brought, settled, PlainAim::freshness)));
}

}  // namespace
}  // namespace muster::tests
