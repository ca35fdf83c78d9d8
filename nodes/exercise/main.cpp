// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "nodes/exercise/kazakhstan_2022.h"
#include "nodes/exercise/load.h"
#include "nodes/exercise/play_operation.h"
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

/// "2022-01-07T12:00:00Z", or without seconds, as people write it.
model::Result<model::UtcTime> moment_of(std::string text) {
  constexpr std::size_t kWithoutSeconds = std::string_view("2022-01-07T12:00Z").size();
  if (text.size() == kWithoutSeconds && text.back() == 'Z') {
    text.insert(kWithoutSeconds - 1, ":00");
  }
  return model::parse_time(text);
}

/// What is played, and how.
struct Playing {
  std::string scenario;
  exercise::PlayOptions contingents;
  exercise::OperationPlayOptions operation;
  std::string until;
};

int play_operation(const std::string& folder, Playing playing) {
  if (!playing.until.empty()) {
    const auto until = moment_of(playing.until);
    if (!until) {
      fmt::print(stderr, "muster-exercise: --until: {}\n", until.error().message);
      return kUsage;
    }
    playing.operation.until = *until;
  }
  const auto played = exercise::play_operation({folder}, playing.operation, show);
  return played ? 0 : report(played.error());
}

int play(const std::string& folder, const Playing& playing) {
  if (playing.scenario == exercise::kKazakhstan2022) {
    return play_operation(folder, playing);
  }
  if (playing.scenario != "contingents") {
    fmt::print(stderr,
               "muster-exercise: no scenario '{}' - there are: contingents, {}. Try --help\n",
               playing.scenario, exercise::kKazakhstan2022);
    return kUsage;
  }
  const auto now = std::chrono::floor<model::Duration>(std::chrono::system_clock::now());
  const auto played = exercise::play_contingents({folder}, playing.contingents, now, show);
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
  exercise::WorkspaceOptions workspace;
  Playing playing;
  exercise::LoadOptions loading;
  std::int64_t seconds = loading.duration.count();
  std::int64_t wait = playing.contingents.wait_max.count();
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
  call->add_option("--gateway-port", options.gateway_port, "Where the gateway serves the board")
      ->capture_default_str();
  call->add_option("--web", options.web, "Folder of the page that the gateway serves")
      ->check(CLI::Validator(exercise::folder_problem, ""))
      ->capture_default_str();
  return call;
}

CLI::App* declare_play(CLI::App& app, Arguments& arguments) {
  auto* call = app.add_subcommand("play", "Play a scenario through the nodes' drop folders");
  auto& playing = arguments.playing;
  call->add_option("scenario", playing.scenario,
                   "contingents: the six contingents of the peacekeeping forces as of now, with "
                   "rosters. kazakhstan-2022: operation EX-2201 of January 2022, from request to "
                   "close, in a folder in which nothing later was played")
      ->required();
  call->add_option("--dir", arguments.folder, "The prepared folder")->required();
  call->add_option("--seed", playing.operation.seed,
                   "Another seed, other absences, places and notices")
      ->capture_default_str();
  call->add_option("--speed", playing.operation.speed,
                   "kazakhstan-2022: how much faster than the clock; 0 does not wait")
      ->check(CLI::Range(0.0, 1e6))
      ->capture_default_str();
  call->add_option("--until", playing.until,
                   "kazakhstan-2022: stop there, such as 2022-01-07T12:00Z; the next call goes on");
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
      "  muster-exercise play kazakhstan-2022 --dir /tmp/ex2 --speed 600\n"
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
  arguments.playing.contingents.seed = arguments.playing.operation.seed;
  arguments.playing.contingents.wait_max = std::chrono::seconds(arguments.wait);
  arguments.playing.operation.wait_max = std::chrono::seconds(arguments.wait);
  arguments.loading.duration = std::chrono::seconds(arguments.seconds);
  if (*prepare_call) {
    return prepare(arguments.folder, arguments.workspace);
  }
  return *play_call ? play(arguments.folder, arguments.playing)
                    : load(arguments.folder, arguments.loading);
}
