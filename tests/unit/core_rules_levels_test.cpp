// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/core_rules_fixture.h"

// V17, V19 and V20: what a unit says of its readiness against what its numbers say. Computed are
// P 1, S 1, R 2, T 6 and overall 2.

namespace muster::core {
namespace {

using namespace std::chrono_literals;
using model::Level;
using model::Rule;
using model::Severity;
using ::testing::HasSubstr;
using tests::kSampleTime;
using tests::report_of;

class Levels : public Rules {
 protected:
  /// What the numbers say.
  static model::ReadinessStatement as_computed() {
    auto readiness = readiness_at_home();
    readiness.level_override = std::nullopt;
    readiness.p = Level{1};
    readiness.s = Level{1};
    readiness.r = Level{2};
    readiness.t = model::kNotMeasured;
    readiness.reported_overall = Level{2};
    return readiness;
  }
  static model::LevelOverride waived(std::string_view waiver) {
    auto override = *tests::full_readiness().level_override;
    override.direction = model::OverrideDirection::up;
    override.waiver_id = waiver;
    return override;
  }
  void allow_waivers(model::UtcTime from) {
    model::RegistryStatement registry;
    registry.policies.resize(1);
    registry.policies[0].valid_from = from;
    registry.policies[0].waivers_allowed = true;
    world_.accept(report_of({registry}), "REG/registry");
  }
  void grant_waiver(std::string_view id) {
    auto waiver = tests::offer_response();
    waiver.decision_id = tests::code(id);
    waiver.kind = model::DecisionKind::waiver;
    waiver.contribution_id = "";
    waiver.contribution_from = waiver.contribution_to = std::nullopt;
    by_office({waiver});
  }
};

TEST_F(Levels, V17RefusesALevelOfWhatCannotBeMeasured) {
  auto readiness = as_computed();
  readiness.t = Level{2};

  const auto finding = finds(readiness, {.rule = Rule::v17, .statement = 0, .field = "T"});

  EXPECT_EQ(finding.expected, "6, not measured: no Training, so the tasks assigned are absent");
}

TEST_F(Levels, V17RefusesALevelOfNobodyAuthorised) {
  world_.accept(
      report_of({people({.authorised = 0, .assigned = 0, .present = 0, .deployable = 0})}));
  auto readiness = as_computed();

  const auto finding = finds(readiness, {.rule = Rule::v17, .statement = 0, .field = "P"});
  EXPECT_THAT(finding.expected, HasSubstr("authorised 0"));

  readiness.p = model::kNotMeasured;
  accepts(report_of({readiness}));
}

TEST_F(Levels, V17RefusesAnOverallLevelOfNothing) {
  world_.accept(report_of({tests::unit_of("KAZ:EMPTY")}));
  auto readiness = as_computed();
  readiness.unit = tests::unit_id("KAZ:EMPTY");
  readiness.p = readiness.s = readiness.r = model::kNotMeasured;
  finds(readiness, {.rule = Rule::v17, .statement = 0, .field = "reported_overall"});

  readiness.reported_overall = model::kNotMeasured;
  accepts(report_of({readiness}));
}

TEST_F(Levels, V17RefusesAPercentageOfNothingCommitted) {
  auto readiness = as_computed();
  readiness.missions = {{tests::code("EX-2203"), Level{1}, std::uint8_t{0}}};

  const auto finding = finds(
      readiness, {.rule = Rule::v17, .statement = 0, .field = "missions[0].percent_effective"});

  EXPECT_THAT(finding.expected, HasSubstr("nothing committed to EX-2203"));
}

TEST_F(Levels, V17CountsForAMissionWhatItsReportCommitsAndTakesBack) {
  open_operation();
  commit_slice(slice());
  auto readiness = as_computed();
  readiness.missions = {{tests::code("EX-2203"), Level{1}, std::uint8_t{100}},
                        {tests::code("EX-2204"), Level{1}, std::uint8_t{100}}};
  finds(readiness, {.rule = Rule::v17, .statement = 0, .field = "missions[1].percent_effective"});

  readiness.missions.pop_back();
  accepts(report_of({readiness}));
  auto taken_back = slice();
  taken_back.state = model::ContributionState::withdrawn_by_nation;
  finds(report_of({taken_back, readiness}),
        {.rule = Rule::v17, .statement = 1, .field = "missions[0].percent_effective"});
}

TEST_F(Levels, V17RefusesAPercentageOfASliceOfNobody) {
  open_operation();
  commit_slice(slice(0));
  auto readiness = as_computed();
  readiness.missions = {{tests::code("EX-2203"), Level{1}, std::uint8_t{1}}};

  finds(readiness, {.rule = Rule::v17, .statement = 0, .field = "missions[0].percent_effective"});
}

TEST_F(Levels, V19AcceptsWhatTheNumbersSay) { accepts(report_of({as_computed()})); }

TEST_F(Levels, V19RefusesALevelBetterThanComputed) {
  auto readiness = as_computed();
  readiness.r = Level{1};
  const auto area = finds(readiness, {.rule = Rule::v19, .statement = 0, .field = "R"});
  EXPECT_EQ(area.found, "1");
  EXPECT_THAT(area.expected, HasSubstr("computed 2: fmc "));

  readiness = as_computed();
  readiness.reported_overall = Level{1};
  const auto overall =
      finds(readiness, {.rule = Rule::v19, .statement = 0, .field = "reported_overall"});
  EXPECT_EQ(overall.expected, "not better than computed 2: the worst area is R");
}

/// Items of one kind and criticality.
model::Holding holding(std::string_view item, model::Criticality criticality, model::Count required,
                       model::Count on_hand, model::Count fmc) {
  model::Holding holding;
  holding.item_code = tests::code(item);
  holding.criticality = criticality;
  holding.authorised = holding.required = required;
  holding.on_hand = on_hand;
  holding.fmc = fmc;
  holding.pmc = 0;
  holding.nmc = on_hand - fmc;
  return holding;
}

TEST_F(Levels, V19SaysTheNumbersOfTheItemsThatCount) {
  using enum model::Criticality;
  auto equipment = tests::full_equipment();
  equipment.holdings = {holding("TRUCK", pacing, 10, 5, 5), holding("RADIO", essential, 90, 90, 60),
                        holding("TENT", other, 50, 1, 0)};
  auto readiness = as_computed();
  const auto report = report_of({equipment, readiness});

  const auto decision = world_.take(report);

  ASSERT_EQ(decision.findings.size(), 3U);
  EXPECT_EQ(decision.findings[0].field, "S");
  EXPECT_EQ(decision.findings[0].expected,
            "not better than computed 4: on hand 95 of required 100 over the PACING and ESSENTIAL "
            "items, and 5 of 10 of TRUCK, a PACING item");
  EXPECT_EQ(decision.findings[1].field, "R");
  EXPECT_EQ(decision.findings[1].expected,
            "not better than computed 3: fmc 65 of on hand 95 over the PACING and ESSENTIAL items");
  EXPECT_EQ(decision.findings[2].field, "reported_overall");
}

TEST_F(Levels, V19SaysTheNumbersOfAircraftApart) {
  using enum model::Criticality;
  auto equipment = tests::full_equipment();
  equipment.holdings = {holding("TRUCK", essential, 10, 10, 10),
                        holding("HELO", essential, 4, 4, 1)};
  equipment.holdings[1].kind = model::EquipmentKind::helicopter;
  auto readiness = as_computed();
  readiness.reported_overall = model::kNotMeasured;

  const auto both =
      finds(report_of({equipment, readiness}), {.rule = Rule::v19, .statement = 1, .field = "R"});
  EXPECT_THAT(both.expected, HasSubstr(": fmc 10 of on hand 10 over the PACING and ESSENTIAL items "
                                       "without aircraft, and 1 of 4 over their aircraft"));

  equipment.holdings.erase(equipment.holdings.begin());
  const auto alone =
      finds(report_of({equipment, readiness}), {.rule = Rule::v19, .statement = 1, .field = "R"});
  EXPECT_THAT(alone.expected,
              HasSubstr("fmc 1 of on hand 4 over the PACING and ESSENTIAL aircraft"));
}

TEST_F(Levels, V17SaysWhichItemsCount) {
  auto equipment = tests::full_equipment();
  equipment.holdings = {holding("TENT", model::Criticality::other, 50, 50, 50)};
  auto readiness = as_computed();
  readiness.r = readiness.reported_overall = model::kNotMeasured;

  const auto finding =
      finds(report_of({equipment, readiness}), {.rule = Rule::v17, .statement = 1, .field = "S"});

  EXPECT_EQ(finding.expected,
            "6, not measured: required is 0 over the PACING and ESSENTIAL items (an item without "
            "criticality counts as OTHER)");
}

TEST_F(Levels, V19ComparesInIntegersAndNeverRounds) {
  // DOMAIN.md §4: 359 of 400 is 89.75 % and so level 2; 360 are level 1.
  const auto with_people = [&](model::Count deployable) {
    return report_of(
        {people({.authorised = 400, .assigned = 360, .present = 360, .deployable = deployable}),
         as_computed()});
  };
  const auto finding = finds(with_people(359), {.rule = Rule::v19, .statement = 1, .field = "P"});
  EXPECT_EQ(finding.expected, "not better than computed 2: deployable 359 of authorised 400");

  accepts(with_people(360));
}

TEST_F(Levels, V19TakesTheWordsOfTheSameReportFirst) {
  auto training = tests::full_training();  // One of two tasks: T 4.
  auto readiness = as_computed();
  readiness.t = Level{3};
  readiness.reported_overall = Level{4};

  finds(report_of({readiness, training}), {.rule = Rule::v19, .statement = 0, .field = "T"});
}

TEST_F(Levels, V19TakesTheWordsThatCountAtItsOwnMoment) {
  world_.accept(
      report_of({people({.authorised = 400, .assigned = 100, .present = 100, .deployable = 100})},
                kSampleTime));

  // An hour before the unit had 108 of 120.
  accepts(report_of({as_computed()}, kSampleTime - 1h));
}

TEST_F(Levels, V19TakesNotMeasuredForNoBetter) {
  auto readiness = as_computed();
  readiness.p = model::kNotMeasured;

  accepts(report_of({readiness}));
}

TEST_F(Levels, V19RefusesAWaiverThatPolicyDoesNotAllow) {
  grant_waiver("W-1");
  auto readiness = as_computed();
  readiness.r = Level{1};
  readiness.level_override = waived("W-1");

  finds(readiness, {.rule = Rule::v19, .statement = 0, .field = "R"});
}

TEST_F(Levels, V19FlagsAWaivedLevelWherePolicyAllowsIt) {
  grant_waiver("W-1");
  allow_waivers(kSampleTime);
  auto readiness = as_computed();
  readiness.r = Level{1};
  readiness.level_override = waived("W-2");
  finds(readiness, {.rule = Rule::v19, .statement = 0, .field = "R"});

  readiness.level_override = waived("W-1");
  const auto finding = finds(
      readiness, {.rule = Rule::v19, .severity = Severity::flag, .statement = 0, .field = "R"});
  EXPECT_THAT(finding.expected, HasSubstr("W-1"));
}

TEST_F(Levels, V19AsksThePolicyOfTheReportsOwnMoment) {
  grant_waiver("W-1");
  allow_waivers(kSampleTime + 1us);
  auto readiness = as_computed();
  readiness.r = Level{1};
  readiness.level_override = waived("W-1");

  finds(readiness, {.rule = Rule::v19, .statement = 0, .field = "R"});
}

TEST_F(Levels, V19RefusesMoreThanTheLeastRatioOfAMission) {
  // DOMAIN.md §6: the least of 108/120, 10/12 and 2/2 is cut to 83.
  open_operation();
  auto offer = slice(120);
  offer.equipment = {{model::EquipmentKind::armoured_transport, 12}};
  auto equipment = tests::full_equipment();
  equipment.holdings[0].on_hand = equipment.holdings[0].fmc = 12;
  equipment.holdings[0].pmc = equipment.holdings[0].nmc = 0;
  world_.accept(report_of(
      {people({.authorised = 120, .assigned = 120, .present = 120, .deployable = 120}), equipment},
      kDayBefore));
  commit_slice(offer);
  equipment = tests::full_equipment();
  equipment.holdings[0].fmc = 10;
  equipment.holdings[0].pmc = 0;
  auto training = tests::full_training();
  for (auto& task : training.tasks) {
    task.state = model::TrainingState::trained;
    task.certified_until = std::nullopt;
  }
  auto readiness = as_computed();
  readiness.r = Level{1};
  readiness.t = Level{1};
  readiness.reported_overall = Level{1};
  readiness.missions = {{tests::code("EX-2203"), Level{2}, std::uint8_t{84}}};
  equipment.holdings[1].fmc = 4;
  equipment.holdings[1].nmc = 0;
  auto strength = people({.authorised = 120, .assigned = 120, .present = 120, .deployable = 108});
  std::vector<model::Statement> statements{strength, equipment, training, readiness};

  const auto decision = world_.take(report_of(statements));
  ASSERT_EQ(decision.findings.size(), 3U);
  EXPECT_EQ(decision.findings[0].rule, Rule::v26) << "108 of the 120 promised";
  EXPECT_EQ(decision.findings[1].rule, Rule::v26) << "10 of the 12 promised";
  EXPECT_EQ(decision.findings[2].rule, Rule::v19);
  EXPECT_EQ(decision.findings[2].field, "missions[0].percent_effective");
  EXPECT_EQ(decision.findings[2].expected,
            "not better than computed 83 %: serviceable items 10 of 12");
  EXPECT_EQ(decision.verdict, model::Verdict::refused);

  std::get<model::ReadinessStatement>(statements[3]).missions[0].percent_effective =
      std::uint8_t{83};
  EXPECT_EQ(world_.take(report_of(statements)).verdict, model::Verdict::accepted);
}

TEST_F(Levels, V20RefusesALevelWorseThanComputedWithoutGrounds) {
  auto readiness = as_computed();
  readiness.s = Level{2};
  readiness.reported_overall = Level{3};

  const auto finding = finds(readiness, {.rule = Rule::v20, .statement = 0, .field = "override"});

  EXPECT_THAT(finding.found, HasSubstr("S 2 is worse than computed 1"));
  EXPECT_THAT(finding.found, HasSubstr("reported_overall 3 is worse than computed 2"));
  readiness.level_override = tests::full_readiness().level_override;
  accepts(report_of({readiness}));
}

TEST_F(Levels, V20LetsAUnitThatReorganisesSayFiveWithoutAWord) {
  auto unit = tests::full_unit();
  auto readiness = as_computed();
  readiness.reported_overall = model::kReorganising;
  finds(report_of({unit, readiness}), {.rule = Rule::v20, .statement = 1, .field = "override"});

  for (const auto lifecycle :
       {model::Lifecycle::forming, model::Lifecycle::converting, model::Lifecycle::disbanded}) {
    unit.lifecycle = lifecycle;
    accepts(report_of({unit, readiness}));
  }
}

}  // namespace
}  // namespace muster::core
