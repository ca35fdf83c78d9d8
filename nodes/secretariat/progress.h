// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "nodes/secretariat/output.h"

namespace muster::secretariat {

/// One line on stderr while something takes over half a second, cleared at the end. Silent unless
/// stderr is a terminal, and with -q. While it lives, nobody else writes to stderr.
class Progress {
 public:
  Progress(const Output& output, std::string line);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// How much is done, from 0 to 1: from now on a bar stands behind the line. Any thread.
  void share(double done);

 private:
  void show(const std::stop_token& stop);

  std::ostream& err_;
  const std::string line_;
  std::atomic<int> percent_{-1};  // Below 0: nobody knows.
  std::mutex mutex_;
  std::condition_variable_any ended_;
  bool shown_ = false;   // Read after the thread has ended.
  std::jthread thread_;  // Last, so that it ends before what it uses.
};

/// "reading roster.xlsx  ██████░░░░░░░░  43 %"; the line alone when `percent` is below 0.
std::string progress_line(const std::string& line, int percent);

}  // namespace muster::secretariat
