// SPDX-License-Identifier: Apache-2.0
#include "broker/server/feed_subscriber.h"

#include <algorithm>
#include <utility>

namespace muster::server {

FocusPtr FeedKindState::settle(std::uint64_t place, FocusPtr focus) {
  if (settled && settled_place == place) {
    return settled;
  }
  // Who goes on from an earlier connection may hold anything, which says nothing about others.
  const bool is_known = !focus->is_everything() || of->takes_everything();
  if (is_known && (!settled || place > settled_place)) {
    settled_place = place;
    settled = focus;
  }
  return focus;
}

bool Subscriber::may_try(SteadyTime now, std::size_t unpaid_bytes_max) const {
  if (!held) {
    return true;
  }
  return held->is_full ? now >= held->retry_at : may_be_sent_rows(unpaid_bytes_max);
}

void Subscriber::spend(std::size_t bytes) {
  --credits;
  unpaid.push_back(static_cast<std::uint32_t>(bytes));
  unpaid_bytes += bytes;
}

void Subscriber::pay(std::uint32_t more) {
  credits += std::min(more, model::kFeedCreditsMax - credits);
  for (auto left = std::min<std::size_t>(more, unpaid.size()); left > 0; --left) {
    unpaid_bytes -= unpaid.front();
    unpaid.pop_front();
  }
}

bool Subscriber::has_lagged(std::uint64_t newest_place) const {
  const bool misses = missed || (held && newest_place > held->place);
  return has_table && misses && newest_place > place + 1;
}

void Subscriber::hold(SteadyTime now, std::uint64_t newest_place, bool is_full,
                      std::chrono::milliseconds retry_every) {
  if (!held) {
    held = Held{.since = now, .retry_at = now, .place = newest_place};
  }
  held->is_full = is_full;
  held->retry_at = now + retry_every;
  give_back();
}

void Subscriber::release(std::uint64_t newest_place) {
  missed = missed || (held && newest_place > held->place);
  held.reset();
}

void Subscriber::forget_lag() {
  missed = false;
  held.reset();
}

void Subscriber::went_on(SteadyTime now) {
  if (!has_begun) {
    has_begun = true;
    begun_at = now;
    forget_lag();  // The run covers all that it missed.
  }
  ++step;
}

void Subscriber::begin(std::shared_ptr<FeedRun> next) {
  run = std::move(next);
  step = 0;
  has_begun = false;
}

void Subscriber::give_back() {
  if (!has_begun) {
    run.reset();
    step = 0;
  }
}

void Subscriber::arrive() {
  place = run->place();
  told_seq = has_begun ? run->ledger_seq() : told_seq;
  focus = kind->settle(place, run->focus());
  has_table = true;
  has_begun = false;
  run.reset();
}

}  // namespace muster::server
