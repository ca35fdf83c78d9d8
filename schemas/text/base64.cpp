// SPDX-License-Identifier: Apache-2.0
#include "schemas/text/base64.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace muster::text {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t kGroup = 4;  // Characters for three bytes.
constexpr std::uint8_t kNoDigit = 0xff;

constexpr std::array<std::uint8_t, 256> digits_by_character() {
  std::array<std::uint8_t, 256> digits{};
  digits.fill(kNoDigit);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    digits[static_cast<std::uint8_t>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
  }
  return digits;
}
constexpr auto kDigits = digits_by_character();

/// One to three bytes as four characters.
void add_group(std::string& text, model::ByteView bytes) {
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    bits = bits << 8U | (i < bytes.size() ? bytes[i] : 0U);
  }
  for (std::size_t i = 0; i < kGroup; ++i) {
    text += i <= bytes.size() ? kAlphabet[bits >> (18 - 6 * i) & 63U] : '=';
  }
}

/// Two to four characters as one to three bytes; false unless they are digits and every bit of them
/// belongs to a byte.
bool add_bytes(model::Bytes& bytes, std::string_view characters) {
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < kGroup; ++i) {
    const auto digit =
        i < characters.size() ? kDigits[static_cast<std::uint8_t>(characters[i])] : std::uint8_t{0};
    if (digit == kNoDigit) {
      return false;
    }
    bits = bits << 6U | digit;
  }
  const std::size_t count = characters.size() - 1;
  for (std::size_t i = 0; i < count; ++i) {
    bytes.push_back(static_cast<std::uint8_t>(bits >> (16 - 8 * i)));
  }
  return (bits & (0xffffffU >> (8 * count))) == 0;
}

/// The last group without its filling.
std::string_view without_filling(std::string_view group) {
  for (int i = 0; i < 2 && group.back() == '='; ++i) {
    group.remove_suffix(1);
  }
  return group;
}

}  // namespace

std::string to_base64(model::ByteView bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * kGroup);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    add_group(text, bytes.subspan(at, std::min<std::size_t>(3, bytes.size() - at)));
  }
  return text;
}

std::optional<model::Bytes> from_base64(std::string_view text) {
  if (text.size() % kGroup != 0) {
    return std::nullopt;
  }
  model::Bytes bytes;
  bytes.reserve(text.size() / kGroup * 3);
  for (std::size_t at = 0; at < text.size(); at += kGroup) {
    const auto group = text.substr(at, kGroup);
    const bool is_last = at + kGroup == text.size();
    if (!add_bytes(bytes, is_last ? without_filling(group) : group)) {
      return std::nullopt;
    }
  }
  return bytes;
}

}  // namespace muster::text
