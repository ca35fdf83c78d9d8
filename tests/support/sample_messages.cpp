// SPDX-License-Identifier: Apache-2.0
#include "tests/support/sample_messages.h"

#include "tests/support/sample_operations.h"
#include "tests/support/sample_reports.h"

namespace muster::tests {
namespace {

using namespace model;
using namespace std::chrono_literals;

template <typename Array>
Array counting(std::uint8_t first) {
  Array bytes{};
  for (auto& byte : bytes) {
    byte = first++;
  }
  return bytes;
}

std::vector<Finding> findings() {
  return {{Rule::v12, Severity::refuse, 3, "present", "352 + 17", "370"},
          {Rule::uninterpreted, Severity::flag, Finding::kWholeReport, "", "", ""}};
}

Figures figures(std::uint32_t first) {
  Figures sum;
  sum.units = first;
  sum.authorised = first + 1;
  sum.assigned = first + 2;
  sum.on_strength = first + 3;
  sum.present = first + 4;
  sum.deployable = first + 5;
  return sum;
}

AnswerHeader header() {
  return {.valid_at = kSampleTime,
          .known_at = kSampleTime + 1s,
          .ledger_seq = 77,
          .realm = Realm::live,
          .nations_reporting = {nation("KAZ"), nation("ARM")},
          .nations_missing = {nation("TJK")},
          .nations_stale = {nation("ARM")},
          .stale_strength = 812,
          .is_withheld = true,
          .what_if = sample_what_if()};
}

StrengthAnswer strength_answer() {
  return {.group_by = {Dimension::nation, Dimension::level},
          .rows = {{{"KAZ", "1"}, figures(10), kSampleTime - 5h},
                   {{"ARM", ""}, figures(20), std::nullopt}},
          .total = {{}, figures(30), kSampleTime - 6h},
          .basis = StrengthBasis::place,
          .attachment_balance = -7};
}

TreeNode tree_node(std::string_view unit, std::string_view parent) {
  TreeNode node;
  node.unit = unit_id(unit);
  if (!parent.empty()) {
    node.parent = unit_id(parent);
  }
  node.depth = 3;
  node.name = "Қазақстан (fictional)";
  node.component = Component::police;
  node.element_kind = ElementKind::observer_group;
  node.echelon = Echelon::squadron;
  node.level = 2;
  node.freshness = Freshness::ageing;
  node.own = figures(40);
  node.rolled_up = figures(50);
  node.valid_at = kSampleTime - 7h;
  node.computed = {.p = 4, .s = 3, .r = 2, .t = 1, .overall = 4, .partial = false};
  node.on_hand = 61;
  node.fmc = 60;
  node.critical_shortfall = 5;
  node.short_name = "ҚР (fictional)";
  node.sidc = "10031000001211000000";
  node.lifecycle = Lifecycle::recovering;
  node.reinforcement = Reinforcement::ridt;
  node.home = Place{43.25, 76.95};
  node.current = Place{-1.5, -0.25};
  node.relations = {{RelationType::attached, unit_id("KAZ:EX-OTHER"), kSampleTime - 9h, {}},
                    {RelationType::opcon, unit_id("RUS:EX-OTHER"), {}, kSampleTime + 9h}};
  node.committed = 77;
  node.operations = {code("EX-OP-1"), code("EX-OP-2")};
  return node;
}

StatementStamp stamp(StatementKind kind, std::uint64_t seq) {
  return {.kind = kind,
          .report = {node_id("KAZ/mod"), seq},
          .valid_at = kSampleTime - 8h,
          .issued_at = kSampleTime - 7h,
          .received_at = kSampleTime - 6h,
          .ledger_seq = seq + 1000,
          .freshness = Freshness::stale};
}

UnitAnswer unit_answer() {
  UnitAnswer answer;
  answer.unit = unit_id("KAZ:EX-COMBAT-1");
  answer.node = node_id("KAZ/mod");
  answer.statements = {full_unit(), full_strength()};
  answer.stamps = {stamp(StatementKind::unit, 41), stamp(StatementKind::strength, 42)};
  answer.computed = {.p = 1, .s = 2, .r = 3, .t = 4, .overall = 5, .partial = false};
  answer.reported_overall = Level{2};
  answer.effective = 3;
  answer.freshness = Freshness::fresh;
  return answer;
}

ServerInfoAnswer server_info() {
  return {.software = "muster 0.1.0",
          .started_at = kSampleTime - 100h,
          .server_time = kSampleTime + 2s,
          .ledger_seq = 5000,
          .tree_head = sample_tree_head(),
          .units = 65,
          .nodes = {{node_id("KAZ/mod"), 41, counting<Hash>(7), kSampleTime - 1min, 40, 1},
                    {node_id("ARM/mod"), 0, Hash{}, std::nullopt, 0, 0}}};
}

LedgerTailAnswer ledger_tail() {
  LedgerRow row;
  row.ledger_seq = 99;
  row.received_at = kSampleTime + 3s;
  row.issued_at = kSampleTime + 2s;
  row.node = node_id("KGZ/mod");
  row.chain_hash = counting<Hash>(9);
  row.envelope_bytes = 1234;
  row.reports = {{.seq = 8,
                  .verdict = {Verdict::refused, findings()},
                  .kind = ReportKind::validation,
                  .valid_at = kSampleTime - 2h,
                  .statements = 6}};
  return {.records = {row}, .last_ledger_seq = 101};
}

// ---- the force ----------------------------------------------------------------------------------

ReadyAnswer ready_answer() {
  return {.within_h = 48,
          .tasks = {Task::t08, Task::t99},
          .rows = {{nation("KAZ"), ElementKind::combat, 3, {10, 20, 30}},
                   {nation("ARM"), ElementKind::police, 4, {11, 21, 31}}},
          .total = {{}, ElementKind::other, 7, {21, 41, 61}},
          .left_out = {{unit_id("TJK:EX-E"), LeftOutReason::late, "ready in 25 h", 100},
                       {unit_id("KGZ:EX-D"), LeftOutReason::stale, "", 80}}};
}

BuildupAnswer buildup_answer() {
  return {.horizon_h = 72,
          .tasks = {Task::t03},
          .steps = {{12, nation("RUS"), StandbyRole::first_echelon, 1, {1, 2, 3}, {4, 5, 6}},
                    {15, nation("BLR"), std::nullopt, 2, {7, 8, 9}, {10, 11, 12}}}};
}

MatrixAnswer matrix_answer() {
  return {.by_task = true,
          .trend_days = 30,
          .cells = {{nation("KAZ"), "T08", 5, 493, 2, -12, 113},
                    {nation("KGZ"), "T14", 1, 80, kNotMeasured, 0, 0}}};
}

RosterAnswer roster_answer() {
  return {.unit = unit_id("KAZ:EX-COMBAT-1"),
          .units = 3,
          .version = 7,
          .valid_at = kSampleTime - 3h,
          .people = 118,
          .present = 109,
          .deployable = 113,
          .strength = figures(60),
          .rows = {{RosterDimension::grade, "OF-3", 4, 3, 2},
                   {RosterDimension::language, "kaz", 100, 99, 98}}};
}

HistoryAnswer history_answer() {
  return {.unit = unit_id("KAZ:EX-COMBAT-1"),
          .rows = {{.kind = StatementKind::strength,
                    .report = {node_id("KAZ/mod"), 41},
                    .report_kind = ReportKind::change,
                    .valid_at = kSampleTime - 4h,
                    .issued_at = kSampleTime - 3h,
                    .received_at = kSampleTime - 2h,
                    .ledger_seq = 88,
                    .corrected_by = ReportId{node_id("KAZ/mod"), 43},
                    .changes = {{"assigned", "400", "380"}, {"present", "", "352"}}},
                   {.kind = StatementKind::roster, .report = {node_id("KAZ/mod"), 42}}}};
}

DiffAnswer diff_answer() {
  return {.from = {kSampleTime - 48h, kSampleTime - 47h},
          .to = {kSampleTime - 24h, kSampleTime - 23h},
          .before = figures(70),
          .after = figures(80),
          .rows = {{.unit = unit_id("KAZ:EX-COMBAT-1"),
                    .kind = StatementKind::training,
                    .change = {"tasks[0].state", "TRAINED", "UNTRAINED"},
                    .report = {node_id("KAZ/mod"), 44},
                    .valid_at = kSampleTime - 30h,
                    .received_at = kSampleTime - 29h},
                   {.unit = unit_id("KAZ:EX-COMBAT-2"), .change = {"assigned", "12", ""}}}};
}

StaleAnswer stale_answer() {
  return {.rows = {{unit_id("KGZ:EX-D"), StatementKind::readiness, kSampleTime - 70h,
                    Freshness::stale, 80},
                   {unit_id("TJK:EX-E"), StatementKind::strength, std::nullopt, Freshness::expired,
                    100}},
          .people_at_risk = 317,
          .people = 3'417,
          .complete_units = 61,
          .expected_units = 65};
}

CaveatsAnswer caveats_answer() {
  return {.rows = {{.caveat_id = code("C-1"),
                    .nation = nation("RUS"),
                    .unit = unit_id("RUS:EX-F"),
                    .kind = CaveatKind::task_excluded,
                    .tasks = {Task::t08, Task::t05},
                    .from = kSampleTime - 90h,
                    .to = kSampleTime + 90h,
                    .max_people = 0,
                    .text = "not for this",
                    .people_removed = 140,
                    .people_left = 60,
                    .report = {node_id("RUS/mod"), 9}},
                   {.caveat_id = code("C-2"), .nation = nation("BLR")}}};
}

OverridesAnswer overrides_answer() {
  return {.rows = {{.unit = unit_id("KAZ:EX-COMBAT-1"),
                    .computed = {1, 2, 3, 4, 4, false},
                    .reported = 5,
                    .effective = 6,
                    .direction = OverrideDirection::up,
                    .reason_code = "MOVE",
                    .authority = "CO",
                    .waiver_id = "W-7",
                    .remark = "Half of the staff moves in.",
                    .report = {node_id("KAZ/mod"), 45},
                    .valid_at = kSampleTime - 9h},
                   {.unit = unit_id("KAZ:EX-COMBAT-2")}}};
}

LedgerProofAnswer ledger_proof() {
  return {.report = {node_id("KAZ/mod"), 43},
          .ledger_seq = 17,
          .received_at = kSampleTime + 4s,
          .index = 1,
          .verdict = {Verdict::refused, findings()},
          .envelope = {1, 2, 3, 250},
          .verdicts = {Verdict::accepted, Verdict::refused},
          .key = counting<PublicKey>(21),
          .audit_path = {counting<Hash>(22), counting<Hash>(23)},
          .tree_head = sample_tree_head()};
}

DryRunAnswer dry_run_answer() {
  return {.verdicts = {{Verdict::accepted, {}}, {Verdict::refused, findings()}},
          .difference = diff_answer()};
}

std::vector<Query> force_queries() {
  return {ReadyQuery{.within_h = 48,
                     .tasks = {Task::t08, Task::t99},
                     .area = Place{51.1605, -71.4704},
                     .min_freshness = Freshness::ageing,
                     .nations = {nation("KAZ"), nation("TJK")},
                     .element_kinds = {ElementKind::combat}},
          BuildupQuery{.tasks = {Task::t03},
                       .horizon_h = 72,
                       .area = Place{-0.5, 179},
                       .nations = {nation("RUS")}},
          MatrixQuery{.by_task = true,
                      .tasks = {Task::t01, Task::t15},
                      .trend_days = 7,
                      .nations = {nation("BLR")}},
          RosterQuery{.unit = unit_id("BLR:EX-COMBAT-2"),
                      .with_subordinates = true,
                      .by = {RosterDimension::category, RosterDimension::grade}},
          HistoryQuery{.unit = unit_id("BLR:EX-COMBAT-3"),
                       .kinds = {StatementKind::roster, StatementKind::unit},
                       .from = kSampleTime - 100h,
                       .to = kSampleTime - 10h},
          DiffQuery{.from = {kSampleTime - 48h, kSampleTime - 47h},
                    .to = {kSampleTime - 24h, kSampleTime - 23h},
                    .nations = {nation("ARM")}},
          StaleQuery{.nations = {nation("KGZ")}, .kinds = {StatementKind::training}},
          CaveatsQuery{.tasks = {Task::t08}, .area = Place{1, 2}, .nations = {nation("RUS")}},
          OverridesQuery{.nations = {nation("KAZ"), nation("KGZ")}},
          LedgerProofQuery{.report = {node_id("KAZ/mod"), 43}}};
}

}  // namespace

TreeHead sample_tree_head() {
  return {.size = 17,
          .root = counting<Hash>(3),
          .at = kSampleTime + 5s,
          .signature = counting<Signature>(4)};
}

Hello sample_hello() {
  return {.protocol_version = 1, .node = node_id("KAZ/mod"), .software = "muster-node 0.1.0"};
}

Welcome sample_welcome() {
  return {.protocol_version = 1,
          .head_seq = 41,
          .head_hash = counting<Hash>(1),
          .window = 4096,
          .reports_max = 256,
          .message_bytes_max = 1'048'576,
          .realm = Realm::live,
          .server_time = kSampleTime + 9s,
          .ledger_seq = 17,
          .tree_head = sample_tree_head(),
          .software = "muster-broker 0.1.0"};
}

Ack sample_ack() {
  return {.up_to_seq = 44,
          .ledger_seq = 18,
          .reports = {{43, {Verdict::refused, findings()}}, {44, {Verdict::accepted, {}}}},
          .tree_head = sample_tree_head()};
}

Nack sample_nack() {
  return {.seq = 45,
          .code = NackCode::broken_chain,
          .message = "expected the head after 44",
          .findings = findings(),
          .retryable = true,
          .retry_after_ms = 250,
          .head_seq = 44,
          .head_hash = counting<Hash>(5)};
}

Ping sample_ping() { return {.nonce = 123'456'789, .sent_at = kSampleTime}; }
Pong sample_pong() {
  return {.nonce = 987'654'321,
          .sent_at = kSampleTime,
          .server_time = kSampleTime + 1ms,
          .ledger_seq = 19};
}
Bye sample_bye() { return {.reason = ByeReason::restart, .message = "back in a minute"}; }

EnvelopeView sample_envelope(std::vector<ByteView> reports) {
  EnvelopeView envelope;
  envelope.protocol_version = kProtocolVersion;
  envelope.node = node_id("KAZ/mod");
  envelope.link = {.first_seq = 42, .prev_hash = counting<Hash>(11)};
  envelope.issued_at = kSampleTime + 1s;
  envelope.reports = std::move(reports);
  envelope.signature = counting<Signature>(12);
  return envelope;
}

std::vector<Request> sample_requests() {
  const StrengthQuery strength{.group_by = {Dimension::level, Dimension::component},
                               .nations = {nation("KAZ"), nation("TJK")},
                               .components = {Component::police},
                               .element_kinds = {ElementKind::combat, ElementKind::other},
                               .levels = {1, 2, 6},
                               .pools = {ForcePool::crrf},
                               .basis = StrengthBasis::place};
  std::vector<Query> queries{
      strength,          TreeQuery{nation("BLR")}, UnitQuery{unit_id("BLR:EX-COMBAT-2")},
      ServerInfoQuery{}, LedgerTailQuery{12, 34},  LedgerTailQuery{std::nullopt, 5}};
  for (auto& query : force_queries()) {
    queries.push_back(std::move(query));
  }
  for (auto& query : sample_operation_queries()) {
    queries.push_back(std::move(query));
  }
  queries.push_back(DryRunQuery{.node = node_id("KAZ/mod"), .reports = {{1, 2, 250}, {4}}});
  std::vector<Request> requests;
  for (const Query& query : queries) {
    requests.push_back({.id = 900 + requests.size(),
                        .deadline_ms = 2500,
                        .as_of = kSampleTime - 24h,
                        .known_at = kSampleTime - 23h,
                        .query = query,
                        .what_if = sample_what_if()});
  }
  return requests;
}

std::vector<Answer> sample_answers() {
  const TreeAnswer tree{.nation = nation("KAZ"),
                        .nodes = {tree_node("KAZ:EX-COMMAND-1", ""),
                                  tree_node("KAZ:EX-COMBAT-1", "KAZ:EX-COMMAND-1")}};
  std::vector<Answer> answers{{header(), strength_answer()}, {header(), tree},
                              {header(), unit_answer()},     {header(), server_info()},
                              {header(), ledger_tail()},     {header(), ready_answer()},
                              {header(), buildup_answer()},  {header(), matrix_answer()},
                              {header(), roster_answer()},   {header(), history_answer()},
                              {header(), diff_answer()},     {header(), stale_answer()},
                              {header(), caveats_answer()},  {header(), overrides_answer()},
                              {header(), ledger_proof()}};
  for (auto& body : sample_operation_bodies()) {
    answers.push_back({header(), std::move(body)});
  }
  answers.push_back({header(), dry_run_answer()});
  return answers;
}

Refusal sample_refusal() {
  return {.id = 901, .code = QueryError::not_found, .message = "no unit KAZ:EX-NONE"};
}

}  // namespace muster::tests
