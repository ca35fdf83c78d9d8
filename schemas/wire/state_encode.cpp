// SPDX-License-Identifier: Apache-2.0
// Strength, equipment, self-sustainment, training, readiness and availability: what state a unit is
// in.
#include "schemas/wire/statement_codec.h"

namespace muster::wire {
namespace {

Written<fbs::Absence> write_absence(Writer& out, const model::Absence& from) {
  return fbs::CreateAbsence(out, static_cast<fbs::AbsenceReason>(from.reason), from.count);
}

Written<fbs::NonDeployable> write_non_deployable(Writer& out, const model::NonDeployable& from) {
  return fbs::CreateNonDeployable(out, static_cast<fbs::NonDeployableReason>(from.reason),
                                  from.count);
}

Written<fbs::Cell> write_cell(Writer& out, const model::Cell& from) {
  return fbs::CreateCell(out, static_cast<fbs::PersonCategory>(from.category),
                         static_cast<fbs::Sex>(from.sex), from.on_strength, from.present,
                         from.deployable);
}

Written<fbs::Speciality> write_speciality(Writer& out, const model::Speciality& from) {
  return fbs::CreateSpeciality(out, write_text(out, from.code.view()), from.required,
                               from.qualified, from.critical);
}

Written<fbs::Change> write_change(Writer& out, const model::StrengthChange& from) {
  return fbs::CreateChange(out, static_cast<fbs::LedgerChange>(from.kind), from.count);
}

Written<fbs::Holding> write_holding(Writer& out, const model::Holding& from) {
  const auto item_code = write_text(out, from.item_code.view());
  const auto nsn = write_text_if_any(out, from.nsn);
  return fbs::CreateHolding(out, item_code, nsn, static_cast<fbs::EquipmentKind>(from.kind),
                            from.authorised, from.required, from.on_hand, from.fmc, from.pmc,
                            from.nmc, static_cast<fbs::Criticality>(from.criticality),
                            static_cast<fbs::Lease>(from.lease));
}

Written<fbs::TrainedTask> write_trained(Writer& out, const model::TrainedTask& from) {
  const auto certified_by = write_text_if_any(out, from.certified_by);
  return fbs::CreateTrainedTask(
      out, static_cast<std::uint8_t>(from.task), static_cast<fbs::TrainingState>(from.state),
      write_time(from.last_exercise), certified_by, write_time(from.certified_until));
}

Written<fbs::Override> write_override(Writer& out,
                                      const std::optional<model::LevelOverride>& from) {
  if (!from) {
    return {};
  }
  const auto reason_code = write_text_if_any(out, from->reason_code);
  const auto remark = write_text_if_any(out, from->remark);
  const auto authority = write_text_if_any(out, from->authority);
  const auto waiver_id = write_text_if_any(out, from->waiver_id);
  return fbs::CreateOverride(out, static_cast<fbs::OverrideDirection>(from->direction), reason_code,
                             remark, authority, waiver_id);
}

Written<fbs::MissionLevel> write_mission(Writer& out, const model::MissionLevel& from) {
  return fbs::CreateMissionLevel(out, write_text(out, from.operation.view()), from.mission_level,
                                 from.percent_effective);
}

Written<fbs::Forecast> write_forecast(Writer& out, const std::optional<model::Forecast>& from) {
  if (!from) {
    return {};
  }
  return fbs::CreateForecast(out, from->level, model::to_micros(from->when));
}

Written<fbs::Lift> write_lift(Writer& out, const std::optional<model::Lift>& from) {
  if (!from) {
    return {};
  }
  return fbs::CreateLift(out, from->people, from->tonnes, from->vehicles);
}

Written<fbs::Movement> write_movement(Writer& out, const std::optional<model::Movement>& from) {
  if (!from) {
    return {};
  }
  const auto lift = write_lift(out, from->lift);
  const auto place = from->embark_point.value_or(model::Place{});
  const fbs::Place point(place.lat, place.lon);
  return fbs::CreateMovement(out, static_cast<fbs::MovementMode>(from->mode),
                             from->embark_point ? &point : nullptr, lift);
}

Written<fbs::ProfilePoint> write_point(Writer& out, const model::ProfilePoint& from) {
  return fbs::CreateProfilePoint(out, from.within_h, from.people);
}

}  // namespace

Written<fbs::SustainmentLine> write_sustainment(Writer& out, const model::SustainmentLine& from) {
  return fbs::CreateSustainmentLine(out, static_cast<fbs::SelfSustainmentCategory>(from.category),
                                    from.days_of_supply, from.covered_people);
}

Written<fbs::Strength> write_statement(Writer& out, const model::StrengthStatement& from) {
  const auto unit = write_text(out, from.unit.view());
  const auto absences = write_list<fbs::Absence>(out, from.absences, write_absence);
  const auto non_deployable =
      write_list<fbs::NonDeployable>(out, from.non_deployable, write_non_deployable);
  const auto cells = write_list<fbs::Cell>(out, from.cells, write_cell);
  const auto specialties = write_list<fbs::Speciality>(out, from.specialties, write_speciality);
  const auto gains = write_list<fbs::Change>(out, from.gains, write_change);
  const auto losses = write_list<fbs::Change>(out, from.losses, write_change);
  return fbs::CreateStrength(
      out, unit, from.authorised, from.assigned, from.attached_in, from.detached_out, from.present,
      from.deployable, absences, non_deployable, cells, from.duty_qualified, from.senior_authorised,
      from.senior_deployable, specialties, write_time(from.ledger_from), gains, losses);
}

Written<fbs::Equipment> write_statement(Writer& out, const model::EquipmentStatement& from) {
  const auto unit = write_text(out, from.unit.view());
  return fbs::CreateEquipment(out, unit,
                              write_list<fbs::Holding>(out, from.holdings, write_holding));
}

Written<fbs::SelfSustainment> write_statement(Writer& out,
                                              const model::SelfSustainmentStatement& from) {
  const auto unit = write_text(out, from.unit.view());
  return fbs::CreateSelfSustainment(
      out, unit, write_list<fbs::SustainmentLine>(out, from.lines, write_sustainment));
}

Written<fbs::Training> write_statement(Writer& out, const model::TrainingStatement& from) {
  const auto unit = write_text(out, from.unit.view());
  return fbs::CreateTraining(out, unit,
                             write_list<fbs::TrainedTask>(out, from.tasks, write_trained));
}

Written<fbs::Readiness> write_statement(Writer& out, const model::ReadinessStatement& from) {
  const auto unit = write_text(out, from.unit.view());
  const auto level_override = write_override(out, from.level_override);
  const auto missions = write_list<fbs::MissionLevel>(out, from.missions, write_mission);
  const auto forecast = write_forecast(out, from.forecast);
  const auto remarks = write_text_if_any(out, from.remarks);
  return fbs::CreateReadiness(out, unit, from.p, from.s, from.r, from.t, from.reported_overall,
                              level_override, missions, forecast,
                              write_code<fbs::OperationalStatus>(from.operational_status), remarks);
}

Written<fbs::Availability> write_statement(Writer& out, const model::AvailabilityStatement& from) {
  const auto unit = write_text(out, from.unit.view());
  const auto movement = write_movement(out, from.movement);
  const auto profile = write_list<fbs::ProfilePoint>(out, from.profile, write_point);
  return fbs::CreateAvailability(out, unit, from.notice_to_move_min, from.load_min,
                                 write_time(from.available_from), write_time(from.available_until),
                                 from.pledge_level, write_time(from.pledge_valid_until),
                                 from.sustain_days, from.people_cap, movement, profile);
}

}  // namespace muster::wire
