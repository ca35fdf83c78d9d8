// SPDX-License-Identifier: Apache-2.0
#include "nodes/ministry/daemon.h"

#include <fmt/format.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <utility>

#include "nodes/client/publisher.h"
#include "nodes/ministry/drop_folder.h"
#include "nodes/ministry/log.h"
#include "schemas/link/waiter.h"
#include "storage/outbox.h"

namespace muster::ministry {

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

/// What the loop works with, in the order in which it must go away: the publisher first.
struct Parts {
  std::unique_ptr<DropFolder> drop;
  std::unique_ptr<link::Context> context;
  std::unique_ptr<client::Publisher> publisher;
};

class Daemon {
 public:
  explicit Daemon(const client::NodeConfig& config)
      : config_(config), signals_(signal_descriptor()) {}

  Outcome<void> run();

 private:
  Outcome<void> open();
  Outcome<void> start_publisher(std::unique_ptr<storage::Outbox> outbox);
  void step();
  void tell_status(const client::PublisherStatus& status);
  void tell_trouble(const model::Result<void>& outcome);

  const client::NodeConfig& config_;
  const Descriptor signals_;
  Parts parts_;
  bool recovered_ = false;
  std::string problem_ = "not started";
  std::string trouble_;
};

Outcome<void> Daemon::open() {
  DropHooks hooks{
      .now = [] { return std::chrono::floor<model::Duration>(std::chrono::system_clock::now()); },
      .log = log_info,
      .at = {}};
  auto drop = DropFolder::open(config_.drop_folder, config_.node, std::move(hooks));
  if (!drop) {
    return failure(Exit::cannot_create, drop.error());
  }
  parts_.drop = *std::move(drop);
  auto outbox = storage::open_outbox(config_.outbox);
  if (!outbox) {
    return failure(exit_for_outbox(outbox.error().code), outbox.error());
  }
  return start_publisher(*std::move(outbox));
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
  auto publisher = client::Publisher::start(
      *parts_.context, std::move(options), std::move(outbox),
      [drop = parts_.drop.get()](const auto& one) { drop->acknowledged(one); });
  if (!publisher) {
    return failure(Exit::configuration, publisher.error());
  }
  parts_.publisher = *std::move(publisher);
  return {};
}

Outcome<void> Daemon::run() {
  if (auto opened = open(); !opened) {
    return opened;
  }
  const Descriptor folder(folder_descriptor(config_.drop_folder));
  link::Waiter waiter;
  const auto signalled = waiter.watch_fd(signals_.get());
  if (folder.get() >= 0) {
    waiter.watch_fd(folder.get());
  }
  log_info(fmt::format("event=started node={} drop={} broker={}", config_.node.view(),
                       config_.drop_folder, config_.connection.ingest_endpoint));
  sd_notify(0, "READY=1");
  while (true) {
    step();
    waiter.wait(config_.drop_poll);
    if (waiter.is_ready(signalled)) {
      break;
    }
    folder.drain();
  }
  sd_notify(0, "STOPPING=1");
  const auto status = parts_.publisher->status();
  log_info(fmt::format("event=stopping acknowledged={} in_outbox={}", status.acknowledged_seq,
                       status.next_seq - 1 - status.acknowledged_seq));
  return {};
}

void Daemon::step() {
  const auto status = parts_.publisher->status();
  tell_status(status);
  if (!recovered_ && status.session == client::PublisherStatus::Session::greeted) {
    const auto recovered = parts_.drop->recover(
        {.next_seq = status.next_seq, .acknowledged_seq = status.acknowledged_seq});
    tell_trouble(recovered);
    recovered_ = recovered.has_value();
  }
  if (recovered_) {
    tell_trouble(parts_.drop->look(*parts_.publisher));
  }
  sd_notify(0, "WATCHDOG=1");
}

void Daemon::tell_status(const client::PublisherStatus& status) {
  if (status.problem == std::exchange(problem_, status.problem)) {
    return;
  }
  sd_notifyf(0, "STATUS=acknowledged %llu. %s",
             static_cast<unsigned long long>(status.acknowledged_seq), status.problem.c_str());
  if (status.problem.empty()) {
    log_info(fmt::format("event=connected acknowledged={}", status.acknowledged_seq));
  } else {
    log_warning(fmt::format("event=not_publishing problem=\"{}\"", status.problem));
  }
}

/// Once for each trouble, not once a look.
void Daemon::tell_trouble(const model::Result<void>& outcome) {
  const auto trouble = outcome ? std::string() : outcome.error().message;
  if (trouble != trouble_ && !trouble.empty()) {
    log_error(fmt::format("event=drop_folder problem=\"{}\"", trouble));
  }
  trouble_ = trouble;
}

}  // namespace

Outcome<client::NodeConfig> load_config(const std::string& path) {
  auto config = client::load_node_config(path);
  if (!config) {
    // Everything but the text of the file and its presence is a matter of keys.
    std::error_code ignored;
    const bool wrong_file = config.error().code == ErrorCode::configuration ||
                            !exists(std::filesystem::path(path), ignored);
    return failure(wrong_file ? Exit::configuration : Exit::refused, config.error());
  }
  std::string missing;
  const auto need = [&](bool given, std::string_view key) {
    if (!given) {
      missing += fmt::format("{}{}: found no {}, which muster-node needs",
                             missing.empty() ? "" : "\n", path, key);
    }
  };
  need(config->signing_key.has_value(), "node.signing_key");
  need(!config->outbox.empty(), "node.outbox");
  need(!config->drop_folder.empty(), "drop.folder");
  if (!missing.empty()) {
    return tl::unexpected(Failure{Exit::configuration, missing});
  }
  return *std::move(config);
}

Outcome<void> run(const client::NodeConfig& config) { return Daemon(config).run(); }

}  // namespace muster::ministry
