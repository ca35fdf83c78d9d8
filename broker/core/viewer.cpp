// SPDX-License-Identifier: Apache-2.0
#include "broker/core/viewer.h"

#include <algorithm>

#include "broker/core/readiness.h"

namespace muster::core {

bool Viewer::has(model::Role role) const {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

bool sees_all(const Viewer& viewer) {
  return viewer.has(model::Role::officer) || viewer.has(model::Role::planner) ||
         viewer.has(model::Role::registrar) || viewer.has(model::Role::auditor);
}

bool sees(const Viewer& viewer, const model::Nation& nation, const Release& release) {
  if (sees_all(viewer)) {
    return true;
  }
  const auto own = viewer.node.publisher();
  return (viewer.has(model::Role::publisher) || viewer.has(model::Role::member)) &&
         (own == nation || is_released_to(release, own));
}

bool can_see(const Viewer& viewer, const model::UnitId& id, const UnitState& unit) {
  return sees(viewer, id.nation(), unit.strength ? unit.strength->releasable_to : nullptr);
}

bool may_ask(const Viewer& viewer, const model::Query& query) {
  if (viewer.roles.empty()) {
    return false;
  }
  if (std::holds_alternative<model::ServerInfoQuery>(query)) {
    return true;
  }
  if (std::holds_alternative<model::LedgerTailQuery>(query) ||
      std::holds_alternative<model::LedgerProofQuery>(query)) {
    return viewer.has(model::Role::auditor) || viewer.has(model::Role::registrar);
  }
  return sees_all(viewer) || viewer.has(model::Role::publisher) || viewer.has(model::Role::member);
}

model::Levels computed_at(const UnitState& unit, const Registry& registry, model::UtcTime at) {
  if (at < unit.levels_until) {
    return unit.computed;
  }
  return computed_levels({.strength = statement_of(unit.strength),
                          .equipment = statement_of(unit.equipment),
                          .training = statement_of(unit.training)},
                         registry.policy(at), at);
}

model::Level effective_at(const UnitState& unit, const Registry& registry, model::UtcTime at) {
  if (at < unit.levels_until) {
    return unit.effective;
  }
  const auto* readiness = statement_of(unit.readiness);
  return effective_level(computed_at(unit, registry, at),
                         readiness != nullptr ? readiness->reported_overall : std::nullopt);
}

model::Levels computed_seen(const State& state, const Moment& moment, const model::UnitId& id,
                            const UnitState& unit) {
  const auto seen = [&](const auto& kept) {
    return kept && sees(moment.viewer, id.nation(), kept->releasable_to) ? &kept->statement
                                                                         : nullptr;
  };
  return computed_levels({.strength = seen(unit.strength),
                          .equipment = seen(unit.equipment),
                          .training = seen(unit.training)},
                         state.registry->policy(moment.now), moment.now);
}

model::Level level_seen(const State& state, const Moment& moment, const model::UnitId& id,
                        const UnitState& unit) {
  const auto hidden = [&](const auto& kept) {
    return kept && !sees(moment.viewer, id.nation(), kept->releasable_to);
  };
  const bool rests_on_hidden = hidden(unit.strength) || hidden(unit.equipment) ||
                               hidden(unit.training) || hidden(unit.readiness);
  return rests_on_hidden ? model::kNotMeasured : effective_at(unit, *state.registry, moment.now);
}

}  // namespace muster::core
