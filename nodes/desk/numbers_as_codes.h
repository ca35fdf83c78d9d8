// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>

#include "nodes/desk/layout.h"
#include "nodes/desk/problem_list.h"
#include "nodes/desk/workbook.h"

namespace muster::desk {

/// A spreadsheet program that takes a service number for a number has dropped the zeros in front of
/// it, and nobody sees that they are gone. Told once a column, at its first number.
class NumbersAsCodes {
 public:
  /// Looks at a cell that was read.
  void see(const CellView& cell, const LayoutColumn& column, std::uint32_t row);
  void tell(const Layout& layout, ProblemList& problems) const;

 private:
  struct Seen {
    const LayoutColumn* column = nullptr;
    std::uint32_t row = 0;  ///< Of the first.
    std::uint32_t count = 0;
  };
  std::map<std::uint32_t, Seen> seen_;  // By the column's place in the sheet.
};

}  // namespace muster::desk
