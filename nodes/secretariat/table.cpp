// SPDX-License-Identifier: Apache-2.0
#include <libsmartcols/libsmartcols.h>

#include <algorithm>
#include <cstdlib>
#include <cwchar>
#include <memory>
#include <string_view>

#include "nodes/secretariat/sheet.h"

namespace muster::secretariat {
namespace {

struct FreeTable {
  void operator()(libscols_table* table) const { scols_unref_table(table); }
};
using TablePtr = std::unique_ptr<libscols_table, FreeTable>;

const char* colour_of(Tone tone) {
  switch (tone) {
    case Tone::plain:
      return nullptr;
    case Tone::good:
      return "\033[32m";
    case Tone::warning:
      return "\033[33m";
    case Tone::bad:
      return "\033[31m";
  }
  return nullptr;
}

bool is_seen(const Column& column, TableStyle style) {
  switch (column.seen) {
    case Seen::always:
    case Seen::table_only:
      return true;
    case Seen::wide:
      return style.wide;
    case Seen::csv_only:
      return false;
  }
  return true;
}

const std::string& text_of(const Cell& cell, TableStyle style) {
  return style.wide || cell.brief.empty() ? cell.shown : cell.brief;
}

TablePtr new_table(const Sheet& sheet, TableStyle style) {
  TablePtr table(scols_new_table());
  scols_table_enable_colors(table.get(), style.colour ? 1 : 0);
  // A table is the same on a screen and in a pipe: it is never cut to fit.
  scols_table_set_termforce(table.get(), SCOLS_TERMFORCE_NEVER);
  scols_table_set_column_separator(table.get(), "  ");
  int tree = sheet.is_tree ? SCOLS_FL_TREE : 0;
  for (const auto& column : sheet.columns) {
    if (is_seen(column, style)) {
      const int flags = tree | (column.is_number ? SCOLS_FL_RIGHT : 0);
      scols_table_new_column(table.get(), column.title.c_str(), 0, flags);
      tree = 0;
    }
  }
  return table;
}

libscols_line* add_line(libscols_table* table, const Sheet& sheet, const Row& row,
                        libscols_line* parent, TableStyle style) {
  auto* line = scols_table_new_line(table, parent);
  std::size_t place = 0;
  for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
    if (is_seen(sheet.columns[i], style)) {
      scols_line_set_data(line, place, text_of(row.cells[i], style).c_str());
      if (const auto* colour = colour_of(row.cells[i].tone); colour != nullptr && style.colour) {
        scols_cell_set_color(scols_line_get_cell(line, place), colour);
      }
      ++place;
    }
  }
  return line;
}

void add_rows(libscols_table* table, const Sheet& sheet, TableStyle style) {
  std::vector<libscols_line*> lines;
  for (const auto& row : sheet.rows) {
    auto* parent = row.parent ? lines.at(*row.parent) : nullptr;
    lines.push_back(add_line(table, sheet, row, parent, style));
  }
  if (sheet.total) {
    add_line(table, sheet, *sheet.total, nullptr, style);
  }
}

std::string print(libscols_table* table) {
  char* data = nullptr;
  if (scols_print_table_to_string(table, &data) != 0 || data == nullptr) {
    return {};
  }
  const std::unique_ptr<char, decltype(&std::free)> owner(data, &std::free);
  return data;
}

std::vector<std::string> trimmed_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    std::string line(text.substr(0, end));
    line.erase(line.find_last_not_of(' ') + 1);
    lines.push_back(std::move(line));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

/// How many places of a screen the text takes.
std::size_t width_of(const std::string& text) {
  std::vector<wchar_t> wide(text.size() + 1);
  const auto length = std::mbstowcs(wide.data(), text.c_str(), wide.size());
  if (length == static_cast<std::size_t>(-1)) {
    return text.size();
  }
  const int width = ::wcswidth(wide.data(), length);
  return width < 0 ? length : static_cast<std::size_t>(width);
}

/// The text as it stands on a screen, where a colour takes no place.
std::string without_colours(const std::string& line) {
  std::string text;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\033') {
      i = std::min(line.find('m', i), line.size() - 1);
    } else {
      text += line[i];
    }
  }
  return text;
}

std::string rule_under(const std::vector<std::string>& lines) {
  std::size_t width = 0;
  for (const auto& line : lines) {
    width = std::max(width, width_of(without_colours(line)));
  }
  std::string rule;
  for (std::size_t i = 0; i < width; ++i) {
    rule += "─";
  }
  return rule;
}

}  // namespace

std::string render_table(const Sheet& sheet, TableStyle style) {
  if (sheet.rows.empty() && !sheet.total) {
    return (sheet.when_empty.empty() ? "(no rows)" : sheet.when_empty) + "\n";
  }
  const auto table = new_table(sheet, style);
  add_rows(table.get(), sheet, style);
  auto lines = trimmed_lines(print(table.get()));
  if (sheet.total && lines.size() > 2) {
    lines.insert(lines.end() - 1, rule_under(lines));
  }
  std::string text;
  for (const auto& line : lines) {
    text += line + "\n";
  }
  return text;
}

}  // namespace muster::secretariat
