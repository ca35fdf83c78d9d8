// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "schemas/trust/envelope.h"
#include "schemas/wire/report.h"
#include "schemas/wire/session.h"
#include "tests/support/broker_rig.h"

// What the broker does not take, and what it does when nothing can be kept.

namespace muster::server {
namespace {

using namespace std::chrono_literals;
using model::NackCode;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using tests::BrokerRig;
using tests::kSampleTime;
using tests::report_of;
using tests::sent;
using tests::strength_of;
using tests::TestNode;
using tests::unit_id;
using tests::unit_of;

model::Report unit_a() { return report_of({unit_of("KAZ:A"), strength_of("KAZ:A")}); }

class AuthenticTest : public ::testing::Test {
 protected:
  /// One message, which must change nothing and be refused for good.
  model::Nack refusal(const TestNode& from, model::Bytes message) {
    const auto before = rig_.state();
    const auto reply = rig_.take_one(from, std::move(message));
    EXPECT_TRUE(rig_.state() == before);
    EXPECT_EQ(rig_.store().last_ledger_seq(), before.ledger_seq);
    EXPECT_NE(reply.nack(), nullptr);
    return reply.nack() != nullptr ? *reply.nack() : model::Nack{};
  }
  std::vector<storage::Quarantined> quarantined() { return *rig_.store().quarantined(100); }

  BrokerRig rig_;
};

TEST_F(AuthenticTest, V01RefusesASignatureOfAnotherKey) {
  TestNode impostor("KAZ/mod", 77);  // Its envelopes come over the real node's connection.

  const auto nack = refusal(rig_.kaz, impostor.publish(unit_a(), rig_.now));

  EXPECT_EQ(nack.code, NackCode::bad_signature);
  EXPECT_THAT(nack.message, HasSubstr(trust::fingerprint(rig_.kaz.key().public_key())));
  EXPECT_FALSE(nack.retryable);
  ASSERT_THAT(quarantined(), SizeIs(1));
  EXPECT_EQ(quarantined()[0].peer, rig_.kaz.user_id());
  EXPECT_THAT(quarantined()[0].reason, HasSubstr("BAD_SIGNATURE"));
}

TEST_F(AuthenticTest, RaisesNoAlarmForAForkThatTheNodeDidNotSign) {
  const auto start = rig_.kaz.next();
  rig_.publish(rig_.kaz, unit_a());
  const TestNode impostor("KAZ/mod", 77);

  EXPECT_EQ(refusal(rig_.kaz, impostor.sealed_at(start, {unit_a()}, rig_.now + 1s)).code,
            NackCode::bad_signature);
  EXPECT_EQ(refusal(rig_.kaz, impostor.sealed_at({2, {}}, {unit_a()}, rig_.now)).code,
            NackCode::bad_signature);
}

TEST_F(AuthenticTest, V01RefusesAKeyThatWasNotValidWhenItSigned) {
  const auto nack = refusal(rig_.kaz, rig_.kaz.publish(unit_a(), kSampleTime - 25h));

  EXPECT_EQ(nack.code, NackCode::key_expired);
}

TEST_F(AuthenticTest, TakesAKeyThatBecameValidWithinTheSkewOfClocks) {
  // The entry is valid from a day before kSampleTime; the node's clock is behind by a minute and a
  // half.
  const auto message = rig_.kaz.publish(unit_a(), kSampleTime - 24h - 90s);

  EXPECT_NE(rig_.take_one(rig_.kaz, message).ack(), nullptr);
}

TEST_F(AuthenticTest, AsksTheClockWhoseKeyIsValid) {
  // One batch was taken while the machine's clock was wrong by years.
  const auto right = rig_.now;
  rig_.now = right + 24h * 365 * 10;
  rig_.publish(rig_.kaz, unit_a());
  rig_.now = right;
  const TestNode shortly("ARM/mod-3", 31);
  model::RegistryStatement registry;
  registry.nodes = {shortly.entry(right + 1h)};
  rig_.publish(rig_.reg, report_of({registry}));

  EXPECT_TRUE(rig_.ingest().directory().authorised(shortly.user_id(), right));
  auto node = shortly;
  EXPECT_NE(rig_.take_one(node, node.publish(report_of({tests::unit_of("ARM:B")}), right)).ack(),
            nullptr);
}

TEST_F(AuthenticTest, RefusesTheEnvelopeOfAnotherNode) {
  const auto nack = refusal(rig_.arm, rig_.kaz.publish(unit_a(), rig_.now));

  EXPECT_EQ(nack.code, NackCode::wrong_node);
  EXPECT_THAT(nack.message, HasSubstr("ARM/mod"));
}

TEST_F(AuthenticTest, V04RefusesToSpeakForAnotherNation) {
  const auto nack =
      refusal(rig_.arm, rig_.arm.publish({report_of({unit_of("ARM:A")}),
                                          report_of({unit_of("ARM:B"), unit_of("KAZ:A")})},
                                         rig_.now));

  EXPECT_EQ(nack.code, NackCode::wrong_nation);
  ASSERT_THAT(nack.findings, SizeIs(1));
  EXPECT_EQ(nack.findings[0].rule, model::Rule::v04);
  EXPECT_EQ(nack.findings[0].statement, 1U);
  EXPECT_EQ(nack.findings[0].field, "unit");
  EXPECT_THAT(nack.message, HasSubstr("ARM/mod#2"));
}

TEST_F(AuthenticTest, V04LeavesTheRegistryToTheRegistrar) {
  const auto nack =
      refusal(rig_.sec, rig_.sec.publish(report_of({tests::six_members()}), rig_.now));

  EXPECT_EQ(nack.code, NackCode::wrong_nation);
  EXPECT_EQ(nack.findings[0].field, "type");
}

TEST_F(AuthenticTest, RefusesAPeerWhoseRolesDoNotPublish) {
  EXPECT_EQ(refusal(rig_.ops, rig_.ops.publish(report_of({unit_of("SEC:HQ")}), rig_.now)).code,
            NackCode::unauthorised);
}

TEST_F(AuthenticTest, RefusesAUserThatNobodyKnows) {
  TestNode stranger("KAZ/mod", 55);

  EXPECT_EQ(refusal(stranger, stranger.publish(unit_a(), rig_.now)).code, NackCode::unauthorised);
  EXPECT_THAT(quarantined(), IsEmpty());  // A stranger cannot fill it.
}

TEST_F(AuthenticTest, RefusesBytesThatAreNoMessage) {
  EXPECT_EQ(refusal(rig_.kaz, {}).code, NackCode::malformed);
  EXPECT_EQ(refusal(rig_.kaz, {1, 2, 3, 4, 5, 6, 7, 8, 9}).code, NackCode::malformed);
  auto cut = rig_.kaz.publish(unit_a(), rig_.now);
  cut.resize(cut.size() / 2);
  EXPECT_EQ(refusal(rig_.kaz, cut).code, NackCode::malformed);
  EXPECT_THAT(quarantined(), SizeIs(3));
}

TEST_F(AuthenticTest, RefusesMessagesThatAreNotForThisSocket) {
  EXPECT_EQ(refusal(rig_.kaz, wire::make_message(wire::MessageType::request, {})).code,
            NackCode::malformed);
  EXPECT_EQ(refusal(rig_.kaz, wire::ack_message({})).code, NackCode::malformed);
}

TEST_F(AuthenticTest, RefusesAnotherVersionOfTheProtocol) {
  auto message = rig_.kaz.publish(unit_a(), rig_.now);
  bool has_met_version = false;
  for (std::size_t at = 0; at < wire::kHeaderBytes; ++at) {
    auto changed = message;
    changed[at] ^= 0xffU;
    has_met_version |= refusal(rig_.kaz, changed).code == NackCode::version;
  }

  EXPECT_TRUE(has_met_version);
}

TEST_F(AuthenticTest, RefusesAnEnvelopeOfTooManyReports) {
  const std::vector<model::Report> many(model::kReportsPerEnvelopeMax + 1,
                                        report_of({unit_of("KAZ:A")}));

  EXPECT_EQ(refusal(rig_.kaz, rig_.kaz.publish(many, rig_.now)).code, NackCode::malformed);
  EXPECT_EQ(refusal(rig_.kaz2, rig_.kaz2.publish(std::vector<model::Report>{}, rig_.now)).code,
            NackCode::malformed);
}

TEST_F(AuthenticTest, RefusesAReportThatCannotBeRead) {
  const model::Bytes garbage(100, 7);
  model::EnvelopeView envelope{.protocol_version = model::kProtocolVersion,
                               .node = rig_.kaz.id(),
                               .link = rig_.kaz.next(),
                               .issued_at = rig_.now,
                               .reports = {garbage}};
  trust::seal(envelope, rig_.kaz.key());

  const auto nack = refusal(rig_.kaz, wire::publish_message(wire::encode_envelope(envelope)));

  EXPECT_EQ(nack.code, NackCode::malformed);
  EXPECT_THAT(nack.message, HasSubstr("KAZ/mod#1"));
}

TEST_F(AuthenticTest, KeepsTheBytesOfWhatItDidNotTake) {
  TestNode impostor("KAZ/mod", 77);
  const auto message = impostor.publish(unit_a(), rig_.now);
  refusal(rig_.kaz, message);

  EXPECT_EQ(quarantined()[0].bytes, message);
  EXPECT_EQ(quarantined()[0].received_at, rig_.now);
}

// ---- the registry -------------------------------------------------------------------------------

model::Report registering(std::vector<model::RegisteredNode> nodes) {
  model::RegistryStatement registry;
  registry.nodes = std::move(nodes);
  return report_of({registry});
}

TEST_F(AuthenticTest, LetsANewNodePublishAtOnce) {
  TestNode tjk("TJK/mod", 20);
  EXPECT_EQ(refusal(tjk, tjk.sealed_at(tjk.next(), {report_of({unit_of("TJK:A")})}, rig_.now)).code,
            NackCode::unauthorised);

  rig_.publish(rig_.reg, registering({tjk.entry()}));

  EXPECT_EQ(rig_.publish(tjk, report_of({unit_of("TJK:A")})).up_to_seq, 1U);
}

TEST_F(AuthenticTest, StopsARevokedNodeAtOnce) {
  rig_.publish(rig_.kaz, unit_a());
  rig_.publish(rig_.reg, registering({rig_.kaz.entry(rig_.now)}));

  const auto nack = refusal(rig_.kaz, rig_.kaz.publish(unit_a(), rig_.now - 1h));

  EXPECT_EQ(nack.code, NackCode::unauthorised);
}

TEST_F(AuthenticTest, StopsARevokedNodeInTheMiddleOfABatch) {
  const auto revocation = rig_.reg.publish(registering({rig_.kaz.entry(rig_.now)}), rig_.now);
  const auto report = rig_.kaz.publish(unit_a(), rig_.now - 1s);

  const auto replies = rig_.take({sent(rig_.reg, revocation), sent(rig_.kaz, report)});

  ASSERT_THAT(replies, SizeIs(2));
  EXPECT_NE(replies[0].ack(), nullptr);
  ASSERT_NE(replies[1].nack(), nullptr);
  EXPECT_EQ(replies[1].nack()->code, NackCode::unauthorised);
  EXPECT_EQ(rig_.state().units.size(), 0U);
}

TEST_F(AuthenticTest, TakesBothKeysWhileTheyOverlap) {
  TestNode renewed("KAZ/mod", 30);
  rig_.publish(rig_.kaz, unit_a());
  rig_.publish(rig_.reg, registering({renewed.entry(), rig_.kaz.entry(rig_.now + 1h)}));
  renewed.head_seq = rig_.kaz.head_seq;
  renewed.head_hash = rig_.kaz.head_hash;

  EXPECT_EQ(rig_.publish(renewed, report_of({unit_of("KAZ:B")})).up_to_seq, 2U);
  rig_.kaz.head_seq = renewed.head_seq;
  rig_.kaz.head_hash = renewed.head_hash;
  EXPECT_EQ(rig_.publish(rig_.kaz, report_of({unit_of("KAZ:C")})).up_to_seq, 3U);
  rig_.now += 1h;
  EXPECT_EQ(refusal(rig_.kaz, rig_.kaz.publish(unit_a(), rig_.now)).code, NackCode::unauthorised);
}

// ---- nothing can be kept ------------------------------------------------------------------------

TEST_F(AuthenticTest, AcknowledgesNothingThatItCannotKeep) {
  rig_.publish(rig_.kaz, unit_a());
  const auto kept_head = rig_.kaz.head_hash;
  rig_.store().fail_next_commit("no space left on device");

  const auto nack = refusal(rig_.kaz, rig_.kaz.publish(report_of({unit_of("KAZ:B")}), rig_.now));

  EXPECT_EQ(nack.code, NackCode::unavailable);
  EXPECT_TRUE(nack.retryable);
  EXPECT_GT(nack.retry_after_ms, 0U);
  EXPECT_EQ(nack.head_seq, 1U);
  EXPECT_EQ(nack.head_hash, kept_head);
  EXPECT_THAT(nack.message, HasSubstr("no space left"));
  EXPECT_FALSE(rig_.ingest().is_serving());
  EXPECT_EQ(rig_.snapshot()->state.ledger_seq, 1U);
}

TEST_F(AuthenticTest, SaysNothingOfABatchThatItCannotKeep) {
  const auto start = rig_.kaz.next();
  const auto first = rig_.kaz.publish(unit_a(), rig_.now);
  const auto fork = rig_.kaz.sealed_at(start, {report_of({unit_of("KAZ:B")})}, rig_.now);
  const auto hello = wire::hello_message({.node = rig_.kaz.id()});
  rig_.store().fail_next_commit();

  const auto replies =
      rig_.take({sent(rig_.kaz, first), sent(rig_.kaz, fork), sent(rig_.kaz, hello)});

  ASSERT_THAT(replies, SizeIs(3));
  for (const auto& reply : replies) {
    if (const auto* nack = reply.nack()) {
      EXPECT_EQ(nack->code, NackCode::unavailable);  // The first was not kept: no fork yet.
      EXPECT_EQ(nack->head_seq, 0U);
    } else {
      EXPECT_EQ(std::get<model::Welcome>(reply.body).head_seq, 0U);
    }
  }
}

TEST_F(AuthenticTest, GoesOnAfterARestartAsIfNothingHadBeenSent) {
  rig_.publish(rig_.kaz, unit_a());
  rig_.store().fail_next_commit();
  const auto message = rig_.kaz.publish(report_of({unit_of("KAZ:B")}), rig_.now);
  refusal(rig_.kaz, message);
  refusal(rig_.kaz, message);  // It stays so.

  ASSERT_TRUE(rig_.restart());
  const auto reply = rig_.take_one(rig_.kaz, message);

  ASSERT_NE(reply.ack(), nullptr);
  EXPECT_EQ(reply.ack()->up_to_seq, 2U);
  EXPECT_EQ(rig_.store().last_ledger_seq(), 2U);
}

TEST_F(AuthenticTest, AnswersAResendAlsoWhileNothingCanBeKept) {
  const auto message = rig_.kaz.publish(unit_a(), rig_.now);
  rig_.take_one(rig_.kaz, message);
  rig_.store().fail_next_commit();
  refusal(rig_.kaz2, rig_.kaz2.publish(report_of({unit_of("KAZ:B")}), rig_.now));

  EXPECT_NE(rig_.take_one(rig_.kaz, message).ack(), nullptr);
}

}  // namespace
}  // namespace muster::server
