// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "broker/server/projection.h"
#include "storage/high_water.h"

namespace muster::server {

/// Called now and then while the ledger is read: the record reached, and the last one.
using OnProgress = std::function<void(std::uint64_t ledger_seq, std::uint64_t last)>;

/// What the broker goes on from.
struct Recovered {
  core::State state;
  trust::TreeFrontier frontier;
  std::uint64_t replayed = 0;  ///< Ledger records folded in, after the projection's watermark.
  Touched touched;             ///< What they changed.
};

/// Loads the projection, folds in the ledger's tail, and compares what came out with what is stored
/// beside it: the dense sequence, each node's chain and head, the tree, and the high-water mark.
/// Nothing is mended in silence. Errors: corrupt, saying what differs and what to do;
/// already_exists when the store began with another genesis.
model::Result<Recovered> recover(storage::Store& store, const storage::HighWater& high_water,
                                 const model::RegistryStatement& genesis,
                                 const OnProgress& on_progress);

/// Identifies a genesis: SHA-256 of its Report encoding.
model::Hash genesis_hash(const model::RegistryStatement& genesis);

/// The state before the first record: nothing but the registry of the genesis.
core::State first_state(const model::RegistryStatement& genesis);

}  // namespace muster::server
