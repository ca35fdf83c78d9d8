// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "nodes/desk/cell_limits.h"
#include "nodes/desk/known_values.h"
#include "nodes/desk/template_parts.h"

namespace muster::desk {

namespace {

constexpr std::size_t kEmptyRowsRuled = 20;  // Drawn below the known ones, ready to be written in.
constexpr std::size_t kRowsToSpare = 1'000;  // With lists and limits, beyond the known ones.
constexpr std::size_t kRowsMeasured = 200;

/// Formats of the cells of one column.
struct ColumnLooks {
  lxw_format *open, *empty, *given, *known, *known_moment, *known_second;
};

/// `time` is what a moment shows behind its day: " hh:mm", or nothing.
std::string number_format(const Column& column, std::string_view time, bool is_russian) {
  switch (column.type) {
    case ColumnType::count:
      return "0";
    case ColumnType::number:
      return "General";
    case ColumnType::moment:
      return fmt::format("{}{}", is_russian ? "dd.mm.yyyy" : "yyyy-mm-dd", time);
    case ColumnType::unit:
    case ColumnType::text:
    case ColumnType::code:
    case ColumnType::choice:
    case ColumnType::choices:
    case ColumnType::qualifications:
    case ColumnType::metrics:
    case ColumnType::yes_no:
    case ColumnType::person:
    case ColumnType::uuid:
    case ColumnType::sealed:
    case ColumnType::private_:
      break;
  }
  return "@";  // A text: else "1-2" becomes a day, and 20 digits lose their last ones.
}

lxw_format* make_format(lxw_workbook* book, const std::string& numbers, bool is_ruled) {
  auto* format = workbook_add_format(book);
  format_set_num_format(format, numbers.c_str());
  format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
  if (is_ruled) {
    format_set_border(format, LXW_BORDER_THIN);
    format_set_border_color(format, 0xD0D0D0);
  }
  return format;
}

ColumnLooks looks_of(lxw_workbook* book, const Column& column, bool is_russian) {
  const auto numbers = number_format(column, "", is_russian);
  ColumnLooks looks{
      .open = make_format(book, numbers, false),
      .empty = make_format(book, numbers, true),
      .given = make_format(book, numbers, true),
      .known = make_format(book, numbers, true),
      .known_moment = make_format(book, number_format(column, " hh:mm", is_russian), true),
      .known_second = make_format(book, number_format(column, " hh:mm:ss", is_russian), true)};
  format_set_bg_color(looks.given, 0xE7E6E6);
  format_set_font_color(looks.given, 0x595959);
  format_set_font_color(looks.known, 0x1F4FBF);
  format_set_font_color(looks.known_moment, 0x1F4FBF);
  format_set_font_color(looks.known_second, 0x1F4FBF);
  return looks;
}

/// The sheet that is filled in, from above to below.
class Form {
 public:
  Form(lxw_workbook* book, lxw_worksheet* sheet, const TemplateParts& parts);

  void write_top();
  void write_headings();
  void write_rows();
  void limit_cells(const WordLists& lists);
  void shape();

 private:
  void set_up_print(lxw_col_t given);
  void write_value(lxw_row_t row, std::size_t column, const KnownValue& value);
  [[nodiscard]] std::size_t width_needed(std::size_t column) const;
  [[nodiscard]] std::string note_of(const Column& column) const;
  [[nodiscard]] lxw_row_t first_row() const { return heading_row_ + 1; }
  [[nodiscard]] std::string tell(std::string_view english) const {
    return parts_.words.tell(english);
  }

  lxw_worksheet* sheet_;
  const TemplateParts& parts_;
  std::vector<ColumnLooks> looks_;
  std::vector<std::vector<KnownValue>> rows_;
  lxw_row_t heading_row_ = 2;
};

Form::Form(lxw_workbook* book, lxw_worksheet* sheet, const TemplateParts& parts)
    : sheet_(sheet), parts_(parts) {
  for (const auto* column : parts.columns) {
    looks_.push_back(looks_of(book, *column, parts.is_russian()));
  }
  for (const auto& unit : parts.request.rows) {
    auto rows = known_rows(unit, parts.columns, parts.book, parts.request.language);
    std::move(rows.begin(), rows.end(), std::back_inserter(rows_));
  }
}

/// No text of these lines is a heading, or a reader would look for columns here.
void Form::write_top() {
  auto title = tell(sheet_title(parts_.request.kind));
  if (!parts_.request.node.empty()) {
    title += " · " + parts_.request.node;
  }
  worksheet_write_string(sheet_, 0, 0, title.c_str(), parts_.looks.title);
  if (parts_.request.is_exercise) {
    write_banner(sheet_, 1, parts_.columns.size(), parts_);
  }
}

std::string Form::note_of(const Column& column) const {
  std::string note = parts_.help_of(column);
  const auto add = [&](const std::string& line) { note += (note.empty() ? "" : "\n") + line; };
  add(tell(fmt::format("To be written: {}.", parts_.wanted_in(column))));
  add(tell(parts_.is_mandatory(column) ? "Mandatory." : "May stay empty: not known."));
  return note;
}

void Form::write_headings() {
  for (std::size_t column = 0; column < parts_.columns.size(); ++column) {
    const auto& meant = *parts_.columns[column];
    const auto place = static_cast<lxw_col_t>(column);
    worksheet_write_string(
        sheet_, heading_row_, place, parts_.title_of(meant).c_str(),
        parts_.is_mandatory(meant) ? parts_.looks.mandatory : parts_.looks.optional);
    write_comment(sheet_, {heading_row_, place}, note_of(meant));
  }
}

void Form::write_value(lxw_row_t row, std::size_t column, const KnownValue& value) {
  const auto place = static_cast<lxw_col_t>(column);
  const auto& looks = looks_[column];
  auto* format = parts_.is_given(*parts_.columns[column]) ? looks.given : looks.known;
  if (const auto* number = std::get_if<double>(&value)) {
    worksheet_write_number(sheet_, row, place, *number, format);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    worksheet_write_string(sheet_, row, place, fit_text(*text).c_str(), format);
  } else if (const auto* time = std::get_if<model::UtcTime>(&value)) {
    // All of it is shown: in CSV nothing else is left.
    const bool is_day = *time == std::chrono::floor<std::chrono::days>(*time);
    const bool is_minute = *time == std::chrono::floor<std::chrono::minutes>(*time);
    worksheet_write_number(
        sheet_, row, place, serial_of(*time),
        is_day ? format : is_minute ? looks.known_moment : looks.known_second);
  } else {
    worksheet_write_blank(sheet_, row, place, looks.empty);
  }
}

void Form::write_rows() {
  auto row = first_row();
  for (const auto& values : rows_) {
    for (std::size_t column = 0; column < values.size(); ++column) {
      write_value(row, column, values[column]);
    }
    ++row;
  }
  for (std::size_t spare = 0; spare < kEmptyRowsRuled; ++spare, ++row) {
    for (std::size_t column = 0; column < looks_.size(); ++column) {
      write_value(row, column, {});
    }
  }
}

void Form::limit_cells(const WordLists& lists) {
  const auto last = static_cast<lxw_row_t>(
      std::min<std::size_t>(first_row() + rows_.size() + kRowsToSpare, LXW_ROW_MAX - 1));
  for (std::size_t column = 0; column < parts_.columns.size(); ++column) {
    const auto place = static_cast<lxw_col_t>(column);
    limit_column(sheet_, {.first_row = first_row(), .last_row = last, .column = place},
                 *parts_.columns[column], parts_, lists);
  }
  const auto range = fmt::format("A{}:{}", first_row() + 1,
                                 cell_name({last, static_cast<std::uint32_t>(looks_.size() - 1)}));
  worksheet_ignore_errors(sheet_, LXW_IGNORE_NUMBER_STORED_AS_TEXT, range.c_str());
}

/// A heading may take three lines; no word of it is broken.
std::size_t Form::width_needed(std::size_t column) const {
  constexpr std::size_t kMin = 9, kMax = 38, kHeadingLines = 3, kDayWidth = 12;
  const auto& meant = *parts_.columns[column];
  const auto& title = parts_.title_of(meant);
  auto width = std::max({kMin, width_of(title) / kHeadingLines + 3, word_width_of(title) + 3});
  for (std::size_t row = 0; row < std::min(rows_.size(), kRowsMeasured); ++row) {
    const auto* text = std::get_if<std::string>(&rows_[row][column]);
    width = std::max(width, text == nullptr ? 0 : width_of(*text) + 2);
  }
  if (meant.type == ColumnType::moment) {
    width = std::max(width, kDayWidth);
  }
  return std::min(width, kMax);
}

void Form::shape() {
  constexpr double kHeadingPoints = 3 * kLinePoints + 3;
  for (std::size_t column = 0; column < looks_.size(); ++column) {
    const auto place = static_cast<lxw_col_t>(column);
    worksheet_set_column(sheet_, place, place, static_cast<double>(width_needed(column)),
                         looks_[column].open);
  }
  worksheet_set_row(sheet_, heading_row_, kHeadingPoints, nullptr);
  const auto given =
      std::find_if_not(parts_.columns.begin(), parts_.columns.end(),
                       [&](const Column* column) { return parts_.is_given(*column); });
  worksheet_freeze_panes(sheet_, first_row(),
                         static_cast<lxw_col_t>(given - parts_.columns.begin()));
  set_up_print(static_cast<lxw_col_t>(given - parts_.columns.begin()));
}

/// As wide as it needs to be, so that it can be read on paper; on each page stands whose row it is.
void Form::set_up_print(lxw_col_t given) {
  constexpr double kMarginInches = 0.4;
  std::size_t width = 0;
  for (std::size_t column = 0; column < looks_.size(); ++column) {
    width += width_needed(column);
  }
  worksheet_set_landscape(sheet_);
  worksheet_set_paper(sheet_, kPaperA4);
  worksheet_set_margins(sheet_, kMarginInches, kMarginInches, kMarginInches, 2 * kMarginInches);
  worksheet_fit_to_pages(sheet_, static_cast<std::uint16_t>(width / kPrintCharacters + 1), 0);
  worksheet_repeat_rows(sheet_, heading_row_, heading_row_);
  if (given > 0) {
    worksheet_repeat_columns(sheet_, 0, given - 1);
  }
  worksheet_set_footer(sheet_, "&L&F&C&A&R&P / &N");
}

}  // namespace

void write_form(lxw_workbook* book, lxw_worksheet* sheet, const TemplateParts& parts,
                const WordLists& lists) {
  Form form(book, sheet, parts);
  form.shape();
  form.write_top();
  form.write_headings();
  form.write_rows();
  form.limit_cells(lists);
}

}  // namespace muster::desk
