// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "nodes/client/publisher.h"
#include "schemas/model/feed.h"

namespace muster::client {

struct SubscriberOptions {
  model::FeedFilter filter;
  std::uint32_t credits = 64;  ///< Held at most; half of them are granted anew when they are used.
  /// Silence, although connected, for so long is taken for a broker that hangs: connect anew.
  std::chrono::milliseconds silence_max{20'000};
};

/// The connection came or went. `since` is when that was noticed.
struct FeedLink {
  bool is_up = false;
  model::UtcTime since{};
  /// Why it is down, and what to do: "cannot reach the broker at …", "the broker does not accept
  /// this key …", "the broker ended the subscription (REVOKED): …". Empty when it is up.
  std::string problem;
  /// The broker's word for it, if it was its word.
  std::optional<model::FeedByeReason> reason;
  /// What kind of problem: refused (the key, or its roles), unavailable (nobody there, or a broker
  /// that stops), timed_out (a broker that says nothing), malformed, unsupported. Absent when it is
  /// up.
  std::optional<model::ErrorCode> error;
};
/// What a subscriber is told, in order. SnapBegin: forget the table. The table is up to date after
/// SnapEnd and after the last part of a Delta; a Mark says so again, every few seconds, as long as
/// nothing changes.
using FeedEvent = std::variant<FeedLink, model::SnapBegin, model::SnapRows, model::SnapEnd,
                               model::Delta, model::Lagged, model::Mark>;

/// One subscription that outlives connections: it reconnects by itself, goes on from the last
/// whole ledger_seq, grants credits, and takes a snapshot anew when the broker no longer knows.
/// A DELTA that does not follow on what was taken before is never handed out: the subscription
/// begins anew with a snapshot. Thread rule: one thread.
class Subscriber {
 public:
  /// Returns at once: a broker that is not there is not an error.
  /// Errors: those of link::DealerSocket::connect; configuration for credits out of range.
  static model::Result<std::unique_ptr<Subscriber>> connect(link::Context& context,
                                                            const Connection& connection,
                                                            SubscriberOptions options);
  virtual ~Subscriber() = default;

  /// The next event, or nothing when there was none for `wait_max`. A final refusal (key not
  /// accepted, REVOKED, UNAUTHORISED) comes as a FeedLink that is down; it is tried again with
  /// growing pauses, as a key may be enrolled any time.
  virtual std::optional<FeedEvent> next(std::chrono::milliseconds wait_max) = 0;

  /// The last ledger_seq up to which every event was handed out.
  [[nodiscard]] virtual std::uint64_t ledger_seq() const = 0;
  [[nodiscard]] virtual bool is_up() const = 0;
};

}  // namespace muster::client
