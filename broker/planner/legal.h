// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "broker/planner/package.h"

namespace muster::planner {

/// Why `package` cannot be one of `problem`, such as "unit 7 gives 90 people of 85"; empty when it
/// can. Every slice is of a unit, on a line that the unit can serve on, once, in order, and brings
/// something; no unit gives more people or items than it has, no nation more people than it may, no
/// line gets more than it wants; what is lacking is what was wanted and does not come, and is the
/// first objective; what is proven is at its bound. Total: what came from another process is asked
/// here before anything is made of it. That a better package does not exist is not looked at.
std::string fault_of(const Problem& problem, const Package& package);

}  // namespace muster::planner
