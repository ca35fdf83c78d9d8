// SPDX-License-Identifier: Apache-2.0
// A subscription through everything that may happen to it, without sockets.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "client_feed_names.h"
#include "nodes/client/subscription_session.h"
#include "schemas/wire/feed.h"
#include "schemas/wire/query.h"

namespace muster::client {
namespace {

using namespace std::chrono_literals;
using model::FeedByeReason;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Phase = SubscriptionSession::Phase;

const model::UtcTime kNoon = *model::parse_time("2026-11-20T12:00:00Z");
const Connection kConnection{.query_endpoint = "tcp://broker:7611"};

/// A session with clocks that only the test moves.
class SubscriptionSessionTest : public testing::Test {
 protected:
  using Names = std::vector<std::string>;

  /// What is sent now, and what was told since.
  Names sent() {
    Names names;
    for (auto view = session_.to_send(); !view.empty(); view = session_.to_send()) {
      names.push_back(name_of(view));
      session_.sent(now_);
    }
    return names;
  }
  Names told() {
    Names names;
    for (const auto& event : session_.events()) {
      names.push_back(name_of(event));
      if (const auto* link = std::get_if<FeedLink>(&event)) {
        link_ = *link;
      }
    }
    return names;
  }
  void pass(std::chrono::milliseconds time) {
    now_.steady += time;
    now_.utc += time;
    session_.tick(now_);
  }
  void hear(const model::Bytes& message) { session_.received(message, now_); }
  void hear_snapshot(std::uint64_t id, std::uint64_t seq) {
    hear(wire::snap_begin_message({.id = id, .ledger_seq = seq, .journal = journal_}));
    hear(wire::snap_rows_message({.id = id, .units = {unit("KAZ:EX-1")}, .operations = {}}));
    hear(wire::snap_end_message({.id = id, .ledger_seq = seq, .units = 1}));
  }
  void hear_delta(std::uint64_t id, std::uint64_t prev, std::uint64_t seq, bool last = true) {
    hear(wire::delta_message({.id = id, .prev_seq = prev, .ledger_seq = seq, .last = last}));
  }
  void hear_mark(std::uint64_t id, std::uint64_t seq) {
    hear(wire::mark_message({.id = id, .ledger_seq = seq}));
  }
  void hear_bye(std::uint64_t id, FeedByeReason reason) {
    hear(wire::feed_bye_message({.id = id, .reason = reason, .message = "do something"}));
  }
  /// Subscribed with number 1, and the table is whole as of 10.
  void come_in() {
    session_.connected(now_);
    ASSERT_THAT(sent(), ElementsAre("SUBSCRIBE 1 all 8"));
    hear_snapshot(1, 10);
    ASSERT_THAT(told(), ElementsAre("up", "begin 10", "rows 1", "end 10"));
  }

  SubscriptionSession::Now now_{.steady = SubscriptionSession::Moment(1h), .utc = kNoon};
  SubscriptionSession session_{kConnection, {.credits = 8, .silence_max = 20s}, now_};
  FeedLink link_;
  std::uint64_t journal_ = 7;
};

TEST_F(SubscriptionSessionTest, IsUpWhenTheBrokerSpeaksAndNotBefore) {
  session_.connected(now_);
  EXPECT_THAT(sent(), ElementsAre("SUBSCRIBE 1 all 8"));
  EXPECT_THAT(told(), IsEmpty());

  hear_snapshot(1, 10);

  EXPECT_THAT(told(), ElementsAre("up", "begin 10", "rows 1", "end 10"));
  EXPECT_TRUE(session_.is_up());
  EXPECT_EQ(link_.since, kNoon);
}

TEST_F(SubscriptionSessionTest, SaysOnceThatNobodyIsThere) {
  pass(1'999ms);
  EXPECT_THAT(told(), IsEmpty()) << "a connection takes a moment";
  pass(1ms);
  EXPECT_THAT(told(), ElementsAre("down"));
  EXPECT_EQ(link_.problem,
            "cannot reach the broker at tcp://broker:7611: is the broker running, and is the "
            "endpoint right?");
  EXPECT_EQ(link_.error, model::ErrorCode::unavailable);
  EXPECT_EQ(link_.since, kNoon);

  pass(60s);
  EXPECT_THAT(told(), IsEmpty());
  session_.disconnected(now_, {.broken_handshakes = 1});
  EXPECT_THAT(told(), ElementsAre("down"));
  EXPECT_EQ(link_.problem,
            "cannot reach the broker at tcp://broker:7611: handshakes break off: is server_key the "
            "key of this broker?");
  EXPECT_EQ(link_.since, kNoon) << "it is down since then, whatever is known of why";
}

TEST_F(SubscriptionSessionTest, GrantsCreditsAnewWhenHalfAreUsed) {
  come_in();  // One for its rows.
  for (std::uint64_t seq = 11; seq <= 12; ++seq) {
    hear_delta(1, seq - 1, seq);
    EXPECT_THAT(sent(), IsEmpty());
  }
  hear_mark(1, 12);
  EXPECT_THAT(sent(), IsEmpty()) << "a MARK costs none";

  hear_delta(1, 12, 13);

  EXPECT_THAT(sent(), ElementsAre("CREDIT 1 4"));
  EXPECT_THAT(sent(), IsEmpty()) << "once";
}

/// So that the broker, which keeps a bounded number of bytes under way, never waits for it.
TEST_F(SubscriptionSessionTest, GrantsCreditsAnewWhenManyBytesWereTakenIn) {
  SubscriptionSession session(kConnection, {.credits = 64}, now_);
  const auto granted = [&] {
    Names names;
    for (auto view = session.to_send(); !view.empty(); view = session.to_send()) {
      names.push_back(name_of(view));
      session.sent(now_);
    }
    return names;
  };
  session.connected(now_);
  granted();
  session.received(wire::snap_begin_message({.id = 1, .ledger_seq = 10}), now_);
  const auto rows = wire::snap_rows_message(
      {.id = 1, .units = std::vector(300, unit("KAZ:EX-1")), .operations = {}});
  const auto enough = (model::kFeedGrantBytes + rows.size() - 1) / rows.size();
  ASSERT_LT(enough, 32U) << "before half of the credits are used";

  for (std::size_t i = 1; i < enough; ++i) {
    session.received(rows, now_);
    EXPECT_THAT(granted(), IsEmpty());
  }
  session.received(rows, now_);

  EXPECT_THAT(granted(), ElementsAre(fmt::format("CREDIT 1 {}", enough)));
  session.received(rows, now_);
  EXPECT_THAT(granted(), IsEmpty()) << "counted anew";
}

TEST_F(SubscriptionSessionTest, GoesOnFromTheLastWholePlaceAfterABreak) {
  come_in();
  hear_delta(1, 10, 12);
  hear_mark(1, 15);
  hear_delta(1, 15, 20, false);
  EXPECT_THAT(told(), ElementsAre("delta 10-12", "mark 15", "delta 15-20 part"));

  pass(1s);
  session_.disconnected(now_, {});
  EXPECT_THAT(told(), ElementsAre("down"));
  EXPECT_EQ(link_.since, kNoon + 1s);
  pass(1s);
  session_.connected(now_);
  EXPECT_THAT(sent(), ElementsAre("SUBSCRIBE 2 after 15 of 7 8"));
  hear_delta(1, 15, 20);
  EXPECT_THAT(told(), IsEmpty()) << "the rest of the old connection";
  hear_delta(2, 15, 20);

  EXPECT_THAT(told(), ElementsAre("up", "delta 15-20"));
}

/// As a member is told, whose key may be an officer's when it comes back.
TEST_F(SubscriptionSessionTest, AsksForAllWhenTheSnapshotNamedNoJournal) {
  journal_ = 0;
  come_in();
  session_.disconnected(now_, {});
  session_.connected(now_);

  EXPECT_THAT(sent(), ElementsAre("SUBSCRIBE 2 all 8"));
}

TEST_F(SubscriptionSessionTest, TakesASnapshotAnewWhenOneWasCutShort) {
  come_in();
  hear(wire::snap_begin_message({.id = 1, .ledger_seq = 30}));
  session_.disconnected(now_, {});
  session_.connected(now_);

  EXPECT_THAT(sent(), ElementsAre("SUBSCRIBE 2 all 8"));
  hear(wire::snap_rows_message({.id = 2, .units = {unit("KAZ:EX-1")}, .operations = {}}));
  EXPECT_THAT(told(), ElementsAre("begin 30", "down", "up")) << "rows without a beginning";
  pass(250ms);
  EXPECT_THAT(sent(), ElementsAre("UNSUBSCRIBE 2", "SUBSCRIBE 3 all 8"));
}

TEST_F(SubscriptionSessionTest, NeverHandsOutADeltaThatDoesNotFollow) {
  come_in();

  hear_delta(1, 11, 12);

  EXPECT_THAT(told(), IsEmpty());
  EXPECT_TRUE(session_.is_up());
  EXPECT_THAT(sent(), ElementsAre("UNSUBSCRIBE 1"));
  hear_delta(1, 10, 12);
  EXPECT_THAT(told(), IsEmpty()) << "that subscription is over";
  pass(250ms);
  EXPECT_THAT(sent(), ElementsAre("SUBSCRIBE 2 all 8"));
  hear_snapshot(2, 12);
  EXPECT_THAT(told(), ElementsAre("begin 12", "rows 1", "end 12"));
}

/// PROTOCOL.md §8, the subscriber's side: what is a fault in each state.
TEST_F(SubscriptionSessionTest, TakesNothingButTheRestBetweenThePartsOfADelta) {
  using Hear = std::function<void()>;
  const std::vector<std::pair<const char*, Hear>> faults{
      {"a SNAP_BEGIN", [this] { hear(wire::snap_begin_message({.id = 1})); }},
      {"a LAGGED",
       [this] { hear(wire::lagged_message({.id = 1, .to_seq = 20})); }},
      {"a MARK", [this] { hear_mark(1, 20); }},
      {"a part of another delta", [this] { hear_delta(1, 10, 21); }}};
  for (const auto& [name, hear_it] : faults) {
    session_ = SubscriptionSession(kConnection, {.credits = 8, .silence_max = 20s}, now_);
    come_in();
    hear_delta(1, 10, 20, false);
    EXPECT_THAT(told(), ElementsAre("delta 10-20 part"));

    hear_it();

    EXPECT_THAT(told(), IsEmpty()) << name;
    EXPECT_THAT(sent(), ElementsAre("UNSUBSCRIBE 1")) << name;
    pass(250ms);
    EXPECT_THAT(sent(), ElementsAre("SUBSCRIBE 2 all 8")) << name;
  }
}

TEST_F(SubscriptionSessionTest, TakesNothingButRowsWhileASnapshotComes) {
  using Hear = std::function<void()>;
  const std::vector<std::pair<const char*, Hear>> faults{
      {"a SNAP_BEGIN", [this] { hear(wire::snap_begin_message({.id = 1})); }},
      {"a LAGGED", [this] { hear(wire::lagged_message({.id = 1, .to_seq = 20})); }},
      {"a MARK", [this] { hear_mark(1, 30); }},
      {"a DELTA", [this] { hear_delta(1, 30, 31); }}};
  for (const auto& [name, hear_it] : faults) {
    session_ = SubscriptionSession(kConnection, {.credits = 8, .silence_max = 20s}, now_);
    come_in();
    hear(wire::snap_begin_message({.id = 1, .ledger_seq = 30}));
    EXPECT_THAT(told(), ElementsAre("begin 30"));

    hear_it();

    EXPECT_THAT(told(), IsEmpty()) << name;
    EXPECT_THAT(sent(), ElementsAre("UNSUBSCRIBE 1")) << name;
  }
}

/// What the part began to change has changed, so a broker that says that nothing did is mistaken.
TEST_F(SubscriptionSessionTest, BelievesNoMarkAfterADeltaThatWasCutShort) {
  come_in();
  hear_delta(1, 10, 20, false);
  session_.disconnected(now_, {});
  session_.connected(now_);
  EXPECT_THAT(sent(), ElementsAre("SUBSCRIBE 2 after 10 of 7 8"));
  told();

  hear_mark(2, 10);

  EXPECT_THAT(told(), ElementsAre("up"));
  EXPECT_THAT(sent(), ElementsAre("UNSUBSCRIBE 2"));
  pass(250ms);
  EXPECT_THAT(sent(), ElementsAre("SUBSCRIBE 3 all 8"));
}

TEST_F(SubscriptionSessionTest, BeginsAnewWhenWhatIsCountedDidNotCome) {
  session_.connected(now_);
  sent();
  hear(wire::snap_begin_message({.id = 1, .ledger_seq = 10}));

  hear(wire::snap_end_message({.id = 1, .ledger_seq = 10, .units = 1}));

  EXPECT_THAT(told(), ElementsAre("up", "begin 10"));
  EXPECT_THAT(sent(), ElementsAre("UNSUBSCRIBE 1"));
}

TEST_F(SubscriptionSessionTest, BeginsAnewWithABrokerWhoseLedgerIsShorter) {
  come_in();

  hear_mark(1, 9);
  pass(250ms);

  EXPECT_THAT(told(), IsEmpty());
  EXPECT_THAT(sent(), ElementsAre("UNSUBSCRIBE 1", "SUBSCRIBE 2 all 8"));
}

TEST_F(SubscriptionSessionTest, HandsOnThatItLagged) {
  come_in();
  hear(wire::lagged_message({.id = 1, .from_seq = 10, .to_seq = 90}));
  hear_delta(1, 10, 90);

  EXPECT_THAT(told(), ElementsAre("lagged 10-90", "delta 10-90"));
}

TEST_F(SubscriptionSessionTest, TakesSilenceForABrokerThatHangs) {
  come_in();
  pass(19s);
  hear_mark(1, 10);
  pass(19s);
  EXPECT_THAT(told(), ElementsAre("mark 10"));
  EXPECT_EQ(session_.wake_at(now_), now_.steady + 1s);

  pass(1s);

  EXPECT_THAT(told(), ElementsAre("down"));
  EXPECT_EQ(link_.problem,
            "the broker at tcp://broker:7611 is connected and has said nothing for 20 s: "
            "connecting anew. Look at the broker's health");
  EXPECT_EQ(link_.error, model::ErrorCode::timed_out);
  EXPECT_TRUE(session_.take_renewal());
  EXPECT_FALSE(session_.take_renewal()) << "once";
}

TEST_F(SubscriptionSessionTest, ReadsWhatCannotBeReadAsALossOfAll) {
  come_in();

  session_.received(model::view_of("no message"), now_);

  EXPECT_THAT(told(), ElementsAre("down"));
  EXPECT_THAT(link_.problem, HasSubstr("cannot understand the broker: "));
  EXPECT_THAT(sent(), ElementsAre("UNSUBSCRIBE 1"));
  pass(1s);
  EXPECT_THAT(sent(), ElementsAre("SUBSCRIBE 2 all 8"));
}

TEST_F(SubscriptionSessionTest, TellsThatABrokerKnowsNoFeed) {
  session_.connected(now_);
  sent();

  hear(wire::refusal_message(
      {.id = 0, .code = model::QueryError::malformed, .message = "message type 48 is not known"}));

  EXPECT_THAT(told(), ElementsAre("down"));
  EXPECT_EQ(link_.problem,
            "the broker at tcp://broker:7611 knows no feed (message type 48 is not known). Upgrade "
            "the broker");
  EXPECT_EQ(link_.error, model::ErrorCode::unsupported);
  pass(999ms);
  EXPECT_THAT(sent(), IsEmpty());
  pass(1ms);
  EXPECT_THAT(sent(), ElementsAre("SUBSCRIBE 2 all 8"));
}

TEST_F(SubscriptionSessionTest, TellsThatItsKeyIsNotAcceptedAndTriesAgainLessAndLessOften) {
  std::vector<std::int64_t> pauses;
  for (int i = 0; i < 7; ++i) {
    session_.denied(now_);
    const auto pause = session_.wake_at(now_) - now_.steady;
    pauses.push_back(std::chrono::duration_cast<std::chrono::milliseconds>(pause).count());
    pass(std::chrono::milliseconds(pauses.back()));
    EXPECT_TRUE(session_.take_renewal());
  }

  EXPECT_THAT(pauses, ElementsAre(1'000, 2'000, 4'000, 8'000, 16'000, 30'000, 30'000));
  EXPECT_THAT(told(), ElementsAre("down")) << "once";
  EXPECT_THAT(link_.problem, HasSubstr("does not accept this key"));
  EXPECT_EQ(link_.error, model::ErrorCode::refused);
}

// ---- every reason of a BYE ----------------------------------------------------------------------

struct Reason {
  FeedByeReason reason;
  std::vector<int> pauses_ms;  ///< When it comes again and again.
  model::ErrorCode error;
};
class EveryBye : public SubscriptionSessionTest, public testing::WithParamInterface<Reason> {};

TEST_P(EveryBye, IsToldAndIsFollowedByAnotherTryAfterItsPauses) {
  const auto& [reason, pauses, error] = GetParam();
  come_in();
  std::uint64_t id = 1;

  for (const int pause : pauses) {
    hear_bye(id, reason);
    EXPECT_EQ(session_.wake_at(now_) - now_.steady, std::chrono::milliseconds(pause))
        << "try " << id;
    pass(std::chrono::milliseconds(pause));
    EXPECT_THAT(sent(), ElementsAre(fmt::format("SUBSCRIBE {} after 10 of 7 8", ++id)));
  }
  EXPECT_THAT(told(), ElementsAre("down")) << "once";
  EXPECT_EQ(link_.problem,
            fmt::format("the broker ended the subscription ({}): do something", to_text(reason)));
  EXPECT_EQ(link_.reason, reason);
  EXPECT_EQ(link_.error, error);

  hear_mark(id, 11);
  EXPECT_THAT(told(), ElementsAre("up", "mark 11"));
  hear_bye(id, reason);
  EXPECT_EQ(session_.wake_at(now_) - now_.steady, std::chrono::milliseconds(pauses[0]))
      << "short again, once it went well";
}

const std::vector<int> kSoon{250, 500, 1'000, 2'000, 4'000, 5'000, 5'000};
const std::vector<int> kLater{1'000, 2'000, 4'000, 8'000, 16'000, 30'000, 30'000};
INSTANTIATE_TEST_SUITE_P(
    Feed, EveryBye,
    testing::Values(Reason{FeedByeReason::unsubscribed, kSoon, model::ErrorCode::unavailable},
                    Reason{FeedByeReason::slow, kSoon, model::ErrorCode::unavailable},
                    Reason{FeedByeReason::drained, kSoon, model::ErrorCode::unavailable},
                    Reason{FeedByeReason::replaced, kSoon, model::ErrorCode::unavailable},
                    Reason{FeedByeReason::unknown, kSoon, model::ErrorCode::unavailable},
                    Reason{FeedByeReason::too_many, kLater, model::ErrorCode::unavailable},
                    Reason{FeedByeReason::malformed, kLater, model::ErrorCode::malformed},
                    Reason{FeedByeReason::unauthorised, kLater, model::ErrorCode::refused},
                    Reason{FeedByeReason::revoked, kLater, model::ErrorCode::refused}),
    [](const auto& tested) { return std::string(to_text(tested.param.reason)); });

TEST_F(SubscriptionSessionTest, LetsTheBrokerEndWhatItCouldNotName) {
  come_in();

  hear_bye(0, FeedByeReason::malformed);

  EXPECT_THAT(told(), ElementsAre("down"));
  EXPECT_THAT(sent(), ElementsAre("UNSUBSCRIBE 1"));
}

}  // namespace
}  // namespace muster::client
