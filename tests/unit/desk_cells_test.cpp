// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <array>

#include "nodes/desk/cell_text.h"
#include "nodes/desk/cell_values.h"
#include "nodes/desk/problem.h"
#include "tests/unit/desk_workbooks.h"

namespace muster::desk {
namespace {

using tests::at;

const ColumnBook& book() {
  static const auto kBook = ColumnBook::load("", "").value();
  return kBook;
}

CellView text(std::string_view value) { return {.kind = CellKind::text, .text = value}; }
CellView number(double value) { return {.kind = CellKind::number, .number = value}; }

CellContext kaz() {
  return {.book = book(), .nation = *model::Nation::parse("KAZ"), .person_key = {}};
}

/// The code of the problem, or "good".
std::string verdict(const CellView& cell, std::string_view column) {
  const auto value = read_cell(cell, *book().with_key(column), kaz());
  return value ? "good" : std::string(value.error().code);
}

template <typename T>
T value_of(const CellView& cell, std::string_view column) {
  return std::get<T>(read_cell(cell, *book().with_key(column), kaz()).value());
}

TEST(ReadCell, TakesWholeNumbersOnlyAsTheyAre) {
  EXPECT_EQ(value_of<std::uint64_t>(text("120"), "present"), 120U);
  EXPECT_EQ(value_of<std::uint64_t>(text("\u00a0 0 \n"), "present"), 0U);
  EXPECT_EQ(value_of<std::uint64_t>(text("007"), "present"), 7U);
  EXPECT_EQ(value_of<std::uint64_t>(number(200'000), "present"), 200'000U);
  for (const auto* const wrong :
       {"1 200", "1\u00a0200", "~120", "12OO", "n/a", "12.5", "12,0", "1.000", "-1", "+5", "1e3",
        "200001", "99999999999999999999", "0x10", "-", "—", "да", "١٢"}) {
    EXPECT_EQ(verdict(text(wrong), "present"), kNumberBad) << wrong;
  }
  for (const double wrong : {12.5, -1.0, 200'001.0, 1e300}) {
    EXPECT_EQ(verdict(number(wrong), "present"), kNumberBad) << wrong;
  }
  EXPECT_EQ(verdict({.kind = CellKind::boolean, .number = 1}, "present"), kNumberBad);
  EXPECT_EQ(verdict({.kind = CellKind::date_time, .text = "2026-11-22"}, "present"), kNumberBad);
}

TEST(ReadCell, TakesNoCodeOfWhichASpreadsheetMadeADate) {
  const CellView day{.kind = CellKind::date_time, .text = "2026-05-12"};
  EXPECT_EQ(verdict(day, "item_code"), kValueBad);
  EXPECT_EQ(verdict(day, "unit_code"), kUnitBad);
  EXPECT_EQ(verdict(day, "qualifications"), kValueBad);
  EXPECT_EQ(value_of<std::string>(day, "remarks"), "2026-05-12");
}

TEST(ReadCell, TakesNoNumberThatIsShownAsSomethingElse) {
  const CellView day{.kind = CellKind::number, .number = 46'154, .look = NumberLook::moment};
  const CellView all{.kind = CellKind::number, .number = 1, .look = NumberLook::percent};

  EXPECT_EQ(read_cell(day, *book().with_key("present"), kaz()).error().expected,
            "a number; the cell shows a date: format it as a number and type it again");
  EXPECT_EQ(read_cell(all, *book().with_key("percent_effective"), kaz()).error().expected,
            "a number; the cell shows per cent: format it as a number and type it again");
  EXPECT_EQ(verdict(all, "lat"), kNumberBad);
  EXPECT_EQ(verdict(day, "item_code"), kValueBad);
  EXPECT_EQ(verdict(day, "qualifications"), kValueBad);
  EXPECT_EQ(verdict(day, "remarks"), kValueBad);
  EXPECT_EQ(value_of<model::UtcTime>(day, "last_exercise"), at("2026-05-12T00:00:00Z"));
}

TEST(ReadCell, SaysWhichNumbersFit) {
  EXPECT_EQ(read_cell(text("7"), *book().with_key("p"), kaz()).error().expected,
            "a whole number from 1 to 6");
  EXPECT_EQ(read_cell(text("x"), *book().with_key("sustain_days"), kaz()).error().expected,
            "a whole number from 0 to 365; leave the cell empty when it is not known");
  EXPECT_EQ(read_cell(text("x"), *book().with_key("lat"), kaz()).error().expected,
            "a number from -90 to 90 such as 51.1605");
}

TEST(ReadCell, TakesNumbersWithACommaOrAPoint) {
  EXPECT_EQ(value_of<double>(text("51,1605"), "lat"), 51.1605);
  EXPECT_EQ(value_of<double>(text(" -51.1605 "), "lat"), -51.1605);
  EXPECT_EQ(value_of<double>(number(90), "lat"), 90);
  for (const auto* const wrong : {"51,16,05", "51°", "90.1", "nan", "inf", ".5", "5.", "1e1"}) {
    EXPECT_EQ(verdict(text(wrong), "lat"), kNumberBad) << wrong;
  }
}

TEST(ReadCell, TakesMomentsAsTheyAreWritten) {
  const auto day = at("2026-11-22T00:00:00Z");
  for (const auto* const same :
       {"2026-11-22", "22.11.2026", " 22.11.2026 г. ", "2026-11-22T00:00:00Z",
        "2026-11-22T03:00:00+03:00", "22.11.2026 0:00", "2026-11-22 00:00"}) {
    EXPECT_EQ(value_of<model::UtcTime>(text(same), "valid_at"), day) << same;
  }
  EXPECT_EQ(moment_of_text("2.1.2026 6:30"), at("2026-01-02T06:30:00Z"));
  EXPECT_EQ(moment_of_text("22.11.2026, 06:30:15"), at("2026-11-22T06:30:15Z"));
  EXPECT_EQ(value_of<model::UtcTime>({.kind = CellKind::date_time, .text = "2026-11-22T06:30:00"},
                                     "valid_at"),
            at("2026-11-22T06:30:00Z"));
  for (const auto* const wrong :
       {"31.02.2026", "22.11.26", "11/22/2026", "2026-13-01", "22.11.2026 25:00", "46348", "вчера",
        "22.11.2026 утром", "0000-00-00", "22.11.1899", "2026-11-22T", "22.11.20266"}) {
    EXPECT_EQ(verdict(text(wrong), "valid_at"), kDateBad) << wrong;
  }
}

TEST(ReadCell, TakesTheSerialNumbersOfSpreadsheets) {
  EXPECT_EQ(moment_of_serial(46348, false), at("2026-11-22T00:00:00Z"));
  EXPECT_EQ(moment_of_serial(46348.270833333336, false), at("2026-11-22T06:30:00Z"));
  EXPECT_EQ(moment_of_serial(46348 - 1462, true), at("2026-11-22T00:00:00Z"));
  EXPECT_EQ(moment_of_serial(-1, false), std::nullopt);
  EXPECT_EQ(moment_of_serial(1, false), std::nullopt);
  EXPECT_EQ(moment_of_serial(1e18, false), std::nullopt);
  EXPECT_EQ(value_of<model::UtcTime>(number(46348.5), "valid_at"), at("2026-11-22T12:00:00Z"));
}

TEST(ReadCell, TakesUnitsWithAndWithoutTheirNation) {
  const auto unit = *model::UnitId::parse("KAZ:EX-1");
  EXPECT_EQ(value_of<model::UnitId>(text(" EX-1 "), "unit_code"), unit);
  EXPECT_EQ(value_of<model::UnitId>(text("KAZ:EX-1"), "unit_code"), unit);
  EXPECT_EQ(value_of<model::UnitId>(number(101), "unit_code"), *model::UnitId::parse("KAZ:101"));
  EXPECT_EQ(verdict(text("ЕХ-1"), "unit_code"), kUnitBad);  // In Cyrillic letters.
  EXPECT_EQ(verdict(text("ex-1"), "unit_code"), kUnitBad);
  EXPECT_EQ(verdict(number(1.5), "unit_code"), kUnitBad);
  auto nobody = kaz();
  nobody.nation.reset();
  EXPECT_EQ(read_cell(text("EX-1"), *book().with_key("unit_code"), nobody).error().expected,
            "a unit with its nation, such as KAZ:EX-1");
}

TEST(ReadCell, TakesCodesByNameAndByWord) {
  EXPECT_EQ(value_of<std::string>(text("Рота"), "echelon"), "COMPANY");
  EXPECT_EQ(value_of<std::string>(text("COMPANY"), "echelon"), "COMPANY");
  EXPECT_EQ(value_of<std::string>(text("ОТПУСК"), "duty_status"), "LEAVE");
  const auto wrong = read_cell(text("ротаа"), *book().with_key("movement_mode"), kaz());
  EXPECT_EQ(wrong.error().code, kEnumUnknown);
  EXPECT_EQ(wrong.error().expected, "one of ROAD, RAIL, AIR");
  EXPECT_EQ(read_cell(text("ROD"), *book().with_key("movement_mode"), kaz()).error().expected,
            "one of ROAD, RAIL, AIR; did you mean \"ROAD\"?");
}

TEST(ReadCell, TakesSeveralCodesInOneCell) {
  using Texts = std::vector<std::string>;
  EXPECT_EQ(value_of<Texts>(text("T08 T05"), "tasks"), (Texts{"T08", "T05"}));
  EXPECT_EQ(value_of<Texts>(text("T08;t05, T03\nT14"), "tasks"),
            (Texts{"T08", "T05", "T03", "T14"}));
  EXPECT_EQ(value_of<Texts>(text("охрана объектов, разминирование"), "tasks"),
            (Texts{"T08", "T07"}));
  EXPECT_EQ(value_of<Texts>(text("русский, deu"), "languages"), (Texts{"rus", "deu"}));
  EXPECT_EQ(verdict(text("T08 T77"), "tasks"), kEnumUnknown);
  EXPECT_EQ(verdict(text("T08 T08"), "tasks"), kValueBad);
}

TEST(ReadCell, TakesQualificationsWithTheDayUntilWhichTheyCount) {
  using All = std::vector<model::Qualification>;
  const auto driver = *model::Code::parse("DRIVER-C");
  const auto medic = *model::Code::parse("MEDIC-2");
  const auto day = at("2027-03-01T00:00:00Z");

  for (const auto* both : {"DRIVER-C until 2027-03-01, MEDIC-2", "DRIVER-C до 01.03.2027;MEDIC-2",
                           " DRIVER-C  until 2027-03-01\nMEDIC-2 ,"}) {
    EXPECT_EQ(value_of<All>(text(both), "qualifications"), (All{{driver, day}, {medic, {}}}))
        << both;
  }
  EXPECT_EQ(value_of<All>(text("DRIVER-C до 01.03.2027 12:30:15.5"), "qualifications"),
            (All{{driver, at("2027-03-01T12:30:15.5Z")}}));
  EXPECT_EQ(value_of<All>(text("DRIVER-C MEDIC-2"), "qualifications"),
            (All{{driver, {}}, {medic, {}}}));
  for (const auto* wrong :
       {"driver", "DRIVER-C until", "DRIVER-C until 2027-02-30", "DRIVER-C since 2027-03-01",
        "DRIVER-C DRIVER-C", "DRIVER-C, DRIVER-C until 2027-03-01"}) {
    EXPECT_EQ(verdict(text(wrong), "qualifications"), kValueBad) << wrong;
  }
}

TEST(ReadCell, TakesMeasuresALineEach) {
  using All = std::vector<model::Metric>;

  EXPECT_EQ(value_of<All>(text("patrols a day: 12,5\r\n\nratio 1:2: 0.25"), "metrics"),
            (All{{"patrols a day", 12.5}, {"ratio 1:2", 0.25}}));
  for (const auto* wrong : {"patrols", "patrols: many", "patrols: -1", "patrols: 1e3"}) {
    EXPECT_EQ(verdict(text(wrong), "metrics"), kValueBad) << wrong;
  }
}

TEST(ReadCell, TakesSealedBytesAndUuidsAsTheyWereWritten) {
  EXPECT_EQ(value_of<model::Bytes>(text("AQID"), "sealed_name"), (model::Bytes{1, 2, 3}));
  EXPECT_EQ(verdict(text("AQI"), "sealed_name"), kValueBad);
  EXPECT_EQ(value_of<model::PersonRef>(text("00000000-0000-0000-0000-0000000000ff"), "uuid").back(),
            0xffU);
  EXPECT_EQ(verdict(text("EX-1"), "uuid"), kValueBad);
}

TEST(ReadCell, KeepsTheLinesOfRemarksAlone) {
  EXPECT_EQ(value_of<std::string>(text(" \nTyres  late.\r\n\r\nKүтеміз.\n"), "remarks"),
            "Tyres late.\n\nKүтеміз.");
  EXPECT_EQ(value_of<std::string>(text("Tyres\nlate."), "override_authority"), "Tyres late.");
}

TEST(ReadCell, TakesYesAndNo) {
  for (const auto* const yes : {"да", "Yes", "+", "1", "true"}) {
    EXPECT_TRUE(value_of<bool>(text(yes), "deployable_person")) << yes;
  }
  for (const auto* const no : {"НЕТ", "no", "-", "0", "ложь"}) {
    EXPECT_FALSE(value_of<bool>(text(no), "deployable_person")) << no;
  }
  EXPECT_TRUE(value_of<bool>(number(1), "deployable_person"));
  EXPECT_FALSE(value_of<bool>({.kind = CellKind::boolean, .number = 0}, "deployable_person"));
  EXPECT_EQ(verdict(text("может быть"), "deployable_person"), kValueBad);
  EXPECT_EQ(verdict(number(2), "deployable_person"), kValueBad);
}

TEST(ReadCell, TakesTextsClean) {
  EXPECT_EQ(value_of<std::string>(text(" 1-я \r\n рота\ufeff (fictional) "), "name"),
            "1-я рота (fictional)");
  EXPECT_EQ(value_of<std::string>(text("и\u0306"), "name"), "й");
  EXPECT_EQ(value_of<std::string>(number(35), "name"), "35");
  EXPECT_EQ(value_of<std::string>(text(std::string(120, 'x')), "name"), std::string(120, 'x'));
  EXPECT_EQ(
      read_cell(text(std::string(121, 'x')), *book().with_key("name"), kaz()).error().expected,
      "at most 120 characters; these are 121");
  EXPECT_EQ(verdict(text("a\x01"), "name"), kValueBad);
}

TEST(ReadCell, RefusesDigitsThatASpreadsheetHasLost) {
  EXPECT_EQ(value_of<std::string>(number(1005001234567), "nsn"), "1005001234567");
  EXPECT_EQ(verdict(number(1.0031000141211e19), "sidc"), kValueBad);
  EXPECT_EQ(value_of<std::string>(text("10031000141211000000"), "sidc"), "10031000141211000000");
}

TEST(ReadCell, TakesPeopleByReference) {
  const model::PersonRef person{0x6b, 0xa7, 0xb8, 0x10, 0x9d, 0xad, 0x11, 0xd1,
                                0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8};
  EXPECT_EQ(value_of<model::PersonRef>(text("6BA7B8109DAD11D180B400C04FD430C8"), "person_ref"),
            person);
  EXPECT_EQ(value_of<model::PersonRef>(text("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "person_ref"),
            person);
  EXPECT_EQ(verdict(text("00000000000000000000000000000000"), "person_ref"), kValueBad);
  EXPECT_EQ(verdict(text("А-123456"), "person_ref"), kValueBad);
}

TEST(ReadCell, HashesServiceNumbersUnderTheKeyAlone) {
  const model::Bytes key(32, 7);
  auto context = kaz();

  EXPECT_EQ(read_cell(text("A-1"), *book().with_key("service_number"), context).error().expected,
            "person_ref instead, or a key in the node's configuration ([desk] person_key), under "
            "which service numbers become person_ref");
  context.person_key = key;
  EXPECT_EQ(std::get<model::PersonRef>(
                read_cell(text("А 123"), *book().with_key("service_number"), context).value()),
            person_of_service_number("а123", key));
  EXPECT_NE(person_of_service_number("A1", key), person_of_service_number("A2", key));
  EXPECT_NE(person_of_service_number("A1", key),
            person_of_service_number("A1", model::Bytes(32, 8)));
}

// The expected value was made by another program: HMAC-SHA-256 of "whatdoyawant" under "Jefe".
TEST(ServiceNumber, IsHashedAsHmacSha256Says) {
  const auto person =
      person_of_service_number("what do ya want", model::view_of(std::string_view("Jefe")));

  // The white space is left out, so the data are "whatdoyawant".
  EXPECT_EQ(model::to_hex(person), "09c26489ef0689a9c5cde8b9f4855a02");
}

TEST(ReadCell, RefusesErrorsAndFormulasWithoutAResult) {
  EXPECT_EQ(verdict({.kind = CellKind::error, .text = "#DIV/0!"}, "present"), kCellError);
  EXPECT_EQ(verdict({.kind = CellKind::formula, .text = "=A1+A2"}, "name"), kFormulaEmpty);
}

TEST(EmptyCell, IsOneOfWhiteSpaceToo) {
  EXPECT_TRUE(is_empty_cell({}));
  EXPECT_TRUE(is_empty_cell(text(" \u00a0\n")));
  EXPECT_FALSE(is_empty_cell(text("0")));
  EXPECT_FALSE(is_empty_cell(number(0)));
}

}  // namespace
}  // namespace muster::desk
