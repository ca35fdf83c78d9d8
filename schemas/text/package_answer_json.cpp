// SPDX-License-Identifier: Apache-2.0
// Answers about force packages, and how a force grows, lasts and ends.
#include "schemas/text/answer_parts.h"
#include "schemas/text/operation_parts.h"

namespace muster::text {
namespace {

Json write_row(const model::PackageLine& row) {
  auto object = json_object();
  object.add("operation", write_value(row.operation));
  object.add("line", write_value(row.line));
  object.add("people", write_value(row.people));
  object.add("lacking", write_value(row.lacking));
  object.add("equipment", write_covers(row.equipment));
  add_if(object, "complete_min", row.complete_min);
  object.add("blocked", write_causes(row.blocked));
  add_fix(object, row.fix);
  return object;
}

Json write_row(const model::PackageSlice& row) {
  auto object = json_object();
  object.add("operation", write_value(row.operation));
  object.add("line", write_value(row.line));
  object.add("unit", write_value(row.unit));
  object.add("people", write_value(row.people));
  object.add("equipment", write_value(row.equipment));
  object.add("ready_min", write_value(row.ready_min));
  object.add("freshness", write_value(row.freshness));
  object.add("level", write_value(row.level));
  object.add("certainty", write_value(row.certainty));
  add_if_any(object, "contribution", row.contribution);
  return object;
}

Json write_row(const model::PackageNation& row) {
  auto object = json_object();
  object.add("nation", write_value(row.nation));
  object.add("units", write_value(row.units));
  object.add("people", write_value(row.people));
  object.add("committed", write_value(row.committed));
  object.add("deployable", write_value(row.deployable));
  add_if(object, "depletion_permille", row.depletion_permille);
  return object;
}

Json write_row(const model::DeploymentStep& row) {
  auto object = json_object();
  object.add("hour", write_value(row.hour));
  object.add("nation", write_value(row.nation));
  object.add("echelon", write_value(row.echelon));
  object.add("slices", write_value(row.slices));
  object.add("people", write_people(row.people));
  object.add("cumulative", write_people(row.cumulative));
  return object;
}

Json write_row(const model::DeploymentNeed& row) {
  auto object = json_object();
  object.add("hour", write_value(row.hour));
  object.add("people", write_value(row.people));
  return object;
}

Json write_row(const model::StandbyRow& row) {
  auto object = json_object();
  object.add("role", write_value(row.role));
  add_if(object, "unit", row.unit);
  object.add("people", write_value(row.people));
  object.add("from", write_value(row.from));
  object.add("to", write_value(row.to));
  object.add("empty_days", write_value(row.empty_days));
  return object;
}

Json write_row(const model::RemainingRow& row) {
  auto object = json_object();
  object.add("figure", write_value(row.figure));
  object.add("now", write_value(row.now));
  object.add("then", write_value(row.then));
  return object;
}

Json write_row(const model::SustainmentRow& row) {
  auto object = json_object();
  object.add("category", write_value(row.category));
  object.add("covered_people", write_value(row.covered_people));
  object.add("days", write_value(row.days));
  object.add("supplied_person_days", write_value(row.supplied_person_days));
  object.add("shortfall_person_days", write_value(row.shortfall_person_days));
  object.add("units", write_value(row.units));
  object.add("silent_units", write_value(row.silent_units));
  return object;
}

Json write_row(const model::WithdrawalRow& row) {
  auto object = json_object();
  object.add("unit", write_value(row.unit));
  object.add("in_place", write_value(row.in_place));
  object.add("returning", write_value(row.returning));
  object.add("released", write_value(row.released));
  add_if(object, "planned_release", row.planned_release);
  return object;
}

Json write_withdrawal_total(const model::WithdrawalAnswer& answer) {
  auto object = json_object();
  object.add("in_place", write_value(answer.in_place));
  object.add("returning", write_value(answer.returning));
  object.add("released", write_value(answer.released));
  return object;
}

}  // namespace

Parts parts_of(const model::AssembleAnswer& answer) {
  Parts parts{.kind = "OperationPackage", .rows = write_rows(answer.lines, write_row)};
  parts.before.add("operation", write_value(answer.operation));
  parts.before.add("version", write_value(answer.version));
  parts.before.add("goal", write_value(answer.goal));
  parts.before.add("is_met", write_value(answer.is_met));
  add_if(parts.before, "complete_min", answer.complete_min);
  parts.before.add("is_optimal", write_value(answer.is_optimal));
  add_if_any(parts.before, "open_objective", answer.open_objective);
  parts.before.add("gap_permille", write_value(answer.gap_permille));
  parts.before.add("units", write_value(answer.units));
  parts.before.add("people", write_people(answer.people));
  parts.further = {{"slices", write_rows(answer.slices, write_row)},
                   {"nations", write_rows(answer.nations, write_row)},
                   {"unused", write_rows(answer.unused, write_left_out)}};
  return parts;
}

Parts parts_of(const model::OperationBuildupAnswer& answer) {
  Parts parts{.kind = "OperationBuildup", .rows = write_rows(answer.steps, write_row)};
  parts.before.add("operation", write_value(answer.operation));
  parts.before.add("horizon_h", write_value(answer.horizon_h));
  add_if(parts.before, "authorised_strength", answer.authorised_strength);
  parts.further = {{"needs", write_rows(answer.needs, write_row)}};
  return parts;
}

Parts parts_of(const model::StandbyAnswer& answer) {
  Parts parts{.kind = "ForceStandby", .rows = write_rows(answer.rows, write_row)};
  parts.before.add("from", write_value(answer.from));
  parts.before.add("to", write_value(answer.to));
  return parts;
}

Parts parts_of(const model::RemainingAnswer& answer) {
  Parts parts{.kind = "ForceRemaining", .rows = write_rows(answer.rows, write_row)};
  parts.before.add("within_h", write_value(answer.within_h));
  parts.before.add("tasks", write_value(answer.tasks));
  return parts;
}

Parts parts_of(const model::SustainmentAnswer& answer) {
  Parts parts{.kind = "OperationSustainment", .rows = write_rows(answer.rows, write_row)};
  parts.before.add("operation", write_value(answer.operation));
  parts.before.add("people", write_value(answer.people));
  parts.before.add("days", write_value(answer.days));
  return parts;
}

Parts parts_of(const model::WithdrawalAnswer& answer) {
  Parts parts{.kind = "OperationWithdrawal", .rows = write_rows(answer.rows, write_row)};
  parts.before.add("operation", write_value(answer.operation));
  parts.total = write_withdrawal_total(answer);
  return parts;
}

}  // namespace muster::text
