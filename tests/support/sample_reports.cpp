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

RosterEntry sergeant() {
  RosterEntry entry;
  entry.person_ref = counting<PersonRef>(0x10);
  entry.rank_grade = RankGrade::or_6;
  entry.specialty = code("MEDIC");
  entry.sex = Sex::female;
  entry.languages = {"kaz", "rus", "eng"};
  entry.qualifications = {{code("DRIVER-C"), kSampleTime + 720h}, {code("FIRST-AID"), {}}};
  entry.duty_status = DutyStatus::hospital;
  entry.deployable = false;
  entry.non_deployable_reason = NonDeployableReason::medical_temp;
  const auto sealed = counting<std::array<std::uint8_t, 304>>(7);
  entry.sealed_name = {sealed.begin(), sealed.end()};
  entry.sealed_to = "kaz-personnel-2022";
  return entry;
}

Policy winter_policy() {
  Policy policy;
  policy.valid_from = kSampleTime + 24h;
  policy.deployable = {91, 81, 71};
  policy.qualified = {86, 76, 66};
  policy.on_hand = {92, 82, 67};
  policy.on_hand_aircraft = {93, 83, 63};
  policy.serviceable = {89, 69, 59};
  policy.serviceable_aircraft = {74, 64, 54};
  policy.trained = {84, 72, 57};
  policy.intervals = {{StatementKind::roster, 604'800}, {StatementKind::training, 1'209'600}};
  policy.standby_availability_s = 43'200;
  policy.fresh_intervals = 2;
  policy.ageing_intervals = 3;
  policy.stale_intervals = 8;
  policy.road_kmh = 25;
  policy.rail_kmh = 20;
  policy.air_kmh = 450;
  policy.waivers_allowed = true;
  policy.authorised_flag_percent = 85;
  policy.pledge_warning_days = 45;
  policy.advance_within_h = 18;
  policy.first_within_h = 40;
  policy.max_depletion_percent = 75;
  return policy;
}

PublishedFigure figure(std::string_view words, Comparator comparator, Count value) {
  return {std::string(words), comparator, value, kSampleTime - 24h, "Press service (fictional)"};
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
          .unit_transfers = {{kUnit, node_id("KAZ/mod"), node_id("KAZ/mod-2"), kSampleTime + 1h}},
          .published_figures = {figure("over 3,600 people", Comparator::over, 3'600),
                                figure("about 4,000", Comparator::about, 4'000)},
          .policies = {winter_policy()}};
}

SelfSustainmentStatement full_self_sustainment() {
  return {.unit = kUnit,
          .lines = {{SelfSustainmentCategory::catering, std::uint16_t{30}, Count{120}},
                    {SelfSustainmentCategory::misc_general_stores, std::uint16_t{0}, Count{0}}}};
}

TrainingStatement full_training() {
  return {.unit = kUnit,
          .tasks = {{Task::t08, TrainingState::trained, kSampleTime - 720h, "SEC inspectors",
                     kSampleTime + 4320h},
                    {Task::t99, TrainingState::needs_practice, kSampleTime - 4320h, "Brigade staff",
                     kSampleTime - 1h}}};
}

RosterStatement full_roster() {
  RosterEntry captain;
  captain.person_ref = counting<PersonRef>(0x40);
  captain.rank_grade = RankGrade::of_2;
  captain.sex = Sex::male;
  captain.duty_status = DutyStatus::present;
  captain.deployable = true;
  return {.unit = kUnit,
          .version = 42,
          .form = RosterForm::full,
          .base_version = std::nullopt,
          .upserts = {sergeant(), captain},
          .removals = {}};
}

RosterStatement delta_roster() {
  return {.unit = kUnit,
          .version = 43,
          .form = RosterForm::delta,
          .base_version = 42,
          .upserts = {sergeant()},
          .removals = {counting<PersonRef>(0x40), counting<PersonRef>(0x80)}};
}

CaveatStatement full_caveat() {
  return {.caveat_id = code("CAV-1"),
          .nation = nation("KAZ"),
          .unit = kUnit,
          .kind = CaveatKind::area_excluded,
          .tasks = {Task::t05, Task::t10},
          .area = {{43.0, 76.5}, {43.5, 76.5}, {43.5, 77.25}},
          .from = kSampleTime,
          .to = kSampleTime + 2160h,
          .max_people = 60,
          .mode = "daylight only",
          .declared_at = kSampleTime - 240h,
          .withdrawn_at = kSampleTime + 1080h,
          .text = "Not in the city before the elections.\nСайлауға дейін."};
}

StandbyStatement full_standby() {
  return {.unit = kUnit,
          .from = kSampleTime - 168h,
          .to = kSampleTime + 4320h,
          .role = StandbyRole::first_echelon,
          .people = 100};
}

ContributionStatement full_contribution() {
  return {.contribution_id = code("OFFER-1"),
          .operation = code("EX-2203"),
          .sor_line = code("L03"),
          .unit = kUnit,
          .people = 85,
          .equipment = {{EquipmentKind::wheeled_transport, 8}, {EquipmentKind::medical, 0}},
          .state = ContributionState::offered,
          .from = kSampleTime + 24h,
          .to = kSampleTime + 720h,
          .transfer_of_authority_at = kSampleTime + 48h,
          .authority = Authority::tacon,
          .variation = "Without field kitchen."};
}

OperationStatement full_operation() {
  return {.operation = code("EX-2203"),
          .name = "Northern valley (fictional)",
          .host = nation("TJK"),
          .host_may_contribute = true,
          .partner = Partner::un,
          .legal_basis = {"Treaty, article 4 (fictional)", "Request of the host"},
          .mandate_refs = {"Decision 7 of the council (fictional)"},
          .tasks = {Task::t08, Task::t05, Task::t03},
          .area = {{38.5, 68.75}, {39.0, 68.75}, {39.0, 69.5}, {38.5, 69.5}},
          .authorised_strength = 2'500,
          .decided_at = kSampleTime - 9h,
          .planned_end = kSampleTime + 720h,
          .commander = "Commander of the operation (fictional)",
          .published_figures = {figure("over 2,500 were sent", Comparator::over, 2'500)}};
}

RequirementStatement full_requirement() {
  return {.operation = code("EX-2203"),
          .version = 2,
          .lines = {{.line_id = code("L03"),
                     .tasks = {Task::t08, Task::t99},
                     .element_kind = ElementKind::combat,
                     .capability_type = std::uint8_t{2},
                     .people_min = 900,
                     .people_max = 1'150,
                     .equipment = {{EquipmentKind::wheeled_transport, 72}},
                     .self_sustainment = {{SelfSustainmentCategory::tentage, std::uint16_t{15},
                                           Count{1'150}}},
                     .needed_within_h = 36,
                     .duration_days = std::uint16_t{30},
                     .must_have = true,
                     .weight = 100}}};
}

DecisionStatement full_decision() {
  return {.decision_id = code("DEC-7"),
          .body = Body::council,
          .kind = DecisionKind::state_change,
          .operation = code("EX-2203"),
          .contribution_id = "",
          .from_state = OperationState::consultation,
          .to_state = OperationState::decided,
          .contribution_from = std::nullopt,
          .contribution_to = std::nullopt,
          .value = 2'500,
          .decided_at = kSampleTime - 9h,
          .reference = "Protocol 7 (fictional)"};
}

DecisionStatement offer_response() {
  return {.decision_id = code("DEC-8"),
          .body = Body::secretariat,
          .kind = DecisionKind::offer_response,
          .operation = code("EX-2203"),
          .contribution_id = "KAZ/OFFER-1",
          .from_state = std::nullopt,
          .to_state = std::nullopt,
          .contribution_from = ContributionState::offered,
          .contribution_to = ContributionState::acknowledged,
          .value = std::nullopt,
          .decided_at = kSampleTime - 1h,
          .reference = "Letter 12 (fictional)"};
}

std::vector<Statement> full_statements() {
  return {full_unit(),      full_strength(),    full_equipment(),    full_self_sustainment(),
          full_training(),  full_readiness(),   full_availability(), full_roster(),
          delta_roster(),   full_caveat(),      full_standby(),      full_contribution(),
          full_operation(), full_requirement(), full_decision(),     offer_response(),
          full_registry()};
}

std::vector<Statement> bare_statements() {
  RosterStatement roster{.unit = kUnit, .version = 1};
  roster.upserts.resize(1);
  TrainingStatement training{.unit = kUnit, .tasks = {TrainedTask{}}};
  SelfSustainmentStatement sustainment{.unit = kUnit, .lines = {SustainmentLine{}}};
  RequirementStatement requirement{.operation = code("EX-2203"), .version = 1};
  requirement.lines = {{.line_id = code("L01")}};
  RegistryStatement registry;
  registry.published_figures = {PublishedFigure{}};
  registry.policies = {Policy{}};
  return {UnitStatement{.unit = kUnit},
          StrengthStatement{.unit = kUnit},
          EquipmentStatement{.unit = kUnit},
          sustainment,
          training,
          ReadinessStatement{.unit = kUnit},
          AvailabilityStatement{.unit = kUnit},
          roster,
          CaveatStatement{.caveat_id = code("CAV-1")},
          StandbyStatement{.unit = kUnit},
          ContributionStatement{.contribution_id = code("OFFER-1"),
                                .operation = code("EX-2203"),
                                .sor_line = code("L01"),
                                .unit = kUnit},
          OperationStatement{.operation = code("EX-2203")},
          requirement,
          DecisionStatement{.decision_id = code("DEC-1")},
          registry};
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

Report force_report() {
  return report_of({full_self_sustainment(), full_training(), full_roster(), full_caveat(),
                    full_standby(), full_contribution()});
}

Report planner_report() {
  return report_of({full_operation(), full_requirement(), full_decision(), offer_response()});
}

Report registry_report() {
  auto report = report_of({full_registry()});
  report.releasable_to.clear();
  return report;
}

}  // namespace muster::tests
