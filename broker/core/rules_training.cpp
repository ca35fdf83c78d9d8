// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <set>

#include "broker/core/rules.h"

namespace muster::core {

using model::Rule;

void check_sustainment_line(Inquiry& inquiry, const std::string& place,
                            const model::SustainmentLine& line) {
  check_code(inquiry, place + ".category", line.category);
  check_number(inquiry, place + ".days_of_supply", line.days_of_supply, 0, 180, false);
  check_number(inquiry, place + ".covered_people", line.covered_people, 0,
               inquiry.limits.people_max, false);
}

void check_sustainment(Inquiry& inquiry, const model::SelfSustainmentStatement& sustainment) {
  check_owner(inquiry, sustainment.unit);
  check_order(inquiry, sustainment.unit, model::StatementKind::self_sustainment);
  std::set<model::SelfSustainmentCategory> categories;
  for (std::size_t i = 0; i < sustainment.lines.size(); ++i) {
    const auto category = sustainment.lines[i].category;
    check_sustainment_line(inquiry, fmt::format("lines[{}]", i), sustainment.lines[i]);
    if (!categories.insert(category).second) {
      inquiry.refuse(Rule::v36, path("lines", i, "category"),
                     model::to_text(category) + " a second time", "each category once in a unit");
    }
  }
}

void check_training(Inquiry& inquiry, const model::TrainingStatement& training) {
  check_owner(inquiry, training.unit);
  check_order(inquiry, training.unit, model::StatementKind::training);
  std::set<model::Task> tasks;
  for (std::size_t i = 0; i < training.tasks.size(); ++i) {
    const auto& task = training.tasks[i];
    const auto field = [&](std::string_view name) { return path("tasks", i, name); };
    check_code(inquiry, field("task"), task.task);
    check_code(inquiry, field("state"), task.state);
    check_time(inquiry, field("last_exercise"), task.last_exercise);
    check_time(inquiry, field("certified_until"), task.certified_until);
    check_text(inquiry, field("certified_by"), task.certified_by, inquiry.limits.name_max);
    if (!tasks.insert(task.task).second) {
      inquiry.refuse(Rule::v36, field("task"), model::to_text(task.task) + " a second time",
                     "each task once in a unit");
    }
  }
}

}  // namespace muster::core
