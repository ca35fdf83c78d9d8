// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "schemas/model/codes.h"
#include "schemas/model/time.h"

namespace muster::model {

/// Least percentages for level 1, 2 and 3; below the last it is 4. 0 to 100, falling.
struct LevelBounds {
  std::uint8_t one = 0, two = 0, three = 0;
  friend bool operator==(const LevelBounds&, const LevelBounds&) = default;
};

/// How often a kind of statement is due.
struct ReportInterval {
  StatementKind statement = StatementKind::strength;
  std::uint32_t seconds = 0;  ///< 3,600 to 31,622,400.
  friend bool operator==(const ReportInterval&, const ReportInterval&) = default;
};

/// The thresholds by which numbers become levels, ages and hours (DOMAIN.md §4, §6), with its
/// defaults. A change is a signed Registry statement and counts from `valid_from` on, so that the
/// level of a past day is recomputed by the thresholds of that day.
struct Policy {
  UtcTime valid_from{};
  // Readiness: P, S, R and T, rows of AR 220-1.
  LevelBounds deployable{90, 80, 70};            ///< P: deployable of authorised.
  LevelBounds qualified{85, 75, 65};             ///< P: duty-qualified; seniors.
  LevelBounds on_hand{90, 80, 65};               ///< S.
  LevelBounds on_hand_aircraft{90, 80, 60};      ///< S.
  LevelBounds serviceable{90, 70, 60};           ///< R.
  LevelBounds serviceable_aircraft{75, 60, 50};  ///< R.
  LevelBounds trained{85, 70, 55};               ///< T, and percent effective in a mission.
  // Freshness: cadences, and how many of them a word may miss.
  std::vector<ReportInterval> intervals;          ///< Where they differ from default_interval().
  std::uint32_t standby_availability_s = 86'400;  ///< Availability of units that stand by.
  std::uint8_t fresh_intervals = 1, ageing_intervals = 2, stale_intervals = 7;
  // Movement to an area, km/h over the great circle.
  std::uint16_t road_kmh = 30, rail_kmh = 25, air_kmh = 600;
  bool waivers_allowed = false;               ///< V19: a level better than computed, with a waiver.
  std::uint8_t authorised_flag_percent = 90;  ///< V28 flags from here on.
  std::uint16_t pledge_warning_days = 30;     ///< V40.
  // Echelons of a deployment: lines needed within these hours; what is needed later is MAIN.
  std::uint16_t advance_within_h = 24, first_within_h = 48;
  std::uint8_t max_depletion_percent = 100;  ///< Of each nation's deployable people, in a package.
  friend bool operator==(const Policy&, const Policy&) = default;
};

/// DOMAIN.md §4: Strength every day, everything else every 30 days.
constexpr std::uint32_t default_interval(StatementKind kind) {
  return kind == StatementKind::strength ? 86'400 : 30 * 86'400;
}

/// The cadence of `kind`: what the policy says, else the default.
Duration interval_of(const Policy& policy, StatementKind kind);

}  // namespace muster::model
