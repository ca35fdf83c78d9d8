// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <future>
#include <mutex>
#include <thread>
#include <vector>

#include "broker/server/clock.h"
#include "broker/server/feed.h"
#include "broker/server/ingest.h"
#include "broker/server/planning_desk.h"
#include "broker/server/query_service.h"
#include "schemas/link/waiter.h"

/// The two loops that own the broker's sockets. Each runs on a thread of its own from construction
/// to destruction.
namespace muster::server {

struct LoopLimits {
  std::size_t batch_messages_max = 512;
  std::size_t batch_bytes_max = 8U << 20;
  std::chrono::milliseconds drain_max{5000};
};

/// Gathers what has arrived, lets Ingest commit it, sends the answers: while one batch is synced
/// the next one gathers, so that batches grow under load and a lone report waits for nobody.
class IngestLoop {
 public:
  IngestLoop(link::RouterSocket socket, link::Waker waker, Ingest ingest, Clock clock,
             LoopLimits limits, IngestMetrics& metrics);
  /// Drains: commits and acknowledges what has arrived, says BYE, stops.
  ~IngestLoop();
  IngestLoop(const IngestLoop&) = delete;
  IngestLoop& operator=(const IngestLoop&) = delete;

  /// Asks the loop for a turn through the commit path. From any thread.
  std::future<model::Result<void>> probe();

 private:
  void run(const std::stop_token& stop);
  bool step(std::chrono::milliseconds wait_max);
  std::vector<link::Incoming> gather();
  void send(const std::vector<Outbound>& messages);
  void answer_probes();
  void drain();

  link::RouterSocket socket_;
  link::Waker waker_;
  link::Waiter waiter_;
  Ingest ingest_;
  Clock clock_;
  LoopLimits limits_;
  IngestMetrics& metrics_;
  std::mutex mutex_;
  std::vector<std::promise<model::Result<void>>> probes_;  // Guarded by mutex_.
  std::jthread thread_;                                    // Last: it uses all of the above.
};

/// What the query loop makes its feed from; the loop sends.
struct FeedSetup {
  const View& view;
  /// Woken when something is published. It outlives the loop, since the writer does.
  const link::Waker& published;
  FeedMetrics& metrics;
  model::Limits limits{};
  FeedLimits feed_limits{};
  Feed::OnBye on_bye{};
};

/// Answers queries one by one from the published view, and tells the feed's subscribers of what is
/// new in between. A slow or vanished asker costs a refused send and nothing else. Force packages
/// are made beside it, on a second thread, and sent by the first when they are there.
class QueryLoop {
 public:
  QueryLoop(link::RouterSocket socket, link::Waker waker, QueryService service, FeedSetup feed,
            Clock clock, IngestMetrics& metrics);
  /// Refuses those who still wait for a package, says BYE to subscribers, and ends when the search
  /// that runs does, which is told to.
  ~QueryLoop();
  QueryLoop(const QueryLoop&) = delete;
  QueryLoop& operator=(const QueryLoop&) = delete;

 private:
  void run(const std::stop_token& stop);
  void take_in(const std::stop_token& stop);
  void answer(const link::Incoming& message);
  bool deliver();
  void send(const link::PeerAddress& to, const QueryService::Messages& messages);

  link::RouterSocket socket_;
  link::Waker waker_;
  const link::Waker& published_;
  QueryService service_;
  Feed feed_;
  Clock clock_;
  IngestMetrics& metrics_;
  PlanningDesk desk_;
  std::jthread planning_;
  std::jthread thread_;  // Last: it uses all of the above.
};

}  // namespace muster::server
