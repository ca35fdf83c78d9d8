// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "nodes/exercise/dice.h"
#include "nodes/exercise/unit_plan.h"
#include "schemas/model/statement.h"

namespace muster::exercise {

/// What a unit holds by the table of its element kind; fmc + pmc + nmc = on_hand (V16).
model::EquipmentStatement make_equipment(const UnitPlan& plan, Dice& dice);

/// S and R of DOMAIN.md §4 from these numbers. The exercise holds no aircraft, so those rows are
/// not measured.
model::Level supply_level(const model::EquipmentStatement& equipment);
model::Level repair_level(const model::EquipmentStatement& equipment);

}  // namespace muster::exercise
