// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "nodes/desk/marked_sheets.h"

namespace muster::desk {

namespace {

enum Column : std::uint16_t { sheet, cell, heading, value, expected, rule, weight };

struct Heading {
  const char* title;
  double width;
};
constexpr std::array kHeadings{
    Heading{"Sheet", 20},    Heading{"Cell", 16}, Heading{"Heading", 26}, Heading{"Value", 30},
    Heading{"Expected", 60}, Heading{"Rule", 8},  Heading{"Weight", 22}};

constexpr std::size_t kLinesMax = 20;

/// How the list looks.
struct Looks {
  lxw_format *title, *heading, *text, *link, *refused, *note;

  explicit Looks(lxw_workbook* book)
      : title(workbook_add_format(book)),
        heading(workbook_add_format(book)),
        text(workbook_add_format(book)),
        link(workbook_add_format(book)),
        refused(workbook_add_format(book)),
        note(workbook_add_format(book)) {
    format_set_bold(title);
    format_set_font_size(title, 14);
    format_set_bold(heading);
    format_set_bg_color(heading, 0x1F4E79);
    format_set_font_color(heading, LXW_COLOR_WHITE);
    format_set_font_color(link, 0x0563C1);
    format_set_underline(link, LXW_UNDERLINE_SINGLE);
    format_set_bg_color(refused, 0xFFC7CE);
    format_set_bg_color(note, 0xFFEB9C);
    for (auto* one : {heading, text, link, refused, note}) {
      format_set_text_wrap(one);
      format_set_align(one, LXW_ALIGN_VERTICAL_TOP);
      format_set_border(one, LXW_BORDER_THIN);
      format_set_border_color(one, 0xBFBFBF);
    }
  }
};

/// The cell's name leads to the cell.
void write_place(lxw_worksheet* list, lxw_row_t row, const ListedProblem& listed,
                 const words::Words& words, const Looks& looks) {
  const auto& problem = *listed.problem;
  const auto name = problem.cell ? cell_name(*problem.cell) : words.tell(problem.where);
  if (listed.target_sheet.empty()) {
    worksheet_write_string(list, row, Column::cell, fit_text(name).c_str(), looks.text);
    return;
  }
  // A sheet's name has no apostrophe here (XlsxFile::sheet_name), so that none needs doubling.
  const auto url = fmt::format("internal:'{}'!{}", listed.target_sheet, name);
  worksheet_write_url_opt(list, row, Column::cell, url.c_str(), looks.link, name.c_str(), nullptr);
}

void write_line(lxw_worksheet* list, lxw_row_t row, const ListedProblem& listed,
                const words::Words& words, const Looks& looks) {
  const auto& problem = *listed.problem;
  const bool refuses = problem.weight == Problem::Weight::refuse;
  const auto put = [&](lxw_col_t column, std::string_view text) {
    worksheet_write_string(list, row, column, fit_text(text).c_str(), looks.text);
  };
  put(Column::sheet, listed.target_sheet.empty() ? problem.sheet : listed.target_sheet);
  write_place(list, row, listed, words, looks);
  put(Column::heading, problem.heading);
  put(Column::value, problem.cell ? problem.value : words.tell(problem.value));
  const auto expected = words.tell(problem.expected);
  put(Column::expected, expected);
  put(Column::rule, problem.rule);
  std::size_t lines = 1;
  for (const auto& [column, text] : {std::pair{Column::heading, std::string_view(problem.heading)},
                                     std::pair{Column::value, std::string_view(problem.value)},
                                     std::pair{Column::expected, std::string_view(expected)}}) {
    lines = std::max(lines, lines_of(text, kHeadings[column].width));
  }
  worksheet_set_row(list, row, static_cast<double>(std::min(lines, kLinesMax)) * kLinePoints,
                    nullptr);
  worksheet_write_string(list, row, Column::weight,
                         words.tell(refuses ? "to be mended" : "to be known").c_str(),
                         refuses ? looks.refused : looks.note);
}

std::string summary(const std::vector<ListedProblem>& listed, std::size_t all,
                    const words::Words& words) {
  if (all > listed.size()) {
    return words.tell(fmt::format(
        "There are {} of them; the first {} are listed and marked. Mend these and try again.", all,
        listed.size()));
  }
  return words.tell(fmt::format(
      "There are {} of them. Red cells have to be mended, yellow ones are only to be known.", all));
}

}  // namespace

void write_problem_list(XlsxFile& file, const std::vector<ListedProblem>& listed, std::size_t all,
                        words::Language language) {
  constexpr lxw_row_t kHeadingRow = 3;
  const auto& words = words::Words::of(language);
  const Looks looks(file.book());
  auto* list = file.add_sheet(
      file.sheet_name(language == words::Language::russian ? "Замечания" : "Problems"));
  worksheet_write_string(list, 0, 0, words.tell("What is wrong with this file").c_str(),
                         looks.title);
  worksheet_write_string(list, 1, 0, summary(listed, all, words).c_str(), nullptr);
  for (lxw_col_t column = 0; column < kHeadings.size(); ++column) {
    worksheet_set_column(list, column, column, kHeadings[column].width, nullptr);
    worksheet_write_string(list, kHeadingRow, column, words.tell(kHeadings[column].title).c_str(),
                           looks.heading);
  }
  lxw_row_t row = kHeadingRow;
  for (const auto& one : listed) {
    write_line(list, ++row, one, words, looks);
  }
  worksheet_freeze_panes(list, kHeadingRow + 1, 0);
  worksheet_autofilter(list, kHeadingRow, 0, std::max(row, kHeadingRow + 1),
                       static_cast<lxw_col_t>(kHeadings.size() - 1));
  worksheet_set_landscape(list);
  worksheet_set_paper(list, kPaperA4);
  worksheet_fit_to_pages(list, 1, 0);
  worksheet_repeat_rows(list, kHeadingRow, kHeadingRow);
  worksheet_activate(list);
}

}  // namespace muster::desk
