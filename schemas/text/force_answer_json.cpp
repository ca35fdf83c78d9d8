// SPDX-License-Identifier: Apache-2.0
// Answers about readiness, rosters and changes, and proofs.
#include "schemas/text/answer_parts.h"

namespace muster::text {
namespace {

// ---- readiness ----------------------------------------------------------------------------------

Json write_row(const model::ReadyRow& row) {
  auto object = json_object();
  object.add("nation", write_value(row.nation));
  object.add("element_kind", write_value(row.element_kind));
  object.add("units", write_value(row.units));
  object.add("people", write_people(row.people));
  return object;
}

Json write_ready_total(const model::ReadyRow& total) {
  auto object = json_object();
  object.add("units", write_value(total.units));
  object.add("people", write_people(total.people));
  return object;
}

Json write_row(const model::BuildupStep& row) {
  auto object = json_object();
  object.add("hour", write_value(row.hour));
  object.add("nation", write_value(row.nation));
  add_if(object, "role", row.role);
  object.add("units", write_value(row.units));
  object.add("people", write_people(row.people));
  object.add("cumulative", write_people(row.cumulative));
  return object;
}

Json write_row(const model::MatrixCell& cell) {
  auto object = json_object();
  object.add("nation", write_value(cell.nation));
  object.add("capability", write_value(cell.capability));
  object.add("units", write_value(cell.units));
  object.add("people", write_value(cell.people));
  object.add("level", write_value(cell.level));
  object.add("change", write_value(cell.change));
  object.add("stale_people", write_value(cell.stale_people));
  return object;
}

// ---- rosters, changes ---------------------------------------------------------------------------

Json write_row(const model::RosterRow& row) {
  auto object = json_object();
  object.add("dimension", write_value(row.dimension));
  object.add("key", write_value(row.key));
  object.add("people", write_value(row.people));
  object.add("present", write_value(row.present));
  object.add("deployable", write_value(row.deployable));
  return object;
}

/// What was not said is left out, as an absent value is everywhere.
Json write_row(const model::FieldChange& change) {
  auto object = json_object();
  object.add("field", write_value(change.field));
  add_if_any(object, "before", change.before);
  add_if_any(object, "after", change.after);
  return object;
}

Json write_row(const model::HistoryRow& row) {
  auto object = json_object();
  object.add("kind", write_value(row.kind));
  object.add("report", write_value(row.report));
  object.add("report_kind", write_value(row.report_kind));
  object.add("valid_at", write_value(row.valid_at));
  object.add("issued_at", write_value(row.issued_at));
  object.add("received_at", write_value(row.received_at));
  object.add("ledger_seq", write_value(row.ledger_seq));
  add_if(object, "corrected_by", row.corrected_by);
  object.add("changes", write_row_list(row.changes, write_row));
  return object;
}

Json write_row(const model::DiffRow& row) {
  auto object = json_object();
  object.add("unit", write_value(row.unit));
  object.add("kind", write_value(row.kind));
  object.add("change", write_row(row.change));
  add_report(object, row.report);
  object.add("valid_at", write_value(row.valid_at));
  object.add("received_at", write_value(row.received_at));
  return object;
}

/// `report` counts the reports of the question, from 0.
Json write_verdict(std::size_t report, const model::ReportVerdict& verdict) {
  auto object = json_object();
  object.add("report", write_value(std::uint64_t{report}));
  object.add("verdict", write_value(verdict.verdict));
  object.add("findings", write_findings(verdict.findings));
  return object;
}

Json write_bitime(const model::Bitime& point) {
  auto object = json_object();
  object.add("valid_at", write_value(point.valid_at));
  object.add("known_at", write_value(point.known_at));
  return object;
}

// ---- what rests on what -------------------------------------------------------------------------

Json write_row(const model::StaleRow& row) {
  auto object = json_object();
  object.add("unit", write_value(row.unit));
  object.add("kind", write_value(row.kind));
  add_if(object, "valid_at", row.valid_at);
  object.add("freshness", write_value(row.freshness));
  object.add("people", write_value(row.people));
  return object;
}

Json write_row(const model::CaveatRow& row) {
  auto object = json_object();
  object.add("caveat_id", write_value(row.caveat_id));
  object.add("nation", write_value(row.nation));
  add_if(object, "unit", row.unit);
  object.add("kind", write_value(row.kind));
  object.add("tasks", write_value(row.tasks));
  add_if(object, "from", row.from);
  add_if(object, "to", row.to);
  add_if(object, "max_people", row.max_people);
  add_if_any(object, "text", row.text);
  object.add("people_removed", write_value(row.people_removed));
  object.add("people_left", write_value(row.people_left));
  add_report(object, row.report);
  return object;
}

Json write_row(const model::OverrideRow& row) {
  auto object = json_object();
  object.add("unit", write_value(row.unit));
  object.add("computed", write_levels(row.computed));
  object.add("reported", write_value(row.reported));
  object.add("effective", write_value(row.effective));
  add_if(object, "direction", row.direction);
  add_if_any(object, "reason_code", row.reason_code);
  add_if_any(object, "authority", row.authority);
  add_if_any(object, "waiver_id", row.waiver_id);
  add_if_any(object, "remark", row.remark);
  add_report(object, row.report);
  object.add("valid_at", write_value(row.valid_at));
  return object;
}

Json write_row(const model::LedgerProofAnswer& proof) {
  auto object = json_object();
  object.add("report", write_value(proof.report));
  object.add("ledger_seq", write_value(proof.ledger_seq));
  object.add("received_at", write_value(proof.received_at));
  object.add("index", write_value(proof.index));
  object.add("verdict", write_value(proof.verdict.verdict));
  object.add("findings", write_findings(proof.verdict.findings));
  object.add("envelope", write_value(proof.envelope));
  object.add("verdicts", write_value(proof.verdicts));
  object.add("key", write_value(proof.key));
  object.add("audit_path", write_value(proof.audit_path));
  object.add("tree_head", write_tree_head(proof.tree_head));
  return object;
}

}  // namespace

Json write_left_out(const model::LeftOut& row) {
  auto object = json_object();
  object.add("unit", write_value(row.unit));
  object.add("reason", write_value(row.reason));
  add_if_any(object, "detail", row.detail);
  object.add("people", write_value(row.people));
  return object;
}

Parts parts_of(const model::ReadyAnswer& answer) {
  Parts parts{.kind = "ForceReady", .rows = write_rows(answer.rows, write_row)};
  parts.before.add("within_h", write_value(answer.within_h));
  parts.before.add("tasks", write_value(answer.tasks));
  parts.total = write_ready_total(answer.total);
  parts.further = {{"left_out", write_rows(answer.left_out, write_left_out)}};
  return parts;
}

Parts parts_of(const model::BuildupAnswer& answer) {
  Parts parts{.kind = "ForceBuildup", .rows = write_rows(answer.steps, write_row)};
  parts.before.add("horizon_h", write_value(answer.horizon_h));
  parts.before.add("tasks", write_value(answer.tasks));
  return parts;
}

Parts parts_of(const model::MatrixAnswer& answer) {
  Parts parts{.kind = "ForceMatrix", .rows = write_rows(answer.cells, write_row)};
  parts.before.add("by_task", write_value(answer.by_task));
  parts.before.add("trend_days", write_value(answer.trend_days));
  return parts;
}

Parts parts_of(const model::RosterAnswer& answer) {
  Parts parts{.kind = "ForceRoster", .rows = write_rows(answer.rows, write_row)};
  parts.before.add("unit", write_value(answer.unit));
  parts.before.add("units", write_value(answer.units));
  add_if(parts.before, "version", answer.version);
  add_if(parts.before, "valid_at", answer.valid_at);
  parts.before.add("people", write_value(answer.people));
  parts.before.add("present", write_value(answer.present));
  parts.before.add("deployable", write_value(answer.deployable));
  if (answer.strength) {
    parts.before.add("strength", write_figures(*answer.strength));
  }
  return parts;
}

Parts parts_of(const model::HistoryAnswer& answer) {
  Parts parts{.kind = "ForceHistory", .rows = write_rows(answer.rows, write_row)};
  parts.before.add("unit", write_value(answer.unit));
  return parts;
}

Parts parts_of(const model::DiffAnswer& answer) {
  Parts parts{.kind = "ForceDiff", .rows = write_rows(answer.rows, write_row)};
  parts.before.add("from", write_bitime(answer.from));
  parts.before.add("to", write_bitime(answer.to));
  parts.before.add("before", write_figures(answer.before));
  parts.before.add("after", write_figures(answer.after));
  return parts;
}

/// The verdicts stand behind the difference, so that they are there as lines too.
Parts parts_of(const model::DryRunAnswer& answer) {
  auto difference = parts_of(answer.difference);
  Parts parts{.kind = "ReportDryRun", .rows = std::move(difference.rows)};
  parts.before.add("before", write_figures(answer.difference.before));
  parts.before.add("after", write_figures(answer.difference.after));
  std::vector<Json> verdicts;
  for (std::size_t i = 0; i < answer.verdicts.size(); ++i) {
    verdicts.push_back(write_verdict(i, answer.verdicts[i]));
  }
  parts.further = {{"verdicts", std::move(verdicts)}};
  return parts;
}

Parts parts_of(const model::StaleAnswer& answer) {
  Parts parts{.kind = "ForceStale", .rows = write_rows(answer.rows, write_row)};
  parts.before.add("people_at_risk", write_value(answer.people_at_risk));
  parts.before.add("people", write_value(answer.people));
  parts.before.add("complete_units", write_value(answer.complete_units));
  parts.before.add("expected_units", write_value(answer.expected_units));
  return parts;
}

Parts parts_of(const model::CaveatsAnswer& answer) {
  return {.kind = "ForceCaveats", .rows = write_rows(answer.rows, write_row)};
}

Parts parts_of(const model::OverridesAnswer& answer) {
  return {.kind = "ForceOverrides", .rows = write_rows(answer.rows, write_row)};
}

Parts parts_of(const model::LedgerProofAnswer& answer) {
  return {.kind = "LedgerProof", .rows = {write_row(answer)}};
}

}  // namespace muster::text
