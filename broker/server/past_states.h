// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <list>

#include "broker/core/past.h"
#include "broker/server/recollection.h"
#include "broker/server/view.h"

namespace muster::server {

/// States of the past, made when they are asked for. The last few are kept: who looks at a day asks
/// more than one question about it. Thread rule: one thread.
class PastStates {
 public:
  explicit PastStates(const storage::Store& store) : store_(store), recollection_(store) {}

  /// The state at `asked`, from the words of `now`. Good as long as the pointer is held.
  /// Errors: those of the ledger.
  model::Result<std::shared_ptr<const core::State>> at(const SnapshotPtr& now,
                                                       const model::Bitime& asked);

  /// The last ledger record that had been received by `known_at`. Errors: those of the ledger.
  model::Result<std::uint64_t> ledger_seq_at(std::uint64_t last, model::UtcTime known_at) const;

  [[nodiscard]] core::Recall recall() {
    return [this](const core::Place& place) { return recollection_.recall(place); };
  }

 private:
  struct Kept {
    model::Bitime at;
    std::uint64_t ledger_seq = 0;  ///< Of the snapshot that it was made from.
    std::shared_ptr<const core::State> state;
  };
  static constexpr std::size_t kKeptMax = 4;

  const storage::Store& store_;
  Recollection recollection_;
  std::list<Kept> kept_;  ///< The last used first.
};

}  // namespace muster::server
