// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>

#include "schemas/model/limits.h"
#include "schemas/wire/report.h"
#include "tests/unit/desk_workbooks.h"

namespace muster::desk {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using tests::at;
using tests::csv_of;
using tests::kaz_options;
using tests::places;
using tests::sheet_of;
using tests::told;
using tests::xlsx_of;

const std::vector<std::string> kStrength{"unit_code",    "authorised", "assigned",  "attached_in",
                                         "detached_out", "present",    "deployable"};
const std::vector<std::string> kRoster{"unit_code",   "person_ref",        "rank_grade",
                                       "duty_status", "deployable_person", "non_deployable_reason"};

std::string person(unsigned number) { return fmt::format("{:032x}", number); }

/// What the statements of a report speak of: "KAZ:EX-1 STRENGTH".
std::vector<std::string> spoken_of(const model::Report& report) {
  std::vector<std::string> all;
  for (const auto& statement : report.statements) {
    all.push_back(fmt::format("{} {}", model::unit_of(statement)->view(),
                              model::to_text(model::kind_of(statement))));
  }
  return all;
}

/// One contingent as a ministry's XLSX has it and as JSON.
Workbook contingent() {
  return xlsx_of({
      sheet_of("Сводка", {{"Донесение (вымышленные данные)"},
                          {"№",
                           "Шифр подразделения",
                           "Наименование",
                           "Компонент",
                           "Вид подразделения",
                           "Уровень подразделения",
                           "Состояние",
                           "Широта",
                           "Долгота",
                           "Задачи",
                           "Вышестоящее",
                           "По штату",
                           "По списку",
                           "Прикомандировано",
                           "Откомандировано",
                           "Налицо",
                           "Готовы к развёртыванию",
                           "В отпуске",
                           "Госпиталь",
                           "Временно по здоровью"},
                          {"#1",        "EX-HQ",      "Штаб (fictional)",
                           "военный",   "управление", "батальон",
                           "дежурство", "51,1605",    "#71.4704",
                           "T09",       "",           "#20",
                           "#20",       "#0",         "#0",
                           "#18",       "#17",        "#2",
                           "",          "#3"},
                          {"#2",       "EX-1",   "1-я рота (fictional)",
                           "MILITARY", "COMBAT", "рота",
                           "STANDBY",  "",       "",
                           "T08, T05", "EX-HQ",  "#100",
                           "#98",      "#2",     "#1",
                           "#95",      "#90",    "#3",
                           "#1",       "#9"}}),
      sheet_of("Техника",
               {{"Шифр", "Код имущества", "Вид техники", "Положено по табелю", "Требуется",
                 "В наличии", "Исправно", "Ограниченно исправно", "Неисправно"},
                {"EX-1", "TRUCK-4T", "автомобили", "#10", "#9", "#9", "#8", "#1", "#0"},
                {"EX-1", "APC-8", "бтр", "#12", "#12", "#11", "#11", "#0", "#0"}}),
      sheet_of("Готовность",
               {{"Шифр", "P", "S", "R", "T", "Общая готовность", "Готовность к движению, мин",
                 "Уровень обязательства", "Транспорт"},
                {"EX-1", "#1", "#2", "#2", "#1", "#2", "#720", "#0", "автомобильный"}}),
      sheet_of("Люди", {{"Шифр", "Идентификатор", "Фамилия", "Звание", "Где находится",
                         "Готов к развёртыванию", "Почему не готов", "Квалификации"},
                        {"EX-HQ", person(1), "—", "майор", "налицо", "да", "", "DRIVER-C, MEDIC-2"},
                        {"EX-HQ", person(2), "—", "OR-3", "отпуск", "нет", "не обучен", ""}}),
  });
}

constexpr std::string_view kContingentJson = R"json({
  "kind": "REGULAR", "valid_at": "2026-11-22T00:00:00Z", "classification": "UNCLASSIFIED",
  "releasable_to": [], "statements": [
    {"type": "Unit", "unit": "KAZ:EX-HQ", "name": "Штаб (fictional)", "component": "MILITARY",
     "element_kind": "COMMAND", "lifecycle": "STANDBY", "echelon": "BATTALION",
     "home": {"lat": 51.1605, "lon": 71.4704}, "capabilities": [{"tasks": ["T09"]}]},
    {"type": "Strength", "unit": "KAZ:EX-HQ", "authorised": 20, "assigned": 20, "attached_in": 0,
     "detached_out": 0, "present": 18, "deployable": 17,
     "absences": [{"reason": "LEAVE", "count": 2}],
     "non_deployable": [{"reason": "MEDICAL_TEMP", "count": 3}]},
    {"type": "Roster", "unit": "KAZ:EX-HQ", "version": 1795305600, "form": "FULL", "upserts": [
      {"person_ref": "00000000-0000-0000-0000-000000000001", "rank_grade": "OF-3",
       "sex": "UNSTATED", "duty_status": "PRESENT", "deployable": true,
       "qualifications": [{"code": "DRIVER-C"}, {"code": "MEDIC-2"}]},
      {"person_ref": "00000000-0000-0000-0000-000000000002", "rank_grade": "OR-3",
       "sex": "UNSTATED", "duty_status": "LEAVE", "deployable": false,
       "non_deployable_reason": "UNTRAINED"}]},
    {"type": "Unit", "unit": "KAZ:EX-1", "name": "1-я рота (fictional)", "component": "MILITARY",
     "element_kind": "COMBAT", "lifecycle": "STANDBY", "echelon": "COMPANY",
     "relations": [{"type": "CHILD_OF", "unit": "KAZ:EX-HQ"}],
     "capabilities": [{"tasks": ["T08", "T05"]}]},
    {"type": "Strength", "unit": "KAZ:EX-1", "authorised": 100, "assigned": 98, "attached_in": 2,
     "detached_out": 1, "present": 95, "deployable": 90,
     "absences": [{"reason": "LEAVE", "count": 3}, {"reason": "HOSPITAL", "count": 1}],
     "non_deployable": [{"reason": "MEDICAL_TEMP", "count": 9}]},
    {"type": "Equipment", "unit": "KAZ:EX-1", "holdings": [
      {"item_code": "TRUCK-4T", "kind": "WHEELED_TRANSPORT", "authorised": 10, "required": 9,
       "on_hand": 9, "fmc": 8, "pmc": 1, "nmc": 0},
      {"item_code": "APC-8", "kind": "ARMOURED_TRANSPORT", "authorised": 12, "required": 12,
       "on_hand": 11, "fmc": 11, "pmc": 0, "nmc": 0}]},
    {"type": "Readiness", "unit": "KAZ:EX-1", "P": 1, "S": 2, "R": 2, "T": 1,
     "reported_overall": 2},
    {"type": "Availability", "unit": "KAZ:EX-1", "notice_to_move_min": 720, "pledge_level": 0,
     "movement": {"mode": "ROAD"}}]})json";

TEST(Draft, MakesTheSameReportOfAWorkbookAsOfJson) {
  const auto sheets = draft_of(contingent(), kaz_options());
  const auto json = read_draft("a.json", kContingentJson, kaz_options());

  EXPECT_THAT(told(json), IsEmpty());
  EXPECT_THAT(told(sheets),
              ElementsAre("note: Sheet \"Люди\", C1 (Фамилия): this column is private: it is not "
                          "read and leaves nowhere"));
  ASSERT_EQ(sheets.reports.size(), 1U);
  ASSERT_EQ(json.reports.size(), 1U);
  EXPECT_EQ(sheets.reports[0], json.reports[0]);
  EXPECT_EQ(wire::encode_report(sheets.reports[0]), wire::encode_report(json.reports[0]));
  EXPECT_EQ(sheets.rows, 7U);
  EXPECT_EQ(sheets.rows_refused, 0U);
}

TEST(Draft, TellsTwentyPlantedErrorsAtTheirCells) {
  auto summary =
      sheet_of("Сводка", {{"Шифр", "По штату", "По списку", "Прикомандировано", "Откомандировано",
                           "Налицо", "Готовы к развёртыванию", "В отпуске", "По состоянию на"},
                          {"EX-1", "12OO", "#90", "#0", "#0", "#90", "#90", "", "22.11.2026"},
                          {"EX-2", "#100", "~120", "#0", "#0", "1 200", "#12.5", "", "31.02.2026"},
                          {"ЕХ-3", "#100", "#90", "n/a", "", "#90", "#-1", "", "22.11.2026"},
                          {"", "#100", "#90", "#0", "#0", "#300000", "#90", "#1", "22.11.2026"},
                          {"EX-5", "#100", "#90", "#0", "#0", "#90", "#90", "#0", "22.11.2026"},
                          {"RUS:EX-6", "#100", "#90", "#0", "#0", "#90", "#90", "#0", "22.11.2026"},
                          {"EX-7", "#100", "", "#0", "#0", "#90", "#90", "#0", "22.11.2026"},
                          {"EX-8", "#100", "#90", "#0", "#0", "#90", "", "#0", "22.11.2026"},
                          {"EX-9", "#100", "#90", "#0", "#0", "#90", "#90", "#0", "22.11.2026"},
                          {"EX-10", "#100", "#90", "#0", "#0", "#90", "#90", "#0", "22.11.2026"}});
  summary.set_text({7, 2}, "#REF!", CellKind::error);
  summary.set_text({8, 6}, "=SUM(A1:A2)", CellKind::formula);
  summary.merged.push_back({{9, 5}, {10, 5}});
  auto people = sheet_of("Люди", {kRoster,
                                  {"EX-1", person(1), "OR-1", "PRESENT", "да", ""},
                                  {"EX-1", person(1), "OR-11", "PRESENT", "возможно", ""},
                                  {"EX-1", "Иванов", "OR-1", "", "да", ""}});

  auto options = kaz_options();
  const auto draft = draft_of(xlsx_of({std::move(summary), std::move(people)}), options);

  EXPECT_THAT(places(draft),
              ElementsAre("B2 NUMBER_BAD", "C3 NUMBER_BAD", "F3 NUMBER_BAD", "G3 NUMBER_BAD",
                          "I3 DATE_BAD", "A4 UNIT_BAD", "D4 NUMBER_BAD", "E4 VALUE_MISSING",
                          "G4 NUMBER_BAD", "A5 VALUE_MISSING", "F5 NUMBER_BAD", "A7 UNIT_BAD",
                          "C8 CELL_ERROR", "G9 FORMULA_EMPTY", "F10 CELL_MERGED", "B3 ROW_TWICE",
                          "C3 ENUM_UNKNOWN", "E3 VALUE_BAD", "B4 VALUE_BAD", "D4 VALUE_MISSING"));
  EXPECT_THAT(draft.reports, IsEmpty());
  EXPECT_EQ(draft.rows, 13U);
  EXPECT_EQ(draft.rows_refused, 11U);
  EXPECT_EQ(describe(draft.problems[0]),
            "Sheet \"Сводка\", B2 (По штату): \"12OO\" is not a number - expected a whole number "
            "from 0 to 200000");
  EXPECT_EQ(
      describe(draft.problems[3]),
      "Sheet \"Сводка\", G3 (Готовы к развёртыванию): \"12.5\" does not fit - expected a whole "
      "number from 0 to 200000");
  EXPECT_EQ(describe(draft.problems[7]),
            "Sheet \"Сводка\", E4 (Откомандировано): nothing is filled in - expected a number; 0 "
            "when there are none");
  EXPECT_EQ(
      describe(draft.problems[11]),
      "Sheet \"Сводка\", A7 (Шифр): \"RUS:EX-6\" is not such a unit - expected a unit of KAZ: "
      "a file speaks for one nation");
  EXPECT_EQ(describe(draft.problems[14]),
            "Sheet \"Сводка\", F10 (Налицо): \"90\" stands in merged cells - expected a value in "
            "each cell: undo the merging of F10:F11");
  EXPECT_EQ(describe(draft.problems[15]),
            "Sheet \"Люди\", B3 (person_ref): \"00000000000000000000000000000001\" a second time - "
            "expected each once for a unit; row 2 has it already");
}

TEST(Draft, TellsACellOfCsvWithoutASheet) {
  const auto draft =
      draft_of(csv_of({kStrength, {"EX-1", "12OO", "9", "0", "0", "9", "9"}}), kaz_options());

  EXPECT_THAT(told(draft),
              ElementsAre("B2 (authorised): \"12OO\" is not a number - expected a whole "
                          "number from 0 to 200000"));
}

TEST(Draft, KeepsAbsentApartFromZero) {
  auto headings = kStrength;
  headings.insert(headings.end(), {"abs_leave", "abs_hospital", "duty_qualified"});
  const auto draft = draft_of(
      csv_of({headings, {"EX-1", "9", "9", "0", "0", "9", "9", "0", "", ""}}), kaz_options());

  ASSERT_THAT(told(draft), IsEmpty());
  const auto& strength = std::get<model::StrengthStatement>(draft.reports[0].statements[0]);
  EXPECT_THAT(strength.absences, ElementsAre(model::Absence{model::AbsenceReason::leave, 0}));
  EXPECT_EQ(strength.attached_in, 0U);
  EXPECT_EQ(strength.duty_qualified, std::nullopt);
}

TEST(Draft, MakesAReportForEachMomentOldestFirst) {
  auto headings = kStrength;
  headings.emplace_back("valid_at");
  const auto draft = draft_of(csv_of({headings,
                                      {"EX-1", "9", "9", "0", "0", "9", "9", "22.11.2026"},
                                      {"EX-2", "9", "9", "0", "0", "9", "9", "2026-11-21"},
                                      {"EX-1", "8", "8", "0", "0", "8", "8", "21.11.2026 00:00"}}),
                              kaz_options());

  ASSERT_THAT(told(draft), IsEmpty());
  ASSERT_EQ(draft.reports.size(), 2U);
  EXPECT_EQ(draft.reports[0].valid_at, at("2026-11-21T00:00:00Z"));
  EXPECT_THAT(spoken_of(draft.reports[0]), ElementsAre("KAZ:EX-2 STRENGTH", "KAZ:EX-1 STRENGTH"));
  EXPECT_EQ(draft.reports[1].valid_at, at("2026-11-22T00:00:00Z"));
  EXPECT_THAT(spoken_of(draft.reports[1]), ElementsAre("KAZ:EX-1 STRENGTH"));
}

TEST(Draft, LearnsTheNationFromTheFirstUnitWhenNoneIsConfigured) {
  auto headings = kStrength;
  headings.insert(headings.end(),
                  {"name", "component", "element_kind", "lifecycle", "echelon", "superior_code"});
  auto options = kaz_options();
  options.nation.reset();
  const auto row = [](std::string unit, std::string superior) {
    return std::vector<std::string>{std::move(unit),
                                    "9",
                                    "9",
                                    "0",
                                    "0",
                                    "9",
                                    "9",
                                    "a",
                                    "MILITARY",
                                    "COMBAT",
                                    "STANDBY",
                                    "COMPANY",
                                    std::move(superior)};
  };

  const auto good = draft_of(csv_of({headings, row("KAZ:EX-1", ""), row("EX-2", "EX-1")}), options);
  const auto bad = draft_of(
      csv_of({headings, row("EX-1", ""), row("KAZ:EX-2", ""), row("RUS:EX-3", "")}), options);

  ASSERT_THAT(told(good), IsEmpty());
  EXPECT_EQ(std::get<model::UnitStatement>(good.reports[0].statements[2]).relations[0].unit,
            *model::UnitId::parse("KAZ:EX-1"));
  EXPECT_THAT(told(bad),
              ElementsAre("A2 (unit_code): \"EX-1\" is not such a unit - expected a unit with its "
                          "nation, such as KAZ:EX-1",
                          "A4 (unit_code): \"RUS:EX-3\" is not such a unit - expected a unit of "
                          "KAZ: a file speaks for one nation"));
}

TEST(Draft, NeverGuessesWhenItWasTrue) {
  auto options = kaz_options();
  options.valid_at.reset();
  const auto draft = draft_of(csv_of({kStrength, {"EX-1", "9", "9", "0", "0", "9", "9"}}), options);

  EXPECT_THAT(draft.reports, IsEmpty());
  EXPECT_THAT(
      told(draft),
      ElementsAre("row 1: a column is missing - expected \"По состоянию на\" or \"As of\"; or "
                  "say for the whole file when it was true: --valid-at 2026-11-22"));
}

TEST(Draft, TakesClassificationAndReleaseFromTheFileFirst) {
  auto headings = kStrength;
  headings.insert(headings.end(), {"Гриф", "releasable_to"});
  auto options = kaz_options();
  options.classification = model::Classification::secret;
  const std::vector<std::string> first{"EX-1", "9", "9", "0", "0", "9", "9", "ДСП", "РФ, ARM"};

  const auto draft = draft_of(csv_of({headings, first}), options);
  const auto other = draft_of(
      csv_of({headings, first, {"EX-2", "9", "9", "0", "0", "9", "9", "секретно", ""}}), options);

  ASSERT_THAT(told(draft), IsEmpty());
  EXPECT_EQ(draft.reports[0].classification, model::Classification::confidential);
  EXPECT_THAT(draft.reports[0].releasable_to,
              ElementsAre(*model::Nation::parse("RUS"), *model::Nation::parse("ARM")));
  EXPECT_THAT(told(other), ElementsAre("H3 (Гриф): found \"секретно\" - expected the same in all "
                                       "rows; row 2 says otherwise"));
}

TEST(Draft, LetsRowsOfAListRepeatTheirUnitButNotSayAnotherThing) {
  const std::vector<std::string> headings{"unit_code",     "name",          "component",
                                          "element_kind",  "lifecycle",     "echelon",
                                          "training_task", "training_state"};
  const auto row = [](std::string name, std::string task) {
    return std::vector<std::string>{"EX-1",    std::move(name), "MILITARY",      "COMBAT",
                                    "STANDBY", "COMPANY",       std::move(task), "TRAINED"};
  };

  const auto good = draft_of(csv_of({headings, row("a", "T01"), row("a", "T02")}), kaz_options());
  const auto bad = draft_of(csv_of({headings, row("a", "T01"), row("b", "T02"), row("a", "T01")}),
                            kaz_options());

  ASSERT_THAT(told(good), IsEmpty());
  EXPECT_THAT(spoken_of(good.reports[0]), ElementsAre("KAZ:EX-1 UNIT", "KAZ:EX-1 TRAINING"));
  EXPECT_EQ(std::get<model::TrainingStatement>(good.reports[0].statements[1]).tasks.size(), 2U);
  EXPECT_THAT(told(bad),
              ElementsAre("B3 (name): \"b\" a second time - expected what row 2 says of "
                          "this unit, or nothing",
                          "G4 (training_task): \"T01\" a second time - expected each once "
                          "for a unit; row 2 has it already"));
}

TEST(Draft, RefusesARowThatIsThereTwice) {
  const std::vector<std::string> row{"EX-1", "9", "9", "0", "0", "9", "9"};
  const auto draft = draft_of(csv_of({kStrength, row, row}), kaz_options());

  EXPECT_THAT(told(draft),
              ElementsAre("A3 (unit_code): \"KAZ:EX-1\" a second time - expected one row for each "
                          "unit: a row above says the same already"));
}

TEST(Draft, ReadsNamesAsLabelsWhereNothingElseOfAUnitIsSaid) {
  auto headings = kStrength;
  headings.emplace_back("Наименование");
  const auto draft = draft_of(csv_of({headings,
                                      {"EX-1", "9", "9", "0", "0", "9", "9", "Рота (fictional)"},
                                      {"EX-2", "", "", "", "", "", "", "Рота (fictional)"},
                                      {"Командир части"}}),
                              kaz_options());

  ASSERT_THAT(told(draft), IsEmpty());
  EXPECT_THAT(spoken_of(draft.reports[0]), ElementsAre("KAZ:EX-1 STRENGTH"));
  EXPECT_EQ(draft.rows, 1U);
}

TEST(Draft, WantsWhatBelongsTogether) {
  const auto draft = draft_of(
      csv_of(
          {{"unit_code", "name", "component", "element_kind", "lifecycle", "echelon", "lat", "lon"},
           {"EX-1", "a", "MILITARY", "COMBAT", "STANDBY", "COMPANY", "51,5", ""}}),
      kaz_options());

  EXPECT_THAT(told(draft), ElementsAre("H2 (lon): nothing is filled in - expected a value, because "
                                       "\"lat\" is filled in"));
}

TEST(Draft, TellsColumnsThatAreMissingOrThereTwice) {
  const auto draft = draft_of(
      csv_of({{"unit_code", "По штату", "authorised", "По списку"}, {"EX-1", "9", "9", "9"}}),
      kaz_options());

  EXPECT_THAT(draft.reports, IsEmpty());
  EXPECT_THAT(places(draft), ElementsAre("- COLUMN_MISSING", "- COLUMN_MISSING", "- COLUMN_MISSING",
                                         "- COLUMN_MISSING", "C1 COLUMN_TWICE"));
}

}  // namespace
}  // namespace muster::desk
