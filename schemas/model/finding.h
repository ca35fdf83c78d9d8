// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/model/codes.h"

namespace muster::model {

/// One broken rule of DOMAIN.md §5 and its place, in plain words.
struct Finding {
  Rule rule = Rule::none;
  Severity severity = Severity::refuse;
  std::uint32_t statement = kWholeReport;  ///< Index of the statement in its report, from 0.
  std::string field;     ///< Path inside the statement: "holdings[2].fmc"; may be empty.
  std::string found;     ///< The value met, and what it follows from.
  std::string expected;  ///< What the rule wants, and what to do.

  static constexpr std::uint32_t kWholeReport = 0xffffffff;
  friend bool operator==(const Finding&, const Finding&) = default;
};

/// "V12 REFUSE statement 3 (…), present: found 352 + 17, expected 370".
std::string describe(const Finding& finding);

/// True when one of `findings` refuses the report.
bool refuses(const std::vector<Finding>& findings);

/// What became of one authentic report.
struct ReportVerdict {
  Verdict verdict = Verdict::accepted;
  std::vector<Finding> findings;  ///< Flags of an accepted report too.
  friend bool operator==(const ReportVerdict&, const ReportVerdict&) = default;
};

}  // namespace muster::model
