// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace muster::e2e {

/// How long a test waits for what must come. Long, since a busy machine is no fault.
inline constexpr std::chrono::milliseconds kPatience{20'000};

/// A child process and what it writes. It dies with this object, and with the test if that is
/// killed. Start it from the main thread only: it dies with the thread that started it.
class Program {
 public:
  /// `arguments[0]` is the path. Throws when the machine refuses.
  explicit Program(const std::vector<std::string>& arguments);
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  ~Program();

  /// The first line that holds `text`, as soon as there is one. Nothing when the program ends or
  /// the time is over first.
  std::optional<std::string> line_with(std::string_view text,
                                       std::chrono::milliseconds wait_max = kPatience);

  void signal(int number) const;
  /// SIGSTOP, and waits until nothing of it runs any more.
  void stop() const;
  /// Waits for the end and tells the exit code, or 128 + the number of the signal that ended it.
  /// Nothing when it still runs after `wait_max`.
  std::optional<int> exit_code(std::chrono::milliseconds wait_max = kPatience);
  /// kill -9, and waits until it is gone. What it had written is still read.
  void kill();

  /// All that it has written so far to its standard output and standard error.
  [[nodiscard]] const std::string& output() const { return output_; }
  [[nodiscard]] pid_t pid() const { return pid_; }

 private:
  using Deadline = std::chrono::steady_clock::time_point;
  bool read_some(Deadline deadline);
  void reap();

  pid_t pid_ = -1;
  int pipe_ = -1;  // -1 once the program has closed its end.
  std::optional<int> status_;
  std::string output_;
};

}  // namespace muster::e2e
