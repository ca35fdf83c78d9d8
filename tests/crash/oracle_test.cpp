// SPDX-License-Identifier: Apache-2.0
// The negative control: a check that finds nothing in a ledger that lies would prove nothing.
#include "tests/crash/oracle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schemas/trust/hash.h"
#include "schemas/wire/message.h"
#include "tests/crash/feeder.h"
#include "tests/e2e/peer.h"

namespace muster::crash {
namespace {

using e2e::must;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

/// A ledger of two nodes, three envelopes each in turn, two reports an envelope, and the oracle
/// that heard of all of them.
class OracleCheck : public testing::Test {
 protected:
  OracleCheck() {
    for (int round = 0; round < 3; ++round) {
      take(kaz_, kaz_next_);
      take(arm_, arm_next_);
    }
  }

  [[nodiscard]] std::vector<std::string> problems() const {
    return broken_promises(ledger_, oracle_, Strangers::forbidden);
  }
  /// As a store would that hides what it did.
  void renumber() {
    for (std::size_t i = 0; i < ledger_.size(); ++i) {
      ledger_[i].ledger_seq = i + 1;
    }
  }

  const model::NodeId kaz_ = must(model::NodeId::parse("KAZ/mod"));
  const model::NodeId arm_ = must(model::NodeId::parse("ARM/mod"));
  std::vector<storage::LedgerRecord> ledger_;
  Oracle oracle_;

 private:
  void take(const model::NodeId& node, model::ChainLink& next) {
    e2e::Letter letter{.node = node, .link = next, .issued_at = e2e::now()};
    letter.reports = {reports_.next(), reports_.next()};
    next = {next.first_seq + 2, letter.sign(key_)};
    const auto message = letter.message();
    ledger_.push_back({.ledger_seq = ledger_.size() + 1,
                       .received_at = e2e::now(),
                       .node = node,
                       .first_seq = letter.link.first_seq,
                       .chain_hash = next.prev_hash,
                       .verdicts = {{}, {}},
                       .envelope = {message.begin() + wire::kHeaderBytes, message.end()}});
    for (std::size_t i = 0; i < 2; ++i) {
      const model::ReportId id{node, letter.link.first_seq + i};
      oracle_.pushed(id, trust::sha256(letter.reports[i]));
      oracle_.acknowledged({id, {}, ledger_.size()});
    }
  }

  trust::SigningKey key_ = trust::SigningKey::generate();
  Reports reports_{kaz_, 1};
  model::ChainLink kaz_next_{1, {}}, arm_next_{1, {}};
};

TEST_F(OracleCheck, FindsNothingInALedgerThatKeepsItsPromises) {
  EXPECT_THAT(problems(), IsEmpty());
}

TEST_F(OracleCheck, FindsARecordThatIsMissing) {
  ledger_.erase(ledger_.begin() + 2);

  EXPECT_THAT(problems(), Contains(HasSubstr("ledger record 4 stands in place 3")));
  EXPECT_THAT(problems(), Contains(HasSubstr("KAZ/mod#3 was acknowledged and is not")));
}

TEST_F(OracleCheck, FindsARecordThatIsMissingWhenTheOthersHideIt) {
  ledger_.erase(ledger_.begin() + 2);
  renumber();

  EXPECT_THAT(problems(), Contains(HasSubstr("KAZ/mod#5 follows #2")));
  EXPECT_THAT(problems(), Contains(HasSubstr("KAZ/mod#3 was acknowledged and is not")));
  EXPECT_THAT(problems(), Contains(HasSubstr("KAZ/mod#4 was acknowledged and is not")));
}

TEST_F(OracleCheck, FindsThatTheLastRecordIsMissing) {
  ledger_.pop_back();

  EXPECT_THAT(problems(), Contains(HasSubstr("ARM/mod#6 was acknowledged and is not")));
}

TEST_F(OracleCheck, FindsARecordThatIsThereTwice) {
  ledger_.push_back(ledger_[1]);
  renumber();

  EXPECT_THAT(problems(), Contains(HasSubstr("ARM/mod#1 is in the ledger twice")));
}

TEST_F(OracleCheck, FindsOtherBytesThanWerePushed) {
  ledger_[0].envelope = ledger_[2].envelope;
  ledger_[0].first_seq = ledger_[2].first_seq;
  EXPECT_THAT(problems(), Contains(HasSubstr("KAZ/mod#3 follows #0")));

  Oracle other;
  other.pushed({arm_, 1}, model::Hash{1});
  EXPECT_THAT(broken_promises({ledger_[1]}, other, Strangers::allowed),
              Contains(HasSubstr("ARM/mod#1 has other bytes than were pushed")));
}

TEST_F(OracleCheck, FindsAnotherVerdictThanWasAcknowledged) {
  ledger_[3].verdicts[1].verdict = model::Verdict::refused;

  EXPECT_THAT(problems(), Contains(HasSubstr("ARM/mod#4 has another verdict")));
}

TEST_F(OracleCheck, FindsAReportThatNobodyPushed) {
  const Oracle deaf;

  EXPECT_THAT(broken_promises(ledger_, deaf, Strangers::forbidden),
              Contains(HasSubstr("KAZ/mod#1 was never pushed")));
  EXPECT_THAT(broken_promises(ledger_, deaf, Strangers::allowed), IsEmpty());
}

}  // namespace
}  // namespace muster::crash
