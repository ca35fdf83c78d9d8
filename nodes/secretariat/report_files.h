// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "nodes/client/connection_file.h"
#include "nodes/desk/draft.h"
#include "nodes/secretariat/output.h"
#include "nodes/secretariat/report_commands.h"
#include "schemas/text/json_tree.h"

namespace muster::secretariat {

/// The text of a file, a little more than `bytes_max` at most, so that its reader says itself that
/// it is too long. Nothing when it cannot be read, or changed meanwhile; `why_not` says why.
std::optional<std::string> read_file_text(const std::string& path, std::string& why_not,
                                          std::size_t bytes_max = text::kJsonBytesMax);

/// A file of a ministry, and what it would publish.
struct ReportFile {
  std::string path;
  std::string unreadable;  ///< Why it could not be read; empty when it was.
  desk::Draft draft;
  [[nodiscard]] bool is_good() const { return unreadable.empty() && draft.is_good(); }
  /// Rows or more are left out, though something is published.
  [[nodiscard]] bool is_in_part() const { return is_good() && desk::refuses(draft.problems); }
};

/// How files are to be read: what the command says, else what [desk] of the configuration says.
/// Errors: configuration, for a file of headings that cannot be read or is wrong.
model::Result<desk::DeskOptions> desk_options_of(const DeskArguments& arguments,
                                                 const client::NodeConfig* config);

/// Reads a file and checks what needs no broker. A file whose name does not say what it is, is read
/// as JSON when it begins like it.
ReportFile read_report_file(const std::string& path, const desk::DeskOptions& options);

/// All of them, with a bar on a terminal.
std::vector<ReportFile> read_report_files(const Output& output,
                                          const std::vector<std::string>& paths,
                                          const desk::DeskOptions& options);

/// "roster.marked.xlsx" of "roster.ods", in its folder.
std::string marked_path(const std::string& path);

/// Writes marked_path() when there is something to be marked in a spreadsheet, and says where it
/// is, or why it could not be written.
void mark(const Output& output, const ReportFile& file, const std::vector<desk::Problem>& problems);

}  // namespace muster::secretariat
