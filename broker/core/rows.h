// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <limits>

#include "broker/core/history.h"
#include "schemas/model/readiness.h"

/// What combined strength and the header of an answer need to know of a unit, and nothing else.
namespace muster::core {

inline constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::min();

/// Times are microseconds since 1970, kNever when there is none.
struct Row {
  std::uint32_t authorised = 0, assigned = 0, on_strength = 0, present = 0, deployable = 0;
  std::int32_t attached = 0;  ///< attached_in less detached_out.
  std::int64_t strength_at = kNever, readiness_at = kNever, availability_at = kNever;
  std::int64_t pledge_until = std::numeric_limits<std::int64_t>::max();
  std::uint32_t nation = 0;  ///< packed().
  std::uint8_t component = 0, element_kind = 0, lifecycle = 0;
  std::uint8_t pools = 0;                    ///< Bit n - 1: force pool number n.
  std::uint8_t level = model::kNotMeasured;  ///< Effective; only where it is asked for.
  bool is_unit = false;                      ///< False: the place is empty.

  [[nodiscard]] bool counts() const {
    return is_unit && lifecycle != static_cast<std::uint8_t>(model::Lifecycle::disbanded);
  }
};

/// Three letters as a number that sorts as they do.
std::uint32_t packed(const model::Nation& nation);
/// Back again. Only of what packed() gave.
model::Nation unpacked(std::uint32_t nation);

/// What a word says of a row, in six numbers; recalled by row_at(). Zero for other kinds.
std::array<std::uint32_t, 6> brief_of(const model::Statement& statement);

/// What the word of a roster says of its place among the versions.
struct RosterBrief {
  std::uint64_t version = 0, base_version = 0;
  bool is_delta = false;
};
RosterBrief roster_brief(const Word& word);

/// The row of a unit as its words tell it at `at`, without recalling any of them. The level is not
/// measured: it needs the statements themselves. Not a unit when nobody had declared it.
Row row_at(const model::UnitId& id, const History& history, const model::Bitime& at);

}  // namespace muster::core
