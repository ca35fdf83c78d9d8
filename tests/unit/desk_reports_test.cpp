// SPDX-License-Identifier: Apache-2.0
// What becomes of good and bad rows together, of much at once, and of what the broker finds.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "schemas/model/limits.h"
#include "schemas/wire/report.h"
#include "tests/unit/desk_workbooks.h"

namespace muster::desk {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using tests::csv_of;
using tests::kaz_options;
using tests::Rows;
using tests::sheet_of;
using tests::told;
using tests::xlsx_of;

const std::vector<std::string> kStrength{"unit_code",    "authorised", "assigned",  "attached_in",
                                         "detached_out", "present",    "deployable"};
const std::vector<std::string> kRoster{"unit_code",   "person_ref",        "rank_grade",
                                       "duty_status", "deployable_person", "qualifications"};

std::vector<std::string> strength(const std::string& unit, const std::string& present = "9") {
  return {unit, "9", "9", "0", "0", present, "9"};
}
std::vector<std::string> member(const std::string& unit, unsigned person,
                                const std::string& rank = "OR-1") {
  return {unit, fmt::format("{:032x}", person), rank, "PRESENT", "да", ""};
}

std::vector<std::string> units_of(const model::Report& report) {
  std::vector<std::string> units;
  for (const auto& statement : report.statements) {
    units.emplace_back(model::unit_of(statement)->code());
  }
  return units;
}

DeskOptions accepting() {
  auto options = kaz_options();
  options.accept_valid_rows = true;
  return options;
}

// ---- valid rows of a bad file -------------------------------------------------------------------

TEST(AcceptValidRows, LeavesOutWhatARefusedRowSpeaksOf) {
  const auto workbook =
      csv_of({kStrength, strength("EX-1"), strength("EX-2", "x"), strength("EX-3")});

  const auto strict = draft_of(workbook, kaz_options());
  const auto lenient = draft_of(workbook, accepting());

  EXPECT_THAT(strict.reports, IsEmpty());
  ASSERT_EQ(lenient.reports.size(), 1U);
  EXPECT_THAT(units_of(lenient.reports[0]), ElementsAre("EX-1", "EX-3"));
  EXPECT_EQ(lenient.rows, 3U);
  EXPECT_EQ(lenient.rows_refused, 1U);
  EXPECT_EQ(strict.problems, lenient.problems);
  EXPECT_TRUE(refuses(lenient.problems));
}

TEST(AcceptValidRows, NeverTellsHalfARoster) {
  const auto draft =
      draft_of(csv_of({kRoster, member("EX-1", 1), member("EX-1", 2, "король"), member("EX-2", 3)}),
               accepting());

  ASSERT_EQ(draft.reports.size(), 1U);
  EXPECT_THAT(units_of(draft.reports[0]), ElementsAre("EX-2"));
}

TEST(AcceptValidRows, LeavesOutAllRostersWhenAPersonsUnitIsUnknown) {
  const auto draft = draft_of(
      xlsx_of({sheet_of("a", {kStrength, strength("EX-1"), strength("?")}),
               sheet_of("b", {kRoster, member("EX-1", 1), member("?", 2), member("EX-2", 3)})}),
      accepting());

  ASSERT_EQ(draft.reports.size(), 1U);
  ASSERT_EQ(draft.reports[0].statements.size(), 1U);
  EXPECT_TRUE(std::holds_alternative<model::StrengthStatement>(draft.reports[0].statements[0]));
}

TEST(AcceptValidRows, DoesNotHelpAFileWhoseHeadingsAreWrong) {
  const auto draft = draft_of(csv_of({{"unit_code", "present"}, {"EX-1", "9"}}), accepting());

  EXPECT_THAT(draft.reports, IsEmpty());
}

// ---- sheets -------------------------------------------------------------------------------------

TEST(Draft, NotesSheetsAndColumnsThatAreNotRead) {
  auto hidden = sheet_of("Архив", {kStrength, strength("EX-9")});
  hidden.is_hidden = true;
  auto lists = sheet_of("lists", {{"COMPANY"}, {"BATTALION"}});
  lists.is_hidden = true;
  auto headings = kStrength;
  headings.insert(headings.end(), {"Налицоо", "Паспорт"});
  auto row = strength("EX-1");
  row.insert(row.end(), {"x", "N 1"});
  auto total = strength("Итого:", "сумма");
  auto main = sheet_of("Сводка", {{"Заголовок"}, headings, row, strength("EX-2"), total});
  main.hidden_rows = {3};

  const auto draft = draft_of(
      xlsx_of({std::move(main), std::move(hidden), sheet_of("Инструкция", {{"Как заполнять"}}),
               sheet_of("Заметки", {{"Погода"}}), std::move(lists)}),
      kaz_options());

  EXPECT_THAT(told(draft),
              ElementsAre("note: Sheet \"Сводка\": hidden rows that are read like the others: 1",
                          "note: Sheet \"Сводка\": rows of totals, which are not read: 1",
                          "note: Sheet \"Сводка\", H2 (Налицоо): the heading \"Налицоо\" is not "
                          "known and its column is not read - expected perhaps \"Налицо\"",
                          "note: Sheet \"Сводка\", I2 (Паспорт): this column is private: it is not "
                          "read and leaves nowhere",
                          "note: Sheet \"Архив\": this sheet is hidden and is not read",
                          "note: Sheet \"Заметки\": this sheet has no headings that are known and "
                          "is not read"));
  ASSERT_EQ(draft.reports.size(), 1U);
  EXPECT_THAT(units_of(draft.reports[0]), ElementsAre("EX-1", "EX-2"));
}

TEST(Draft, RefusesAFileWithoutAKnownSheet) {
  const auto draft =
      draft_of(xlsx_of({sheet_of("a", {{"Authorizd", "Погода"}, {"1", "2"}})}), kaz_options());

  EXPECT_THAT(told(draft),
              ElementsAre("no sheet has a row with two headings that are known; nearest "
                          "to those of this file are \"Authorised\""));
  EXPECT_FALSE(draft.is_good());
}

TEST(Draft, RefusesAFormThatNobodyFilledIn) {
  const auto draft = draft_of(csv_of({kStrength, {"EX-1"}, {"EX-2"}}), kaz_options());

  EXPECT_THAT(told(draft), ElementsAre("no row below the headings says anything"));
  EXPECT_FALSE(draft.is_good());
}

TEST(Draft, TellsWhatIsWrongWithTheColumnsFileOfAMinistry) {
  auto options = kaz_options();
  options.columns_toml = "[columns]\nnothing = []\n";
  options.columns_path = "own.toml";

  const auto draft = draft_of(csv_of({kStrength, strength("EX-1")}), options);

  ASSERT_EQ(draft.problems.size(), 1U);
  EXPECT_THAT(describe(draft.problems[0]),
              testing::StartsWith("own.toml:2:1: found 'nothing', which is no column"));
}

TEST(Draft, MakesPeopleOfServiceNumbersUnderAKeyOnly) {
  auto headings = kRoster;
  headings[1] = "Личный номер";
  const auto workbook = csv_of({headings, {"EX-1", "А-1", "OR-1", "PRESENT", "да", ""}});
  auto with_key = kaz_options();
  with_key.person_key = model::Bytes(32, 1);

  const auto refused = draft_of(workbook, kaz_options());
  const auto good = draft_of(workbook, with_key);

  EXPECT_THAT(
      told(refused),
      ElementsAre("B2 (Личный номер): what is there does not fit - expected person_ref "
                  "instead, or a key in the node's configuration ([desk] person_key), under "
                  "which service numbers become person_ref"));
  ASSERT_THAT(told(good), IsEmpty());
  const auto& roster = std::get<model::RosterStatement>(good.reports[0].statements[0]);
  EXPECT_NE(roster.upserts[0].person_ref, model::PersonRef{});
}

TEST(Draft, BoundsWhatItTellsOfAFileThatIsWrongThroughout) {
  Rows rows{kStrength};
  for (unsigned i = 0; i < 11'000; ++i) {
    rows.push_back(strength(fmt::format("EX-{}", i), "x"));
  }

  const auto draft = draft_of(csv_of(rows), kaz_options());

  ASSERT_EQ(draft.problems.size(), 10'001U);
  EXPECT_EQ(describe(draft.problems.back()),
            "problems that are not listed: 1000; mend those that are first");
  EXPECT_EQ(draft.rows_refused, 11'000U);
}

// ---- much at once -------------------------------------------------------------------------------

TEST(Draft, DividesWhatIsTooMuchForAMessageBetweenUnits) {
  Rows rows{kRoster};
  for (unsigned unit = 0; unit < 100; ++unit) {
    for (unsigned i = 0; i < 200; ++i) {
      rows.push_back(member(fmt::format("EX-{:03}", unit), unit * 200 + i + 1));
      rows.back()[5] = "DRIVER-C, MEDIC-2";
    }
  }

  const auto draft = draft_of(csv_of(rows), kaz_options());
  const auto again = draft_of(csv_of(rows), kaz_options());

  ASSERT_THAT(told(draft), IsEmpty());
  ASSERT_GT(draft.reports.size(), 1U);
  EXPECT_EQ(draft.reports, again.reports);
  std::vector<std::string> units;
  std::size_t people = 0;
  for (const auto& report : draft.reports) {
    EXPECT_LE(wire::encode_report(report).size(), model::kReportBytesMax);
    for (const auto& statement : report.statements) {
      people += std::get<model::RosterStatement>(statement).upserts.size();
    }
    const auto of_report = units_of(report);
    units.insert(units.end(), of_report.begin(), of_report.end());
  }
  EXPECT_EQ(people, 20'000U);
  EXPECT_EQ(units.size(), 100U);
  EXPECT_TRUE(std::is_sorted(units.begin(), units.end()));
}

TEST(Draft, DividesMoreStatementsThanAReportMayHave) {
  Rows rows{kStrength};
  for (unsigned i = 0; i < model::kStatementsMax + 1; ++i) {
    rows.push_back(strength(fmt::format("EX-{}", i)));
  }

  const auto draft = draft_of(csv_of(rows), kaz_options());

  ASSERT_EQ(draft.reports.size(), 2U);
  EXPECT_EQ(draft.reports[0].statements.size(), model::kStatementsMax);
  EXPECT_THAT(units_of(draft.reports[1]), ElementsAre(fmt::format("EX-{}", model::kStatementsMax)));
}

TEST(Draft, RefusesARosterThatNoMessageHolds) {
  Rows rows{kRoster, member("EX-0", 1)};
  for (unsigned i = 0; i < model::kListMax + 1; ++i) {
    rows.push_back(member("EX-1", i + 2));
  }

  const auto draft = draft_of(csv_of(rows), kaz_options());

  EXPECT_THAT(draft.reports, IsEmpty());
  EXPECT_THAT(told(draft),
              ElementsAre("A3 (unit_code): found \"KAZ:EX-1\" - expected at most 10000 "
                          "rows for one unit; these are 10001: divide it into several "
                          "units"));
}

// ---- what the broker finds ----------------------------------------------------------------------

std::string found_at(const Draft& draft, std::uint32_t statement, std::string field) {
  const model::Finding finding{.rule = model::Rule::v12,
                               .statement = statement,
                               .field = std::move(field),
                               .found = "a",
                               .expected = "b"};
  return describe(problem_of(finding, draft, 0));
}

TEST(ProblemOf, FindsTheCellThatTheBrokerSpeaksOf) {
  auto headings = kStrength;
  headings.insert(headings.end(), {"В отпуске", "Госпиталь"});
  auto row = strength("EX-1");
  row.insert(row.end(), {"", "0"});
  const std::vector<std::string> equipment{"unit_code", "item_code", "kind", "item_authorised",
                                           "required",  "on_hand",   "fmc",  "pmc",
                                           "nmc"};
  const auto item = [](std::string unit, std::string code) {
    return std::vector<std::string>{
        std::move(unit), std::move(code), "OTHER", "1", "1", "1", "1", "0", "0"};
  };
  const auto draft = draft_of(
      xlsx_of({sheet_of("Сводка", {headings, strength("EX-0"), row}),
               sheet_of("Техника",
                        {equipment, item("EX-1", "A"), item("EX-2", "B"), item("EX-1", "C")})}),
      kaz_options());
  ASSERT_THAT(told(draft), IsEmpty());
  ASSERT_THAT(units_of(draft.reports[0]), ElementsAre("EX-0", "EX-1", "EX-1", "EX-2"));

  EXPECT_EQ(found_at(draft, 1, "present"),
            "Sheet \"Сводка\", F3 (present): V12: found a, expected b");
  EXPECT_EQ(found_at(draft, 1, "absences"),
            "Sheet \"Сводка\", H3 (В отпуске): V12: found a, expected b");
  EXPECT_EQ(found_at(draft, 1, "absences[0].count"),
            "Sheet \"Сводка\", I3 (Госпиталь): V12: found a, expected b");
  EXPECT_EQ(found_at(draft, 1, ""), "Sheet \"Сводка\", A3 (unit_code): V12: found a, expected b");
  EXPECT_EQ(found_at(draft, 1, "cells.present"),
            "Sheet \"Сводка\", A3 (unit_code): V12: found a, expected b");
  EXPECT_EQ(found_at(draft, 2, "holdings[1].fmc"),
            "Sheet \"Техника\", G4 (fmc): V12: found a, expected b");
  EXPECT_EQ(found_at(draft, 2, "holdings[7].fmc"),
            "Sheet \"Техника\", B2 (item_code): V12: found a, expected b");
  EXPECT_EQ(found_at(draft, model::Finding::kWholeReport, "valid_at"),
            "valid_at: V12: found a, expected b");
  EXPECT_EQ(found_at(draft, 77, "present"), "statements[77].present: V12: found a, expected b");
}

TEST(ProblemOf, KeepsTheFieldOfAFileWithoutCells) {
  Draft json;
  json.reports.emplace_back();
  const model::Finding finding{.rule = model::Rule::v11,
                               .severity = model::Severity::flag,
                               .statement = 0,
                               .field = "present",
                               .found = "10",
                               .expected = "at most 9"};

  const auto problem = problem_of(finding, json, 0);

  EXPECT_EQ(problem.weight, Problem::Weight::note);
  EXPECT_EQ(describe(problem), "statements[0].present: V11: found 10, expected at most 9");
}

}  // namespace
}  // namespace muster::desk
