// SPDX-License-Identifier: Apache-2.0
#include "schemas/model/finding.h"

#include <fmt/format.h>

#include <algorithm>

namespace muster::model {

std::string describe(const Finding& finding) {
  auto text = fmt::format("{} {}", to_text(finding.rule), to_text(finding.severity));
  if (finding.statement != Finding::kWholeReport) {
    text += fmt::format(" statement {}", finding.statement);
  }
  if (!finding.field.empty()) {
    text += fmt::format(", {}", finding.field);
  }
  return text + fmt::format(": found {}; expected {}", finding.found, finding.expected);
}

bool refuses(const std::vector<Finding>& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& finding) { return finding.severity == Severity::refuse; });
}

}  // namespace muster::model
