// SPDX-License-Identifier: Apache-2.0
// Answers about readiness, and what rests on what. Their encoders: force_answer_encode.cpp.
#include "schemas/wire/operation_codec.h"
#include "schemas/wire/query_codec.h"
#include "schemas/wire/session_codec.h"

namespace muster::wire {
namespace {

void read_ready_row(Reading& in, const Path& at, const fbs::ReadyRow& from, model::ReadyRow& to) {
  read_key_if_any(in, {&at, "nation"}, from.nation(), to.nation);
  to.element_kind = static_cast<model::ElementKind>(from.element_kind());
  to.units = from.units();
  read_people(*from.people(), to.people);
}

void read_step(Reading& in, const Path& at, const fbs::BuildupStep& from, model::BuildupStep& to) {
  to.hour = from.hour();
  read_key(in, {&at, "nation"}, from.nation(), to.nation);
  to.role = read_code<model::StandbyRole>(from.role());
  to.units = from.units();
  read_people(*from.people(), to.people);
  read_people(*from.cumulative(), to.cumulative);
}

void read_cell(Reading& in, const Path& at, const fbs::MatrixCell& from, model::MatrixCell& to) {
  read_key(in, {&at, "nation"}, from.nation(), to.nation);
  read_text(in, {&at, "capability"}, from.capability(), to.capability);
  to.units = from.units();
  to.people = from.people();
  to.level = from.level();
  to.change = from.change();
  to.stale_people = from.stale_people();
}

void read_stale_row(Reading& in, const Path& at, const fbs::StaleRow& from, model::StaleRow& to) {
  read_key(in, {&at, "unit"}, from.unit(), to.unit);
  to.kind = static_cast<model::StatementKind>(from.kind());
  to.valid_at = read_time(from.valid_at());
  to.freshness = static_cast<model::Freshness>(from.freshness());
  to.people = from.people();
}

void read_caveat(Reading& in, const Path& at, const fbs::CaveatRow& from, model::CaveatRow& to) {
  read_key(in, {&at, "caveat_id"}, from.caveat_id(), to.caveat_id);
  read_key(in, {&at, "nation"}, from.nation(), to.nation);
  if (from.unit() != nullptr) {
    read_key(in, {&at, "unit"}, from.unit(), to.unit.emplace());
  }
  to.kind = static_cast<model::CaveatKind>(from.kind());
  read_codes(in, {&at, "tasks"}, from.tasks(), to.tasks);
  to.from = read_time(from.from());
  to.to = read_time(from.to());
  to.max_people = from.max_people();
  read_text(in, {&at, "text"}, from.text(), to.text);
  to.people_removed = from.people_removed();
  to.people_left = from.people_left();
  read_key_if_any(in, {&at, "report"}, from.report(), to.report);
}

void read_override_row(Reading& in, const Path& at, const fbs::OverrideRow& from,
                       model::OverrideRow& to) {
  read_key(in, {&at, "unit"}, from.unit(), to.unit);
  read_levels(from.computed(), to.computed);
  to.reported = from.reported();
  to.effective = from.effective();
  to.direction = read_code<model::OverrideDirection>(from.direction());
  read_text(in, {&at, "reason_code"}, from.reason_code(), to.reason_code);
  read_text(in, {&at, "authority"}, from.authority(), to.authority);
  read_text(in, {&at, "waiver_id"}, from.waiver_id(), to.waiver_id);
  read_text(in, {&at, "remark"}, from.remark(), to.remark);
  read_key_if_any(in, {&at, "report"}, from.report(), to.report);
  to.valid_at = model::from_micros(from.valid_at());
}

void read_hashes(Reading& in, const Path& at, const flatbuffers::Vector<const fbs::Hash*>* from,
                 std::vector<model::Hash>& to) {
  if (from == nullptr || !in.admit_list(at, from->size(), sizeof(model::Hash))) {
    return;
  }
  for (const auto* hash : *from) {
    read_array(hash, to.emplace_back());
  }
}

}  // namespace

void read_people(const fbs::Assurance& from, model::Assurance& to) {
  to = {from.certain(), from.likely(), from.claimed()};
}

void read_left_out(Reading& in, const Path& at, const fbs::LeftOut& from, model::LeftOut& to) {
  read_key(in, {&at, "unit"}, from.unit(), to.unit);
  to.reason = static_cast<model::LeftOutReason>(from.reason());
  read_text(in, {&at, "detail"}, from.detail(), to.detail);
  to.people = from.people();
}

void read_body(Reading& in, const fbs::ReadyAnswer& from, model::ReadyAnswer& to) {
  to.within_h = from.within_h();
  read_codes(in, {&kBody, "tasks"}, from.tasks(), to.tasks);
  read_list(in, {&kBody, "rows"}, from.rows(), to.rows, read_ready_row);
  read_ready_row(in, {&kBody, "total"}, *from.total(), to.total);
  read_list(in, {&kBody, "left_out"}, from.left_out(), to.left_out, read_left_out);
}

void read_body(Reading& in, const fbs::BuildupAnswer& from, model::BuildupAnswer& to) {
  to.horizon_h = from.horizon_h();
  read_codes(in, {&kBody, "tasks"}, from.tasks(), to.tasks);
  read_list(in, {&kBody, "steps"}, from.steps(), to.steps, read_step);
}

void read_body(Reading& in, const fbs::MatrixAnswer& from, model::MatrixAnswer& to) {
  to.by_task = from.by_task();
  to.trend_days = from.trend_days();
  read_list(in, {&kBody, "cells"}, from.cells(), to.cells, read_cell);
}

void read_body(Reading& in, const fbs::StaleAnswer& from, model::StaleAnswer& to) {
  read_list(in, {&kBody, "rows"}, from.rows(), to.rows, read_stale_row);
  to.people_at_risk = from.people_at_risk();
  to.people = from.people();
  to.complete_units = from.complete_units();
  to.expected_units = from.expected_units();
}

void read_body(Reading& in, const fbs::CaveatsAnswer& from, model::CaveatsAnswer& to) {
  read_list(in, {&kBody, "rows"}, from.rows(), to.rows, read_caveat);
}

void read_body(Reading& in, const fbs::OverridesAnswer& from, model::OverridesAnswer& to) {
  read_list(in, {&kBody, "rows"}, from.rows(), to.rows, read_override_row);
}

void read_body(Reading& in, const fbs::LedgerProofAnswer& from, model::LedgerProofAnswer& to) {
  read_key(in, {&kBody, "report"}, from.report(), to.report);
  to.ledger_seq = from.ledger_seq();
  to.received_at = model::from_micros(from.received_at());
  to.index = from.index();
  to.verdict.verdict = static_cast<model::Verdict>(from.verdict());
  read_findings(in, {&kBody, "findings"}, from.findings(), to.verdict.findings);
  read_codes(in, {&kBody, "envelope"}, from.envelope(), to.envelope);
  read_codes(in, {&kBody, "verdicts"}, from.verdicts(), to.verdicts);
  read_array(from.key(), to.key);
  read_hashes(in, {&kBody, "audit_path"}, from.audit_path(), to.audit_path);
  to.tree_head = read_tree_head(from.tree_head());
}

}  // namespace muster::wire
