// SPDX-License-Identifier: Apache-2.0
#include "broker/server/ingest.h"

#include <gmock/gmock.h>

#include "broker/server/answers.h"
#include "schemas/wire/session.h"
#include "tests/support/broker_rig.h"

// What the broker takes, and what it answers then.

namespace muster::server {
namespace {

using namespace std::chrono_literals;
using model::NackCode;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using tests::BrokerRig;
using tests::report_of;
using tests::sent;
using tests::strength_of;
using tests::unit_id;
using tests::unit_of;

model::Report unit_a() { return report_of({unit_of("KAZ:A"), strength_of("KAZ:A")}); }
model::Report refused_report() {
  return report_of({strength_of("KAZ:NOBODY", {.authorised = 300'000})});
}

class IngestTest : public ::testing::Test {
 protected:
  std::uint32_t assigned(std::string_view id) {
    const auto* unit = rig_.state().units.find(unit_id(id));
    return unit == nullptr ? 0 : static_cast<std::uint32_t>(unit->own.assigned);
  }
  BrokerRig rig_;
};

TEST_F(IngestTest, AcknowledgesWhatItKept) {
  const auto ack = rig_.publish(rig_.kaz, unit_a());

  EXPECT_EQ(ack.up_to_seq, 1U);
  EXPECT_EQ(ack.ledger_seq, 1U);
  EXPECT_THAT(ack.reports, IsEmpty());
  EXPECT_EQ(ack.tree_head.size, 1U);
  EXPECT_TRUE(trust::verify_tree_head(ack.tree_head, rig_.server_key()));
  EXPECT_EQ(rig_.store().last_ledger_seq(), 1U);
  EXPECT_EQ(assigned("KAZ:A"), 100U);
  EXPECT_EQ(rig_.snapshot()->state.ledger_seq, 1U);
}

TEST_F(IngestTest, KeepsARefusedReportInTheLedgerWithItsFindings) {
  const auto ack = rig_.publish(rig_.kaz, refused_report());

  ASSERT_THAT(ack.reports, SizeIs(1));
  EXPECT_EQ(ack.reports[0].seq, 1U);
  EXPECT_EQ(ack.reports[0].verdict.verdict, model::Verdict::refused);
  EXPECT_THAT(ack.reports[0].verdict.findings, SizeIs(2));  // V05 and V10
  const auto record = rig_.store().ledger_record(1);
  ASSERT_TRUE(record && *record);
  EXPECT_EQ((*record)->verdicts[0], ack.reports[0].verdict);
  EXPECT_EQ(rig_.state().units.size(), 0U);
  EXPECT_EQ(rig_.state().node(rig_.kaz.id()).refused, 1U);
}

TEST_F(IngestTest, JudgesEachReportOfAnEnvelopeOnItsOwn) {
  const auto reply = rig_.take_one(
      rig_.kaz,
      rig_.kaz.publish({unit_a(), refused_report(), report_of({unit_of("KAZ:B")})}, rig_.now));

  ASSERT_NE(reply.ack(), nullptr);
  EXPECT_EQ(reply.ack()->up_to_seq, 3U);
  ASSERT_THAT(reply.ack()->reports, SizeIs(1));
  EXPECT_EQ(reply.ack()->reports[0].seq, 2U);
  EXPECT_EQ(rig_.state().units.size(), 2U);
  EXPECT_EQ(rig_.store().last_ledger_seq(), 1U);
}

TEST_F(IngestTest, V03AcknowledgesAResendAndCountsItOnce) {
  const auto message = rig_.kaz.publish(unit_a(), rig_.now);
  rig_.take_one(rig_.kaz, message);
  const auto before = rig_.state();

  const auto reply = rig_.take_one(rig_.kaz, message);

  ASSERT_NE(reply.ack(), nullptr);
  EXPECT_EQ(reply.ack()->up_to_seq, 1U);
  EXPECT_EQ(rig_.store().last_ledger_seq(), 1U);
  EXPECT_TRUE(rig_.state() == before);
  EXPECT_THAT(rig_.metrics_page(),
              HasSubstr("muster_reports_received_total{nation=\"KAZ\",result=\"duplicate\"} 1"));
}

TEST_F(IngestTest, TellsTheVerdictsAgainWhenAnEnvelopeComesAgain) {
  const auto message = rig_.kaz.publish(refused_report(), rig_.now);
  const auto first = rig_.take_one(rig_.kaz, message);

  const auto again = rig_.take_one(rig_.kaz, message);

  ASSERT_NE(again.ack(), nullptr);
  ASSERT_THAT(again.ack()->reports, SizeIs(1));
  EXPECT_EQ(again.ack()->reports[0].verdict, first.ack()->reports[0].verdict);
}

TEST_F(IngestTest, AcknowledgesNoFurtherThanTheVerdictsItTells) {
  // A node came back over another connection, and what it had sent over the first one arrived as
  // well. What the first connection was told is lost, so the second must not take the refused
  // report for accepted.
  const auto first = rig_.kaz.publish(unit_a(), rig_.now);
  const auto second = rig_.kaz.publish(refused_report(), rig_.now);
  auto again = sent(rig_.kaz, first);
  again.from = link::PeerAddress("another connection");

  const auto replies = rig_.take({again, sent(rig_.kaz, first), sent(rig_.kaz, second)});

  ASSERT_THAT(replies, SizeIs(2));
  for (const auto& reply : replies) {
    ASSERT_NE(reply.ack(), nullptr);
    const bool has_both = reply.to == rig_.kaz.address();
    EXPECT_EQ(reply.ack()->up_to_seq, has_both ? 2U : 1U);
    EXPECT_THAT(reply.ack()->reports, SizeIs(has_both ? 1 : 0));
  }
}

TEST_F(IngestTest, KnowsAResendAfterARestart) {
  const auto message = rig_.kaz.publish(refused_report(), rig_.now);
  rig_.take_one(rig_.kaz, message);
  ASSERT_TRUE(rig_.restart());

  const auto reply = rig_.take_one(rig_.kaz, message);

  ASSERT_NE(reply.ack(), nullptr);
  EXPECT_THAT(reply.ack()->reports, SizeIs(1));
  EXPECT_EQ(rig_.store().last_ledger_seq(), 1U);
}

TEST_F(IngestTest, KnowsAResendWithinTheSameBatch) {
  const auto message = rig_.kaz.publish(refused_report(), rig_.now);

  const auto replies = rig_.take({sent(rig_.kaz, message), sent(rig_.kaz, message)});

  ASSERT_THAT(replies, SizeIs(1));  // One cumulative acknowledgement.
  ASSERT_NE(replies[0].ack(), nullptr);
  EXPECT_EQ(replies[0].ack()->up_to_seq, 1U);
  EXPECT_THAT(replies[0].ack()->reports, SizeIs(1));
  EXPECT_EQ(rig_.store().last_ledger_seq(), 1U);
}

TEST_F(IngestTest, V03RefusesAForkAsAConflict) {
  const auto start = rig_.kaz.next();
  rig_.publish(rig_.kaz, unit_a());
  const auto before = rig_.state();

  const auto reply =
      rig_.take_one(rig_.kaz, rig_.kaz.sealed_at(start, {refused_report()}, rig_.now));

  ASSERT_NE(reply.nack(), nullptr);
  EXPECT_EQ(reply.nack()->code, NackCode::conflict);
  EXPECT_FALSE(reply.nack()->retryable);
  EXPECT_EQ(reply.nack()->seq, 1U);
  EXPECT_EQ(reply.nack()->head_seq, 1U);
  EXPECT_EQ(reply.nack()->head_hash, rig_.kaz.head_hash);
  EXPECT_TRUE(rig_.state() == before);
  EXPECT_THAT(*rig_.store().quarantined(10), SizeIs(1));
}

TEST_F(IngestTest, RefusesAForkWithinTheSameBatch) {
  const auto start = rig_.kaz.next();
  const auto first = rig_.kaz.publish(unit_a(), rig_.now);
  const auto fork = rig_.kaz.sealed_at(start, {refused_report()}, rig_.now);

  const auto replies = rig_.take({sent(rig_.kaz, first), sent(rig_.kaz, fork)});

  ASSERT_THAT(replies, SizeIs(2));
  EXPECT_NE(replies[0].ack(), nullptr);
  ASSERT_NE(replies[1].nack(), nullptr);
  EXPECT_EQ(replies[1].nack()->code, NackCode::conflict);
}

TEST_F(IngestTest, RefusesAForkThatReachesInsideATakenEnvelope) {
  rig_.take_one(rig_.kaz, rig_.kaz.publish({unit_a(), refused_report()}, rig_.now));

  const auto reply = rig_.take_one(
      rig_.kaz, rig_.kaz.sealed_at({2, rig_.kaz.head_hash}, {refused_report()}, rig_.now));

  ASSERT_NE(reply.nack(), nullptr);
  EXPECT_EQ(reply.nack()->code, NackCode::conflict);
}

TEST_F(IngestTest, V02SendsANodeBackToTheGap) {
  rig_.publish(rig_.kaz, unit_a());
  rig_.kaz.publish(unit_a(), rig_.now);  // Lost on its way.

  const auto reply = rig_.take_one(rig_.kaz, rig_.kaz.publish(unit_a(), rig_.now));

  ASSERT_NE(reply.nack(), nullptr);
  EXPECT_EQ(reply.nack()->code, NackCode::gap);
  EXPECT_TRUE(reply.nack()->retryable);
  EXPECT_EQ(reply.nack()->seq, 3U);
  EXPECT_EQ(reply.nack()->head_seq, 1U);
  EXPECT_THAT(*rig_.store().quarantined(10), IsEmpty());
  EXPECT_THAT(rig_.metrics_page(), HasSubstr("muster_report_sequence_gap_total{nation=\"KAZ\"} 1"));
}

TEST_F(IngestTest, V02RefusesABrokenChain) {
  rig_.publish(rig_.kaz, unit_a());

  const auto reply = rig_.take_one(rig_.kaz, rig_.kaz.sealed_at({2, {}}, {unit_a()}, rig_.now));

  ASSERT_NE(reply.nack(), nullptr);
  EXPECT_EQ(reply.nack()->code, NackCode::broken_chain);
  EXPECT_FALSE(reply.nack()->retryable);
  EXPECT_EQ(rig_.store().last_ledger_seq(), 1U);
}

TEST_F(IngestTest, TakesTwoEnvelopesOfANodeInOneBatch) {
  const auto first = rig_.kaz.publish(unit_a(), rig_.now);
  const auto second = rig_.kaz.publish(report_of({unit_of("KAZ:B", "KAZ:A")}), rig_.now);

  const auto replies = rig_.take({sent(rig_.kaz, first), sent(rig_.kaz, second)});

  ASSERT_THAT(replies, SizeIs(1));
  EXPECT_EQ(replies[0].ack()->up_to_seq, 2U);
  EXPECT_EQ(rig_.state().units.size(), 2U);
}

TEST_F(IngestTest, AnswersTwoNodesOfOneBatchApart) {
  const auto kaz = rig_.kaz.publish(unit_a(), rig_.now);
  const auto arm = rig_.arm.publish({report_of({unit_of("ARM:A")}), refused_report()}, rig_.now);

  const auto replies = rig_.take({sent(rig_.arm, arm), sent(rig_.kaz, kaz)});

  ASSERT_THAT(replies, SizeIs(2));  // refused_report() is of KAZ, so ARM may not say it (V04).
  EXPECT_EQ(replies[0].to, rig_.kaz.address());
  EXPECT_EQ(replies[0].ack()->up_to_seq, 1U);
  EXPECT_EQ(replies[1].to, rig_.arm.address());
  EXPECT_EQ(replies[1].nack()->code, NackCode::wrong_nation);
}

TEST_F(IngestTest, CommitsABatchOfSeveralNodesAtOnce) {
  const auto kaz = rig_.kaz.publish(unit_a(), rig_.now);
  const auto arm = rig_.arm.publish(report_of({unit_of("ARM:A")}), rig_.now);

  const auto replies = rig_.take({sent(rig_.arm, arm), sent(rig_.kaz, kaz)});

  ASSERT_THAT(replies, SizeIs(2));
  for (const auto& reply : replies) {
    ASSERT_NE(reply.ack(), nullptr);
    EXPECT_EQ(reply.ack()->up_to_seq, 1U);
    EXPECT_EQ(reply.ack()->ledger_seq, 2U);
  }
  EXPECT_THAT(*rig_.store().heads(), SizeIs(2));
}

TEST_F(IngestTest, NeverLetsTheTimeOfReceiptRunBackwards) {
  rig_.publish(rig_.kaz, unit_a());
  const auto first = rig_.now;
  const auto message = rig_.kaz.publish(report_of({unit_of("KAZ:B")}), rig_.now);
  rig_.now -= 1h;

  rig_.take_one(rig_.kaz, message);

  EXPECT_EQ((*rig_.store().ledger_record(2))->received_at, first);
}

TEST_F(IngestTest, AnswersHelloWithTheHeadAndTheLimits) {
  rig_.publish(rig_.kaz, unit_a());

  const auto reply =
      rig_.take_one(rig_.kaz, wire::hello_message({.node = rig_.kaz.id(), .software = "test"}));

  const auto* welcome = std::get_if<model::Welcome>(&reply.body);
  ASSERT_NE(welcome, nullptr);
  EXPECT_EQ(welcome->head_seq, 1U);
  EXPECT_EQ(welcome->head_hash, rig_.kaz.head_hash);
  EXPECT_EQ(welcome->reports_max, model::kReportsPerEnvelopeMax);
  EXPECT_EQ(welcome->window, 4096U);
  EXPECT_EQ(welcome->server_time, rig_.now);
  EXPECT_EQ(welcome->tree_head.size, 1U);
}

TEST_F(IngestTest, TellsHelloWhatTheSameBatchHasCommitted) {
  const auto message = rig_.kaz.publish(unit_a(), rig_.now);
  const auto hello = wire::hello_message({.node = rig_.kaz.id()});

  const auto replies = rig_.take({sent(rig_.kaz, hello), sent(rig_.kaz, message)});

  ASSERT_THAT(replies, SizeIs(2));
  EXPECT_EQ(std::get<model::Welcome>(replies[1].body).head_seq, 1U);
}

TEST_F(IngestTest, RefusesHelloOfAnotherVersionOrNode) {
  const auto version =
      rig_.take_one(rig_.kaz, wire::hello_message({.protocol_version = 2, .node = rig_.kaz.id()}));
  EXPECT_EQ(version.nack()->code, NackCode::version);

  const auto node = rig_.take_one(rig_.kaz, wire::hello_message({.node = rig_.arm.id()}));
  EXPECT_EQ(node.nack()->code, NackCode::wrong_node);
}

TEST_F(IngestTest, AnswersPingWithPong) {
  const auto reply =
      rig_.take_one(rig_.kaz, wire::ping_message({.nonce = 77, .sent_at = rig_.now - 1s}));

  const auto* pong = std::get_if<model::Pong>(&reply.body);
  ASSERT_NE(pong, nullptr);
  EXPECT_EQ(pong->nonce, 77U);
  EXPECT_EQ(pong->sent_at, rig_.now - 1s);
  EXPECT_EQ(pong->server_time, rig_.now);
}

TEST_F(IngestTest, SaysFarewellToThoseItHeardOf) {
  rig_.publish(rig_.kaz, unit_a());

  const auto byes =
      tests::read_replies(rig_.ingest().farewell(model::ByeReason::drained, "it is late"));

  ASSERT_THAT(byes, SizeIs(1));
  EXPECT_EQ(byes[0].to, rig_.kaz.address());
  EXPECT_EQ(std::get<model::Bye>(byes[0].body).reason, model::ByeReason::drained);
}

// ---- the size of an answer ----------------------------------------------------------------------

model::ReportOutcome large_outcome(std::uint64_t seq) {
  model::ReportOutcome outcome{.seq = seq, .verdict = {.verdict = model::Verdict::refused}};
  outcome.verdict.findings.assign(
      99, {.rule = model::Rule::v10, .field = "name", .found = std::string(400, 'x')});
  return outcome;
}

TEST(Answers, AreOneWhenTheyAreSmall) {
  model::Ack ack{.up_to_seq = 9};
  ack.reports = {large_outcome(3), large_outcome(7)};

  const auto parts = split(ack);

  ASSERT_THAT(parts, SizeIs(1));
  EXPECT_EQ(parts[0].up_to_seq, 9U);
}

TEST(Answers, AreSplitSoThatEachFitsAMessage) {
  model::Ack ack{.up_to_seq = 256, .ledger_seq = 5};
  for (std::uint64_t seq = 1; seq <= 256; ++seq) {
    ack.reports.push_back(large_outcome(seq));
  }

  const auto parts = split(ack);

  ASSERT_GT(parts.size(), 10U);
  std::uint64_t seq = 0;
  for (const auto& part : parts) {
    EXPECT_LT(wire::ack_message(part).size(), model::kMessageBytesMax);
    for (const auto& outcome : part.reports) {
      EXPECT_EQ(outcome.seq, ++seq);
      EXPECT_LE(outcome.seq, part.up_to_seq);
    }
    EXPECT_EQ(part.up_to_seq, seq);
    EXPECT_EQ(part.ledger_seq, 5U);
  }
  EXPECT_EQ(seq, 256U);
}

TEST_F(IngestTest, SplitsALargeAcknowledgement) {
  auto report = report_of({unit_of("KAZ:A")});
  auto& unit = std::get<model::UnitStatement>(report.statements[0]);
  unit.relations.assign(120, {model::RelationType::member_of, unit_id("KAZ:NOWHERE"), {}, {}});
  const std::vector<model::Report> reports(64, report);

  const auto replies = rig_.take({sent(rig_.kaz, rig_.kaz.publish(reports, rig_.now))});

  ASSERT_GT(replies.size(), 1U);
  ASSERT_NE(replies.back().ack(), nullptr);
  EXPECT_EQ(replies.back().ack()->up_to_seq, 64U);
}

}  // namespace
}  // namespace muster::server
