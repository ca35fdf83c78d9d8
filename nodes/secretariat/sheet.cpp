// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/sheet.h"

#include <langinfo.h>

#include <clocale>
#include <string_view>
#include <utility>

namespace muster::secretariat {
namespace {

bool needs_quotes(std::string_view text) {
  return text.find_first_of(",\"\r\n") != std::string_view::npos;
}

void append_field(std::string& line, std::string_view text) {
  if (!needs_quotes(text)) {
    line += text;
    return;
  }
  line += '"';
  for (const char c : text) {
    line += c;
    if (c == '"') {
      line += c;
    }
  }
  line += '"';
}

bool is_in_csv(const Column& column) { return column.seen != Seen::table_only; }

std::string header_line(const Sheet& sheet) {
  std::string line;
  const char* comma = "";
  for (const auto& column : sheet.columns) {
    if (is_in_csv(column)) {
      line += std::exchange(comma, ",");
      append_field(line, column.field);
    }
  }
  return line + "\n";
}

std::string row_line(const Sheet& sheet, const Row& row) {
  std::string line;
  const char* comma = "";
  for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
    if (is_in_csv(sheet.columns[i])) {
      line += std::exchange(comma, ",");
      append_field(line, row.cells[i].value);
    }
  }
  return line + "\n";
}

}  // namespace

Cell cell(std::string text) {
  auto shown = text.empty() ? std::string("-") : text;
  return {.value = std::move(text), .shown = std::move(shown)};
}

Cell cell(std::uint64_t number) { return cell(std::to_string(number)); }

std::string render_csv(const Sheet& sheet) {
  auto text = header_line(sheet);
  for (const auto& row : sheet.rows) {
    text += row_line(sheet, row);
  }
  return text;
}

void use_utf8_locale() {
  std::setlocale(LC_CTYPE, "");
  if (std::string_view(::nl_langinfo(CODESET)) != "UTF-8") {
    std::setlocale(LC_CTYPE, "C.UTF-8");
  }
}

}  // namespace muster::secretariat
