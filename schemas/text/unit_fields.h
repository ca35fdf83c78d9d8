// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/model/unit_statements.h"
#include "schemas/text/described.h"

/// What a nation says of one of its units.
namespace muster::text {

// ---- Unit ---------------------------------------------------------------------------------------

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

// ---- Strength -----------------------------------------------------------------------------------

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

// ---- Equipment ----------------------------------------------------------------------------------

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

// ---- Self-sustainment, training -----------------------------------------------------------------

template <typename Visitor, Of<model::SustainmentLine> S>
void describe_fields(Visitor& v, S& s) {
  v.required("category", s.category);
  v.optional("days_of_supply", s.days_of_supply);
  v.optional("covered_people", s.covered_people);
}

template <typename Visitor, Of<model::SelfSustainmentStatement> S>
void describe_fields(Visitor& v, S& s) {
  v.required("unit", s.unit);
  v.optional("lines", s.lines);
}

template <typename Visitor, Of<model::TrainedTask> S>
void describe_fields(Visitor& v, S& s) {
  v.required("task", s.task);
  v.required("state", s.state);
  v.optional("last_exercise", s.last_exercise);
  v.optional("certified_by", s.certified_by);
  v.optional("certified_until", s.certified_until);
}

template <typename Visitor, Of<model::TrainingStatement> S>
void describe_fields(Visitor& v, S& s) {
  v.required("unit", s.unit);
  v.optional("tasks", s.tasks);
}

// ---- Readiness, availability --------------------------------------------------------------------

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

// ---- Roster -------------------------------------------------------------------------------------

template <typename Visitor, Of<model::Qualification> S>
void describe_fields(Visitor& v, S& s) {
  v.required("code", s.code);
  v.optional("valid_until", s.valid_until);
}

template <typename Visitor, Of<model::RosterEntry> S>
void describe_fields(Visitor& v, S& s) {
  v.required("person_ref", s.person_ref);
  v.required("rank_grade", s.rank_grade);
  v.optional("specialty", s.specialty);
  v.required("sex", s.sex);
  v.optional("languages", s.languages);
  v.optional("qualifications", s.qualifications);
  v.required("duty_status", s.duty_status);
  v.required("deployable", s.deployable);
  v.optional("non_deployable_reason", s.non_deployable_reason);
  v.optional("sealed_name", s.sealed_name);
  v.optional("sealed_to", s.sealed_to);
}

template <typename Visitor, Of<model::RosterStatement> S>
void describe_fields(Visitor& v, S& s) {
  v.required("unit", s.unit);
  v.required("version", s.version);
  v.required("form", s.form);
  v.optional("base_version", s.base_version);
  v.optional("upserts", s.upserts);
  v.optional("removals", s.removals);
}

}  // namespace muster::text
