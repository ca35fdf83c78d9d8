// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string_view>

#include "nodes/desk/cell_sink.h"

/// Rows of text.
namespace muster::desk {

/// Puts the rows of `content` into a sheet without a name. Whatever stands in a cell is a text.
/// Errors: malformed (read_workbook.h).
model::Result<void> read_csv(std::string_view content, const WorkbookLimits& limits, CellSink& sink,
                             const std::function<void(double)>& progress);

}  // namespace muster::desk
