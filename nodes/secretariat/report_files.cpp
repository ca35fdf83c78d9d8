// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/report_files.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "nodes/client/report_check.h"
#include "schemas/text/json_tree.h"

namespace muster::secretariat {
std::optional<std::string> read_file_text(const std::string& path, std::string& why_not) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    why_not = "is a folder";
    return std::nullopt;
  }
  std::ifstream in(path, std::ios::binary);
  std::string text(text::kJsonBytesMax + 1, '\0');
  if (!in || !(in.read(text.data(), static_cast<std::streamsize>(text.size())) || in.eof())) {
    why_not = std::strerror(errno);
    return std::nullopt;
  }
  text.resize(static_cast<std::size_t>(in.gcount()));
  return text;
}

ReportFile read_report_file(const std::string& path, std::optional<model::Nation> nation) {
  ReportFile file{.path = path, .unreadable = {}, .problems = {}, .report = {}};
  const auto text = read_file_text(path, file.unreadable);
  if (!text) {
    return file;
  }
  auto parsed = client::read_report(*text);
  file.problems = std::move(parsed.problems);
  file.report = std::move(parsed.report);
  if (file.problems.empty()) {
    file.problems = client::report_problems(file.report, nation);
  }
  return file;
}

std::vector<ReportFile> read_report_files(const std::vector<std::string>& paths,
                                          std::optional<model::Nation> nation) {
  std::vector<ReportFile> files;
  for (const auto& path : paths) {
    files.push_back(read_report_file(path, nation));
  }
  return files;
}

}  // namespace muster::secretariat
