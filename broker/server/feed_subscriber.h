// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "broker/server/feed_metrics.h"
#include "broker/server/feed_run.h"
#include "schemas/link/router.h"

namespace muster::server {

using SteadyTime = std::chrono::steady_clock::time_point;

/// A kind of subscription, and what any of that kind holds at a place: one focus for all.
struct FeedKindState {
  std::shared_ptr<const FeedKindOf> of;
  std::uint64_t settled_place = 0;
  FocusPtr settled;

  /// The focus of who has come to `place` by `focus`: the one that others at the place have, so
  /// that they are told the same from now on.
  FocusPtr settle(std::uint64_t place, FocusPtr focus);
};

/// What the feed knows of one subscription. It costs no more when it is behind.
struct Subscriber {
  link::PeerAddress address;
  std::string user_id;
  std::shared_ptr<FeedKindState> kind;
  model::NodeId node;
  SubscriberClass who{};
  std::uint32_t credits = 0;
  std::uint64_t mark_round = 0;

  // Messages that cost a credit and were not paid for with another one since: the bytes of each,
  // oldest first. At most as many as there can be credits.
  std::deque<std::uint32_t> unpaid;
  std::size_t unpaid_bytes = 0;

  // What it has.
  bool has_table = false;
  std::uint64_t place = 0;     ///< In the journal.
  std::uint64_t told_seq = 0;  ///< Of the last SNAP_END, DELTA or MARK.
  FocusPtr focus;

  // What it is being sent.
  std::shared_ptr<FeedRun> run;
  std::size_t step = 0;
  bool has_begun = false;  ///< A message of the run was sent, so the rest has to follow.
  SteadyTime begun_at{};

  /// There is something for it that cannot be sent.
  struct Held {
    SteadyTime since, retry_at;
    std::uint64_t place = 0;  ///< The newest when it began.
    bool is_full = false;     ///< The connection; else it may not be sent rows.
  };
  std::optional<Held> held;
  bool missed = false;  ///< While it was held up, there was a change that comes with its next run.

  [[nodiscard]] std::uint64_t id() const { return kind->of->id; }
  /// Has credit, and not too much on its way.
  [[nodiscard]] bool may_be_sent_rows(std::size_t unpaid_bytes_max) const {
    return credits > 0 && unpaid_bytes < unpaid_bytes_max;
  }
  [[nodiscard]] bool may_try(SteadyTime now, std::size_t unpaid_bytes_max) const;
  /// A message that costs a credit was sent.
  void spend(std::size_t bytes);
  /// More credits, up to kFeedCreditsMax: as many messages were taken in, the oldest first.
  void pay(std::uint32_t more);
  /// As Feed says it.
  [[nodiscard]] bool has_lagged(std::uint64_t newest_place) const;
  void hold(SteadyTime now, std::uint64_t newest_place, bool is_full,
            std::chrono::milliseconds retry_every);
  /// It can be sent something again.
  void release(std::uint64_t newest_place);
  /// It was told of what it missed, or there is nothing.
  void forget_lag();
  void begin(std::shared_ptr<FeedRun> next);
  /// A message of its run was sent.
  void went_on(SteadyTime now);
  /// Gives a run back of which nothing was sent, so that it does not keep its state.
  void give_back();
  /// The run is over: it stands where the run led.
  void arrive();
};

}  // namespace muster::server
