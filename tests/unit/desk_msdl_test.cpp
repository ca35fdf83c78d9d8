// SPDX-License-Identifier: Apache-2.0
// MSDL: what is read, and what each kind of dirt becomes.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "nodes/desk/coordinates.h"
#include "nodes/desk/orbat_findings.h"
#include "nodes/desk/orbat_text.h"
#include "nodes/desk/symbol_code.h"
#include "tests/unit/desk_orbat_fixture.h"

namespace muster::desk {
namespace {

using namespace fixture;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

ImportDraft import(const std::string& text, std::vector<std::string> sides = {}) {
  return import_order_of_battle(text, OrbatFormat::msdl, of_kaz(std::move(sides)));
}

/// The whole draft of one unit beside a clean first one.
ImportDraft import_with(const MsdlUnit& unit) {
  return import(msdl(xml({.handle = kFirst, .name = "HQ (fictional)"}) + xml(unit)));
}

TEST(Msdl, BecomesUnitsWithAllThatItSays) {
  const auto text =
      msdl(xml({.handle = kFirst, .name = "HQ (fictional)", .sidc = "SFGPUCI---AF---"}) +
           xml({.handle = kSecond,
                .name = "Рота 2 (fictional)",
                .superior = kFirst,
                .sidc = "SFGPUCI----E---",
                .modifiers = "<Echelon>BATTERY</Echelon><ReinforcedReduced>RD</ReinforcedReduced>"
                             "<CombatEffectiveness>AMBER</CombatEffectiveness>"
                             "<UniqueDesignation>2</UniqueDesignation>",
                .location = "<CoordinateChoice>GDC</CoordinateChoice><CoordinateData><GDC>"
                            "<Latitude>51.5</Latitude><Longitude>71.25</Longitude></GDC>"
                            "</CoordinateData>"}));

  const auto draft = import(text);

  EXPECT_THAT(draft.findings, IsEmpty());
  EXPECT_EQ(draft.valid_at, at("2026-11-01T06:00:00Z"));
  ASSERT_EQ(draft.reports.size(), 1U);
  model::UnitStatement first;
  first.unit = kaz("HQ-FICTIONAL");
  first.uuid = parse_uuid(kFirst);
  first.name = "HQ (fictional)";
  first.sidc = "10031002161211000000";
  first.echelon = model::Echelon::battalion;
  model::UnitStatement second;
  second.unit = kaz("ROTA-2-FICTIONAL");
  second.uuid = parse_uuid(kSecond);
  second.name = "Рота 2 (fictional)";
  second.short_name = "2";
  second.sidc = "10031000151211000000";
  second.echelon = model::Echelon::battery;
  second.reinforcement = model::Reinforcement::ridt;
  second.current = model::Place{.lat = 51.5, .lon = 71.25};
  second.relations = {{.type = model::RelationType::child_of, .unit = first.unit}};
  model::ReadinessStatement readiness;
  readiness.unit = second.unit;
  readiness.operational_status = model::OperationalStatus::sops;
  EXPECT_EQ(draft.reports[0].statements, (std::vector<model::Statement>{first, second, readiness}));
}

TEST(Msdl, TellsWhereMalformedXmlIs) {
  const auto draft = import("<MilitaryScenario>\n  <Unit>\n</MilitaryScenario>\n");

  ASSERT_EQ(draft.findings.size(), 1U);
  EXPECT_TRUE(draft.is_refused());
  EXPECT_EQ(draft.findings[0].code, "MALFORMED");
  EXPECT_EQ(draft.findings[0].where, "line 3, column 3");
  EXPECT_EQ(draft.findings[0].done, "Start-end tags mismatch");
}

TEST(Msdl, RefusesDocumentTypesAndWhatIsNotUtf8) {
  const auto bomb = import("<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY b \"c\">]>\n<a>&b;</a>");
  const auto windows = import(msdl(xml({.handle = kFirst, .name = "\xd0\xee\xf2\xe0"})));

  ASSERT_EQ(bomb.findings.size(), 1U);
  EXPECT_EQ(bomb.findings[0].code, "MALFORMED");
  EXPECT_EQ(bomb.findings[0].done, "document types are not read: remove the DOCTYPE");
  ASSERT_EQ(windows.findings.size(), 1U);
  EXPECT_EQ(windows.findings[0].code, "MALFORMED");
  EXPECT_EQ(windows.findings[0].done, "a byte that is not UTF-8: save the file as UTF-8");
  EXPECT_TRUE(windows.reports.empty());
}

TEST(Msdl, RefusesAnotherDialect) {
  const auto other = import("<MilitaryScenario xmlns=\"urn:another:9\"/>");
  const auto c2sim = import("<MessageBody xmlns=\"http://www.sisostds.org/schemas/C2SIM/1.1\"/>");

  ASSERT_EQ(other.findings.size(), 1U);
  EXPECT_EQ(other.findings[0],
            (ImportFinding{.code = "DIALECT",
                           .severity = ImportFinding::Severity::error,
                           .where = "line 1, column 1",
                           .handle = "",
                           .value = "MilitaryScenario urn:another:9",
                           .done = "nothing imported: expected MilitaryScenario of the namespace "
                                   "urn:sisostds:scenario:military:data:draft:msdl:1"}));
  EXPECT_EQ(c2sim.counts(), (Counts{{"DIALECT", 1}}));
}

TEST(Msdl, ReadsElementsWhateverTheirPrefix) {
  const auto draft = import(
      "<m:MilitaryScenario xmlns:m=\"urn:sisostds:scenario:military:data:draft:msdl:1\">"
      "<m:Organizations><m:Units><m:Unit><m:ObjectHandle>" +
      kFirst +
      "</m:ObjectHandle>"
      "<m:Name>A</m:Name></m:Unit></m:Units></m:Organizations></m:MilitaryScenario>");

  EXPECT_EQ(draft.units, 1U);
  EXPECT_THAT(draft.findings, IsEmpty());
}

struct Dirt {
  const char* code;
  MsdlUnit unit;
  const char* value;
  const char* done;
};

class MsdlDirt : public ::testing::TestWithParam<Dirt> {};

TEST_P(MsdlDirt, IsFoundAndNothingElse) {
  const auto draft = import_with(GetParam().unit);

  EXPECT_EQ(draft.counts(), (Counts{{GetParam().code, 1}}));
  const auto found = findings_of(draft, GetParam().code);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].value, GetParam().value);
  EXPECT_EQ(found[0].done, GetParam().done);
  EXPECT_EQ(draft.units, 2U);
}

std::string gdc(const char* lat, const char* lon) {
  return fmt::format(
      "<CoordinateChoice>GDC</CoordinateChoice><CoordinateData><GDC><Latitude>{}"
      "</Latitude><Longitude>{}</Longitude></GDC></CoordinateData>",
      lat, lon);
}

INSTANTIATE_TEST_SUITE_P(
    OfOneUnit, MsdlDirt,
    ::testing::Values(
        Dirt{"HANDLE_NOT_UUID",
             {.handle = "unit-2", .name = "B", .superior = kFirst},
             "unit-2",
             "kept as a text; a UUID is derived from it"},
        Dirt{"HANDLE_NOT_UUID",
             {.handle = "22222222-0000-4000-8000-00000000zzzz", .name = "B", .superior = kFirst},
             "22222222-0000-4000-8000-00000000zzzz",
             "kept as a text; a UUID is derived from it"},
        Dirt{"HANDLE_TRIMMED",
             {.handle = "\n " + kSecond + "\t", .name = "B", .superior = kFirst},
             "\\n 22222222-0000-4000-8000-000000000002\\t",
             "white space around the handle is left out"},
        Dirt{"NAME_DUP",
             {.handle = kSecond, .name = "HQ (fictional)", .superior = kFirst},
             "HQ (fictional)",
             "all are kept: 2 units have this name"},
        Dirt{"SUPERIOR_DANGLING",
             {.handle = kSecond, .name = "B", .superior = kThird},
             "22222222-0000-4000-8000-000000000003",
             "a root: its superior is not in the file"},
        Dirt{"SUPERIOR_ROOT",
             {.handle = kSecond, .name = "B", .superior = "00000000-0000-0000-0000-000000000000"},
             "00000000-0000-0000-0000-000000000000",
             "a root: its superior is a side, or all zero"},
        Dirt{"SUPERIOR_ROOT",
             {.handle = kSecond, .name = "B", .superior = kOwnSide},
             "11111111-0000-4000-8000-000000000001",
             "a root: its superior is a side, or all zero"},
        Dirt{"SIDC_ILLEGAL",
             {.handle = kSecond, .name = "B", .superior = kFirst, .sidc = "SFGPUCI"},
             "SFGPUCI",
             "the symbol is left empty: expected 15 letters of APP-6B"},
        Dirt{"SIDC_PLACEHOLDER",
             {.handle = kSecond, .name = "B", .superior = kFirst, .sidc = "SFGPUCI---**--*"},
             "SFGPUCI---**--*",
             "each * is read as -"},
        Dirt{"SIDC_NO_IDENTITY",
             {.handle = kSecond, .name = "B", .superior = kFirst, .sidc = "S-GPUCI----E---"},
             "S-GPUCI----E---",
             "the identity is that of the side"},
        Dirt{"ECHELON_DIFFERS",
             {.handle = kSecond,
              .name = "B",
              .superior = kFirst,
              .modifiers = "<Echelon>PLATOON</Echelon>"},
             "PLATOON; in the symbol COMPANY",
             "the echelon element wins"},
        Dirt{"VALUE_EMPTY",
             {.handle = kSecond,
              .name = "B",
              .superior = kFirst,
              .modifiers = "<CombatEffectiveness/>"},
             "",
             "no status is stated; it is not NOP"},
        Dirt{"ENUM_UNKNOWN",
             {.handle = kSecond,
              .name = "B",
              .superior = kFirst,
              .modifiers = "<CombatEffectiveness>PURPLE</CombatEffectiveness>"},
             "PURPLE",
             "no status is stated: the word is not known"},
        Dirt{"ENUM_UNKNOWN",
             {.handle = kSecond, .name = "B", .superior = kFirst, .relation = "FRIENDLY"},
             "FRIENDLY",
             "taken as CHILD_OF: the word is not known"},
        Dirt{"LOCATION_BAD",
             {.handle = kSecond, .name = "B", .superior = kFirst, .location = gdc("0", "0.0")},
             "GDC 0 0.0",
             "no location: out of range, or exactly (0, 0)"},
        Dirt{"LOCATION_BAD",
             {.handle = kSecond, .name = "B", .superior = kFirst, .location = gdc("91", "10")},
             "GDC 91 10",
             "no location: out of range, or exactly (0, 0)"},
        Dirt{"LOCATION_BAD",
             {.handle = kSecond,
              .name = "B",
              .superior = kFirst,
              .location = "<CoordinateChoice>POLAR</CoordinateChoice>"},
             "POLAR",
             "no location: these coordinates are not understood"},
        Dirt{"HOLDING_ODD",
             {.handle = kSecond,
              .name = "B",
              .superior = kFirst,
              .more = "<Holdings><Holding><NSN_Name>Truck</NSN_Name><OnHandQuantity>5.0"
                      "</OnHandQuantity><OperationalCount>6</OperationalCount></Holding>"
                      "</Holdings>"},
             "Truck: required -, on hand 5.0, operational 6",
             "the counts are kept and measure nothing"},
        Dirt{"NUMBER_BAD",
             {.handle = kSecond,
              .name = "B",
              .superior = kFirst,
              .more = "<Holdings><Holding><NSN_Name>Truck</NSN_Name><OnHandQuantity>12.5"
                      "</OnHandQuantity></Holding></Holdings>"},
             "12.5",
             "the count is absent: it is no whole number; nothing is rounded"},
        Dirt{"EXTENSION_BAD",
             {.handle = kSecond,
              .name = "B",
              .superior = kFirst,
              .more = "<k:Kept xmlns:k=\"urn:muster:interchange:1\">{\"unit\":1}</k:Kept>"},
             "",
             "what an export kept of this unit cannot be read and is left out"}));

TEST(Msdl, RefusesTheSecondUnitOfAHandle) {
  const auto draft = import_with({.handle = kFirst, .name = "Copy (fictional)"});

  EXPECT_EQ(findings_of(draft, "HANDLE_DUP").size(), 1U);
  EXPECT_EQ(draft.units, 1U);
  EXPECT_EQ(units_of(draft).count("KAZ:HQ-FICTIONAL"), 1U);
}

TEST(Msdl, RefusesEveryUnitOfACycleAndShowsIt) {
  const auto draft = import(msdl(xml({.handle = kFirst, .name = "A", .superior = kSecond}) +
                                 xml({.handle = kSecond, .name = "B", .superior = kFirst}) +
                                 xml({.handle = kThird, .name = "C", .superior = kSecond})));

  EXPECT_EQ(draft.counts(), (Counts{{"SUPERIOR_CYCLE", 2}, {"SUPERIOR_DANGLING", 1}}));
  const auto cycle = findings_of(draft, "SUPERIOR_CYCLE");
  EXPECT_EQ(cycle[0].value, kFirst + " -> " + kSecond + " -> " + kFirst);
  EXPECT_EQ(draft.units, 1U);
  EXPECT_TRUE(units_of(draft).at("KAZ:C").relations.empty());
}

TEST(Msdl, SaysThatAFlatListHasNoHierarchy) {
  const auto draft = import(msdl(xml({.handle = kFirst, .name = "1 Battalion"}) +
                                 xml({.handle = kSecond, .name = "1 Battalion / A Company"})));

  EXPECT_EQ(draft.counts(), (Counts{{"HIERARCHY_ABSENT", 1}}));
  EXPECT_EQ(draft.findings[0].done, "a flat list: no superiors are guessed from names");
}

TEST(Msdl, TakesTheSidesThatAreAsked) {
  const auto text =
      msdl(xml({.handle = kFirst, .name = "A"}) +
           xml({.handle = kSecond, .name = "B", .superior = kFirst}) +
           xml({.handle = kThird, .name = "Foe", .side = kOtherSide, .sidc = "S-GPUCI----E---"}));

  const auto own = import(text, {"Blue (fictional)"});
  const auto other = import(text, {kOtherSide});
  const auto none = import(text, {"Green"});

  EXPECT_EQ(own.units, 2U);
  EXPECT_EQ(own.units_skipped, 1U);
  EXPECT_THAT(own.findings, IsEmpty());
  EXPECT_EQ(other.units, 1U);
  EXPECT_EQ(units_of(other).at("KAZ:FOE").sidc.substr(3, 1), "3") << "to itself a friend";
  EXPECT_EQ(units_of(import(text)).at("KAZ:FOE").sidc.substr(3, 1), "6") << "hostile to the first";
  EXPECT_TRUE(none.is_refused());
  EXPECT_EQ(findings_of(none, "SIDE_UNKNOWN").size(), 1U);
  EXPECT_TRUE(none.reports.empty());
}

TEST(Msdl, AsksForAMomentThatIsNone) {
  const auto draft = import(msdl(xml({.handle = kFirst, .name = "A"}), "", "2026-02-30T00:00:00Z"));
  auto options = of_kaz();
  options.valid_at = at("2026-11-02T00:00:00Z");
  const auto given = import_order_of_battle(msdl(xml({.handle = kFirst, .name = "A"}), "", "soon"),
                                            OrbatFormat::msdl, options);

  EXPECT_EQ(draft.counts(), (Counts{{"DATE_BAD", 1}}));
  EXPECT_EQ(draft.valid_at, std::nullopt);
  EXPECT_THAT(draft.reports, IsEmpty());
  EXPECT_EQ(draft.units, 1U);
  ASSERT_EQ(given.reports.size(), 1U);
  EXPECT_EQ(given.reports[0].valid_at, options.valid_at);
}

TEST(Msdl, AddsItemsAndHoldingsToWhatAUnitHolds) {
  const auto item = [](const char* number, const char* quantity) {
    return fmt::format(
        "<EquipmentItem><ObjectHandle>33333333-0000-4000-8000-00000000000{}</ObjectHandle>"
        "<SymbolIdentifier>SFGPEVUT------G</SymbolIdentifier><EquipmentSymbolModifiers><Quantity>{}"
        "</Quantity><EquipmentType>Truck 4x4</EquipmentType></EquipmentSymbolModifiers><Relations>"
        "<OrganicSuperiorHandle>{}</OrganicSuperiorHandle></Relations></EquipmentItem>",
        number, quantity, kFirst);
  };
  const std::string holdings =
      "<Holdings><Holding><NSN_Code>2320-01-123-4567</NSN_Code><NSN_Name>Radio</NSN_Name>"
      "<RequiredOnHandQuantity>10</RequiredOnHandQuantity><OnHandQuantity>8.0</OnHandQuantity>"
      "<OperationalCount>6</OperationalCount></Holding></Holdings>";
  const auto draft = import(msdl(xml({.handle = kFirst, .name = "A", .more = holdings}),
                                 "<Equipment>" + item("1", "2") + item("2", "3") + "</Equipment>"));

  EXPECT_THAT(draft.findings, IsEmpty());
  EXPECT_EQ(draft.equipment_items, 2U);
  ASSERT_EQ(draft.reports.size(), 1U);
  const auto equipment = all_of<model::EquipmentStatement>(draft.reports[0]);
  ASSERT_EQ(equipment.size(), 1U);
  const model::Holding radio{.item_code = *model::Code::parse("RADIO"),
                             .nsn = "2320011234567",
                             .required = 10,
                             .on_hand = 8,
                             .fmc = 6,
                             .pmc = 0,
                             .nmc = 2};
  const model::Holding truck{.item_code = *model::Code::parse("TRUCK-4X4"), .on_hand = 5};
  EXPECT_THAT(equipment[0].holdings, ElementsAre(radio, truck));
}

TEST(Msdl, TellsWhichUnitsFederatesShareOrForget) {
  auto text = msdl(xml({.handle = kFirst, .name = "A"}) +
                   xml({.handle = kSecond, .name = "B", .superior = kFirst}));
  const auto federate = [](const char* name, const std::string& handle) {
    return fmt::format(
        "<Federate><Name>{}</Name><Units><Unit><ObjectHandle>{}</ObjectHandle></Unit>"
        "</Units></Federate>",
        name, handle);
  };
  text.insert(text.find("<Organizations>"), "<Deployment>" + federate("SIM-A", kFirst) +
                                                federate("SIM-B", kFirst) +
                                                federate("SIM-C", kThird) + "</Deployment>");

  const auto draft = import(text);

  EXPECT_EQ(draft.counts(), (Counts{{"OWNER_NONE", 1}, {"OWNER_TWICE", 1}, {"OWNER_UNKNOWN", 1}}));
  EXPECT_EQ(findings_of(draft, "OWNER_TWICE")[0].value, "SIM-A, SIM-B");
  EXPECT_EQ(findings_of(draft, "OWNER_UNKNOWN")[0].value, "SIM-C");
  EXPECT_EQ(findings_of(draft, "OWNER_NONE")[0].handle, kSecond);
}

TEST(Msdl, GivesTheSameKeysEachTimeAndTellsUnitsOfOneNameApart) {
  const auto text = msdl(xml({.handle = kFirst, .name = "1th"}) +
                         xml({.handle = kSecond, .name = "1th", .superior = kFirst}) +
                         xml({.handle = kThird, .name = "…", .superior = kFirst}));

  const auto first = import(text);
  const auto second = import(text);

  EXPECT_EQ(first.reports, second.reports);
  const auto units = units_of(first);
  ASSERT_EQ(units.size(), 3U);
  std::size_t named = 0;
  for (const auto& [key, unit] : units) {
    named += key.starts_with("KAZ:1TH-") || key.starts_with("KAZ:U-") ? 1 : 0;
  }
  EXPECT_EQ(named, 3U);
}

// ---- places and symbols -------------------------------------------------------------------------

void expect_near(const std::optional<model::Place>& place, double lat, double lon, double by) {
  ASSERT_TRUE(place);
  EXPECT_NEAR(place->lat, lat, by);
  EXPECT_NEAR(place->lon, lon, by);
}

TEST(Msdl, StopsReadingWhenThereIsTooMuch) {
  std::string units, items;
  for (int i = 0; i < 110'000; ++i) {
    units += "<Unit/>";
    items += "<EquipmentItem/>";
  }
  const auto many_units = import(msdl(units));
  const auto many_items = import(msdl({}, "<Equipment>" + items + "</Equipment>"));

  EXPECT_EQ(many_units.counts(), (Counts{{"FILE_TOO_LARGE", 1}}));
  EXPECT_EQ(many_units.findings[0].value, "100001 units");
  EXPECT_EQ(many_items.counts(), (Counts{{"FILE_TOO_LARGE", 1}}));
  EXPECT_EQ(many_items.findings[0].value, "100001 items");
  EXPECT_EQ(many_items.findings[0].done, "nothing imported: at most 100000 items; split the file");
}

TEST(OrbatFindings, KeepAnErrorHoweverManyThereAre) {
  Findings findings;
  for (std::size_t i = 0; i < kFindingsMax; ++i) {
    findings.add(0, "HANDLE_NOT_UUID", "a", {}, "kept as a text");
  }
  findings.add(0, "HANDLE_NOT_UUID", "one too many", {}, "kept as a text");
  findings.add(Findings::kFile, "FILE_TOO_LARGE", {}, {}, "nothing imported");

  const auto taken = findings.take({true});

  ASSERT_EQ(taken.size(), kFindingsMax + 2);
  EXPECT_EQ(taken.front().code, "FILE_TOO_LARGE");
  EXPECT_EQ(taken[kFindingsMax].handle, "a");
  EXPECT_EQ(taken.back().code, "FINDINGS_CUT");
}

TEST(Coordinates, AreReadFromTheEarthsMiddle) {
  expect_near(from_geocentric(3305482.602, 3582555.369, 4099566.610), 40.254191, 47.303493, 1e-6);
  expect_near(from_geocentric(0, 0, 6356752.314245), 90.0, 0.0, 1e-9);
  EXPECT_EQ(from_geocentric(0, 0, 0), std::nullopt);
  EXPECT_EQ(from_geocentric(1e30, 0, 0), std::nullopt);
}

TEST(Coordinates, AreReadFromUtm) {
  // On a central meridian the easting is 500 km; the equator is 0 and 10,000 km.
  expect_near(from_utm({.zone = 31, .easting = 500'000, .northing = 0}), 0.0, 3.0, 1e-9);
  expect_near(from_utm({.zone = 31, .is_south = true, .easting = 500'000, .northing = 10'000'000}),
              0.0, 3.0, 1e-9);
  // The CN Tower, as the literature has it.
  expect_near(from_utm({.zone = 17, .easting = 630084, .northing = 4833438}), 43.642567, -79.387139,
              1e-5);
  EXPECT_EQ(from_utm({.zone = 61, .easting = 500'000, .northing = 0}), std::nullopt);
}

TEST(Coordinates, AreReadFromMgrs) {
  const auto zone = parse_grid_zone("17T");
  ASSERT_TRUE(zone);
  expect_near(from_mgrs(*zone, "PJ", 30084, 33438), 43.642567, -79.387139, 1e-5);
  // South of the equator: the same metres as UTM gives.
  const auto south =
      from_utm({.zone = 56, .is_south = true, .easting = 334873, .northing = 6252266});
  ASSERT_TRUE(south);
  expect_near(from_mgrs(*parse_grid_zone("56H"), "LH", 34873, 52266), south->lat, south->lon, 1e-9);
  EXPECT_EQ(parse_grid_zone("17I"), std::nullopt);
  EXPECT_EQ(parse_grid_zone("A"), std::nullopt);
  EXPECT_EQ(from_mgrs(*zone, "II", 0, 0), std::nullopt);
}

TEST(SymbolCode, IsConvertedByTable) {
  const auto digits = [](const char* letters) {
    return to_digits(read_letter_code(letters), '3').digits;
  };
  EXPECT_EQ(digits("SFGPUCI----E---"), "10031000151211000000");
  EXPECT_EQ(digits("SHGPUCAW-------"), "10061000001205000051");
  EXPECT_EQ(digits("SFAPMFQ--------"), "10030100001103000000");
  EXPECT_EQ(digits("S-G-UCI---AH--G"), "10031002181211000000");
  EXPECT_EQ(digits("SNSACP---------"), "10043010001205000000");
  EXPECT_EQ(digits("SFGPEVUTZ-MO--G"), "10031500000000000000");
  EXPECT_TRUE(to_digits(read_letter_code("SFGPUQQ--------"), '3').is_generic);
  EXPECT_FALSE(to_digits(read_letter_code("SFGP-----------"), '3').is_generic);
}

TEST(SymbolCode, ComesBackFromDigits) {
  for (const char* letters : {"S-GPUCI----E--G", "S-GPUCAW------G", "S-GPUCI---AF--G"}) {
    EXPECT_EQ(to_letters(to_digits(read_letter_code(letters), '3').digits), letters);
  }
  EXPECT_EQ(to_letters("10031000169999990000"), "S-GPU------F--G");
}

}  // namespace
}  // namespace muster::desk
