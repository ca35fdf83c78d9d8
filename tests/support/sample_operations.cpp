// SPDX-License-Identifier: Apache-2.0
#include "tests/support/sample_operations.h"

#include "tests/support/sample_reports.h"

namespace muster::tests {
namespace {

using namespace model;
using namespace std::chrono_literals;

PromisedPeople promised(std::uint64_t first) {
  return {first, first + 1, first + 2, first + 3, first + 4, first + 5, first + 6};
}
Assurance people(std::uint64_t first) { return {first, first + 1, first + 2}; }

RequirementLine line() {
  return {.line_id = code("L05"),
          .tasks = {Task::t06, Task::t11},
          .element_kind = ElementKind::combat_support,
          .capability_type = std::uint8_t{3},
          .people_min = 260,
          .people_max = 300,
          .equipment = {{EquipmentKind::engineer, 16}},
          .self_sustainment = {{SelfSustainmentCategory::tentage, std::uint16_t{15}, Count{301}}},
          .needed_within_h = 72,
          .duration_days = std::uint16_t{30},
          .must_have = true,
          .weight = 9};
}

Fix fix() {
  return {.kind = FixKind::lift_caveat,
          .unit = unit_id("RUS:EX-F"),
          .subject = "RUS/C-1",
          .people = 76,
          .element_kind = ElementKind::police,
          .tasks = {Task::t03, Task::t05},
          .capability_type = std::uint8_t{2},
          .within_h = 48,
          .text = "снять RUS/C-1"};
}
Fix new_unit() {
  Fix made;
  made.people = 60;
  return made;
}

OperationsAnswer operations() {
  return {.rows = {{.operation = code("EX-2201"),
                    .name = "Опора (fictional)",
                    .host = nation("KAZ"),
                    .state = OperationState::relocating,
                    .authorised_strength = Count{2'500},
                    .requirement_version = 7,
                    .required = 2'400,
                    .nations = 5,
                    .people = promised(11)},
                   {.operation = code("EX-2202")}}};
}

StatementStamp stamp(StatementKind kind, std::uint64_t seq) {
  return {.kind = kind,
          .report = {node_id("SEC/planner"), seq},
          .valid_at = kSampleTime - 8h,
          .issued_at = kSampleTime - 7h,
          .received_at = kSampleTime - 6h,
          .ledger_seq = seq + 1000,
          .freshness = Freshness::ageing};
}

OperationAnswer operation() {
  OperationAnswer answer;
  answer.operation = code("EX-2201");
  answer.state = OperationState::deployed;
  answer.next_states = "RELOCATING (COMMANDER)";
  answer.authorised_strength = 2'500;
  answer.commander = "Commander (fictional)";
  answer.statements = {RequirementStatement{code("EX-2201"), 7, {line()}},
                       StandbyStatement{unit_id("RUS:EX-A"), kSampleTime, kSampleTime + 1h,
                                        StandbyRole::reserve, 150}};
  answer.stamps = {stamp(StatementKind::requirement, 4), stamp(StatementKind::standby, 5)};
  answer.nations = {{.nation = nation("RUS"),
                     .units = 14,
                     .people = promised(21),
                     .equipment = {{EquipmentKind::medical, 12}, {EquipmentKind::uas, 2}},
                     .committed = 1'520,
                     .deployable = 1'727,
                     .depletion_permille = 880},
                    {.nation = nation("TJK"), .depletion_permille = {}}};
  const PublishedFigure over{"in place", Comparator::over, 2'000, kSampleTime - 5h, "press"};
  answer.figures = {{.published = over,
                     .verdict = Reconciliation::contradicts,
                     .computed = 1'710,
                     .difference = -290,
                     .permille = -145},
                    {.published = over}};
  return answer;
}

GapsAnswer gaps() {
  GapsAnswer answer;
  answer.operation = code("EX-2201");
  answer.version = 7;
  answer.needed = 2'500;
  answer.offered = 2'450;
  answer.counted = 2'400;
  answer.lacking = 100;
  LineGap gap{.line = line(),
              .offered = 240,
              .counted = 184,
              .lacking = 76,
              .causes = {{LeftOutReason::suspended, 30}, {LeftOutReason::late, 26}},
              .not_offered = 20,
              .equipment = {{EquipmentKind::engineer, 16, 13}},
              .candidates = 2,
              .candidate_people = 57,
              .fix = fix()};
  LineGap bare;
  bare.line.line_id = code("L06");
  LineGap unnamed = gap;
  unnamed.fix = new_unit();
  answer.lines = {gap, bare, unnamed};
  answer.left_out = {{.contribution = "KGZ/OFFER-5",
                      .line = code("L04"),
                      .unit = unit_id("KGZ:EX-D"),
                      .state = ContributionState::acknowledged,
                      .people = 34,
                      .counted = 4,
                      .reason = LeftOutReason::host,
                      .detail = "KGZ is the host"}};
  answer.candidates = {{code("L08"), unit_id("RUS:EX-A"), 22, 4'300}};
  return answer;
}

AssembleAnswer assembled() {
  AssembleAnswer answer;
  answer.operation = code("EX-2201");
  answer.version = 7;
  answer.goal = AssemblyGoal::balanced;
  answer.lines = {{.operation = code("EX-2202"),
                   .line = line(),
                   .people = 184,
                   .lacking = 76,
                   .equipment = {{EquipmentKind::engineer, 16, 17}},
                   .complete_min = 4'320,
                   .blocked = {{LeftOutReason::depletion, 31}},
                   .fix = fix()},
                  {.operation = code("EX-2201"), .line = line(), .complete_min = {}, .fix = {}}};
  answer.slices = {{.operation = code("EX-2202"),
                    .line = code("L03"),
                    .unit = unit_id("RUS:EX-A"),
                    .people = 150,
                    .equipment = {{EquipmentKind::wheeled_transport, 8}},
                    .ready_min = 720,
                    .freshness = Freshness::stale,
                    .level = 3,
                    .certainty = Certainty::likely,
                    .contribution = "RUS/OFFER-1"}};
  answer.nations = {{nation("RUS"), 8, 1'530, 41, 1'727, 909}, {nation("ARM"), 1, 2, 3, 0, {}}};
  answer.unused = {{unit_id("TJK:EX-E"), LeftOutReason::not_needed, "others do", 100}};
  answer.units = 13;
  answer.people = people(31);
  answer.is_met = true;
  answer.open_objective = "units";
  answer.gap_permille = 6;
  answer.complete_min = 4'321;
  return answer;
}

CommitmentsAnswer commitments() {
  return {.rows = {{.contribution = "RUS/OFFER-1",
                    .operation = code("EX-2201"),
                    .line = code("L02"),
                    .unit = unit_id("RUS:EX-A"),
                    .people = 120,
                    .equipment = {{EquipmentKind::armoured_transport, 10}},
                    .state = ContributionState::returning,
                    .from = kSampleTime - 9h,
                    .to = kSampleTime + 9h,
                    .transfer_of_authority_at = kSampleTime - 4h,
                    .authority = Authority::tacon,
                    .variation = "no tents",
                    .overlap_people = 55,
                    .report = {node_id("RUS/mod"), 51}},
                   {.operation = code("EX-2201"),
                    .line = code("L03"),
                    .unit = unit_id("BLR:EX-B"),
                    .from = {},
                    .to = {},
                    .transfer_of_authority_at = {}}},
          .accepted = 275,
          .committed = 215,
          .overlap_people = 56,
          .overdue = 40,
          .relieved = 25,
          .rotation_debt = 15,
          .nations = {{nation("BLR"), 155, 521, 297}, {nation("TJK"), 1, 0, {}}}};
}

OperationBuildupAnswer buildup() {
  return {.operation = code("EX-2201"),
          .horizon_h = 96,
          .authorised_strength = Count{2'500},
          .steps = {{12, nation("RUS"), DeploymentEchelon::advance, 4, people(41), people(44)},
                    {36, nation("BLR"), DeploymentEchelon::first, 3, people(47), people(50)}},
          .needs = {{12, 400}, {36, 1'550}}};
}

StandbyAnswer standby() {
  return {.from = kSampleTime,
          .to = kSampleTime + 100h,
          .rows = {{StandbyRole::reserve, unit_id("RUS:EX-A"), 150, kSampleTime - 1h,
                    kSampleTime + 2h, 0},
                   {StandbyRole::main, std::nullopt, 0, kSampleTime + 3h, kSampleTime + 4h, 191}}};
}

RemainingAnswer remaining() {
  return {.within_h = 49, .tasks = {Task::t08}, .rows = {{"deployable", 3'417, 2'718}, {"", 0, 1}}};
}

SustainmentAnswer sustainment() {
  return {.operation = code("EX-2201"),
          .people = 2'500,
          .days = 31,
          .rows = {{SelfSustainmentCategory::medical, 1'520, 14, 21'280, 53'720, 12, 3}}};
}

WithdrawalAnswer withdrawal() {
  return {.operation = code("EX-2201"),
          .rows = {{unit_id("RUS:EX-A"), 40, 30, 50, kSampleTime + 5h},
                   {unit_id("BLR:EX-B"), 95, 1, 2, {}}},
          .in_place = 135,
          .returning = 31,
          .released = 52};
}

}  // namespace

WhatIf sample_what_if() {
  return {.without = {nation("KAZ"), nation("ARM")},
          .host = nation("TJK"),
          .also = {code("EX-2202"), code("EX-2203")},
          .notice_min = -1'440};
}

std::vector<Query> sample_operation_queries() {
  const auto this_one = code("EX-2201");
  return {
      OperationsQuery{},
      OperationQuery{this_one},
      GapsQuery{this_one, 7},
      GapsQuery{.operation = this_one, .version = {}},
      AssembleQuery{.operation = this_one,
                    .version = 8,
                    .goal = AssemblyGoal::balanced,
                    .max_depletion_percent = std::uint8_t{80},
                    .min_freshness = Freshness::stale,
                    .time_limit_ms = 2'500},
      AssembleQuery{.operation = this_one, .version = {}, .max_depletion_percent = {}},
      CommitmentsQuery{.operation = this_one,
                       .nations = {nation("RUS"), nation("TJK")},
                       .from = kSampleTime - 30h,
                       .to = kSampleTime + 30h},
      CommitmentsQuery{},
      OperationBuildupQuery{this_one, 72},
      StandbyQuery{.nations = {nation("BLR")}, .from = kSampleTime - 31h, .to = kSampleTime + 31h},
      StandbyQuery{},
      RemainingQuery{.within_h = 49, .tasks = {Task::t08, Task::t14}},
      SustainmentQuery{.operation = this_one, .people = 2'000, .days = 31},
      SustainmentQuery{.operation = this_one, .people = {}},
      WithdrawalQuery{this_one}};
}

std::vector<AnswerBody> sample_operation_bodies() {
  return {operations(), operation(), gaps(),      assembled(),   commitments(),
          buildup(),    standby(),   remaining(), sustainment(), withdrawal()};
}

}  // namespace muster::tests
