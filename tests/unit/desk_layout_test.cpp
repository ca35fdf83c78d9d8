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
  auto sheet =
      sheet_of("Сводка", {{"Шифр", "По штату", "По списку", "Прикомандировано", "Откомандировано",
                           "Налицо", "Готовы к развёртыванию", "Отсутствует по причинам", ""},
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
  const auto draft = draft_of(
      csv_of(
          {kStrength, {"1", "2", "3", "4", "5", "6", "7"}, {"EX-1", "9", "9", "0", "0", "9", "9"}}),
      kaz_options());
  const auto unit =
      draft_of(csv_of({kStrength, {"1", "9", "9", "0", "0", "9", "9"}}), kaz_options());

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
  const auto draft =
      read_draft("a.csv",
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
    rows.push_back(
        {"EX-1", fmt::format("{:032x}", i + 1), fmt::format("капитан{}", i), "PRESENT", "yes"});
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

// ---- what is said of columns and rows that are not read -----------------------------------------

TEST(Layout, TakesAHeadingWithOtherWordsInBracketsForAnotherColumn) {
  const auto draft =
      draft_of(csv_of({{"Шифр", "По штату (чел.)", "По списку", "Прикомандировано",
                        "Откомандировано", "Налицо (офицеры)", "Налицо", "Готовы к развёртыванию"},
                       {"EX-1", "9", "9", "0", "0", "2", "8", "9"}}),
               kaz_options());

  ASSERT_EQ(draft.reports.size(), 1U);
  EXPECT_EQ(strength_of(draft, 0).present, 8U);
  EXPECT_THAT(told(draft),
              ElementsAre("note: F1 (Налицо (офицеры)): the heading \"Налицо (офицеры)\" is not "
                          "known and its column is not read - expected perhaps \"Налицо\", "
                          "without what stands in brackets: it makes another column of it"));
}

TEST(Layout, TellsTheFirstUnknownHeadingsAndHowManyThereAre) {
  auto headings = kStrength;
  tests::Rows rows{headings, {"EX-1", "9", "9", "0", "0", "8", "9"}};
  for (int i = 0; i < 25; ++i) {
    rows[0].push_back(fmt::format("column of ours {:02}", i));
  }

  const auto draft = draft_of(csv_of(rows), kaz_options());

  ASSERT_EQ(draft.reports.size(), 1U);
  ASSERT_EQ(draft.problems.size(), 21U);
  EXPECT_EQ(told(draft).back(),
            "note: AB1 (column of ours 20): the heading \"column of ours 20\" is not known and its "
            "column is not read - expected a heading of the handbook; columns behind it that are "
            "not known either: 4");
}

TEST(Draft, TellsOnceAColumnThatNumbersHaveNoZerosInFront) {
  auto options = kaz_options();
  options.person_key = model::Bytes(32, 7);
  const auto draft =
      draft_of(xlsx_of({sheet_of("Roster", {{"unit_code", "service_number", "rank_grade",
                                             "duty_status", "deployable_person"},
                                            {"EX-1", "0012", "OR-1", "PRESENT", "yes"},
                                            {"EX-1", "#13", "OR-1", "PRESENT", "yes"},
                                            {"EX-1", "#14", "OR-1", "PRESENT", "yes"}})}),
               options);

  EXPECT_EQ(draft.reports.size(), 1U);
  EXPECT_THAT(told(draft),
              ElementsAre("note: Sheet \"Roster\", B3 (service_number): a number, which has no "
                          "zeros in front: if this code has, format the column as text and type it "
                          "again (cells of this column with numbers: 2)"));
}

const tests::Rows kPeople{
    {"unit_code", "ФИО", "person_ref", "rank_grade", "duty_status", "deployable_person"},
    {"EX-1", "A (fictional)", "000102030405060708090a0b0c0d0e0f", "OR-1", "PRESENT", "yes"},
    {"EX-1", "B (fictional)", "", "", "", ""}};

constexpr std::string_view kPrivateNote =
    "note: B1 (ФИО): this column is private: it is not read and leaves nowhere";

TEST(Draft, RefusesAPersonOfWhomANameAloneStandsThere) {
  auto options = kaz_options();

  const auto draft = draft_of(csv_of(kPeople), options);
  options.accept_valid_rows = true;
  const auto rest = draft_of(csv_of(kPeople), options);

  EXPECT_THAT(draft.reports, IsEmpty());
  EXPECT_EQ(draft.rows_refused, 1U);
  EXPECT_THAT(
      told(draft),
      ElementsAre(kPrivateNote,
                  "C3 (person_ref): nothing is filled in - expected who this is: the row has "
                  "\"ФИО\" alone, which is never read; fill it in or delete it"));
  EXPECT_THAT(rest.reports, IsEmpty());  // Half a roster would be a false word.
}

TEST(Draft, NotesASignatureBelowThePeople) {
  auto rows = kPeople;
  rows[2] = {"Начальник штаба", "B (fictional)", "", "", "", ""};

  const auto draft = draft_of(csv_of(rows), kaz_options());

  ASSERT_EQ(draft.reports.size(), 1U);
  EXPECT_THAT(told(draft), ElementsAre(kPrivateNote,
                                       "note: B3 (ФИО): nothing else of this row is filled in, so "
                                       "that it is not read"));
}

// ---- several lists in one row -------------------------------------------------------------------

TEST(Draft, TakesAnEntryOfEachListOutOfOneRow) {
  auto rows = tests::Rows{kStrength, {"EX-1", "9", "9", "0", "0", "8", "9"}};
  for (const auto* heading :
       {"specialty_code", "specialty_required", "specialty_qualified", "specialty_critical",
        "on_strength_officer_m", "present_officer_m", "deployable_officer_m"}) {
    rows[0].emplace_back(heading);
  }
  rows[1].insert(rows[1].end(), {"MEDIC", "2", "1", "yes", "9", "8", "9"});
  rows.push_back({"EX-1", "", "", "", "", "", "", "SIGNAL", "1", "1", "no"});

  const auto draft = draft_of(csv_of(rows), kaz_options());

  ASSERT_THAT(told(draft), IsEmpty());
  const auto& strength = strength_of(draft, 0);
  EXPECT_EQ(
      strength.cells,
      (std::vector<model::Cell>{{model::PersonCategory::officer, model::Sex::male, 9, 8, 9}}));
  EXPECT_THAT(strength.specialties,
              ElementsAre(model::Speciality{*model::Code::parse("MEDIC"), 2, 1, true},
                          model::Speciality{*model::Code::parse("SIGNAL"), 1, 1, false}));
  // The broker's findings come back to the rows and columns that said it.
  const auto place = [&](const char* field) {
    const auto problem =
        problem_of({.rule = model::Rule::v14, .statement = 0, .field = field}, draft, 0);
    return cell_name(*problem.cell);
  };
  EXPECT_EQ(place("specialties[1].qualified"), "J3");
  EXPECT_EQ(place("cells[0].present"), "M2");
}

TEST(Draft, WantsAllThreeCountsOfACategory) {
  auto rows = tests::Rows{kStrength, {"EX-1", "9", "9", "0", "0", "8", "9", "8", ""}};
  rows[0].insert(rows[0].end(), {"present_officer_m", "deployable_officer_m"});

  const auto draft = draft_of(csv_of(rows), kaz_options());

  EXPECT_THAT(tests::places(draft), ElementsAre("- COLUMN_MISSING", "I2 VALUE_MISSING"));
}

}  // namespace
}  // namespace muster::desk
