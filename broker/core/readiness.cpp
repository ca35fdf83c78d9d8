// SPDX-License-Identifier: Apache-2.0
#include "broker/core/readiness.h"

#include <algorithm>

namespace muster::core {

using model::kNotMeasured;
using model::Level;

namespace {

// DOMAIN.md §4.
constexpr LevelBounds kPersonnel{90, 80, 70};
constexpr LevelBounds kQualified{85, 75, 65};
constexpr LevelBounds kOnHand{90, 80, 65};
constexpr LevelBounds kOnHandAircraft{90, 80, 60};
constexpr LevelBounds kServiceable{90, 70, 60};
constexpr LevelBounds kServiceableAircraft{75, 60, 50};

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
             LevelBounds bounds) {
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

Level level_of(std::uint64_t part, std::uint64_t whole, LevelBounds bounds) {
  if (whole == 0) {
    return kNotMeasured;
  }
  if (100 * part >= bounds.one * whole) {
    return 1;
  }
  if (100 * part >= bounds.two * whole) {
    return 2;
  }
  if (100 * part >= bounds.three * whole) {
    return 3;
  }
  return 4;
}

AreaLevel personnel_level(const model::StrengthStatement* strength) {
  if (strength == nullptr) {
    return {};
  }
  AreaLevel area{.level = kNotMeasured, .partial = false};
  measure(area, strength->deployable, strength->authorised, kPersonnel);
  measure(area, strength->duty_qualified, strength->authorised, kQualified);
  measure(area, strength->senior_deployable, strength->senior_authorised, kQualified);
  return area;
}

AreaLevel supply_level(const model::EquipmentStatement* equipment) {
  if (equipment == nullptr) {
    return {};
  }
  const auto sums = sum_up(*equipment, on_hand_ratio);
  AreaLevel area{.level = worse(level_of(sums.ground.part, sums.ground.whole, kOnHand),
                                level_of(sums.aircraft.part, sums.aircraft.whole, kOnHandAircraft)),
                 .partial = sums.partial};
  for (const auto& holding : equipment->holdings) {
    if (holding.criticality != model::Criticality::pacing) {
      continue;
    }
    if (const auto ratio = on_hand_ratio(holding)) {
      area.level = worse(area.level, level_of(ratio->part, ratio->whole,
                                              is_aircraft(holding) ? kOnHandAircraft : kOnHand));
    }
  }
  return area;
}

AreaLevel serviceability_level(const model::EquipmentStatement* equipment) {
  if (equipment == nullptr) {
    return {};
  }
  const auto sums = sum_up(*equipment, serviceable_ratio);
  return {.level = worse(level_of(sums.ground.part, sums.ground.whole, kServiceable),
                         level_of(sums.aircraft.part, sums.aircraft.whole, kServiceableAircraft)),
          .partial = sums.partial};
}

model::Levels computed_levels(const model::StrengthStatement* strength,
                              const model::EquipmentStatement* equipment) {
  const auto p = personnel_level(strength);
  const auto s = supply_level(equipment);
  const auto r = serviceability_level(equipment);
  return {.p = p.level,
          .s = s.level,
          .r = r.level,
          .t = kNotMeasured,
          .overall = worse(worse(p.level, s.level), r.level),
          .partial = true};
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
