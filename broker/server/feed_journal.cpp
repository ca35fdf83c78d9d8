// SPDX-License-Identifier: Apache-2.0
#include "broker/server/feed_journal.h"

#include <algorithm>
#include <utility>

#include "broker/core/readiness.h"

namespace muster::server {
namespace {

std::size_t size_of(const core::Changed& changed) {
  return changed.units.size() + changed.operations.size();
}

/// When the levels of a unit change next after `at`, if nobody says anything.
model::UtcTime next_change(const core::UnitState& unit, const core::Registry& registry,
                           model::UtcTime at) {
  if (at < unit.levels_until) {
    return unit.levels_until;
  }
  return core::levels_of({.strength = core::statement_of(unit.strength),
                          .equipment = core::statement_of(unit.equipment),
                          .training = core::statement_of(unit.training)},
                         registry, at)
      .until;
}

/// When cadences change next after `at`, and all rows with them, if nobody says anything.
model::UtcTime next_cadences(const core::Registry& registry, model::UtcTime at) {
  auto next = model::UtcTime::max();
  const auto count = [&](model::UtcTime time) { next = time > at ? std::min(next, time) : next; };
  for (const auto& policy : registry.policies) {
    count(policy.valid_from);
  }
  for (const auto& member : registry.members) {
    count(member.valid_from);
    count(member.valid_to.value_or(model::UtcTime::max()));
  }
  return next;
}

template <typename T>
void sort_unique(std::vector<T>& items) {
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
}

}  // namespace

FeedJournal::FeedJournal(const Look& first, std::size_t entries_max)
    : entries_max_(entries_max),
      base_place_(first.place),
      base_seq_(first.ledger_seq()),
      number_(std::max<std::uint64_t>(1, static_cast<std::uint64_t>(model::to_micros(first.at)))),
      newest_(first) {
  const auto& state = first.snapshot->state;
  due_ = next_cadences(*state.registry, first.at);
  state.units.for_each([&](const model::UnitId& /*id*/, const core::UnitState& unit) {
    due_ = std::min(due_, next_change(unit, *state.registry, first.at));
  });
}

bool FeedJournal::look(SnapshotPtr snapshot, model::UtcTime now) {
  const bool is_due = due_ <= now;
  if (snapshot == newest_.snapshot && !is_due) {
    newest_.at = std::max(newest_.at, now);  // Nothing was due up to now.
    return false;
  }
  const auto& state = snapshot->state;
  core::Changed changed;
  if (snapshot != newest_.snapshot) {
    changed = core::changed(newest_.snapshot->state, state);
  }
  note_due(state, changed, now);
  if (is_due) {
    add_what_time_changed(state, now, changed);
  }
  const auto from_seq = newest_.ledger_seq();
  newest_.snapshot = std::move(snapshot);
  newest_.at = std::max(newest_.at, now);
  if (size_of(changed) == 0) {
    return false;
  }
  ++newest_.place;
  append({newest_.place, from_seq, newest_.ledger_seq(),
          std::make_shared<const core::Changed>(std::move(changed))});
  return true;
}

void FeedJournal::note_due(const core::State& state, const core::Changed& changed,
                           model::UtcTime now) {
  due_ = std::min(due_, next_cadences(*state.registry, now));
  for (const auto& id : changed.units) {
    if (const auto* unit = state.units.find(id)) {
      due_ = std::min(due_, next_change(*unit, *state.registry, now));
    }
  }
}

/// Looks at every unit, which happens only when the levels of one, or the cadences, are due.
void FeedJournal::add_what_time_changed(const core::State& state, model::UtcTime now,
                                        core::Changed& changed) {
  const bool all = next_cadences(*state.registry, newest_.at) <= now;
  due_ = next_cadences(*state.registry, now);
  state.units.for_each([&](const model::UnitId& id, const core::UnitState& unit) {
    if (all || next_change(unit, *state.registry, newest_.at) <= now) {
      changed.units.push_back(id);
    }
    due_ = std::min(due_, next_change(unit, *state.registry, now));
  });
  sort_unique(changed.units);
}

void FeedJournal::append(Entry entry) {
  size_ += size_of(*entry.changed);
  entries_.push_back(std::move(entry));
  while (size_ > entries_max_) {
    size_ -= size_of(*entries_.front().changed);
    base_place_ = entries_.front().place;
    base_seq_ = entries_.front().ledger_seq;
    entries_.pop_front();
  }
}

ChangedPtr FeedJournal::since(std::uint64_t place) const {
  if (place < base_place_) {
    return nullptr;
  }
  const auto first = entries_.begin() + static_cast<std::ptrdiff_t>(place - base_place_);
  if (entries_.end() - first == 1) {
    return first->changed;
  }
  auto all = std::make_shared<core::Changed>();
  for (auto entry = first; entry != entries_.end(); ++entry) {
    const auto& changed = *entry->changed;
    all->units.insert(all->units.end(), changed.units.begin(), changed.units.end());
    all->operations.insert(all->operations.end(), changed.operations.begin(),
                           changed.operations.end());
  }
  sort_unique(all->units);
  sort_unique(all->operations);
  return all;
}

/// At the beginning of the journal nobody knows what time had changed for who says that it stands
/// there.
std::optional<std::uint64_t> FeedJournal::place_of(std::uint64_t ledger_seq) const {
  if (ledger_seq <= base_seq_ || ledger_seq > newest_.ledger_seq()) {
    return std::nullopt;
  }
  // An entry without a word was made by time: it may have been missed at the same ledger_seq.
  const auto missing = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
    return entry.ledger_seq > ledger_seq ||
           (entry.ledger_seq == ledger_seq && entry.from_seq == ledger_seq);
  });
  return missing == entries_.end() ? newest_.place : missing->place - 1;
}

}  // namespace muster::server
