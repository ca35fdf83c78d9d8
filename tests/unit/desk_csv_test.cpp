// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "tests/unit/desk_books.h"

namespace muster::desk {
namespace {

using namespace std::string_literals;

constexpr std::string_view kRussian =
    "sheet \"\"\nA1 text Код\nB1 text Наличие\nA2 text EX-1\nB2 text 12,5\n";

TEST(Csv, ReadsSemicolonsWithDecimalCommas) {
  EXPECT_EQ(shown("a.csv", "Код;Наличие\r\nEX-1;12,5\r\n"), kRussian);
}

TEST(Csv, ReadsUtf8WithAByteOrderMark) {
  EXPECT_EQ(shown("a.csv", "\xEF\xBB\xBFКод;Наличие\nEX-1;12,5"), kRussian);
}

TEST(Csv, ReadsWindows1251) {
  EXPECT_EQ(shown("a.CSV", "\xCA\xEE\xE4;\xCD\xE0\xEB\xE8\xF7\xE8\xE5\r\nEX-1;12,5\r\n"), kRussian);
}

TEST(Csv, ReadsUtf16OfBothOrders) {
  std::string little = "\xFF\xFE", big = "\xFE\xFF";
  for (const char16_t unit : std::u16string_view(u"Код;Наличие\r\nEX-1;12,5\r\n")) {
    const char low = static_cast<char>(unit & 0xFF), high = static_cast<char>(unit >> 8);
    little += {low, high};
    big += {high, low};
  }

  EXPECT_EQ(shown("a.csv", little), kRussian);
  EXPECT_EQ(shown("a.txt", big), kRussian);
}

TEST(Csv, ReadsCommasAndTabsAndEveryLineEnd) {
  constexpr std::string_view kExpected =
      "sheet \"\"\nA1 text a\nB1 text b\nA2 text 1\nB2 text 2\nA4 text 3\n";

  for (const std::string& text : {"a,b\n1,2\n\n3"s, "a\tb\r\n1\t2\r\n\r\n3\r\n"s,
                                  "a;b\r1;2\r\r3\r"s, "\"a\"\t\"b\"\n\"1\"\t2\n\n3\n"s}) {
    EXPECT_EQ(shown("a.tsv", text), kExpected) << text;
  }
}

TEST(Csv, ObeysALineThatNamesTheSeparator) {
  EXPECT_EQ(shown("a.csv", "sep=|\r\na;b|c\r\n"), "sheet \"\"\nA1 text a;b\nB1 text c\n");
}

TEST(Csv, TakesTheSeparatorThatSplitsMostEvenly) {
  const std::string comma_in_words = "Unit;Remarks\nEX-1;one, two\nEX-2;three, four, five\n";
  const std::string semicolon_in_words = "Unit,Remarks,N\nEX-1,one; two,5\nEX-2,x,6\n";
  const std::string below_a_title =
      "Сводка, фиктивная\n\nКод;Штат;Вес\nEX-1;100;1,5\nEX-2;90;2,5\n";

  EXPECT_EQ(shown("a.csv", comma_in_words),
            "sheet \"\"\nA1 text Unit\nB1 text Remarks\nA2 text EX-1\nB2 text one, two\n"
            "A3 text EX-2\nB3 text three, four, five\n");
  EXPECT_EQ(shown("a.csv", semicolon_in_words),
            "sheet \"\"\nA1 text Unit\nB1 text Remarks\nC1 text N\nA2 text EX-1\n"
            "B2 text one; two\nC2 text 5\nA3 text EX-2\nB3 text x\nC3 text 6\n");
  EXPECT_EQ(shown("a.csv", below_a_title),
            "sheet \"\"\nA1 text Сводка, фиктивная\nA3 text Код\nB3 text Штат\nC3 text Вес\n"
            "A4 text EX-1\nB4 text 100\nC4 text 1,5\nA5 text EX-2\nB5 text 90\nC5 text 2,5\n");
}

TEST(Csv, ReadsQuotedCells) {
  EXPECT_EQ(shown("a.csv", "a;b\n\"one\ntwo; \"\"three\"\"\" ;\"\"\n\"x\"y;z\"w\"\n"),
            "sheet \"\"\nA1 text a\nB1 text b\nA2 text one\ntwo; \"three\"\n"
            "A3 text xy\nB3 text z\"w\"\n");
}

TEST(Csv, NamesTheCellOfAQuotationMarkThatIsNeverClosed) {
  EXPECT_EQ(shown("a.csv", "a;b\n1;\"2\n3;4\n"),
            "malformed: B2 opens a quotation mark that is never closed: close it, or take it away");
  EXPECT_EQ(shown("a.csv", "a;b\n1;\""),
            "malformed: B2 opens a quotation mark that is never closed: close it, or take it away");
}

TEST(Csv, RefusesACellThatIsTooLong) {
  const std::string text = "a;b\n1;\"" + std::string(1'000'000, '"') + "x\"\n";
  constexpr std::string_view kRefusal =
      "malformed: B2 holds more than 32768 bytes of text: shorten it, or close the quotation mark "
      "that it opens";

  EXPECT_EQ(shown("a.csv", text), kRefusal);
  EXPECT_EQ(shown("a.csv", "a;b\n1;" + std::string(32'769, 'x') + "\n"), kRefusal);
  EXPECT_EQ(shown("a.csv", "a\n" + std::string(32'768, 'x') + "\n"),
            "sheet \"\"\nA1 text a\nA2 text " + std::string(32'768, 'x') + "\n");
}

TEST(Csv, RefusesWhatIsNoText) {
  EXPECT_EQ(
      shown("a.csv", "a;b\n1;\0002\n"s),
      "malformed: the file is no text: there is a NUL byte in line 2; save it as CSV in UTF-8");
  EXPECT_EQ(shown("a.csv", "\xFF\xFE"s + "a\0;\0\xDA"s),
            "malformed: the file is no right UTF-16LE text near line 1: save it again as CSV in "
            "UTF-8");
  EXPECT_EQ(shown("a.csv", "PK\x03\x04 and so on"),
            "malformed: the file is a workbook that is called a text: open it with a spreadsheet "
            "program and save it as .xlsx");
  EXPECT_EQ(shown("a.csv", ""), "malformed: the file is empty");
}

TEST(Csv, DoesNotReadBrokenUtf8AsGibberish) {
  EXPECT_EQ(
      shown("a.csv", "Код;Наличие\nРота\xD0;1\n"),
      "malformed: the file is UTF-8 with wrong bytes in line 2: save it again as CSV in UTF-8");
  EXPECT_EQ(
      shown("a.csv",
            "\xEF\xBB\xBF"
            "a;\xE4\n"),
      "malformed: the file is UTF-8 with wrong bytes in line 1: save it again as CSV in UTF-8");
}

TEST(Csv, RefusesWhatExceedsALimit) {
  const WorkbookLimits limits{.file_bytes = 200, .cells = 10, .columns = 4, .rows = 6};

  EXPECT_EQ(shown("a.csv", std::string(201, 'x'), limits),
            "malformed: the file has 201 bytes; at most 200 are read: delete what is not needed, "
            "or split it");
  EXPECT_EQ(shown("a.csv", "a;b;c;d\n1;2;3;4\n1;2;3;4\n", limits),
            "malformed: the file has more than 10 cells: delete what is not needed, or split it");
  EXPECT_EQ(shown("a.csv", "a;b;c;d;e\n", limits),
            "malformed: E1 is beyond column 4: a return has no such columns; delete what stands "
            "there");
  EXPECT_EQ(shown("a.csv", "a\n\n\n\n\n\nb\n", limits),
            "malformed: A7 is beyond row 6: split the file");
}

TEST(Csv, CountsPlacesThatAreLeftEmpty) {
  std::string text;
  for (int row = 0; row < 20; ++row) {
    text += std::string(500, ';') + "x\n";
  }

  EXPECT_EQ(
      shown("a.csv", text, {.cells = 10'000}),
      "malformed: the file has more than 10000 cells: delete what is not needed, or split it");
}

TEST(Csv, LetsEmptyColumnsAndRowsCostNothing) {
  EXPECT_EQ(
      shown("a.csv", "a;b\n" + std::string(1'000'000, ';') + "\n" + std::string(1'000'000, '\n')),
      "sheet \"\"\nA1 text a\nB1 text b\n");
}

TEST(Csv, ReadsManyRowsOfWhichOneIsWrong) {
  std::string text = "unit;present\n";
  for (int row = 0; row < 200'000; ++row) {
    text += row == 150'000 ? "EX-1;12OO\r\n" : "EX-1;1200\r\n";
  }
  std::vector<double> told;

  const auto book =
      read_workbook("a.csv", text, {}, [&told](double done) { told.push_back(done); });

  ASSERT_TRUE(book);
  EXPECT_EQ(book->sheets[0].rows(), 200'001U);
  EXPECT_EQ(book->sheets[0].at({.row = 150'001, .column = 1}).text, "12OO");
  EXPECT_EQ(book->sheets[0].at({.row = 200'000, .column = 1}).text, "1200");
  EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
  EXPECT_GE(told.size(), 50U);
  EXPECT_LE(told.size(), 101U);
  EXPECT_EQ(told.back(), 1.0);
}

TEST(Csv, SurvivesAnyCutAndAnyByte) {
  const std::string text = "\xEF\xBB\xBFКод;\"a\"\"b\"\r\n\"1\n2\";x\t,\r\n";
  for (std::size_t length = 1; length <= text.size(); ++length) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string broken = text.substr(0, length);
      broken.back() = static_cast<char>(byte);
      EXPECT_FALSE(shown("a.csv", broken).empty());
    }
  }
}

}  // namespace
}  // namespace muster::desk
