// SPDX-License-Identifier: Apache-2.0
// Headings and rows of real forms, where a value could be taken for another one.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "nodes/desk/cell_values.h"
#include "tests/unit/desk_workbooks.h"

namespace muster::desk {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using tests::csv_of;
using tests::kaz_options;
using tests::sheet_of;
using tests::told;
using tests::xlsx_of;

const std::vector<std::string> kStrength{"unit_code",    "authorised", "assigned",  "attached_in",
                                         "detached_out", "present",    "deployable"};

const model::StrengthStatement& strength_of(const Draft& draft, std::size_t statement) {
  return std::get<model::StrengthStatement>(draft.reports.at(0).statements.at(statement));
}

TEST(Layout, RefusesAHeadingOverSeveralFilledColumns) {
  auto sheet = sheet_of("Сводка", {{"Шифр", "По штату", "По списку", "Прикомандировано",
                                    "Откомандировано", "Налицо", "", "Готовы к развёртыванию"},
                                   {"", "", "", "", "", "офицеры", "всего", ""},
                                   {"EX-1", "9", "9", "0", "0", "2", "9", "9"}});
  for (const std::uint32_t column : {0U, 1U, 2U, 3U, 4U, 7U}) {
    sheet.merged.push_back({{0, column}, {1, column}});
  }
  sheet.merged.push_back({{0, 5}, {0, 6}});

  const auto draft = draft_of(xlsx_of({sheet}), kaz_options());

  EXPECT_THAT(draft.reports, IsEmpty());
  EXPECT_THAT(told(draft),
              ElementsAre("Sheet \"Сводка\", F1 (Налицо): \"Налицо\" stands in merged cells - "
                          "expected one heading over each column: undo the merging of F1:G1 and "
                          "name each column in one cell"));
}

TEST(Layout, RefusesASecondHeadingBelowOneThatIsKnown) {
  auto sheet = sheet_of("Сводка", {{"Шифр", "По штату", "По списку", "Прикомандировано",
                                    "Откомандировано", "Налицо", "Готовы к развёртыванию"},
                                   {"", "", "", "", "", "офицеры", ""},
                                   {"EX-1", "9", "9", "0", "0", "2", "9"}});
  sheet.merged.push_back({{0, 0}, {1, 0}});

  EXPECT_THAT(told(draft_of(xlsx_of({sheet}), kaz_options())),
              ElementsAre("Sheet \"Сводка\", F2 (Налицо): found \"офицеры\" - expected nothing "
                          "below the heading \"Налицо\": name each column in one cell"));
}

TEST(Layout, ReadsColumnsThatAreNamedBelowTheHeadingOfAGroup) {
  auto sheet = sheet_of("Сводка", {{"Шифр", "По штату", "По списку", "Прикомандировано",
                                    "Откомандировано", "Налицо", "Готовы к развёртыванию",
                                    "Отсутствует по причинам", ""},
                                   {"", "", "", "", "", "", "", "В отпуске", "В госпитале"},
                                   {"EX-1", "9", "9", "0", "0", "6", "6", "1", "2"}});
  for (std::uint32_t column = 0; column < 7; ++column) {
    sheet.merged.push_back({{0, column}, {1, column}});
  }
  sheet.merged.push_back({{0, 7}, {0, 8}});

  const auto draft = draft_of(xlsx_of({sheet}), kaz_options());

  ASSERT_THAT(told(draft), IsEmpty());
  EXPECT_THAT(strength_of(draft, 0).absences,
              ElementsAre(Field(&model::Absence::count, 1U), Field(&model::Absence::count, 2U)));
}

TEST(Layout, TakesTheNumbersOfColumnsForNoUnit) {
  const auto draft = draft_of(csv_of({kStrength,
                                      {"1", "2", "3", "4", "5", "6", "7"},
                                      {"EX-1", "9", "9", "0", "0", "9", "9"}}),
                              kaz_options());
  const auto unit = draft_of(csv_of({kStrength, {"1", "9", "9", "0", "0", "9", "9"}}),
                             kaz_options());

  ASSERT_THAT(told(draft), IsEmpty());
  EXPECT_EQ(draft.rows, 1U);
  EXPECT_EQ(strength_of(draft, 0).unit.view(), "KAZ:EX-1");
  ASSERT_THAT(told(unit), IsEmpty());
  EXPECT_EQ(strength_of(unit, 0).unit.view(), "KAZ:1");
}

TEST(Layout, RefusesARowOfCsvWhoseValuesAreShifted) {
  constexpr std::string_view kHeadings =
      "unit_code,authorised,assigned,attached_in,detached_out,present,deployable,abs_leave\n";
  const auto draft = read_draft("a.csv",
                                fmt::format("{}EX-1,1,200,1,0,0,1,1,\nEX-2,9,9,0,0,9,9,\n"
                                            "EX-3,9,9,0,0,9,9\n",
                                            kHeadings),
                                kaz_options());

  EXPECT_THAT(draft.reports, IsEmpty());
  EXPECT_THAT(told(draft),
              ElementsAre("I2: what is there does not fit - expected at most 8 values in the row, "
                          "one for each heading; these are 9: put quotation marks around a value "
                          "that holds the sign between values"));
}

TEST(Layout, ReadsCsvWhoseRowsAllEndWithTheSignBetweenValues) {
  const auto draft = read_draft(
      "a.csv",
      "unit_code;authorised;assigned;attached_in;detached_out;present;deployable\n"
      "EX-1;9;9;0;0;9;9;\nEX-2;8;8;0;0;8;8;\n\n",
      kaz_options());

  ASSERT_THAT(told(draft), IsEmpty());
  EXPECT_EQ(strength_of(draft, 1).present, 8U);
}

TEST(AcceptValidRows, NeverPublishesUnderALowerMarkingThanARowWanted) {
  auto headings = kStrength;
  headings.emplace_back("Гриф");
  auto options = kaz_options();
  options.accept_valid_rows = true;

  const auto draft = draft_of(csv_of({headings,
                                      {"EX-1", "9", "9", "0", "0", "9", "9", "секретнно"},
                                      {"EX-2", "9", "9", "0", "0", "9", "9", ""}}),
                              options);

  EXPECT_THAT(draft.reports, IsEmpty());
  EXPECT_EQ(draft.rows_refused, 1U);
}

TEST(Draft, LooksForWordsThatAreNearOnlySoOften) {
  tests::Rows rows{{"unit_code", "person_ref", "rank_grade", "duty_status", "deployable_person"}};
  for (std::size_t i = 0; i < NearWords::kWordsMax + 1; ++i) {
    rows.push_back({"EX-1", fmt::format("{:032x}", i + 1), fmt::format("капитан{}", i), "PRESENT",
                    "yes"});
  }
  rows.push_back(rows[1]);
  rows.back()[1] = fmt::format("{:032x}", 9999);

  const auto draft = draft_of(csv_of(rows), kaz_options());

  const auto& problems = draft.problems;
  ASSERT_EQ(problems.size(), NearWords::kWordsMax + 2);
  EXPECT_TRUE(problems[NearWords::kWordsMax - 1].expected.ends_with("did you mean \"капитан\"?"));
  EXPECT_TRUE(problems[NearWords::kWordsMax].expected.ends_with("CIV"));
  EXPECT_TRUE(problems.back().expected.ends_with("did you mean \"капитан\"?"));
}

}  // namespace
}  // namespace muster::desk
