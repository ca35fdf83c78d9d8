// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/progress.h"

#include <chrono>
#include <utility>

namespace muster::secretariat {

Progress::Progress(const Output& output, std::string line)
    : err_(output.around().err), line_(std::move(line)) {
  if (output.around().err_is_terminal && !output.common().quiet) {
    thread_ = std::jthread([this](const std::stop_token& stop) { show_when_late(stop); });
  }
}

void Progress::show_when_late(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  ended_.wait_for(lock, stop, std::chrono::seconds{1}, [] { return false; });
  if (!stop.stop_requested()) {
    err_ << line_ << std::flush;
    shown_ = true;
  }
}

Progress::~Progress() {
  if (!thread_.joinable()) {
    return;
  }
  thread_.request_stop();
  thread_.join();
  if (shown_) {
    err_ << "\r\033[K" << std::flush;
  }
}

}  // namespace muster::secretariat
