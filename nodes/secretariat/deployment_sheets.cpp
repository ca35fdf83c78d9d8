// SPDX-License-Identifier: Apache-2.0
// How an operation builds up, and what would remain.
#include <fmt/format.h>

#include <algorithm>

#include "nodes/secretariat/bars.h"
#include "nodes/secretariat/operation_sheets.h"
#include "nodes/secretariat/words.h"

namespace muster::secretariat {
namespace {

constexpr std::string_view kNeeded = "│";
constexpr std::string_view kAuthorised = "║";

/// People that are needed by an hour; 0 before the first need.
std::uint64_t needed_by(const model::OperationBuildupAnswer& answer, std::uint16_t hour) {
  std::uint64_t people = 0;
  for (const auto& need : answer.needs) {
    people = need.hour <= hour ? std::max(people, need.people) : people;
  }
  return people;
}

/// Who is there by an hour.
model::Assurance there_by(const model::OperationBuildupAnswer& answer, std::uint16_t hour) {
  model::Assurance people;
  for (const auto& step : answer.steps) {
    people = step.hour <= hour ? step.cumulative : people;
  }
  return people;
}

/// What a full bar stands for: everything that is drawn fits.
std::uint64_t most_of(const model::OperationBuildupAnswer& answer) {
  std::uint64_t most = answer.authorised_strength.value_or(0);
  for (const auto& step : answer.steps) {
    most = std::max(most, step.cumulative.claimed);
  }
  for (const auto& need : answer.needs) {
    most = std::max(most, need.people);
  }
  return most;
}

std::string step_bar(const model::OperationBuildupAnswer& answer, const model::DeploymentStep& step,
                     std::size_t width) {
  const auto most = most_of(answer);
  auto bar = assurance_bar(step.cumulative, most, width);
  if (answer.authorised_strength) {
    bar = marked(std::move(bar), kAuthorised, *answer.authorised_strength, most, width);
  }
  const auto needed = needed_by(answer, step.hour);
  return needed == 0 ? bar : marked(std::move(bar), kNeeded, needed, most, width);
}

Row step_row(const model::OperationBuildupAnswer& answer, const model::DeploymentStep& step) {
  Row row{.cells = {cell(std::uint64_t{step.hour}), cell(std::string(step.nation.view())),
                    code_cell(model::to_text(step.echelon)), cell(std::uint64_t{step.slices})},
          .parent = {}};
  for (const auto& people : {step.people, step.cumulative}) {
    for (const auto count : {people.certain, people.likely, people.claimed}) {
      row.cells.push_back(cell(count));
    }
  }
  row.cells.push_back(cell(needed_by(answer, step.hour)));
  return row;
}

Sheet needs_sheet(const model::OperationBuildupAnswer& answer) {
  Sheet made;
  made.columns = {{"hour", "HOUR", true},       {"needed", "NEEDED", true},
                  {"certain", "CERTAIN", true}, {"likely", "LIKELY", true},
                  {"claimed", "CLAIMED", true}, {"lacking", "LACKING", true}};
  for (const auto& need : answer.needs) {
    const auto there = there_by(answer, need.hour);
    made.rows.push_back(
        {.cells = {cell(std::uint64_t{need.hour}), cell(need.people), cell(there.certain),
                   cell(there.likely), cell(there.claimed),
                   lacking_cell(need.people > there.claimed ? need.people - there.claimed : 0)},
         .parent = {}});
  }
  return made;
}

/// Without a colour: more is good of some figures and bad of others.
Cell difference_cell(const model::RemainingRow& row) {
  return change_cell(static_cast<std::int64_t>(row.then) - static_cast<std::int64_t>(row.now));
}

}  // namespace

Sheet deployment_sheet(const model::OperationBuildupAnswer& answer, const Layout& layout) {
  Sheet made;
  made.columns = {{"hour", "HOUR", true},
                  {"nation", "NATION"},
                  {"echelon", "ECHELON"},
                  {"slices", "SLICES", true},
                  {"certain", "+CERTAIN", true, Seen::wide},
                  {"likely", "+LIKELY", true, Seen::wide},
                  {"claimed", "+CLAIMED", true, Seen::wide},
                  {"cumulative_certain", "CERTAIN", true},
                  {"cumulative_likely", "LIKELY", true},
                  {"cumulative_claimed", "CLAIMED", true},
                  {"needed", "NEEDED", true}};
  for (const auto& step : answer.steps) {
    made.rows.push_back(step_row(answer, step));
  }
  if (layout.is_picture) {
    const auto width = room_for_bar(made, layout.columns);
    made.columns.push_back({"bar", "SO FAR", false, Seen::table_only});
    for (std::size_t i = 0; i < answer.steps.size(); ++i) {
      made.rows[i].cells.push_back(
          {.value = {}, .shown = step_bar(answer, answer.steps[i], width)});
    }
  }
  return made;
}

std::vector<Annex> annexes(const model::OperationBuildupAnswer& answer, const Layout& /*layout*/) {
  if (answer.needs.empty()) {
    return {};
  }
  return {{.title = "Needed by then, and there:", .sheet = needs_sheet(answer)}};
}

Sheet sheet(const model::RemainingAnswer& answer) {
  Sheet made;
  made.columns = {{"figure", "FIGURE"},
                  {"now", "NOW", true},
                  {"then", "THEN", true},
                  {"difference", "DIFFERENCE", true}};
  for (const auto& row : answer.rows) {
    made.rows.push_back(
        {.cells = {cell(row.figure), cell(row.now), cell(row.then), difference_cell(row)},
         .parent = {}});
  }
  return made;
}

std::string facts(const model::OperationBuildupAnswer& answer) {
  auto text = fmt::format(
      "{} · build-up over {} h: the force so far, up to and with each line\n"
      "{} certain  {} likely  {} claimed · {} needed by then",
      answer.operation.view(), answer.horizon_h, kCertain, kLikely, kClaimed, kNeeded);
  if (answer.authorised_strength) {
    text += fmt::format(" · {} authorised {}", kAuthorised, *answer.authorised_strength);
  }
  return text + fmt::format(" · a full bar is {} people\n", most_of(answer));
}

std::string facts(const model::RemainingAnswer& answer) {
  return fmt::format("What remains; ready is within {} h {}\n", answer.within_h,
                     for_tasks(answer.tasks));
}

}  // namespace muster::secretariat
