// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "broker/core/operation_views.h"
#include "broker/core/seen_operations.h"

namespace muster::core {
namespace {

using model::ContributionState;

/// What is known of when a unit's slices end.
struct Ending {
  std::optional<model::UtcTime> latest;
  bool is_open = false;  ///< People are away and nobody said until when.
};

bool counts(ContributionState state) {
  return state == ContributionState::in_place || state == ContributionState::returning ||
         state == ContributionState::released;
}

void add_people(const Slice& slice, model::WithdrawalRow& row) {
  const auto people = people_of(*slice.said);
  row.in_place += slice.state == ContributionState::in_place ? people : 0;
  row.returning += slice.state == ContributionState::returning ? people : 0;
  row.released += slice.state == ContributionState::released ? people : 0;
}

void add_end(const Slice& slice, Ending& ending) {
  const auto& to = slice.said->to;
  ending.is_open = ending.is_open || (!to && slice.state != ContributionState::released);
  if (to) {
    ending.latest = std::max(ending.latest.value_or(*to), *to);
  }
}

}  // namespace

model::Result<model::WithdrawalAnswer> withdrawal(const State& state,
                                                  const model::WithdrawalQuery& query,
                                                  const Moment& moment) {
  MUSTER_TRY(const auto operation, seen_operation(state, moment.viewer, query.operation));
  std::map<model::UnitId, std::pair<model::WithdrawalRow, Ending>> units;
  for_each_slice(state, moment.viewer, [&](const Slice& slice, const auto&) {
    if (slice.said->operation == operation.code && counts(slice.state)) {
      auto& [row, ending] = units[slice.said->unit];
      add_people(slice, row);
      add_end(slice, ending);
    }
  });
  model::WithdrawalAnswer answer{.operation = operation.code, .rows = {}};
  for (auto& [unit, found] : units) {
    auto& [row, ending] = found;
    row.unit = unit;
    row.planned_release = ending.is_open ? std::nullopt : ending.latest;
    answer.in_place += row.in_place;
    answer.returning += row.returning;
    answer.released += row.released;
    answer.rows.push_back(row);
  }
  return answer;
}

}  // namespace muster::core
