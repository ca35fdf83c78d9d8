// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <variant>
#include <vector>

#include "nodes/client/questions.h"
#include "nodes/gateway/api_request.h"

/// Answers of the broker to one identity.
namespace muster::gateway {

/// An answer as it is sent.
struct Body {
  std::string text;
  std::string etag;  ///< Strong, with its quotes.
  std::uint64_t ledger_seq = 0;
  bool is_fixed = false;  ///< Asked of moments that do not move.
};
using Outcome = std::variant<std::shared_ptr<const Body>, model::Error>;

/// "\"3f…\"": of the bytes of a body.
std::string etag_of(std::string_view text);

/// Asks the broker, and asks equal questions once: after each change two hundred pages ask the
/// same at the same moment. Any thread.
class Answers {
 public:
  using OnOutcome = std::function<void(const Outcome&)>;
  using Clock = std::function<std::chrono::steady_clock::time_point()>;

  explicit Answers(
      std::unique_ptr<client::Questions> questions,
      Clock clock = [] { return std::chrono::steady_clock::now(); });

  struct Wanted {
    /// The same for equal questions alone: the language and the form of the body are in it.
    std::string key;
    words::Language language = words::Language::english;
    /// How far the ledger has come as far as is known here: an answer from before is not given.
    std::uint64_t ledger_seq = 0;
    std::chrono::milliseconds wait_max{};
  };
  /// Calls back exactly once, now or later, on any thread.
  void ask(const ApiRequest& request, const Wanted& wanted, OnOutcome on_outcome);

  /// The broker is there for questions, as far as is known here.
  [[nodiscard]] bool is_connected() const { return questions_->is_connected(); }
  /// Questions that went to the broker.
  [[nodiscard]] std::uint64_t asked() const;

 private:
  /// One question that went to the broker.
  struct Asking {
    std::uint64_t ledger_seq = 0;  // Known when it was asked.
    std::vector<OnOutcome> waiting;
    std::shared_ptr<const Body> body;  // Once it is answered.
    std::chrono::steady_clock::time_point at{};
  };
  /// Shared with what was asked: an answer may come while this object goes.
  struct State {
    Clock clock;
    std::mutex mutex;  // Guards what stands below.
    std::map<std::string, std::shared_ptr<Asking>> askings;
    std::size_t kept_bytes = 0;
    std::uint64_t asked = 0;
  };
  static std::shared_ptr<Asking> usable(State& state, const std::string& key,
                                        std::uint64_t ledger_seq);
  static void settle(State& state, const std::string& key, const std::shared_ptr<Asking>& asking,
                     const Outcome& outcome);
  static void forget_old(State& state);

  std::shared_ptr<State> state_;
  std::unique_ptr<client::Questions> questions_;
};

}  // namespace muster::gateway
