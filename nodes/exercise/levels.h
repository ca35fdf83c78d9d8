// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include "schemas/model/codes.h"

/// The levels of DOMAIN.md §4, so that what a contingent reports of itself is what its own numbers
/// say. The broker computes them again by its own code, and refuses a report that claims better.
namespace muster::exercise {

/// Least percentages for level 1, 2 and 3.
using Bounds = std::array<std::uint32_t, 3>;
inline constexpr Bounds kDeployableBounds{90, 80, 70};
inline constexpr Bounds kQualifiedBounds{85, 75, 65};
inline constexpr Bounds kOnHandBounds{90, 80, 65};
inline constexpr Bounds kCapableBounds{90, 70, 60};
inline constexpr Bounds kTrainedBounds{85, 70, 55};

/// Compared in integers and never rounded: 359 of 400 is below 90 %.
constexpr model::Level level_of(std::uint64_t part, std::uint64_t whole, const Bounds& bounds) {
  if (whole == 0) {
    return model::kNotMeasured;
  }
  model::Level level = 1;
  for (const auto bound : bounds) {
    if (100 * part >= bound * whole) {
      return level;
    }
    ++level;
  }
  return level;
}

/// The worst of what was measured; 6 when nothing was.
constexpr model::Level worst_of(std::span<const model::Level> levels) {
  model::Level worst = 0;
  for (const auto level : levels) {
    if (level != model::kNotMeasured) {
      worst = std::max(worst, level);
    }
  }
  return worst == 0 ? model::kNotMeasured : worst;
}

}  // namespace muster::exercise
