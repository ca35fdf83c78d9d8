// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "broker/core/readiness.h"
#include "nodes/exercise/contingents.h"
#include "tests/support/core_samples.h"

/// The exercise before the rules that the broker judges by.
namespace muster::exercise {
namespace {

using model::ForcePool;

constexpr std::uint64_t kSeed = 2201;

/// A core that knows the registry of the exercise.
tests::World exercise_world() {
  tests::World world;
  const auto registry =
      registry_for_exercise(exercise_nodes(), tests::kSampleTime - std::chrono::hours{24 * 5});
  world.state = {};
  core::evolve(world.state, core::StatementTaken{.said = {.statement = registry}});
  return world;
}

void expect_no_finding(const core::Decision& decision) {
  EXPECT_EQ(decision.verdict, model::Verdict::accepted);
  for (const auto& finding : decision.findings) {
    ADD_FAILURE() << model::describe(finding);
  }
}

class RulesOfTheBroker : public ::testing::TestWithParam<ForcePool> {};
INSTANTIATE_TEST_SUITE_P(Exercise, RulesOfTheBroker,
                         ::testing::Values(ForcePool::cpf, ForcePool::crrf),
                         [](const auto& instance) { return model::to_text(instance.param); });

/// All that a nation publishes when the exercise is played.
std::vector<model::Report> reports_of(const Contingent& contingent) {
  auto reports = contingent.reports;
  for (auto& report : make_rosters(contingent, kSeed)) {
    reports.push_back(std::move(report));
  }
  return reports;
}

TEST_P(RulesOfTheBroker, FindNothingInContingentsAndRosters) {
  auto world = exercise_world();
  for (const auto& contingent : make_contingents(GetParam(), kSeed, tests::kSampleTime)) {
    SCOPED_TRACE(contingent.node.str());
    for (const auto& report : reports_of(contingent)) {
      expect_no_finding(world.take(report, contingent.node.view()));
    }
  }
}

TEST_P(RulesOfTheBroker, FindNothingWhenAllIsSaidAgainTheNextDay) {
  auto world = exercise_world();
  const auto tomorrow = tests::kSampleTime + std::chrono::hours{24};
  for (const auto& contingent : make_contingents(GetParam(), kSeed, tests::kSampleTime)) {
    for (const auto& report : reports_of(contingent)) {
      world.accept(report, contingent.node.view());
    }
  }
  for (const auto& contingent : make_contingents(GetParam(), kSeed + 1, tomorrow)) {
    SCOPED_TRACE(contingent.node.str());
    for (const auto& report : reports_of(contingent)) {
      expect_no_finding(world.take(report, contingent.node.view(), tomorrow));
    }
  }
}

TEST_P(RulesOfTheBroker, FindAPersonWhoIsMissingFromARoster) {  // V41: the rosters are compared.
  auto world = exercise_world();
  const auto contingent = make_contingents(GetParam(), kSeed, tests::kSampleTime).front();
  world.accept(contingent.reports.front(), contingent.node.view());
  auto rosters = make_rosters(contingent, kSeed).front();
  std::get<model::RosterStatement>(rosters.statements.front()).upserts.pop_back();

  const auto decision = world.take(rosters, contingent.node.view());

  EXPECT_THAT(decision.findings,
              ::testing::Contains(::testing::Field(&model::Finding::rule, model::Rule::v41)));
}

TEST_P(RulesOfTheBroker, ComputeTheLevelsThatAreReported) {
  for (const auto& contingent : make_contingents(GetParam(), kSeed, tests::kSampleTime)) {
    core::LevelInputs inputs;
    for (const auto& statement : contingent.reports.front().statements) {
      if (const auto* strength = std::get_if<model::StrengthStatement>(&statement)) {
        inputs.strength = strength;
      } else if (const auto* equipment = std::get_if<model::EquipmentStatement>(&statement)) {
        inputs.equipment = equipment;
      } else if (const auto* training = std::get_if<model::TrainingStatement>(&statement)) {
        inputs.training = training;
      } else if (const auto* said = std::get_if<model::ReadinessStatement>(&statement)) {
        const auto found = core::computed_levels(inputs, model::Policy{}, tests::kSampleTime);
        const model::Levels reported{.p = *said->p,
                                     .s = *said->s,
                                     .r = *said->r,
                                     .t = *said->t,
                                     .overall = *said->reported_overall,
                                     .partial = false};
        EXPECT_EQ(found, reported) << said->unit.str();
      }
    }
  }
}

}  // namespace
}  // namespace muster::exercise
