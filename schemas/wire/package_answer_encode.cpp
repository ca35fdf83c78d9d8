// SPDX-License-Identifier: Apache-2.0
// Answers about force packages, and how a force grows, lasts and ends. Their decoders:
// package_answer_decode.cpp.
#include "schemas/wire/operation_codec.h"
#include "schemas/wire/statement_codec.h"

namespace muster::wire {
namespace {

Written<fbs::PackageLine> write_package_line(Writer& out, const model::PackageLine& from) {
  const auto operation = write_text(out, from.operation.view());
  const auto line = write_line(out, from.line);
  const auto equipment = write_list<fbs::EquipmentCover>(out, from.equipment, write_cover);
  const auto blocked = write_list<fbs::CausePeople>(out, from.blocked, write_cause);
  const auto fix = write_fix_if_any(out, from.fix);
  return fbs::CreatePackageLine(out, operation, line, from.people, from.lacking, equipment,
                                from.complete_min, blocked, fix);
}

Written<fbs::PackageSlice> write_slice(Writer& out, const model::PackageSlice& from) {
  const auto operation = write_text(out, from.operation.view());
  const auto line = write_text(out, from.line.view());
  const auto unit = write_text(out, from.unit.view());
  const auto equipment =
      write_list<fbs::EquipmentCount>(out, from.equipment, write_equipment_count);
  const auto contribution = write_text_if_any(out, from.contribution);
  return fbs::CreatePackageSlice(out, operation, line, unit, from.people, equipment, from.ready_min,
                                 static_cast<fbs::Freshness>(from.freshness), from.level,
                                 static_cast<fbs::Certainty>(from.certainty), contribution);
}

Written<fbs::PackageNation> write_package_nation(Writer& out, const model::PackageNation& from) {
  const auto nation = write_text(out, from.nation.view());
  return fbs::CreatePackageNation(out, nation, from.units, from.people, from.committed,
                                  from.deployable, from.depletion_permille);
}

Written<fbs::DeploymentStep> write_deployment(Writer& out, const model::DeploymentStep& from) {
  const auto nation = write_text(out, from.nation.view());
  const auto people = write_people(out, from.people);
  const auto cumulative = write_people(out, from.cumulative);
  return fbs::CreateDeploymentStep(out, from.hour, nation,
                                   static_cast<fbs::DeploymentEchelon>(from.echelon), from.slices,
                                   people, cumulative);
}

Written<fbs::DeploymentNeed> write_need(Writer& out, const model::DeploymentNeed& from) {
  return fbs::CreateDeploymentNeed(out, from.hour, from.people);
}

Written<fbs::StandbyRow> write_standby_row(Writer& out, const model::StandbyRow& from) {
  const auto unit = write_key_if_any(out, from.unit);
  return fbs::CreateStandbyRow(out, static_cast<fbs::StandbyRole>(from.role), unit, from.people,
                               model::to_micros(from.from), model::to_micros(from.to),
                               from.empty_days);
}

Written<fbs::RemainingRow> write_remaining_row(Writer& out, const model::RemainingRow& from) {
  const auto figure = write_text_if_any(out, from.figure);
  return fbs::CreateRemainingRow(out, figure, from.now, from.then);
}

Written<fbs::SustainmentRow> write_sustainment_row(Writer& out, const model::SustainmentRow& from) {
  return fbs::CreateSustainmentRow(out, static_cast<fbs::SelfSustainmentCategory>(from.category),
                                   from.covered_people, from.days, from.supplied_person_days,
                                   from.shortfall_person_days, from.units, from.silent_units);
}

Written<fbs::WithdrawalRow> write_withdrawal_row(Writer& out, const model::WithdrawalRow& from) {
  const auto unit = write_text(out, from.unit.view());
  return fbs::CreateWithdrawalRow(out, unit, from.in_place, from.returning, from.released,
                                  write_time(from.planned_release));
}

}  // namespace

Written<void> write_body(Writer& out, const model::AssembleAnswer& from) {
  const auto operation = write_text(out, from.operation.view());
  const auto lines = write_list<fbs::PackageLine>(out, from.lines, write_package_line);
  const auto slices = write_list<fbs::PackageSlice>(out, from.slices, write_slice);
  const auto nations = write_list<fbs::PackageNation>(out, from.nations, write_package_nation);
  const auto unused = write_list<fbs::LeftOut>(out, from.unused, write_left_out);
  const auto people = write_people(out, from.people);
  const auto open_objective = write_text_if_any(out, from.open_objective);
  return fbs::CreateAssembleAnswer(
             out, operation, from.version, static_cast<fbs::AssemblyGoal>(from.goal), lines, slices,
             nations, unused, from.units, people, from.is_met, from.is_optimal, open_objective,
             from.gap_permille, from.complete_min)
      .Union();
}

Written<void> write_body(Writer& out, const model::OperationBuildupAnswer& from) {
  const auto operation = write_text(out, from.operation.view());
  const auto steps = write_list<fbs::DeploymentStep>(out, from.steps, write_deployment);
  const auto needs = write_list<fbs::DeploymentNeed>(out, from.needs, write_need);
  return fbs::CreateOperationBuildupAnswer(out, operation, from.horizon_h, from.authorised_strength,
                                           steps, needs)
      .Union();
}

Written<void> write_body(Writer& out, const model::StandbyAnswer& from) {
  const auto rows = write_list<fbs::StandbyRow>(out, from.rows, write_standby_row);
  return fbs::CreateStandbyAnswer(out, model::to_micros(from.from), model::to_micros(from.to), rows)
      .Union();
}

Written<void> write_body(Writer& out, const model::RemainingAnswer& from) {
  const auto tasks = write_codes<std::uint8_t>(out, from.tasks);
  const auto rows = write_list<fbs::RemainingRow>(out, from.rows, write_remaining_row);
  return fbs::CreateRemainingAnswer(out, from.within_h, tasks, rows).Union();
}

Written<void> write_body(Writer& out, const model::SustainmentAnswer& from) {
  const auto operation = write_text(out, from.operation.view());
  const auto rows = write_list<fbs::SustainmentRow>(out, from.rows, write_sustainment_row);
  return fbs::CreateSustainmentAnswer(out, operation, from.people, from.days, rows).Union();
}

Written<void> write_body(Writer& out, const model::WithdrawalAnswer& from) {
  const auto operation = write_text(out, from.operation.view());
  const auto rows = write_list<fbs::WithdrawalRow>(out, from.rows, write_withdrawal_row);
  return fbs::CreateWithdrawalAnswer(out, operation, rows, from.in_place, from.returning,
                                     from.released)
      .Union();
}

}  // namespace muster::wire
