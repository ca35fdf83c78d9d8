// SPDX-License-Identifier: Apache-2.0
#include "broker/server/feed.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <exception>

#include "broker/server/feed_impl.h"
#include "schemas/wire/feed.h"

namespace muster::server {

using namespace std::chrono_literals;
using link::SendResult;
using model::FeedByeReason;
using std::chrono::milliseconds;

namespace {

/// How long the journal goes on after the last subscriber left, for those who come back.
constexpr auto kDesertedMax = 60s;
constexpr milliseconds kLong = 60s;
/// Runs that are kept for others while nobody takes them any more: each knows what is visible.
constexpr std::size_t kIdleRunsMax = 64;

/// Up to the next millisecond, so that what is due is due after it.
milliseconds until(SteadyTime then, SteadyTime now) {
  return then <= now ? 0ms : std::chrono::ceil<milliseconds>(then - now);
}

}  // namespace

Feed::Feed(Parts parts) : impl_(std::make_unique<Impl>(std::move(parts))) {}
Feed::Feed(Feed&&) noexcept = default;
Feed::~Feed() = default;

std::size_t Feed::subscribers() const { return impl_->subscribers.size(); }
std::uint64_t Feed::messages_made() const { return impl_->made; }

milliseconds Feed::step(model::UtcTime now) {
  auto& feed = *impl_;
  feed.clock = feed.parts.steady_clock();
  if (feed.subscribers.empty()) {
    if (feed.journal && feed.clock - feed.deserted_at >= kDesertedMax) {
      feed.journal.reset();
      feed.parts.metrics.journal(0);
    }
    return kLong;
  }
  feed.look(now);
  feed.tick();
  const auto deadline = feed.clock + feed.parts.feed_limits.step_max;
  for (auto left = feed.parts.feed_limits.messages_a_step;
       feed.idle_turns < feed.subscribers.size(); --left) {
    if (left == 0 || feed.clock >= deadline) {
      return 0ms;
    }
    if (feed.cursor == feed.subscribers.end()) {
      feed.cursor = feed.subscribers.begin();
    }
    const auto turn = feed.guarded_serve(feed.cursor->second, now);
    feed.idle_turns = turn == Impl::Turn::idle ? feed.idle_turns + 1 : 0;
    if (turn != Impl::Turn::ended) {
      ++feed.cursor;
    }
    feed.clock = feed.parts.steady_clock();
  }
  feed.measure();
  return feed.time_left();
}

void Feed::farewell() {
  while (!impl_->subscribers.empty()) {
    const auto& [key, subscriber] = *impl_->subscribers.begin();
    impl_->end(Impl::Key(key), {.id = subscriber.id(),
                                .reason = FeedByeReason::drained,
                                .message = "the broker is stopping; connect again"});
  }
}

// ---- looking ------------------------------------------------------------------------------------

void Feed::Impl::wake(model::UtcTime now) {
  if (!journal) {
    journal.emplace(Look{.place = 1, .snapshot = parts.view.current(), .at = now},
                    parts.feed_limits.journal_max);
    forget_runs();
  }
  if (subscribers.empty()) {
    clock = parts.steady_clock();
    next_look = clock;
    last_mark = clock;
    next_mark = clock + parts.feed_limits.mark_every;
  }
}

void Feed::Impl::look(model::UtcTime now) {
  if (clock < next_look) {
    return;
  }
  const auto seen = journal->newest().snapshot;
  const bool found_changes = journal->look(parts.view.current(), now);
  if (!found_changes && journal->newest().snapshot == seen) {
    return;
  }
  next_look = clock + parts.feed_limits.look_every;
  forget_runs();
  parts.metrics.journal(journal->entries());
  if (found_changes || journal->newest().snapshot->state.registry != seen->state.registry) {
    idle_turns = 0;
  }
}

/// Marks and second tries need a round of turns.
void Feed::Impl::tick() {
  if (clock >= next_mark) {
    last_mark = clock;
    next_mark = clock + parts.feed_limits.mark_every;
    forget_runs();  // Who comes now is told how it is now.
    ++mark_round;
    idle_turns = 0;
  }
  if (is_anyone_held && clock >= next_retry) {
    idle_turns = 0;
  }
  if (idle_turns == 0) {
    is_anyone_held = false;
    next_retry = clock + parts.feed_limits.retry_every;
  }
}

/// Of the newest registry, also when the feed has not looked at it yet.
const Directory& Feed::Impl::directory() {
  const auto snapshot = parts.view.current();
  if (!directory_ || &directory_->registry() != snapshot->state.registry.get()) {
    directory_ = std::make_unique<Directory>(snapshot->state.registry);
  }
  return *directory_;
}

void Feed::Impl::forget_runs() { runs.clear(); }

// ---- one turn -----------------------------------------------------------------------------------

/// A subscription may ask for more than there is memory for. It ends; the broker goes on.
Feed::Impl::Turn Feed::Impl::guarded_serve(Subscriber& subscriber, model::UtcTime now) {
  const Key key{subscriber.address, subscriber.id()};
  try {
    return serve(subscriber, now);
  } catch (const std::exception& error) {
    end(key,
        {.id = key.second,
         .reason = FeedByeReason::too_many,
         .message = fmt::format("the broker cannot serve this subscription: {}", error.what())});
    return Turn::ended;
  }
}

Feed::Impl::Turn Feed::Impl::serve(Subscriber& subscriber, model::UtcTime now) {
  if (const auto bye = reason_to_end(subscriber, now)) {
    end({subscriber.address, subscriber.id()}, *bye);
    return Turn::ended;
  }
  if (!subscriber.may_try(clock, parts.feed_limits.unpaid_bytes_max)) {
    is_anyone_held = true;
    return Turn::idle;
  }
  return subscriber.run || plan(subscriber) ? send_step(subscriber) : rest(subscriber, now);
}

std::optional<model::FeedBye> Feed::Impl::reason_to_end(const Subscriber& subscriber,
                                                        model::UtcTime now) {
  const auto* entry = directory().authorised(subscriber.user_id, now);
  if (entry == nullptr || entry->roles != subscriber.kind->of->viewer.roles) {
    return model::FeedBye{.id = subscriber.id(),
                          .reason = FeedByeReason::revoked,
                          .message =
                              "the key is no longer valid, or its roles are others now: "
                              "subscribe anew to see what they allow"};
  }
  const auto slow_max = parts.feed_limits.slow_max;
  const auto slow = [&](std::string message) {
    return model::FeedBye{
        .id = subscriber.id(), .reason = FeedByeReason::slow, .message = std::move(message)};
  };
  if (subscriber.held && clock - subscriber.held->since >= slow_max) {
    return slow(fmt::format(
        "nothing could be sent for {} ms: subscribe anew, read faster, and grant credit",
        slow_max.count()));
  }
  const auto whole_max = slow_max * FeedLimits::kTakenWithin;
  if (subscriber.run && subscriber.has_begun && clock - subscriber.begun_at >= whole_max) {
    return slow(
        fmt::format("a snapshot or delta was not taken whole within {} ms: subscribe anew, read "
                    "faster, and grant credit",
                    whole_max.count()));
  }
  return std::nullopt;
}

/// It has everything. Now and then it is told so.
Feed::Impl::Turn Feed::Impl::rest(Subscriber& subscriber, model::UtcTime now) {
  if (subscriber.mark_round == mark_round) {
    subscriber.forget_lag();
    return Turn::idle;
  }
  const auto ledger_seq = journal->newest().ledger_seq();
  const auto result = parts.send(
      subscriber.address,
      wire::mark_message({.id = subscriber.id(), .ledger_seq = ledger_seq, .server_time = now}));
  if (result != SendResult::sent) {
    return not_sent(subscriber, result);
  }
  parts.metrics.sent(subscriber.who, FeedKind::mark);
  subscriber.forget_lag();
  subscriber.mark_round = mark_round;
  subscriber.told_seq = ledger_seq;
  return Turn::idle;
}

/// False when there is nothing to be sent.
bool Feed::Impl::plan(Subscriber& subscriber) {
  if (subscriber.has_table && subscriber.place == journal->newest().place) {
    return false;
  }
  subscriber.begin(run_for(subscriber));
  return true;
}

std::shared_ptr<FeedRun> Feed::Impl::run_for(const Subscriber& subscriber) {
  const auto& of = subscriber.kind->of;
  const auto add = [&](const RunKey& key, FeedRun::Parts run) {
    if (runs.size() >= kIdleRunsMax) {
      std::erase_if(runs, [](const auto& one) { return one.second.use_count() == 1; });
    }
    return runs.emplace(key, std::make_shared<FeedRun>(std::move(run))).first->second;
  };
  const RunKey delta{of.get(), false, subscriber.place, subscriber.told_seq,
                     subscriber.focus.get()};
  if (const auto found = runs.find(delta); subscriber.has_table && found != runs.end()) {
    return found->second;
  }
  auto changed = subscriber.has_table ? journal->since(subscriber.place) : nullptr;
  if (changed) {
    return add(delta, {.kind = of,
                       .look = journal->newest(),
                       .limits = parts.limits,
                       .changed = std::move(changed),
                       .prev_seq = subscriber.told_seq,
                       .held = subscriber.focus});
  }
  const RunKey snapshot{of.get(), true, 0, 0, nullptr};
  const auto found = runs.find(snapshot);
  return found != runs.end()
             ? found->second
             : add(snapshot, {.kind = of,
                              .look = journal->newest(),
                              .limits = parts.limits,
                              .journal = journal->number()});
}

Feed::Impl::Turn Feed::Impl::send_step(Subscriber& subscriber) {
  auto& run = *subscriber.run;
  const auto step = run.at(subscriber.step);
  made += step.was_made && step.message ? 1 : 0;
  if (!step.message) {
    ++subscriber.step;
  } else {
    // A snapshot that has no credit for its rows is not begun.
    const bool begins_snapshot = run.is_snapshot() && !subscriber.has_begun;
    if ((step.costs_credit || begins_snapshot) &&
        !subscriber.may_be_sent_rows(parts.feed_limits.unpaid_bytes_max)) {
      subscriber.hold(clock, journal->newest().place, false, parts.feed_limits.retry_every);
      is_anyone_held = true;
      return Turn::idle;
    }
    if (!subscriber.has_begun && subscriber.has_lagged(journal->newest().place)) {
      return say_lagged(subscriber);
    }
    const auto result = parts.send(subscriber.address, *step.message);
    if (result != SendResult::sent) {
      return not_sent(subscriber, result);
    }
    parts.metrics.sent(subscriber.who, run.is_snapshot() ? FeedKind::snapshot : FeedKind::delta);
    if (step.costs_credit) {
      subscriber.spend(step.message->size());
    }
    subscriber.release(journal->newest().place);
    subscriber.went_on(clock);
  }
  if (run.is_over(subscriber.step)) {
    subscriber.mark_round = subscriber.has_begun ? mark_round : subscriber.mark_round;
    subscriber.arrive();
  }
  return Turn::busy;
}

Feed::Impl::Turn Feed::Impl::say_lagged(Subscriber& subscriber) {
  const auto result = parts.send(subscriber.address,
                                 wire::lagged_message({.id = subscriber.id(),
                                                       .from_seq = subscriber.told_seq,
                                                       .to_seq = subscriber.run->ledger_seq()}));
  if (result != SendResult::sent) {
    return not_sent(subscriber, result);
  }
  parts.metrics.lagged(subscriber.who);
  subscriber.forget_lag();
  return Turn::busy;
}

/// Who has gone is not told. Its place in the round is taken by the next.
Feed::Impl::Turn Feed::Impl::not_sent(Subscriber& subscriber, SendResult result) {
  if (result == SendResult::gone) {
    parts.metrics.gone(subscriber.who);
    erase(subscribers.find({subscriber.address, subscriber.id()}));
    return Turn::ended;
  }
  parts.metrics.send_refused(subscriber.who);
  subscriber.hold(clock, journal->newest().place, true, parts.feed_limits.retry_every);
  is_anyone_held = true;
  return Turn::idle;
}

void Feed::Impl::end(const Key& key, const model::FeedBye& bye) {
  const auto at = subscribers.find(key);
  if (at == subscribers.end()) {
    return;
  }
  const auto& subscriber = at->second;
  parts.metrics.ended(subscriber.who, bye.reason);
  // A connection that is full does not hear it.
  [[maybe_unused]] const auto sent = parts.send(subscriber.address, wire::feed_bye_message(bye));
  if (parts.on_bye) {
    parts.on_bye(subscriber.user_id, bye.reason, bye.message);
  }
  erase(at);
}

void Feed::Impl::erase(Subscribers::iterator at) {
  if (at == cursor) {
    ++cursor;
  }
  const auto siblings = of_node.find(at->second.node);
  if (--siblings->second == 0) {
    of_node.erase(siblings);
  }
  subscribers.erase(at);
  idle_turns = 0;
  if (subscribers.empty()) {
    deserted_at = clock;
    forget_runs();
    measure();
  }
}

// ---- between rounds -----------------------------------------------------------------------------

void Feed::Impl::measure() {
  std::array<std::uint64_t, 3> most{};
  const auto newest = journal->newest();
  for (const auto& [key, subscriber] : subscribers) {
    const auto place = subscriber.has_table ? subscriber.place : newest.place;
    if (place < newest.place) {
      auto& backlog = most[static_cast<std::size_t>(subscriber.who)];
      backlog = std::max(backlog, newest.ledger_seq() - subscriber.told_seq);
    }
  }
  for (std::size_t who = 0; who < most.size(); ++who) {
    parts.metrics.backlog(static_cast<SubscriberClass>(who), most[who]);
  }
}

milliseconds Feed::Impl::time_left() const {
  auto left = until(next_mark, clock);
  if (is_anyone_held) {
    left = std::min(left, until(next_retry, clock));
  }
  if (parts.view.current() != journal->newest().snapshot) {
    left = std::min(left, until(next_look, clock));
  }
  return left;
}

}  // namespace muster::server
