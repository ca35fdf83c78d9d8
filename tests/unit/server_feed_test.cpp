// SPDX-License-Identifier: Apache-2.0
// What subscribers are told: snapshots, deltas, what leaves the focus, lag, going on.
#include <gmock/gmock.h>

#include <chrono>

#include "schemas/wire/feed.h"
#include "tests/unit/server_feed_rig.h"
#include "tests/unit/server_operation_fixture.h"

namespace muster::tests {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::Gt;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr auto kNoRoom = std::size_t{0};
constexpr auto kRoom = std::numeric_limits<std::size_t>::max();

class FeedTest : public testing::Test {
 protected:
  void declare(TestNode& node, std::string_view id, std::vector<model::Nation> released = {}) {
    rig_.publish(node, {unit_of(id), strength_of(id)}, std::move(released));
  }
  void change(TestNode& node, std::string_view id, model::Count deployable,
              std::vector<model::Nation> released = {}) {
    rig_.publish(node, {strength_of(id, {.deployable = deployable})}, std::move(released));
  }
  void expect_faultless(const Screen& screen) { EXPECT_THAT(rig_.faults(screen, true), IsEmpty()); }

  FeedRig rig_;
};

TEST_F(FeedTest, SendsASnapshotThenWhatChanges) {
  declare(rig_.broker.kaz, "KAZ:A");
  declare(rig_.broker.arm, "ARM:A");
  auto& screen = rig_.subscribe(rig_.broker.sec);
  rig_.settle();
  EXPECT_THAT(screen.news(), ElementsAre("SNAP_BEGIN 2", "SNAP_ROWS 2", "SNAP_END 2"));

  change(rig_.broker.kaz, "KAZ:A", 41);
  rig_.settle();

  EXPECT_THAT(screen.news(), ElementsAre("DELTA 2-3 +1 -0"));
  EXPECT_EQ(screen.units.at(unit_id("KAZ:A")).own.deployable, 41U);
  expect_faultless(screen);
}

TEST_F(FeedTest, SendsAnEmptySnapshotOfAnEmptyForce) {
  auto& screen = rig_.subscribe(rig_.broker.sec);

  rig_.settle();

  EXPECT_THAT(screen.news(), ElementsAre("SNAP_BEGIN 0", "SNAP_END 0"));
}

TEST_F(FeedTest, TellsOfOperationsAndWhoIsPromisedToThem) {
  begin_operation(rig_.broker);
  auto& screen = rig_.subscribe(rig_.broker.sec, {.operation = code("EX-2203")});

  rig_.settle();

  EXPECT_THAT(screen.units, SizeIs(1));
  EXPECT_EQ(screen.units.begin()->first, unit_id("KAZ:EX-COMBAT-1"));
  EXPECT_THAT(screen.operations, SizeIs(1));
  EXPECT_EQ(screen.table(), expected_table(rig_.broker.state(), screen, rig_.broker.now));
}

TEST_F(FeedTest, SaysNothingOfWhatIsNotInFocus) {
  declare(rig_.broker.arm, "ARM:A");
  auto& screen = rig_.subscribe(rig_.broker.sec, {.nations = {nation("KAZ")}});
  rig_.settle();
  screen.news();

  change(rig_.broker.arm, "ARM:A", 41);
  rig_.settle();

  EXPECT_THAT(screen.news(), IsEmpty());
  expect_faultless(screen);
}

TEST_F(FeedTest, TellsOnceOfARowThatLeavesTheFocus) {
  declare(rig_.broker.kaz, "KAZ:A");
  const auto level = [&] { return rig_.broker.state().units.find(unit_id("KAZ:A"))->effective; };
  auto& screen = rig_.subscribe(rig_.broker.sec, {.levels = {level()}});
  rig_.settle();
  ASSERT_THAT(screen.units, SizeIs(1));
  screen.news();

  change(rig_.broker.kaz, "KAZ:A", 10);
  rig_.settle();
  change(rig_.broker.kaz, "KAZ:A", 11);
  rig_.settle();

  EXPECT_THAT(screen.news(), ElementsAre("DELTA 1-2 +0 -1"));
  expect_faultless(screen);
}

TEST_F(FeedTest, ShowsAMemberOnlyWhatWasReleasedToIt) {
  declare(rig_.broker.kaz, "KAZ:SECRET");
  declare(rig_.broker.kaz, "KAZ:SHOWN", {nation("ARM")});
  declare(rig_.broker.arm, "ARM:A");
  auto& screen = rig_.subscribe(rig_.broker.arm);
  rig_.settle();
  EXPECT_THAT(screen.units, SizeIs(2));
  screen.news();

  change(rig_.broker.kaz, "KAZ:SECRET", 41);
  rig_.settle();
  EXPECT_THAT(screen.news(), IsEmpty()) << "not even that it exists";
  change(rig_.broker.kaz, "KAZ:SHOWN", 41);
  rig_.settle();

  EXPECT_THAT(screen.news(), ElementsAre("DELTA 3-5 +0 -1")) << "it is no longer released";
  expect_faultless(screen);
}

// ---- keeping up ---------------------------------------------------------------------------------

TEST_F(FeedTest, ConflatesForWhoHasNoCreditAndSaysSo) {
  declare(rig_.broker.kaz, "KAZ:A");
  auto& screen = rig_.subscribe(rig_.broker.sec, {}, 1);
  rig_.settle();
  screen.news();
  for (model::Count deployable = 41; deployable < 44; ++deployable) {
    change(rig_.broker.kaz, "KAZ:A", deployable);
    rig_.settle();
  }
  EXPECT_THAT(screen.news(), IsEmpty());
  EXPECT_EQ(rig_.metric("muster_subscriber_backlog_records{class=\"all\"}"), 3);

  rig_.grant(screen, 1);
  rig_.settle();

  EXPECT_THAT(screen.news(), ElementsAre("LAGGED 1-4", "DELTA 1-4 +1 -0"));
  EXPECT_EQ(rig_.metric("muster_feed_lagged_total{class=\"all\"}"), 1);
  EXPECT_EQ(rig_.metric("muster_subscriber_backlog_records{class=\"all\"}"), 0);
  expect_faultless(screen);
}

TEST_F(FeedTest, SaysNothingOfLagWhenOneChangeWaitedForCredit) {
  declare(rig_.broker.kaz, "KAZ:A");
  auto& screen = rig_.subscribe(rig_.broker.sec, {}, 1);
  rig_.settle();
  screen.news();
  change(rig_.broker.kaz, "KAZ:A", 41);
  rig_.settle();

  rig_.grant(screen, 1);
  rig_.settle();

  EXPECT_THAT(screen.news(), ElementsAre("DELTA 1-2 +1 -0"));
}

TEST_F(FeedTest, SaysNothingOfLagWhenOneLookFindsSeveralCommits) {
  declare(rig_.broker.kaz, "KAZ:A");
  auto& screen = rig_.subscribe(rig_.broker.sec);
  rig_.settle();
  screen.news();
  for (model::Count deployable = 41; deployable < 44; ++deployable) {
    change(rig_.broker.kaz, "KAZ:A", deployable);
  }

  rig_.settle();

  EXPECT_THAT(screen.news(), ElementsAre("DELTA 1-4 +1 -0"));
  expect_faultless(screen);
}

TEST_F(FeedTest, WaitsForAFullConnectionAndTriesAgain) {
  declare(rig_.broker.kaz, "KAZ:A");
  auto& screen = rig_.subscribe(rig_.broker.sec);
  auto& other = rig_.subscribe(rig_.broker.sec);
  rig_.settle();
  screen.news();
  other.news();
  screen.room = kNoRoom;
  change(rig_.broker.kaz, "KAZ:A", 41);
  rig_.settle();
  change(rig_.broker.kaz, "KAZ:A", 42);
  rig_.settle();
  EXPECT_THAT(other.news(), ElementsAre("DELTA 1-2 +1 -0", "DELTA 2-3 +1 -0"));
  EXPECT_THAT(rig_.metric("muster_feed_sends_refused_total{class=\"all\"}"), Gt(0));

  screen.room = kRoom;
  rig_.pass(50ms);

  EXPECT_THAT(screen.news(), ElementsAre("LAGGED 1-3", "DELTA 1-3 +1 -0"));
  expect_faultless(screen);
}

TEST_F(FeedTest, SendsASnapshotAnewToWhoIsFurtherBehindThanTheJournal) {
  auto limits = FeedRig::limits_for_tests();
  limits.journal_max = 3;
  FeedRig rig(limits);
  rig.publish(rig.broker.kaz, {unit_of("KAZ:A"), strength_of("KAZ:A")});
  auto& screen = rig.subscribe(rig.broker.sec, {}, 1);
  rig.settle();
  screen.news();
  for (model::Count deployable = 41; deployable < 46; ++deployable) {
    rig.publish(rig.broker.kaz, {strength_of("KAZ:A", {.deployable = deployable})});
    rig.settle();
  }
  EXPECT_EQ(rig.metric("muster_feed_journal_entries"), 3);

  rig.grant(screen, 1);
  rig.settle();

  EXPECT_THAT(screen.news(),
              ElementsAre("LAGGED 1-6", "SNAP_BEGIN 6", "SNAP_ROWS 1", "SNAP_END 6"));
  EXPECT_THAT(rig.faults(screen, true), IsEmpty());
}

TEST_F(FeedTest, MarksWhoIsUpToDateNowAndThen) {
  declare(rig_.broker.kaz, "KAZ:A");
  auto& screen = rig_.subscribe(rig_.broker.sec, {.nations = {nation("ARM")}}, 1);
  rig_.settle();
  change(rig_.broker.kaz, "KAZ:A", 41);
  rig_.settle();
  screen.news();

  rig_.pass(4'999ms);
  EXPECT_THAT(screen.news(), IsEmpty());
  rig_.pass(1ms);

  EXPECT_THAT(screen.news(), ElementsAre("MARK 2"));
  declare(rig_.broker.arm, "ARM:A");
  rig_.settle();
  EXPECT_THAT(screen.news(), ElementsAre("DELTA 2-3 +1 -0")) << "a mark costs no credit";
}

TEST_F(FeedTest, TellsOfALevelThatEndsWithItsCertificate) {
  auto training = full_training();
  training.unit = unit_id("KAZ:A");
  for (auto& task : training.tasks) {
    task.state = model::TrainingState::trained;
    task.certified_until = rig_.broker.now + 1h;
  }
  rig_.publish(rig_.broker.kaz, {unit_of("KAZ:A"), strength_of("KAZ:A"), training});
  auto& screen = rig_.subscribe(rig_.broker.sec);
  rig_.settle();
  const auto before = screen.units.at(unit_id("KAZ:A")).computed;
  screen.news();

  rig_.broker.now += 1h;
  rig_.settle();

  EXPECT_THAT(screen.news(), ElementsAre("DELTA 1-1 +1 -0"));
  EXPECT_NE(screen.units.at(unit_id("KAZ:A")).computed, before);
  expect_faultless(screen);
  rig_.broker.now += 1h;
  rig_.settle();
  EXPECT_THAT(screen.news(), IsEmpty()) << "it ends once";
}

TEST_F(FeedTest, TellsOfCadencesThatChangeWithAMembership) {
  declare(rig_.broker.kaz, "KAZ:A");
  const auto levels = rig_.broker.state().units.find(unit_id("KAZ:A"))->computed;
  rig_.publish(rig_.broker.kaz, {model::ReadinessStatement{.unit = unit_id("KAZ:A"),
                                                           .p = levels.p,
                                                           .s = levels.s,
                                                           .r = levels.r,
                                                           .t = levels.t,
                                                           .reported_overall = levels.overall},
                                 model::AvailabilityStatement{.unit = unit_id("KAZ:A"),
                                                              .notice_to_move_min = 480,
                                                              .load_min = 240,
                                                              .pledge_level = 0}});
  auto until = *rig_.broker.state().registry->member(nation("KAZ"), rig_.broker.now);
  until.valid_to = rig_.broker.now + 1h;
  auto from = until;
  from.valid_from = *until.valid_to;
  from.valid_to.reset();
  from.intervals = {{.statement = model::StatementKind::strength, .seconds = 3600}};
  model::RegistryStatement registry;
  registry.members = {until, from};
  rig_.publish(rig_.broker.reg, {registry});
  auto& screen = rig_.subscribe(rig_.broker.sec);
  rig_.settle();
  const auto before = screen.units.at(unit_id("KAZ:A")).ageing_at;
  screen.news();

  rig_.broker.now += 1h;
  rig_.settle();

  EXPECT_THAT(screen.news(), ElementsAre("DELTA 3-3 +1 -0"));
  EXPECT_NE(screen.units.at(unit_id("KAZ:A")).ageing_at, before);
  expect_faultless(screen);
  rig_.broker.now += 1h;
  rig_.settle();
  EXPECT_THAT(screen.news(), IsEmpty()) << "it changes once";
}

/// A board that came at night is not to be told how it stood in the evening.
TEST_F(FeedTest, BeginsASnapshotWithTheHeaderOfItsMoment) {
  declare(rig_.broker.kaz, "KAZ:A");
  rig_.subscribe(rig_.broker.sec);
  rig_.settle();
  rig_.broker.now += 240h;
  rig_.pass(5s);

  auto& screen = rig_.subscribe(rig_.broker.sec);
  rig_.settle();

  const auto begin = *wire::read_snap_begin(wire::read_message(screen.frames[0])->body);
  EXPECT_EQ(begin.header.valid_at, rig_.broker.now);
  EXPECT_THAT(begin.header.nations_stale, ElementsAre(nation("KAZ")));
}

// ---- many of them -------------------------------------------------------------------------------

TEST_F(FeedTest, MakesAMessageOnceForAllWhoAreToldTheSame) {
  declare(rig_.broker.kaz, "KAZ:A");
  std::vector<Screen*> screens;
  for (int i = 0; i < 50; ++i) {
    screens.push_back(&rig_.subscribe(i % 2 == 0 ? rig_.broker.sec : rig_.broker.kaz));
  }
  rig_.settle();
  const auto made = rig_.feed().messages_made();
  EXPECT_EQ(made, 6U) << "two snapshots of three messages";

  change(rig_.broker.kaz, "KAZ:A", 41);
  rig_.settle();

  EXPECT_EQ(rig_.feed().messages_made() - made, 2U);
  for (std::size_t i = 2; i < screens.size(); ++i) {
    EXPECT_EQ(screens[i]->frames, screens[i % 2]->frames);
    expect_faultless(*screens[i]);
  }
}

TEST_F(FeedTest, SendsTheSameBytesAgainToWhoHasCaughtUp) {
  declare(rig_.broker.kaz, "KAZ:A");
  const model::FeedFilter filter{.element_kinds = {model::ElementKind::combat}};
  auto& slow = rig_.subscribe(rig_.broker.sec, filter, 1);
  auto& quick = rig_.subscribe(rig_.broker.sec, filter);
  rig_.settle();
  change(rig_.broker.kaz, "KAZ:A", 41);
  rig_.settle();
  rig_.grant(slow, 100);
  rig_.settle();
  const auto made = rig_.feed().messages_made();

  change(rig_.broker.kaz, "KAZ:A", 42);
  rig_.settle();

  EXPECT_EQ(rig_.feed().messages_made() - made, 1U);
  EXPECT_EQ(slow.frames.back(), quick.frames.back());
}

TEST_F(FeedTest, SplitsALongSnapshotAndALongDeltaAndEndsThemOnce) {
  constexpr int kUnits = 3000;
  std::vector<model::Statement> units, strengths;
  for (int i = 0; i < kUnits; ++i) {
    const auto id = "KAZ:EX-" + std::to_string(i);
    units.emplace_back(unit_of(id));
    strengths.emplace_back(strength_of(id, {.deployable = 41}));
  }
  rig_.publish(rig_.broker.kaz, units);
  auto& screen = rig_.subscribe(rig_.broker.sec);
  rig_.settle();
  EXPECT_THAT(screen.told, SizeIs(Gt(4)));
  EXPECT_THAT(screen.units, SizeIs(kUnits));
  expect_faultless(screen);
  screen.news();

  rig_.publish(rig_.broker.kaz, strengths);
  rig_.settle();

  EXPECT_THAT(screen.told, SizeIs(Gt(2)));
  EXPECT_THAT(screen.told.front(), HasSubstr("…"));
  for (const auto& frame : screen.frames) {
    EXPECT_LE(frame.size(), model::kFeedMessageBytesMax);
  }
  expect_faultless(screen);
}

TEST_F(FeedTest, HoldsASnapshotAtItsStateWhileItsSubscriberIsSlow) {
  std::vector<model::Statement> units;
  for (int i = 0; i < 3000; ++i) {
    units.emplace_back(unit_of("KAZ:EX-" + std::to_string(i)));
  }
  rig_.publish(rig_.broker.kaz, units);
  auto& screen = rig_.subscribe(rig_.broker.sec, {}, 1);
  rig_.settle();
  EXPECT_FALSE(screen.is_whole);
  for (model::Count deployable = 41; deployable < 44; ++deployable) {
    change(rig_.broker.kaz, "KAZ:EX-7", deployable);
    rig_.settle();
  }
  screen.news();

  while (!screen.is_whole) {
    rig_.grant(screen, 1);
    rig_.settle();
  }
  EXPECT_EQ(screen.told.back(), "SNAP_END 1");
  EXPECT_EQ(screen.units.at(unit_id("KAZ:EX-7")).own.deployable, 0U);
  screen.news();
  rig_.grant(screen, 1);
  rig_.settle();

  EXPECT_THAT(screen.news(), ElementsAre("LAGGED 1-4", "DELTA 1-4 +1 -0"));
  expect_faultless(screen);
}

// ---- coming back --------------------------------------------------------------------------------

/// What `from` holds, in the hands of its next connection.
void hand_over(const Screen& from, Screen& to) {
  to.units = from.units;
  to.operations = from.operations;
  to.told_seq = from.told_seq;
  to.is_whole = true;
}

TEST_F(FeedTest, GoesOnWhereAnEarlierConnectionEnded) {
  declare(rig_.broker.kaz, "KAZ:A");
  auto& stays = rig_.subscribe(rig_.broker.sec);
  rig_.settle();
  declare(rig_.broker.kaz, "KAZ:B");
  auto& first = rig_.subscribe(rig_.broker.sec);
  rig_.settle();
  first.is_gone = true;
  change(rig_.broker.kaz, "KAZ:A", 41);
  rig_.settle();

  auto& second = rig_.subscribe(rig_.broker.sec, {}, 10, first.told_seq);
  hand_over(first, second);
  rig_.settle();

  EXPECT_THAT(second.news(), ElementsAre("DELTA 2-3 +1 -0"));
  expect_faultless(second);
  EXPECT_EQ(second.table(), stays.table());
  EXPECT_EQ(rig_.metric("muster_subscribers_disconnected_total{reason=\"gone\"}"), 1);
  EXPECT_EQ(rig_.metric("muster_subscribers{class=\"all\"}"), 2);
}

TEST_F(FeedTest, TellsAtOnceWhoComesBackAndHasMissedNothing) {
  auto& stays = rig_.subscribe(rig_.broker.sec);
  rig_.settle();
  declare(rig_.broker.kaz, "KAZ:A");
  rig_.settle();

  auto& second = rig_.subscribe(rig_.broker.sec, {}, 10, 1);
  hand_over(stays, second);
  rig_.settle();

  EXPECT_THAT(second.news(), ElementsAre("MARK 1"));
}

TEST_F(FeedTest, TellsWhoComesBackOfRowsThatLeftItsFocusMeanwhile) {
  const model::FeedFilter filter{.levels = {1, 2}};
  rig_.subscribe(rig_.broker.sec);
  rig_.settle();
  declare(rig_.broker.kaz, "KAZ:A");
  rig_.settle();
  auto& first = rig_.subscribe(rig_.broker.sec, filter);
  rig_.settle();
  ASSERT_THAT(first.units, SizeIs(1));
  first.is_gone = true;
  change(rig_.broker.kaz, "KAZ:A", 10);
  rig_.settle();

  auto& second = rig_.subscribe(rig_.broker.sec, filter, 10, first.told_seq);
  hand_over(first, second);
  rig_.settle();

  EXPECT_THAT(second.news(), ElementsAre("DELTA 1-2 +0 -1"));
  expect_faultless(second);
}

TEST_F(FeedTest, SendsASnapshotToWhoComesBackWhenItCannotGoOn) {
  declare(rig_.broker.kaz, "KAZ:A");
  rig_.subscribe(rig_.broker.sec);
  rig_.settle();
  change(rig_.broker.kaz, "KAZ:A", 41);
  rig_.settle();

  const auto told = [&](const TestNode& node, std::uint64_t from_ledger_seq,
                        std::optional<std::uint64_t> journal = {}) {
    auto& screen = rig_.subscribe(node, {}, 10, from_ledger_seq, journal);
    rig_.settle();
    return screen.told.front();
  };

  EXPECT_EQ(told(rig_.broker.sec, 1), "SNAP_BEGIN 2") << "before the journal";
  EXPECT_EQ(told(rig_.broker.sec, 3), "SNAP_BEGIN 2") << "from another ledger";
  EXPECT_EQ(told(rig_.broker.kaz, 2), "SNAP_BEGIN 2") << "who does not see all";
  EXPECT_EQ(told(rig_.broker.sec, 2), "MARK 2");
  EXPECT_EQ(told(rig_.broker.sec, 2, 0), "SNAP_BEGIN 2") << "who was told of no journal";
}

/// A backup was restored, and other reports took the numbers of those that were lost.
TEST_F(FeedTest, SendsASnapshotToWhoComesBackFromAnEarlierLifeOfTheBroker) {
  FeedRig earlier;
  auto& first = earlier.subscribe(earlier.broker.sec);
  earlier.settle();
  earlier.publish(earlier.broker.kaz, {unit_of("KAZ:A"), strength_of("KAZ:A")});
  earlier.settle();
  rig_.broker.now = earlier.broker.now + 1h;
  rig_.subscribe(rig_.broker.sec);
  rig_.settle();
  declare(rig_.broker.kaz, "KAZ:B");
  declare(rig_.broker.kaz, "KAZ:C");
  rig_.settle();

  auto& second = rig_.subscribe(rig_.broker.sec, {}, 10, first.told_seq, first.journal);
  hand_over(first, second);
  rig_.settle();

  EXPECT_THAT(second.news(), ElementsAre("SNAP_BEGIN 2", "SNAP_ROWS 2", "SNAP_END 2"));
  expect_faultless(second);
}

TEST_F(FeedTest, SendsASnapshotToAMemberThatComesBackAsAnOfficer) {
  rig_.subscribe(rig_.broker.sec);
  auto& member = rig_.subscribe(rig_.broker.arm);
  rig_.settle();
  declare(rig_.broker.kaz, "KAZ:A");
  rig_.settle();
  rig_.pass(5s);
  ASSERT_EQ(member.told_seq, 1U);
  auto entry = rig_.broker.arm.entry();
  entry.roles = {model::Role::officer};
  model::RegistryStatement registry;
  registry.nodes = {entry};
  rig_.publish(rig_.broker.reg, {registry});
  rig_.settle();
  ASSERT_TRUE(member.bye);

  auto& officer = rig_.subscribe(rig_.broker.arm, {}, 10, member.told_seq, member.journal);
  hand_over(member, officer);
  rig_.settle();

  EXPECT_THAT(officer.units, SizeIs(1));
  expect_faultless(officer);
}

}  // namespace
}  // namespace muster::tests
