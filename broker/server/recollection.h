// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "broker/core/state.h"
#include "storage/store.h"

namespace muster::server {

/// Gives back what was said, from the ledger. Keeps what it decoded last, since a question about a
/// past day asks for many statements of few envelopes. Thread rule: one thread.
class Recollection {
 public:
  explicit Recollection(const storage::Store& store) : store_(store) {}

  /// Errors: not_found when nothing was said there, and those of the store.
  model::Result<core::Said> recall(const core::Place& place);

 private:
  model::Result<const std::vector<core::Said>*> record(std::uint64_t ledger_seq);

  const storage::Store& store_;
  std::unordered_map<std::uint64_t, std::vector<core::Said>> records_;
  std::size_t bytes_ = 0;  ///< Of the envelopes that they came in.
};

/// Everything that an envelope of the ledger says, refused reports as well.
/// Errors: those of the decoders.
model::Result<std::vector<core::Said>> said_in(const storage::LedgerRecord& record);

}  // namespace muster::server
