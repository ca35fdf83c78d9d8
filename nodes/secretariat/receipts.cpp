// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/receipts.h"

#include <fmt/format.h>

#include <algorithm>

#include "nodes/secretariat/problem_sheet.h"
#include "nodes/secretariat/words.h"
#include "schemas/text/answer_json.h"

namespace muster::secretariat {

void ReceiptBox::put(const client::Acknowledged& acknowledged) {
  const std::scoped_lock lock(mutex_);
  by_seq_.insert_or_assign(acknowledged.report.seq, acknowledged);
}

std::optional<client::Acknowledged> ReceiptBox::find(std::uint64_t seq) const {
  const std::scoped_lock lock(mutex_);
  const auto found = by_seq_.find(seq);
  return found == by_seq_.end() ? std::nullopt : std::optional(found->second);
}

bool is_unknown(const Receipt& receipt) {
  return receipt.acknowledged && client::is_acknowledged_earlier(receipt.acknowledged->verdict);
}

std::vector<model::Finding> findings_of(const Receipt& receipt) {
  const bool known = receipt.acknowledged && !is_unknown(receipt);
  return known ? receipt.acknowledged->verdict.findings : std::vector<model::Finding>{};
}

namespace {

bool is_refused(const Receipt& receipt) {
  return receipt.acknowledged && receipt.acknowledged->verdict.verdict == model::Verdict::refused;
}

/// ACKNOWLEDGED says that the report is in the ledger, and no more.
Cell result_cell(const Receipt& receipt) {
  if (!receipt.acknowledged || is_unknown(receipt)) {
    auto made = cell(receipt.acknowledged ? "ACKNOWLEDGED" : "WAITING");
    made.tone = Tone::warning;
    return made;
  }
  return verdict_cell(receipt.acknowledged->verdict.verdict);
}

Row row_of(const Receipt& receipt, const model::Finding* finding) {
  Row row;
  row.cells = {cell(receipt.report.str()), cell(receipt.file), result_cell(receipt),
               receipt.acknowledged ? cell(receipt.acknowledged->ledger_seq) : cell("")};
  if (finding == nullptr) {
    row.cells.insert(row.cells.end(), 5, cell(""));
    return row;
  }
  for (const auto& text :
       {model::to_text(finding->rule), model::to_text(finding->severity),
        place_of(*finding, receipt.draft, receipt.index), finding->found, finding->expected}) {
    row.cells.push_back(cell(text));
  }
  return row;
}

/// One row for each finding, and one for a report without any. The columns of findings are not
/// shown when there is none, or when findings are `left_out`.
Sheet sheet_of(const std::vector<Receipt>& receipts, bool left_out) {
  Sheet sheet;
  Seen of_findings = Seen::csv_only;
  for (const auto& receipt : receipts) {
    const auto findings = left_out ? std::vector<model::Finding>{} : findings_of(receipt);
    if (findings.empty()) {
      sheet.rows.push_back(row_of(receipt, nullptr));
    }
    for (const auto& finding : findings) {
      sheet.rows.push_back(row_of(receipt, &finding));
      of_findings = Seen::always;
    }
  }
  sheet.columns = {{"report", "REPORT"},
                   {"file", "FILE"},
                   {"verdict", "VERDICT"},
                   {"ledger_seq", "LEDGER", true},
                   {"rule", "RULE", false, of_findings},
                   {"severity", "SEVERITY", false, of_findings},
                   {"where", "WHERE", false, of_findings},
                   {"found", "FOUND", false, of_findings},
                   {"expected", "EXPECTED", false, of_findings}};
  return sheet;
}

text::Json json_of(const Receipt& receipt) {
  auto row = text::json_object();
  row.add("report", text::json_string(receipt.report.str()));
  row.add("file", text::json_string(receipt.file));
  row.add("verdict", text::json_string(result_cell(receipt).value));
  if (receipt.acknowledged) {
    row.add("ledger_seq", text::json_number(receipt.acknowledged->ledger_seq));
  }
  row.add("findings", findings_json(findings_of(receipt), receipt.draft, receipt.index));
  return row;
}

}  // namespace

/// Findings have their form in schemas/text; it is read back so that it stands there alone.
text::Json findings_json(const std::vector<model::Finding>& findings, const desk::Draft* draft,
                         std::size_t report) {
  text::Problems none;
  auto list = text::parse_json(text::findings_to_json(findings), none).root;
  for (std::size_t i = 0; draft != nullptr && i < list.items.size(); ++i) {
    add_cell(list.items[i], desk::problem_of(findings[i], *draft, report));
  }
  return list;
}

void print_receipts(const Output& output, const std::vector<Receipt>& receipts,
                    bool are_findings_told) {
  const bool is_table = output.format() == Format::table || output.format() == Format::wide;
  std::vector<text::Json> json;
  for (const auto& receipt : receipts) {
    json.push_back(json_of(receipt));
  }
  output.rows("PublishReceipts", sheet_of(receipts, are_findings_told && is_table),
              std::move(json));
}

ExitCode exit_code_of(const std::vector<Receipt>& receipts) {
  const auto waits = [](const Receipt& receipt) { return !receipt.acknowledged.has_value(); };
  if (std::any_of(receipts.begin(), receipts.end(), waits)) {
    return ExitCode::try_again;
  }
  if (std::any_of(receipts.begin(), receipts.end(), is_refused)) {
    return ExitCode::bad_input;
  }
  return std::any_of(receipts.begin(), receipts.end(), is_unknown) ? ExitCode::partial
                                                                   : ExitCode::done;
}

}  // namespace muster::secretariat
