// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/screen_text.h"

#include <algorithm>
#include <cwchar>

namespace muster::secretariat {
namespace {

constexpr std::string_view kEnd = "\033[0m";

/// One character, or one colour.
struct Piece {
  std::string_view bytes;
  std::size_t places = 0;
  bool is_colour = false;
};

Piece next_piece(std::string_view text) {
  if (text.front() == '\033') {
    const auto end = std::min(text.find('m'), text.size() - 1);
    return {.bytes = text.substr(0, end + 1), .places = 0, .is_colour = true};
  }
  wchar_t character = 0;
  std::mbstate_t state{};
  const auto length = std::mbrtowc(&character, text.data(), text.size(), &state);
  if (length == 0 || length > text.size()) {  // Not a character: a byte that takes a place.
    return {.bytes = text.substr(0, 1), .places = 1};
  }
  return {.bytes = text.substr(0, length),
          .places = static_cast<std::size_t>(std::max(::wcwidth(character), 0))};
}

}  // namespace

std::size_t places(std::string_view text) {
  std::size_t sum = 0;
  while (!text.empty()) {
    const auto piece = next_piece(text);
    sum += piece.places;
    text.remove_prefix(piece.bytes.size());
  }
  return sum;
}

std::string cut(std::string_view line, std::size_t places_max) {
  if (places(line) <= places_max) {
    return std::string(line);
  }
  std::string made;
  std::size_t taken = 1;  // The "…".
  bool is_coloured = false;
  while (!line.empty()) {
    const auto piece = next_piece(line);
    if (taken + piece.places > places_max) {
      break;
    }
    made += piece.bytes;
    taken += piece.places;
    is_coloured = is_coloured || piece.is_colour;
    line.remove_prefix(piece.bytes.size());
  }
  return made + (places_max > 0 ? "…" : "") + (is_coloured ? std::string(kEnd) : "");
}

std::string harmless(std::string_view text) {
  std::string made;
  while (!text.empty()) {
    const auto first = static_cast<unsigned char>(text.front());
    if (first < 0x20 || first == 0x7f) {
      made += ' ';
      text.remove_prefix(1);
      continue;
    }
    wchar_t character = 0;
    std::mbstate_t state{};
    const auto length = std::mbrtowc(&character, text.data(), text.size(), &state);
    if (length == 0 || length > text.size()) {
      made += '?';
      text.remove_prefix(1);
      continue;
    }
    made += ::wcwidth(character) < 0 ? std::string_view(" ") : text.substr(0, length);
    text.remove_prefix(length);
  }
  return made;
}

}  // namespace muster::secretariat
