// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "nodes/ministry/node_config.h"

namespace muster::ministry {

/// Publishes until SIGTERM or SIGINT. Call it before any other thread exists: signals are blocked
/// here, and whoever is started later inherits that.
Outcome<void> run(const client::NodeConfig& config);

}  // namespace muster::ministry
