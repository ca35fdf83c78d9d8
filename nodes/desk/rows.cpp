// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "nodes/desk/cell_text.h"
#include "nodes/desk/merged_cells.h"
#include "nodes/desk/numbers_as_codes.h"
#include "schemas/text/problems.h"

namespace muster::desk {
namespace {

constexpr std::uint32_t kRowsBetweenProgress = 1024;

/// Reads the rows of one sheet.
class SheetRows {
 public:
  SheetRows(const Sheet& sheet, const Layout& layout, const ColumnBook& book,
            const DeskOptions& options, ReportHeader& header, NearWords& near_words,
            ProblemList& problems)
      : sheet_(sheet),
        layout_(layout),
        book_(book),
        options_(options),
        header_(header),
        problems_(problems),
        context_{.book = book,
                 .nation = header.nation,
                 .counts_from_1904 = sheet.counts_from_1904,
                 .person_key = options.person_key,
                 .near_words = &near_words},
        merged_(sheet, layout),
        hidden_(sheet.hidden_rows.begin(), sheet.hidden_rows.end()) {}

  /// Reads one row; true when it says something.
  bool read(std::uint32_t number, RowFacts& row);
  /// What is to be known of the sheet when its rows are read.
  void add_notes();

 private:
  [[nodiscard]] bool speaks() const;
  [[nodiscard]] const Layout::Private* filled_private(std::uint32_t number) const;
  bool refuse_nameless(std::uint32_t number, RowFacts& row);
  void begin(std::uint32_t number, RowFacts& row);
  [[nodiscard]] bool is_total() const;
  void read_cell_at(std::size_t i, RowFacts& row);
  bool refuse_merged(std::size_t i, RowFacts& row);
  bool refuse_shifted(RowFacts& row);
  void take_unit(RowFacts& row);
  void take_moment(RowFacts& row);
  void take_header(RowFacts& row);
  void keep_alike(RowFacts& row, std::size_t i, std::optional<CellValue>& said, RowPlace& place);
  void refuse(RowFacts& row, std::size_t i, std::string_view code, std::string expected);
  void note(std::string_view code, std::string expected);

  const Sheet& sheet_;
  const Layout& layout_;
  const ColumnBook& book_;
  const DeskOptions& options_;
  ReportHeader& header_;
  ProblemList& problems_;
  CellContext context_;
  MergedCells merged_;
  std::unordered_set<std::uint32_t> hidden_;
  std::unordered_set<std::size_t> merged_told_;
  std::vector<CellView> views_;  // Of the row that is being read.
  std::uint32_t hidden_rows_ = 0, totals_ = 0;
  NumbersAsCodes numbers_;
};

void SheetRows::refuse(RowFacts& row, std::size_t i, std::string_view code, std::string expected) {
  row.is_refused = true;
  // Who types a name or a service number into a column of people must not find it in a log.
  const bool is_person = layout_.columns[i].column->type == ColumnType::person;
  add_problem(problems_, row, layout_.columns[i], code,
              is_person ? std::string() : text::shown(shown_value(views_[i])), std::move(expected));
}

/// A row with nothing but a unit and its name says nothing: it may be a form's, or a signature.
bool SheetRows::speaks() const {
  for (std::size_t i = 0; i < views_.size(); ++i) {
    const auto& column = layout_.columns[i];
    const bool is_silent = !column.kind || (column.column->is_label && !layout_.labels_speak);
    if (!is_silent && !is_empty_cell(views_[i])) {
      return true;
    }
  }
  return false;
}

/// "Итого": sums of other rows, which the broker makes itself.
bool SheetRows::is_total() const {
  constexpr std::size_t kWordBytesMax = 64;
  const auto* name = layout_.find("name");
  const auto says_total = [&](const CellView& cell) {
    return cell.kind == CellKind::text && cell.text.size() <= kWordBytesMax &&
           !book_.code_of("RowTotal", cell.text.substr(0, cell.text.find(':'))).empty();
  };
  return (layout_.unit && says_total(views_[*layout_.unit])) ||
         (name != nullptr &&
          says_total(views_[static_cast<std::size_t>(name - layout_.columns.data())]));
}

/// A cell of a merged range says something of several rows or columns: of which is a guess. Told
/// once a range.
bool SheetRows::refuse_merged(std::size_t i, RowFacts& row) {
  const CellPlace place{row.row, layout_.columns[i].at};
  const auto number = merged_.range_at(place);
  if (!number) {
    return false;
  }
  row.cells[i].state = RowCell::State::bad;
  row.is_refused = true;
  if (merged_told_.insert(*number).second) {
    const auto& range = sheet_.merged[*number];
    const auto value = shown_value(sheet_.at(range.first));
    problems_.add(layout_.sheet, range.first,
                  {.code = kCellMerged,
                   .sheet = layout_.sheet_name,
                   .heading = layout_.columns[i].heading,
                   .value = text::shown(value),
                   .expected = fmt::format("a value in each cell: undo the merging of {}:{}",
                                           cell_name(range.first), cell_name(range.last))});
  }
  return true;
}

void SheetRows::read_cell_at(std::size_t i, RowFacts& row) {
  const auto& column = *layout_.columns[i].column;
  if (column.is_label && !layout_.labels_speak) {
    return;
  }
  if (!merged_.empty() && refuse_merged(i, row)) {
    return;
  }
  if (is_empty_cell(views_[i])) {
    return;
  }
  auto value = read_cell(views_[i], column, context_);
  if (!value) {
    row.cells[i].state = RowCell::State::bad;
    refuse(row, i, value.error().code, std::move(value.error().expected));
    return;
  }
  row.cells[i].state = RowCell::State::good;
  row.cells[i].value = *std::move(value);
  numbers_.see(views_[i], layout_.columns[i], row.row);
}

/// The first private cell of a row that is filled, or null.
const Layout::Private* SheetRows::filled_private(std::uint32_t number) const {
  const auto& columns = layout_.private_columns;
  const auto found = std::find_if(columns.begin(), columns.end(), [&](const auto& one) {
    return !is_empty_cell(sheet_.at({number, one.at}));
  });
  return found == columns.end() ? nullptr : &*found;
}

/// A row of people that has a name and nothing that is read: who it is would be missing from a list
/// that is to be whole. Without the code of a unit it may be a signature, and in other sheets a
/// form that is not filled in: then it is told, and no more. False when the row is not refused.
bool SheetRows::refuse_nameless(std::uint32_t number, RowFacts& row) {
  const auto* filled = filled_private(number);
  if (filled == nullptr || is_total()) {
    return false;
  }
  const auto person =
      std::find_if(layout_.columns.begin(), layout_.columns.end(),
                   [](const auto& one) { return one.column->type == ColumnType::person; });
  begin(number, row);
  if (layout_.unit && person != layout_.columns.end() && !is_empty_cell(views_[*layout_.unit]) &&
      read_cell(views_[*layout_.unit], *layout_.columns[*layout_.unit].column, context_)) {
    read_cell_at(*layout_.unit, row);
    take_unit(row);
    for (std::size_t i = 0; i < views_.size(); ++i) {
      const bool is_due =
          layout_.columns[i].kind == person->kind &&
          (layout_.columns[i].column->is_mandatory || person->at == layout_.columns[i].at);
      row.cells[i].state = is_due ? RowCell::State::bad : row.cells[i].state;
    }
    refuse(row, static_cast<std::size_t>(person - layout_.columns.begin()), kValueMissing,
           fmt::format("who this is: the row has \"{}\" alone, which is never read; fill it in or "
                       "delete it",
                       filled->heading));
    return true;
  }
  problems_.add(layout_.sheet, {number, filled->at},
                {.weight = Problem::Weight::note,
                 .code = kPrivateColumn,
                 .sheet = layout_.sheet_name,
                 .heading = filled->heading,
                 .expected = "nothing else of this row is filled in, so that it is not read"});
  return false;
}

/// A row of CSV with more fields than headings: a value holds the sign between fields, such as
/// "1,200", and which values stand in wrong columns cannot be known.
bool SheetRows::refuse_shifted(RowFacts& row) {
  const auto fields = row.row < sheet_.fields.size() ? sheet_.fields[row.row] : 0;
  if (layout_.fields_max == 0 || fields <= layout_.fields_max) {
    return false;
  }
  row.is_refused = true;
  const CellPlace place{row.row, layout_.fields_max};
  problems_.add(
      layout_.sheet, place,
      {.code = kValueBad,
       .sheet = layout_.sheet_name,
       .value = text::shown(shown_value(sheet_.at(place))),
       .expected = fmt::format("at most {} values in the row, one for each heading; these "
                               "are {}: put quotation marks around a value that holds "
                               "the sign between values",
                               layout_.fields_max, fields)});
  return true;
}

/// All units of a file are of one nation: the node's, or that of the first row.
void SheetRows::take_unit(RowFacts& row) {
  if (!layout_.unit) {
    row.is_refused = true;
    return;
  }
  const auto i = *layout_.unit;
  if (row.cells[i].state == RowCell::State::empty) {
    refuse(row, i, kValueMissing, "the code of the unit");
  }
  if (row.cells[i].state != RowCell::State::good) {
    return;
  }
  const auto unit = std::get<model::UnitId>(row.cells[i].value);
  header_.nation = header_.nation.value_or(unit.nation());
  if (unit.nation() != *header_.nation) {
    row.cells[i].state = RowCell::State::bad;
    refuse(row, i, kUnitBad,
           fmt::format("a unit of {}: a file speaks for one nation", header_.nation->view()));
    return;
  }
  row.unit = unit;
}

void SheetRows::take_moment(RowFacts& row) {
  const auto i = layout_.valid_at.value_or(0);
  const auto state = layout_.valid_at ? row.cells[i].state : RowCell::State::empty;
  if (state == RowCell::State::good) {
    row.valid_at = std::get<model::UtcTime>(row.cells[i].value);
  } else if (state == RowCell::State::empty && options_.valid_at) {
    row.valid_at = options_.valid_at;
  } else if (state == RowCell::State::empty && layout_.valid_at) {
    refuse(row, i, kValueMissing,
           "a date; or say for all empty cells when it was true: --valid-at 2026-11-22");
  } else if (state == RowCell::State::empty) {
    row.is_refused = true;  // The missing column is told already.
  }
}

/// What is said of the whole report must be the same in all rows.
void SheetRows::keep_alike(RowFacts& row, std::size_t i, std::optional<CellValue>& said,
                           RowPlace& place) {
  if (row.cells[i].state != RowCell::State::good) {
    header_.is_wrong = header_.is_wrong || row.cells[i].state == RowCell::State::bad;
    return;
  }
  if (!said) {
    said = row.cells[i].value;
    place = {layout_.sheet, row.row};
  } else if (*said != row.cells[i].value) {
    row.cells[i].state = RowCell::State::bad;
    header_.is_wrong = true;
    refuse(row, i, kValueBad,
           fmt::format("the same in all rows; row {} says otherwise", place.row + 1));
  }
}

void SheetRows::take_header(RowFacts& row) {
  for (std::size_t i = 0; i < layout_.columns.size(); ++i) {
    const auto& key = layout_.columns[i].column->key;
    if (layout_.columns[i].kind) {
      continue;
    }
    if (key == "classification") {
      keep_alike(row, i, header_.classification, header_.classified_at);
    } else if (key == "releasable_to") {
      keep_alike(row, i, header_.releasable_to, header_.releasable_at);
    }
  }
}

void SheetRows::begin(std::uint32_t number, RowFacts& row) {
  row.layout = &layout_;
  row.row = number;
  row.unit.reset();
  row.valid_at.reset();
  row.is_refused = false;
  row.cells.assign(layout_.columns.size(), {});
}

bool SheetRows::read(std::uint32_t number, RowFacts& row) {
  views_.clear();
  for (const auto& column : layout_.columns) {
    views_.push_back(sheet_.at({number, column.at}));
  }
  if (!speaks()) {
    return refuse_nameless(number, row);
  }
  if (is_total()) {
    ++totals_;
    return false;
  }
  hidden_rows_ += hidden_.contains(number) ? 1 : 0;
  begin(number, row);
  if (refuse_shifted(row)) {
    for (std::size_t i = 0; i < views_.size(); ++i) {
      // A mandatory one that seems empty is not missed: its value stands elsewhere.
      const bool counts = layout_.columns[i].kind &&
                          (!is_empty_cell(views_[i]) || layout_.columns[i].column->is_mandatory);
      row.cells[i].state = counts ? RowCell::State::bad : RowCell::State::empty;
    }
    return true;
  }
  // The unit first: where no nation is configured, the first unit's is that of all codes behind it.
  if (layout_.unit) {
    read_cell_at(*layout_.unit, row);
  }
  take_unit(row);
  context_.nation = header_.nation;
  for (std::size_t i = 0; i < layout_.columns.size(); ++i) {
    if (i != layout_.unit) {
      read_cell_at(i, row);
    }
  }
  take_moment(row);
  take_header(row);
  return true;
}

void SheetRows::note(std::string_view code, std::string expected) {
  problems_.add(ProblemList::Place{.sheet = layout_.sheet + 1}, {.weight = Problem::Weight::note,
                                                                 .code = code,
                                                                 .sheet = layout_.sheet_name,
                                                                 .expected = std::move(expected)});
}

void SheetRows::add_notes() {
  numbers_.tell(layout_, problems_);
  if (hidden_rows_ > 0) {
    note(kRowsHidden, fmt::format("hidden rows that are read like the others: {}", hidden_rows_));
  }
  if (totals_ > 0) {
    note(kRowTotal, fmt::format("rows of totals, which are not read: {}", totals_));
  }
  if (!merged_.is_complete()) {
    problems_.add(ProblemList::Place{.sheet = layout_.sheet + 1},
                  {.code = kFileBad,
                   .sheet = layout_.sheet_name,
                   .expected = "too many cells are merged: undo the merging"});
  }
}

}  // namespace

RowCounts read_rows(const Workbook& workbook, const std::vector<Layout>& layouts,
                    const ColumnBook& book, const DeskOptions& options, ReportHeader& header,
                    StatementsOfRows& statements, ProblemList& problems,
                    const std::function<void(double)>& progress) {
  std::uint64_t all = 0;
  std::uint64_t done = 0;
  for (const auto& layout : layouts) {
    all += workbook.sheets[layout.sheet].rows();
  }
  RowCounts counts;
  RowFacts row;
  NearWords near_words;
  for (const auto& layout : layouts) {
    const auto& sheet = workbook.sheets[layout.sheet];
    SheetRows rows(sheet, layout, book, options, header, near_words, problems);
    for (auto number = layout.first_row; number < sheet.rows(); ++number) {
      if (progress && ++done % kRowsBetweenProgress == 0) {
        progress(static_cast<double>(done) / static_cast<double>(all));
      }
      if (!rows.read(number, row)) {
        continue;
      }
      ++counts.rows;
      statements.add(row);
      counts.refused += row.is_refused ? 1 : 0;
    }
    rows.add_notes();
  }
  return counts;
}

}  // namespace muster::desk
