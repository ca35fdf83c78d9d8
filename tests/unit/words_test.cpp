// SPDX-License-Identifier: Apache-2.0
#include "nodes/words/words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <clocale>
#include <map>

#include "nodes/words/catalogue.h"
#include "nodes/words/pattern.h"
#include "nodes/words/pattern_index.h"

namespace muster::words {
namespace {

using testing::ElementsAre;
using testing::Optional;

using Environment = std::map<std::string, std::string>;

Language language_in(const Environment& environment, std::string_view chosen = "") {
  return language_of(chosen, [&](const std::string& name) {
    const auto found = environment.find(name);
    return found == environment.end() ? std::nullopt : std::optional(found->second);
  });
}

std::string russian(std::string_view english) { return Words::of(Language::russian).tell(english); }

std::vector<std::string> parts_of(std::string_view pattern, std::string_view text) {
  const auto parts = Pattern::parse(pattern).match(text);
  return parts ? std::vector<std::string>(parts->begin(), parts->end())
               : std::vector<std::string>{"no match"};
}

// ---- languages ----------------------------------------------------------------------------------

TEST(Language, IsKnownByItsNameAndThatOfALocale) {
  EXPECT_EQ(language_named("ru"), Language::russian);
  EXPECT_EQ(language_named("RU"), Language::russian);
  EXPECT_EQ(language_named("ru_RU.UTF-8"), Language::russian);
  EXPECT_EQ(language_named("en-GB"), Language::english);
  for (const auto* other : {"", "C", "run", "russian", "english", "de_DE.UTF-8", "_ru"}) {
    EXPECT_EQ(language_named(other), std::nullopt) << other;
  }
}

TEST(Language, IsThatOfTheFirstVariableThatNamesOneOfOurs) {
  EXPECT_EQ(language_in({}), Language::english);
  EXPECT_EQ(language_in({{"LANG", "ru_RU.UTF-8"}}), Language::russian);
  EXPECT_EQ(language_in({{"LC_MESSAGES", "en_US"}, {"LANG", "ru_RU"}}), Language::english);
  EXPECT_EQ(language_in({{"LC_ALL", "ru_RU"}, {"LC_MESSAGES", "en_US"}}), Language::russian);
  EXPECT_EQ(language_in({{"LC_ALL", "de_DE"}, {"LANG", "ru_RU"}}), Language::russian);
  EXPECT_EQ(language_in({{"LC_ALL", "C"}, {"LANG", "ru_RU"}}), Language::english);
  EXPECT_EQ(language_in({{"LC_ALL", "C.UTF-8"}, {"LANG", "ru_RU"}}), Language::english);
  EXPECT_EQ(language_in({{"LC_ALL", "POSIX"}, {"LANG", "ru_RU"}}), Language::english);
}

TEST(Language, ThatWasChosenWinsOverTheEnvironment) {
  EXPECT_EQ(language_in({{"LC_ALL", "C"}}, "ru"), Language::russian);
  EXPECT_EQ(language_in({{"LANG", "ru_RU"}}, "en"), Language::english);
  EXPECT_EQ(language_in({{"LANG", "ru_RU"}}, "nobody's"), Language::russian);
  EXPECT_EQ(language_of("", nullptr), Language::english);
}

// ---- patterns -----------------------------------------------------------------------------------

TEST(Pattern, FindsWhatStandsAtItsPlaces) {
  EXPECT_THAT(parts_of("{} of {} rows", "3 of 12 rows"), ElementsAre("3", "12"));
  EXPECT_THAT(parts_of("{1} before {0}", "b before a"), ElementsAre("a", "b"));
  EXPECT_THAT(parts_of("{:>5} in {:.1f} and {:%F} and {:>{}}", "   12 in 1.5 and 2026-11-22 and x"),
              ElementsAre("   12", "1.5", "2026-11-22", "x"));
  EXPECT_THAT(
      parts_of("cannot publish: {} - {} - correct it", "cannot publish: a - b - c - correct it"),
      ElementsAre("a", "b - c"));
  EXPECT_THAT(parts_of("{}{}", "ab"), ElementsAre("", "ab"));
}

TEST(Pattern, MatchesOnlyWhatItMade) {
  EXPECT_THAT(parts_of("{} of {} rows", "3 of 12 row"), ElementsAre("no match"));
  EXPECT_THAT(parts_of("{} of {} rows", "of rows"), ElementsAre("no match"));
  EXPECT_THAT(parts_of("a{}a", "a"), ElementsAre("no match"));
  EXPECT_THAT(parts_of("{} and {} and", "x and"), ElementsAre("no match"));
}

TEST(Pattern, TakesBracesForLiteralsWhereTheyAreNoPlaces) {
  EXPECT_THAT(parts_of("an object in {{ }}: {}", "an object in { }: x"), ElementsAre("x"));
  EXPECT_TRUE(Pattern::parse("an object in { }").places.empty());
  EXPECT_THAT(Pattern::parse("{never closed").literals, ElementsAre("{never closed"));
  EXPECT_THAT(Pattern::parse("{:never closed").literals, ElementsAre("{:never closed"));
}

TEST(Pattern, LetsATranslationSayWhatMayStandThere) {
  const auto fits_part = [](const char* translation, std::string_view part) {
    return fits(Pattern::parse(translation), {part});
  };

  EXPECT_TRUE(fits_part("{0:n} ч", "12"));
  EXPECT_TRUE(fits_part("{0:n} ч", "-1.5"));
  EXPECT_FALSE(fits_part("{0:n} ч", "12 or 13"));
  EXPECT_FALSE(fits_part("{0:n} ч", ""));
  EXPECT_TRUE(fits_part("{0:w}", "KAZ:EX-1"));
  EXPECT_FALSE(fits_part("{0:w}", "two words"));
  EXPECT_FALSE(fits_part("{0}", "two\nlines"));
  EXPECT_TRUE(fits_part("{0:t}", "two\nlines"));
}

TEST(PatternIndex, FindsEachPatternThatMayMatchAndFewOthers) {
  std::vector<Pattern> patterns;
  for (int i = 0; i < 2'000; ++i) {
    patterns.push_back(Pattern::parse("the thing of kind " + std::to_string(i) + " is {}"));
  }
  patterns.push_back(Pattern::parse("{}: {}"));
  std::vector<const Pattern*> all;
  for (const auto& pattern : patterns) {
    all.push_back(&pattern);
  }

  const auto found = PatternIndex(all).candidates("the thing of kind 1234 is broken");

  EXPECT_THAT(found, testing::IsSupersetOf({1234U, 2000U}));
  EXPECT_LT(found.size(), 60U);
}

// ---- the catalogue ------------------------------------------------------------------------------

TEST(Catalogue, HasTheThreeFormsOfRussianNumbers) {
  const Catalogue catalogue("ru", russian_catalogue());
  const SourceText days{"{} day", "{} days"};

  EXPECT_EQ(catalogue.told(days, 1), "{} день");
  EXPECT_EQ(catalogue.told(days, 3), "{} дня");
  EXPECT_EQ(catalogue.told(days, 11), "{} дней");
  EXPECT_EQ(catalogue.told(days, 4'000'000'000'021ULL), "{} день");
  EXPECT_EQ(catalogue.told({"not in it", ""}), "");
}

TEST(Catalogue, KnowsNothingWhenItsBytesAreNone) {
  const auto whole = russian_catalogue();

  EXPECT_TRUE(Catalogue("ru", {}).texts().empty());
  EXPECT_TRUE(Catalogue("ru", whole.first(100)).texts().empty());
  EXPECT_EQ(Catalogue("ru", whole.first(27)).told({"{} day", "{} days"}, 1), "");
}

// ---- telling ------------------------------------------------------------------------------------

TEST(Words, OfEnglishAreTheTextsOfTheSources) {
  const auto& english = Words::of(Language::english);

  EXPECT_EQ(english.tell("cannot publish: a.json - it is given twice"),
            "cannot publish: a.json - it is given twice");
  EXPECT_EQ(english.language(), Language::english);
}

TEST(Words, TellATextAndWhatATemplateMade) {
  EXPECT_EQ(russian("(no rows)"), "(нет строк)");
  EXPECT_EQ(
      russian("cannot publish: a.json - it is given twice - name each report once; nothing was "
              "published"),
      "не опубликовано: a.json — файл указан дважды — указывайте каждое донесение один раз; "
      "ничего не опубликовано");
}

TEST(Words, ChooseTheFormByTheNumber) {
  EXPECT_EQ(russian("1 day"), "1 день");
  EXPECT_EQ(russian("2 days"), "2 дня");
  EXPECT_EQ(russian("5 days"), "5 дней");
  EXPECT_EQ(russian("111 days"), "111 дней");
  EXPECT_EQ(russian("some days"), "some days");
}

TEST(Words, LeaveWhatTheyDoNotKnowAndWhatStandsAround) {
  EXPECT_EQ(russian("KAZ:EX-1"), "KAZ:EX-1");
  EXPECT_EQ(russian("Third Company (fictional)"), "Third Company (fictional)");
  EXPECT_EQ(russian(""), "");
  EXPECT_EQ(russian("  \n"), "  \n");
  EXPECT_EQ(russian("  Left out:\n\n"), "  Не учтены:\n\n");
}

TEST(Words, TellAJointOnlyWhenItJoinsATextOfTheirs) {
  EXPECT_EQ(russian("Company - Alpha (fictional)"), "Company - Alpha (fictional)");
  EXPECT_EQ(russian("Company - Alpha: (no rows)"), "Company — Alpha: (нет строк)");
  EXPECT_EQ(russian("KAZ - (no rows)"), "KAZ — (нет строк)");
}

TEST(Words, TellALongTextLineByLine) {
  EXPECT_EQ(russian("Examples:\n  muster version\n\nThe proof holds.\n"),
            "Примеры:\n  muster version\n\nДоказательство верно.\n");
}

TEST(Words, TellARefusalOfARule) {
  EXPECT_EQ(
      russian("V12 REFUSE statement 0, absences: found present 90 + absent 5 = 95; expected on "
              "strength 94 = assigned 94 + attached in 0 - detached out 0"),
      "V12 REFUSE запись 0, absences: получено налицо 90 + отсутствуют 5 = 95; ожидается: "
      "состоит 94 = по списку 94 + прикомандировано 0 - откомандировано 0");
}

TEST(Words, TellWhatWouldCloseALineAndWhoIsNotNeeded) {
  EXPECT_EQ(russian("KGZ:EX-CBT is asked to offer 114 people with 10 WHEELED_TRANSPORT, "
                    "TJK:EX-CBT 35, the last ready in 29 h"),
            "KGZ:EX-CBT просят предложить 114 чел. с техникой: 10 WHEELED_TRANSPORT, "
            "TJK:EX-CBT 35, последние за 29 ч");
  EXPECT_EQ(russian("KGZ:EX-CBT is asked to offer 1 person with 2 ENGINEER, ready in 12 h"),
            "KGZ:EX-CBT просят предложить 1 чел. с техникой: 2 ENGINEER, за 12 ч");
  EXPECT_EQ(russian("L05 is served without it"), "L05: выполняется и без него");
  EXPECT_EQ(russian("L05, L06 are served without it"), "L05, L06: выполняются и без него");
}

TEST(Words, TellWhatIsWrongWithACell) {
  EXPECT_EQ(russian("Sheet \"Сводка\", D17 (Налицо): \"12OO\" is not a number - expected a whole "
                    "number from 0 to 200000"),
            "Лист «Сводка», D17 (Налицо): «12OO» — не число; ожидается целое число от 0 до 200000");
  EXPECT_EQ(russian("  - Sheet \"Сводка\", R7 (Не готовы: временно по здоровью): V13: found deployable "
                    "100 + non-deployable 5 = 105, expected on strength 93 = assigned 93 + attached "
                    "in 0 - detached out 0"),
            "  - Лист «Сводка», R7 (Не готовы: временно по здоровью): V13: получено готовы к "
            "развёртыванию 100 + не готовы 5 = 105, ожидается: состоит 93 = по списку 93 + "
            "прикомандировано 0 - откомандировано 0");
}

TEST(Words, TellWhatIsSaidOfAPlaceAsIfItStoodAlone) {
  EXPECT_EQ(russian("  - a.xlsx: the file is protected by a password, or is an old .xls: save it as "
                    ".xlsx without a password"),
            "  - a.xlsx: " + russian("the file is protected by a password, or is an old .xls: save "
                                     "it as .xlsx without a password"));
  EXPECT_EQ(russian("  - row 3: a column is missing - expected \"Налицо\" or \"Present\""),
            "  - строка 3: не хватает столбца; ожидается «Налицо» или «Present»");
  EXPECT_EQ(russian("present: V11: found 95, expected at most on strength 94 = assigned 94 + attached "
                    "in 0 - detached out 0"),
            "налицо: V11: получено 95, ожидается: не больше состоящих 94 = по списку 94 + "
            "прикомандировано 0 - откомандировано 0");
}

TEST(Words, DoNotTouchTheValuesOfAReader) {
  EXPECT_EQ(russian("Sheet \"(no rows)\", D17 (a folder): \"a table\" is not a number - expected a "
                    "text"),
            "Лист «(no rows)», D17 (a folder): «a table» — не число; ожидается текст");
}

TEST(Words, NeedNoLocaleOfTheSystem) {
  const std::string before = std::setlocale(LC_ALL, nullptr);
  ASSERT_NE(std::setlocale(LC_ALL, "C"), nullptr);

  EXPECT_EQ(russian("3 days"), "3 дня");

  std::setlocale(LC_ALL, before.c_str());
}

TEST(Words, AreBoundedInTimeAndDepth) {
  const auto begun = std::chrono::steady_clock::now();
  std::string deep;
  for (int i = 0; i < 5'000; ++i) {
    deep += ": ; , - ";
  }

  EXPECT_GE(russian(deep).size(), deep.size());
  EXPECT_EQ(russian(std::string(1'000'000, ':')).size(), 1'000'000U);

  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds{5});
}

TEST(Words, TellThousandsOfTextsInAMoment) {
  constexpr int kTexts = 2'000;
  const auto& words = Words::of(Language::russian);
  const std::string text =
      "cannot publish: morning.json - statements[3].present: found 12, expected a whole number "
      "from 0 "
      "to 200000 - correct the file; nothing was published";
  ASSERT_NE(words.tell(text), text);
  const auto begun = std::chrono::steady_clock::now();

  for (int i = 0; i < kTexts; ++i) {
    ASSERT_FALSE(words.tell(text).empty());
  }

  const auto took = std::chrono::steady_clock::now() - begun;
  RecordProperty("us_a_text", std::to_string(took / std::chrono::microseconds{1} / kTexts));
  EXPECT_LT(took / kTexts, std::chrono::milliseconds{2});  // A machine under load; 50 us is meant.
}

}  // namespace
}  // namespace muster::words
