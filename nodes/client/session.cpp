// SPDX-License-Identifier: Apache-2.0
#include "nodes/client/session.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "schemas/model/limits.h"
#include "schemas/wire/session.h"

namespace muster::client {

namespace {

using std::chrono::milliseconds;

constexpr std::size_t kBytesInFlightMax = std::size_t{8} << 20;
constexpr int kResendDelayFactorMax = 8;
constexpr int kSilentPings = 3;  // Unanswered ones, before the broker is held to be hung.

}  // namespace

Session::Session(SessionOptions options, SessionStart start)
    : options_(std::move(options)),
      next_(start.next_seq),
      sealed_(start.sealed_seq),
      sealed_hash_(start.sealed_hash),
      settled_(start.acknowledged_seq),
      forgotten_(start.acknowledged_seq),
      resend_delay_(options_.resend_after),
      denied_delay_(options_.denied_min) {
  if (forgotten_ == sealed_) {
    forgotten_hash_ = sealed_hash_;
  }
  for (auto& envelope : start.unacknowledged) {
    append(std::move(envelope));
  }
  problem_ = fmt::format("no connection to the broker at {} yet", options_.endpoint);
}

// ---- what happens -------------------------------------------------------------------------------

void Session::connected(Moment now) {
  connected_ = true;
  denied_delay_ = options_.denied_min;
  heard_at_ = now;
  if (!final_) {
    problem_.clear();
  }
  greet(now);
}

void Session::disconnected(Moment, std::uint64_t broken_handshakes) {
  connected_ = false;
  phase_ = Phase::connecting;
  drop_all_copies();
  problem_ = fmt::format("no connection to the broker at {}", options_.endpoint);
  if (broken_handshakes > 0) {
    problem_ += "; handshakes break off: is server_key the key of this broker?";
  }
}

void Session::denied(Moment now) {
  connected_ = false;
  phase_ = Phase::denied;
  drop_all_copies();
  retry_at_ = now + denied_delay_;
  denied_delay_ = std::min(2 * denied_delay_, options_.denied_max);
  problem_ = fmt::format(
      "the broker does not accept this node's key (fingerprint {}): ask the registrar to enrol it",
      options_.key_fingerprint);
}

void Session::tick(Moment now) {
  if (phase_ == Phase::open) {
    tick_open(now);
  } else if (phase_ == Phase::stopped && now >= retry_at_) {
    greet(now);
  } else if (phase_ == Phase::denied && now >= retry_at_) {
    phase_ = Phase::connecting;
    effects_.emplace_back(Renew{});
  }
}

void Session::tick_open(Moment now) {
  if (now >= heard_at_ + kSilentPings * options_.ping_every) {
    problem_ = fmt::format("the broker at {} is connected and does not answer", options_.endpoint);
    return greet(now);
  }
  if (reports_under_way_ > 0 && now >= progress_at_ + resend_delay_) {
    // What became of them is unknown, so the same bytes go again; the broker knows what it has.
    problem_ = fmt::format("the broker does not acknowledge {}#{}: sending it again",
                           options_.node.view(), flight_.front().first_seq);
    drop_all_copies();
    resend_delay_ = std::min(2 * resend_delay_, kResendDelayFactorMax * options_.resend_after);
  }
}

void Session::reports_wait(std::uint64_t next_seq, std::size_t bytes) {
  next_ = next_seq;
  waiting_bytes_ = bytes;
}

void Session::sealed(storage::SealedEnvelope envelope) {
  sealed_ = envelope.last_seq;
  sealed_hash_ = envelope.chain_hash;
  next_ = std::max(next_, sealed_ + 1);
  append(std::move(envelope));
}

void Session::append(storage::SealedEnvelope envelope) {
  InFlight entry;
  entry.first_seq = envelope.first_seq;
  entry.last_seq = envelope.last_seq;
  entry.chain_hash = envelope.chain_hash;
  entry.message = wire::publish_message(envelope.bytes);
  reports_in_flight_ += entry.reports();
  bytes_in_flight_ += entry.message.size();
  flight_.push_back(std::move(entry));
}

void Session::resumed(const model::Result<void>& outcome, Moment now) {
  if (!outcome) {
    return disagree("a report was kept before the first contact: " + outcome.error().message, now);
  }
  sealed_ = settled_ = forgotten_ = resume_.seq;
  sealed_hash_ = resume_.hash;
  forgotten_hash_ = resume_.hash;
  next_ = sealed_ + 1;
}

void Session::sent(Moment now) {
  switch (std::exchange(sending_, Sending::nothing)) {
    case Sending::nothing:
      break;
    case Sending::hello:
      greet_at_ = now + options_.resend_after;
      break;
    case Sending::ping:
      ping_at_ = now + options_.ping_every;
      break;
    case Sending::envelope:
      if (reports_under_way_ == 0) {
        progress_at_ = now;
      }
      count_copy(*first_unsent());
      break;
  }
}

// ---- what to do ---------------------------------------------------------------------------------

std::size_t Session::envelope_reports_max() const {
  // Half a window at most, so that one envelope is made while the other is committed.
  return std::min<std::size_t>(reports_max_, std::max<std::uint64_t>(1, window_ / 2));
}

std::optional<Room> Session::room(Moment now) const {
  const std::uint64_t waiting = next_ - 1 - sealed_;
  const bool full = reports_in_flight_ >= window_ || bytes_in_flight_ >= kBytesInFlightMax;
  if (waiting == 0 || full || clock_is_wrong() || !may_send_envelopes(now)) {
    return std::nullopt;
  }
  const std::uint64_t most = envelope_reports_max();
  const std::uint64_t left = window_ - reports_in_flight_;
  const bool worth_it =
      left >= most && (waiting >= most || waiting_bytes_ >= model::kEnvelopeReportBytesMax);
  // Alone it goes at once; while others are under way, only a full envelope is worth a signature.
  if (!flight_.empty() && !worth_it) {
    return std::nullopt;
  }
  return Room{.reports = std::min({waiting, most, left}), .bytes = model::kEnvelopeReportBytesMax};
}

model::ByteView Session::to_send(Moment now) {
  sending_ = Sending::nothing;
  if (phase_ == Phase::greeting && now >= greet_at_) {
    sending_ = Sending::hello;
    small_ = wire::hello_message({.node = options_.node, .software = "muster client"});
    return small_;
  }
  if (phase_ == Phase::open && now >= std::max(ping_at_, heard_at_ + options_.ping_every)) {
    sending_ = Sending::ping;
    small_ = wire::ping_message({.nonce = ++pings_, .sent_at = {}});
    return small_;
  }
  if (!may_send_envelopes(now)) {
    return {};
  }
  const InFlight* envelope = first_unsent();
  if (envelope == nullptr ||
      (reports_under_way_ > 0 && reports_under_way_ + envelope->reports() > window_)) {
    return {};
  }
  sending_ = Sending::envelope;
  return envelope->message;
}

Moment Session::wake_at(Moment now) const {
  switch (phase_) {
    case Phase::connecting:
      return now + options_.ping_every;
    case Phase::greeting:
      return greet_at_;
    case Phase::stopped:
    case Phase::denied:
      return retry_at_;
    case Phase::open:
      break;
  }
  Moment wake = std::max(ping_at_, heard_at_ + options_.ping_every);
  if (paused_until_ > now) {
    wake = std::min(wake, paused_until_);
  }
  if (reports_under_way_ > 0) {
    wake = std::min(wake, progress_at_ + resend_delay_);
  }
  return wake;
}

// ---- bookkeeping --------------------------------------------------------------------------------

Session::InFlight* Session::find(std::uint64_t first_seq) {
  const auto found = std::lower_bound(
      flight_.begin(), flight_.end(), first_seq,
      [](const InFlight& envelope, std::uint64_t seq) { return envelope.first_seq < seq; });
  return found != flight_.end() && found->first_seq == first_seq ? &*found : nullptr;
}

Session::InFlight* Session::first_unsent() {
  const auto found = std::find_if(flight_.begin(), flight_.end(), [](const InFlight& envelope) {
    return envelope.unanswered == 0;
  });
  return found != flight_.end() ? &*found : nullptr;
}

void Session::count_copy(InFlight& envelope) {
  if (envelope.unanswered++ == 0) {
    reports_under_way_ += envelope.reports();
  }
  envelope.sending = ++sendings_;
}

void Session::drop_copies(InFlight& envelope) {
  if (std::exchange(envelope.unanswered, 0) > 0) {
    reports_under_way_ -= envelope.reports();
  }
}

void Session::drop_all_copies() {
  for (auto& envelope : flight_) {
    drop_copies(envelope);
  }
}

void Session::greet(Moment at) {
  // Without a connection the next one is greeted, whenever it comes.
  phase_ = connected_ ? Phase::greeting : Phase::connecting;
  greet_at_ = at;
  drop_all_copies();
}

void Session::stop(std::string problem, Moment now) {
  phase_ = Phase::stopped;
  problem_ = std::move(problem);
  final_ = true;
  retry_at_ = now + options_.retry_stopped;
  drop_all_copies();
}

void Session::disagree(const std::string& what, Moment now) {
  disagrees_ = true;
  stop(fmt::format("the broker's record and this outbox disagree (restored backup or second copy "
                   "of this node?): {}",
                   what),
       now);
}

void Session::pause(milliseconds wait, Moment now) {
  const auto bounded = std::clamp(wait, milliseconds{50}, milliseconds{60'000});
  paused_until_ = std::max(paused_until_, now + bounded);
}

void Session::progress(Moment now) {
  progress_at_ = now;
  resend_delay_ = options_.resend_after;
  if (phase_ == Phase::open) {
    final_ = false;
    problem_.clear();
  }
}

/// Reports settled_ + 1 .. settled.last_seq are done, and so are the envelopes that end there.
void Session::settle(Settled settled) {
  settled.first_seq = settled_ + 1;
  settled_ = settled.last_seq;
  while (!flight_.empty() && flight_.front().last_seq <= settled_) {
    auto& done = flight_.front();
    drop_copies(done);
    forgotten_ = done.last_seq;
    forgotten_hash_ = done.chain_hash;
    reports_in_flight_ -= done.reports();
    bytes_in_flight_ -= done.message.size();
    flight_.pop_front();
  }
  settled.forget_seq = forgotten_;
  effects_.emplace_back(std::move(settled));
}

}  // namespace muster::client
