// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <xlsxwriter.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "nodes/desk/xlsx_looks.h"
#include "tests/unit/desk_books.h"

namespace muster::desk {
namespace {

constexpr std::string_view kSheet = "sheet \"Сводка\"\n";

/// What libxlsxwriter makes of a workbook that `fill` fills.
template <typename Fill>
std::string written(const Fill& fill) {
  std::string folder = (std::filesystem::temp_directory_path() / "muster_workbook_XXXXXX").string();
  EXPECT_NE(mkdtemp(folder.data()), nullptr);
  const std::filesystem::path path = std::filesystem::path(folder) / "a.xlsx";
  lxw_workbook* const book = workbook_new(path.c_str());
  fill(book);
  EXPECT_EQ(workbook_close(book), LXW_NO_ERROR);
  std::ifstream file(path, std::ios::binary);
  std::string content{std::istreambuf_iterator<char>(file), {}};
  std::filesystem::remove_all(folder);
  return content;
}

TEST(Xlsx, KnowsWhichNumbersAreShownAsDaysAndPerCent) {
  const std::string content = written([](lxw_workbook* book) {
    lxw_worksheet* const sheet = workbook_add_worksheet(book, "Сводка");
    lxw_format* const day = workbook_add_format(book);
    format_set_num_format(day, "dd.mm.yyyy");
    lxw_format* const built_in = workbook_add_format(book);
    format_set_num_format_index(built_in, 14);
    lxw_format* const percent = workbook_add_format(book);
    format_set_num_format(percent, "0%");
    worksheet_write_number(sheet, 0, 0, 46154, day);
    worksheet_write_number(sheet, 0, 1, 46154, built_in);
    worksheet_write_number(sheet, 0, 2, 1, percent);
    worksheet_write_number(sheet, 0, 3, 95, nullptr);
  });

  const auto book = read_workbook("a.xlsx", content);

  ASSERT_TRUE(book);
  const auto look = [&](std::uint32_t column) { return book->sheets[0].at({0, column}).look; };
  EXPECT_EQ(look(0), NumberLook::moment);
  EXPECT_EQ(look(1), NumberLook::moment);
  EXPECT_EQ(look(2), NumberLook::percent);
  EXPECT_EQ(look(3), NumberLook::plain);
}

TEST(LookOfFormat, ReadsWhatStandsOutsideOfTexts) {
  for (const auto* const moment : {"dd.mm.yyyy", "[$-419]d mmm yy;@", "h:mm", "[h]:mm:ss"}) {
    EXPECT_EQ(look_of_format(moment), NumberLook::moment) << moment;
  }
  for (const auto* const plain :
       {"General", "0", "#,##0.00", "0\" days\"", "0\\d", "[Red]0", "_-* #,##0\\ _d", "0;[Red]yy",
        "0.00E+00", "", "\"", "\\"}) {
    EXPECT_EQ(look_of_format(plain), NumberLook::plain) << plain;
  }
  EXPECT_EQ(look_of_format("0.0%"), NumberLook::percent);
}

TEST(Xlsx, ReadsWhatLibxlsxwriterWrites) {
  const std::string content = written([](lxw_workbook* book) {
    lxw_worksheet* const sheet = workbook_add_worksheet(book, "Сводка");
    lxw_format* const bold = workbook_add_format(book);
    format_set_bold(bold);
    worksheet_write_string(sheet, 0, 0, "Рота & <взвод>", bold);
    worksheet_write_number(sheet, 0, 1, -12.5, nullptr);
    worksheet_write_boolean(sheet, 0, 2, 1, nullptr);
    worksheet_write_string(sheet, 0, 3, "two\nlines", nullptr);
    std::string light_text = "plain ", strong_text = "bold";
    lxw_rich_string_tuple plain{nullptr, light_text.data()}, strong{bold, strong_text.data()};
    lxw_rich_string_tuple* runs[] = {&plain, &strong, nullptr};
    worksheet_write_rich_string(sheet, 1, 0, runs, nullptr);
    lxw_datetime moment{2026, 11, 22, 6, 0, 0};
    worksheet_write_datetime(sheet, 1, 1, &moment, bold);
    worksheet_write_blank(sheet, 1, 2, bold);
  });

  EXPECT_EQ(shown("a.xlsx", content), std::string(kSheet) +
                                          "A1 text Рота & <взвод>\nB1 number -12.5\n"
                                          "C1 boolean TRUE\nD1 text two\nlines\n"
                                          "A2 text plain bold\nB2 number 46348.25\n");
}

TEST(Xlsx, DoesNotBelieveAZeroThatWasNeverCalculated) {
  const std::string content = written([](lxw_workbook* book) {
    lxw_worksheet* const sheet = workbook_add_worksheet(book, "Сводка");
    worksheet_write_formula(sheet, 0, 0, "=1+2", nullptr);
    worksheet_write_formula_num(sheet, 0, 1, "=1+2", nullptr, 3);
    worksheet_write_formula_str(sheet, 0, 2, "=\"a\"&\"b\"", nullptr, "ab");
    worksheet_write_formula_str(sheet, 0, 3, "=1/0", nullptr, "#DIV/0!");
    worksheet_write_formula_str(sheet, 0, 4, "=F1", nullptr, "");
    worksheet_write_array_formula_num(sheet, 1, 0, 2, 0, "{=B1:B2*2}", nullptr, 6);
    worksheet_write_number(sheet, 1, 1, 0, nullptr);
  });

  EXPECT_EQ(shown("a.xlsx", content),
            std::string(kSheet) +
                "A1 formula =1+2\nB1 number 3\nC1 text ab\nD1 error #DIV/0!\n"
                "A2 number 6\nB2 number 0\nA3 formula =\n");
}

TEST(Xlsx, KnowsMergedAndHidden) {
  const std::string content = written([](lxw_workbook* book) {
    lxw_worksheet* const sheet = workbook_add_worksheet(book, "Сводка");
    lxw_worksheet* const hidden = workbook_add_worksheet(book, "Черновик");
    worksheet_hide(hidden);
    worksheet_write_string(hidden, 0, 0, "x", nullptr);
    lxw_row_col_options options{};
    options.hidden = 1;
    worksheet_set_row_opt(sheet, 1, 15, nullptr, &options);
    worksheet_set_row_opt(sheet, 5, 15, nullptr, &options);
    worksheet_write_string(sheet, 1, 0, "filtered", nullptr);
    worksheet_merge_range(sheet, 2, 1, 3, 3, "merged", nullptr);
  });

  EXPECT_EQ(shown("a.xlsx", content), std::string(kSheet) +
                                          "merged B3:D4\nhidden row 2\nA2 text filtered\n"
                                          "B3 text merged\nsheet \"Черновик\" hidden\nA1 text x\n");
}

TEST(Xlsx, ReadsEachKindOfCell) {
  const std::string content = xlsx_of(
      {.rows =
           R"(<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c>)"
           R"(<c r="C1" t="inlineStr"><is><t>in </t><r><t>line</t></r><rPh><t>no</t></rPh></is></c>)"
           R"(<c r="D1" t="b"><f>TRUE()</f><v>0</v></c><c r="E1" t="d"><v>2026-11-22</v></c>)"
           R"(<c r="F1" t="s"><v>1</v></c><c r="G1" t="s"><v>0</v></c><c r="H1"><v> 1e3 </v></c></row>)",
       .shared =
           "<si><t/></si><si><t xml:space=\"preserve\"> a_x000D_b_x005F_x000D_ _x_ </t></si>"});

  EXPECT_EQ(shown("a.xlsm", content),
            std::string(kSheet) +
                "A1 error #N/A\nB1 error #DIV/0!\nC1 text in line\nD1 boolean FALSE\n"
                "E1 date_time 2026-11-22\nF1 text  a\rb_x000D_ _x_ \nH1 number 1000\n");
}

TEST(Xlsx, KnowsAFormulaWithoutAResult) {
  const std::string content = xlsx_of(
      {.rows = R"(<row r="1"><c r="A1"><f>B1*2</f></c><c r="B1"><f>C1</f><v/></c>)"
               R"(<c r="C1" t="str"><f>D1</f></c><c r="D1" t="str"><f>""</f><v></v></c>)"
               R"(<c r="E1"><f t="shared" si="0"/></c><c r="F1"><f>0</f><v>0</v></c></row>)"});

  EXPECT_EQ(shown("a.xlsx", content), std::string(kSheet) +
                                          "A1 formula =B1*2\nB1 formula =C1\nC1 formula =D1\n"
                                          "E1 formula =\nF1 number 0\n");
}

TEST(Xlsx, CountsPlacesThatAreNotNamed) {
  EXPECT_EQ(shown("a.xlsx", xlsx_of({.rows = "<row><c><v>1</v></c><c><v>2</v></c></row>"
                                             "<row r=\"4\"><c><v>3</v></c><c r=\"D4\"><v>4</v></c>"
                                             "<c><v>5</v></c></row><row><c><v>6</v></c></row>"})),
            std::string(kSheet) +
                "A1 number 1\nB1 number 2\nA4 number 3\nD4 number 4\nE4 number 5\nA5 number 6\n");
}

TEST(Xlsx, KnowsDatesThatCountFrom1904) {
  EXPECT_EQ(shown("a.xlsx", xlsx_of({.rows = "<row><c><v>1</v></c></row>",
                                     .book = "<workbookPr date1904=\"true\"/>"})),
            "sheet \"Сводка\" 1904\nA1 number 1\n");
}

TEST(Xlsx, KnowsSheetsThatAreHiddenWell) {
  EXPECT_EQ(shown("a.xlsx", xlsx_of({.rows = "", .sheet_attributes = "state=\"veryHidden\""})),
            "sheet \"Сводка\" hidden\n");
}

TEST(Xlsx, ReadsNothingUnderMergedCells) {
  EXPECT_EQ(
      shown("a.xlsx", xlsx_of({.rows = "<row><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row>",
                               .behind = "<mergeCells><mergeCell ref=\"A1:B1048576\"/>"
                                         "<mergeCell ref=\"C1:C1\"/></mergeCells>"})),
      std::string(kSheet) + "merged A1:B1048576\nA1 number 1\nC1 number 3\n");
}

TEST(Xlsx, ReadsElementsWithAPrefix) {
  auto parts = xlsx_parts({});
  parts.back().second =
      "<x:worksheet xmlns:x=\"m\"><x:sheetData><x:row r=\"2\"><x:c "
      "r=\"B2\"><x:v>7</x:v></x:c></x:row>"
      "</x:sheetData></x:worksheet>";

  EXPECT_EQ(shown("a.xlsx", zip_of(parts)), std::string(kSheet) + "B2 number 7\n");
}

TEST(Xlsx, FindsPartsWhateverTheirCase) {
  auto parts =
      xlsx_parts({.rows = "<row><c t=\"s\"><v>0</v></c></row>", .shared = "<si><t>a</t></si>"});
  ASSERT_EQ(parts.front().first, "xl/sharedStrings.xml");
  parts.front().first = "xl/SharedStrings.xml";

  EXPECT_EQ(shown("a.xlsx", zip_of(parts)), std::string(kSheet) + "A1 text a\n");
}

TEST(Xlsx, NamesACellThatIsDamaged) {
  constexpr std::string_view kAdvice = "; save the file again with a spreadsheet program";
  for (const auto& [cell, said] : std::vector<std::pair<std::string, std::string>>{
           {"<c r=\"B2\"><v>12OO</v></c>", "12OO"},
           {"<c r=\"B2\"><v>nan</v></c>", "nan"},
           {"<c r=\"B2\" t=\"b\"><v>yes</v></c>", "yes"},
           {"<c r=\"B2\" t=\"s\"><v>1</v></c>", "1"},
           {"<c r=\"B2\" t=\"s\"><v>-1</v></c>", "-1"}}) {
    EXPECT_EQ(
        shown("a.xlsx",
              xlsx_of({.rows = "<row>" + cell + "</row>", .shared = "<si><t>a</t></si>"})),
        "malformed: \"Сводка\", B2 is damaged: it is said to hold " + said + std::string(kAdvice));
  }
}

TEST(Xlsx, RefusesPlacesThatNoSheetHas) {
  for (const std::string cell : {"A0", "XFE1", "A1048577", "1A", "A", "AAAAAAAAAAAAAAAAAAAA1"}) {
    EXPECT_EQ(shown("a.xlsx", xlsx_of({.rows = "<row><c r=\"" + cell + "\"><v>1</v></c></row>"})),
              "malformed: sheet \"Сводка\" is damaged: it has a cell that is called " +
                  cell.substr(0, 20) + "; save it again with a spreadsheet program");
  }
  EXPECT_EQ(shown("a.xlsx", xlsx_of({.rows = "<row r=\"0\"/>"})),
            "malformed: sheet \"Сводка\" is damaged: it has a row that is called 0; save it again "
            "with a spreadsheet program");
}

TEST(Xlsx, ReadsHundredThousandCellsAndTellsHowFarItIs) {
  const std::string content = written([](lxw_workbook* book) {
    lxw_worksheet* const sheet = workbook_add_worksheet(book, "Сводка");
    for (lxw_row_t row = 0; row < 20'000; ++row) {
      worksheet_write_string(sheet, row, 0, ("EX-" + std::to_string(row)).c_str(), nullptr);
      for (lxw_col_t column = 1; column < 5; ++column) {
        worksheet_write_number(sheet, row, column, row + column, nullptr);
      }
    }
  });
  std::vector<double> told;

  const auto book =
      read_workbook("a.xlsx", content, {}, [&told](double done) { told.push_back(done); });

  ASSERT_TRUE(book);
  EXPECT_EQ(book->sheets[0].rows(), 20'000U);
  EXPECT_EQ(book->sheets[0].at({.row = 19'999, .column = 0}).text, "EX-19999");
  EXPECT_EQ(book->sheets[0].at({.row = 19'999, .column = 4}).number, 20'003);
  EXPECT_GE(told.size(), 20U);
  EXPECT_EQ(told.back(), 1.0);
}

TEST(Workbook, KeepsItsTextsWhenItIsCopiedAndWhenItGrows) {
  static_assert(std::is_nothrow_move_constructible_v<Sheet>);
  auto original = std::make_unique<Sheet>("a");
  original->set_text({0, 0}, "a text that is too long to stand within its string");
  original->set_text({0, 1}, "short");
  Sheet copy = *original;
  original.reset();

  copy.set_text({1, 0}, "short");
  copy.set_text({1, 1}, "a text that is too long to stand within its string");
  EXPECT_EQ(copy.at({0, 0}).text, copy.at({1, 1}).text);
  EXPECT_EQ(copy.at({1, 0}).text, "short");
  EXPECT_EQ(copy.at({1, 0}).text.data(), copy.at({0, 1}).text.data()) << "each is kept once";
}

}  // namespace
}  // namespace muster::desk
