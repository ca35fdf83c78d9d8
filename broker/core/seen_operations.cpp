// SPDX-License-Identifier: Apache-2.0
#include "broker/core/seen_operations.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "broker/core/operation_states.h"

namespace muster::core {
namespace {

using model::DecisionKind;
using model::DecisionStatement;
using Decisions = std::vector<const Kept<DecisionStatement>*>;

template <typename S>
const Kept<S>* seen_word(const Viewer& viewer, const KeptPtr<S>& kept) {
  return seen(viewer, model::secretariat(), kept) != nullptr ? kept.get() : nullptr;
}

bool is_about(const State& state, const DecisionStatement& decision, const model::Code& code) {
  if (decision.operation) {
    return *decision.operation == code;
  }
  const auto* slice = state.agreements.contributions.find(decision.contribution_id);
  return slice != nullptr && slice->said && slice->said->statement.operation == code;
}

/// Where a word on a decision counts among the others: a correction where the first word that it
/// replaces does.
std::size_t place_among(std::span<const AgreementWord> words, std::size_t i,
                        const DecisionStatement& decision) {
  const auto is_first = [&](const AgreementWord& word) {
    const auto* other = std::get_if<DecisionStatement>(&word.said.statement);
    return other != nullptr && other->decision_id == decision.decision_id &&
           word.place == words[i].place &&
           word.said.stamp.report.node == words[i].said.stamp.report.node;
  };
  const auto* first = &*std::find_if(words.begin(), words.end(), is_first);
  return static_cast<std::size_t>(first - words.data());
}

/// For who does not see everything: what the decisions that it sees made of the operation. A figure
/// that it has seen nowhere stays what the operation said of itself.
void forget_unseen(SeenOperation& known, const Decisions& decisions) {
  const auto& said = known.said->statement;
  const auto authorised = known.authorised_strength;
  const auto commander = known.commander;
  known.state = model::OperationState::draft;
  known.authorised_strength = said.authorised_strength;
  known.commander = said.commander;
  for (const auto* kept : decisions) {
    const auto& decision = kept->statement;
    if (decision.kind == DecisionKind::state_change && decision.to_state) {
      known.state = *decision.to_state;
    } else if (decision.kind == DecisionKind::authorised_strength && decision.value && authorised &&
               *decision.value == std::int64_t{*authorised}) {
      known.authorised_strength = authorised;
    } else if (decision.kind == DecisionKind::commander && decision.reference == commander) {
      known.commander = commander;
    }
  }
}

std::optional<SeenOperation> seen_as(const State& state, const Viewer& viewer,
                                     const Operation& operation) {
  const auto* said = seen_word(viewer, operation.said);
  if (said == nullptr) {
    return std::nullopt;
  }
  SeenOperation known{.code = said->statement.operation,
                      .said = said,
                      .requirement = seen_word(viewer, operation.requirement),
                      .state = operation.state,
                      .authorised_strength = operation.authorised_strength,
                      .commander = operation.commander};
  if (!sees_all(viewer)) {
    forget_unseen(known, seen_decisions(state, viewer, known.code));
  }
  return known;
}

}  // namespace

std::vector<SeenOperation> seen_operations(const State& state, const Viewer& viewer) {
  std::vector<SeenOperation> operations;
  state.agreements.operations.for_each([&](const std::string&, const Operation& operation) {
    if (auto found = seen_as(state, viewer, operation)) {
      operations.push_back(std::move(*found));
    }
  });
  std::sort(operations.begin(), operations.end(),
            [](const auto& a, const auto& b) { return a.code < b.code; });
  return operations;
}

model::Result<SeenOperation> seen_operation(const State& state, const Viewer& viewer,
                                            const model::Code& code) {
  const auto* operation = state.agreements.operations.find(code.str());
  auto found = operation != nullptr ? seen_as(state, viewer, *operation) : std::nullopt;
  if (!found) {
    return model::fail(model::ErrorCode::not_found,
                       fmt::format("{}: there is no such operation", code.view()));
  }
  return *std::move(found);
}

Decisions seen_decisions(const State& state, const Viewer& viewer, const model::Code& code) {
  const auto words = state.agreement_words.view();
  std::vector<std::pair<std::size_t, const Kept<DecisionStatement>*>> found;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto* decision = std::get_if<DecisionStatement>(&words[i].said.statement);
    if (decision == nullptr || !is_about(state, *decision, code)) {
      continue;
    }
    // Only the word that counts: others were corrected, or are not known at this moment.
    const auto* known = state.agreements.decisions.find(decision->decision_id.str());
    if (known != nullptr && (*known)->stamp == words[i].said.stamp &&
        seen_word(viewer, *known) != nullptr) {
      found.emplace_back(place_among(words, i, *decision), known->get());
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  Decisions decisions;
  for (const auto& [place, kept] : found) {
    decisions.push_back(kept);
  }
  return decisions;
}

UnitPromises promises_of(const State& state, const Viewer& viewer, const model::UnitId& unit) {
  const auto slices =
      slices_of(state.agreements, unit, [&](const std::string&, const Contribution& known) {
        return known.said && is_live(known.state) &&
               seen(viewer, unit.nation(), known.said) != nullptr;
      });
  UnitPromises promises;
  for (const auto& slice : slices) {
    promises.committed += is_accepted(slice.state) ? people_of(*slice.said) : 0;
    promises.operations.push_back(slice.said->operation);
  }
  auto& operations = promises.operations;
  std::sort(operations.begin(), operations.end());
  operations.erase(std::unique(operations.begin(), operations.end()), operations.end());
  return promises;
}

std::map<model::Nation, Burden> burdens(const State& state, const Viewer& viewer) {
  std::map<model::Nation, Burden> burdens;
  for_each_visible(state, viewer, [&](const model::UnitId& id, const UnitState& unit) {
    burdens[id.nation()].deployable += unit.own.deployable;
  });
  for_each_slice(state, viewer, [&](const Slice& slice, const auto&) {
    if (is_accepted(slice.state)) {
      burdens[slice.said->unit.nation()].committed += people_of(*slice.said);
    }
  });
  return burdens;
}

}  // namespace muster::core
