// SPDX-License-Identifier: Apache-2.0
// Strength, equipment, self-sustainment, training, readiness and availability: what state a unit is
// in.
#include "schemas/wire/statement_codec.h"

namespace muster::wire {
namespace {

void read_absence(Reading&, const Path&, const fbs::Absence& from, model::Absence& to) {
  to = {static_cast<model::AbsenceReason>(from.reason()), from.count()};
}

void read_non_deployable(Reading&, const Path&, const fbs::NonDeployable& from,
                         model::NonDeployable& to) {
  to = {static_cast<model::NonDeployableReason>(from.reason()), from.count()};
}

void read_cell(Reading&, const Path&, const fbs::Cell& from, model::Cell& to) {
  to.category = static_cast<model::PersonCategory>(from.category());
  to.sex = static_cast<model::Sex>(from.sex());
  to.on_strength = from.on_strength();
  to.present = from.present();
  to.deployable = from.deployable();
}

void read_speciality(Reading& in, const Path& at, const fbs::Speciality& from,
                     model::Speciality& to) {
  read_key(in, {&at, "code"}, from.code(), to.code);
  to.required = from.required();
  to.qualified = from.qualified();
  to.critical = from.critical();
}

void read_change(Reading&, const Path&, const fbs::Change& from, model::StrengthChange& to) {
  to = {static_cast<model::LedgerChange>(from.kind()), from.count()};
}

void read_counts(const fbs::Strength& from, model::StrengthStatement& to) {
  to.authorised = from.authorised();
  to.assigned = from.assigned();
  to.attached_in = from.attached_in();
  to.detached_out = from.detached_out();
  to.present = from.present();
  to.deployable = from.deployable();
  to.duty_qualified = from.duty_qualified();
  to.senior_authorised = from.senior_authorised();
  to.senior_deployable = from.senior_deployable();
}

void read_holding(Reading& in, const Path& at, const fbs::Holding& from, model::Holding& to) {
  read_key(in, {&at, "item_code"}, from.item_code(), to.item_code);
  read_text(in, {&at, "nsn"}, from.nsn(), to.nsn);
  to.kind = static_cast<model::EquipmentKind>(from.kind());
  to.authorised = from.authorised();
  to.required = from.required();
  to.on_hand = from.on_hand();
  to.fmc = from.fmc();
  to.pmc = from.pmc();
  to.nmc = from.nmc();
  to.criticality = static_cast<model::Criticality>(from.criticality());
  to.lease = static_cast<model::Lease>(from.lease());
}

void read_trained(Reading& in, const Path& at, const fbs::TrainedTask& from,
                  model::TrainedTask& to) {
  to.task = static_cast<model::Task>(from.task());
  to.state = static_cast<model::TrainingState>(from.state());
  to.last_exercise = read_time(from.last_exercise());
  read_text(in, {&at, "certified_by"}, from.certified_by(), to.certified_by);
  to.certified_until = read_time(from.certified_until());
}

void read_override(Reading& in, const Path& at, const fbs::Override& from,
                   model::LevelOverride& to) {
  to.direction = static_cast<model::OverrideDirection>(from.direction());
  read_text(in, {&at, "reason_code"}, from.reason_code(), to.reason_code);
  read_text(in, {&at, "remark"}, from.remark(), to.remark);
  read_text(in, {&at, "authority"}, from.authority(), to.authority);
  read_text(in, {&at, "waiver_id"}, from.waiver_id(), to.waiver_id);
}

void read_mission(Reading& in, const Path& at, const fbs::MissionLevel& from,
                  model::MissionLevel& to) {
  read_key(in, {&at, "operation"}, from.operation(), to.operation);
  to.mission_level = from.mission_level();
  to.percent_effective = from.percent_effective();
}

std::optional<model::Forecast> read_forecast(const fbs::Forecast* from) {
  if (from == nullptr) {
    return std::nullopt;
  }
  return model::Forecast{from->level(), model::from_micros(from->when())};
}

std::optional<model::Movement> read_movement(const fbs::Movement* from) {
  if (from == nullptr) {
    return std::nullopt;
  }
  model::Movement to;
  to.mode = static_cast<model::MovementMode>(from->mode());
  if (const auto* point = from->embark_point()) {
    to.embark_point = {point->lat(), point->lon()};
  }
  if (const auto* lift = from->lift()) {
    to.lift = {lift->people(), lift->tonnes(), lift->vehicles()};
  }
  return to;
}

void read_point(Reading&, const Path&, const fbs::ProfilePoint& from, model::ProfilePoint& to) {
  to = {from.within_h(), from.people()};
}

}  // namespace

void read_sustainment(Reading&, const Path&, const fbs::SustainmentLine& from,
                      model::SustainmentLine& to) {
  to.category = static_cast<model::SelfSustainmentCategory>(from.category());
  to.days_of_supply = from.days_of_supply();
  to.covered_people = from.covered_people();
}

void read_statement(Reading& in, const Path& at, const fbs::Strength& from,
                    model::StrengthStatement& to) {
  read_key(in, {&at, "unit"}, from.unit(), to.unit);
  read_counts(from, to);
  read_list(in, {&at, "absences"}, from.absences(), to.absences, read_absence);
  read_list(in, {&at, "non_deployable"}, from.non_deployable(), to.non_deployable,
            read_non_deployable);
  read_list(in, {&at, "cells"}, from.cells(), to.cells, read_cell);
  read_list(in, {&at, "specialties"}, from.specialties(), to.specialties, read_speciality);
  to.ledger_from = read_time(from.ledger_from());
  read_list(in, {&at, "gains"}, from.gains(), to.gains, read_change);
  read_list(in, {&at, "losses"}, from.losses(), to.losses, read_change);
}

void read_statement(Reading& in, const Path& at, const fbs::Equipment& from,
                    model::EquipmentStatement& to) {
  read_key(in, {&at, "unit"}, from.unit(), to.unit);
  read_list(in, {&at, "holdings"}, from.holdings(), to.holdings, read_holding);
}

void read_statement(Reading& in, const Path& at, const fbs::SelfSustainment& from,
                    model::SelfSustainmentStatement& to) {
  read_key(in, {&at, "unit"}, from.unit(), to.unit);
  read_list(in, {&at, "lines"}, from.lines(), to.lines, read_sustainment);
}

void read_statement(Reading& in, const Path& at, const fbs::Training& from,
                    model::TrainingStatement& to) {
  read_key(in, {&at, "unit"}, from.unit(), to.unit);
  read_list(in, {&at, "tasks"}, from.tasks(), to.tasks, read_trained);
}

void read_statement(Reading& in, const Path& at, const fbs::Readiness& from,
                    model::ReadinessStatement& to) {
  read_key(in, {&at, "unit"}, from.unit(), to.unit);
  to.p = from.p();
  to.s = from.s();
  to.r = from.r();
  to.t = from.t();
  to.reported_overall = from.reported_overall();
  if (const auto* changed = from.level_override()) {
    read_override(in, {&at, "level_override"}, *changed, to.level_override.emplace());
  }
  read_list(in, {&at, "missions"}, from.missions(), to.missions, read_mission);
  to.forecast = read_forecast(from.forecast());
  to.operational_status = read_code<model::OperationalStatus>(from.operational_status());
  read_text(in, {&at, "remarks"}, from.remarks(), to.remarks);
}

void read_statement(Reading& in, const Path& at, const fbs::Availability& from,
                    model::AvailabilityStatement& to) {
  read_key(in, {&at, "unit"}, from.unit(), to.unit);
  to.notice_to_move_min = from.notice_to_move_min();
  to.load_min = from.load_min();
  to.available_from = read_time(from.available_from());
  to.available_until = read_time(from.available_until());
  to.pledge_level = from.pledge_level();
  to.pledge_valid_until = read_time(from.pledge_valid_until());
  to.sustain_days = from.sustain_days();
  to.people_cap = from.people_cap();
  to.movement = read_movement(from.movement());
  read_list(in, {&at, "profile"}, from.profile(), to.profile, read_point);
}

}  // namespace muster::wire
