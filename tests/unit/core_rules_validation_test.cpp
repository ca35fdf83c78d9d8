// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/core_rules_fixture.h"

// V21: a VALIDATION says again what counts, and hides no change.

namespace muster::core {
namespace {

using namespace std::chrono_literals;
using model::Rule;
using ::testing::HasSubstr;
using tests::report_of;

TEST_F(Rules, V21AcceptsAValidationThatRepeatsAndResetsTheAge) {
  world_.accept(report_of({readiness_at_home()}, kDayBefore));

  accepts(validation_of({tests::full_unit(), tests::full_equipment(), readiness_at_home()}));

  const auto* unit = world_.state.units.find(tests::unit_id("KAZ:EX-COMBAT-1"));
  EXPECT_EQ(unit->readiness->stamp.valid_at, tests::kSampleTime);
}

TEST_F(Rules, V21RefusesAValidationThatHidesALevel) {
  world_.accept(report_of({readiness_at_home()}, kDayBefore));
  using Readiness = model::ReadinessStatement;
  const std::vector<std::pair<std::optional<model::Level> Readiness::*, std::string>> levels = {
      {&Readiness::p, "P"},
      {&Readiness::s, "S"},
      {&Readiness::r, "R"},
      {&Readiness::reported_overall, "reported_overall"}};
  for (const auto& [member, name] : levels) {
    auto readiness = readiness_at_home();
    readiness.*member = readiness.*member == 3 ? model::Level{4} : model::Level{3};

    const auto finding =
        finds(validation_of({readiness}), {.rule = Rule::v21, .statement = 0, .field = name});

    EXPECT_THAT(finding.expected, HasSubstr("KAZ/mod#2 said"));
  }
}

TEST_F(Rules, V21RefusesAValidationThatHidesAMission) {
  open_operation();
  commit_slice(slice_of_people());
  auto readiness = readiness_at_home();
  readiness.missions = {{tests::code("EX-2203"), model::Level{3}, std::uint8_t{71}}};
  world_.accept(report_of({readiness}, kDayBefore));
  readiness.missions[0].percent_effective = std::uint8_t{70};

  finds(validation_of({readiness}), {.rule = Rule::v21, .statement = 0, .field = "missions"});
}

TEST_F(Rules, V21RefusesAValidationThatHidesARelation) {
  auto unit = tests::full_unit();
  unit.relations[0].to = tests::kSampleTime;
  const auto finding =
      finds(validation_of({unit}), {.rule = Rule::v21, .statement = 0, .field = "relations"});
  EXPECT_THAT(finding.found, HasSubstr("CHILD_OF KAZ:EX-COMMAND-1"));

  unit = tests::full_unit();
  unit.lifecycle = model::Lifecycle::standby;
  finds(validation_of({unit}), {.rule = Rule::v21, .statement = 0, .field = "lifecycle"});
}

TEST_F(Rules, V21LetsAValidationTellOtherCountsOfPeople) {
  accepts(validation_of({tests::full_strength()}));
}

TEST_F(Rules, V21RefusesAValidationThatHidesACommitment) {
  open_operation();
  commit_slice(slice(85));
  const auto fewer = slice(84, model::ContributionState::committed);

  const auto finding =
      finds(validation_of({fewer}), {.rule = Rule::v21, .statement = 0, .field = "people"});

  EXPECT_EQ(finding.found, "84");
  EXPECT_THAT(finding.expected, HasSubstr("85"));
  finds(validation_of({slice(85, model::ContributionState::in_transit)}),
        {.rule = Rule::v21, .statement = 0, .field = "state"});
  accepts(validation_of({slice(85, model::ContributionState::committed)}));
}

TEST_F(Rules, V21RefusesToValidateWhatWasNeverSaid) {
  const std::vector<std::pair<model::Statement, std::string>> never_said = {
      {tests::full_training(), "unit"},     {tests::full_self_sustainment(), "unit"},
      {tests::full_availability(), "unit"}, {readiness_at_home(), "unit"},
      {tests::full_roster(), "unit"},       {tests::full_caveat(), "caveat_id"},
      {tests::full_standby(), "unit"},      {slice(), "contribution_id"}};
  for (const auto& [statement, field] : never_said) {
    const auto finding =
        finds(validation_of({statement}), {.rule = Rule::v21, .statement = 0, .field = field});

    EXPECT_THAT(finding.found, HasSubstr("nothing was said before"));
  }
}

TEST_F(Rules, V21LetsTheSecretariatValidateAndAppliesADecisionOnce) {
  open_operation();
  auto threat = tests::full_decision();
  threat.body = model::Body::secretariat;
  threat.from_state = model::OperationState::draft;
  threat.to_state = model::OperationState::threat_reported;
  auto request = threat;
  request.decision_id = tests::code("DEC-9");
  request.body = model::Body::host;
  request.from_state = model::OperationState::threat_reported;
  request.to_state = model::OperationState::requested;
  by_office({threat, request});

  accepts(validation_of({tests::full_operation(), tests::full_requirement(), threat}), "SEC/hq");

  EXPECT_EQ(world_.state.agreements.operations.find("EX-2203")->state,
            model::OperationState::requested);
}

TEST_F(Rules, V21RefusesAValidationOfAnotherDecision) {
  open_operation();
  finds(validation_of({tests::full_decision()}),
        {.rule = Rule::v21, .statement = 0, .field = "decision_id"}, "SEC/hq");
}

}  // namespace
}  // namespace muster::core
