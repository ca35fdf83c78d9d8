// SPDX-License-Identifier: Apache-2.0
// The public samples beside the repository, when they are there: what their README leads one to
// expect of each.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "nodes/desk/read_workbook.h"
#include "tests/unit/desk_orbat_fixture.h"

namespace muster::desk {
namespace {

using namespace fixture;
using ::testing::ElementsAre;
using ::testing::Pair;

constexpr model::UtcTime kGivenMoment = std::chrono::sys_days{std::chrono::year{2026} / 11 / 1};

/// Text of a sample; empty when it is not there.
std::string sample(const std::string& name) {
  const auto path =
      std::filesystem::path(MUSTER_SOURCE_DIR) / "../shared/samples/interchange" / name;
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return in ? text.str() : std::string();
}

#define SAMPLE_OR_SKIP(variable, name)                             \
  const auto variable = sample(name);                              \
  if ((variable).empty()) {                                        \
    GTEST_SKIP() << "no ../shared/samples/interchange/" << (name); \
  }

TEST(Samples, MsdlSimpleScenarioHasItsDirt) {
  SAMPLE_OR_SKIP(text, "msdllib_SimpleScenario.xml");

  const auto draft = import_order_of_battle(text, OrbatFormat::msdl, of_kaz());

  EXPECT_FALSE(draft.is_refused());
  EXPECT_EQ(draft.counts(), (Counts{{"BOM", 1},
                                    {"ECHELON_DIFFERS", 3},
                                    {"HANDLE_NOT_UUID", 2},
                                    {"HANDLE_TRIMMED", 7},
                                    {"NAME_DUP", 2},
                                    {"SIDC_NO_IDENTITY", 9},
                                    {"SUPERIOR_DANGLING", 2}}));
  EXPECT_EQ(draft.valid_at, at("2025-07-09T11:11:00Z"));
  EXPECT_EQ(draft.sides.size(), 3U);
  EXPECT_EQ(draft.units, 6U);
  EXPECT_EQ(draft.equipment_items, 3U);
  EXPECT_EQ(draft.others, 0U);
}

TEST(Samples, MsdlSimpleScenarioBecomesUnitsAndStatuses) {
  SAMPLE_OR_SKIP(text, "msdllib_SimpleScenario.xml");

  const auto draft = import_order_of_battle(text, OrbatFormat::msdl, of_kaz());

  ASSERT_EQ(draft.reports.size(), 1U);
  const auto& report = draft.reports[0];
  const auto readiness = all_of<model::ReadinessStatement>(report);
  ASSERT_EQ(readiness.size(), 4U);
  for (const auto& one : readiness) {
    EXPECT_EQ(one.operational_status, model::OperationalStatus::opr);
  }
  EXPECT_TRUE(all_of<model::StrengthStatement>(report).empty());
  const auto units = units_of(draft);
  ASSERT_TRUE(units.contains("KAZ:HQ") && units.contains("KAZ:HQ2"));
  const auto& root = units.at("KAZ:HQ");
  EXPECT_EQ(root.sidc, "10031002181211000000");
  EXPECT_EQ(root.echelon, model::Echelon::brigade);
  EXPECT_TRUE(root.relations.empty());
  EXPECT_FALSE(root.current);
  std::size_t below_first = 0;
  for (const auto& [key, unit] : units) {
    if (!unit.relations.empty()) {
      ASSERT_EQ(unit.relations.size(), 1U);
      EXPECT_EQ(unit.relations[0].type, model::RelationType::attached);
      below_first += unit.relations[0].unit == kaz("HQ") ? 1 : 0;
      EXPECT_TRUE(unit.current);
    }
  }
  EXPECT_EQ(below_first, 2U);
}

TEST(Samples, MsdlSidesAreTakenAsAsked) {
  SAMPLE_OR_SKIP(text, "msdllib_SimpleScenario.xml");

  const auto draft = import_order_of_battle(text, OrbatFormat::msdl, of_kaz({"Friendly"}));

  EXPECT_EQ(draft.units, 3U);
  EXPECT_EQ(draft.units_skipped, 3U);
  const auto reversed =
      import_order_of_battle(text, OrbatFormat::msdl, of_kaz({"Hostile", "Army"}));
  EXPECT_EQ(reversed.units, 3U);
}

TEST(Samples, MsdlMinimalIsAnEmptyDraftWithoutAMoment) {
  SAMPLE_OR_SKIP(text, "msdllib_minimal.xml");

  const auto draft = import_order_of_battle(text, OrbatFormat::msdl, of_kaz());

  EXPECT_FALSE(draft.is_refused());
  EXPECT_EQ(draft.counts(), (Counts{{"BOM", 1}}));
  EXPECT_EQ(draft.valid_at, std::nullopt);
  EXPECT_EQ(draft.units, 0U);
  EXPECT_TRUE(draft.reports.empty() && draft.sides.empty());
}

TEST(Samples, OrbatMapperNarvikHasItsUnitsAndStates) {
  SAMPLE_OR_SKIP(text, "orbatmapper_narvik40.json");

  const auto draft = import_order_of_battle(text, OrbatFormat::orbat_mapper, of_kaz());

  EXPECT_FALSE(draft.is_refused());
  EXPECT_EQ(draft.counts(), (Counts{{"HANDLE_NOT_UUID", 39}, {"NAME_DUP", 3}}));
  EXPECT_EQ(draft.units, 39U);
  ASSERT_EQ(draft.sides.size(), 2U);
  EXPECT_EQ(draft.sides[0].name, "Allied forces");
  EXPECT_EQ(draft.sides[0].units, 25U);
  EXPECT_EQ(draft.sides[1].units, 14U);
  ASSERT_TRUE(draft.valid_at);
  EXPECT_EQ(model::to_micros(*draft.valid_at), -938221200000000);
}

TEST(Samples, OrbatMapperNarvikSpeaksOfEveryMomentAndInventsNoStrength) {
  SAMPLE_OR_SKIP(text, "orbatmapper_narvik40.json");

  const auto draft = import_order_of_battle(text, OrbatFormat::orbat_mapper, of_kaz());

  ASSERT_GT(draft.reports.size(), 2U);
  EXPECT_EQ(all_of<model::UnitStatement>(draft.reports[0]).size(), 39U);
  EXPECT_TRUE(std::is_sorted(draft.reports.begin(), draft.reports.end(),
                             [](const auto& a, const auto& b) { return a.valid_at < b.valid_at; }));
  std::size_t units_with_place = 0;
  for (const auto& report : draft.reports) {
    EXPECT_TRUE(all_of<model::StrengthStatement>(report).empty());
    EXPECT_TRUE(all_of<model::EquipmentStatement>(report).empty());
  }
  std::map<std::string, std::uint32_t> sets;
  std::map<std::string, std::uint32_t> echelons;
  for (const auto& unit : all_of<model::UnitStatement>(draft.reports[0])) {
    ++sets[unit.sidc.substr(4, 2)];
    ++echelons[unit.sidc.substr(8, 2)];
  }
  for (const auto& [key, unit] : units_of(draft)) {
    units_with_place += unit.current ? 1 : 0;
  }
  EXPECT_EQ(sets, (Counts{{"10", 16}, {"30", 21}, {"35", 2}}));
  EXPECT_EQ(echelons, (Counts{{"00", 24}, {"15", 2}, {"16", 8}, {"17", 3}, {"18", 1}, {"21", 1}}));
  EXPECT_GT(units_with_place, 0U);
}

TEST(Samples, C2simInitialisationHasItsDirt) {
  SAMPLE_OR_SKIP(text, "c2sim_CWIX-2022initialize_v13.xml");

  const auto draft = import_order_of_battle(text, OrbatFormat::c2sim, of_kaz());

  EXPECT_FALSE(draft.is_refused());
  EXPECT_EQ(draft.counts(),
            (Counts{{"DATE_BAD", 1}, {"SIDC_PLACEHOLDER", 6}, {"SUPERIOR_DANGLING", 8}}));
  EXPECT_EQ(draft.valid_at, std::nullopt);
  EXPECT_EQ(draft.units, 33U);
  EXPECT_EQ(draft.equipment_items, 6U);
  EXPECT_EQ(draft.others, 12U);
  ASSERT_EQ(draft.sides.size(), 3U);
  EXPECT_EQ(draft.sides[0].units + draft.sides[1].units, 33U);
  EXPECT_EQ(draft.sides[2].units, 0U);
}

TEST(Samples, C2simBecomesAReportOnceItsMomentIsGiven) {
  SAMPLE_OR_SKIP(text, "c2sim_CWIX-2022initialize_v13.xml");
  auto options = of_kaz();
  options.valid_at = kGivenMoment;

  const auto draft = import_order_of_battle(text, OrbatFormat::c2sim, options);

  ASSERT_EQ(draft.reports.size(), 1U);
  EXPECT_EQ(draft.reports[0].valid_at, kGivenMoment);
  EXPECT_EQ(all_of<model::UnitStatement>(draft.reports[0]).size(), 33U);
  EXPECT_EQ(all_of<model::ReadinessStatement>(draft.reports[0]).size(), 33U);
  std::map<std::string, std::uint32_t> echelons;
  for (const auto& [key, unit] : units_of(draft)) {
    ++echelons[unit.echelon ? std::string(to_text(*unit.echelon)) : "-"];
    EXPECT_EQ(unit.sidc.size(), 20U) << key;
  }
  EXPECT_EQ(echelons["COMPANY"], 8U);
  EXPECT_EQ(echelons["BRIGADE"], 1U);
}

/// A table of contributions in which every figure is a stated 0: none may be taken for missing.
TEST(Samples, UnContributionsAreSixtyRowsOfZeros) {
  SAMPLE_OR_SKIP(text, "un_contributions_sample.csv");

  const auto book = read_workbook("un_contributions_sample.csv", text);

  ASSERT_TRUE(book);
  const auto& sheet = book->sheets.at(0);
  constexpr std::uint32_t kRows = 60;
  ASSERT_EQ(sheet.rows(), kRows + 1);
  std::map<std::string, int> rows_of;
  for (std::uint32_t row = 1; row <= kRows; ++row) {
    ++rows_of[std::string(sheet.at({.row = row, .column = 2}).text)];
    for (std::uint32_t column = 4; column <= 6; ++column) {
      EXPECT_EQ(sheet.at({.row = row, .column = column}).text, "0") << row << ", " << column;
    }
  }
  EXPECT_THAT(rows_of, ElementsAre(Pair("Albania", 36), Pair("Algeria", 24)));
}

}  // namespace
}  // namespace muster::desk
