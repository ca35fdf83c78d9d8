// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "nodes/client/connection_file.h"
#include "nodes/ministry/drop_folder.h"
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

/// Reads the configuration and asks for what a node with a drop folder needs; reads the ministry's
/// own headings too.
Outcome<client::NodeConfig> load_config(const std::string& path);

/// How the drop folder of this node reads its files and speaks of them. Where the configuration
/// names no language, that of the environment.
DropOptions drop_options(const client::NodeConfig& config);

}  // namespace muster::ministry
