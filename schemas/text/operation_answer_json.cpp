// SPDX-License-Identifier: Apache-2.0
// Answers about operations: what there is, what is lacking, and who is promised.
#include "schemas/text/answer_parts.h"
#include "schemas/text/operation_parts.h"

namespace muster::text {

Json write_promised(const model::PromisedPeople& people) {
  auto object = json_object();
  object.add("offered", write_value(people.offered));
  object.add("accepted", write_value(people.accepted));
  object.add("committed", write_value(people.committed));
  object.add("in_transit", write_value(people.in_transit));
  object.add("in_place", write_value(people.in_place));
  object.add("returning", write_value(people.returning));
  object.add("released", write_value(people.released));
  return object;
}

namespace {

Json write_row(const model::OperationRow& row) {
  auto object = json_object();
  object.add("operation", write_value(row.operation));
  add_if_any(object, "name", row.name);
  add_if(object, "host", row.host);
  object.add("state", write_value(row.state));
  add_if(object, "authorised_strength", row.authorised_strength);
  add_if(object, "requirement_version", row.requirement_version);
  object.add("required", write_value(row.required));
  object.add("nations", write_value(row.nations));
  object.add("people", write_promised(row.people));
  return object;
}

Json write_row(const model::OperationNation& row) {
  auto object = json_object();
  object.add("nation", write_value(row.nation));
  object.add("units", write_value(row.units));
  object.add("people", write_promised(row.people));
  object.add("equipment", write_value(row.equipment));
  object.add("committed", write_value(row.committed));
  object.add("deployable", write_value(row.deployable));
  add_if(object, "depletion_permille", row.depletion_permille);
  return object;
}

Json write_row(const model::FigureCheck& row) {
  auto object = json_object();
  object.add("published", write_value(row.published));
  object.add("verdict", write_value(row.verdict));
  // Without a computed figure there is nothing that could differ.
  if (row.computed) {
    object.add("computed", write_value(*row.computed));
    object.add("difference", write_value(row.difference));
  }
  add_if(object, "permille", row.permille);
  return object;
}

Json write_row(const model::LineGap& row) {
  auto object = json_object();
  object.add("line", write_value(row.line));
  object.add("offered", write_value(row.offered));
  object.add("counted", write_value(row.counted));
  object.add("lacking", write_value(row.lacking));
  object.add("causes", write_causes(row.causes));
  object.add("not_offered", write_value(row.not_offered));
  object.add("equipment", write_covers(row.equipment));
  object.add("candidates", write_value(row.candidates));
  object.add("candidate_people", write_value(row.candidate_people));
  add_fix(object, row.fix);
  return object;
}

Json write_row(const model::OfferLeftOut& row) {
  auto object = json_object();
  object.add("contribution", write_value(row.contribution));
  object.add("line", write_value(row.line));
  object.add("unit", write_value(row.unit));
  object.add("state", write_value(row.state));
  object.add("people", write_value(row.people));
  object.add("counted", write_value(row.counted));
  object.add("reason", write_value(row.reason));
  add_if_any(object, "detail", row.detail);
  return object;
}

Json write_row(const model::LineCandidate& row) {
  auto object = json_object();
  object.add("line", write_value(row.line));
  object.add("unit", write_value(row.unit));
  object.add("people", write_value(row.people));
  object.add("ready_min", write_value(row.ready_min));
  return object;
}

Json write_gap_total(const model::GapsAnswer& answer) {
  auto object = json_object();
  object.add("needed", write_value(answer.needed));
  object.add("offered", write_value(answer.offered));
  object.add("counted", write_value(answer.counted));
  object.add("lacking", write_value(answer.lacking));
  return object;
}

Json write_row(const model::CommitmentRow& row) {
  auto object = json_object();
  object.add("contribution", write_value(row.contribution));
  object.add("operation", write_value(row.operation));
  object.add("line", write_value(row.line));
  object.add("unit", write_value(row.unit));
  object.add("people", write_value(row.people));
  object.add("equipment", write_value(row.equipment));
  object.add("state", write_value(row.state));
  add_if(object, "from", row.from);
  add_if(object, "to", row.to);
  add_if(object, "transfer_of_authority_at", row.transfer_of_authority_at);
  object.add("authority", write_value(row.authority));
  add_if_any(object, "variation", row.variation);
  object.add("overlap_people", write_value(row.overlap_people));
  add_report(object, row.report);
  return object;
}

Json write_row(const model::NationBurden& row) {
  auto object = json_object();
  object.add("nation", write_value(row.nation));
  object.add("committed", write_value(row.committed));
  object.add("deployable", write_value(row.deployable));
  add_if(object, "depletion_permille", row.depletion_permille);
  return object;
}

Json write_fix(const model::Fix& fix) {
  auto object = json_object();
  object.add("kind", write_value(fix.kind));
  add_if(object, "unit", fix.unit);
  add_if_any(object, "subject", fix.subject);
  object.add("people", write_value(fix.people));
  if (fix.kind == model::FixKind::new_unit) {
    object.add("element_kind", write_value(fix.element_kind));
    object.add("tasks", write_value(fix.tasks));
    add_if(object, "capability_type", fix.capability_type);
    object.add("within_h", write_value(fix.within_h));
  }
  object.add("text", write_value(fix.text));
  return object;
}

Json write_row(const model::CausePeople& cause) {
  auto object = json_object();
  object.add("reason", write_value(cause.reason));
  object.add("people", write_value(cause.people));
  return object;
}

Json write_row(const model::EquipmentCover& cover) {
  auto object = json_object();
  object.add("kind", write_value(cover.kind));
  object.add("needed", write_value(cover.needed));
  object.add("counted", write_value(cover.counted));
  return object;
}

}  // namespace

Json write_causes(const std::vector<model::CausePeople>& causes) {
  return write_row_list(causes, write_row);
}
Json write_covers(const std::vector<model::EquipmentCover>& covers) {
  return write_row_list(covers, write_row);
}
void add_fix(Json& object, const std::optional<model::Fix>& fix) {
  if (fix) {
    object.add("fix", write_fix(*fix));
  }
}

Parts parts_of(const model::OperationsAnswer& answer) {
  return {.kind = "OperationList", .rows = write_rows(answer.rows, write_row)};
}

Parts parts_of(const model::OperationAnswer& answer) {
  Parts parts{.kind = "Operation", .rows = write_statements(answer.statements, answer.stamps)};
  parts.before.add("operation", write_value(answer.operation));
  parts.before.add("state", write_value(answer.state));
  parts.before.add("next_states", write_value(answer.next_states));
  add_if(parts.before, "authorised_strength", answer.authorised_strength);
  add_if_any(parts.before, "commander", answer.commander);
  parts.further = {{"nations", write_rows(answer.nations, write_row)},
                   {"figures", write_rows(answer.figures, write_row)}};
  return parts;
}

Parts parts_of(const model::GapsAnswer& answer) {
  Parts parts{.kind = "OperationGaps", .rows = write_rows(answer.lines, write_row)};
  parts.before.add("operation", write_value(answer.operation));
  parts.before.add("version", write_value(answer.version));
  parts.total = write_gap_total(answer);
  parts.further = {{"left_out", write_rows(answer.left_out, write_row)},
                   {"candidates", write_rows(answer.candidates, write_row)}};
  return parts;
}

Parts parts_of(const model::CommitmentsAnswer& answer) {
  Parts parts{.kind = "OperationCommitments", .rows = write_rows(answer.rows, write_row)};
  parts.before.add("accepted", write_value(answer.accepted));
  parts.before.add("committed", write_value(answer.committed));
  parts.before.add("overlap_people", write_value(answer.overlap_people));
  parts.before.add("overdue", write_value(answer.overdue));
  parts.before.add("relieved", write_value(answer.relieved));
  parts.before.add("rotation_debt", write_value(answer.rotation_debt));
  parts.further = {{"nations", write_rows(answer.nations, write_row)}};
  return parts;
}

}  // namespace muster::text
