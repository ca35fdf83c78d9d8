// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <vector>

#include "broker/core/state.h"
#include "broker/core/viewer.h"
#include "schemas/model/query.h"
#include "schemas/model/result.h"

/// From a state and a requirement to a force package, and the words for why (DOMAIN.md §7, question
/// 3).
namespace muster::planner {

/// The best package for the requirement of an operation, together with the lines of those that
/// `also` names. Slices that are ACCEPTED or later stay where they are and are counted first.
/// `is_over` ends the search when it says so, as if its time were over.
/// Errors: not_found for an unknown operation or requirement, malformed when it has no lines.
model::Result<model::AssembleAnswer> assemble(const core::State& state,
                                              const model::AssembleQuery& query,
                                              const std::vector<model::Code>& also,
                                              const core::Moment& moment,
                                              const std::function<bool()>& is_over = {});

}  // namespace muster::planner
