// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schemas/model/finding.h"
#include "schemas/model/limits.h"
#include "schemas/model/report.h"

/// What the ingest socket says beside envelopes (PROTOCOL.md §3, §4).
namespace muster::model {

struct Hello {
  std::uint16_t protocol_version = kProtocolVersion;
  NodeId node;
  std::string software;
};

struct Welcome {
  std::uint16_t protocol_version = kProtocolVersion;
  std::uint64_t head_seq = 0;
  Hash head_hash{};
  std::uint32_t window = 0;       ///< Reports in flight at most.
  std::uint32_t reports_max = 0;  ///< Reports an envelope.
  std::uint32_t message_bytes_max = 0;
  Realm realm = Realm::exercise;
  UtcTime server_time{};
  std::uint64_t ledger_seq = 0;
  TreeHead tree_head;
  std::string software;
};

/// What became of one report of an acknowledged envelope.
struct ReportOutcome {
  std::uint64_t seq = 0;
  ReportVerdict verdict;
};

/// Everything up to `up_to_seq` is durable. Reports that are not listed were accepted without a
/// finding.
struct Ack {
  std::uint64_t up_to_seq = 0;
  std::uint64_t ledger_seq = 0;
  std::vector<ReportOutcome> reports;
  TreeHead tree_head;
};

/// The envelope was not stored; nothing changed.
struct Nack {
  std::uint64_t seq = 0;  ///< first_seq of the envelope, 0 when it could not be read.
  NackCode code = NackCode::malformed;
  std::string message;
  std::vector<Finding> findings;
  bool retryable = false;
  std::uint32_t retry_after_ms = 0;
  std::uint64_t head_seq = 0;
  Hash head_hash{};
};

struct Ping {
  std::uint64_t nonce = 0;
  UtcTime sent_at{};
};
/// Answered by the commit loop: a hung broker does not answer.
struct Pong {
  std::uint64_t nonce = 0;
  UtcTime sent_at{};
  UtcTime server_time{};
  std::uint64_t ledger_seq = 0;
};
struct Bye {
  ByeReason reason = ByeReason::drained;
  std::string message;
};

}  // namespace muster::model
