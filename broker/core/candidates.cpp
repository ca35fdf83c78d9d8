// SPDX-License-Identifier: Apache-2.0
#include "broker/core/candidates.h"

#include <algorithm>
#include <span>

#include "broker/core/figures.h"
#include "broker/core/operation_states.h"
#include "broker/core/readiness.h"

namespace muster::core {
namespace {

using model::CaveatKind;
using model::ElementKind;
using model::Freshness;
using model::Task;

/// DOMAIN.md §9: what units are for that do not say what they can do.
std::vector<Task> tasks_of_kind(ElementKind kind) {
  switch (kind) {
    case ElementKind::combat:
      return {Task::t01, Task::t02, Task::t08, Task::t10};
    case ElementKind::police:
      return {Task::t03, Task::t05, Task::t11};
    case ElementKind::observer_group:
      return {Task::t01, Task::t04, Task::t09, Task::t12};
    case ElementKind::combat_support:
      return {Task::t06, Task::t07, Task::t11};
    case ElementKind::technical_support:
      return {Task::t11};
    case ElementKind::rear_support:
      return {Task::t13, Task::t14, Task::t15};
    case ElementKind::command:
      return {Task::t09};
    case ElementKind::other:
      return {};
  }
  return {};
}

std::uint32_t speed_kmh(model::MovementMode mode, const model::Policy& policy) {
  switch (mode) {
    case model::MovementMode::road:
      return policy.road_kmh;
    case model::MovementMode::rail:
      return policy.rail_kmh;
    case model::MovementMode::air:
      return policy.air_kmh;
  }
  return 0;
}

bool share_a_task(const std::vector<Task>& a, const std::vector<Task>& b) {
  return (set_of(a) & set_of(b)).any();
}

/// Minutes until `time`, a begun one counted; 0 when it has passed.
std::uint64_t minutes_until(std::optional<model::UtcTime> time, model::UtcTime now) {
  if (!time || *time <= now) {
    return 0;
  }
  return static_cast<std::uint64_t>(std::chrono::ceil<std::chrono::minutes>(*time - now).count());
}

const model::CaveatStatement* lesser_cap(const model::CaveatStatement* a,
                                         const model::CaveatStatement& b) {
  const bool is_less = b.max_people && (a == nullptr || *b.max_people < *a->max_people);
  return is_less ? &b : a;
}

}  // namespace

TaskSet set_of(const std::vector<Task>& tasks) {
  TaskSet set;
  for (const auto task : tasks) {
    set.set(static_cast<std::size_t>(task));
  }
  return set;
}

ElementKind element_kind_of(const model::UnitStatement* unit) {
  return unit != nullptr ? unit->element_kind.value_or(ElementKind::other) : ElementKind::other;
}

TaskSet tasks_of(const model::UnitStatement* unit) {
  TaskSet set;
  if (unit == nullptr) {
    return set;
  }
  if (unit->capabilities.empty()) {
    return set_of(tasks_of_kind(element_kind_of(unit)));
  }
  for (const auto& capability : unit->capabilities) {
    set |= set_of(capability.tasks);
  }
  return set;
}

bool is_in_force(const model::CaveatStatement& caveat, model::UtcTime at) {
  return includes(caveat.from, caveat.to, at) &&
         includes(caveat.declared_at, caveat.withdrawn_at, at);
}

bool touches(const model::CaveatStatement& caveat, const Mission& mission) {
  const bool shares_task = share_a_task(caveat.tasks, mission.tasks);
  const bool holds_area = mission.area && is_inside(*mission.area, caveat.area);
  switch (caveat.kind) {
    case CaveatKind::task_excluded:
      return shares_task;
    case CaveatKind::area_excluded:
      return holds_area;
    case CaveatKind::period:
    case CaveatKind::max_strength:
    case CaveatKind::approval_required:
    case CaveatKind::night_or_mode:
      break;
  }
  return (caveat.tasks.empty() || shares_task) && (caveat.area.empty() || holds_area);
}

bool excludes(const model::CaveatStatement& caveat, const Mission& mission,
              const model::AvailabilityStatement* availability) {
  switch (caveat.kind) {
    case CaveatKind::task_excluded:
    case CaveatKind::area_excluded:
    case CaveatKind::period:
      return true;
    case CaveatKind::night_or_mode:
      return mission.area && availability != nullptr && availability->movement &&
             model::to_text(availability->movement->mode) == caveat.mode;
    case CaveatKind::max_strength:
    case CaveatKind::approval_required:
      return false;
  }
  return false;
}

std::optional<std::uint64_t> Candidate::arrival_min() const {
  return ready_min ? std::optional(std::max(*ready_min, opens_min)) : std::nullopt;
}

Candidate with_committed(Candidate candidate, std::uint64_t committed) {
  candidate.committed = committed;
  candidate.free = free_people({.deployable = candidate.deployable,
                                .committed = committed,
                                .people_cap = candidate.people_cap});
  candidate.people = candidate.free;
  if (candidate.capped_by != nullptr) {
    const std::uint64_t most = *candidate.capped_by->max_people;
    candidate.people = std::min(candidate.free, most - std::min(most, committed));
  }
  return candidate;
}

std::optional<model::Certainty> certainty_of(const Candidate& candidate) {
  const auto level = candidate.level;
  if (candidate.freshness == Freshness::expired || level == model::kReorganising) {
    return std::nullopt;
  }
  const bool is_likely = candidate.freshness <= Freshness::ageing && level <= 3;
  const bool is_certain = is_likely && candidate.freshness == Freshness::fresh && level <= 2 &&
                          !candidate.is_partial && !candidate.needs_approval;
  if (is_certain) {
    return model::Certainty::certain;
  }
  return is_likely ? model::Certainty::likely : model::Certainty::claimed;
}

model::Assurance assured(model::Certainty certainty, std::uint64_t people) {
  return {.certain = certainty == model::Certainty::certain ? people : 0,
          .likely = certainty <= model::Certainty::likely ? people : 0,
          .claimed = people};
}

std::vector<std::string> approved_caveats(const State& state, const Viewer& viewer) {
  std::vector<std::string> approved;
  state.agreements.decisions.for_each([&](const std::string&, const auto& kept) {
    const auto* decision = seen(viewer, model::secretariat(), kept);
    if (decision != nullptr && decision->kind == model::DecisionKind::caveat_approval) {
      approved.push_back(decision->contribution_id);
    }
  });
  return approved;
}

// ---- Assembly -----------------------------------------------------------------------------------

Assembly::Assembly(const State& state, const Moment& moment, Mission mission)
    : state_(state),
      moment_(moment),
      mission_(std::move(mission)),
      asked_(set_of(mission_.tasks)),
      ages_(*state.registry, moment.now) {
  read_caveats();
  read_contributions();
}

void Assembly::read_caveats() {
  const auto approved = approved_caveats(state_, moment_.viewer);
  state_.agreements.caveats.for_each([&](const std::string& key, const auto& kept) {
    const auto* caveat = seen(moment_.viewer, kept->statement.nation, kept);
    if (caveat == nullptr || !is_in_force(*caveat, moment_.now) || !touches(*caveat, mission_)) {
      return;
    }
    const bool is_settled = caveat->kind == CaveatKind::approval_required &&
                            std::find(approved.begin(), approved.end(), key) != approved.end();
    if (is_settled) {
      return;
    }
    auto& list = caveat->unit ? of_units_[*caveat->unit] : of_nations_[caveat->nation];
    list.push_back(caveat);
  });
  const auto by_id = [](const auto* a, const auto* b) { return a->caveat_id < b->caveat_id; };
  for (auto& [nation, list] : of_nations_) {
    std::sort(list.begin(), list.end(), by_id);
  }
  for (auto& [unit, list] : of_units_) {
    std::sort(list.begin(), list.end(), by_id);
  }
}

void Assembly::read_contributions() {
  state_.agreements.contributions.for_each([&](const std::string&, const Contribution& promise) {
    if (!promise.said) {
      return;
    }
    const auto& unit = promise.said->statement.unit;
    const auto* said = seen(moment_.viewer, unit.nation(), promise.said);
    // Who is on the way or in place is not free, whatever the period said: people stay beyond it.
    const bool is_away = promise.state != model::ContributionState::committed;
    if (said != nullptr && is_committed(promise.state) &&
        (is_away || includes(said->from, said->to, moment_.now))) {
      committed_[unit] += said->people.value_or(0);
    }
  });
}

Candidate Assembly::candidate(const model::UnitId& id, const UnitState& unit,
                              const Spared& spared) const {
  const auto nation = id.nation();
  const auto& viewer = moment_.viewer;
  const auto* identity = seen(viewer, nation, unit.identity);
  const auto* availability = seen(viewer, nation, unit.availability);
  Candidate found{.unit = id,
                  .element_kind = element_kind_of(identity),
                  .able = tasks_of(identity),
                  .deployable = unit.own.deployable,
                  .freshness = ages_.of(id, unit),
                  .level = level_seen(state_, moment_, id, unit),
                  .is_partial = computed_at(unit, *state_.registry, moment_.now).partial};
  if (unit.is_reorganising()) {
    found.reorganising = unit.identity->statement.lifecycle;
  }
  if (const auto committed = committed_.find(id); committed != committed_.end()) {
    found.committed = committed->second;
  }
  add_availability(found, availability, identity);
  found.people = found.free;
  const auto add_caveats = [&](const auto& scopes, const auto& scope) {
    const auto caveats = scopes.find(scope);
    if (caveats == scopes.end() || spared.all) {
      return;
    }
    for (const auto* caveat : caveats->second) {
      if (caveat != spared.caveat) {
        add_caveat(found, *caveat, availability);
      }
    }
  };
  add_caveats(of_nations_, nation);
  add_caveats(of_units_, id);
  return found;
}

void Assembly::add_availability(Candidate& candidate,
                                const model::AvailabilityStatement* availability,
                                const model::UnitStatement* identity) const {
  Reserve reserve{.deployable = candidate.deployable, .committed = candidate.committed};
  if (availability == nullptr) {
    candidate.not_countable = "its availability is not stated";
    candidate.free = free_people(reserve);
    return;
  }
  reserve.people_cap = candidate.people_cap = availability->people_cap;
  candidate.free = free_people(reserve);
  candidate.available_from = availability->available_from;
  candidate.available_until = availability->available_until;
  candidate.notice_min = availability->notice_to_move_min;
  candidate.opens_min = minutes_until(availability->available_from, moment_.now);
  if (!availability->notice_to_move_min || !availability->load_min) {
    candidate.not_countable = "notice to move or loading time is not stated";
    return;
  }
  candidate.ready_min = std::uint64_t{*availability->notice_to_move_min} + *availability->load_min;
  if (mission_.area) {
    add_movement(candidate, *availability, identity);
  }
}

void Assembly::add_movement(Candidate& candidate, const model::AvailabilityStatement& availability,
                            const model::UnitStatement* identity) const {
  const auto place = identity == nullptr ? std::nullopt
                     : identity->current ? identity->current
                                         : identity->home;
  std::optional<std::uint64_t> minutes;
  if (place && availability.movement) {
    minutes = movement_minutes(
        distance_m(*place, *mission_.area),
        speed_kmh(availability.movement->mode, state_.registry->policy(moment_.now)));
  }
  if (!minutes) {
    candidate.ready_min = std::nullopt;
    candidate.not_countable =
        place ? "how it moves is not stated" : "neither current place nor home is stated";
    return;
  }
  candidate.movement_min = *minutes;
  *candidate.ready_min += *minutes;
  candidate.lift = availability.movement->lift ? availability.movement->lift->people : 0;
}

void Assembly::add_caveat(Candidate& candidate, const model::CaveatStatement& caveat,
                          const model::AvailabilityStatement* availability) const {
  if (candidate.excluded_by == nullptr && excludes(caveat, mission_, availability)) {
    candidate.excluded_by = &caveat;
  }
  if (caveat.kind == CaveatKind::approval_required) {
    candidate.needs_approval = true;
    candidate.unapproved = candidate.unapproved != nullptr ? candidate.unapproved : &caveat;
  }
  if (caveat.kind == CaveatKind::max_strength && caveat.unit && caveat.max_people) {
    candidate.capped_by = lesser_cap(candidate.capped_by, caveat);
    candidate.people = std::min<std::uint64_t>(candidate.people, *caveat.max_people);
  }
}

const model::CaveatStatement* Assembly::cap_of(const model::Nation& nation,
                                               const Spared& spared) const {
  const model::CaveatStatement* cap = nullptr;
  const auto caveats = of_nations_.find(nation);
  if (caveats == of_nations_.end() || spared.all) {
    return cap;
  }
  for (const auto* caveat : caveats->second) {
    if (caveat->kind == CaveatKind::max_strength && caveat != spared.caveat) {
      cap = lesser_cap(cap, *caveat);
    }
  }
  return cap;
}

}  // namespace muster::core
