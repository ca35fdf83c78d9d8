// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "schemas/model/report.h"
#include "schemas/model/result.h"

/// An accepted statement with everything that its meaning rests on.
namespace muster::core {

/// Whose word a statement is, and since when.
struct Stamp {
  model::ReportId report;
  model::UtcTime valid_at{}, issued_at{}, received_at{};
  std::uint64_t ledger_seq = 0;
  friend bool operator==(const Stamp&, const Stamp&) = default;
};

/// Who else may see a statement, beyond its publisher and the secretariat. Shared by a report's
/// statements; null for nobody.
using Release = std::shared_ptr<const std::vector<model::Nation>>;
bool is_released_to(const Release& release, const model::Nation& nation);

/// A statement that was accepted, its stamp and its release. Shared by all snapshots that know it.
template <typename S>
struct Kept {
  S statement;
  Stamp stamp;
  Release releasable_to;
  friend bool operator==(const Kept& a, const Kept& b) {
    const bool same_release =
        a.releasable_to == b.releasable_to ||
        (a.releasable_to && b.releasable_to && *a.releasable_to == *b.releasable_to);
    return a.statement == b.statement && a.stamp == b.stamp && same_release;
  }
};
template <typename S>
using KeptPtr = std::shared_ptr<const Kept<S>>;

/// The same word, or the same absence of one.
template <typename S>
bool same(const KeptPtr<S>& a, const KeptPtr<S>& b) {
  return a == b || (a && b && *a == *b);
}

template <typename S>
const S* statement_of(const KeptPtr<S>& kept) {
  return kept ? &kept->statement : nullptr;
}

/// An accepted statement as its report said it.
struct Said {
  model::Statement statement;
  Stamp stamp;
  std::uint16_t index = 0;  ///< Of the statement in its report.
  Release releasable_to;
  model::ReportKind kind = model::ReportKind::regular;
  std::optional<model::ReportId> corrects;  ///< Of a CORRECTION.
};

/// Where a word stands in the ledger.
struct Place {
  std::uint64_t ledger_seq = 0, seq = 0;
  std::uint16_t statement = 0;
};
/// Gives back what was said there. The caller of core brings it, because the ledger is on a disk;
/// what it gives depends on the ledger alone, so core stays deterministic.
/// Errors: not_found, corrupt or io, when the ledger cannot be read.
using Recall = std::function<model::Result<Said>(const Place&)>;

}  // namespace muster::core
