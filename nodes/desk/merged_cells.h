// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "nodes/desk/layout.h"
#include "nodes/desk/workbook.h"

namespace muster::desk {

/// Which cells of the columns that are read lie in merged ranges.
class MergedCells {
 public:
  /// Looks at ranges below the headings only. Many large ones over each other would cost more than
  /// a sheet has cells: those beyond kCellsMax are not looked at, and is_complete() says so.
  MergedCells(const Sheet& sheet, const Layout& layout);
  static constexpr std::size_t kCellsMax = 2'000'000;

  /// The number of the range in Sheet::merged, or nothing.
  [[nodiscard]] std::optional<std::size_t> range_at(CellPlace place) const;
  [[nodiscard]] bool is_complete() const { return is_complete_; }
  [[nodiscard]] bool empty() const { return cells_.empty(); }

 private:
  std::unordered_map<std::uint64_t, std::size_t> cells_;
  bool is_complete_ = true;
};

}  // namespace muster::desk
