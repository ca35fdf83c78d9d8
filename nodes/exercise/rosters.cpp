// SPDX-License-Identifier: Apache-2.0
// The people behind the numbers: what make_strength() counts, one by one.
#include <algorithm>
#include <cassert>
#include <chrono>
#include <string>
#include <utility>

#include "nodes/exercise/contingents.h"
#include "nodes/exercise/dice.h"
#include "nodes/exercise/published_tables.h"

namespace muster::exercise {
namespace {

using model::Count;
using model::NonDeployableReason;
using model::RosterEntry;
using model::StrengthStatement;

template <typename T>
void shuffle(std::vector<T>& list, Dice& dice) {
  for (std::size_t i = list.size(); i > 1; --i) {
    const auto other = dice.between(0, static_cast<std::uint32_t>(i - 1));
    std::swap(list[i - 1], list[other]);
  }
}

// ---- where they are, and whether they can go
// -------------------------------------------------------------------------------------------------

/// Reasons that are still to be given to somebody, in the order of chance.
struct Reasons {
  std::vector<model::AbsenceReason> away;  ///< Without HOSPITAL.
  std::vector<NonDeployableReason> unfit;  ///< Without those in hospital.
  Count hospital = 0;
};

Reasons reasons_of(const StrengthStatement& strength, Dice& dice) {
  Reasons reasons;
  for (const auto& absence : strength.absences) {
    if (absence.reason == model::AbsenceReason::hospital) {
      reasons.hospital += absence.count;
    } else {
      reasons.away.insert(reasons.away.end(), absence.count, absence.reason);
    }
  }
  for (const auto& entry : strength.non_deployable) {
    const bool has_patients = entry.reason == NonDeployableReason::medical_temp;
    const Count patients = has_patients ? reasons.hospital : 0;
    reasons.unfit.insert(reasons.unfit.end(), entry.count - patients, entry.reason);
  }
  shuffle(reasons.away, dice);
  shuffle(reasons.unfit, dice);
  return reasons;
}

template <typename Reason>
Reason take(std::vector<Reason>& reasons) {
  assert(!reasons.empty());
  const auto reason = reasons.back();
  reasons.pop_back();
  return reason;
}

model::DutyStatus duty_of(model::AbsenceReason reason) {
  return static_cast<model::DutyStatus>(reason);
}

void make_unfit(RosterEntry& person, NonDeployableReason reason) {
  person.deployable = false;
  person.non_deployable_reason = reason;
}

/// The people of one cell: patients first, then the other absent; those not deployable for another
/// reason at the end, so that a few are absent as well when they are many.
std::vector<RosterEntry> people_of(const model::Cell& cell, Reasons& reasons) {
  const Count away = cell.on_strength - cell.present;
  const Count unfit = cell.on_strength - cell.deployable;
  const Count patients = std::min({reasons.hospital, away, unfit});
  reasons.hospital -= patients;
  std::vector<RosterEntry> people(cell.on_strength);
  for (Count i = 0; i < cell.on_strength; ++i) {
    auto& person = people[i];
    person.sex = cell.sex;
    person.deployable = true;
    if (i < patients) {
      person.duty_status = model::DutyStatus::hospital;
      make_unfit(person, NonDeployableReason::medical_temp);
    } else if (i < away) {
      person.duty_status = duty_of(take(reasons.away));
    }
    if (i >= cell.on_strength - (unfit - patients)) {
      make_unfit(person, take(reasons.unfit));
    }
  }
  return people;
}

// ---- who they are
// -------------------------------------------------------------------------------------------------

model::RankGrade draw_grade(model::PersonCategory category, Dice& dice) {
  auto percent = dice.between(1, 100);
  const auto rows = grades_of(category);
  for (const auto& row : rows) {
    if (percent <= row.percent) {
      return row.grade;
    }
    percent -= row.percent;
  }
  return rows.back().grade;
}

/// Most speak Russian beside their own language.
std::vector<std::string> draw_languages(const NationProfile& profile, Dice& dice) {
  constexpr std::uint32_t kBothPercent = 80;
  const bool speaks_both = profile.language != "rus" && dice.between(1, 100) <= kBothPercent;
  std::vector<std::string> languages{std::string(profile.language)};
  if (speaks_both) {
    languages.emplace_back("rus");
  }
  return languages;
}

/// Of the people who hold a specialty as many are qualified as the Strength says; the qualification
/// of the others has ended.
void give_specialties(const StrengthStatement& strength, model::UtcTime valid_at,
                      std::vector<RosterEntry>& people, Dice& dice) {
  std::vector<RosterEntry*> without;
  for (auto& person : people) {
    without.push_back(&person);
  }
  shuffle(without, dice);
  for (const auto& specialty : strength.specialties) {
    for (Count i = 0; i < specialty.required; ++i) {
      assert(!without.empty());
      auto& person = *without.back();
      without.pop_back();
      const auto days = std::chrono::hours{24 * dice.between(30, 700)};
      const bool is_qualified = i < specialty.qualified;
      person.specialty = specialty.code;
      person.qualifications = {{specialty.code, is_qualified ? valid_at + days : valid_at - days}};
    }
  }
}

/// Bytes of the length of a sealed box; there is no name inside.
void seal(RosterEntry& person, Dice& dice) {
  constexpr std::size_t kSealedBytes = 304;
  person.sealed_name.resize(kSealedBytes);
  dice.fill(person.sealed_name);
  person.sealed_to = "EX-KEY-1";
}

// ---- reports
// -------------------------------------------------------------------------------------------------

model::RosterStatement make_roster(const StrengthStatement& strength, model::UtcTime valid_at,
                                   std::uint64_t seed) {
  Dice dice(seed, strength.unit.str() + "/roster");
  const auto& profile = profile_of(strength.unit.nation().view());
  auto reasons = reasons_of(strength, dice);
  model::RosterStatement roster;
  roster.unit = strength.unit;
  roster.version = 1;
  // Officers stand last among the cells and first in a roster.
  for (auto cell = strength.cells.rbegin(); cell != strength.cells.rend(); ++cell) {
    auto people = people_of(*cell, reasons);
    shuffle(people, dice);
    for (auto& person : people) {
      person.person_ref = dice.uuid();
      person.rank_grade = draw_grade(cell->category, dice);
      person.languages = draw_languages(profile, dice);
      roster.upserts.push_back(std::move(person));
    }
  }
  give_specialties(strength, valid_at, roster.upserts, dice);
  return roster;
}

model::Report empty_report(model::UtcTime valid_at) {
  model::Report report;
  report.valid_at = valid_at;
  return report;
}

/// The contingent's headquarters is first.
std::vector<model::RosterStatement> rosters_of(const model::Report& report, std::uint64_t seed) {
  std::vector<model::RosterStatement> rosters;
  for (const auto& statement : report.statements) {
    if (const auto* strength = std::get_if<StrengthStatement>(&statement)) {
      rosters.push_back(make_roster(*strength, report.valid_at, seed));
    }
  }
  return rosters;
}

}  // namespace

std::vector<model::Report> make_rosters(const Contingent& contingent, std::uint64_t seed) {
  // With some 100 bytes a person, small enough to share an envelope with others.
  constexpr std::size_t kPeoplePerReport = 1'500;
  constexpr std::size_t kSealedNames = 3;
  const auto& numbers = contingent.reports.front();
  auto rosters = rosters_of(numbers, seed);
  Dice dice(seed, contingent.node.str() + "/sealed");
  auto& leaders = rosters.front().upserts;
  for (std::size_t i = 0; i < std::min(kSealedNames, leaders.size()); ++i) {
    seal(leaders[i], dice);
  }
  std::vector<model::Report> reports{empty_report(numbers.valid_at)};
  std::size_t people = 0;
  for (auto& roster : rosters) {
    if (people > 0 && people + roster.upserts.size() > kPeoplePerReport) {
      reports.push_back(empty_report(numbers.valid_at));
      people = 0;
    }
    people += roster.upserts.size();
    reports.back().statements.emplace_back(std::move(roster));
  }
  return reports;
}

}  // namespace muster::exercise
