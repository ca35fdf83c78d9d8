// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "nodes/desk/draft.h"
#include "nodes/desk/problem_list.h"
#include "nodes/desk/statements_of_rows.h"

namespace muster::desk {

/// Reports of what is said of one moment, each small enough for a message, with the origins of
/// their statements. Units stay whole and in their order, so the same rows always give the same
/// reports. A unit that is too much for a message alone is left out and told at its first row.
void split_into_reports(MomentPart moment, const model::Report& header, Draft& draft,
                        ProblemList& problems);

}  // namespace muster::desk
