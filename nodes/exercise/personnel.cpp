// SPDX-License-Identifier: Apache-2.0
#include "nodes/exercise/personnel.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

#include "nodes/exercise/levels.h"

namespace muster::exercise {
namespace {

using model::AbsenceReason;
using model::Cell;
using model::Count;
using model::NonDeployableReason;
using model::PersonCategory;
using model::Sex;
using model::StrengthStatement;

// ---- absences
// -------------------------------------------------------------------------------------------------

void add_absence(StrengthStatement& s, AbsenceReason reason, Count count) {
  if (count > 0) {
    s.absences.push_back({reason, count});
  }
}

void add_non_deployable(StrengthStatement& s, NonDeployableReason reason, Count count) {
  if (count > 0) {
    s.non_deployable.push_back({reason, count});
  }
}

/// Everybody in hospital is among the non-deployable, which keeps the second half of V13.
void draw_absences(StrengthStatement& s, Count on_strength, Dice& dice) {
  const Count not_deployable = on_strength - *s.deployable;
  const Count in_hospital = dice.percent_of(not_deployable, 0, 50);
  const Count on_leave = dice.percent_of(on_strength, 2, 6);
  const Count on_course = dice.percent_of(on_strength, 0, 3);
  add_absence(s, AbsenceReason::leave, on_leave);
  add_absence(s, AbsenceReason::course_tdy, on_course);
  add_absence(s, AbsenceReason::hospital, in_hospital);
  s.present = on_strength - on_leave - on_course - in_hospital;

  const Count untrained = dice.percent_of(not_deployable - in_hospital, 0, 60);
  const Count administrative = dice.percent_of(not_deployable - in_hospital - untrained, 0, 50);
  add_non_deployable(s, NonDeployableReason::medical_temp,
                     not_deployable - untrained - administrative);
  add_non_deployable(s, NonDeployableReason::untrained, untrained);
  add_non_deployable(s, NonDeployableReason::administrative, administrative);
}

// ---- cells
// -------------------------------------------------------------------------------------------------

/// Spreads `people` over groups of the given sizes, about evenly and never more than a group holds.
/// What does not divide goes to the largest groups, one each. `people` are at most all the groups
/// hold.
std::vector<Count> spread(Count people, const std::vector<Count>& sizes) {
  const auto whole = std::accumulate(sizes.begin(), sizes.end(), std::uint64_t{0});
  std::vector<Count> shares;
  Count left = people;
  for (const Count size : sizes) {
    shares.push_back(whole == 0 ? 0 : static_cast<Count>(std::uint64_t{people} * size / whole));
    left -= shares.back();
  }
  std::vector<std::size_t> largest_first(sizes.size());
  std::iota(largest_first.begin(), largest_first.end(), std::size_t{0});
  // Of equal groups the first comes first, so that every machine spreads alike.
  std::sort(largest_first.begin(), largest_first.end(), [&](std::size_t a, std::size_t b) {
    return sizes[a] != sizes[b] ? sizes[a] > sizes[b] : a < b;
  });
  for (const auto i : largest_first) {
    const Count more = std::min<Count>({1, left, sizes[i] - shares[i]});
    shares[i] += more;
    left -= more;
  }
  return shares;
}

/// Categories of a component, and their percentages.
struct Grade {
  PersonCategory category;
  std::uint32_t percent;
};
std::vector<Grade> grades_of(model::Component component) {
  switch (component) {
    case model::Component::military:
      return {{PersonCategory::enlisted, 70},
              {PersonCategory::warrant_nco, 20},
              {PersonCategory::officer, 10}};
    case model::Component::police:
      return {{PersonCategory::police, 100}};
    case model::Component::civilian:
      return {{PersonCategory::civilian, 100}};
  }
  return {};
}

/// The cells with their on_strength; men and women of each category.
std::vector<Cell> draw_cells(model::Component component, Count on_strength, Dice& dice) {
  std::vector<Count> percents;
  for (const auto& grade : grades_of(component)) {
    percents.push_back(on_strength * grade.percent);
  }
  const auto people = spread(on_strength, percents);
  std::vector<Cell> cells;
  for (std::size_t i = 0; i < people.size(); ++i) {
    const auto category = grades_of(component)[i].category;
    const Count women = dice.percent_of(people[i], 5, 25);
    if (women > 0) {
      cells.push_back({category, Sex::female, women, 0, 0});
    }
    if (people[i] > women) {
      cells.push_back({category, Sex::male, people[i] - women, 0, 0});
    }
  }
  return cells;
}

Count in_hospital(const StrengthStatement& s) {
  Count count = 0;
  for (const auto& absence : s.absences) {
    count += absence.reason == AbsenceReason::hospital ? absence.count : 0;
  }
  return count;
}

/// Who is in hospital is neither present nor deployable; the other absent and the other not
/// deployable are spread over the rest, each by themselves.
void fill_cells(StrengthStatement& s, Count on_strength) {
  std::vector<Count> sizes;
  for (const auto& cell : s.cells) {
    sizes.push_back(cell.on_strength);
  }
  const auto patients = spread(in_hospital(s), sizes);
  auto others = sizes;
  for (std::size_t i = 0; i < others.size(); ++i) {
    others[i] -= patients[i];
  }
  const auto away = spread(on_strength - *s.present - in_hospital(s), others);
  const auto unfit = spread(on_strength - *s.deployable - in_hospital(s), others);
  for (std::size_t i = 0; i < others.size(); ++i) {
    s.cells[i].present = others[i] - away[i];
    s.cells[i].deployable = others[i] - unfit[i];
  }
}

void draw_qualifications(StrengthStatement& s, Dice& dice) {
  s.duty_qualified = *s.assigned - dice.percent_of(*s.assigned, 2, 18);
  // Officers are a tenth, and three in five of the sergeants, who are a fifth, are OR-6 or more.
  constexpr Count kSeniorPercent = 22;
  s.senior_authorised = std::max<Count>(1, *s.authorised * kSeniorPercent / 100);
  s.senior_deployable = *s.senior_authorised - dice.percent_of(*s.senior_authorised, 0, 20);
}

}  // namespace

StrengthStatement make_strength(const UnitPlan& plan, Dice& dice) {
  StrengthStatement s;
  s.unit = plan.unit;
  s.authorised = plan.authorised;
  s.assigned = plan.authorised;
  s.attached_in = 0;
  s.detached_out = 0;
  s.deployable = plan.deployable;
  draw_absences(s, plan.authorised, dice);
  s.cells = draw_cells(element_of(plan.kind).component, plan.authorised, dice);
  fill_cells(s, plan.authorised);
  draw_qualifications(s, dice);
  return s;
}

std::vector<model::Speciality> make_specialties(const UnitPlan& plan, Dice& dice) {
  std::vector<model::Speciality> specialties;
  for (const auto& row : element_of(plan.kind).specialties) {
    const Count required = (plan.authorised * row.per_thousand + 999) / 1000;
    specialties.push_back({*model::Code::parse(row.code), required,
                           required - dice.percent_of(required, 0, 15), row.critical});
  }
  return specialties;
}

model::Level personnel_level(const StrengthStatement& s) {
  const std::array rows{level_of(*s.deployable, *s.authorised, kDeployableBounds),
                        level_of(*s.duty_qualified, *s.authorised, kQualifiedBounds),
                        level_of(*s.senior_deployable, *s.senior_authorised, kQualifiedBounds)};
  return worst_of(rows);
}

}  // namespace muster::exercise
