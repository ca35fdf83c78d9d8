// SPDX-License-Identifier: Apache-2.0
// Proofs are checked here: a true one holds, and one that was changed anywhere does not.
#include "nodes/secretariat/proof_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "schemas/trust/envelope.h"
#include "schemas/trust/tree.h"
#include "schemas/wire/envelope.h"
#include "schemas/wire/report.h"
#include "tests/support/sample_reports.h"
#include "tests/unit/force_samples.h"
#include "tests/unit/secretariat_rig.h"
#include "tests/unit/text_samples.h"

namespace muster::secretariat {
namespace {

using model::LedgerProofAnswer;
using rig::World;
using ::testing::HasSubstr;

constexpr std::uint64_t kRecord = 5;  // Of a ledger of 11.
constexpr std::size_t kRecords = 11;

const trust::SigningKey& node_key() {
  static const auto key = trust::SigningKey::from_seed({1, 2, 3});
  return key;
}
const trust::SigningKey& broker_key() {
  static const auto key = trust::SigningKey::from_seed({4, 5, 6});
  return key;
}
const model::ReportId kReport{tests::node_id("KAZ/mod"), 42};

/// Two reports, sealed by their node as 41 and 42.
model::EnvelopeView sealed(const model::Bytes& first, const model::Bytes& second) {
  model::EnvelopeView envelope;
  envelope.protocol_version = model::kProtocolVersion;
  envelope.node = kReport.node;
  envelope.link.first_seq = 41;
  envelope.issued_at = tests::kSampleTime;
  envelope.reports = {first, second};
  trust::seal(envelope, node_key());
  return envelope;
}

LedgerProofAnswer true_proof() {
  const auto first = wire::encode_report(tests::valid_report());
  const auto second = wire::encode_report(tests::small_report());
  const auto envelope = sealed(first, second);
  LedgerProofAnswer proof;
  proof.report = kReport;
  proof.ledger_seq = kRecord;
  proof.received_at = tests::kSampleTime + std::chrono::seconds{2};
  proof.index = 1;
  proof.verdict.verdict = model::Verdict::refused;
  proof.envelope = wire::encode_envelope(envelope);
  proof.verdicts = {model::Verdict::accepted, model::Verdict::refused};
  proof.key = node_key().public_key();
  std::vector<model::Hash> leaves(kRecords);
  trust::TreeFrontier frontier;
  for (std::size_t i = 0; i < kRecords; ++i) {
    leaves[i][0] = static_cast<std::uint8_t>(i);
  }
  leaves[kRecord - 1] =
      trust::leaf_hash(kRecord, proof.received_at, trust::chain_hash(trust::signed_bytes(envelope)),
                       model::Bytes{1, 2});
  for (const auto& leaf : leaves) {
    frontier.append(leaf);
  }
  proof.audit_path = trust::audit_path(kRecord - 1, leaves);
  proof.tree_head = trust::sign_tree_head(frontier, tests::kSampleTime, broker_key());
  return proof;
}

/// "report signature", the steps that do not hold.
std::string failing(const LedgerProofAnswer& proof) {
  std::string names;
  for (const auto& step : check_proof(kReport, proof, broker_key().public_key()).steps) {
    if (step.result != CheckResult::holds) {
      names += (names.empty() ? "" : " ") + step.name;
    }
  }
  return names;
}

TEST(Proof, ThatIsTrueHolds) {
  const auto checked = check_proof(kReport, true_proof(), broker_key().public_key());

  EXPECT_TRUE(checked.holds());
  ASSERT_EQ(checked.steps.size(), 5U);
  for (const auto& step : checked.steps) {
    EXPECT_EQ(step.result, CheckResult::holds) << step.name << ": " << step.says;
  }
}

TEST(Proof, HoldsWithoutTheBrokersKeyAndSaysWhatWasNotChecked) {
  const auto checked = check_proof(kReport, true_proof(), std::nullopt);

  EXPECT_TRUE(checked.holds());
  EXPECT_EQ(checked.steps.back().result, CheckResult::unknown);
  EXPECT_THAT(checked.steps.back().says, HasSubstr("was not checked"));
}

/// The broker's CURVE key has as many digits, and is at hand in every connection file.
TEST(Proof, CheckedWithAnotherKeySaysWhichKeyIsMeant) {
  const auto checked = check_proof(kReport, true_proof(), node_key().public_key());

  EXPECT_FALSE(checked.holds());
  EXPECT_EQ(checked.steps.back().result, CheckResult::fails);
  EXPECT_THAT(checked.steps.back().says, HasSubstr("must be the broker's SIGNING key"));
  EXPECT_THAT(checked.steps.back().says, HasSubstr("not the CURVE key of the connection file"));
  EXPECT_THAT(check_proof(kReport, true_proof(), broker_key().public_key()).steps.back().says,
              ::testing::Not(HasSubstr("must be")));
}

struct Forgery {
  const char* name;
  std::function<void(LedgerProofAnswer&)> forge;
  const char* fails;
};

class Forged : public ::testing::TestWithParam<Forgery> {};

TEST_P(Forged, DoesNotHold) {
  auto proof = true_proof();
  GetParam().forge(proof);

  EXPECT_FALSE(check_proof(kReport, proof, broker_key().public_key()).holds());
  EXPECT_EQ(failing(proof), GetParam().fails);
}

INSTANTIATE_TEST_SUITE_P(
    Anywhere, Forged,
    ::testing::Values(
        Forgery{"index", [](auto& p) { p.index = 0; }, "report verdict"},
        Forgery{"index_beyond", [](auto& p) { p.index = 9; }, "report verdict"},
        Forgery{"report", [](auto& p) { p.report.seq = 41; }, "report"},
        Forgery{"key", [](auto& p) { p.key = broker_key().public_key(); }, "signature"},
        Forgery{"envelope", [](auto& p) { p.envelope = {1, 2, 3}; }, "report"},
        Forgery{"empty_envelope", [](auto& p) { p.envelope.clear(); }, "report"},
        Forgery{"verdict", [](auto& p) { p.verdict.verdict = model::Verdict::accepted; },
                "verdict"},
        Forgery{"bound_verdict", [](auto& p) { p.verdicts[0] = model::Verdict::refused; },
                "inclusion"},
        Forgery{"verdicts_lost", [](auto& p) { p.verdicts.pop_back(); }, "verdict inclusion"},
        Forgery{"received", [](auto& p) { p.received_at += std::chrono::microseconds{1}; },
                "inclusion"},
        Forgery{"ledger_seq", [](auto& p) { p.ledger_seq = 6; }, "inclusion"},
        Forgery{"no_record", [](auto& p) { p.ledger_seq = 0; }, "inclusion"},
        Forgery{"path", [](auto& p) { p.audit_path[1][7] ^= 1; }, "inclusion"},
        Forgery{"path_lost", [](auto& p) { p.audit_path.pop_back(); }, "inclusion"},
        Forgery{"root", [](auto& p) { p.tree_head.root[0] ^= 1; }, "inclusion tree_head"},
        Forgery{"head", [](auto& p) { p.tree_head.signature[3] ^= 1; }, "tree_head"}),
    [](const auto& made) { return std::string(made.param.name); });

/// One bit of the envelope, wherever it lies: it cannot be read, or its signature is wrong.
TEST(Proof, DoesNotSurviveAChangedBitOfTheEnvelope) {
  const auto proof = true_proof();
  for (std::size_t i = 0; i < proof.envelope.size(); i += 7) {
    auto forged = proof;
    forged.envelope[i] ^= 0x10;
    const auto same = wire::DecodedEnvelope::decode(forged.envelope);
    const auto good = wire::DecodedEnvelope::decode(proof.envelope);
    const bool is_padding =
        same && wire::encode_envelope(same->view()) == wire::encode_envelope(good->view());
    EXPECT_EQ(check_proof(kReport, forged, std::nullopt).holds(), is_padding) << "byte " << i;
  }
}

model::Answer proof_answer(const LedgerProofAnswer& proof) {
  return {text::samples::header(), proof};
}

TEST(ProofCommand, AsksForTheReportAndEndsWithZero) {
  use_utf8_locale();
  World world;
  world.answer = proof_answer(true_proof());
  std::string transcript;

  for (const std::string format : {"table", "csv", "ndjson", "json"}) {
    const auto ran = world.run({"ledger", "proof", "KAZ/mod", "42", "--broker-key",
                                model::to_hex(broker_key().public_key()), "-o", format});
    transcript += "==== -o " + format + "\n" + ran.out + "---- stderr\n" + ran.err + "---- exit " +
                  std::to_string(ran.code) + "\n";
  }

  rig::expect_golden("cli_proof.txt", transcript);
  EXPECT_EQ(std::get<model::LedgerProofQuery>(world.asked.front()).report, kReport);
}

TEST(ProofCommand, EndsWithOneWhenItDoesNotHold) {
  use_utf8_locale();
  World world;
  auto proof = true_proof();
  proof.audit_path.pop_back();
  world.answer = proof_answer(proof);

  const auto ran = world.run({"ledger", "proof", "KAZ/mod", "42"});

  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.out, HasSubstr("THE PROOF DOES NOT HOLD."));
  EXPECT_THAT(ran.out, HasSubstr("tree_head  NOT CHECKED"));
  EXPECT_THAT(world.run({"ledger", "proof", "KAZ/mod", "42", "-o", "json"}).out,
              HasSubstr("\"holds\": false"));
}

TEST(ProofCommand, OfAnotherReportDoesNotHold) {
  World world;
  world.answer = proof_answer(true_proof());

  EXPECT_EQ(world.run({"ledger", "proof", "KAZ/mod", "41"}).code, 1);
  EXPECT_EQ(world.run({"ledger", "proof", "ARM/mod", "42"}).code, 1);
}

TEST(ProofCommand, SaysThatThereIsNoSuchReport) {
  World world;
  world.answer = model::fail(model::ErrorCode::not_found, "there is no report KAZ/mod#9");

  const auto ran = world.run({"ledger", "proof", "KAZ/mod", "9"});

  EXPECT_EQ(ran.code, 66);
  EXPECT_EQ(ran.err,
            "muster: cannot prove: KAZ/mod#9 - there is no report KAZ/mod#9 - see the reports that "
            "there are with 'muster ledger tail'\n");
}

TEST(ProofCommand, DoesNotTakeAnotherAnswerForAProof) {
  World world;
  world.answer = text::samples::strength_answer();

  EXPECT_EQ(world.run({"ledger", "proof", "KAZ/mod", "42"}).code, 69);
}

}  // namespace
}  // namespace muster::secretariat
