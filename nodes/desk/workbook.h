// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// A workbook as plain values: what a ministry's file holds, whatever program wrote it. A text file
/// of rows (CSV) is a workbook of one sheet. Pure values, no I/O; any thread, one at a time.
namespace muster::desk {

/// A place in a sheet, counted from 0.
struct CellPlace {
  std::uint32_t row = 0, column = 0;
  friend auto operator<=>(const CellPlace&, const CellPlace&) = default;
};
/// "A1" for {0, 0}, "D17" for {16, 3}, "AA1" for {0, 26}: how spreadsheet programs name a cell.
std::string cell_name(CellPlace place);

enum class CellKind : std::uint8_t {
  empty,
  text,
  number,  ///< Dates of XLSX too: a serial number, whose meaning its reader knows.
  boolean,
  date_time,  ///< Of ODS: `text` is "2026-11-22" or "2026-11-22T06:30:00".
  error,      ///< "#DIV/0!" and its like; `text` says which.
  formula,    ///< A formula without a cached value; `text` is the formula, if it is known.
};

/// How a number is shown: the day that a program made of "12.5", and 100 %, which is kept as 1, are
/// not the numbers that their author reads.
enum class NumberLook : std::uint8_t { plain, moment, percent };

/// What one cell holds, seen in place.
struct CellView {
  CellKind kind = CellKind::empty;
  std::string_view text;  ///< As it was written, for a text; empty for a number of XLSX and ODS.
  double number = 0;      ///< Of a number or a boolean (0 or 1).
  NumberLook look = NumberLook::plain;  ///< Of a number.
  [[nodiscard]] bool is_empty() const { return kind == CellKind::empty; }
};
/// The value as a person would write it: "12", "12.5", "TRUE", the text itself.
std::string shown_value(const CellView& cell);

/// The upper left cell holds the value, the others of the range are empty.
struct MergedRange {
  CellPlace first, last;  ///< Both inclusive.
};

/// Texts, each kept once, by number.
class Texts {
 public:
  Texts() = default;
  Texts(const Texts& other);                // Whose index looks into its own texts.
  Texts(Texts&& other) noexcept = default;  // So that a list of sheets that grows moves them.
  Texts& operator=(const Texts& other) { return *this = Texts(other); }
  Texts& operator=(Texts&& other) noexcept = default;
  ~Texts() = default;

  /// The same number for the same text.
  std::uint32_t number_of(std::string_view text);
  [[nodiscard]] std::string_view at(std::uint32_t number) const { return texts_[number]; }

 private:
  std::deque<std::string> texts_;  // Addresses stay.
  std::unordered_map<std::string_view, std::uint32_t> index_;
};

/// A sheet of cells. Takes 16 bytes a cell, and each different text once.
class Sheet {
 public:
  explicit Sheet(std::string name) : name_(std::move(name)) {}

  [[nodiscard]] const std::string& name() const { return name_; }
  /// Rows up to the last that holds a cell; columns likewise.
  [[nodiscard]] std::uint32_t rows() const { return static_cast<std::uint32_t>(lines_.size()); }
  [[nodiscard]] std::uint32_t columns() const { return columns_; }
  /// Empty beyond the sheet.
  [[nodiscard]] CellView at(CellPlace place) const;

  void set_text(CellPlace place, std::string_view text, CellKind kind = CellKind::text);
  void set_number(CellPlace place, double number, CellKind kind = CellKind::number,
                  NumberLook look = NumberLook::plain);

  bool is_hidden = false;
  /// Dates of this workbook count from 1904-01-01, as old Macintosh files do, else 1899-12-30.
  bool counts_from_1904 = false;
  std::vector<MergedRange> merged;
  std::vector<std::uint32_t> hidden_rows;  ///< Filtered out or hidden by hand.
  std::vector<std::uint32_t> fields;       ///< Of CSV: how many each row has, empty ones too.

 private:
  struct Cell {
    CellKind kind = CellKind::empty;
    NumberLook look = NumberLook::plain;
    std::uint32_t text = 0;
    double number = 0;
  };
  Cell& cell(CellPlace place);

  std::string name_;
  std::uint32_t columns_ = 0;
  std::vector<std::vector<Cell>> lines_;
  Texts texts_;
};

enum class FileKind : std::uint8_t { json, xlsx, ods, csv };
/// By the end of the name, whatever its case: ".xlsx", ".xlsm" (macros are never run), ".ods",
/// ".csv", ".tsv", ".txt", ".json". Nothing for others, ".xls" among them.
std::optional<FileKind> file_kind_of(std::string_view file_name);

struct Workbook {
  FileKind kind = FileKind::csv;
  std::vector<Sheet> sheets;  ///< In their order; hidden ones too.
};

}  // namespace muster::desk
