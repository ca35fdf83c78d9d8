// SPDX-License-Identifier: Apache-2.0
#include "nodes/gateway/daemon.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <utility>

#include "nodes/gateway/log.h"
#include "nodes/gateway/service.h"
#include "schemas/link/context.h"
#include "schemas/link/waiter.h"

namespace muster::gateway {

using model::Result;

namespace {

/// Of the broker's connection: as many pages as ask at the same moment, each several questions.
constexpr std::size_t kInFlightMax = 512;
/// Streams are refused by the service, with a reason; the server's own limit is the last resort.
constexpr std::size_t kSpareStreams = 16;
/// For the way of an answer, beside the time of a search.
constexpr std::chrono::seconds kWay{10};
constexpr std::chrono::milliseconds kTurn{1'000};

model::UtcTime utc_now() {
  return std::chrono::floor<model::Duration>(std::chrono::system_clock::now());
}

class Signals {
 public:
  Signals() {
    std::signal(SIGPIPE, SIG_IGN);
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ending, nullptr);
    fd_ = ::signalfd(-1, &ending, SFD_NONBLOCK | SFD_CLOEXEC);
  }
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;
  ~Signals() { ::close(fd_); }
  [[nodiscard]] int fd() const { return fd_; }

 private:
  int fd_ = -1;
};

/// Each open page keeps a descriptor. What the machine does not grant is left as it is.
void raise_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 65'536);
    ::setrlimit(RLIMIT_NOFILE, &limit);
  }
}

class StreamPage final : public Page {
 public:
  explicit StreamPage(link::HttpStream stream) : stream_(std::move(stream)) {}
  bool write(const std::string& text) override { return stream_.write(text); }
  [[nodiscard]] bool is_open() const override { return stream_.is_open(); }

 private:
  link::HttpStream stream_;
};

class ReplyExchange final : public Exchange {
 public:
  explicit ReplyExchange(link::HttpReply reply) : reply_(std::move(reply)) {}
  void send(link::HttpResponse response) override { reply_.send(std::move(response)); }
  std::shared_ptr<Page> stream(link::HttpResponse head) override {
    return std::make_shared<StreamPage>(reply_.stream(std::move(head)));
  }

 private:
  link::HttpReply reply_;
};

Result<Desk> open_desk(link::Context& context, const Identity& identity) {
  const auto& connection = identity.node.connection;
  MUSTER_TRY(auto questions, client::Questions::connect(context, connection, kInFlightMax));
  MUSTER_TRY(auto subscriber, client::Subscriber::connect(context, connection, {}));
  Desk desk{.node = identity.node.node.str(),
            .certificates = identity.certificates,
            .answers = std::make_unique<Answers>(std::move(questions)),
            .live = std::make_unique<LiveFeed>(std::move(subscriber), utc_now)};
  MUSTER_CHECK(desk.live->start());
  return desk;
}

Result<std::unique_ptr<Service>> open_service(link::Context& context, const GatewayConfig& config) {
  WebFiles web;
  if (!config.web.empty()) {
    MUSTER_TRY(web, WebFiles::load(config.web));
  }
  std::vector<Desk> desks;
  for (const auto& identity : config.identities) {
    MUSTER_TRY(auto desk, open_desk(context, identity));
    desks.push_back(std::move(desk));
  }
  log_info(fmt::format("event=web folder={} files={}", config.web, web.size()));
  ServiceOptions options{.version = MUSTER_VERSION,
                         .marking = config.marking,
                         .hosts = hosts_of(config),
                         .nations = config.nations,
                         .streams_max = config.streams_max,
                         .search_max = std::max(config.answer_max - kWay, std::chrono::seconds{1}),
                         .answer_max = config.answer_max,
                         .now = utc_now};
  return std::make_unique<Service>(std::move(options), std::move(desks), std::move(web));
}

link::HttpOptions http_options(const GatewayConfig& config) {
  link::HttpOptions options;
  options.address = config.address;
  options.port = config.port;
  options.header_bytes_max = config.header_bytes_max;
  options.request_timeout = config.request_max;
  options.answer_timeout = config.answer_max;
  options.connections_max = config.connections_max;
  options.streams_max = config.streams_max + kSpareStreams;
  options.stream_backlog_max = kPageBacklogMax;
  options.tls = config.tls;
  return options;
}

/// Tells systemd and the log how it is, once for each change.
class Teller {
 public:
  explicit Teller(const Service& service) : service_(service), told_(service.desks().size()) {}

  void look() {
    for (std::size_t i = 0; i < told_.size(); ++i) {
      const auto& desk = service_.desks()[i];
      const auto standing = desk.live->standing();
      auto now = fmt::format("is_live={} problem=\"{}\"", standing.is_live, standing.problem);
      if (now != told_[i]) {
        log_info(fmt::format("event=broker identity={} ledger_seq={} {}", desk.node,
                             standing.ledger_seq, now));
        told_[i] = std::move(now);
      }
    }
    const auto status = fmt::format("STATUS={} pages, {}", service_.pages(),
                                    service_.is_ready() ? "live" : "no broker");
    if (status != std::exchange(status_, status)) {
      sd_notify(0, status.c_str());
    }
    sd_notify(0, "WATCHDOG=1");
  }

 private:
  const Service& service_;
  std::vector<std::string> told_;  // Of each identity, last.
  std::string status_;
};

std::chrono::milliseconds turn() {
  std::uint64_t microseconds = 0;
  const bool is_watched = sd_watchdog_enabled(0, &microseconds) > 0;
  const auto half = std::chrono::milliseconds(microseconds / 2'000);
  return is_watched ? std::clamp(half, std::chrono::milliseconds{10}, kTurn) : kTurn;
}

}  // namespace

Result<void> run(const GatewayConfig& config) {
  const Signals signals;
  raise_descriptor_limit();
  MUSTER_TRY(const auto context, link::Context::create());
  MUSTER_TRY(const auto service, open_service(*context, config));
  MUSTER_TRY(auto http,
             link::HttpServer::start(http_options(config),
                                     [raw = service.get()](const link::HttpRequest& request,
                                                           const link::HttpReply& reply) {
                                       raw->handle(request, std::make_shared<ReplyExchange>(reply));
                                     }));
  log_info(fmt::format("event=started url={}://{}:{} identities={}", config.tls ? "https" : "http",
                       config.address, http->port(), config.identities.size()));
  sd_notify(0, "READY=1");
  link::Waiter waiter;
  const auto signalled = waiter.watch_fd(signals.fd());
  Teller teller(*service);
  while (true) {
    teller.look();
    waiter.wait(turn());
    if (waiter.is_ready(signalled)) {
      break;
    }
  }
  sd_notify(0, "STOPPING=1");
  log_info(fmt::format("event=stopping pages={}", service->pages()));
  http.reset();  // Before the service that it calls.
  return {};
}

}  // namespace muster::gateway
