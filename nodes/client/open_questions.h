// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "nodes/client/query_parts.h"
#include "nodes/client/questions.h"
#include "schemas/wire/query.h"

namespace muster::client {

/// A question, and whom to answer until when.
struct Question {
  model::Query query;
  model::Standpoint standpoint{};
  std::chrono::milliseconds wait_max{};  ///< As it was asked, for the message.
  std::chrono::steady_clock::time_point deadline{};
  Questions::OnAnswer on_answer{};
};
/// A question that is done with.
struct Answered {
  Question question;
  model::Result<model::Answer> result;
};

/// The questions that are not answered: those to be sent, and those that were. Without socket,
/// thread or clock: what happens is told to it, and it says what is to be done.
class OpenQuestions {
 public:
  using Moment = std::chrono::steady_clock::time_point;

  explicit OpenQuestions(Connection connection) : connection_(std::move(connection)) {}

  // ---- what happens ---------------------------------------------------------------------------

  void add(Question question) { unsent_.push_back(std::move(question)); }
  /// The message of to_send() was queued; `connection` counts those that were made.
  void sent(std::uint64_t connection);
  /// The message of to_send() is larger than the connection takes.
  void too_large();
  /// What went out on another connection may be lost: it goes out again, before the others.
  void connected(std::uint64_t connection);
  /// Any frame of the broker.
  void received(model::ByteView frame);
  /// Gives up what is late.
  void tick(Moment now, const Reach& reach);
  /// Gives up everything.
  void fail_all(const model::Error& error);

  // ---- what to do -----------------------------------------------------------------------------

  /// The next message, with the time that is left for it; nothing when all is sent.
  [[nodiscard]] std::optional<model::Bytes> to_send(Moment now) const;
  /// Answers to be handed out, each once.
  std::vector<Answered> answered() { return std::exchange(answered_, {}); }
  /// When to call tick() at the latest.
  [[nodiscard]] std::optional<Moment> wake_at() const;
  [[nodiscard]] bool has_unsent() const { return !unsent_.empty(); }

 private:
  struct Asked {
    Question question;
    std::uint64_t connection;
    wire::AnswerAssembler chunks;
  };
  void take_chunk(model::ByteView body);
  void take_refusal(model::ByteView body);
  void settle(std::uint64_t id, model::Result<model::Answer> result);

  const Connection connection_;
  std::uint64_t last_id_ = 0;
  std::deque<Question> unsent_;
  std::map<std::uint64_t, Asked> asked_;  // In the order in which they were sent.
  std::vector<Answered> answered_;
};

}  // namespace muster::client
