// SPDX-License-Identifier: Apache-2.0
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <xlsxwriter.h>

#include <algorithm>

#include "tests/support/desk_contingent.h"

namespace muster::tests {

namespace {

/// How a program writes its text files.
struct Dialect {
  char separator;
  bool has_decimal_comma;
  const char* day;
  const char* line_end;
};

std::string quoted(std::string text, char separator) {
  if (text.find_first_of(std::string("\"\n") + separator) == std::string::npos) {
    return text;
  }
  for (auto at = text.find('"'); at != std::string::npos; at = text.find('"', at + 2)) {
    text.insert(at, 1, '"');
  }
  return '"' + text + '"';
}

std::string shown_number(double number, bool has_decimal_comma) {
  auto text = fmt::format("{}", number);
  if (has_decimal_comma) {
    std::replace(text.begin(), text.end(), '.', ',');
  }
  return text;
}

std::string day_text(model::UtcTime time, const char* format) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  return fmt::format(fmt::runtime(format),
                     fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)));
}

std::string shown(const TableCell& cell, const Dialect& dialect) {
  if (const auto* number = std::get_if<double>(&cell)) {
    return quoted(shown_number(*number, dialect.has_decimal_comma), dialect.separator);
  }
  if (const auto* text = std::get_if<std::string>(&cell)) {
    return quoted(*text, dialect.separator);
  }
  const auto* time = std::get_if<model::UtcTime>(&cell);
  return time == nullptr ? std::string() : day_text(*time, dialect.day);
}

std::string rows_of_text(const Table& table, const Headings& headings, const Dialect& dialect) {
  std::string text;
  const auto add = [&](const auto& cells, const auto& write) {
    for (std::size_t column = 0; column < cells.size(); ++column) {
      text += (column == 0 ? "" : std::string(1, dialect.separator)) + write(cells[column]);
    }
    text += dialect.line_end;
  };
  add(headings, [&](const std::string& heading) { return quoted(heading, dialect.separator); });
  for (const auto& row : table.rows) {
    add(row, [&](const TableCell& cell) { return shown(cell, dialect); });
  }
  return text;
}

std::string escaped(const std::string& text) {
  std::string out;
  for (const char letter : text) {
    out += letter == '&'   ? "&amp;"
           : letter == '<' ? "&lt;"
           : letter == '"' ? "&quot;"
                           : std::string(1, letter);
  }
  return out;
}

std::string flat_cell(const TableCell& cell) {
  if (const auto* number = std::get_if<double>(&cell)) {
    return fmt::format(R"(<table:table-cell office:value-type="float" office:value="{}"/>)",
                       *number);
  }
  if (const auto* text = std::get_if<std::string>(&cell)) {
    return fmt::format(
        R"(<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>)",
        escaped(*text));
  }
  if (const auto* time = std::get_if<model::UtcTime>(&cell)) {
    return fmt::format(R"(<table:table-cell office:value-type="date" office:date-value="{}"/>)",
                       day_text(*time, "{:%Y-%m-%d}"));
  }
  return "<table:table-cell/>";
}

}  // namespace

std::string as_csv(const Table& table, const Headings& headings) {
  return rows_of_text(table, headings, {',', false, "{:%Y-%m-%d}", "\n"});
}

std::string as_excel_csv(const Table& table, const Headings& headings) {
  return to_windows_1251(rows_of_text(table, headings, {';', true, "{:%d.%m.%Y}", "\r\n"}));
}

std::string as_flat_ods(const Table& table, const Headings& headings) {
  std::string xml =
      R"(<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:body><office:spreadsheet><table:table table:name="Сводка">
)";
  const auto add_row = [&](const auto& cells) {
    xml += "<table:table-row>";
    for (const auto& cell : cells) {
      xml += flat_cell(cell);
    }
    xml += "</table:table-row>\n";
  };
  add_row(std::vector<TableCell>(headings.begin(), headings.end()));
  for (const auto& row : table.rows) {
    add_row(row);
  }
  return xml + "</table:table></office:spreadsheet></office:body></office:document>\n";
}

void write_xlsx(const std::string& path, const Table& table, const Headings& headings) {
  constexpr double kDaysBefore1970 = 25'569;
  auto* book = workbook_new(path.c_str());
  auto* sheet = workbook_add_worksheet(book, "Сводка");
  auto* day = workbook_add_format(book);
  format_set_num_format(day, "dd.mm.yyyy");
  for (std::size_t column = 0; column < headings.size(); ++column) {
    worksheet_write_string(sheet, 0, static_cast<lxw_col_t>(column), headings[column].c_str(),
                           nullptr);
  }
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    for (std::size_t column = 0; column < table.rows[row].size(); ++column) {
      const auto& cell = table.rows[row][column];
      const auto at_row = static_cast<lxw_row_t>(row + 1);
      const auto at_column = static_cast<lxw_col_t>(column);
      if (const auto* number = std::get_if<double>(&cell)) {
        worksheet_write_number(sheet, at_row, at_column, *number, nullptr);
      } else if (const auto* text = std::get_if<std::string>(&cell)) {
        worksheet_write_string(sheet, at_row, at_column, text->c_str(), nullptr);
      } else if (const auto* time = std::get_if<model::UtcTime>(&cell)) {
        const auto days = std::chrono::floor<std::chrono::days>(*time).time_since_epoch().count();
        worksheet_write_number(sheet, at_row, at_column,
                               static_cast<double>(days) + kDaysBefore1970, day);
      }
    }
  }
  workbook_close(book);
}

std::string to_windows_1251(const std::string& utf8) {
  static const std::pair<std::string_view, char> kSigns[] = {
      {"Ё", '\xA8'}, {"ё", '\xB8'}, {"«", '\xAB'}, {"»", '\xBB'},
      {"№", '\xB9'}, {"–", '\x96'}, {"—", '\x97'}, {"\u00A0", '\xA0'}};
  std::string bytes;
  for (std::string_view left = utf8; !left.empty();) {
    const auto lead = static_cast<unsigned char>(left[0]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    const auto* sign = std::find_if(std::begin(kSigns), std::end(kSigns), [&](const auto& one) {
      return one.first == left.substr(0, size);
    });
    const auto point =
        size == 2 ? ((lead & 0x1FU) << 6U) | (static_cast<unsigned char>(left[1]) & 0x3FU) : lead;
    if (sign != std::end(kSigns)) {
      bytes += sign->second;
    } else if (point >= 0x410 && point <= 0x44F) {
      bytes += static_cast<char>(point - 0x410 + 0xC0);
    } else {
      bytes += size == 1 ? left[0] : '?';
    }
    left.remove_prefix(size);
  }
  return bytes;
}

}  // namespace muster::tests
