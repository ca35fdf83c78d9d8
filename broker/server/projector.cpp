// SPDX-License-Identifier: Apache-2.0
#include "broker/server/projector.h"

namespace muster::server {

Projector::Projector(storage::Store& store, std::chrono::milliseconds interval)
    : store_(store),
      interval_(interval),
      watermark_(store.watermark().value_or(0)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

Projector::~Projector() {
  thread_.request_stop();
  thread_.join();
}

void Projector::tell(const Committed& committed) {
  bool was_idle = false;
  {
    const std::lock_guard lock(mutex_);
    was_idle = pending_.snapshot == nullptr;
    pending_.snapshot = committed.snapshot;
    pending_.frontier = committed.frontier;
    pending_.touched.add(committed.touched);
  }
  // Changes that are gathering already wake nobody: a thread woken at every commit costs the
  // commit.
  if (was_idle) {
    ready_.notify_one();
  }
}

void Projector::run(const std::stop_token& stop) {
  while (true) {
    Pending taken;
    {
      std::unique_lock lock(mutex_);
      ready_.wait(lock, stop, [this] { return pending_.snapshot != nullptr; });
      if (pending_.snapshot == nullptr) {
        return;
      }  // Asked to stop, and nothing is left.
      // Lets changes gather; a stop ends the wait.
      ready_.wait_for(lock, stop, interval_, [] { return false; });
      std::swap(taken, pending_);
    }
    write(taken);
  }
}

void Projector::write(const Pending& pending) {
  const auto step =
      projection_step(pending.snapshot->state, pending.frontier, pending.touched, watermark());
  if (store_.project(step)) {
    watermark_.store(step.watermark, std::memory_order_relaxed);
    return;
  }
  // The step is not lost: a later one, or the next start, covers it.
  const std::lock_guard lock(mutex_);
  pending_.touched.add(pending.touched);
}

}  // namespace muster::server
