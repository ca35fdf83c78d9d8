// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/text_samples.h"

namespace muster::text::samples {

using namespace model;

UtcTime at(const char* text) { return *parse_time(text); }
Nation nation(const char* text) { return *Nation::parse(text); }
NodeId node(const char* text) { return *NodeId::parse(text); }
UnitId unit(const char* text) { return *UnitId::parse(text); }

namespace {

Code code(const char* text) { return *Code::parse(text); }

template <std::size_t Size>
std::array<std::uint8_t, Size> bytes(std::uint8_t first) {
  std::array<std::uint8_t, Size> value{};
  for (auto& byte : value) {
    byte = first++;
  }
  return value;
}

}  // namespace

UnitStatement full_unit() {
  UnitStatement s;
  s.unit = unit("KAZ:EX-CBT-01");
  s.uuid = bytes<16>(0xa0);
  s.name = "Рота «Альфа» (fictional)";
  s.short_name = "A \"1\" \\ ";
  s.valid_from = at("2021-12-31T18:00:00.000001Z");
  s.valid_to = at("2023-01-01T00:00:00Z");
  s.component = Component::military;
  s.element_kind = ElementKind::combat_support;
  s.pools = {ForcePool::cpf, ForcePool::crrf};
  s.lifecycle = Lifecycle::standby;
  s.echelon = Echelon::company;
  s.sidc = "10131000151211000000";
  s.reinforcement = Reinforcement::ridt;
  s.home = Place{51.1605, 71.4704};
  s.current = Place{-0.1, 180};
  s.relations = {{RelationType::child_of, unit("KAZ:EX-HQ"), at("2022-01-01T00:00:00Z"),
                  at("2022-02-01T00:00:00Z")},
                 {RelationType::opcon, unit("SEC:EX-CHQ"), {}, {}}};
  s.capabilities = {{{Task::t08, Task::t99}, 1, {{"lanes", 2.5}, {"doctors", 1e-7}}},
                    {{Task::t01}, {}, {}}};
  s.languages = {"rus", "kaz"};
  return s;
}

StrengthStatement full_strength() {
  StrengthStatement s;
  s.unit = unit("KAZ:EX-CBT-01");
  s.authorised = 400;
  s.assigned = 380;
  s.attached_in = 10;
  s.detached_out = 20;
  s.present = 352;
  s.deployable = 358;
  s.absences = {{AbsenceReason::leave, 10}, {AbsenceReason::hospital, 8}};
  s.non_deployable = {{NonDeployableReason::medical_temp, 12}};
  s.cells = {{PersonCategory::officer, Sex::female, 5, 4, 3},
             {PersonCategory::enlisted, Sex::unstated, 365, 348, 355}};
  s.duty_qualified = 330;
  s.senior_authorised = 25;
  s.senior_deployable = 0;
  s.specialties = {{code("SAPPER"), 12, 10, true}, {code("COOK"), 4, 5, false}};
  s.ledger_from = at("2022-01-01T00:00:00Z");
  s.gains = {{LedgerChange::replacement, 4}};
  s.losses = {{LedgerChange::casualty_aggregate, 0}};
  return s;
}

EquipmentStatement full_equipment() {
  Holding full;
  full.item_code = code("EX-TRUCK");
  full.nsn = "1234567890123";
  full.kind = EquipmentKind::wheeled_transport;
  full.authorised = 42;
  full.required = 40;
  full.on_hand = 44;
  full.fmc = 40;
  full.pmc = 3;
  full.nmc = 1;
  full.criticality = Criticality::pacing;
  full.lease = Lease::wet;
  Holding bare;
  bare.item_code = code("EX-TENT");
  bare.kind = EquipmentKind::field_camp;
  return {.unit = unit("KAZ:EX-CBT-01"), .holdings = {full, bare}};
}

ReadinessStatement full_readiness() {
  ReadinessStatement s;
  s.unit = unit("KAZ:EX-CBT-01");
  s.p = Level{2};
  s.s = Level{3};
  s.r = Level{1};
  s.t = Level{6};
  s.reported_overall = Level{4};
  s.level_override =
      LevelOverride{OverrideDirection::down, "TERRAIN", "Winter kit is on its way.", "CO", "W-7"};
  s.missions = {{code("EX-2201"), Level{2}, std::uint8_t{83}}, {code("EX-2202"), {}, {}}};
  s.forecast = Forecast{2, at("2022-03-01T00:00:00Z")};
  s.operational_status = OperationalStatus::mops;
  s.remarks = "line one\nline two";
  return s;
}

AvailabilityStatement full_availability() {
  AvailabilityStatement s;
  s.unit = unit("KAZ:EX-CBT-01");
  s.notice_to_move_min = 480;
  s.load_min = 0;
  s.available_from = at("2022-01-01T00:00:00Z");
  s.available_until = at("2022-12-31T23:59:59Z");
  s.pledge_level = std::uint8_t{4};
  s.pledge_valid_until = at("2022-06-01T00:00:00Z");
  s.sustain_days = std::uint16_t{365};
  s.people_cap = 90;
  s.movement = Movement{MovementMode::rail, Place{43.25, 76.95}, Lift{100, 20, 12}};
  s.profile = {{12, 0}, {8760, 358}};
  return s;
}

SelfSustainmentStatement full_self_sustainment() {
  return {.unit = unit("KAZ:EX-CBT-01"),
          .lines = {{SelfSustainmentCategory::catering, std::uint16_t{180}, Count{400}},
                    {SelfSustainmentCategory::cbrn_protection, {}, {}}}};
}

TrainingStatement full_training() {
  return {.unit = unit("KAZ:EX-CBT-01"),
          .tasks = {{Task::t08, TrainingState::trained, at("2021-11-01T00:00:00Z"), "SEC",
                     at("2022-11-01T00:00:00Z")},
                    {Task::t99, TrainingState::untrained, {}, "", {}}}};
}

RosterStatement full_roster() {
  RosterEntry full;
  full.person_ref = bytes<16>(0xf0);
  full.rank_grade = RankGrade::or_7;
  full.specialty = code("MEDIC");
  full.sex = Sex::female;
  full.languages = {"kaz", "rus"};
  full.qualifications = {{code("DRIVER-C"), at("2023-01-01T00:00:00Z")}, {code("FIRST-AID"), {}}};
  full.duty_status = DutyStatus::course_tdy;
  full.deployable = false;
  full.non_deployable_reason = NonDeployableReason::consent_or_term;
  const auto sealed = bytes<49>(0xe0);
  full.sealed_name = {sealed.begin(), sealed.end()};
  full.sealed_to = "kaz-2022";
  RosterEntry bare;
  bare.person_ref = bytes<16>(1);
  bare.rank_grade = RankGrade::of_10;
  bare.deployable = true;
  return {.unit = unit("KAZ:EX-CBT-01"),
          .version = 18'446'744'073'709'551'615U,
          .form = RosterForm::delta,
          .base_version = 41,
          .upserts = {full, bare},
          .removals = {bytes<16>(0x20)}};
}

CaveatStatement full_caveat() {
  return {.caveat_id = code("CAV-1"),
          .nation = nation("KAZ"),
          .unit = unit("KAZ:EX-CBT-01"),
          .kind = CaveatKind::night_or_mode,
          .tasks = {Task::t05, Task::t10},
          .area = {{43, 76.5}, {43.5, 76.5}, {43.5, 77.25}},
          .from = at("2022-01-01T00:00:00Z"),
          .to = at("2022-06-01T00:00:00Z"),
          .max_people = 0,
          .mode = "NIGHT",
          .declared_at = at("2021-12-01T00:00:00Z"),
          .withdrawn_at = at("2022-05-01T00:00:00Z"),
          .text = "By day only.\nТек күндіз."};
}

StandbyStatement full_standby() {
  return {unit("KAZ:EX-CBT-01"), at("2022-01-01T00:00:00Z"), at("2022-07-01T00:00:00Z"),
          StandbyRole::reserve, 358};
}

ContributionStatement full_contribution() {
  return {.contribution_id = code("OFFER-1"),
          .operation = code("EX-2203"),
          .sor_line = code("L03"),
          .unit = unit("KAZ:EX-CBT-01"),
          .people = 0,
          .equipment = {{EquipmentKind::uas, 2}},
          .state = ContributionState::withdrawn_by_nation,
          .from = at("2022-01-08T00:00:00Z"),
          .to = at("2022-02-08T00:00:00Z"),
          .transfer_of_authority_at = at("2022-01-09T00:00:00Z"),
          .authority = Authority::opcon,
          .variation = "Two sappers fewer."};
}

OperationStatement full_operation() {
  return {.operation = code("EX-2203"),
          .name = "Valley (fictional)",
          .host = nation("TJK"),
          .host_may_contribute = true,
          .partner = Partner::osce,
          .legal_basis = {"Treaty, article 4"},
          .mandate_refs = {"Decision 7", "Decision 8"},
          .tasks = {Task::t08, Task::t03},
          .area = {{38.5, 68.75}, {39, 68.75}, {39, 69.5}},
          .authorised_strength = 2'500,
          .decided_at = at("2022-01-07T03:00:00Z"),
          .planned_end = at("2022-02-07T00:00:00Z"),
          .commander = "Commander (fictional)",
          .published_figures = {
              {"over 2,500", Comparator::over, 2'500, at("2022-01-07T00:00:00Z"), "press"}}};
}

RequirementStatement full_requirement() {
  RequirementLine full{
      .line_id = code("L03"),
      .tasks = {Task::t08},
      .element_kind = ElementKind::combat,
      .capability_type = std::uint8_t{2},
      .people_min = 900,
      .people_max = 1'150,
      .equipment = {{EquipmentKind::wheeled_transport, 72}},
      .self_sustainment = {{SelfSustainmentCategory::tentage, std::uint16_t{15}, Count{1'150}}},
      .needed_within_h = 36,
      .duration_days = std::uint16_t{30},
      .must_have = true,
      .weight = 100};
  RequirementLine bare{.line_id = code("L04")};
  return {code("EX-2203"), 2, {full, bare}};
}

DecisionStatement full_decision() {
  return {.decision_id = code("DEC-7"),
          .body = Body::secretariat,
          .kind = DecisionKind::return_home,
          .operation = code("EX-2203"),
          .contribution_id = "KAZ/OFFER-1",
          .from_state = OperationState::advance_deployed,
          .to_state = OperationState::deploying,
          .contribution_from = ContributionState::in_place,
          .contribution_to = ContributionState::returning,
          .value = -9'223'372'036'854'775'807,
          .decided_at = at("2022-01-07T03:00:00Z"),
          .reference = "Protocol 7"};
}

namespace {

Policy full_policy() {
  Policy policy;
  policy.valid_from = at("2022-02-01T00:00:00Z");
  policy.deployable = {91, 81, 71};
  policy.qualified = {86, 76, 66};
  policy.on_hand = {92, 82, 67};
  policy.on_hand_aircraft = {93, 83, 63};
  policy.serviceable = {89, 69, 59};
  policy.serviceable_aircraft = {74, 64, 54};
  policy.trained = {84, 72, 57};
  policy.intervals = {{StatementKind::training, 1'209'600}};
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

}  // namespace

RegistryStatement full_registry() {
  RegistryStatement s;
  s.realm = Realm::live;
  s.members = {{nation("KAZ"),
                ParticipationStatus::suspended,
                at("2002-10-07T00:00:00Z"),
                at("2030-01-01T00:00:00Z"),
                {{StatementKind::strength, 86'400}, {StatementKind::roster, 2'592'000}}}};
  s.nodes = {{node("KAZ/mod"),
              bytes<32>(1),
              bytes<32>(200),
              {Role::publisher, Role::member},
              at("2022-01-01T00:00:00Z"),
              at("2023-01-01T00:00:00Z")}};
  s.unit_transfers = {
      {unit("KAZ:EX-CBT-01"), node("KAZ/mod"), node("KAZ/north-2"), at("2022-02-01T00:00:00Z")}};
  s.published_figures = {
      {"over 3,600", Comparator::over, 3'600, at("2021-01-01T00:00:00Z"), "press"},
      {"about 4,000", Comparator::about, 4'000, at("2021-06-01T00:00:00Z"), "press"}};
  s.policies = {full_policy()};
  return s;
}

Report full_report() {
  Report report;
  report.kind = ReportKind::correction;
  report.valid_at = at("2022-01-07T12:00:00.25Z");
  report.classification = Classification::secret;
  report.releasable_to = {nation("RUS"), nation("TJK")};
  report.corrects = ReportId{node("KAZ/mod"), 41};
  report.statements = {
      full_unit(),        full_strength(),  full_equipment(),    full_self_sustainment(),
      full_training(),    full_readiness(), full_availability(), full_roster(),
      full_caveat(),      full_standby(),   full_contribution(), full_operation(),
      full_requirement(), full_decision(),  full_registry()};
  return report;
}

// ---- answers
// -------------------------------------------------------------------------------------------------

namespace {

constexpr Figures kCompany{1, 120, 118, 118, 109, 113};

TreeNode tree_node(const char* id, const char* parent, std::uint16_t depth) {
  TreeNode value;
  value.unit = unit(id);
  if (parent != nullptr) {
    value.parent = unit(parent);
  }
  value.depth = depth;
  value.name = std::string(id) + " (fictional)";
  value.component = Component::military;
  value.element_kind = ElementKind::combat;
  value.echelon = Echelon::company;
  value.level = 2;
  value.freshness = Freshness::ageing;
  value.own = kCompany;
  value.rolled_up = kCompany;
  return value;
}

StatementStamp stamp(StatementKind kind) {
  return {kind,
          {node("KAZ/mod"), 41},
          at("2022-01-07T00:00:00Z"),
          at("2022-01-07T00:05:00Z"),
          at("2022-01-07T00:05:01.5Z"),
          212,
          Freshness::fresh};
}

LedgerReport refused_report() {
  Finding in_statement{Rule::v12, Severity::refuse, 3, "present", "352 + 17", "370"};
  Finding whole{Rule::v08, Severity::flag,     Finding::kWholeReport,
                "",        "valid_at is late", "an earlier time"};
  return {42,
          {Verdict::refused, {in_statement, whole}},
          ReportKind::change,
          at("2022-01-07T00:00:00Z"),
          5};
}

}  // namespace

AnswerHeader header() {
  AnswerHeader value;
  value.valid_at = at("2022-01-07T12:00:00Z");
  value.known_at = at("2022-01-07T12:30:00Z");
  value.ledger_seq = 212;
  value.realm = Realm::exercise;
  value.nations_reporting = {nation("RUS"), nation("KAZ")};
  value.nations_missing = {nation("TJK")};
  value.nations_stale = {nation("KAZ")};
  value.stale_strength = 113;
  return value;
}

Answer strength_answer() {
  StrengthAnswer body;
  body.group_by = {Dimension::nation, Dimension::component, Dimension::element_kind,
                   Dimension::level};
  body.rows = {{{"KAZ", "MILITARY", "COMBAT", "2"}, kCompany, at("2022-01-05T00:00:00Z")},
               {{"RUS", "POLICE", "POLICE", "UNKNOWN(9)"}, kCompany, {}}};
  body.total.figures = kCompany;
  body.total.figures += kCompany;
  body.total.oldest_valid_at = at("2022-01-05T00:00:00Z");
  return {header(), body};
}

Answer tree_answer() {
  TreeAnswer body;
  body.nation = nation("KAZ");
  body.nodes = {tree_node("KAZ:EX-HQ", nullptr, 0), tree_node("KAZ:EX-CBT-01", "KAZ:EX-HQ", 1)};
  body.nodes[0].rolled_up += kCompany;
  body.nodes[1].valid_at = at("2022-01-07T00:00:00Z");
  body.nodes[1].short_name = "CBT-01 (fictional)";
  body.nodes[1].sidc = "10031000141211000000";
  body.nodes[1].lifecycle = Lifecycle::standby;
  body.nodes[1].reinforcement = Reinforcement::detd;
  body.nodes[1].home = Place{43.25, 76.95};
  body.nodes[1].current = Place{43.5, 77};
  body.nodes[1].relations = {{RelationType::attached, unit("KAZ:EX-HQ"), {}, {}}};
  body.nodes[1].committed = 90;
  body.nodes[1].operations = {code("EX-OP-1")};
  return {header(), body};
}

Answer unit_answer() {
  UnitAnswer body;
  body.unit = unit("KAZ:EX-CBT-01");
  body.node = node("KAZ/mod");
  body.statements = {full_strength(), full_readiness()};
  body.stamps = {stamp(StatementKind::strength), stamp(StatementKind::readiness)};
  body.computed = {2, 3, 1, 6, 3, true};
  body.reported_overall = Level{4};
  body.effective = 4;
  body.freshness = Freshness::fresh;
  return {header(), body};
}

Answer server_info_answer() {
  ServerInfoAnswer body;
  body.software = "muster 0.1.0";
  body.started_at = at("2022-01-01T00:00:00Z");
  body.server_time = at("2022-01-07T12:30:00.125Z");
  body.ledger_seq = 212;
  body.tree_head = {212, bytes<32>(1), at("2022-01-07T12:29:59Z"), bytes<64>(7)};
  body.units = 65;
  body.nodes = {{node("KAZ/mod"), 42, bytes<32>(3), at("2022-01-07T00:05:01.5Z"), 40, 2},
                {node("TJK/mod"), 0, {}, {}, 0, 0}};
  auto live = header();
  live.realm = Realm::live;
  return {live, body};
}

Answer ledger_tail_answer() {
  LedgerReport accepted{41, {}, ReportKind::regular, at("2022-01-07T00:00:00Z"), 50};
  LedgerTailAnswer body;
  body.records = {{212,
                   at("2022-01-07T00:05:01.5Z"),
                   at("2022-01-07T00:05:00Z"),
                   node("KAZ/mod"),
                   bytes<32>(9),
                   18'432,
                   {accepted, refused_report()}}};
  body.last_ledger_seq = 212;
  return {header(), body};
}

}  // namespace muster::text::samples
