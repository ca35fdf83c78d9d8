// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <clocale>
#include <cstdlib>

#include "nodes/secretariat/sheet.h"

namespace muster::secretariat {
namespace {

using ::testing::HasSubstr;

Sheet names() {
  Sheet sheet;
  sheet.columns = {{"name", "NAME"}, {"people", "PEOPLE", true}};
  sheet.rows = {{.cells = {cell("Рота «Альфа»"), cell(std::uint64_t{7})}, .parent = {}},
                {.cells = {cell("A company"), cell(std::uint64_t{1200})}, .parent = {}}};
  return sheet;
}

TEST(Table, AlignsCyrillicInTheCLocale) {
  ASSERT_EQ(::setenv("LC_ALL", "C", 1), 0);
  use_utf8_locale();

  EXPECT_EQ(render_table(names(), {}),
            "NAME          PEOPLE\n"
            "Рота «Альфа»       7\n"
            "A company       1200\n");
  ::unsetenv("LC_ALL");
}

TEST(Table, SetsTheTotalApart) {
  use_utf8_locale();
  auto sheet = names();
  sheet.total = Row{.cells = {cell("TOTAL"), cell(std::uint64_t{1207})}, .parent = {}};

  EXPECT_EQ(render_table(sheet, {}),
            "NAME          PEOPLE\n"
            "Рота «Альфа»       7\n"
            "A company       1200\n"
            "────────────────────\n"
            "TOTAL           1207\n");
}

TEST(Table, IsSaidToBeEmpty) {
  Sheet sheet;
  sheet.columns = {{"name", "NAME"}};

  EXPECT_EQ(render_table(sheet, {}), "(no rows)\n");
}

TEST(Table, ShowsWideColumnsOnlyWhenAsked) {
  use_utf8_locale();
  auto sheet = names();
  sheet.columns[1].seen = Seen::wide;

  EXPECT_THAT(render_table(sheet, {}), Not(HasSubstr("PEOPLE")));
  EXPECT_THAT(render_table(sheet, {.wide = true}), HasSubstr("PEOPLE"));
}

TEST(Table, EscapesWhatWouldMoveTheCursor) {
  use_utf8_locale();
  auto sheet = names();
  sheet.rows[0].cells[0] = cell("a\033[2Jb\nc");

  const auto text = render_table(sheet, {});

  EXPECT_EQ(text.find('\033'), std::string::npos);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 3);
}

TEST(Csv, QuotesWhatNeedsIt) {
  Sheet sheet;
  sheet.columns = {{"a", "A"}, {"b", "B"}, {"c", "C"}};
  sheet.rows = {{.cells = {cell("plain"), cell("with, comma"), cell("")}, .parent = {}},
                {.cells = {cell("a \"quote\""), cell("two\nlines"), cell("cr\r")}, .parent = {}}};

  EXPECT_EQ(render_csv(sheet),
            "a,b,c\n"
            "plain,\"with, comma\",\n"
            "\"a \"\"quote\"\"\",\"two\nlines\",\"cr\r\"\n");
}

TEST(Csv, LeavesOutTheTotal) {
  auto sheet = names();
  sheet.total = Row{.cells = {cell("TOTAL"), cell(std::uint64_t{1207})}, .parent = {}};

  EXPECT_EQ(render_csv(sheet), "name,people\nРота «Альфа»,7\nA company,1200\n");
}

}  // namespace
}  // namespace muster::secretariat
