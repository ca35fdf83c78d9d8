// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <type_traits>

#include "schemas/model/report.h"

/// The fields of each struct, declared once: `describe_fields(visitor, value)` calls, in the order
/// in which they are written, `visitor.required(name, field)` or `visitor.optional(name, field)`. A
/// FieldReader visits a value to fill it, a FieldWriter to print it, so the two cannot drift apart.
/// The names are those of DOMAIN.md §3.
///
/// Required is what a value has no form without: its key, the parts of a pair. Whether a field that
/// may be absent had to be there is a rule of meaning (V18), and not this form's business. An
/// optional field of a plain type keeps the value it was made with when it is left out.
namespace muster::text {

template <typename S, typename Struct>
concept Of = std::same_as<std::remove_const_t<S>, Struct>;

// ---- Unit
// -------------------------------------------------------------------------------------------------

template <typename Visitor, Of<model::Place> S>
void describe_fields(Visitor& v, S& s) {
  v.required("lat", s.lat);
  v.required("lon", s.lon);
}

template <typename Visitor, Of<model::Relation> S>
void describe_fields(Visitor& v, S& s) {
  v.required("type", s.type);
  v.required("unit", s.unit);
  v.optional("from", s.from);
  v.optional("to", s.to);
}

template <typename Visitor, Of<model::Metric> S>
void describe_fields(Visitor& v, S& s) {
  v.required("name", s.name);
  v.required("value", s.value);
}

template <typename Visitor, Of<model::Capability> S>
void describe_fields(Visitor& v, S& s) {
  v.optional("tasks", s.tasks);
  v.optional("type", s.type);
  v.optional("metrics", s.metrics);
}

template <typename Visitor, Of<model::UnitStatement> S>
void describe_fields(Visitor& v, S& s) {
  v.required("unit", s.unit);
  v.optional("uuid", s.uuid);
  v.optional("name", s.name);
  v.optional("short_name", s.short_name);
  v.optional("valid_from", s.valid_from);
  v.optional("valid_to", s.valid_to);
  v.optional("component", s.component);
  v.optional("element_kind", s.element_kind);
  v.optional("pools", s.pools);
  v.optional("lifecycle", s.lifecycle);
  v.optional("echelon", s.echelon);
  v.optional("sidc", s.sidc);
  v.optional("reinforcement", s.reinforcement);
  v.optional("home", s.home);
  v.optional("current", s.current);
  v.optional("relations", s.relations);
  v.optional("capabilities", s.capabilities);
  v.optional("languages", s.languages);
}

// ---- Strength
// -------------------------------------------------------------------------------------------------

template <typename Visitor, typename S>
  requires Of<S, model::Absence> || Of<S, model::NonDeployable>
void describe_fields(Visitor& v, S& s) {
  v.required("reason", s.reason);
  v.required("count", s.count);
}

template <typename Visitor, Of<model::Cell> S>
void describe_fields(Visitor& v, S& s) {
  v.required("category", s.category);
  v.required("sex", s.sex);
  v.required("on_strength", s.on_strength);
  v.required("present", s.present);
  v.required("deployable", s.deployable);
}

template <typename Visitor, Of<model::Speciality> S>
void describe_fields(Visitor& v, S& s) {
  v.required("code", s.code);
  v.required("required", s.required);
  v.required("qualified", s.qualified);
  v.required("critical", s.critical);
}

template <typename Visitor, Of<model::StrengthChange> S>
void describe_fields(Visitor& v, S& s) {
  v.required("kind", s.kind);
  v.required("count", s.count);
}

template <typename Visitor, Of<model::StrengthStatement> S>
void describe_fields(Visitor& v, S& s) {
  v.required("unit", s.unit);
  v.optional("authorised", s.authorised);
  v.optional("assigned", s.assigned);
  v.optional("attached_in", s.attached_in);
  v.optional("detached_out", s.detached_out);
  v.optional("present", s.present);
  v.optional("deployable", s.deployable);
  v.optional("absences", s.absences);
  v.optional("non_deployable", s.non_deployable);
  v.optional("cells", s.cells);
  v.optional("duty_qualified", s.duty_qualified);
  v.optional("senior_authorised", s.senior_authorised);
  v.optional("senior_deployable", s.senior_deployable);
  v.optional("specialties", s.specialties);
  v.optional("ledger_from", s.ledger_from);
  v.optional("gains", s.gains);
  v.optional("losses", s.losses);
}

// ---- Equipment
// -------------------------------------------------------------------------------------------------

template <typename Visitor, Of<model::Holding> S>
void describe_fields(Visitor& v, S& s) {
  v.required("item_code", s.item_code);
  v.optional("nsn", s.nsn);
  v.required("kind", s.kind);
  v.optional("authorised", s.authorised);
  v.optional("required", s.required);
  v.optional("on_hand", s.on_hand);
  v.optional("fmc", s.fmc);
  v.optional("pmc", s.pmc);
  v.optional("nmc", s.nmc);
  v.optional("criticality", s.criticality);
  v.optional("lease", s.lease);
}

template <typename Visitor, Of<model::EquipmentStatement> S>
void describe_fields(Visitor& v, S& s) {
  v.required("unit", s.unit);
  v.optional("holdings", s.holdings);
}

// ---- Readiness, availability
// ------------------------------------------------------------------------------------

template <typename Visitor, Of<model::LevelOverride> S>
void describe_fields(Visitor& v, S& s) {
  v.required("direction", s.direction);
  v.optional("reason_code", s.reason_code);
  v.optional("remark", s.remark);
  v.optional("authority", s.authority);
  v.optional("waiver_id", s.waiver_id);
}

template <typename Visitor, Of<model::MissionLevel> S>
void describe_fields(Visitor& v, S& s) {
  v.required("operation", s.operation);
  v.optional("mission_level", s.mission_level);
  v.optional("percent_effective", s.percent_effective);
}

template <typename Visitor, Of<model::Forecast> S>
void describe_fields(Visitor& v, S& s) {
  v.required("level", s.level);
  v.required("when", s.when);
}

template <typename Visitor, Of<model::ReadinessStatement> S>
void describe_fields(Visitor& v, S& s) {
  v.required("unit", s.unit);
  v.optional("P", s.p);
  v.optional("S", s.s);
  v.optional("R", s.r);
  v.optional("T", s.t);
  v.optional("reported_overall", s.reported_overall);
  v.optional("override", s.level_override);
  v.optional("missions", s.missions);
  v.optional("forecast", s.forecast);
  v.optional("operational_status", s.operational_status);
  v.optional("remarks", s.remarks);
}

template <typename Visitor, Of<model::Lift> S>
void describe_fields(Visitor& v, S& s) {
  v.required("people", s.people);
  v.required("tonnes", s.tonnes);
  v.required("vehicles", s.vehicles);
}

template <typename Visitor, Of<model::Movement> S>
void describe_fields(Visitor& v, S& s) {
  v.required("mode", s.mode);
  v.optional("embark_point", s.embark_point);
  v.optional("lift", s.lift);
}

template <typename Visitor, Of<model::ProfilePoint> S>
void describe_fields(Visitor& v, S& s) {
  v.required("within_h", s.within_h);
  v.required("people", s.people);
}

template <typename Visitor, Of<model::AvailabilityStatement> S>
void describe_fields(Visitor& v, S& s) {
  v.required("unit", s.unit);
  v.optional("notice_to_move_min", s.notice_to_move_min);
  v.optional("load_min", s.load_min);
  v.optional("available_from", s.available_from);
  v.optional("available_until", s.available_until);
  v.optional("pledge_level", s.pledge_level);
  v.optional("pledge_valid_until", s.pledge_valid_until);
  v.optional("sustain_days", s.sustain_days);
  v.optional("people_cap", s.people_cap);
  v.optional("movement", s.movement);
  v.optional("profile", s.profile);
}

// ---- Registry
// -------------------------------------------------------------------------------------------------

template <typename Visitor, Of<model::ReportInterval> S>
void describe_fields(Visitor& v, S& s) {
  v.required("statement", s.statement);
  v.required("seconds", s.seconds);
}

template <typename Visitor, Of<model::Member> S>
void describe_fields(Visitor& v, S& s) {
  v.required("nation", s.nation);
  v.required("participation_status", s.participation_status);
  v.required("valid_from", s.valid_from);
  v.optional("valid_to", s.valid_to);
  v.optional("intervals", s.intervals);
}

template <typename Visitor, Of<model::RegisteredNode> S>
void describe_fields(Visitor& v, S& s) {
  v.required("node_id", s.node_id);
  v.required("key", s.key);
  v.required("curve_key", s.curve_key);
  v.optional("roles", s.roles);
  v.required("valid_from", s.valid_from);
  v.optional("valid_to", s.valid_to);
}

template <typename Visitor, Of<model::UnitTransfer> S>
void describe_fields(Visitor& v, S& s) {
  v.required("unit", s.unit);
  v.required("from_node", s.from_node);
  v.required("to_node", s.to_node);
  v.required("at", s.at);
}

template <typename Visitor, Of<model::RegistryStatement> S>
void describe_fields(Visitor& v, S& s) {
  v.required("realm", s.realm);
  v.optional("members", s.members);
  v.optional("nodes", s.nodes);
  v.optional("unit_transfers", s.unit_transfers);
}

// ---- Report
// -------------------------------------------------------------------------------------------------

/// A statement that is kept and not read: only its `type` is known.
template <typename Visitor, Of<model::UninterpretedStatement> S>
void describe_fields(Visitor& /*v*/, S& /*s*/) {}

template <typename Visitor, Of<model::Report> S>
void describe_fields(Visitor& v, S& s) {
  v.required("kind", s.kind);
  v.required("valid_at", s.valid_at);
  v.required("classification", s.classification);
  v.optional("releasable_to", s.releasable_to);
  v.optional("corrects", s.corrects);
  v.required("statements", s.statements);
}

/// A visitor that does nothing: it only asks whether a struct is described here.
struct NoVisitor {
  void required(const char* /*name*/, const auto& /*field*/) {}
  void optional(const char* /*name*/, const auto& /*field*/) {}
};

template <typename Struct>
concept Described =
    requires(NoVisitor& visitor, Struct& value) { describe_fields(visitor, value); };

}  // namespace muster::text
