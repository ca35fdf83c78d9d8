// SPDX-License-Identifier: Apache-2.0
#include "broker/core/feed.h"

#include <gmock/gmock.h>

#include "broker/core/views.h"
#include "tests/unit/core_promises_fixture.h"

namespace muster::core {
namespace {

using namespace std::chrono_literals;
using model::ContributionState;
using model::OperationState;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using tests::code;
using tests::nation;
using tests::unit_id;

constexpr model::UtcTime kNow = kSampleTime + 1h;

/// A company of a battalion in KAZ with 90 people promised to EX-2201, of which 60 are accepted.
Operating force_with_promises() {
  Operating force;
  auto operation = operation_of();
  operation.authorised_strength = 2'500;
  force.by_office({operation, requirement_of({line_of("L01", 80), line_of("L02", 400)}),
                   step_to("D-1", OperationState::requested)});
  force.declare("KAZ:BN", 40);
  force.declare("KAZ:CO", 100);
  auto company = able_unit("KAZ:CO", {model::Task::t08});
  company.relations = {{model::RelationType::child_of, unit_id("KAZ:BN"), {}, {}}};
  force.by_ministry("KAZ", {company});
  force.promise(slice_of("KAZ:CO", "S-1", 60, ContributionState::accepted));
  force.promise(slice_of("KAZ:CO", "S-2", 30, ContributionState::offered));
  return force;
}

// ---- rows ---------------------------------------------------------------------------------------

TEST(FeedUnit, SaysWhatTheTreeSays) {
  const auto force = force_with_promises();

  const auto row = feed_unit(force.state, unit_id("KAZ:CO"), officer_at(kNow));
  const auto nodes = tree(force.state, {nation("KAZ")}, officer_at(kNow))->nodes;

  ASSERT_TRUE(row);
  ASSERT_EQ(nodes.size(), 2U);
  const auto& node = nodes.at(1);
  EXPECT_EQ(row->unit, node.unit);
  EXPECT_EQ(row->parent, node.parent);
  EXPECT_EQ(row->name, node.name);
  EXPECT_EQ(row->component, node.component);
  EXPECT_EQ(row->element_kind, node.element_kind);
  EXPECT_EQ(row->echelon, node.echelon);
  EXPECT_EQ(row->lifecycle, node.lifecycle);
  EXPECT_EQ(row->level, node.level);
  EXPECT_EQ(row->computed, node.computed);
  EXPECT_EQ(row->own, node.own);
  EXPECT_EQ(row->committed, node.committed);
  EXPECT_EQ(row->operations, node.operations);
  EXPECT_EQ(row->valid_at, node.valid_at);
  EXPECT_EQ(model::freshness_at(*row, kNow), node.freshness);
  EXPECT_EQ(row->parent, unit_id("KAZ:BN"));
  EXPECT_EQ(row->own.deployable, 100U);
  EXPECT_EQ(row->level, 1);
  EXPECT_EQ(row->committed, 60U);
  EXPECT_THAT(row->operations, ElementsAre(code("EX-2201")));
  EXPECT_EQ(row->ledger_seq, 4U) << "its identity came anew";
}

TEST(FeedUnit, IsNothingForWhatIsNotThere) {
  auto force = force_with_promises();
  auto gone = tests::unit_of("KAZ:CO");
  gone.lifecycle = model::Lifecycle::disbanded;
  force.by_ministry("KAZ", {gone});
  force.by_ministry("KAZ", {tests::strength_of("KAZ:NEVER-DECLARED")});

  EXPECT_EQ(feed_unit(force.state, unit_id("KAZ:CO"), officer_at(kNow)), std::nullopt);
  EXPECT_EQ(feed_unit(force.state, unit_id("KAZ:NEVER-DECLARED"), officer_at(kNow)), std::nullopt);
  EXPECT_EQ(feed_unit(force.state, unit_id("KAZ:NOBODY"), officer_at(kNow)), std::nullopt);
  EXPECT_TRUE(feed_unit(force.state, unit_id("KAZ:BN"), officer_at(kNow)));
}

TEST(FeedUnit, ShowsOthersOnlyWhatWasReleasedToThem) {
  Operating force;
  const auto to_arm = Telling{.releasable_to = {nation("ARM")}};
  auto company = tests::unit_of("KAZ:CO", "KAZ:BN");
  force.tell({company}, {});
  force.tell({tests::strength_of("KAZ:CO", {.assigned = 70})}, to_arm);
  const auto seen = [&](std::string_view node) {
    return feed_unit(force.state, unit_id("KAZ:CO"), ministry_at(node, kNow));
  };

  EXPECT_EQ(seen("BLR/mod"), std::nullopt);
  ASSERT_TRUE(seen("ARM/mod"));
  EXPECT_EQ(seen("ARM/mod")->own.assigned, 70U);
  EXPECT_TRUE(seen("ARM/mod")->parent.empty()) << "whose child it is was not released";
  EXPECT_EQ(seen("KAZ/mod")->parent, unit_id("KAZ:BN"));
  EXPECT_EQ(seen("ARM/mod")->level, 1);

  model::ReadinessStatement readiness;
  readiness.unit = unit_id("KAZ:CO");
  readiness.reported_overall = model::Level{3};
  force.tell({readiness}, {});
  force.promise(slice_of("KAZ:CO", "S-1", 60, ContributionState::accepted));
  EXPECT_EQ(seen("ARM/mod")->level, model::kNotMeasured) << "it rests on a hidden word";
  EXPECT_EQ(seen("ARM/mod")->ledger_seq, 2U);
  EXPECT_EQ(seen("ARM/mod")->committed, 0U);
  EXPECT_THAT(seen("ARM/mod")->operations, IsEmpty());
  EXPECT_EQ(seen("KAZ/mod")->ledger_seq, 3U);
  EXPECT_EQ(seen("KAZ/mod")->committed, 60U);
}

TEST(FeedOperation, IsTheRowOfTheList) {
  const auto force = force_with_promises();

  const auto row = feed_operation(force.state, code("EX-2201"), officer_at(kNow));

  ASSERT_TRUE(row);
  EXPECT_EQ(*row, (model::FeedOperation{.operation = code("EX-2201"),
                                        .name = "Steppe (fictional)",
                                        .host = nation("KAZ"),
                                        .state = OperationState::requested,
                                        .authorised_strength = 2'500,
                                        .required = 480,
                                        .nations = 1,
                                        .people = {.offered = 30, .accepted = 60}}));
  EXPECT_EQ(feed_operation(force.state, code("EX-NONE"), officer_at(kNow)), std::nullopt);
  EXPECT_EQ(feed_operation(force.state, code("EX-2201"), ministry_at("ARM/mod", kNow)),
            std::nullopt);
}

// ---- age ----------------------------------------------------------------------------------------

TEST(FeedUnit, IsExpiredForEverWhenAWordIsLacking) {
  Operating force;
  force.tell({tests::unit_of("KAZ:CO"), tests::strength_of("KAZ:CO")}, {});

  const auto row = feed_unit(force.state, unit_id("KAZ:CO"), officer_at(kNow));

  ASSERT_TRUE(row);
  EXPECT_EQ(row->ageing_at, std::nullopt);
  EXPECT_EQ(row->expires_at, std::nullopt);
  EXPECT_EQ(model::freshness_at(*row, kNow), model::Freshness::expired);
}

TEST(FeedUnit, AgesByItsYoungestDeadline) {
  Operating force;
  force.declare("KAZ:CO", 100);
  const auto row = *feed_unit(force.state, unit_id("KAZ:CO"), officer_at(kNow));

  // A Strength is due every day: 1, 2 and 7 days.
  EXPECT_EQ(row.ageing_at, kSampleTime + 24h);
  EXPECT_EQ(row.stale_at, kSampleTime + 48h);
  EXPECT_EQ(row.expires_at, kSampleTime + 168h);
  EXPECT_EQ(model::freshness_at(row, kSampleTime + 24h), model::Freshness::fresh);
  EXPECT_EQ(model::freshness_at(row, kSampleTime + 24h + 1us), model::Freshness::ageing);
  EXPECT_EQ(model::freshness_at(row, kSampleTime + 48h), model::Freshness::ageing);
  EXPECT_EQ(model::freshness_at(row, kSampleTime + 48h + 1us), model::Freshness::stale);
  EXPECT_EQ(model::freshness_at(row, kSampleTime + 168h), model::Freshness::stale);
  EXPECT_EQ(model::freshness_at(row, kSampleTime + 168h + 1us), model::Freshness::expired);
}

TEST(FeedUnit, ExpiresWhenItsPledgeLapses) {
  Operating force;
  force.declare("KAZ:CO", 100);
  auto pledged = ready_availability("KAZ:CO", {});
  pledged.pledge_level = 2;
  pledged.pledge_valid_until = kSampleTime + 10h;
  force.tell({pledged}, {});
  const auto row = *feed_unit(force.state, unit_id("KAZ:CO"), officer_at(kNow));

  EXPECT_EQ(model::freshness_at(row, kSampleTime + 10h - 1us), model::Freshness::fresh);
  EXPECT_EQ(model::freshness_at(row, kSampleTime + 10h), model::Freshness::expired);
}

// ---- focus --------------------------------------------------------------------------------------

TEST(FeedFilter, LetsPassWhatIsInFocus) {
  const auto force = force_with_promises();
  const auto row = *feed_unit(force.state, unit_id("KAZ:CO"), officer_at(kNow));
  const auto operation = *feed_operation(force.state, code("EX-2201"), officer_at(kNow));
  const auto unit_passes = [&](const model::FeedFilter& filter) { return passes(filter, row); };

  EXPECT_TRUE(unit_passes({}));
  EXPECT_TRUE(unit_passes({.nations = {nation("ARM"), nation("KAZ")}}));
  EXPECT_FALSE(unit_passes({.nations = {nation("ARM")}}));
  EXPECT_TRUE(unit_passes({.components = {model::Component::military}}));
  EXPECT_FALSE(unit_passes({.components = {model::Component::police}}));
  EXPECT_TRUE(unit_passes({.element_kinds = {model::ElementKind::combat}}));
  EXPECT_FALSE(unit_passes({.element_kinds = {model::ElementKind::police}}));
  EXPECT_TRUE(unit_passes({.levels = {1}}));
  EXPECT_FALSE(unit_passes({.levels = {2, 6}}));
  EXPECT_TRUE(unit_passes({.operation = code("EX-2201")}));
  EXPECT_FALSE(unit_passes({.operation = code("EX-2202")}));
  EXPECT_FALSE(unit_passes({.nations = {nation("KAZ")}, .levels = {2}})) << "all of it must hold";
  EXPECT_TRUE(passes(model::FeedFilter{.nations = {nation("ARM")}}, operation));
  EXPECT_TRUE(passes(model::FeedFilter{.operation = code("EX-2201")}, operation));
  EXPECT_FALSE(passes(model::FeedFilter{.operation = code("EX-2202")}, operation));
}

// ---- what changed -------------------------------------------------------------------------------

TEST(FeedChanged, NamesWhatAWordIsAboutAndNothingElse) {
  auto force = force_with_promises();
  force.declare("ARM:CO", 50);
  const auto after = [&](auto tell) {
    const auto before = force.state;
    tell();
    return changed(before, force.state);
  };

  auto found = after([&] { force.tell({tests::strength_of("ARM:CO")}, {.node = "ARM/mod"}); });
  EXPECT_THAT(found.units, ElementsAre(unit_id("ARM:CO")));
  EXPECT_THAT(found.operations, IsEmpty());

  found = after([&] { force.promise(slice_of("KAZ:CO", "S-2", 31, ContributionState::offered)); });
  EXPECT_THAT(found.units, ElementsAre(unit_id("KAZ:CO")));
  EXPECT_THAT(found.operations, ElementsAre(code("EX-2201")));

  found = after([&] { force.by_office({step_to("D-2", OperationState::consultation)}); });
  EXPECT_THAT(found.units, IsEmpty());
  EXPECT_THAT(found.operations, ElementsAre(code("EX-2201")));

  auto response = decision_of("A-1", model::DecisionKind::offer_response);
  response.operation = std::nullopt;
  response.contribution_id = "KAZ/S-2";
  response.contribution_to = ContributionState::accepted;
  found = after([&] { force.by_office({response}); });
  EXPECT_THAT(found.units, ElementsAre(unit_id("KAZ:CO")));
  EXPECT_THAT(found.operations, ElementsAre(code("EX-2201")));

  found = after([] {});
  EXPECT_THAT(found.units, IsEmpty());
  EXPECT_THAT(found.operations, IsEmpty());
}

/// A correction folds all that was agreed anew; what says the same as before has not changed.
TEST(FeedChanged, NamesOnlyWhatACorrectionChanges) {
  auto force = force_with_promises();
  force.declare("ARM:CO", 50);
  force.promise(slice_of("ARM:CO", "S-9", 20, ContributionState::offered));  // ARM/mod#2
  force.by_office({operation_of("EX-2202")});
  const auto before = force.state;

  force.tell({slice_of("ARM:CO", "S-9", 25, ContributionState::offered)},
             {.node = "ARM/mod", .corrects = 2});

  const auto found = changed(before, force.state);
  EXPECT_THAT(found.units, ElementsAre(unit_id("ARM:CO")));
  EXPECT_THAT(found.operations, ElementsAre(code("EX-2201")));
}

TEST(FeedChanged, NamesEveryUnitWhenCadencesChange) {
  auto force = force_with_promises();
  const auto before = force.state;
  model::RegistryStatement registry;
  registry.policies = {{.valid_from = kSampleTime, .fresh_intervals = 3}};

  force.by_office({registry});

  EXPECT_THAT(changed(before, force.state).units,
              ElementsAre(unit_id("KAZ:BN"), unit_id("KAZ:CO")));
  EXPECT_EQ(feed_unit(force.state, unit_id("KAZ:CO"), officer_at(kNow))->ageing_at,
            kSampleTime + 72h);
}

// ---- symbols of the tree ------------------------------------------------------------------------

TEST(Tree, TellsWhatASymbolIsDrawnFrom) {
  Operating force;
  auto company = tests::unit_of("KAZ:CO");
  company.short_name = "CO (fictional)";
  company.sidc = "10031000141211000000";
  company.reinforcement = model::Reinforcement::rein;
  company.home = model::Place{43.25, 76.95};
  company.current = model::Place{43.5, 77.0};
  const model::Relation attached{model::RelationType::attached, unit_id("KAZ:BN"), kSampleTime, {}};
  const model::Relation over{model::RelationType::opcon, unit_id("KAZ:BN"), {}, kSampleTime};
  const model::Relation to_come{model::RelationType::tacon, unit_id("KAZ:BN"), kNow + 1us, {}};
  company.relations = {
      {model::RelationType::child_of, unit_id("KAZ:BN"), {}, {}}, attached, over, to_come};
  force.tell({company}, {});
  force.tell({tests::strength_of("KAZ:CO")}, {.releasable_to = {nation("ARM")}});
  force.promise(slice_of("KAZ:CO", "S-1", 60, ContributionState::committed));
  force.promise(slice_of("KAZ:CO", "S-2", 9, ContributionState::released));
  const auto seen = [&](const Moment& moment) {
    return tree(force.state, {nation("KAZ")}, moment)->nodes.at(0);
  };

  const auto node = seen(officer_at(kNow));
  EXPECT_EQ(node.short_name, "CO (fictional)");
  EXPECT_EQ(node.sidc, "10031000141211000000");
  EXPECT_EQ(node.lifecycle, model::Lifecycle::standby);
  EXPECT_EQ(node.reinforcement, model::Reinforcement::rein);
  EXPECT_EQ(node.home, company.home);
  EXPECT_EQ(node.current, company.current);
  EXPECT_THAT(node.relations, ElementsAre(attached));
  EXPECT_EQ(node.committed, 60U);
  EXPECT_THAT(node.operations, ElementsAre(code("EX-2201")));

  const auto abroad = seen(ministry_at("ARM/mod", kNow));
  EXPECT_EQ(abroad.short_name, "CO (fictional)");
  EXPECT_EQ(abroad.home, std::nullopt) << "where it is was not released";
  EXPECT_EQ(abroad.current, std::nullopt);
  EXPECT_THAT(abroad.relations, IsEmpty());
  EXPECT_EQ(abroad.committed, 0U);
  EXPECT_THAT(abroad.operations, IsEmpty());
}

}  // namespace
}  // namespace muster::core
