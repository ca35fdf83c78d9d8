// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "nodes/exercise/load.h"
#include "schemas/model/limits.h"

namespace {

using namespace muster;

constexpr int kUsage = 64;

/// Exit codes after sysexits(3), as everywhere in Muster.
int exit_code(model::ErrorCode code) {
  switch (code) {
    case model::ErrorCode::malformed:
    case model::ErrorCode::unsupported:
    case model::ErrorCode::corrupt:
      return 65;
    case model::ErrorCode::not_found:
      return 66;
    case model::ErrorCode::unavailable:
      return 69;
    case model::ErrorCode::already_exists:
      return 73;
    case model::ErrorCode::io:
      return 74;
    case model::ErrorCode::timed_out:
      return 75;
    case model::ErrorCode::refused:
      return 77;
    case model::ErrorCode::configuration:
      return 78;
  }
  return 70;
}

int report(const model::Error& error) {
  fmt::print(stderr, "muster-exercise: {}\n", error.message);
  return exit_code(error.code);
}

void show(const std::string& line) { fmt::print(stderr, "{}\n", line); }

// ---- the calls ----------------------------------------------------------------------------------

int prepare(const std::string& folder, const exercise::WorkspaceOptions& options) {
  const auto made = exercise::prepare(folder, options);
  if (!made) {
    return report(made.error());
  }
  fmt::print("{}\n", made->broker_config().string());
  return 0;
}

int play(const std::string& folder, const std::string& scenario,
         const exercise::PlayOptions& options) {
  if (scenario != "contingents") {
    fmt::print(stderr, "muster-exercise: no scenario '{}' - there is: contingents. Try --help\n",
               scenario);
    return kUsage;
  }
  const auto now = std::chrono::floor<model::Duration>(std::chrono::system_clock::now());
  const auto played = exercise::play_contingents({folder}, options, now, show);
  return played ? 0 : report(played.error());
}

int load(const std::string& folder, const exercise::LoadOptions& options) {
  const auto result = exercise::run_load({folder}, options, show);
  if (!result) {
    return report(result.error());
  }
  fmt::print(
      "{{\"published\": {}, \"acknowledged\": {}, \"refused\": {}, \"seconds\": {:.3f}, "
      "\"reports_per_second\": {:.0f}}}\n",
      result->published, result->acknowledged, result->refused, result->seconds,
      static_cast<double>(result->published) / result->seconds);
  return 0;
}

// ---- the command line ---------------------------------------------------------------------------

struct Arguments {
  std::string folder = ".";
  std::string scenario;
  exercise::WorkspaceOptions workspace;
  exercise::PlayOptions playing;
  exercise::LoadOptions loading;
  std::int64_t seconds = loading.duration.count();
  std::int64_t wait = playing.wait_max.count();
};

CLI::App* declare_prepare(CLI::App& app, Arguments& arguments) {
  auto& options = arguments.workspace;
  auto* call =
      app.add_subcommand("prepare", "Make keys, genesis and configurations in a new folder");
  call->add_option("folder", arguments.folder, "A folder that is empty or missing")->required();
  const auto endpoint = [call](const char* name, std::string& into, const char* help) {
    call->add_option(name, into, help)
        ->check(CLI::Validator(exercise::endpoint_problem, ""))
        ->capture_default_str();
  };
  endpoint("--ingest", options.ingest, "Where the broker takes reports");
  endpoint("--query", options.query, "Where the broker answers");
  call->add_option("--http-port", options.http_port, "Where the broker shows metrics")
      ->capture_default_str();
  return call;
}

CLI::App* declare_play(CLI::App& app, Arguments& arguments) {
  auto* call = app.add_subcommand("play", "Play a scenario through the nodes' drop folders");
  call->add_option("scenario", arguments.scenario,
                   "contingents: the six contingents of the peacekeeping forces, with rosters")
      ->required();
  call->add_option("--dir", arguments.folder, "The prepared folder")->required();
  call->add_option("--seed", arguments.playing.seed,
                   "Another seed, other absences, places and notices")
      ->capture_default_str();
  call->add_option("--wait", arguments.wait, "Seconds to wait for the nodes")
      ->check(CLI::Range(1, 3600))
      ->capture_default_str();
  return call;
}

CLI::App* declare_load(CLI::App& app, Arguments& arguments) {
  auto& options = arguments.loading;
  auto* call = app.add_subcommand(
      "load",
      "Publish Strength reports of fictional load units, for a bounded time. Load units count in "
      "the strength like all others");
  call->add_option("--dir", arguments.folder, "The prepared folder")->required();
  call->add_option("--nodes", options.nodes, "Publishers, which send in turn")
      ->check(CLI::Range(1, 6))
      ->capture_default_str();
  call->add_option("--rate", options.rate, "Reports a second in all; 0 is as fast as it goes")
      ->check(CLI::Range(0.0, 1e7))
      ->capture_default_str();
  call->add_option("--seconds", arguments.seconds, "How long")
      ->check(CLI::Range(1, 3600))
      ->capture_default_str();
  call->add_option("--reports", options.reports_max, "How many at most")->capture_default_str();
  call->add_option("--units", options.units, "Units a node")
      ->check(CLI::Range(1, 4000))
      ->capture_default_str();
  call->add_option("--seed", options.seed, "Another seed, other figures")->capture_default_str();
  return call;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app(
      "Plays exercises on the bus. All data are fictional.\n\n"
      "  muster-exercise prepare /tmp/ex\n"
      "  muster-exercise play contingents --dir /tmp/ex\n"
      "  muster-exercise load --dir /tmp/ex --nodes 6 --rate 5000 --seconds 10");
  app.name("muster-exercise");
  app.require_subcommand(1);
  app.set_version_flag("--version", fmt::format("muster-exercise {} (protocol {})", MUSTER_VERSION,
                                                model::kProtocolVersion));
  Arguments arguments;
  const auto* prepare_call = declare_prepare(app, arguments);
  const auto* play_call = declare_play(app, arguments);
  declare_load(app, arguments);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    fmt::print(stderr, "muster-exercise: {}. Try --help\n", error.what());
    return kUsage;
  }
  arguments.playing.wait_max = std::chrono::seconds(arguments.wait);
  arguments.loading.duration = std::chrono::seconds(arguments.seconds);
  if (*prepare_call) {
    return prepare(arguments.folder, arguments.workspace);
  }
  return *play_call ? play(arguments.folder, arguments.scenario, arguments.playing)
                    : load(arguments.folder, arguments.loading);
}
