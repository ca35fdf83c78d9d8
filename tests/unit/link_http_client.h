// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace muster::link::test {

/// A client that says what it is told and reads what comes, and does not wait for ever.
class Client {
 public:
  explicit Client(std::uint16_t port, std::chrono::seconds patience_max = std::chrono::seconds{5})
      : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval patience{.tv_sec = patience_max.count(), .tv_usec = 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (::connect(fd_, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) {
      throw std::runtime_error("cannot connect");
    }
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client() {
    if (fd_ >= 0) {
      ::close(fd_);
    }
  }

  Client& say(std::string_view text) {
    while (!text.empty()) {
      const ssize_t sent = ::send(fd_, text.data(), text.size(), MSG_NOSIGNAL);
      if (sent <= 0) {
        break;
      }
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return *this;
  }
  Client& end() {
    ::shutdown(fd_, SHUT_WR);
    return *this;
  }

  /// One answer, by its Content-Length.
  std::string answer() {
    while (rest_.find("\r\n\r\n") == std::string::npos && read_more()) {
    }
    const std::size_t body = rest_.find("\r\n\r\n") + 4;
    const std::size_t field = rest_.find("Content-Length: ");
    const std::size_t size = field < body ? std::stoul(rest_.substr(field + 16)) : 0;
    while (rest_.size() < body + size && read_more()) {
    }
    std::string text = rest_.substr(0, body + size);
    rest_.erase(0, text.size());
    return text;
  }

  /// What came up to and with `mark`; all there is if the connection ends before.
  std::string through(std::string_view mark) {
    while (rest_.find(mark) == std::string::npos && read_more()) {
    }
    const std::size_t at = rest_.find(mark);
    std::string text = rest_.substr(0, at == std::string::npos ? at : at + mark.size());
    rest_.erase(0, text.size());
    return text;
  }

  /// Whether something has come, or the end, without waiting.
  [[nodiscard]] bool has_news() const {
    char byte = 0;
    return !rest_.empty() || ::recv(fd_, &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0;
  }

  /// Goes without a goodbye: the other side's connection is reset.
  void reset_connection() {
    const linger now{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    ::close(std::exchange(fd_, -1));
  }

  [[nodiscard]] int fd() const { return fd_; }

  /// Everything until the server closes; "…" at the end if it reset the connection or never closed.
  std::string until_closed() {
    while (read_more()) {
    }
    return was_closed_ ? rest_ : rest_ + "…";
  }

 private:
  bool read_more() {
    std::array<char, 4096> bytes{};
    const ssize_t got = ::recv(fd_, bytes.data(), bytes.size(), 0);
    was_closed_ = got == 0;
    if (got > 0) {
      rest_.append(bytes.data(), static_cast<std::size_t>(got));
    }
    return got > 0;
  }

  int fd_;
  bool was_closed_ = false;
  std::string rest_;
};

}  // namespace muster::link::test
