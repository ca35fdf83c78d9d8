// SPDX-License-Identifier: Apache-2.0
#include "broker/core/state.h"

#include <gmock/gmock.h>

#include "broker/core/chain.h"
#include "tests/support/core_samples.h"

namespace muster::core {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using tests::kSampleTime;
using tests::report_of;
using tests::strength_of;
using tests::unit_id;
using tests::unit_of;

TEST(State, IsASnapshotWhenItIsCopied) {
  tests::World world;
  world.accept(report_of({unit_of("KAZ:A"), strength_of("KAZ:A", {.assigned = 100})}));
  const auto snapshot = world.state;

  world.accept(report_of({strength_of("KAZ:A", {.assigned = 110})}));

  EXPECT_EQ(snapshot.units.find(unit_id("KAZ:A"))->own.assigned, 100U);
  EXPECT_EQ(world.state.units.find(unit_id("KAZ:A"))->own.assigned, 110U);
  EXPECT_FALSE(snapshot == world.state);
}

TEST(State, DiffersByAReleaseAlone) {
  const auto with_release = [](std::vector<model::Nation> to) {
    tests::World world;
    auto report = report_of({unit_of("KAZ:A"), strength_of("KAZ:A")});
    report.releasable_to = std::move(to);
    return world.accept(report).state;
  };

  EXPECT_TRUE(with_release({tests::nation("ARM")}) == with_release({tests::nation("ARM")}));
  EXPECT_FALSE(with_release({tests::nation("ARM")}) == with_release({}));
}

TEST(State, KeepsTheOwnerOfTheFirstDeclaration) {
  tests::World world;
  world.accept(report_of({unit_of("KAZ:A")}), "KAZ/mod-2");
  world.take(report_of({unit_of("KAZ:A")}), "KAZ/mod");

  EXPECT_EQ(world.state.units.find(unit_id("KAZ:A"))->owner, tests::node_id("KAZ/mod-2"));
}

TEST(State, CountsTheLaterReportOfAnEnvelopeWhenBothAreOfOneMoment) {
  State state = tests::empty_state();
  const auto taken = [&](std::uint64_t seq, model::Count assigned) {
    const Stamp stamp{.report = {tests::node_id("KAZ/mod"), seq},
                      .valid_at = kSampleTime,
                      .issued_at = kSampleTime,
                      .received_at = kSampleTime,
                      .ledger_seq = 7};
    return StatementTaken{
        .said = {.statement = strength_of("KAZ:A", {.assigned = assigned}), .stamp = stamp}};
  };

  evolve(state, taken(2, 102));
  evolve(state, taken(1, 101));

  EXPECT_EQ(state.units.find(unit_id("KAZ:A"))->own.assigned, 102U);
}

TEST(State, AddsAndReplacesInTheRegistry) {
  auto state = tests::empty_state();
  model::RegistryStatement change;
  change.members = {{.nation = tests::nation("ARM"),
                     .participation_status = model::ParticipationStatus::suspended,
                     .valid_from = kSampleTime - 8760h,
                     .valid_to = kSampleTime},
                    {.nation = tests::nation("UZB"), .valid_from = kSampleTime}};

  evolve(state, StatementTaken{.said = {.statement = change}});

  EXPECT_THAT(state.registry->members, SizeIs(7));
  EXPECT_FALSE(state.registry->is_member(tests::nation("ARM"), kSampleTime));
  EXPECT_TRUE(state.registry->is_member(tests::nation("ARM"), kSampleTime - 1us));
  EXPECT_TRUE(state.registry->is_member(tests::nation("UZB"), kSampleTime));
}

TEST(State, SaysWhatIsBroken) {
  auto state = tests::empty_state();
  const Stamp foreign{.report = {tests::node_id("ARM/mod"), 1}};
  evolve(state, StatementTaken{.said = {.statement = unit_of("KAZ:A"), .stamp = foreign}});
  evolve(state,
         EnvelopeTaken{
             .node = tests::node_id("KAZ/mod"), .last_seq = 3, .ledger_seq = 1, .accepted = 1});

  EXPECT_THAT(broken_invariants(state), SizeIs(2));
  EXPECT_THAT(broken_invariants(tests::empty_state()), IsEmpty());
}

TEST(State, DescribesItselfInOrder) {
  tests::World world;
  world.accept(report_of({unit_of("KAZ:B"), unit_of("KAZ:A"), strength_of("KAZ:A")}));
  evolve(world.state,
         EnvelopeTaken{
             .node = tests::node_id("KAZ/mod"), .last_seq = 1, .ledger_seq = 1, .accepted = 1});

  EXPECT_EQ(describe(world.state),
            "ledger 1\n"
            "node KAZ/mod: head 1, accepted 1, refused 0\n"
            "unit KAZ:A by KAZ/mod: authorised 100 assigned 100 on strength 100 present 95 "
            "deployable 90, level 1\n"
            "unit KAZ:B by KAZ/mod: authorised 0 assigned 0 on strength 0 present 0 deployable 0, "
            "level 6\n");
}

TEST(Chain, TellsEachPlaceApart) {
  NodeState head;
  head.head_seq = 4;
  head.head_hash.fill(7);
  model::Hash other{};

  EXPECT_EQ(place_in_chain(head, {5, head.head_hash}), ChainPlace::next);
  EXPECT_EQ(place_in_chain(head, {5, other}), ChainPlace::broken);
  EXPECT_EQ(place_in_chain(head, {6, head.head_hash}), ChainPlace::gap);
  EXPECT_EQ(place_in_chain(head, {4, other}), ChainPlace::repeated);
  EXPECT_EQ(place_in_chain({}, {1, other}), ChainPlace::next);
}

}  // namespace
}  // namespace muster::core
