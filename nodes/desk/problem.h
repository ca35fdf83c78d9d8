// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "nodes/desk/workbook.h"
#include "schemas/model/finding.h"
#include "schemas/text/report_json.h"

/// What is wrong with a file of a ministry, and where.
namespace muster::desk {

/// Kinds of problems, by the names that scripts see. NUMBER_BAD, DATE_BAD and ENUM_UNKNOWN are
/// those of DOMAIN.md §10; the others are ours.
inline constexpr std::string_view kNumberBad = "NUMBER_BAD";
inline constexpr std::string_view kDateBad = "DATE_BAD";
inline constexpr std::string_view kEnumUnknown = "ENUM_UNKNOWN";
inline constexpr std::string_view kValueMissing = "VALUE_MISSING";  ///< A mandatory cell is empty.
inline constexpr std::string_view kValueBad = "VALUE_BAD";          ///< Any other wrong value.
inline constexpr std::string_view kUnitBad = "UNIT_BAD";    ///< Not a code, or another nation's.
inline constexpr std::string_view kRowTwice = "ROW_TWICE";  ///< Says again what a row above says.
inline constexpr std::string_view kCellMerged = "CELL_MERGED";
inline constexpr std::string_view kCellError = "CELL_ERROR";        ///< "#DIV/0!" and its like.
inline constexpr std::string_view kFormulaEmpty = "FORMULA_EMPTY";  ///< No cached value.
inline constexpr std::string_view kColumnUnknown =
    "COLUMN_UNKNOWN";  ///< A note unless nothing is known.
inline constexpr std::string_view kColumnTwice = "COLUMN_TWICE";
inline constexpr std::string_view kColumnMissing = "COLUMN_MISSING";
inline constexpr std::string_view kSheetHidden = "SHEET_HIDDEN";  ///< A note: it is not read.
inline constexpr std::string_view kSheetUnknown = "SHEET_UNKNOWN";
inline constexpr std::string_view kRowsHidden = "ROWS_HIDDEN";  ///< A note: they are read.
inline constexpr std::string_view kRowTotal = "ROW_TOTAL";      ///< A note: sums are not read.
inline constexpr std::string_view kFileBad = "FILE_BAD";        ///< Nothing in it can be read.
inline constexpr std::string_view kJsonBad = "JSON_BAD";
inline constexpr std::string_view kNumberAsCode =
    "NUMBER_AS_CODE";  ///< A note: a number where digits are a name, such as a service number.
inline constexpr std::string_view kRuleBroken =
    "RULE_BROKEN";  ///< A rule of the bus; `rule` says which.
inline constexpr std::string_view kPrivateColumn =
    "PRIVATE_COLUMN";  ///< A note: never leaves the desk.

struct Problem {
  enum class Weight : std::uint8_t {
    refuse,  ///< Its row, or its file when it has no cell, is not published.
    note,    ///< To be known; hinders nothing.
  };
  Weight weight = Weight::refuse;
  std::string_view code = kValueBad;  ///< One of those above.
  std::string sheet;                  ///< Empty for CSV, JSON and the whole file.
  std::optional<CellPlace> cell;
  std::string heading;   ///< Of the cell's column, as the file has it.
  std::string where;     ///< When there is no cell: "line 12, column 7", "statements[3].present".
  std::string value;     ///< The value met, as a person would write it.
  std::string expected;  ///< What is wanted, in English (nodes/words tells it in another language).
  std::string rule;      ///< "V12" of kRuleBroken, else empty.
  friend bool operator==(const Problem&, const Problem&) = default;
};

/// In English: `Sheet "Summary", D17 (Present): "12OO" is not what is wanted: a whole number from 0
/// to 200000`. Without a cell: `where: found …, expected …`.
std::string describe(const Problem& problem);

/// True when one of them has the weight `refuse`.
bool refuses(const std::vector<Problem>& problems);

/// Of a JSON report.
Problem problem_of(const text::TextProblem& problem);

}  // namespace muster::desk
