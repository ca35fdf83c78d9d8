// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

/// Looks for people in free text (V33). It cannot know a name from a word, so it looks for the
/// forms in which forms and letters write them; what it finds is shown as a place, never as text.
namespace muster::core {

enum class IdentityKind : std::uint8_t {
  name,    ///< Initials beside a capitalised word: "Ivanov I.I.", "И. И. Иванов".
  number,  ///< Six digits or more in a row.
  token,   ///< Letters and digits, seven or more with three digits: "AB1234567".
};
/// "a name with initials".
std::string_view to_text(IdentityKind kind);

/// Bytes `begin` up to but not including `end`.
struct IdentitySpan {
  IdentityKind kind = IdentityKind::name;
  std::size_t begin = 0, end = 0;
  friend bool operator==(const IdentitySpan&, const IdentitySpan&) = default;
};

/// All places, in their order. Latin, Cyrillic and Armenian letters. Total: any bytes may come.
std::vector<IdentitySpan> find_identities(std::string_view text);

}  // namespace muster::core
