// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/model/force_statements.h"
#include "schemas/text/described.h"

/// What is said of the force as a whole.
namespace muster::text {

// ---- Caveat, stand-by, contribution -------------------------------------------------------------

template <typename Visitor, Of<model::CaveatStatement> S>
void describe_fields(Visitor& v, S& s) {
  v.required("caveat_id", s.caveat_id);
  v.optional("nation", s.nation);
  v.optional("unit", s.unit);
  v.required("kind", s.kind);
  v.optional("tasks", s.tasks);
  v.optional("area", s.area);
  v.optional("from", s.from);
  v.optional("to", s.to);
  v.optional("max_people", s.max_people);
  v.optional("mode", s.mode);
  v.optional("declared_at", s.declared_at);
  v.optional("withdrawn_at", s.withdrawn_at);
  v.optional("text", s.text);
}

template <typename Visitor, Of<model::StandbyStatement> S>
void describe_fields(Visitor& v, S& s) {
  v.required("unit", s.unit);
  v.required("from", s.from);
  v.required("to", s.to);
  v.required("role", s.role);
  v.required("people", s.people);
}

template <typename Visitor, Of<model::EquipmentCount> S>
void describe_fields(Visitor& v, S& s) {
  v.required("kind", s.kind);
  v.required("count", s.count);
}

template <typename Visitor, Of<model::ContributionStatement> S>
void describe_fields(Visitor& v, S& s) {
  v.required("contribution_id", s.contribution_id);
  v.required("operation", s.operation);
  v.required("sor_line", s.sor_line);
  v.required("unit", s.unit);
  v.optional("people", s.people);
  v.optional("equipment", s.equipment);
  v.required("state", s.state);
  v.optional("from", s.from);
  v.optional("to", s.to);
  v.optional("transfer_of_authority_at", s.transfer_of_authority_at);
  v.optional("authority", s.authority);
  v.optional("variation", s.variation);
}

// ---- Operation, requirement, decision -----------------------------------------------------------

template <typename Visitor, Of<model::PublishedFigure> S>
void describe_fields(Visitor& v, S& s) {
  v.required("figure", s.figure);
  v.required("comparator", s.comparator);
  v.required("value", s.value);
  v.required("as_of", s.as_of);
  v.required("source", s.source);
}

template <typename Visitor, Of<model::OperationStatement> S>
void describe_fields(Visitor& v, S& s) {
  v.required("operation", s.operation);
  v.optional("name", s.name);
  v.optional("host", s.host);
  v.optional("host_may_contribute", s.host_may_contribute);
  v.optional("partner", s.partner);
  v.optional("legal_basis", s.legal_basis);
  v.optional("mandate_refs", s.mandate_refs);
  v.optional("tasks", s.tasks);
  v.optional("area", s.area);
  v.optional("authorised_strength", s.authorised_strength);
  v.optional("decided_at", s.decided_at);
  v.optional("planned_end", s.planned_end);
  v.optional("commander", s.commander);
  v.optional("published_figures", s.published_figures);
}

template <typename Visitor, Of<model::RequirementLine> S>
void describe_fields(Visitor& v, S& s) {
  v.required("line_id", s.line_id);
  v.optional("tasks", s.tasks);
  v.required("element_kind", s.element_kind);
  v.optional("capability_type", s.capability_type);
  v.required("people_min", s.people_min);
  v.required("people_max", s.people_max);
  v.optional("equipment", s.equipment);
  v.optional("self_sustainment", s.self_sustainment);
  v.required("needed_within_h", s.needed_within_h);
  v.optional("duration_days", s.duration_days);
  v.required("must_have", s.must_have);
  v.required("weight", s.weight);
}

template <typename Visitor, Of<model::RequirementStatement> S>
void describe_fields(Visitor& v, S& s) {
  v.required("operation", s.operation);
  v.required("version", s.version);
  v.optional("lines", s.lines);
}

template <typename Visitor, Of<model::DecisionStatement> S>
void describe_fields(Visitor& v, S& s) {
  v.required("decision_id", s.decision_id);
  v.required("body", s.body);
  v.required("kind", s.kind);
  v.optional("operation", s.operation);
  v.optional("contribution_id", s.contribution_id);
  v.optional("from_state", s.from_state);
  v.optional("to_state", s.to_state);
  v.optional("contribution_from", s.contribution_from);
  v.optional("contribution_to", s.contribution_to);
  v.optional("value", s.value);
  v.required("decided_at", s.decided_at);
  v.optional("reference", s.reference);
}

}  // namespace muster::text
