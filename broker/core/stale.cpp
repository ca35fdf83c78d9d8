// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <tuple>

#include "broker/core/candidates.h"
#include "broker/core/force_views.h"

namespace muster::core {
namespace {

using model::Freshness;
using model::StatementKind;

constexpr std::array kUsualKinds = {StatementKind::strength, StatementKind::readiness,
                                    StatementKind::availability};

bool is_asked_for(const model::StaleQuery& query, StatementKind kind) {
  const auto usual = std::find(kUsualKinds.begin(), kUsualKinds.end(), kind);
  return query.kinds.empty() ? usual != kUsualKinds.end() : passes(query.kinds, kind);
}

/// One word of a unit, or the lack of it.
struct Age {
  StatementKind kind = StatementKind::strength;
  std::optional<model::UtcTime> valid_at;
  Freshness freshness = Freshness::expired;
  bool is_seen = true;
};

/// A pledge that has lapsed makes Availability worth nothing, however young it is.
bool has_lapsed(const model::AvailabilityStatement& availability, model::UtcTime now) {
  return availability.pledge_level.value_or(0) > 0 && availability.pledge_valid_until &&
         *availability.pledge_valid_until <= now;
}

std::vector<Age> ages_of(const Ages& ages, const Moment& moment, const model::UnitId& id,
                         const UnitState& unit) {
  std::vector<Age> found;
  for_each_kept(unit, [&](StatementKind kind, const auto& kept) {
    Age age{.kind = kind, .valid_at = std::nullopt};
    if (kept) {
      age.valid_at = kept->stamp.valid_at;
      age.is_seen = sees(moment.viewer, id.nation(), kept->releasable_to);
    }
    age.freshness = ages.of(id.nation(), kind, age.valid_at, unit.stands_by());
    found.push_back(age);
  });
  if (unit.availability && has_lapsed(unit.availability->statement, moment.now)) {
    for (auto& age : found) {
      age.freshness = age.kind == StatementKind::availability ? Freshness::expired : age.freshness;
    }
  }
  return found;
}

bool is_worse(const model::StaleRow& a, const model::StaleRow& b) {
  return std::tuple(b.freshness, b.people, a.unit, a.kind) <
         std::tuple(a.freshness, a.people, b.unit, b.kind);
}

void add_unit(const std::vector<Age>& ages, const model::StaleQuery& query, const model::UnitId& id,
              std::uint64_t people, model::StaleAnswer& answer) {
  bool is_at_risk = false;
  for (const auto& age : ages) {
    if (age.kind == StatementKind::strength && age.freshness != Freshness::expired) {
      ++answer.complete_units;
    }
    if (!is_asked_for(query, age.kind) || age.freshness < Freshness::stale) {
      continue;
    }
    is_at_risk = true;
    if (age.is_seen) {
      answer.rows.push_back({.unit = id,
                             .kind = age.kind,
                             .valid_at = age.valid_at,
                             .freshness = age.freshness,
                             .people = people});
    }
  }
  ++answer.expected_units;
  answer.people += people;
  answer.people_at_risk += is_at_risk ? people : 0;
}

}  // namespace

model::StaleAnswer stale(const State& state, const model::StaleQuery& query, const Moment& moment) {
  model::StaleAnswer answer;
  const Ages ages(*state.registry, moment.now);
  for_each_visible(state, moment.viewer, [&](const model::UnitId& id, const UnitState& unit) {
    if (passes(query.nations, id.nation())) {
      add_unit(ages_of(ages, moment, id, unit), query, id, unit.own.deployable, answer);
    }
  });
  std::sort(answer.rows.begin(), answer.rows.end(), is_worse);
  return answer;
}

}  // namespace muster::core
