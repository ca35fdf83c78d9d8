// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace muster::exercise {

/// Chance that is the same on every machine: SplitMix64, and an integer mapping of our own, since
/// the distributions of the standard library differ between libraries.
class Dice {
 public:
  /// Each name has a sequence of its own, so that one unit more does not change the others.
  Dice(std::uint64_t seed, std::string_view name);

  std::uint64_t next();
  /// From `low` to `high`, both included; `low` when they are the wrong way round.
  std::uint32_t between(std::uint32_t low, std::uint32_t high);
  /// `whole` times a share drawn from `low` to `high` per cent, cut.
  std::uint32_t percent_of(std::uint32_t whole, std::uint32_t low, std::uint32_t high);
  /// Bytes of chance, not fit for secrets.
  void fill(std::span<std::uint8_t> bytes);
  /// A UUID of version 8 (RFC 9562: made by a rule of our own).
  std::array<std::uint8_t, 16> uuid();

 private:
  std::uint64_t state_;
};

}  // namespace muster::exercise
