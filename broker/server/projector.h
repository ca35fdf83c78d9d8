// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "broker/server/ingest.h"
#include "broker/server/projection.h"

namespace muster::server {

/// Writes the projection behind the commits, on a thread of its own: what changed since its last
/// step, at most once an interval, so that a unit that changes a thousand times is written once.
class Projector {
 public:
  Projector(storage::Store& store, std::chrono::milliseconds interval);
  /// Writes what is left, then stops.
  ~Projector();
  Projector(const Projector&) = delete;
  Projector& operator=(const Projector&) = delete;

  /// Tells what a batch changed. From the ingest thread; it never waits for a write.
  void tell(const Committed& committed);

  [[nodiscard]] std::uint64_t watermark() const {
    return watermark_.load(std::memory_order_relaxed);
  }

 private:
  struct Pending {
    SnapshotPtr snapshot;
    trust::TreeFrontier frontier;
    Touched touched;
  };
  void run(const std::stop_token& stop);
  void write(const Pending& pending);

  storage::Store& store_;
  std::chrono::milliseconds interval_;
  std::mutex mutex_;
  std::condition_variable_any ready_;
  Pending pending_;  // Guarded by mutex_.
  std::atomic<std::uint64_t> watermark_;
  std::jthread thread_;  // Last: it uses all of the above.
};

}  // namespace muster::server
