// SPDX-License-Identifier: Apache-2.0
// How subscriptions end: each reason, and what it says.
#include <gmock/gmock.h>

#include <chrono>

#include "schemas/wire/feed.h"
#include "tests/unit/server_feed_rig.h"

namespace muster::tests {
namespace {

using namespace std::chrono_literals;
using model::FeedByeReason;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class FeedByesTest : public testing::Test {
 protected:
  void register_nodes(std::vector<model::RegisteredNode> nodes) {
    model::RegistryStatement registry;
    registry.nodes = std::move(nodes);
    rig_.publish(rig_.broker.reg, {registry});
  }
  void change(model::Count deployable) {
    rig_.publish(rig_.broker.kaz,
                 {unit_of("KAZ:A"), strength_of("KAZ:A", {.deployable = deployable})});
  }
  double ended(std::string_view reason) {
    return rig_.metric("muster_subscribers_disconnected_total{reason=\"" + std::string(reason) +
                       "\"}");
  }
  void expect_end(const Screen& screen, FeedByeReason reason, std::string_view message) {
    ASSERT_TRUE(screen.bye);
    EXPECT_EQ(screen.bye->reason, reason);
    EXPECT_EQ(screen.bye->message, message);
    ASSERT_FALSE(rig_.byes.empty());
    EXPECT_EQ(rig_.byes.back(), std::pair(reason, std::string(message))) << "the log says the same";
  }

  FeedRig rig_;
};

TEST_F(FeedByesTest, EndsWhatIsNoLongerWanted) {
  auto& screen = rig_.subscribe(rig_.broker.sec);
  rig_.settle();

  rig_.say(screen, wire::unsubscribe_message({.id = 1}));

  expect_end(screen, FeedByeReason::unsubscribed, "the subscription has ended, as was asked for");
  EXPECT_EQ(ended("unsubscribed"), 1);
  EXPECT_EQ(rig_.feed().subscribers(), 0U);
  EXPECT_EQ(rig_.metric("muster_subscribers{class=\"all\"}"), 0);
}

TEST_F(FeedByesTest, EndsWhoHasNoCreditForTooLong) {
  auto& screen = rig_.subscribe(rig_.broker.sec, {}, 1);
  rig_.settle();
  change(41);
  rig_.settle();
  change(42);
  rig_.settle();  // One credit was for the first of them.

  rig_.pass(59'999ms);
  EXPECT_FALSE(screen.bye);
  rig_.pass(50ms);

  expect_end(screen, FeedByeReason::slow,
             "nothing could be sent for 60000 ms: subscribe anew, read faster, and grant credit");
  EXPECT_EQ(ended("slow"), 1);
}

TEST_F(FeedByesTest, EndsWhoseConnectionIsFullForTooLong) {
  auto& screen = rig_.subscribe(rig_.broker.sec);
  rig_.settle();
  screen.room = 0;
  for (int i = 0; i < 13; ++i) {  // A mark is due every five seconds, and cannot be sent.
    rig_.pass(5s);
  }

  EXPECT_EQ(ended("slow"), 1);
  EXPECT_EQ(rig_.feed().subscribers(), 0U);
}

TEST_F(FeedByesTest, EndsWhoDragsASnapshotOutForTooLong) {
  std::vector<model::Statement> units;
  for (int i = 0; i < 4000; ++i) {
    units.emplace_back(unit_of("KAZ:EX-" + std::to_string(i)));
  }
  rig_.publish(rig_.broker.kaz, units);
  auto& screen = rig_.subscribe(rig_.broker.sec, {}, 1);
  rig_.settle();
  for (int i = 0; i < 5; ++i) {
    rig_.pass(59s);
    rig_.grant(screen, 1);
    rig_.settle();
  }
  EXPECT_FALSE(screen.bye);
  EXPECT_FALSE(screen.is_whole);

  rig_.pass(5s);  // 300 s after its first message.

  expect_end(screen, FeedByeReason::slow,
             "a snapshot or delta was not taken whole within 300000 ms: subscribe anew, read "
             "faster, and grant credit");
  EXPECT_EQ(ended("slow"), 1);
}

TEST_F(FeedByesTest, WaitsForEverForWhoHasNoCreditAndMissesNothing) {
  auto& screen = rig_.subscribe(rig_.broker.sec, {.nations = {nation("ARM")}}, 1);
  rig_.settle();
  for (int i = 0; i < 100; ++i) {
    rig_.pass(5s);
  }

  EXPECT_FALSE(screen.bye);
  EXPECT_THAT(rig_.faults(screen, true), IsEmpty());
}

TEST_F(FeedByesTest, EndsARevokedKeyInMidStreamBeforeAnythingElseIsSent) {
  change(41);
  auto& screen = rig_.subscribe(rig_.broker.kaz);
  auto& other = rig_.subscribe(rig_.broker.kaz2);
  rig_.settle();
  screen.news();
  other.news();

  register_nodes({rig_.broker.kaz.entry(rig_.broker.now)});
  rig_.publish(rig_.broker.arm, {unit_of("ARM:A"), strength_of("ARM:A")}, {nation("KAZ")});
  rig_.settle();

  expect_end(screen, FeedByeReason::revoked,
             "the key is no longer valid, or its roles are others now: subscribe anew to see what "
             "they allow");
  EXPECT_THAT(screen.news(), ElementsAre("BYE 1 REVOKED"));
  EXPECT_THAT(other.news(), ElementsAre("DELTA 1-3 +1 -0"));
  EXPECT_EQ(ended("revoked"), 1);
}

TEST_F(FeedByesTest, EndsAKeyWhoseTimeIsOverWithTheNextMark) {
  register_nodes({rig_.broker.kaz.entry(rig_.broker.now + 1min)});
  auto& screen = rig_.subscribe(rig_.broker.kaz);
  rig_.settle();
  EXPECT_FALSE(screen.bye);

  rig_.broker.now += 1min;
  rig_.pass(5s);

  ASSERT_TRUE(screen.bye);
  EXPECT_EQ(screen.bye->reason, FeedByeReason::revoked);
}

TEST_F(FeedByesTest, EndsAKeyThatHasOtherRolesNow) {
  auto& screen = rig_.subscribe(rig_.broker.sec);
  rig_.settle();
  auto entry = rig_.broker.sec.entry();
  entry.roles = {model::Role::officer};

  register_nodes({entry});
  rig_.settle();

  ASSERT_TRUE(screen.bye);
  EXPECT_EQ(screen.bye->reason, FeedByeReason::revoked);
  auto& again = rig_.subscribe(rig_.broker.sec);
  rig_.settle();
  EXPECT_FALSE(again.bye);
}

TEST_F(FeedByesTest, RefusesAKeyThatIsNotValid) {
  auto& screen = rig_.subscribe(TestNode("KAZ/stranger", 50));

  expect_end(screen, FeedByeReason::revoked, "the key is not valid now: ask the registrar");
}

TEST_F(FeedByesTest, RefusesRolesThatSeeNoFigures) {
  change(41);

  auto& screen = rig_.subscribe(rig_.broker.ops);
  rig_.settle();

  expect_end(screen, FeedByeReason::unauthorised,
             "the key's roles see no figures: subscribe with a key whose roles do");
  EXPECT_THAT(screen.news(), ElementsAre("BYE 1 UNAUTHORISED"));
  EXPECT_EQ(ended("unauthorised"), 1);
}

TEST_F(FeedByesTest, RefusesOneTooManyOfAConnectionAndOfTheBroker) {
  auto limits = FeedRig::limits_for_tests();
  limits.per_connection_max = 2;
  limits.subscribers_max = 3;
  FeedRig rig(limits);
  EXPECT_EQ(rig.metric("muster_feed_no_place_total{limit=\"connection\"}"), 0);
  auto& one = rig.subscribe(rig.broker.sec);
  rig.say(one, wire::subscribe_message({.id = 2}));
  EXPECT_THAT(one.news(), IsEmpty());

  rig.say(one, wire::subscribe_message({.id = 3}));
  EXPECT_THAT(one.news(), ElementsAre("BYE 3 TOO_MANY"));
  EXPECT_EQ(rig.byes.back().second,
            "this connection has 2 subscriptions, the most that it may have: end one first");
  rig.subscribe(rig.broker.sec);
  auto& four = rig.subscribe(rig.broker.sec);

  EXPECT_THAT(four.news(), ElementsAre("BYE 1 TOO_MANY"));
  EXPECT_EQ(rig.byes.back().second,
            "the broker has 3 subscriptions, the most that it may have: come again later");
  EXPECT_EQ(rig.feed().subscribers(), 3U);
  EXPECT_EQ(rig.metric("muster_feed_no_place_total{limit=\"connection\"}"), 1);
  EXPECT_EQ(rig.metric("muster_feed_no_place_total{limit=\"node\"}"), 0);
  EXPECT_EQ(rig.metric("muster_feed_no_place_total{limit=\"broker\"}"), 1);
}

TEST_F(FeedByesTest, AnswersWhatItCannotReadAndGoesOn) {
  change(41);
  auto& screen = rig_.subscribe(rig_.broker.sec);

  rig_.say(screen, wire::make_message(wire::MessageType::subscribe, model::Bytes(3, 0x61)));
  rig_.say(screen, wire::make_message(wire::MessageType::credit, model::Bytes(9, 0xff)));
  rig_.say(screen, wire::make_message(wire::MessageType::delta, {}));

  EXPECT_THAT(screen.news(), ElementsAre("BYE 0 MALFORMED", "BYE 0 MALFORMED", "BYE 0 MALFORMED"));
  EXPECT_EQ(rig_.byes.back().second, "DELTA is not for a subscriber to say");
  EXPECT_EQ(ended("malformed"), 3);
  rig_.settle();
  EXPECT_THAT(rig_.faults(screen, true), IsEmpty());
}

TEST_F(FeedByesTest, RefusesAFilterThatIsTooLong) {
  auto& screen = rig_.subscribe(rig_.broker.sec, {.levels = std::vector<model::Level>(257, 1)});

  expect_end(screen, FeedByeReason::malformed,
             "a list of SUBSCRIBE.filter has 257 entries, expected at most 256");
}

TEST_F(FeedByesTest, RefusesCreditsThatASubscriptionCannotBringAndNamesIt) {
  constexpr auto kHuge = std::numeric_limits<std::uint32_t>::max();
  for (const std::uint32_t credits : {0U, model::kFeedCreditsMax + 1, kHuge}) {
    auto& screen = rig_.subscribe(rig_.broker.sec, {}, credits);

    expect_end(screen, FeedByeReason::malformed,
               "SUBSCRIBE.credits: found " + std::to_string(credits) + ", expected 1 to 4096");
  }
  EXPECT_EQ(rig_.feed().subscribers(), 0U);
}

TEST_F(FeedByesTest, TellsEverybodyWhenTheBrokerStops) {
  auto& one = rig_.subscribe(rig_.broker.sec);
  auto& two = rig_.subscribe(rig_.broker.kaz);

  rig_.feed().farewell();

  expect_end(one, FeedByeReason::drained, "the broker is stopping; connect again");
  EXPECT_EQ(two.bye->reason, FeedByeReason::drained);
  EXPECT_EQ(ended("drained"), 2);
  EXPECT_EQ(rig_.feed().subscribers(), 0U);
}

TEST_F(FeedByesTest, KnowsNoCreditForASubscriptionThatThereIsNot) {
  auto& screen = rig_.subscribe(rig_.broker.sec);

  rig_.say(screen, wire::credit_message({.id = 9, .credits = 1}));
  rig_.say(screen, wire::unsubscribe_message({.id = 8}));

  EXPECT_THAT(screen.news(), ElementsAre("BYE 9 UNKNOWN", "BYE 8 UNKNOWN"));
  EXPECT_FALSE(screen.bye);
}

TEST_F(FeedByesTest, ReplacesASubscriptionOfTheSameNumber) {
  change(41);
  auto& screen = rig_.subscribe(rig_.broker.sec);
  rig_.settle();
  screen.news();

  rig_.say(screen, wire::subscribe_message({.id = 1}));
  rig_.settle();

  EXPECT_THAT(screen.news(),
              ElementsAre("BYE 1 REPLACED", "SNAP_BEGIN 1", "SNAP_ROWS 1", "SNAP_END 1"));
  EXPECT_EQ(rig_.feed().subscribers(), 1U);
}

TEST_F(FeedByesTest, CutsCreditsBeyondTheMost) {
  auto limits = FeedRig::limits_for_tests();
  limits.unpaid_bytes_max = std::numeric_limits<std::uint32_t>::max();
  FeedRig rig(limits);
  auto& screen = rig.subscribe(rig.broker.sec);
  rig.grant(screen, model::kFeedCreditsMax);
  rig.grant(screen, std::numeric_limits<std::uint32_t>::max());
  rig.settle();
  screen.news();

  for (std::uint32_t i = 0; i <= model::kFeedCreditsMax; ++i) {
    rig.publish(rig.broker.kaz,
                {unit_of("KAZ:A"), strength_of("KAZ:A", {.deployable = i % 100})});
    rig.settle();
  }

  EXPECT_EQ(screen.news().size(), model::kFeedCreditsMax);
}

TEST_F(FeedByesTest, CountsSubscriptionsByWhatTheySee) {
  rig_.subscribe(rig_.broker.sec);
  rig_.subscribe(rig_.broker.kaz);
  rig_.subscribe(rig_.broker.arm);

  EXPECT_EQ(rig_.metric("muster_subscribers{class=\"all\"}"), 1);
  EXPECT_EQ(rig_.metric("muster_subscribers{class=\"member\"}"), 2);
  EXPECT_EQ(rig_.metric("muster_subscribers{class=\"partner\"}"), 0);
  EXPECT_EQ(rig_.metric("muster_feed_messages_total{class=\"member\",kind=\"delta\"}"), 0);
}

}  // namespace
}  // namespace muster::tests
