// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/proof_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "schemas/trust/envelope.h"
#include "schemas/trust/hash.h"
#include "schemas/trust/tree.h"
#include "schemas/wire/envelope.h"

namespace muster::secretariat {
namespace {

constexpr std::size_t kBytesShown = 8;

std::string shown(const model::Hash& hash) {
  return model::to_hex(model::ByteView(hash).first(kBytesShown)) + "…";
}

ProofStep step(std::string name, bool good, std::string says) {
  return {.result = good ? CheckResult::holds : CheckResult::fails,
          .name = std::move(name),
          .says = std::move(says)};
}

/// The envelope has the report that was asked for, and the answer speaks of the same one.
ProofStep check_report(const model::ReportId& asked, const model::LedgerProofAnswer& proof,
                       const model::EnvelopeView& envelope) {
  const bool is_inside = proof.index < envelope.reports.size();
  const model::ReportId found{envelope.node, envelope.link.first_seq + proof.index};
  if (!is_inside || found != asked || proof.report != asked) {
    return step("report", false,
                fmt::format("the envelope has {} to {} of {}, and {} was asked for",
                            envelope.link.first_seq, envelope.last_seq(), envelope.node.view(),
                            asked.str()));
  }
  return step(
      "report", true,
      fmt::format("{} is report {} of {} in the envelope, SHA-256 {}", asked.str(), proof.index + 1,
                  envelope.reports.size(), shown(trust::sha256(envelope.reports[proof.index]))));
}

ProofStep check_signature(const model::LedgerProofAnswer& proof,
                          const model::EnvelopeView& envelope, model::ByteView signed_bytes) {
  const bool good = trust::verify(proof.key, signed_bytes, envelope.signature);
  const auto key = trust::fingerprint(proof.key);
  return step("signature", good,
              good ? fmt::format("signed by {} with key {}: compare it with the key that you know",
                                 envelope.node.view(), key)
                   : fmt::format("key {} did not sign this envelope", key));
}

/// What is shown as the verdict must be what the leaf binds.
ProofStep check_verdict(const model::LedgerProofAnswer& proof,
                        const model::EnvelopeView& envelope) {
  const bool good = proof.verdicts.size() == envelope.reports.size() &&
                    proof.index < proof.verdicts.size() &&
                    proof.verdicts[proof.index] == proof.verdict.verdict;
  return step("verdict", good,
              good ? model::to_text(proof.verdict.verdict) + ", as the leaf binds it"
                   : std::string("the verdict shown is not among those that the leaf binds"));
}

ProofStep check_inclusion(const model::LedgerProofAnswer& proof, model::ByteView signed_bytes) {
  model::Bytes verdicts;
  for (const auto verdict : proof.verdicts) {
    verdicts.push_back(static_cast<std::uint8_t>(verdict));
  }
  const auto leaf = trust::leaf_hash(proof.ledger_seq, proof.received_at,
                                     trust::chain_hash(signed_bytes), verdicts);
  const auto& head = proof.tree_head;
  // Records count from 1 and leaves from 0; record 0 wraps round and is in no tree.
  const bool good = trust::verify_inclusion({.leaf = leaf,
                                             .index = proof.ledger_seq - 1,
                                             .tree_size = head.size,
                                             .path = proof.audit_path},
                                            head.root);
  return step("inclusion", good,
              fmt::format("leaf {} {} record {} of {} under root {}", shown(leaf),
                          good ? "is" : "is not", proof.ledger_seq, head.size, shown(head.root)));
}

ProofStep check_tree_head(const model::TreeHead& head,
                          const std::optional<model::PublicKey>& broker_key) {
  if (!broker_key) {
    return {.result = CheckResult::unknown,
            .name = "tree_head",
            .says = "its signature was not checked: name the broker's key with --broker-key"};
  }
  const bool good = trust::verify_tree_head(head, *broker_key);
  const auto key = trust::fingerprint(*broker_key);
  return step("tree_head", good,
              good ? fmt::format("signed by the broker with key {}", key)
                   : fmt::format("not signed with key {}: {}", key, kBrokerKeyIs));
}

}  // namespace

bool CheckedProof::holds() const {
  return std::all_of(steps.begin(), steps.end(), [](const ProofStep& taken) {
    return taken.result == CheckResult::holds ||
           (taken.result == CheckResult::unknown && taken.name == "tree_head");
  });
}

CheckedProof check_proof(const model::ReportId& asked, const model::LedgerProofAnswer& proof,
                         const std::optional<model::PublicKey>& broker_key) {
  const auto decoded = wire::DecodedEnvelope::decode(proof.envelope);
  if (!decoded) {
    return {{step("report", false, "no envelope can be read: " + decoded.error().message)}};
  }
  const auto& envelope = decoded->view();
  const auto signed_bytes = trust::signed_bytes(envelope);
  return {{check_report(asked, proof, envelope), check_signature(proof, envelope, signed_bytes),
           check_verdict(proof, envelope), check_inclusion(proof, signed_bytes),
           check_tree_head(proof.tree_head, broker_key)}};
}

}  // namespace muster::secretariat
