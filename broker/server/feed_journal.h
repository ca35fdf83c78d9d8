// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>

#include "broker/core/feed.h"
#include "broker/server/view.h"

namespace muster::server {

/// A published state as the feed saw it.
struct Look {
  /// Counts the looks that found a change: what is the same at two places is the same table.
  std::uint64_t place = 0;
  SnapshotPtr snapshot;
  model::UtcTime at{};  ///< When it was seen; rows are made as of then.
  [[nodiscard]] std::uint64_t ledger_seq() const { return snapshot->state.ledger_seq; }
};

using ChangedPtr = std::shared_ptr<const core::Changed>;

/// What changed from look to look, as far back as there is room for. It also notices what changes
/// without a word of anybody: a level that ends with a certificate, cadences that change with a
/// policy or a membership. Thread rule: one thread.
class FeedJournal {
 public:
  FeedJournal(const Look& first, std::size_t entries_max);

  /// Compares with the newest look and remembers what differs. True when something did.
  bool look(SnapshotPtr snapshot, model::UtcTime now);

  [[nodiscard]] const Look& newest() const { return newest_; }
  /// When it began: told from every other journal, of an earlier life of this broker or of another
  /// one, which may mean another ledger by the same numbers. Never 0.
  [[nodiscard]] std::uint64_t number() const { return number_; }
  /// What changed after `place`, sorted, each once. Null when the journal does not reach back so
  /// far.
  [[nodiscard]] ChangedPtr since(std::uint64_t place) const;
  /// From where who has everything up to `ledger_seq` goes on: at worst it is told again what it
  /// has. Nothing when the journal does not know what came after.
  [[nodiscard]] std::optional<std::uint64_t> place_of(std::uint64_t ledger_seq) const;

  /// Units and operations remembered.
  [[nodiscard]] std::size_t entries() const { return size_; }

 private:
  struct Entry {
    std::uint64_t place = 0, from_seq = 0, ledger_seq = 0;
    ChangedPtr changed;
  };
  void add_what_time_changed(const core::State& state, model::UtcTime now, core::Changed& changed);
  void note_due(const core::State& state, const core::Changed& changed, model::UtcTime now);
  void append(Entry entry);

  std::size_t entries_max_;
  std::deque<Entry> entries_;  // One for each place after base_place_.
  std::size_t size_ = 0;
  std::uint64_t base_place_, base_seq_;  // Before the first entry.
  std::uint64_t number_;
  Look newest_;
  model::UtcTime due_ = model::UtcTime::max();  // No row changes by itself before.
};

}  // namespace muster::server
