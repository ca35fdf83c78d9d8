// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <vector>

#include "broker/core/state.h"
#include "broker/core/viewer.h"
#include "broker/planner/package.h"
#include "schemas/model/query.h"
#include "schemas/model/result.h"

/// From a state and a requirement to a force package, and the words for why (DOMAIN.md §7, question
/// 3).
namespace muster::planner {

/// How the arithmetic of a package is carried out: as best_package() does, here or elsewhere. May
/// fail where it is not done in this process; what it gives is a package of the problem.
using MakePackage = std::function<model::Result<Package>(const Problem&, const Search&)>;

/// best_package() itself.
model::Result<Package> make_package(const Problem& problem, const Search& search);

/// The best package for the requirement of an operation, together with the lines of those that
/// `also` names. Slices that are ACCEPTED or later stay where they are and are counted first.
/// `is_over` ends the search when it says so, as if its time were over.
/// Errors: not_found for an unknown operation or requirement, malformed when it has no lines, and
/// those of `make`.
model::Result<model::AssembleAnswer> assemble(const core::State& state,
                                              const model::AssembleQuery& query,
                                              const std::vector<model::Code>& also,
                                              const core::Moment& moment,
                                              const std::function<bool()>& is_over = {},
                                              const MakePackage& make = make_package);

}  // namespace muster::planner
