// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "broker/core/registry.h"
#include "schemas/model/readiness.h"
#include "schemas/model/statement.h"

/// Readiness levels from reported numbers (DOMAIN.md §4, after AR 220-1). Compared in integers and
/// never rounded, so that every machine agrees: 359 of 400 is 89.75 % and so level 2.
namespace muster::core {

/// The level of `part` of `whole`. Not measured when `whole` is 0.
model::Level level_of(std::uint64_t part, std::uint64_t whole, const model::LevelBounds& bounds);

/// Level of an area: the worst of its rows that could be measured. `partial` when an input was
/// absent.
struct AreaLevel {
  model::Level level = model::kNotMeasured;
  bool partial = true;
};

/// P: deployable of authorised, and where given duty-qualified and senior people.
AreaLevel personnel_level(const model::StrengthStatement* strength, const model::Policy& policy);
/// S: on hand of required over PACING and ESSENTIAL items, and no better than any PACING item
/// alone.
AreaLevel supply_level(const model::EquipmentStatement* equipment, const model::Policy& policy);
/// R: fully mission capable of on hand over the same items.
AreaLevel serviceability_level(const model::EquipmentStatement* equipment,
                               const model::Policy& policy);
/// T: tasks TRAINED of tasks assigned; a certificate that has ended counts as NEEDS_PRACTICE.
AreaLevel training_level(const model::TrainingStatement* training, const model::Policy& policy,
                         model::UtcTime at);

/// TRAINED, and the certificate has not ended.
bool is_trained(const model::TrainedTask& task, model::UtcTime at);

/// The statements that levels are computed from; null where there is none.
struct LevelInputs {
  const model::StrengthStatement* strength = nullptr;
  const model::EquipmentStatement* equipment = nullptr;
  const model::TrainingStatement* training = nullptr;
};
/// All areas at one moment, by the thresholds that count then.
model::Levels computed_levels(const LevelInputs& inputs, const model::Policy& policy,
                              model::UtcTime at);

/// The levels at `at`, and until when they stay: the next end of a certificate or change of policy.
struct LevelsUntil {
  model::Levels computed;
  model::UtcTime until = model::UtcTime::max();
};
LevelsUntil levels_of(const LevelInputs& inputs, const Registry& registry, model::UtcTime at);

/// A part of a whole, as it is counted.
struct Share {
  std::uint64_t part = 0, whole = 0;
};
/// Percent effective in a mission, 0 to 100: the least of the shares, cut. The shares are
/// deployable people of those committed, fully mission capable items of those committed, and tasks
/// TRAINED of those of the SOR line; a share of nothing is left out. Nothing when all are: not
/// measured.
std::optional<std::uint8_t> mission_percent(std::span<const Share> shares);

/// What every query uses: the worse of computed and reported; 5 when reported, 6 only when computed
/// is 6.
model::Level effective_level(const model::Levels& computed,
                             std::optional<model::Level> reported_overall);

}  // namespace muster::core
