// SPDX-License-Identifier: Apache-2.0
#include "nodes/client/subscriber.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <iterator>
#include <utility>

#include "nodes/client/dealer_news.h"
#include "nodes/client/dealer_options.h"
#include "nodes/client/subscription_session.h"
#include "schemas/link/waiter.h"

namespace muster::client {

using model::ErrorCode;
using model::fail;
using model::Result;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr milliseconds kLook{5};  // Before a full connection is tried again.

SubscriptionSession::Now now() {
  return {.steady = steady_clock::now(),
          .utc = std::chrono::floor<model::Duration>(std::chrono::system_clock::now())};
}

/// The place of the ledger at which the table stands after the event, if that makes it whole.
std::optional<std::uint64_t> place_after(const FeedEvent& event) {
  if (const auto* end = std::get_if<model::SnapEnd>(&event)) {
    return end->ledger_seq;
  }
  if (const auto* delta = std::get_if<model::Delta>(&event); delta != nullptr && delta->last) {
    return delta->ledger_seq;
  }
  const auto* mark = std::get_if<model::Mark>(&event);
  return mark != nullptr ? std::optional(mark->ledger_seq) : std::nullopt;
}

class DealerSubscriber final : public Subscriber {
 public:
  DealerSubscriber(link::Context& context, const Connection& connection, SubscriberOptions options,
                   link::DealerSocket dealer)
      : context_(context),
        connection_(connection),
        session_(connection, std::move(options), now()),
        dealer_(std::move(dealer)) {
    waiter_.watch(dealer_);
  }

  std::optional<FeedEvent> next(milliseconds wait_max) override;
  [[nodiscard]] std::uint64_t ledger_seq() const override { return ledger_seq_; }
  [[nodiscard]] bool is_up() const override { return session_.is_up(); }

 private:
  using Now = SubscriptionSession::Now;
  void step();
  void take_events(Now now);
  void take_frames(Now now);
  void renew(Now now);
  void send_what_is_due(Now now);
  std::optional<FeedEvent> take_event();

  link::Context& context_;
  const Connection connection_;
  SubscriptionSession session_;
  link::DealerSocket dealer_;
  link::Waiter waiter_;
  DealerWatch dealer_watch_;
  bool is_blocked_ = false;
  std::deque<FeedEvent> events_;
  std::uint64_t ledger_seq_ = 0;
};

std::optional<FeedEvent> DealerSubscriber::next(milliseconds wait_max) {
  const auto deadline = steady_clock::now() + wait_max;
  while (true) {
    if (auto event = take_event()) {
      return event;
    }
    step();
    if (!events_.empty()) {
      continue;
    }
    const auto at = now();
    if (at.steady >= deadline) {
      return std::nullopt;
    }
    const auto until = std::min(deadline, session_.wake_at(at));
    auto left = std::chrono::ceil<milliseconds>(until - at.steady);
    left = std::max(left, milliseconds::zero());
    waiter_.wait(is_blocked_ ? std::min(left, kLook) : left);
  }
}

std::optional<FeedEvent> DealerSubscriber::take_event() {
  if (events_.empty()) {
    return std::nullopt;
  }
  auto event = std::move(events_.front());
  events_.pop_front();
  if (const auto place = place_after(event)) {
    ledger_seq_ = *place;
  }
  return event;
}

void DealerSubscriber::step() {
  const auto at = now();
  take_events(at);
  take_frames(at);
  session_.tick(at);
  if (session_.take_renewal()) {
    renew(at);
  }
  send_what_is_due(at);
  auto events = session_.events();
  std::move(events.begin(), events.end(), std::back_inserter(events_));
}

void DealerSubscriber::take_events(Now now) {
  const auto news = dealer_watch_.look(dealer_);
  if (news.is_denied) {
    session_.denied(now);
  }
  if (news.is_made) {
    session_.connected(now);
  }
  if (news.is_broken) {
    session_.disconnected(now, reach_of(dealer_));
  }
}

/// No more than makes one event or a few: whoever is slow to take them is not granted credits.
void DealerSubscriber::take_frames(Now now) {
  while (!session_.has_events()) {
    const auto frame = dealer_.receive();
    if (!frame) {
      return;
    }
    session_.received(frame->bytes(), now);
  }
}

void DealerSubscriber::renew(Now now) {
  auto renewed = link::DealerSocket::connect(context_, connection_.query_endpoint,
                                             dealer_options(connection_));
  if (!renewed) {
    return session_.denied(now);  // No descriptors left: try again after the next pause.
  }
  waiter_.forget_all();
  dealer_ = *std::move(renewed);
  waiter_.watch(dealer_);
  dealer_watch_ = {};
}

void DealerSubscriber::send_what_is_due(Now now) {
  is_blocked_ = false;
  for (auto message = session_.to_send(); !message.empty(); message = session_.to_send()) {
    if (dealer_.send(message) != link::SendResult::sent) {
      is_blocked_ = true;
      return;
    }
    session_.sent(now);
  }
}

}  // namespace

Result<std::unique_ptr<Subscriber>> Subscriber::connect(link::Context& context,
                                                        const Connection& connection,
                                                        SubscriberOptions options) {
  if (options.credits == 0 || options.credits > model::kFeedCreditsMax) {
    return fail(ErrorCode::configuration, fmt::format("{} credits: expected 1 to {}",
                                                      options.credits, model::kFeedCreditsMax));
  }
  MUSTER_TRY(auto dealer, link::DealerSocket::connect(context, connection.query_endpoint,
                                                      dealer_options(connection)));
  return std::unique_ptr<Subscriber>(std::make_unique<DealerSubscriber>(
      context, connection, std::move(options), std::move(dealer)));
}

}  // namespace muster::client
