// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "nodes/desk/cell_sink.h"
#include "nodes/desk/zip_parts.h"

/// Workbooks of LibreOffice and OpenOffice, and what other programs write in their format.
namespace muster::desk {

/// Puts the sheets of `parts` into `sink`. Errors: malformed (read_workbook.h), also for a file
/// that is protected by a password.
model::Result<void> read_ods(const ZipParts& parts, CellSink& sink,
                             const std::function<void(double)>& progress);

}  // namespace muster::desk
