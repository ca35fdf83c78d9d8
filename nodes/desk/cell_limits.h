// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "nodes/desk/template_parts.h"

namespace muster::desk {

/// Rows of a column, both inclusive.
struct LimitedCells {
  lxw_row_t first_row = 0, last_row = 0;
  lxw_col_t column = 0;
};

/// Lets the program in which a template is filled in refuse what its reader would refuse: drop-down
/// lists, numbers and days within their limits. Each refusal says what to write. Internal to this
/// folder.
void limit_column(lxw_worksheet* sheet, const LimitedCells& cells, const Column& column,
                  const TemplateParts& parts, const WordLists& lists);

}  // namespace muster::desk
