// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "nodes/exercise/dice.h"
#include "nodes/exercise/unit_plan.h"
#include "schemas/model/statement.h"

namespace muster::exercise {

/// The tasks of the unit's element kind, nearly all of them trained and certified for months after
/// `valid_at`. A unit of three tasks or more may need practice in one of them.
model::TrainingStatement make_training(const UnitPlan& plan, model::UtcTime valid_at, Dice& dice);

/// T of DOMAIN.md §4 from these tasks, at `valid_at`.
model::Level training_level(const model::TrainingStatement& training, model::UtcTime valid_at);

/// What a unit can do without by the table of its element kind, for a month or two.
model::SelfSustainmentStatement make_sustainment(const UnitPlan& plan, Dice& dice);

}  // namespace muster::exercise
