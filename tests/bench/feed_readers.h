// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "nodes/client/publisher.h"

namespace muster::bench {

/// When each subscriber heard of each change, in memory that processes share. Nanoseconds of the
/// steady clock; 0 while it has not.
class Heard {
 public:
  Heard(std::size_t subscribers, std::size_t changes);
  Heard(const Heard&) = delete;
  Heard& operator=(const Heard&) = delete;
  ~Heard();
  [[nodiscard]] std::atomic<std::int64_t>& at(std::size_t subscriber, std::size_t change) const {
    return cells_[subscriber * (changes_ + 1) + change];
  }
  /// Has the subscriber its whole snapshot?
  [[nodiscard]] std::atomic<std::int64_t>& ready(std::size_t subscriber) const {
    return at(subscriber, changes_);
  }
  [[nodiscard]] std::size_t subscribers() const { return subscribers_; }
  [[nodiscard]] std::size_t changes() const { return changes_; }

 private:
  std::size_t subscribers_, changes_, bytes_;
  std::atomic<std::int64_t>* cells_;
};

[[nodiscard]] inline std::int64_t steady_ns() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

/// Subscribers in processes of their own, many to a process, each with a connection of its own.
/// Change i is the one with ledger_seq first_seq + i. Forks, so no other thread may run yet.
class FeedReaders {
 public:
  FeedReaders(const client::Connection& connection, const Heard& heard, std::size_t processes,
              std::uint64_t first_seq);
  FeedReaders(const FeedReaders&) = delete;
  FeedReaders& operator=(const FeedReaders&) = delete;
  ~FeedReaders();
  /// The process of the last subscriber, which is alone in it: SIGSTOP stops nobody else.
  [[nodiscard]] pid_t last() const { return children_.back(); }

 private:
  std::vector<pid_t> children_;
};

}  // namespace muster::bench
