// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "broker/planner/survey.h"

/// Why a package is as it is, in words for a staff officer. Internal to the planner.
namespace muster::planner {

/// Free people of the line's element kind that cannot be used on it, by the cause, in the order of
/// the causes.
std::vector<model::CausePeople> blocked_people(const Survey& survey, std::uint32_t line);

/// Every unit that is on no line, with the reason: what keeps it from the line that it comes
/// closest to, that its nation gives all it may, or that others serve.
std::vector<model::LeftOut> unused_units(const Survey& survey, const Problem& problem,
                                         const Package& package);

/// What a line that has its people still lacks in items, as something to ask for; nothing when it
/// lacks nothing.
std::optional<model::Fix> missing_items(const model::RequirementLine& line,
                                        const std::vector<model::EquipmentCover>& covers);

}  // namespace muster::planner
