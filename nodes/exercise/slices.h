// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "nodes/exercise/contingents.h"
#include "nodes/exercise/operation_tables.h"

namespace muster::exercise {

/// A slice of a unit that its nation gives to a line of EX-2201.
struct SlicePlan {
  model::Code id;  ///< "EX-2201-L03-04": unique in its nation.
  model::Code line;
  model::UnitId unit;
  model::Count people = 0;
  std::vector<model::EquipmentCount> equipment;  ///< By kind, without zeros.
  Arrival arrival = Arrival::none;
  Departure departure = Departure::turn_back;
};

/// What the five nations give, split over the units of `contingents` (make_contingents() of CPF):
/// each unit of a line's element kind in turn, never beyond its deployable people over all slices,
/// nor its serviceable vehicles. By nation in the order of kContributors, then by line. A stated 0
/// is a slice of 0 people.
std::vector<SlicePlan> plan_slices(std::span<const Contingent> contingents);

}  // namespace muster::exercise
