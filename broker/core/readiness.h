// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "schemas/model/query.h"
#include "schemas/model/statement.h"

/// Readiness levels from reported numbers (DOMAIN.md §4, after AR 220-1). Compared in integers and
/// never rounded, so that every machine agrees: 359 of 400 is 89.75 % and so level 2.
namespace muster::core {

/// Percentages from which on a measure is level 1, 2 and 3; below the last it is 4.
struct LevelBounds {
  std::uint32_t one, two, three;
};

/// The level of `part` of `whole`. Not measured when `whole` is 0.
model::Level level_of(std::uint64_t part, std::uint64_t whole, LevelBounds bounds);

/// Level of an area: the worst of its rows that could be measured. `partial` when an input was
/// absent.
struct AreaLevel {
  model::Level level = model::kNotMeasured;
  bool partial = true;
};

/// P: deployable of authorised, and where given duty-qualified and senior people.
AreaLevel personnel_level(const model::StrengthStatement* strength);
/// S: on hand of required over PACING and ESSENTIAL items, and no better than any PACING item
/// alone.
AreaLevel supply_level(const model::EquipmentStatement* equipment);
/// R: fully mission capable of on hand over the same items.
AreaLevel serviceability_level(const model::EquipmentStatement* equipment);

/// All areas. Training is not read yet, so T is not measured and the whole is partial.
model::Levels computed_levels(const model::StrengthStatement* strength,
                              const model::EquipmentStatement* equipment);

/// What every query uses: the worse of computed and reported; 5 when reported, 6 only when computed
/// is 6.
model::Level effective_level(const model::Levels& computed,
                             std::optional<model::Level> reported_overall);

}  // namespace muster::core
