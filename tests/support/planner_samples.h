// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/planner/package.h"

namespace muster::tests {

struct ProblemShape {
  std::uint32_t units = 2'000, lines = 40;
  std::uint32_t lines_a_unit = 5;  ///< On average.
  std::uint32_t seed = 1;
};

/// Six nations of unlike size, seven kinds of equipment. Units have from 15 to 150 people, a tenth
/// of them equipment. Lines want from 60 to 700 people; every eighth is open to few units and gets
/// less than it wants, a few can be met by nobody; a third want equipment. Two nations may give
/// less than the best package would take from them. The same on every machine.
planner::Problem problem_of(const ProblemShape& shape);

/// Why a package breaks what the problem allows; empty when it does not: a unit is counted twice or
/// stands where it cannot serve, a unit, line or nation gives or gets too much, `lacking` is wrong.
std::string broken(const planner::Problem& problem, const planner::Package& package);

}  // namespace muster::tests
