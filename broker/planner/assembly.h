// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/planner/package.h"
#include "broker/planner/program.h"

namespace muster::planner {

/// best_package() with another solver in the place of CBC, for who wants to see what is solved.
Package best_package(const Problem& problem, const Search& search, const Solver& solver);

}  // namespace muster::planner
