// SPDX-License-Identifier: Apache-2.0
#include "broker/server/query_service.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "schemas/wire/query.h"
#include "schemas/wire/report.h"

namespace muster::server {

using model::ErrorCode;
using model::QueryError;

namespace {

QueryError query_error(ErrorCode code) {
  switch (code) {
    case ErrorCode::not_found:
      return QueryError::not_found;
    case ErrorCode::unsupported:
      return QueryError::unsupported;
    case ErrorCode::refused:
      return QueryError::unauthorised;
    case ErrorCode::malformed:
      return QueryError::malformed;
    default:
      return QueryError::unavailable;
  }
}

std::vector<model::Bytes> refuse(std::uint64_t id, QueryError code, std::string message) {
  return {wire::refusal_message({id, code, std::move(message)})};
}

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

/// The nations that an answer rests on; none for all.
std::vector<model::Nation> nations_of(const model::Query& query) {
  if (const auto* strength = std::get_if<model::StrengthQuery>(&query)) {
    return strength->nations;
  }
  if (const auto* tree = std::get_if<model::TreeQuery>(&query)) {
    return {tree->nation};
  }
  if (const auto* unit = std::get_if<model::UnitQuery>(&query)) {
    return {unit->unit.nation()};
  }
  return {};
}

/// A nation that nobody knows is an error and not a zero; so is a dimension of a newer schema.
model::Result<void> check_strength_query(const core::State& state,
                                         const model::StrengthQuery& query) {
  for (const auto& nation : query.nations) {
    const auto& members = state.registry->members;
    const bool is_known = nation == model::secretariat() ||
                          std::any_of(members.begin(), members.end(),
                                      [&](const auto& member) { return member.nation == nation; });
    if (!is_known) {
      return model::fail(ErrorCode::not_found,
                         fmt::format("{} is no member in the registry", nation.view()));
    }
  }
  for (const auto dimension : query.group_by) {
    if (!model::is_known(dimension)) {
      return model::fail(ErrorCode::unsupported, fmt::format("this broker does not group by {}",
                                                             model::to_text(dimension)));
    }
  }
  return {};
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

}  // namespace

/// A question that may be answered, and from what.
struct QueryService::Asked {
  const model::Request& request;
  const Snapshot& snapshot;
  core::Moment moment;
};

const Directory& QueryService::directory(const SnapshotPtr& snapshot) {
  if (!directory_ || seen_->state.registry != snapshot->state.registry) {
    directory_ = std::make_unique<Directory>(snapshot->state.registry);
  }
  seen_ = snapshot;
  return *directory_;
}

std::vector<model::Bytes> QueryService::answer(const std::string& user_id, model::ByteView frame,
                                               model::UtcTime now) {
  const auto view = wire::read_message(frame);
  if (!view) {
    parts_.metrics.refused("unknown");
    const bool version = view.error().code == ErrorCode::unsupported;
    return refuse(0, version ? QueryError::version : QueryError::malformed, view.error().message);
  }
  if (view->type != wire::MessageType::request) {
    parts_.metrics.refused("unknown");
    return refuse(
        0, QueryError::unsupported,
        fmt::format("{} is not for the query socket of this broker", wire::to_text(view->type)));
  }
  const auto request = wire::read_request(view->body);
  if (!request) {
    parts_.metrics.refused("unknown");
    return refuse(0, query_error(request.error().code), request.error().message);
  }

  const auto start = std::chrono::steady_clock::now();
  const auto name = model::name_of(request->query);
  const auto snapshot = parts_.view.current();
  const Asked asked{
      *request, *snapshot, {directory(snapshot).viewer(user_id, now), now, parts_.limits}};
  auto body = body_of(asked);
  if (!body) {
    parts_.metrics.refused(name);
    return refuse(request->id, query_error(body.error().code), body.error().message);
  }
  auto messages = wire::answer_messages(
      request->id,
      {.header = core::header_of(snapshot->state, asked.moment, nations_of(request->query)),
       .body = std::move(*body)});
  parts_.metrics.answered(
      name, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  return messages;
}

model::Result<model::AnswerBody> QueryService::body_of(const Asked& asked) const {
  const auto& query = asked.request.query;
  if (!core::may_ask(asked.moment.viewer, query)) {
    return model::fail(ErrorCode::refused, fmt::format("the key's roles do not allow the query {}",
                                                       model::name_of(query)));
  }
  if (asked.request.as_of || asked.request.known_at) {
    return model::fail(ErrorCode::unsupported,
                       "this broker answers for now only, not as of another moment");
  }
  const auto& state = asked.snapshot.state;
  if (const auto* strength = std::get_if<model::StrengthQuery>(&query)) {
    MUSTER_CHECK(check_strength_query(state, *strength));
    return model::AnswerBody{core::strength(state, *strength, asked.moment)};
  }
  if (const auto* tree = std::get_if<model::TreeQuery>(&query)) {
    auto answer = core::tree(state, *tree, asked.moment);
    if (answer) {
      return model::AnswerBody{std::move(*answer)};
    }
    return model::fail(ErrorCode::not_found,
                       fmt::format("no unit of {} is known here", tree->nation.view()));
  }
  if (const auto* unit = std::get_if<model::UnitQuery>(&query)) {
    auto answer = core::unit(state, *unit, asked.moment);
    if (answer) {
      return model::AnswerBody{std::move(*answer)};
    }
    return model::fail(ErrorCode::not_found,
                       fmt::format("no unit {} is known here", unit->unit.view()));
  }
  if (const auto* tail = std::get_if<model::LedgerTailQuery>(&query)) {
    return ledger_tail(asked, *tail);
  }
  return server_info(asked);
}

model::AnswerBody QueryService::server_info(const Asked& asked) const {
  const auto& state = asked.snapshot.state;
  model::ServerInfoAnswer answer{.software = parts_.software,
                                 .started_at = parts_.started_at,
                                 .server_time = asked.moment.now,
                                 .ledger_seq = state.ledger_seq,
                                 .tree_head = asked.snapshot.tree_head,
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
  const auto last = asked.snapshot.state.ledger_seq;
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

}  // namespace muster::server
