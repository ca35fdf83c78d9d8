// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "schemas/model/ids.h"

/// Handles, codes and figures of foreign files. Pure; any thread. Not for other folders.
namespace muster::desk {

using Uuid = std::array<std::uint8_t, 16>;

/// Without white space, line ends, no-break spaces and byte order marks at either end.
std::string trimmed(std::string_view text);
/// The canonical text of 36 characters, in either case; nothing for another, as "…-zzzz".
std::optional<Uuid> parse_uuid(std::string_view text);
std::string to_text(const Uuid& uuid);
bool is_zero(const Uuid& uuid);

/// A UUID made of a name, the same each time: the first 16 bytes of the SHA-256 of the domain, a
/// line feed and the name, with version 8 (RFC 9562, of our own making) and its variant.
Uuid derived_uuid(std::string_view domain, std::string_view name);
/// `size` capital hexadecimal digits of the SHA-256 of a text.
std::string short_hash(std::string_view text, std::size_t size);

/// What of a name may stand in a code: Latin capitals and digits, Cyrillic in Latin letters, a dash
/// for everything else; at most `size` characters. May be empty.
std::string code_of_name(std::string_view name, std::size_t size);

/// A count: "12", or "12.0" as NETN writes it. Nothing for "n/a", "~120", "1 200", 12.5 and -1.
std::optional<std::uint32_t> parse_count(std::string_view text);
/// A finite number in C notation, white space around it allowed.
std::optional<double> parse_number(std::string_view text);

/// `text` fit for a finding: at most some 200 bytes on one line.
std::string for_finding(std::string_view text);

}  // namespace muster::desk
