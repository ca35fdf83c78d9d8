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
      {&Readiness::p, "p"},
      {&Readiness::s, "s"},
      {&Readiness::r, "r"},
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
  commit_slice(slice());
  auto readiness = readiness_at_home();
  readiness.missions = {{tests::code("EX-2203"), model::Level{3}, std::uint8_t{71}}};
  world_.accept(report_of({readiness}, kDayBefore));
  readiness.missions[0].percent_effective = std::uint8_t{70};

  const auto finding =
      finds(validation_of({readiness}),
            {.rule = Rule::v21, .statement = 0, .field = "missions[EX-2203].percent_effective"});
  EXPECT_EQ(finding.found, "70");
}

TEST_F(Rules, V21RefusesAValidationThatHidesARelation) {
  auto unit = tests::full_unit();
  unit.relations[0].to = tests::kSampleTime;
  const auto finding = finds(validation_of({unit}),
                             {.rule = Rule::v21, .statement = 0, .field = "relations[CHILD_OF]"});
  EXPECT_THAT(finding.found, HasSubstr("KAZ:EX-COMMAND-1"));

  unit = tests::full_unit();
  unit.lifecycle = model::Lifecycle::standby;
  finds(validation_of({unit}), {.rule = Rule::v21, .statement = 0, .field = "lifecycle"});
}

TEST_F(Rules, V21RefusesAValidationThatHidesOtherCountsOfPeople) {
  auto strength = people({.authorised = 120, .assigned = 108, .present = 108, .deployable = 108});
  accepts(validation_of({strength}));
  strength.authorised = 121;

  const auto finding =
      finds(validation_of({strength}), {.rule = Rule::v21, .statement = 0, .field = "authorised"});

  EXPECT_EQ(finding.found, "121");
  EXPECT_EQ(finding.expected, "120, as KAZ/mod#2 said; what changed is a CHANGE");
}

TEST_F(Rules, V21ComparesEveryKindOfStatementOnAUnit) {
  auto unit = tests::full_unit();
  unit.short_name = "Other";
  auto equipment = tests::full_equipment();
  equipment.holdings[0].required = *equipment.holdings[0].required + 1;
  auto sustainment = tests::full_self_sustainment();
  sustainment.lines[0].covered_people = 7;
  auto training = tests::full_training();
  training.tasks[0].last_exercise = kDayBefore;
  auto availability = tests::full_availability();
  availability.load_min = 239;
  const auto item = equipment.holdings[0].item_code.str();
  const auto line = model::to_text(sustainment.lines[0].category);
  const auto task = model::to_text(training.tasks[0].task);
  world_.accept(report_of(
      {tests::full_self_sustainment(), tests::full_training(), tests::full_availability()},
      kDayBefore));
  const std::vector<std::pair<model::Statement, std::string>> changed = {
      {unit, "short_name"},
      {equipment, "holdings[" + item + "].required"},
      {sustainment, "lines[" + line + "].covered_people"},
      {training, "tasks[" + task + "].last_exercise"},
      {availability, "load_min"}};
  for (const auto& [statement, field] : changed) {
    finds(validation_of({statement}), {.rule = Rule::v21, .statement = 0, .field = field});
  }
  accepts(
      validation_of({tests::full_unit(), tests::full_equipment(), tests::full_self_sustainment(),
                     tests::full_training(), tests::full_availability()}));
}

TEST_F(Rules, V21TakesAnotherOrderForNoChange) {
  auto equipment = tests::full_equipment();
  std::swap(equipment.holdings[0], equipment.holdings[1]);

  accepts(validation_of({equipment}));
}

TEST_F(Rules, V21NamesFiveFieldsOfAStatement) {
  auto strength = tests::full_strength();
  const auto decision = world_.take(validation_of({strength, tests::full_training()}));

  ASSERT_EQ(decision.findings.size(), 6U) << "five of the Strength, and a Training never sent";
  for (const auto& finding : decision.findings) {
    EXPECT_EQ(finding.rule, Rule::v21);
  }
  EXPECT_EQ(decision.findings[0].field, "absences[COURSE_TDY]");
  EXPECT_EQ(decision.findings[0].found, "2");
  EXPECT_THAT(decision.findings[0].expected, HasSubstr("nothing, as KAZ/mod#"));
  EXPECT_EQ(decision.findings[5].statement, 1U);
}

TEST_F(Rules, V21NamesARemarkAndNeverShowsIt) {
  world_.accept(report_of({readiness_at_home()}, kDayBefore));
  auto readiness = readiness_at_home();
  readiness.remarks = "tyres came";

  const auto finding =
      finds(validation_of({readiness}), {.rule = Rule::v21, .statement = 0, .field = "remarks"});

  EXPECT_EQ(finding.found, "another text");
  EXPECT_EQ(finding.expected, "the same, as KAZ/mod#2 said; what changed is a CHANGE");
}

TEST_F(Rules, V21RefusesAValidationThatHidesAnotherRoster) {
  const auto known = tests::full_roster();
  world_.accept(report_of({known}, kDayBefore));
  accepts(validation_of({known}));

  auto roster = known;
  roster.version += 1;
  finds(validation_of({roster}), {.rule = Rule::v21, .statement = 0, .field = "version"});
  roster = known;
  roster.upserts.pop_back();
  const auto fewer = world_.take(validation_of({roster}));
  EXPECT_EQ(fewer.verdict, model::Verdict::refused);
  EXPECT_THAT(fewer.findings,
              ::testing::Contains(::testing::Field(&model::Finding::field, "people")));
  roster = known;
  roster.upserts[0].languages = {"rus", "eng", "deu"};
  finds(validation_of({roster}), {.rule = Rule::v21, .statement = 0, .field = "upserts"});

  roster = {.unit = known.unit,
            .version = known.version + 1,
            .form = model::RosterForm::delta,
            .base_version = known.version,
            .upserts = {},
            .removals = {}};
  finds(validation_of({roster}), {.rule = Rule::v21, .statement = 0, .field = "form"});
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
