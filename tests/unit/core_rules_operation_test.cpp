// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/core_rules_fixture.h"

// Rules about operations, what they need and what is decided about them (V29, V39).

namespace muster::core {
namespace {

using namespace std::chrono_literals;
using model::Body;
using model::ContributionState;
using model::OperationState;
using model::Rule;
using model::Severity;
using ::testing::HasSubstr;
using tests::kSampleTime;
using tests::report_of;

class OperationRules : public Rules {
 protected:
  static model::DecisionStatement step(std::string_view id, OperationState to, Body body) {
    auto decision = tests::full_decision();
    decision.decision_id = tests::code(id);
    decision.from_state = std::nullopt;
    decision.to_state = to;
    decision.body = body;
    return decision;
  }
  [[nodiscard]] OperationState state() const {
    return world_.state.agreements.operations.find("EX-2203")->state;
  }
  [[nodiscard]] ContributionState slice_state() const {
    return world_.state.agreements.contributions.find("KAZ/OFFER-1")->state;
  }
};

TEST_F(OperationRules, V29FollowsTheExerciseFromRequestToClosure) {
  // DOMAIN.md §11: the states of EX-2201, in one report and in their order.
  using enum OperationState;
  const std::vector<std::pair<OperationState, Body>> steps = {{requested, Body::host},
                                                              {consultation, Body::secretariat},
                                                              {decided, Body::council},
                                                              {generating, Body::secretariat},
                                                              {advance_deployed, Body::secretariat},
                                                              {deploying, Body::secretariat},
                                                              {deployed, Body::secretariat},
                                                              {relocating, Body::commander},
                                                              {deployed, Body::secretariat},
                                                              {stabilised, Body::host},
                                                              {withdrawing, Body::council},
                                                              {withdrawn, Body::secretariat},
                                                              {closed, Body::secretariat}};
  auto report = report_of({tests::full_operation()});
  for (const auto& [to, body] : steps) {
    report.statements.emplace_back(step("D-" + std::to_string(report.statements.size()), to, body));
  }

  accepts(report, "SEC/hq");

  EXPECT_EQ(state(), closed);
}

TEST_F(OperationRules, V29RefusesAStepThatIsNotInTheTable) {
  open_operation();

  const auto finding = office_finds(step("D-1", OperationState::decided, Body::council),
                                    {.rule = Rule::v29, .statement = 0, .field = "to_state"});

  EXPECT_EQ(finding.found, "DRAFT -> DECIDED by COUNCIL");
  EXPECT_EQ(finding.expected,
            "THREAT_REPORTED (SECRETARIAT, NATION), REQUESTED (HOST, UN), CANCELLED (SECRETARIAT)");
}

TEST_F(OperationRules, V29RefusesAStepByAnotherBody) {
  open_operation();

  office_finds(step("D-1", OperationState::requested, Body::council),
               {.rule = Rule::v29, .statement = 0, .field = "to_state"});
}

TEST_F(OperationRules, V29RefusesAStepFromWhereItIsNot) {
  open_operation();
  auto decision = step("D-1", OperationState::requested, Body::host);
  decision.from_state = OperationState::threat_reported;

  const auto finding =
      office_finds(decision, {.rule = Rule::v29, .statement = 0, .field = "from_state"});

  EXPECT_THAT(finding.expected, HasSubstr("DRAFT, where EX-2203 is"));
}

TEST_F(OperationRules, V29RefusesAStepOfAnOperationThatNobodyDeclared) {
  office_finds(step("D-1", OperationState::requested, Body::host),
               {.rule = Rule::v29, .statement = 0, .field = "operation"});
}

TEST_F(OperationRules, V29RefusesADecisionThatANationRecords) {
  open_operation();

  finds(report_of({step("D-1", OperationState::requested, Body::host)}),
        {.rule = Rule::v29, .statement = 0, .field = "decision_id"});
}

TEST_F(OperationRules, V29RefusesWhatFollowsARefusedStepInAReport) {
  open_operation();
  const auto decision =
      world_.take(report_of({step("D-1", OperationState::requested, Body::host),
                             step("D-2", OperationState::decided, Body::council)}),
                  "SEC/hq");

  ASSERT_EQ(decision.findings.size(), 1U);
  EXPECT_EQ(decision.findings[0].statement, 1U);
  EXPECT_EQ(decision.findings[0].found, "REQUESTED -> DECIDED by COUNCIL");
  EXPECT_EQ(state(), OperationState::draft);
}

TEST_F(OperationRules, V29LetsACorrectionMendTheWordsOfADecisionAlone) {
  open_operation();
  auto first = step("D-1", OperationState::requested, Body::host);
  world_.accept(report_of({first}), "SEC/hq");
  const auto first_seq = world_.seq;
  world_.accept(report_of({step("D-2", OperationState::consultation, Body::council)}), "SEC/hq");
  first.reference = "Protocol 8 (fictional)";

  accepts(correction_of(first_seq, {first}, kSampleTime, "SEC/hq"), "SEC/hq");

  EXPECT_EQ(state(), OperationState::consultation) << "what was decided after it still is";
  EXPECT_EQ((*world_.state.agreements.decisions.find("D-1"))->statement.reference,
            "Protocol 8 (fictional)");
  first.to_state = OperationState::threat_reported;
  finds(correction_of(first_seq, {first}, kSampleTime, "SEC/hq"),
        {.rule = Rule::v29, .statement = 0, .field = "to_state"}, "SEC/hq");
}

TEST_F(OperationRules, V29RefusesAStepThatWasDecidedBeforeTheLastOne) {
  open_operation();
  auto first = step("D-1", OperationState::requested, Body::host);
  first.decided_at = kSampleTime;
  by_office({first});
  auto next = step("D-2", OperationState::consultation, Body::council);
  next.decided_at = kSampleTime - 1us;

  const auto finding =
      office_finds(next, {.rule = Rule::v29, .statement = 0, .field = "decided_at"});

  EXPECT_EQ(finding.found, model::format_time(kSampleTime - 1us));
  EXPECT_EQ(finding.expected, "not before " + model::format_time(kSampleTime) +
                                  ", when D-1 took EX-2203 to REQUESTED");
  next.decided_at = kSampleTime;
  accepts(report_of({next}), "SEC/hq");
}

TEST_F(OperationRules, V29RefusesAResponseThatWasDecidedBeforeTheOffer) {
  open_operation();
  world_.accept(report_of({slice()}));
  auto early = response("D-1", ContributionState::acknowledged);
  early.decided_at = kSampleTime - 1us;

  const auto finding =
      office_finds(early, {.rule = Rule::v29, .statement = 0, .field = "decided_at"});

  EXPECT_EQ(finding.found, model::format_time(kSampleTime - 1us));
  EXPECT_EQ(finding.expected,
            "not before " + model::format_time(kSampleTime) + ", from when KAZ/OFFER-1 is true");
  early.decided_at = kSampleTime;
  accepts(report_of({early}), "SEC/hq");
}

TEST_F(OperationRules, V29LetsAnotherBodyNeitherAuthoriseNorAppoint) {
  open_operation();
  auto strength = step("D-1", OperationState::requested, Body::secretariat);
  strength.kind = model::DecisionKind::authorised_strength;
  strength.to_state = std::nullopt;
  strength.value = 100;
  auto finding = office_finds(strength, {.rule = Rule::v29, .statement = 0, .field = "body"});
  EXPECT_EQ(finding.found, "AUTHORISED_STRENGTH by SECRETARIAT");
  EXPECT_EQ(finding.expected, "COUNCIL");

  auto commander = strength;
  commander.kind = model::DecisionKind::commander;
  finding = office_finds(commander, {.rule = Rule::v29, .statement = 0, .field = "body"});
  EXPECT_EQ(finding.expected, "MINISTERS or COUNCIL");

  strength.body = Body::ministers;
  office_finds(strength, {.rule = Rule::v29, .statement = 0, .field = "body"});
  strength.body = Body::council;
  accepts(report_of({strength}), "SEC/hq");
  commander.decision_id = tests::code("D-2");
  commander.body = Body::ministers;
  accepts(report_of({commander}), "SEC/hq");
}

/// EX-2203 on its way to the end, with the slice of KAZ in place.
class EndOfOperation : public OperationRules {
 protected:
  EndOfOperation() {
    using enum OperationState;
    open_operation();
    commit_slice(slice());
    const std::pair<OperationState, Body> steps[] = {
        {requested, Body::host},        {consultation, Body::secretariat},
        {decided, Body::council},       {generating, Body::secretariat},
        {deploying, Body::secretariat}, {withdrawing, Body::council}};
    for (const auto& [to, body] : steps) {
      by_office({step("S-" + std::to_string(++steps_), to, body)});
    }
  }
  int steps_ = 0;
};

TEST_F(EndOfOperation, V29FlagsWhatIsStillOut) {
  const auto withdrawn = step("D-1", OperationState::withdrawn, Body::secretariat);
  const auto finding = office_finds(
      withdrawn,
      {.rule = Rule::v29, .severity = Severity::flag, .statement = 0, .field = "to_state"});
  EXPECT_EQ(finding.found, "WITHDRAWN with 85 people not released: KAZ/OFFER-1 85 COMMITTED");

  const auto closed = step("D-2", OperationState::closed, Body::secretariat);
  office_finds(
      closed, {.rule = Rule::v29, .severity = Severity::flag, .statement = 0, .field = "to_state"});
}

TEST_F(EndOfOperation, V29LetsPeopleTravelBackUntilTheClose) {
  using enum ContributionState;
  for (const auto next : {in_transit, in_place, returning}) {
    world_.accept(report_of({slice(85, next)}));
  }

  accepts(report_of({step("D-1", OperationState::withdrawn, Body::secretariat)}), "SEC/hq");
  office_finds(
      step("D-2", OperationState::closed, Body::secretariat),
      {.rule = Rule::v29, .severity = Severity::flag, .statement = 0, .field = "to_state"});
}

TEST_F(EndOfOperation, V29IsSilentWhenAllAreHome) {
  using enum ContributionState;
  for (const auto next : {in_transit, in_place, returning, released}) {
    world_.accept(report_of({slice(85, next)}));
  }

  accepts(report_of({step("D-1", OperationState::withdrawn, Body::secretariat)}), "SEC/hq");
}

TEST_F(OperationRules, V29TakesNothingForAnOperationThatIsOver) {
  open_operation();
  world_.accept(report_of({slice()}, kDayBefore));
  by_office({response("D-1", ContributionState::acknowledged)});
  by_office({step("D-2", OperationState::cancelled, Body::secretariat)});

  const auto finding =
      office_finds(response("D-3", ContributionState::accepted),
                   {.rule = Rule::v29, .statement = 0, .field = "contribution_to"});
  EXPECT_EQ(finding.expected, "an operation that goes on: EX-2203 is CANCELLED");

  auto another = slice(10);
  another.contribution_id = tests::code("OFFER-2");
  finds(
      another,
      {.rule = Rule::v29, .severity = Severity::flag, .statement = 0, .field = "contribution_id"});
}

TEST_F(OperationRules, V39TakesNothingForALineThatIsNotAskedFor) {
  open_operation();
  auto stray = slice();
  stray.sor_line = tests::code("L77");
  const auto finding = finds(
      stray,
      {.rule = Rule::v39, .severity = Severity::flag, .statement = 0, .field = "contribution_id"});
  EXPECT_EQ(finding.found, "KAZ/OFFER-1 for line L77");
  by_office({response("D-1", ContributionState::acknowledged)});

  office_finds(response("D-2", ContributionState::accepted),
               {.rule = Rule::v39, .statement = 0, .field = "contribution_to"});
}

TEST_F(OperationRules, V39WaitsForTheRequirement) {
  auto stray = slice();
  stray.sor_line = tests::code("L77");
  accepts(report_of({stray}));
}

TEST_F(OperationRules, V39RefusesMoreLinesThanCanBeJudged) {
  auto requirement = tests::full_requirement();
  const auto line = requirement.lines[0];
  requirement.lines.clear();
  for (std::size_t i = 0; i < 256; ++i) {
    requirement.lines.push_back(line);
    requirement.lines.back().line_id = tests::code("L" + std::to_string(i));
  }
  accepts(report_of({requirement}), "SEC/hq");

  requirement.lines.push_back(line);
  const auto finding =
      office_finds(requirement, {.rule = Rule::v39, .statement = 0, .field = "lines"});
  EXPECT_EQ(finding.found, "257 lines");
}

TEST_F(OperationRules, V29TakesASliceFromOfferToRelease) {
  using enum ContributionState;
  open_operation();
  commit_slice(slice());
  for (const auto next : {in_transit, in_place, returning, released}) {
    accepts(report_of({slice(85, next)}));
    EXPECT_EQ(slice_state(), next);
  }

  const auto finding =
      finds(slice(85, offered), {.rule = Rule::v29, .statement = 0, .field = "state"});
  EXPECT_EQ(finding.expected, "nothing: RELEASED is final");
}

TEST_F(OperationRules, V29RefusesASliceThatWasNeverOffered) {
  open_operation();

  finds(slice(85, ContributionState::committed),
        {.rule = Rule::v29, .statement = 0, .field = "state"});
}

TEST_F(OperationRules, V29RefusesANationThatAcceptsItself) {
  open_operation();
  world_.accept(report_of({slice()}));

  const auto finding = finds(slice(85, ContributionState::acknowledged),
                             {.rule = Rule::v29, .statement = 0, .field = "state"});

  EXPECT_EQ(finding.expected, "ACKNOWLEDGED (SECRETARIAT), WITHDRAWN_BY_NATION (NATION)");
}

TEST_F(OperationRules, V29RefusesAResponseThatLeapsOrThatNobodyAskedFor) {
  open_operation();
  world_.accept(report_of({slice()}));
  office_finds(response("D-1", ContributionState::accepted),
               {.rule = Rule::v29, .statement = 0, .field = "contribution_to"});
  office_finds(response("D-1", ContributionState::acknowledged, "KAZ/OFFER-9"),
               {.rule = Rule::v29, .statement = 0, .field = "contribution_id"});

  auto by_council = response("D-1", ContributionState::acknowledged);
  by_council.body = Body::council;
  office_finds(by_council, {.rule = Rule::v29, .statement = 0, .field = "contribution_to"});

  auto from_elsewhere = response("D-1", ContributionState::acknowledged);
  from_elsewhere.contribution_from = ContributionState::accepted;
  office_finds(from_elsewhere, {.rule = Rule::v29, .statement = 0, .field = "contribution_from"});
}

TEST_F(OperationRules, V29LetsACorrectionMendAnOfferThatWasAccepted) {
  open_operation();
  world_.accept(report_of({slice(85)}, kDayBefore));
  const auto offered = world_.seq;
  by_office({response("D-1", ContributionState::acknowledged)});
  by_office({response("D-2", ContributionState::accepted)});

  accepts(correction_of(offered, {slice(80)}, kDayBefore));

  EXPECT_EQ(slice_state(), ContributionState::accepted);
  // The slice counts as the accepted one that it is, not as an offer.
  finds(correction_of(offered, {slice(109)}, kDayBefore),
        {.rule = Rule::v26, .statement = 0, .field = "people"});
}

TEST_F(OperationRules, V36RefusesAnIdentifierOfADecisionThatWasTakenBefore) {
  open_operation();
  world_.accept(report_of({step("D-1", OperationState::requested, Body::host)}), "SEC/hq");

  const auto finding = office_finds(step("D-1", OperationState::consultation, Body::council),
                                    {.rule = Rule::v36, .statement = 0, .field = "decision_id"});

  EXPECT_THAT(finding.found, HasSubstr("SEC/hq#3"));
}

TEST_F(OperationRules, V36RefusesADecisionOrALineTwice) {
  open_operation();
  const auto decision = step("D-1", OperationState::requested, Body::host);
  finds(report_of({decision, decision}),
        {.rule = Rule::v36, .statement = 1, .field = "decision_id"}, "SEC/hq");

  auto requirement = tests::full_requirement();
  requirement.lines.push_back(requirement.lines[0]);
  office_finds(requirement, {.rule = Rule::v36, .statement = 0, .field = "lines[1].line_id"});
}

TEST_F(OperationRules, V18AsksEachDecisionForWhatItIsAbout) {
  using enum model::DecisionKind;
  open_operation();
  const std::vector<std::pair<model::DecisionKind, std::string>> needs = {
      {state_change, "to_state"},
      {offer_response, "contribution_id"},
      {authorised_strength, "value"},
      {commander, "reference"},
      {caveat_approval, "contribution_id"}};
  for (const auto& [kind, field] : needs) {
    model::DecisionStatement decision{.decision_id = tests::code("D-1"),
                                      .body = kind == authorised_strength || kind == commander
                                                  ? Body::council
                                                  : Body::secretariat,
                                      .kind = kind,
                                      .operation = tests::code("EX-2203"),
                                      .contribution_id = "",
                                      .contribution_to = ContributionState::acknowledged,
                                      .decided_at = kSampleTime,
                                      .reference = ""};
    office_finds(decision, {.rule = Rule::v18, .statement = 0, .field = field});
  }
}

TEST_F(OperationRules, V18AsksForTheHostAndTheNameOfAnOperation) {
  auto operation = tests::full_operation();
  operation.host = std::nullopt;
  office_finds(operation, {.rule = Rule::v18, .statement = 0, .field = "host"});

  operation = tests::full_operation();
  operation.name.clear();
  office_finds(operation, {.rule = Rule::v18, .statement = 0, .field = "name"});
}

TEST_F(OperationRules, V10RefusesDatesAndNumbersOfAnotherAge) {
  auto operation = tests::full_operation();
  operation.planned_end = model::kTimeMax;
  office_finds(operation, {.rule = Rule::v10, .statement = 0, .field = "planned_end"});

  operation = tests::full_operation();
  operation.authorised_strength = 200'001;
  office_finds(operation, {.rule = Rule::v10, .statement = 0, .field = "authorised_strength"});

  open_operation();
  auto decision = step("D-1", OperationState::requested, Body::host);
  decision.decided_at = model::UtcTime{};
  office_finds(decision, {.rule = Rule::v10, .statement = 0, .field = "decided_at"});

  decision = step("D-1", OperationState::requested, Body::host);
  decision.kind = model::DecisionKind::authorised_strength;
  decision.body = Body::council;
  decision.value = -1;
  office_finds(decision, {.rule = Rule::v10, .statement = 0, .field = "value"});
}

TEST_F(OperationRules, V10RefusesThresholdsThatCannotBeComputedWith) {
  model::RegistryStatement registry;
  registry.policies.resize(1);
  registry.policies[0].valid_from = kSampleTime;
  registry.policies[0].deployable = {90, 95, 70};
  finds(report_of({registry}),
        {.rule = Rule::v10, .statement = 0, .field = "policies[0].deployable"}, "REG/registry");

  registry.policies[0].deployable = {90, 80, 70};
  registry.policies[0].road_kmh = 0;
  finds(report_of({registry}), {.rule = Rule::v10, .statement = 0, .field = "policies[0].road_kmh"},
        "REG/registry");

  registry.policies[0].road_kmh = 30;
  accepts(report_of({registry}), "REG/registry");
}

TEST_F(OperationRules, V10RefusesEchelonsAndDepletionThatMeanNothing) {
  const auto refused = [&](auto change, const std::string& field) {
    model::RegistryStatement registry;
    registry.policies.resize(1);
    registry.policies[0].valid_from = kSampleTime;
    change(registry.policies[0]);
    finds(report_of({registry}),
          {.rule = Rule::v10, .statement = 0, .field = "policies[0]." + field}, "REG/registry");
  };
  refused([](auto& p) { p.first_within_h = 23; }, "first_within_h");
  refused([](auto& p) { p.first_within_h = 8'761; }, "first_within_h");
  refused([](auto& p) { p.max_depletion_percent = 0; }, "max_depletion_percent");
  refused([](auto& p) { p.max_depletion_percent = 101; }, "max_depletion_percent");

  model::RegistryStatement registry;
  registry.policies.resize(1);
  registry.policies[0].valid_from = kSampleTime;
  registry.policies[0].advance_within_h = registry.policies[0].first_within_h = 8'760;
  registry.policies[0].max_depletion_percent = 1;
  accepts(report_of({registry}), "REG/registry");
  registry.policies[0].advance_within_h = registry.policies[0].first_within_h = 8'761;
  EXPECT_EQ(world_.take(report_of({registry}), "REG/registry").verdict, model::Verdict::refused);
}

TEST_F(OperationRules, V33FlagsAPersonInAReferenceButNotTheCommander) {
  open_operation();
  auto decision = step("D-1", OperationState::requested, Body::host);
  decision.reference = "Letter of Ivanov I.I.";
  office_finds(
      decision,
      {.rule = Rule::v33, .severity = Severity::flag, .statement = 0, .field = "reference"});

  decision.decision_id = tests::code("D-2");
  decision.kind = model::DecisionKind::commander;
  decision.body = Body::ministers;
  decision.to_state = std::nullopt;
  accepts(report_of({decision}), "SEC/hq");
}

TEST_F(OperationRules, V38FlagsCodesOfOperationsThatAreNotKnown) {
  auto operation = tests::full_operation();
  operation.partner = static_cast<model::Partner>(99);
  office_finds(operation,
               {.rule = Rule::v38, .severity = Severity::flag, .statement = 0, .field = "partner"});

  auto requirement = tests::full_requirement();
  requirement.lines[0].element_kind = static_cast<model::ElementKind>(99);
  office_finds(requirement, {.rule = Rule::v38,
                             .severity = Severity::flag,
                             .statement = 0,
                             .field = "lines[0].element_kind"});

  auto decision = step("D-1", OperationState::requested, Body::host);
  decision.kind = static_cast<model::DecisionKind>(99);
  office_finds(decision,
               {.rule = Rule::v38, .severity = Severity::flag, .statement = 0, .field = "kind"});
}

TEST_F(OperationRules, V39RefusesALineThatCannotBeMet) {
  auto requirement = tests::full_requirement();
  requirement.lines[0].people_min = 1'151;
  const auto finding = office_finds(
      requirement, {.rule = Rule::v39, .statement = 0, .field = "lines[0].people_min"});
  EXPECT_EQ(finding.found, "L03: at least 1151 people");

  requirement.lines[0].people_min = 1'150;
  accepts(report_of({requirement}), "SEC/hq");

  requirement.lines[0].tasks.clear();
  office_finds(requirement, {.rule = Rule::v39, .statement = 0, .field = "lines[0].tasks"});
}

TEST_F(OperationRules, V10RefusesALineOutOfItsRange) {
  const auto out_of_range = [&](auto change, const std::string& field) {
    auto requirement = tests::full_requirement();
    change(requirement.lines[0]);
    office_finds(requirement, {.rule = Rule::v10, .statement = 0, .field = field});
  };
  out_of_range([](auto& l) { l.needed_within_h = 8761; }, "lines[0].needed_within_h");
  out_of_range([](auto& l) { l.weight = 0; }, "lines[0].weight");
  out_of_range([](auto& l) { l.capability_type = std::uint8_t{5}; }, "lines[0].capability_type");
  out_of_range([](auto& l) { l.duration_days = std::uint16_t{0}; }, "lines[0].duration_days");
  out_of_range([](auto& l) { l.equipment[0].count = 1'000'001; }, "lines[0].equipment[0].count");
  out_of_range([](auto& l) { l.self_sustainment[0].days_of_supply = std::uint16_t{181}; },
               "lines[0].self_sustainment[0].days_of_supply");
}

}  // namespace
}  // namespace muster::core
