// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "broker/planner/survey.h"

/// Why a package is as it is, in words for a staff officer. Internal to the planner.
namespace muster::planner {

/// People of the line's element kind that cannot be used on it, by the cause, in the order of the
/// causes: free ones, those who are committed, and those whom their nation may not give any more.
std::vector<model::CausePeople> blocked_people(const Survey& survey, const Problem& problem,
                                               const Package& package, std::uint32_t line);

/// Every unit that is on no line, with the reason: what keeps it from the line that it comes
/// closest to, that its nation gives all it may, or that others serve.
std::vector<model::LeftOut> unused_units(const Survey& survey, const Problem& problem,
                                         const Package& package);

}  // namespace muster::planner
