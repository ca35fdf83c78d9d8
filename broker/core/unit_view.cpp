// SPDX-License-Identifier: Apache-2.0
#include "broker/core/freshness.h"
#include "broker/core/views.h"

namespace muster::core {
namespace {

template <typename S>
model::Statement as_said(const model::UnitId&, const S& statement) {
  return statement;
}
model::Statement as_said(const model::UnitId& id, const Roster& roster) {
  return full_statement(id, roster);
}

/// The people of a roster are their nation's own business; others see them counted.
bool is_for(const Viewer& viewer, const model::Nation& nation, model::StatementKind kind) {
  return kind != model::StatementKind::roster || viewer.node.publisher() == nation;
}

}  // namespace

std::optional<model::UnitAnswer> unit(const State& state, const model::UnitQuery& query,
                                      const Moment& moment) {
  const auto* known = state.units.find(query.unit);
  if (known == nullptr || !can_see(moment.viewer, query.unit, *known)) {
    return std::nullopt;
  }
  const auto nation = query.unit.nation();
  const Ages ages(*state.registry, moment.now);
  model::UnitAnswer answer{.unit = query.unit,
                           .node = owner_of(state, query.unit, *known, moment.now),
                           .effective = level_seen(state, moment, query.unit, *known),
                           .freshness = ages.of(query.unit, *known)};
  const auto seen = [&](const auto& kept) {
    return kept && sees(moment.viewer, nation, kept->releasable_to) ? &kept->statement : nullptr;
  };
  if (const auto* readiness = seen(known->readiness)) {
    answer.reported_overall = readiness->reported_overall;
  }
  answer.computed = computed_seen(state, moment, query.unit, *known);
  for_each_kept(*known, [&](model::StatementKind kind, const auto& kept) {
    if (seen(kept) == nullptr || !is_for(moment.viewer, nation, kind)) {
      return;
    }
    const auto& stamp = kept->stamp;
    answer.statements.push_back(as_said(query.unit, kept->statement));
    answer.stamps.push_back(
        {.kind = kind,
         .report = stamp.report,
         .valid_at = stamp.valid_at,
         .issued_at = stamp.issued_at,
         .received_at = stamp.received_at,
         .ledger_seq = stamp.ledger_seq,
         .freshness = ages.of(nation, kind, stamp.valid_at, known->stands_by())});
  });
  return answer;
}

}  // namespace muster::core
