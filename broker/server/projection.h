// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <unordered_map>

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

/// The units that commits changed, and whether a correction changed older words of them too.
struct Touched {
  std::unordered_map<model::UnitId, bool> units;
  void add(const core::StatementTaken& taken);
  void add(const Touched& more);
};

/// The entries of what was touched, and of agreements, registry, nodes and the tree, as far as they
/// are newer than the record `since`, the watermark of the step before.
storage::ProjectionStep projection_step(const core::State& state,
                                        const trust::TreeFrontier& frontier, const Touched& touched,
                                        std::uint64_t since);

/// Reads the projection. Nothing when there is none (watermark 0), or one of an older layout.
/// Errors: corrupt, naming the entry.
model::Result<std::optional<Projected>> load_projection(const storage::Store& store);

}  // namespace muster::server
