// SPDX-License-Identifier: Apache-2.0
// Answers about force packages, and how a force grows, lasts and ends. Their encoders:
// package_answer_encode.cpp.
#include "schemas/wire/operation_codec.h"
#include "schemas/wire/query_codec.h"
#include "schemas/wire/statement_codec.h"

namespace muster::wire {
namespace {

void read_package_line(Reading& in, const Path& at, const fbs::PackageLine& from,
                       model::PackageLine& to) {
  read_key(in, {&at, "operation"}, from.operation(), to.operation);
  read_line(in, {&at, "line"}, *from.line(), to.line);
  to.people = from.people();
  to.lacking = from.lacking();
  read_list(in, {&at, "equipment"}, from.equipment(), to.equipment, read_cover);
  to.complete_min = from.complete_min();
  read_list(in, {&at, "blocked"}, from.blocked(), to.blocked, read_cause);
  read_fix_if_any(in, {&at, "fix"}, from.fix(), to.fix);
}

void read_slice(Reading& in, const Path& at, const fbs::PackageSlice& from,
                model::PackageSlice& to) {
  read_key(in, {&at, "operation"}, from.operation(), to.operation);
  read_key(in, {&at, "line"}, from.line(), to.line);
  read_key(in, {&at, "unit"}, from.unit(), to.unit);
  to.people = from.people();
  read_list(in, {&at, "equipment"}, from.equipment(), to.equipment, read_equipment_count);
  to.ready_min = from.ready_min();
  to.freshness = static_cast<model::Freshness>(from.freshness());
  to.level = from.level();
  to.certainty = static_cast<model::Certainty>(from.certainty());
  read_text(in, {&at, "contribution"}, from.contribution(), to.contribution);
}

void read_package_nation(Reading& in, const Path& at, const fbs::PackageNation& from,
                         model::PackageNation& to) {
  read_key(in, {&at, "nation"}, from.nation(), to.nation);
  to.units = from.units();
  to.people = from.people();
  to.committed = from.committed();
  to.deployable = from.deployable();
  to.depletion_permille = from.depletion_permille();
}

void read_deployment(Reading& in, const Path& at, const fbs::DeploymentStep& from,
                     model::DeploymentStep& to) {
  to.hour = from.hour();
  read_key(in, {&at, "nation"}, from.nation(), to.nation);
  to.echelon = static_cast<model::DeploymentEchelon>(from.echelon());
  to.slices = from.slices();
  read_people(*from.people(), to.people);
  read_people(*from.cumulative(), to.cumulative);
}

void read_need(Reading&, const Path&, const fbs::DeploymentNeed& from, model::DeploymentNeed& to) {
  to = {from.hour(), from.people()};
}

void read_standby_row(Reading& in, const Path& at, const fbs::StandbyRow& from,
                      model::StandbyRow& to) {
  to.role = static_cast<model::StandbyRole>(from.role());
  read_key_if_any(in, {&at, "unit"}, from.unit(), to.unit);
  to.people = from.people();
  to.from = model::from_micros(from.from());
  to.to = model::from_micros(from.to());
  to.empty_days = from.empty_days();
}

void read_remaining_row(Reading& in, const Path& at, const fbs::RemainingRow& from,
                        model::RemainingRow& to) {
  read_text(in, {&at, "figure"}, from.figure(), to.figure);
  to.now = from.now();
  to.then = from.then();
}

void read_sustainment_row(Reading&, const Path&, const fbs::SustainmentRow& from,
                          model::SustainmentRow& to) {
  to = {.category = static_cast<model::SelfSustainmentCategory>(from.category()),
        .covered_people = from.covered_people(),
        .days = from.days(),
        .supplied_person_days = from.supplied_person_days(),
        .shortfall_person_days = from.shortfall_person_days(),
        .units = from.units(),
        .silent_units = from.silent_units()};
}

void read_withdrawal_row(Reading& in, const Path& at, const fbs::WithdrawalRow& from,
                         model::WithdrawalRow& to) {
  read_key(in, {&at, "unit"}, from.unit(), to.unit);
  to.in_place = from.in_place();
  to.returning = from.returning();
  to.released = from.released();
  to.planned_release = read_time(from.planned_release());
}

}  // namespace

void read_body(Reading& in, const fbs::AssembleAnswer& from, model::AssembleAnswer& to) {
  read_key(in, {&kBody, "operation"}, from.operation(), to.operation);
  to.version = from.version();
  to.goal = static_cast<model::AssemblyGoal>(from.goal());
  read_list(in, {&kBody, "lines"}, from.lines(), to.lines, read_package_line);
  read_list(in, {&kBody, "slices"}, from.slices(), to.slices, read_slice);
  read_list(in, {&kBody, "nations"}, from.nations(), to.nations, read_package_nation);
  read_list(in, {&kBody, "unused"}, from.unused(), to.unused, read_left_out);
  to.units = from.units();
  read_people(*from.people(), to.people);
  to.is_met = from.is_met();
  to.is_optimal = from.is_optimal();
  read_text(in, {&kBody, "open_objective"}, from.open_objective(), to.open_objective);
  to.gap_permille = from.gap_permille();
  to.complete_min = from.complete_min();
}

void read_body(Reading& in, const fbs::OperationBuildupAnswer& from,
               model::OperationBuildupAnswer& to) {
  read_key(in, {&kBody, "operation"}, from.operation(), to.operation);
  to.horizon_h = from.horizon_h();
  to.authorised_strength = from.authorised_strength();
  read_list(in, {&kBody, "steps"}, from.steps(), to.steps, read_deployment);
  read_list(in, {&kBody, "needs"}, from.needs(), to.needs, read_need);
}

void read_body(Reading& in, const fbs::StandbyAnswer& from, model::StandbyAnswer& to) {
  to.from = model::from_micros(from.from());
  to.to = model::from_micros(from.to());
  read_list(in, {&kBody, "rows"}, from.rows(), to.rows, read_standby_row);
}

void read_body(Reading& in, const fbs::RemainingAnswer& from, model::RemainingAnswer& to) {
  to.within_h = from.within_h();
  read_codes(in, {&kBody, "tasks"}, from.tasks(), to.tasks);
  read_list(in, {&kBody, "rows"}, from.rows(), to.rows, read_remaining_row);
}

void read_body(Reading& in, const fbs::SustainmentAnswer& from, model::SustainmentAnswer& to) {
  read_key(in, {&kBody, "operation"}, from.operation(), to.operation);
  to.people = from.people();
  to.days = from.days();
  read_list(in, {&kBody, "rows"}, from.rows(), to.rows, read_sustainment_row);
}

void read_body(Reading& in, const fbs::WithdrawalAnswer& from, model::WithdrawalAnswer& to) {
  read_key(in, {&kBody, "operation"}, from.operation(), to.operation);
  read_list(in, {&kBody, "rows"}, from.rows(), to.rows, read_withdrawal_row);
  to.in_place = from.in_place();
  to.returning = from.returning();
  to.released = from.released();
}

}  // namespace muster::wire
