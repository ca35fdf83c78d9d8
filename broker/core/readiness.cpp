// SPDX-License-Identifier: Apache-2.0
#include "broker/core/readiness.h"

#include <algorithm>

namespace muster::core {

using model::kNotMeasured;
using model::Level;
using model::LevelBounds;

namespace {

Level worse(Level a, Level b) {
  if (a == kNotMeasured) {
    return b;
  }
  if (b == kNotMeasured) {
    return a;
  }
  return std::max(a, b);
}

bool is_aircraft(const model::Holding& holding) {
  return holding.kind == model::EquipmentKind::aircraft_fixed ||
         holding.kind == model::EquipmentKind::helicopter;
}
bool counts(const model::Holding& holding) {
  return holding.criticality == model::Criticality::pacing ||
         holding.criticality == model::Criticality::essential;
}

/// A numerator and a denominator, one of which may be unknown.
void measure(AreaLevel& area, std::optional<model::Count> part, std::optional<model::Count> whole,
             const LevelBounds& bounds) {
  if (!part || !whole) {
    area.partial = true;
    return;
  }
  area.level = worse(area.level, level_of(*part, *whole, bounds));
}

struct Ratio {
  std::uint64_t part = 0, whole = 0;
};
struct Ratios {
  Ratio ground, aircraft;
  bool partial = false;
};

/// Adds up `ratio_of(holding)` over the items that count, aircraft apart.
template <typename RatioOf>
Ratios sum_up(const model::EquipmentStatement& equipment, RatioOf ratio_of) {
  Ratios sums;
  for (const auto& holding : equipment.holdings) {
    if (!counts(holding)) {
      continue;
    }
    const std::optional<Ratio> ratio = ratio_of(holding);
    if (!ratio) {
      sums.partial = true;
      continue;
    }
    auto& sum = is_aircraft(holding) ? sums.aircraft : sums.ground;
    sum.part += ratio->part;
    sum.whole += ratio->whole;
  }
  return sums;
}

std::optional<Ratio> on_hand_ratio(const model::Holding& holding) {
  if (!holding.on_hand || !holding.required) {
    return std::nullopt;
  }
  // A surplus of one item does not make up for the lack of another.
  return Ratio{std::min(*holding.on_hand, *holding.required), *holding.required};
}

std::optional<Ratio> serviceable_ratio(const model::Holding& holding) {
  if (!holding.fmc || !holding.on_hand) {
    return std::nullopt;
  }
  return Ratio{*holding.fmc, *holding.on_hand};
}

}  // namespace

Level level_of(std::uint64_t part, std::uint64_t whole, const LevelBounds& bounds) {
  if (whole == 0) {
    return kNotMeasured;
  }
  if (100 * part >= std::uint64_t{bounds.one} * whole) {
    return 1;
  }
  if (100 * part >= std::uint64_t{bounds.two} * whole) {
    return 2;
  }
  if (100 * part >= std::uint64_t{bounds.three} * whole) {
    return 3;
  }
  return 4;
}

AreaLevel personnel_level(const model::StrengthStatement* strength, const model::Policy& policy) {
  if (strength == nullptr) {
    return {};
  }
  AreaLevel area{.level = kNotMeasured, .partial = false};
  measure(area, strength->deployable, strength->authorised, policy.deployable);
  measure(area, strength->duty_qualified, strength->authorised, policy.qualified);
  measure(area, strength->senior_deployable, strength->senior_authorised, policy.qualified);
  return area;
}

AreaLevel supply_level(const model::EquipmentStatement* equipment, const model::Policy& policy) {
  if (equipment == nullptr) {
    return {};
  }
  const auto sums = sum_up(*equipment, on_hand_ratio);
  AreaLevel area{
      .level = worse(level_of(sums.ground.part, sums.ground.whole, policy.on_hand),
                     level_of(sums.aircraft.part, sums.aircraft.whole, policy.on_hand_aircraft)),
      .partial = sums.partial};
  for (const auto& holding : equipment->holdings) {
    if (holding.criticality != model::Criticality::pacing) {
      continue;
    }
    if (const auto ratio = on_hand_ratio(holding)) {
      area.level = worse(area.level,
                         level_of(ratio->part, ratio->whole,
                                  is_aircraft(holding) ? policy.on_hand_aircraft : policy.on_hand));
    }
  }
  return area;
}

AreaLevel serviceability_level(const model::EquipmentStatement* equipment,
                               const model::Policy& policy) {
  if (equipment == nullptr) {
    return {};
  }
  const auto sums = sum_up(*equipment, serviceable_ratio);
  return {.level =
              worse(level_of(sums.ground.part, sums.ground.whole, policy.serviceable),
                    level_of(sums.aircraft.part, sums.aircraft.whole, policy.serviceable_aircraft)),
          .partial = sums.partial};
}

AreaLevel training_level(const model::TrainingStatement* training, const model::Policy& policy,
                         model::UtcTime at) {
  if (training == nullptr) {
    return {};
  }
  const auto trained =
      std::count_if(training->tasks.begin(), training->tasks.end(),
                    [&](const model::TrainedTask& task) { return is_trained(task, at); });
  return {.level =
              level_of(static_cast<std::uint64_t>(trained), training->tasks.size(), policy.trained),
          .partial = false};
}

bool is_trained(const model::TrainedTask& task, model::UtcTime at) {
  return task.state == model::TrainingState::trained &&
         (!task.certified_until || at < *task.certified_until);
}

model::Levels computed_levels(const LevelInputs& inputs, const model::Policy& policy,
                              model::UtcTime at) {
  const auto p = personnel_level(inputs.strength, policy);
  const auto s = supply_level(inputs.equipment, policy);
  const auto r = serviceability_level(inputs.equipment, policy);
  const auto t = training_level(inputs.training, policy, at);
  return {.p = p.level,
          .s = s.level,
          .r = r.level,
          .t = t.level,
          .overall = worse(worse(p.level, s.level), worse(r.level, t.level)),
          .partial = p.partial || s.partial || r.partial || t.partial};
}

LevelsUntil levels_of(const LevelInputs& inputs, const Registry& registry, model::UtcTime at) {
  LevelsUntil levels{.computed = computed_levels(inputs, registry.policy(at), at)};
  const auto ends = [&](model::UtcTime time) {
    levels.until = time > at ? std::min(levels.until, time) : levels.until;
  };
  for (const auto& policy : registry.policies) {
    ends(policy.valid_from);
  }
  if (inputs.training != nullptr) {
    for (const auto& task : inputs.training->tasks) {
      if (task.certified_until) {
        ends(*task.certified_until);
      }
    }
  }
  return levels;
}

std::optional<std::uint8_t> mission_percent(std::span<const Share> shares) {
  std::optional<std::uint8_t> least;
  for (const auto& share : shares) {
    if (share.whole == 0) {
      continue;
    }
    const auto percent = std::min<std::uint64_t>(100 * share.part / share.whole, 100);
    least = std::min(static_cast<std::uint8_t>(percent), least.value_or(100));
  }
  return least;
}

Level effective_level(const model::Levels& computed, std::optional<Level> reported_overall) {
  if (reported_overall == model::kReorganising) {
    return model::kReorganising;
  }
  if (computed.overall == kNotMeasured || !reported_overall || *reported_overall == kNotMeasured) {
    return computed.overall;
  }
  return std::max(computed.overall, *reported_overall);
}

}  // namespace muster::core
