// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/numbers_as_codes.h"

#include <fmt/format.h>

namespace muster::desk {

void NumbersAsCodes::see(const CellView& cell, const LayoutColumn& column, std::uint32_t row) {
  const auto type = column.column->type;
  const bool is_name =
      type == ColumnType::unit || type == ColumnType::code || type == ColumnType::person;
  if (cell.kind == CellKind::number && is_name) {
    auto& seen = seen_.try_emplace(column.at, Seen{.column = &column, .row = row}).first->second;
    ++seen.count;
  }
}

void NumbersAsCodes::tell(const Layout& layout, ProblemList& problems) const {
  for (const auto& [at, seen] : seen_) {
    problems.add(layout.sheet, {seen.row, at},
                 {.weight = Problem::Weight::note,
                  .code = kNumberAsCode,
                  .sheet = layout.sheet_name,
                  .heading = seen.column->heading,
                  .expected = fmt::format("a number, which has no zeros in front: if this code "
                                          "has, format the column as text and type it again "
                                          "(cells of this column with numbers: {})",
                                          seen.count)});
  }
}

}  // namespace muster::desk
