// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "broker/server/feed_journal.h"
#include "schemas/model/feed.h"
#include "schemas/model/limits.h"

namespace muster::server {

/// The rows that a subscriber holds, so that it is told of those that leave it, and of no others.
class Focus {
 public:
  Focus() = default;
  /// Any row may be held: who sees all may be told of one that it does not hold.
  static std::shared_ptr<const Focus> everything();

  [[nodiscard]] bool is_everything() const { return is_everything_; }
  [[nodiscard]] bool has(const core::UnitState& unit) const;
  [[nodiscard]] bool has(const model::Code& operation) const;
  void set(const core::UnitState& unit, bool is_held);
  void set(const model::Code& operation, bool is_held);

 private:
  bool is_everything_ = false;
  std::vector<bool> units_;  // By UnitState::number.
  std::set<model::Code> operations_;
};
using FocusPtr = std::shared_ptr<const Focus>;

/// What subscriptions have in common that are told the same: number, filter, and what they see.
struct FeedKindOf {
  std::uint64_t id = 1;
  model::FeedFilter filter;
  core::Viewer viewer;
  /// Sees all, and asks for all: there is nothing to keep in mind about what it holds.
  [[nodiscard]] bool takes_everything() const {
    return core::sees_all(viewer) && filter == model::FeedFilter{};
  }
};

/// One snapshot or one delta, as the messages that it takes: made one by one when the first
/// subscriber comes to it, and the same bytes for all who follow closely. Its state is that of one
/// look and stays it, however long a subscriber takes. Thread rule: one thread.
class FeedRun {
 public:
  struct Parts {
    std::shared_ptr<const FeedKindOf> kind;
    Look look;
    model::Limits limits;
    // Of a delta.
    ChangedPtr changed;  ///< Null: a snapshot.
    std::uint64_t prev_seq = 0;
    FocusPtr held = std::make_shared<const Focus>();
    std::uint64_t journal = 0;  ///< Of a snapshot, for who sees all.
  };
  explicit FeedRun(Parts parts);

  struct Step {
    std::shared_ptr<const model::Bytes> message;  ///< Null: nothing is to be said here.
    bool costs_credit = false;
    bool was_made = false;  ///< Now, and not found.
  };
  /// Steps count from 0 and are taken in order; a step may be taken again.
  Step at(std::size_t step);
  [[nodiscard]] bool is_over(std::size_t step) const { return is_whole_ && step >= steps_; }

  [[nodiscard]] bool is_snapshot() const { return parts_.changed == nullptr; }
  [[nodiscard]] std::uint64_t place() const { return parts_.look.place; }
  [[nodiscard]] std::uint64_t ledger_seq() const { return parts_.look.ledger_seq(); }
  /// What a subscriber holds once it has taken all.
  [[nodiscard]] FocusPtr focus() const { return after_ ? after_ : parts_.held; }

 private:
  /// Rows of one message.
  struct Rows {
    std::vector<model::FeedUnit> units;
    std::vector<model::FeedOperation> operations;
    std::vector<model::UnitId> units_gone;
    std::vector<model::Code> operations_gone;
    std::size_t bytes = 0;
    [[nodiscard]] bool empty() const { return bytes == 0; }
  };
  void list_what_is_visible();
  void list_what_changed();
  [[nodiscard]] std::size_t count() const { return units_.size() + operations_.size(); }
  /// A snapshot begins with a message that is no part of its rows.
  [[nodiscard]] std::size_t first_part_step() const { return is_snapshot() ? 1 : 0; }
  void end_after(std::size_t parts);

  std::optional<model::Bytes> make(std::size_t step);
  std::optional<model::Bytes> make_part(std::size_t part);
  Rows rows_of(std::size_t part);
  bool add_unit(const model::UnitId& id, Rows& rows) const;
  bool add_operation(const model::Code& code, Rows& rows) const;
  [[nodiscard]] bool may_be_held(const model::UnitId& id) const;
  [[nodiscard]] bool may_be_held(const model::Code& operation) const;
  void note(std::size_t part, const Rows& rows);
  Focus& changing_focus();
  [[nodiscard]] model::Bytes begin_message() const;
  [[nodiscard]] model::Bytes rows_message(Rows rows, bool is_last) const;
  [[nodiscard]] model::Bytes end_message() const;

  // Constant after construction.
  Parts parts_;
  core::Moment moment_;
  std::vector<const model::UnitId*> units_;  // In the state, or in what changed.
  std::vector<model::Code> operations_;

  std::vector<std::size_t> begins_{0};  // Of each part that is known: its first unit or operation.
  std::size_t noted_ = 0;               // Parts that are counted, and part of focus().
  std::optional<std::size_t> first_with_rows_;
  std::shared_ptr<Focus> after_;  // Null while it is what was held before.
  std::uint64_t units_sent_ = 0, operations_sent_ = 0;
  std::size_t steps_ = 0;  // Once it is whole.
  bool is_whole_ = false;
  struct Made {
    std::size_t step;
    std::shared_ptr<const model::Bytes> message;
  };
  std::deque<Made> made_;
};

}  // namespace muster::server
