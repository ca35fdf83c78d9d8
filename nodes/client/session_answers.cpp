// SPDX-License-Identifier: Apache-2.0
// What a session does about each message of the broker.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "nodes/client/session.h"
#include "schemas/model/limits.h"
#include "schemas/trust/envelope.h"
#include "schemas/wire/envelope.h"
#include "schemas/wire/session.h"

namespace muster::client {

namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr std::chrono::seconds kClockErrorMax{120};
constexpr std::uint32_t kGapsMax = 3;  // Beyond it the two ends talk past each other: slow down.

std::string nack_text(const model::Nack& nack, const model::NodeId& node) {
  std::string text = fmt::format("the broker refuses {}#{} for good: {}: {}", node.view(), nack.seq,
                                 to_text(nack.code), nack.message);
  if (nack.seq == 0) {
    text = fmt::format("the broker refuses this node: {}: {}", to_text(nack.code), nack.message);
  }
  for (const auto& finding : nack.findings) {
    text += "; " + describe(finding);
  }
  return text + ". Nothing is sent until this is mended; the outbox keeps everything";
}

/// A sealed envelope does not name its key, so the only key that can be tried is the one at hand.
bool is_sealed_with(const model::PublicKey& key, model::ByteView publish_message) {
  const auto message = wire::read_message(publish_message);
  if (!message) {
    return false;
  }
  const auto envelope = wire::DecodedEnvelope::decode(message->body);
  return envelope &&
         trust::verify(key, trust::signed_bytes(envelope->view()), envelope->view().signature);
}

}  // namespace

template <typename Message>
void Session::take(const model::Result<Message>& message, Moment now) {
  if (!message) {
    problem_ = "cannot read what the broker answers: " + message.error().message;
    return;
  }
  on(*message, now);
}

void Session::received(model::ByteView frame, Moment now, model::UtcTime utc) {
  utc_ = utc;
  const auto message = wire::read_message(frame);
  if (!message) {
    return stop("cannot understand the broker: " + message.error().message, now);
  }
  heard_at_ = now;
  switch (message->type) {
    case wire::MessageType::welcome:
      return take(wire::read_welcome(message->body), now);
    case wire::MessageType::ack:
      return take(wire::read_ack(message->body), now);
    case wire::MessageType::nack:
      return take(wire::read_nack(message->body), now);
    case wire::MessageType::pong:
      return take(wire::read_pong(message->body), now);
    case wire::MessageType::bye:
      return take(wire::read_bye(message->body), now);
    default:
      return;  // No broker says these here. Silence is safe: whatever is unanswered goes again.
  }
}

// ---- WELCOME ------------------------------------------------------------------------------------

std::optional<model::Hash> Session::hash_at(std::uint64_t seq) const {
  if (seq == 0) {
    return model::Hash{};
  }
  if (seq == forgotten_) {
    return forgotten_hash_;
  }
  for (const auto& envelope : flight_) {
    if (envelope.last_seq == seq) {
      return envelope.chain_hash;
    }
  }
  return std::nullopt;
}

std::string Session::mismatch(const model::Welcome& welcome) const {
  const std::uint64_t head = welcome.head_seq;
  if (head < settled_) {
    return fmt::format("the broker has {} up to {}, and acknowledged {}", options_.node.view(),
                       head, settled_);
  }
  if (head > sealed_ && sealed_ == 0) {
    return fmt::format(
        "this outbox is new, the broker has {} up to {}, and reports were kept before the first "
        "contact. None of them was sent: stop, remove the outbox, start, wait for the greeting and "
        "publish them again",
        options_.node.view(), head);
  }
  if (head > sealed_) {
    return fmt::format("the broker has {} up to {}, this outbox signed up to {}",
                       options_.node.view(), head, sealed_);
  }
  const auto known = hash_at(head);
  const bool unknown_is_fine = head == forgotten_;  // Acknowledged by an earlier process.
  if (known ? *known == welcome.head_hash : unknown_is_fine) {
    return {};
  }
  return fmt::format("the broker's {}#{} is not what this outbox signed", options_.node.view(),
                     head);
}

void Session::on(const model::Welcome& welcome, Moment now) {
  if (phase_ != Phase::greeting) {
    return;  // An answer to a HELLO that was said again: what it tells is known already.
  }
  if (welcome.protocol_version != model::kProtocolVersion) {
    return stop(fmt::format("the broker speaks version {} of the protocol, this build {}: upgrade "
                            "the older one",
                            welcome.protocol_version, model::kProtocolVersion),
                now);
  }
  check_clock(welcome.server_time);
  if (is_new_outbox() && welcome.head_seq > 0) {
    resume_ = {.seq = welcome.head_seq, .hash = welcome.head_hash};
    effects_.emplace_back(resume_);
  } else if (const auto what = mismatch(welcome); !what.empty()) {
    return disagree(what, now);
  }
  open(welcome, now);
}

void Session::open(const model::Welcome& welcome, Moment now) {
  phase_ = Phase::open;
  disagrees_ = false;
  window_ = std::max<std::uint32_t>(1, welcome.window);
  reports_max_ = std::clamp<std::size_t>(welcome.reports_max, 1, model::kReportsPerEnvelopeMax);
  paused_until_ = now;
  ping_at_ = now + options_.ping_every;
  progress_at_ = now;
  const bool is_ours = welcome.head_seq <= sealed_;
  if (is_ours && welcome.head_seq > settled_) {
    settle({.last_seq = welcome.head_seq,
            .ledger_seq = welcome.ledger_seq,
            .outcomes = {},
            .earlier_session = true});
  }
  if (!final_ || flight_.empty()) {
    final_ = false;
    problem_.clear();
  }
}

// ---- the clock ----------------------------------------------------------------------------------

/// A sealed envelope carries its time for ever, and one from before its key's validity is refused
/// for ever. So a machine that was started with a wrong clock waits until the clock is set.
void Session::check_clock(model::UtcTime server_time) {
  clock_problem_.clear();
  if (server_time < model::kTimeMin || server_time > model::kTimeMax) {
    return;  // This broker does not tell.
  }
  const auto behind = std::chrono::duration_cast<std::chrono::seconds>(server_time - utc_);
  if (std::chrono::abs(behind) > kClockErrorMax) {
    clock_problem_ =
        fmt::format("this machine's clock is {} s {} the broker's: set it",
                    std::chrono::abs(behind).count(), behind > 0s ? "behind" : "ahead of");
  }
}

void Session::on(const model::Pong& pong, Moment) { check_clock(pong.server_time); }

// ---- ACK ----------------------------------------------------------------------------------------

void Session::on(const model::Ack& ack, Moment now) {
  if (disagrees_ || ack.up_to_seq <= settled_) {
    return;
  }
  if (ack.up_to_seq > sealed_) {
    return disagree(fmt::format("the broker acknowledges up to {}, this outbox signed up to {}",
                                ack.up_to_seq, sealed_),
                    now);
  }
  Settled settled{.last_seq = ack.up_to_seq, .ledger_seq = ack.ledger_seq, .outcomes = {}};
  for (const auto& outcome : ack.reports) {
    if (outcome.seq > settled_ && outcome.seq <= ack.up_to_seq) {
      settled.outcomes.push_back(outcome);
    }
  }
  std::sort(settled.outcomes.begin(), settled.outcomes.end(),
            [](const auto& a, const auto& b) { return a.seq < b.seq; });
  settle(std::move(settled));
  progress(now);
}

// ---- NACK ---------------------------------------------------------------------------------------

void Session::on(const model::Nack& nack, Moment now) {
  if (phase_ != Phase::open && phase_ != Phase::greeting) {
    return;
  }
  if (!nack.retryable) {
    return stop(nack_text(nack, options_.node) + advice_on(nack), now);
  }
  if (phase_ == Phase::greeting) {
    greet_at_ = now + std::max(milliseconds{nack.retry_after_ms}, 1000ms);
    problem_ = "the broker is not ready: " + nack.message;
    return;
  }
  InFlight* envelope = find(nack.seq);
  if (envelope != nullptr && nack.code == model::NackCode::gap) {
    return on_gap(nack, *envelope, now);
  }
  // One answer for everything that was under way.
  drop_all_copies();
  pause(milliseconds{nack.retry_after_ms}, now);
  problem_ = fmt::format("the broker cannot take reports now: {}", nack.message);
}

std::string Session::advice_on(const model::Nack& nack) {
  const bool is_about_key =
      nack.code == model::NackCode::bad_signature || nack.code == model::NackCode::key_expired;
  const InFlight* envelope = find(nack.seq);
  if (!is_about_key || envelope == nullptr) {
    return {};
  }
  const auto fingerprint = trust::fingerprint(options_.signing_key);
  const auto sealed_with = is_sealed_with(options_.signing_key, envelope->message)
                               ? fmt::format("key {}", fingerprint)
                               : fmt::format("another key than the {} configured now", fingerprint);
  return fmt::format(
      ". The envelope was sealed with {}, and another signing_key does not change what is sealed: "
      "have the registrar enrol the key that sealed it for {}, or restore the enrolled key, set "
      "the outbox aside and publish again what it held (nodes/client/README.md, \"When the broker "
      "refuses for good\")",
      sealed_with, options_.node.view());
}

/// Envelopes are judged in the order of sending, so whatever was sent before this copy and is not
/// there was lost. What was sent after it is still under way and will be answered by itself.
/// The head in the answer may be older than an acknowledgement that overtook it, so only a WELCOME
/// is believed when the two ends do not come together.
void Session::on_gap(const model::Nack& nack, InFlight& envelope, Moment now) {
  if (envelope.unanswered != 1) {
    envelope.unanswered -= envelope.unanswered > 0 ? 1 : 0;
    return;
  }
  for (auto& earlier : flight_) {
    if (earlier.first_seq < envelope.first_seq && earlier.sending < envelope.sending) {
      drop_copies(earlier);
    }
  }
  drop_copies(envelope);
  if (nack.retry_after_ms > 0) {
    pause(milliseconds{nack.retry_after_ms}, now);
  }
  if (++envelope.gaps > kGapsMax) {
    envelope.gaps = 0;
    greet(now + 1000ms);
  }
}

// ---- BYE ----------------------------------------------------------------------------------------

void Session::on(const model::Bye& bye, Moment now) {
  if (phase_ != Phase::open && phase_ != Phase::greeting) {
    return;
  }
  const auto text =
      fmt::format("the broker ended the session ({}): {}", to_text(bye.reason), bye.message);
  if (bye.reason == model::ByeReason::unauthorised || bye.reason == model::ByeReason::protocol) {
    return stop(text, now);
  }
  greet(now + 1000ms);
  problem_ = text;
}

}  // namespace muster::client
