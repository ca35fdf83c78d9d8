// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cassert>
#include <set>

#include "broker/server/answers.h"
#include "broker/server/ingest.h"
#include "broker/server/ingest_batch.h"
#include "schemas/wire/session.h"

// What goes out of a batch: to the disk first, then to readers, then to the peers.

namespace muster::server {

using model::NackCode;

namespace {

/// In the order of their numbers, each once, though a resend may have come in the same batch.
std::vector<model::ReportOutcome> in_order(std::vector<model::ReportOutcome> outcomes) {
  std::stable_sort(outcomes.begin(), outcomes.end(),
                   [](const auto& a, const auto& b) { return a.seq < b.seq; });
  const auto end = std::unique(outcomes.begin(), outcomes.end(),
                               [](const auto& a, const auto& b) { return a.seq == b.seq; });
  outcomes.erase(end, outcomes.end());
  return outcomes;
}

}  // namespace

model::Result<void> Ingest::commit(Batch& batch) {
  if (batch.commit.records.empty()) {
    return {};
  }
  std::set<model::NodeId> nodes;
  for (const auto& record : batch.commit.records) {
    nodes.insert(record.node);
  }
  for (const auto& id : nodes) {
    const auto& node = batch.next.node(id);
    batch.commit.heads.push_back({id, node.head_seq, node.head_hash});
  }
  assert(batch.next.units.size() > 1000 ||
         core::broken_invariants(batch.next).empty());  // A large one takes too long.
  Stopwatch watch;
  MUSTER_CHECK(parts_.store.commit(batch.commit));
  parts_.metrics.took(Stage::store, watch.lap());
  return {};
}

void Ingest::publish(Batch& batch) {
  if (batch.commit.records.empty()) {
    return;
  }
  Stopwatch watch;
  state_ = std::move(batch.next);
  frontier_ = std::move(batch.frontier);
  last_received_at_ = batch.now;
  tree_head_ = trust::sign_tree_head(frontier_, batch.now, parts_.key);
  if (parts_.high_water != nullptr) {
    // A mark that cannot be written makes the next start less watchful, not this commit less
    // durable.
    [[maybe_unused]] const auto marked =
        parts_.high_water->record(tree_head_.size, tree_head_.root);
  }
  if (batch.directory) {
    directory_ = std::move(batch.directory);
  }
  auto snapshot = std::make_shared<const Snapshot>(Snapshot{state_, tree_head_});
  parts_.view.publish(snapshot);
  if (parts_.on_committed) {
    parts_.on_committed(
        {std::move(snapshot), frontier_, std::move(batch.touched), batch.registry_changed});
  }
  parts_.metrics.took(Stage::verify, batch.verify_seconds);
  parts_.metrics.took(Stage::validate, batch.validate_seconds);
  parts_.metrics.took(Stage::publish, watch.lap());
  parts_.metrics.committed(batch.reports, state_.ledger_seq);
}

void Ingest::answer(Batch& batch, std::vector<Outbound>& out) {
  for (auto& [peer, pending] : batch.acks) {
    model::Ack ack{.up_to_seq = pending.up_to_seq,
                   .ledger_seq = state_.ledger_seq,
                   .reports = in_order(std::move(pending.outcomes)),
                   .tree_head = tree_head_};
    for (const auto& part : split(std::move(ack))) {
      out.push_back({peer, wire::ack_message(part)});
    }
  }
  for (auto& [peer, node, nack] : batch.refusals) {
    // The head that is durable, which is known only now.
    nack.head_seq = state_.node(node).head_seq;
    nack.head_hash = state_.node(node).head_hash;
    out.push_back({peer, wire::nack_message(nack)});
  }
  for (const auto& [peer, node] : batch.greetings) {
    const auto& head = state_.node(node);
    out.push_back({peer, wire::welcome_message({.head_seq = head.head_seq,
                                                .head_hash = head.head_hash,
                                                .window = parts_.window,
                                                .reports_max = model::kReportsPerEnvelopeMax,
                                                .message_bytes_max = model::kMessageBytesMax,
                                                .realm = state_.registry->realm,
                                                .server_time = batch.now,
                                                .ledger_seq = state_.ledger_seq,
                                                .tree_head = tree_head_,
                                                .software = parts_.software})});
  }
  for (const auto& [peer, ping] : batch.pings) {
    out.push_back({peer, wire::pong_message({.nonce = ping.nonce,
                                             .sent_at = ping.sent_at,
                                             .server_time = batch.now,
                                             .ledger_seq = state_.ledger_seq})});
  }
}

void Ingest::refuse_all(Batch& batch, std::vector<Outbound>& out, const model::Error& error) {
  // An envelope that was refused may have been judged against one that is lost now.
  for (auto& refusal : batch.refusals) {
    if (refusal.nack.seq != 0) {
      refusal.nack = unavailable(refusal.nack.seq, error);
    }
  }
  for (const auto& [peer, pending] : batch.acks) {
    parts_.metrics.nack(NackCode::unavailable);
    batch.refusals.push_back(
        {peer, pending.node, unavailable(state_.node(pending.node).head_seq + 1, error)});
  }
  batch.acks.clear();
  answer(batch, out);
}

std::vector<Outbound> Ingest::farewell(model::ByeReason reason, const std::string& message) const {
  std::vector<Outbound> out;
  for (const auto& [node, addresses] : peers_) {
    for (const auto& address : addresses) {
      out.push_back({address, wire::bye_message({reason, message})});
    }
  }
  return out;
}

}  // namespace muster::server
