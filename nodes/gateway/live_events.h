// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <string>

#include "nodes/client/force_table.h"

/// What pages are told, as server-sent events (WHATWG HTML §9.2). Values alone: no socket, no
/// thread, no clock.
namespace muster::gateway {

/// Rows of one change that a page is shown; it asks anew anyhow.
inline constexpr std::size_t kChangeRowsMax = 200;
/// A change that is longer tells no rows at all: names may be long.
inline constexpr std::size_t kChangeBytesMax = 96U << 10U;
/// Changes that are kept for a page that comes back.
inline constexpr std::size_t kRingMax = 256;
inline constexpr std::size_t kRingBytesMax = 144U << 10U;
/// What may wait for a page until it is cut. A page that comes back and is told all that is kept,
/// and then of a change, must not be cut for that: it would come back again, for ever.
inline constexpr std::size_t kPageBacklogMax = 256U << 10U;
static_assert(kRingBytesMax + kChangeBytesMax + 4096 <= kPageBacklogMax);

/// "event: change\nid: 42\ndata: {…}\n\n".
std::string event_text(std::string_view name, std::optional<std::uint64_t> id,
                       std::string_view data);

/// A change as far as it has come: the broker may tell it in parts.
struct PendingChange {
  std::uint64_t prev_seq = 0;
  std::deque<model::FeedUnit> units;
  std::deque<model::FeedOperation> operations;
  std::deque<std::string> gone;
  std::set<model::Nation> nations;
  bool is_truncated = false;
};

/// What one identity's subscription adds up to, and what pages are told of it.
class LiveEvents {
 public:
  explicit LiveEvents(model::UtcTime now) { link_.since = now; }

  /// Takes in one event; what it returns goes to every open page, and may be nothing.
  std::string take(const client::FeedEvent& event, model::UtcTime now);

  /// What a page is told first: hello, then what it missed since `last_id`, or that it must ask
  /// anew. Ends with nothing more to say up to ledger_seq().
  [[nodiscard]] std::string greeting(std::optional<std::uint64_t> last_id) const;

  /// The broker is there and the table is whole.
  [[nodiscard]] bool is_live() const { return link_.is_up && has_table_; }
  /// It is known that no broker answers: not before the first try has failed, nor when the broker
  /// is there and refuses us.
  [[nodiscard]] bool is_away() const;
  [[nodiscard]] model::UtcTime since() const { return link_.since; }
  [[nodiscard]] const std::string& problem() const { return link_.problem; }
  [[nodiscard]] std::uint64_t ledger_seq() const { return ledger_seq_; }
  /// Known once the broker has said it.
  [[nodiscard]] std::optional<model::Realm> realm() const { return realm_; }

 private:
  struct Kept {
    std::uint64_t ledger_seq = 0;
    std::string text;
  };
  std::string take_link(const client::FeedLink& link);
  std::string take_snapshot(const model::SnapEnd& end, model::UtcTime now);
  std::string take_delta(const model::Delta& delta, model::UtcTime now);
  static std::string change_event(const PendingChange& change, std::uint64_t ledger_seq,
                                  model::UtcTime now);
  void gather(const model::Delta& delta);
  void keep(std::uint64_t ledger_seq, const std::string& text);
  [[nodiscard]] std::string broker_event() const;

  client::FeedLink link_;
  std::optional<model::Realm> realm_;
  std::uint64_t ledger_seq_ = 0;
  bool has_table_ = false;  // A snapshot has ended on this connection.
  bool had_table_ = false;  // Ever.
  std::optional<PendingChange> pending_;
  std::deque<Kept> ring_;
  std::size_t ring_bytes_ = 0;
  std::uint64_t ring_from_ = 0;  // All that changed after it is in the ring.
};

}  // namespace muster::gateway
