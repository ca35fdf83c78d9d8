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

std::optional<Lifetime> Ages::lifetime_of(const model::UnitId& id, const UnitState& unit) const {
  if (!unit.strength || !unit.readiness || !unit.availability) {
    return std::nullopt;
  }
  constexpr auto kNoEnd = model::UtcTime::max();
  Lifetime lifetime{kNoEnd, kNoEnd, kNoEnd};
  const auto shorten = [&](model::UtcTime fresh, model::UtcTime ageing, model::UtcTime stale) {
    lifetime.fresh_until = std::min(lifetime.fresh_until, fresh);
    lifetime.ageing_until = std::min(lifetime.ageing_until, ageing);
    lifetime.stale_until = std::min(lifetime.stale_until, stale);
  };
  const auto count = [&](model::UtcTime valid_at, StatementKind kind) {
    const auto interval = registry_.interval(id.nation(), kind, now_, unit.stands_by());
    const auto fresh = valid_at + policy_.fresh_intervals * interval;
    const auto ageing = std::max(fresh, valid_at + policy_.ageing_intervals * interval);
    shorten(fresh, ageing, std::max(ageing, valid_at + policy_.stale_intervals * interval));
  };
  count(unit.strength->stamp.valid_at, StatementKind::strength);
  count(unit.readiness->stamp.valid_at, StatementKind::readiness);
  count(unit.availability->stamp.valid_at, StatementKind::availability);
  const auto& pledge = unit.availability->statement;
  if (pledge.pledge_level.value_or(0) > 0 && pledge.pledge_valid_until) {
    const auto last = *pledge.pledge_valid_until - model::Duration{1};
    shorten(last, last, last);
  }
  return lifetime;
}

}  // namespace muster::core
