// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "schemas/model/codes.h"
#include "schemas/model/force_codes.h"
#include "schemas/model/time.h"

/// Operation EX-2201 of DOMAIN.md §11 as data: what it asks for, who gives how many, who moves when
/// and what is decided when. Totals and dates follow the public record; all else is fictional.
namespace muster::exercise {

inline constexpr std::string_view kOperation = "EX-2201";
inline constexpr std::string_view kHost = "KAZ";
inline constexpr std::int64_t kAuthorisedStrength = 2500;

/// A moment of January 2022.
constexpr model::UtcTime january(unsigned day, unsigned hour, unsigned minute = 0) {
  return std::chrono::sys_days{std::chrono::year{2022} / 1 / day} + std::chrono::hours{hour} +
         std::chrono::minutes{minute};
}

// ---- what is asked for, and who gives it --------------------------------------------------------

/// A line of the statement of requirements. Its people and equipment are what the shares add up to.
struct LineRow {
  std::string_view line;
  model::ElementKind element_kind;
  std::span<const model::Task> tasks;
  std::uint16_t needed_within_h;
  bool must_have;
  std::uint8_t weight;
};
std::span<const LineRow> requirement_lines();

/// The nations that contribute, in the order of the tables. The host says nothing.
inline constexpr std::array<std::string_view, 5> kContributors{"RUS", "BLR", "ARM", "KGZ", "TJK"};
/// A number for each of them. kSilent is no statement, which is not a stated 0.
using ByContributor = std::array<std::int32_t, kContributors.size()>;
inline constexpr std::int32_t kSilent = -1;

/// People who arrive together, and who leave together. Who turns back never arrives.
enum class Arrival : std::uint8_t { advance, vanguard, main_body, staff_and_police, support, none };
enum class Departure : std::uint8_t { turn_back, first, second, last };

/// Accepted people of one line.
struct ShareRow {
  std::string_view line;
  Arrival arrival;
  Departure departure;
  ByContributor people;
};
std::span<const ShareRow> shares();

/// Vehicles that come with a line's people.
struct VehicleRow {
  std::string_view line;
  model::EquipmentKind kind;
  ByContributor count;
};
std::span<const VehicleRow> vehicles();

// ---- when ---------------------------------------------------------------------------------------

/// A change of the operation's state, by the body that makes it.
struct StateRow {
  model::UtcTime at;
  model::OperationState to;
  model::Body body;
  std::string_view reference;
};
std::span<const StateRow> state_changes();

/// When the nations offer, one after the other, in the order of kContributors.
std::span<const model::UtcTime> offer_times();
inline constexpr model::UtcTime kAcknowledgedAt = january(7, 6, 30);
inline constexpr model::UtcTime kAcceptedAt = january(7, 7);
inline constexpr model::UtcTime kCommittedAt = january(7, 8);
inline constexpr model::UtcTime kCommanderAt = january(7, 20);

/// What becomes of a group of slices.
struct MoveRow {
  model::UtcTime at;
  model::ContributionState to;
  std::optional<Arrival> arrival;      ///< Those who arrive together.
  std::optional<Departure> departure;  ///< Those who leave together.
};
std::span<const MoveRow> moves();

/// When the nations in place say until when their slices are given.
inline constexpr model::UtcTime kPlannedAt = january(13, 16);
/// When a group is RELEASED.
model::UtcTime released_at(Departure departure);

/// The contingents before the request, and every evening after that.
inline constexpr model::UtcTime kFirstWord = january(6, 22);
inline constexpr model::UtcTime kLastWord = january(18, 22);

}  // namespace muster::exercise
