// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "schemas/model/force_codes.h"

/// The life cycles of operations and contributions (DOMAIN.md §2), as tables (V29).
namespace muster::core {

/// May `body` take an operation from one state to the other?
bool may_change(model::OperationState from, model::OperationState to, model::Body body);

/// REFUSED, CANCELLED or CLOSED: there is no way on.
constexpr bool is_final(model::OperationState state) {
  using enum model::OperationState;
  return state == refused || state == cancelled || state == closed;
}

/// Where an operation can go from `from`, and by whom: "CONSULTATION (SECRETARIAT, COUNCIL),
/// REFUSED (COUNCIL)". "nothing: CLOSED is final" where there is no way on.
std::string next_states(model::OperationState from);

/// Who may change a contribution: its nation by a Contribution, the secretariat by a Decision.
enum class ContributionActor : std::uint8_t { nation, secretariat };

/// May `actor` take a contribution from one state to the other?
bool may_change(model::ContributionState from, model::ContributionState to,
                ContributionActor actor);

/// The same in words: "COMMITTED (NATION), WITHDRAWN_BY_NATION (NATION)".
std::string next_states(model::ContributionState from);

/// ACCEPTED or later, and not over: its people are promised.
constexpr bool is_accepted(model::ContributionState state) {
  using enum model::ContributionState;
  return state == accepted || state == committed || state == in_transit || state == in_place ||
         state == returning;
}
/// COMMITTED or later, and not over: its people are not available elsewhere.
constexpr bool is_committed(model::ContributionState state) {
  return is_accepted(state) && state != model::ContributionState::accepted;
}
/// Offered or more, and not over.
constexpr bool is_live(model::ContributionState state) {
  return is_accepted(state) || state == model::ContributionState::offered ||
         state == model::ContributionState::acknowledged;
}

}  // namespace muster::core
