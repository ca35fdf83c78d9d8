// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "nodes/secretariat/output.h"

namespace muster::secretariat {

/// One line on stderr while something takes over a second, cleared at the end. Silent unless stderr
/// is a terminal, and with -q. While it lives, nobody else writes to stderr.
class Progress {
 public:
  Progress(const Output& output, std::string line);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

 private:
  void show_when_late(const std::stop_token& stop);

  std::ostream& err_;
  const std::string line_;
  std::mutex mutex_;
  std::condition_variable_any ended_;
  bool shown_ = false;   // Read after the thread has ended.
  std::jthread thread_;  // Last, so that it ends before what it uses.
};

}  // namespace muster::secretariat
