// SPDX-License-Identifier: Apache-2.0
#include "nodes/exercise/training.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "nodes/exercise/levels.h"

namespace muster::exercise {
namespace {

using model::TrainingState;

model::Duration days(std::uint32_t count) { return std::chrono::hours{24 * count}; }

model::TrainedTask make_task(model::Task task, const model::Nation& nation, model::UtcTime valid_at,
                             Dice& dice) {
  return {.task = task,
          .state = TrainingState::trained,
          .last_exercise = valid_at - days(dice.between(20, 300)),
          .certified_by = fmt::format("{} inspectors", nation.view()),
          .certified_until = valid_at + days(dice.between(120, 600))};
}

/// Trained long ago: what is left is the day of the last exercise.
void let_practice_lapse(model::TrainedTask& task, model::UtcTime valid_at, Dice& dice) {
  task = {.task = task.task,
          .state = TrainingState::needs_practice,
          .last_exercise = valid_at - days(dice.between(301, 700)),
          .certified_by = {},
          .certified_until = {}};
}

}  // namespace

model::TrainingStatement make_training(const UnitPlan& plan, model::UtcTime valid_at, Dice& dice) {
  constexpr std::size_t kTasksToLapse = 3;  // One of fewer would leave the unit at level 4.
  constexpr std::uint32_t kUnitsToLapse = 5;
  model::TrainingStatement training;
  training.unit = plan.unit;
  for (const auto task : element_of(plan.kind).tasks) {
    training.tasks.push_back(make_task(task, plan.unit.nation(), valid_at, dice));
  }
  if (training.tasks.size() >= kTasksToLapse && dice.between(1, kUnitsToLapse) == 1) {
    const auto last = static_cast<std::uint32_t>(training.tasks.size() - 1);
    let_practice_lapse(training.tasks[dice.between(0, last)], valid_at, dice);
  }
  return training;
}

model::Level training_level(const model::TrainingStatement& training, model::UtcTime valid_at) {
  const auto trained =
      std::count_if(training.tasks.begin(), training.tasks.end(), [&](const auto& task) {
        const bool is_certified = !task.certified_until || valid_at < *task.certified_until;
        return task.state == TrainingState::trained && is_certified;
      });
  return level_of(static_cast<std::uint64_t>(trained), training.tasks.size(), kTrainedBounds);
}

model::SelfSustainmentStatement make_sustainment(const UnitPlan& plan, Dice& dice) {
  model::SelfSustainmentStatement sustainment;
  sustainment.unit = plan.unit;
  for (const auto& row : element_of(plan.kind).sustainment) {
    sustainment.lines.push_back({.category = row.category,
                                 .days_of_supply = static_cast<std::uint16_t>(dice.between(30, 60)),
                                 .covered_people = plan.authorised * row.covers_percent / 100});
  }
  return sustainment;
}

}  // namespace muster::exercise
