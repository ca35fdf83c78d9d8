// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "nodes/client/connection_file.h"
#include "schemas/model/result.h"

namespace muster::ministry {

/// Exit codes of the command line (LIBRARIES.md §2) that this program uses.
enum class Exit : int {
  done = 0,
  usage = 64,
  internal = 70,
  cannot_create = 73,
  io = 74,
  refused = 77,
  configuration = 78,
};

/// Why a program ends, in words for a person and a number for a script.
struct Failure {
  Exit exit = Exit::internal;
  std::string message;
};
template <typename T>
using Outcome = tl::expected<T, Failure>;

/// Reads the configuration and asks for what a node with a drop folder needs.
Outcome<client::NodeConfig> load_config(const std::string& path);

/// Publishes until SIGTERM or SIGINT. Call it before any other thread exists: signals are blocked
/// here, and whoever is started later inherits that.
Outcome<void> run(const client::NodeConfig& config);

}  // namespace muster::ministry
