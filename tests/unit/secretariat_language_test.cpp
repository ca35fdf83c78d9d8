// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <clocale>
#include <filesystem>

#include "tests/unit/secretariat_rig.h"
#include "tests/unit/text_samples.h"

namespace muster::secretariat {
namespace {

using rig::Folder;
using rig::Ran;
using rig::World;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
namespace samples = text::samples;

constexpr std::string_view kReturn =
    "Шифр подразделения;По состоянию на;По штату;По списку;Прикомандировано;Откомандировано;Налицо;"
    "Готовы к развёртыванию\n"
    "KAZ:EX-1;22.11.2026;100;95;0;0;12OO;80\n";

/// The tests of this file run as on a machine that has no locale of its own.
class Language : public ::testing::Test {
 protected:
  void SetUp() override {
    before_ = std::setlocale(LC_ALL, nullptr);
    ASSERT_NE(std::setlocale(LC_ALL, "C"), nullptr);
    use_utf8_locale();
    // So that what is printed names files and no folders.
    work_ = std::filesystem::current_path();
    std::filesystem::current_path(folder.path(""));
    world.environment["LC_ALL"] = "C";
  }
  void TearDown() override {
    std::filesystem::current_path(work_);
    std::setlocale(LC_ALL, before_.c_str());
  }

  const Folder folder;
  World world;

 private:
  std::string before_;
  std::filesystem::path work_;
};

TEST_F(Language, IsEnglishWhenNothingIsSaid) {
  EXPECT_THAT(world.run({"report", "publish", "--help"}).out, StartsWith("Examples:\n"));
  EXPECT_THAT(world.run({"force", "tree"}).err,
              HasSubstr("NATION is required - see 'muster force tree --help'"));
}

TEST_F(Language, OfTheHelpIsThatOfTheOption) {
  const auto ran = world.run({"report", "publish", "--help", "--lang", "ru"});

  EXPECT_EQ(ran.code, 0);
  rig::expect_golden("cli_ru_publish_help.txt", ran.out);
}

TEST_F(Language, OfAComplaintAboutArgumentsIsKnownBeforeTheyAreRead) {
  EXPECT_EQ(
      world.run({"force", "tree", "--lang=ru"}).err,
      "muster: аргументы не разобраны: нужно указать NATION — см. 'muster force tree --help'\n");
  EXPECT_EQ(world.run({"--lang", "ru", "force", "tre"}).err,
            "muster: аргументы не разобраны: «tre» — нет такой команды — может быть, «tree»? — см. "
            "'muster force --help'\n");
  EXPECT_EQ(world.run({"force", "tree", "KAZ", "--lang", "de"}).err,
            "muster: cannot read the arguments: --lang 'de' - not known - one of: ru, en - see "
            "'muster force tree --help'\n");
}

TEST_F(Language, OfATableIsRussianInItsWordsAndNotInItsCodes) {
  world.answer = samples::strength_answer();

  const auto ran = world.run({"force", "strength", "--lang", "ru"});

  rig::expect_golden("cli_ru_strength.txt", ran.out + ran.err);
}

TEST_F(Language, DoesNotChangeWhatProgramsRead) {
  world.answer = samples::strength_answer();
  for (const auto* format : {"json", "ndjson", "csv"}) {
    const auto english = world.run({"force", "strength", "-q", "-o", format}).out;

    EXPECT_EQ(world.run({"force", "strength", "-q", "-o", format, "--lang", "ru"}).out, english);
  }
}

TEST_F(Language, OfAnAnswerIsThatOfTheConfiguration) {
  world.answer = samples::strength_answer();
  world.config->desk_language = "ru";

  EXPECT_THAT(world.run({"force", "strength"}).out, StartsWith("На 20"));
  EXPECT_THAT(world.run({"force", "strength", "--lang", "en"}).out, StartsWith("As of 20"));
}

TEST_F(Language, OfTheEnvironmentGivesWayToThatOfTheConfiguration) {
  world.answer = samples::strength_answer();
  world.environment["LC_ALL"] = "ru_RU.UTF-8";
  EXPECT_THAT(world.run({"force", "strength"}).out, StartsWith("На 20"));
  world.config->desk_language = "en";

  EXPECT_THAT(world.run({"force", "strength"}).out, StartsWith("As of 20"));
}

TEST_F(Language, OfAWrongCellIsThatOfTheOperator) {
  const auto file = folder.write("ведомость.csv", std::string(kReturn));
  ASSERT_FALSE(file.empty());

  const auto ran = world.run({"report", "validate", "ведомость.csv", "--lang", "ru"});

  EXPECT_EQ(ran.code, 65);
  const auto published = world.run({"report", "publish", "ведомость.csv", "--lang", "ru"});
  EXPECT_TRUE(world.published.empty());
  rig::expect_golden("cli_ru_wrong_cell.txt", ran.out + ran.err + published.out + published.err);
}

TEST_F(Language, OfARefusalIsThatOfTheOperatorThoughTheBrokerSpeaksEnglish) {
  world.publisher.verdicts = {
      {model::Verdict::refused,
       {{model::Rule::v12, model::Severity::refuse, 0, "absences", "present 90 + absent 5 = 95",
         "on strength 94 = assigned 94 + attached in 0 - detached out 0"}}}};
  const auto file = folder.write("report.json", rig::good_report());
  ASSERT_FALSE(file.empty());

  const auto ran = world.run({"report", "publish", "report.json", "--lang", "ru"});

  EXPECT_EQ(ran.code, 65);
  rig::expect_golden("cli_ru_publish_refused.txt", ran.out + ran.err);
}

TEST_F(Language, OfAnErrorIsToldPartByPart) {
  world.config = model::fail(model::ErrorCode::configuration,
                             "kaz.toml:3:1: found no node.name, expected the node's name, such as "
                             "\"KAZ/mod\"");

  const auto ran = world.run({"force", "strength", "--lang", "ru"});

  EXPECT_EQ(ran.err,
            "muster: нет ответа: muster force strength — kaz.toml:3:1: нет параметра node.name, "
            "ожидается: имя узла, например \"KAZ/mod\" — исправьте файл или укажите другой: "
            "--config\n");
}

}  // namespace
}  // namespace muster::secretariat
