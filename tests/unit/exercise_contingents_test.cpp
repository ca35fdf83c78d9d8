// SPDX-License-Identifier: Apache-2.0
#include "nodes/exercise/contingents.h"

#include <gmock/gmock.h>

#include <map>
#include <set>

#include "nodes/exercise/dice.h"
#include "nodes/exercise/unit_plan.h"
#include "schemas/model/limits.h"
#include "schemas/text/report_json.h"

namespace muster::exercise {
namespace {

using model::ElementKind;
using model::ForcePool;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::uint64_t kSeed = 2201;
const model::UtcTime kValidAt = *model::parse_time("2022-01-06T00:00:00Z");

template <typename Struct>
std::vector<Struct> statements_of(const Contingent& contingent) {
  std::vector<Struct> found;
  for (const auto& report : contingent.reports) {
    for (const auto& statement : report.statements) {
      if (const auto* value = std::get_if<Struct>(&statement)) {
        found.push_back(*value);
      }
    }
  }
  return found;
}

struct CellTotal {
  std::uint32_t authorised = 0, deployable = 0, units = 0;
  bool operator==(const CellTotal&) const = default;
};
void PrintTo(const CellTotal& total, std::ostream* out) {
  *out << total.authorised << " authorised, " << total.deployable << " deployable, " << total.units
       << " units";
}

/// What the statements of a contingent add up to, by element kind.
std::map<ElementKind, CellTotal> totals_of(const Contingent& contingent) {
  std::map<model::UnitId, ElementKind> kinds;
  for (const auto& unit : statements_of<model::UnitStatement>(contingent)) {
    kinds[unit.unit] = *unit.element_kind;
  }
  std::map<ElementKind, CellTotal> totals;
  for (const auto& strength : statements_of<model::StrengthStatement>(contingent)) {
    auto& total = totals[kinds.at(strength.unit)];
    total.authorised += *strength.authorised;
    total.deployable += *strength.deployable;
    ++total.units;
  }
  return totals;
}

CellTotal sum_of(const std::map<ElementKind, CellTotal>& totals) {
  CellTotal sum;
  for (const auto& [kind, total] : totals) {
    sum.authorised += total.authorised;
    sum.deployable += total.deployable;
    sum.units += total.units;
  }
  return sum;
}

CellTotal sum_of(const std::vector<Contingent>& contingents) {
  CellTotal sum;
  for (const auto& contingent : contingents) {
    const auto nation = sum_of(totals_of(contingent));
    sum.authorised += nation.authorised;
    sum.deployable += nation.deployable;
    sum.units += nation.units;
  }
  return sum;
}

/// A row of DOMAIN.md §11, typed in again here on purpose.
struct PublishedRow {
  const char* nation;
  std::vector<std::uint32_t> cells;  // In the order of ElementKind.
  CellTotal all;
};

void expect_row(const Contingent& contingent, const PublishedRow& row) {
  SCOPED_TRACE(row.nation);
  EXPECT_EQ(contingent.nation.view(), row.nation);
  EXPECT_EQ(contingent.node.str(), row.nation + std::string("/mod"));
  const auto totals = totals_of(contingent);
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const auto kind = static_cast<ElementKind>(i + 1);
    const auto found = totals.contains(kind) ? totals.at(kind) : CellTotal{};
    EXPECT_EQ(found.authorised, row.cells[i]) << model::to_text(kind);
    EXPECT_EQ(found.deployable, row.cells[i] * 95 / 100) << model::to_text(kind);
  }
  EXPECT_EQ(sum_of(totals), row.all);
}

TEST(Contingents, AddUpToThePublishedTableOfThePeacekeepingForces) {
  const std::vector<PublishedRow> published{
      {"RUS", {60, 1080, 140, 24, 200, 130, 150, 36}, {1820, 1727, 20}},
      {"BLR", {20, 300, 60, 12, 60, 40, 44, 14}, {550, 521, 10}},
      {"ARM", {10, 120, 24, 8, 20, 14, 18, 6}, {220, 206, 8}},
      {"KAZ", {20, 280, 60, 12, 60, 36, 40, 12}, {520, 493, 10}},
      {"KGZ", {10, 120, 36, 6, 24, 14, 18, 4}, {232, 217, 8}},
      {"TJK", {10, 160, 30, 6, 24, 16, 20, 4}, {270, 253, 9}},
  };

  const auto contingents = make_contingents(ForcePool::cpf, kSeed, kValidAt);

  ASSERT_THAT(contingents, SizeIs(published.size()));
  for (std::size_t i = 0; i < published.size(); ++i) {
    expect_row(contingents[i], published[i]);
  }
  EXPECT_EQ(sum_of(contingents), (CellTotal{3612, 3417, 65}));
}

TEST(Contingents, AddUpToThePublishedTableOfTheRapidReactionForce) {
  const std::vector<PublishedRow> published{
      {"RUS", {180, 6300, 720, 0, 900, 450, 450, 0}, {9000, 8549, 6}},
      {"BLR", {40, 1400, 160, 0, 200, 100, 100, 0}, {2000, 1900, 6}},
      {"ARM", {24, 840, 96, 0, 120, 60, 60, 0}, {1200, 1139, 6}},
      {"KAZ", {56, 1960, 224, 0, 280, 140, 140, 0}, {2800, 2659, 6}},
      {"KGZ", {18, 630, 72, 0, 90, 45, 45, 0}, {900, 852, 6}},
      {"TJK", {22, 770, 88, 0, 110, 55, 55, 0}, {1100, 1042, 6}},
  };

  const auto contingents = make_contingents(ForcePool::crrf, kSeed, kValidAt);

  ASSERT_THAT(contingents, SizeIs(published.size()));
  for (std::size_t i = 0; i < published.size(); ++i) {
    expect_row(contingents[i], published[i]);
  }
  EXPECT_EQ(sum_of(contingents), (CellTotal{17'000, 16'141, 36}));
}

TEST(Contingents, ReachEveryColumnTotalOfThePeacekeepingForces) {
  std::map<ElementKind, std::uint32_t> columns;
  for (const auto& contingent : make_contingents(ForcePool::cpf, kSeed, kValidAt)) {
    for (const auto& [kind, total] : totals_of(contingent)) {
      columns[kind] += total.authorised;
    }
  }

  EXPECT_EQ(columns, (std::map<ElementKind, std::uint32_t>{{ElementKind::command, 130},
                                                           {ElementKind::combat, 2060},
                                                           {ElementKind::police, 350},
                                                           {ElementKind::observer_group, 68},
                                                           {ElementKind::combat_support, 388},
                                                           {ElementKind::technical_support, 250},
                                                           {ElementKind::rear_support, 290},
                                                           {ElementKind::other, 76}}));
}

TEST(Contingents, AreEmptyForAPoolWithoutAPublishedTable) {
  EXPECT_THAT(make_contingents(ForcePool::caf, kSeed, kValidAt), IsEmpty());
}

TEST(Contingents, AreTheSameForTheSameSeed) {
  EXPECT_EQ(make_contingents(ForcePool::cpf, kSeed, kValidAt),
            make_contingents(ForcePool::cpf, kSeed, kValidAt));
}

TEST(Contingents, DifferForAnotherSeedInAllButThePublishedTotals) {
  const auto one = make_contingents(ForcePool::cpf, 1, kValidAt);
  const auto other = make_contingents(ForcePool::cpf, 2, kValidAt);

  EXPECT_NE(one, other);
  EXPECT_EQ(sum_of(one), sum_of(other));
}

TEST(Contingents, HaveUnitCodesThatAreUniqueAcrossNationsAndPools) {
  std::set<std::string> codes;
  std::size_t units = 0;
  for (const auto pool : {ForcePool::cpf, ForcePool::crrf}) {
    for (const auto& contingent : make_contingents(pool, kSeed, kValidAt)) {
      for (const auto& unit : statements_of<model::UnitStatement>(contingent)) {
        codes.insert(unit.unit.str());
        ++units;
      }
    }
  }

  EXPECT_EQ(units, 65U + 36U);
  EXPECT_EQ(codes.size(), units);
}

TEST(Contingents, ReadBackFromJson) {
  for (const auto pool : {ForcePool::cpf, ForcePool::crrf}) {
    for (const auto& contingent : make_contingents(pool, kSeed, kValidAt)) {
      for (const auto& report : contingent.reports) {
        const auto text = text::report_to_json(report);
        const auto parsed = text::report_from_json(text);
        for (const auto& problem : parsed.problems) {
          ADD_FAILURE() << describe(problem);
        }
        EXPECT_EQ(parsed.report, report);
        // JSON is longer than what travels.
        EXPECT_LE(text.size(), 900U * 1024U);
        EXPECT_LE(report.statements.size(), model::kStatementsMax);
      }
    }
  }
}

TEST(Contingents, ReportRegularlyAndReleaseToTheOtherFive) {
  for (const auto& contingent : make_contingents(ForcePool::cpf, kSeed, kValidAt)) {
    for (const auto& report : contingent.reports) {
      EXPECT_EQ(report.kind, model::ReportKind::regular);
      EXPECT_EQ(report.valid_at, kValidAt);
      EXPECT_THAT(report.releasable_to, SizeIs(5));
      EXPECT_THAT(report.releasable_to, Each(::testing::Ne(contingent.nation)));
    }
  }
}

TEST(Split, GivesTheRemainderToTheFirst) {
  EXPECT_THAT(split(140, 2), ElementsAre(70, 70));
  EXPECT_THAT(split(133, 2), ElementsAre(67, 66));
  EXPECT_THAT(split(11, 3), ElementsAre(4, 4, 3));
  EXPECT_THAT(split(0, 0), IsEmpty());
}

TEST(Contingents, SplitACellAsThePublishedRuleSays) {
  const auto contingents = make_contingents(ForcePool::cpf, kSeed, kValidAt);
  std::vector<std::uint32_t> authorised;
  std::vector<std::uint32_t> deployable;
  for (const auto& strength : statements_of<model::StrengthStatement>(contingents[3])) {
    if (strength.unit.code().substr(0, 6) != "EX-CBT") {
      continue;
    }
    authorised.push_back(*strength.authorised);
    deployable.push_back(*strength.deployable);
  }

  EXPECT_THAT(authorised, ElementsAre(94, 93, 93));  // 280 in ceil(280 / 120) = 3 units.
  EXPECT_THAT(deployable, ElementsAre(89, 89, 88));  // 266 in 3.
}

TEST(Dice, ShowTheSameNumbersOnEveryMachine) {
  Dice dice(kSeed, "KAZ:EX-HQ");

  // Written down once. Another value here means that exercises of the past can no longer be made
  // again.
  EXPECT_EQ(dice.next(), 7518679629155558138U);
  EXPECT_EQ(dice.next(), 12115375808047520997U);
  EXPECT_EQ(dice.between(0, 1'000'000), 33345U);
}

TEST(Dice, StayInsideTheirBounds) {
  Dice dice(kSeed, "bounds");
  std::set<std::uint32_t> seen;
  for (int i = 0; i < 1000; ++i) {
    seen.insert(dice.between(3, 7));
  }

  EXPECT_THAT(seen, ElementsAre(3, 4, 5, 6, 7));
  EXPECT_EQ(dice.between(5, 5), 5U);
  EXPECT_EQ(dice.between(6, 5), 6U);
  EXPECT_EQ(dice.percent_of(200, 10, 10), 20U);
  EXPECT_EQ(dice.percent_of(0, 0, 100), 0U);
}

TEST(FileName, CarriesTheMomentOfTheReport) {
  const auto contingents = make_contingents(ForcePool::cpf, kSeed, kValidAt);

  EXPECT_EQ(file_name_of(contingents.front(), 0), "RUS-contingent-20220106T000000Z.json");
}

TEST(FileName, SortsRostersBehindTheUnitsThatTheyListPeopleOf) {
  auto contingent = make_contingents(ForcePool::cpf, kSeed, kValidAt).front();
  contingent.reports.push_back(make_rosters(contingent, kSeed).front());

  EXPECT_EQ(file_name_of(contingent, 1), "RUS-roster-20220106T000000Z-2.json");
  EXPECT_LT(file_name_of(contingent, 0), file_name_of(contingent, 1));
}

}  // namespace
}  // namespace muster::exercise
