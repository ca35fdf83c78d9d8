// SPDX-License-Identifier: Apache-2.0
// The code lists of the nouns and those of the schemas are the same lists: numbers, names and
// length.
#include <gmock/gmock.h>

#include <algorithm>
#include <string>

#include "schemas/fbs/feed_generated.h"
#include "schemas/fbs/query_generated.h"
#include "schemas/model/codes.h"
#include "schemas/model/force_codes.h"

namespace muster {
namespace {

template <typename Noun, std::size_t N, typename Schema>
void expect_same_list(const Schema (&)[N], const char* (*name_of)(Schema)) {
  const auto names = model::code_names(Noun{});
  EXPECT_EQ(names.size() + 1, N);  // The schema's zero means that nothing was said.
  for (const auto& [value, name] : names) {
    // Grades are written "OF-3"; a schema has no dash.
    std::string spelt(name);
    std::replace(spelt.begin(), spelt.end(), '-', '_');
    EXPECT_EQ(spelt, name_of(static_cast<Schema>(value)));
  }
}

#define MUSTER_EXPECT_SAME(List) \
  expect_same_list<model::List>(fbs::EnumValues##List(), fbs::EnumName##List)

TEST(WireSchema, HasTheCodesOfTheBus) {
  MUSTER_EXPECT_SAME(ReportKind);
  MUSTER_EXPECT_SAME(Classification);
  MUSTER_EXPECT_SAME(Realm);
  MUSTER_EXPECT_SAME(Severity);
  MUSTER_EXPECT_SAME(Role);
  MUSTER_EXPECT_SAME(NackCode);
  MUSTER_EXPECT_SAME(QueryError);
  MUSTER_EXPECT_SAME(ByeReason);
  MUSTER_EXPECT_SAME(FeedByeReason);
  MUSTER_EXPECT_SAME(Dimension);
  MUSTER_EXPECT_SAME(Freshness);
}

TEST(WireSchema, HasTheCodesOfPeopleUnitsAndEquipment) {
  MUSTER_EXPECT_SAME(Component);
  MUSTER_EXPECT_SAME(ElementKind);
  MUSTER_EXPECT_SAME(ForcePool);
  MUSTER_EXPECT_SAME(Lifecycle);
  MUSTER_EXPECT_SAME(Echelon);
  MUSTER_EXPECT_SAME(Reinforcement);
  MUSTER_EXPECT_SAME(RelationType);
  MUSTER_EXPECT_SAME(AbsenceReason);
  MUSTER_EXPECT_SAME(NonDeployableReason);
  MUSTER_EXPECT_SAME(PersonCategory);
  MUSTER_EXPECT_SAME(Sex);
  MUSTER_EXPECT_SAME(LedgerChange);
  MUSTER_EXPECT_SAME(EquipmentKind);
  MUSTER_EXPECT_SAME(Criticality);
  MUSTER_EXPECT_SAME(Lease);
  MUSTER_EXPECT_SAME(OverrideDirection);
  MUSTER_EXPECT_SAME(OperationalStatus);
  MUSTER_EXPECT_SAME(MovementMode);
  MUSTER_EXPECT_SAME(ParticipationStatus);
}

TEST(WireSchema, HasTheCodesOfRostersAndTheForce) {
  MUSTER_EXPECT_SAME(SelfSustainmentCategory);
  MUSTER_EXPECT_SAME(TrainingState);
  MUSTER_EXPECT_SAME(DutyStatus);
  MUSTER_EXPECT_SAME(RankGrade);
  MUSTER_EXPECT_SAME(RosterForm);
  MUSTER_EXPECT_SAME(CaveatKind);
  MUSTER_EXPECT_SAME(StandbyRole);
  MUSTER_EXPECT_SAME(ContributionState);
  MUSTER_EXPECT_SAME(Authority);
  MUSTER_EXPECT_SAME(Partner);
  MUSTER_EXPECT_SAME(Comparator);
  MUSTER_EXPECT_SAME(Body);
  MUSTER_EXPECT_SAME(DecisionKind);
  MUSTER_EXPECT_SAME(OperationState);
  MUSTER_EXPECT_SAME(StrengthBasis);
  MUSTER_EXPECT_SAME(LeftOutReason);
  MUSTER_EXPECT_SAME(RosterDimension);
}

TEST(WireSchema, HasTheCodesOfOperations) {
  MUSTER_EXPECT_SAME(Certainty);
  MUSTER_EXPECT_SAME(Reconciliation);
  MUSTER_EXPECT_SAME(FixKind);
  MUSTER_EXPECT_SAME(AssemblyGoal);
  MUSTER_EXPECT_SAME(DeploymentEchelon);
}

}  // namespace
}  // namespace muster
