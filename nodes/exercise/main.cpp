// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "nodes/exercise/load.h"

namespace {

using namespace muster;

/// Exit codes after sysexits(3), as everywhere in Muster.
int exit_code(model::ErrorCode code) {
  switch (code) {
    case model::ErrorCode::not_found: return 66;
    case model::ErrorCode::unavailable: return 69;
    case model::ErrorCode::already_exists: return 73;
    case model::ErrorCode::io: return 74;
    case model::ErrorCode::timed_out: return 75;
    case model::ErrorCode::configuration: return 78;
    case model::ErrorCode::refused: return 77;
    default: return 65;
  }
}

int report(const model::Error& error) {
  fmt::print(stderr, "muster-exercise: {}\n", error.message);
  return exit_code(error.code);
}

void show(const std::string& line) {
  fmt::print(stderr, "{}\n", line);
}

int prepare(const std::string& folder, const exercise::WorkspaceOptions& options) {
  const auto made = exercise::prepare(folder, options);
  if (!made) { return report(made.error()); }
  fmt::print("{}\n", made->broker_config().string());
  return 0;
}

int play(const std::string& folder, const std::string& scenario, const exercise::PlayOptions& options) {
  if (scenario != "contingents") {
    fmt::print(stderr, "muster-exercise: no scenario '{}' - there is: contingents\n", scenario);
    return 64;
  }
  const auto now = std::chrono::floor<model::Duration>(std::chrono::system_clock::now());
  const auto played = exercise::play_contingents({folder}, options, now, show);
  return played ? 0 : report(played.error());
}

int load(const std::string& folder, const exercise::LoadOptions& options) {
  const auto result = exercise::run_load({folder}, options, show);
  if (!result) { return report(result.error()); }
  fmt::print("{{\"published\": {}, \"acknowledged\": {}, \"refused\": {}, \"seconds\": {:.3f}, "
             "\"reports_per_second\": {:.0f}}}\n",
             result->published, result->acknowledged, result->refused, result->seconds,
             static_cast<double>(result->published) / result->seconds);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Plays exercises on the bus. All data are fictional.\n\n"
               "  muster-exercise prepare /tmp/ex\n"
               "  muster-exercise play contingents --dir /tmp/ex\n"
               "  muster-exercise load --dir /tmp/ex --nodes 6 --rate 5000 --seconds 10");
  app.require_subcommand(1);
  std::string folder = ".";
  std::string scenario;
  exercise::WorkspaceOptions workspace;
  exercise::PlayOptions playing;
  exercise::LoadOptions loading;
  std::int64_t seconds = loading.duration.count();
  std::int64_t wait = playing.wait_max.count();

  auto* prepare_call = app.add_subcommand("prepare", "Make keys, genesis and configurations in a new folder");
  prepare_call->add_option("folder", folder, "A folder that is empty or missing")->required();
  prepare_call->add_option("--ingest", workspace.ingest, "Where the broker takes reports")->capture_default_str();
  prepare_call->add_option("--query", workspace.query, "Where the broker answers")->capture_default_str();
  prepare_call->add_option("--http-port", workspace.http_port, "Where the broker shows metrics")->capture_default_str();

  auto* play_call = app.add_subcommand("play", "Play a scenario through the nodes' drop folders");
  play_call->add_option("scenario", scenario, "contingents: the six contingents of the peacekeeping forces")->required();
  play_call->add_option("--dir", folder, "The prepared folder")->required();
  play_call->add_option("--seed", playing.seed, "Another seed, other absences, places and notices")->capture_default_str();
  play_call->add_option("--wait", wait, "Seconds to wait for the nodes")->check(CLI::Range(1, 3600))->capture_default_str();

  auto* load_call = app.add_subcommand("load", "Publish Strength reports of fictional load units, for a bounded time");
  load_call->add_option("--dir", folder, "The prepared folder")->required();
  load_call->add_option("--nodes", loading.nodes, "Publishers")->check(CLI::Range(1, 6))->capture_default_str();
  load_call->add_option("--rate", loading.rate, "Reports a second in all; 0 is as fast as it goes")->check(CLI::Range(0.0, 1e7))->capture_default_str();
  load_call->add_option("--seconds", seconds, "How long")->check(CLI::Range(1, 3600))->capture_default_str();
  load_call->add_option("--reports", loading.reports_max, "How many at most")->capture_default_str();
  load_call->add_option("--units", loading.units, "Units a node")->check(CLI::Range(1, 4000))->capture_default_str();
  load_call->add_option("--seed", loading.seed, "Another seed, other figures")->capture_default_str();

  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    fmt::print(stderr, "muster-exercise: {}. Try --help\n", error.what());
    return 64;
  }
  playing.wait_max = std::chrono::seconds(wait);
  loading.duration = std::chrono::seconds(seconds);
  if (*prepare_call) { return prepare(folder, workspace); }
  return *play_call ? play(folder, scenario, playing) : load(folder, loading);
}
