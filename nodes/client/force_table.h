// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include "nodes/client/subscriber.h"

namespace muster::client {

/// What a subscriber's events add up to: the rows in focus as of ledger_seq(). A value, without
/// sockets or clock.
class ForceTable {
 public:
  /// Takes in one event. False when it did not fit (rows outside a snapshot, a DELTA or a MARK that
  /// does not follow, an end that counts other rows than came): a bug of the sender, and the table
  /// is left as it was. Rows say how it is, so that the same DELTA twice does no harm, and one that
  /// begins anew after a break in the middle covers what had come of it.
  bool take(const FeedEvent& event);

  [[nodiscard]] const std::map<model::UnitId, model::FeedUnit>& units() const { return units_; }
  [[nodiscard]] const std::map<model::Code, model::FeedOperation>& operations() const {
    return operations_;
  }
  [[nodiscard]] std::uint64_t ledger_seq() const { return ledger_seq_; }
  /// The rows are those of ledger_seq(): all of them, and none that is newer. False before the
  /// first snapshot has ended, while another one comes, and between the parts of a DELTA. Who shows
  /// rows shows whole tables only.
  [[nodiscard]] bool is_whole() const { return stage_ == Stage::whole; }
  /// The connection, as it was last told. Down before the first event.
  [[nodiscard]] const FeedLink& link() const { return link_; }
  /// Of the last snapshot.
  [[nodiscard]] const std::optional<model::AnswerHeader>& header() const { return header_; }

 private:
  enum class Stage : std::uint8_t { empty, filling, whole, between_parts };
  bool fold(const FeedLink& link);
  bool fold(const model::SnapBegin& begin);
  bool fold(const model::SnapRows& rows);
  bool fold(const model::SnapEnd& end);
  bool fold(const model::Delta& delta);
  bool fold(const model::Lagged& lagged);
  bool fold(const model::Mark& mark);

  std::map<model::UnitId, model::FeedUnit> units_;
  std::map<model::Code, model::FeedOperation> operations_;
  std::uint64_t ledger_seq_ = 0;
  Stage stage_ = Stage::empty;
  std::uint64_t units_sent_ = 0, operations_sent_ = 0;  // Of the snapshot so far.
  FeedLink link_;
  std::optional<model::AnswerHeader> header_;
};

}  // namespace muster::client
