// SPDX-License-Identifier: Apache-2.0
#include "broker/core/feed.h"

#include <algorithm>

#include "broker/core/freshness.h"
#include "broker/core/operation_views.h"
#include "broker/core/seen_operations.h"

namespace muster::core {
namespace {

template <typename Key>
void sort_once(std::vector<Key>& keys) {
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
}

/// What a correction folds anew is new and may say the same: compared by what it says.
template <typename Value>
bool is_same(const Value* before, const Value* after) {
  return before != nullptr && after != nullptr && *before == *after;
}
template <typename S>
bool is_same(const KeptPtr<S>* before, const KeptPtr<S>* after) {
  return before != nullptr && after != nullptr && same(*before, *after);
}

/// The unit and the operation of a slice; of one that was filed anew, those of both words.
void add_slice(const Contribution* known, Changed& changed) {
  if (known != nullptr && known->said) {
    changed.units.push_back(known->said->statement.unit);
    changed.operations.push_back(known->said->statement.operation);
  }
}

/// The operation that a decision is about, by name or by the slice that it names.
void add_decided(const State& state, const KeptPtr<model::DecisionStatement>* kept,
                 Changed& changed) {
  const auto* decision = kept != nullptr ? statement_of(*kept) : nullptr;
  if (decision == nullptr) {
    return;
  }
  if (decision->operation) {
    changed.operations.push_back(*decision->operation);
    return;
  }
  const auto* slice = state.agreements.contributions.find(decision->contribution_id);
  if (slice != nullptr && slice->said) {
    changed.operations.push_back(slice->said->statement.operation);
  }
}

void add_operation(const std::string& key, Changed& changed) {
  if (const auto code = model::Code::parse(key)) {
    changed.operations.push_back(*code);
  }
}

void add_agreements(const State& before, const State& after, Changed& changed) {
  const auto& was = before.agreements;
  const auto& is = after.agreements;
  decltype(was.contributions)::for_each_difference(
      was.contributions, is.contributions, [&](const auto&, const auto* one, const auto* other) {
        if (!is_same(one, other)) {
          add_slice(one, changed);
          add_slice(other, changed);
        }
      });
  decltype(was.operations)::for_each_difference(
      was.operations, is.operations, [&](const auto& key, const auto* one, const auto* other) {
        if (!is_same(one, other)) {
          add_operation(key, changed);
        }
      });
  decltype(was.decisions)::for_each_difference(
      was.decisions, is.decisions, [&](const auto&, const auto* one, const auto* other) {
        if (!is_same(one, other)) {
          add_decided(before, one, changed);
          add_decided(after, other, changed);
        }
      });
}

/// The newest record with a word on the unit that the viewer may see.
std::uint64_t ledger_seq_seen(const Viewer& viewer, const model::UnitId& id,
                              const UnitState& unit) {
  std::uint64_t newest = 0;
  for_each_kept(unit, [&](model::StatementKind, const auto& kept) {
    if (kept && sees(viewer, id.nation(), kept->releasable_to)) {
      newest = std::max(newest, kept->stamp.ledger_seq);
    }
  });
  return newest;
}

/// Who the unit is. Whose child it is may be known to those who may read that word.
model::FeedUnit identity_row(const Viewer& viewer, const model::UnitId& id, const UnitState& unit) {
  const auto& identity = unit.identity->statement;
  model::FeedUnit row{.unit = id, .parent = {}, .name = identity.name};
  if (sees(viewer, id.nation(), unit.identity->releasable_to)) {
    row.parent = unit.parent().value_or(model::UnitId{});
  }
  row.component = identity.component.value_or(row.component);
  row.element_kind = identity.element_kind.value_or(row.element_kind);
  row.echelon = identity.echelon.value_or(row.echelon);
  row.lifecycle = identity.lifecycle.value_or(row.lifecycle);
  return row;
}

}  // namespace

Changed changed(const State& before, const State& after) {
  Changed changed;
  decltype(before.units)::for_each_difference(
      before.units, after.units,
      [&](const model::UnitId& id, const auto*, const auto*) { changed.units.push_back(id); });
  add_agreements(before, after, changed);
  sort_once(changed.units);
  sort_once(changed.operations);
  return changed;
}

std::optional<model::FeedUnit> feed_unit(const State& state, const model::UnitId& unit,
                                         const Moment& moment) {
  const auto& viewer = moment.viewer;
  const auto* known = state.units.find(unit);
  if (known == nullptr || !known->identity || known->is_disbanded() ||
      !can_see(viewer, unit, *known)) {
    return std::nullopt;
  }
  auto row = identity_row(viewer, unit, *known);
  row.level = level_seen(state, moment, unit, *known);
  row.computed = computed_seen(state, moment, unit, *known);
  row.own = known->own;
  auto promises = promises_of(state, viewer, unit);
  row.committed = promises.committed;
  row.operations = std::move(promises.operations);
  if (known->strength) {
    row.valid_at = known->strength->stamp.valid_at;
  }
  if (const auto lifetime = Ages(*state.registry, moment.now).lifetime_of(unit, *known)) {
    row.ageing_at = lifetime->fresh_until;
    row.stale_at = lifetime->ageing_until;
    row.expires_at = lifetime->stale_until;
  }
  row.ledger_seq = ledger_seq_seen(viewer, unit, *known);
  return row;
}

std::optional<model::FeedOperation> feed_operation(const State& state, const model::Code& operation,
                                                   const Moment& moment) {
  auto row = operation_row(state, operation, moment);
  if (!row) {
    return std::nullopt;
  }
  return model::FeedOperation{.operation = row->operation,
                              .name = std::move(row->name),
                              .host = row->host,
                              .state = row->state,
                              .authorised_strength = row->authorised_strength,
                              .required = row->required,
                              .nations = row->nations,
                              .people = row->people};
}

bool passes(const model::FeedFilter& filter, const model::FeedUnit& row) {
  const auto& operations = row.operations;
  return passes(filter.nations, row.unit.nation()) && passes(filter.components, row.component) &&
         passes(filter.element_kinds, row.element_kind) && passes(filter.levels, row.level) &&
         (!filter.operation ||
          std::binary_search(operations.begin(), operations.end(), *filter.operation));
}

bool passes(const model::FeedFilter& filter, const model::FeedOperation& row) {
  return !filter.operation || *filter.operation == row.operation;
}

}  // namespace muster::core
