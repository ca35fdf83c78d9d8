// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "nodes/exercise/contingents.h"
#include "schemas/model/limits.h"
#include "schemas/text/report_json.h"
#include "schemas/wire/report.h"

/// What V41 compares, counted from the people of every roster and written again from the document.
namespace muster::exercise {
namespace {

using model::DutyStatus;
using model::ForcePool;
using model::NonDeployableReason;
using model::PersonCategory;
using model::RosterEntry;
using ::testing::SizeIs;

const model::UtcTime kValidAt = *model::parse_time("2022-01-06T00:00:00Z");

using Strengths = std::map<model::UnitId, model::StrengthStatement>;
using Rosters = std::map<model::UnitId, model::RosterStatement>;

Strengths strengths_of(const Contingent& contingent) {
  Strengths strengths;
  for (const auto& statement : contingent.reports.front().statements) {
    if (const auto* strength = std::get_if<model::StrengthStatement>(&statement)) {
      strengths.emplace(strength->unit, *strength);
    }
  }
  return strengths;
}

Rosters rosters_of(const std::vector<model::Report>& reports) {
  Rosters rosters;
  for (const auto& report : reports) {
    for (const auto& statement : report.statements) {
      const auto& roster = std::get<model::RosterStatement>(statement);
      EXPECT_TRUE(rosters.emplace(roster.unit, roster).second) << roster.unit.str();
    }
  }
  return rosters;
}

/// OF is an officer, OR-5 to OR-9 a sergeant, OR-1 to OR-4 enlisted.
PersonCategory category_of(model::RankGrade grade) {
  const auto name = model::to_text(grade);
  if (name == "POL") {
    return PersonCategory::police;
  }
  if (name == "CIV") {
    return PersonCategory::civilian;
  }
  if (name.starts_with("OF-")) {
    return PersonCategory::officer;
  }
  return name.back() >= '5' ? PersonCategory::warrant_nco : PersonCategory::enlisted;
}

std::uint32_t count_of(const std::vector<RosterEntry>& people, auto predicate) {
  return static_cast<std::uint32_t>(std::count_if(people.begin(), people.end(), predicate));
}

bool is_present(const RosterEntry& person) { return person.duty_status == DutyStatus::present; }
bool is_deployable(const RosterEntry& person) { return person.deployable; }

void expect_reasons(const model::StrengthStatement& strength,
                    const std::vector<RosterEntry>& people) {
  std::map<std::string, std::uint32_t> said;
  for (const auto& absence : strength.absences) {
    said[model::to_text(absence.reason)] += absence.count;
  }
  for (const auto& entry : strength.non_deployable) {
    said["not deployable " + model::to_text(entry.reason)] += entry.count;
  }
  std::map<std::string, std::uint32_t> found;
  for (const auto& person : people) {
    if (!is_present(person)) {
      ++found[model::to_text(person.duty_status)];
    }
    if (person.non_deployable_reason) {
      ++found["not deployable " + model::to_text(*person.non_deployable_reason)];
    }
  }
  EXPECT_EQ(found, said);
}

void expect_cells(const model::StrengthStatement& strength,
                  const std::vector<RosterEntry>& people) {
  std::uint32_t in_cells = 0;
  for (const auto& cell : strength.cells) {
    SCOPED_TRACE(model::to_text(cell.category) + " " + model::to_text(cell.sex));
    std::vector<RosterEntry> of_cell;
    std::copy_if(people.begin(), people.end(), std::back_inserter(of_cell), [&](const auto& p) {
      return category_of(p.rank_grade) == cell.category && p.sex == cell.sex;
    });
    EXPECT_EQ(of_cell.size(), cell.on_strength);
    EXPECT_EQ(count_of(of_cell, is_present), cell.present);
    EXPECT_EQ(count_of(of_cell, is_deployable), cell.deployable);
    in_cells += cell.on_strength;
  }
  EXPECT_EQ(in_cells, people.size());
}

void expect_specialties(const model::StrengthStatement& strength,
                        const std::vector<RosterEntry>& people) {
  std::size_t holders = 0;
  for (const auto& specialty : strength.specialties) {
    const auto holds = [&](const RosterEntry& p) { return p.specialty == specialty.code; };
    const auto is_qualified = [&](const RosterEntry& p) {
      return holds(p) && p.qualifications.size() == 1 &&
             p.qualifications[0].code == specialty.code &&
             *p.qualifications[0].valid_until > kValidAt;
    };
    EXPECT_EQ(count_of(people, holds), specialty.required) << specialty.code.view();
    EXPECT_EQ(count_of(people, is_qualified), specialty.qualified) << specialty.code.view();
    holders += specialty.required;
  }
  EXPECT_EQ(count_of(people, [](const auto& p) { return p.specialty.has_value(); }), holders);
}

class EveryRoster : public ::testing::TestWithParam<std::tuple<ForcePool, std::uint64_t>> {
 protected:
  void SetUp() override {
    const auto& [pool, seed] = GetParam();
    for (const auto& contingent : make_contingents(pool, seed, kValidAt)) {
      strengths_.merge(strengths_of(contingent));
      const auto reports = make_rosters(contingent, seed);
      reports_.insert(reports_.end(), reports.begin(), reports.end());
    }
    rosters_ = rosters_of(reports_);
  }

  Strengths strengths_;
  std::vector<model::Report> reports_;
  Rosters rosters_;
};

INSTANTIATE_TEST_SUITE_P(Exercise, EveryRoster,
                         ::testing::Combine(::testing::Values(ForcePool::cpf, ForcePool::crrf),
                                            ::testing::Values(0U, 1U, 2201U, ~std::uint64_t{0})),
                         [](const auto& instance) {
                           return model::to_text(std::get<0>(instance.param)) + "_" +
                                  std::to_string(instance.index);
                         });

TEST_P(EveryRoster, CountsThePeopleOfTheStrengthOfItsUnit) {  // V41
  ASSERT_EQ(rosters_.size(), strengths_.size());
  for (const auto& [unit, strength] : strengths_) {
    SCOPED_TRACE(unit.str());
    const auto& people = rosters_.at(unit).upserts;
    EXPECT_EQ(people.size(), *strength.assigned + *strength.attached_in - *strength.detached_out);
    EXPECT_EQ(count_of(people, is_present), *strength.present);
    EXPECT_EQ(count_of(people, is_deployable), *strength.deployable);
    expect_reasons(strength, people);
    expect_cells(strength, people);
    expect_specialties(strength, people);
  }
}

TEST_P(EveryRoster, IsFullAndTheFirst) {  // V42
  for (const auto& [unit, roster] : rosters_) {
    EXPECT_EQ(roster.form, model::RosterForm::full);
    EXPECT_EQ(roster.version, 1U);
    EXPECT_FALSE(roster.base_version.has_value());
    EXPECT_TRUE(roster.removals.empty());
  }
}

TEST_P(EveryRoster, ListsEverybodyOnceInTheWholeForce) {  // V33, V36
  std::set<model::PersonRef> people;
  for (const auto& [unit, roster] : rosters_) {
    for (const auto& person : roster.upserts) {
      EXPECT_NE(person.person_ref, model::PersonRef{});
      EXPECT_TRUE(people.insert(person.person_ref).second) << unit.str();
    }
  }
}

TEST_P(EveryRoster, SaysWhyAPersonIsNotDeployable) {
  for (const auto& [unit, roster] : rosters_) {
    for (const auto& person : roster.upserts) {
      EXPECT_NE(person.deployable, person.non_deployable_reason.has_value()) << unit.str();
      if (person.duty_status == DutyStatus::hospital) {
        EXPECT_EQ(person.non_deployable_reason, NonDeployableReason::medical_temp);
      }
      EXPECT_FALSE(person.languages.empty());
    }
  }
}

TEST_P(EveryRoster, SealsAFewNamesOfEachHeadquartersAndShowsNone) {  // V33
  std::map<std::string, std::size_t> sealed;
  for (const auto& [unit, roster] : rosters_) {
    for (const auto& person : roster.upserts) {
      if (person.sealed_name.empty()) {
        EXPECT_TRUE(person.sealed_to.empty());
        continue;
      }
      EXPECT_THAT(person.sealed_name, SizeIs(304));
      EXPECT_EQ(person.sealed_to, "EX-KEY-1");
      EXPECT_TRUE(unit.str().ends_with("HQ")) << unit.str();
      ++sealed[unit.nation().str()];
    }
  }
  EXPECT_THAT(sealed, SizeIs(6));
  for (const auto& [nation, names] : sealed) {
    EXPECT_EQ(names, 3U) << nation;
  }
}

TEST_P(EveryRoster, TravelsInReportsThatAreNotTooLargeAndReleasedToNobody) {
  for (const auto& report : reports_) {
    EXPECT_EQ(report.valid_at, kValidAt);
    EXPECT_TRUE(report.releasable_to.empty());
    EXPECT_LE(report.statements.size(), model::kStatementsMax);
    EXPECT_LE(wire::encode_report(report).size(), 900U * 1024U);
    // What is small shares an envelope; what is not is one unit alone.
    EXPECT_TRUE(wire::encode_report(report).size() <= model::kEnvelopeReportBytesMax ||
                report.statements.size() == 1);
  }
}

TEST(Rosters, ReadBackFromJson) {
  for (const auto& contingent : make_contingents(ForcePool::cpf, 2201, kValidAt)) {
    for (const auto& report : make_rosters(contingent, 2201)) {
      const auto parsed = text::report_from_json(text::report_to_json(report));
      for (const auto& problem : parsed.problems) {
        ADD_FAILURE() << describe(problem);
      }
      EXPECT_EQ(parsed.report, report);
    }
  }
}

TEST(Rosters, AreTheSameForTheSameSeedAndOtherPeopleForAnother) {
  const auto contingent = make_contingents(ForcePool::cpf, 1, kValidAt).front();

  EXPECT_EQ(make_rosters(contingent, 1), make_rosters(contingent, 1));
  EXPECT_NE(make_rosters(contingent, 1), make_rosters(contingent, 2));
}

}  // namespace
}  // namespace muster::exercise
