// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "nodes/desk/cell_sink.h"
#include "nodes/desk/zip_parts.h"

/// Workbooks of Excel, and what other programs write in its format.
namespace muster::desk {

/// Puts the sheets of `parts` into `sink`. Errors: malformed (read_workbook.h).
model::Result<void> read_xlsx(const ZipParts& parts, CellSink& sink,
                              const std::function<void(double)>& progress);

}  // namespace muster::desk
