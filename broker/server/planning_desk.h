// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <vector>

#include "broker/server/planner.h"
#include "schemas/link/router.h"

namespace muster::server {

/// The messages that answer one request.
struct Delivery {
  link::PeerAddress to;
  std::vector<model::Bytes> messages;
};

/// Where questions for a force package wait, so that the thread that asks goes on answering others.
/// No sockets, no thread of its own. Thread rule: put(), collect() and close() from the thread that
/// owns the socket; step() and wait() from the planning thread.
class PlanningDesk {
 public:
  /// Beyond it an asker is told to come again: who waits longer than a few searches gives up
  /// anyway.
  static constexpr std::size_t kWaitingMax = 8;

  /// `on_answered` is called on the planning thread when there is something to collect().
  PlanningDesk(Planner planner, QueryMetrics& metrics, std::function<void()> on_answered);

  /// Takes in a job. Where it cannot wait, and where the deadline of others has passed while they
  /// waited, there is a refusal to collect().
  void put(link::PeerAddress to, PlanningJob job);

  /// Answers the job that waits longest; false when there is none. `stop` cuts its search short.
  bool step(const std::stop_token& stop = {});
  /// Waits until there is a job; false when `stop` ends that.
  bool wait(const std::stop_token& stop);

  /// What has been answered since the last call, in the order in which it was.
  std::vector<Delivery> collect();

  /// Refuses all who wait, and who is just being answered: nobody will send it. What comes later is
  /// refused as well.
  void close();

 private:
  struct Waiting {
    link::PeerAddress to;
    PlanningJob job;
  };
  struct Running {
    link::PeerAddress to;
    std::uint64_t id = 0;
  };
  // Called with mutex_ held.
  std::optional<model::Error> reason_to_refuse() const;
  void refuse(const link::PeerAddress& to, std::uint64_t id, const model::Error& error);
  void refuse_late();

  [[nodiscard]] std::vector<model::Bytes> answer_of(const PlanningJob& job,
                                                    const std::stop_token& stop) const;
  std::optional<Waiting> next();
  void answered(const link::PeerAddress& to, std::vector<model::Bytes> messages);

  // Constant after construction.
  Planner planner_;
  QueryMetrics& metrics_;
  std::function<void()> on_answered_;
  // Guarded by mutex_.
  std::mutex mutex_;
  std::condition_variable_any work_;
  std::deque<Waiting> waiting_;
  std::optional<Running> running_;
  std::vector<Delivery> answered_;
  bool is_closed_ = false;
};

}  // namespace muster::server
