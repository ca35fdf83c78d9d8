// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schemas/model/operation_query.h"
#include "schemas/model/query.h"

/// Being told of changes instead of asking again: a snapshot, then what becomes of it (PROTOCOL.md
/// §8). A subscriber holds a table of rows; every message says how to bring it up to date.
namespace muster::model {

/// Most credits that a subscriber may hold, and so most messages that wait for it in sockets.
inline constexpr std::uint32_t kFeedCreditsMax = 4096;
/// Most bytes of a SNAP_ROWS or DELTA, header and all, unless it has one single row.
inline constexpr std::size_t kFeedMessageBytesMax = 32 * 1024;
/// A subscriber grants credits again at the latest when it has taken in so many bytes of those:
/// brokers keep four times that under way, and then wait.
inline constexpr std::size_t kFeedGrantBytes = 256 * 1024;

/// Which rows are in focus. An empty list lets everything pass.
struct FeedFilter {
  std::vector<Nation> nations;
  std::vector<Component> components;
  std::vector<ElementKind> element_kinds;
  std::vector<Level> levels;  ///< Effective.
  /// Units with a slice of it that is not over, and the operation itself. Without one every
  /// operation is in focus.
  std::optional<Code> operation;
  friend bool operator==(const FeedFilter&, const FeedFilter&) = default;
};

/// One unit as it stands, as far as the subscriber may see. It says when its word ages, so that
/// nobody needs to be told that time has passed.
struct FeedUnit {
  UnitId unit;
  /// As the unit says; empty for a root. When there is no row of it, because it is disbanded, not
  /// to be seen or out of focus, the unit is shown as a root.
  UnitId parent;
  std::string name;
  Component component = Component::military;
  ElementKind element_kind = ElementKind::other;
  Echelon echelon = Echelon::none;
  Lifecycle lifecycle = Lifecycle::standby;
  Level level = kNotMeasured;  ///< Effective.
  Levels computed;
  Figures own;
  std::uint64_t committed = 0;      ///< People of its slices, ACCEPTED or later and not over.
  std::vector<Code> operations;     ///< With a slice of this unit that is not over. Sorted.
  std::optional<UtcTime> valid_at;  ///< Of its newest Strength.
  /// The unit is FRESH up to and with the first, then AGEING up to the second, STALE up to the
  /// third, then EXPIRED. All absent: EXPIRED already.
  std::optional<UtcTime> ageing_at, stale_at, expires_at;
  std::uint64_t ledger_seq = 0;  ///< Of the newest word on it.
  friend bool operator==(const FeedUnit&, const FeedUnit&) = default;
};
/// What the row says of its age at `now`.
Freshness freshness_at(const FeedUnit& unit, UtcTime now);

/// One operation in a line.
struct FeedOperation {
  Code operation;
  std::string name;
  std::optional<Nation> host;
  OperationState state = OperationState::draft;
  std::optional<Count> authorised_strength;
  std::uint64_t required = 0;  ///< Sum of people_min.
  std::uint32_t nations = 0;   ///< With a contribution that is not over.
  PromisedPeople people;
  friend bool operator==(const FeedOperation&, const FeedOperation&) = default;
};

// ---- what a subscriber says ---------------------------------------------------------------------

/// Begins a subscription. `id` counts from 1 in each connection; of a number that is taken the
/// older subscription ends (REPLACED).
struct Subscribe {
  std::uint64_t id = 1;
  FeedFilter filter;
  /// What the subscriber has from an earlier connection: only what changed after it is sent, if the
  /// broker still knows; otherwise, and when absent, a snapshot.
  std::optional<std::uint64_t> from_ledger_seq;
  std::uint32_t credits = 64;  ///< 1 to kFeedCreditsMax. SNAP_ROWS and DELTA cost one each.
  std::uint64_t journal = 0;   ///< Of the last SNAP_BEGIN: in which from_ledger_seq is a place.
};
/// Grants more. Credits beyond kFeedCreditsMax are cut.
struct Credit {
  std::uint64_t id = 1;
  std::uint32_t credits = 0;
};
struct Unsubscribe {
  std::uint64_t id = 1;
};

// ---- what the broker says -----------------------------------------------------------------------

/// Forget your table; it comes anew.
struct SnapBegin {
  std::uint64_t id = 1;
  std::uint64_t ledger_seq = 0;
  AnswerHeader header;  ///< Of all that the subscriber may see, whatever its filter.
  /// Names the broker's memory of what changes from here on, and that the subscriber sees all: what
  /// to give with from_ledger_seq. 0: one cannot go on from this snapshot in another connection.
  std::uint64_t journal = 0;
};
struct SnapRows {
  std::uint64_t id = 1;
  std::vector<FeedUnit> units;
  std::vector<FeedOperation> operations;
};
/// The table is whole, as of `ledger_seq`. The counts are those of the rows sent.
struct SnapEnd {
  std::uint64_t id = 1;
  std::uint64_t ledger_seq = 0;
  std::uint64_t units = 0, operations = 0;
};
/// What changed after `prev_seq`, up to `ledger_seq`. In several messages when it is long, of which
/// the last says so.
struct Delta {
  std::uint64_t id = 1;
  std::uint64_t prev_seq = 0, ledger_seq = 0;
  std::vector<FeedUnit> units;
  std::vector<FeedOperation> operations;
  /// OUT_OF_FOCUS: no longer there, no longer to be seen, or no longer what the filter asks for.
  std::vector<UnitId> units_gone;
  std::vector<Code> operations_gone;
  bool last = true;
};
/// The delta or snapshot that follows covers more than one commit of the ledger, because the
/// subscriber had no credit or its connection was full: the states between were not shown.
struct Lagged {
  std::uint64_t id = 1;
  std::uint64_t from_seq = 0, to_seq = 0;
};
/// Nothing in focus has changed up to `ledger_seq`. Costs no credit. Sent at least every five
/// seconds while a subscriber is up to date, so that a silent broker is noticed.
struct Mark {
  std::uint64_t id = 1;
  std::uint64_t ledger_seq = 0;
  UtcTime server_time{};
};
/// The subscription has ended, and why.
struct FeedBye {
  std::uint64_t id = 1;
  FeedByeReason reason = FeedByeReason::unsubscribed;
  std::string message;  ///< For people: what to do.
};

}  // namespace muster::model
