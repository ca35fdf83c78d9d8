// SPDX-License-Identifier: Apache-2.0
#include "nodes/desk/template.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/support/desk_contingent.h"
#include "tests/support/sample_reports.h"
#include "tests/unit/desk_xlsx_file.h"

/// libxlsxwriter 1.1.4 never frees the reference of a drop-down list that stands in another sheet:
/// some bytes a list, of its own copies of texts. Asked by the leak sanitizer.
extern "C" const char* __lsan_default_suppressions() { return "leak:lxw_strdup\n"; }

namespace muster::desk {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::IsEmpty;
using words::Language;
using words::Words;

const ColumnBook& book() {
  static const ColumnBook kBook = ColumnBook::load({}, {}).value();
  return kBook;
}

/// Those of a template in which no unit says anything rare.
std::vector<const Column*> columns_of(TemplateKind kind) {
  auto columns = book().of_template(to_text(kind));
  std::erase_if(columns, [](const Column* column) { return column->is_rare; });
  return columns;
}

std::vector<std::string> titles_of(TemplateKind kind, Language language) {
  std::vector<std::string> titles;
  for (const auto* column : columns_of(kind)) {
    titles.push_back(language == Language::russian ? column->title_ru : column->title_en);
  }
  return titles;
}

std::vector<std::string> row_of(const Sheet& sheet, std::uint32_t row) {
  std::vector<std::string> cells;
  for (std::uint32_t column = 0; column < sheet.columns(); ++column) {
    cells.push_back(shown_value(sheet.at({row, column})));
  }
  return cells;
}

/// Where a heading of the template stands, in the row of headings.
std::uint32_t column_of(TemplateKind kind, std::string_view key) {
  const auto columns = columns_of(kind);
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [&](const Column* column) { return column->key == key; });
  return static_cast<std::uint32_t>(found - columns.begin());
}

/// EX-COMBAT-1 with all that may be said of it.
TemplateRow full_row() {
  return {.unit = tests::full_unit(), .statements = {tests::full_strength()}};
}

class Template : public testing::Test {
 protected:
  std::string write(const TemplateRequest& request) {
    auto path = folder_.path(fmt::format("{}.xlsx", ++files_));
    const auto written = write_template(path, request, book());
    EXPECT_TRUE(written) << written.error().message;
    return path;
  }
  rig::Folder folder_;
  int files_ = 0;
};

/// The validation of the column that has this heading.
pugi::xml_node validation_of(const pugi::xml_document& sheet, std::uint32_t column) {
  const auto first = cell_name({3, column});  // Below the banner and the headings.
  for (const auto rule : sheet.child("worksheet").child("dataValidations")) {
    if (std::string_view(rule.attribute("sqref").value()).starts_with(first + ":")) {
      return rule;
    }
  }
  return {};
}

// ---- names --------------------------------------------------------------------------------------

TEST(TemplateKinds, HaveTheNamesOfTheCommandLine) {
  for (const auto* name : {"strength", "equipment", "readiness", "roster", "units"}) {
    const auto kind = template_kind_named(name);
    ASSERT_TRUE(kind) << name;
    EXPECT_EQ(to_text(*kind), name);
  }
  EXPECT_EQ(template_kind_named("Strength"), std::nullopt);
  EXPECT_EQ(template_kind_named(""), std::nullopt);
}

// ---- what is in it ------------------------------------------------------------------------------

TEST_F(Template, BeginsWithItsTitleAndSaysThatAllIsFictional) {
  const auto workbook = rig::workbook_of(write({.node = "KAZ/mod", .rows = {}}));

  ASSERT_EQ(workbook.sheets.size(), 2U);
  EXPECT_EQ(workbook.sheets[0].name(), "Strength");
  EXPECT_EQ(workbook.sheets[1].name(), "Instructions");
  EXPECT_EQ(row_of(workbook.sheets[0], 0)[0], "Strength · KAZ/mod");
  EXPECT_EQ(row_of(workbook.sheets[0], 1)[0], "EXERCISE – fictional data");
  EXPECT_EQ(row_of(workbook.sheets[1], 1)[0], "EXERCISE – fictional data");
  EXPECT_THAT(row_of(workbook.sheets[0], 2),
              ElementsAreArray(titles_of(TemplateKind::strength, Language::english)));
  EXPECT_FALSE(workbook.sheets[0].is_hidden);
  EXPECT_FALSE(workbook.sheets[1].is_hidden);
}

TEST_F(Template, OfALiveForceSaysNothingOfAnExercise) {
  const auto path = write({.node = "KAZ/mod", .is_exercise = false, .rows = {}});

  EXPECT_EQ(rig::part_of(path, "xl/sharedStrings.xml").find("EXERCISE"), std::string::npos);
}

TEST_F(Template, SpeaksRussian) {
  for (const auto kind : {TemplateKind::strength, TemplateKind::equipment, TemplateKind::readiness,
                          TemplateKind::roster, TemplateKind::units}) {
    const auto workbook =
        rig::workbook_of(write({.kind = kind, .language = Language::russian, .rows = {}}));

    ASSERT_EQ(workbook.sheets.size(), 2U);
    EXPECT_EQ(workbook.sheets[1].name(), "Инструкция");
    EXPECT_EQ(row_of(workbook.sheets[0], 1)[0],
              Words::of(Language::russian).tell("EXERCISE – fictional data"));
    EXPECT_THAT(row_of(workbook.sheets[0], 2),
                ElementsAreArray(titles_of(kind, Language::russian)));
  }
}

TEST_F(Template, KeepsItsHeadingsAndUnitsInSight) {
  const auto xml = rig::xml_of(write({.rows = {full_row()}}), "xl/worksheets/sheet1.xml");

  const auto pane = xml.child("worksheet").child("sheetViews").child("sheetView").child("pane");
  EXPECT_STREQ(pane.attribute("topLeftCell").value(), "C4");  // Behind code and name.
  EXPECT_STREQ(pane.attribute("state").value(), "frozen");
  EXPECT_STREQ(xml.child("worksheet").child("pageSetup").attribute("orientation").value(),
               "landscape");
  EXPECT_FALSE(xml.child("worksheet").child("autoFilter"));
  EXPECT_FALSE(xml.child("worksheet").child("sheetProtection"));
}

TEST_F(Template, ExplainsEachHeadingInANote) {
  const auto path = write({.rows = {}});

  const auto comments = rig::comments_of(path, 1);
  const auto columns = columns_of(TemplateKind::strength);
  ASSERT_EQ(comments.size(), columns.size());
  const auto place = column_of(TemplateKind::strength, "present");
  EXPECT_EQ(comments[place],
            fmt::format("{}: {}\nTo be written: a whole number from 0 to 200000.\nMandatory.",
                        cell_name({2, place}), columns[place]->help_en));
}

/// The row of the instructions that begins with `text`; empty when there is none.
std::vector<std::string> guide_row(const Sheet& guide, std::string_view text) {
  for (std::uint32_t row = 0; row < guide.rows(); ++row) {
    if (shown_value(guide.at({row, 0})) == text) {
      return row_of(guide, row);
    }
  }
  return {};
}

TEST_F(Template, ExplainsEachColumnInTheInstructions) {
  for (const auto language : {Language::english, Language::russian}) {
    const bool is_russian = language == Language::russian;
    const auto guide = rig::workbook_of(write({.language = language, .rows = {}})).sheets[1];

    const auto& column = *book().find("authorised");
    const auto& title = is_russian ? column.title_ru : column.title_en;
    EXPECT_THAT(guide_row(guide, title),
                ElementsAre(title, is_russian ? "да" : "yes",
                            Words::of(language).tell("a whole number from 0 to 200000"),
                            is_russian ? column.help_ru : column.help_en));
    const auto& leave = *book().find("abs_leave");
    EXPECT_EQ(guide_row(guide, is_russian ? leave.title_ru : leave.title_en).at(1),
              is_russian ? "нет" : "no");
  }
}

TEST_F(Template, NamesTheNodeToWhichItGoes) {
  const auto strings = rig::part_of(write({.node = "KAZ/mod", .rows = {}}), "xl/sharedStrings.xml");

  EXPECT_NE(strings.find("Or put it into the drop folder of the node KAZ/mod."), std::string::npos);
}

// ---- limits -------------------------------------------------------------------------------------

TEST_F(Template, RefusesWhatIsNoCountWithPlainWords) {
  const auto xml = rig::xml_of(write({.rows = {}}), "xl/worksheets/sheet1.xml");

  const auto rule = validation_of(xml, column_of(TemplateKind::strength, "present"));
  EXPECT_STREQ(rule.attribute("type").value(), "whole");
  EXPECT_STREQ(rule.child("formula1").text().get(), "0");
  EXPECT_STREQ(rule.child("formula2").text().get(), "200000");
  EXPECT_STREQ(rule.attribute("allowBlank").value(), "1");
  EXPECT_STREQ(rule.attribute("errorTitle").value(), "Present");
  EXPECT_STREQ(rule.attribute("error").value(),
               "To be written: a whole number from 0 to 200000. What is not known stays empty.");
}

TEST_F(Template, RefusesDaysOutsideTheYearsOfTheBus) {
  const auto xml = rig::xml_of(write({.rows = {}}), "xl/worksheets/sheet1.xml");

  const auto rule = validation_of(xml, column_of(TemplateKind::strength, "valid_at"));
  EXPECT_STREQ(rule.attribute("type").value(), "date");
  EXPECT_STREQ(rule.child("formula1").text().get(), "32874");  // 1990-01-01.
  EXPECT_STREQ(rule.child("formula2").text().get(), "73415");  // 2100-12-31.
}

TEST_F(Template, OffersShortListsInTheCellAndLongOnesFromTheInstructions) {
  const auto path = write({.kind = TemplateKind::units, .rows = {}});
  const auto xml = rig::xml_of(path, "xl/worksheets/sheet1.xml");

  EXPECT_STREQ(validation_of(xml, column_of(TemplateKind::units, "component"))
                   .child("formula1")
                   .text()
                   .get(),
               "\"military,police,civilian\"");
  const auto path_ru =
      write({.kind = TemplateKind::units, .language = Language::russian, .rows = {}});
  const auto xml_ru = rig::xml_of(path_ru, "xl/worksheets/sheet1.xml");
  const std::string range = validation_of(xml_ru, column_of(TemplateKind::units, "echelon"))
                                .child("formula1")
                                .text()
                                .get();
  unsigned first = 0, last = 0;
  ASSERT_EQ(std::sscanf(range.c_str(), "'Инструкция'!$A$%u:$A$%u", &first, &last), 2) << range;
  const auto guide = rig::workbook_of(path_ru).sheets[1];
  std::vector<std::string> offered, wanted;
  for (auto row = first; row <= last; ++row) {
    offered.push_back(shown_value(guide.at({row - 1, 0})));
  }
  for (const auto& word : book().words()) {
    if (word.list == "Echelon") {
      wanted.push_back(word.title_ru);
    }
  }
  EXPECT_EQ(offered, wanted);
  EXPECT_EQ(shown_value(guide.at({first - 1, 1})), "NONE");
}

TEST_F(Template, LeavesTextsAsTheyAreTyped) {
  const auto path = write({.kind = TemplateKind::units, .rows = {}});
  const auto sheet = rig::xml_of(path, "xl/worksheets/sheet1.xml");
  const auto xml = rig::xml_of(path, "xl/styles.xml");

  // Else 20 digits of a symbol would lose the last ones.
  const auto place = column_of(TemplateKind::units, "sidc");
  const auto column =
      sheet.select_node(fmt::format("//cols/col[@min<={0} and @max>={0}]", place + 1).c_str());
  const auto format = xml.select_node(
      fmt::format("//cellXfs/xf[{}]", column.node().attribute("style").as_uint() + 1).c_str());
  const auto id = format.node().attribute("numFmtId").as_uint();
  EXPECT_STREQ(xml.select_node(fmt::format("//numFmt[@numFmtId='{}']", id).c_str())
                   .node()
                   .attribute("formatCode")
                   .value(),
               "@");
}

// ---- what is known ------------------------------------------------------------------------------

TEST_F(Template, KnowsNothingOfARosterOfWhichItHasTheChangesAlone) {
  auto roster = tests::full_roster();
  roster.form = model::RosterForm::delta;
  roster.base_version = 1;

  const auto sheet =
      rig::workbook_of(write({.kind = TemplateKind::roster,
                              .rows = {{.unit = tests::full_unit(), .statements = {roster}}}}))
          .sheets[0];

  auto row = row_of(sheet, 3);
  EXPECT_EQ(row[0], "KAZ:EX-COMBAT-1");
  EXPECT_EQ(row[1], tests::full_unit().name);
  row.erase(row.begin(), row.begin() + 2);
  EXPECT_THAT(row, testing::Each(""));
}

TEST_F(Template, SaysUntilWhenQualificationsCountAsPeopleOfTheLanguageWriteIt) {
  auto roster = tests::full_roster();
  roster.upserts.resize(1);
  roster.upserts[0].qualifications = {
      {.code = tests::code("MEDIC-2"), .valid_until = tests::kContingentTime},
      {.code = tests::code("DRIVER-C"), .valid_until = {}}};
  const auto place = column_of(TemplateKind::roster, "qualifications");
  const auto written = [&](Language language) {
    const TemplateRequest request{.kind = TemplateKind::roster,
                                  .language = language,
                                  .rows = {{.unit = tests::full_unit(), .statements = {roster}}}};
    return row_of(rig::workbook_of(write(request)).sheets[0], 3)[place];
  };

  EXPECT_EQ(written(Language::english), "MEDIC-2 until 2026-11-20, DRIVER-C");
  EXPECT_EQ(written(Language::russian), "MEDIC-2 до 20.11.2026, DRIVER-C");
}

TEST_F(Template, NeverSaysItselfWhenFiguresWereTrue) {
  const auto sheet = rig::workbook_of(write({.rows = {full_row()}})).sheets[0];

  EXPECT_EQ(row_of(sheet, 3)[column_of(TemplateKind::strength, "valid_at")], "");
}

// ---- the file -----------------------------------------------------------------------------------

TEST_F(Template, NeverReplacesAFile) {
  const auto path = folder_.path("strength.xlsx");
  std::ofstream(path) << "mine";

  const auto written = write_template(path, {.rows = {}}, book());

  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, model::ErrorCode::already_exists);
  EXPECT_EQ(written.error().message, path + " is there already, and it is not replaced");
  EXPECT_EQ(rig::content_of(path), "mine");
  EXPECT_THAT(folder_.names(), ElementsAre("strength.xlsx"));
}

TEST_F(Template, SaysWhyItCannotBeWritten) {
  const auto path = folder_.path("nowhere/strength.xlsx");

  const auto written = write_template(path, {.rows = {}}, book());

  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, model::ErrorCode::io);
  EXPECT_EQ(written.error().message, path + " cannot be written: No such file or directory");
}

TEST_F(Template, LeavesNothingElseBehind) {
  write({.rows = {full_row()}});

  EXPECT_THAT(folder_.names(), ElementsAre("1.xlsx"));
}

}  // namespace
}  // namespace muster::desk
