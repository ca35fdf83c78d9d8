// SPDX-License-Identifier: Apache-2.0
#include "tests/property/planner_oracle.h"

#include <algorithm>
#include <optional>
#include <set>

namespace muster::tests {
namespace {

using planner::Problem;

/// A set of units that serve, an hour and a burden.
struct Try {
  std::uint32_t units = 0;
  std::uint64_t hour = UINT32_MAX;
  std::uint64_t burden = UINT32_MAX;
};

/// People are kind -1, which no item is.
constexpr int kPeople = -1;

std::uint64_t amount_of(const planner::Unit& unit, int kind) {
  if (kind == kPeople) {
    return unit.people;
  }
  for (const auto& items : unit.items) {
    if (items.kind == kind) {
      return items.count;
    }
  }
  return 0;
}

bool serves_any(const planner::Unit& unit, std::uint32_t lines, std::uint64_t hour) {
  return std::any_of(unit.places.begin(), unit.places.end(), [&](const auto& place) {
    return place.ready_min <= hour && (lines >> place.line & 1U) != 0;
  });
}

/// What may be given up to a burden; less than 0 when even nothing is too much.
std::int64_t limit_of(const planner::Nation& nation, std::uint64_t burden) {
  const auto most = burden * std::max<std::uint64_t>(nation.deployable, 1) / planner::kBurdenParts;
  return std::min<std::int64_t>(nation.people_max,
                                static_cast<std::int64_t>(most) - nation.committed);
}

/// The most that a set of lines can get together.
std::uint64_t most_for(const Problem& problem, const Try& tried, int kind, std::uint32_t lines) {
  std::uint64_t most = 0;
  for (std::uint32_t nation = 0; nation < problem.nations.size(); ++nation) {
    std::uint64_t of_nation = 0;
    for (std::uint32_t i = 0; i < problem.units.size(); ++i) {
      const auto& unit = problem.units[i];
      if (unit.nation == nation && (tried.units >> i & 1U) != 0 &&
          serves_any(unit, lines, tried.hour)) {
        of_nation += amount_of(unit, kind);
      }
    }
    const auto limit = limit_of(problem.nations[nation], tried.burden);
    if (kind == kPeople) {
      of_nation = std::min(of_nation, static_cast<std::uint64_t>(std::max<std::int64_t>(limit, 0)));
    }
    most += of_nation;
  }
  return most;
}

std::uint64_t sum_over(const std::vector<std::uint64_t>& values, std::uint32_t lines) {
  std::uint64_t sum = 0;
  for (std::size_t line = 0; line < values.size(); ++line) {
    sum += (lines >> line & 1U) != 0 ? values[line] : 0;
  }
  return sum;
}

/// What each line gets when those before it are served first: as much as no set of lines forbids.
std::vector<std::uint64_t> greedy(const Problem& problem, int kind) {
  const Try all{.units = (1U << problem.units.size()) - 1};
  std::vector<std::uint64_t> got(problem.lines.size());
  for (std::size_t line = 0; line < got.size(); ++line) {
    const auto& one = problem.lines[line];
    std::uint64_t most = std::min(one.people_min, one.people_max);
    if (kind != kPeople) {
      most = 0;
      for (const auto& items : one.items) {
        most += items.kind == kind ? items.count : 0;
      }
    }
    for (std::uint32_t before = 0; before < (1U << line); ++before) {
      most =
          std::min(most, most_for(problem, all, kind, before | 1U << line) - sum_over(got, before));
    }
    got[line] = most;
  }
  return got;
}

std::set<int> kinds_of(const Problem& problem) {
  std::set<int> kinds{kPeople};
  for (const auto& line : problem.lines) {
    for (const auto& items : line.items) {
      kinds.insert(items.kind);
    }
  }
  return kinds;
}

using Needs = std::map<int, std::vector<std::uint64_t>>;

bool is_enough(const Problem& problem, const Needs& needs, const Try& tried) {
  for (std::uint32_t i = 0; i < problem.units.size(); ++i) {
    if ((tried.units >> i & 1U) != 0 &&
        limit_of(problem.nations[problem.units[i].nation], tried.burden) < 0) {
      return false;
    }
  }
  for (const auto& [kind, need] : needs) {
    for (std::uint32_t lines = 1; lines < (1U << problem.lines.size()); ++lines) {
      if (most_for(problem, tried, kind, lines) < sum_over(need, lines)) {
        return false;
      }
    }
  }
  return true;
}

/// The least burden at which the units do it by the hour; nothing if none is.
std::optional<std::uint64_t> least_burden(const Problem& problem, const Needs& needs, Try tried) {
  if (!is_enough(problem, needs, tried)) {
    return std::nullopt;
  }
  std::uint64_t low = 0, high = tried.burden;
  while (low < high) {
    tried.burden = low + (high - low) / 2;
    (is_enough(problem, needs, tried) ? high : low) =
        is_enough(problem, needs, tried) ? tried.burden : tried.burden + 1;
  }
  return high;
}

using Values = std::map<std::string, std::uint64_t>;

Values values_of(const Problem& problem, const Try& tried) {
  Values values{{"hour", tried.hour}, {"burden", tried.burden}, {"units", 0}, {"freshness", 0}};
  std::set<std::uint32_t> nations;
  for (std::uint32_t i = 0; i < problem.units.size(); ++i) {
    if ((tried.units >> i & 1U) != 0) {
      ++values["units"];
      values["freshness"] += problem.units[i].staleness;
      nations.insert(problem.units[i].nation);
    }
  }
  values["nations"] = nations.size();
  return values;
}

std::vector<std::string> order_of(model::AssemblyGoal goal) {
  switch (goal) {
    case model::AssemblyGoal::earliest:
      return {"hour", "units", "burden", "freshness"};
    case model::AssemblyGoal::fewest_nations:
      return {"nations", "hour", "units", "burden", "freshness"};
    case model::AssemblyGoal::balanced:
      return {"burden", "hour", "units", "freshness"};
  }
  return {};
}

}  // namespace

std::vector<std::uint32_t> least_lacking(const Problem& problem) {
  const auto got = greedy(problem, kPeople);
  std::vector<std::uint32_t> lacking;
  for (std::size_t line = 0; line < got.size(); ++line) {
    const auto wanted = std::min(problem.lines[line].people_min, problem.lines[line].people_max);
    lacking.push_back(wanted - static_cast<std::uint32_t>(got[line]));
  }
  return lacking;
}

std::map<std::string, std::uint64_t> best_values(const Problem& problem, model::AssemblyGoal goal) {
  Needs needs;
  for (const auto kind : kinds_of(problem)) {
    needs[kind] = greedy(problem, kind);
  }
  std::set<std::uint64_t> hours{0};
  for (const auto& unit : problem.units) {
    for (const auto& place : unit.places) {
      hours.insert(place.ready_min);
    }
  }
  const auto order = order_of(goal);
  std::vector<std::uint64_t> best;
  for (std::uint32_t units = 0; units < (1U << problem.units.size()); ++units) {
    for (const auto hour : hours) {
      Try tried{.units = units, .hour = hour};
      const auto burden = least_burden(problem, needs, tried);
      if (!burden) {
        continue;
      }
      tried.burden = *burden;
      const auto values = values_of(problem, tried);
      std::vector<std::uint64_t> found;
      for (const auto& name : order) {
        found.push_back(values.at(name));
      }
      best = best.empty() ? found : std::min(best, found);
    }
  }
  Values values;
  for (std::size_t i = 0; i < order.size(); ++i) {
    values[order[i]] = best.at(i);
  }
  return values;
}

}  // namespace muster::tests
