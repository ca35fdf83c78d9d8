// SPDX-License-Identifier: Apache-2.0
#include "schemas/wire/session.h"

#include <gmock/gmock.h>

#include "schemas/model/limits.h"
#include "tests/support/sample_messages.h"
#include "tests/support/sample_reports.h"

namespace muster::wire {
namespace {

using model::Bytes;
using model::ByteView;
using testing::HasSubstr;

/// The body of a frame that must be a message of that type.
Bytes body_of(const Bytes& frame, MessageType type) {
  const auto message = read_message(frame);
  if (!message) {
    ADD_FAILURE() << message.error().message;
    return {};
  }
  EXPECT_EQ(message->type, type);
  return {message->body.begin(), message->body.end()};
}

TEST(WireSession, KeepsEveryFieldOfHello) {
  const auto sent = tests::sample_hello();
  const auto read = read_hello(body_of(hello_message(sent), MessageType::hello));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->protocol_version, sent.protocol_version);
  EXPECT_EQ(read->node, sent.node);
  EXPECT_EQ(read->software, sent.software);
}

TEST(WireSession, KeepsEveryFieldOfWelcome) {
  const auto sent = tests::sample_welcome();
  const auto read = read_welcome(body_of(welcome_message(sent), MessageType::welcome));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->protocol_version, sent.protocol_version);
  EXPECT_EQ(read->head_seq, sent.head_seq);
  EXPECT_EQ(read->head_hash, sent.head_hash);
  EXPECT_EQ(read->window, sent.window);
  EXPECT_EQ(read->reports_max, sent.reports_max);
  EXPECT_EQ(read->message_bytes_max, sent.message_bytes_max);
  EXPECT_EQ(read->realm, sent.realm);
  EXPECT_EQ(read->server_time, sent.server_time);
  EXPECT_EQ(read->ledger_seq, sent.ledger_seq);
  EXPECT_EQ(read->tree_head, sent.tree_head);
  EXPECT_EQ(read->software, sent.software);
}

TEST(WireSession, KeepsEveryFieldOfAck) {
  const auto sent = tests::sample_ack();
  const auto read = read_ack(body_of(ack_message(sent), MessageType::ack));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->up_to_seq, sent.up_to_seq);
  EXPECT_EQ(read->ledger_seq, sent.ledger_seq);
  EXPECT_EQ(read->tree_head, sent.tree_head);
  ASSERT_EQ(read->reports.size(), sent.reports.size());
  for (std::size_t i = 0; i < sent.reports.size(); ++i) {
    EXPECT_EQ(read->reports[i].seq, sent.reports[i].seq);
    EXPECT_EQ(read->reports[i].verdict, sent.reports[i].verdict);
  }
}

TEST(WireSession, KeepsEveryFieldOfNack) {
  const auto sent = tests::sample_nack();
  const auto read = read_nack(body_of(nack_message(sent), MessageType::nack));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->seq, sent.seq);
  EXPECT_EQ(read->code, sent.code);
  EXPECT_EQ(read->message, sent.message);
  EXPECT_EQ(read->findings, sent.findings);
  EXPECT_EQ(read->retryable, sent.retryable);
  EXPECT_EQ(read->retry_after_ms, sent.retry_after_ms);
  EXPECT_EQ(read->head_seq, sent.head_seq);
  EXPECT_EQ(read->head_hash, sent.head_hash);
}

TEST(WireSession, KeepsEveryFieldOfPingAndPong) {
  const auto ping = read_ping(body_of(ping_message(tests::sample_ping()), MessageType::ping));
  ASSERT_TRUE(ping);
  EXPECT_EQ(ping->nonce, tests::sample_ping().nonce);
  EXPECT_EQ(ping->sent_at, tests::sample_ping().sent_at);

  const auto pong = read_pong(body_of(pong_message(tests::sample_pong()), MessageType::pong));
  ASSERT_TRUE(pong);
  EXPECT_EQ(pong->nonce, tests::sample_pong().nonce);
  EXPECT_EQ(pong->sent_at, tests::sample_pong().sent_at);
  EXPECT_EQ(pong->server_time, tests::sample_pong().server_time);
  EXPECT_EQ(pong->ledger_seq, tests::sample_pong().ledger_seq);
}

TEST(WireSession, KeepsEveryFieldOfBye) {
  const auto read = read_bye(body_of(bye_message(tests::sample_bye()), MessageType::bye));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->reason, tests::sample_bye().reason);
  EXPECT_EQ(read->message, tests::sample_bye().message);
}

TEST(WireSession, PublishesTheEnvelopeExactly) {
  const Bytes envelope{1, 2, 3, 4, 5};
  EXPECT_EQ(body_of(publish_message(envelope), MessageType::publish), envelope);
}

TEST(WireSession, ReadsBodiesFromAnyAddress) {
  const auto body = body_of(ack_message(tests::sample_ack()), MessageType::ack);
  for (std::size_t offset = 0; offset < 8; ++offset) {
    Bytes shifted(offset, 0xee);
    shifted.insert(shifted.end(), body.begin(), body.end());

    EXPECT_TRUE(read_ack(ByteView(shifted).subspan(offset))) << offset;
  }
}

TEST(WireSession, RefusesAnEmptyBody) {
  EXPECT_FALSE(read_hello({}));
  EXPECT_FALSE(read_welcome({}));
  EXPECT_FALSE(read_ack({}));
  EXPECT_FALSE(read_nack({}));
  EXPECT_FALSE(read_ping({}));
  EXPECT_FALSE(read_pong({}));
  EXPECT_FALSE(read_bye({}));
}

TEST(WireSession, NamesTheFieldThatIsNotUtf8) {
  auto nack = tests::sample_nack();
  nack.findings[0].found = "\xff";

  const auto read = read_nack(body_of(nack_message(nack), MessageType::nack));

  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, model::ErrorCode::malformed);
  EXPECT_THAT(read.error().message, HasSubstr("findings[0].found: "));
}

TEST(WireSession, RefusesTooManyFindings) {
  auto nack = tests::sample_nack();
  nack.findings.assign(model::kListMax + 1, {});

  const auto read = read_nack(body_of(nack_message(nack), MessageType::nack));

  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().message, HasSubstr("findings: found 10001"));
}

TEST(WireSession, RefusesAHelloWithoutANode) {
  auto hello = tests::sample_hello();
  hello.node = {};

  const auto read = read_hello(body_of(hello_message(hello), MessageType::hello));

  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().message, HasSubstr("node: '' is not a node"));
}

}  // namespace
}  // namespace muster::wire
