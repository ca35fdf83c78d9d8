// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "nodes/client/publisher.h"
#include "storage/outbox.h"

namespace muster::client {

/// An outbox that many threads may push to while the publisher's thread seals and forgets. Pushes
/// that meet are joined into one, so that one sync serves them all.
/// Thread rule: push() and the counters from any thread, with_outbox() too.
class Intake {
 public:
  Intake(std::unique_ptr<storage::Outbox> outbox, std::size_t waiting_max);

  /// All of `reports` are kept, or none. `first_seq` is set when kept.
  /// Errors: those of Outbox::push().
  model::Result<PublishResult> push(std::vector<model::Bytes> reports, std::uint64_t& first_seq);

  /// Runs `work(outbox)` while nobody else touches the outbox. Keep it short: publishers wait.
  template <typename Work>
  auto with_outbox(Work work) {
    const std::scoped_lock lock(outbox_mutex_);
    return work(*outbox_);
  }

  /// Everything below was kept; it may be seen a moment late.
  [[nodiscard]] std::uint64_t next_seq() const { return next_seq_.load(std::memory_order_acquire); }
  /// Bytes of reports pushed since the start, for the batching rule.
  [[nodiscard]] std::uint64_t pushed_bytes() const {
    return pushed_bytes_.load(std::memory_order_relaxed);
  }
  /// Says how far the outbox was emptied, so that there is room for more.
  void forgotten(std::uint64_t seq) { forgotten_seq_.store(seq, std::memory_order_release); }
  /// After resume_from(): the outbox goes on from another place.
  void moved(std::uint64_t next_seq);

 private:
  /// One caller's reports, and what became of them.
  struct Ticket {
    std::vector<model::Bytes> reports;
    model::Result<PublishResult> outcome = PublishResult::back_pressured;
    std::uint64_t first_seq = 0;
    bool done = false;
  };
  void push_all(std::vector<Ticket*>& tickets);
  void push_some(const std::vector<Ticket*>& tickets);
  [[nodiscard]] std::vector<Ticket*> fitting(const std::vector<Ticket*>& tickets) const;

  const std::size_t waiting_max_;
  std::atomic<std::uint64_t> next_seq_;
  std::atomic<std::uint64_t> forgotten_seq_;
  std::atomic<std::uint64_t> pushed_bytes_{0};

  std::mutex outbox_mutex_;
  std::unique_ptr<storage::Outbox> outbox_;  // Under outbox_mutex_.

  std::mutex queue_mutex_;
  std::condition_variable done_;
  std::vector<Ticket*> queue_;  // Under queue_mutex_, as `done` of each ticket is.
  bool pushing_ = false;        // Likewise: somebody pushes for all.
};

}  // namespace muster::client
