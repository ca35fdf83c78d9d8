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
    "  muster-gateway --check-config --config /etc/muster/gateway.toml\n";

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

int carry_out(const std::string& path, bool is_check, const Words& words) {
  if (path.empty()) {
    return end_with(Exit::usage, "no configuration given: add --config FILE", words);
  }
  const auto config = muster::gateway::load_gateway_config(path);
  if (!config) {
    return end_with(exit_of(config.error().code), config.error().message, words);
  }
  if (is_check) {
    const auto web = config->web.empty() ? muster::model::Result<muster::gateway::WebFiles>{}
                                         : muster::gateway::WebFiles::load(config->web);
    if (!web) {
      return end_with(exit_of(web.error().code), web.error().message, words);
    }
    if (config->tls) {
      if (const auto tls = muster::link::TlsContext::load(*config->tls); !tls) {
        return end_with(exit_of(tls.error().code), tls.error().message, words);
      }
    }
    std::vector<std::string> nodes;
    for (const auto& identity : config->identities) {
      nodes.push_back(identity.node.node.str());
    }
    fmt::print("{}",
               words.tell(fmt::format("{}: good, asks as {}\n", path, fmt::join(nodes, ", "))));
    return static_cast<int>(Exit::done);
  }
  const auto outcome = muster::gateway::run(*config);
  return outcome ? static_cast<int>(Exit::done)
                 : end_with(exit_of(outcome.error().code), outcome.error().message, words);
}

}  // namespace

int main(int argc, char** argv) {
  const auto& words = Words::of(muster::words::language_of({}, environment));
  std::string config;
  bool is_check = false;
  bool prints_openapi = false;
  CLI::App app{words.tell(kAbout), "muster-gateway"};
  app.add_option("--config", config, words.tell("The gateway's configuration (TOML)"));
  app.add_flag("--check-config", is_check,
               words.tell("Check the configuration and the keys, and end"));
  app.add_flag("--print-openapi", prints_openapi,
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
  if (prints_openapi) {
    fmt::print("{}", muster::gateway::openapi_document(MUSTER_VERSION));
    return static_cast<int>(Exit::done);
  }
  return carry_out(config, is_check, words);
}
