// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/model/query.h"

/// Whether a proof holds, found out here and without trust in the broker (PROTOCOL.md §5).
namespace muster::secretariat {

/// Which of the broker's keys signs its tree heads, for messages: the other one looks the same.
inline constexpr std::string_view kBrokerKeyIs =
    "it must be the broker's SIGNING key (64 hex digits, which muster-broker prints when it starts "
    "as \"signs with …\"), not the CURVE key of the connection file";

enum class CheckResult : std::uint8_t { holds, fails, unknown };

/// One step from the report to what the broker signed.
struct ProofStep {
  CheckResult result = CheckResult::unknown;
  std::string name;  ///< "signature": stable, for programs.
  std::string says;  ///< For people.
};

struct CheckedProof {
  std::vector<ProofStep> steps;
  /// No step fails, and none before the tree head is unknown.
  [[nodiscard]] bool holds() const;
};

/// Checks `proof` of the report that was asked for. Steps: report (the envelope is of its node and
/// has it at its place), signature (of the envelope by `proof.key`), verdict (what is shown is what
/// the leaf binds), inclusion (the leaf is in the tree), tree_head (signed by `broker_key`; unknown
/// without one). Any bytes may be given.
CheckedProof check_proof(const model::ReportId& asked, const model::LedgerProofAnswer& proof,
                         const std::optional<model::PublicKey>& broker_key);

}  // namespace muster::secretariat
