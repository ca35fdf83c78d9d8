// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "broker/core/operation_states.h"
#include "broker/core/operation_views.h"
#include "broker/core/seen_operations.h"

namespace muster::core {
namespace {

using model::SelfSustainmentCategory;

/// The units that go: with a slice ACCEPTED or later, or, while there is none, with an offer.
std::set<model::UnitId> units_of(const State& state, const Viewer& viewer,
                                 const model::Code& operation) {
  std::set<model::UnitId> accepted;
  std::set<model::UnitId> offered;
  for_each_slice(state, viewer, [&](const Slice& slice, const auto&) {
    if (slice.said->operation == operation && is_live(slice.state)) {
      (is_accepted(slice.state) ? accepted : offered).insert(slice.said->unit);
    }
  });
  return accepted.empty() ? offered : accepted;
}

/// So many days for so many people.
struct Supply {
  std::uint64_t covered_people = 0;
  std::uint16_t days = 0;
};
using Supplies = std::map<SelfSustainmentCategory, std::vector<Supply>>;

/// What one unit has of each category. A line without people or without days says nothing: neither
/// is 0.
Supplies supplies_of(const model::SelfSustainmentStatement* said) {
  Supplies supplies;
  if (said == nullptr) {
    return supplies;
  }
  for (const auto& line : said->lines) {
    if (line.covered_people && line.days_of_supply) {
      supplies[line.category].push_back({*line.covered_people, *line.days_of_supply});
    }
  }
  return supplies;
}

/// Each supply lasts `days_wanted` at most: what is left afterwards feeds nobody in that time.
void add_supply(model::SustainmentRow& row, const Supply& supply, std::uint16_t days_wanted) {
  if (supply.covered_people == 0) {
    return;  // It covers nobody, however long.
  }
  row.days = row.covered_people == 0 ? supply.days : std::min(row.days, supply.days);
  row.covered_people += supply.covered_people;
  row.supplied_person_days += supply.covered_people * std::min(supply.days, days_wanted);
}

using Rows = std::map<SelfSustainmentCategory, model::SustainmentRow>;

/// A row for each category that the lines of the requirement ask for.
void ask_for(const SeenOperation& operation, Rows& rows) {
  if (operation.requirement == nullptr) {
    return;
  }
  for (const auto& line : operation.requirement->statement.lines) {
    for (const auto& need : line.self_sustainment) {
      rows[need.category];
    }
  }
}

}  // namespace

model::Result<model::SustainmentAnswer> sustainment(const State& state,
                                                    const model::SustainmentQuery& query,
                                                    const Moment& moment) {
  const auto& viewer = moment.viewer;
  MUSTER_TRY(const auto operation, seen_operation(state, viewer, query.operation));
  if (!query.people && !operation.authorised_strength) {
    return model::fail(model::ErrorCode::not_found,
                       fmt::format("{} has no authorised strength yet: say for how many people",
                                   query.operation.view()));
  }
  const std::uint64_t people = query.people ? *query.people : *operation.authorised_strength;
  const auto units = units_of(state, viewer, operation.code);
  Rows rows;
  ask_for(operation, rows);
  for (const auto& id : units) {
    const auto* unit = state.units.find(id);
    const auto* said = unit != nullptr ? seen(viewer, id.nation(), unit->sustainment) : nullptr;
    for (const auto& [category, supplies] : supplies_of(said)) {
      ++rows[category].units;
      for (const auto& supply : supplies) {
        add_supply(rows[category], supply, query.days);
      }
    }
  }
  model::SustainmentAnswer answer{
      .operation = operation.code, .people = people, .days = query.days, .rows = {}};
  const auto wanted = people * query.days;
  for (auto& [category, row] : rows) {
    row.category = category;
    row.silent_units = static_cast<std::uint32_t>(units.size()) - row.units;
    row.shortfall_person_days =
        wanted > row.supplied_person_days ? wanted - row.supplied_person_days : 0;
    answer.rows.push_back(row);
  }
  return answer;
}

}  // namespace muster::core
