// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "broker/planner/survey.h"

/// What would close a line that lacks people. Internal to the planner.
namespace muster::planner {

/// The cheapest one change that makes the line met, proven by serving all lines anew with it: a
/// unit that counts after one thing is mended, more from a nation at its limit, and else a unit
/// that does not exist yet. Nothing when nothing is lacking. `line` is an index of `survey` and
/// `problem`.
std::optional<model::Fix> closing_fix(const Survey& survey, const Problem& problem,
                                      const Package& package, std::uint32_t line);

/// People that each nation of the problem gives to the package.
std::vector<std::uint64_t> given_by_nations(const Problem& problem, const Package& package);

}  // namespace muster::planner
