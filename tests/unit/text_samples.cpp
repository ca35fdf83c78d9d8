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
  return s;
}

Report full_report() {
  Report report;
  report.kind = ReportKind::correction;
  report.valid_at = at("2022-01-07T12:00:00.25Z");
  report.classification = Classification::secret;
  report.releasable_to = {nation("RUS"), nation("TJK")};
  report.corrects = ReportId{node("KAZ/mod"), 41};
  report.statements = {full_unit(),      full_strength(),     full_equipment(),
                       full_readiness(), full_availability(), full_registry()};
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
