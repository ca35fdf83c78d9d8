// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "schemas/model/bytes.h"
#include "schemas/model/codes.h"
#include "schemas/model/finding.h"
#include "schemas/model/ids.h"
#include "schemas/model/text.h"
#include "schemas/model/time.h"

namespace muster::model {
namespace {

using testing::HasSubstr;

TEST(Time, ReadsWhatItWrites) {
  for (const auto* text : {"1970-01-01T00:00:00Z", "2022-01-07T12:00:00Z", "2024-02-29T23:59:59.5Z",
                           "2022-01-07T12:00:00.000001Z", "1969-12-31T23:59:59Z"}) {
    const auto time = parse_time(text);
    ASSERT_TRUE(time) << text;
    EXPECT_EQ(format_time(*time), text);
  }
}

TEST(Time, ReadsOffsetsAndASpace) {
  EXPECT_EQ(format_time(*parse_time("2022-01-07 18:00:00+06:00")), "2022-01-07T12:00:00Z");
  EXPECT_EQ(format_time(*parse_time("2022-01-07t12:00:00.25-00:30")), "2022-01-07T12:30:00.25Z");
}

TEST(Time, RefusesWhatIsNoMoment) {
  for (const auto* text :
       {"", "2022-01-07", "2022-02-30T00:00:00Z", "2022-01-07T24:00:00Z", "2022-01-07T12:60:00Z",
        "2022-01-07T12:00:00", "2022-01-07T12:00:00.Z", "2022-01-07T12:00:00.1234567Z",
        "2022-01-07T12:00:00Zx", "2022-13-07T12:00:00Z", "0000-00-00T00:00:00Z"}) {
    EXPECT_FALSE(parse_time(text)) << text;
  }
}

TEST(Ids, UnitKeyIsANationAndACode) {
  const auto unit = UnitId::parse("KAZ:AIRMOB-35");
  ASSERT_TRUE(unit);
  EXPECT_EQ(unit->nation().view(), "KAZ");
  EXPECT_EQ(unit->code(), "AIRMOB-35");
  EXPECT_TRUE(UnitId::parse("SEC:" + std::string(32, 'A')));
}

TEST(Ids, RefusesWhatIsNoKey) {
  for (const auto* text : {"", "KAZ", "KAZ:", "kaz:A", "KAZ:a", "KAZ/A", "KAZ:A B", "KAZ: A",
                           "KA:AA", "\xef\xbb\xbfKAZ:A"}) {
    const auto unit = UnitId::parse(text);
    ASSERT_FALSE(unit) << text;
    EXPECT_THAT(unit.error().message, HasSubstr("expected"));
  }
  EXPECT_FALSE(UnitId::parse("KAZ:" + std::string(33, 'A')));
  EXPECT_FALSE(NodeId::parse("KAZ/MOD"));
  EXPECT_FALSE(NodeId::parse("KAZ/" + std::string(25, 'a')));
  EXPECT_FALSE(Nation::parse("KZ"));
}

TEST(Ids, ReportIdIsANodeAndANumber) {
  const auto id = ReportId::parse("KAZ/mod#41");
  ASSERT_TRUE(id);
  EXPECT_EQ(id->str(), "KAZ/mod#41");
  for (const auto* text : {"KAZ/mod", "KAZ/mod#", "KAZ/mod#0", "KAZ/mod#-1", "KAZ/mod#1x",
                           "KAZ/mod#99999999999999999999"}) {
    EXPECT_FALSE(ReportId::parse(text)) << text;
  }
}

TEST(Codes, HaveANameEachWay) {
  EXPECT_EQ(to_text(ElementKind::combat_support), "COMBAT_SUPPORT");
  EXPECT_EQ(from_text<ElementKind>("COMBAT_SUPPORT"), ElementKind::combat_support);
  EXPECT_EQ(from_text<Sex>("F"), Sex::female);
  EXPECT_EQ(from_text<Task>("T99"), Task::t99);
  EXPECT_FALSE(from_text<ElementKind>("combat"));
  EXPECT_EQ(to_text(Rule::v08), "V08");
}

TEST(Codes, FromANewerSchemaAreKeptAndSaidToBeUnknown) {
  const auto newer = static_cast<ElementKind>(200);
  EXPECT_FALSE(is_known(newer));
  EXPECT_EQ(to_text(newer), "UNKNOWN(200)");
}

TEST(Hex, ReadsWhatItWrites) {
  EXPECT_EQ(to_hex(Bytes{0, 15, 255}), "000fff");
  EXPECT_EQ((*parse_hex<std::array<std::uint8_t, 3>>("000FfF")),
            (std::array<std::uint8_t, 3>{0, 15, 255}));
  EXPECT_FALSE((parse_hex<std::array<std::uint8_t, 3>>("000ff")));
  EXPECT_FALSE((parse_hex<std::array<std::uint8_t, 3>>("000fgf")));
}

TEST(Text, FindsWhatRulesForbid) {
  EXPECT_EQ(find_control("a\tb", true), 1U);
  EXPECT_EQ(find_control("a\nb", true), std::nullopt);
  EXPECT_EQ(find_control("a\nb", false), 1U);
  EXPECT_EQ(find_control("\xc2\x85", true), 0U);  // NEL, a C1 control.
  EXPECT_EQ(find_control("п ё", false), std::nullopt);
  EXPECT_EQ(find_byte_order_mark("ab\xef\xbb\xbf"), 2U);
  EXPECT_TRUE(is_nfc("й"));
  EXPECT_FALSE(is_nfc("и\xcc\x86"));  // и and a combining breve.
  EXPECT_EQ(count_code_points("полк"), 4U);
}

TEST(Finding, IsSaidInPlainWords) {
  const Finding finding{.rule = Rule::v12,
                        .severity = Severity::refuse,
                        .statement = 3,
                        .field = "present",
                        .found = "352 + 17",
                        .expected = "370"};
  EXPECT_EQ(describe(finding), "V12 REFUSE statement 3, present: found 352 + 17; expected 370");
  EXPECT_TRUE(refuses({finding}));
  EXPECT_FALSE(refuses({}));
}

}  // namespace
}  // namespace muster::model
