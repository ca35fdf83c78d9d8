// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>

namespace muster::daemon {

/// What systemd is told (sd_notify), when it asked to be. Nothing happens without it.
class Supervisor {
 public:
  Supervisor();

  void ready() const;
  void stopping() const;
  /// Once for each text that differs from the last.
  void status(const std::string& text);
  /// The loop turns, or gets on with a large file: often, and cheap. One thread.
  void alive();

  /// How long the loop may wait at most before it says alive() again: half of WatchdogSec.
  [[nodiscard]] std::chrono::milliseconds wait_max() const { return wait_max_; }
  /// How long ago alive() was said. Any thread.
  [[nodiscard]] std::chrono::milliseconds silent_for() const;

 private:
  std::chrono::milliseconds wait_max_{std::chrono::hours{1}};
  std::chrono::steady_clock::time_point told_at_{};
  std::atomic<std::int64_t> alive_at_ms_;  // Of the steady clock.
  std::string status_;
};

}  // namespace muster::daemon
