// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "broker/core/state.h"

namespace muster::core {

/// Age against a cadence, in whole intervals: up to `fresh_intervals` FRESH, then AGEING, then
/// STALE, EXPIRED beyond and when there is no word at all (DOMAIN.md §4).
model::Freshness freshness_of(std::optional<model::UtcTime> valid_at, model::UtcTime now,
                              model::Duration interval, const model::Policy& policy);

/// How old words are at one moment, by the cadences of the registry. tally.h says the same of rows.
class Ages {
 public:
  Ages(const Registry& registry, model::UtcTime now);

  /// Of a word of `kind` about a unit of `nation`.
  [[nodiscard]] model::Freshness of(const model::Nation& nation, model::StatementKind kind,
                                    std::optional<model::UtcTime> valid_at, bool stands_by) const;
  /// The worst over Strength, Readiness and Availability; EXPIRED when the pledge has lapsed.
  [[nodiscard]] model::Freshness of(const model::UnitId& id, const UnitState& unit) const;

 private:
  const Registry& registry_;
  model::UtcTime now_;
  const model::Policy& policy_;
};

}  // namespace muster::core
