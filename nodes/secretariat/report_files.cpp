// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/report_files.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <variant>

#include "schemas/model/limits.h"
#include "schemas/text/json_tree.h"
#include "schemas/wire/report.h"

namespace muster::secretariat {
namespace {

/// The text of a file; a little more than the reader accepts, so that it says so itself.
std::optional<std::string> read_text(const std::string& path, std::string& why_not) {
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

void check_nations(ReportFile& file, std::optional<model::Nation> nation) {
  const std::string_view whose = nation ? "as the node that publishes" : "as the units before it";
  for (std::size_t i = 0; i < file.report.statements.size(); ++i) {
    const auto* unit = model::unit_of(file.report.statements[i]);
    if (unit == nullptr) {
      continue;
    }
    nation = nation.value_or(unit->nation());
    if (unit->nation() != *nation) {
      file.problems.push_back(
          {fmt::format("statements[{}].unit", i), fmt::format("'{}'", unit->view()),
           fmt::format("a unit of {}, {}: a report speaks for one nation", nation->view(), whose)});
    }
  }
}

bool can_be_written(ReportFile& file) {
  for (std::size_t i = 0; i < file.report.statements.size(); ++i) {
    if (std::holds_alternative<model::UninterpretedStatement>(file.report.statements[i])) {
      file.problems.push_back({fmt::format("statements[{}]", i), "a kind this build cannot write",
                               "a kind that it knows, or a newer build"});
    }
  }
  return file.problems.empty();
}

/// Writes the report as it would travel and reads it back as the broker would.
void check_travel(ReportFile& file) {
  const auto bytes = wire::encode_report(file.report);
  if (bytes.size() > model::kReportBytesMax) {
    file.problems.push_back({"the whole report", fmt::format("{} bytes", bytes.size()),
                             fmt::format("at most {}: send it in parts", model::kReportBytesMax)});
    return;
  }
  if (const auto read = wire::decode_report(bytes); !read) {
    file.problems.push_back({"the whole report", read.error().message, "what the broker can read"});
  }
}

}  // namespace

ReportFile read_report_file(const std::string& path, std::optional<model::Nation> nation) {
  ReportFile file{.path = path, .unreadable = {}, .problems = {}, .report = {}};
  const auto text = read_text(path, file.unreadable);
  if (!text) {
    return file;
  }
  auto parsed = text::report_from_json(*text);
  file.problems = std::move(parsed.problems);
  file.report = std::move(parsed.report);
  if (file.problems.empty()) {
    check_nations(file, nation);
    if (can_be_written(file)) {
      check_travel(file);
    }
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
