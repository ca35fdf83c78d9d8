// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "schemas/model/force_codes.h"

/// The best force package as arithmetic, free of State: who serves where, in numbers. Pure and
/// deterministic: the same problem gives the same package on every machine.
namespace muster::planner {

/// Items of one kind.
struct Items {
  std::uint8_t kind = 0;
  std::uint32_t count = 0;
  friend bool operator==(const Items&, const Items&) = default;
};

/// A line that wants people. Lines stand in the order of their priority: must-have lines first,
/// then by weight, then as the requirement has them.
struct Line {
  std::uint32_t people_min = 0, people_max = 0;  ///< Beyond what is there already.
  std::vector<Items> items;                      ///< Equipment that it wants, each kind once.
};

/// A unit can serve on a line from `ready_min` on.
struct Place {
  std::uint32_t line = 0;
  std::uint32_t ready_min = 0;
};
struct Unit {
  std::uint32_t nation = 0;
  std::uint32_t people = 0;    ///< That are free, over all lines together.
  std::uint8_t staleness = 0;  ///< 0 fresh, 1 ageing, 2 stale.
  std::vector<Place> places;   ///< Each line once, by line.
  std::vector<Items> items;    ///< Fit equipment that is free, each kind once.
};
struct Nation {
  std::uint32_t people_max = UINT32_MAX;  ///< That it may give to the package.
  std::uint32_t committed = 0, deployable = 0;
};
struct Problem {
  std::vector<Line> lines;
  std::vector<Unit> units;
  std::vector<Nation> nations;
};

/// Burden is counted in parts of so many: finer differences are not worth another unit or an older
/// word, and whole percent are proven where finer parts are not.
constexpr std::uint32_t kBurdenParts = 100;

struct Slice {
  std::uint32_t unit = 0, line = 0, people = 0;
  std::vector<Items> items;
  friend bool operator==(const Slice&, const Slice&) = default;
};
/// One objective of the search, and how sure its value is.
struct Objective {
  std::string name;  ///< "people", "equipment", "hour", "units", "nations", "burden", "freshness".
  double value = 0, bound = 0;
  bool is_proven = false;
};
struct Package {
  std::vector<Slice> slices;           ///< By line, then unit.
  std::vector<std::uint32_t> lacking;  ///< People, of each line.
  std::vector<Objective> objectives;   ///< In their order.
};

struct Search {
  model::AssemblyGoal goal = model::AssemblyGoal::earliest;
  std::chrono::milliseconds time_limit{10'000};
  std::function<bool()> is_over{};  ///< Ends the search when it says so, as if its time were over.
};

/// What each line can get at most when the lines are served one after the other in their order: the
/// people that it lacks. Exact: a maximum flow, so that no other package gives an earlier line
/// more, nor all lines together.
std::vector<std::uint32_t> lacking(const Problem& problem);

/// The best package, by objectives one after the other:
/// people (as lacking()), equipment (items that lack, over all lines), then by the goal
/// - EARLIEST: the minute at which the last slice is there, units, burden, freshness;
/// - FEWEST_NATIONS: nations, hour, units, burden, freshness;
/// - BALANCED: burden, hour, units, freshness.
/// Equipment is shared like people: the lines in their order, each kind by itself. A nation gives
/// when a unit of it has a slice, of equipment alone too. Burden is the greatest share of its
/// deployable people that a nation that gives has committed with the package, in percent, rounded
/// up. Freshness is the staleness of the units in the package, added up.
///
/// An objective that the time limit cuts short is not proven, and those after it are tried no more;
/// one that is too hard for the size that its search tree may have (the same on every machine) is
/// not proven either, and those after it are tried for the best value that it has. The package is
/// the best that was found, and always a legal one. Within the time limit the same problem gives
/// the same package; on other builds of CBC, and in another order of units and nations, it gives
/// the same values of what is proven.
///
/// Every index must be in range, and `places` without doubles. One call at a time in a process.
Package best_package(const Problem& problem, const Search& search);

}  // namespace muster::planner
