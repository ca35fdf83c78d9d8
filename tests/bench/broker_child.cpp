// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/broker_child.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <sstream>

#include "tests/bench/driver.h"
#include "tests/bench/must.h"

namespace muster::bench {
namespace {

void serve(const server::BrokerConfig& config, int answer) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // Never outlives the bench.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  auto broker = must(server::Broker::start(config, server::system_now));
  const auto text = fmt::format("{} {} {}\n", broker->ingest_endpoint(), broker->query_endpoint(),
                                broker->http_port());
  if (::write(answer, text.data(), text.size()) < 0) {
    fail("the broker cannot say where it is");
  }
  ::close(answer);
  int signal = 0;
  sigwait(&signals, &signal);
}

}  // namespace

BrokerChild::BrokerChild(const server::BrokerConfig& config) {
  std::array<int, 2> answer{};
  if (::pipe(answer.data()) != 0) {
    fail("no pipe");
  }
  pid_ = ::fork();
  if (pid_ == 0) {
    ::close(answer[0]);
    serve(config, answer[1]);
    ::_exit(0);
  }
  ::close(answer[1]);
  std::array<char, 256> text{};
  const auto size = ::read(answer[0], text.data(), text.size());
  ::close(answer[0]);
  if (size <= 1) {
    fail("the broker did not start");
  }
  std::istringstream(std::string(text.data(), static_cast<std::size_t>(size))) >> ingest_ >>
      query_ >> http_port_;
}

BrokerChild::~BrokerChild() {
  ::kill(pid_, SIGTERM);
  ::waitpid(pid_, nullptr, 0);
}

std::string BrokerChild::page(std::string_view path) const {
  const int file = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{.sin_family = AF_INET,
                      .sin_port = htons(http_port_),
                      .sin_addr = {htonl(INADDR_LOOPBACK)},
                      .sin_zero = {}};
  if (::connect(file, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    fail("no page of the broker");
  }
  const auto request =
      fmt::format("GET {} HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n", path);
  if (::send(file, request.data(), request.size(), 0) < 0) {
    fail("no page of the broker");
  }
  std::string page;
  std::array<char, 4096> part{};
  for (ssize_t size = 0; (size = ::recv(file, part.data(), part.size(), 0)) > 0;) {
    page.append(part.data(), static_cast<std::size_t>(size));
  }
  ::close(file);
  return page;
}

std::optional<std::uint64_t> metric(const std::string& page, const std::string& series) {
  const auto at = page.find("\n" + series + " ");
  if (at == std::string::npos) {
    return std::nullopt;
  }
  return static_cast<std::uint64_t>(std::stod(page.substr(at + series.size() + 2)));
}

}  // namespace muster::bench
