// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "nodes/client/force_table.h"
#include "nodes/secretariat/watch_table.h"

namespace muster::secretariat {

/// The two clocks at one instant: one for how long something is shown, and one for people.
struct WatchNow {
  std::chrono::steady_clock::time_point steady{};
  model::UtcTime utc{};
};

/// How long a row that changed is marked.
inline constexpr std::chrono::seconds kMarkedFor{8};

/// What differs between two words on a unit, each a text of its own: "present 97 → 92", "level 1 →
/// 2"; empty when nothing that is counted does.
std::vector<std::string> differences(const model::FeedUnit& before, const model::FeedUnit& after);

/// Which rows changed lately, and what changed last. Without clock: it is told when.
class WatchChanges {
 public:
  using Units = std::map<model::UnitId, model::FeedUnit>;

  /// Compares two whole tables.
  void compare(const Units& before, const Units& after, WatchNow now);
  /// Takes in what a delta changes in `before`.
  void take(const Units& before, const model::Delta& delta, WatchNow now);
  void lagged(const model::Lagged& lagged) { lagged_ = lagged; }

  [[nodiscard]] RowMark mark_of(const model::UnitId& unit, WatchNow now) const;

  /// The last change, in parts that are told one by one: the unit, then what differs. Empty until
  /// there is one.
  struct Last {
    std::string unit;
    std::vector<std::string> texts;
    std::size_t others = 0;  ///< Units that changed with it.
    model::UtcTime at{};
  };
  [[nodiscard]] const Last& last() const { return last_; }
  /// Of the last change: it came at once with what was before it.
  [[nodiscard]] const model::Lagged& lag() const { return shown_lag_; }

 private:
  struct Marked {
    RowMark mark = RowMark::none;
    std::chrono::steady_clock::time_point until{};
  };
  void begin(WatchNow now);
  void note(const model::UnitId& unit, RowMark mark, std::vector<std::string> texts, WatchNow now);
  void note_row(const Units& before, const model::FeedUnit& row, WatchNow now);

  std::map<model::UnitId, Marked> marked_;
  Last last_;
  bool has_noted_ = false;  // Since begin().
  model::Lagged lagged_, shown_lag_;
};

}  // namespace muster::secretariat
