// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <tuple>

#include "broker/core/figures.h"
#include "broker/core/offers.h"
#include "broker/core/operation_views.h"
#include "broker/core/seen_operations.h"

namespace muster::core {
namespace {

using model::Assurance;
using model::ContributionState;
using model::DeploymentEchelon;

DeploymentEchelon echelon_of(const model::RequirementLine& line, const model::Policy& policy) {
  if (line.needed_within_h <= policy.advance_within_h) {
    return DeploymentEchelon::advance;
  }
  return line.needed_within_h <= policy.first_within_h ? DeploymentEchelon::first
                                                       : DeploymentEchelon::main;
}

/// Who stands there is there, however old the word on the unit is.
model::Certainty certainty_of_slice(const Offer& offer) {
  return certainty_of(*offer.candidate).value_or(model::Certainty::claimed);
}

/// When the first people of a slice are there. Nothing when nobody said how long it takes.
std::optional<std::uint64_t> first_min(const Offer& offer) {
  return offer.slice.state == ContributionState::in_place ? std::uint64_t{0}
                                                          : offer.candidate->arrival_min();
}

/// By hour, nation, echelon.
using StepKey = std::tuple<std::uint64_t, model::Nation, DeploymentEchelon>;
struct Arrivals {
  std::uint32_t slices = 0;
  Assurance people;
};
using ArrivalsByStep = std::map<StepKey, Arrivals>;

/// Adds the people of a slice that are there within the horizon, in lots where it has to move so.
void add_waves(const Offer& offer, DeploymentEchelon echelon, std::uint64_t horizon_min,
               ArrivalsByStep& steps) {
  const auto first = first_min(offer);
  if (!first || *first > horizon_min) {
    return;
  }
  const bool is_in_place = offer.slice.state == ContributionState::in_place;
  const auto there_and_back = is_in_place ? 0 : 2 * offer.candidate->movement_min;
  for (const auto& wave :
       waves(offer.counted, offer.candidate->lift, there_and_back, horizon_min - *first)) {
    auto& step =
        steps[{hours_of(*first + wave.after_min), offer.slice.said->unit.nation(), echelon}];
    step.slices += wave.after_min == 0 ? 1 : 0;
    step.people += assured(certainty_of_slice(offer), wave.people);
  }
}

std::vector<model::DeploymentStep> steps_of(const ArrivalsByStep& arrivals) {
  std::vector<model::DeploymentStep> steps;
  Assurance cumulative;
  for (const auto& [key, arrived] : arrivals) {
    const auto& [hour, nation, echelon] = key;
    cumulative += arrived.people;
    steps.push_back({.hour = static_cast<std::uint16_t>(hour),
                     .nation = nation,
                     .echelon = echelon,
                     .slices = arrived.slices,
                     .people = arrived.people,
                     .cumulative = cumulative});
  }
  return steps;
}

std::vector<model::DeploymentNeed> needs_of(const std::vector<model::RequirementLine>& lines) {
  std::map<std::uint16_t, std::uint64_t> by_hour;
  for (const auto& line : lines) {
    by_hour[line.needed_within_h] += line.people_min;
  }
  std::vector<model::DeploymentNeed> needs;
  std::uint64_t people = 0;
  for (const auto& [hour, more] : by_hour) {
    people += more;
    needs.push_back({hour, people});
  }
  return needs;
}

}  // namespace

model::Result<model::OperationBuildupAnswer> operation_buildup(
    const State& state, const model::OperationBuildupQuery& query, const Moment& moment) {
  MUSTER_TRY(const auto needed, demanded(state, moment.viewer, query.operation, std::nullopt));
  MUSTER_TRY(const auto known, seen_operation(state, moment.viewer, query.operation));
  const Offers offers(state, moment, needed);
  const auto& policy = state.registry->policy(moment.now);
  const auto& lines = needed.requirement->lines;
  ArrivalsByStep arrivals;
  for (const auto& offer : offers.all()) {
    if (offer.counted > 0) {
      add_waves(offer, echelon_of(lines[offer.line], policy), 60 * std::uint64_t{query.horizon_h},
                arrivals);
    }
  }
  return model::OperationBuildupAnswer{.operation = query.operation,
                                       .horizon_h = query.horizon_h,
                                       .authorised_strength = known.authorised_strength,
                                       .steps = steps_of(arrivals),
                                       .needs = needs_of(lines)};
}

}  // namespace muster::core
