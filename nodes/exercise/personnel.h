// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "nodes/exercise/dice.h"
#include "nodes/exercise/unit_plan.h"
#include "schemas/model/statement.h"

namespace muster::exercise {

/// Strength of one unit: everybody authorised is assigned and on strength; absences and reasons
/// come from the dice and add up (V11 to V14). Each cell has room for its share of those in
/// hospital among both its absent and its not deployable.
model::StrengthStatement make_strength(const UnitPlan& plan, Dice& dice);

/// The specialties that the unit needs by the table of its element kind, and how many of its people
/// are qualified for them.
std::vector<model::Speciality> make_specialties(const UnitPlan& plan, Dice& dice);

/// P of DOMAIN.md §4 from these numbers.
model::Level personnel_level(const model::StrengthStatement& strength);

}  // namespace muster::exercise
