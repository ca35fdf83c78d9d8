// SPDX-License-Identifier: Apache-2.0
#include "broker/server/child.h"

#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace muster::server {
namespace {

constexpr std::size_t kPart = 64U << 10;
constexpr std::size_t kSaidMax = 1024;
/// Read of what it complains of before there is another look at the clock.
constexpr int kPartsATurn = 16;

tl::unexpected<model::Error> no_child(std::string_view what, int error) {
  return model::fail(model::ErrorCode::unavailable,
                     fmt::format("{}: {}", what, std::strerror(error)));
}

/// Two ends that are joined. Sockets rather than pipes: writing to one that nobody reads is an
/// error and no SIGPIPE, which would be the broker's.
model::Result<std::pair<Descriptor, Descriptor>> join() {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    return no_child("socketpair", errno);
  }
  return std::pair(Descriptor(ends[0]), Descriptor(ends[1]));
}

/// What a process begins with, for posix_spawn().
class Beginning {
 public:
  Beginning(const Descriptor& talk, const Descriptor& errors) {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawn_file_actions_adddup2(&actions_, talk.number(), STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions_, talk.number(), STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions_, errors.number(), STDERR_FILENO);
    // Not every library asks for close-on-exec for what it opens.
    ::posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
    sigset_t all;
    sigset_t none;
    sigfillset(&all);
    sigemptyset(&none);
    ::posix_spawnattr_init(&attributes_);
    ::posix_spawnattr_setsigdefault(&attributes_, &all);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setpgroup(&attributes_, 0);
    ::posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
  }
  ~Beginning() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }
  Beginning(const Beginning&) = delete;
  Beginning& operator=(const Beginning&) = delete;

  /// 0, or what errno would be.
  int start(pid_t& pid, const std::vector<std::string>& command) const {
    std::vector<char*> arguments;
    for (const auto& argument : command) {
      arguments.push_back(const_cast<char*>(argument.c_str()));
    }
    arguments.push_back(nullptr);
    return ::posix_spawn(&pid, arguments[0], &actions_, &attributes_, arguments.data(), environ);
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

/// What there is to be read, up to a part. Nothing at the end, and where there is nothing yet:
/// `is_over` tells the two apart.
std::string_view receive(const Descriptor& from, std::array<char, kPart>& part, bool& is_over) {
  const auto size = ::recv(from.number(), part.data(), part.size(), MSG_DONTWAIT);
  is_over = size == 0 || (size < 0 && errno != EAGAIN && errno != EINTR);
  return {part.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0))};
}

}  // namespace

Descriptor::Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  close();
  number_ = std::exchange(other.number_, -1);
  return *this;
}

void Descriptor::close() {
  if (number_ >= 0) {
    ::close(std::exchange(number_, -1));
  }
}

model::Result<Child> Child::start(const std::vector<std::string>& command,
                                  std::size_t answer_bytes_max) {
  MUSTER_TRY(auto talk, join());
  MUSTER_TRY(auto errors, join());
  Child child(answer_bytes_max);
  const Beginning beginning(talk.second, errors.second);
  if (const int error = beginning.start(child.pid_, command); error != 0) {
    child.pid_ = -1;
    return no_child(command.front(), error);
  }
  child.talk_ = std::move(talk.first);
  child.errors_ = std::move(errors.first);
  child.end_ = Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, child.pid_, 0)));
  if (child.end_.number() < 0) {
    return no_child("pidfd_open", errno);
  }
  return child;
}

Child::Child(Child&& other) noexcept
    : answer_bytes_max_(other.answer_bytes_max_),
      pid_(std::exchange(other.pid_, -1)),
      status_(other.status_),
      talk_(std::move(other.talk_)),
      errors_(std::move(other.errors_)),
      end_(std::move(other.end_)),
      answer_(std::move(other.answer_)),
      said_(std::move(other.said_)),
      answer_is_over_(other.answer_is_over_) {}

Child::~Child() { reap(); }

bool Child::wait(std::string_view& unsent, std::chrono::milliseconds wait_max) {
  const auto heard = static_cast<short>(answer_is_over_ ? 0 : POLLIN);
  const auto told = static_cast<short>(unsent.empty() ? 0 : POLLOUT);
  // A socket whose other end is closed is always ready: it is watched no more.
  const int talk = answer_is_over_ && unsent.empty() ? -1 : talk_.number();
  std::array<pollfd, 3> watched{pollfd{talk, static_cast<short>(heard | told), 0},
                                pollfd{errors_.number(), POLLIN, 0},
                                pollfd{end_.number(), POLLIN, 0}};
  ::poll(watched.data(), watched.size(), static_cast<int>(std::max<long>(0, wait_max.count())));
  if (!unsent.empty()) {
    send(unsent);
  }
  hear();
  hear_errors();
  return watched[2].revents != 0 || has_said_too_much();
}

void Child::send(std::string_view& unsent) const {
  const auto size =
      ::send(talk_.number(), unsent.data(), unsent.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  if (size >= 0) {
    unsent.remove_prefix(static_cast<std::size_t>(size));
  } else if (errno != EAGAIN && errno != EINTR) {
    unsent = {};  // It reads no more. How it ends tells why.
  }
}

/// All that is there, so that nothing is left when it has ended.
void Child::hear() {
  std::array<char, kPart> part;
  while (!answer_is_over_) {
    const auto heard = receive(talk_, part, answer_is_over_);
    if (heard.empty()) {
      return;
    }
    answer_ += heard;
    answer_is_over_ = answer_is_over_ || has_said_too_much();
  }
}

void Child::hear_errors() {
  std::array<char, kPart> part;
  bool is_over = false;
  for (int i = 0; i < kPartsATurn && errors_.number() >= 0; ++i) {
    const auto heard = receive(errors_, part, is_over);
    if (is_over) {
      errors_.close();
    }
    if (heard.empty()) {
      return;
    }
    said_ += heard;
    said_.erase(0, said_.size() - std::min(said_.size(), kSaidMax));
  }
}

void Child::end_input() { ::shutdown(talk_.number(), SHUT_WR); }

int Child::finish() {
  reap();
  hear();
  hear_errors();
  return status_;
}

void Child::reap() {
  if (pid_ < 0) {
    return;
  }
  ::kill(-pid_, SIGKILL);
  while (::waitpid(pid_, &status_, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
}

}  // namespace muster::server
