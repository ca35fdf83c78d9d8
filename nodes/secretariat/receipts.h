// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "nodes/client/publisher.h"
#include "nodes/secretariat/output.h"

namespace muster::secretariat {

/// Collects acknowledgements. Thread rule: any thread.
class ReceiptBox {
 public:
  void put(const client::Acknowledged& acknowledged);
  [[nodiscard]] std::optional<client::Acknowledged> find(std::uint64_t seq) const;

 private:
  mutable std::mutex mutex_;
  std::map<std::uint64_t, client::Acknowledged> by_seq_;
};

/// What became of one file.
struct Receipt {
  std::string file;
  model::ReportId report;
  std::optional<client::Acknowledged> acknowledged;  ///< Not yet, when empty.
};

/// Prints id, verdict, ledger_seq and findings.
/// A table shows no findings when they are told in sentences; other formats have them always.
void print_receipts(const Output& output, const std::vector<Receipt>& receipts,
                    bool are_findings_told = false);

/// 0 when all were accepted, 65 when one was refused, 3 when a verdict is not known here, 75 when
/// one is not acknowledged.
ExitCode exit_code_of(const std::vector<Receipt>& receipts);

}  // namespace muster::secretariat
