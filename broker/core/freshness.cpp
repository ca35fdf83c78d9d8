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

const Ages::Cadences& Ages::cadences(std::uint32_t nation) const {
  if (last_ != nullptr && last_nation_ == nation) {
    return *last_;
  }
  auto found = cadences_.find(nation);
  if (found == cadences_.end()) {
    const auto of = [&](StatementKind kind, bool stands_by) {
      return registry_.interval(unpacked(nation), kind, now_, stands_by).count();
    };
    found = cadences_
                .emplace(nation, Cadences{of(StatementKind::strength, false),
                                          of(StatementKind::readiness, false),
                                          of(StatementKind::availability, false),
                                          of(StatementKind::availability, true)})
                .first;
  }
  last_nation_ = nation;
  last_ = &found->second;
  return *last_;
}

Freshness Ages::of(std::int64_t valid_at, std::int64_t interval) const {
  const auto known =
      valid_at == kNever ? std::nullopt : std::optional(model::from_micros(valid_at));
  return freshness_of(known, now_, model::Duration{interval}, policy_);
}

Freshness Ages::strength_of(const Row& row) const {
  return of(row.strength_at, cadences(row.nation).strength);
}

Freshness Ages::of(const Row& row) const {
  if (row.pledge_until <= model::to_micros(now_)) {
    return Freshness::expired;
  }
  const auto& due = cadences(row.nation);
  const bool stands_by = row.lifecycle == static_cast<std::uint8_t>(model::Lifecycle::standby);
  return std::max(
      {of(row.strength_at, due.strength), of(row.readiness_at, due.readiness),
       of(row.availability_at, stands_by ? due.availability_standby : due.availability)});
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
