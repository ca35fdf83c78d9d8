// SPDX-License-Identifier: Apache-2.0
#include <limits>

#include "tests/unit/core_rules_fixture.h"

// Rules about what a unit is and where it stands, and about its readiness and availability.

namespace muster::core {
namespace {

using namespace std::chrono_literals;
using model::RelationType;
using model::Rule;
using model::Severity;
using ::testing::HasSubstr;
using tests::kSampleTime;
using tests::report_of;
using tests::unit_of;

TEST_F(Rules, V06RefusesASuperiorThatDoesNotExist) {
  auto unit = tests::full_unit();
  unit.relations[0].unit = tests::unit_id("KAZ:NOWHERE");

  const auto finding =
      finds(unit, {.rule = Rule::v06, .statement = 0, .field = "relations[0].unit"});

  EXPECT_THAT(finding.found, HasSubstr("KAZ:NOWHERE"));
}

TEST_F(Rules, V06RefusesASuperiorOfAnotherNation) {
  world_.accept(report_of({unit_of("ARM:A")}), "ARM/mod");
  auto unit = tests::full_unit();
  unit.relations[0].unit = tests::unit_id("ARM:A");

  finds(unit, {.rule = Rule::v06, .statement = 0, .field = "relations[0].unit"});
}

TEST_F(Rules, V06RefusesACombinedHeadquartersAsAParent) {
  world_.accept(report_of({unit_of("SEC:HQ")}), "SEC/hq");
  auto unit = tests::full_unit();
  unit.relations[0].unit = tests::unit_id("SEC:HQ");

  finds(unit, {.rule = Rule::v06, .statement = 0, .field = "relations[0].unit"});
}

TEST_F(Rules, V06LetsAUnitServeUnderACombinedHeadquarters) {
  world_.accept(report_of({unit_of("SEC:HQ")}), "SEC/hq");
  auto unit = tests::full_unit();
  for (const auto type : {RelationType::member_of, RelationType::attached, RelationType::opcon,
                          RelationType::tacon}) {
    unit.relations.push_back({type, tests::unit_id("SEC:HQ"), {}, {}});
  }

  accepts(report_of({unit}));
}

TEST_F(Rules, V06FindsASuperiorThatComesLaterInTheReport) {
  accepts(report_of({unit_of("KAZ:CHILD", "KAZ:PARENT"), unit_of("KAZ:PARENT")}));
}

TEST_F(Rules, V07RefusesAUnitBelowItself) {
  finds(unit_of("KAZ:EX-COMBAT-1", "KAZ:EX-COMBAT-1"),
        {.rule = Rule::v07, .statement = 0, .field = "relations"});
}

TEST_F(Rules, V07RefusesACycleThroughWhatIsKnown) {
  const auto finding = finds(unit_of("KAZ:EX-COMMAND-1", "KAZ:EX-COMBAT-1"),
                             {.rule = Rule::v07, .statement = 0, .field = "relations"});

  EXPECT_THAT(finding.found, HasSubstr("KAZ:EX-COMMAND-1 -> KAZ:EX-COMBAT-1 -> KAZ:EX-COMMAND-1"));
}

TEST_F(Rules, V07RefusesACycleInsideAReport) {
  const auto decision = world_.take(
      report_of({unit_of("KAZ:A", "KAZ:B"), unit_of("KAZ:B", "KAZ:C"), unit_of("KAZ:C", "KAZ:A")}));

  ASSERT_EQ(decision.findings.size(), 3U);
  for (const auto& finding : decision.findings) {
    EXPECT_EQ(finding.rule, Rule::v07);
  }
  EXPECT_EQ(world_.state.units.find(tests::unit_id("KAZ:A")), nullptr);
}

TEST_F(Rules, V07RefusesTwoParents) {
  auto unit = tests::full_unit();
  unit.relations.push_back(unit.relations[0]);

  finds(unit, {.rule = Rule::v07, .statement = 0, .field = "relations"});
}

/// KAZ:<prefix>1 at the top and `levels` units in a line below each other.
model::Report line_of(const std::string& prefix, int levels) {
  model::Report report = report_of({unit_of("KAZ:" + prefix + "1")});
  for (int level = 2; level <= levels; ++level) {
    report.statements.emplace_back(unit_of("KAZ:" + prefix + std::to_string(level),
                                           "KAZ:" + prefix + std::to_string(level - 1)));
  }
  return report;
}

TEST_F(Rules, V07AcceptsTwelveLevelsAndRefusesTheThirteenth) {
  accepts(line_of("L", 12));

  finds(unit_of("KAZ:L13", "KAZ:L12"), {.rule = Rule::v07, .statement = 0, .field = "relations"});
}

TEST_F(Rules, V07RefusesAMoveThatPushesABranchTooDeep) {
  accepts(line_of("A", 8));
  accepts(line_of("B", 5));
  // B1 would stand at level 9 and B5 at 13.
  const auto finding =
      finds(unit_of("KAZ:B1", "KAZ:A8"), {.rule = Rule::v07, .statement = 0, .field = "relations"});
  EXPECT_THAT(finding.found, HasSubstr("KAZ:B5"));

  accepts(report_of({unit_of("KAZ:B1", "KAZ:A7")}));
}

TEST_F(Rules, V10RefusesANameThatIsTooLong) {
  auto unit = tests::full_unit();
  unit.name.clear();
  for (int i = 0; i < 121; ++i) {
    unit.name += "Қ";  // Counted in characters, not in bytes.
  }

  const auto finding = finds(unit, {.rule = Rule::v10, .statement = 0, .field = "name"});

  EXPECT_EQ(finding.found, "121 characters");
}

TEST_F(Rules, V10RefusesAMetricThatIsNoNumber) {
  for (const double value :
       {-1.0, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    auto unit = tests::full_unit();
    unit.capabilities[0].metrics[0].value = value;

    finds(unit, {.rule = Rule::v10, .statement = 0, .field = "capabilities[0].metrics"});
  }
}

TEST_F(Rules, V10RefusesALevelOfAnAreaThatIsNone) {
  for (const model::Level level : {model::Level{0}, model::Level{5}, model::Level{7}}) {
    auto readiness = readiness_at_home();
    readiness.p = level;

    finds(readiness, {.rule = Rule::v10, .statement = 0, .field = "P"});
  }
}

TEST_F(Rules, V10RefusesANoticeOfMoreThanAYear) {
  auto availability = tests::full_availability();
  availability.notice_to_move_min = 525'601;

  finds(availability, {.rule = Rule::v10, .statement = 0, .field = "notice_to_move_min"});
}

TEST_F(Rules, V18RefusesAUnitWithoutANameOrAComponent) {
  auto nameless = tests::full_unit();
  nameless.name.clear();
  finds(nameless, {.rule = Rule::v18, .statement = 0, .field = "name"});

  auto shapeless = tests::full_unit();
  shapeless.component = std::nullopt;
  finds(shapeless, {.rule = Rule::v18, .statement = 0, .field = "component"});
}

TEST_F(Rules, V20RefusesAnOverrideWithoutItsGrounds) {
  const auto without = [](auto&& change) {
    auto readiness = readiness_at_home();
    change(*readiness.level_override);
    return readiness;
  };

  finds(without([](auto& o) { o.reason_code.clear(); }),
        {.rule = Rule::v20, .statement = 0, .field = "override.reason_code"});
  finds(without([](auto& o) { o.authority.clear(); }),
        {.rule = Rule::v20, .statement = 0, .field = "override.authority"});
  finds(without([](auto& o) { o.remark = "nineteen characters"; }),
        {.rule = Rule::v20, .statement = 0, .field = "override.remark"});
}

TEST_F(Rules, V22RefusesAForecastOfThePast) {
  auto readiness = readiness_at_home();
  readiness.forecast->when = kSampleTime;

  finds(readiness, {.rule = Rule::v22, .statement = 0, .field = "forecast.when"});
}

TEST_F(Rules, V23RefusesASymbolThatIsNone) {
  const auto with_symbol = [](std::string sidc) {
    auto unit = tests::full_unit();
    unit.sidc = std::move(sidc);
    return unit;
  };
  const Expected expected{.rule = Rule::v23, .statement = 0, .field = "sidc"};

  finds(with_symbol("1003100015121100000"), expected);   // 19 digits
  finds(with_symbol("1003100015121100000x"), expected);  // a letter
  finds(with_symbol("10061000151211000000"), expected);  // hostile
  finds(with_symbol("10039900151211000000"), expected);  // no such set
}

TEST_F(Rules, V23FlagsASymbolOfAnotherEchelon) {
  auto unit = tests::full_unit();
  unit.sidc = "10031000161211000000";

  const auto finding =
      finds(unit, {.rule = Rule::v23, .severity = Severity::flag, .statement = 0, .field = "sidc"});

  EXPECT_THAT(finding.expected, HasSubstr("15 for COMPANY"));
}

TEST_F(Rules, V24RefusesAPlaceThatIsNowhere) {
  const auto at_home = [](double lat, double lon) {
    auto unit = tests::full_unit();
    unit.home = model::Place{lat, lon};
    return unit;
  };
  const Expected expected{.rule = Rule::v24, .statement = 0, .field = "home"};

  finds(at_home(0, 0), expected);
  finds(at_home(90.001, 0), expected);
  finds(at_home(0, -180.001), expected);
  finds(at_home(std::numeric_limits<double>::quiet_NaN(), 1), expected);
}

TEST_F(Rules, V25RefusesAProfileThatFalls) {
  auto availability = tests::full_availability();
  availability.profile = {{12, 40}, {36, 39}};

  finds(availability, {.rule = Rule::v25, .statement = 0, .field = "profile[1]"});
}

TEST_F(Rules, V25RefusesAProfileWhoseHoursDoNotGrow) {
  auto availability = tests::full_availability();
  availability.profile = {{12, 40}, {12, 50}};

  finds(availability, {.rule = Rule::v25, .statement = 0, .field = "profile[1]"});
}

TEST_F(Rules, V34RefusesControlCharactersInAName) {
  auto unit = tests::full_unit();
  unit.name = "1st\ncompany";

  const auto finding = finds(unit, {.rule = Rule::v34, .statement = 0, .field = "name"});

  EXPECT_THAT(finding.found, HasSubstr("byte 3"));
}

TEST_F(Rules, V34RefusesTextThatIsNotNormalised) {
  auto readiness = readiness_at_home();
  readiness.remarks = "cafe\u0301";

  finds(readiness, {.rule = Rule::v34, .statement = 0, .field = "remarks"});
}

TEST_F(Rules, V34LetsRemarksHaveLines) {
  auto readiness = readiness_at_home();
  readiness.remarks = "one\ntwo";

  accepts(report_of({readiness}));
}

TEST_F(Rules, V35RefusesAByteOrderMark) {
  auto unit = tests::full_unit();
  unit.name = "\ufeff1st company";

  finds(unit, {.rule = Rule::v35, .statement = 0, .field = "name"});
}

TEST_F(Rules, V35RefusesWhiteSpaceInACode) {
  auto readiness = readiness_at_home();
  readiness.level_override->reason_code = "TYRES ";

  const auto finding =
      finds(readiness, {.rule = Rule::v35, .statement = 0, .field = "override.reason_code"});

  EXPECT_EQ(finding.found, "\"TYRES \"");
}

TEST_F(Rules, V37LeavesNoRoomForCodesThatDifferByCase) {
  EXPECT_FALSE(model::UnitId::parse("KAZ:Ex-Combat-1"));
  EXPECT_FALSE(model::UnitId::parse("kaz:EX-COMBAT-1"));
}

TEST_F(Rules, V38FlagsAComponentThatIsNotKnown) {
  auto unit = tests::full_unit();
  unit.component = static_cast<model::Component>(9);

  finds(unit,
        {.rule = Rule::v38, .severity = Severity::flag, .statement = 0, .field = "component"});
}

TEST_F(Rules, V40FlagsAPledgeWithoutAnEnd) {
  auto availability = tests::full_availability();
  availability.pledge_valid_until = std::nullopt;

  finds(availability, {.rule = Rule::v40,
                       .severity = Severity::flag,
                       .statement = 0,
                       .field = "pledge_valid_until"});
}

TEST_F(Rules, V33FlagsAPersonInARemarkAndNeverShowsThem) {
  auto readiness = readiness_at_home();
  readiness.remarks = "Ask Ivanov I.I. first.";

  const auto finding =
      finds(readiness,
            {.rule = Rule::v33, .severity = Severity::flag, .statement = 0, .field = "remarks"});

  EXPECT_EQ(finding.found, "a name with initials in bytes 4 to 14");
  EXPECT_THAT(model::describe(finding), ::testing::Not(HasSubstr("Ivanov")));
}

TEST_F(Rules, V33FlagsANumberInTheRemarkOfAnOverride) {
  auto readiness = readiness_at_home();
  readiness.level_override->remark = "Signed for by the holder of AB1234567.";

  finds(
      readiness,
      {.rule = Rule::v33, .severity = Severity::flag, .statement = 0, .field = "override.remark"});
}

TEST_F(Rules, V40FlagsAPledgeThatEndsWithinAMonth) {
  auto availability = tests::full_availability();
  availability.pledge_valid_until = kSampleTime + 720h;
  const auto finding = finds(availability, {.rule = Rule::v40,
                                            .severity = Severity::flag,
                                            .statement = 0,
                                            .field = "pledge_valid_until"});
  EXPECT_THAT(finding.expected, HasSubstr("30 days"));

  availability.pledge_valid_until = kSampleTime + 720h + 1us;
  accepts(report_of({availability}));
}

TEST_F(Rules, V40AsksNothingOfAUnitThatIsNotPledged) {
  auto availability = tests::full_availability();
  availability.pledge_level = std::uint8_t{0};
  availability.pledge_valid_until = std::nullopt;

  accepts(report_of({availability}));
}

TEST_F(Rules, V40FlagsAPledgeThatHasEnded) {
  auto availability = tests::full_availability();
  availability.pledge_valid_until = kSampleTime;

  finds(availability, {.rule = Rule::v40,
                       .severity = Severity::flag,
                       .statement = 0,
                       .field = "pledge_valid_until"});
}

}  // namespace
}  // namespace muster::core
