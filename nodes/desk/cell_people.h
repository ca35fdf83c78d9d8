// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "nodes/desk/cell_values.h"

/// Cells that say who somebody is. Internal to this folder; pure, any thread, never throws.
namespace muster::desk {

inline constexpr std::string_view kDigitsLost =
    "digits as text: format the column as text and type it again";

/// A person_ref or a UUID. `text` is nothing where a spreadsheet program has lost digits.
tl::expected<CellValue, Misread> read_person(const std::optional<std::string>& text);

/// A service number, which becomes a person_ref under `person_key`; without one it cannot be read.
tl::expected<CellValue, Misread> read_service_number(const std::optional<std::string>& number,
                                                     model::ByteView person_key);

}  // namespace muster::desk
