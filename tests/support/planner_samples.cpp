// SPDX-License-Identifier: Apache-2.0
#include "tests/support/planner_samples.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

namespace muster::tests {
namespace {

using planner::Items;
using planner::Problem;

/// splitmix64: the standard distributions differ from library to library.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint32_t from(std::uint32_t low, std::uint32_t high) {
    return low + static_cast<std::uint32_t>(next() % (high - low + 1));
  }
  bool one_in(std::uint32_t count) { return from(1, count) == 1; }

 private:
  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    auto z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }
  std::uint64_t state_;
};

constexpr std::uint32_t kKinds = 7;

planner::Line any_line(Dice& dice) {
  planner::Line line{.people_min = dice.from(60, 700)};
  line.people_max = line.people_min + dice.from(0, 50);
  if (dice.one_in(3)) {
    line.items.push_back(
        {.kind = static_cast<std::uint8_t>(dice.from(1, kKinds)), .count = dice.from(2, 30)});
  }
  return line;
}

/// Nation 0 has half of all units, the others share the rest.
std::uint32_t any_nation(Dice& dice) { return dice.one_in(2) ? 0 : dice.from(1, 5); }

planner::Unit any_unit(Dice& dice, const ProblemShape& shape) {
  planner::Unit unit{.nation = any_nation(dice), .people = dice.from(15, 150)};
  unit.staleness = static_cast<std::uint8_t>(dice.one_in(16) ? dice.from(1, 2) : 0);
  const auto ready_min = 60 * dice.from(4, 96);
  std::set<std::uint32_t> lines;
  const auto count = dice.from(1, 2 * shape.lines_a_unit - 1);
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto line = dice.from(0, shape.lines - 1);
    // Every eighth line is open to few, the last of them to nobody.
    if (line % 8 != 7 || (line + 8 < shape.lines && dice.one_in(12))) {
      lines.insert(line);
    }
  }
  for (const auto line : lines) {
    unit.places.push_back({.line = line, .ready_min = ready_min + 60 * dice.from(0, 6)});
  }
  if (dice.one_in(10)) {
    unit.items.push_back(
        {.kind = static_cast<std::uint8_t>(dice.from(1, kKinds)), .count = dice.from(1, 12)});
  }
  return unit;
}

}  // namespace

Problem problem_of(const ProblemShape& shape) {
  Dice dice(shape.seed);
  Problem problem;
  for (std::uint32_t i = 0; i < shape.lines; ++i) {
    problem.lines.push_back(any_line(dice));
  }
  problem.nations.resize(6);
  for (std::uint32_t i = 0; i < shape.units; ++i) {
    problem.units.push_back(any_unit(dice, shape));
    const auto& unit = problem.units.back();
    problem.nations[unit.nation].deployable += unit.people;
  }
  for (auto& nation : problem.nations) {
    nation.committed = nation.deployable / dice.from(10, 40);
  }
  for (const auto tight : {1, 4}) {
    auto& nation = problem.nations[static_cast<std::size_t>(tight)];
    nation.people_max = nation.deployable / 20;
  }
  return problem;
}

namespace {

/// Everything that a package hands out, added up.
struct Sums {
  std::map<std::uint32_t, std::uint64_t> of_unit, of_line, of_nation;
  std::map<std::pair<std::uint32_t, std::uint8_t>, std::uint64_t> items_of_unit, items_of_line;
};

Sums sums_of(const Problem& problem, const planner::Package& package) {
  Sums sums;
  for (const auto& slice : package.slices) {
    sums.of_unit[slice.unit] += slice.people;
    sums.of_line[slice.line] += slice.people;
    sums.of_nation[problem.units[slice.unit].nation] += slice.people;
    for (const auto& items : slice.items) {
      sums.items_of_unit[{slice.unit, items.kind}] += items.count;
      sums.items_of_line[{slice.line, items.kind}] += items.count;
    }
  }
  return sums;
}

std::uint64_t count_of(const std::vector<Items>& items, std::uint8_t kind) {
  const auto found =
      std::find_if(items.begin(), items.end(), [&](const Items& one) { return one.kind == kind; });
  return found == items.end() ? 0 : found->count;
}

std::string broken_slices(const Problem& problem, const planner::Package& package) {
  std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
  std::pair<std::uint32_t, std::uint32_t> last;
  for (const auto& slice : package.slices) {
    const std::pair place{slice.line, slice.unit};
    const auto& places = problem.units.at(slice.unit).places;
    const auto is_there = [&](const planner::Place& one) { return one.line == slice.line; };
    if (std::none_of(places.begin(), places.end(), is_there)) {
      return fmt::format("unit {} cannot serve on line {}", slice.unit, slice.line);
    }
    if (!seen.insert(place).second || place < last) {
      return fmt::format("unit {} on line {} twice or out of order", slice.unit, slice.line);
    }
    if (slice.people == 0 && slice.items.empty()) {
      return fmt::format("unit {} brings nothing to line {}", slice.unit, slice.line);
    }
    last = place;
  }
  return {};
}

}  // namespace

std::string broken(const Problem& problem, const planner::Package& package) {
  if (auto why = broken_slices(problem, package); !why.empty()) {
    return why;
  }
  auto sums = sums_of(problem, package);
  for (const auto& [unit, people] : sums.of_unit) {
    if (people > problem.units[unit].people) {
      return fmt::format("unit {} gives {} people", unit, people);
    }
  }
  for (const auto& [nation, people] : sums.of_nation) {
    if (people > problem.nations[nation].people_max) {
      return fmt::format("nation {} gives {} people", nation, people);
    }
  }
  for (const auto& [key, count] : sums.items_of_unit) {
    if (count == 0 || count > count_of(problem.units[key.first].items, key.second)) {
      return fmt::format("unit {} gives {} items", key.first, count);
    }
  }
  for (const auto& [key, count] : sums.items_of_line) {
    if (count > count_of(problem.lines[key.first].items, key.second)) {
      return fmt::format("line {} gets {} items", key.first, count);
    }
  }
  for (std::uint32_t line = 0; line < problem.lines.size(); ++line) {
    const auto wanted = std::min(problem.lines[line].people_min, problem.lines[line].people_max);
    if (sums.of_line[line] + package.lacking.at(line) != wanted) {
      return fmt::format("line {} gets {} people", line, sums.of_line[line]);
    }
  }
  return {};
}

}  // namespace muster::tests
