// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "nodes/ministry/status_file.h"

namespace muster::ministry {

/// The page that Prometheus reads, in its text format: how the node does, without a strength and
/// without a name of a file. Every series exists from the start. A pure function; any thread.
std::string metrics_page(const NodeStatus& status, const std::string& version);

}  // namespace muster::ministry
