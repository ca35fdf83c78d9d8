// SPDX-License-Identifier: Apache-2.0
#include "nodes/gateway/daemon.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <utility>

#include "nodes/daemon/log.h"
#include "nodes/daemon/supervisor.h"
#include "nodes/gateway/service.h"
#include "schemas/link/context.h"
#include "schemas/link/waiter.h"

namespace muster::gateway {

using daemon::log_info;
using daemon::log_warning;
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

/// What the operator wants: blocked in every thread, and read from a descriptor.
class Signals {
 public:
  enum class Wish : std::uint8_t { nothing, reload, end };

  Signals() {
    std::signal(SIGPIPE, SIG_IGN);
    sigset_t known;
    sigemptyset(&known);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) {
      sigaddset(&known, signal);
    }
    pthread_sigmask(SIG_BLOCK, &known, nullptr);
    fd_ = ::signalfd(-1, &known, SFD_NONBLOCK | SFD_CLOEXEC);
  }
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;
  ~Signals() { ::close(fd_); }
  [[nodiscard]] int fd() const { return fd_; }
  /// Of all that came since the last call: who ends does not reload before.
  [[nodiscard]] Wish take() const {
    auto wish = Wish::nothing;
    for (signalfd_siginfo one{}; ::read(fd_, &one, sizeof one) == sizeof one;) {
      const bool is_reload = one.ssi_signo == SIGHUP;
      wish = is_reload && wish != Wish::end ? Wish::reload : Wish::end;
    }
    return wish;
  }

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

/// The page of the configuration, or none when it names none.
Result<WebFiles> load_web(const GatewayConfig& config) {
  WebFiles web;
  if (!config.web.empty()) {
    MUSTER_TRY(web, WebFiles::load(config.web));
  }
  log_info(fmt::format("event=web folder={} files={}", config.web, web.size()));
  return web;
}

/// After a new build of the page. A broken one is not served: who has the old one keeps it.
void reload_web(const GatewayConfig& config, Service& service) {
  if (auto web = load_web(config)) {
    service.replace_web(*std::move(web));
  } else {
    log_warning(
        fmt::format("event=web_kept folder={} problem=\"{}\"", config.web, web.error().message));
  }
}

Result<std::unique_ptr<Service>> open_service(link::Context& context, const GatewayConfig& config) {
  MUSTER_TRY(auto web, load_web(config));
  std::vector<Desk> desks;
  for (const auto& identity : config.identities) {
    MUSTER_TRY(auto desk, open_desk(context, identity));
    desks.push_back(std::move(desk));
  }
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
  Teller(const Service& service, daemon::Supervisor& supervisor)
      : service_(service), supervisor_(supervisor), told_(service.desks().size()) {}

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
    supervisor_.status(
        fmt::format("{} pages, {}", service_.pages(), service_.is_ready() ? "live" : "no broker"));
    supervisor_.alive();
  }

 private:
  const Service& service_;
  daemon::Supervisor& supervisor_;
  std::vector<std::string> told_;  // Of each identity, last.
};

/// Until a signal ends it.
void serve(const GatewayConfig& config, const Signals& signals, Service& service) {
  daemon::Supervisor supervisor;
  supervisor.ready();
  link::Waiter waiter;
  waiter.watch_fd(signals.fd());
  Teller teller(service, supervisor);
  for (auto wish = Signals::Wish::nothing; wish != Signals::Wish::end; wish = signals.take()) {
    if (wish == Signals::Wish::reload) {
      reload_web(config, service);
    }
    teller.look();
    waiter.wait(std::min(kTurn, supervisor.wait_max()));
  }
  supervisor.stopping();
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
  serve(config, signals, *service);
  log_info(fmt::format("event=stopping pages={}", service->pages()));
  http.reset();  // Before the service that it calls.
  return {};
}

}  // namespace muster::gateway
