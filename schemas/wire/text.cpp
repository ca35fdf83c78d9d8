// SPDX-License-Identifier: Apache-2.0
#include "schemas/wire/text.h"

#include <fmt/format.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace muster::wire {
namespace {

constexpr std::size_t kShownBytesMax = 200;

bool is_ascii(const char* eight_bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, eight_bytes, sizeof word);
  return (word & 0x8080808080808080U) == 0;
}

std::size_t ascii_prefix(std::string_view text) {
  std::size_t at = 0;
  while (at + 8 <= text.size() && is_ascii(text.data() + at)) {
    at += 8;
  }
  return at;
}

bool is_printable_char(char c) { return c >= ' ' && c <= '~'; }

}  // namespace

bool is_utf8(std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const std::size_t size = text.size();
  for (std::size_t at = ascii_prefix(text); at < size;) {
    UChar32 point = 0;
    U8_NEXT(bytes, at, size, point);
    if (point < 0) {
      return false;
    }
  }
  return true;
}

bool is_printable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_printable_char);
}

std::string shown(std::string_view text) {
  const bool whole = text.size() <= kShownBytesMax;
  std::string out;
  for (const char c : text.substr(0, kShownBytesMax)) {
    if (is_printable_char(c)) {
      out += c;
    } else {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    }
  }
  return whole ? out : out + "…";
}

}  // namespace muster::wire
