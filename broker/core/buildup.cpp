// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <tuple>

#include "broker/core/candidates.h"
#include "broker/core/figures.h"
#include "broker/core/force_views.h"

namespace muster::core {
namespace {

using model::Assurance;

/// The role of each unit that stands by at a moment; of two slots the earlier in the list of roles.
class Roles {
 public:
  Roles(const State& state, const Moment& moment) {
    state.agreements.standby.for_each([&](const std::string&, const auto& kept) {
      const auto* slot = seen(moment.viewer, kept->statement.unit.nation(), kept);
      if (slot != nullptr && includes(slot->from, slot->to, moment.now)) {
        const auto [role, is_first] = roles_.try_emplace(slot->unit, slot->role);
        role->second = std::min(role->second, slot->role);
      }
    });
  }
  [[nodiscard]] std::optional<model::StandbyRole> of(const model::UnitId& unit) const {
    const auto found = roles_.find(unit);
    return found != roles_.end() ? std::optional(found->second) : std::nullopt;
  }

 private:
  std::map<model::UnitId, model::StandbyRole> roles_;
};

/// By hour, then nation, then role; those without a role last.
struct StepKey {
  std::uint64_t hour = 0;
  model::Nation nation;
  std::optional<model::StandbyRole> role;
  friend bool operator<(const StepKey& a, const StepKey& b) {
    return std::tuple(a.hour, a.nation, !a.role, a.role) <
           std::tuple(b.hour, b.nation, !b.role, b.role);
  }
};
struct Arrivals {
  std::uint32_t units = 0;
  Assurance people;  ///< Before a nation's cap.
};
using ArrivalsByStep = std::map<StepKey, Arrivals>;

/// Adds what arrives of one unit within the horizon, wave by wave.
void add_waves(const Candidate& candidate, model::Certainty certainty,
               std::optional<model::StandbyRole> role, std::uint64_t horizon_min,
               ArrivalsByStep& steps) {
  const auto first_min = *candidate.arrival_min();
  const auto there_and_back = 2 * candidate.movement_min;
  for (const auto& wave :
       waves(candidate.people, candidate.lift, there_and_back, horizon_min - first_min)) {
    auto& step = steps[{hours_of(first_min + wave.after_min), candidate.unit.nation(), role}];
    step.units += wave.after_min == 0 ? 1 : 0;
    step.people += assured(certainty, wave.people);
  }
}

Assurance capped(const Assurance& sum, const model::CaveatStatement* cap) {
  if (cap == nullptr) {
    return sum;
  }
  const std::uint64_t most = *cap->max_people;
  return {.certain = std::min(sum.certain, most),
          .likely = std::min(sum.likely, most),
          .claimed = std::min(sum.claimed, most)};
}

Assurance difference(const Assurance& after, const Assurance& before) {
  return {.certain = after.certain - before.certain,
          .likely = after.likely - before.likely,
          .claimed = after.claimed - before.claimed};
}

/// What each step adds under the nations' caps, and what stands there after it.
std::vector<model::BuildupStep> steps_of(const ArrivalsByStep& arrivals, const Assembly& assembly) {
  std::vector<model::BuildupStep> steps;
  std::map<model::Nation, Assurance> sums;
  Assurance cumulative;
  for (const auto& [key, arrived] : arrivals) {
    const auto* cap = assembly.cap_of(key.nation);
    auto& sum = sums[key.nation];
    const auto before = capped(sum, cap);
    sum += arrived.people;
    const auto people = difference(capped(sum, cap), before);
    if (people == Assurance{}) {
      continue;  // The nation's cap leaves no place.
    }
    cumulative += people;
    steps.push_back({.hour = static_cast<std::uint16_t>(key.hour),
                     .nation = key.nation,
                     .role = key.role,
                     .units = arrived.units,
                     .people = people,
                     .cumulative = cumulative});
  }
  return steps;
}

}  // namespace

model::BuildupAnswer buildup(const State& state, const model::BuildupQuery& query,
                             const Moment& moment) {
  const Assembly assembly(state, moment, {query.tasks, query.area});
  const Roles roles(state, moment);
  const auto horizon_min = 60 * std::uint64_t{query.horizon_h};
  ArrivalsByStep arrivals;
  for_each_visible(state, moment.viewer, [&](const model::UnitId& id, const UnitState& unit) {
    if (!passes(query.nations, id.nation())) {
      return;
    }
    const auto candidate = assembly.candidate(id, unit);
    const auto certainty = certainty_of(candidate);
    if (certainty && !assembly.left_out(candidate, horizon_min, std::nullopt)) {
      add_waves(candidate, *certainty, roles.of(id), horizon_min, arrivals);
    }
  });
  return {
      .horizon_h = query.horizon_h, .tasks = query.tasks, .steps = steps_of(arrivals, assembly)};
}

}  // namespace muster::core
