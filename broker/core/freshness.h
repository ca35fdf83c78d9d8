// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "broker/core/state.h"

namespace muster::core {

/// Age against a cadence, in whole intervals: up to `fresh_intervals` FRESH, then AGEING, then
/// STALE, EXPIRED beyond and when there is no word at all (DOMAIN.md §4).
model::Freshness freshness_of(std::optional<model::UtcTime> valid_at, model::UtcTime now,
                              model::Duration interval, const model::Policy& policy);

/// Until when something is FRESH, then AGEING, then STALE: each moment belongs to it. Later it is
/// EXPIRED.
struct Lifetime {
  model::UtcTime fresh_until{}, ageing_until{}, stale_until{};
};

/// How old words are at one moment, by the cadences of the registry. tally.h says the same of rows.
class Ages {
 public:
  Ages(const Registry& registry, model::UtcTime now);

  /// Of a word of `kind` about a unit of `nation`.
  [[nodiscard]] model::Freshness of(const model::Nation& nation, model::StatementKind kind,
                                    std::optional<model::UtcTime> valid_at, bool stands_by) const;
  /// The worst over Strength, Readiness and Availability; EXPIRED when the pledge has lapsed.
  [[nodiscard]] model::Freshness of(const model::UnitId& id, const UnitState& unit) const;
  /// The same for all moments at which the cadences are those of this one. Nothing when a word is
  /// lacking: EXPIRED for ever.
  [[nodiscard]] std::optional<Lifetime> lifetime_of(const model::UnitId& id,
                                                    const UnitState& unit) const;

 private:
  const Registry& registry_;
  model::UtcTime now_;
  const model::Policy& policy_;
};

}  // namespace muster::core
