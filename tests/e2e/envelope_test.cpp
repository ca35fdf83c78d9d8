// SPDX-License-Identifier: Apache-2.0
// What becomes of an envelope: its signature and its place in the chain.
#include <functional>

#include "schemas/wire/report.h"
#include "tests/e2e/bus_fixture.h"

namespace muster::e2e {
namespace {

using namespace std::chrono_literals;

class EnvelopeOnTheBus : public Bus {
 protected:
  double nacked(std::string_view reason) {
    return metric("muster_envelopes_nacked_total{reason=\"" + std::string(reason) + "\"}");
  }
};

struct Forgery {
  const char* what;
  std::function<void(Letter&)> change;
};

const std::vector<Forgery>& forgeries() {
  static const std::vector<Forgery> kForgeries = {
      {"a byte of a report", [](Letter& letter) { letter.reports[0].back() ^= 1; }},
      {"another report",
       [](Letter& l) { l.reports[1] = wire::encode_report(company("KAZ:EX-Z")); }},
      {"the order of its reports", [](Letter& l) { std::swap(l.reports[0], l.reports[1]); }},
      {"a report less", [](Letter& letter) { letter.reports.pop_back(); }},
      {"a report more", [](Letter& letter) { letter.reports.push_back(letter.reports[0]); }},
      {"the node", [](Letter& l) { l.node = must(model::NodeId::parse("KAZ/mod")); }},
      {"the first number", [](Letter& letter) { letter.link.first_seq = 1; }},
      {"the head before it", [](Letter& letter) { letter.link.prev_hash[7] ^= 1; }},
      {"the time of issue", [](Letter& letter) { letter.issued_at += 1us; }},
      {"the signature", [](Letter& letter) { letter.signature[0] ^= 1; }},
  };
  return kForgeries;
}

TEST_F(EnvelopeOnTheBus, KeepsNothingThatWasChangedAfterItWasSigned) {
  auto kaz = peer("KAZ/mod");
  const auto honest = kaz.letter({company("KAZ:EX-A"), company("KAZ:EX-B")});

  for (const auto& forgery : forgeries()) {
    SCOPED_TRACE(forgery.what);
    auto forged = honest;
    // These two must differ in what was signed, so that the change is to what the broker expects.
    if (std::string_view(forgery.what) == "the node") {
      forged.node = must(model::NodeId::parse("KAZ/load"));
    } else if (std::string_view(forgery.what) == "the first number") {
      forged.link.first_seq = 2;
    }
    forged.sign(kaz.key());
    forgery.change(forged);

    const auto nack = kaz.ask<model::Nack>(forged.message());

    EXPECT_EQ(nack.code, NackCode::bad_signature) << nack.message;
    EXPECT_FALSE(nack.retryable);
    EXPECT_EQ(nack.head_seq, 0U);
  }

  EXPECT_EQ(nacked("bad_signature"), static_cast<double>(forgeries().size()));
  EXPECT_EQ(ledger_seq(), 0U);
  EXPECT_EQ(strength_by_nation().total.figures.units, 0U);
  EXPECT_EQ(kaz.ask<model::Ack>(honest.message()).up_to_seq, 2U);
}

TEST_F(EnvelopeOnTheBus, RefusesWhatAnotherNodeOfTheNationSigned) {
  auto kaz = peer("KAZ/mod");
  auto letter = kaz.letter({company("KAZ:EX-A")});
  letter.sign(signing_key(workspace_, must(model::NodeId::parse("KAZ/load"))));

  const auto nack = kaz.ask<model::Nack>(letter.message());

  EXPECT_EQ(nack.code, NackCode::bad_signature);
  EXPECT_EQ(ledger_seq(), 0U);
}

TEST_F(EnvelopeOnTheBus, AcknowledgesAReplayAgainAndCountsItOnce) {
  auto kaz = peer("KAZ/mod");
  auto first = kaz.letter({company("KAZ:EX-A", 95), company("KAZ:EX-B", 85)});
  const auto message = first.message();
  const auto ack = kaz.ask<model::Ack>(message);
  kaz.follow(first);
  kaz.publish({report({strength("KAZ:EX-A", 96)})});
  const auto figures = strength_by_nation();

  const auto again = kaz.ask<model::Ack>(message);

  EXPECT_EQ(ack.up_to_seq, 2U);
  EXPECT_EQ(again.up_to_seq, 2U);  // It covers what it tells the verdicts of, and no more.
  EXPECT_EQ(again.ledger_seq, 2U);
  EXPECT_EQ(ledger_seq(), 2U);
  EXPECT_EQ(strength_by_nation().rows, figures.rows);
  const std::string series = "muster_reports_received_total{nation=\"KAZ\",result=";
  EXPECT_EQ(metric(series + "\"duplicate\"}"), 2);
  EXPECT_EQ(metric(series + "\"accepted\"}"), 3);
}

TEST_F(EnvelopeOnTheBus, AcknowledgesAReplayAfterKillMinusNine) {
  auto message = [&] {
    auto kaz = peer("KAZ/mod");
    const auto letter = kaz.letter({company("KAZ:EX-A")});
    kaz.ask<model::Ack>(letter.message());
    return letter.message();
  }();

  kill_and_restart();
  const auto again = peer("KAZ/mod").ask<model::Ack>(message);

  EXPECT_EQ(again.up_to_seq, 1U);
  EXPECT_EQ(again.ledger_seq, 1U);
}

TEST_F(EnvelopeOnTheBus, RaisesAnAlarmOverAForkedSequence) {
  auto kaz = peer("KAZ/mod");
  auto fork = kaz.letter({company("KAZ:EX-OTHER")});
  kaz.publish({company("KAZ:EX-A")});

  const auto nack = kaz.ask<model::Nack>(fork.message());

  EXPECT_EQ(nack.code, NackCode::conflict);
  EXPECT_FALSE(nack.retryable);
  EXPECT_EQ(nack.head_seq, 1U);
  EXPECT_EQ(nack.head_hash, kaz.next().prev_hash);
  EXPECT_EQ(nacked("conflict"), 1);
  EXPECT_EQ(ledger_seq(), 1U);
}

TEST_F(EnvelopeOnTheBus, AsksForWhatIsMissingBeforeAGap) {
  auto kaz = peer("KAZ/mod");
  kaz.publish({company("KAZ:EX-A")});
  auto early = kaz.letter({company("KAZ:EX-B")});
  early.link.first_seq = 3;
  early.sign(kaz.key());

  const auto nack = kaz.ask<model::Nack>(early.message());

  EXPECT_EQ(nack.code, NackCode::gap);
  EXPECT_TRUE(nack.retryable);
  EXPECT_EQ(nack.seq, 3U);
  EXPECT_EQ(nack.head_seq, 1U);
  EXPECT_EQ(metric("muster_report_sequence_gap_total{nation=\"KAZ\"}"), 1);
  EXPECT_EQ(kaz.publish({company("KAZ:EX-B")}).up_to_seq, 2U);
}

TEST_F(EnvelopeOnTheBus, RaisesAnAlarmOverABrokenChain) {
  auto kaz = peer("KAZ/mod");
  kaz.publish({company("KAZ:EX-A")});
  auto broken = kaz.letter({company("KAZ:EX-B")});
  broken.link.prev_hash[0] ^= 1;
  broken.sign(kaz.key());

  const auto nack = kaz.ask<model::Nack>(broken.message());

  EXPECT_EQ(nack.code, NackCode::broken_chain);
  EXPECT_FALSE(nack.retryable);
  EXPECT_EQ(nacked("broken_chain"), 1);
  EXPECT_EQ(ledger_seq(), 1U);
}

TEST_F(EnvelopeOnTheBus, RefusesAKeyThatWasNotValidWhenTheEnvelopeWasIssued) {
  auto kaz = peer("KAZ/mod");
  auto early = kaz.letter({company("KAZ:EX-A")});
  early.issued_at = must(model::parse_time("2021-12-31T00:00:00Z"));
  early.sign(kaz.key());

  EXPECT_EQ(kaz.ask<model::Nack>(early.message()).code, NackCode::key_expired);
}

TEST_F(EnvelopeOnTheBus, TakesALongPipelineInOrder) {
  constexpr std::uint64_t kEnvelopes = 100;
  auto kaz = peer("KAZ/mod");
  kaz.publish({company("KAZ:EX-A")});
  for (std::uint64_t i = 0; i < kEnvelopes; ++i) {
    auto letter = kaz.letter({report({strength("KAZ:EX-A", static_cast<model::Count>(i))})});
    kaz.send(letter.message());
    kaz.follow(std::move(letter));
  }

  std::uint64_t acknowledged = 1;
  while (acknowledged < kEnvelopes + 1) {
    const auto ack = kaz.receive<model::Ack>();
    EXPECT_GE(ack.up_to_seq, acknowledged);
    acknowledged = ack.up_to_seq;
  }

  EXPECT_EQ(ledger_seq(), kEnvelopes + 1);
}

}  // namespace
}  // namespace muster::e2e
