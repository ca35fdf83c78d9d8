// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "nodes/exercise/dice.h"
#include "nodes/exercise/unit_plan.h"
#include "schemas/model/statement.h"

namespace muster::exercise {

/// Strength of one unit: everybody authorised is assigned and on strength; absences and reasons
/// come from the dice and add up (V11 to V14).
model::StrengthStatement make_strength(const UnitPlan& plan, Dice& dice);

/// P of DOMAIN.md §4 from these numbers.
model::Level personnel_level(const model::StrengthStatement& strength);

}  // namespace muster::exercise
