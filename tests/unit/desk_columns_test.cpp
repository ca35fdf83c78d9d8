// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <array>
#include <set>

#include "nodes/desk/cell_text.h"
#include "nodes/desk/columns.h"
#include "nodes/desk/field_setter.h"
#include "nodes/desk/layout.h"

namespace muster::desk {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const ColumnBook& book() {
  static const auto kBook = ColumnBook::load("", "").value();
  return kBook;
}

std::string key_of(const ColumnBook& book, std::string_view heading) {
  const auto* column = book.find(heading);
  return column == nullptr ? "none" : column->key;
}

TEST(ColumnBook, KnowsTheHeadingsOfTheInterchangeTable) {
  const auto& columns = book();

  for (const std::string key : {"unit_code",
                                "name",
                                "sidc",
                                "echelon",
                                "superior_code",
                                "lat",
                                "lon",
                                "operational_status",
                                "authorised",
                                "assigned",
                                "attached_in",
                                "detached_out",
                                "present",
                                "deployable",
                                "item_code",
                                "kind",
                                "required",
                                "on_hand",
                                "fmc",
                                "pmc",
                                "nmc",
                                "valid_at",
                                "reinforcement",
                                "abs_leave",
                                "abs_course_tdy",
                                "abs_hospital",
                                "abs_unauthorised",
                                "abs_confined",
                                "abs_missing",
                                "abs_in_transit",
                                "abs_other",
                                "nd_medical_temp",
                                "nd_medical_perm",
                                "nd_legal",
                                "nd_administrative",
                                "nd_untrained",
                                "nd_consent_or_term",
                                "nd_other",
                                "p",
                                "s",
                                "r",
                                "t"}) {
    EXPECT_EQ(key_of(columns, key), key);
  }
}

TEST(ColumnBook, KnowsHeadingsHoweverTheyAreWritten) {
  const auto& columns = book();

  EXPECT_EQ(key_of(columns, "Шифр подразделения"), "unit_code");
  EXPECT_EQ(key_of(columns, "  ПО\nШТАТУ (чел.) "), "authorised");
  EXPECT_EQ(key_of(columns, "По\u00a0списку:"), "assigned");
  EXPECT_EQ(key_of(columns, "Готовы к развертыванию*"), "deployable");
  EXPECT_EQ(key_of(columns, "Attached-In"), "attached_in");
  EXPECT_EQ(key_of(columns, "Notice to move (min)"), "notice_to_move_min");
  EXPECT_EQ(key_of(columns, "Ф.И.О."), "private_name");
  EXPECT_EQ(key_of(columns, "По штату и по списку"), "none");
  EXPECT_EQ(key_of(columns, "(чел.)"), "none");
  EXPECT_EQ(key_of(columns, ""), "none");
}

// "Present (officers)" beside officers in other columns was read as all who are present.
TEST(ColumnBook, ForgivesInBracketsOnlyWhatMakesNoOtherColumn) {
  const auto& columns = book();

  for (const auto* same : {"Налицо (чел.)", "Налицо (всего, чел.)", "Налицо (5)", "Налицо ()",
                           "Налицо (чел.) (5)", "Present (people)*", "PRESENT (Pers.)"}) {
    EXPECT_EQ(key_of(columns, same), "present") << same;
  }
  for (const auto* other :
       {"Налицо (офицеры)", "Present (officers)", "Налицо (чел., офицеры)", "Present (of 5)"}) {
    EXPECT_EQ(key_of(columns, other), "none") << other;
    EXPECT_EQ(columns.nearest_heading(other), other[0] == 'P' ? "Present" : "Налицо") << other;
  }
  EXPECT_EQ(key_of(columns, "Налицо (офицеры) (чел.)"), "none");
  EXPECT_EQ(columns.nearest_heading("Налицо (офицеры) (чел.)"), "Налицо: офицеры, мужчины");
  EXPECT_EQ(key_of(columns, "Уровень P (личный состав)"), "p");
  EXPECT_EQ(key_of(columns, "Personnel level (P)"), "p");
  EXPECT_EQ(key_of(columns, "Personnel level"), "p");
}

TEST(ColumnBook, TakesTheMinistrysOwnWordInBracketsForAColumnOfItsOwn) {
  const auto columns = ColumnBook::load("[columns]\npresent = [\"Налицо (л/с)\"]\n", "own.toml");

  ASSERT_TRUE(columns) << columns.error().message;
  EXPECT_EQ(key_of(*columns, "налицо (Л/С)"), "present");
  EXPECT_EQ(key_of(*columns, "По списку (л/с)"), "none");
}

TEST(ColumnBook, HasAColumnForEachCategoryAndSex) {
  const auto& columns = book();

  EXPECT_EQ(key_of(columns, "Налицо: офицеры, мужчины"), "present_officer_m");
  EXPECT_EQ(key_of(columns, "Deployable: warrant officers and NCOs, women"),
            "deployable_warrant_nco_f");
  const auto* column = columns.with_key("on_strength_civilian_unstated");
  ASSERT_NE(column, nullptr);
  EXPECT_EQ(column->field, "cells[CIVILIAN,UNSTATED].on_strength");
  EXPECT_THAT(column->with,
              ElementsAre("present_civilian_unstated", "deployable_civilian_unstated"));
}

TEST(ColumnBook, KnowsWordsForCodes) {
  const auto& columns = book();

  EXPECT_EQ(columns.code_of("Echelon", "Рота"), "COMPANY");
  EXPECT_EQ(columns.code_of("Echelon", "BATTALION"), "BATTALION");
  EXPECT_EQ(columns.code_of("DutyStatus", "ОТПУСК"), "LEAVE");
  EXPECT_EQ(columns.code_of("MovementMode", "автомобильный"), "ROAD");
  EXPECT_EQ(columns.code_of("RankGrade", "or–3"), "OR-3");
  EXPECT_EQ(columns.code_of("YesNo", "+"), "YES");
  EXPECT_EQ(columns.code_of("YesNo", "—"), "NO");
  EXPECT_EQ(columns.code_of("Echelon", "ОТПУСК"), "");
  EXPECT_EQ(columns.code_of("NoSuchList", "рота"), "");
}

/// A value that a column of that type takes.
CellValue sample_of(const Column& column, const ColumnBook& book) {
  switch (column.type) {
    case ColumnType::unit:
      return *model::UnitId::parse("KAZ:EX-1");
    case ColumnType::count:
      return static_cast<std::uint64_t>(column.max);
    case ColumnType::number:
      return 1.5;
    case ColumnType::moment:
      return model::kTimeMin;
    case ColumnType::yes_no:
      return true;
    case ColumnType::person:
    case ColumnType::uuid:
      return model::PersonRef{1};
    case ColumnType::sealed:
      return model::Bytes{1};
    case ColumnType::qualifications:
      return std::vector<model::Qualification>{
          {.code = *model::Code::parse("CODE"), .valid_until = {}}};
    case ColumnType::metrics:
      return std::vector<model::Metric>{{.name = "name", .value = 1}};
    case ColumnType::choices:
      return std::vector<std::string>{
          column.choices.empty() ? "CODE" : book.codes_of(column.choices).substr(0, 3)};
    case ColumnType::choice: {
      const auto codes = book.codes_of(column.choices);
      return codes.substr(0, codes.find(','));
    }
    case ColumnType::text:
    case ColumnType::code:
    case ColumnType::private_:
      break;
  }
  return std::string("CODE");
}

// A field that is misspelt in the columns file would lose what ministries say without a word.
TEST(ColumnBook, NamesFieldsThatStatementsHave) {
  const auto& columns = book();

  for (const auto& column : columns.columns()) {
    const auto kind = kind_named(column.statement);
    EXPECT_EQ(kind.has_value(), !column.statement.empty()) << column.key;
    if (!kind) {
      continue;
    }
    auto statement = *empty_statement(*kind, *model::UnitId::parse("KAZ:EX-1"));
    const auto before = statement;
    const auto value = column.key == "pools" ? CellValue(std::vector<std::string>{"CRRF"})
                                             : sample_of(column, columns);
    EXPECT_TRUE(set_field(statement, parse_path(column.field), value, true).is_set) << column.key;
    EXPECT_TRUE(statement != before) << column.key;
  }
}

/// Every code of a list has its words, and no word stands for a code that is none.
template <typename Enum>
void expect_all_codes(const ColumnBook& columns, std::string_view list) {
  std::set<std::string> words;
  std::set<std::string> codes;
  for (const auto& word : columns.words()) {
    if (word.list == list) {
      words.insert(word.code);
    }
  }
  for (const auto& code : model::code_names(Enum{})) {
    codes.insert(std::string(code.name));
  }
  EXPECT_EQ(words, codes) << list;
}

TEST(ColumnBook, HasWordsForEveryCode) {
  const auto& columns = book();

  expect_all_codes<model::Classification>(columns, "Classification");
  expect_all_codes<model::Component>(columns, "Component");
  expect_all_codes<model::ElementKind>(columns, "ElementKind");
  expect_all_codes<model::ForcePool>(columns, "ForcePool");
  expect_all_codes<model::Lifecycle>(columns, "Lifecycle");
  expect_all_codes<model::Echelon>(columns, "Echelon");
  expect_all_codes<model::Reinforcement>(columns, "Reinforcement");
  expect_all_codes<model::Task>(columns, "Task");
  expect_all_codes<model::EquipmentKind>(columns, "EquipmentKind");
  expect_all_codes<model::Criticality>(columns, "Criticality");
  expect_all_codes<model::Lease>(columns, "Lease");
  expect_all_codes<model::SelfSustainmentCategory>(columns, "SelfSustainmentCategory");
  expect_all_codes<model::TrainingState>(columns, "TrainingState");
  expect_all_codes<model::OperationalStatus>(columns, "OperationalStatus");
  expect_all_codes<model::OverrideDirection>(columns, "OverrideDirection");
  expect_all_codes<model::MovementMode>(columns, "MovementMode");
  expect_all_codes<model::RankGrade>(columns, "RankGrade");
  expect_all_codes<model::Sex>(columns, "Sex");
  expect_all_codes<model::DutyStatus>(columns, "DutyStatus");
  expect_all_codes<model::NonDeployableReason>(columns, "NonDeployableReason");
  expect_all_codes<model::RelationType>(columns, "RelationType");
  expect_all_codes<model::PersonCategory>(columns, "category");
}

TEST(ColumnBook, TellsEveryColumnInBothLanguages) {
  for (const auto& column : book().columns()) {
    EXPECT_NE(column.title_en, "") << column.key;
    EXPECT_NE(column.title_ru, "") << column.key;
    EXPECT_NE(column.help_en, "") << column.key;
    EXPECT_NE(column.help_ru, "") << column.key;
  }
}

TEST(ColumnBook, GivesEveryTemplateTheUnitAndTheMomentFirst) {
  const auto& columns = book();

  for (const auto* const kind : {"strength", "equipment", "readiness", "roster", "units"}) {
    const auto of_kind = columns.of_template(kind);
    ASSERT_GT(of_kind.size(), 5U) << kind;
    EXPECT_EQ(of_kind[0]->key, "unit_code");
    EXPECT_EQ(of_kind[1]->key, "name");
    EXPECT_EQ(of_kind[2]->key, "valid_at");
  }
  EXPECT_THAT(columns.of_template("nothing"), IsEmpty());
}

TEST(ColumnBook, SuggestsWhatWasProbablyMeant) {
  const auto& columns = book();

  EXPECT_EQ(columns.nearest_heading("Authorizd"), "Authorised");
  EXPECT_EQ(columns.nearest_heading("Налицоо"), "Налицо");
  EXPECT_EQ(columns.nearest_heading("Погода"), "");
  EXPECT_EQ(columns.nearest_word("Echelon", "companyy"), "COMPANY");
}

TEST(ColumnBook, TakesTheHeadingsAndWordsOfAMinistry) {
  const auto columns = ColumnBook::load(
      "[columns]\npresent = [\"В строю\", \"Факт\"]\n[words.Echelon]\nCOMPANY = [\"рота "
      "(отд.)\"]\n",
      "own.toml");

  ASSERT_TRUE(columns) << columns.error().message;
  EXPECT_EQ(key_of(*columns, "ФАКТ"), "present");
  EXPECT_EQ(key_of(*columns, "Налицо"), "present");
  EXPECT_EQ(columns->code_of("Echelon", "рота (отд)"), "COMPANY");
}

TEST(ColumnBook, TellsWhatIsWrongWithAFileOfAMinistryAndWhere) {
  const auto message = [](std::string_view text) {
    const auto columns = ColumnBook::load(text, "own.toml");
    return columns ? "nothing" : columns.error().message;
  };

  EXPECT_EQ(message("[columns]\npresnt = [\"a\"]\nassigned = [\"По штату\"]\n"),
            "own.toml:2:1: found 'presnt', which is no column; did you mean 'present'?\n"
            "own.toml:3:12: the heading \"По штату\" of 'assigned' already means 'authorised'; one "
            "heading means one column");
  EXPECT_EQ(message("[columns]\npresent = \"Факт\"\n"),
            "own.toml:2:1: found present = \"Факт\", expected a list of texts such as [\"…\", "
            "\"…\"]");
  EXPECT_EQ(
      message("[words.Echelon]\nCOMPANY = [\"взвод\"]\n"),
      "own.toml:2:11: the word \"взвод\" of COMPANY already means PLATOON; one word means one "
      "code");
  EXPECT_EQ(message("[words.Nothing]\nA = [\"b\"]\n"),
            "own.toml:1:8: found words.Nothing, which is no list of codes");
  EXPECT_EQ(
      message("[headings]\n"),
      "own.toml:1:2: found 'headings', expected the tables [columns] and [words.LIST], such as "
      "[words.Echelon]");
  EXPECT_THAT(message("[columns\n"), testing::StartsWith("own.toml:1:9: "));
}

TEST(HeadingKey, LeavesOutWhatDoesNotMatter) {
  EXPECT_EQ(heading_key("«Готовы» к раз\u00adвёртыванию (чел.)*"), "готовыкразвертыванию(чел)");
  EXPECT_EQ(heading_key("UNIT_CODE"), "unitcode");
  EXPECT_EQ(heading_key("й"), heading_key("и\u0306"));
  EXPECT_EQ(heading_key("\xff\xfe"), "\xEF\xBF\xBD\xEF\xBF\xBD");
}

}  // namespace
}  // namespace muster::desk
