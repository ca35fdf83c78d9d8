// SPDX-License-Identifier: Apache-2.0
// What is supposed: it goes with every question, and every output says so.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "nodes/secretariat/what_if_words.h"
#include "tests/unit/operation_samples.h"
#include "tests/unit/secretariat_rig.h"
#include "tests/unit/text_samples.h"

namespace muster::secretariat {
namespace {

using rig::World;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
namespace samples = text::samples;

constexpr const char* kLine = "WHAT IF: without KAZ - nothing of this is recorded\n";

using Words = std::vector<std::string>;

Words with(Words arguments, const Words& more) {
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

// ---- what is asked ------------------------------------------------------------------------------

const std::vector<Words>& questions() {
  static const std::vector<Words> all{{"force", "strength"},
                                      {"force", "ready", "--within", "48h"},
                                      {"force", "buildup"},
                                      {"force", "matrix"},
                                      {"force", "tree", "KAZ"},
                                      {"force", "unit", "KAZ:EX-1"},
                                      {"force", "roster", "KAZ:EX-1"},
                                      {"force", "stale"},
                                      {"force", "caveats"},
                                      {"force", "overrides"},
                                      {"force", "standby"},
                                      {"force", "remaining", "--within", "48h"},
                                      {"operation", "list"},
                                      {"operation", "show", "EX-2201"},
                                      {"operation", "gaps", "EX-2201"},
                                      {"operation", "assemble", "EX-2201"},
                                      {"operation", "commitments"},
                                      {"operation", "buildup", "EX-2201"},
                                      {"operation", "withdrawal", "EX-2201"},
                                      {"operation", "sustainment", "EX-2201"}};
  return all;
}

TEST(WhatIf, GoesWithEveryQuestionAboutTheForceAndOperations) {
  for (const auto& question : questions()) {
    World world;
    world.answer = samples::operations_answer();

    const auto ran = world.run(with(question, {"--without", "KAZ,TJK", "--host", "KGZ", "--also",
                                               "EX-2202,EX-2203", "--notice", "+36h"}));

    ASSERT_EQ(world.standpoints.size(), 1U) << question[1] << ": " << ran.err;
    const auto& what_if = world.standpoints[0].what_if;
    EXPECT_THAT(what_if.without, ElementsAre(samples::nation("KAZ"), samples::nation("TJK")));
    EXPECT_EQ(what_if.host, samples::nation("KGZ"));
    EXPECT_THAT(what_if.also,
                ElementsAre(*model::Code::parse("EX-2202"), *model::Code::parse("EX-2203")));
    EXPECT_EQ(what_if.notice_min, 36 * 60);
  }
}

TEST(WhatIf, LeavesTheOperationThatStandsBehindIt) {
  World world;
  world.answer = samples::gaps_answer();

  const auto ran = world.run({"operation", "gaps", "--without", "KAZ", "--also", "EX-2202",
                              "EX-2201", "--without", "TJK"});

  ASSERT_EQ(world.asked.size(), 1U) << ran.err;
  EXPECT_EQ(std::get<model::GapsQuery>(world.asked[0]).operation, *model::Code::parse("EX-2201"));
  EXPECT_THAT(world.standpoints[0].what_if.without,
              ElementsAre(samples::nation("KAZ"), samples::nation("TJK")));
}

TEST(WhatIf, IsNothingUnlessTold) {
  World world;
  world.answer = samples::operations_answer();

  const auto ran = world.run({"operation", "list", "-o", "csv"});

  ASSERT_EQ(world.standpoints.size(), 1U);
  EXPECT_FALSE(world.standpoints[0].what_if.is_set());
  EXPECT_THAT(ran.out + ran.err, Not(HasSubstr("WHAT IF")));
  EXPECT_THAT(ran.out, Not(HasSubstr("what_if")));
}

/// What was said and when is what it is.
TEST(WhatIf, IsNoOptionOfTheRecord) {
  for (const auto& command : std::vector<Words>{{"force", "history", "KAZ:EX-1"},
                                                {"force", "diff", "--from", "-1d"},
                                                {"ledger", "tail"},
                                                {"server", "info"}}) {
    World world;
    const auto ran = world.run(with(command, {"--without", "KAZ"}));
    EXPECT_EQ(ran.code, 64) << command[1];
    EXPECT_THAT(ran.err, HasSubstr("'--without' - no such option"));
    EXPECT_TRUE(world.asked.empty());
  }
}

// ---- how it is marked ---------------------------------------------------------------------------

/// Standard output and standard error of a supposition, in one format.
rig::Ran supposed(const Words& options) {
  World world;
  world.answer = samples::operations_answer();
  return world.run(with({"operation", "list", "--without", "KAZ"}, options));
}

TEST(WhatIfMark, IsTheFirstLineOfATable) {
  for (const auto* format : {"table", "wide"}) {
    EXPECT_THAT(supposed({"-o", format}).out, StartsWith(kLine)) << format;
  }
  EXPECT_THAT(supposed({"--color", "always"}).out,
              StartsWith("\033[33mWHAT IF: without KAZ - nothing of this is recorded\033[0m\n"));
}

TEST(WhatIfMark, IsInEachLineOfCsvWhateverIsSilenced) {
  const auto ran = supposed({"-o", "csv", "-q"});

  EXPECT_EQ(ran.err, "");
  std::istringstream lines(ran.out);
  std::string line;
  std::getline(lines, line);
  EXPECT_THAT(line, EndsWith(",what_if"));
  std::size_t rows = 0;
  for (; std::getline(lines, line); ++rows) {
    EXPECT_THAT(line, EndsWith(",without KAZ"));
  }
  EXPECT_EQ(rows, 3U);
  EXPECT_THAT(supposed({"-o", "csv"}).err, StartsWith(kLine));
}

TEST(WhatIfMark, IsInEachLineOfNdjsonAndInTheHeaderOfJson) {
  const auto ran = supposed({"-o", "ndjson", "-q"});
  std::istringstream lines(ran.out);
  for (std::string line; std::getline(lines, line);) {
    EXPECT_THAT(line, EndsWith(R"("what_if":{"without":["KAZ"]}})"));
  }
  EXPECT_THAT(supposed({"-o", "ndjson"}).err, StartsWith(kLine));
  EXPECT_THAT(supposed({"-o", "json"}).out, HasSubstr("\"what_if\": {"));
}

TEST(WhatIfWords, AreThoseOfTheCommandLine) {
  const auto nation = samples::nation("KAZ");
  const auto code = *model::Code::parse("EX-2202");
  EXPECT_EQ(what_if_words({}), "");
  EXPECT_EQ(what_if_words({.without = {nation, samples::nation("TJK")},
                           .host = nation,
                           .also = {code},
                           .notice_min = 24 * 60}),
            "without KAZ, TJK · host KAZ · also EX-2202 · notice +24 h");
  EXPECT_EQ(what_if_words({.notice_min = -90}), "notice -90 min");
  EXPECT_EQ(what_if_words({.host = nation, .also = {code}}, "; "), "host KAZ; also EX-2202");
}

TEST(WhatIfColumn, IsThereThoughThereIsNoRow) {
  Sheet sheet;
  sheet.columns = {{"unit", "UNIT"}};

  EXPECT_EQ(render_csv(with_what_if(sheet, {.notice_min = 60})), "unit,what_if\n");
  EXPECT_EQ(render_csv(with_what_if(sheet, {})), "unit\n");
}

// ---- what is missing ----------------------------------------------------------------------------

TEST(Withheld, IsSaidBelowEveryAnswer) {
  constexpr const char* kWithheld =
      "Only what is released to you is counted: more may have been reported.\n";
  for (const auto* format : {"table", "wide", "csv", "ndjson"}) {
    World world;
    world.answer = samples::withheld(samples::operations_answer());
    const auto ran = world.run({"operation", "list", "-o", format});
    EXPECT_THAT(ran.out + ran.err, EndsWith(kWithheld)) << format;

    world.answer = samples::operations_answer();
    const auto all = world.run({"operation", "list", "-o", format});
    EXPECT_THAT(all.out + all.err, Not(HasSubstr("released to you"))) << format;
  }
}

}  // namespace
}  // namespace muster::secretariat
