// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

/// What rules V34 and V35 ask of text. The text must be valid UTF-8: the decoder has seen to it.
namespace muster::model {

/// Where a control character stands (byte offset), or nothing. Line feeds may be allowed.
std::optional<std::size_t> find_control(std::string_view text, bool line_feed_allowed);

/// Where a byte order mark (U+FEFF) stands, or nothing.
std::optional<std::size_t> find_byte_order_mark(std::string_view text);

/// True when the text is in Unicode normalisation form C.
bool is_nfc(std::string_view text);

std::size_t count_code_points(std::string_view text);

}  // namespace muster::model
