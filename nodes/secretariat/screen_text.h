// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Text for a screen that has so many places and no more.
namespace muster::secretariat {

/// How many places of a screen the text takes; a colour takes none.
std::size_t places(std::string_view text);

/// As much of one line as fits, with "…" where something is left out. A colour that is begun is
/// ended.
std::string cut(std::string_view line, std::size_t places_max);

/// Without anything that would do something to a terminal: such characters become spaces, bytes
/// that are not UTF-8 become "?".
std::string harmless(std::string_view text);

}  // namespace muster::secretariat
