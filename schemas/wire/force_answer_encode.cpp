// SPDX-License-Identifier: Apache-2.0
// Answers about readiness, and what rests on what. Their decoders: force_answer_decode.cpp.
#include "schemas/wire/operation_codec.h"
#include "schemas/wire/query_codec.h"
#include "schemas/wire/session_codec.h"

namespace muster::wire {
namespace {

Written<fbs::ReadyRow> write_ready_row(Writer& out, const model::ReadyRow& from) {
  const auto nation = write_text_if_any(out, from.nation.view());
  const auto people = write_people(out, from.people);
  return fbs::CreateReadyRow(out, nation, static_cast<fbs::ElementKind>(from.element_kind),
                             from.units, people);
}

Written<fbs::BuildupStep> write_step(Writer& out, const model::BuildupStep& from) {
  const auto nation = write_text(out, from.nation.view());
  const auto people = write_people(out, from.people);
  const auto cumulative = write_people(out, from.cumulative);
  return fbs::CreateBuildupStep(out, from.hour, nation, write_code<fbs::StandbyRole>(from.role),
                                from.units, people, cumulative);
}

Written<fbs::MatrixCell> write_cell(Writer& out, const model::MatrixCell& from) {
  const auto nation = write_text(out, from.nation.view());
  const auto capability = write_text_if_any(out, from.capability);
  return fbs::CreateMatrixCell(out, nation, capability, from.units, from.people, from.level,
                               from.change, from.stale_people);
}

Written<fbs::StaleRow> write_stale_row(Writer& out, const model::StaleRow& from) {
  const auto unit = write_text(out, from.unit.view());
  return fbs::CreateStaleRow(out, unit, static_cast<std::uint8_t>(from.kind),
                             write_time(from.valid_at), static_cast<fbs::Freshness>(from.freshness),
                             from.people);
}

Written<fbs::CaveatRow> write_caveat(Writer& out, const model::CaveatRow& from) {
  const auto caveat_id = write_text(out, from.caveat_id.view());
  const auto nation = write_text(out, from.nation.view());
  const auto unit = write_text_if_any(out, from.unit ? from.unit->view() : std::string_view());
  const auto tasks = write_codes<std::uint8_t>(out, from.tasks);
  const auto text = write_text_if_any(out, from.text);
  const auto report = write_report_if_any(out, from.report);
  return fbs::CreateCaveatRow(out, caveat_id, nation, unit, static_cast<fbs::CaveatKind>(from.kind),
                              tasks, write_time(from.from), write_time(from.to), from.max_people,
                              text, from.people_removed, from.people_left, report);
}

Written<fbs::OverrideRow> write_override_row(Writer& out, const model::OverrideRow& from) {
  const auto unit = write_text(out, from.unit.view());
  const auto computed = write_levels(out, from.computed);
  const auto reason_code = write_text_if_any(out, from.reason_code);
  const auto authority = write_text_if_any(out, from.authority);
  const auto waiver_id = write_text_if_any(out, from.waiver_id);
  const auto remark = write_text_if_any(out, from.remark);
  const auto report = write_report_if_any(out, from.report);
  return fbs::CreateOverrideRow(out, unit, computed, from.reported, from.effective,
                                write_code<fbs::OverrideDirection>(from.direction), reason_code,
                                authority, waiver_id, remark, report,
                                model::to_micros(from.valid_at));
}

WrittenList<const fbs::Hash*> write_hashes(Writer& out, const std::vector<model::Hash>& from) {
  std::vector<fbs::Hash> hashes;
  hashes.reserve(from.size());
  for (const auto& hash : from) {
    hashes.push_back(write_array<fbs::Hash>(hash));
  }
  return out.CreateVectorOfStructs(hashes);
}

}  // namespace

Written<fbs::Assurance> write_people(Writer& out, const model::Assurance& from) {
  return fbs::CreateAssurance(out, from.certain, from.likely, from.claimed);
}

Written<fbs::LeftOut> write_left_out(Writer& out, const model::LeftOut& from) {
  const auto unit = write_text(out, from.unit.view());
  const auto detail = write_text_if_any(out, from.detail);
  return fbs::CreateLeftOut(out, unit, static_cast<fbs::LeftOutReason>(from.reason), detail,
                            from.people);
}

Written<void> write_body(Writer& out, const model::ReadyAnswer& from) {
  const auto tasks = write_codes<std::uint8_t>(out, from.tasks);
  const auto rows = write_list<fbs::ReadyRow>(out, from.rows, write_ready_row);
  const auto total = write_ready_row(out, from.total);
  const auto left_out = write_list<fbs::LeftOut>(out, from.left_out, write_left_out);
  return fbs::CreateReadyAnswer(out, from.within_h, tasks, rows, total, left_out).Union();
}

Written<void> write_body(Writer& out, const model::BuildupAnswer& from) {
  const auto tasks = write_codes<std::uint8_t>(out, from.tasks);
  const auto steps = write_list<fbs::BuildupStep>(out, from.steps, write_step);
  return fbs::CreateBuildupAnswer(out, from.horizon_h, tasks, steps).Union();
}

Written<void> write_body(Writer& out, const model::MatrixAnswer& from) {
  const auto cells = write_list<fbs::MatrixCell>(out, from.cells, write_cell);
  return fbs::CreateMatrixAnswer(out, from.by_task, from.trend_days, cells).Union();
}

Written<void> write_body(Writer& out, const model::StaleAnswer& from) {
  const auto rows = write_list<fbs::StaleRow>(out, from.rows, write_stale_row);
  return fbs::CreateStaleAnswer(out, rows, from.people_at_risk, from.people, from.complete_units,
                                from.expected_units)
      .Union();
}

Written<void> write_body(Writer& out, const model::CaveatsAnswer& from) {
  return fbs::CreateCaveatsAnswer(out, write_list<fbs::CaveatRow>(out, from.rows, write_caveat))
      .Union();
}

Written<void> write_body(Writer& out, const model::OverridesAnswer& from) {
  return fbs::CreateOverridesAnswer(
             out, write_list<fbs::OverrideRow>(out, from.rows, write_override_row))
      .Union();
}

Written<void> write_body(Writer& out, const model::LedgerProofAnswer& from) {
  const auto report = write_text(out, from.report.str());
  const auto findings = write_findings(out, from.verdict.findings);
  const auto envelope = out.CreateVector(from.envelope);
  const auto verdicts = write_codes<std::uint8_t>(out, from.verdicts);
  const auto key = write_array<fbs::Key>(from.key);
  const auto audit_path = write_hashes(out, from.audit_path);
  const auto tree_head = write_tree_head(out, from.tree_head);
  return fbs::CreateLedgerProofAnswer(out, report, from.ledger_seq,
                                      model::to_micros(from.received_at), from.index,
                                      static_cast<std::uint8_t>(from.verdict.verdict), findings,
                                      envelope, verdicts, &key, audit_path, tree_head)
      .Union();
}

}  // namespace muster::wire
