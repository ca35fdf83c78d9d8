// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <stdlib.h>

#include <array>
#include <fstream>
#include <map>
#include <pugixml.hpp>
#include <random>
#include <sstream>

#include "nodes/desk/draft.h"
#include "nodes/desk/template.h"
#include "nodes/desk/untold.h"
#include "schemas/wire/report.h"
#include "tests/e2e/office.h"
#include "tests/support/desk_contingent.h"
#include "tests/support/sample_reports.h"
#include "tests/unit/desk_random.h"

namespace muster::desk {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAreArray;
using testing::IsEmpty;
using words::Language;

constexpr std::array kLanguages{Language::english, Language::russian};
constexpr std::array kKinds{TemplateKind::strength, TemplateKind::equipment,
                            TemplateKind::readiness, TemplateKind::roster, TemplateKind::units};

/// Files in a folder of their own, and LibreOffice in it.
class DeskWithLibreOffice : public testing::Test {
 protected:
  void SetUp() override {
    if (!e2e::Office::is_there()) {
      GTEST_SKIP() << "LibreOffice is not here: apt-get install libreoffice-calc-nogui";
    }
    std::string name = (fs::temp_directory_path() / "muster-desk-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
    office_.emplace(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  [[nodiscard]] fs::path path(const std::string& name) const { return folder_ / name; }
  [[nodiscard]] fs::path write(const std::string& name, const std::string& content) const {
    std::ofstream(path(name), std::ios::binary) << content;
    return path(name);
  }
  e2e::Office& office() { return *office_; }

 private:
  fs::path folder_;
  std::optional<e2e::Office> office_;
};

std::string content_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

Draft draft_of(const fs::path& path, std::optional<model::UtcTime> valid_at = std::nullopt) {
  DeskOptions options;
  options.nation = tests::nation("KAZ");
  options.valid_at = valid_at;
  return read_draft(path.filename().string(), content_of(path), options);
}

const ColumnBook& book() {
  static const ColumnBook kBook = ColumnBook::load({}, {}).value();
  return kBook;
}

const std::string& title_of(const Column& column, Language language) {
  return language == Language::russian ? column.title_ru : column.title_en;
}

tests::Headings headings_of(const tests::Table& table, Language language) {
  tests::Headings headings;
  for (const auto& key : table.keys) {
    headings.push_back(title_of(*book().find(key), language));
  }
  return headings;
}

std::vector<std::string> described(const Draft& draft) {
  std::vector<std::string> texts;
  for (const auto& problem : draft.problems) {
    texts.push_back(describe(problem));
  }
  return texts;
}

// ---- the same contingent in every format --------------------------------------------------------

TEST_F(DeskWithLibreOffice, ReadsTheSameContingentFromEveryFormatToTheSameBytes) {
  const auto table = tests::contingent_table();
  const auto english = headings_of(table, Language::english);
  const auto russian = headings_of(table, Language::russian);
  const auto flat = write("contingent.fods", tests::as_flat_ods(table, russian));
  tests::write_xlsx(path("ours.xlsx").string(), table, russian);
  const std::vector<fs::path> files{
      path("ours.xlsx"),
      office().convert("xlsx", {flat}) / "contingent.xlsx",
      office().convert("ods", {flat}) / "contingent.ods",
      write("excel.csv", tests::as_excel_csv(table, russian)),
      write("plain.csv", tests::as_csv(table, english)),
      write("marked.csv", "\xEF\xBB\xBF" + tests::as_csv(table, english)),
      write("report.json", text::report_to_json(tests::contingent_report()))};
  const auto expected = wire::encode_report(tests::contingent_report());

  for (const auto& file : files) {
    const auto draft = draft_of(file);

    EXPECT_THAT(described(draft), IsEmpty()) << file;
    ASSERT_EQ(draft.reports.size(), 1U) << file;
    EXPECT_EQ(text::report_to_json(draft.reports[0]),
              text::report_to_json(tests::contingent_report()))
        << file;
    EXPECT_EQ(wire::encode_report(draft.reports[0]), expected) << file;
  }
}

// ---- marked copies ------------------------------------------------------------------------------

/// Comments of a flat OpenDocument spreadsheet by sheet and cell: "Сводка!D2".
std::map<std::string, std::string> comments_of(const fs::path& path) {
  std::map<std::string, std::string> comments;
  pugi::xml_document xml;
  EXPECT_TRUE(xml.load_file(path.c_str()));
  for (const auto found : xml.select_nodes("//office:annotation")) {
    const auto cell = found.node().parent();
    std::string text;
    for (const auto line : found.node().children("text:p")) {
      text += text.empty() ? "" : "\n";
      for (const auto part : line.select_nodes(".//text()")) {
        text += part.node().value();
      }
    }
    CellPlace place;
    const auto before = [](pugi::xml_node node, const char* repeated) {
      std::uint32_t count = 0;
      for (auto one = node.previous_sibling(); one; one = one.previous_sibling()) {
        count += std::string_view(one.name()).starts_with("table:table-") &&
                         std::string_view(one.name()) != "table:table-column"
                     ? one.attribute(repeated).as_uint(1)
                     : 0;
      }
      return count;
    };
    place.column = before(cell, "table:number-columns-repeated");
    place.row = before(cell.parent(), "table:number-rows-repeated");
    auto sheet = cell.parent();
    while (std::string_view(sheet.name()) != "table:table") {
      sheet = sheet.parent();
    }
    comments[fmt::format("{}!{}", sheet.attribute("table:name").value(), cell_name(place))] = text;
  }
  return comments;
}

/// What is put where, and what that is called.
struct Planted {
  std::size_t row;  ///< Of the table, from 0.
  std::string key;
  tests::TableCell value;
  std::string_view code;
};

const std::vector<Planted>& planted() {
  static const std::vector<Planted> kPlanted{
      {0, "present", std::string("12OO"), kNumberBad},
      {0, "on_hand", -3.0, kNumberBad},
      {1, "lat", 143.5, kNumberBad},
      {1, "authorised", 300'000.0, kNumberBad},
      {2, "fmc", 9.5, kNumberBad},
      {3, "echelon", std::string("COMPANI"), kEnumUnknown},
      {3, "available_from", std::string("31.02.2027"), kDateBad},
      {4, "assigned", {}, kValueMissing},
      {4, "deployable", std::string("~120"), kNumberBad},
      {5, "deployable", std::string("n/a"), kNumberBad},
      {5, "kind", std::string("паровоз"), kEnumUnknown},
      {6, "unit_code", std::string("RUS:EX-15"), kUnitBad},
      {7, "short_name", std::string("шестнадцатая рота контингента"), kValueBad},
      {7, "item_code", std::string("TRUCK 5T!"), kValueBad},
      {8, "valid_at", std::string("вчера"), kDateBad},
      {8, "p", 7.0, kNumberBad},
      {9, "superior_code", std::string("EX 1"), kUnitBad},
      {10, "reported_overall", std::string("два"), kNumberBad},
      {11, "notice_to_move_min", 600'000.0, kNumberBad},
      {12, "item_code", std::string("TRUCK-5T"), kRowTwice}};
  return kPlanted;
}

std::uint32_t column_of(const tests::Table& table, std::string_view key) {
  return static_cast<std::uint32_t>(std::find(table.keys.begin(), table.keys.end(), key) -
                                    table.keys.begin());
}

/// "D17 NUMBER_BAD", by rows and columns.
std::vector<std::string> places_planted(const tests::Table& table) {
  std::vector<std::pair<CellPlace, std::string_view>> places;
  for (const auto& one : planted()) {
    places.push_back(
        {{static_cast<std::uint32_t>(one.row + 1), column_of(table, one.key)}, one.code});
  }
  std::sort(places.begin(), places.end());
  std::vector<std::string> texts;
  for (const auto& [place, code] : places) {
    texts.push_back(fmt::format("{} {}", cell_name(place), code));
  }
  return texts;
}

tests::Table table_with_errors() {
  auto table = tests::contingent_table();
  for (const auto& one : planted()) {
    table.rows[one.row][column_of(table, one.key)] = one.value;
  }
  return table;
}

std::vector<std::string> places_of(const std::vector<Problem>& problems) {
  std::vector<std::string> texts;
  for (const auto& problem : problems) {
    texts.push_back(fmt::format(
        "{} {}", problem.cell ? cell_name(*problem.cell) : describe(problem), problem.code));
  }
  return texts;
}

TEST_F(DeskWithLibreOffice, ShowsTwentyPlantedErrorsAtTheirCellsInBothLanguages) {
  const auto table = table_with_errors();
  tests::write_xlsx(path("bad.xlsx").string(), table, headings_of(table, Language::russian));
  const auto draft = draft_of(path("bad.xlsx"));
  ASSERT_EQ(planted().size(), 20U);
  ASSERT_THAT(places_of(draft.problems), ElementsAreArray(places_planted(table)));
  EXPECT_THAT(draft.reports, IsEmpty());
  std::vector<fs::path> copies;
  for (const auto language : kLanguages) {
    copies.push_back(path(language == Language::russian ? "ru.xlsx" : "en.xlsx"));
    const auto written =
        write_marked_copy(copies.back().string(), *draft.workbook, draft.problems, language);
    ASSERT_TRUE(written) << written.error().message;
  }

  const auto converted = office().convert("fods", copies);

  for (const auto language : kLanguages) {
    std::map<std::string, std::string> expected;
    for (const auto& problem : draft.problems) {
      expected[fmt::format("Сводка!{}", cell_name(*problem.cell))] =
          words::Words::of(language).tell(describe(problem));
    }
    EXPECT_EQ(comments_of(converted / (language == Language::russian ? "ru.fods" : "en.fods")),
              expected);
  }
}

// ---- templates ----------------------------------------------------------------------------------

TemplateRequest request_of(TemplateKind kind, Language language) {
  TemplateRequest request{.kind = kind, .language = language, .node = "KAZ/mod", .rows = {}};
  for (const auto& statement : tests::contingent_report().statements) {
    if (const auto* unit = std::get_if<model::UnitStatement>(&statement)) {
      request.rows.push_back({.unit = *unit, .statements = {}});
    }
    request.rows.back().statements.push_back(statement);
  }
  return request;
}

std::string name_of(TemplateKind kind, Language language) {
  return fmt::format("{}-{}", to_text(kind), language == Language::russian ? "ru" : "en");
}

/// What the template of a kind speaks of, of what is known of the contingent.
std::vector<model::Statement> statements_for(TemplateKind kind) {
  const std::map<TemplateKind, std::vector<model::StatementKind>> kSpoken{
      {TemplateKind::strength, {model::StatementKind::strength}},
      {TemplateKind::equipment, {model::StatementKind::equipment}},
      {TemplateKind::readiness,
       {model::StatementKind::readiness, model::StatementKind::availability}},
      {TemplateKind::roster, {}},
      {TemplateKind::units, {model::StatementKind::unit}}};
  std::vector<model::Statement> statements;
  for (const auto& statement : tests::contingent_report().statements) {
    const auto& spoken = kSpoken.at(kind);
    if (std::find(spoken.begin(), spoken.end(), kind_of(statement)) != spoken.end()) {
      statements.push_back(statement);
    }
  }
  return statements;
}

std::string json_of(const std::vector<model::Statement>& statements) {
  return text::report_to_json({.valid_at = tests::kContingentTime, .statements = statements});
}

/// The lines of a CSV that LibreOffice made of the first sheet, split at ';'.
std::vector<std::string> heading_line(const fs::path& csv, std::size_t line) {
  std::istringstream text(content_of(csv));
  std::string row;
  for (std::size_t number = 0; number <= line; ++number) {
    std::getline(text, row);
  }
  std::vector<std::string> cells;
  std::istringstream parts(row);
  for (std::string cell; std::getline(parts, cell, ';');) {
    const bool is_quoted = cell.size() >= 2 && cell.front() == '"';
    cells.push_back(is_quoted ? cell.substr(1, cell.size() - 2) : cell);
  }
  return cells;
}

TEST_F(DeskWithLibreOffice, OpensEveryTemplateAndShowsItsHeadings) {
  std::vector<fs::path> files;
  for (const auto kind : kKinds) {
    for (const auto language : kLanguages) {
      files.push_back(path(name_of(kind, language) + ".xlsx"));
      auto request = request_of(kind, language);
      request.has_all_columns = true;
      const auto written = write_template(files.back().string(), request, book());
      ASSERT_TRUE(written) << written.error().message;
    }
  }

  const auto converted = office().convert("csv:Text - txt - csv (StarCalc):59,34,76,1", files);

  for (const auto kind : kKinds) {
    for (const auto language : kLanguages) {
      std::vector<std::string> titles;
      for (const auto* column : book().of_template(to_text(kind))) {
        titles.push_back(title_of(*column, language));
      }
      EXPECT_THAT(heading_line(converted / (name_of(kind, language) + ".csv"), 2),
                  ElementsAreArray(titles));
    }
  }
}

TEST_F(DeskWithLibreOffice, SavesAFilledTemplateThatSaysWhatItWasFilledWith) {
  std::vector<fs::path> files;
  for (const auto kind : {TemplateKind::strength, TemplateKind::equipment, TemplateKind::readiness,
                          TemplateKind::units}) {
    for (const auto language : kLanguages) {
      files.push_back(path(name_of(kind, language) + ".xlsx"));
      ASSERT_TRUE(write_template(files.back().string(), request_of(kind, language), book()));
    }
  }

  const auto xlsx = office().convert("xlsx", files);
  const auto ods = office().convert("ods", files);

  for (const auto kind : {TemplateKind::strength, TemplateKind::equipment, TemplateKind::readiness,
                          TemplateKind::units}) {
    for (const auto language : kLanguages) {
      const auto name = name_of(kind, language);
      for (const auto& file :
           {path(name + ".xlsx"), xlsx / (name + ".xlsx"), ods / (name + ".ods")}) {
        const auto draft = draft_of(file, tests::kContingentTime);
        EXPECT_THAT(described(draft), IsEmpty()) << file;
        ASSERT_EQ(draft.reports.size(), 1U) << file;
        EXPECT_EQ(json_of(draft.reports[0].statements), json_of(statements_for(kind))) << file;
      }
    }
  }
}

/// Two units of which everything is said that can be, and some of which anything is.
std::vector<TemplateRow> full_rows() {
  std::vector<TemplateRow> rows;
  rows.push_back(
      {.unit = tests::full_unit(),
       .statements = {tests::full_unit(), tests::full_strength(), tests::full_equipment(),
                      tests::full_readiness(), tests::full_availability(), tests::full_roster()}});
  std::mt19937_64 random(2026);
  for (int number = 1; number <= 5; ++number) {
    rows.push_back(rig::random_row(number, random));
  }
  return rows;
}

std::vector<std::string> told(const std::vector<Untold>& all) {
  std::vector<std::string> texts;
  for (const auto& one : all) {
    texts.push_back(fmt::format("{} {}", one.unit.str(), one.field));
  }
  return texts;
}

// Saved by another program, in each of its formats, a template takes nothing back.
TEST_F(DeskWithLibreOffice, SavesEveryFieldOfEveryStatement) {
  const auto rows = full_rows();
  std::vector<fs::path> files;
  for (const auto kind : kKinds) {
    for (const auto language : kLanguages) {
      files.push_back(path(name_of(kind, language) + ".xlsx"));
      ASSERT_TRUE(write_template(files.back().string(),
                                 {.kind = kind, .language = language, .rows = rows}, book()));
    }
  }

  const auto xlsx = office().convert("xlsx", files);
  const auto ods = office().convert("ods", files);
  const auto csv = office().convert("csv:Text - txt - csv (StarCalc):59,34,76,1", files);

  for (const auto kind : kKinds) {
    for (const auto language : kLanguages) {
      const auto name = name_of(kind, language);
      for (const auto& file :
           {xlsx / (name + ".xlsx"), ods / (name + ".ods"), csv / (name + ".csv")}) {
        const auto draft = draft_of(file, tests::kContingentTime);
        EXPECT_THAT(described(draft), IsEmpty()) << file;
        ASSERT_EQ(draft.reports.size(), 1U) << file;
        EXPECT_GE(draft.reports[0].statements.size(), rows.size()) << file;
        EXPECT_THAT(told(untold(rows, draft)), IsEmpty()) << file;
      }
    }
  }
}

}  // namespace
}  // namespace muster::desk
