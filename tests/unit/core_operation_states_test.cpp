// SPDX-License-Identifier: Apache-2.0
#include "broker/core/operation_states.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <set>

// The tables of DOMAIN.md §2, written a second time: in the rows of the document.

namespace muster::core {
namespace {

using model::Body;
using model::ContributionState;
using model::OperationState;
using enum model::OperationState;

using Steps = std::map<std::pair<OperationState, OperationState>, std::set<Body>>;

void add(Steps& steps, std::initializer_list<OperationState> from, OperationState to,
         const std::set<Body>& bodies) {
  for (const auto state : from) {
    steps[{state, to}] = bodies;
  }
}

Steps rows_of_the_document() {
  Steps steps;
  const std::set<Body> secretariat = {Body::secretariat};
  add(steps, {draft}, threat_reported, {Body::secretariat, Body::nation});
  add(steps, {draft, threat_reported}, requested, {Body::host, Body::un});
  add(steps, {requested}, consultation, {Body::secretariat, Body::council});
  add(steps, {consultation}, decided, {Body::council});
  add(steps, {requested, consultation}, refused, {Body::council});
  add(steps, {draft, threat_reported}, cancelled, secretariat);
  add(steps, {requested, consultation}, cancelled, {Body::host, Body::un, Body::council});
  add(steps, {decided, generating}, cancelled, {Body::council});
  add(steps, {decided}, generating, secretariat);
  add(steps, {generating}, advance_deployed, secretariat);
  add(steps, {generating, advance_deployed}, deploying, secretariat);
  add(steps, {deploying, reinforcing, relocating}, deployed, secretariat);
  add(steps, {deployed, relocating}, reinforcing, {Body::council});
  add(steps, {deployed, reinforcing}, relocating, {Body::commander, Body::secretariat});
  add(steps, {stabilised}, deployed, {Body::council});
  add(steps, {deploying, deployed, reinforcing, relocating}, stabilised,
      {Body::host, Body::council});
  add(steps, {advance_deployed, deploying, deployed, reinforcing, relocating, stabilised},
      withdrawing, {Body::council, Body::host});
  add(steps, {withdrawing}, withdrawn, secretariat);
  add(steps, {withdrawn}, closed, secretariat);
  return steps;
}

TEST(OperationStates, AreThoseOfTheDocumentAndNoOthers) {
  const auto steps = rows_of_the_document();
  for (const auto& from : model::code_names(OperationState{})) {
    for (const auto& to : model::code_names(OperationState{})) {
      const auto row = steps.find({from.value, to.value});
      for (const auto& body : model::code_names(Body{})) {
        const bool is_allowed = row != steps.end() && row->second.contains(body.value);
        EXPECT_EQ(may_change(from.value, to.value, body.value), is_allowed)
            << from.name << " -> " << to.name << " by " << body.name;
      }
    }
  }
  EXPECT_FALSE(may_change(draft, requested, static_cast<Body>(0)));
}

TEST(OperationStates, EndWhereTheDocumentSaysSo) {
  for (const auto state : {refused, cancelled, closed}) {
    EXPECT_EQ(next_states(state), "nothing: " + model::to_text(state) + " is final");
  }
  EXPECT_EQ(next_states(consultation),
            "DECIDED (COUNCIL), REFUSED (COUNCIL), CANCELLED (HOST, UN, COUNCIL)");
}

TEST(ContributionStates, AreThoseOfTheDocumentAndNoOthers) {
  using CS = ContributionState;
  constexpr auto nation = ContributionActor::nation;
  constexpr auto secretariat = ContributionActor::secretariat;
  std::set<std::tuple<CS, CS, ContributionActor>> steps = {
      {CS::offered, CS::acknowledged, secretariat},  {CS::acknowledged, CS::accepted, secretariat},
      {CS::acknowledged, CS::declined, secretariat}, {CS::accepted, CS::committed, nation},
      {CS::committed, CS::in_transit, nation},       {CS::in_transit, CS::in_place, nation},
      {CS::in_transit, CS::returning, nation},       {CS::in_place, CS::returning, nation},
      {CS::returning, CS::released, nation}};
  for (const auto from :
       {CS::offered, CS::acknowledged, CS::accepted, CS::committed, CS::in_transit}) {
    steps.emplace(from, CS::withdrawn_by_nation, nation);
  }
  for (const auto& from : model::code_names(CS{})) {
    for (const auto& to : model::code_names(CS{})) {
      for (const auto actor : {nation, secretariat}) {
        EXPECT_EQ(may_change(from.value, to.value, actor),
                  steps.contains({from.value, to.value, actor}))
            << from.name << " -> " << to.name;
      }
    }
  }
}

TEST(ContributionStates, AreAcceptedCommittedOrLive) {
  using CS = ContributionState;
  const auto all_of = [](auto is) {
    std::set<CS> states;
    for (const auto& state : model::code_names(CS{})) {
      if (is(state.value)) {
        states.insert(state.value);
      }
    }
    return states;
  };
  const std::set<CS> committed = {CS::committed, CS::in_transit, CS::in_place, CS::returning};
  auto accepted = committed;
  accepted.insert(CS::accepted);
  auto live = accepted;
  live.insert({CS::offered, CS::acknowledged});

  EXPECT_EQ(all_of([](CS state) { return is_committed(state); }), committed);
  EXPECT_EQ(all_of([](CS state) { return is_accepted(state); }), accepted);
  EXPECT_EQ(all_of([](CS state) { return is_live(state); }), live);
}

}  // namespace
}  // namespace muster::core
