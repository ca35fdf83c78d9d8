// SPDX-License-Identifier: Apache-2.0
#include "nodes/ministry/daemon.h"

#include <fmt/format.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <utility>

#include "nodes/client/publisher.h"
#include "nodes/daemon/log.h"
#include "nodes/daemon/supervisor.h"
#include "nodes/ministry/drop_folder.h"
#include "nodes/ministry/node_metrics.h"
#include "nodes/ministry/status_file.h"
#include "schemas/link/http.h"
#include "schemas/link/waiter.h"
#include "storage/outbox.h"

namespace muster::ministry {

using daemon::log_error;
using daemon::log_info;
using daemon::log_warning;
using model::ErrorCode;

namespace {

/// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) {
      ::close(fd_);
    }
  }
  [[nodiscard]] int get() const { return fd_; }
  /// Takes what is there, so that it is not ready again.
  void drain() const {
    std::array<char, 4096> events{};
    while (::read(fd_, events.data(), events.size()) > 0) {
    }
  }

 private:
  int fd_;
};

int signal_descriptor() {
  std::signal(SIGPIPE, SIG_IGN);
  sigset_t ending;
  sigemptyset(&ending);
  sigaddset(&ending, SIGTERM);
  sigaddset(&ending, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ending, nullptr);
  return ::signalfd(-1, &ending, SFD_NONBLOCK | SFD_CLOEXEC);
}

/// Only hastens what polling finds anyway, so a file system without it does no harm.
int folder_descriptor(const std::string& folder) {
  const int fd = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  if (fd >= 0) {
    ::inotify_add_watch(fd, folder.c_str(), IN_CLOSE_WRITE | IN_MOVED_TO);
  }
  return fd;
}

tl::unexpected<Failure> failure(Exit exit, const model::Error& error) {
  return tl::unexpected(Failure{exit, error.message});
}

Exit exit_for_outbox(ErrorCode code) {
  return code == ErrorCode::corrupt ? Exit::io : Exit::cannot_create;
}

model::UtcTime utc_now() {
  return std::chrono::floor<model::Duration>(std::chrono::system_clock::now());
}

/// "127.0.0.1:7622" or "[::1]:7622", as the configuration was found to be.
link::HttpOptions http_options(const std::string& listen) {
  const auto colon = listen.rfind(':');
  auto address = listen.substr(0, colon);
  if (address.starts_with('[') && address.ends_with(']')) {
    address = address.substr(1, address.size() - 2);
  }
  return {.address = std::move(address),
          .port = static_cast<std::uint16_t>(std::stoul(listen.substr(colon + 1)))};
}

/// After a trouble with the disk the folder is left alone for this long.
constexpr std::chrono::seconds kTroublePause{2};
/// A loop that is silent for longer hangs.
constexpr std::chrono::seconds kSilenceMax{60};

/// What the loop works with, in the order in which it must go away: the last first.
struct Parts {
  std::unique_ptr<link::Waker> waker;
  std::unique_ptr<DropFolder> drop;
  std::unique_ptr<link::Context> context;
  std::unique_ptr<client::Publisher> publisher;
  std::unique_ptr<link::HttpServer> http;
};

class Daemon {
 public:
  explicit Daemon(const client::NodeConfig& config)
      : config_(config),
        options_(drop_options(config)),
        signals_(signal_descriptor()),
        status_file_(config.drop_folder, words::Words::of(options_.language)) {}

  Outcome<void> run();

 private:
  Outcome<void> open();
  Outcome<void> start_publisher(std::unique_ptr<storage::Outbox> outbox);
  Outcome<void> start_metrics();
  void take_acknowledgement(const client::Acknowledged& acknowledged);
  void step();
  void look(const client::PublisherStatus& status);
  void tell_session(const client::PublisherStatus& status);
  void tell_status();
  void tell_trouble(const model::Result<void>& outcome);
  [[nodiscard]] NodeStatus status() const;
  [[nodiscard]] std::chrono::milliseconds wait_max() const;

  const client::NodeConfig& config_;
  const DropOptions options_;
  const Descriptor signals_;
  const model::UtcTime started_at_ = utc_now();
  daemon::Supervisor supervisor_;
  StatusFile status_file_;
  std::atomic<std::int64_t> last_contact_{0};  // Microseconds since the epoch.
  bool recovered_ = false;
  std::string problem_ = "not started";
  std::string trouble_;
  bool status_is_written_ = true;
  std::chrono::steady_clock::time_point paused_until_{};
  Parts parts_;  // Last, so that its threads end before what they use.
};

Outcome<void> Daemon::open() {
  auto waker = link::Waker::create();
  if (!waker) {
    return failure(Exit::io, waker.error());
  }
  parts_.waker = std::make_unique<link::Waker>(*std::move(waker));
  DropHooks hooks{
      .now = utc_now, .log = log_info, .at = {}, .progress = [this] { supervisor_.alive(); }};
  auto drop = DropFolder::open(config_.drop_folder, options_, std::move(hooks));
  if (!drop) {
    return failure(Exit::cannot_create, drop.error());
  }
  parts_.drop = *std::move(drop);
  auto outbox = storage::open_outbox(config_.outbox);
  if (!outbox) {
    return failure(exit_for_outbox(outbox.error().code), outbox.error());
  }
  if (auto started = start_publisher(*std::move(outbox)); !started) {
    return started;
  }
  return start_metrics();
}

Outcome<void> Daemon::start_publisher(std::unique_ptr<storage::Outbox> outbox) {
  const OutboxStand stand{.next_seq = outbox->next_seq(),
                          .acknowledged_seq = outbox->acknowledged_seq()};
  if (stand.next_seq > 1) {
    if (const auto recovered = parts_.drop->recover(stand); !recovered) {
      return failure(Exit::io, recovered.error());
    }
    recovered_ = true;
  } else {
    log_info("event=waiting for=greeting why=\"the outbox is new: the broker may know more\"");
  }
  auto context = link::Context::create();
  if (!context) {
    return failure(Exit::io, context.error());
  }
  parts_.context = *std::move(context);
  client::PublisherOptions options{
      .connection = config_.connection, .node = config_.node, .signing_key = *config_.signing_key};
  auto publisher = client::Publisher::start(*parts_.context, std::move(options), std::move(outbox),
                                            [this](const auto& one) { take_acknowledgement(one); });
  if (!publisher) {
    return failure(Exit::configuration, publisher.error());
  }
  parts_.publisher = *std::move(publisher);
  return {};
}

/// On the publisher's thread.
void Daemon::take_acknowledgement(const client::Acknowledged& acknowledged) {
  if (parts_.drop->acknowledged(acknowledged)) {
    parts_.waker->wake();  // The loop has to look into the file.
  }
}

Outcome<void> Daemon::start_metrics() {
  if (config_.metrics_listen.empty()) {
    return {};
  }
  auto http = link::HttpServer::start(
      http_options(config_.metrics_listen),
      {{"/metrics",
        [this](const link::HttpRequest&) {
          return link::HttpResponse{.content_type = "text/plain; version=0.0.4; charset=utf-8",
                                    .body = metrics_page(status(), MUSTER_VERSION)};
        }},
       {"/healthz", [this](const link::HttpRequest&) {
          const bool hangs = supervisor_.silent_for() > kSilenceMax + wait_max();
          return hangs ? link::HttpResponse{.status = 503, .body = "the loop does not turn\n"}
                       : link::HttpResponse{.body = "ok\n"};
        }}});
  if (!http) {
    return failure(
        http.error().code == ErrorCode::configuration ? Exit::configuration : Exit::cannot_create,
        model::with_context(http.error(), "metrics.listen"));
  }
  parts_.http = *std::move(http);
  log_info(fmt::format("event=metrics port={}", parts_.http->port()));
  return {};
}

Outcome<void> Daemon::run() {
  if (auto opened = open(); !opened) {
    return opened;
  }
  const Descriptor folder(folder_descriptor(config_.drop_folder));
  link::Waiter waiter;
  const auto signalled = waiter.watch_fd(signals_.get());
  waiter.watch(*parts_.waker);
  if (folder.get() >= 0) {
    waiter.watch_fd(folder.get());
  }
  log_info(fmt::format("event=started node={} drop={} broker={}", config_.node.view(),
                       config_.drop_folder, config_.connection.ingest_endpoint));
  supervisor_.ready();
  while (true) {
    parts_.waker->reset();
    step();
    waiter.wait(wait_max());
    if (waiter.is_ready(signalled)) {
      break;
    }
    folder.drain();
  }
  supervisor_.stopping();
  const auto status = parts_.publisher->status();
  log_info(fmt::format("event=stopping acknowledged={} in_outbox={}", status.acknowledged_seq,
                       status.next_seq - 1 - status.acknowledged_seq));
  return {};
}

std::chrono::milliseconds Daemon::wait_max() const {
  return std::min(config_.drop_poll, supervisor_.wait_max());
}

void Daemon::step() {
  const auto publisher = parts_.publisher->status();
  if (publisher.session == client::PublisherStatus::Session::greeted) {
    last_contact_ = model::to_micros(utc_now());
  }
  tell_session(publisher);
  if (std::chrono::steady_clock::now() >= paused_until_) {
    look(publisher);
  }
  tell_status();
  supervisor_.alive();
}

void Daemon::look(const client::PublisherStatus& status) {
  if (!recovered_ && status.session == client::PublisherStatus::Session::greeted) {
    const auto recovered = parts_.drop->recover(
        {.next_seq = status.next_seq, .acknowledged_seq = status.acknowledged_seq});
    tell_trouble(recovered);
    recovered_ = recovered.has_value();
  }
  if (recovered_) {
    tell_trouble(parts_.drop->look(*parts_.publisher));
  } else {
    parts_.drop->count_waiting();
  }
}

void Daemon::tell_session(const client::PublisherStatus& status) {
  if (status.problem == std::exchange(problem_, status.problem)) {
    return;
  }
  if (status.problem.empty()) {
    log_info(fmt::format("event=connected acknowledged={}", status.acknowledged_seq));
  } else {
    log_warning(fmt::format("event=not_publishing problem=\"{}\"", status.problem));
  }
}

NodeStatus Daemon::status() const {
  return {.node = config_.node.str(),
          .publisher = parts_.publisher->status(),
          .drop = parts_.drop->counts(),
          .started_at = started_at_,
          .last_contact = model::from_micros(last_contact_)};
}

void Daemon::tell_status() {
  const auto now = status();
  supervisor_.status(summary(now));
  const auto written = status_file_.update(now, utc_now());
  if (!written && std::exchange(status_is_written_, false)) {
    log_warning(fmt::format("event=no_status_file problem=\"{}\"", written.error().message));
  }
  status_is_written_ = written.has_value();
}

/// Once for each trouble, not once a look.
void Daemon::tell_trouble(const model::Result<void>& outcome) {
  const auto trouble = outcome ? std::string() : outcome.error().message;
  if (trouble != trouble_ && !trouble.empty()) {
    log_error(fmt::format("event=drop_folder problem=\"{}\"", trouble));
  }
  if (!trouble.empty()) {
    paused_until_ = std::chrono::steady_clock::now() + kTroublePause;
  }
  trouble_ = trouble;
}

}  // namespace

Outcome<void> run(const client::NodeConfig& config) { return Daemon(config).run(); }

}  // namespace muster::ministry
