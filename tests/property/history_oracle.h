// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "broker/core/state.h"

namespace muster::tests {

/// What a node sent, and what became of it.
struct SentReport {
  model::Report report;
  model::ReportId id;
  model::UtcTime received_at{};
  std::uint64_t ledger_seq = 0;
  bool accepted = false;
};

/// Keeps all reports in a list, and goes through all of it for every question: slow, and too simple
/// to be wrong. It knows nothing of words, tapes and places. What counted at a moment is said to a
/// state that has never heard anything else, and that state answers.
class HistoryOracle {
 public:
  void note(SentReport report) { reports_.push_back(std::move(report)); }

  /// The answer of somebody who sees all, at a point in both times.
  [[nodiscard]] model::Result<model::Answer> answer(const model::RegistryStatement& genesis,
                                                    const model::Query& query,
                                                    const model::Bitime& at) const;
  [[nodiscard]] model::DiffAnswer diff(const model::RegistryStatement& genesis,
                                       const model::Bitime& from, const model::Bitime& to) const;
  /// "KAZ/mod#4 STRENGTH corrected by KAZ/mod#7", in the order of the ledger.
  [[nodiscard]] std::vector<std::string> history(const model::UnitId& unit) const;

 private:
  [[nodiscard]] core::State state_at(const model::RegistryStatement& genesis,
                                     const model::Bitime& at) const;
  std::vector<SentReport> reports_;  // In the order of the ledger.
};

}  // namespace muster::tests
