// SPDX-License-Identifier: Apache-2.0
#include "broker/core/readiness.h"

#include <gmock/gmock.h>

#include "tests/support/sample_reports.h"

// The worked examples of DOMAIN.md §6 and the boundaries of §4.

namespace muster::core {
namespace {

using namespace std::chrono_literals;
using model::EquipmentKind;
using model::kNotMeasured;

constexpr model::LevelBounds kBounds{90, 80, 70};
const model::Policy kPolicy;

model::StrengthStatement deployable_of(model::Count deployable, model::Count authorised) {
  model::StrengthStatement strength;
  strength.authorised = authorised;
  strength.deployable = deployable;
  return strength;
}

model::Holding holding(const char* item, model::Count required, model::Count on_hand,
                       model::Count fmc) {
  return {.item_code = tests::code(item),
          .kind = EquipmentKind::wheeled_transport,
          .authorised = required,
          .required = required,
          .on_hand = on_hand,
          .fmc = fmc,
          .pmc = on_hand - fmc,
          .nmc = 0,
          .criticality = model::Criticality::essential};
}

/// Trucks 44 of 40, ambulances 4 of 6, radios 45 of 50.
model::EquipmentStatement worked_example() {
  model::EquipmentStatement equipment;
  equipment.holdings = {holding("TRUCK", 40, 44, 40), holding("AMBULANCE", 6, 4, 3),
                        holding("RADIO", 50, 45, 43)};
  return equipment;
}

model::EquipmentStatement only(model::Holding one) {
  model::EquipmentStatement equipment;
  equipment.holdings = {std::move(one)};
  return equipment;
}

TEST(Readiness, ComparesInIntegersAndNeverRounds) {
  EXPECT_EQ(level_of(360, 400, kBounds), 1);
  EXPECT_EQ(level_of(359, 400, kBounds), 2);  // 89.75 %
  EXPECT_EQ(level_of(320, 400, kBounds), 2);
  EXPECT_EQ(level_of(319, 400, kBounds), 3);
  EXPECT_EQ(level_of(280, 400, kBounds), 3);
  EXPECT_EQ(level_of(279, 400, kBounds), 4);
  EXPECT_EQ(level_of(0, 400, kBounds), 4);
}

TEST(Readiness, IsNotMeasuredOfNothing) { EXPECT_EQ(level_of(0, 0, kBounds), kNotMeasured); }

TEST(Readiness, GivesPOfTheWorkedExample) {
  auto strength = deployable_of(358, 400);  // 89.5 % -> 2
  strength.duty_qualified = 330;            // 82.5 % -> 2
  strength.senior_authorised = 25;
  strength.senior_deployable = 22;  // 88.0 % -> 1

  const auto p = personnel_level(&strength, kPolicy);

  EXPECT_EQ(p.level, 2);
  EXPECT_FALSE(p.partial);
}

TEST(Readiness, TakesTheWorstRowForP) {
  auto strength = deployable_of(400, 400);
  strength.duty_qualified = 259;  // 64.75 % of the authorised: below 65
  strength.senior_authorised = 20;
  strength.senior_deployable = 20;

  EXPECT_EQ(personnel_level(&strength, kPolicy).level, 4);
}

TEST(Readiness, LeavesOutRowsThatNobodyReportedAndSaysSo) {
  const auto strength = deployable_of(95, 100);

  const auto p = personnel_level(&strength, kPolicy);

  EXPECT_EQ(p.level, 1);
  EXPECT_TRUE(p.partial);
}

TEST(Readiness, LeavesOutADenominatorOfZero) {
  auto strength = deployable_of(0, 0);
  strength.duty_qualified = 0;
  strength.senior_authorised = 0;
  strength.senior_deployable = 0;

  EXPECT_EQ(personnel_level(&strength, kPolicy).level, kNotMeasured);
}

TEST(Readiness, GivesSOfTheWorkedExample) {
  auto equipment = worked_example();

  EXPECT_EQ(supply_level(&equipment, kPolicy).level,
            1);  // 89 of 96: a surplus of trucks makes up for nothing

  equipment.holdings[1].criticality = model::Criticality::pacing;
  EXPECT_EQ(supply_level(&equipment, kPolicy).level, 3);  // 4 of 6 ambulances
}

TEST(Readiness, GivesROfTheWorkedExample) {
  const auto equipment = worked_example();

  EXPECT_EQ(serviceability_level(&equipment, kPolicy).level, 1);  // 86 of 93
}

TEST(Readiness, CountsPacingAndEssentialItemsOnly) {
  auto useless = holding("TENT", 100, 1, 0);
  useless.criticality = model::Criticality::other;
  const auto equipment = only(useless);

  EXPECT_EQ(supply_level(&equipment, kPolicy).level, kNotMeasured);
  EXPECT_EQ(serviceability_level(&equipment, kPolicy).level, kNotMeasured);
}

TEST(Readiness, HasBoundsOfItsOwnForAircraft) {
  auto item = holding("HELI", 100, 100, 0);
  const auto level_when = [&](EquipmentKind kind, model::Count on_hand, model::Count fmc) {
    item.kind = kind;
    item.on_hand = on_hand;
    item.fmc = fmc;
    const auto equipment = only(item);
    return std::pair(supply_level(&equipment, kPolicy).level,
                     serviceability_level(&equipment, kPolicy).level);
  };

  EXPECT_EQ(level_when(EquipmentKind::wheeled_transport, 64, 64),
            std::pair(model::Level{4}, model::Level{1}));
  EXPECT_EQ(level_when(EquipmentKind::helicopter, 64, 64),
            std::pair(model::Level{3}, model::Level{1}));
  EXPECT_EQ(level_when(EquipmentKind::aircraft_fixed, 60, 45),
            std::pair(model::Level{3}, model::Level{1}));
  EXPECT_EQ(level_when(EquipmentKind::helicopter, 100, 75).second, 1);
  EXPECT_EQ(level_when(EquipmentKind::helicopter, 100, 74).second, 2);
  EXPECT_EQ(level_when(EquipmentKind::helicopter, 100, 50).second, 3);
  EXPECT_EQ(level_when(EquipmentKind::helicopter, 100, 49).second, 4);
  EXPECT_EQ(level_when(EquipmentKind::engineer, 100, 70).second, 2);
  EXPECT_EQ(level_when(EquipmentKind::engineer, 100, 69).second, 3);
}

TEST(Readiness, DoesNotMixAircraftWithTheRest) {
  auto equipment = only(holding("TRUCK", 1000, 1000, 1000));
  auto helicopter = holding("HELI", 2, 0, 0);
  helicopter.kind = EquipmentKind::helicopter;
  equipment.holdings.push_back(helicopter);

  EXPECT_EQ(supply_level(&equipment, kPolicy).level, 4);
}

TEST(Readiness, GivesTheOverallOfTheWorkedExample) {
  auto strength = deployable_of(358, 400);
  auto equipment = worked_example();
  equipment.holdings[1].criticality = model::Criticality::pacing;

  const auto levels = computed_levels({.strength = &strength, .equipment = &equipment}, kPolicy,
                                      tests::kSampleTime);

  EXPECT_EQ(levels.p, 2);
  EXPECT_EQ(levels.s, 3);
  EXPECT_EQ(levels.r, 1);
  EXPECT_EQ(levels.t, kNotMeasured);
  EXPECT_EQ(levels.overall, 3);
  EXPECT_TRUE(levels.partial);
}

TEST(Readiness, GivesTOfTheWorkedExample) {
  model::TrainingStatement training;
  for (const auto task : {model::Task::t01, model::Task::t02, model::Task::t08, model::Task::t10}) {
    training.tasks.push_back({.task = task, .state = model::TrainingState::trained});
  }
  training.tasks.push_back(
      {.task = model::Task::t05, .state = model::TrainingState::needs_practice});
  training.tasks.push_back({.task = model::Task::t07, .state = model::TrainingState::untrained});

  const auto t = training_level(&training, kPolicy, tests::kSampleTime);

  EXPECT_EQ(t.level, 3);  // 4 of 6 is 66.6 %
  EXPECT_FALSE(t.partial);
}

TEST(Readiness, CountsACertificateThatEndedAsLackOfPractice) {
  model::TrainingStatement training;
  training.tasks = {{.task = model::Task::t08,
                     .state = model::TrainingState::trained,
                     .certified_until = tests::kSampleTime}};

  EXPECT_EQ(training_level(&training, kPolicy, tests::kSampleTime - 1us).level, 1);
  EXPECT_EQ(training_level(&training, kPolicy, tests::kSampleTime).level, 4);
}

TEST(Readiness, IsNotMeasuredWithoutAnyTask) {
  const model::TrainingStatement training;

  EXPECT_EQ(training_level(&training, kPolicy, tests::kSampleTime).level, kNotMeasured);
  EXPECT_TRUE(training_level(nullptr, kPolicy, tests::kSampleTime).partial);
}

TEST(Readiness, SaysUntilWhenTheLevelsHold) {
  model::TrainingStatement training;
  training.tasks = {{.task = model::Task::t08,
                     .state = model::TrainingState::trained,
                     .certified_until = tests::kSampleTime + 48h}};
  Registry registry;
  registry.policies = {{.valid_from = tests::kSampleTime},
                       {.valid_from = tests::kSampleTime + 24h, .trained = {100, 100, 100}}};
  const LevelInputs inputs{.training = &training};

  EXPECT_EQ(levels_of(inputs, registry, tests::kSampleTime).until, tests::kSampleTime + 24h);
  EXPECT_EQ(levels_of(inputs, registry, tests::kSampleTime + 24h).until, tests::kSampleTime + 48h);
  EXPECT_EQ(levels_of(inputs, registry, tests::kSampleTime + 48h).until, model::UtcTime::max());
  EXPECT_EQ(levels_of(inputs, registry, tests::kSampleTime + 48h).computed.t, 4);
}

TEST(Readiness, TakesTheThresholdsOfThePolicy) {
  model::Policy strict;
  strict.deployable = {100, 95, 90};
  const auto strength = deployable_of(95, 100);

  EXPECT_EQ(personnel_level(&strength, kPolicy).level, 1);
  EXPECT_EQ(personnel_level(&strength, strict).level, 2);
}

TEST(MissionPercent, IsTheLeastShareCut) {
  const std::array worked = {Share{108, 120}, Share{10, 12}, Share{2, 2}};  // 90, 83.3, 100 %

  EXPECT_EQ(mission_percent(worked), 83);
  EXPECT_EQ(level_of(*mission_percent(worked), 100, kPolicy.trained), 2);
}

TEST(MissionPercent, LeavesOutSharesOfNothing) {
  const std::array one = {Share{0, 0}, Share{7, 10}};
  const std::array nothing = {Share{0, 0}, Share{3, 0}};

  EXPECT_EQ(mission_percent(one), 70);
  EXPECT_EQ(mission_percent(nothing), std::nullopt);
}

TEST(MissionPercent, NeverExceedsAHundred) {
  const std::array surplus = {Share{130, 120}};

  EXPECT_EQ(mission_percent(surplus), 100);
}

TEST(Readiness, IsNotMeasuredWhenNothingIsKnown) {
  const auto levels = computed_levels({}, kPolicy, tests::kSampleTime);

  EXPECT_EQ(levels.overall, kNotMeasured);
  EXPECT_TRUE(levels.partial);
}

TEST(Readiness, TakesTheWorseOfComputedAndReported) {
  model::Levels computed;
  computed.overall = 2;

  EXPECT_EQ(effective_level(computed, model::Level{1}), 2);
  EXPECT_EQ(effective_level(computed, model::Level{3}), 3);
  EXPECT_EQ(effective_level(computed, std::nullopt), 2);
  EXPECT_EQ(effective_level(computed, kNotMeasured), 2);
  EXPECT_EQ(effective_level(computed, model::kReorganising), model::kReorganising);
}

TEST(Readiness, IsNotMeasuredOnlyWhenComputedIsNot) {
  EXPECT_EQ(effective_level(model::Levels{}, model::Level{1}), kNotMeasured);
  EXPECT_EQ(effective_level(model::Levels{}, model::kReorganising), model::kReorganising);
}

}  // namespace
}  // namespace muster::core
