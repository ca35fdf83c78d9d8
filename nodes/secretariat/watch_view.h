// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "nodes/client/force_table.h"
#include "nodes/secretariat/screen.h"
#include "nodes/secretariat/watch_changes.h"
#include "nodes/words/words.h"

namespace muster::secretariat {

/// What `muster watch` shows on a terminal, as a picture of a given size. Without terminal, socket
/// or clock. While a snapshot comes anew or a change has come in part, and while there is no broker,
/// the last whole table is shown; a snapshot and a missing broker are said.
class WatchView {
 public:
  WatchView(const words::Words& words, TableStyle style) : words_(words), style_(style) {}

  void take(const client::FeedEvent& event, WatchNow now);
  /// Moves the rows that are shown.
  void press(Key key);
  /// Lines without the last line feed: no more than the screen has, and none wider.
  [[nodiscard]] std::string picture(ScreenSize size, WatchNow now);

  /// A whole table has been told.
  [[nodiscard]] bool has_table() const { return has_table_; }

 private:
  using Lines = std::vector<std::string>;

  /// The last whole table: the one that is shown.
  [[nodiscard]] const client::ForceTable& whole() const {
    return table_.is_whole() ? table_ : kept_;
  }
  [[nodiscard]] const WatchChanges::Units& units() const { return whole().units(); }
  [[nodiscard]] Lines head(std::size_t columns, WatchNow now) const;
  [[nodiscard]] Lines foot(ScreenSize size, std::size_t shown, WatchNow now) const;
  [[nodiscard]] std::string stale_line(WatchNow now) const;
  [[nodiscard]] std::string totals_line() const;
  [[nodiscard]] std::string operations_line() const;
  [[nodiscard]] std::string change_line(WatchNow now) const;
  [[nodiscard]] std::string link_line() const;
  [[nodiscard]] std::string hint_line(std::size_t shown) const;
  [[nodiscard]] Lines table(std::size_t rows, std::size_t columns, WatchNow now);

  const words::Words& words_;
  const TableStyle style_;
  client::ForceTable table_;
  WatchChanges changes_;
  client::ForceTable kept_;  // The last whole table, while table_ is none.
  bool has_table_ = false;
  bool comes_anew_ = false;    // A snapshot has begun and not ended.
  model::UtcTime whole_at_{};  // When the broker last said so of the table that is shown.
  std::size_t first_ = 0;      // Row at the top.
  std::size_t page_ = 1;       // Rows of the last picture.
};

}  // namespace muster::secretariat
