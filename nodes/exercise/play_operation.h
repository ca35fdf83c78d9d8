// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "nodes/exercise/drops.h"
#include "nodes/exercise/workspace.h"
#include "schemas/model/time.h"

namespace muster::exercise {

struct OperationPlayOptions {
  std::uint64_t seed = 2022;
  /// How much faster than the clock the scenario goes; 0 does not wait between its events.
  double speed = 600;
  std::optional<model::UtcTime> until;  ///< Plays what happens up to then; absent: all.
  std::chrono::seconds wait_max{60};    ///< For each node, and for the broker.
};

/// Plays kazakhstan_2022() on a bus: the reports of the nations through the drop folders of their
/// nodes, those of the secretariat as SEC/officer with the outbox of its configuration, each after
/// the broker has taken the one before. They speak of January 2022 and are issued now. Goes on
/// where an earlier call for the same workspace stopped, as DIR/kazakhstan-2022.played remembers;
/// a report that was under way when a call was killed is published again, which changes nothing.
/// One call at a time for a workspace.
///
/// Tells each event in a line. Errors: not_found unless the workspace is prepared; already_exists
/// when the play is over, or was begun with another seed: prepare another folder; refused when the
/// broker refuses a report, naming what it found (as it does in a workspace whose contingents speak
/// of a later time); timed_out; those of the client, among them unavailable while another program
/// has the outbox of SEC/officer; io.
model::Result<void> play_operation(const Workspace& workspace, const OperationPlayOptions& options,
                                   const OnLine& on_line);

}  // namespace muster::exercise
