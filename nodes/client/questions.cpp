// SPDX-License-Identifier: Apache-2.0
#include "nodes/client/questions.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>
#include <utility>

#include "nodes/client/dealer_options.h"
#include "nodes/client/open_questions.h"
#include "schemas/link/quiet_thread.h"
#include "schemas/link/waiter.h"

namespace muster::client {

using model::Error;
using model::ErrorCode;
using model::fail;
using model::Result;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

using Moment = steady_clock::time_point;

constexpr milliseconds kLook{5};       // Before a full connection is tried again.
constexpr milliseconds kIdle{60'000};  // Nothing to do: whatever happens wakes the thread.
constexpr milliseconds kWaitMax{24L * 3'600 * 1'000};
constexpr milliseconds kDeniedPause{1'000};
constexpr milliseconds kDeniedPauseMax{30'000};
constexpr int kFramesAtOnce = 256;

Error stopping() { return {ErrorCode::unavailable, "this program stops: ask again when it runs"}; }

class ThreadedQuestions final : public Questions {
 public:
  ThreadedQuestions(link::Context& context, Connection connection, std::size_t in_flight_max,
                    link::DealerSocket dealer, link::Waker waker)
      : context_(context),
        connection_(std::move(connection)),
        in_flight_max_(in_flight_max),
        waker_(std::move(waker)),
        open_(connection_),
        dealer_(std::move(dealer)) {}
  ~ThreadedQuestions() override {
    stop_ = true;
    waker_.wake();
  }
  Result<void> start_thread() {
    MUSTER_TRY(thread_, link::start_quiet_thread("questions", [this] { run(); }));
    return {};
  }

  void ask(model::Query query, model::Standpoint standpoint, milliseconds wait_max,
           OnAnswer on_answer) override;
  [[nodiscard]] bool is_connected() const override { return is_connected_; }

 private:
  enum class Taken : std::uint8_t { yes, busy, closed };
  Taken take(Question& question);
  [[nodiscard]] Error busy() const;

  // Its own thread.
  void run();
  void watch();
  void wait();
  void take_questions();
  void take_events(Moment now);
  void wait_to_renew(Moment now);
  void renew(Moment now);
  void take_frames();
  void send_what_waits(Moment now);
  void hand_out_answers();
  void close();

  // Constant after construction.
  link::Context& context_;
  const Connection connection_;
  const std::size_t in_flight_max_;

  // Any thread.
  link::Waker waker_;
  std::atomic<bool> stop_{false};
  std::atomic<bool> is_connected_{false};
  std::mutex mutex_;
  std::size_t in_flight_ = 0;          // Under mutex_. Taken and not answered.
  std::vector<Question> taken_;        // Under mutex_.
  std::vector<Question> turned_away_;  // Under mutex_.
  bool is_closed_ = false;             // Under mutex_.

  // Its own thread.
  OpenQuestions open_;
  link::DealerSocket dealer_;
  link::Waiter waiter_;
  std::uint64_t connections_seen_ = 0;
  std::optional<Moment> renew_at_;  // Our key was not accepted.
  milliseconds denied_pause_ = kDeniedPause;

  std::jthread thread_;  // Last, so that it ends before what it uses.
};

// ---- any thread ---------------------------------------------------------------------------------

void ThreadedQuestions::ask(model::Query query, model::Standpoint standpoint, milliseconds wait_max,
                            OnAnswer on_answer) {
  const auto bounded = std::clamp(wait_max, milliseconds::zero(), kWaitMax);
  Question question{.query = std::move(query),
                    .standpoint = std::move(standpoint),
                    .wait_max = wait_max,
                    .deadline = steady_clock::now() + bounded,
                    .on_answer = std::move(on_answer)};
  if (take(question) == Taken::closed) {  // An answer asks while all ends: this is our thread.
    return question.on_answer(tl::unexpected(stopping()));
  }
  waker_.wake();
}

ThreadedQuestions::Taken ThreadedQuestions::take(Question& question) {
  const std::scoped_lock lock(mutex_);
  if (is_closed_) {
    return Taken::closed;
  }
  if (in_flight_ >= in_flight_max_) {
    turned_away_.push_back(std::move(question));
    return Taken::busy;
  }
  ++in_flight_;
  taken_.push_back(std::move(question));
  return Taken::yes;
}

Error ThreadedQuestions::busy() const {
  return {ErrorCode::unavailable,
          fmt::format("busy: {} questions are on their way to the broker already. Try again in a "
                      "moment",
                      in_flight_max_)};
}

// ---- its own thread -----------------------------------------------------------------------------

void ThreadedQuestions::run() {
  watch();
  while (!stop_) {
    wait();
    take_questions();
    const auto now = steady_clock::now();
    take_events(now);
    take_frames();
    send_what_waits(now);
    open_.tick(now, reach_of(dealer_));
    hand_out_answers();
  }
  close();
}

void ThreadedQuestions::watch() {
  waiter_.forget_all();
  waiter_.watch(dealer_);
  waiter_.watch(waker_);
}

void ThreadedQuestions::wait() {
  const auto now = steady_clock::now();
  auto until = std::min(open_.wake_at().value_or(now + kIdle), renew_at_.value_or(now + kIdle));
  const bool blocked = open_.has_unsent() && dealer_.state() == link::DealerState::connected;
  const auto left = std::chrono::ceil<milliseconds>(until - now);
  waiter_.wait(std::clamp(left, milliseconds::zero(), blocked ? kLook : kIdle));
  waker_.reset();
}

void ThreadedQuestions::take_questions() {
  std::vector<Question> taken;
  std::vector<Question> turned_away;
  {
    const std::scoped_lock lock(mutex_);
    taken.swap(taken_);
    turned_away.swap(turned_away_);
  }
  for (auto& question : taken) {
    open_.add(std::move(question));
  }
  for (auto& question : turned_away) {
    question.on_answer(tl::unexpected(busy()));
  }
}

void ThreadedQuestions::take_events(Moment now) {
  const auto state = dealer_.poll_events();
  is_connected_ = state == link::DealerState::connected;
  if (state == link::DealerState::denied) {
    return wait_to_renew(now);
  }
  if (state == link::DealerState::connected) {
    denied_pause_ = kDeniedPause;
  }
  if (dealer_.connections() != connections_seen_) {
    connections_seen_ = dealer_.connections();
    open_.connected(connections_seen_);
  }
}

void ThreadedQuestions::wait_to_renew(Moment now) {
  open_.fail_all(denied_error(connection_));
  if (!renew_at_) {
    renew_at_ = now + denied_pause_;
    denied_pause_ = std::min(denied_pause_ * 2, kDeniedPauseMax);
  } else if (now >= *renew_at_) {
    renew(now);
  }
}

void ThreadedQuestions::renew(Moment now) {
  auto renewed = link::DealerSocket::connect(context_, connection_.query_endpoint,
                                             dealer_options(connection_));
  if (!renewed) {
    renew_at_ = now + denied_pause_;  // No descriptors left: try again after the next pause.
    return;
  }
  waiter_.forget_all();
  dealer_ = *std::move(renewed);
  watch();
  renew_at_.reset();
  connections_seen_ = 0;
}

void ThreadedQuestions::take_frames() {
  for (int i = 0; i < kFramesAtOnce; ++i) {
    const auto frame = dealer_.receive();
    if (!frame) {
      return;
    }
    open_.received(frame->bytes());
  }
}

void ThreadedQuestions::send_what_waits(Moment now) {
  while (const auto message = open_.to_send(now)) {
    const auto result = dealer_.send(*message);
    if (result == link::SendResult::too_large) {
      open_.too_large();
      continue;
    }
    if (result != link::SendResult::sent) {
      return;
    }
    dealer_.poll_events();  // The connection that it went out on may be a new one.
    open_.sent(dealer_.connections());
  }
}

void ThreadedQuestions::hand_out_answers() {
  for (auto& one : open_.answered()) {
    {
      const std::scoped_lock lock(mutex_);
      --in_flight_;
    }
    one.question.on_answer(std::move(one.result));
  }
}

void ThreadedQuestions::close() {
  {
    const std::scoped_lock lock(mutex_);
    is_closed_ = true;
  }
  take_questions();
  open_.fail_all(stopping());
  hand_out_answers();
}

}  // namespace

Result<std::unique_ptr<Questions>> Questions::connect(link::Context& context,
                                                      const Connection& connection,
                                                      std::size_t in_flight_max) {
  if (in_flight_max == 0) {
    return fail(ErrorCode::configuration, "at least one question must be allowed in flight");
  }
  MUSTER_TRY(auto waker, link::Waker::create());
  MUSTER_TRY(auto dealer, link::DealerSocket::connect(context, connection.query_endpoint,
                                                      dealer_options(connection)));
  auto questions = std::make_unique<ThreadedQuestions>(context, connection, in_flight_max,
                                                       std::move(dealer), std::move(waker));
  MUSTER_CHECK(questions->start_thread());
  return std::unique_ptr<Questions>(std::move(questions));
}

}  // namespace muster::client
