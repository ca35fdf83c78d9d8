// SPDX-License-Identifier: Apache-2.0
// C2SIM initialisations: what is read, and what each kind of dirt becomes.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "nodes/desk/orbat_text.h"
#include "tests/unit/desk_orbat_fixture.h"

namespace muster::desk {
namespace {

using namespace fixture;
using ::testing::IsEmpty;

struct C2simActor {
  std::string uuid, name;
  std::string superior = {};
  std::string sidc = "SFGPUCI----E---";
  std::string echelon = "COY";
  std::string health =
      "<OperationalStatus><OperationalStatusCode>FullyOperational"
      "</OperationalStatusCode></OperationalStatus>";
  std::string side = kOwnSide;
  bool is_vehicle = false;
};

std::string entity(const C2simActor& actor) {
  const std::string inside = fmt::format(
      "<EntityDescriptor><Side>{}</Side>{}</EntityDescriptor><CurrentState><PhysicalState>"
      "<EntityHealthStatus>{}</EntityHealthStatus><Location><GeodeticCoordinate><Latitude>51.5"
      "</Latitude><Longitude>71.25</Longitude></GeodeticCoordinate></Location></PhysicalState>"
      "</CurrentState><EntityType><APP6-SIDC><SIDCString>{}</SIDCString></APP6-SIDC></EntityType>"
      "<Name>{}</Name><UUID>{}</UUID>",
      actor.side, actor.superior.empty() ? "" : "<Superior>" + actor.superior + "</Superior>",
      actor.health, actor.sidc, actor.name, actor.uuid);
  if (actor.is_vehicle) {
    return "<Entity><ActorEntity><Platform><Vehicle>" + inside +
           "</Vehicle></Platform></ActorEntity></Entity>\n";
  }
  return "<Entity><ActorEntity><CollectiveEntity><MilitaryOrganization><Unit>" + inside +
         (actor.echelon.empty() ? "" : "<EchelonCode>" + actor.echelon + "</EchelonCode>") +
         "</Unit></MilitaryOrganization></CollectiveEntity></ActorEntity></Entity>\n";
}

std::string c2sim(const std::string& entities, const std::string& behind = "",
                  const std::string& time = "2026-11-01T06:00:00Z") {
  return "<?xml version=\"1.0\"?>\n"
         "<MessageBody xmlns=\"http://www.sisostds.org/schemas/C2SIM/1.1\">"
         "<C2SIMInitializationBody><ObjectDefinitions>\n<AbstractObject><ForceSide>"
         "<Name>Blue (fictional)</Name><UUID>" +
         kOwnSide + "</UUID></ForceSide></AbstractObject>\n" + entities +
         "</ObjectDefinitions><ScenarioSetting><DateTime><IsoDateTime>" + time +
         "</IsoDateTime></DateTime></ScenarioSetting>" + behind +
         "</C2SIMInitializationBody></MessageBody>\n";
}

ImportDraft import(const std::string& text) {
  return import_order_of_battle(text, OrbatFormat::c2sim, of_kaz());
}

TEST(C2sim, BecomesUnitsWithTheirStatus) {
  const auto draft = import(c2sim(
      entity(
          {.uuid = kFirst, .name = "HQ (fictional)", .sidc = "SFGPUCI----F---", .echelon = "BN"}) +
      entity({.uuid = kSecond, .name = "A (fictional)", .superior = kFirst})));

  EXPECT_THAT(draft.findings, IsEmpty());
  ASSERT_EQ(draft.reports.size(), 1U);
  model::UnitStatement unit;
  unit.unit = kaz("A-FICTIONAL");
  unit.uuid = parse_uuid(kSecond);
  unit.name = "A (fictional)";
  unit.sidc = "10031000151211000000";
  unit.echelon = model::Echelon::company;
  unit.current = model::Place{.lat = 51.5, .lon = 71.25};
  unit.relations = {{.unit = kaz("HQ-FICTIONAL")}};
  model::ReadinessStatement readiness;
  readiness.unit = unit.unit;
  readiness.operational_status = model::OperationalStatus::opr;
  ASSERT_EQ(draft.reports[0].statements.size(), 4U);
  EXPECT_EQ(draft.reports[0].statements[2], model::Statement{unit});
  EXPECT_EQ(draft.reports[0].statements[3], model::Statement{readiness});
}

TEST(C2sim, CountsVehiclesAndGraphicsThatAreNoUnits) {
  const auto draft =
      import(c2sim(entity({.uuid = kFirst, .name = "A"}) +
                   entity({.uuid = kSecond, .name = "V", .superior = kThird, .is_vehicle = true}) +
                   "<Entity><PhysicalEntity><MapGraphic/></PhysicalEntity></Entity>"));

  EXPECT_EQ(draft.counts(), (Counts{{"SUPERIOR_DANGLING", 1}}));
  EXPECT_EQ(draft.findings[0].handle, kSecond);
  EXPECT_EQ(draft.units, 1U);
  EXPECT_EQ(draft.equipment_items, 1U);
  EXPECT_EQ(draft.others, 1U);
}

TEST(C2sim, TellsWhichActorsSystemsShareOrForget) {
  const auto list = [](const char* name, const std::string& actor) {
    return fmt::format(
        "<SystemEntityList><ActorReference>{}</ActorReference><SystemName>{}"
        "</SystemName></SystemEntityList>",
        actor, name);
  };
  const auto draft = import(c2sim(entity({.uuid = kFirst, .name = "A"}) +
                                      entity({.uuid = kSecond, .name = "B", .superior = kFirst}),
                                  list("ONE", kFirst) + list("TWO", kFirst) + list("TWO", kThird)));

  EXPECT_EQ(draft.counts(), (Counts{{"OWNER_NONE", 1}, {"OWNER_TWICE", 1}, {"OWNER_UNKNOWN", 1}}));
  EXPECT_EQ(findings_of(draft, "OWNER_TWICE")[0].value, "ONE, TWO");
}

TEST(C2sim, ReadsNothingIntoEmptyValues) {
  const auto draft = import(
      c2sim(entity({.uuid = kFirst,
                    .name = "A",
                    .health = "<OperationalStatus><OperationalStatusCode/></OperationalStatus>"
                              "<StrengthPercentage></StrengthPercentage>"})));

  EXPECT_EQ(draft.counts(), (Counts{{"VALUE_EMPTY", 2}}));
  ASSERT_EQ(draft.reports.size(), 1U);
  EXPECT_THAT(all_of<model::ReadinessStatement>(draft.reports[0]), IsEmpty());
  EXPECT_THAT(all_of<model::StrengthStatement>(draft.reports[0]), IsEmpty());
}

TEST(C2sim, KeepsAPercentageAsARemarkThatMakesNoCounts) {
  const auto draft =
      import(c2sim(entity({.uuid = kFirst,
                           .name = "A",
                           .health = "<OperationalStatus><OperationalStatusCode>PartlyOperational"
                                     "</OperationalStatusCode></OperationalStatus><Strength>"
                                     "<StrengthPercentage>80</StrengthPercentage></Strength>"})));

  ASSERT_EQ(draft.reports.size(), 1U);
  const auto readiness = all_of<model::ReadinessStatement>(draft.reports[0]);
  ASSERT_EQ(readiness.size(), 1U);
  EXPECT_EQ(readiness[0].remarks, "StrengthPercentage 80");
  EXPECT_EQ(readiness[0].operational_status, model::OperationalStatus::mops);
  EXPECT_THAT(all_of<model::StrengthStatement>(draft.reports[0]), IsEmpty());
}

TEST(C2sim, ReadsNosAsNoEchelonOfItsOwn) {
  const auto draft =
      import(c2sim(entity({.uuid = kFirst, .name = "A", .echelon = "NOS"}) +
                   entity({.uuid = kSecond,
                           .name = "B",
                           .superior = kFirst,
                           .sidc = "SFGPUCI--------",
                           .echelon = "NOS"}) +
                   entity({.uuid = kThird, .name = "C", .superior = kFirst, .echelon = "PLT"})));

  EXPECT_EQ(draft.counts(), (Counts{{"ECHELON_DIFFERS", 1}}));
  const auto units = units_of(draft);
  EXPECT_EQ(units.at("KAZ:A").echelon, model::Echelon::company);
  EXPECT_EQ(units.at("KAZ:B").echelon, std::nullopt);
  EXPECT_EQ(units.at("KAZ:C").echelon, model::Echelon::platoon);
  EXPECT_EQ(units.at("KAZ:C").sidc, "10031000141211000000");
}

TEST(C2sim, AsksForTheMomentThatIsAllZero) {
  const auto draft =
      import(c2sim(entity({.uuid = kFirst, .name = "A"}), "", "0000-00-00T00:00:00Z"));

  EXPECT_EQ(draft.counts(), (Counts{{"DATE_BAD", 1}}));
  EXPECT_EQ(draft.findings[0].value, "0000-00-00T00:00:00Z");
  EXPECT_EQ(draft.valid_at, std::nullopt);
}

TEST(C2sim, RefusesOtherMessages) {
  const auto order = import(
      "<MessageBody xmlns=\"http://www.sisostds.org/schemas/C2SIM/1.1\"><DomainMessageBody/>"
      "</MessageBody>");
  const auto older = import(
      "<MessageBody xmlns=\"http://www.sisostds.org/schemas/C2SIM/0.9\"><C2SIMInitializationBody/>"
      "</MessageBody>");

  EXPECT_EQ(order.counts(), (Counts{{"DIALECT", 1}}));
  EXPECT_EQ(older.counts(), (Counts{{"DIALECT", 1}}));
  EXPECT_EQ(older.findings[0].value, "MessageBody http://www.sisostds.org/schemas/C2SIM/0.9");
}

}  // namespace
}  // namespace muster::desk
