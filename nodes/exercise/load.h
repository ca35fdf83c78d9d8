// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>

#include "nodes/exercise/play.h"

namespace muster::exercise {

/// A load that ends: by time or by count, whichever comes first.
struct LoadOptions {
  std::size_t nodes = 6;  ///< Publishers, 1 to 6, one a nation.
  double rate = 1000;     ///< Reports a second in all; 0 is as fast as the window lets them.
  std::chrono::seconds duration{10};
  std::uint64_t reports_max = 10'000'000;
  std::size_t units = 50;        ///< Units a node.
  std::size_t in_flight = 1024;  ///< Reports a node that wait for their acknowledgement, at most.
  std::uint64_t seed = 1;
};

struct LoadResult {
  std::uint64_t published = 0, acknowledged = 0, refused = 0;
  double seconds = 0;
};

/// Publishes Strength reports of fictional units "EX-LOAD-…" from the load nodes of a workspace.
/// Their people are counted like all others, so keep load out of an exercise whose figures matter.
/// Errors: not_found unless the workspace is prepared; those of the client; timed_out when the
/// broker did not acknowledge everything in the end.
model::Result<LoadResult> run_load(const Workspace& workspace, const LoadOptions& options,
                                   const OnLine& on_line);

}  // namespace muster::exercise
