// SPDX-License-Identifier: Apache-2.0
// Messages that are not what they should be: nothing changes, and the broker goes on.
#include <numeric>

#include "schemas/wire/message.h"
#include "schemas/wire/query.h"
#include "schemas/wire/session.h"
#include "tests/e2e/bus_fixture.h"

namespace muster::e2e {
namespace {

class MessageOnTheBus : public Bus {
 protected:
  /// The broker still takes reports, and had taken none before.
  void expect_unharmed() {
    EXPECT_EQ(peer("ARM/mod").publish({company("ARM:EX-A")}).ledger_seq, 1U);
  }
};

TEST_F(MessageOnTheBus, IsGreetedWithTheHeadAndTheLimits) {
  auto kaz = peer("KAZ/mod");
  kaz.publish({company("KAZ:EX-A"), company("KAZ:EX-B")});

  const auto welcome = kaz.ask<model::Welcome>(wire::hello_message({.node = kaz.id()}));

  EXPECT_EQ(welcome.head_seq, 2U);
  EXPECT_EQ(welcome.head_hash, kaz.next().prev_hash);
  EXPECT_EQ(welcome.ledger_seq, 1U);
  EXPECT_EQ(welcome.tree_head.size, 1U);
  EXPECT_EQ(welcome.realm, model::Realm::exercise);
  EXPECT_EQ(welcome.message_bytes_max, model::kMessageBytesMax);
}

TEST_F(MessageOnTheBus, ComesBackFromThePingThatItWas) {
  auto kaz = peer("KAZ/mod");

  const auto pong = kaz.ask<model::Pong>(wire::ping_message({.nonce = 41, .sent_at = now()}));

  EXPECT_EQ(pong.nonce, 41U);
}

TEST_F(MessageOnTheBus, EndsTheConnectionWhenItIsTooLong) {
  auto kaz = peer("KAZ/mod", 4 * link::kMessageBytesMax);
  kaz.ask<model::Welcome>(wire::hello_message({.node = kaz.id()}));
  const model::Bytes flood(model::kMessageBytesMax + 1, 0x55);

  kaz.send(flood);

  EXPECT_TRUE(reaches(kaz.socket(), link::DealerState::connecting));
  expect_unharmed();
  EXPECT_TRUE(reaches(kaz.socket(), link::DealerState::connected));
  kaz.ask<model::Welcome>(wire::hello_message({.node = kaz.id()}));
}

TEST_F(MessageOnTheBus, IsRefusedInAnotherVersionOfTheHeader) {
  auto kaz = peer("KAZ/mod");
  auto message = wire::hello_message({.node = kaz.id()});
  message[4] = 2;

  const auto nack = kaz.ask<model::Nack>(message);

  EXPECT_EQ(nack.code, NackCode::version);
  EXPECT_FALSE(nack.retryable);
  EXPECT_THAT(nack.message, HasSubstr("2"));
  expect_unharmed();
}

TEST_F(MessageOnTheBus, IsRefusedInAnotherVersionOfTheProtocol) {
  auto kaz = peer("KAZ/mod");
  auto letter = kaz.letter({company("KAZ:EX-A")});
  letter.protocol_version = 2;
  letter.sign(kaz.key());

  const auto hello =
      kaz.ask<model::Nack>(wire::hello_message({.protocol_version = 2, .node = kaz.id()}));
  const auto publish = kaz.ask<model::Nack>(letter.message());

  EXPECT_EQ(hello.code, NackCode::version);
  EXPECT_EQ(publish.code, NackCode::version) << publish.message;
  expect_unharmed();
}

TEST_F(MessageOnTheBus, IsAnsweredMalformedWhenItIsGarbage) {
  auto kaz = peer("KAZ/mod");
  const auto good = kaz.letter({company("KAZ:EX-A")}).message();
  auto no_magic = good;
  no_magic[0] = 'X';
  auto no_type = good;
  no_type[5] = 0x7f;
  auto not_for_us = good;
  not_for_us[5] = static_cast<std::uint8_t>(wire::MessageType::welcome);
  auto cut = good;
  cut.resize(good.size() / 2);
  const auto header_only = model::Bytes(good.begin(), good.begin() + wire::kHeaderBytes);
  auto noise = model::Bytes(1000);
  std::iota(noise.begin(), noise.end(), std::uint8_t{7});
  const std::vector<model::Bytes> garbage{{},         {0}, no_magic,    no_type,
                                          not_for_us, cut, header_only, noise};

  for (std::size_t i = 0; i < garbage.size(); ++i) {
    const auto nack = kaz.ask<model::Nack>(garbage[i]);
    EXPECT_EQ(nack.code, NackCode::malformed) << "garbage " << i << ": " << nack.message;
    EXPECT_FALSE(nack.message.empty());
  }

  EXPECT_EQ(metric("muster_envelopes_nacked_total{reason=\"malformed\"}"),
            static_cast<double>(garbage.size()));
  expect_unharmed();
}

TEST_F(MessageOnTheBus, IsAnsweredMalformedWhenOneOfItsReportsIsGarbage) {
  auto kaz = peer("KAZ/mod");
  auto letter = kaz.letter({company("KAZ:EX-A"), company("KAZ:EX-B")});
  letter.reports[1].assign(100, 0xff);
  letter.sign(kaz.key());

  const auto nack = kaz.ask<model::Nack>(letter.message());

  EXPECT_EQ(nack.code, NackCode::malformed);
  EXPECT_THAT(nack.message, HasSubstr("KAZ/mod#2"));
  expect_unharmed();
}

TEST_F(MessageOnTheBus, IsRefusedAsAQuestionWhenItIsGarbage) {
  const auto connection = broker_->connection(must(model::NodeId::parse("KAZ/mod")));
  link::DealerOptions options;
  options.server_key = connection.server_key;
  options.keys = connection.curve;
  auto socket = must(link::DealerSocket::connect(*context_, broker_->query(), options));
  ASSERT_TRUE(reaches(socket, link::DealerState::connected));
  const auto garbage = wire::make_message(wire::MessageType::request, model::Bytes(40, 0xee));

  ASSERT_EQ(socket.send(garbage), link::SendResult::sent);
  std::optional<link::Frame> frame;
  link::Waiter waiter;
  waiter.watch(socket);
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (!(frame = socket.receive()) && std::chrono::steady_clock::now() < deadline) {
    waiter.wait(std::chrono::milliseconds(20));
    socket.poll_events();
  }

  ASSERT_TRUE(frame);
  const auto message = must(wire::read_message(frame->bytes()));
  EXPECT_EQ(message.type, wire::MessageType::refusal);
  EXPECT_EQ(must(wire::read_refusal(message.body)).code, model::QueryError::malformed);
}

}  // namespace
}  // namespace muster::e2e
