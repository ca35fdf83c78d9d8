// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <string>
#include <string_view>

#include "nodes/ministry/daemon.h"
#include "schemas/model/limits.h"

namespace {

using muster::ministry::Exit;

struct Options {
  std::string config;
  bool check = false;
};

constexpr const char* kExamples =
    "muster-node publishes the reports that a ministry drops into a folder.\n\n"
    "  muster-node run --config /etc/muster/kaz.toml\n"
    "  muster-node --check-config --config /etc/muster/kaz.toml\n";

void add_options(CLI::App& app, Options& options) {
  app.add_option("--config", options.config, "The node's configuration (TOML)");
  app.add_flag("--check-config", options.check, "Check the configuration and the keys, and end");
}

int end_with(const muster::ministry::Failure& failure) {
  fmt::print(stderr, "muster-node: {}\n", failure.message);
  return static_cast<int>(failure.exit);
}

int end_with_usage(std::string_view problem) {
  return end_with({Exit::usage, fmt::format("{}. Try --help", problem)});
}

int carry_out(const Options& options) {
  if (options.config.empty()) {
    return end_with_usage("no configuration given: add --config FILE");
  }
  const auto config = muster::ministry::load_config(options.config);
  if (!config) {
    return end_with(config.error());
  }
  if (options.check) {
    fmt::print("{}: good, node {}\n", options.config, config->node.view());
    return static_cast<int>(Exit::done);
  }
  const auto outcome = muster::ministry::run(*config);
  return outcome ? static_cast<int>(Exit::done) : end_with(outcome.error());
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app{kExamples, "muster-node"};
  add_options(app, options);
  auto* run = app.add_subcommand("run", "Publish until SIGTERM");
  add_options(*run, options);
  app.set_version_flag("--version", fmt::format("muster-node {} (protocol {})", MUSTER_VERSION,
                                                muster::model::kProtocolVersion));
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    return end_with_usage(error.what());
  }
  if (!run->parsed() && !options.check) {
    return end_with_usage("no command given: say run, or --check-config");
  }
  return carry_out(options);
}
