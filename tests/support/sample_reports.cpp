// SPDX-License-Identifier: Apache-2.0
#include "tests/support/sample_reports.h"

namespace muster::tests {
namespace {

using namespace model;
using namespace std::chrono_literals;

const UnitId kUnit = *UnitId::parse("KAZ:EX-COMBAT-1");
const UnitId kSuperior = *UnitId::parse("KAZ:EX-COMMAND-1");

/// An array whose bytes count up from `first`.
template <typename Array>
Array counting(std::uint8_t first) {
  Array bytes{};
  for (auto& byte : bytes) {
    byte = first++;
  }
  return bytes;
}

void set_counts(StrengthStatement& strength) {
  strength.unit = kUnit;
  strength.authorised = 120;
  strength.assigned = 112;
  strength.attached_in = 6;
  strength.detached_out = 4;
  strength.present = 104;
  strength.deployable = 108;
}

Holding carrier() {
  return {.item_code = code("APC-8X8"),
          .nsn = "2355012345678",
          .kind = EquipmentKind::armoured_transport,
          .authorised = 13,
          .required = 12,
          .on_hand = 11,
          .fmc = 8,
          .pmc = 2,
          .nmc = 1,
          .criticality = Criticality::pacing,
          .lease = Lease::wet};
}

Holding helicopter() {
  return {.item_code = code("HELI.MED_2"),
          .nsn = "",
          .kind = EquipmentKind::helicopter,
          .authorised = 4,
          .required = 4,
          .on_hand = 4,
          .fmc = 3,
          .pmc = 0,
          .nmc = 1,
          .criticality = Criticality::essential,
          .lease = Lease::none};
}

Member member(std::string_view name, ParticipationStatus status) {
  return {.nation = nation(name),
          .participation_status = status,
          .valid_from = kSampleTime - 240h,
          .valid_to = kSampleTime + 2400h,
          .intervals = {{StatementKind::strength, 86'400}, {StatementKind::readiness, 2'592'000}}};
}

RegisteredNode node(std::string_view name, std::uint8_t first, std::vector<Role> roles) {
  return {.node_id = node_id(name),
          .key = counting<PublicKey>(first),
          .curve_key = counting<PublicKey>(static_cast<std::uint8_t>(first + 100)),
          .roles = std::move(roles),
          .valid_from = kSampleTime - 48h,
          .valid_to = kSampleTime + 8760h};
}

Report report_of(std::vector<Statement> statements) {
  return {.kind = ReportKind::regular,
          .valid_at = kSampleTime,
          .classification = Classification::unclassified,
          .releasable_to = {nation("ARM"), nation("KGZ")},
          .corrects = std::nullopt,
          .statements = std::move(statements)};
}

}  // namespace

UnitId unit_id(std::string_view text) { return *UnitId::parse(text); }
Nation nation(std::string_view text) { return *Nation::parse(text); }
NodeId node_id(std::string_view text) { return *NodeId::parse(text); }
Code code(std::string_view text) { return *Code::parse(text); }

UnitStatement root_unit() {
  UnitStatement unit;
  unit.unit = kSuperior;
  unit.name = "Contingent headquarters (fictional)";
  unit.short_name = "HQ KAZ";
  unit.component = Component::military;
  unit.element_kind = ElementKind::command;
  unit.pools = {ForcePool::cpf};
  unit.lifecycle = Lifecycle::standby;
  unit.echelon = Echelon::brigade;
  unit.sidc = "10031002181211000000";
  unit.reinforcement = Reinforcement::norm;
  return unit;
}

UnitStatement full_unit() {
  UnitStatement unit;
  unit.unit = kUnit;
  unit.uuid = counting<std::array<std::uint8_t, 16>>(1);
  unit.name = "1-рота воздушно-десантная (fictional)";
  unit.short_name = "1 Ә/дес";
  unit.valid_from = kSampleTime - 8760h;
  unit.valid_to = kSampleTime + 8760h;
  unit.component = Component::military;
  unit.element_kind = ElementKind::combat;
  unit.pools = {ForcePool::cpf, ForcePool::pkb};
  unit.lifecycle = Lifecycle::training;
  unit.echelon = Echelon::company;
  unit.sidc = "10031000151211000000";
  unit.reinforcement = Reinforcement::rein;
  unit.home = Place{43.25, 76.875};
  unit.current = Place{-51.125, -71.5};
  unit.relations = {{RelationType::child_of, kSuperior, kSampleTime - 4380h, kSampleTime + 4380h}};
  unit.capabilities = {{{Task::t08, Task::t03}, std::uint8_t{2}, {{"patrols a day", 12.5}}},
                       {{Task::t99}, std::nullopt, {}}};
  unit.languages = {"kaz", "rus"};
  return unit;
}

StrengthStatement plain_strength() {
  StrengthStatement strength;
  set_counts(strength);
  return strength;
}

StrengthStatement full_strength() {
  StrengthStatement strength;
  set_counts(strength);
  strength.absences = {
      {AbsenceReason::leave, 5}, {AbsenceReason::hospital, 3}, {AbsenceReason::course_tdy, 2}};
  strength.non_deployable = {{NonDeployableReason::medical_temp, 4},
                             {NonDeployableReason::administrative, 2}};
  strength.cells = {{PersonCategory::officer, Sex::male, 10, 9, 10},
                    {PersonCategory::warrant_nco, Sex::female, 4, 4, 4},
                    {PersonCategory::enlisted, Sex::unstated, 100, 91, 94}};
  strength.duty_qualified = 103;
  strength.senior_authorised = 20;
  strength.senior_deployable = 18;
  strength.specialties = {{code("MEDIC"), 4, 3, true}, {code("SIGNAL-2"), 6, 7, false}};
  strength.ledger_from = kSampleTime - 24h;
  strength.gains = {{LedgerChange::replacement, 3}, {LedgerChange::transfer_in, 2}};
  strength.losses = {{LedgerChange::discharge, 1}};
  return strength;
}

EquipmentStatement full_equipment() {
  return {.unit = kUnit, .holdings = {carrier(), helicopter()}};
}

ReadinessStatement full_readiness() {
  ReadinessStatement readiness;
  readiness.unit = kUnit;
  readiness.p = Level{1};
  readiness.s = Level{2};
  readiness.r = Level{3};
  readiness.t = kNotMeasured;
  readiness.reported_overall = Level{4};
  readiness.level_override = LevelOverride{.direction = OverrideDirection::down,
                                           .reason_code = "TYRES",
                                           .remark = "Half of the carriers wait for tyres.",
                                           .authority = "Chief of staff",
                                           .waiver_id = "W-1"};
  readiness.missions = {{code("EX-2201"), Level{3}, std::uint8_t{71}}};
  readiness.forecast = Forecast{Level{2}, kSampleTime + 72h};
  readiness.operational_status = OperationalStatus::sops;
  readiness.remarks = "Tyres are on their way.\nКүтеміз.";
  return readiness;
}

AvailabilityStatement full_availability() {
  AvailabilityStatement availability;
  availability.unit = kUnit;
  availability.notice_to_move_min = 720;
  availability.load_min = 240;
  availability.available_from = kSampleTime - 1h;
  availability.available_until = kSampleTime + 2160h;
  availability.pledge_level = std::uint8_t{3};
  availability.pledge_valid_until = kSampleTime + 4320h;
  availability.sustain_days = std::uint16_t{30};
  availability.people_cap = 100;
  availability.movement = Movement{.mode = MovementMode::rail,
                                   .embark_point = Place{43.5, 77.25},
                                   .lift = Lift{.people = 110, .tonnes = 350, .vehicles = 14}};
  availability.profile = {{12, 40}, {36, 40}, {48, 100}};
  return availability;
}

RegistryStatement full_registry() {
  return {.realm = Realm::exercise,
          .members = {member("KAZ", ParticipationStatus::full),
                      member("ARM", ParticipationStatus::suspended)},
          .nodes = {node("KAZ/mod", 1, {Role::publisher}),
                    node("SEC/hq", 50, {Role::officer, Role::planner})},
          .unit_transfers = {{kUnit, node_id("KAZ/mod"), node_id("KAZ/mod-2"), kSampleTime + 1h}}};
}

Report valid_report() { return report_of({full_strength()}); }

Report small_report() {
  auto strength = plain_strength();
  strength.absences = {{AbsenceReason::leave, 7}, {AbsenceReason::hospital, 3}};
  strength.non_deployable = {{NonDeployableReason::medical_temp, 6}};
  auto report = report_of({strength});
  report.releasable_to.clear();
  return report;
}

Report full_report() {
  return report_of({root_unit(), full_unit(), full_strength(), full_equipment(), full_readiness(),
                    full_availability()});
}

Report registry_report() {
  auto report = report_of({full_registry()});
  report.releasable_to.clear();
  return report;
}

}  // namespace muster::tests
