// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "schemas/link/dealer.h"
#include "schemas/link/router.h"
#include "schemas/model/result.h"

namespace muster::link {

/// Wakes a Waiter from elsewhere: another thread, or a signal handler.
class Waker {
 public:
  /// Errors: unavailable if the machine is out of descriptors.
  static model::Result<Waker> create();

  Waker(Waker&& other) noexcept;
  Waker& operator=(Waker&& other) noexcept;
  Waker(const Waker&) = delete;
  Waker& operator=(const Waker&) = delete;
  ~Waker();

  /// Makes the waiting loop ready, now or at its next wait. Wakes before reset() count as one.
  /// From any thread and from a signal handler; never blocks, keeps errno.
  void wake() const noexcept;

  /// Forgets the wakes so far; says whether there were any. By the waiting loop, BEFORE it looks
  /// for the work, so that no wake is lost between the two.
  bool reset() const noexcept;

  [[nodiscard]] int fd() const { return fd_; }

 private:
  explicit Waker(int fd) : fd_(fd) {}
  int fd_;
};

/// Waits until one of the things it watches is ready, or a time has passed.
///
/// Readiness is a level: what was not taken in is ready again at the next wait. A socket that is
/// moved or destroyed must be forgotten first (`forget_all`, then watch the rest anew).
/// Thread rule: the thread that owns the sockets. Only Waker::wake() comes from others.
class Waiter {
 public:
  /// Names a watched thing; counts from 0 in the order of watch().
  using Slot = std::size_t;

  Waiter();
  Waiter(Waiter&&) noexcept;
  Waiter& operator=(Waiter&&) noexcept;
  ~Waiter();

  /// Ready when a message may be received.
  Slot watch(const RouterSocket& socket);
  /// Ready when a message may be received or something happened to the connection.
  Slot watch(const DealerSocket& socket);
  /// Ready from wake() until reset().
  Slot watch(const Waker& waker);
  /// Ready when `fd` can be read, such as a signalfd or an inotify descriptor.
  Slot watch_fd(int fd);
  void forget_all();

  /// Waits at most `wait_max`; zero or less looks and returns, and a signal ends the wait early.
  /// Returns whether anything is ready.
  bool wait(std::chrono::milliseconds wait_max);

  /// What the last wait() found.
  [[nodiscard]] bool is_ready(Slot slot) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace muster::link
