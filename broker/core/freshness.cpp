// SPDX-License-Identifier: Apache-2.0
#include "broker/core/freshness.h"

#include <algorithm>

namespace muster::core {

using model::Freshness;
using model::StatementKind;

Freshness freshness_of(std::optional<model::UtcTime> valid_at, model::UtcTime now,
                       model::Duration interval, const model::Policy& policy) {
  if (!valid_at) {
    return Freshness::expired;
  }
  const auto age = now - *valid_at;
  if (age <= policy.fresh_intervals * interval) {
    return Freshness::fresh;
  }
  if (age <= policy.ageing_intervals * interval) {
    return Freshness::ageing;
  }
  return age <= policy.stale_intervals * interval ? Freshness::stale : Freshness::expired;
}

Ages::Ages(const Registry& registry, model::UtcTime now)
    : registry_(registry), now_(now), policy_(registry.policy(now)) {}

Freshness Ages::of(const model::Nation& nation, StatementKind kind,
                   std::optional<model::UtcTime> valid_at, bool stands_by) const {
  return freshness_of(valid_at, now_, registry_.interval(nation, kind, now_, stands_by), policy_);
}

Freshness Ages::of(const model::UnitId& id, const UnitState& unit) const {
  const auto age_of = [&](const auto& kept, StatementKind kind) {
    const auto valid_at = kept ? std::optional(kept->stamp.valid_at) : std::nullopt;
    return of(id.nation(), kind, valid_at, unit.stands_by());
  };
  if (unit.availability) {
    const auto& pledge = unit.availability->statement;
    const bool has_lapsed = pledge.pledge_level.value_or(0) > 0 && pledge.pledge_valid_until &&
                            *pledge.pledge_valid_until <= now_;
    if (has_lapsed) {
      return Freshness::expired;
    }
  }
  return std::max({age_of(unit.strength, StatementKind::strength),
                   age_of(unit.readiness, StatementKind::readiness),
                   age_of(unit.availability, StatementKind::availability)});
}

}  // namespace muster::core
