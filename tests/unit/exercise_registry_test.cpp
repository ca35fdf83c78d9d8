// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "nodes/exercise/contingents.h"
#include "schemas/text/report_json.h"

namespace muster::exercise {
namespace {

using model::Role;
using ::testing::ElementsAre;
using ::testing::SizeIs;

const model::UtcTime kValidFrom = *model::parse_time("2022-01-01T00:00:00Z");

std::vector<NodeKeys> nodes_with_keys() {
  auto nodes = exercise_nodes();
  std::uint8_t number = 0;
  for (auto& node : nodes) {
    node.key.fill(++number);
    node.curve_key.fill(static_cast<std::uint8_t>(100 + number));
  }
  return nodes;
}

TEST(ExerciseNodes, AreSixMinistriesTheSecretariatAndTheRegistrar) {
  std::vector<std::string> names;
  for (const auto& node : exercise_nodes()) {
    names.push_back(node.node.str());
  }

  EXPECT_THAT(names, ElementsAre("RUS/mod", "BLR/mod", "ARM/mod", "KAZ/mod", "KGZ/mod", "TJK/mod",
                                 "SEC/officer", "SEC/ops", "REG/registrar", "SEC/board"));
}

TEST(ExerciseNodes, HaveTheirRoles) {
  const auto nodes = exercise_nodes();

  ASSERT_THAT(nodes, SizeIs(10));
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_THAT(nodes[i].roles, ElementsAre(Role::publisher));
  }
  EXPECT_THAT(nodes[6].roles, ElementsAre(Role::officer, Role::planner, Role::auditor));
  EXPECT_THAT(nodes[7].roles, ElementsAre(Role::ops));
  EXPECT_THAT(nodes[8].roles, ElementsAre(Role::registrar));
  EXPECT_THAT(nodes[9].roles, ElementsAre(Role::officer, Role::auditor));
}

TEST(RegistryForExercise, HoldsSixFullMembersWithTheDefaultCadences) {
  const auto registry = registry_for_exercise(nodes_with_keys(), kValidFrom);

  EXPECT_EQ(registry.realm, model::Realm::exercise);
  ASSERT_THAT(registry.members, SizeIs(6));
  for (const auto& member : registry.members) {
    EXPECT_EQ(member.participation_status, model::ParticipationStatus::full);
    EXPECT_EQ(member.valid_from, kValidFrom);
    EXPECT_THAT(member.intervals,
                ElementsAre(model::ReportInterval{model::StatementKind::strength, 86'400},
                            model::ReportInterval{model::StatementKind::readiness, 2'592'000},
                            model::ReportInterval{model::StatementKind::training, 2'592'000},
                            model::ReportInterval{model::StatementKind::equipment, 2'592'000},
                            model::ReportInterval{model::StatementKind::roster, 2'592'000}));
  }
}

TEST(RegistryForExercise, HoldsTheDefaultPolicyFromItsFirstMomentOn) {
  const auto registry = registry_for_exercise(nodes_with_keys(), kValidFrom);

  ASSERT_THAT(registry.policies, SizeIs(1));
  const auto& policy = registry.policies.front();
  EXPECT_EQ(policy.valid_from, kValidFrom);
  EXPECT_EQ(policy.deployable, (model::LevelBounds{90, 80, 70}));
  EXPECT_EQ(policy.trained, (model::LevelBounds{85, 70, 55}));
  EXPECT_EQ(policy.standby_availability_s, 86'400U);
  EXPECT_FALSE(policy.waivers_allowed);
}

TEST(RegistryForExercise, HoldsTheNodesWithTheKeysItWasGiven) {
  const auto nodes = nodes_with_keys();

  const auto registry = registry_for_exercise(nodes, kValidFrom);

  ASSERT_THAT(registry.nodes, SizeIs(nodes.size()));
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const model::RegisteredNode expected{nodes[i].node,  nodes[i].key, nodes[i].curve_key,
                                         nodes[i].roles, kValidFrom,   {}};
    EXPECT_EQ(registry.nodes[i], expected);
  }
}

TEST(RegistryForExercise, ReadsBackFromJson) {
  const auto registry = registry_for_exercise(nodes_with_keys(), kValidFrom);

  const auto parsed = text::registry_from_json(text::registry_to_json(registry));

  for (const auto& problem : parsed.problems) {
    ADD_FAILURE() << describe(problem);
  }
  EXPECT_EQ(parsed.registry, registry);
}

}  // namespace
}  // namespace muster::exercise
