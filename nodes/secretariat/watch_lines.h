// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "nodes/client/subscriber.h"

namespace muster::secretariat {

/// What `muster watch` prints into a pipe: one JSON object a line, without the line feed. A
/// contract with scripts (ops/docs/JSON.md):
/// {"event":"begin"|"unit"|"operation"|"gone"|"end"|"mark"|"lagged"| "link",…}. `now` is what the
/// freshness of a row is told at.
std::vector<std::string> watch_lines(const client::FeedEvent& event, model::UtcTime now);

}  // namespace muster::secretariat
