// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "nodes/desk/cell_text.h"
#include "nodes/desk/headings.h"
#include "schemas/text/problems.h"

namespace muster::desk {
namespace {

using model::StatementKind;

constexpr std::size_t kUnknownTold = 20;  // Each is held against every heading that is known.

/// Makes the layout of one sheet and says what is odd about its headings.
class SheetReader {
 public:
  SheetReader(const Workbook& workbook, std::uint32_t number, const ColumnBook& book,
              ProblemList& problems)
      : sheet_(workbook.sheets[number]), book_(book), problems_(problems) {
    layout_.sheet = number;
    layout_.sheet_name = workbook.kind == FileKind::csv ? std::string() : sheet_.name();
  }

  Layout read(std::uint32_t row, bool has_valid_at) {
    layout_.first_row = row_behind(row);
    for (std::uint32_t at = 0; at < sheet_.columns(); ++at) {
      const auto place = place_of_heading({row, at});
      if (const auto heading = heading_at(sheet_, place); !heading.empty()) {
        read_heading(place, heading);
      }
    }
    add_untold();
    pass_numbers();
    count_fields(row);
    order_columns();
    check_missing(row, has_valid_at);
    return std::move(layout_);
  }

 private:
  [[nodiscard]] CellPlace place_of_heading(CellPlace top) const;
  void read_heading(CellPlace place, const std::string& heading);
  void add_unknown(CellPlace place, const std::string& heading);
  void add_untold();
  void check_alone(CellPlace place, const std::string& shown);
  [[nodiscard]] bool has_cells(CellPlace first, CellPlace last) const;
  void pass_numbers();
  void count_fields(std::uint32_t row);
  void order_columns();
  void check_missing(std::uint32_t row, bool has_valid_at);
  void miss(std::uint32_t row, const Column& column, std::string expected);
  [[nodiscard]] bool has_field(const Column& column) const;
  [[nodiscard]] bool speaks_of(const Column& column) const;
  [[nodiscard]] std::uint32_t row_behind(std::uint32_t row) const;
  void add(CellPlace place, Problem problem) {
    problem.sheet = layout_.sheet_name;
    problems_.add(layout_.sheet, place, std::move(problem));
  }

  const Sheet& sheet_;
  const ColumnBook& book_;
  ProblemList& problems_;
  Layout layout_;
  std::size_t unknown_ = 0;
  CellPlace untold_at_{};  // The first of those beyond kUnknownTold.
  std::string untold_;
};

void SheetReader::read_heading(CellPlace place, const std::string& heading) {
  const auto shown = text::shown(heading);
  const auto* column = book_.find(heading);
  if (column == nullptr) {
    if (!counts_rows(heading)) {
      add_unknown(place, heading);
    }
  } else if (column->type == ColumnType::private_) {
    add(place, {.weight = Problem::Weight::note,
                .code = kPrivateColumn,
                .heading = shown,
                .value = shown,
                .expected = "this column is private: it is not read and leaves nowhere"});
    layout_.private_columns.push_back({place.column, shown});
  } else if (const auto* first = layout_.find(column->key)) {
    add(place, {.code = kColumnTwice,
                .heading = shown,
                .value = shown,
                .expected = fmt::format("one column of this meaning; {} has it too",
                                        cell_name({place.row, first->at}))});
  } else {
    layout_.columns.push_back({.column = column,
                               .at = place.column,
                               .heading = shown,
                               .kind = kind_named(column->statement),
                               .path = parse_path(column->field)});
    check_alone(place, shown);
  }
}

void SheetReader::add_unknown(CellPlace place, const std::string& heading) {
  if (++unknown_ > kUnknownTold) {
    if (untold_.empty()) {
      untold_at_ = place;
      untold_ = text::shown(heading);
    }
    return;
  }
  add(place, {.weight = Problem::Weight::note,
              .code = kColumnUnknown,
              .heading = text::shown(heading),
              .value = text::shown(heading),
              .expected = heading_hint(heading, book_)});
}

void SheetReader::add_untold() {
  if (unknown_ > kUnknownTold) {
    add(untold_at_, {.weight = Problem::Weight::note,
                     .code = kColumnUnknown,
                     .heading = untold_,
                     .value = untold_,
                     .expected = fmt::format("a heading of the handbook; columns behind it that "
                                             "are not known either: {}",
                                             unknown_ - kUnknownTold - 1)});
  }
}

/// Under a heading of several columns, or over rows that belong to the headings, the name of a
/// column stands below: "Absent" over "On leave" and "In hospital".
CellPlace SheetReader::place_of_heading(CellPlace top) const {
  const auto heading = heading_at(sheet_, top);
  if (!heading.empty() && book_.find(heading) != nullptr) {
    return top;
  }
  for (auto row = top.row + 1; row < layout_.first_row; ++row) {
    const auto below = heading_at(sheet_, {row, top.column});
    if (!below.empty() && book_.find(below) != nullptr) {
      return {row, top.column};
    }
  }
  return top;
}

bool SheetReader::has_cells(CellPlace first, CellPlace last) const {
  for (auto row = first.row; row <= last.row; ++row) {
    for (auto column = first.column; column <= last.column; ++column) {
      if (!is_empty_cell(sheet_.at({row, column}))) {
        return true;
      }
    }
  }
  return false;
}

/// "Present" over "officers", "soldiers" and "all": the first of them would be read as all.
void SheetReader::check_alone(CellPlace place, const std::string& shown) {
  const auto range = std::find_if(
      sheet_.merged.begin(), sheet_.merged.end(),
      [&](const MergedRange& one) { return one.first == place && one.last.column > place.column; });
  if (range != sheet_.merged.end() &&
      has_cells({place.row + 1, place.column + 1},
                {sheet_.rows() - 1, std::min(range->last.column, sheet_.columns() - 1)})) {
    add(place, {.code = kCellMerged,
                .heading = shown,
                .value = shown,
                .expected = fmt::format("one heading over each column: undo the merging of {}:{} "
                                        "and name each column in one cell",
                                        cell_name(range->first), cell_name(range->last))});
    return;
  }
  for (auto row = place.row + 1; row < layout_.first_row; ++row) {
    const CellPlace below{row, place.column};
    if (has_cells(below, below)) {
      add(below, {.code = kValueBad,
                  .heading = shown,
                  .value = text::shown(shown_value(sheet_.at(below))),
                  .expected = fmt::format("nothing below the heading \"{}\": name each column in "
                                          "one cell",
                                          shown)});
    }
  }
}

/// "1 2 3 …" below the headings of printed forms numbers the columns and is no row.
void SheetReader::pass_numbers() {
  constexpr std::uint32_t kNumbersMin = 3;
  std::uint32_t count = 0;
  for (std::uint32_t at = 0; at < sheet_.columns(); ++at) {
    const auto cell = sheet_.at({layout_.first_row, at});
    if (!is_empty_cell(cell) && cleaned(shown_value(cell)) != fmt::format("{}", ++count)) {
      return;
    }
  }
  const bool covers_all = std::all_of(
      layout_.columns.begin(), layout_.columns.end(),
      [&](const auto& one) { return !is_empty_cell(sheet_.at({layout_.first_row, one.at})); });
  if (count >= kNumbersMin && covers_all) {
    ++layout_.first_row;
  }
}

void SheetReader::count_fields(std::uint32_t row) {
  const auto& fields = sheet_.fields;
  const auto first = std::min<std::size_t>(layout_.first_row, fields.size());
  const auto begin = fields.begin() + static_cast<std::ptrdiff_t>(first);
  // Some programs end each row with the sign between fields, but not the headings. An empty line
  // has one field and tells nothing.
  if (row < fields.size() &&
      std::any_of(
          begin, fields.end(),
          [&](std::uint32_t count) { return count > 1 && count <= fields[row]; })) {
    layout_.fields_max = fields[row];
  }
}

/// Headings may be merged with the rows below them, which then belong to the headings.
std::uint32_t SheetReader::row_behind(std::uint32_t row) const {
  std::uint32_t behind = row + 1;
  for (const auto& range : sheet_.merged) {
    if (range.first.row <= row && range.last.row > row && range.last.row < row + kHeadingRowsMax) {
      behind = std::max(behind, range.last.row + 1);
    }
  }
  return behind;
}

void SheetReader::order_columns() {
  auto& columns = layout_.columns;
  std::sort(columns.begin(), columns.end(),
            [](const auto& a, const auto& b) { return a.column < b.column; });
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto& column = *columns[i].column;
    if (column.key == "unit_code") {
      layout_.unit = i;
    } else if (column.key == "valid_at") {
      layout_.valid_at = i;
    }
    layout_.labels_speak =
        layout_.labels_speak || (columns[i].kind == StatementKind::unit && !column.is_label);
  }
}

bool SheetReader::has_field(const Column& column) const {
  return std::any_of(layout_.columns.begin(), layout_.columns.end(), [&](const auto& one) {
    return one.column->statement == column.statement && one.column->field == column.field;
  });
}

/// True when the sheet says something of the statement of `column`; of an entry of a list, when it
/// has a column of that list.
bool SheetReader::speaks_of(const Column& column) const {
  const auto path = parse_path(column.field);
  const bool is_entry = path.front().kind == PathStep::Kind::entry;
  return std::any_of(layout_.columns.begin(), layout_.columns.end(), [&](const auto& one) {
    const bool is_silent = one.column->is_label && !layout_.labels_speak;
    return one.column->statement == column.statement && !is_silent &&
           (!is_entry || (one.is_entry() && one.path.front().name == path.front().name));
  });
}

void SheetReader::miss(std::uint32_t row, const Column& column, std::string expected) {
  problems_.add(ProblemList::Place{.sheet = layout_.sheet + 1, .row = row + 1},
                {.code = kColumnMissing,
                 .sheet = layout_.sheet_name,
                 .heading = column.title_en,
                 .where = fmt::format("row {}", row + 1),
                 .expected = std::move(expected)});
}

void SheetReader::check_missing(std::uint32_t row, bool has_valid_at) {
  std::set<std::string> missed;
  for (const auto& column : book_.columns()) {
    const bool is_due = column.statement.empty() ? column.key == "unit_code" : speaks_of(column);
    if (column.is_mandatory && is_due && !has_field(column)) {
      missed.insert(column.key);
      miss(row, column, fmt::format("\"{}\" or \"{}\"", column.title_ru, column.title_en));
    }
  }
  for (const auto& one : layout_.columns) {
    for (const auto& key : one.column->with) {
      const auto* other = book_.with_key(key);
      if (other != nullptr && layout_.find(key) == nullptr && missed.insert(key).second) {
        miss(row, *other,
             fmt::format("\"{}\" or \"{}\", which belongs to \"{}\"", other->title_ru,
                         other->title_en, one.heading));
      }
    }
  }
  if (!layout_.valid_at && !has_valid_at) {
    miss(row, *book_.with_key("valid_at"),
         "\"По состоянию на\" or \"As of\"; or say for the whole file when it was true: --valid-at "
         "2026-11-22");
  }
}

}  // namespace

bool LayoutColumn::is_entry() const { return path.front().kind == PathStep::Kind::entry; }

const LayoutColumn* Layout::find(std::string_view key) const {
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [&](const auto& one) { return one.column->key == key; });
  return found == columns.end() ? nullptr : &*found;
}

std::vector<Layout> layouts_of(const Workbook& workbook, const ColumnBook& book, bool has_valid_at,
                               ProblemList& problems) {
  std::vector<Layout> layouts;
  std::vector<std::uint32_t> unknown;
  for (std::uint32_t number = 0; number < workbook.sheets.size(); ++number) {
    const auto& sheet = workbook.sheets[number];
    const auto row = heading_row(sheet, book);
    if (is_instruction(sheet) || sheet.rows() == 0 || (sheet.is_hidden && !row)) {
      continue;
    }
    if (sheet.is_hidden) {
      problems.add(ProblemList::Place{.sheet = number + 1},
                   {.weight = Problem::Weight::note,
                    .code = kSheetHidden,
                    .sheet = sheet.name(),
                    .expected = "this sheet is hidden and is not read"});
    } else if (!row) {
      unknown.push_back(number);
    } else {
      layouts.push_back(SheetReader(workbook, number, book, problems).read(*row, has_valid_at));
    }
  }
  if (layouts.empty()) {
    add_nothing_known(workbook, book, problems);
    return layouts;
  }
  for (const auto number : unknown) {
    problems.add(ProblemList::Place{.sheet = number + 1},
                 {.weight = Problem::Weight::note,
                  .code = kSheetUnknown,
                  .sheet = workbook.sheets[number].name(),
                  .expected = "this sheet has no headings that are known and is not read"});
  }
  return layouts;
}

}  // namespace muster::desk
