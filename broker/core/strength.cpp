// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "broker/core/tally.h"
#include "broker/core/views.h"

namespace muster::core {
namespace {

bool asks_for_levels(const model::StrengthQuery& query) {
  return !query.levels.empty() || std::find(query.group_by.begin(), query.group_by.end(),
                                            model::Dimension::level) != query.group_by.end();
}

/// Who only keeps the bus healthy sees who reports, and no strength.
bool sees_who_reports(const Viewer& viewer) {
  return sees_all(viewer) || viewer.has(model::Role::ops);
}

/// Does the overview say what is asked for? It knows no levels, and not who may see what.
bool overview_suffices(const State& state, const Moment& moment, bool needs_levels) {
  const auto& overview = state.overview;
  return sees_all(moment.viewer) && !needs_levels && moment.now < overview.holds_until() &&
         !overview.is_full();
}

/// Calls `visit(row, is_visible)` with each unit's row, at the level that the viewer may know.
template <typename Visit>
void for_each_row(const State& state, const Moment& moment, bool needs_levels, Visit visit) {
  state.units.for_each([&](const model::UnitId& id, const UnitState& unit) {
    const bool is_visible = unit.identity && can_see(moment.viewer, id, unit);
    if (!is_visible && !sees_who_reports(moment.viewer)) {
      return;
    }
    auto row = unit.row;
    if (is_visible && needs_levels) {
      row.level = level_seen(state, moment, id, unit);
    }
    visit(row, is_visible);
  });
}

}  // namespace

model::AnswerHeader header_of(const State& state, const Moment& moment,
                              const std::vector<model::Nation>& nations) {
  Reporting reporting(*state.registry, moment, nations);
  if (overview_suffices(state, moment, false)) {
    for (const auto& seen : state.overview.at(moment.now)) {
      reporting.add(seen);
    }
  } else {
    for_each_row(state, moment, false,
                 [&](const Row& row, bool is_visible) { reporting.add(row, is_visible); });
  }
  return reporting.header(state.ledger_seq);
}

model::StrengthAnswer strength(const State& state, const model::StrengthQuery& query,
                               const Moment& moment) {
  return std::get<model::StrengthAnswer>(strength_answer(state, query, moment).body);
}

model::Answer strength_answer(const State& state, const model::StrengthQuery& query,
                              const Moment& moment) {
  Reporting reporting(*state.registry, moment, query.nations);
  Strengths strengths(query);
  const bool needs_levels = asks_for_levels(query);
  if (overview_suffices(state, moment, needs_levels)) {
    for (const auto& seen : state.overview.at(moment.now)) {
      reporting.add(seen);
      strengths.add(seen.cell);
    }
  } else {
    for_each_row(state, moment, needs_levels, [&](const Row& row, bool is_visible) {
      reporting.add(row, is_visible);
      if (is_visible) {
        strengths.add(row);
      }
    });
  }
  return {reporting.header(state.ledger_seq), strengths.answer()};
}

bool words_suffice(const model::Query& query, const Viewer& viewer) {
  const auto* strength = std::get_if<model::StrengthQuery>(&query);
  return strength != nullptr && sees_all(viewer) && !asks_for_levels(*strength);
}

model::Answer strength_from_words(const State& now, const model::StrengthQuery& query,
                                  const Moment& moment, std::uint64_t ledger_seq) {
  const model::Bitime at{moment.now, moment.known_at};
  Reporting reporting(*now.registry_known(moment.known_at), moment, query.nations);
  Strengths strengths(query);
  now.units.for_each([&](const model::UnitId& id, const UnitState& unit) {
    const auto row = row_at(id, unit.history, at);
    reporting.add(row, true);
    strengths.add(row);
  });
  return {reporting.header(ledger_seq), strengths.answer()};
}

}  // namespace muster::core
