// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "nodes/desk/read_workbook.h"
#include "nodes/desk/workbook.h"
#include "schemas/model/result.h"

/// Where the readers of all formats put what they find.
namespace muster::desk {

/// Fills the sheets of one workbook and keeps count of what they cost, so that a small file that
/// says "a million times the same" is refused before it is unfolded.
/// Errors of each function: malformed, when a limit is exceeded.
class CellSink {
 public:
  /// Both are borrowed.
  CellSink(Workbook& book, const WorkbookLimits& limits) : book_(book), limits_(limits) {}

  /// Cells go into this sheet from now on.
  model::Result<void> open_sheet(std::string name);
  /// The sheet opened last; there is one.
  Sheet& sheet() { return book_.sheets.back(); }

  /// An empty text is no cell.
  model::Result<void> text(CellPlace place, std::string_view text, CellKind kind = CellKind::text);
  model::Result<void> number(CellPlace place, double number, CellKind kind = CellKind::number,
                             NumberLook look = NumberLook::plain);
  /// What stands under a merged range is not seen by anybody: it goes.
  model::Result<void> merge(MergedRange range);
  /// A row that holds a cell is hidden.
  void hide_row(std::uint32_t row);

 private:
  model::Result<void> pay(CellPlace place);
  void clear(const MergedRange& range);

  Workbook& book_;
  const WorkbookLimits& limits_;
  std::uint64_t cells_ = 0, rows_ = 0;  // Places, empty ones among them, of all sheets.
  std::uint64_t cleared_ = 0;           // Merged ranges, and places looked at under them.
  std::uint64_t text_bytes_ = 0;        // Of all cells: a text may be shared by millions.
  std::vector<std::uint32_t> widths_;   // Of the rows of the sheet.
};

/// "Units", A17: how a message names a cell; A17 alone in a sheet without a name.
std::string place_text(const Sheet& sheet, CellPlace place);

/// True for "#DIV/0!" and the like: what a formula gives that cannot be calculated.
bool is_error_text(std::string_view text);

/// Tells a progress from 0 to 1, at most about a hundred times.
class Progress {
 public:
  /// `tell` may be empty; it is borrowed.
  Progress(const std::function<void(double)>& tell, std::uint64_t total);
  void advance(std::uint64_t amount);

 private:
  const std::function<void(double)>& tell_;
  std::uint64_t total_, done_ = 0, told_ = 0;
};

}  // namespace muster::desk
