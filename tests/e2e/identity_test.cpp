// SPDX-License-Identifier: Apache-2.0
// Who is let in, who may speak for whom, and who may see what.
#include "schemas/wire/session.h"
#include "tests/e2e/bus_fixture.h"

namespace muster::e2e {
namespace {

using namespace std::chrono_literals;

class Identity : public Bus {
 protected:
  /// Says that the keys of `node` are not valid any more.
  model::Report revocation(const model::NodeId& node) {
    model::RegistryStatement registry;
    registry.nodes.push_back({.node_id = node,
                              .key = signing_key(workspace_, node).public_key(),
                              .curve_key = broker_->connection(node).curve.public_key,
                              .roles = {model::Role::publisher},
                              .valid_from = must(model::parse_time("2022-01-01T00:00:00Z")),
                              .valid_to = now() - 1s});
    return report({registry});
  }
};

TEST_F(Identity, RefusesAnUnknownKeyInTheHandshakeAndCountsIt) {
  constexpr auto kSeries = "muster_curve_handshake_failures_total{reason=\"unknown_key\"}";
  const auto refused_before = metric(kSeries);
  link::DealerOptions options;
  options.server_key = broker_->connection(must(model::NodeId::parse("KAZ/mod"))).server_key;
  options.keys = link::CurveKeyPair::generate();

  auto stranger = must(link::DealerSocket::connect(*context_, broker_->ingest(), options));

  EXPECT_TRUE(reaches(stranger, link::DealerState::denied));
  EXPECT_EQ(metric(kSeries), refused_before + 1);
}

TEST_F(Identity, RefusesAnEnvelopeOfAnotherNode) {
  auto kaz = peer("KAZ/mod");
  auto arm = peer("ARM/mod");

  const auto nack = kaz.ask<model::Nack>(arm.letter({company("ARM:EX-A")}).message());

  EXPECT_EQ(nack.code, NackCode::wrong_node);
  EXPECT_FALSE(nack.retryable);
  EXPECT_THAT(nack.message, HasSubstr("ARM/mod"));
  EXPECT_EQ(ledger_seq(), 0U);
}

TEST_F(Identity, RefusesToGreetAnotherNode) {
  auto kaz = peer("KAZ/mod");

  const auto nack = kaz.ask<model::Nack>(
      wire::hello_message({.node = must(model::NodeId::parse("ARM/mod")), .software = "test"}));

  EXPECT_EQ(nack.code, NackCode::wrong_node);
}

TEST_F(Identity, RefusesTheUnitOfAnotherNationAndNamesEachPlace) {
  auto kaz = peer("KAZ/mod");
  const auto mixed = report({unit("KAZ:EX-A"), unit("ARM:EX-A"), strength("ARM:EX-A", 90)});

  const auto nack = kaz.ask<model::Nack>(kaz.letter({mixed}).message());

  EXPECT_EQ(nack.code, NackCode::wrong_nation);
  ASSERT_THAT(nack.findings, SizeIs(2));
  for (const auto& finding : nack.findings) {
    EXPECT_EQ(finding.rule, Rule::v04);
    EXPECT_THAT(finding.found, HasSubstr("ARM:EX-A from KAZ/mod"));
  }
  EXPECT_EQ(nack.findings[0].statement, 1U);
  EXPECT_EQ(nack.findings[1].statement, 2U);
  EXPECT_EQ(ledger_seq(), 0U);
}

TEST_F(Identity, LetsOnlyTheRegistrarChangeTheRegistry) {
  auto kaz = peer("KAZ/mod");
  const auto coup = revocation(must(model::NodeId::parse("ARM/mod")));

  const auto nack = kaz.ask<model::Nack>(kaz.letter({coup}).message());

  EXPECT_EQ(nack.code, NackCode::wrong_nation);
  EXPECT_EQ(peer("ARM/mod").publish({company("ARM:EX-A")}).up_to_seq, 1U);
}

TEST_F(Identity, LetsNobodyPublishWithoutARoleThatMay) {
  auto ops = peer("SEC/ops");

  const auto nack = ops.ask<model::Nack>(ops.letter({report({})}).message());

  EXPECT_EQ(nack.code, NackCode::unauthorised);
}

TEST_F(Identity, StopsARevokedNodeAtOnceOnTheConnectionItHas) {
  auto kaz = peer("KAZ/mod");
  auto registrar = peer("REG/registrar");
  kaz.publish({company("KAZ:EX-A")});

  const auto ack = registrar.publish({revocation(kaz.id())});
  const auto nack = kaz.ask<model::Nack>(kaz.letter({company("KAZ:EX-B")}).message());

  EXPECT_THAT(ack.reports, IsEmpty()) << "the revocation was not accepted as it is";
  EXPECT_EQ(nack.code, NackCode::unauthorised);
  EXPECT_FALSE(nack.retryable);
  EXPECT_EQ(kaz.socket().connections(), 1U) << "it was another connection";
  EXPECT_EQ(ledger_seq(), 2U);
  EXPECT_EQ(strength_by_nation().total.figures.units, 1U) << "what it had said before still counts";
}

TEST_F(Identity, DeniesARevokedNodeANewConnectionAlsoAfterARestart) {
  const auto kaz = must(model::NodeId::parse("KAZ/mod"));
  peer("REG/registrar").publish({revocation(kaz)});

  auto before = peer("KAZ/mod");
  EXPECT_TRUE(reaches(before.socket(), link::DealerState::denied));

  kill_and_restart();
  auto after = peer("KAZ/mod");
  EXPECT_TRUE(reaches(after.socket(), link::DealerState::denied));
}

TEST_F(Identity, TellsOpsTheHealthOfTheBusAndNoStrength) {
  peer("KAZ/mod").publish({company("KAZ:EX-A")});

  const auto refused = ask("SEC/ops", model::StrengthQuery{});

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, model::ErrorCode::refused);
  EXPECT_EQ(ledger_seq(), 1U);
}

TEST_F(Identity, ShowsANationItsOwnAndWhatIsReleasedToIt) {
  auto released = company("ARM:EX-A", 70);
  released.releasable_to = {must(model::Nation::parse("KAZ"))};
  peer("ARM/mod").publish({released, company("ARM:EX-B", 40)});
  peer("KAZ/mod").publish({company("KAZ:EX-A", 100)});

  const auto seen_by_kaz = strength_by_nation("KAZ/mod");
  const auto seen_by_blr = strength_by_nation("BLR/mod");
  const auto hidden = ask("KAZ/mod", model::UnitQuery{must(model::UnitId::parse("ARM:EX-B"))});
  const auto unknown = ask("KAZ/mod", model::UnitQuery{must(model::UnitId::parse("ARM:EX-Z"))});

  ASSERT_THAT(seen_by_kaz.rows, SizeIs(2));
  EXPECT_THAT(seen_by_kaz.rows[0].key, ElementsAre("ARM"));
  EXPECT_EQ(seen_by_kaz.rows[0].figures.deployable, 70U);
  EXPECT_THAT(seen_by_kaz.rows[1].key, ElementsAre("KAZ"));
  EXPECT_EQ(seen_by_kaz.rows[1].figures.deployable, 100U);
  EXPECT_EQ(seen_by_blr.total.figures.units, 0U);
  EXPECT_EQ(strength_by_nation().total.figures.deployable, 210U);
  ASSERT_FALSE(hidden);
  ASSERT_FALSE(unknown);
  EXPECT_EQ(hidden.error().code, model::ErrorCode::not_found);
  EXPECT_EQ(unknown.error().code, hidden.error().code) << "what is hidden must not be told apart";
}

TEST_F(Identity, ShowsTheLedgerToAuditorsAndNotToMinistries) {
  peer("KAZ/mod").publish({company("KAZ:EX-A")});

  const auto refused = ask("ARM/mod", model::LedgerTailQuery{});
  const auto tail = answer<model::LedgerTailAnswer>("SEC/officer", model::LedgerTailQuery{});

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, model::ErrorCode::refused);
  EXPECT_THAT(tail.records, SizeIs(1));
}

}  // namespace
}  // namespace muster::e2e
