// SPDX-License-Identifier: Apache-2.0
// What would be published and what it would change, in every format.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "nodes/secretariat/answer_sheet.h"
#include "nodes/secretariat/force_sheets.h"
#include "nodes/secretariat/preview.h"
#include "nodes/secretariat/problem_sheet.h"
#include "nodes/secretariat/words.h"

namespace muster::secretariat {
namespace {

constexpr int kIndent = 2;
constexpr int kOneLine = -1;

bool is_refusal(const model::ReportVerdict& verdict) {
  return verdict.verdict == model::Verdict::refused;
}

// ---- verdicts -----------------------------------------------------------------------------------

std::string finding_line(const Outgoing& outgoing, const model::Finding& finding) {
  return fmt::format("  {}: {} {}: found {}, expected {}\n",
                     place_of(finding, outgoing.draft, outgoing.index),
                     model::to_text(finding.rule), model::to_text(finding.severity), finding.found,
                     finding.expected);
}

/// "roster.xlsx would be accepted", and below it what was found.
std::string verdict_lines(const Outgoing& outgoing, const model::ReportVerdict& verdict) {
  auto lines = is_refusal(verdict) ? fmt::format("{} would be REFUSED\n", name_of(outgoing))
                                   : fmt::format("{} would be accepted\n", name_of(outgoing));
  std::size_t told = 0;
  for (const auto& finding : verdict.findings) {
    if (++told > kProblemsShown) {
      return lines + fmt::format("  … and {} more\n", verdict.findings.size() - kProblemsShown);
    }
    lines += finding_line(outgoing, finding);
  }
  return lines;
}

// ---- the difference -----------------------------------------------------------------------------

Sheet difference_sheet(const std::vector<model::DiffRow>& changes, std::size_t rows_max) {
  Sheet made;
  made.columns = {{"unit", "UNIT"},
                  {"kind", "STATEMENT"},
                  {"field", "FIELD"},
                  {"before", "BEFORE", true},
                  {"arrow", "", false, Seen::table_only},
                  {"after", "AFTER"}};
  for (const auto& row : changes) {
    if (made.rows.size() == rows_max) {
      break;
    }
    made.rows.push_back({.cells = {cell(std::string(row.unit.view())),
                                   cell(model::to_text(row.kind)), cell(row.change.field),
                                   cell(row.change.before), cell("→"), cell(row.change.after)},
                         .parent = {}});
  }
  return made;
}

std::string parts_line(std::size_t parts) {
  return fmt::format(
      "The reports are too much for one question and were asked in {} parts: each is answered as "
      "if "
      "the others were not published\n",
      parts);
}

/// What is no longer said comes last: a sheet that has no column for it takes back many values, and
/// they would hide the few that were changed.
std::vector<model::DiffRow> in_order_of_weight(std::vector<model::DiffRow> changes) {
  std::stable_partition(changes.begin(), changes.end(),
                        [](const auto& row) { return !row.change.after.empty(); });
  return changes;
}

std::string taken_back_line(const std::vector<model::DiffRow>& changes) {
  const auto count = std::count_if(changes.begin(), changes.end(),
                                   [](const auto& row) { return row.change.after.empty(); });
  return count == 0 ? ""
                    : fmt::format(
                          "{} of {} changes take back what was said before: what a statement "
                          "leaves out is no longer said\n",
                          count, changes.size());
}

std::string difference_text(const Output& output, const Preview& preview, std::size_t changes_max) {
  if (preview.changes.empty()) {
    return output.tell("Nothing would change\n");
  }
  auto text = output.tell("What would change:\n");
  if (preview.parts == 1) {
    text += output.tell(figures_words(preview.whole.before, preview.whole.after)) + "\n";
  }
  text += output.table(difference_sheet(in_order_of_weight(preview.changes), changes_max));
  if (preview.changes.size() > changes_max) {
    text += output.tell(fmt::format("… and {} more changes: --dry-run=server shows all of them\n",
                                    preview.changes.size() - changes_max));
  }
  return text + output.tell(taken_back_line(preview.changes));
}

// ---- JSON ---------------------------------------------------------------------------------------

text::Json json_of(const model::DiffRow& row) {
  auto change = text::json_object();
  change.add("field", text::json_string(row.change.field));
  for (const auto& [name, value] :
       {std::pair("before", row.change.before), {"after", row.change.after}}) {
    if (!value.empty()) {
      change.add(name, text::json_string(value));
    }
  }
  auto object = text::json_object();
  object.add("unit", text::json_string(row.unit.view()));
  object.add("kind", text::json_string(model::to_text(row.kind)));
  object.add("change", std::move(change));
  return object;
}

/// {"file","report"}: which of the reports of its file, from 1.
text::Json json_of(const Outgoing& outgoing) {
  auto row = text::json_object();
  row.add("file", text::json_string(outgoing.file));
  row.add("report", text::json_number(std::uint64_t{outgoing.index} + 1));
  return row;
}

text::Json json_of(const Outgoing& outgoing, const model::ReportVerdict& verdict) {
  auto row = json_of(outgoing);
  row.add("verdict", text::json_string(model::to_text(verdict.verdict)));
  row.add("findings", findings_json(verdict.findings, outgoing.draft, outgoing.index));
  return row;
}

std::vector<text::Json> verdicts_json(const std::vector<Outgoing>& reports,
                                      const Preview& preview) {
  std::vector<text::Json> rows;
  for (std::size_t i = 0; i < reports.size(); ++i) {
    rows.push_back(json_of(reports[i], preview.verdicts[i]));
  }
  return rows;
}

std::string preview_json(const std::vector<Outgoing>& reports, const Preview& preview) {
  auto document = json_document("PublishPreview");
  document.add("parts", text::json_number(std::uint64_t{preview.parts}));
  auto rows = text::json_array();
  rows.items = verdicts_json(reports, preview);
  document.add("rows", std::move(rows));
  auto difference = text::json_array();
  for (const auto& row : preview.changes) {
    difference.items.push_back(json_of(row));
  }
  document.add("difference", std::move(difference));
  return text::print_json(document, kIndent) + "\n";
}

std::string preview_ndjson(const std::vector<Outgoing>& reports, const Preview& preview) {
  std::string lines;
  for (const auto& row : verdicts_json(reports, preview)) {
    lines += text::print_json(row, kOneLine) + "\n";
  }
  for (const auto& change : preview.changes) {
    auto line = text::json_object();
    line.add("difference", text::json_bool(true));
    for (auto& member : json_of(change).items) {
      const auto name = member.key;
      line.add(name, std::move(member));
    }
    lines += text::print_json(line, kOneLine) + "\n";
  }
  return lines;
}

// ---- what would be published --------------------------------------------------------------------

std::size_t units_of(const model::Report& report) {
  std::set<std::string_view> units;
  for (const auto& statement : report.statements) {
    if (const auto* unit = model::unit_of(statement); unit != nullptr) {
      units.insert(unit->view());
    }
  }
  return units.size();
}

/// "Roster 12, Strength 12": how many statements of which kind, in the order of the kinds.
std::map<model::StatementKind, std::uint64_t> kinds_of(const model::Report& report) {
  std::map<model::StatementKind, std::uint64_t> kinds;
  for (const auto& statement : report.statements) {
    ++kinds[model::kind_of(statement)];
  }
  return kinds;
}

std::string kinds_words(const model::Report& report) {
  std::string words;
  for (const auto& [kind, count] : kinds_of(report)) {
    words += fmt::format("{}{} {}", words.empty() ? "" : ", ", model::to_text(kind), count);
  }
  return words;
}

text::Json plan_json(const Outgoing& outgoing) {
  auto row = json_of(outgoing);
  row.add("kind", text::json_string(model::to_text(outgoing.report->kind)));
  row.add("valid_at", text::json_string(model::format_time(outgoing.report->valid_at)));
  row.add("classification", text::json_string(model::to_text(outgoing.report->classification)));
  row.add("units", text::json_number(std::uint64_t{units_of(*outgoing.report)}));
  auto statements = text::json_object();
  for (const auto& [kind, count] : kinds_of(*outgoing.report)) {
    statements.add(model::to_text(kind), text::json_number(count));
  }
  row.add("statements", std::move(statements));
  return row;
}

}  // namespace

std::string preview_text(const Output& output, const std::vector<Outgoing>& reports,
                         const Preview& preview, std::size_t changes_max) {
  auto text = output.tell(header_line(preview.header));
  for (std::size_t i = 0; i < reports.size(); ++i) {
    text += output.tell(verdict_lines(reports[i], preview.verdicts[i]));
  }
  text += preview.parts > 1 ? output.tell(parts_line(preview.parts)) : "";
  return text + difference_text(output, preview, changes_max);
}

void print_preview(const Output& output, const std::vector<Outgoing>& reports,
                   const Preview& preview) {
  switch (output.format()) {
    case Format::table:
    case Format::wide:
      return output.data(preview_text(output, reports, preview, preview.changes.size()));
    case Format::json:
      return output.data(preview_json(reports, preview));
    case Format::ndjson:
      return output.data(preview_ndjson(reports, preview));
    case Format::csv:
      break;
  }
  // The difference is the table; what the broker found is told beside it.
  output.data(render_csv(difference_sheet(preview.changes, preview.changes.size())));
  for (std::size_t i = 0; i < reports.size(); ++i) {
    output.note(verdict_lines(reports[i], preview.verdicts[i]));
  }
}

void print_plan(const Output& output, const std::vector<Outgoing>& reports) {
  Sheet sheet;
  sheet.columns = {{"file", "FILE"},
                   {"report", "REPORT", true},
                   {"kind", "KIND"},
                   {"valid_at", "VALID AT"},
                   {"classification", "CLASSIFICATION", false, Seen::wide},
                   {"units", "UNITS", true},
                   {"statements", "STATEMENTS"}};
  std::vector<text::Json> json;
  for (const auto& outgoing : reports) {
    const auto& report = *outgoing.report;
    sheet.rows.push_back(
        {.cells = {cell(outgoing.file), cell(std::uint64_t{outgoing.index} + 1),
                   cell(model::to_text(report.kind)), time_cell(report.valid_at),
                   cell(model::to_text(report.classification)),
                   cell(std::uint64_t{units_of(report)}), cell(kinds_words(report))},
         .parent = {}});
    json.push_back(plan_json(outgoing));
  }
  output.rows("PublishPlan", sheet, std::move(json));
}

}  // namespace muster::secretariat
