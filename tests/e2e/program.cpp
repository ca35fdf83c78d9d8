// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/program.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <stdexcept>

namespace muster::e2e {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

/// In the child, between fork and exec: only what is safe there.
[[noreturn]] void become(char* const* arguments, int pipe_end) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::dup2(pipe_end, STDOUT_FILENO);
  ::dup2(pipe_end, STDERR_FILENO);
  ::execv(arguments[0], arguments);
  ::_exit(127);
}

}  // namespace

Program::Program(const std::vector<std::string>& arguments) {
  std::vector<char*> pointers;
  for (const auto& argument : arguments) {
    pointers.push_back(const_cast<char*>(argument.c_str()));
  }
  pointers.push_back(nullptr);
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    throw std::runtime_error("no pipe for a program");
  }
  pid_ = ::fork();
  if (pid_ == 0) {
    become(pointers.data(), ends[1]);
  }
  ::close(ends[1]);
  pipe_ = ends[0];
  if (pid_ < 0) {
    ::close(pipe_);
    throw std::runtime_error("no process for " + arguments.front());
  }
}

Program::~Program() {
  kill();
  if (pipe_ >= 0) {
    ::close(pipe_);
  }
}

bool Program::read_some(Deadline deadline) {
  if (pipe_ < 0) {
    return false;
  }
  const auto left =
      std::chrono::duration_cast<milliseconds>(deadline - steady_clock::now()) + milliseconds{1};
  pollfd watched{.fd = pipe_, .events = POLLIN, .revents = 0};
  if (left.count() <= 0 || ::poll(&watched, 1, static_cast<int>(left.count())) == 0) {
    return false;
  }
  std::array<char, 16 * 1024> part{};
  const auto size = ::read(pipe_, part.data(), part.size());
  if (size > 0) {
    output_.append(part.data(), static_cast<std::size_t>(size));
  } else if (size == 0 || errno != EINTR) {
    ::close(pipe_);
    pipe_ = -1;
  }
  return true;
}

std::optional<std::string> Program::line_with(std::string_view text, milliseconds wait_max) {
  const auto deadline = steady_clock::now() + wait_max;
  std::size_t start = 0;
  do {
    for (auto end = output_.find('\n', start); end != std::string::npos;
         end = output_.find('\n', start)) {
      const std::string_view line(output_.data() + start, end - start);
      start = end + 1;
      if (line.find(text) != std::string_view::npos) {
        return std::string(line);
      }
    }
  } while (read_some(deadline));
  return std::nullopt;
}

void Program::signal(int number) const {
  if (!status_) {
    ::kill(pid_, number);
  }
}

void Program::stop() const {
  int status = 0;
  signal(SIGSTOP);
  ::waitpid(pid_, &status, WUNTRACED);
}

std::optional<int> Program::exit_code(milliseconds wait_max) {
  const auto deadline = steady_clock::now() + wait_max;
  // The pipe ends when the program does, so nobody has to look again and again.
  while (read_some(deadline)) {
  }
  if (pipe_ < 0) {
    reap();
  }
  return status_;
}

void Program::kill() {
  signal(SIGKILL);
  reap();
  while (read_some(steady_clock::now() + kPatience)) {
  }
}

void Program::reap() {
  int status = 0;
  while (!status_ && ::waitpid(pid_, &status, 0) == pid_) {
    if (WIFEXITED(status)) {
      status_ = WEXITSTATUS(status);
    } else if (WIFSIGNALED(status)) {
      status_ = 128 + WTERMSIG(status);
    }
  }
}

}  // namespace muster::e2e
