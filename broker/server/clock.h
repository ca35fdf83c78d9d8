// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "schemas/model/time.h"

namespace muster::server {

/// What time it is, UTC. Passed in, so that tests and simulations say it themselves.
using Clock = std::function<model::UtcTime()>;

/// The machine's clock.
model::UtcTime system_now();

}  // namespace muster::server
