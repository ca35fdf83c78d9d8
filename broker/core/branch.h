// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/core/state.h"
#include "schemas/model/query.h"
#include "schemas/model/result.h"

/// What would be if: a state beside the state.
namespace muster::core {

/// The state as `what_if` supposes it, for every view to answer from; `state` stays what it is. A
/// branch is for answers alone: nothing is decided on it and nothing of it is kept.
/// - without: the nation is no member, and its units, caveats, stand-by slots and contributions are
///   not there, nor what was decided about them.
/// - host: every operation whose state is not final takes place there; contributions of that nation
///   to operations whose host may not contribute are not there.
/// - also: contributions to these operations that are offered or more count as COMMITTED.
/// - notice_min: is added to every notice to move that is stated.
/// `at` is the moment by which levels and cadences are derived.
/// Errors: not_found for a nation that is no member or an operation that is not known; malformed
/// for a notice beyond a year, and where nothing is supposed.
model::Result<State> branch(const State& state, const model::WhatIf& what_if, model::UtcTime at);

}  // namespace muster::core
