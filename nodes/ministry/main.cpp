// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <string>

#include "nodes/ministry/daemon.h"

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

int carry_out(const Options& options) {
  if (options.config.empty()) {
    return end_with({Exit::usage, "no configuration given: add --config FILE"});
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
  try {
    app.parse(argc, argv);
    if (!run->parsed() && !options.check) {
      throw CLI::CallForHelp();
    }
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    return code == 0 ? 0 : static_cast<int>(Exit::usage);
  }
  return carry_out(options);
}
