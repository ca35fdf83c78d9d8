// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/core/state.h"
#include "schemas/trust/tree.h"
#include "storage/store.h"

/// State as entries of the store's projection, and back (storage/FORMAT.md, "current"). A
/// projection is never the record: what cannot be read is rebuilt from the ledger.
namespace muster::server {

/// Everything that a projection holds.
struct Projected {
  core::State state;
  trust::TreeFrontier frontier;
};

/// The entries of the units `changed`, and of the nodes, the registry and the tree.
storage::ProjectionStep projection_step(const core::State& state,
                                        const trust::TreeFrontier& frontier,
                                        const std::vector<model::UnitId>& changed);

/// Reads the projection. Nothing when there is none (watermark 0).
/// Errors: corrupt, naming the entry.
model::Result<std::optional<Projected>> load_projection(const storage::Store& store);

}  // namespace muster::server
