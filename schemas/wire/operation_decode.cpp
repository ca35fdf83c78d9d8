// SPDX-License-Identifier: Apache-2.0
// Operation, requirement and decision: what the secretariat says.
#include "schemas/wire/statement_codec.h"

namespace muster::wire {
void read_line(Reading& in, const Path& at, const fbs::RequirementLine& from,
               model::RequirementLine& to) {
  read_key(in, {&at, "line_id"}, from.line_id(), to.line_id);
  read_codes(in, {&at, "tasks"}, from.tasks(), to.tasks);
  to.element_kind = static_cast<model::ElementKind>(from.element_kind());
  to.capability_type = from.capability_type();
  to.people_min = from.people_min();
  to.people_max = from.people_max();
  read_list(in, {&at, "equipment"}, from.equipment(), to.equipment, read_equipment_count);
  read_list(in, {&at, "self_sustainment"}, from.self_sustainment(), to.self_sustainment,
            read_sustainment);
  to.needed_within_h = from.needed_within_h();
  to.duration_days = from.duration_days();
  to.must_have = from.must_have();
  to.weight = from.weight();
}

void read_figure(Reading& in, const Path& at, const fbs::PublishedFigure& from,
                 model::PublishedFigure& to) {
  read_text(in, {&at, "figure"}, from.figure(), to.figure);
  to.comparator = static_cast<model::Comparator>(from.comparator());
  to.value = from.value();
  to.as_of = model::from_micros(from.as_of());
  read_text(in, {&at, "source"}, from.source(), to.source);
}

void read_statement(Reading& in, const Path& at, const fbs::Operation& from,
                    model::OperationStatement& to) {
  read_key(in, {&at, "operation"}, from.operation(), to.operation);
  read_text(in, {&at, "name"}, from.name(), to.name);
  read_key_if_any(in, {&at, "host"}, from.host(), to.host);
  to.host_may_contribute = from.host_may_contribute();
  to.partner = static_cast<model::Partner>(from.partner());
  read_texts(in, {&at, "legal_basis"}, from.legal_basis(), to.legal_basis);
  read_texts(in, {&at, "mandate_refs"}, from.mandate_refs(), to.mandate_refs);
  read_codes(in, {&at, "tasks"}, from.tasks(), to.tasks);
  read_structs(in, {&at, "area"}, from.area(), to.area, read_corner);
  to.authorised_strength = from.authorised_strength();
  to.decided_at = read_time(from.decided_at());
  to.planned_end = read_time(from.planned_end());
  read_text(in, {&at, "commander"}, from.commander(), to.commander);
  read_list(in, {&at, "published_figures"}, from.published_figures(), to.published_figures,
            read_figure);
}

void read_statement(Reading& in, const Path& at, const fbs::Requirement& from,
                    model::RequirementStatement& to) {
  read_key(in, {&at, "operation"}, from.operation(), to.operation);
  to.version = from.version();
  read_list(in, {&at, "lines"}, from.lines(), to.lines, read_line);
}

void read_statement(Reading& in, const Path& at, const fbs::Decision& from,
                    model::DecisionStatement& to) {
  read_key(in, {&at, "decision_id"}, from.decision_id(), to.decision_id);
  to.body = static_cast<model::Body>(from.body());
  to.kind = static_cast<model::DecisionKind>(from.kind());
  read_key_if_any(in, {&at, "operation"}, from.operation(), to.operation);
  read_text(in, {&at, "contribution_id"}, from.contribution_id(), to.contribution_id);
  to.from_state = read_code<model::OperationState>(from.from_state());
  to.to_state = read_code<model::OperationState>(from.to_state());
  to.contribution_from = read_code<model::ContributionState>(from.contribution_from());
  to.contribution_to = read_code<model::ContributionState>(from.contribution_to());
  to.value = from.value();
  to.decided_at = model::from_micros(from.decided_at());
  read_text(in, {&at, "reference"}, from.reference(), to.reference);
}

}  // namespace muster::wire
