// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schemas/model/bytes.h"

namespace muster::text {

/// Base64 of RFC 4648 §4: the alphabet with '+' and '/', filled up with '=' to groups of four,
/// without line ends.
std::string to_base64(model::ByteView bytes);

/// Reads that form and no other: the same bytes have one text only. Nothing when there is a
/// character outside the alphabet, white space, a length that is no multiple of four, '=' in
/// another place than the end, or a bit set that belongs to no byte.
std::optional<model::Bytes> from_base64(std::string_view text);

}  // namespace muster::text
