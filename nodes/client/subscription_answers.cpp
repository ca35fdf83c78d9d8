// SPDX-License-Identifier: Apache-2.0
// What the broker says to a subscriber.
#include <fmt/format.h>

#include <algorithm>

#include "nodes/client/subscription_session.h"
#include "schemas/wire/feed.h"
#include "schemas/wire/query.h"

namespace muster::client {

using model::Error;
using model::ErrorCode;
using model::FeedByeReason;

namespace {

/// Will it go better soon? Else somebody has to do something first.
bool is_passing(FeedByeReason reason) {
  switch (reason) {
    case FeedByeReason::slow:
    case FeedByeReason::drained:
    case FeedByeReason::replaced:
    case FeedByeReason::unknown:
    case FeedByeReason::unsubscribed:
      return true;
    case FeedByeReason::revoked:
    case FeedByeReason::unauthorised:
    case FeedByeReason::too_many:
    case FeedByeReason::malformed:
      return false;
  }
  return false;  // A reason of a newer broker.
}

ErrorCode code_of(FeedByeReason reason) {
  switch (reason) {
    case FeedByeReason::revoked:
    case FeedByeReason::unauthorised:
      return ErrorCode::refused;
    case FeedByeReason::malformed:
      return ErrorCode::malformed;
    case FeedByeReason::slow:
    case FeedByeReason::drained:
    case FeedByeReason::replaced:
    case FeedByeReason::unknown:
    case FeedByeReason::unsubscribed:
    case FeedByeReason::too_many:
      return ErrorCode::unavailable;
  }
  return ErrorCode::unsupported;
}

}  // namespace

void SubscriptionSession::received(model::ByteView frame, Now now) {
  heard_at_ = now.steady;
  frame_bytes_ = frame.size();
  const auto message = wire::read_message(frame);
  if (!message) {
    return confused(message.error(), now);
  }
  switch (message->type) {
    case wire::MessageType::snap_begin:
      return take(wire::read_snap_begin(message->body), now);
    case wire::MessageType::snap_rows:
      return take(wire::read_snap_rows(message->body), now);
    case wire::MessageType::snap_end:
      return take(wire::read_snap_end(message->body), now);
    case wire::MessageType::delta:
      return take(wire::read_delta(message->body), now);
    case wire::MessageType::lagged:
      return take(wire::read_lagged(message->body), now);
    case wire::MessageType::mark:
      return take(wire::read_mark(message->body), now);
    case wire::MessageType::feed_bye:
      return take(wire::read_feed_bye(message->body), now);
    case wire::MessageType::refusal:
      return take_refusal(message->body, now);
    default:
      return;  // No broker says these to a subscriber.
  }
}

/// What belongs to a subscription that has ended is passed over.
template <typename Message>
void SubscriptionSession::take(const model::Result<Message>& message, Now now) {
  if (!message) {
    return confused(message.error(), now);
  }
  if (phase_ != Phase::subscribed) {
    return;
  }
  if constexpr (std::is_same_v<Message, model::FeedBye>) {
    if (message->id == 0) {  // The broker could not read which: let it end the one there may be.
      unsubscribe_ = id_;
      return on(*message, now);
    }
  }
  if (message->id != id_) {
    return;
  }
  if constexpr (!std::is_same_v<Message, model::FeedBye>) {
    tell_up(now);
  }
  on(*message, now);
}

/// Nobody knows what was lost with it.
void SubscriptionSession::confused(const Error& error, Now now) {
  if (phase_ != Phase::subscribed) {
    return;
  }
  tell_down(unreadable_message(error), std::nullopt, now);
  begin_anew(kLater, now);
}

/// A broker that knows no feed takes SUBSCRIBE for a question, and says that it is none.
void SubscriptionSession::take_refusal(model::ByteView body, Now now) {
  const auto refusal = wire::read_refusal(body);
  if (!refusal) {
    return confused(refusal.error(), now);
  }
  if (phase_ == Phase::subscribed) {
    tell_down({ErrorCode::unsupported,
               fmt::format("the broker at {} knows no feed ({}). Upgrade the broker",
                           connection_.query_endpoint, refusal->message)},
              std::nullopt, now);
    wait(kLater, now);
  }
}

void SubscriptionSession::use_credit() {
  ++used_;
  used_bytes_ += frame_bytes_;
}

void SubscriptionSession::on(const model::SnapBegin& begin, Now now) {
  if (in_snapshot_ || part_of_) {
    return begin_anew(kSoon, now);
  }
  is_whole_ = false;
  in_snapshot_ = true;
  has_part_ = false;
  units_ = operations_ = 0;
  journal_ = begin.journal;
  events_.emplace_back(begin);
}

void SubscriptionSession::on(const model::SnapRows& rows, Now now) {
  use_credit();
  if (!in_snapshot_) {
    return begin_anew(kSoon, now);
  }
  units_ += rows.units.size();
  operations_ += rows.operations.size();
  events_.emplace_back(rows);
}

void SubscriptionSession::on(const model::SnapEnd& end, Now now) {
  if (!in_snapshot_ || end.units != units_ || end.operations != operations_) {
    return begin_anew(kSoon, now);
  }
  in_snapshot_ = false;
  is_whole_ = true;
  ledger_seq_ = end.ledger_seq;
  events_.emplace_back(end);
  went_well();
}

/// Rows say how it is and not what was added, so a delta that begins before the table's place does
/// no harm; one that begins behind it leaves a gap.
void SubscriptionSession::on(const model::Delta& delta, Now now) {
  use_credit();
  const std::pair place{delta.prev_seq, delta.ledger_seq};
  const bool follows =
      is_whole_ && delta.prev_seq <= ledger_seq_ && delta.ledger_seq >= ledger_seq_;
  if (!follows || (part_of_ && *part_of_ != place)) {
    return begin_anew(kSoon, now);
  }
  events_.emplace_back(delta);
  has_part_ = !delta.last;
  part_of_ = delta.last ? std::nullopt : std::optional(place);
  if (delta.last) {
    ledger_seq_ = delta.ledger_seq;
    went_well();
  }
}

void SubscriptionSession::on(const model::Lagged& lagged, Now now) {
  if (in_snapshot_ || part_of_) {
    return begin_anew(kSoon, now);
  }
  events_.emplace_back(lagged);
}

/// It is for those who have everything. An earlier place would be one of another ledger, and what a
/// delta that was cut short began to change has changed.
void SubscriptionSession::on(const model::Mark& mark, Now now) {
  if (!is_whole_ || has_part_ || mark.ledger_seq < ledger_seq_) {
    return begin_anew(kSoon, now);
  }
  ledger_seq_ = mark.ledger_seq;
  events_.emplace_back(mark);
  went_well();
}

void SubscriptionSession::on(const model::FeedBye& bye, Now now) {
  tell_down({code_of(bye.reason), fmt::format("the broker ended the subscription ({}): {}",
                                              to_text(bye.reason), bye.message)},
            bye.reason, now);
  wait(is_passing(bye.reason) ? kSoon : kLater, now);
}

}  // namespace muster::client
