// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "broker/server/clock.h"
#include "broker/server/feed_limits.h"
#include "broker/server/feed_metrics.h"
#include "broker/server/planner.h"
#include "broker/server/view.h"
#include "schemas/link/router.h"
#include "schemas/model/limits.h"
#include "schemas/wire/message.h"

namespace muster::server {

/// Tells subscribers of what is committed: snapshot, then deltas while their credits last
/// (PROTOCOL.md §8). Without sockets, threads or clock: frames go in, `send` is called, time is
/// passed in.
///
/// The feed looks at the published state from time to time and keeps one journal of what changed
/// from look to look, shared by all. A subscriber is a place in it: who is slow, or stopped, costs
/// its place and nothing else, and what it missed is conflated when it reads again, since rows are
/// made from the newest state. Those who stand at the same place with the same filter, and see the
/// same, are sent the very same bytes, made once.
///
/// **What a subscriber is told.** A delta goes from what it was last told (`prev_seq`: by SNAP_END,
/// DELTA or MARK) to the newest look. prev_seq and ledger_seq are the same when time alone changed
/// a row: a level that ends with a certificate.
///
/// **LAGGED** comes before a delta or snapshot when (1) the subscriber was held up: there was
/// something for it and it had no credit, or its connection was full; (2) a later look found
/// another change while it was; and (3) what follows covers more than one look. Commits that one
/// look found together are no lag: nobody was shown a state between them.
///
/// **Going on** from an earlier connection (`from_ledger_seq`) is for those who see all, and saw all
/// then: SNAP_BEGIN named the journal to them, and to no others. It must be the same one still, not
/// that of an earlier life of the broker over what may be another ledger, and reach back so far.
/// They may be told of a row that left their focus although they never
/// held it. Others might learn from that what they must not know, and get a snapshot.
///
/// **Rights** are those of the newest registry at every turn. Who has lost them, or has others now,
/// is told BYE revoked.
/// Thread rule: one thread, that of the query loop.
class Feed {
 public:
  using Send = std::function<link::SendResult(const link::PeerAddress&, model::ByteView)>;
  /// A subscription ended, or was refused: for the log.
  using OnBye =
      std::function<void(const std::string& user_id, model::FeedByeReason, const std::string&)>;
  struct Parts {
    const View& view;
    FeedMetrics& metrics;
    model::Limits limits;
    Send send;
    FeedLimits feed_limits{};
    SteadyClock steady_clock = std::chrono::steady_clock::now;
    OnBye on_bye = {};
  };
  explicit Feed(Parts parts);
  Feed(Feed&&) noexcept;
  ~Feed();

  /// Is the message one of the feed's?
  static bool takes(wire::MessageType type);
  /// A message of a subscriber: SUBSCRIBE, CREDIT or UNSUBSCRIBE. Anything else ends nothing and is
  /// answered with BYE malformed.
  void take(const link::PeerAddress& from, const std::string& user_id,
            const wire::MessageView& message, model::UtcTime now);

  /// Sends what may be sent, to each in turn, within messages_a_step and step_max. Returns how long
  /// it may be left alone unless something is published or taken: zero when more can be sent now.
  std::chrono::milliseconds step(model::UtcTime now);

  /// BYE drained to all. The broker stops.
  void farewell();

  [[nodiscard]] std::size_t subscribers() const;
  /// Messages of snapshots and deltas that were made so far; sharing keeps it below those sent.
  [[nodiscard]] std::uint64_t messages_made() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace muster::server
