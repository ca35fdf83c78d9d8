// SPDX-License-Identifier: Apache-2.0
// What there is of an operation, what it lacks, and who is promised to it.
#include "tests/unit/operation_samples.h"

#include "tests/unit/operation_samples_parts.h"
#include "tests/unit/text_samples.h"

namespace muster::text::samples {

using namespace model;

namespace {

// ---- statements ---------------------------------------------------------------------------------

OperationStatement operation_statement() {
  return {.operation = this_operation(),
          .name = "Опора (fictional)",
          .host = nation("KAZ"),
          .host_may_contribute = false,
          .partner = Partner::none,
          .legal_basis = {"Treaty, article 4 (fictional)"},
          .mandate_refs = {"EX-DEC-3"},
          .tasks = {Task::t08, Task::t05, Task::t03},
          .area = {{43.2, 76.8}, {43.4, 76.8}, {43.3, 77.1}},
          .authorised_strength = Count{2'500},
          .decided_at = at("2022-01-07T03:00:00Z"),
          .planned_end = {},
          .commander = "",
          .published_figures = {figure("accepted", Comparator::over, 2'500),
                                figure("in place", Comparator::over, 2'000),
                                figure("vehicles", Comparator::about, 250)}};
}

DecisionStatement decision(const char* id, Body body, OperationState from, OperationState to,
                           const char* decided_at) {
  DecisionStatement made;
  made.decision_id = code(id);
  made.body = body;
  made.operation = this_operation();
  made.from_state = from;
  made.to_state = to;
  made.decided_at = at(decided_at);
  made.reference = "Protocol (fictional)";
  return made;
}

DecisionStatement authorisation() {
  DecisionStatement made;
  made.decision_id = code("EX-DEC-3A");
  made.body = Body::council;
  made.kind = DecisionKind::authorised_strength;
  made.operation = this_operation();
  made.value = 2'500;
  made.decided_at = at("2022-01-07T03:00:00Z");
  return made;
}

DecisionStatement acceptance() {
  DecisionStatement made;
  made.decision_id = code("EX-DEC-5");
  made.kind = DecisionKind::offer_response;
  made.operation = this_operation();
  made.contribution_id = "RUS/OFFER-1";
  made.contribution_from = ContributionState::offered;
  made.contribution_to = ContributionState::accepted;
  made.decided_at = at("2022-01-07T04:30:00Z");
  return made;
}

std::vector<Statement> everything_said() {
  using enum OperationState;
  return {
      operation_statement(),
      RequirementStatement{this_operation(), 1, {command_line(), advance_line(), police_line()}},
      decision("EX-DEC-1", Body::host, draft, requested, "2022-01-07T00:00:00Z"),
      decision("EX-DEC-2", Body::secretariat, requested, consultation, "2022-01-07T01:00:00Z"),
      decision("EX-DEC-3", Body::council, consultation, decided, "2022-01-07T03:00:00Z"),
      authorisation(),
      decision("EX-DEC-4", Body::secretariat, decided, generating, "2022-01-07T04:00:00Z"),
      acceptance(),
      decision("EX-DEC-6", Body::secretariat, generating, advance_deployed,
               "2022-01-07T12:00:00Z")};
}

/// The planner said one statement a report, each received as it was issued.
std::vector<StatementStamp> stamps_of(const std::vector<Statement>& statements) {
  std::vector<StatementStamp> stamps;
  for (const auto& statement : statements) {
    const auto* said = std::get_if<DecisionStatement>(&statement);
    const auto moment = said != nullptr ? said->decided_at : at("2022-01-07T00:00:00Z");
    const auto number = stamps.size() + 1;
    stamps.push_back({.kind = kind_of(statement),
                      .report = report("SEC/planner", number),
                      .valid_at = moment,
                      .issued_at = moment,
                      .received_at = moment + Duration{1'500'000},
                      .ledger_seq = 100 + number,
                      .freshness = Freshness::fresh});
  }
  return stamps;
}

OperationNation contributor(const char* name, std::uint32_t units, const PromisedPeople& people,
                            std::vector<EquipmentCount> equipment, std::uint64_t deployable) {
  const auto committed =
      people.accepted + people.committed + people.in_transit + people.in_place + people.returning;
  return {.nation = nation(name),
          .units = units,
          .people = people,
          .equipment = std::move(equipment),
          .committed = committed,
          .deployable = deployable,
          .depletion_permille = committed * 1'000 / deployable};
}

// ---- gaps ---------------------------------------------------------------------------------------

LineGap line_gap(RequirementLine line, std::uint64_t offered, std::uint64_t counted) {
  LineGap gap;
  gap.lacking = line.people_min > counted ? line.people_min - counted : 0;
  gap.line = std::move(line);
  gap.offered = offered;
  gap.counted = counted;
  return gap;
}

LineGap main_gap() {
  auto gap = line_gap(main_line(), 1'150, 1'010);
  gap.causes = {{LeftOutReason::caveat, 140}};
  gap.fix = approval_fix();
  return gap;
}

LineGap police_gap() {
  auto gap = line_gap(police_line(), 240, 184);
  gap.causes = {{LeftOutReason::late, 26}, {LeftOutReason::stale, 30}};
  gap.not_offered = 20;
  gap.candidates = 2;
  gap.candidate_people = 57;
  gap.fix = new_police_fix();
  return gap;
}

/// Its people are there, its machines are not.
LineGap engineer_gap() {
  auto gap = line_gap(engineer_line(), 260, 260);
  gap.equipment = {{EquipmentKind::engineer, 16, 13}};
  gap.candidates = 1;
  gap.candidate_people = 24;
  gap.fix = machines_fix();
  return gap;
}

LineGap observer_gap() {
  auto gap = line_gap(observer_line(), 0, 0);
  gap.not_offered = 10;
  gap.candidates = 2;
  gap.candidate_people = 33;
  gap.fix = observer_fix();
  return gap;
}

std::vector<OfferLeftOut> left_out_offers() {
  return {{.contribution = "RUS/OFFER-14",
           .line = code("L03"),
           .unit = unit("RUS:EX-CBT-09"),
           .state = ContributionState::offered,
           .people = 140,
           .counted = 0,
           .reason = LeftOutReason::caveat,
           .detail = "C-1: T08 только с согласия, approval is outstanding"},
          {.contribution = "TJK/OFFER-6",
           .line = code("L04"),
           .unit = unit("TJK:EX-POL-01"),
           .state = ContributionState::acknowledged,
           .people = 26,
           .counted = 0,
           .reason = LeftOutReason::late,
           .detail = "ready in 55 h, 48 wanted"},
          {.contribution = "KGZ/OFFER-5",
           .line = code("L04"),
           .unit = unit("KGZ:EX-POL-01"),
           .state = ContributionState::accepted,
           .people = 34,
           .counted = 4,
           .reason = LeftOutReason::stale,
           .detail = ""}};
}

// ---- commitments --------------------------------------------------------------------------------

CommitmentRow commitment(const char* contribution, const char* line, const char* unit_id,
                         std::uint64_t people, ContributionState state) {
  CommitmentRow row;
  row.contribution = contribution;
  row.operation = this_operation();
  row.line = code(line);
  row.unit = unit(unit_id);
  row.people = people;
  row.state = state;
  row.report = report((row.unit.nation() == nation("RUS")) ? "RUS/mod" : "BLR/mod", 51);
  return row;
}

CommitmentRow advance_commitment() {
  auto row = commitment("RUS/OFFER-1", "L02", "RUS:EX-CBT-01", 120, ContributionState::in_place);
  row.equipment = {{EquipmentKind::wheeled_transport, 8}, {EquipmentKind::armoured_transport, 10}};
  row.from = at("2022-01-07T04:00:00Z");
  row.to = at("2022-02-06T00:00:00Z");
  row.transfer_of_authority_at = at("2022-01-07T12:00:00Z");
  row.authority = Authority::opcon;
  row.variation = "Без зимних палаток";
  return row;
}

/// Promised to both operations for the same days.
CommitmentRow second_promise() {
  auto row = commitment("BLR/OFFER-9", "L01", "BLR:EX-CBT-01", 60, ContributionState::accepted);
  row.operation = code("EX-2202");
  row.from = at("2022-01-10T00:00:00Z");
  row.overlap_people = 55;
  return row;
}

}  // namespace

Answer operations_answer() {
  OperationsAnswer body;
  body.rows = {{.operation = code("EX-2102"),
                .name = "Exercise of last year (fictional)",
                .host = {},
                .state = OperationState::closed,
                .authorised_strength = Count{1'200},
                .requirement_version = 4,
                .required = 1'150,
                .nations = 0,
                .people = {.released = 1'180}},
               {.operation = this_operation(),
                .name = "Опора (fictional)",
                .host = nation("KAZ"),
                .state = OperationState::advance_deployed,
                .authorised_strength = Count{2'500},
                .requirement_version = 1,
                .required = 2'500,
                .nations = 5,
                .people = {.offered = 30,
                           .accepted = 1'600,
                           .committed = 190,
                           .in_transit = 280,
                           .in_place = 400}},
               {.operation = code("EX-2202"),
                .name = "",
                .host = nation("TJK"),
                .state = OperationState::consultation,
                .authorised_strength = {},
                .requirement_version = {},
                .required = 0,
                .nations = 0,
                .people = {}}};
  return {header(), body};
}

Answer operation_answer() {
  OperationAnswer body;
  body.operation = this_operation();
  body.state = OperationState::advance_deployed;
  body.next_states = "DEPLOYING (SECRETARIAT)";
  body.authorised_strength = 2'500;
  body.commander = "Командующий (fictional)";
  body.statements = everything_said();
  body.stamps = stamps_of(body.statements);
  body.nations = {
      contributor("ARM", 4, {.accepted = 121},
                  {{EquipmentKind::wheeled_transport, 6}, {EquipmentKind::medical, 1}}, 206),
      contributor("BLR", 7, {.offered = 30, .accepted = 190, .in_transit = 280},
                  {{EquipmentKind::wheeled_transport, 22}}, 521),
      contributor("RUS", 16, {.accepted = 930, .committed = 190, .in_place = 400, .released = 12},
                  {{EquipmentKind::wheeled_transport, 72},
                   {EquipmentKind::armoured_transport, 60},
                   {EquipmentKind::engineer, 12}},
                  1'727)};
  body.nations.push_back({.nation = nation("TJK"),
                          .units = 1,
                          .people = {.offered = 26},
                          .equipment = {},
                          .committed = 0,
                          .deployable = 0,
                          .depletion_permille = {}});
  body.figures = {{.published = figure("accepted", Comparator::over, 2'500),
                   .verdict = Reconciliation::consistent,
                   .computed = 2'500,
                   .difference = 0,
                   .permille = 0},
                  {.published = figure("in place", Comparator::over, 2'000),
                   .verdict = Reconciliation::contradicts,
                   .computed = 400,
                   .difference = -1'600,
                   .permille = -800},
                  {.published = figure("vehicles", Comparator::about, 250),
                   .verdict = Reconciliation::not_comparable,
                   .computed = {},
                   .difference = 0,
                   .permille = {}}};
  return {header(), body};
}

Answer gaps_answer() {
  GapsAnswer body;
  body.operation = this_operation();
  body.version = 1;
  body.needed = 2'110;
  body.offered = 2'130;
  body.counted = 1'934;
  body.lacking = 176;
  body.lines = {line_gap(command_line(), 80, 80),
                line_gap(advance_line(), 400, 400),
                main_gap(),
                police_gap(),
                engineer_gap(),
                observer_gap()};
  body.left_out = left_out_offers();
  body.candidates = {{code("L04"), unit("RUS:EX-POL-02"), 36, 2'880},
                     {code("L04"), unit("BLR:EX-POL-01"), 21, 2'700},
                     {code("L08"), unit("RUS:EX-OBS-01"), 22, 4'300},
                     {code("L08"), unit("BLR:EX-OBS-01"), 11, 4'320}};
  return {header(), body};
}

Answer empty_gaps_answer() {
  GapsAnswer body;
  body.operation = code("EX-2202");
  body.version = 2;
  return {header(), body};
}

Answer commitments_answer() {
  CommitmentsAnswer body;
  auto offer = commitment("BLR/OFFER-3", "L03", "BLR:EX-CBT-01", 95, ContributionState::in_transit);
  offer.from = at("2022-01-07T18:00:00Z");
  offer.to = at("2022-01-20T18:00:00Z");
  offer.authority = Authority::tacon;
  offer.overlap_people = 55;
  auto bare = commitment("BLR/OFFER-4", "L04", "BLR:EX-POL-01", 54, ContributionState::offered);
  bare.report = {};
  body.rows = {advance_commitment(), offer, bare, second_promise()};
  body.accepted = 275;
  body.committed = 215;
  body.overlap_people = 55;
  body.overdue = 40;
  body.relieved = 25;
  body.rotation_debt = 15;
  body.nations = {{nation("BLR"), 155, 521, 297},
                  {nation("RUS"), 120, 1'727, 69},
                  {nation("TJK"), 0, 0, std::nullopt}};
  return {header(), body};
}

Answer operation_buildup_answer() {
  OperationBuildupAnswer body;
  body.operation = this_operation();
  body.horizon_h = 72;
  body.authorised_strength = 2'500;
  body.steps = {
      {0, nation("RUS"), DeploymentEchelon::advance, 4, {400, 400, 400}, {400, 400, 400}},
      {6, nation("BLR"), DeploymentEchelon::first, 3, {190, 280, 280}, {590, 680, 680}},
      {24, nation("ARM"), DeploymentEchelon::first, 1, {0, 75, 75}, {590, 755, 755}},
      {24, nation("RUS"), DeploymentEchelon::first, 5, {500, 570, 570}, {1'090, 1'325, 1'325}},
      {48, nation("KGZ"), DeploymentEchelon::main, 2, {0, 0, 37}, {1'090, 1'325, 1'362}},
      {72, nation("RUS"), DeploymentEchelon::main, 6, {376, 376, 376}, {1'466, 1'701, 1'738}}};
  body.needs = {{12, 400}, {36, 1'550}, {48, 1'890}, {72, 2'500}};
  return {header(), body};
}

Answer supposed(Answer answer) {
  answer.header.what_if = {.without = {nation("KAZ"), nation("ARM")},
                           .host = nation("TJK"),
                           .also = {code("EX-2202")},
                           .notice_min = -1'440};
  return answer;
}

Answer withheld(Answer answer) {
  answer.header.is_withheld = true;
  return answer;
}

}  // namespace muster::text::samples
