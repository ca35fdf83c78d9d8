// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/orbat_text.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "schemas/trust/hash.h"

namespace muster::desk {
namespace {

constexpr std::array<std::string_view, 3> kUnseen{"\xef\xbb\xbf", "\xc2\xa0", "\xe2\x80\x8b"};

/// Bytes of white space, or of a character that nobody sees, at the beginning or end of a text.
std::size_t blank_in_front(std::string_view text) {
  constexpr std::string_view kSpaces = " \t\r\n\f\v";
  if (!text.empty() && kSpaces.find(text.front()) != std::string_view::npos) {
    return 1;
  }
  for (const auto unseen : kUnseen) {
    if (text.starts_with(unseen)) {
      return unseen.size();
    }
  }
  return 0;
}
std::size_t blank_behind(std::string_view text) {
  constexpr std::string_view kSpaces = " \t\r\n\f\v";
  if (!text.empty() && kSpaces.find(text.back()) != std::string_view::npos) {
    return 1;
  }
  for (const auto unseen : kUnseen) {
    if (text.ends_with(unseen)) {
      return unseen.size();
    }
  }
  return 0;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  const char small = static_cast<char>(c | 0x20);
  return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

model::ByteView bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// From U+0430 on; the capitals stand 32 before. Kazakh, Belarusian, Kyrgyz and Tajik letters below.
constexpr std::array<std::string_view, 32> kCyrillic{
    "A", "B", "V", "G", "D", "E",  "ZH", "Z",  "I",  "Y",    "K", "L", "M", "N", "O",  "P",
    "R", "S", "T", "U", "F", "KH", "TS", "CH", "SH", "SHCH", "",  "Y", "",  "E", "YU", "YA"};
struct Letter {
  std::uint32_t point;
  std::string_view latin;
};
constexpr std::array kFurther{
    Letter{0x401, "E"}, Letter{0x451, "E"}, Letter{0x406, "I"}, Letter{0x456, "I"},
    Letter{0x40e, "U"}, Letter{0x45e, "U"}, Letter{0x4d8, "A"}, Letter{0x4d9, "A"},
    Letter{0x492, "G"}, Letter{0x493, "G"}, Letter{0x49a, "Q"}, Letter{0x49b, "Q"},
    Letter{0x4a2, "N"}, Letter{0x4a3, "N"}, Letter{0x4e8, "O"}, Letter{0x4e9, "O"},
    Letter{0x4b0, "U"}, Letter{0x4b1, "U"}, Letter{0x4ae, "U"}, Letter{0x4af, "U"},
    Letter{0x4ba, "H"}, Letter{0x4bb, "H"}, Letter{0x4b2, "H"}, Letter{0x4b3, "H"},
    Letter{0x4b6, "J"}, Letter{0x4b7, "J"}, Letter{0x4e2, "I"}, Letter{0x4e3, "I"},
    Letter{0x4ee, "U"}, Letter{0x4ef, "U"}};

std::string_view latin_of(std::uint32_t point) {
  constexpr std::uint32_t kFirstCapital = 0x410;
  constexpr std::uint32_t kFirstSmall = 0x430;
  if (point >= kFirstCapital && point < kFirstSmall + kCyrillic.size()) {
    return kCyrillic[(point - kFirstCapital) % kCyrillic.size()];
  }
  for (const auto& letter : kFurther) {
    if (letter.point == point) {
      return letter.latin;
    }
  }
  return "-";
}

}  // namespace

std::string trimmed(std::string_view text) {
  while (const auto blank = blank_in_front(text)) {
    text.remove_prefix(blank);
  }
  while (const auto blank = blank_behind(text)) {
    text.remove_suffix(blank);
  }
  return std::string(text);
}

std::optional<Uuid> parse_uuid(std::string_view text) {
  constexpr std::size_t kSize = 36;
  Uuid uuid{};
  if (text.size() != kSize) {
    return std::nullopt;
  }
  std::size_t digits = 0;
  for (std::size_t i = 0; i < kSize; ++i) {
    if (i == 8 || i == 13 || i == 18 || i == 23) {
      if (text[i] != '-') {
        return std::nullopt;
      }
      continue;
    }
    const int value = hex_value(text[i]);
    if (value < 0) {
      return std::nullopt;
    }
    uuid[digits / 2] = static_cast<std::uint8_t>((uuid[digits / 2] << 4) | value);
    ++digits;
  }
  return uuid;
}

std::string to_text(const Uuid& uuid) {
  std::string text;
  for (std::size_t i = 0; i < uuid.size(); ++i) {
    text += i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "";
    text += fmt::format("{:02x}", uuid[i]);
  }
  return text;
}

bool is_zero(const Uuid& uuid) { return uuid == Uuid{}; }

Uuid derived_uuid(std::string_view domain, std::string_view name) {
  const auto hash = trust::sha256({bytes_of(domain), bytes_of("\n"), bytes_of(name)});
  Uuid uuid{};
  std::copy_n(hash.begin(), uuid.size(), uuid.begin());
  uuid[6] = static_cast<std::uint8_t>((uuid[6] & 0x0fU) | 0x80U);
  uuid[8] = static_cast<std::uint8_t>((uuid[8] & 0x3fU) | 0x80U);
  return uuid;
}

std::string short_hash(std::string_view text, std::size_t size) {
  const auto hash = trust::sha256(bytes_of(text));
  std::string digits;
  for (std::size_t i = 0; digits.size() < size && i < hash.size(); ++i) {
    digits += fmt::format("{:02X}", hash[i]);
  }
  digits.resize(std::min(size, digits.size()));
  return digits;
}

std::string code_of_name(std::string_view name, std::size_t size) {
  std::string code;
  const auto add = [&](std::string_view latin) {
    if (latin != "-" || (!code.empty() && code.back() != '-')) {
      code += latin;
    }
  };
  for (std::size_t at = 0; at < name.size() && code.size() < size;) {
    const auto lead = static_cast<unsigned char>(name[at]);
    if (lead < 0x80) {
      const char c = name[at++];
      const bool is_small = c >= 'a' && c <= 'z';
      const bool is_plain =
          (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_';
      const char shown = is_small ? static_cast<char>(c - 'a' + 'A') : is_plain ? c : '-';
      add(std::string_view(&shown, 1));
    } else if (lead >= 0xc2 && lead < 0xe0 && at + 1 < name.size()) {
      const auto next = static_cast<unsigned char>(name[at + 1]);
      add(latin_of(((lead & 0x1fU) << 6U) | (next & 0x3fU)));
      at += 2;
    } else {
      add("-");
      ++at;
    }
  }
  code.resize(std::min(code.size(), size));
  code.erase(code.find_last_not_of('-') + 1);
  return code;
}

std::optional<std::uint32_t> parse_count(std::string_view text) {
  const auto whole = trimmed(text);
  std::uint32_t count = 0;
  const auto* const end = whole.data() + whole.size();
  const auto read = std::from_chars(whole.data(), end, count);
  if (whole.empty() || read.ec != std::errc{}) {
    return std::nullopt;
  }
  const std::string_view rest(read.ptr, static_cast<std::size_t>(end - read.ptr));
  const bool is_whole = rest.empty() || (rest.size() > 1 && rest[0] == '.' &&
                                         rest.find_first_not_of('0', 1) == std::string_view::npos);
  if (!is_whole) {
    return std::nullopt;
  }
  return count;
}

std::optional<double> parse_number(std::string_view text) {
  const auto whole = trimmed(text);
  std::string_view digits = whole;
  if (digits.size() > 1 && digits[0] == '+' && digits[1] != '-') {
    digits.remove_prefix(1);
  }
  double value = 0;
  const auto* const end = digits.data() + digits.size();
  const auto read = std::from_chars(digits.data(), end, value);
  if (digits.empty() || read.ec != std::errc{} || read.ptr != end || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

std::string for_finding(std::string_view text) {
  constexpr std::size_t kBytesMax = 200;
  std::string shown;
  for (const char c : text) {
    if (shown.size() >= kBytesMax && (static_cast<unsigned char>(c) & 0xc0U) != 0x80U) {
      return shown + "…";
    }
    if (c == '\n') {
      shown += "\\n";
    } else if (c == '\r') {
      shown += "\\r";
    } else if (c == '\t') {
      shown += "\\t";
    } else {
      shown += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
    }
  }
  return shown;
}

}  // namespace muster::desk
