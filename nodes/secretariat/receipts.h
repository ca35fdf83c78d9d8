// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "nodes/client/publisher.h"
#include "nodes/desk/draft.h"
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

/// What became of one report.
struct Receipt {
  std::string file;
  model::ReportId report;
  std::optional<client::Acknowledged> acknowledged;  ///< Not yet, when empty.
  const desk::Draft* draft = nullptr;  ///< Whose report it is, for places; may be null.
  std::size_t index = 0;               ///< In its draft.
};

/// Whether its verdict is not known here: it was acknowledged in an earlier session.
bool is_unknown(const Receipt& receipt);
/// What the broker found; none when it is not known.
std::vector<model::Finding> findings_of(const Receipt& receipt);

/// A list of findings (JSON.md), each with sheet, cell and heading when its report was made of
/// cells.
text::Json findings_json(const std::vector<model::Finding>& findings, const desk::Draft* draft,
                         std::size_t report);

/// Prints id, verdict, ledger_seq and findings, at the cells that they speak of.
/// A table shows no findings when they are told in sentences; other formats have them always.
void print_receipts(const Output& output, const std::vector<Receipt>& receipts,
                    bool are_findings_told = false);

/// 0 when all were accepted, 65 when one was refused, 3 when a verdict is not known here, 75 when
/// one is not acknowledged.
ExitCode exit_code_of(const std::vector<Receipt>& receipts);

}  // namespace muster::secretariat
