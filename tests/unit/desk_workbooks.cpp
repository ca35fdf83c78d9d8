// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/desk_workbooks.h"

#include <fmt/format.h>

namespace muster::tests {

desk::Sheet sheet_of(const std::string& name, const Rows& rows) {
  desk::Sheet sheet(name);
  for (std::uint32_t row = 0; row < rows.size(); ++row) {
    for (std::uint32_t column = 0; column < rows[row].size(); ++column) {
      const auto& text = rows[row][column];
      if (text.starts_with('#') && text.size() > 1 && text[1] != 'D') {
        sheet.set_number({row, column}, std::stod(text.substr(1)));
      } else if (!text.empty()) {
        sheet.set_text({row, column}, text);
      }
    }
  }
  return sheet;
}

desk::Workbook csv_of(const Rows& rows) {
  desk::Workbook workbook{.kind = desk::FileKind::csv};
  workbook.sheets.push_back(sheet_of("", rows));
  return workbook;
}

desk::Workbook xlsx_of(std::vector<desk::Sheet> sheets) {
  return {.kind = desk::FileKind::xlsx, .sheets = std::move(sheets)};
}

desk::DeskOptions kaz_options() {
  return {.nation = *model::Nation::parse("KAZ"), .valid_at = at("2026-11-22T00:00:00Z")};
}

std::vector<std::string> told(const desk::Draft& draft) {
  std::vector<std::string> all;
  for (const auto& problem : draft.problems) {
    const bool is_note = problem.weight == desk::Problem::Weight::note;
    all.push_back((is_note ? "note: " : "") + desk::describe(problem));
  }
  return all;
}

std::vector<std::string> places(const desk::Draft& draft) {
  std::vector<std::string> all;
  for (const auto& problem : draft.problems) {
    all.push_back(
        fmt::format("{} {}", problem.cell ? desk::cell_name(*problem.cell) : "-", problem.code));
  }
  return all;
}

model::UtcTime at(std::string_view time) { return model::parse_time(time).value(); }

}  // namespace muster::tests
