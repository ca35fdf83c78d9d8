// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "nodes/desk/columns.h"
#include "nodes/desk/problem.h"
#include "nodes/desk/xlsx_file.h"
#include "nodes/words/words.h"

/// The sheets of a marked copy. Internal to this folder.
namespace muster::desk {

inline constexpr std::uint32_t kSheetRowsMax = LXW_ROW_MAX;
inline constexpr std::uint32_t kSheetColumnsMax = LXW_COL_MAX;

/// What is said at one cell.
struct Mark {
  bool refuses = false;  ///< Else it is a note.
  std::string comment;
};
struct SheetCopy {
  const Sheet* source = nullptr;
  std::string name;
  lxw_worksheet* target = nullptr;
  bool keeps_merges = true;         ///< A big workbook is written downwards: merging looks back.
  std::map<CellPlace, Mark> marks;  ///< In the order in which cells are written.
};

/// How cells look: by what they hold, and whether something is wrong with them.
class MarkedFormats {
 public:
  enum class Kind : std::uint8_t { plain, day, moment, heading };
  MarkedFormats(lxw_workbook* book, words::Language language);
  [[nodiscard]] lxw_format* of(Kind kind, const Mark* mark) const;

 private:
  std::array<std::array<lxw_format*, 3>, 4> formats_{};  // [kind][unmarked, note, refused]
};

/// Writes each cell with its value and its type, row by row, and its mark.
void copy_sheet(const SheetCopy& copy, const ColumnBook& columns, const MarkedFormats& formats);

/// A line of the list of problems.
struct ListedProblem {
  const Problem* problem = nullptr;
  std::string target_sheet;  ///< Of the marked cell; empty when none is marked.
};
/// Adds the last sheet. `all` counts those too that are not listed.
void write_problem_list(XlsxFile& file, const std::vector<ListedProblem>& listed, std::size_t all,
                        words::Language language);

}  // namespace muster::desk
