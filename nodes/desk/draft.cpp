// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/draft.h"

#include <fmt/format.h>

#include <utility>

#include "nodes/client/report_check.h"
#include "nodes/desk/columns.h"
#include "nodes/desk/layout.h"
#include "nodes/desk/problem_list.h"
#include "nodes/desk/read_workbook.h"
#include "nodes/desk/rows.h"
#include "nodes/desk/split.h"

namespace muster::desk {

namespace {

// Shares of the whole work, as told to DeskOptions::progress.
constexpr double kParsed = 0.7;
constexpr double kRowsRead = 0.95;

Draft read_json(std::string_view content, const DeskOptions& options) {
  auto parsed = client::read_report(content);
  if (parsed.problems.empty()) {
    parsed.problems = client::report_problems(parsed.report, options.nation);
  }
  Draft draft;
  for (const auto& problem : parsed.problems) {
    draft.problems.push_back(problem_of(problem));
  }
  if (draft.problems.empty()) {
    draft.reports.push_back(std::move(parsed.report));
  }
  return draft;
}

Draft refused(std::string where, std::string expected) {
  Draft draft;
  draft.problems.push_back(
      {.code = kFileBad, .where = std::move(where), .expected = std::move(expected)});
  return draft;
}

/// The part of the progress from `from` to `to`.
std::function<void(double)> share(const DeskOptions& options, double from, double to) {
  if (!options.progress) {
    return {};
  }
  return [&options, from, to](double done) { options.progress(from + done * (to - from)); };
}

/// What all reports of the file have in common.
model::Report report_header(const ReportHeader& said, const DeskOptions& options) {
  model::Report report{.classification = options.classification,
                       .releasable_to = options.releasable_to};
  if (said.classification) {
    const auto& name = std::get<std::string>(*said.classification);
    report.classification =
        model::from_text<model::Classification>(name).value_or(options.classification);
  }
  if (said.releasable_to) {
    report.releasable_to.clear();
    for (const auto& name : std::get<std::vector<std::string>>(*said.releasable_to)) {
      if (const auto nation = model::Nation::parse(name)) {
        report.releasable_to.push_back(*nation);
      }
    }
  }
  return report;
}

/// The last look, at what the broker would not even decode; rows have no such problems unless we
/// err.
void check_reports(const Draft& draft, const DeskOptions& options, ProblemList& problems) {
  for (const auto& report : draft.reports) {
    for (const auto& problem : client::report_problems(report, options.nation)) {
      problems.add(ProblemList::Place{}, {.code = kRuleBroken,
                                          .where = problem.where,
                                          .value = problem.found,
                                          .expected = problem.expected});
    }
  }
}

/// From a workbook to reports; `draft.workbook` is filled.
void read_sheets(Draft& draft, const ColumnBook& book, const DeskOptions& options) {
  ProblemList problems;
  const auto& workbook = *draft.workbook;
  const auto layouts = layouts_of(workbook, book, options.valid_at.has_value(), problems);
  const bool headings_are_good = !problems.refuses();
  draft.columns = columns_of(workbook, layouts);
  ReportHeader header{.nation = options.nation};
  StatementsOfRows statements(problems);
  const auto counts = read_rows(workbook, layouts, book, options, header, statements, problems,
                                share(options, kParsed, kRowsRead));
  draft.rows = counts.rows;
  draft.rows_refused = counts.refused;
  if (!layouts.empty() && counts.rows == 0) {
    problems.add(ProblemList::Place{},
                 {.code = kFileBad, .expected = "no row below the headings says anything"});
  }
  const bool is_wanted = !problems.refuses() || (options.accept_valid_rows && headings_are_good &&
                                                 !header.is_wrong);
  for (auto& moment : is_wanted ? statements.take() : std::vector<MomentPart>()) {
    split_into_reports(std::move(moment), report_header(header, options), draft, problems);
  }
  const bool rows_are_good = !problems.refuses() || options.accept_valid_rows;
  ProblemList of_reports;
  check_reports(draft, options, of_reports);
  if (!rows_are_good || of_reports.refuses()) {
    draft.reports.clear();
    draft.origins.clear();
  }
  draft.problems = problems.take();
  for (auto& problem : of_reports.take()) {
    draft.problems.push_back(std::move(problem));
  }
}

}  // namespace

Draft draft_of(Workbook workbook, const DeskOptions& options) {
  const auto book = ColumnBook::load(options.columns_toml, options.columns_path);
  if (!book) {
    return refused({}, book.error().message);
  }
  Draft draft;
  draft.workbook = std::move(workbook);
  read_sheets(draft, *book, options);
  if (options.progress) {
    options.progress(1);
  }
  return draft;
}

Draft read_draft(std::string_view name, std::string_view content, const DeskOptions& options) {
  if (file_kind_of(name) == FileKind::json) {
    return read_json(content, options);
  }
  auto workbook = read_workbook(name, content, {}, share(options, 0, kParsed));
  if (!workbook) {
    return refused(std::string(name), workbook.error().message);
  }
  return draft_of(*std::move(workbook), options);
}

}  // namespace muster::desk
