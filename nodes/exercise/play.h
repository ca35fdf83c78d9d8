// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>

#include "nodes/exercise/drops.h"
#include "nodes/exercise/workspace.h"
#include "schemas/model/codes.h"
#include "schemas/model/time.h"

namespace muster::exercise {

struct PlayOptions {
  model::ForcePool pool = model::ForcePool::cpf;
  std::uint64_t seed = 2022;
  std::chrono::seconds wait_max{60};
};

/// Drops each contingent and its rosters as JSON files into the drop folder of its ministry's node,
/// as a ministry would, and waits until every node has put it into processed/. The names of the
/// files carry the moment of the run, in whole seconds from `now` on, and are never those of an
/// earlier run. Errors: not_found unless the workspace is prepared; io; refused when a node put its
/// file into rejected/, naming the file with the findings; timed_out.
model::Result<void> play_contingents(const Workspace& workspace, const PlayOptions& options,
                                     model::UtcTime now, const OnLine& on_line);

}  // namespace muster::exercise
