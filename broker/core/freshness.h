// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <unordered_map>

#include "broker/core/state.h"

namespace muster::core {

/// Age against a cadence, in whole intervals: up to `fresh_intervals` FRESH, then AGEING, then
/// STALE, EXPIRED beyond and when there is no word at all (DOMAIN.md §4).
model::Freshness freshness_of(std::optional<model::UtcTime> valid_at, model::UtcTime now,
                              model::Duration interval, const model::Policy& policy);

/// How old words are at one moment, by the cadences of the registry. Keeps what it looked up for a
/// nation: make one for a question. Thread rule: one thread.
class Ages {
 public:
  Ages(const Registry& registry, model::UtcTime now);

  /// Of a word of `kind` about a unit of `nation`.
  [[nodiscard]] model::Freshness of(const model::Nation& nation, model::StatementKind kind,
                                    std::optional<model::UtcTime> valid_at, bool stands_by) const;
  /// The worst over Strength, Readiness and Availability; EXPIRED when the pledge has lapsed.
  [[nodiscard]] model::Freshness of(const Row& row) const;
  [[nodiscard]] model::Freshness of(const model::UnitId& id, const UnitState& unit) const;
  /// Of its Strength alone.
  [[nodiscard]] model::Freshness strength_of(const Row& row) const;

 private:
  /// Cadences of a nation in microseconds.
  struct Cadences {
    std::int64_t strength, readiness, availability, availability_standby;
  };
  const Cadences& cadences(std::uint32_t nation) const;
  [[nodiscard]] model::Freshness of(std::int64_t valid_at, std::int64_t interval) const;

  const Registry& registry_;
  model::UtcTime now_;
  const model::Policy& policy_;
  mutable std::unordered_map<std::uint32_t, Cadences> cadences_;
  mutable std::uint32_t last_nation_ = 0;
  mutable const Cadences* last_ = nullptr;
};

}  // namespace muster::core
