// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/model/result.h"

namespace muster::server {

/// A descriptor that closes with its owner.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor() { close(); }
  [[nodiscard]] int number() const { return number_; }  ///< Negative when there is none.
  void close();

 private:
  int number_ = -1;
};

/// A process that is spoken to and waited for with deadlines: nothing here blocks but for killing.
/// It is killed and reaped with its owner, with all that it started. Thread rule: one thread.
class Child {
 public:
  /// Starts `command`, a path and its arguments, in a process group of its own, with every signal
  /// as at the start of a program, and with no descriptor but its standard input, output and error.
  /// Of its answer about `answer_bytes_max` are kept.
  /// Errors: unavailable, saying what the machine said.
  static model::Result<Child> start(const std::vector<std::string>& command,
                                    std::size_t answer_bytes_max);
  Child(Child&& other) noexcept;
  Child& operator=(Child&&) = delete;
  ~Child();

  /// Waits until it takes some of `unsent`, says something, or ends; for `wait_max` at most. What
  /// it took is taken off `unsent`: all, when it takes no more. True when it has ended, or has said
  /// too much.
  bool wait(std::string_view& unsent, std::chrono::milliseconds wait_max);
  /// The end of its standard input. What it says is still read.
  void end_input();
  /// Kills it if it runs, reads what it has said, and tells how it ended, as waitpid(2) does.
  /// Who has reaped all children in its place is told 0.
  int finish();

  [[nodiscard]] bool has_said_too_much() const { return answer_.size() > answer_bytes_max_; }
  /// What it wrote to its standard output.
  [[nodiscard]] const std::string& answer() const { return answer_; }
  /// The end of what it wrote to its standard error.
  [[nodiscard]] const std::string& said() const { return said_; }

 private:
  explicit Child(std::size_t answer_bytes_max) : answer_bytes_max_(answer_bytes_max) {}
  void send(std::string_view& unsent) const;
  void hear();
  void hear_errors();
  void reap();

  std::size_t answer_bytes_max_;
  pid_t pid_ = -1;  // Until it is reaped.
  int status_ = 0;
  Descriptor talk_,
      errors_;      // Ours of its sockets. errors_ closes when it has nothing more to say.
  Descriptor end_;  // Can be read once it has ended.
  std::string answer_, said_;
  bool answer_is_over_ = false;
};

}  // namespace muster::server
