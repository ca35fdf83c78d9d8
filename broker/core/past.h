// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/core/state.h"

/// The state as it was at a point in both times: true by valid_at, known by known_at (DOMAIN.md
/// §6).
namespace muster::core {

/// The state at `at`, for every view to answer from. Words that still count are taken over from
/// `now`; the others are recalled. Nodes, their heads and who may ask are those of `now`;
/// `ledger_seq` is the last record that was known.
/// Errors: those of `recall`.
model::Result<State> state_at(const State& now, const model::Bitime& at, std::uint64_t ledger_seq,
                              const Recall& recall);

}  // namespace muster::core
