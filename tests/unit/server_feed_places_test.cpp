// SPDX-License-Identifier: Apache-2.0
// How many subscriptions one node may have, how places come back, and how much is under way to one
// who does not read.
#include <gmock/gmock.h>

#include <chrono>
#include <numeric>

#include "schemas/wire/feed.h"
#include "tests/unit/server_feed_rig.h"

namespace muster::tests {
namespace {

using namespace std::chrono_literals;
using model::FeedByeReason;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Gt;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::SizeIs;

// ---- places -------------------------------------------------------------------------------------

class FeedPlacesTest : public testing::Test {
 protected:
  static server::FeedLimits limits() {
    auto limits = FeedRig::limits_for_tests();
    limits.per_node_max = 8;
    limits.per_connection_max = 4;
    return limits;
  }
  std::vector<Screen*> fill(const TestNode& node, int count) {
    std::vector<Screen*> screens;
    for (int i = 0; i < count; ++i) {
      screens.push_back(&rig_.subscribe(node));
    }
    rig_.settle();
    return screens;
  }
  double refused() { return rig_.metric("muster_feed_no_place_total{limit=\"node\"}"); }

  FeedRig rig_{limits()};
};

TEST_F(FeedPlacesTest, RefusesOneTooManyOfANodeAndLeavesPlacesForTheOthers) {
  fill(rig_.broker.kaz, 8);

  auto& one_more = rig_.subscribe(rig_.broker.kaz);
  auto& other = rig_.subscribe(rig_.broker.kaz2);
  rig_.settle();

  ASSERT_TRUE(one_more.bye);
  EXPECT_EQ(one_more.bye->reason, FeedByeReason::too_many);
  EXPECT_EQ(one_more.bye->message,
            "KAZ/mod has 8 subscriptions, the most that one node may have: end one first, or raise "
            "feed.per_node at the broker. The place of a connection that broke is free again "
            "within seconds");
  EXPECT_EQ(rig_.byes.back(), std::pair(FeedByeReason::too_many, one_more.bye->message));
  EXPECT_EQ(refused(), 1);
  EXPECT_FALSE(other.bye) << "a node of the same nation";
  EXPECT_EQ(rig_.feed().subscribers(), 9U);
}

TEST_F(FeedPlacesTest, CountsTheSubscriptionsOfAllConnectionsOfANode) {
  auto& one = rig_.subscribe(rig_.broker.kaz);
  auto& two = rig_.subscribe(rig_.broker.kaz);
  for (std::uint64_t id = 2; id <= 4; ++id) {
    rig_.say(one, wire::subscribe_message({.id = id}));
    rig_.say(two, wire::subscribe_message({.id = id}));
  }
  EXPECT_EQ(rig_.feed().subscribers(), 8U);

  EXPECT_TRUE(rig_.subscribe(rig_.broker.kaz).bye);
}

TEST_F(FeedPlacesTest, GivesAPlaceBackHoweverASubscriptionEnds) {
  auto screens = fill(rig_.broker.kaz, 8);
  const auto has_place = [&] { return !rig_.subscribe(rig_.broker.kaz).bye; };
  EXPECT_FALSE(has_place()) << "negative control";

  rig_.say(*screens[0], wire::unsubscribe_message({.id = 1}));
  EXPECT_TRUE(has_place()) << "unsubscribed";
  EXPECT_FALSE(has_place());
  rig_.say(*screens[1], wire::subscribe_message({.id = 1}));
  EXPECT_FALSE(screens[1]->bye->reason == FeedByeReason::too_many) << "it took its own place";
  EXPECT_FALSE(has_place());
  screens[2]->is_gone = true;
  rig_.pass(5s);
  EXPECT_TRUE(has_place()) << "gone";
  EXPECT_FALSE(has_place());
  rig_.feed().farewell();
  EXPECT_TRUE(has_place()) << "drained";
}

TEST_F(FeedPlacesTest, GivesThePlaceBackOfWhoDiedWithoutCredit) {
  rig_.publish(rig_.broker.kaz, {unit_of("KAZ:A"), strength_of("KAZ:A")});
  for (int i = 0; i < 8; ++i) {
    auto& screen = rig_.subscribe(rig_.broker.kaz, {}, 1);
    rig_.settle();
    screen.is_gone = true;
  }
  rig_.publish(rig_.broker.kaz, {strength_of("KAZ:A", {.deployable = 41})});
  rig_.pass(5s);  // None has credit, so that nothing is sent to them by which it would be noticed.
  EXPECT_TRUE(rig_.subscribe(rig_.broker.kaz).bye);

  rig_.pass(60s);

  EXPECT_EQ(rig_.feed().subscribers(), 0U);
  EXPECT_FALSE(rig_.subscribe(rig_.broker.kaz).bye);
}

/// A client that crashes as soon as it has come, as fast as it can. It says nothing when it goes;
/// that it has gone is noticed when something is sent to it.
int refusals_of_a_client_that_dies(FeedRig& rig, bool dies) {
  int refusals = 0;
  for (int life = 0; life < 1000; ++life) {
    auto& screen = rig.subscribe(rig.broker.kaz);
    rig.settle();
    refusals += screen.bye ? 1 : 0;
    screen.is_gone = dies;
    if (screen.bye) {
      rig.pass(1s);  // As long as a client waits at least.
    }
  }
  return refusals;
}

TEST_F(FeedPlacesTest, HasPlacesForAClientThatWasKilledAThousandTimes) {
  const int refusals = refusals_of_a_client_that_dies(rig_, true);

  EXPECT_LE(refusals, 1000 / 8) << "at each, all that are gone make place";
  EXPECT_EQ(refused(), refusals);
  rig_.pass(5s);
  EXPECT_EQ(rig_.feed().subscribers(), 0U);
  EXPECT_EQ(rig_.metric("muster_subscribers{class=\"member\"}"), 0);
}

TEST_F(FeedPlacesTest, WouldHaveNoneIfItsConnectionsStayed) {
  EXPECT_EQ(refusals_of_a_client_that_dies(rig_, false), 992);
}

TEST_F(FeedPlacesTest, LooksForTheGoneOnceASecondHoweverManyAreRefused) {
  const auto screens = fill(rig_.broker.kaz, 8);
  for (int i = 0; i < 100; ++i) {
    rig_.subscribe(rig_.broker.kaz);
    rig_.pass(10ms);
  }

  EXPECT_THAT(screens[0]->news(), ElementsAre("SNAP_BEGIN 0", "SNAP_END 0", "MARK 0"));
}

// ---- bytes --------------------------------------------------------------------------------------

constexpr int kUnits = 4000;
constexpr auto kBytesMax = server::FeedLimits::kLeastUnpaidBytesMax;

class FeedBytesTest : public testing::Test {
 protected:
  FeedBytesTest() {
    std::vector<model::Statement> units;
    for (int i = 0; i < kUnits; ++i) {
      units.emplace_back(unit_of("KAZ:EX-" + std::to_string(i)));
    }
    rig_.publish(rig_.broker.kaz, units);
    change(40);
  }
  void change(model::Count deployable) {
    std::vector<model::Statement> strengths;
    for (int i = 0; i < kUnits; ++i) {
      strengths.emplace_back(
          strength_of("KAZ:EX-" + std::to_string(i), {.deployable = deployable}));
    }
    rig_.publish(rig_.broker.kaz, strengths);
  }
  /// Of messages that cost a credit.
  static std::vector<std::size_t> bytes_of_rows(const Screen& screen) {
    std::vector<std::size_t> bytes;
    for (const auto& frame : screen.frames) {
      const auto type = wire::read_message(frame)->type;
      if (type == wire::MessageType::snap_rows || type == wire::MessageType::delta) {
        bytes.push_back(frame.size());
      }
    }
    return bytes;
  }
  static std::size_t sum(const std::vector<std::size_t>& bytes) {
    return std::accumulate(bytes.begin(), bytes.end(), std::size_t{0});
  }

  FeedRig rig_;
};

TEST_F(FeedBytesTest, SendsRowsInSmallMessages) {
  auto& screen = rig_.subscribe(rig_.broker.sec);
  rig_.settle();

  EXPECT_THAT(bytes_of_rows(screen), Each(Le(model::kFeedMessageBytesMax)));
  EXPECT_THAT(bytes_of_rows(screen), SizeIs(Gt(10U)));
}

TEST_F(FeedBytesTest, KeepsABoundedNumberOfBytesUnderWayToWhoDoesNotRead) {
  auto& screen = rig_.subscribe(rig_.broker.sec);
  for (model::Count deployable = 41; deployable < 51; ++deployable) {
    rig_.settle();
    change(deployable);
  }
  rig_.settle();

  EXPECT_GE(sum(bytes_of_rows(screen)), kBytesMax);
  EXPECT_LT(sum(bytes_of_rows(screen)), kBytesMax + model::kFeedMessageBytesMax);
  rig_.pass(59s);
  EXPECT_FALSE(screen.bye);
  rig_.pass(1s + 50ms);
  ASSERT_TRUE(screen.bye);
  EXPECT_EQ(screen.bye->reason, FeedByeReason::slow);
}

TEST_F(FeedBytesTest, GoesOnWhenTheOldestMessagesArePaidFor) {
  auto& screen = rig_.subscribe(rig_.broker.sec);
  for (model::Count deployable = 41; deployable < 51; ++deployable) {
    rig_.settle();
    change(deployable);
  }
  rig_.settle();
  const auto sent = bytes_of_rows(screen);

  rig_.grant(screen, 3);
  rig_.settle();

  const auto all = bytes_of_rows(screen);
  EXPECT_GE(sum(all), kBytesMax + sent[0] + sent[1] + sent[2]);
  EXPECT_LT(sum(all), kBytesMax + sent[0] + sent[1] + sent[2] + model::kFeedMessageBytesMax);
  for (int i = 0; i < 1000 && rig_.faults(screen, true) != std::vector<std::string>{}; ++i) {
    rig_.grant(screen, 8);
    rig_.settle();
  }
  EXPECT_THAT(rig_.faults(screen, true), IsEmpty());
}

/// PROTOCOL.md §8 promises it, so that who counts messages only needs to know nothing of bytes.
TEST_F(FeedBytesTest, NeverHoldsUpWhoHasFewCreditsAndGrantsThemAtHalf) {
  constexpr std::uint32_t kCredits = 64;
  auto& screen = rig_.subscribe(rig_.broker.sec, {}, kCredits);
  std::size_t granted = 0;
  for (model::Count deployable = 41; deployable < 51; ++deployable) {
    rig_.settle();
    for (auto used = bytes_of_rows(screen).size() - granted; used >= kCredits / 2;
         used = bytes_of_rows(screen).size() - granted) {
      rig_.grant(screen, static_cast<std::uint32_t>(used));
      granted += used;
      rig_.settle();
    }
    ASSERT_THAT(rig_.faults(screen, true), IsEmpty());
    change(deployable);
  }
  EXPECT_THAT(screen.told, Not(testing::Contains(testing::StartsWith("LAGGED"))));
  EXPECT_GT(sum(bytes_of_rows(screen)), 4 * kBytesMax);
}

}  // namespace
}  // namespace muster::tests
