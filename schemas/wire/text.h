// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace muster::wire {

/// True when `text` is well-formed UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text);

/// True when `text` has nothing but printable ASCII, as every key has.
bool is_printable(std::string_view text);

/// `text` fit for a message: what is not printable is shown as \xNN, and what is long is cut.
std::string shown(std::string_view text);

}  // namespace muster::wire
