// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>

#include "broker/planner/program.h"
#include "broker/planner/survey.h"

/// What would close a line that lacks people. Internal to the planner.
namespace muster::planner {

/// The cheapest one change that makes a line met, proven by serving all lines anew with it: a unit
/// that counts after one thing is mended, more from nations at their limit, and else a unit that
/// does not exist yet, with the items that the line lacks. Nothing when nothing is lacking, and
/// when `deadline` passes before one is proven. `line` is an index of `survey` and `problem`.
std::optional<model::Fix> closing_fix(const Survey& survey, const Problem& problem,
                                      const Package& package, std::uint32_t line,
                                      const Deadline& deadline);

/// People that each nation of the problem gives to the package.
std::vector<std::uint64_t> given_by_nations(const Problem& problem, const Package& package);

/// Items that a line lacks in the package, by kind.
std::map<std::uint8_t, std::uint32_t> lacking_items(const Problem& problem, const Package& package,
                                                    std::uint32_t line);

}  // namespace muster::planner
