// SPDX-License-Identifier: Apache-2.0
#include "broker/core/identity_scan.h"

#include <algorithm>

namespace muster::core {
namespace {

enum class Letter : std::uint8_t { none, upper, lower, digit };

bool is_between(char32_t c, char32_t first, char32_t last) { return first <= c && c <= last; }

/// Letters of the Latin alphabet with marks: capitals and small letters take turns, but for two
/// stretches in which the capitals are the odd ones.
Letter latin(char32_t c) {
  if (is_between(c, 0xc0, 0xde) && c != 0xd7) {
    return Letter::upper;
  }
  if (is_between(c, 0xdf, 0xff) && c != 0xf7) {
    return Letter::lower;
  }
  const bool odd_is_upper = is_between(c, 0x139, 0x148) || is_between(c, 0x179, 0x17e);
  return (c % 2 == 1) == odd_is_upper ? Letter::upper : Letter::lower;
}

Letter cyrillic(char32_t c) {
  if (c < 0x430) {
    return Letter::upper;
  }
  if (c < 0x460 || c == 0x4cf) {
    return Letter::lower;
  }
  const bool odd_is_upper = is_between(c, 0x4c1, 0x4ce);
  return c == 0x4c0 || (c % 2 == 1) == odd_is_upper ? Letter::upper : Letter::lower;
}

Letter letter_of(char32_t c) {
  if (is_between(c, '0', '9')) {
    return Letter::digit;
  }
  if (is_between(c, 'A', 'Z') || is_between(c, 0x531, 0x556)) {
    return Letter::upper;
  }
  if (is_between(c, 'a', 'z') || is_between(c, 0x561, 0x587)) {
    return Letter::lower;
  }
  if (is_between(c, 0xc0, 0x17e) && c != 0xd7 && c != 0xf7) {
    return latin(c);
  }
  return is_between(c, 0x400, 0x52f) ? cyrillic(c) : Letter::none;
}

/// A code point and its length. Bytes that are no UTF-8 are taken one by one.
struct Point {
  char32_t code = 0;
  std::size_t size = 1;
};

Point point_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto first = byte(at);
  const std::size_t size = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (size == 1 || at + size > text.size()) {
    return {first < 0x80 ? first : U'\0', 1};
  }
  auto code = static_cast<char32_t>(first & (0xffU >> (size + 1)));
  for (std::size_t i = 1; i < size; ++i) {
    code = code << 6U | (byte(at + i) & 0x3fU);
  }
  return {code, size};
}

/// A run of letters and digits, with what follows it at once.
struct Token {
  std::size_t begin = 0, end = 0;
  std::size_t characters = 0, digits = 0, longest_run = 0, lower = 0;
  bool starts_upper = false;
  bool has_dot = false;         ///< A full stop stands behind it.
  bool is_beside_next = false;  ///< Only spaces, or the full stop and spaces, up to the next token.

  [[nodiscard]] bool is_initial() const { return characters == 1 && starts_upper && has_dot; }
  [[nodiscard]] bool is_name() const { return starts_upper && lower > 0 && digits == 0; }
};

void add(Token& token, Letter letter, std::size_t& run) {
  token.starts_upper = token.characters == 0 ? letter == Letter::upper : token.starts_upper;
  ++token.characters;
  token.lower += letter == Letter::lower ? 1 : 0;
  run = letter == Letter::digit ? run + 1 : 0;
  token.digits += letter == Letter::digit ? 1 : 0;
  token.longest_run = std::max(token.longest_run, run);
}

/// What stands between a token and the next.
void read_gap(Token& token, std::string_view gap) {
  token.has_dot = !gap.empty() && gap.front() == '.';
  const auto rest = token.has_dot ? gap.substr(1) : gap;
  token.is_beside_next = std::all_of(rest.begin(), rest.end(), [](char c) { return c == ' '; }) &&
                         (token.has_dot || !rest.empty());
}

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  bool is_inside = false;
  std::size_t run = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto point = point_at(text, at);
    const auto letter = letter_of(point.code);
    if (letter == Letter::none) {
      is_inside = false;
    } else {
      if (!is_inside) {
        tokens.push_back({.begin = at});
        run = 0;
      }
      is_inside = true;
      add(tokens.back(), letter, run);
      tokens.back().end = at + point.size;
    }
    at += point.size;
  }
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto next = i + 1 < tokens.size() ? tokens[i + 1].begin : text.size();
    read_gap(tokens[i], text.substr(tokens[i].end, next - tokens[i].end));
    tokens[i].is_beside_next = tokens[i].is_beside_next && i + 1 < tokens.size();
  }
  return tokens;
}

/// How many tokens from `first` on are initials beside each other.
std::size_t initials_from(const std::vector<Token>& tokens, std::size_t first) {
  std::size_t count = 0;
  while (first + count < tokens.size() && tokens[first + count].is_initial() &&
         (count == 0 || tokens[first + count - 1].is_beside_next)) {
    ++count;
  }
  return count;
}

/// Is token `i` a name that stands beside the one before it?
bool is_name_beside(const std::vector<Token>& tokens, std::size_t i) {
  return i < tokens.size() && tokens[i - 1].is_beside_next && tokens[i].is_name();
}

/// How many initials follow the name `tokens[name]`.
std::size_t initials_after(const std::vector<Token>& tokens, std::size_t name) {
  const bool goes_on = tokens[name].is_beside_next && !tokens[name].has_dot;
  return goes_on ? initials_from(tokens, name + 1) : 0;
}

/// How many tokens from `first` on are a name with its initials, in either order; 0 when none are.
std::size_t name_from(const std::vector<Token>& tokens, std::size_t first) {
  const bool begins_with_name = tokens[first].is_name();
  const auto initials =
      begins_with_name ? initials_after(tokens, first) : initials_from(tokens, first);
  if (initials == 0) {
    return 0;
  }
  const auto next = first + initials + (begins_with_name ? 1 : 0);
  // "Ask I. I. Ivanov": the first word may be any, so the name behind the initials is taken along,
  // unless it has initials of its own.
  const bool takes_next =
      is_name_beside(tokens, next) && (!begins_with_name || initials_after(tokens, next) == 0);
  if (!begins_with_name && !takes_next) {
    return 0;
  }
  return next - first + (takes_next ? 1 : 0);
}

}  // namespace

std::string_view to_text(IdentityKind kind) {
  switch (kind) {
    case IdentityKind::name:
      return "a name with initials";
    case IdentityKind::number:
      return "a number of six digits or more";
    case IdentityKind::token:
      return "a number with letters, as of a passport";
  }
  return "an identity";
}

std::vector<IdentitySpan> find_identities(std::string_view text) {
  constexpr std::size_t kDigitsMin = 6;
  constexpr std::size_t kTokenMin = 7;
  constexpr std::size_t kTokenDigitsMin = 3;
  const auto tokens = tokens_of(text);
  std::vector<IdentitySpan> found;
  for (std::size_t i = 0; i < tokens.size();) {
    const auto& token = tokens[i];
    if (const auto parts = name_from(tokens, i); parts > 0) {
      const auto& last = tokens[i + parts - 1];
      found.push_back({IdentityKind::name, token.begin, last.end + (last.is_initial() ? 1 : 0)});
      i += parts;
      continue;
    }
    if (token.digits == token.characters && token.digits >= kDigitsMin) {
      found.push_back({IdentityKind::number, token.begin, token.end});
    } else if (token.digits < token.characters &&
               (token.longest_run >= kDigitsMin ||
                (token.characters >= kTokenMin && token.digits >= kTokenDigitsMin))) {
      found.push_back({IdentityKind::token, token.begin, token.end});
    }
    ++i;
  }
  return found;
}

}  // namespace muster::core
