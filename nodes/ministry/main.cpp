// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "nodes/ministry/daemon.h"
#include "nodes/words/words.h"
#include "schemas/model/limits.h"

namespace {

using muster::ministry::Exit;

using muster::words::Words;

struct Options {
  std::string config;
  bool check = false;
};

constexpr const char* kExamples =
    "muster-node publishes the reports that a ministry drops into a folder.\n\n"
    "  muster-node run --config /etc/muster/kaz.toml\n"
    "  muster-node --check-config --config /etc/muster/kaz.toml\n";

std::optional<std::string> environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value != nullptr && *value != '\0' ? std::optional<std::string>(value) : std::nullopt;
}

/// Of the configuration, else of the environment.
const Words& words_of(const std::string& configured) {
  return Words::of(muster::words::language_of(configured, environment));
}

void add_options(CLI::App& app, Options& options, const Words& words) {
  app.add_option("--config", options.config, words.tell("The node's configuration (TOML)"));
  app.add_flag("--check-config", options.check,
               words.tell("Check the configuration and the keys, and end"));
}

void tell_labels(CLI::App& app, const Words& words) {
  for (const auto* label : {"Usage", "OPTIONS", "SUBCOMMAND"}) {
    app.get_formatter()->label(label, words.tell(label));
  }
  for (auto* under : app.get_subcommands({})) {
    under->group(words.tell(under->get_group()));
  }
  for (auto* option : app.get_options()) {
    option->description(words.tell(option->get_description()));
    option->group(words.tell(option->get_group()));
  }
}

int end_with(const muster::ministry::Failure& failure, const Words& words) {
  fmt::print(stderr, "muster-node: {}\n", words.tell(failure.message));
  return static_cast<int>(failure.exit);
}

int end_with_usage(std::string_view problem, const Words& words) {
  return end_with({Exit::usage, fmt::format("{}. Try --help", problem)}, words);
}

int carry_out(const Options& options, const Words& words) {
  if (options.config.empty()) {
    return end_with_usage("no configuration given: add --config FILE", words);
  }
  const auto config = muster::ministry::load_config(options.config);
  if (!config) {
    return end_with(config.error(), words);
  }
  const auto& configured = words_of(config->desk_language);
  if (options.check) {
    fmt::print("{}", configured.tell(
                         fmt::format("{}: good, node {}\n", options.config, config->node.view())));
    return static_cast<int>(Exit::done);
  }
  const auto outcome = muster::ministry::run(*config);
  return outcome ? static_cast<int>(Exit::done) : end_with(outcome.error(), configured);
}

}  // namespace

int main(int argc, char** argv) {
  const auto& words = words_of({});
  Options options;
  CLI::App app{words.tell(kExamples), "muster-node"};
  add_options(app, options, words);
  auto* run = app.add_subcommand("run", words.tell("Publish until SIGTERM"));
  add_options(*run, options, words);
  app.set_version_flag("--version", fmt::format("muster-node {} (protocol {})", MUSTER_VERSION,
                                                muster::model::kProtocolVersion));
  tell_labels(app, words);
  tell_labels(*run, words);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    return end_with_usage(error.what(), words);
  }
  if (!run->parsed() && !options.check) {
    return end_with_usage("no command given: say run, or --check-config", words);
  }
  return carry_out(options, words);
}
