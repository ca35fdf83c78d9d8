// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/orbat_findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "nodes/desk/orbat_text.h"

namespace muster::desk {

ImportFinding::Severity severity_of(std::string_view code) {
  constexpr std::array<std::string_view, 4> kErrors{"MALFORMED", "DIALECT", "SIDE_UNKNOWN",
                                                    "FILE_TOO_LARGE"};
  constexpr std::array<std::string_view, 13> kWarnings{
      "DATE_BAD",     "ECHELON_DIFFERS", "ENUM_UNKNOWN",     "EXTENSION_BAD", "FINDINGS_CUT",
      "HANDLE_DUP",   "HOLDING_ODD",     "LOCATION_BAD",     "NUMBER_BAD",    "OWNER_TWICE",
      "SIDC_ILLEGAL", "SUPERIOR_CYCLE",  "SUPERIOR_DANGLING"};
  const auto is_one_of = [&](const auto& codes) {
    return std::find(codes.begin(), codes.end(), code) != codes.end();
  };
  return is_one_of(kErrors)     ? ImportFinding::Severity::error
         : is_one_of(kWarnings) ? ImportFinding::Severity::warning
                                : ImportFinding::Severity::note;
}

ImportFinding refusal(std::string code, std::string where, std::string value, std::string done) {
  return {.code = std::move(code),
          .severity = ImportFinding::Severity::error,
          .where = std::move(where),
          .handle = {},
          .value = for_finding(value),
          .done = std::move(done)};
}

void Findings::add(std::size_t unit, std::string_view code, const std::string& handle,
                   const Raw& raw, std::string done) {
  const auto severity = severity_of(code);
  // An error refuses the whole file, so it is never left out; there are few of them.
  if (entries_.size() >= kFindingsMax && severity != ImportFinding::Severity::error) {
    is_cut_ = true;
    return;
  }
  entries_.push_back({unit,
                      {.code = std::string(code),
                       .severity = severity,
                       .where = raw.where,
                       .handle = for_finding(handle),
                       .value = for_finding(raw.text),
                       .done = std::move(done)}});
}

std::vector<ImportFinding> Findings::take(const std::vector<bool>& is_told) {
  std::stable_sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
    // kFile is the largest number, and the file's own come first.
    return a.unit + 1 < b.unit + 1;
  });
  std::vector<ImportFinding> findings;
  for (auto& entry : entries_) {
    if (entry.unit >= is_told.size() || is_told[entry.unit]) {
      findings.push_back(std::move(entry.finding));
    }
  }
  if (is_cut_) {
    findings.push_back({.code = "FINDINGS_CUT",
                        .severity = severity_of("FINDINGS_CUT"),
                        .where = {},
                        .handle = {},
                        .value = {},
                        .done = fmt::format("the list was cut after {} findings", kFindingsMax)});
  }
  return findings;
}

}  // namespace muster::desk
