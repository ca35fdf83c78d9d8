// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "broker/planner/package.h"
#include "broker/planner/program.h"

namespace muster::tests {

/// What a package has settled before the objective that is asked for.
struct Settled {
  std::uint32_t hour = UINT32_MAX;             ///< No slice may be there later.
  std::optional<std::uint64_t> units, burden;  ///< No more.
};

/// What each line gets of each kind in a package, and of people: a plain program asks for the same.
struct Brought {
  std::vector<std::int64_t> people;
  std::vector<std::vector<planner::Items>> items;
};
Brought brought_by(const planner::Problem& problem, const planner::Package& package);

/// The problem as anybody would write it down, a column for each unit and for each unit on each
/// line, people and every kind. Shares nothing with the planner but the form of a program.
enum class PlainAim { units, burden, freshness, hour };
/// For `hour`: nothing to minimise, so it is feasible or not; units are not whole. For `burden`:
/// people are not whole, so it may come out lower than it can be, by less than a person a nation.
planner::Program plain_program(const planner::Problem& problem, const Brought& brought,
                               const Settled& settled, PlainAim aim);

/// How many people come to all lines together at most. A program without whole columns whose cost
/// is the number, negative.
planner::Program plain_most_people(const planner::Problem& problem);

}  // namespace muster::tests
