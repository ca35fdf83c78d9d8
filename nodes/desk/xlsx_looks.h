// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "nodes/desk/workbook.h"
#include "nodes/desk/zip_parts.h"
#include "schemas/model/result.h"

/// How an XLSX shows the numbers of its cells.
namespace muster::desk {

/// By the number of its style (the attribute `s` of a cell); `part` is the styles part, and nothing
/// is known of a file that has none. Errors: malformed.
model::Result<std::vector<NumberLook>> read_number_looks(const ZipParts& parts,
                                                         std::string_view part);

/// What a format code such as "dd.mm.yyyy" or "0.0%" shows. Only its first section counts.
NumberLook look_of_format(std::string_view code);

}  // namespace muster::desk
