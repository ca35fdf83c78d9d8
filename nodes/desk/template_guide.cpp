// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "nodes/desk/known_values.h"
#include "nodes/desk/template_parts.h"

namespace muster::desk {

namespace {

constexpr std::array kWidths{34.0, 24.0, 44.0, 72.0};  // Heading, mandatory, what to write, help.
constexpr lxw_col_t kLastColumn = kWidths.size() - 1;
constexpr std::size_t kCharactersAcross = 150;  // Of a line over all columns, with some to spare.

/// Writes the instructions from above to below.
class Guide {
 public:
  Guide(lxw_worksheet* sheet, const TemplateParts& parts) : sheet_(sheet), parts_(parts) {}

  void write_steps();
  void write_columns();
  WordLists write_lists();

 private:
  void heading(std::string_view text);
  void paragraph(const std::string& text);
  void table_row(const std::array<std::string, 4>& cells, lxw_format* first, lxw_format* others);
  WordList write_list(std::string_view list);
  [[nodiscard]] std::string yes_or_no(bool is_so) const {
    return word_of(kYesNo, is_so ? "YES" : "NO", parts_.book, parts_.request.language);
  }
  [[nodiscard]] std::string tell(std::string_view english) const {
    return parts_.words.tell(english);
  }

  lxw_worksheet* sheet_;
  const TemplateParts& parts_;
  lxw_row_t row_ = 1;  // Below the title; a banner leaves it so, since a heading steps over it.
};

void Guide::heading(std::string_view text) {
  ++row_;
  worksheet_write_string(sheet_, row_++, 0, tell(text).c_str(), parts_.looks.strong);
}

/// Over all columns. No program fits the height of merged cells to their text, so it is set here.
void Guide::paragraph(const std::string& text) {
  const auto lines = width_of(text) / kCharactersAcross + 1;
  worksheet_merge_range(sheet_, row_, 0, row_, kLastColumn, text.c_str(), parts_.looks.text);
  worksheet_set_row(sheet_, row_++, static_cast<double>(lines) * kLinePoints, nullptr);
}

void Guide::table_row(const std::array<std::string, 4>& cells, lxw_format* first,
                      lxw_format* others) {
  std::size_t lines = 1;
  for (std::size_t column = 0; column < cells.size(); ++column) {
    lines = std::max(lines, lines_of(cells[column], kWidths[column]));
    worksheet_write_string(sheet_, row_, static_cast<lxw_col_t>(column),
                           fit_text(cells[column]).c_str(), column == 0 ? first : others);
  }
  worksheet_set_row(sheet_, row_++, static_cast<double>(lines) * kLinePoints, nullptr);
}

std::string_view what_a_row_is(TemplateKind kind) {
  switch (kind) {
    case TemplateKind::strength:
    case TemplateKind::readiness:
    case TemplateKind::units:
      return "Write one row for each unit. What is said of a unit is of this unit alone, never of "
             "those under it.";
    case TemplateKind::equipment:
      return "Write one row for each kind of item that a unit holds, all rows of a unit under each "
             "other. The list replaces the one before: what is not written is no longer held.";
    case TemplateKind::roster:
      return "Write one row for each person of a unit, everyone who is on strength there, all rows "
             "of a unit under each other. The list replaces the one before. Names, dates of birth "
             "and papers have no place in it.";
  }
  return {};
}

/// Whether a row for each unit is not all: specialties, missions and the like have rows too.
bool has_further_rows(const TemplateParts& parts) {
  const bool is_list = parts.request.kind == TemplateKind::equipment ||
                       parts.request.kind == TemplateKind::roster;
  return !is_list && std::any_of(parts.columns.begin(), parts.columns.end(),
                                 [](const Column* column) {
                                   return column->field.find("[]") != std::string::npos;
                                 });
}

void Guide::write_steps() {
  heading("What to do");
  paragraph(tell(what_a_row_is(parts_.request.kind)));
  paragraph(
      tell("Headings that are white on dark blue are mandatory; the others may stay empty. Columns "
           "may be moved; one that you delete takes back what its cells said. The headings must "
           "not be changed."));
  if (has_further_rows(parts_)) {
    paragraph(
        tell("What a unit has several of stands in further rows under its own, one each; there the "
             "other cells may stay empty, but not the unit and the moment."));
  }
  paragraph(
      tell("Grey cells say which unit a row speaks of. Blue figures are those that were last "
           "accepted: compare each of them and correct it."));
  paragraph(
      tell("Say in each row as of when it is true; rows of different moments become reports of "
           "their own."));
  paragraph(
      tell("An empty cell means: not known. 0 means: there is none. Never write 0 for what is not "
           "known, nor words such as n/a, nor a dash."));
  paragraph(
      tell("Write numbers in digits alone: 1200, neither 1 200 people nor ~1200. A fraction may be "
           "written with a comma or a point. Nothing is rounded."));
  paragraph(parts_.is_russian()
                ? tell("Write a day as 22.11.2026, a moment as 22.11.2026 06:30. Times are UTC; a "
                       "day alone is its beginning.")
                : tell("Write a day as 2026-11-22, a moment as 2026-11-22 06:30. Times are UTC; a "
                       "day alone is its beginning."));
  paragraph(tell(
      "Where a cell has a list, choose from it. The words of all lists stand below, with their "
      "codes, which are understood as well."));
  paragraph(tell("Save the workbook as .xlsx or .ods, without a password."));
  heading("Where it goes");
  paragraph(tell("To check it without sending anything: muster report validate FILE"));
  paragraph(tell("To send it: muster report publish FILE"));
  paragraph(
      parts_.request.node.empty()
          ? tell("Or put it into the drop folder of your node. A receipt comes into its folder "
                 "processed; what is wrong comes into rejected, with a copy of the workbook "
                 "in which each wrong cell is marked.")
          : tell(fmt::format(
                "Or put it into the drop folder of the node {}. A receipt comes into its "
                "folder processed; what is wrong comes into rejected, with a copy of the "
                "workbook in which each wrong cell is marked.",
                parts_.request.node)));
}

void Guide::write_columns() {
  heading("Columns");
  table_row({tell("Heading"), tell("Mandatory"), tell("What to write"), tell("Meaning")},
            parts_.looks.mandatory, parts_.looks.mandatory);
  for (const auto* column : parts_.columns) {
    table_row({parts_.title_of(*column), yes_or_no(parts_.is_mandatory(*column)),
               parts_.wanted_in(*column), parts_.help_of(*column)},
              parts_.is_mandatory(*column) ? parts_.looks.cell_strong : parts_.looks.cell,
              parts_.looks.cell);
  }
}

WordLists Guide::write_lists() {
  WordLists lists;
  for (const auto* column : parts_.columns) {
    const auto list = word_list_of(*column);
    if (!list.empty() && !lists.contains(list)) {
      if (lists.empty()) {
        heading("Words of the lists");
      }
      ++row_;
      worksheet_write_string(sheet_, row_, 0, parts_.title_of(*column).c_str(),
                             parts_.looks.mandatory);
      worksheet_write_string(sheet_, row_++, 1, tell("Code").c_str(), parts_.looks.mandatory);
      lists.emplace(list, write_list(list));
    }
  }
  return lists;
}

WordList Guide::write_list(std::string_view list) {
  WordList made;
  const auto first = row_;
  for (const auto& word : parts_.book.words()) {
    if (word.list == list) {
      const auto& title = parts_.is_russian() ? word.title_ru : word.title_en;
      made.words.push_back(title.empty() ? word.code : title);
      worksheet_write_string(sheet_, row_, 0, fit_text(made.words.back()).c_str(),
                             parts_.looks.cell);
      worksheet_write_string(sheet_, row_++, 1, word.code.c_str(), parts_.looks.cell);
    }
  }
  made.range = fmt::format("='{}'!$A${}:$A${}", sheet_->name, first + 1, std::max(row_, first + 1));
  return made;
}

void set_up_print(lxw_worksheet* sheet) {
  worksheet_set_landscape(sheet);
  worksheet_set_paper(sheet, kPaperA4);
  worksheet_fit_to_pages(sheet, 1, 0);
  worksheet_set_footer(sheet, "&L&F&R&P / &N");
  worksheet_gridlines(sheet, LXW_HIDE_ALL_GRIDLINES);
}

}  // namespace

WordLists write_guide(lxw_worksheet* sheet, const TemplateParts& parts) {
  for (lxw_col_t column = 0; column <= kLastColumn; ++column) {
    worksheet_set_column(sheet, column, column, kWidths[column], nullptr);
  }
  worksheet_write_string(sheet, 0, 0, parts.words.tell("How to fill in this workbook").c_str(),
                         parts.looks.title);
  Guide guide(sheet, parts);
  if (parts.request.is_exercise) {
    write_banner(sheet, 1, kWidths.size(), parts);
  }
  guide.write_steps();
  guide.write_columns();
  auto lists = guide.write_lists();
  set_up_print(sheet);
  return lists;
}

}  // namespace muster::desk
