// SPDX-License-Identifier: Apache-2.0
#include "broker/core/figures.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace muster::core {
namespace {

constexpr double kEarthRadiusM = 6'371'008.8;

double radians(double degrees) { return degrees * std::numbers::pi / 180; }

/// Degrees east of `origin`, -180 to 180, so that the antimeridian is a line like any other.
double east_of(double origin, double lon) { return std::remainder(lon - origin, 360.0); }

bool is_consistent(model::Comparator comparator, std::int64_t published, std::int64_t difference,
                   std::uint32_t about_percent) {
  switch (comparator) {
    case model::Comparator::over:
      return difference >= 0;
    case model::Comparator::exact:
      return difference == 0;
    case model::Comparator::about:
      return 100 * std::abs(difference) <= std::int64_t{about_percent} * published;
  }
  return false;
}

}  // namespace

std::optional<std::uint64_t> permille_of(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) {
    return std::nullopt;
  }
  return 1000 * part / whole;
}

std::uint64_t free_people(const Reserve& reserve) {
  const auto left =
      reserve.deployable > reserve.committed ? reserve.deployable - reserve.committed : 0;
  return std::min(left, reserve.people_cap.value_or(left));
}

std::uint64_t distance_m(const model::Place& from, const model::Place& to) {
  const auto half_lat = std::sin(radians(to.lat - from.lat) / 2);
  const auto half_lon = std::sin(radians(to.lon - from.lon) / 2);
  const auto haversine = half_lat * half_lat + std::cos(radians(from.lat)) *
                                                   std::cos(radians(to.lat)) * half_lon * half_lon;
  return static_cast<std::uint64_t>(
      std::llround(2 * kEarthRadiusM * std::asin(std::sqrt(std::clamp(haversine, 0.0, 1.0)))));
}

std::optional<std::uint64_t> movement_minutes(std::uint64_t metres, std::uint32_t kmh) {
  if (kmh == 0) {
    return std::nullopt;
  }
  const std::uint64_t metres_an_hour = std::uint64_t{kmh} * 1000;
  return (60 * metres + metres_an_hour - 1) / metres_an_hour;
}

bool is_inside(const model::Place& place, const std::vector<model::Place>& polygon) {
  if (polygon.size() < 3) {
    return false;
  }
  const auto origin = polygon.front().lon;
  const auto x = east_of(origin, place.lon);
  bool inside = false;
  for (std::size_t i = 0, before = polygon.size() - 1; i < polygon.size(); before = i++) {
    const auto& a = polygon[before];
    const auto& b = polygon[i];
    if ((a.lat > place.lat) == (b.lat > place.lat)) {
      continue;
    }
    const auto a_x = east_of(origin, a.lon);
    const auto b_x = east_of(origin, b.lon);
    if (x < a_x + (b_x - a_x) * (place.lat - a.lat) / (b.lat - a.lat)) {
      inside = !inside;
    }
  }
  return inside;
}

std::vector<Wave> waves(std::uint64_t people, std::uint64_t lift, std::uint64_t cycle_min,
                        std::uint64_t latest_min) {
  std::vector<Wave> found;
  if (lift == 0 || cycle_min == 0) {
    lift = people;
  }
  for (std::uint64_t left = people, after = 0; left > 0 && after <= latest_min;
       after += cycle_min) {
    const auto moved = std::min(left, lift);
    found.push_back({moved, after});
    left -= moved;
  }
  return found;
}

Gap gap_of(std::uint64_t people_min, std::uint64_t counted, std::uint64_t left_out) {
  const auto lacking = people_min > counted ? people_min - counted : 0;
  return {.lacking = lacking, .not_offered = lacking > left_out ? lacking - left_out : 0};
}

std::optional<model::PersonCategory> category_of(model::RankGrade grade) {
  using model::PersonCategory;
  using model::RankGrade;
  if (!model::is_known(grade)) {
    return std::nullopt;
  }
  if (grade == RankGrade::civ) {
    return PersonCategory::civilian;
  }
  if (grade == RankGrade::pol) {
    return PersonCategory::police;
  }
  if (grade >= RankGrade::of_1) {
    return PersonCategory::officer;
  }
  return grade >= RankGrade::or_5 ? PersonCategory::warrant_nco : PersonCategory::enlisted;
}

Reconciled reconciled(model::Comparator comparator, std::uint64_t published,
                      std::optional<std::uint64_t> computed, std::uint32_t about_percent) {
  if (!computed || !model::is_known(comparator)) {
    return {};
  }
  const auto value = static_cast<std::int64_t>(published);
  const auto difference = static_cast<std::int64_t>(*computed) - value;
  Reconciled result{.verdict = is_consistent(comparator, value, difference, about_percent)
                                   ? model::Reconciliation::consistent
                                   : model::Reconciliation::contradicts,
                    .difference = difference,
                    .permille = std::nullopt};
  if (value != 0) {
    result.permille = 1000 * difference / value;
  }
  return result;
}

}  // namespace muster::core
