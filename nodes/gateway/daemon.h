// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "nodes/gateway/gateway_config.h"

namespace muster::gateway {

/// Serves until SIGTERM or SIGINT, saying to systemd how it is. Call it before any thread is
/// started: it blocks these signals.
/// Errors: configuration for an address, certificate or page that cannot be used; unavailable when
/// the port is taken; io.
model::Result<void> run(const GatewayConfig& config);

}  // namespace muster::gateway
