// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/bars.h"

#include <gtest/gtest.h>

#include "nodes/secretariat/words.h"

namespace muster::secretariat {
namespace {

TEST(Bar, ShowsSomebodyAndNeverMoreThanItsWidth) {
  EXPECT_EQ(blocks(0, 100, 10), 0U);
  EXPECT_EQ(blocks(1, 100'000, 10), 1U);
  EXPECT_EQ(blocks(50, 100, 10), 5U);
  EXPECT_EQ(blocks(51, 100, 10), 6U);
  EXPECT_EQ(blocks(300, 100, 10), 10U);
  EXPECT_EQ(blocks(5, 0, 10), 0U);
}

TEST(Bar, IsFullOnlyWhenNothingLacks) {
  EXPECT_EQ(cover_bar(0, 100, 4), "░░░░");
  EXPECT_EQ(cover_bar(99, 100, 4), "███░") << "one is missing";
  EXPECT_EQ(cover_bar(100, 100, 4), "████");
  EXPECT_EQ(cover_bar(200, 100, 4), "████");
  EXPECT_EQ(cover_bar(0, 0, 4), "████") << "nothing is wanted";
}

TEST(Bar, MarksAPlaceInItAndBehindIt) {
  EXPECT_EQ(marked("████", "│", 5, 10, 10), "████│");
  EXPECT_EQ(marked("██", "│", 5, 10, 10), "██  │");
  EXPECT_EQ(marked("██████", "│", 5, 10, 10), "████│█");
  EXPECT_EQ(marked("", "│", 1, 10, 10), "│");
  EXPECT_EQ(marked("██", "│", 0, 10, 10), "│█");
}

TEST(Bar, OfDepletionIsEmptyWithoutAnybodyDeployable) {
  Sheet sheet;
  sheet.columns = {{"nation", "NATION"}};
  sheet.rows.assign(3, Row{.cells = {cell("KAZ")}, .parent = {}});
  sheet.total = Row{.cells = {cell("TOTAL")}, .parent = {}};

  add_depletion_bars(sheet, 18, {{5, 10}, {11, 10}, {0, 0}});

  EXPECT_EQ(sheet.rows[0].cells[1].shown, "█████░░░░░");
  EXPECT_EQ(sheet.rows[1].cells[1].shown, "██████████");
  EXPECT_EQ(sheet.rows[1].cells[1].tone, Tone::bad);
  EXPECT_EQ(sheet.rows[2].cells[1].shown, "");
  EXPECT_EQ(sheet.total->cells.size(), 2U);
}

TEST(Text, IsShortenedByCharacters) {
  EXPECT_EQ(shortened("Опора", 5), "Опора");
  EXPECT_EQ(shortened("Опора (fictional)", 6), "Опора…");
  EXPECT_EQ(characters("Опора"), 5U);
}

TEST(Text, IsWrappedBetweenWords) {
  EXPECT_EQ(wrapped("one two three", 7), (std::vector<std::string>{"one two", "three"}));
  EXPECT_EQ(wrapped("рота рота", 9), (std::vector<std::string>{"рота рота"}));
  EXPECT_EQ(wrapped("extraordinary is", 5), (std::vector<std::string>{"extraordinary", "is"}));
  EXPECT_EQ(wrapped("", 5), (std::vector<std::string>{""}));
}

TEST(HoursWords, NeverSayThatSomebodyIsThereTooSoon) {
  EXPECT_EQ(hours_words(0), "0 h");
  EXPECT_EQ(hours_words(720), "12 h");
  EXPECT_EQ(hours_words(750), "12.5 h");
  EXPECT_EQ(hours_words(721), "12.1 h");
  EXPECT_EQ(hours_words(779), "13 h");
}

TEST(Words, HaveOneFormOfHours) {
  EXPECT_EQ(hours_words(660), "11 h");
  EXPECT_EQ(hours_words(655), "11 h") << "the tenth is rounded up to the whole hour";
  EXPECT_EQ(hours_words(661), "11.1 h");
  EXPECT_EQ(hours_words(0), "0 h");
}

TEST(Words, AreFoldedWhereASentenceHasParts) {
  EXPECT_EQ(folded("one · two · three\n", 9), "one · two\nthree\n");
  EXPECT_EQ(folded("one · two\n\nthree", 9), "one · two\n\nthree");
  EXPECT_EQ(folded("one · a longer part · two", 8), "one\na longer\npart\ntwo");
  EXPECT_EQ(folded("Опора · два", 11), "Опора · два") << "characters and not bytes count";
  EXPECT_EQ(folded("", 9), "");
}

}  // namespace
}  // namespace muster::secretariat
