// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "nodes/gateway/daemon.h"
#include "nodes/gateway/openapi.h"
#include "nodes/gateway/web_files.h"
#include "nodes/words/words.h"
#include "schemas/link/http_tls.h"
#include "schemas/model/limits.h"

namespace {

using muster::gateway::GatewayConfig;
using muster::model::ErrorCode;
using muster::words::Words;

/// As of the other programs (LIBRARIES.md §2).
enum class Exit : int {
  done = 0,
  usage = 64,
  cannot_create = 73,
  io = 74,
  refused = 77,
  bad_configuration = 78
};

constexpr const char* kAbout =
    "muster-gateway serves the board and its questions to browsers.\n\n"
    "  muster-gateway --config /etc/muster/gateway.toml\n"
    "  muster-gateway --check-config --config /etc/muster/gateway.toml\n"
    "  muster-gateway --print-config > gateway.toml\n";

std::optional<std::string> environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value != nullptr && *value != '\0' ? std::optional<std::string>(value) : std::nullopt;
}

int end_with(Exit exit, const std::string& message, const Words& words) {
  fmt::print(stderr, "muster-gateway: {}\n", words.tell(message));
  return static_cast<int>(exit);
}

Exit exit_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::configuration:
    case ErrorCode::not_found:
      return Exit::bad_configuration;
    case ErrorCode::unavailable:
    case ErrorCode::already_exists:
      return Exit::cannot_create;
    case ErrorCode::refused:
    case ErrorCode::malformed:
      return Exit::refused;
    case ErrorCode::unsupported:
    case ErrorCode::timed_out:
    case ErrorCode::corrupt:
    case ErrorCode::io:
      break;
  }
  return Exit::io;
}

struct Options {
  std::string config;
  bool is_check = false;
  bool prints_config = false;
  bool prints_openapi = false;
};

int end_with(const muster::model::Error& error, const Words& words) {
  return end_with(exit_of(error.code), error.message, words);
}

/// What can be found out without serving: the page and the certificates too.
int check(const GatewayConfig& config, const Words& words) {
  if (!config.web.empty()) {
    if (const auto web = muster::gateway::WebFiles::load(config.web); !web) {
      return end_with(web.error(), words);
    }
  }
  if (config.tls) {
    if (const auto tls = muster::link::TlsContext::load(*config.tls); !tls) {
      return end_with(tls.error(), words);
    }
  }
  std::vector<std::string> nodes;
  for (const auto& identity : config.identities) {
    nodes.push_back(identity.node.node.str());
  }
  fmt::print(
      "{}", words.tell(fmt::format("{}: good, asks as {}\n", config.path, fmt::join(nodes, ", "))));
  return static_cast<int>(Exit::done);
}

/// That of the file, or of the defaults when there is none.
int print(const Options& options, const Words& words) {
  GatewayConfig config;
  if (!options.config.empty()) {
    auto loaded = muster::gateway::load_gateway_config(options.config);
    if (!loaded) {
      return end_with(loaded.error(), words);
    }
    config = *std::move(loaded);
  }
  fmt::print("{}", muster::gateway::print_config(config));
  return static_cast<int>(Exit::done);
}

int carry_out(const Options& options, const Words& words) {
  if (options.prints_openapi) {
    fmt::print("{}", muster::gateway::openapi_document(MUSTER_VERSION));
    return static_cast<int>(Exit::done);
  }
  if (options.prints_config) {
    return print(options, words);
  }
  if (options.config.empty()) {
    return end_with(Exit::usage,
                    "no configuration given: add --config FILE, or begin with what "
                    "--print-config prints",
                    words);
  }
  const auto config = muster::gateway::load_gateway_config(options.config);
  if (!config) {
    return end_with(config.error(), words);
  }
  if (options.is_check) {
    return check(*config, words);
  }
  const auto outcome = muster::gateway::run(*config);
  return outcome ? static_cast<int>(Exit::done) : end_with(outcome.error(), words);
}

}  // namespace

int main(int argc, char** argv) {
  const auto& words = Words::of(muster::words::language_of({}, environment));
  Options options;
  CLI::App app{words.tell(kAbout), "muster-gateway"};
  app.add_option("--config", options.config, words.tell("The gateway's configuration (TOML)"));
  app.add_flag("--check-config", options.is_check,
               words.tell("Check the configuration and the keys, and end"));
  app.add_flag("--print-config", options.prints_config,
               words.tell("Print the configuration with every key and its meaning, and end"));
  app.add_flag("--print-openapi", options.prints_openapi,
               words.tell("Print the OpenAPI document, and end"));
  app.set_version_flag("--version", fmt::format("muster-gateway {} (protocol {})", MUSTER_VERSION,
                                                muster::model::kProtocolVersion));
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    return end_with(Exit::usage, fmt::format("{}. Try --help", error.what()), words);
  }
  return carry_out(options, words);
}
