// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/merged_cells.h"

#include <algorithm>

namespace muster::desk {
namespace {

std::uint64_t key_of(CellPlace place) { return (std::uint64_t{place.row} << 32U) | place.column; }

}  // namespace

MergedCells::MergedCells(const Sheet& sheet, const Layout& layout) {
  std::size_t looked_at = 0;
  for (std::size_t number = 0; number < sheet.merged.size(); ++number) {
    const auto& range = sheet.merged[number];
    const auto first = std::max(range.first.row, layout.first_row);
    const auto behind = std::min(range.last.row, sheet.rows() == 0 ? 0 : sheet.rows() - 1) + 1;
    for (const auto& column : layout.columns) {
      if (column.at < range.first.column || column.at > range.last.column) {
        continue;
      }
      for (auto row = first; row < behind; ++row) {
        if (++looked_at > kCellsMax) {
          is_complete_ = false;
          return;
        }
        cells_.emplace(key_of({row, column.at}), number);
      }
    }
  }
}

std::optional<std::size_t> MergedCells::range_at(CellPlace place) const {
  const auto found = cells_.find(key_of(place));
  return found == cells_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace muster::desk
