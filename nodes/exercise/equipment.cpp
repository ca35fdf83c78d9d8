// SPDX-License-Identifier: Apache-2.0
#include "nodes/exercise/equipment.h"

#include <algorithm>
#include <vector>

#include "nodes/exercise/levels.h"

namespace muster::exercise {
namespace {

using model::Count;
using model::Criticality;
using model::Holding;

Holding make_holding(const IssueRow& row, std::uint32_t people, Dice& dice) {
  const Count required = (people * row.per_thousand + 999) / 1000;
  const Count on_hand = required - dice.percent_of(required, 0, 12);
  const Count down = dice.percent_of(on_hand, 0, 18);
  Holding holding;
  holding.item_code = *model::Code::parse(row.item_code);
  holding.kind = row.kind;
  holding.authorised = required;
  holding.required = required;
  holding.on_hand = on_hand;
  holding.fmc = on_hand - down;
  holding.pmc = dice.between(0, down);
  holding.nmc = down - *holding.pmc;
  holding.criticality = row.criticality;
  return holding;
}

bool counts_for_levels(const Holding& holding) { return holding.criticality != Criticality::other; }

}  // namespace

model::EquipmentStatement make_equipment(const UnitPlan& plan, Dice& dice) {
  model::EquipmentStatement statement;
  statement.unit = plan.unit;
  for (const auto& row : element_of(plan.kind).issue) {
    statement.holdings.push_back(make_holding(row, plan.authorised, dice));
  }
  return statement;
}

model::Level supply_level(const model::EquipmentStatement& equipment) {
  Count filled = 0;
  Count required = 0;
  std::vector<model::Level> levels;
  for (const auto& holding : equipment.holdings) {
    if (!counts_for_levels(holding)) {
      continue;
    }
    const Count useful = std::min(*holding.on_hand, *holding.required);
    filled += useful;
    required += *holding.required;
    if (holding.criticality == Criticality::pacing) {
      levels.push_back(level_of(useful, *holding.required, kOnHandBounds));
    }
  }
  levels.push_back(level_of(filled, required, kOnHandBounds));
  return worst_of(levels);
}

model::Level repair_level(const model::EquipmentStatement& equipment) {
  Count capable = 0;
  Count on_hand = 0;
  for (const auto& holding : equipment.holdings) {
    if (!counts_for_levels(holding)) {
      continue;
    }
    capable += *holding.fmc;
    on_hand += *holding.on_hand;
  }
  return level_of(capable, on_hand, kCapableBounds);
}

}  // namespace muster::exercise
