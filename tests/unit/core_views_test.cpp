// SPDX-License-Identifier: Apache-2.0
#include "broker/core/views.h"

#include <gmock/gmock.h>

#include "broker/core/freshness.h"
#include "tests/support/core_samples.h"

namespace muster::core {
namespace {

using namespace std::chrono_literals;
using model::Dimension;
using model::Freshness;
using model::Role;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using tests::kNow;
using tests::kSampleTime;
using tests::nation;
using tests::report_of;
using tests::strength_of;
using tests::unit_id;
using tests::unit_of;

Moment seen_by(std::string_view node, std::vector<Role> roles, model::UtcTime now = kNow) {
  return {.viewer = {tests::node_id(node), std::move(roles)},
          .now = now,
          .known_at = now,
          .limits = {}};
}
Moment seen_by_officer(model::UtcTime now = kNow) {
  return seen_by("SEC/hq", {Role::officer}, now);
}

/// A report about units of one nation, released to the others that are named.
model::Report released(std::vector<model::Statement> statements, std::vector<std::string> to) {
  auto report = report_of(std::move(statements));
  for (const auto& name : to) {
    report.releasable_to.push_back(nation(name));
  }
  return report;
}

model::UnitStatement unit_with(std::string_view id, model::Component component,
                               model::ElementKind kind, model::ForcePool pool) {
  auto unit = unit_of(id);
  unit.component = component;
  unit.element_kind = kind;
  unit.pools = {pool};
  return unit;
}

/// KAZ: combat 100 (level 1), police 40 (level 4), of the CPF. ARM: combat 60 of the CRRF.
tests::World three_units() {
  using enum model::Component;
  tests::World world;
  world.accept(report_of(
      {unit_with("KAZ:C", military, model::ElementKind::combat, model::ForcePool::cpf),
       strength_of("KAZ:C", {.authorised = 100, .assigned = 100, .present = 95, .deployable = 90}),
       unit_with("KAZ:P", police, model::ElementKind::police, model::ForcePool::cpf),
       strength_of("KAZ:P", {.authorised = 80, .assigned = 40, .present = 40, .deployable = 40})}));
  world.accept(
      report_of({unit_with("ARM:C", military, model::ElementKind::combat, model::ForcePool::crrf),
                 strength_of("ARM:C",
                             {.authorised = 60, .assigned = 60, .present = 60, .deployable = 60})}),
      "ARM/mod");
  return world;
}

std::vector<std::pair<std::string, std::uint64_t>> assigned_by(const tests::World& world,
                                                               Dimension dimension) {
  std::vector<std::pair<std::string, std::uint64_t>> rows;
  for (const auto& row : strength(world.state, {.group_by = {dimension}}, seen_by_officer()).rows) {
    rows.emplace_back(row.key.front(), row.figures.assigned);
  }
  return rows;
}

TEST(Strength, GroupsByEachDimension) {
  const auto world = three_units();
  using Row = std::pair<std::string, std::uint64_t>;

  EXPECT_THAT(assigned_by(world, Dimension::nation), ElementsAre(Row{"ARM", 60}, Row{"KAZ", 140}));
  EXPECT_THAT(assigned_by(world, Dimension::component),
              ElementsAre(Row{"MILITARY", 160}, Row{"POLICE", 40}));
  EXPECT_THAT(assigned_by(world, Dimension::element_kind),
              ElementsAre(Row{"COMBAT", 160}, Row{"POLICE", 40}));
  EXPECT_THAT(assigned_by(world, Dimension::level), ElementsAre(Row{"1", 160}, Row{"4", 40}));
}

TEST(Strength, GroupsByTwoDimensionsAtOnce) {
  const auto answer =
      strength(three_units().state, {.group_by = {Dimension::component, Dimension::nation}},
               seen_by_officer());

  ASSERT_THAT(answer.rows, SizeIs(3));
  EXPECT_THAT(answer.rows[0].key, ElementsAre("MILITARY", "ARM"));
  EXPECT_THAT(answer.rows[1].key, ElementsAre("MILITARY", "KAZ"));
  EXPECT_THAT(answer.rows[2].key, ElementsAre("POLICE", "KAZ"));
  EXPECT_EQ(answer.rows[1].figures.present, 95U);
}

TEST(Strength, HasATotalAndNoRowsWithoutADimension) {
  const auto answer = strength(three_units().state, {}, seen_by_officer());

  EXPECT_THAT(answer.rows, IsEmpty());
  const model::Figures expected{.units = 3,
                                .authorised = 240,
                                .assigned = 200,
                                .on_strength = 200,
                                .present = 195,
                                .deployable = 190};
  EXPECT_EQ(answer.total.figures, expected);
  EXPECT_EQ(answer.total.oldest_valid_at, kSampleTime);
}

TEST(Strength, FiltersByEachField) {
  const auto world = three_units();
  const auto units = [&](const model::StrengthQuery& query) {
    return strength(world.state, query, seen_by_officer()).total.figures.units;
  };

  EXPECT_EQ(units({.nations = {nation("KAZ")}}), 2U);
  EXPECT_EQ(units({.nations = {nation("KAZ"), nation("ARM")}}), 3U);
  EXPECT_EQ(units({.components = {model::Component::police}}), 1U);
  EXPECT_EQ(units({.element_kinds = {model::ElementKind::combat}}), 2U);
  EXPECT_EQ(units({.levels = {4}}), 1U);
  EXPECT_EQ(units({.pools = {model::ForcePool::crrf}}), 1U);
  EXPECT_EQ(units({.nations = {nation("ARM")}, .components = {model::Component::police}}), 0U);
}

TEST(Strength, ComputesOnStrengthFromItsTerms) {
  tests::World world;
  auto strength_a = strength_of("KAZ:A", {.assigned = 380, .present = 352, .deployable = 358});
  strength_a.attached_in = 10;
  strength_a.detached_out = 20;
  strength_a.absences = {{model::AbsenceReason::leave, 18}};
  strength_a.non_deployable = {{model::NonDeployableReason::other, 12}};

  world.accept(report_of({unit_of("KAZ:A"), strength_a}));

  EXPECT_EQ(strength(world.state, {}, seen_by_officer()).total.figures.on_strength, 370U);
}

TEST(Strength, CountsAUnitWithoutANumberAsAUnitOnly) {
  tests::World world;
  world.accept(report_of({unit_of("KAZ:A")}));

  const auto answer = strength(world.state, {}, seen_by_officer());

  EXPECT_EQ(answer.total.figures, model::Figures{.units = 1});
  EXPECT_EQ(answer.total.oldest_valid_at, std::nullopt);
}

TEST(Strength, LeavesOutDisbandedUnits) {
  tests::World world;
  auto gone = unit_of("KAZ:A");
  gone.lifecycle = model::Lifecycle::disbanded;
  world.accept(report_of({gone, strength_of("KAZ:A")}));

  EXPECT_EQ(strength(world.state, {}, seen_by_officer()).total.figures.units, 0U);
  EXPECT_EQ(tree(world.state, {nation("KAZ")}, seen_by_officer()), std::nullopt);
}

// ---- tree ---------------------------------------------------------------------------------------

model::Report battalion() {
  const auto people = [](model::Count n) {
    return tests::People{.authorised = n, .assigned = n, .present = n, .deployable = n};
  };
  return report_of({unit_of("KAZ:BN"), strength_of("KAZ:BN", people(40)),
                    unit_of("KAZ:CO1", "KAZ:BN"), strength_of("KAZ:CO1", people(120)),
                    unit_of("KAZ:CO2", "KAZ:BN"), strength_of("KAZ:CO2", people(118)),
                    unit_of("KAZ:CO3", "KAZ:BN"), strength_of("KAZ:CO3", people(110))});
}

TEST(Tree, RollsUpTheWorkedExample) {
  tests::World world;
  world.accept(battalion());
  auto opcon = unit_of("KAZ:OPCON");
  opcon.relations = {{model::RelationType::opcon, unit_id("KAZ:BN"), {}, {}}};
  world.accept(report_of(
      {opcon, strength_of("KAZ:OPCON",
                          {.authorised = 90, .assigned = 90, .present = 90, .deployable = 90})}));

  const auto answer = tree(world.state, {nation("KAZ")}, seen_by_officer());

  ASSERT_TRUE(answer.has_value());
  ASSERT_THAT(answer->nodes, SizeIs(5));
  EXPECT_EQ(answer->nodes[0].unit, unit_id("KAZ:BN"));
  EXPECT_EQ(answer->nodes[0].own.assigned, 40U);
  EXPECT_EQ(answer->nodes[0].rolled_up.assigned, 388U);
  EXPECT_EQ(answer->nodes[0].rolled_up.units, 4U);
  EXPECT_EQ(answer->nodes[1].parent, unit_id("KAZ:BN"));
  EXPECT_EQ(answer->nodes[1].depth, 1);
  EXPECT_EQ(answer->nodes[4].unit, unit_id("KAZ:OPCON"));
  EXPECT_EQ(answer->nodes[4].depth, 0);
  EXPECT_TRUE(answer->nodes[4].parent.empty());
}

TEST(Tree, MakesAUnitWhoseParentIsGoneARoot) {
  tests::World world;
  world.accept(battalion());
  auto gone = unit_of("KAZ:BN");
  gone.lifecycle = model::Lifecycle::disbanded;
  world.accept(report_of({gone}));

  const auto answer = tree(world.state, {nation("KAZ")}, seen_by_officer());

  ASSERT_THAT(answer->nodes, SizeIs(3));
  for (const auto& node : answer->nodes) {
    EXPECT_EQ(node.depth, 0);
    EXPECT_TRUE(node.parent.empty());
  }
}

TEST(Tree, IsNothingForANationThatHasNoUnit) {
  EXPECT_EQ(tree(three_units().state, {nation("TJK")}, seen_by_officer()), std::nullopt);
}

// ---- freshness ----------------------------------------------------------------------------------

TEST(Freshness, FollowsTheWorkedExample) {
  const auto aged = [](model::Duration age) {
    return freshness_of(kNow - age, kNow, 24h, model::Policy{});
  };

  EXPECT_EQ(aged(20h), Freshness::fresh);
  EXPECT_EQ(aged(24h), Freshness::fresh);
  EXPECT_EQ(aged(30h), Freshness::ageing);
  EXPECT_EQ(aged(48h), Freshness::ageing);
  EXPECT_EQ(aged(100h), Freshness::stale);
  EXPECT_EQ(aged(168h), Freshness::stale);
  EXPECT_EQ(aged(169h), Freshness::expired);
  EXPECT_EQ(freshness_of(std::nullopt, kNow, 24h, model::Policy{}), Freshness::expired);
}

/// Everything that levels and ages rest on. The unit is committed to no mission.
model::Report complete() {
  auto readiness = tests::full_readiness();
  readiness.missions.clear();
  return report_of({tests::root_unit(), tests::full_unit(), tests::full_strength(),
                    tests::full_equipment(), tests::full_training(), readiness,
                    tests::full_availability()});
}

/// Of one unit at one moment, by the cadences of the registry; the header of an answer agrees.
Freshness freshness_at(const tests::World& world, std::string_view id, model::UtcTime at) {
  const Ages ages(*world.state.registry, at);
  const auto* unit = world.state.units.find(unit_id(id));
  if (id == "KAZ:EX-COMBAT-1") {
    const auto header = header_of(world.state, seen_by_officer(at), {nation("KAZ")});
    EXPECT_EQ(header.stale_strength > 0, ages.of(unit_id(id), *unit) >= Freshness::stale);
  }
  return ages.of(unit_id(id), *unit);
}

TEST(Freshness, IsTheWorstOverStrengthReadinessAndAvailability) {
  tests::World world;
  auto report = complete();
  std::get<model::UnitStatement>(report.statements[1]).lifecycle = model::Lifecycle::standby;
  world.accept(report);
  auto later = world;
  later.accept(report_of({tests::full_strength()}, kSampleTime + 30h), "KAZ/mod", kNow + 30h);

  EXPECT_EQ(freshness_at(world, "KAZ:EX-COMBAT-1", kSampleTime + 24h), Freshness::fresh);
  // Availability is older, and due every day of a unit that stands by.
  EXPECT_EQ(freshness_at(later, "KAZ:EX-COMBAT-1", kSampleTime + 30h), Freshness::ageing);
  EXPECT_EQ(freshness_at(world, "KAZ:EX-COMBAT-1", kSampleTime + 169h), Freshness::expired);
}

TEST(Freshness, FollowsTheCadenceThatTheNationAgreedOn) {
  tests::World world;
  world.accept(complete());
  auto registry = tests::six_members();
  for (auto& member : registry.members) {
    member.intervals = {{model::StatementKind::strength, 7 * 86'400}};
  }
  world.accept(report_of({registry}), "REG/registry");

  EXPECT_EQ(freshness_at(world, "KAZ:EX-COMBAT-1", kSampleTime + 168h), Freshness::fresh);
  EXPECT_EQ(freshness_at(world, "KAZ:EX-COMBAT-1", kSampleTime + 169h), Freshness::ageing);
}

TEST(Freshness, FollowsThePolicyOfTheMoment) {
  tests::World world;
  world.accept(complete());
  auto registry = tests::six_members();
  registry.policies = {
      {.valid_from = kSampleTime + 48h, .fresh_intervals = 3, .ageing_intervals = 4}};
  world.accept(report_of({registry}), "REG/registry");

  EXPECT_EQ(freshness_at(world, "KAZ:EX-COMBAT-1", kSampleTime + 47h), Freshness::ageing);
  EXPECT_EQ(freshness_at(world, "KAZ:EX-COMBAT-1", kSampleTime + 49h), Freshness::fresh);
}

TEST(Freshness, IsExpiredWhileAKindOfStatementIsMissing) {
  tests::World world;
  world.accept(report_of({unit_of("KAZ:A"), strength_of("KAZ:A")}));

  EXPECT_EQ(freshness_at(world, "KAZ:A", kNow), Freshness::expired);
}

TEST(Freshness, ExpiresWithThePledge) {
  tests::World world;
  auto report = complete();
  std::get<model::AvailabilityStatement>(report.statements.back()).pledge_valid_until =
      kSampleTime + 12h;
  world.accept(report);

  EXPECT_EQ(freshness_at(world, "KAZ:EX-COMBAT-1", kSampleTime + 11h), Freshness::fresh);
  EXPECT_EQ(freshness_at(world, "KAZ:EX-COMBAT-1", kSampleTime + 12h), Freshness::expired);
}

// ---- header -------------------------------------------------------------------------------------

TEST(Header, NamesWhoReportsWhoIsMissingAndWhoIsStale) {
  tests::World world;
  world.accept(complete());
  world.accept(report_of({unit_of("ARM:A"), strength_of("ARM:A")}), "ARM/mod");

  const auto header = header_of(world.state, seen_by_officer());

  EXPECT_THAT(header.nations_reporting, ElementsAre(nation("ARM"), nation("KAZ")));
  EXPECT_THAT(header.nations_missing,
              ElementsAre(nation("RUS"), nation("BLR"), nation("KGZ"), nation("TJK")));
  // ARM says nothing of availability, and the root unit of KAZ nothing at all.
  EXPECT_THAT(header.nations_stale, ElementsAre(nation("ARM"), nation("KAZ")));
  EXPECT_EQ(header.stale_strength, 90U);
  EXPECT_EQ(header.ledger_seq, world.state.ledger_seq);
  EXPECT_TRUE(header.is_partial());
}

TEST(Header, NamesANationWhoseStrengthHasExpiredAsMissing) {
  const auto header = header_of(three_units().state, seen_by_officer(kSampleTime + 169h));

  EXPECT_THAT(header.nations_reporting, IsEmpty());
  EXPECT_THAT(header.nations_missing, SizeIs(6));
  EXPECT_EQ(header.stale_strength, 190U);
}

TEST(Header, TellsWhoKeepsTheBusHealthyWhoReportsButNoStrength) {
  const auto header = header_of(three_units().state, seen_by("SEC/ops", {Role::ops}));

  EXPECT_EQ(header.nations_reporting.size() + header.nations_missing.size(), 6U);
  EXPECT_THAT(header.nations_missing, SizeIs(testing::Gt(0)));
  EXPECT_EQ(header.stale_strength, 0U);
}

TEST(Header, SpeaksOfTheNationsThatTheAnswerRestsOn) {
  tests::World world;
  world.accept(complete());

  const auto header = header_of(world.state, seen_by_officer(), {nation("KAZ")});

  EXPECT_THAT(header.nations_reporting, ElementsAre(nation("KAZ")));
  EXPECT_THAT(header.nations_missing, IsEmpty());
}

TEST(Header, ExpectsOnlyMembersOfThatMoment) {
  auto world = three_units();
  auto registry = tests::six_members();
  for (auto& member : registry.members) {
    if (member.nation == nation("TJK")) {
      member.valid_to = kSampleTime;
    }
  }
  world.accept(report_of({registry}), "REG/registry");

  EXPECT_THAT(header_of(world.state, seen_by_officer()).nations_missing,
              ElementsAre(nation("RUS"), nation("BLR"), nation("KGZ")));
}

// ---- who sees what ------------------------------------------------------------------------------

/// ARM:A is released to KAZ, ARM:B to nobody.
tests::World released_and_not() {
  tests::World world;
  world.accept(released({unit_of("ARM:A"), strength_of("ARM:A")}, {"KAZ", "RUS"}), "ARM/mod");
  world.accept(report_of({unit_of("ARM:B"), strength_of("ARM:B")}), "ARM/mod");
  world.accept(report_of({unit_of("KAZ:A"), strength_of("KAZ:A")}));
  return world;
}

std::uint32_t units_seen(const tests::World& world, const Moment& moment) {
  return strength(world.state, {}, moment).total.figures.units;
}

TEST(Visibility, IsAllForTheSecretariat) {
  const auto world = released_and_not();

  for (const auto role : {Role::officer, Role::planner, Role::registrar, Role::auditor}) {
    EXPECT_EQ(units_seen(world, seen_by("SEC/hq", {role})), 3U) << model::to_text(role);
  }
}

TEST(Visibility, IsOwnAndReleasedForANation) {
  const auto world = released_and_not();

  for (const auto role : {Role::publisher, Role::member}) {
    EXPECT_EQ(units_seen(world, seen_by("KAZ/mod", {role})), 2U);
    EXPECT_EQ(units_seen(world, seen_by("ARM/mod", {role})), 2U);
    EXPECT_EQ(units_seen(world, seen_by("BLR/mod", {role})), 0U);
  }
  EXPECT_EQ(unit(world.state, {unit_id("ARM:B")}, seen_by("KAZ/mod", {Role::publisher})),
            std::nullopt);
}

TEST(Visibility, IsNothingForThoseWhoKeepTheBusHealthy) {
  const auto world = released_and_not();

  for (const auto role : {Role::ops, Role::partner}) {
    const auto moment = seen_by("SEC/ops", {role});
    EXPECT_EQ(units_seen(world, moment), 0U);
    EXPECT_FALSE(may_ask(moment.viewer, model::StrengthQuery{}));
    EXPECT_FALSE(may_ask(moment.viewer, model::LedgerTailQuery{}));
    EXPECT_TRUE(may_ask(moment.viewer, model::ServerInfoQuery{}));
  }
  EXPECT_FALSE(may_ask({}, model::ServerInfoQuery{}));
}

TEST(Visibility, OfTheLedgerIsForAuditorAndRegistrar) {
  EXPECT_TRUE(may_ask({tests::node_id("SEC/a"), {Role::auditor}}, model::LedgerTailQuery{}));
  EXPECT_TRUE(may_ask({tests::node_id("REG/a"), {Role::registrar}}, model::LedgerTailQuery{}));
  EXPECT_FALSE(may_ask({tests::node_id("SEC/a"), {Role::officer}}, model::LedgerTailQuery{}));
  EXPECT_FALSE(may_ask({tests::node_id("KAZ/a"), {Role::publisher}}, model::LedgerTailQuery{}));
}

TEST(Visibility, DoesNotTellANationWhichOthersAreMissing) {
  const auto header = header_of(released_and_not().state, seen_by("TJK/mod", {Role::publisher}));

  EXPECT_THAT(header.nations_missing, ElementsAre(nation("TJK")));
  EXPECT_EQ(header.stale_strength, 0U);
}

TEST(Visibility, EndsWhenANewerStrengthIsNotReleased) {
  auto world = released_and_not();
  world.accept(report_of({strength_of("ARM:A")}, kSampleTime + 1min), "ARM/mod");

  EXPECT_EQ(units_seen(world, seen_by("KAZ/mod", {Role::publisher})), 1U);
}

TEST(Visibility, OfAUnitStopsAtStatementsThatWereNotReleased) {
  tests::World world;
  auto readiness = tests::full_readiness();
  readiness.unit = unit_id("ARM:A");
  readiness.missions.clear();
  readiness.s = readiness.r = readiness.t = model::kNotMeasured;
  world.accept(released({unit_of("ARM:A"), strength_of("ARM:A")}, {"KAZ"}), "ARM/mod");
  world.accept(report_of({readiness}), "ARM/mod");
  const auto foreign = seen_by("KAZ/mod", {Role::publisher});

  const auto answer = unit(world.state, {unit_id("ARM:A")}, foreign);

  ASSERT_TRUE(answer.has_value());
  EXPECT_THAT(answer->statements, SizeIs(2));
  EXPECT_EQ(answer->reported_overall, std::nullopt);
  EXPECT_EQ(answer->effective, model::kNotMeasured);
  EXPECT_EQ(tree(world.state, {nation("ARM")}, foreign)->nodes[0].level, model::kNotMeasured);
  EXPECT_EQ(strength(world.state, {.levels = {4}}, foreign).total.figures.units, 0U);
  EXPECT_EQ(unit(world.state, {unit_id("ARM:A")}, seen_by_officer())->effective, 4);
}

TEST(Unit, ShowsEachStatementWithItsStamp) {
  tests::World world;
  world.accept(complete());

  const auto answer = unit(world.state, {unit_id("KAZ:EX-COMBAT-1")}, seen_by_officer());

  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->node, tests::node_id("KAZ/mod"));
  EXPECT_THAT(answer->statements, SizeIs(6));
  EXPECT_THAT(answer->stamps,
              ::testing::Each(Field(&model::StatementStamp::valid_at, kSampleTime)));
  EXPECT_EQ(answer->stamps[1].kind, model::StatementKind::strength);
  EXPECT_EQ(answer->stamps[1].report.str(), "KAZ/mod#1");
  EXPECT_EQ(answer->reported_overall, model::Level{4});
  EXPECT_EQ(answer->computed.p, 1);
  EXPECT_EQ(answer->effective, 4);
}

TEST(Unit, IsNothingWhenItIsNotKnown) {
  EXPECT_EQ(unit(tests::empty_state(), {unit_id("KAZ:A")}, seen_by_officer()), std::nullopt);
}

}  // namespace
}  // namespace muster::core
