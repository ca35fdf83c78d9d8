// SPDX-License-Identifier: Apache-2.0
// A subscription through everything that may happen to it, and the same over encrypted sockets.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "link_fixture.h"
#include "nodes/client/force_table.h"
#include "nodes/client/subscription_session.h"
#include "schemas/link/waiter.h"
#include "schemas/wire/feed.h"
#include "schemas/wire/query.h"

namespace muster::client {
namespace {

using namespace std::chrono_literals;
using link::test::eventually;
using link::test::must;
using model::FeedByeReason;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Phase = SubscriptionSession::Phase;

const model::UtcTime kNoon = *model::parse_time("2026-11-20T12:00:00Z");
const Connection kConnection{.query_endpoint = "tcp://broker:7611"};

model::FeedUnit unit(const char* id) {
  return {.unit = *model::UnitId::parse(id), .name = "Company (fictional)"};
}

/// "up", "down", "begin 10", "rows 2", "end 10", "delta 10-12 part", "lagged 3-9", "mark 12".
std::string name_of(const FeedEvent& event) {
  struct Namer {
    std::string operator()(const FeedLink& link) const { return link.is_up ? "up" : "down"; }
    std::string operator()(const model::SnapBegin& one) const {
      return fmt::format("begin {}", one.ledger_seq);
    }
    std::string operator()(const model::SnapRows& one) const {
      return fmt::format("rows {}", one.units.size());
    }
    std::string operator()(const model::SnapEnd& one) const {
      return fmt::format("end {}", one.ledger_seq);
    }
    std::string operator()(const model::Delta& one) const {
      return fmt::format("delta {}-{}{}", one.prev_seq, one.ledger_seq, one.last ? "" : " part");
    }
    std::string operator()(const model::Lagged& one) const {
      return fmt::format("lagged {}-{}", one.from_seq, one.to_seq);
    }
    std::string operator()(const model::Mark& one) const {
      return fmt::format("mark {}", one.ledger_seq);
    }
  };
  return std::visit(Namer{}, event);
}

/// "SUBSCRIBE 1 all 64", "SUBSCRIBE 2 after 10 of 7 64", "CREDIT 1 32", "UNSUBSCRIBE 1".
std::string name_of(model::ByteView bytes) {
  const auto message = must(wire::read_message(bytes));
  if (message.type == wire::MessageType::subscribe) {
    const auto one = must(wire::read_subscribe(message.body));
    return fmt::format("SUBSCRIBE {} {} {}", one.id,
                       one.from_ledger_seq
                           ? fmt::format("after {} of {}", *one.from_ledger_seq, one.journal)
                           : "all",
                       one.credits);
  }
  if (message.type == wire::MessageType::credit) {
    const auto one = must(wire::read_credit(message.body));
    return fmt::format("CREDIT {} {}", one.id, one.credits);
  }
  return fmt::format("UNSUBSCRIBE {}", must(wire::read_unsubscribe(message.body)).id);
}

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

// ---- over sockets -------------------------------------------------------------------------------

/// Sends a snapshot of one unit, and then a DELTA whenever it is told to.
class OneUnitBroker {
 public:
  OneUnitBroker(link::Context& context, const link::RouterOptions& options,
                const std::string& endpoint)
      : router_(must(link::RouterSocket::bind(context, endpoint, options))) {}
  [[nodiscard]] std::string endpoint() const { return router_.endpoint(); }
  [[nodiscard]] const std::vector<std::string>& heard() const { return heard_; }

  /// Takes what came. No thread: it speaks when the test lets it.
  void step() {
    while (auto incoming = router_.receive()) {
      from_ = incoming->from;
      heard_.push_back(name_of(incoming->frame.bytes()));
      const auto message = must(wire::read_message(incoming->frame.bytes()));
      if (message.type == wire::MessageType::subscribe) {
        id_ = must(wire::read_subscribe(message.body)).id;
        say(wire::snap_begin_message({.id = id_, .ledger_seq = 10, .journal = 7}));
        say(wire::snap_rows_message({.id = id_, .units = {unit("KAZ:EX-1")}, .operations = {}}));
        say(wire::snap_end_message({.id = id_, .ledger_seq = 10, .units = 1}));
      }
    }
  }
  void change(std::uint64_t prev, std::uint64_t seq) {
    say(wire::delta_message({.id = id_, .prev_seq = prev, .ledger_seq = seq}));
  }

 private:
  void say(const model::Bytes& message) {
    EXPECT_TRUE(eventually([&] { return router_.send(from_, message) == link::SendResult::sent; }));
  }
  link::RouterSocket router_;
  link::PeerAddress from_;
  std::uint64_t id_ = 0;
  std::vector<std::string> heard_;
};

class SubscriberTest : public link::test::Bus {
 protected:
  SubscriberTest() { start_zap(); }
  std::unique_ptr<Subscriber> subscriber(const std::string& endpoint,
                                         const link::CurveKeyPair& keys) {
    return must(Subscriber::connect(
        *context_, {.query_endpoint = endpoint, .server_key = server_.public_key, .curve = keys},
        {.credits = 4}));
  }
  /// Lets both ends work until the subscriber has told so many events.
  std::vector<std::string> told(Subscriber& subscriber, OneUnitBroker* broker, std::size_t count) {
    std::vector<std::string> names;
    eventually(
        [&] {
          if (broker != nullptr) {
            broker->step();
          }
          if (const auto event = subscriber.next(1ms)) {
            names.push_back(name_of(*event));
            table_.take(*event);
          }
          return names.size() == count;
        },
        20s);
    return names;
  }
  ForceTable table_;
};

TEST_F(SubscriberTest, OutlivesItsBroker) {
  auto broker = std::make_unique<OneUnitBroker>(*context_, router_options(), "tcp://127.0.0.1:*");
  const auto endpoint = broker->endpoint();
  const auto subscriber = this->subscriber(endpoint, kaz_);
  EXPECT_THAT(told(*subscriber, broker.get(), 4),
              ElementsAre("up", "begin 10", "rows 1", "end 10"));
  EXPECT_EQ(subscriber->ledger_seq(), 10U);
  broker->change(10, 12);
  EXPECT_THAT(told(*subscriber, broker.get(), 1), ElementsAre("delta 10-12"));
  EXPECT_EQ(subscriber->ledger_seq(), 12U);
  EXPECT_TRUE(eventually([&] {
    subscriber->next(0ms);
    broker->step();
    return broker->heard().size() == 2;
  }));
  EXPECT_THAT(broker->heard(), ElementsAre("SUBSCRIBE 1 all 4", "CREDIT 1 2"));

  broker.reset();
  EXPECT_THAT(told(*subscriber, nullptr, 1), ElementsAre("down"));
  EXPECT_FALSE(subscriber->is_up());
  broker = std::make_unique<OneUnitBroker>(*context_, router_options(), endpoint);

  EXPECT_THAT(told(*subscriber, broker.get(), 4),
              ElementsAre("up", "begin 10", "rows 1", "end 10"));
  EXPECT_EQ(broker->heard().front(), "SUBSCRIBE 2 after 12 of 7 4");
  EXPECT_TRUE(table_.is_whole());
}

TEST_F(SubscriberTest, SaysThatItsKeyIsNotAcceptedAndComesInWhenItIs) {
  OneUnitBroker broker(*context_, router_options(), "tcp://127.0.0.1:*");
  const auto stranger = link::CurveKeyPair::generate();
  const auto subscriber = this->subscriber(broker.endpoint(), stranger);

  EXPECT_THAT(told(*subscriber, &broker, 1), ElementsAre("down"));
  EXPECT_EQ(table_.link().error, model::ErrorCode::refused);
  zap_->replace(link::test::table_of(stranger.public_key, "KAZ/mod"));

  EXPECT_THAT(told(*subscriber, &broker, 4), ElementsAre("up", "begin 10", "rows 1", "end 10"));
}

TEST_F(SubscriberTest, RefusesCreditsOutOfRange) {
  for (const std::uint32_t credits : {0U, model::kFeedCreditsMax + 1}) {
    const auto none = Subscriber::connect(*context_, kConnection, {.credits = credits});
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, model::ErrorCode::configuration);
    EXPECT_EQ(none.error().message, fmt::format("{} credits: expected 1 to 4096", credits));
  }
}

}  // namespace
}  // namespace muster::client
