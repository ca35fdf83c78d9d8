// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/model/query.h"

/// Answers about the force as they look in the exercise, for the tests of what is printed.
namespace muster::text::samples {

model::Answer ready_answer();
model::Answer buildup_answer();
model::Answer matrix_answer();
model::Answer roster_answer();
model::Answer history_answer();
model::Answer diff_answer();
/// The same span, of one valid time that became known in between.
model::Answer learned_answer();
/// Of two reports, of which the second would be refused.
model::Answer dry_run_answer();
model::Answer stale_answer();
model::Answer caveats_answer();
model::Answer overrides_answer();
/// Its bytes are no envelope: it can be printed, and does not hold.
model::Answer proof_answer();

}  // namespace muster::text::samples
