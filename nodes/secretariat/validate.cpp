// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "nodes/secretariat/commands.h"
#include "nodes/secretariat/report_files.h"

namespace muster::secretariat {
namespace {

Cell result_cell(bool good) {
  auto made = cell(good ? "FORM OK" : "INVALID");
  made.tone = good ? Tone::good : Tone::bad;
  return made;
}

Row good_row(const ReportFile& file) {
  return {.cells = {cell(file.path), result_cell(true), cell(file.report.statements.size()),
                    cell(""), cell(""), cell("")},
          .parent = {}};
}

Row problem_row(const ReportFile& file, const text::TextProblem& problem) {
  return {.cells = {cell(file.path), result_cell(false), cell(""), cell(problem.where),
                    cell(problem.found), cell(problem.expected)},
          .parent = {}};
}

/// A row for each problem, and one for a file without any. The columns of problems are not shown
/// when there is none.
Sheet sheet_of(const std::vector<ReportFile>& files) {
  Sheet sheet;
  Seen of_problems = Seen::csv_only;
  for (const auto& file : files) {
    if (file.is_good()) {
      sheet.rows.push_back(good_row(file));
    }
    for (const auto& problem : file.problems) {
      sheet.rows.push_back(problem_row(file, problem));
      of_problems = Seen::always;
    }
  }
  sheet.columns = {{"file", "FILE"},
                   {"result", "RESULT"},
                   {"statements", "STATEMENTS", true},
                   {"where", "WHERE", false, of_problems},
                   {"found", "FOUND", false, of_problems},
                   {"expected", "EXPECTED", false, of_problems}};
  return sheet;
}

text::Json json_of(const ReportFile& file) {
  auto problems = text::json_array();
  for (const auto& problem : file.problems) {
    auto object = text::json_object();
    object.add("where", text::json_string(problem.where));
    object.add("found", text::json_string(problem.found));
    object.add("expected", text::json_string(problem.expected));
    problems.items.push_back(std::move(object));
  }
  auto row = text::json_object();
  row.add("file", text::json_string(file.path));
  row.add("valid", text::json_bool(file.is_good()));
  if (file.is_good()) {
    row.add("statements", text::json_number(std::uint64_t{file.report.statements.size()}));
  }
  row.add("problems", std::move(problems));
  return row;
}

ExitCode show(const Output& output, const std::vector<ReportFile>& files) {
  auto code = ExitCode::done;
  std::vector<text::Json> json;
  for (const auto& file : files) {
    if (!file.unreadable.empty()) {
      output.error(fmt::format("cannot read the report: {} - {} - name a file that is there",
                               file.path, file.unreadable));
      code = ExitCode::no_input;
      continue;
    }
    json.push_back(json_of(file));
    if (!file.is_good() && code == ExitCode::done) {
      code = ExitCode::bad_input;
    }
  }
  if (!json.empty()) {
    output.rows("ReportValidation", sheet_of(files), std::move(json));
  }
  if (std::any_of(files.begin(), files.end(), [](const auto& file) { return file.is_good(); })) {
    output.note("muster: the broker judges the rules when it is published\n");
  }
  return code;
}

}  // namespace

ExitCode validate(const Output& output, const Doors& doors, const ValidateCommand& command) {
  std::optional<model::Nation> nation;
  if (const auto named = named_config(output)) {
    const auto config = doors.load_config(*named);
    if (!config) {
      return report_error(output, "cannot validate", *named, config.error(), Stage::configuring);
    }
    nation = config->node.publisher();
  }
  return show(output, read_report_files(command.files, nation));
}

}  // namespace muster::secretariat
