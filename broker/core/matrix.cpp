// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "broker/core/candidates.h"
#include "broker/core/force_views.h"

namespace muster::core {
namespace {

using model::Level;

/// A nation and the number of a task or an element kind.
using CellKey = std::pair<model::Nation, unsigned>;

struct Cell {
  std::uint32_t units = 0;
  std::uint64_t people = 0, stale_people = 0;
  Level level = 0;  ///< 0 as long as no unit's is measured.
};
using Cells = std::map<CellKey, Cell>;

/// The columns in which a unit counts.
std::vector<unsigned> columns_of(const model::UnitStatement* identity,
                                 const model::MatrixQuery& query) {
  const auto able = tasks_of(identity);
  const auto asked = set_of(query.tasks);
  std::vector<unsigned> columns;
  if (!query.by_task) {
    if (covers(able, asked)) {
      columns.push_back(static_cast<unsigned>(element_kind_of(identity)));
    }
    return columns;
  }
  const auto counted = query.tasks.empty() ? able : able & asked;
  for (unsigned task = 0; task < counted.size(); ++task) {
    if (counted.test(task)) {
      columns.push_back(task);
    }
  }
  return columns;
}

Cells cells_of(const State& state, const model::MatrixQuery& query, const Moment& moment) {
  Cells cells;
  const Ages ages(*state.registry, moment.now);
  for_each_visible(state, moment.viewer, [&](const model::UnitId& id, const UnitState& unit) {
    const auto nation = id.nation();
    if (!passes(query.nations, nation)) {
      return;
    }
    const auto level = level_seen(state, moment, id, unit);
    const bool is_stale = ages.of(id, unit) >= model::Freshness::stale;
    for (const auto column : columns_of(seen(moment.viewer, nation, unit.identity), query)) {
      auto& cell = cells[{nation, column}];
      ++cell.units;
      cell.people += unit.own.deployable;
      cell.stale_people += is_stale ? unit.own.deployable : 0;
      cell.level = level != model::kNotMeasured ? std::max(cell.level, level) : cell.level;
    }
  });
  return cells;
}

std::string text_of(unsigned column, bool by_task) {
  return by_task ? model::to_text(static_cast<model::Task>(column))
                 : model::to_text(static_cast<model::ElementKind>(column));
}

}  // namespace

model::MatrixAnswer matrix(const State& state, const State& before, const model::MatrixQuery& query,
                           const Moment& moment) {
  const auto was = cells_of(before, query, moment);  // Of which only people are used.
  model::MatrixAnswer answer{.by_task = query.by_task, .trend_days = query.trend_days, .cells = {}};
  for (const auto& [key, cell] : cells_of(state, query, moment)) {
    const auto old = was.find(key);
    const auto people_before = old != was.end() ? old->second.people : 0;
    answer.cells.push_back({.nation = key.first,
                            .capability = text_of(key.second, query.by_task),
                            .units = cell.units,
                            .people = cell.people,
                            .level = cell.level != 0 ? cell.level : model::kNotMeasured,
                            .change = static_cast<std::int64_t>(cell.people) -
                                      static_cast<std::int64_t>(people_before),
                            .stale_people = cell.stale_people});
  }
  return answer;
}

}  // namespace muster::core
