// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "broker/core/state.h"
#include "schemas/model/limits.h"
#include "schemas/model/query.h"

/// Answers to questions, from a snapshot of State. Pure: what time it is, and who asks, is passed
/// in.
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
  model::UtcTime now{};
  model::Limits limits;
};

/// May the viewer see this unit's strength? Officers, planners, registrars and auditors see all; a
/// nation sees its own and what was released to it; others see none.
bool can_see(const Viewer& viewer, const model::UnitId& id, const UnitState& unit);
/// The level that the viewer may know: not measured when it rests on a statement that was not
/// released to it.
model::Level level_seen(const Viewer& viewer, const model::UnitId& id, const UnitState& unit);
/// May the viewer see figures at all? Those who only keep the bus healthy may not.
bool may_ask(const Viewer& viewer, const model::Query& query);

/// Age against a cadence: FRESH up to one interval, AGEING up to 2, STALE up to 7, EXPIRED beyond
/// (DOMAIN.md §4).
model::Freshness freshness_of(std::optional<model::UtcTime> valid_at, model::UtcTime now,
                              model::Duration interval);
/// The worst over Strength, Readiness and Availability; EXPIRED when the pledge has lapsed.
model::Freshness freshness_of(const UnitState& unit, model::UtcTime now,
                              const model::Limits& limits);
/// The cadence of a kind of statement.
model::Duration interval_of(model::StatementKind kind, const model::Limits& limits);

/// As of when, on whose word, and what is missing: of `nations`, or of all when it is empty. Who
/// has reported is no strength, so those who keep the bus healthy and those who audit it see it of
/// every nation; the strength at risk is that of the units that the viewer may see.
model::AnswerHeader header_of(const State& state, const Moment& moment,
                              const std::vector<model::Nation>& nations = {});

/// Combined strength by owner: own figures of each unit that is not disbanded, grouped and
/// filtered.
model::StrengthAnswer strength(const State& state, const model::StrengthQuery& query,
                               const Moment& moment);

/// The units of a nation, parents before children, with own and rolled-up figures. A unit whose
/// parent is missing is a root. Nothing when the viewer sees no unit of it.
std::optional<model::TreeAnswer> tree(const State& state, const model::TreeQuery& query,
                                      const Moment& moment);

/// One unit, or nothing when it is not known or not to be seen: the two are not told apart. Of its
/// statements those that the viewer may see.
std::optional<model::UnitAnswer> unit(const State& state, const model::UnitQuery& query,
                                      const Moment& moment);

}  // namespace muster::core
