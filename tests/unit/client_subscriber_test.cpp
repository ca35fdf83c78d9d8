// SPDX-License-Identifier: Apache-2.0
// A subscriber and a broker of one unit, over encrypted sockets.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "client_feed_names.h"
#include "nodes/client/force_table.h"
#include "schemas/wire/feed.h"

namespace muster::client {
namespace {

using namespace std::chrono_literals;
using link::test::eventually;
using link::test::must;
using testing::ElementsAre;

const Connection kConnection{.query_endpoint = "tcp://broker:7611"};

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
