// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "nodes/client/session.h"
#include "schemas/wire/session.h"

namespace muster::client::test {

using namespace std::chrono_literals;

inline const model::NodeId kNode = *model::NodeId::parse("KAZ/mod");

/// The head after an envelope that ends with `seq`; "other" of an envelope with other bytes.
inline model::Hash head(std::uint64_t seq, bool other = false) {
  model::Hash hash{};
  hash[0] = static_cast<std::uint8_t>(seq);
  hash[1] = static_cast<std::uint8_t>(seq >> 8U);
  hash[31] = other ? 2 : 1;
  return seq == 0 ? model::Hash{} : hash;
}

inline storage::SealedEnvelope envelope(std::uint64_t first, std::uint64_t last) {
  const auto text = fmt::format("{}-{}", first, last);
  return {.first_seq = first,
          .last_seq = last,
          .chain_hash = head(last),
          .bytes = {text.begin(), text.end()}};
}

inline SessionStart start_at(std::uint64_t acknowledged,
                             std::vector<storage::SealedEnvelope> sealed = {},
                             std::uint64_t waiting = 0) {
  SessionStart start;
  start.acknowledged_seq = acknowledged;
  start.sealed_seq = sealed.empty() ? acknowledged : sealed.back().last_seq;
  start.sealed_hash = head(start.sealed_seq);
  start.next_seq = start.sealed_seq + 1 + waiting;
  start.unacknowledged = std::move(sealed);
  return start;
}

/// A session with a clock that only the test moves. pump() does all there is to do and tells it.
class Rig {
 public:
  explicit Rig(SessionStart start = {}) : next_(start.next_seq), session_(options(), start) {}

  static SessionOptions options() {
    SessionOptions options;
    options.node = kNode;
    options.endpoint = "tcp://broker:7610";
    options.key_fingerprint = "0123456789abcdef";
    return options;
  }

  std::string pump() {
    log_.clear();
    for (int i = 0; i < 3; ++i) {
      session_.tick(now_);
      for (const auto& effect : session_.effects()) {
        std::visit([&](const auto& one) { carry_out(one); }, effect);
      }
      seal();
      send();
    }
    return log_;
  }

  std::string after(std::chrono::milliseconds time) {
    now_ += time;
    return pump();
  }
  std::string push(std::uint64_t reports) {
    next_ += reports;
    return pump();
  }
  std::string connect() {
    session_.connected(now_);
    return pump();
  }
  std::string disconnect() {
    session_.disconnected(now_, 0);
    return pump();
  }
  std::string denied() {
    session_.denied(now_);
    return pump();
  }
  std::string hear(const model::Bytes& message) {
    session_.received(message, now_, utc_);
    return pump();
  }
  std::string welcome(std::uint64_t head_seq, std::uint32_t window = 1024, bool other = false) {
    return hear(wire::welcome_message({.head_seq = head_seq,
                                       .head_hash = head(head_seq, other),
                                       .window = window,
                                       .reports_max = 256,
                                       .message_bytes_max = 1 << 20,
                                       .server_time = broker_utc_}));
  }
  std::string pong() { return hear(wire::pong_message({.server_time = broker_utc_})); }
  void own_clock_is_ahead_by(std::chrono::seconds time) { utc_ = broker_utc_ + time; }
  std::string ack(std::uint64_t up_to, std::vector<std::uint64_t> refused = {}) {
    model::Ack ack{.up_to_seq = up_to, .ledger_seq = up_to};
    for (const auto seq : refused) {
      ack.reports.push_back({.seq = seq, .verdict = {.verdict = model::Verdict::refused}});
    }
    return hear(wire::ack_message(ack));
  }
  std::string nack(std::uint64_t seq, model::NackCode code, bool retryable,
                   std::uint64_t head_seq = 0, std::uint32_t retry_after_ms = 0) {
    return hear(wire::nack_message({.seq = seq,
                                    .code = code,
                                    .message = "because",
                                    .retryable = retryable,
                                    .retry_after_ms = retry_after_ms,
                                    .head_seq = head_seq,
                                    .head_hash = head(head_seq)}));
  }
  std::string gap(std::uint64_t seq, std::uint64_t head_seq) {
    return nack(seq, model::NackCode::gap, true, head_seq);
  }
  /// Connected and greeted by a broker whose head fits.
  Rig& greeted(std::uint64_t head_seq = 0, std::uint32_t window = 1024) {
    connect();
    welcome(head_seq, window);
    return *this;
  }

  Session& session() { return session_; }
  [[nodiscard]] const std::string& problem() const { return session_.problem(); }
  void refuse_resume() { refuse_resume_ = true; }
  void waiting_bytes(std::size_t bytes) { bytes_ = bytes; }

 private:
  void tell(const std::string& what) { log_ += (log_.empty() ? "" : ", ") + what; }

  void carry_out(const Settled& settled) {
    auto text = fmt::format("settled {}-{} forget {}", settled.first_seq, settled.last_seq,
                            settled.forget_seq);
    for (const auto& outcome : settled.outcomes) {
      text += fmt::format(" refused {}", outcome.seq);
    }
    tell(text + (settled.earlier_session ? " earlier" : ""));
  }
  void carry_out(const ResumeFrom& resume) {
    tell(fmt::format("resume {}", resume.seq));
    if (refuse_resume_) {
      return session_.resumed(model::fail(model::ErrorCode::refused, "not empty"), now_);
    }
    next_ = resume.seq + 1;
    session_.resumed({}, now_);
  }
  void carry_out(const Renew&) { tell("renew"); }

  void seal() {
    session_.reports_wait(next_, bytes_);
    while (const auto room = session_.room(now_)) {
      const auto first = session_.sealed_seq() + 1;
      session_.sealed(envelope(first, first + room->reports - 1));
    }
  }

  void send() {
    for (auto bytes = session_.to_send(now_); !bytes.empty(); bytes = session_.to_send(now_)) {
      const auto message = wire::read_message(bytes);
      const bool publish = message->type == wire::MessageType::publish;
      tell(publish ? std::string(model::text_of(message->body)) : wire::to_text(message->type));
      session_.sent(now_);
    }
  }

  Moment now_{1'000s};
  model::UtcTime broker_utc_ = *model::parse_time("2024-05-01T06:00:00Z");
  model::UtcTime utc_ = broker_utc_;
  std::uint64_t next_;
  std::size_t bytes_ = 0;
  bool refuse_resume_ = false;
  std::string log_;
  Session session_;
};

}  // namespace muster::client::test
