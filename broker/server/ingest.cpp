// SPDX-License-Identifier: Apache-2.0
#include "broker/server/ingest.h"

#include <fmt/format.h>

#include <algorithm>

#include "broker/core/chain.h"
#include "broker/server/authentic.h"
#include "broker/server/ingest_batch.h"
#include "schemas/trust/envelope.h"
#include "schemas/wire/session.h"

namespace muster::server {

using core::ChainPlace;
using model::NackCode;

namespace {

/// An acknowledgement lists what was refused or flagged.
void add_outcomes(const storage::LedgerRecord& record,
                  std::vector<model::ReportOutcome>& outcomes) {
  for (std::size_t i = 0; i < record.verdicts.size(); ++i) {
    if (!record.verdicts[i].findings.empty()) {
      outcomes.push_back({record.first_seq + i, record.verdicts[i]});
    }
  }
}

/// Of another version, or of no form at all.
model::Nack unreadable(const model::Error& error) {
  const bool is_other_version = error.code == model::ErrorCode::unsupported;
  return {.code = is_other_version ? NackCode::version : NackCode::malformed,
          .message = error.message};
}

model::Bytes verdict_bytes(const std::vector<model::ReportVerdict>& verdicts) {
  model::Bytes bytes;
  for (const auto& verdict : verdicts) {
    bytes.push_back(static_cast<std::uint8_t>(verdict.verdict));
  }
  return bytes;
}

}  // namespace

Ingest::Ingest(Parts parts, core::State state, trust::TreeFrontier frontier)
    : parts_(std::move(parts)),
      state_(std::move(state)),
      frontier_(std::move(frontier)),
      directory_(std::make_unique<Directory>(state_.registry)),
      recollection_(parts_.store) {
  for (const auto& [id, node] : *state_.nodes) {
    last_received_at_ = std::max(last_received_at_, node.last_received_at);
  }
  tree_head_ = trust::sign_tree_head(frontier_, last_received_at_, parts_.key);
  parts_.metrics.recovered(state_.ledger_seq);
}

std::vector<Outbound> Ingest::take(std::span<const Inbound> messages, model::UtcTime now) {
  // received_at never runs backwards in the ledger, whatever the machine's clock does.
  // Whose key is valid is asked of the clock itself: one wrong date in the ledger must not lock
  // everybody out.
  Batch batch{
      .next = state_, .frontier = frontier_, .now = std::max(now, last_received_at_), .clock = now};
  for (const auto& message : messages) {
    take_one(batch, message);
    // Who may speak changes with the envelope that says so: how messages fall into batches never
    // decides.
    if (&directory_of(batch).registry() != batch.next.registry.get()) {
      batch.directory = std::make_unique<Directory>(batch.next.registry);
    }
  }

  std::vector<Outbound> out;
  if (const auto committed = commit(batch); !committed) {
    problem_ = committed.error().message;
    refuse_all(batch, out, committed.error());
    return out;
  }
  publish(batch);
  answer(batch, out);
  return out;
}

model::Result<void> Ingest::probe() { return parts_.store.commit({}); }

// ---- what came in -------------------------------------------------------------------------------

void Ingest::take_one(Batch& batch, const Inbound& message) {
  const auto* peer = directory_of(batch).authorised(message.user_id, batch.clock);
  if (peer == nullptr) {
    nack(batch, message,
         {.code = NackCode::unauthorised,
          .message = fmt::format("the key of {} is not valid now: ask the registrar to enrol it",
                                 message.user_id)},
         false);
    return;
  }
  const auto view = wire::read_message(message.frame);
  if (!view) {
    nack(batch, message, unreadable(view.error()), true);
    return;
  }
  remember(peer->node_id, message.from);
  parts_.metrics.heard(peer->node_id.publisher(), batch.now,
                       view->type == wire::MessageType::publish);
  switch (view->type) {
    case wire::MessageType::hello:
      return greet(batch, message, *peer, view->body);
    case wire::MessageType::publish:
      return take_envelope(batch, message, *peer, view->body);
    case wire::MessageType::ping:
      return answer_ping(batch, message, *peer, view->body);
    case wire::MessageType::bye:
      return;  // Nothing is kept of a session, so there is nothing to end.
    default:
      nack(batch, message,
           {.code = NackCode::malformed,
            .message = fmt::format("{} is not for the ingest socket", wire::to_text(view->type))},
           true);
  }
}

const Directory& Ingest::directory_of(const Batch& batch) const {
  return batch.directory ? *batch.directory : *directory_;
}

void Ingest::remember(const model::NodeId& node, const link::PeerAddress& peer) {
  // ROUTER never says that a peer has gone, so old addresses are dropped by number.
  constexpr std::size_t kAddressesMax = 8;
  auto& addresses = peers_[node];
  if (addresses.size() >= kAddressesMax && !addresses.contains(peer)) {
    addresses.clear();
  }
  addresses.insert(peer);
}

void Ingest::greet(Batch& batch, const Inbound& message, const model::RegisteredNode& peer,
                   model::ByteView body) {
  const auto hello = wire::read_hello(body);
  if (!hello) {
    return nack(batch, message, {.code = NackCode::malformed, .message = hello.error().message},
                true);
  }
  if (hello->protocol_version != model::kProtocolVersion) {
    return nack(batch, message,
                {.code = NackCode::version,
                 .message = fmt::format(
                     "this broker speaks protocol {}, the node {}: upgrade the older one",
                     model::kProtocolVersion, hello->protocol_version)},
                false);
  }
  if (hello->node != peer.node_id) {
    return nack(batch, message,
                {.code = NackCode::wrong_node,
                 .message = fmt::format("HELLO of {} with the key of {}", hello->node.view(),
                                        peer.node_id.view())},
                true);
  }
  batch.greetings.emplace_back(message.from, peer.node_id);
}

void Ingest::answer_ping(Batch& batch, const Inbound& message, const model::RegisteredNode&,
                         model::ByteView body) {
  const auto ping = wire::read_ping(body);
  if (!ping) {
    return nack(batch, message, {.code = NackCode::malformed, .message = ping.error().message},
                true);
  }
  batch.pings.emplace_back(message.from, *ping);
}

void Ingest::take_envelope(Batch& batch, const Inbound& message, const model::RegisteredNode& peer,
                           model::ByteView body) {
  auto envelope = wire::DecodedEnvelope::decode(body);
  if (!envelope) {
    return nack(batch, message, unreadable(envelope.error()), true);
  }
  Publication publication{.envelope = std::move(*envelope)};
  const auto& view = publication.envelope.view();
  model::Nack refusal{.seq = view.link.first_seq};
  if (!may_publish(peer, view, refusal)) {
    return nack(batch, message, std::move(refusal), true);
  }

  Stopwatch watch;
  publication.signed_bytes = trust::signed_bytes(view);
  publication.chain_hash = trust::chain_hash(publication.signed_bytes);
  const auto& head = batch.next.node(view.node);
  switch (core::place_in_chain(head, view.link)) {
    case ChainPlace::next:
      break;
    case ChainPlace::repeated:
      return take_repeated(batch, message, publication);
    case ChainPlace::gap:
      parts_.metrics.sequence_gap(view.node.publisher());
      refusal.code = NackCode::gap;
      refusal.retryable = true;
      refusal.message = fmt::format("{} came before {}: send from there on", view.link.first_seq,
                                    head.head_seq + 1);
      return nack(batch, message, std::move(refusal), false);
    case ChainPlace::broken:
      refusal.code = NackCode::broken_chain;
      refusal.message = fmt::format(
          "{}#{} names another head than the one that is kept: a restored backup of the "
          "outbox, or a second copy of the node",
          view.node.view(), view.link.first_seq);
      return raise_alarm(batch, message, publication, std::move(refusal));
  }
  if (!is_signed_by(*batch.next.registry, view, publication.signed_bytes,
                    parts_.limits.clock_skew_max, refusal)) {
    return nack(batch, message, std::move(refusal), true);
  }
  batch.verify_seconds += watch.lap();
  take_next(batch, message, std::move(publication));
  batch.validate_seconds += watch.lap();
}

void Ingest::take_repeated(Batch& batch, const Inbound& message, const Publication& publication) {
  const auto& view = publication.envelope.view();
  const auto first = taken_before(batch, publication);
  if (!first) {
    return nack(batch, message, unavailable(view.link.first_seq, first.error()), false);
  }
  if (*first) {
    parts_.metrics.reports_repeated(view.node.publisher(), view.reports.size());
    auto& ack = batch.acks[message.from];
    ack.node = view.node;
    ack.up_to_seq = std::max(ack.up_to_seq, view.last_seq());
    add_outcomes(**first, ack.outcomes);  // The first acknowledgement may never have arrived.
    return;
  }
  raise_alarm(
      batch, message, publication,
      {.seq = view.link.first_seq,
       .code = NackCode::conflict,
       .message = fmt::format(
           "{}#{} was taken already, with other content: a stolen key, a restored backup or a "
           "second copy of the node",
           view.node.view(), view.link.first_seq)});
}

model::Result<std::optional<storage::LedgerRecord>> Ingest::taken_before(
    const Batch& batch, const Publication& publication) const {
  using Found = std::optional<storage::LedgerRecord>;
  const auto& view = publication.envelope.view();
  if (const auto found = batch.taken.find({view.node, view.link.first_seq});
      found != batch.taken.end()) {
    const auto& record = batch.commit.records[found->second];
    return record.chain_hash == publication.chain_hash ? Found(record) : Found();
  }
  MUSTER_TRY(const auto entry, parts_.store.chain_entry(view.node, view.link.first_seq));
  if (!entry || entry->chain_hash != publication.chain_hash) {
    return Found();
  }
  return parts_.store.ledger_record(entry->ledger_seq);
}

void Ingest::raise_alarm(Batch& batch, const Inbound& message, const Publication& publication,
                         model::Nack alarm) {
  // Only what the node really signed speaks against it.
  const auto& view = publication.envelope.view();
  model::Nack refusal{.seq = view.link.first_seq};
  const bool is_signed = is_signed_by(*batch.next.registry, view, publication.signed_bytes,
                                      parts_.limits.clock_skew_max, refusal);
  nack(batch, message, is_signed ? std::move(alarm) : std::move(refusal), true);
}

void Ingest::take_next(Batch& batch, const Inbound& message, Publication publication) {
  const auto& view = publication.envelope.view();
  model::Nack refusal{.seq = view.link.first_seq};
  auto reports = decode_reports(view, refusal);
  if (!reports) {
    return nack(batch, message, std::move(refusal), true);
  }

  storage::LedgerRecord record{.ledger_seq = batch.next.ledger_seq + 1,
                               .received_at = batch.now,
                               .node = view.node,
                               .first_seq = view.link.first_seq,
                               .chain_hash = publication.chain_hash,
                               .verdicts = {},
                               .envelope = {}};
  core::EnvelopeTaken taken{.node = view.node,
                            .last_seq = view.last_seq(),
                            .chain_hash = publication.chain_hash,
                            .ledger_seq = record.ledger_seq,
                            .received_at = batch.now};
  const core::Arrival first{.report = {view.node, view.link.first_seq},
                            .issued_at = view.issued_at,
                            .received_at = batch.now,
                            .ledger_seq = record.ledger_seq};
  // An envelope that cannot be decided leaves nothing behind, and the others of the batch go on.
  const auto before = batch.next;
  const auto said_before = batch.said.size();
  if (const auto decided = decide_reports(batch, *std::move(reports), first, record, taken);
      !decided) {
    batch.next = before;
    batch.said.resize(said_before);
    return nack(batch, message, unavailable(view.link.first_seq, decided.error()), false);
  }
  auto& ack = batch.acks[message.from];
  ack.node = view.node;
  ack.up_to_seq = std::max(ack.up_to_seq, view.last_seq());
  add_outcomes(record, ack.outcomes);
  core::evolve(batch.next, taken);
  batch.frontier.append(trust::leaf_hash(record.ledger_seq, record.received_at, record.chain_hash,
                                         verdict_bytes(record.verdicts)));
  batch.taken[{view.node, view.link.first_seq}] = batch.commit.records.size();
  batch.reports += view.reports.size();
  parts_.metrics.reports_received(view.node.publisher(), taken.accepted, taken.refused);
  record.envelope = std::move(publication.envelope).release();
  batch.commit.records.push_back(std::move(record));
}

model::Result<core::Said> Ingest::recall(const Batch& batch, const core::Place& place) {
  for (const auto& said : batch.said) {
    if (said.stamp.ledger_seq == place.ledger_seq && said.stamp.report.seq == place.seq &&
        said.index == place.statement) {
      return said;
    }
  }
  return recollection_.recall(place);
}

model::Result<void> Ingest::decide_reports(Batch& batch, std::vector<model::Report> reports,
                                           const core::Arrival& first,
                                           storage::LedgerRecord& record,
                                           core::EnvelopeTaken& taken) {
  const core::Recall recall_from_here = [&](const core::Place& place) {
    return recall(batch, place);
  };
  auto arrival = first;
  for (auto& report : reports) {
    MUSTER_TRY(auto decision, core::decide(batch.next, std::move(report), arrival, parts_.limits,
                                           recall_from_here));
    ++(decision.verdict == model::Verdict::accepted ? taken.accepted : taken.refused);
    for (auto& change : decision.changes) {
      auto& statement = std::get<core::StatementTaken>(change);
      batch.touched.add(statement);
      batch.registry_changed |=
          std::holds_alternative<model::RegistryStatement>(statement.said.statement);
      core::evolve(batch.next, change);
      batch.said.push_back(std::move(statement.said));
    }
    for (const auto& finding : decision.findings) {
      parts_.metrics.finding(finding.rule, finding.severity);
    }
    record.verdicts.push_back({decision.verdict, std::move(decision.findings)});
    ++arrival.report.seq;
  }
  return {};
}

void Ingest::nack(Batch& batch, const Inbound& message, model::Nack nack, bool is_suspect) {
  parts_.metrics.nack(nack.code);
  if (parts_.on_refused) {
    parts_.on_refused(message.user_id, nack);
  }
  if (is_suspect) {
    // Kept for whoever looks into it, cut so that no peer fills the disk; losing it loses nothing
    // that was promised.
    constexpr std::size_t kKeptBytesMax = 64 * 1024;
    const auto kept_bytes = message.frame.first(std::min(message.frame.size(), kKeptBytesMax));
    [[maybe_unused]] const auto kept =
        parts_.store.quarantine({.received_at = batch.now,
                                 .peer = message.user_id,
                                 .reason = model::to_text(nack.code) + ": " + nack.message,
                                 .bytes = model::Bytes(kept_bytes.begin(), kept_bytes.end())});
  }
  const auto* peer = directory_of(batch).authorised(message.user_id, batch.now);
  batch.refusals.push_back(
      {message.from, peer != nullptr ? peer->node_id : model::NodeId{}, std::move(nack)});
}

}  // namespace muster::server
