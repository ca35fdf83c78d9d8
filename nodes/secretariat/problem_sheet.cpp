// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/problem_sheet.h"

#include <fmt/format.h>

#include <algorithm>

#include "nodes/secretariat/words.h"

namespace muster::secretariat {
namespace {

using desk::Problem;

bool is_note(const Problem& problem) { return problem.weight == Problem::Weight::note; }

std::size_t count_refusing(const ReportFile& file) {
  const auto& problems = file.draft.problems;
  return static_cast<std::size_t>(std::count_if(problems.begin(), problems.end(),
                                                [](const auto& one) { return !is_note(one); }));
}

std::uint64_t statements_of(const ReportFile& file) {
  std::uint64_t count = 0;
  for (const auto& report : file.draft.reports) {
    count += report.statements.size();
  }
  return count;
}

Cell result_cell(std::string word, Tone tone) {
  auto made = cell(std::move(word));
  made.tone = tone;
  return made;
}

Cell rows_cell(const ReportFile& file, std::uint32_t count) {
  return file.draft.rows > 0 ? cell(std::uint64_t{count}) : cell("");
}

/// What stands in front of a problem in its row.
std::vector<Cell> file_cells(const ReportFile& file, Cell result) {
  const bool is_good = file.is_good();
  return {cell(file.path), std::move(result), is_good ? cell(statements_of(file)) : cell("")};
}

std::vector<Cell> problem_cells(const Problem& problem) {
  return {cell(place_of(problem)),
          cell(problem.value),
          cell(problem.expected),
          cell(std::string(problem.code)),
          cell(is_note(problem) ? "note" : "refuse"),
          cell(problem.sheet),
          cell(problem.cell ? desk::cell_name(*problem.cell) : ""),
          cell(problem.heading),
          cell(problem.rule)};
}

Row row_of(const ReportFile& file, Cell result, const Problem* problem) {
  constexpr std::size_t kProblemCells = 9;
  Row row{.cells = file_cells(file, std::move(result)), .parent = {}};
  auto cells =
      problem == nullptr ? std::vector<Cell>(kProblemCells, cell("")) : problem_cells(*problem);
  row.cells.insert(row.cells.end(), cells.begin(), cells.end());
  row.cells.push_back(file.is_good() ? cell(std::uint64_t{file.draft.reports.size()}) : cell(""));
  row.cells.push_back(rows_cell(file, file.draft.rows));
  row.cells.push_back(rows_cell(file, file.draft.rows_refused));
  return row;
}

Cell word_of(const ReportFile& file, const Problem& problem) {
  if (is_note(problem)) {
    return result_cell("NOTE", Tone::plain);
  }
  return file.is_good() ? result_cell("LEFT OUT", Tone::warning)
                        : result_cell("INVALID", Tone::bad);
}

void tell_all(const Output& output, const ReportFile& file, bool are_notes) {
  std::size_t told = 0;
  std::size_t left = 0;
  for (const auto& problem : file.draft.problems) {
    if (is_note(problem) != are_notes) {
      continue;
    }
    if (++told > kProblemsShown) {
      ++left;
      continue;
    }
    if (are_notes) {
      output.note(fmt::format("muster: note: {}: {}\n", file.path, desk::describe(problem)));
    } else {
      output.detail("  " + desk::describe(problem));
    }
  }
  if (left > 0) {
    output.detail(
        fmt::format("  … and {} more: 'muster report validate -o json' names all of them", left));
  }
}

void tell_refused(const Output& output, const ReportFile& file, std::string_view what) {
  const auto count = count_refusing(file);
  output.error(count == 1
                   ? fmt::format("{}: {} - 1 problem - correct the file; nothing was published",
                                 what, file.path)
                   : fmt::format("{}: {} - {} problems - correct the file; nothing was "
                                 "published",
                                 what, file.path, count));
  tell_all(output, file, false);
}

/// Loud: whoever asked for it must still see what is missing from his nation's word.
void tell_left_out(const Output& output, const ReportFile& file) {
  output.error(fmt::format(
      "LEFT OUT: {} - {} of {} rows are wrong and are not published, and what they speak of with "
      "them, since --accept-valid-rows is given",
      file.path, file.draft.rows_refused, file.draft.rows));
  tell_all(output, file, false);
}

}  // namespace

std::string place_of(const Problem& problem) {
  if (!problem.cell) {
    return problem.where;
  }
  auto place = problem.sheet.empty() ? std::string() : problem.sheet + " ";
  place += desk::cell_name(*problem.cell);
  return problem.heading.empty() ? place : fmt::format("{} ({})", place, problem.heading);
}

std::string place_of(const model::Finding& finding, const desk::Draft* draft, std::size_t report) {
  if (draft != nullptr) {
    if (const auto problem = desk::problem_of(finding, *draft, report); problem.cell) {
      return place_of(problem);
    }
  }
  if (finding.statement == model::Finding::kWholeReport) {
    return finding.field.empty() ? "the whole report" : finding.field;
  }
  const auto statement = fmt::format("statements[{}]", finding.statement);
  return finding.field.empty() ? statement : statement + "." + finding.field;
}

void add_cell(text::Json& row, const Problem& problem) {
  if (!problem.sheet.empty()) {
    row.add("sheet", text::json_string(problem.sheet));
  }
  if (problem.cell) {
    row.add("cell", text::json_string(desk::cell_name(*problem.cell)));
  }
  if (!problem.heading.empty()) {
    row.add("heading", text::json_string(problem.heading));
  }
}

text::Json json_of(const Problem& problem) {
  auto object = text::json_object();
  object.add("where", text::json_string(place_of(problem)));
  object.add("found", text::json_string(problem.value));
  object.add("expected", text::json_string(problem.expected));
  object.add("code", text::json_string(problem.code));
  object.add("weight", text::json_string(is_note(problem) ? "note" : "refuse"));
  add_cell(object, problem);
  if (!problem.rule.empty()) {
    object.add("rule", text::json_string(problem.rule));
  }
  return object;
}

Sheet validation_sheet(const std::vector<ReportFile>& files) {
  Sheet sheet;
  Seen of_problems = Seen::csv_only;
  for (const auto& file : files) {
    if (file.is_good()) {
      sheet.rows.push_back(row_of(file, result_cell("FORM OK", Tone::good), nullptr));
    }
    for (const auto& problem : file.draft.problems) {
      sheet.rows.push_back(row_of(file, word_of(file, problem), &problem));
      of_problems = Seen::always;
    }
  }
  sheet.columns = {{"file", "FILE"},
                   {"result", "RESULT"},
                   {"statements", "STATEMENTS", true},
                   {"where", "WHERE", false, of_problems},
                   {"found", "FOUND", false, of_problems},
                   {"expected", "EXPECTED", false, of_problems},
                   {"code", "CODE", false, Seen::csv_only},
                   {"weight", "WEIGHT", false, Seen::csv_only},
                   {"sheet", "SHEET", false, Seen::csv_only},
                   {"cell", "CELL", false, Seen::csv_only},
                   {"heading", "HEADING", false, Seen::csv_only},
                   {"rule", "RULE", false, Seen::csv_only},
                   {"reports", "REPORTS", true, Seen::csv_only},
                   {"rows", "ROWS", true, Seen::csv_only},
                   {"rows_refused", "REFUSED ROWS", true, Seen::csv_only}};
  return sheet;
}

Sheet files_sheet(const std::vector<ReportFile>& files) {
  Sheet sheet;
  sheet.columns = {{"file", "FILE"}, {"result", "RESULT"}, {"statements", "STATEMENTS", true}};
  for (const auto& file : files) {
    if (!file.unreadable.empty()) {
      continue;
    }
    auto result = result_cell("FORM OK", Tone::good);
    if (!file.is_good()) {
      result = result_cell("INVALID", Tone::bad);
    } else if (file.is_in_part()) {
      result = result_cell("TAKEN IN PART", Tone::warning);
    }
    sheet.rows.push_back({.cells = file_cells(file, std::move(result)), .parent = {}});
  }
  return sheet;
}

text::Json validation_json(const ReportFile& file) {
  auto problems = text::json_array();
  for (const auto& problem : file.draft.problems) {
    problems.items.push_back(json_of(problem));
  }
  auto row = text::json_object();
  row.add("file", text::json_string(file.path));
  row.add("valid", text::json_bool(file.is_good()));
  if (file.is_good()) {
    row.add("statements", text::json_number(statements_of(file)));
    row.add("reports", text::json_number(std::uint64_t{file.draft.reports.size()}));
  }
  if (file.draft.rows > 0) {
    row.add("rows", text::json_number(std::uint64_t{file.draft.rows}));
    row.add("rows_refused", text::json_number(std::uint64_t{file.draft.rows_refused}));
  }
  row.add("problems", std::move(problems));
  return row;
}

ExitCode tell_problems(const Output& output, const std::vector<ReportFile>& files,
                       std::string_view what, bool is_marked) {
  auto code = ExitCode::done;
  for (const auto& file : files) {
    if (!file.unreadable.empty()) {
      output.error(fmt::format("{}: {} - {} - name a file that is there; nothing was published",
                               what, file.path, file.unreadable));
      code = ExitCode::no_input;
      continue;
    }
    tell_all(output, file, true);
    if (!file.is_good()) {
      tell_refused(output, file, what);
      if (!is_marked && file.draft.workbook && output.around().err_is_terminal) {
        output.note(
            fmt::format("  'muster report validate {} --mark' marks them in a copy\n", file.path));
      }
      code = code == ExitCode::no_input ? code : ExitCode::bad_input;
    } else if (file.is_in_part()) {
      tell_left_out(output, file);
    }
  }
  return code;
}

}  // namespace muster::secretariat
