// SPDX-License-Identifier: Apache-2.0
// Scenarios of orbat-mapper: what is read, and what each kind of dirt becomes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/desk_orbat_fixture.h"

namespace muster::desk {
namespace {

using namespace fixture;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

ImportDraft import(const std::string& text) {
  return import_order_of_battle(text, OrbatFormat::orbat_mapper, of_kaz());
}

std::string unit(const std::string& id, const std::string& name, const std::string& more = "") {
  return "{\"id\":\"" + id + "\",\"name\":\"" + name + "\",\"sidc\":\"10031000151211000000\"" +
         (more.empty() ? "" : "," + more) + "}";
}

TEST(OrbatMapper, BecomesUnitsWithTheFiguresThatAreStated) {
  const auto draft = import(orbat_mapper(
      unit(kFirst, "HQ (fictional)",
           "\"shortName\":\"HQ\",\"reinforcedStatus\":\"Reinforced\",\"location\":[71.25,51.5],"
           "\"personnel\":[{\"name\":\"Officer\",\"count\":10,\"onHand\":9},"
           "{\"name\":\"Other\",\"count\":90,\"onHand\":80}],"
           "\"equipment\":[{\"name\":\"Truck 4x4\",\"count\":12}],\"subUnits\":[" +
               unit(kSecond, "A (fictional)") + "]")));

  EXPECT_THAT(draft.findings, IsEmpty());
  ASSERT_EQ(draft.reports.size(), 1U);
  const auto& report = draft.reports[0];
  const auto units = units_of(draft);
  EXPECT_EQ(units.at("KAZ:HQ-FICTIONAL").current, (model::Place{.lat = 51.5, .lon = 71.25}));
  EXPECT_EQ(units.at("KAZ:HQ-FICTIONAL").reinforcement, model::Reinforcement::rein);
  EXPECT_EQ(units.at("KAZ:HQ-FICTIONAL").short_name, "HQ");
  EXPECT_EQ(units.at("KAZ:HQ-FICTIONAL").echelon, model::Echelon::company);
  EXPECT_THAT(units.at("KAZ:A-FICTIONAL").relations,
              ElementsAre(model::Relation{.unit = kaz("HQ-FICTIONAL")}));
  model::StrengthStatement strength;
  strength.unit = kaz("HQ-FICTIONAL");
  strength.authorised = 100;
  strength.assigned = 89;
  EXPECT_THAT(all_of<model::StrengthStatement>(report), ElementsAre(strength));
  model::EquipmentStatement equipment;
  equipment.unit = strength.unit;
  equipment.holdings = {{.item_code = *model::Code::parse("TRUCK-4X4"), .required = 12}};
  EXPECT_THAT(all_of<model::EquipmentStatement>(report), ElementsAre(equipment));
}

TEST(OrbatMapper, LeavesASumAbsentOfWhichAPartIs) {
  const auto draft = import(
      orbat_mapper(unit(kFirst, "A", "\"personnel\":[{\"count\":10,\"onHand\":9},{\"count\":5}]")));

  const auto strength = all_of<model::StrengthStatement>(draft.reports.at(0));
  ASSERT_EQ(strength.size(), 1U);
  EXPECT_EQ(strength[0].authorised, 15U);
  EXPECT_EQ(strength[0].assigned, std::nullopt);
}

TEST(OrbatMapper, KeepsAStatedZeroAndNoOther) {
  const auto stated =
      import(orbat_mapper(unit(kFirst, "A", "\"personnel\":[{\"count\":0,\"onHand\":0}]")));
  const auto silent = import(orbat_mapper(unit(kFirst, "A", "\"personnel\":[]")));

  const auto strength = all_of<model::StrengthStatement>(stated.reports.at(0));
  ASSERT_EQ(strength.size(), 1U);
  EXPECT_EQ(strength[0].authorised, 0U);
  EXPECT_EQ(strength[0].assigned, 0U);
  EXPECT_THAT(all_of<model::StrengthStatement>(silent.reports.at(0)), IsEmpty());
}

TEST(OrbatMapper, RoundsNoCounts) {
  const auto draft = import(orbat_mapper(unit(kFirst, "A",
                                              "\"personnel\":[{\"count\":12.5},{\"count\":\"~120\"}"
                                              ",{\"count\":\"1 200\"},{\"count\":-1}]")));

  EXPECT_EQ(draft.counts(), (Counts{{"NUMBER_BAD", 4}}));
  EXPECT_EQ(findings_of(draft, "NUMBER_BAD")[1].value, "~120");
  EXPECT_EQ(findings_of(draft, "NUMBER_BAD")[1].where,
            "sides[0].groups[0].subUnits[0].personnel[1].count");
  EXPECT_THAT(all_of<model::StrengthStatement>(draft.reports.at(0)), IsEmpty());
}

TEST(OrbatMapper, MakesAReportForEachMoment) {
  const auto draft = import(orbat_mapper(
      unit(kFirst, "A",
           "\"location\":[71,51],\"state\":["
           "{\"t\":\"2026-11-03T00:00:00Z\",\"location\":[72,52]},"
           "{\"t\":\"2026-11-02T00:00:00+06:00\",\"sidc\":\"10031040161211000000\"},"
           "{\"t\":1793836800000,\"location\":null,\"status\":\"On the march\"}],\"subUnits\":[" +
               unit(kSecond, "B") + "]")));

  EXPECT_THAT(draft.findings, ElementsAre());
  ASSERT_EQ(draft.reports.size(), 4U);
  EXPECT_EQ(draft.reports[0].valid_at, at("2026-11-01T06:00:00Z"));
  EXPECT_EQ(draft.reports[1].valid_at, at("2026-11-01T18:00:00Z"));
  EXPECT_EQ(draft.reports[2].valid_at, at("2026-11-03T00:00:00Z"));
  EXPECT_EQ(draft.reports[3].valid_at, at("2026-11-05T00:00:00Z"));
  EXPECT_EQ(draft.reports[0].statements.size(), 2U);
  ASSERT_EQ(draft.reports[1].statements.size(), 1U);
  const auto& changed = std::get<model::UnitStatement>(draft.reports[1].statements[0]);
  EXPECT_EQ(changed.sidc, "10031040161211000000");
  EXPECT_EQ(changed.echelon, model::Echelon::battalion);
  EXPECT_EQ(changed.current, (model::Place{.lat = 51, .lon = 71}));
  const auto& moved = std::get<model::UnitStatement>(draft.reports[2].statements[0]);
  EXPECT_EQ(moved.current, (model::Place{.lat = 52, .lon = 72}));
  EXPECT_EQ(moved.sidc, changed.sidc);
  const auto& last = draft.reports[3];
  ASSERT_EQ(last.statements.size(), 2U);
  EXPECT_EQ(std::get<model::UnitStatement>(last.statements[0]).current, std::nullopt);
  EXPECT_EQ(std::get<model::ReadinessStatement>(last.statements[1]).remarks, "On the march");
}

TEST(OrbatMapper, SpeaksOfAllUnitsInItsOldestReport) {
  const auto text = orbat_mapper(unit(
      kFirst, "A",
      "\"subUnits\":[" +
          unit(kSecond, "B", "\"state\":[{\"t\":\"2026-10-01T00:00:00Z\",\"location\":[1,2]}]") +
          "]"));
  auto options = of_kaz();
  options.valid_at = at("2026-11-10T00:00:00Z");

  const auto draft = import(text);
  const auto given = import_order_of_battle(text, OrbatFormat::orbat_mapper, options);

  ASSERT_EQ(draft.reports.size(), 2U);
  EXPECT_EQ(draft.reports[0].valid_at, at("2026-10-01T00:00:00Z"));
  EXPECT_EQ(draft.reports[0].statements.size(), 2U);
  EXPECT_EQ(draft.reports[1].valid_at, draft.valid_at);
  EXPECT_EQ(draft.reports[1].statements.size(), 2U);
  ASSERT_EQ(given.reports.size(), 1U) << "what was before a given moment has become so by then";
  EXPECT_EQ(given.reports[0].valid_at, options.valid_at);
  EXPECT_EQ(units_of(given).at("KAZ:B").current, (model::Place{.lat = 2, .lon = 1}));
}

TEST(OrbatMapper, FollowsAChangeOfTheHierarchy) {
  const auto draft = import(orbat_mapper(
      unit(kFirst, "A",
           "\"subUnits\":[" +
               unit(kThird, "C",
                    "\"state\":[{\"t\":\"2026-11-02T00:00:00Z\",\"hierarchy\":{\"targetId\":\"" +
                        kSecond + "\"}}]") +
               "]") +
      "," + unit(kSecond, "B")));

  ASSERT_EQ(draft.reports.size(), 2U);
  EXPECT_THAT(std::get<model::UnitStatement>(draft.reports[1].statements.at(0)).relations,
              ElementsAre(model::Relation{.unit = kaz("B")}));
}

TEST(OrbatMapper, LeavesAStateOutWhoseMomentIsNone) {
  const auto draft = import(orbat_mapper(
      unit(kFirst, "A", "\"state\":[{\"t\":\"2026-13-01T00:00:00Z\",\"location\":[1,2]},{}]")));

  EXPECT_EQ(draft.counts(), (Counts{{"DATE_BAD", 2}}));
  EXPECT_EQ(draft.reports.size(), 1U);
  EXPECT_EQ(units_of(draft).at("KAZ:A").current, std::nullopt);
}

TEST(OrbatMapper, ReadsLongitudeFirstAndNoNowhere) {
  const auto draft = import(orbat_mapper(unit(kFirst, "A", "\"location\":[179,-89]") + "," +
                                         unit(kSecond, "B", "\"location\":[0,0]") + "," +
                                         unit(kThird, "C", "\"location\":[12,\"x\"]")));

  EXPECT_EQ(draft.counts(), (Counts{{"HIERARCHY_ABSENT", 1}, {"LOCATION_BAD", 2}}));
  EXPECT_EQ(units_of(draft).at("KAZ:A").current, (model::Place{.lat = -89, .lon = 179}));
  EXPECT_EQ(units_of(draft).at("KAZ:B").current, std::nullopt);
}

TEST(OrbatMapper, DerivesTheSameUuidOfAShortIdEachTime) {
  const auto text = orbat_mapper(unit("gjNibxLX", "A"));

  const auto first = import(text);
  auto other = of_kaz();
  other.nation = *model::Nation::parse("TJK");
  const auto foreign = import_order_of_battle(text, OrbatFormat::orbat_mapper, other);

  EXPECT_EQ(first.counts(), (Counts{{"HANDLE_NOT_UUID", 1}}));
  const auto uuid = units_of(first).at("KAZ:A").uuid;
  ASSERT_TRUE(uuid);
  EXPECT_EQ((*uuid)[6] >> 4, 8);
  EXPECT_EQ(units_of(import(text)).at("KAZ:A").uuid, uuid);
  EXPECT_NE(units_of(foreign).at("TJK:A").uuid, uuid) << "ids of two nations never meet";
}

TEST(OrbatMapper, RefusesASymbolThatIsNone) {
  const auto draft = import(
      orbat_mapper("{\"id\":\"" + kFirst + "\",\"name\":\"A\",\"sidc\":\"SFGPUCI----E---\"}"));

  EXPECT_EQ(draft.counts(), (Counts{{"SIDC_ILLEGAL", 1}}));
  EXPECT_EQ(draft.findings[0].value, "SFGPUCI----E---");
  EXPECT_EQ(units_of(draft).at("KAZ:A").sidc, "");
}

TEST(OrbatMapper, RefusesWhatItDoesNotKnow) {
  const auto malformed = import("{\"type\":\"ORBAT-mapper\",\n \"version\": 3.3.0}");
  const auto encrypted = import("{\"type\":\"ORBAT-mapper-encrypted\",\"version\":\"1.0.0\"}");
  const auto older = import("{\"type\":\"ORBAT-mapper\",\"version\":\"2.1.0\"}");
  const auto list = import("[1]");
  const auto wrong = import("{\"type\":\"ORBAT-mapper\",\"version\":\"3.0.0\",\"sides\":[7]}");

  EXPECT_EQ(malformed.counts(), (Counts{{"MALFORMED", 1}}));
  EXPECT_EQ(malformed.findings[0].where, "line 2, column 13");
  EXPECT_EQ(encrypted.findings.at(0).done,
            "nothing imported: the scenario is encrypted; save it without a password");
  EXPECT_EQ(older.findings.at(0).value, "type \"ORBAT-mapper\", version \"2.1.0\"");
  EXPECT_EQ(older.findings[0].done,
            "nothing imported: expected an object with \"type\": "
            "\"ORBAT-mapper\" and a \"version\" of 3");
  EXPECT_EQ(list.counts(), (Counts{{"DIALECT", 1}}));
  EXPECT_EQ(wrong.findings.at(0).where, "sides[0]");
  EXPECT_EQ(wrong.findings[0].done, "nothing imported: expected an object here");
}

TEST(OrbatMapper, BoundsWhatStatesMayCost) {
  std::string metrics;
  for (int i = 0; i < 2'000; ++i) {
    metrics += std::string(i == 0 ? "" : ",") + "{\"name\":\"m\",\"value\":1}";
  }
  std::string states;
  for (int i = 0; i < 2'000; ++i) {
    states += std::string(i == 0 ? "" : ",") + "{\"t\":" + std::to_string(1793836800000 + i) + "}";
  }

  const auto draft =
      import(orbat_mapper(unit(kFirst, "A",
                               "\"state\":[" + states +
                                   "],\"muster\":{\"unit\":\"KAZ:EX-1\","
                                   "\"capabilities\":[{\"tasks\":[\"T01\"],\"metrics\":[" +
                                   metrics + "]}]}")));

  EXPECT_EQ(draft.counts(), (Counts{{"FILE_TOO_LARGE", 1}}));
  EXPECT_TRUE(draft.is_refused());
  EXPECT_THAT(draft.reports, IsEmpty());
}

TEST(OrbatMapper, BoundsItsSize) {
  const auto draft = import(std::string(16 * 1024 * 1024 + 1, ' '));

  EXPECT_EQ(draft.counts(), (Counts{{"FILE_TOO_LARGE", 1}}));
  EXPECT_EQ(draft.findings[0].done, "nothing imported: at most 16777216 bytes; split the file");
}

}  // namespace
}  // namespace muster::desk
