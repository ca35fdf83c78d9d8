// SPDX-License-Identifier: Apache-2.0
#include "nodes/exercise/dice.h"

namespace muster::exercise {
namespace {

/// FNV-1a.
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3U;
  }
  return hash;
}

std::uint64_t mix(std::uint64_t value) {
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9U;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebU;
  return value ^ (value >> 31);
}

}  // namespace

Dice::Dice(std::uint64_t seed, std::string_view name) : state_(mix(seed) ^ hash_of(name)) {}

std::uint64_t Dice::next() {
  state_ += 0x9e3779b97f4a7c15U;
  return mix(state_);
}

std::uint32_t Dice::between(std::uint32_t low, std::uint32_t high) {
  if (high <= low) {
    return low;
  }
  // The upper half of a product instead of a remainder: no bias worth speaking of, and no division.
  const std::uint64_t span = std::uint64_t{high} - low + 1;
  return low + static_cast<std::uint32_t>(((next() >> 32) * span) >> 32);
}

std::uint32_t Dice::percent_of(std::uint32_t whole, std::uint32_t low, std::uint32_t high) {
  return static_cast<std::uint32_t>(std::uint64_t{whole} * between(low, high) / 100);
}

void Dice::fill(std::span<std::uint8_t> bytes) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i % 8 == 0) {
      word = next();
    }
    bytes[i] = static_cast<std::uint8_t>(word >> (8 * (i % 8)));
  }
}

std::array<std::uint8_t, 16> Dice::uuid() {
  std::array<std::uint8_t, 16> bytes{};
  fill(bytes);
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0f) | 0x80);
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3f) | 0x80);
  return bytes;
}

}  // namespace muster::exercise
