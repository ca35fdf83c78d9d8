// SPDX-License-Identifier: Apache-2.0
#include "nodes/asking/moments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/text_samples.h"

namespace muster::asking {
namespace {

using ::testing::HasSubstr;
using text::samples::at;

/// A Friday.
const model::UtcTime kNow = at("2022-01-07T12:30:15.5Z");

std::string moment(std::string_view text) {
  const auto parsed = parse_moment(text, kNow);
  return parsed ? model::format_time(*parsed) : parsed.error().message;
}

TEST(Moment, IsReadAsPeopleWriteIt) {
  EXPECT_EQ(moment("2022-01-07T18:00:00+06:00"), "2022-01-07T12:00:00Z");
  EXPECT_EQ(moment("2022-01-05"), "2022-01-05T00:00:00Z");
  EXPECT_EQ(moment("now"), "2022-01-07T12:30:15.5Z");
  EXPECT_EQ(moment("today"), "2022-01-07T00:00:00Z");
  EXPECT_EQ(moment("Yesterday"), "2022-01-06T00:00:00Z");
  EXPECT_EQ(moment("-3d"), "2022-01-04T12:30:15.5Z");
  EXPECT_EQ(moment("-12h"), "2022-01-07T00:30:15.5Z");
  EXPECT_EQ(moment("-30m"), "2022-01-07T12:00:15.5Z");
  EXPECT_EQ(moment("-2w"), "2021-12-24T12:30:15.5Z");
}

/// As tables print it.
TEST(Moment, MayHaveNoSeconds) {
  EXPECT_EQ(moment("2022-01-07T12:05Z"), "2022-01-07T12:05:00Z");
  EXPECT_EQ(moment("2022-01-07T18:05+06:00"), "2022-01-07T12:05:00Z");
  EXPECT_EQ(moment("2022-01-07 12:05z"), "2022-01-07T12:05:00Z");
  for (const auto* text : {"2022-01-07T12:05", "2022-01-07T12Z", "2022-01-07T12:60Z",
                           "2022-01-07T1:05Z", "2022-01-07T12:05Z+", "2022-01-07T12:05:Z"}) {
    EXPECT_THAT(moment(text), HasSubstr("'" + std::string(text) + "' is not a time"));
  }
}

TEST(Moment, IsTheLatestSuchDayBeforeToday) {
  EXPECT_EQ(moment("friday"), "2021-12-31T00:00:00Z") << "today is a Friday";
  EXPECT_EQ(moment("last friday"), "2021-12-31T00:00:00Z");
  EXPECT_EQ(moment("thursday"), "2022-01-06T00:00:00Z");
  EXPECT_EQ(moment("last saturday"), "2022-01-01T00:00:00Z");
  EXPECT_EQ(moment("sunday"), "2022-01-02T00:00:00Z");
}

TEST(Moment, ThatIsNoneNamesTheForms) {
  for (const auto* text : {"", "tomorrow", "last", "last year", "-", "-3", "-3y", "-d", "--3d",
                           "-999999999d", "in 3d"}) {
    EXPECT_THAT(moment(text), HasSubstr("write 2022-01-07T12:00:00Z, 2022-01-07, now, yesterday"))
        << text;
  }
  EXPECT_THAT(moment("2022-02-30"), HasSubstr("2022-02-30"));
  EXPECT_THAT(moment("2022-1-7"), HasSubstr("2022-1-7"));
}

TEST(Hours, AreWhole) {
  EXPECT_EQ(parse_hours("48h"), 48);
  EXPECT_EQ(parse_hours("48"), 48);
  EXPECT_EQ(parse_hours("2d"), 48);
  EXPECT_EQ(parse_hours("0h"), 0);
  EXPECT_EQ(parse_hours("8760h"), 8760);
  for (const auto* text :
       {"", "h", "-1h", "90m", "1.5h", "8761h", "366d", "2730d", "65536", "4 h"}) {
    EXPECT_EQ(parse_hours(text), std::nullopt) << text;
  }
}

TEST(Shift, IsSignedAndInMinutes) {
  EXPECT_EQ(parse_shift("+24h"), 1'440);
  EXPECT_EQ(parse_shift("-12h"), -720);
  EXPECT_EQ(parse_shift("+90m"), 90);
  EXPECT_EQ(parse_shift("-2d"), -2'880);
  EXPECT_EQ(parse_shift("+365d"), 525'600);
  EXPECT_EQ(parse_shift("-8760h"), -525'600);
  for (const auto* text : {"", "24h", "+", "+h", "+0h", "-0m", "+366d", "-8761h", "+1y", "++1h",
                           "+1.5h", "+-1h", "+24"}) {
    EXPECT_EQ(parse_shift(text), std::nullopt) << text;
  }
}

TEST(PlaceText, IsTwoNumbersInDegrees) {
  EXPECT_EQ(parse_place("51.16,71.47"), (model::Place{51.16, 71.47}));
  EXPECT_EQ(parse_place("-90,-180"), (model::Place{-90, -180}));
  for (const auto* text :
       {"", "51", "51,", ",71", "91,0", "0,181", "a,b", "1,2,3", "1, 2", "nan,1"}) {
    EXPECT_EQ(parse_place(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace muster::asking
