// SPDX-License-Identifier: Apache-2.0
#include "broker/core/operation_states.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace muster::core {
namespace {

using model::Body;
using model::ContributionState;
using model::OperationState;

/// One row of the table: some bodies may take an operation from here to there.
struct OperationStep {
  OperationState from, to;
  std::array<Body, 3> bodies;  ///< A zero is nobody.
};

using enum model::OperationState;
constexpr Body kNobody{};
constexpr std::array<Body, 3> kSecretariat{Body::secretariat, kNobody, kNobody};
constexpr std::array<Body, 3> kCouncil{Body::council, kNobody, kNobody};
constexpr std::array<Body, 3> kAsked{Body::host, Body::un, kNobody};
constexpr std::array<Body, 3> kCalledOff{Body::host, Body::un, Body::council};
constexpr std::array<Body, 3> kHostOrCouncil{Body::host, Body::council, kNobody};
constexpr std::array<Body, 3> kMover{Body::commander, Body::secretariat, kNobody};

constexpr auto kOperationSteps = std::to_array<OperationStep>({
    {draft, threat_reported, {Body::secretariat, Body::nation, kNobody}},
    {draft, requested, kAsked},
    {threat_reported, requested, kAsked},
    {requested, consultation, {Body::secretariat, Body::council, kNobody}},
    {consultation, decided, kCouncil},
    {requested, refused, kCouncil},
    {consultation, refused, kCouncil},
    {draft, cancelled, kSecretariat},
    {threat_reported, cancelled, kSecretariat},
    {requested, cancelled, kCalledOff},
    {consultation, cancelled, kCalledOff},
    {decided, cancelled, kCouncil},
    {generating, cancelled, kCouncil},
    {decided, generating, kSecretariat},
    {generating, advance_deployed, kSecretariat},
    {generating, deploying, kSecretariat},
    {advance_deployed, deploying, kSecretariat},
    {deploying, deployed, kSecretariat},
    {deployed, reinforcing, kCouncil},
    {relocating, reinforcing, kCouncil},
    {deployed, relocating, kMover},
    {reinforcing, relocating, kMover},
    {reinforcing, deployed, kSecretariat},
    {relocating, deployed, kSecretariat},
    {stabilised, deployed, kCouncil},
    {deploying, stabilised, kHostOrCouncil},
    {deployed, stabilised, kHostOrCouncil},
    {reinforcing, stabilised, kHostOrCouncil},
    {relocating, stabilised, kHostOrCouncil},
    {advance_deployed, withdrawing, kHostOrCouncil},
    {deploying, withdrawing, kHostOrCouncil},
    {deployed, withdrawing, kHostOrCouncil},
    {reinforcing, withdrawing, kHostOrCouncil},
    {relocating, withdrawing, kHostOrCouncil},
    {stabilised, withdrawing, kHostOrCouncil},
    {withdrawing, withdrawn, kSecretariat},
    {withdrawn, closed, kSecretariat},
});

struct ContributionStep {
  ContributionState from, to;
  ContributionActor actor;
};

using CS = ContributionState;
constexpr auto kNation = ContributionActor::nation;
constexpr auto kOffice = ContributionActor::secretariat;
constexpr auto kContributionSteps = std::to_array<ContributionStep>({
    {CS::offered, CS::acknowledged, kOffice},
    {CS::acknowledged, CS::accepted, kOffice},
    {CS::acknowledged, CS::declined, kOffice},
    {CS::accepted, CS::committed, kNation},
    {CS::committed, CS::in_transit, kNation},
    {CS::in_transit, CS::in_place, kNation},
    {CS::in_transit, CS::returning, kNation},
    {CS::in_place, CS::returning, kNation},
    {CS::returning, CS::released, kNation},
    {CS::offered, CS::withdrawn_by_nation, kNation},
    {CS::acknowledged, CS::withdrawn_by_nation, kNation},
    {CS::accepted, CS::withdrawn_by_nation, kNation},
    {CS::committed, CS::withdrawn_by_nation, kNation},
    {CS::in_transit, CS::withdrawn_by_nation, kNation},
});

bool has(const std::array<Body, 3>& bodies, Body body) {
  return body != kNobody && std::find(bodies.begin(), bodies.end(), body) != bodies.end();
}

std::string names_of_bodies(const std::array<Body, 3>& bodies) {
  std::string names;
  for (const auto body : bodies) {
    if (body != kNobody) {
      names += (names.empty() ? "" : ", ") + model::to_text(body);
    }
  }
  return names;
}

/// "A (X), B (Y)" of the rows that begin at `from`.
template <typename State, typename Steps>
std::string ways_on(State from, const Steps& steps, auto who) {
  std::string ways;
  for (const auto& step : steps) {
    if (step.from == from) {
      ways +=
          fmt::format("{}{} ({})", ways.empty() ? "" : ", ", model::to_text(step.to), who(step));
    }
  }
  return ways.empty() ? fmt::format("nothing: {} is final", model::to_text(from)) : ways;
}

}  // namespace

bool may_change(OperationState from, OperationState to, Body body) {
  return std::any_of(kOperationSteps.begin(), kOperationSteps.end(), [&](const auto& step) {
    return step.from == from && step.to == to && has(step.bodies, body);
  });
}

std::string next_states(OperationState from) {
  return ways_on(from, kOperationSteps,
                 [](const OperationStep& step) { return names_of_bodies(step.bodies); });
}

bool may_change(ContributionState from, ContributionState to, ContributionActor actor) {
  return std::any_of(kContributionSteps.begin(), kContributionSteps.end(), [&](const auto& step) {
    return step.from == from && step.to == to && step.actor == actor;
  });
}

std::string next_states(ContributionState from) {
  return ways_on(from, kContributionSteps, [](const ContributionStep& step) {
    return step.actor == ContributionActor::nation ? "NATION" : "SECRETARIAT";
  });
}

}  // namespace muster::core
