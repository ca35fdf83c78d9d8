// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/http_client.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace muster::e2e {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

HttpClient::HttpClient(std::uint16_t port)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(socket_);
    throw std::runtime_error("nobody listens at port " + std::to_string(port));
  }
}

HttpClient::~HttpClient() { ::close(socket_); }

void HttpClient::send(std::string_view text) {
  while (!text.empty()) {
    const auto size = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
    if (size <= 0) {
      return;  // The other end has had enough; what it said is still there to be read.
    }
    text.remove_prefix(static_cast<std::size_t>(size));
  }
}

bool HttpClient::reads(std::string_view text, milliseconds wait_max) {
  const auto deadline = steady_clock::now() + wait_max;
  std::array<char, 16 * 1024> part{};
  while (text_.find(text) == std::string::npos) {
    const auto left = std::chrono::duration_cast<milliseconds>(deadline - steady_clock::now());
    pollfd ready{.fd = socket_, .events = POLLIN, .revents = 0};
    if (left.count() <= 0 || ::poll(&ready, 1, static_cast<int>(left.count())) <= 0) {
      return false;
    }
    const auto size = ::recv(socket_, part.data(), part.size(), 0);
    if (size <= 0) {
      return false;
    }
    text_.append(part.data(), static_cast<std::size_t>(size));
  }
  return true;
}

}  // namespace muster::e2e
