// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "broker/core/state.h"
#include "schemas/model/limits.h"
#include "schemas/model/query.h"

/// Who asks, as of when, and what they may see.
namespace muster::core {

/// Who asks. Roles are those that the registry gives now, so that a revocation takes effect at
/// once.
struct Viewer {
  model::NodeId node;
  std::vector<model::Role> roles;
  [[nodiscard]] bool has(model::Role role) const;
};

/// Everything about the circumstances of a question.
struct Moment {
  Viewer viewer;
  model::UtcTime now{};       ///< Valid time of the question: ages count up to it.
  model::UtcTime known_at{};  ///< What had been received by then.
  model::Limits limits{};
};

/// Officers, planners, registrars and auditors see all that nations report.
bool sees_all(const Viewer& viewer);
/// May the viewer see a statement of `nation` with this release? Its own, what was released to it;
/// others who are no publisher or member see none.
bool sees(const Viewer& viewer, const model::Nation& nation, const Release& release);
/// May the viewer see this unit's strength?
bool can_see(const Viewer& viewer, const model::UnitId& id, const UnitState& unit);
/// May the viewer see figures at all? Those who only keep the bus healthy may not.
bool may_ask(const Viewer& viewer, const model::Query& query);

/// The levels of a unit at `at`, all its statements seen.
model::Levels computed_at(const UnitState& unit, const Registry& registry, model::UtcTime at);
/// The effective level at `at`, all its statements seen.
model::Level effective_at(const UnitState& unit, const Registry& registry, model::UtcTime at);
/// The levels of a unit as computed from the statements that the viewer may see.
model::Levels computed_seen(const State& state, const Moment& moment, const model::UnitId& id,
                            const UnitState& unit);
/// The level that the viewer may know: not measured when it rests on a statement that was not
/// released to it.
model::Level level_seen(const State& state, const Moment& moment, const model::UnitId& id,
                        const UnitState& unit);

/// Calls `visit(id, unit)` for each unit that is there, that counts and that the viewer may see.
template <typename Visit>
void for_each_visible(const State& state, const Viewer& viewer, Visit visit) {
  state.units.for_each([&](const model::UnitId& id, const UnitState& unit) {
    if (unit.identity && !unit.is_disbanded() && can_see(viewer, id, unit)) {
      visit(id, unit);
    }
  });
}

/// An empty filter lets everything pass.
template <typename T>
bool passes(const std::vector<T>& filter, const T& value) {
  return filter.empty() || std::find(filter.begin(), filter.end(), value) != filter.end();
}

}  // namespace muster::core
