// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "nodes/desk/cell_values.h"

/// Cells that say more than codes. Internal to this folder; pure, any thread, never throws.
namespace muster::desk {

/// "DRIVER-C until 2027-03-01, MEDIC-2", each code once.
tl::expected<CellValue, Misread> read_qualifications(const std::string& text);

/// "patrols a day: 12", a line each. The last colon counts: a name may have one.
tl::expected<CellValue, Misread> read_metrics(const std::string& text);

/// Sealed bytes in base64.
tl::expected<CellValue, Misread> read_sealed(const std::string& text);

}  // namespace muster::desk
