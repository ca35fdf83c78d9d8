// SPDX-License-Identifier: Apache-2.0
#include "nodes/daemon/supervisor.h"

#include <systemd/sd-daemon.h>

#include <algorithm>
#include <utility>

namespace muster::daemon {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

std::int64_t now_ms() {
  return std::chrono::duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

}  // namespace

Supervisor::Supervisor() : alive_at_ms_(now_ms()) {
  std::uint64_t microseconds = 0;
  if (sd_watchdog_enabled(0, &microseconds) > 0) {
    const auto half = static_cast<std::int64_t>(microseconds / 2'000);
    wait_max_ = std::clamp(milliseconds(half), milliseconds{10}, wait_max_);
  }
}

void Supervisor::ready() const { sd_notify(0, "READY=1"); }

void Supervisor::stopping() const { sd_notify(0, "STOPPING=1"); }

void Supervisor::status(const std::string& text) {
  if (text != std::exchange(status_, text)) {
    sd_notify(0, ("STATUS=" + text).c_str());
  }
}

void Supervisor::alive() {
  alive_at_ms_.store(now_ms(), std::memory_order_relaxed);
  // A large file tells of its progress thousands of times a second.
  const auto now = steady_clock::now();
  if (now - told_at_ >= std::min(wait_max_ / 2, milliseconds{1'000})) {
    told_at_ = now;
    sd_notify(0, "WATCHDOG=1");
  }
}

milliseconds Supervisor::silent_for() const {
  return milliseconds(now_ms() - alive_at_ms_.load(std::memory_order_relaxed));
}

}  // namespace muster::daemon
