// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "broker/server/query_service.h"
#include "schemas/trust/envelope.h"
#include "schemas/wire/report.h"

// Questions about the broker and its ledger.

namespace muster::server {

using model::ErrorCode;

namespace {

model::LedgerRow row_of(const storage::LedgerRecord& record) {
  model::LedgerRow row{.ledger_seq = record.ledger_seq,
                       .received_at = record.received_at,
                       .node = record.node,
                       .chain_hash = record.chain_hash,
                       .envelope_bytes = static_cast<std::uint32_t>(record.envelope.size())};
  const auto envelope = wire::DecodedEnvelope::decode(record.envelope);
  if (envelope) {
    row.issued_at = envelope->view().issued_at;
  }
  for (std::size_t i = 0; i < record.verdicts.size(); ++i) {
    model::LedgerReport entry{.seq = record.first_seq + i, .verdict = record.verdicts[i]};
    if (envelope && i < envelope->view().reports.size()) {
      if (const auto report = wire::decode_report(envelope->view().reports[i])) {
        entry.kind = report->kind;
        entry.valid_at = report->valid_at;
        entry.statements = static_cast<std::uint32_t>(report->statements.size());
      }
    }
    row.reports.push_back(std::move(entry));
  }
  return row;
}

/// About what a record takes in an answer.
std::size_t size_of(const storage::LedgerRecord& record) {
  constexpr std::size_t kFixed = 64;
  std::size_t size = kFixed * (1 + record.verdicts.size());
  for (const auto& verdict : record.verdicts) {
    for (const auto& finding : verdict.findings) {
      size += kFixed + finding.field.size() + finding.found.size() + finding.expected.size();
    }
  }
  return size;
}

model::Hash leaf_of(const storage::LedgerRecord& record) {
  model::Bytes verdicts;
  for (const auto& verdict : record.verdicts) {
    verdicts.push_back(static_cast<std::uint8_t>(verdict.verdict));
  }
  return trust::leaf_hash(record.ledger_seq, record.received_at, record.chain_hash, verdicts);
}

/// The registered key by which the envelope's signature verifies; all zero when none does.
model::PublicKey key_that_signed(const core::Registry& registry,
                                 const model::EnvelopeView& envelope) {
  const auto signed_bytes = trust::signed_bytes(envelope);
  for (const auto& entry : registry.nodes) {
    if (entry.node_id == envelope.node &&
        trust::verify(entry.key, signed_bytes, envelope.signature)) {
      return entry.key;
    }
  }
  return {};
}

}  // namespace

model::AnswerBody QueryService::server_info(const Asked& asked) const {
  const auto& state = asked.snapshot->state;
  model::ServerInfoAnswer answer{.software = parts_.software,
                                 .started_at = parts_.started_at,
                                 .server_time = asked.moment.now,
                                 .ledger_seq = state.ledger_seq,
                                 .tree_head = asked.snapshot->tree_head,
                                 .units = static_cast<std::uint32_t>(state.units.size())};
  for (const auto& [id, node] : *state.nodes) {
    answer.nodes.push_back({.node = id,
                            .head_seq = node.head_seq,
                            .head_hash = node.head_hash,
                            .last_received_at = node.last_received_at,
                            .accepted = node.accepted,
                            .refused = node.refused});
  }
  return answer;
}

model::Result<model::AnswerBody> QueryService::ledger_tail(
    const Asked& asked, const model::LedgerTailQuery& query) const {
  constexpr std::uint64_t kRecordsMax = 1000;
  constexpr std::size_t kBytesMax = std::size_t{16} << 20;
  std::size_t bytes = 0;
  auto last = asked.snapshot->state.ledger_seq;
  if (asked.request.known_at) {
    MUSTER_TRY(last, past_.ledger_seq_at(last, *asked.request.known_at));
  }
  const auto count = std::clamp<std::uint64_t>(query.count, 1, kRecordsMax);
  const auto from = query.from_ledger_seq.value_or(last >= count ? last - count + 1 : 1);
  model::LedgerTailAnswer answer{.records = {}, .last_ledger_seq = last};
  for (auto seq = std::max<std::uint64_t>(from, 1); seq <= last && answer.records.size() < count;
       ++seq) {
    MUSTER_TRY(const auto record, parts_.store.ledger_record(seq));
    if (!record) {
      return model::fail(ErrorCode::corrupt, fmt::format("ledger record {} is missing", seq));
    }
    bytes += size_of(*record);
    if (bytes > kBytesMax && !answer.records.empty()) {
      break;  // The asker goes on from the last record that it got.
    }
    answer.records.push_back(row_of(*record));
  }
  return model::AnswerBody{std::move(answer)};
}

model::Result<std::optional<storage::LedgerRecord>> QueryService::record_with(
    const model::ReportId& report) const {
  using Found = std::optional<storage::LedgerRecord>;
  // An envelope is found by its first report, which is at most so many places before.
  for (std::uint64_t back = 0; back < model::kReportsPerEnvelopeMax && back < report.seq; ++back) {
    MUSTER_TRY(const auto entry, parts_.store.chain_entry(report.node, report.seq - back));
    if (!entry) {
      continue;
    }
    MUSTER_TRY(auto record, parts_.store.ledger_record(entry->ledger_seq));
    const bool holds_it = record && report.seq < record->first_seq + record->verdicts.size();
    return holds_it ? Found(std::move(record)) : Found();
  }
  return Found();
}

model::Result<void> QueryService::read_leaves(std::uint64_t size) {
  return parts_.store.scan_ledger(leaves_.size() + 1,
                                  [&](storage::LedgerRecord&& record) -> model::Result<bool> {
                                    if (record.ledger_seq <= size) {
                                      leaves_.push_back(leaf_of(record));
                                    }
                                    return record.ledger_seq < size;
                                  });
}

model::Result<model::AnswerBody> QueryService::ledger_proof(const Asked& asked,
                                                            const model::LedgerProofQuery& query) {
  MUSTER_TRY(auto record, record_with(query.report));
  const auto& head = asked.snapshot->tree_head;
  if (!record || record->ledger_seq > head.size) {
    return model::fail(ErrorCode::not_found,
                       fmt::format("no report {} is in the ledger", query.report.str()));
  }
  if (leaves_.size() < head.size) {
    MUSTER_CHECK(read_leaves(head.size));
  }
  const auto index = static_cast<std::uint32_t>(query.report.seq - record->first_seq);
  model::LedgerProofAnswer answer{
      .report = query.report,
      .ledger_seq = record->ledger_seq,
      .received_at = record->received_at,
      .index = index,
      .verdict = record->verdicts.at(index),
      .audit_path = trust::audit_path(
          record->ledger_seq - 1, std::span(leaves_).first(static_cast<std::size_t>(head.size))),
      .tree_head = head};
  for (const auto& verdict : record->verdicts) {
    answer.verdicts.push_back(verdict.verdict);
  }
  MUSTER_TRY(const auto envelope, wire::DecodedEnvelope::decode(record->envelope));
  answer.key = key_that_signed(*asked.snapshot->state.registry, envelope.view());
  answer.envelope = std::move(record->envelope);
  return model::AnswerBody{std::move(answer)};
}

}  // namespace muster::server
