// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "tests/support/broker_rig.h"

namespace muster::tests {

/// The secretariat's desk: runs `muster …` against a broker without sockets, as SEC/hq, and gives
/// what it prints. A code that is not 0 stands in a line of its own below.
std::string run_at_desk(BrokerRig& broker, const TestNode& who, const std::string& line);

}  // namespace muster::tests
