// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "nodes/desk/template.h"
#include "tests/unit/desk_xlsx_file.h"

namespace muster::desk {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using words::Language;
using words::Words;

Problem problem_at(CellPlace cell, std::string value,
                   Problem::Weight weight = Problem::Weight::refuse) {
  return {.weight = weight,
          .code = kNumberBad,
          .sheet = "Сводка",
          .cell = cell,
          .heading = "Налицо",
          .where = {},
          .value = std::move(value),
          .expected = "a whole number from 0 to 200000",
          .rule = {}};
}

/// Two columns under headings: codes, counts, and what else a cell may hold.
Workbook small_workbook() {
  Workbook workbook{.kind = FileKind::xlsx, .sheets = {}};
  auto& sheet = workbook.sheets.emplace_back("Сводка");
  sheet.set_text({0, 0}, "Шифр подразделения");
  sheet.set_text({0, 1}, "Налицо");
  sheet.set_text({0, 2}, "По состоянию на");
  sheet.set_text({1, 0}, "KAZ:EX-1");
  sheet.set_text({1, 1}, "12OO");
  sheet.set_number({1, 2}, 46'346);  // 2026-11-20.
  sheet.set_text({2, 0}, "KAZ:EX-2");
  sheet.set_number({2, 1}, 97.5);
  sheet.set_text({2, 2}, "2026-11-20T06:30:00", CellKind::date_time);
  sheet.set_number({3, 0}, 1, CellKind::boolean);
  sheet.set_text({3, 1}, "#DIV/0!", CellKind::error);
  return workbook;
}

class MarkedCopy : public testing::Test {
 protected:
  std::string write(const Workbook& workbook, const std::vector<Problem>& problems,
                    Language language = Language::english) {
    auto path = folder_.path("marked.xlsx");
    const auto written = write_marked_copy(path, workbook, problems, language);
    EXPECT_TRUE(written) << written.error().message;
    return path;
  }
  rig::Folder folder_;
};

std::vector<std::string> row_of(const Sheet& sheet, std::uint32_t row) {
  std::vector<std::string> cells;
  for (std::uint32_t column = 0; column < sheet.columns(); ++column) {
    cells.push_back(shown_value(sheet.at({row, column})));
  }
  return cells;
}

/// The ground of a cell: "FFFFC7CE", or empty.
std::string ground_of(const std::string& path, const std::string& cell) {
  const auto sheet = rig::xml_of(path, "xl/worksheets/sheet1.xml");
  const auto styles = rig::xml_of(path, "xl/styles.xml");
  const auto style =
      sheet.select_node(fmt::format("//c[@r='{}']", cell).c_str()).node().attribute("s").as_uint();
  const auto fill = styles.select_node(fmt::format("//cellXfs/xf[{}]", style + 1).c_str())
                        .node()
                        .attribute("fillId")
                        .as_uint();
  return styles.select_node(fmt::format("//fills/fill[{}]//fgColor", fill + 1).c_str())
      .node()
      .attribute("rgb")
      .value();
}

TEST_F(MarkedCopy, KeepsValuesAndTypes) {
  const auto workbook = rig::workbook_of(write(small_workbook(), {}));

  ASSERT_EQ(workbook.sheets.size(), 2U);
  const auto& sheet = workbook.sheets[0];
  EXPECT_EQ(sheet.name(), "Сводка");
  EXPECT_THAT(row_of(sheet, 1), ElementsAre("KAZ:EX-1", "12OO", "46346"));
  EXPECT_THAT(row_of(sheet, 2), ElementsAre("KAZ:EX-2", "97.5", "46346.27083333333"));
  EXPECT_EQ(sheet.at({2, 1}).kind, CellKind::number);
  EXPECT_EQ(sheet.at({1, 2}).kind, CellKind::number);
  EXPECT_EQ(sheet.at({3, 0}).kind, CellKind::boolean);
  EXPECT_EQ(shown_value(sheet.at({3, 1})), "#DIV/0!");
}

TEST_F(MarkedCopy, ShowsDatesAsDates) {
  const auto path = write(small_workbook(), {}, Language::russian);

  EXPECT_NE(rig::part_of(path, "xl/styles.xml").find("formatCode=\"dd.mm.yyyy\""),
            std::string::npos);
}

TEST_F(MarkedCopy, CountsDatesFrom1900) {
  auto source = small_workbook();
  source.sheets[0].counts_from_1904 = true;
  source.sheets[0].set_number({1, 2}, 44'884);

  EXPECT_EQ(rig::workbook_of(write(source, {})).sheets[0].at({1, 2}).number, 46'346);
}

TEST_F(MarkedCopy, ColoursAndCommentsEachBadCell) {
  const auto refused = problem_at({1, 1}, "12OO");
  const auto noted = problem_at({2, 1}, "97.5", Problem::Weight::note);

  for (const auto language : {Language::english, Language::russian}) {
    const auto path = write(small_workbook(), {refused, noted}, language);

    const auto& words = Words::of(language);
    EXPECT_THAT(rig::comments_of(path, 1), ElementsAre("B2: " + words.tell(describe(refused)),
                                                       "B3: " + words.tell(describe(noted))));
    EXPECT_EQ(ground_of(path, "B2"), "FFFFC7CE");
    EXPECT_EQ(ground_of(path, "B3"), "FFFFEB9C");
    EXPECT_EQ(ground_of(path, "A2"), "");
    EXPECT_NE(rig::part_of(path, "xl/comments1.xml").find("<author>Muster</author>"),
              std::string::npos);
  }
}

TEST_F(MarkedCopy, SaysAllThatIsWrongWithOneCell) {
  auto second = problem_at({1, 1}, "12OO");
  second.expected = "something else";
  second.weight = Problem::Weight::note;
  const auto first = problem_at({1, 1}, "12OO");

  const auto path = write(small_workbook(), {first, second});

  EXPECT_THAT(rig::comments_of(path, 1),
              ElementsAre("B2: " + describe(first) + "\n" + describe(second)));
  EXPECT_EQ(ground_of(path, "B2"), "FFFFC7CE");  // The heavier one.
}

TEST_F(MarkedCopy, MarksCellsThatAreEmptyOrBeyondTheOthers) {
  const auto path = write(small_workbook(), {problem_at({2, 7}, ""), problem_at({9, 0}, "")});

  EXPECT_EQ(rig::comments_of(path, 1).size(), 2U);
  EXPECT_EQ(ground_of(path, "H3"), "FFFFC7CE");
  EXPECT_EQ(ground_of(path, "A10"), "FFFFC7CE");
}

TEST_F(MarkedCopy, ListsWhatHasNoCellFirstAndLeadsToTheOthers) {
  const Problem whole{.code = kColumnMissing,
                      .sheet = "Сводка",
                      .cell = {},
                      .heading = {},
                      .where = "row 1",
                      .value = "no such heading",
                      .expected = "the heading \"Deployable\"",
                      .rule = {}};
  auto broken = problem_at({1, 1}, "12OO");
  broken.rule = "V12";

  const auto path = write(small_workbook(), {broken, whole});

  const auto list = rig::workbook_of(path).sheets[1];
  EXPECT_EQ(list.name(), "Problems");
  EXPECT_THAT(row_of(list, 3),
              ElementsAre("Sheet", "Cell", "Heading", "Value", "Expected", "Rule", "Weight"));
  EXPECT_THAT(row_of(list, 4), ElementsAre("Сводка", "row 1", "", "no such heading",
                                           "the heading \"Deployable\"", "", "to be mended"));
  EXPECT_THAT(row_of(list, 5),
              ElementsAre("Сводка", "B2", "Налицо", "12OO", "a whole number from 0 to 200000",
                          "V12", "to be mended"));
  const auto xml = rig::xml_of(path, "xl/worksheets/sheet2.xml");
  const auto link = xml.select_node("//hyperlink").node();
  EXPECT_STREQ(link.attribute("ref").value(), "B6");
  EXPECT_STREQ(link.attribute("location").value(), "'Сводка'!B2");
}

TEST_F(MarkedCopy, IsSpokenInRussian) {
  const auto workbook =
      rig::workbook_of(write(small_workbook(), {problem_at({1, 1}, "12OO")}, Language::russian));

  EXPECT_EQ(workbook.sheets[1].name(), "Замечания");
  EXPECT_EQ(row_of(workbook.sheets[1], 3)[4], Words::of(Language::russian).tell("Expected"));
}

TEST_F(MarkedCopy, LeavesHiddenSheetsOutAndListsTheirProblems) {
  auto source = small_workbook();
  source.sheets.emplace_back("Секрет").set_text({0, 0}, "не показывать");
  source.sheets.back().is_hidden = true;
  auto problem = problem_at({0, 0}, "x");
  problem.sheet = "Секрет";

  const auto path = write(source, {problem});

  EXPECT_EQ(rig::workbook_of(path).sheets.size(), 2U);
  EXPECT_EQ(rig::part_of(path, "xl/sharedStrings.xml").find("не показывать"), std::string::npos);
  EXPECT_EQ(row_of(rig::workbook_of(path).sheets[1], 4)[0], "Секрет");
}

TEST_F(MarkedCopy, NamesSheetsAsTheyMayBeNamed) {
  Workbook source{.kind = FileKind::ods, .sheets = {}};
  source.sheets.emplace_back("[2026]: 'в/ч' * с очень длинным наименованием").set_text({0, 0}, "a");
  source.sheets.emplace_back("Problems").set_text({0, 0}, "b");
  source.sheets.emplace_back("").set_text({0, 0}, "c");

  const auto workbook = rig::workbook_of(write(source, {}));

  std::vector<std::string> names;
  for (const auto& sheet : workbook.sheets) {
    names.push_back(sheet.name());
  }
  EXPECT_THAT(names,
              ElementsAre("_2026__ _в_ч_ _ с очень длинным", "Problems", "Data", "Problems (2)"));
}

TEST_F(MarkedCopy, OfATextFileMarksItsOneSheet) {
  Workbook source{.kind = FileKind::csv, .sheets = {}};
  source.sheets.emplace_back("").set_text({0, 0}, "12OO");
  auto problem = problem_at({0, 0}, "12OO");
  problem.sheet.clear();

  EXPECT_THAT(rig::comments_of(write(source, {problem}), 1),
              ElementsAre("A1: " + describe(problem)));
}

TEST_F(MarkedCopy, HoldsTextsThatXmlForbids) {
  auto source = small_workbook();
  source.sheets[0].set_text({1, 1}, std::string_view("12\0\x01\xFF\xEF\xBF\xBF", 8));

  const auto workbook = rig::workbook_of(write(source, {problem_at({1, 1}, "12\x01\xFF")}));

  EXPECT_EQ(shown_value(workbook.sheets[0].at({1, 1})),
            "12\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD");  // One for each byte.
}

TEST_F(MarkedCopy, MarksAtMostSoManyAndSaysSo) {
  auto source = small_workbook();
  std::vector<Problem> problems;
  for (std::uint32_t row = 0; row < kMarkedProblemsMax + 5; ++row) {
    source.sheets[0].set_text({row, 0}, "x");
    problems.push_back(problem_at({row, 0}, "x"));
  }

  const auto path = write(source, problems);

  EXPECT_EQ(rig::comments_of(path, 1).size(), kMarkedProblemsMax);
  const auto list = rig::workbook_of(path).sheets[1];
  EXPECT_EQ(list.rows(), kMarkedProblemsMax + 4);
  EXPECT_EQ(shown_value(list.at({1, 0})),
            "There are 10005 of them; the first 10000 are listed and marked. Mend these and try "
            "again.");
}

TEST_F(MarkedCopy, KeepsMergedCells) {
  auto source = small_workbook();
  source.sheets[0].merged.push_back({.first = {3, 0}, .last = {4, 1}});

  const auto merged = rig::workbook_of(write(source, {})).sheets[0].merged;

  ASSERT_EQ(merged.size(), 1U);
  EXPECT_EQ(merged[0].first, (CellPlace{3, 0}));
  EXPECT_EQ(merged[0].last, (CellPlace{4, 1}));
}

TEST_F(MarkedCopy, WritesABigWorkbookTheSameWay) {
  auto source = small_workbook();
  constexpr std::uint32_t kRows = 60'000;  // Of ten columns: beyond what is kept in memory.
  for (std::uint32_t row = 4; row < kRows; ++row) {
    source.sheets[0].set_number({row, 9}, row);
  }

  const auto path = write(source, {problem_at({1, 1}, "12OO"), problem_at({kRows - 1, 9}, "x")});

  const auto sheet = rig::workbook_of(path).sheets[0];
  EXPECT_EQ(sheet.rows(), kRows);
  EXPECT_EQ(shown_value(sheet.at({1, 1})), "12OO");
  EXPECT_EQ(sheet.at({kRows - 1, 9}).number, kRows - 1);
  EXPECT_EQ(rig::comments_of(path, 1).size(), 2U);
}

TEST_F(MarkedCopy, ReplacesTheOneBeforeWhole) {
  const auto path = folder_.path("marked.xlsx");
  std::ofstream(path) << "an older one";

  write(small_workbook(), {});

  EXPECT_EQ(rig::workbook_of(path).sheets.size(), 2U);
  EXPECT_THAT(folder_.names(), ElementsAre("marked.xlsx"));
}

TEST_F(MarkedCopy, SaysWhyItCannotBeWritten) {
  const auto path = folder_.path("nowhere/marked.xlsx");

  const auto written = write_marked_copy(path, small_workbook(), {}, Language::english);

  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, model::ErrorCode::io);
  EXPECT_EQ(written.error().message, path + " cannot be written: No such file or directory");
}

TEST_F(MarkedCopy, MergesNeitherAWholeSheetNorAPlaceTwice) {
  const auto merged_in = [&](std::vector<MergedRange> merged) {
    auto source = small_workbook();
    source.sheets[0].merged = std::move(merged);
    const auto sheet = rig::xml_of(write(source, {}), "xl/worksheets/sheet1.xml");
    std::vector<std::string> ranges;
    for (const auto one : sheet.select_nodes("//mergeCell")) {
      ranges.emplace_back(one.node().attribute("ref").value());
    }
    return ranges;
  };

  constexpr MergedRange kWholeSheet{{0, 0}, {1'048'575, 16'383}};
  EXPECT_THAT(merged_in({kWholeSheet, {{2, 0}, {2, 1}}}), ElementsAre("A3:B3"));
  EXPECT_THAT(merged_in({{{2, 0}, {2, 1}}, {{1, 1}, {2, 1}}, {{3, 1}, {3, 1}}}),
              ElementsAre("A3:B3"));
  EXPECT_THAT(merged_in(std::vector<MergedRange>(1'000, {{0, 0}, {999, 2}})),
              ElementsAre("A1:C1000"));
}

}  // namespace
}  // namespace muster::desk
