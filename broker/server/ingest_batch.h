// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "broker/server/ingest.h"

/// What a batch holds between its messages and its commit. Internal to Ingest.
namespace muster::server {

/// Measures a stage. Only ever used for metrics: nothing is decided by it.
class Stopwatch {
 public:
  double lap() {
    const auto now = std::chrono::steady_clock::now();
    return std::chrono::duration<double>(now - std::exchange(start_, now)).count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// Nothing was kept; the same envelope may be sent again.
inline model::Nack unavailable(std::uint64_t seq, const model::Error& error) {
  constexpr std::uint32_t kRetryAfterMs = 5000;
  return {.seq = seq,
          .code = model::NackCode::unavailable,
          .message = "the broker cannot keep anything now: " + error.message,
          .retryable = true,
          .retry_after_ms = kRetryAfterMs};
}

/// An envelope that belongs to its sender, decoded, with its place and what a resend must equal.
struct Ingest::Publication {
  wire::DecodedEnvelope envelope;
  model::Bytes signed_bytes;
  model::Hash chain_hash{};
};

/// Everything that a batch will do once it is durable. Dropped whole when it cannot be kept.
struct Ingest::Batch {
  core::State next;
  trust::TreeFrontier frontier;
  model::UtcTime now{};    // received_at of what it keeps.
  model::UtcTime clock{};  // What the machine's clock says.
  storage::Commit commit{};
  // What this batch adds to the chains: node and first_seq, to the record's place in `commit`.
  std::map<std::pair<model::NodeId, std::uint64_t>, std::size_t> taken{};
  std::unique_ptr<Directory> directory{};  // Once a message of this batch has changed the registry.
  struct PendingAck {
    model::NodeId node;
    std::uint64_t up_to_seq =
        0;  // Of what came from this peer: an ACK covers what it has the verdicts of.
    std::vector<model::ReportOutcome> outcomes;
  };
  std::map<link::PeerAddress, PendingAck> acks{};
  std::vector<std::pair<link::PeerAddress, model::NodeId>> greetings{};
  std::vector<std::pair<link::PeerAddress, model::Ping>> pings{};
  struct Refused {
    link::PeerAddress to;
    model::NodeId node;  // Empty when the peer is nobody's.
    model::Nack nack;
  };
  std::vector<Refused> refusals{};
  Touched touched{};
  std::vector<core::Said> said{};  // What it accepted: not in the ledger yet.
  bool registry_changed = false;
  std::size_t reports = 0;
  double verify_seconds = 0, validate_seconds = 0;
};

}  // namespace muster::server
