// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/told.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace muster::secretariat {
namespace {

/// Columns whose cells are texts of this program or of the broker. Others hold names, codes,
/// moments, figures, and the free words of nations.
constexpr std::array<std::string_view, 27> kTextFields{
    "age_h",     "blocked",   "causes",    "changes",         "complete_min",
    "computed",  "detail",    "done",      "effective",       "empty_days",
    "equipment", "expected",  "figure",    "first_finding",   "fix",
    "found",     "level",     "must_have", "needed_within_h", "part",
    "promised",  "ready_min", "reported",  "result",          "says",
    "text",      "where"};

bool holds_text(const Column& column) {
  // A "text" with a title is the free text of a nation.
  return std::find(kTextFields.begin(), kTextFields.end(), column.field) != kTextFields.end() &&
         (column.field != "text" || column.title.empty());
}

/// Words that stand where a code or a name would.
bool is_filler(const Cell& cell) { return cell.shown == "TOTAL" || cell.shown == "(nobody)"; }

void tell_cell(Cell& cell, const words::Words& words) {
  cell.shown = words.tell(cell.shown);
  cell.brief = words.tell(cell.brief);
}

void tell_row(Row& row, const std::vector<Column>& columns, const words::Words& words) {
  for (std::size_t i = 0; i < std::min(columns.size(), row.cells.size()); ++i) {
    if (holds_text(columns[i]) || is_filler(row.cells[i])) {
      tell_cell(row.cells[i], words);
    }
  }
}

void tell_options(CLI::App& app, const words::Words& words) {
  app.description(words.tell(app.get_description()));
  app.group(words.tell(app.get_group()));
  for (auto* option : app.get_options()) {
    option->description(words.tell(option->get_description()));
    option->group(words.tell(option->get_group()));
  }
  for (auto* under : app.get_subcommands({})) {
    tell_options(*under, words);
  }
}

}  // namespace

Sheet told(Sheet sheet, const words::Words& words) {
  if (words.language() == words::Language::english) {
    return sheet;
  }
  for (auto& row : sheet.rows) {
    tell_row(row, sheet.columns, words);
  }
  if (sheet.total) {
    tell_row(*sheet.total, sheet.columns, words);
  }
  for (auto& column : sheet.columns) {
    column.title = words.tell(column.title);
  }
  sheet.when_empty = words.tell(sheet.when_empty.empty() ? "(no rows)" : sheet.when_empty);
  return sheet;
}

void tell_help(CLI::App& app, const words::Words& words) {
  if (words.language() == words::Language::english) {
    return;
  }
  tell_options(app, words);
  const auto formatter = app.get_formatter();
  for (const auto* label : {"Usage", "OPTIONS", "SUBCOMMAND", "SUBCOMMANDS", "Positionals"}) {
    formatter->label(label, words.tell(label));
  }
  formatter->label("Examples:", words.tell("Examples:"));
  formatter->label(kCommonOptions, words.tell(kCommonOptions));
  formatter->label("REQUIRED", words.tell("required"));
  formatter->label("TEXT", words.tell("text"));
  formatter->label("UINT", words.tell("number"));
}

std::string language_given(const std::vector<std::string>& arguments) {
  constexpr std::string_view kOption = "--lang";
  for (auto at = arguments.begin(); at != arguments.end(); ++at) {
    if (*at == kOption && at + 1 != arguments.end()) {
      return *(at + 1);
    }
    if (at->starts_with("--lang=")) {
      return at->substr(kOption.size() + 1);
    }
  }
  return {};
}

}  // namespace muster::secretariat
