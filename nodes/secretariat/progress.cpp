// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "nodes/secretariat/bars.h"

namespace muster::secretariat {
namespace {

constexpr std::chrono::milliseconds kPatience{500};
constexpr std::chrono::milliseconds kBetween{150};  // Two looks at how much is done.
constexpr int kAll = 100;
constexpr std::size_t kBarWidth = 24;
constexpr std::string_view kClearLine = "\r\033[K";

}  // namespace

std::string progress_line(const std::string& line, int percent) {
  if (percent < 0) {
    return line;
  }
  return fmt::format("{}  {}  {} %", line,
                     cover_bar(static_cast<std::uint64_t>(percent), kAll, kBarWidth), percent);
}

Progress::Progress(const Output& output, std::string line)
    : err_(output.around().err), line_(output.tell(line)) {
  if (output.around().err_is_terminal && !output.common().quiet) {
    thread_ = std::jthread([this](const std::stop_token& stop) { show(stop); });
  }
}

void Progress::share(double done) {
  percent_ = static_cast<int>(std::clamp(done, 0.0, 1.0) * kAll);
}

void Progress::show(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  ended_.wait_for(lock, stop, kPatience, [] { return false; });
  for (std::string before; !stop.stop_requested();) {
    if (auto now = progress_line(line_, percent_); now != before) {
      err_ << kClearLine << now << std::flush;
      before = std::move(now);
    }
    shown_ = true;
    ended_.wait_for(lock, stop, kBetween, [] { return false; });
  }
}

Progress::~Progress() {
  if (!thread_.joinable()) {
    return;
  }
  thread_.request_stop();
  thread_.join();
  if (shown_) {
    err_ << kClearLine << std::flush;
  }
}

}  // namespace muster::secretariat
