// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "nodes/exercise/published_tables.h"
#include "schemas/model/ids.h"

namespace muster::exercise {

/// One unit to be, with its people.
struct UnitPlan {
  model::UnitId unit;
  model::UnitId superior;  ///< Empty for the contingent's headquarters, the root.
  model::ElementKind kind = model::ElementKind::other;
  model::ForcePool pool = model::ForcePool::cpf;
  std::uint32_t number = 0;  ///< From 1 inside its cell; 0 when the cell is one unit.
  std::uint32_t authorised = 0, deployable = 0;
};

/// `people` in `parts`: the first people mod parts of them one larger than the rest.
std::vector<std::uint32_t> split(std::uint32_t people, std::uint32_t parts);

/// The units of one nation, the headquarters first.
std::vector<UnitPlan> plan_units(const PoolTable& table, const NationRow& row);

}  // namespace muster::exercise
