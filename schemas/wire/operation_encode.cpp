// SPDX-License-Identifier: Apache-2.0
// Operation, requirement and decision: what the secretariat says.
#include "schemas/wire/statement_codec.h"

namespace muster::wire {
Written<fbs::RequirementLine> write_line(Writer& out, const model::RequirementLine& from) {
  const auto line_id = write_text(out, from.line_id.view());
  const auto tasks = write_codes<std::uint8_t>(out, from.tasks);
  const auto equipment =
      write_list<fbs::EquipmentCount>(out, from.equipment, write_equipment_count);
  const auto self_sustainment =
      write_list<fbs::SustainmentLine>(out, from.self_sustainment, write_sustainment);
  return fbs::CreateRequirementLine(
      out, line_id, tasks, static_cast<fbs::ElementKind>(from.element_kind), from.capability_type,
      from.people_min, from.people_max, equipment, self_sustainment, from.needed_within_h,
      from.duration_days, from.must_have, from.weight);
}

namespace {

struct WrittenParts {
  Written<flatbuffers::String> operation, name, host, commander;
  WrittenList<Written<flatbuffers::String>> legal_basis, mandate_refs;
  WrittenList<std::uint8_t> tasks;
  WrittenList<const fbs::Place*> area;
  WrittenList<Written<fbs::PublishedFigure>> figures;
};

WrittenParts write_parts(Writer& out, const model::OperationStatement& from) {
  WrittenParts parts;
  parts.operation = write_text(out, from.operation.view());
  parts.name = write_text_if_any(out, from.name);
  parts.host = write_key_if_any(out, from.host);
  parts.commander = write_text_if_any(out, from.commander);
  parts.legal_basis = write_texts(out, from.legal_basis);
  parts.mandate_refs = write_texts(out, from.mandate_refs);
  parts.tasks = write_codes<std::uint8_t>(out, from.tasks);
  parts.area = write_structs<fbs::Place>(out, from.area, write_corner);
  parts.figures = write_list<fbs::PublishedFigure>(out, from.published_figures, write_figure);
  return parts;
}

}  // namespace

Written<fbs::PublishedFigure> write_figure(Writer& out, const model::PublishedFigure& from) {
  const auto figure = write_text(out, from.figure);
  const auto source = write_text_if_any(out, from.source);
  return fbs::CreatePublishedFigure(out, figure, static_cast<fbs::Comparator>(from.comparator),
                                    from.value, model::to_micros(from.as_of), source);
}

Written<fbs::Operation> write_statement(Writer& out, const model::OperationStatement& from) {
  const auto parts = write_parts(out, from);
  return fbs::CreateOperation(out, parts.operation, parts.name, parts.host,
                              from.host_may_contribute, static_cast<fbs::Partner>(from.partner),
                              parts.legal_basis, parts.mandate_refs, parts.tasks, parts.area,
                              from.authorised_strength, write_time(from.decided_at),
                              write_time(from.planned_end), parts.commander, parts.figures);
}

Written<fbs::Requirement> write_statement(Writer& out, const model::RequirementStatement& from) {
  const auto operation = write_text(out, from.operation.view());
  const auto lines = write_list<fbs::RequirementLine>(out, from.lines, write_line);
  return fbs::CreateRequirement(out, operation, from.version, lines);
}

Written<fbs::Decision> write_statement(Writer& out, const model::DecisionStatement& from) {
  const auto decision_id = write_text(out, from.decision_id.view());
  const auto operation = write_key_if_any(out, from.operation);
  const auto contribution_id = write_text_if_any(out, from.contribution_id);
  const auto reference = write_text_if_any(out, from.reference);
  return fbs::CreateDecision(out, decision_id, static_cast<fbs::Body>(from.body),
                             static_cast<fbs::DecisionKind>(from.kind), operation, contribution_id,
                             write_code<fbs::OperationState>(from.from_state),
                             write_code<fbs::OperationState>(from.to_state),
                             write_code<fbs::ContributionState>(from.contribution_from),
                             write_code<fbs::ContributionState>(from.contribution_to), from.value,
                             model::to_micros(from.decided_at), reference);
}

}  // namespace muster::wire
