// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/core_rules_fixture.h"

// Rules about people and items. full_strength(): 112 assigned + 6 - 4 = 114 on strength = 104
// present + 10 absent = 108 deployable + 6 not.

namespace muster::core {
namespace {

using model::Rule;
using model::Severity;
using ::testing::HasSubstr;

TEST_F(Rules, V10RefusesMorePeopleThanThereCanBe) {
  auto strength = tests::full_strength();
  strength.authorised = 200'001;

  const auto finding = finds(strength, {.rule = Rule::v10, .statement = 0, .field = "authorised"});

  EXPECT_EQ(finding.expected, "0 to 200000");
}

TEST_F(Rules, V10RefusesMoreItemsThanThereCanBe) {
  auto equipment = tests::full_equipment();
  equipment.holdings[0].authorised = 1'000'001;

  finds(equipment, {.rule = Rule::v10, .statement = 0, .field = "holdings[0].authorised"});
}

TEST_F(Rules, V10RefusesAStockNumberThatIsNone) {
  auto equipment = tests::full_equipment();
  equipment.holdings[0].nsn = "235501234567";

  finds(equipment, {.rule = Rule::v10, .statement = 0, .field = "holdings[0].nsn"});
}

TEST_F(Rules, V10RefusesATimeThatIsATypingMistake) {
  auto strength = tests::full_strength();
  strength.ledger_from = model::UtcTime{};

  finds(strength, {.rule = Rule::v10, .statement = 0, .field = "ledger_from"});
}

TEST_F(Rules, V11RefusesMorePresentThanOnStrength) {
  auto strength = tests::full_strength();
  strength.present = 115;
  strength.absences.clear();
  strength.cells.clear();
  const auto report = tests::report_of({strength});

  const auto decision = world_.take(report);

  // 115 of 114 contradicts the sum of V12 as well: the one cannot be broken without the other.
  ASSERT_EQ(decision.findings.size(), 2U);
  EXPECT_EQ(decision.findings[0].rule, Rule::v11);
  EXPECT_EQ(decision.findings[0].field, "present");
  EXPECT_EQ(decision.findings[0].expected,
            "at most on strength 114 = assigned 112 + attached in 6 - detached out 4");
  EXPECT_EQ(decision.findings[1].rule, Rule::v12);
  EXPECT_TRUE(decision.changes.empty());
}

TEST_F(Rules, V11RefusesMoreDetachedThanThereAre) {
  auto strength = tests::full_strength();
  strength.detached_out = 119;

  finds(strength, {.rule = Rule::v11, .statement = 0, .field = "detached_out"});
}

TEST_F(Rules, V12RefusesPresentAndAbsentThatAreNotAll) {
  auto strength = tests::full_strength();
  strength.absences[0].count += 1;

  const auto finding = finds(strength, {.rule = Rule::v12, .statement = 0, .field = "absences"});

  EXPECT_EQ(finding.found, "present 104 + absent 11 = 115");
  EXPECT_THAT(finding.expected, HasSubstr("on strength 114"));
}

TEST_F(Rules, V13RefusesDeployableAndNotThatAreNotAll) {
  auto strength = tests::full_strength();
  strength.non_deployable[1].count -= 1;

  const auto finding =
      finds(strength, {.rule = Rule::v13, .statement = 0, .field = "non_deployable"});

  EXPECT_EQ(finding.found, "deployable 108 + non-deployable 5 = 113");
}

TEST_F(Rules, V13RefusesThoseInHospitalAsDeployable) {
  auto strength = tests::full_strength();
  // Seven cannot go, six are said not to be deployable.
  strength.absences = {{model::AbsenceReason::hospital, 2},
                       {model::AbsenceReason::unauthorised, 2},
                       {model::AbsenceReason::confined, 2},
                       {model::AbsenceReason::missing, 1},
                       {model::AbsenceReason::leave, 3}};

  finds(strength, {.rule = Rule::v13, .statement = 0, .field = "deployable"});
}

TEST_F(Rules, V13LetsThoseOnLeaveBeDeployable) {
  auto strength = tests::full_strength();
  strength.absences = {{model::AbsenceReason::leave, 10}};
  strength.deployable = 114;
  strength.non_deployable.clear();
  strength.cells.clear();

  accepts(tests::report_of({strength}));
}

TEST_F(Rules, V14RefusesCellsThatDoNotAddUp) {
  for (const auto* field : {"cells.on_strength", "cells.present", "cells.deployable"}) {
    auto strength = tests::full_strength();
    auto& cell = strength.cells[2];
    (field == std::string("cells.on_strength") ? cell.on_strength
     : field == std::string("cells.present")   ? cell.present
                                               : cell.deployable) += 1;

    finds(strength, {.rule = Rule::v14, .statement = 0, .field = field});
  }
}

TEST_F(Rules, V15FlagsAChangeThatGainsAndLossesDoNotExplain) {
  // 108 a day ago + 5 gained - 1 lost are 112.
  auto strength = tests::full_strength();
  strength.losses[0].count = 2;

  const auto finding =
      finds(strength,
            {.rule = Rule::v15, .severity = Severity::flag, .statement = 0, .field = "assigned"});

  EXPECT_EQ(finding.found, "112");
  EXPECT_EQ(finding.expected, "111 = 108 at ledger_from + 5 gained - 2 lost; +1 here");
}

TEST_F(Rules, V15HasNothingToCompareWithBeforeTheFirstStrength) {
  auto strength = tests::full_strength();
  strength.losses[0].count = 2;
  strength.ledger_from = kDayBefore - std::chrono::microseconds{1};

  accepts(tests::report_of({strength}));
}

TEST_F(Rules, V15ComparesWithTheWordThatCountedAtLedgerFrom) {
  world_.accept(tests::report_of({people({.assigned = 150})}, kDayBefore + std::chrono::hours{12}));

  accepts(tests::report_of({tests::full_strength()}));
}

TEST_F(Rules, V16RefusesItemsWhoseStateDoesNotAddUp) {
  auto equipment = tests::full_equipment();
  equipment.holdings[1].nmc = 2;

  const auto finding =
      finds(equipment, {.rule = Rule::v16, .statement = 0, .field = "holdings[1].on_hand"});

  EXPECT_EQ(finding.found, "HELI.MED_2: fmc 3 + pmc 0 + nmc 2 = 5");
}

TEST_F(Rules, V18RefusesEachCountThatIsMissing) {
  using Strength = model::StrengthStatement;
  const std::vector<std::pair<std::optional<model::Count> Strength::*, std::string>> mandatory = {
      {&Strength::authorised, "authorised"},   {&Strength::assigned, "assigned"},
      {&Strength::attached_in, "attached_in"}, {&Strength::detached_out, "detached_out"},
      {&Strength::present, "present"},         {&Strength::deployable, "deployable"}};
  for (const auto& [member, name] : mandatory) {
    auto strength = tests::full_strength();
    strength.*member = std::nullopt;

    finds(strength, {.rule = Rule::v18, .statement = 0, .field = name});
  }
}

TEST_F(Rules, V18RefusesAnItemWithoutItsCounts) {
  auto equipment = tests::full_equipment();
  equipment.holdings[0].required = std::nullopt;

  finds(equipment, {.rule = Rule::v18, .statement = 0, .field = "holdings[0].required"});
}

TEST_F(Rules, V18AcceptsZeroWhichIsAStatement) {
  auto strength = tests::strength_of(
      "KAZ:EX-COMBAT-1", {.authorised = 0, .assigned = 0, .present = 0, .deployable = 0});

  accepts(tests::report_of({strength}));
}

TEST_F(Rules, V36RefusesAnItemTwice) {
  auto equipment = tests::full_equipment();
  equipment.holdings.push_back(equipment.holdings[0]);

  finds(equipment, {.rule = Rule::v36, .statement = 0, .field = "holdings[2].item_code"});
}

TEST_F(Rules, V36RefusesASpecialityTwice) {
  auto strength = tests::full_strength();
  strength.specialties.push_back(strength.specialties[0]);

  finds(strength, {.rule = Rule::v36, .statement = 0, .field = "specialties[2].code"});
}

TEST_F(Rules, V10RefusesMoreDaysOfSupplyThanCount) {
  auto sustainment = tests::full_self_sustainment();
  sustainment.lines[0].days_of_supply = std::uint16_t{181};

  finds(sustainment, {.rule = Rule::v10, .statement = 0, .field = "lines[0].days_of_supply"});

  sustainment.lines[0].days_of_supply = std::uint16_t{180};
  accepts(tests::report_of({sustainment}));
}

TEST_F(Rules, V10RefusesAnExerciseOfAnotherAge) {
  auto training = tests::full_training();
  training.tasks[1].last_exercise = model::kTimeMax;

  finds(training, {.rule = Rule::v10, .statement = 0, .field = "tasks[1].last_exercise"});
}

TEST_F(Rules, V36RefusesATaskOrACategoryTwice) {
  auto training = tests::full_training();
  training.tasks[1].task = training.tasks[0].task;
  finds(training, {.rule = Rule::v36, .statement = 0, .field = "tasks[1].task"});

  auto sustainment = tests::full_self_sustainment();
  sustainment.lines[1].category = sustainment.lines[0].category;
  finds(sustainment, {.rule = Rule::v36, .statement = 0, .field = "lines[1].category"});
}

TEST_F(Rules, V38FlagsTasksStatesAndCategoriesThatAreNotKnown) {
  auto training = tests::full_training();
  training.tasks[0].task = static_cast<model::Task>(77);
  finds(training,
        {.rule = Rule::v38, .severity = Severity::flag, .statement = 0, .field = "tasks[0].task"});

  training = tests::full_training();
  training.tasks[0].state = static_cast<model::TrainingState>(77);
  finds(training,
        {.rule = Rule::v38, .severity = Severity::flag, .statement = 0, .field = "tasks[0].state"});

  auto sustainment = tests::full_self_sustainment();
  sustainment.lines[0].category = static_cast<model::SelfSustainmentCategory>(77);
  finds(sustainment, {.rule = Rule::v38,
                      .severity = Severity::flag,
                      .statement = 0,
                      .field = "lines[0].category"});
}

TEST_F(Rules, V38FlagsAReasonThatIsNotKnown) {
  auto strength = tests::full_strength();
  strength.absences[0].reason = static_cast<model::AbsenceReason>(200);

  const auto finding = finds(strength, {.rule = Rule::v38,
                                        .severity = Severity::flag,
                                        .statement = 0,
                                        .field = "absences[0].reason"});

  EXPECT_THAT(finding.found, HasSubstr("200"));
  EXPECT_THAT(finding.expected, HasSubstr("HOSPITAL"));
}

}  // namespace
}  // namespace muster::core
