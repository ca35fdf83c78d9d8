// SPDX-License-Identifier: Apache-2.0
// What publishing would do: verdicts and findings, and what would be others.
#include <fmt/format.h>

#include "nodes/secretariat/force_sheets.h"
#include "nodes/secretariat/words.h"

namespace muster::secretariat {
namespace {

/// "Report 2 of 3 would be REFUSED:", and below it what is wrong with it.
std::string verdict_words(std::size_t number, std::size_t of, const model::ReportVerdict& verdict) {
  auto text = verdict.verdict == model::Verdict::accepted
                  ? fmt::format("Report {} of {} would be accepted", number, of)
                  : fmt::format("Report {} of {} would be REFUSED", number, of);
  text += verdict.findings.empty() ? "\n" : ":\n";
  for (const auto& finding : verdict.findings) {
    text += fmt::format("  - {}\n", model::describe(finding));
  }
  return text;
}

}  // namespace

Sheet sheet(const model::DryRunAnswer& answer) {
  auto made = sheet(answer.difference);
  made.when_empty = "Nothing would change.";
  return made;
}

std::string facts(const model::DryRunAnswer& answer) {
  std::string text;
  for (std::size_t i = 0; i < answer.verdicts.size(); ++i) {
    text += verdict_words(i + 1, answer.verdicts.size(), answer.verdicts[i]);
  }
  text += fmt::format("Nothing was published. It would make: {}\n",
                      figures_words(answer.difference.before, answer.difference.after));
  return text;
}

}  // namespace muster::secretariat
