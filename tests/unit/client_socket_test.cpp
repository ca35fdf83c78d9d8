// SPDX-License-Identifier: Apache-2.0
// Publisher and query client against a broker of a few lines, over real encrypted sockets.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <thread>

#include "link_fixture.h"
#include "nodes/client/publisher.h"
#include "nodes/client/query_client.h"
#include "schemas/link/waiter.h"
#include "schemas/trust/envelope.h"
#include "schemas/wire/envelope.h"
#include "schemas/wire/query.h"
#include "schemas/wire/session.h"

namespace muster::client {
namespace {

using namespace std::chrono_literals;
using link::test::eventually;
using link::test::must;
using testing::HasSubstr;

const model::NodeId kNode = *model::NodeId::parse("KAZ/mod");

/// Takes envelopes in order, checks their signatures, and can be told to be silent.
class FakeBroker {
 public:
  FakeBroker(link::Context& context, const link::RouterOptions& options,
             const model::PublicKey& signer)
      : signer_(signer),
        router_(must(link::RouterSocket::bind(context, "tcp://127.0.0.1:*", options))) {
    endpoint_ = router_.endpoint();
    thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
  }

  [[nodiscard]] const std::string& endpoint() const { return endpoint_; }
  std::atomic<bool> silent{false};
  std::atomic<bool> is_old{false};  ///< Knows nothing of suppositions.
  std::atomic<std::uint64_t> head{0};
  std::atomic<std::uint64_t> envelopes{0};
  std::atomic<std::uint64_t> repeated{0};
  std::atomic<std::chrono::seconds> clock_ahead{0s};

 private:
  void run(const std::stop_token& stop) {
    link::Waiter waiter;
    waiter.watch(router_);
    while (!stop.stop_requested()) {
      waiter.wait(20ms);
      while (auto incoming = router_.receive()) {
        answer(*incoming);
      }
    }
  }
  void answer(const link::Incoming& incoming) {
    const auto message = wire::read_message(incoming.frame.bytes());
    if (!message || silent) {
      return;
    }
    if (message->type == wire::MessageType::hello) {
      say(incoming, wire::welcome_message({.head_seq = head,
                                           .head_hash = hash_,
                                           .window = 512,
                                           .reports_max = 256,
                                           .message_bytes_max = 1 << 20,
                                           .server_time = server_time()}));
    } else if (message->type == wire::MessageType::ping) {
      say(incoming, wire::pong_message({.server_time = server_time()}));
    } else if (message->type == wire::MessageType::publish) {
      take(incoming, message->body);
    } else if (message->type == wire::MessageType::request) {
      answer_query(incoming, message->body);
    }
  }
  [[nodiscard]] model::UtcTime server_time() const {
    return std::chrono::floor<model::Duration>(std::chrono::system_clock::now()) +
           clock_ahead.load();
  }
  void take(const link::Incoming& incoming, model::ByteView body) {
    const auto envelope = must(wire::DecodedEnvelope::decode(body));
    const auto& view = envelope.view();
    const auto signed_bytes = trust::signed_bytes(view);
    if (!trust::verify(signer_, signed_bytes, view.signature)) {
      return say(incoming, wire::nack_message({.seq = view.link.first_seq,
                                               .code = model::NackCode::bad_signature,
                                               .message = "not the node's"}));
    }
    if (view.link.first_seq == head + 1) {
      EXPECT_EQ(view.link.prev_hash, hash_);
      hash_ = trust::chain_hash(signed_bytes);
      head = view.last_seq();
      ++envelopes;
    } else {
      ++repeated;
    }
    model::Ack ack{.up_to_seq = head, .ledger_seq = envelopes};
    if (view.link.first_seq == 3) {
      ack.reports.push_back({.seq = 3, .verdict = {.verdict = model::Verdict::refused}});
    }
    say(incoming, wire::ack_message(ack));
  }
  void answer_query(const link::Incoming& incoming, model::ByteView body) {
    const auto request = must(wire::read_request(body));
    if (std::holds_alternative<model::TreeQuery>(request.query)) {
      return say(incoming, wire::refusal_message({.id = request.id,
                                                  .code = model::QueryError::unauthorised,
                                                  .message = "not yours"}));
    }
    if (std::holds_alternative<model::LedgerTailQuery>(request.query)) {
      return;  // Too slow for anybody.
    }
    model::ServerInfoAnswer info{.software = std::string(1000, 'x')};
    info.nodes.resize(5'000, {.node = kNode});  // Enough for several chunks.
    model::AnswerHeader header;                 // Says as of when it was asked.
    header.valid_at = request.as_of.value_or(model::UtcTime{});
    header.known_at = request.known_at.value_or(model::UtcTime{});
    if (!is_old) {
      header.what_if = request.what_if;
    }
    for (const auto& chunk : wire::answer_messages(request.id, {.header = header, .body = info})) {
      say(incoming, chunk);
    }
  }
  void say(const link::Incoming& incoming, const model::Bytes& message) {
    EXPECT_EQ(router_.send(incoming.from, message), link::SendResult::sent);
  }

  const model::PublicKey signer_;
  link::RouterSocket router_;
  std::string endpoint_;
  model::Hash hash_{};
  std::jthread thread_;
};

class ClientSocket : public link::test::Bus {
 protected:
  ClientSocket() { start_zap(); }

  PublisherOptions options(const FakeBroker& broker, const link::CurveKeyPair& keys) {
    return {.connection = connection(broker, keys),
            .node = kNode,
            .signing_key = signing_,
            .resend_after = 200ms,
            .ping_every = ping_every_};
  }
  Connection connection(const FakeBroker& broker, const link::CurveKeyPair& keys) {
    return {.ingest_endpoint = broker.endpoint(),
            .query_endpoint = broker.endpoint(),
            .server_key = server_.public_key,
            .curve = keys};
  }
  std::unique_ptr<Publisher> publisher(const FakeBroker& broker, const link::CurveKeyPair& keys) {
    return must(Publisher::start(*context_, options(broker, keys), storage::make_memory_outbox(),
                                 [this](const Acknowledged& one) {
                                   const std::scoped_lock lock(mutex_);
                                   acknowledged_.push_back(one);
                                 }));
  }
  static std::vector<model::Bytes> reports(std::size_t count) {
    return std::vector<model::Bytes>(count, model::Bytes(256, 7));
  }

  trust::SigningKey signing_ = trust::SigningKey::generate();
  std::chrono::milliseconds ping_every_{5'000};
  std::mutex mutex_;
  std::vector<Acknowledged> acknowledged_;
};

TEST_F(ClientSocket, PublishesInOrderAndTellsEveryVerdictOnce) {
  FakeBroker broker(*context_, router_options(), signing_.public_key());
  const auto publisher = this->publisher(broker, kaz_);
  std::uint64_t first = 0;

  ASSERT_EQ(*publisher->publish_encoded(reports(2), first), PublishResult::kept);
  ASSERT_TRUE(publisher->wait_until_acknowledged(10s)) << publisher->status().problem;
  ASSERT_EQ(*publisher->publish_encoded(reports(1), first), PublishResult::kept);
  EXPECT_EQ(first, 3U);
  ASSERT_TRUE(publisher->wait_until_acknowledged(10s));
  ASSERT_EQ(*publisher->publish_encoded(reports(2'000), first), PublishResult::kept);
  ASSERT_TRUE(publisher->wait_until_acknowledged(10s))
      << publisher->status().problem << " acknowledged " << publisher->status().acknowledged_seq
      << ", broker " << broker.head << ", repeated " << broker.repeated;

  const std::scoped_lock lock(mutex_);
  ASSERT_EQ(acknowledged_.size(), 2'003U);
  for (std::size_t i = 0; i < acknowledged_.size(); ++i) {
    EXPECT_EQ(acknowledged_[i].report.seq, i + 1);
    EXPECT_EQ(acknowledged_[i].verdict.verdict == model::Verdict::refused, i == 2);
  }
  const auto status = publisher->status();
  EXPECT_EQ(status.session, PublisherStatus::Session::greeted);
  EXPECT_EQ(status.acknowledged_seq, 2'003U);
  EXPECT_EQ(status.next_seq, 2'004U);
  EXPECT_EQ(status.refused, 1U);
  EXPECT_EQ(status.problem, "");
  EXPECT_LT(broker.envelopes, 20U) << "reports that wait travel together";
}

TEST_F(ClientSocket, ResendsWhatIsNotAnswered) {
  FakeBroker broker(*context_, router_options(), signing_.public_key());
  const auto publisher = this->publisher(broker, kaz_);
  ASSERT_TRUE(wait_until_greeted(*publisher, 10s));
  broker.silent = true;
  std::uint64_t first = 0;
  ASSERT_TRUE(publisher->publish_encoded(reports(1), first));

  ASSERT_TRUE(eventually([&] { return !publisher->status().problem.empty(); }));
  broker.silent = false;

  EXPECT_TRUE(publisher->wait_until_acknowledged(10s));
  EXPECT_EQ(broker.envelopes, 1U);
}

TEST_F(ClientSocket, SealsNothingUntilItsClockIsSet) {
  FakeBroker broker(*context_, router_options(), signing_.public_key());
  broker.clock_ahead = 3'600s;
  ping_every_ = 100ms;
  const auto publisher = this->publisher(broker, kaz_);
  std::uint64_t first = 0;
  ASSERT_TRUE(publisher->publish_encoded(reports(1), first));

  ASSERT_TRUE(eventually([&] {
    return publisher->status().problem.find("s behind the broker's") != std::string::npos;
  })) << publisher->status().problem;
  EXPECT_FALSE(publisher->wait_until_acknowledged(300ms));
  EXPECT_EQ(broker.envelopes, 0U);
  broker.clock_ahead = 0s;

  EXPECT_TRUE(publisher->wait_until_acknowledged(10s)) << publisher->status().problem;
  EXPECT_EQ(publisher->status().problem, "");
}

TEST_F(ClientSocket, GoesOnWithANewOutboxWhereTheOldOneEnded) {
  FakeBroker broker(*context_, router_options(), signing_.public_key());
  std::uint64_t seq = 0;
  {
    const auto old = publisher(broker, kaz_);
    ASSERT_TRUE(old->publish_encoded(reports(5), seq));
    ASSERT_TRUE(old->wait_until_acknowledged(10s));
  }

  const auto fresh = publisher(broker, kaz_);
  ASSERT_TRUE(wait_until_greeted(*fresh, 10s));
  ASSERT_TRUE(eventually([&] { return fresh->status().next_seq == 6; }));
  ASSERT_TRUE(fresh->publish_encoded(reports(1), seq));

  EXPECT_EQ(seq, 6U);
  EXPECT_TRUE(fresh->wait_until_acknowledged(10s));
}

TEST_F(ClientSocket, ComesInOnceItsKeyIsEnrolled) {
  FakeBroker broker(*context_, router_options(), signing_.public_key());
  const auto stranger = link::CurveKeyPair::generate();
  const auto publisher = this->publisher(broker, stranger);
  std::uint64_t seq = 0;
  ASSERT_TRUE(publisher->publish_encoded(reports(1), seq));

  ASSERT_TRUE(
      eventually([&] { return publisher->status().session == PublisherStatus::Session::denied; }));
  EXPECT_THAT(publisher->status().problem, HasSubstr(link::fingerprint(stranger.public_key)));
  zap_->replace(link::test::table_of(stranger.public_key, "KAZ/mod"));

  EXPECT_TRUE(publisher->wait_until_acknowledged(20s)) << publisher->status().problem;
}

TEST_F(ClientSocket, SaysWithWhichKeyARefusedEnvelopeWasSealed) {
  FakeBroker broker(*context_, router_options(), signing_.public_key());
  const link::test::TemporaryFolder folder;
  const auto problem_with = [&](const trust::SigningKey& key, std::size_t count) {
    auto with_key = options(broker, kaz_);
    with_key.signing_key = key;
    const auto publisher =
        must(Publisher::start(*context_, std::move(with_key),
                              must(storage::open_outbox((folder / "outbox").string())), {}));
    std::uint64_t first = 0;
    // What was sealed before is refused within the greeting's instant, which may not be seen.
    EXPECT_TRUE(count == 0 || wait_until_greeted(*publisher, 10s));
    EXPECT_TRUE(count == 0 || publisher->publish_encoded(reports(count), first));
    EXPECT_TRUE(eventually(
        [&] { return publisher->status().session == PublisherStatus::Session::stopped; }));
    return publisher->status().problem;
  };
  const auto wrong = trust::SigningKey::generate();

  const auto at_once = problem_with(wrong, 1);
  const auto mended = problem_with(signing_, 0);

  EXPECT_THAT(at_once,
              HasSubstr("sealed with key " + trust::fingerprint(wrong.public_key()) + ","));
  EXPECT_THAT(at_once, HasSubstr("have the registrar enrol the key that sealed it for KAZ/mod"));
  EXPECT_THAT(mended, HasSubstr("sealed with another key than the " +
                                trust::fingerprint(signing_.public_key())));
}

TEST_F(ClientSocket, RefusesWhatTheBrokerWouldNotTakeAndUsesNoSeq) {
  FakeBroker broker(*context_, router_options(), signing_.public_key());
  const auto publisher = this->publisher(broker, kaz_);
  std::uint64_t seq = 0;

  const model::Report foreign{
      .statements = {model::UnitStatement{.unit = *model::UnitId::parse("TJK:X")}}};
  const auto refused = publisher->publish(foreign, seq);
  EXPECT_EQ(refused.error().code, model::ErrorCode::malformed);
  EXPECT_THAT(refused.error().message, HasSubstr("TJK:X"));
  const std::vector<model::Bytes> huge(1, model::Bytes(model::kReportBytesMax + 1));
  EXPECT_EQ(publisher->publish_encoded(huge, seq).error().code, model::ErrorCode::malformed);

  EXPECT_EQ(publisher->status().next_seq, 1U);
}

TEST_F(ClientSocket, AsksAndPutsTheChunksTogether) {
  FakeBroker broker(*context_, router_options(), signing_.public_key());
  const auto client = must(QueryClient::connect(*context_, connection(broker, kaz_)));

  for (int i = 0; i < 3; ++i) {
    const auto answer = client->ask(model::ServerInfoQuery{}, 10s);
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(std::get<model::ServerInfoAnswer>(answer->body).nodes.size(), 5'000U);
  }
}

TEST_F(ClientSocket, AsksAsOfTheStandpoint) {
  FakeBroker broker(*context_, router_options(), signing_.public_key());
  const auto client = must(QueryClient::connect(*context_, connection(broker, kaz_)));
  const auto as_of = *model::parse_time("2022-01-07T12:00:00Z");
  const auto known_at = *model::parse_time("2022-01-08T00:00:00Z");

  const auto then =
      must(client->ask(model::ServerInfoQuery{}, {.as_of = as_of, .known_at = known_at}, 10s));
  const auto now = must(client->ask(model::ServerInfoQuery{}, 10s));

  EXPECT_EQ(then.header.valid_at, as_of);
  EXPECT_EQ(then.header.known_at, known_at);
  EXPECT_EQ(now.header.valid_at, model::UtcTime{}) << "a standpoint does not stay";
}

TEST_F(ClientSocket, AsksWithWhatIsSupposedAndTakesNoAnswerWithoutIt) {
  FakeBroker broker(*context_, router_options(), signing_.public_key());
  const auto client = must(QueryClient::connect(*context_, connection(broker, kaz_)));
  const model::Standpoint standpoint{
      .what_if = {.without = {*model::Nation::parse("KAZ"), *model::Nation::parse("ARM")},
                  .host = *model::Nation::parse("TJK"),
                  .also = {*model::Code::parse("EX-2202")},
                  .notice_min = -720}};

  const auto supposed = must(client->ask(model::ServerInfoQuery{}, standpoint, 10s));
  EXPECT_EQ(supposed.header.what_if, standpoint.what_if);
  EXPECT_FALSE(must(client->ask(model::ServerInfoQuery{}, 10s)).header.what_if.is_set());

  broker.is_old = true;
  const auto as_it_is = client->ask(model::ServerInfoQuery{}, standpoint, 10s);
  ASSERT_FALSE(as_it_is);
  EXPECT_EQ(as_it_is.error().code, model::ErrorCode::unsupported);
  EXPECT_THAT(as_it_is.error().message, HasSubstr("Upgrade the broker"));
  EXPECT_TRUE(client->ask(model::ServerInfoQuery{}, 10s)) << "how it is, it can answer";
}

TEST_F(ClientSocket, SaysWhyAQuestionIsNotAnswered) {
  FakeBroker broker(*context_, router_options(), signing_.public_key());
  const auto client = must(QueryClient::connect(*context_, connection(broker, kaz_)));

  const auto refused = client->ask(model::TreeQuery{.nation = *model::Nation::parse("KAZ")}, 10s);
  EXPECT_EQ(refused.error().code, model::ErrorCode::refused);
  EXPECT_EQ(refused.error().message,
            "the broker refused (UNAUTHORISED): not yours. Ask the registrar for a role that may "
            "ask this");
  EXPECT_TRUE(client->is_connected());

  const auto late = client->ask(model::LedgerTailQuery{}, 50ms);
  EXPECT_EQ(late.error().code, model::ErrorCode::timed_out);
  EXPECT_TRUE(client->ask(model::ServerInfoQuery{}, 10s)) << "the next question is not disturbed";
}

TEST_F(ClientSocket, SaysThatAKeyIsNotEnrolledAndComesInWhenItIs) {
  FakeBroker broker(*context_, router_options(), signing_.public_key());
  const auto stranger = link::CurveKeyPair::generate();
  const auto client = must(QueryClient::connect(*context_, connection(broker, stranger)));

  const auto refused = client->ask(model::ServerInfoQuery{}, 10s);
  EXPECT_EQ(refused.error().code, model::ErrorCode::refused);
  EXPECT_THAT(refused.error().message, HasSubstr("ask the registrar to enrol it"));
  zap_->replace(link::test::table_of(stranger.public_key, "KAZ/mod"));

  EXPECT_TRUE(client->ask(model::ServerInfoQuery{}, 10s));
}

TEST_F(ClientSocket, SaysThatNobodyIsThere) {
  const Connection nobody{.ingest_endpoint = "tcp://127.0.0.1:1",
                          .query_endpoint = "tcp://127.0.0.1:1",
                          .server_key = server_.public_key,
                          .curve = kaz_};
  const auto client = must(QueryClient::connect(*context_, nobody));

  const auto answer = client->ask(model::ServerInfoQuery{}, 50ms);

  EXPECT_EQ(answer.error().code, model::ErrorCode::unavailable);
  EXPECT_THAT(answer.error().message, HasSubstr("is the broker running"));
  EXPECT_FALSE(client->is_connected());
}

}  // namespace
}  // namespace muster::client
