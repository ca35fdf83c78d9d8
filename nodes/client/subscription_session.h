// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "nodes/client/query_parts.h"
#include "nodes/client/subscriber.h"

namespace muster::client {

/// A subscription as a state machine: events in, effects out. Without socket, thread or clock, so
/// that every order of events can be tested. README.md has the table of states and events.
class SubscriptionSession {
 public:
  using Moment = std::chrono::steady_clock::time_point;
  /// The two clocks at one instant: one for pauses, and one for people.
  struct Now {
    Moment steady{};
    model::UtcTime utc{};
  };
  enum class Phase : std::uint8_t {
    connecting,   ///< Nobody there.
    paused,       ///< Connected; SUBSCRIBE later, since the last one ended.
    subscribing,  ///< Connected; SUBSCRIBE is to be sent.
    subscribed,   ///< It was sent.
    denied,       ///< The broker does not accept our key: a new connection later.
  };

  SubscriptionSession(Connection connection, SubscriberOptions options, Now now);

  // ---- what happens ---------------------------------------------------------------------------

  void connected(Now now);
  void disconnected(Now now, const Reach& reach);
  void denied(Now now);
  /// Any frame of the broker, of this subscription or not.
  void received(model::ByteView frame, Now now);
  void tick(Now now);
  /// What to_send() gave was taken by the connection.
  void sent(Now now);

  // ---- what to do -----------------------------------------------------------------------------

  /// What to hand out, in order.
  std::vector<FeedEvent> events() { return std::exchange(events_, {}); }
  [[nodiscard]] bool has_events() const { return !events_.empty(); }
  /// Once: drop the connection and make a new one.
  bool take_renewal() { return std::exchange(renew_, false); }
  /// The next message, or an empty view. Good until the next event.
  [[nodiscard]] model::ByteView to_send();
  /// When to call tick() at the latest.
  [[nodiscard]] Moment wake_at(Now now) const;

  [[nodiscard]] Phase phase() const { return phase_; }
  [[nodiscard]] bool is_up() const { return is_up_; }

 private:
  /// How long to wait before the next try: it doubles until something goes well.
  struct Pause {
    std::chrono::milliseconds min, max;
  };
  static constexpr Pause kSoon{std::chrono::milliseconds(250), std::chrono::milliseconds(5'000)};
  static constexpr Pause kLater{std::chrono::milliseconds(1'000),
                                std::chrono::milliseconds(30'000)};
  enum class Sending : std::uint8_t { nothing, unsubscribe, subscribe, credit };

  template <typename Message>
  void take(const model::Result<Message>& message, Now now);
  void on(const model::SnapBegin& begin, Now now);
  void on(const model::SnapRows& rows, Now now);
  void on(const model::SnapEnd& end, Now now);
  void on(const model::Delta& delta, Now now);
  void on(const model::Lagged& lagged, Now now);
  void on(const model::Mark& mark, Now now);
  void on(const model::FeedBye& bye, Now now);
  void take_refusal(model::ByteView body, Now now);
  /// Something came that cannot be read.
  void confused(const model::Error& error, Now now);

  void tell_up(Now now);
  void tell_down(model::Error why, std::optional<model::FeedByeReason> reason, Now now);
  void wait(Pause pause, Now now);
  void begin_anew(Pause pause, Now now);
  void use_credit();
  [[nodiscard]] bool is_time_to_grant() const;
  void went_well() { pause_ = std::chrono::milliseconds::zero(); }
  [[nodiscard]] model::Error unreachable(const Reach& reach) const;

  // Constant after construction.
  Connection connection_;
  SubscriberOptions options_;

  Phase phase_ = Phase::connecting;
  std::vector<FeedEvent> events_;
  bool renew_ = false;

  // What was told of the link.
  bool is_up_ = false;
  FeedLink told_;  // The last one that was down.
  bool was_told_ = false;

  // The subscription. Its number is never used again, so that what an earlier connection still
  // brings is known for what it is.
  std::uint64_t id_ = 0;
  std::uint32_t used_ = 0;       // Credits, not granted anew.
  std::size_t used_bytes_ = 0;   // Of the messages that they were for.
  std::size_t frame_bytes_ = 0;  // Of the frame that is being taken in.
  std::optional<std::uint64_t> unsubscribe_;

  // The table of whoever is told.
  bool is_whole_ = false;
  bool in_snapshot_ = false;
  std::uint64_t units_ = 0, operations_ = 0;  // Of the snapshot so far.
  std::uint64_t ledger_seq_ = 0;              // Of the last whole table.
  bool has_part_ = false;                     // Of a delta that has not ended, or was cut short.
  /// prev_seq and ledger_seq of the delta whose parts come in this subscription.
  std::optional<std::pair<std::uint64_t, std::uint64_t>> part_of_;
  std::uint64_t journal_ = 0;                 // Of the last snapshot; 0: one cannot go on from it.

  // Time.
  Moment retry_at_{};
  Moment heard_at_{};
  Moment silent_until_{};  // Nobody there: told from then on.
  std::chrono::milliseconds pause_{0};
  std::chrono::milliseconds denied_pause_{0};

  Sending sending_ = Sending::nothing;
  std::uint32_t granting_ = 0;
  std::size_t granting_bytes_ = 0;
  model::Bytes message_;  // Being sent.
};

}  // namespace muster::client
