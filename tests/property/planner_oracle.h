// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "broker/planner/package.h"

namespace muster::tests {

/// What the best package of a small problem is worth, by its name in Objective: found by trying all
/// sets of units, all hours and all burdens, each judged by the theorem of Hall and not by a flow.
std::map<std::string, std::uint64_t> best_values(const planner::Problem& problem,
                                                 model::AssemblyGoal goal);

/// What each line lacks, by the same means.
std::vector<std::uint32_t> least_lacking(const planner::Problem& problem);

}  // namespace muster::tests
