// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "schemas/model/bytes.h"
#include "schemas/model/codes.h"
#include "schemas/model/ids.h"
#include "schemas/model/statement.h"
#include "schemas/model/time.h"

namespace muster::model {

/// What a nation says at one moment. Its name is its place in its node's chain (ReportId).
struct Report {
  ReportKind kind = ReportKind::regular;
  UtcTime valid_at{};  ///< When what it says is true.
  Classification classification = Classification::unclassified;
  std::vector<Nation> releasable_to;  ///< Who may see it beyond its publisher and the secretariat.
  std::optional<ReportId> corrects;   ///< Only of a CORRECTION.
  std::vector<Statement> statements;  ///< 1 to kStatementsMax.
  friend bool operator==(const Report&, const Report&) = default;
};

/// An envelope's place in the chain of the node that signed it.
struct ChainLink {
  std::uint64_t first_seq = 0;  ///< Of its first report; the others follow without gaps.
  Hash prev_hash{};             ///< Head before this one; all zero for the first.
};

/// An envelope as it lies in a buffer that somebody else owns and keeps alive.
struct EnvelopeView {
  std::uint16_t protocol_version = 0;
  NodeId node;
  ChainLink link;
  UtcTime issued_at{};
  std::vector<ByteView> reports;  ///< Report buffers, exactly as they were encoded.
  Signature signature{};
  [[nodiscard]] std::uint64_t last_seq() const { return link.first_seq + reports.size() - 1; }
};

/// The broker's signed word on what the ledger holds (RFC 6962 hashing; PROTOCOL.md §5).
struct TreeHead {
  std::uint64_t size = 0;  ///< Ledger records, and so the last ledger_seq.
  Hash root{};
  UtcTime at{};
  Signature signature{};
  friend bool operator==(const TreeHead&, const TreeHead&) = default;
};

}  // namespace muster::model
