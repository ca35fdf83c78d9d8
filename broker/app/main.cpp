// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <signal.h>
#include <systemd/sd-daemon.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <string_view>

#include "broker/server/broker.h"
#include "broker/server/solver_worker.h"

namespace {

using muster::model::ErrorCode;
using muster::server::BrokerConfig;

/// Exit codes after sysexits(3); the operator's scripts and the service manager rely on them.
enum Exit : int {
  kDone = 0,
  kUsage = 64,
  kNoInput = 66,
  kUnavailable = 69,
  kCorrupt = 70,
  kIo = 74,
  kRefused = 77,
  kConfig = 78
};

Exit exit_code(ErrorCode code) {
  switch (code) {
    case ErrorCode::not_found:
      return kNoInput;
    case ErrorCode::unavailable:
    case ErrorCode::timed_out:
      return kUnavailable;
    case ErrorCode::corrupt:
      return kCorrupt;
    case ErrorCode::io:
      return kIo;
    case ErrorCode::refused:
      return kRefused;
    default:
      return kConfig;
  }
}

int report(const muster::model::Error& error) {
  fmt::print(stderr, "muster-broker: {}\n", error.message);
  return exit_code(error.code);
}

/// The signals that end the broker, blocked in every thread so that only sigwait() sees them.
sigset_t block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

/// Ended children wait to be asked how, whatever started the broker.
void keep_children() { ::signal(SIGCHLD, SIG_DFL); }

void show_progress(std::uint64_t at, std::uint64_t last) {
  fmt::print(stderr, "reading the ledger: {} of {} records\n", at, last);
}

int check(const BrokerConfig& config) {
  fmt::print("{} and {}: the configuration is good\n", config.ingest_endpoint,
             config.query_endpoint);
  return kDone;
}

int rebuild(const BrokerConfig& config) {
  const auto records = muster::server::rebuild(config, show_progress);
  if (!records) {
    return report(records.error());
  }
  fmt::print("rebuilt the projection from {} ledger records\n", *records);
  return kDone;
}

int serve(const BrokerConfig& config) {
  const auto signals = block_signals();
  keep_children();
  auto broker = muster::server::Broker::start(config, muster::server::system_now, show_progress);
  if (!broker) {
    return report(broker.error());
  }
  fmt::print(stderr, "ready: ingest {}, query {}, http http://{}:{}, key {}, signs with {}, {}\n",
             (*broker)->ingest_endpoint(), (*broker)->query_endpoint(), config.http_address,
             (*broker)->http_port(), muster::model::to_hex((*broker)->server_key()),
             muster::model::to_hex((*broker)->signing_key()), (*broker)->status());
  sd_notifyf(0, "READY=1\nSTATUS=%s", (*broker)->status().c_str());
  int signal = 0;
  sigwait(&signals, &signal);
  sd_notify(0, "STOPPING=1");
  fmt::print(stderr, "draining: {}\n", (*broker)->status());
  broker->reset();
  fmt::print(stderr, "stopped\n");
  return kDone;
}

}  // namespace

constexpr auto kSolvePackage = "--solve-package";

int main(int argc, char** argv) {
  // First of all: a search waits for it.
  if (argc == 2 && argv[1] == std::string_view(kSolvePackage)) {
    return muster::server::solve_package();
  }
  CLI::App app(
      "Keeps the force state of six nations: takes signed reports, answers questions.\n\n"
      "  muster-broker --config /etc/muster/broker.toml\n"
      "  muster-broker --print-config > broker.toml");
  std::string config_file;
  std::string data_folder;
  bool check_config = false;
  bool print_config = false;
  bool rebuild_first = false;
  app.add_option("--config", config_file, "The configuration (TOML)");
  app.add_option("--data", data_folder, "The data folder, instead of the configuration's");
  app.add_flag("--check-config", check_config,
               "Read the configuration, say whether it is good, and stop");
  app.add_flag("--print-config", print_config,
               "Print the configuration with every default and its meaning, and stop");
  app.add_flag("--rebuild", rebuild_first, "Build the projection anew from the ledger, and stop");
  app.add_flag_callback(
      kSolvePackage, [] { throw CLI::ValidationError(kSolvePackage, "stands alone"); },
      "Internal, not for hands: how the broker starts a search for a force package. Takes nothing "
      "else, reads a question from standard input and writes its answer to standard output");
  app.set_version_flag("--version", muster::server::software_name());
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    fmt::print(stderr, "muster-broker: {}. Try --help\n", error.what());
    return kUsage;
  }

  BrokerConfig config;
  if (!config_file.empty()) {
    auto loaded = muster::server::load_config(config_file);
    if (!loaded) {
      return report(loaded.error());
    }
    config = std::move(*loaded);
  } else if (!print_config) {
    fmt::print(stderr, "muster-broker: --config FILE is needed. Try --help\n");
    return kUsage;
  }
  if (!data_folder.empty()) {
    config.data_folder = data_folder;
  }
  if (print_config) {
    fmt::print("{}", muster::server::print_config(config));
    return kDone;
  }
  if (check_config) {
    return check(config);
  }
  return rebuild_first ? rebuild(config) : serve(config);
}
