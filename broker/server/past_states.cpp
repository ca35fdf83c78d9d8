// SPDX-License-Identifier: Apache-2.0
#include "broker/server/past_states.h"

#include <fmt/format.h>

#include <algorithm>

namespace muster::server {

namespace {

model::UtcTime last_received(const core::State& state) {
  auto last = model::UtcTime::min();
  for (const auto& [id, node] : *state.nodes) {
    last = std::max(last, node.last_received_at);
  }
  return last;
}

}  // namespace

model::Result<std::shared_ptr<const core::State>> PastStates::at(const SnapshotPtr& now,
                                                                 const model::Bitime& asked) {
  // Nothing that came after the last record is known: every moment from there on is the same.
  const auto at =
      model::Bitime{asked.valid_at, std::min(asked.known_at, last_received(now->state))};
  const auto found = std::find_if(kept_.begin(), kept_.end(), [&](const Kept& kept) {
    return kept.at == at && kept.ledger_seq == now->state.ledger_seq;
  });
  if (found != kept_.end()) {
    kept_.splice(kept_.begin(), kept_, found);
    return kept_.front().state;
  }
  MUSTER_TRY(const auto known, ledger_seq_at(now->state.ledger_seq, at.known_at));
  MUSTER_TRY(auto state, core::state_at(now->state, at, known, recall()));
  kept_.push_front(
      {at, now->state.ledger_seq, std::make_shared<const core::State>(std::move(state))});
  if (kept_.size() > kKeptMax) {
    kept_.pop_back();
  }
  return kept_.front().state;
}

model::Result<std::uint64_t> PastStates::ledger_seq_at(std::uint64_t last,
                                                       model::UtcTime known_at) const {
  // received_at never runs backwards in the ledger, so halving finds it.
  std::uint64_t known = 0;
  std::uint64_t unknown = last + 1;
  while (known + 1 < unknown) {
    const auto middle = known + (unknown - known) / 2;
    MUSTER_TRY(const auto record, store_.ledger_record(middle));
    if (!record) {
      return model::fail(model::ErrorCode::corrupt,
                         fmt::format("ledger record {} is missing", middle));
    }
    (record->received_at <= known_at ? known : unknown) = middle;
  }
  return known;
}

}  // namespace muster::server
