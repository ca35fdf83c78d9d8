// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schemas/model/ids.h"
#include "schemas/model/report.h"
#include "schemas/text/report_json.h"

namespace muster::secretariat {

/// The text of a file of JSON or TOML, a little more than their readers accept, so that these say
/// so themselves. Nothing when it cannot be read; `why_not` says why.
std::optional<std::string> read_file_text(const std::string& path, std::string& why_not);

/// A file that should hold one report.
struct ReportFile {
  std::string path;
  std::string unreadable;                   ///< Why it could not be read; empty when it was.
  std::vector<text::TextProblem> problems;  ///< All of them.
  model::Report report;                     ///< To be used when there is nothing of the above.
  [[nodiscard]] bool is_good() const { return unreadable.empty() && problems.empty(); }
};

/// Reads a report and checks what needs no broker: the JSON, that all units are of one nation (of
/// `nation`, when it is given), and that it can travel.
ReportFile read_report_file(const std::string& path, std::optional<model::Nation> nation = {});
std::vector<ReportFile> read_report_files(const std::vector<std::string>& paths,
                                          std::optional<model::Nation> nation = {});

}  // namespace muster::secretariat
