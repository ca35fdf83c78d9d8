// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "schemas/model/statement.h"

/// The arithmetic of derived figures (DOMAIN.md §6), free of State. In integers wherever machines
/// must agree; percentages are cut, never rounded.
namespace muster::core {

/// `part` of `whole` in tenths of a percent, cut: 1520 of 1727 is 880. Nothing of nothing is not
/// measured.
std::optional<std::uint64_t> permille_of(std::uint64_t part, std::uint64_t whole);

/// People of one unit that could be asked for.
struct Reserve {
  std::uint64_t deployable = 0, committed = 0;
  std::optional<std::uint64_t> people_cap{};  ///< Of its Availability.
};
/// f(u): what is deployable and not committed, up to the cap; never below 0.
std::uint64_t free_people(const Reserve& reserve);

/// Over the great circle of a sphere of the earth's mean radius, in whole metres.
std::uint64_t distance_m(const model::Place& from, const model::Place& to);
/// Minutes for a distance, a begun minute counted. Nothing when the speed is 0.
std::optional<std::uint64_t> movement_minutes(std::uint64_t metres, std::uint32_t kmh);
/// A begun hour counted: 1441 minutes are 25 hours.
constexpr std::uint64_t hours_of(std::uint64_t minutes) { return (minutes + 59) / 60; }

/// Is `place` in the polygon, whose last corner is joined to the first? Sides are straight in
/// latitude and longitude; the polygon spans less than 180 degrees. Fewer than 3 corners hold
/// nothing.
bool is_inside(const model::Place& place, const std::vector<model::Place>& polygon);

/// Some people of a unit, so many minutes after its first ones.
struct Wave {
  std::uint64_t people = 0, after_min = 0;
  friend bool operator==(const Wave&, const Wave&) = default;
};
/// People who move in lots of `lift`, one lot a cycle, as far as they arrive within `latest_min` of
/// the first: 400 people, a lift of 150 and a cycle of 6 h are 150, 150 and 100 after 0, 6 and
/// 12 h. All at once without a lift or a cycle.
std::vector<Wave> waves(std::uint64_t people, std::uint64_t lift, std::uint64_t cycle_min,
                        std::uint64_t latest_min = UINT64_MAX);

/// What a line of a statement of requirements lacks. `left_out` are people of offers that are not
/// counted, for a cause each; what no cause explains was not offered.
struct Gap {
  std::uint64_t lacking = 0, not_offered = 0;
  friend bool operator==(const Gap&, const Gap&) = default;
};
Gap gap_of(std::uint64_t people_min, std::uint64_t counted, std::uint64_t left_out);

/// People in place past the end of their slice for whom no relief was accepted.
constexpr std::uint64_t rotation_debt(std::uint64_t overdue, std::uint64_t relieved) {
  return overdue > relieved ? overdue - relieved : 0;
}

/// The category under which a grade is counted (V41): OF is OFFICER, OR-5 to OR-9 WARRANT_NCO, OR-1
/// to OR-4 ENLISTED. Nothing for a grade of a newer schema.
std::optional<model::PersonCategory> category_of(model::RankGrade grade);

/// How a published figure stands to the computed one.
struct Reconciled {
  model::Reconciliation verdict = model::Reconciliation::not_comparable;
  std::int64_t difference = 0;           ///< Computed less published.
  std::optional<std::int64_t> permille;  ///< The difference, of the published figure, cut.
};
/// OVER is met by the value and more, EXACT by the value, ABOUT within `about_percent` of it.
/// Not comparable without a computed figure, or with a comparator that is not known.
Reconciled reconciled(model::Comparator comparator, std::uint64_t published,
                      std::optional<std::uint64_t> computed, std::uint32_t about_percent = 5);

}  // namespace muster::core
