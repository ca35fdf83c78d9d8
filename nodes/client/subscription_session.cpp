// SPDX-License-Identifier: Apache-2.0
#include "nodes/client/subscription_session.h"

#include <fmt/format.h>

#include <algorithm>

#include "schemas/wire/feed.h"

namespace muster::client {

using model::Error;
using model::ErrorCode;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds kPatience{2'000};  // Before it is told that nobody is there at all.
constexpr milliseconds kFar{60'000};

}  // namespace

SubscriptionSession::SubscriptionSession(Connection connection, SubscriberOptions options, Now now)
    : connection_(std::move(connection)),
      options_(std::move(options)),
      silent_until_(now.steady + kPatience) {
  told_.since = now.utc;
}

Error SubscriptionSession::unreachable(const Reach& reach) const {
  return {ErrorCode::unavailable, fmt::format("cannot reach the broker at {}: {}",
                                              connection_.query_endpoint, unreachable_hint(reach))};
}

// ---- what happens -------------------------------------------------------------------------------

void SubscriptionSession::connected(Now now) {
  phase_ = Phase::subscribing;
  ++id_;
  unsubscribe_.reset();
  denied_pause_ = milliseconds::zero();
  heard_at_ = now.steady;
}

void SubscriptionSession::disconnected(Now now, const Reach& reach) {
  phase_ = Phase::connecting;
  if (is_up_ || was_told_ || reach.broken_handshakes > 0) {
    tell_down(unreachable(reach), std::nullopt, now);
  }
}

void SubscriptionSession::denied(Now now) {
  phase_ = Phase::denied;
  denied_pause_ = std::clamp(2 * denied_pause_, kLater.min, kLater.max);
  retry_at_ = now.steady + denied_pause_;
  tell_down(denied_error(connection_), std::nullopt, now);
}

void SubscriptionSession::tick(Now now) {
  switch (phase_) {
    case Phase::connecting:
      if (!was_told_ && now.steady >= silent_until_) {
        tell_down(unreachable({}), std::nullopt, now);
      }
      return;
    case Phase::paused:
      if (now.steady >= retry_at_) {
        phase_ = Phase::subscribing;
        ++id_;
      }
      return;
    case Phase::denied:
      if (now.steady >= retry_at_) {
        phase_ = Phase::connecting;
        renew_ = true;
      }
      return;
    case Phase::subscribed:
      if (now.steady >= heard_at_ + options_.silence_max) {
        tell_down(
            {ErrorCode::timed_out,
             fmt::format("the broker at {} is connected and has said nothing for {} s: "
                         "connecting anew. Look at the broker's health",
                         connection_.query_endpoint,
                         std::chrono::ceil<std::chrono::seconds>(options_.silence_max).count())},
            std::nullopt, now);
        phase_ = Phase::connecting;
        renew_ = true;
      }
      return;
    case Phase::subscribing:
      return;
  }
}

SubscriptionSession::Moment SubscriptionSession::wake_at(Now now) const {
  switch (phase_) {
    case Phase::paused:
    case Phase::denied:
      return retry_at_;
    case Phase::subscribed:
      return heard_at_ + options_.silence_max;
    case Phase::connecting:
      return was_told_ ? now.steady + kFar : silent_until_;
    case Phase::subscribing:
      break;
  }
  return now.steady + kFar;
}

// ---- what is told of the link -------------------------------------------------------------------

void SubscriptionSession::tell_up(Now now) {
  if (!is_up_) {
    is_up_ = true;
    was_told_ = true;
    events_.emplace_back(FeedLink{.is_up = true, .since = now.utc});
  }
}

/// Told once for each reason. "Since" stays that of the first.
void SubscriptionSession::tell_down(Error why, std::optional<model::FeedByeReason> reason,
                                    Now now) {
  if (!is_up_ && was_told_ && told_.problem == why.message) {
    return;
  }
  if (is_up_) {
    told_.since = now.utc;
  }
  is_up_ = false;
  was_told_ = true;
  told_.problem = std::move(why.message);
  told_.reason = reason;
  told_.error = why.code;
  events_.emplace_back(told_);
}

void SubscriptionSession::wait(Pause pause, Now now) {
  pause_ = std::clamp(2 * pause_, pause.min, pause.max);
  retry_at_ = now.steady + pause_;
  phase_ = Phase::paused;
}

/// What is missing cannot be told from here: all of it comes again.
void SubscriptionSession::begin_anew(Pause pause, Now now) {
  unsubscribe_ = id_;
  is_whole_ = false;
  wait(pause, now);
}

// ---- what is sent -------------------------------------------------------------------------------

/// What the broker keeps under way is bounded by bytes as well as by credits.
bool SubscriptionSession::is_time_to_grant() const {
  return used_ >= std::max(options_.credits / 2, 1U) || used_bytes_ >= model::kFeedGrantBytes;
}

model::ByteView SubscriptionSession::to_send() {
  sending_ = Sending::nothing;
  message_.clear();
  const bool is_connected =
      phase_ == Phase::paused || phase_ == Phase::subscribing || phase_ == Phase::subscribed;
  if (is_connected && unsubscribe_) {
    sending_ = Sending::unsubscribe;
    message_ = wire::unsubscribe_message({.id = *unsubscribe_});
  } else if (phase_ == Phase::subscribing) {
    sending_ = Sending::subscribe;
    const bool goes_on = is_whole_ && journal_ != 0;
    message_ = wire::subscribe_message(
        {.id = id_,
         .filter = options_.filter,
         .from_ledger_seq = goes_on ? std::optional(ledger_seq_) : std::nullopt,
         .credits = options_.credits,
         .journal = goes_on ? journal_ : 0});
  } else if (phase_ == Phase::subscribed && is_time_to_grant()) {
    sending_ = Sending::credit;
    granting_ = used_;
    granting_bytes_ = used_bytes_;
    message_ = wire::credit_message({.id = id_, .credits = granting_});
  }
  return message_;
}

void SubscriptionSession::sent(Now now) {
  switch (std::exchange(sending_, Sending::nothing)) {
    case Sending::nothing:
      return;
    case Sending::unsubscribe:
      unsubscribe_.reset();
      return;
    case Sending::subscribe:
      phase_ = Phase::subscribed;
      heard_at_ = now.steady;
      used_ = 0;
      used_bytes_ = 0;
      part_of_.reset();
      in_snapshot_ = false;
      return;
    case Sending::credit:
      used_ -= granting_;
      used_bytes_ -= granting_bytes_;
      return;
  }
}

}  // namespace muster::client
