// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/cell_text.h"

#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/utf8.h>

#include <cstdint>

#include "schemas/model/text.h"

namespace muster::desk {
namespace {

/// Calls `visit` with each code point; a byte that is no UTF-8 comes as U+FFFD.
template <typename Visit>
void for_each_code_point(std::string_view text, Visit visit) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < size;) {
    UChar32 point = 0;
    U8_NEXT_OR_FFFD(bytes, at, size, point);
    visit(static_cast<char32_t>(point));
  }
}

void append(std::string& text, char32_t point) {
  std::uint8_t bytes[U8_MAX_LENGTH];
  std::int32_t length = 0;
  U8_APPEND_UNSAFE(bytes, length, static_cast<UChar32>(point));
  text.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
}

bool is_space(char32_t point) {
  return point == ' ' || (point >= '\t' && point <= '\r') || point == 0xa0 || point == 0x1680 ||
         (point >= 0x2000 && point <= 0x200b) || point == 0x2028 || point == 0x2029 ||
         point == 0x202f || point == 0x205f || point == 0x3000 || point == 0xfeff;
}

bool is_dash(char32_t point) {
  return point == '-' || (point >= 0x2010 && point <= 0x2015) || point == 0x2212;
}

bool is_quote(char32_t point) {
  return point == '"' || point == '\'' || point == 0xab || point == 0xbb ||
         (point >= 0x2018 && point <= 0x201e);
}

/// Lower case of Latin and Cyrillic, which is what headings and service numbers are written in.
char32_t lowered(char32_t point) {
  if (point >= 'A' && point <= 'Z') {
    return point + 32;
  }
  if (point >= 0x410 && point <= 0x42f) {
    return point + 32;
  }
  if (point >= 0x400 && point <= 0x40f) {
    return point + 80;
  }
  const bool is_paired = (point >= 0x460 && point <= 0x481) || (point >= 0x48a && point <= 0x4bf) ||
                         (point >= 0x4d0 && point <= 0x52f);
  return is_paired ? point | 1U : point;
}

/// Lower case, and «ё» is «е».
char32_t folded(char32_t point) {
  const auto lower = lowered(point);
  return lower == 0x451 ? char32_t{0x435} : lower;
}

std::string composed(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* normalizer = icu::Normalizer2::getNFCInstance(status);
  std::string out;
  if (U_FAILURE(status) != 0) {
    return std::string(text);
  }
  icu::StringByteSink<std::string> sink(&out);
  normalizer->normalizeUTF8(0,
                            icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())),
                            sink, nullptr, status);
  return U_FAILURE(status) != 0 ? std::string(text) : out;
}

}  // namespace

Bracketed split_brackets(std::string_view heading) {
  const auto last = heading.find_last_not_of(" \t\r\n*:.");
  const auto open = last == std::string_view::npos || heading[last] != ')'
                        ? std::string_view::npos
                        : heading.rfind('(', last);
  if (open == std::string_view::npos || open == 0) {
    return {.before = heading, .inside = {}};
  }
  return {.before = heading.substr(0, open), .inside = heading.substr(open + 1, last - open - 1)};
}

std::string heading_key(std::string_view heading) {
  const auto text = composed(heading);
  std::string key;
  for_each_code_point(text, [&](char32_t point) {
    const bool matters = !is_space(point) && !is_dash(point) && !is_quote(point) && point != '.' &&
                         point != ',' && point != '_' && point != ':' && point != '*' &&
                         point != 0xad && point != 0x2116;
    if (matters) {
      append(key, folded(point));
    }
  });
  return key;
}

std::string word_key(std::string_view word) {
  std::string key;
  for_each_code_point(word, [&](char32_t point) {
    if (is_dash(point)) {
      key += '-';
    } else if (!is_space(point) && !is_quote(point) && point != '.' && point != '_') {
      append(key, folded(point));
    }
  });
  return key;
}

std::string service_number_key(std::string_view number) {
  std::string key;
  for_each_code_point(composed(number), [&](char32_t point) {
    if (!is_space(point)) {
      append(key, lowered(point));
    }
  });
  return key;
}

std::string cleaned(std::string_view text) {
  std::string out;
  bool space_is_due = false;
  bool is_ascii = true;
  for_each_code_point(text, [&](char32_t point) {
    if (is_space(point)) {
      space_is_due = !out.empty();
      return;
    }
    if (space_is_due) {
      out += ' ';
      space_is_due = false;
    }
    is_ascii = is_ascii && point < 0x80;
    append(out, point);
  });
  return is_ascii || model::is_nfc(out) ? out : composed(out);
}

bool is_blank(std::string_view text) {
  bool is_blank = true;
  for_each_code_point(text, [&](char32_t point) { is_blank = is_blank && is_space(point); });
  return is_blank;
}

}  // namespace muster::desk
