// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "broker/core/operation_states.h"
#include "nodes/exercise/contingents.h"
#include "nodes/exercise/kazakhstan_2022.h"
#include "tests/support/core_samples.h"

/// A core to which the operation of January 2022 is played, as a broker would take it.
namespace muster::tests {

/// A moment as DOMAIN.md §11 writes it: "2022-01-07T12:00:00Z".
inline model::UtcTime moment(std::string_view text) { return *model::parse_time(text); }

class PlayedOperation {
 public:
  explicit PlayedOperation(std::vector<exercise::PlayEvent> events) : events_(std::move(events)) {
    world_.state = {};
    const auto registry =
        exercise::registry_for_exercise(exercise::exercise_nodes(), moment("2022-01-01T00:00:00Z"));
    core::evolve(world_.state, core::StatementTaken{.said = {.statement = registry}});
  }
  explicit PlayedOperation(std::uint64_t seed = 2022)
      : PlayedOperation(exercise::kazakhstan_2022(seed)) {}

  [[nodiscard]] const std::vector<exercise::PlayEvent>& events() const { return events_; }
  [[nodiscard]] const core::State& state() const { return world_.state; }
  [[nodiscard]] bool is_over() const { return next_ == events_.size(); }

  /// Takes the next event at its moment.
  core::Decision take_next() {
    const auto& event = events_.at(next_++);
    return world_.take(event.report, event.node.view(), event.at);
  }
  /// Everything that happens up to `until`.
  PlayedOperation& play(model::UtcTime until = model::kTimeMax) {
    while (!is_over() && events_[next_].at <= until) {
      take_next();
    }
    return *this;
  }

  [[nodiscard]] const core::Operation& operation() const {
    return *state().agreements.operations.find("EX-2201");
  }
  /// Every contribution, by its key.
  [[nodiscard]] std::map<std::string, core::Contribution> slices() const {
    std::map<std::string, core::Contribution> slices;
    state().agreements.contributions.for_each(
        [&](const std::string& key, const core::Contribution& slice) { slices[key] = slice; });
    return slices;
  }
  /// People of the slices that `counts` lets through.
  template <typename Counts>
  [[nodiscard]] std::uint64_t people(Counts counts) const {
    std::uint64_t sum = 0;
    for (const auto& [key, slice] : slices()) {
      sum += counts(slice) ? slice.said->statement.people.value_or(0) : 0;
    }
    return sum;
  }
  [[nodiscard]] std::uint64_t people(model::ContributionState state) const {
    return people([&](const core::Contribution& slice) { return slice.state == state; });
  }
  [[nodiscard]] std::uint64_t accepted() const {
    return people([](const core::Contribution& slice) { return core::is_accepted(slice.state); });
  }
  [[nodiscard]] std::uint64_t accepted(std::string_view nation) const {
    return people([&](const core::Contribution& slice) {
      return core::is_accepted(slice.state) && slice.said->statement.unit.nation().view() == nation;
    });
  }

 private:
  std::vector<exercise::PlayEvent> events_;
  std::size_t next_ = 0;
  World world_;
};

}  // namespace muster::tests
