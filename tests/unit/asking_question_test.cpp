// SPDX-License-Identifier: Apache-2.0
#include "nodes/asking/question.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/text_samples.h"

namespace muster::asking {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using text::samples::at;

const model::UtcTime kNow = at("2022-01-07T12:30:00Z");

struct Read {
  Question question;
  std::vector<std::string> problems;
};
Read read(const std::string& name, const RawQuestion& raw, Spelling spelling) {
  ValueReader values(kNow, spelling);
  auto question = read_question(name, raw, values);
  return {std::move(question), values.problems()};
}

RawQuestion wrong_in_three_places() {
  RawQuestion raw;
  raw.within = "soon";
  raw.element_kinds = {"combt"};
  raw.as_of = "tomorrow";
  return raw;
}

TEST(Question, NamesOptionsAsTheCommandLineWritesThem) {
  const auto told = read("force ready", wrong_in_three_places(), Spelling::options).problems;

  EXPECT_THAT(told,
              ElementsAre("--within 'soon' - not whole hours from 0 to 8760 - write 48h or 7d",
                          "--element-kind 'combt' - not known - did you mean 'combat'?",
                          "--as-of 'tomorrow' - not a moment - write 2022-01-07T12:00:00Z, "
                          "2022-01-07, now, yesterday, 'last friday' or -3d"));
}

TEST(Question, NamesParametersAsTheAddressWritesThem) {
  const auto told = read("force ready", wrong_in_three_places(), Spelling::parameters).problems;

  EXPECT_THAT(told, ElementsAre("within 'soon' - not whole hours from 0 to 8760 - write 48h or 7d",
                                "element_kind 'combt' - not known - did you mean 'combat'?",
                                "as_of 'tomorrow' - not a moment - write 2022-01-07T12:00:00Z, "
                                "2022-01-07, now, yesterday, 'last friday' or -3d"));
}

TEST(Question, SpellsOptionsWithinASentenceToo) {
  RawQuestion raw;
  raw.within = "48h";
  EXPECT_THAT(read("force remaining", raw, Spelling::options).problems,
              ElementsAre("nothing is supposed - give --without, --host, --also or --notice, or "
                          "ask 'muster force ready' for how it is"));
  EXPECT_THAT(read("force remaining", raw, Spelling::parameters).problems,
              ElementsAre("nothing is supposed - give without, host, also or notice, or ask "
                          "'/api/v1/force/ready' for how it is"));
  raw.from_time = "2022-01-05";
  raw.to_time = "2022-01-04";
  EXPECT_THAT(read("force standby", raw, Spelling::parameters).problems,
              ElementsAre("from '2022-01-05' - later than to, 2022-01-04T00:00:00Z: give the "
                          "earlier moment to from"));
}

TEST(Question, HoldsWhatWasAskedOfWhichMoment) {
  RawQuestion raw;
  raw.unit = "KAZ:EX-CBT-01";
  raw.as_of = "-3d";
  raw.known_at = "2022-01-06";
  raw.without = {"RUS"};
  raw.notice = "+24h";

  const auto [question, problems] = read("force unit", raw, Spelling::parameters);

  EXPECT_THAT(problems, IsEmpty());
  EXPECT_EQ(question.name, "force unit KAZ:EX-CBT-01");
  EXPECT_EQ(std::get<model::UnitQuery>(question.query).unit.view(), "KAZ:EX-CBT-01");
  EXPECT_EQ(question.standpoint.as_of, at("2022-01-04T12:30:00Z"));
  EXPECT_EQ(question.standpoint.known_at, at("2022-01-06T00:00:00Z"));
  EXPECT_EQ(question.standpoint.what_if,
            (model::WhatIf{.without = {*model::Nation::parse("RUS")}, .notice_min = 1'440}));
}

TEST(Question, IsKnownByTheNamesOfTheCommandLine) {
  for (const auto* name : {"force strength", "force remaining", "operation list", "operation gaps",
                           "ledger tail", "ledger proof", "server info"}) {
    EXPECT_TRUE(is_question(name)) << name;
  }
  for (const auto* name : {"", "force", "force export", "operation create", "report publish",
                           "server check", "Force strength", "force  strength"}) {
    EXPECT_FALSE(is_question(name)) << name;
  }
}

TEST(Question, NamesTheReportOfAProof) {
  RawQuestion raw;
  raw.node = "KAZ/mod";
  raw.seq = 41;

  const auto [question, problems] = read("ledger proof", raw, Spelling::parameters);

  EXPECT_THAT(problems, IsEmpty());
  EXPECT_EQ(std::get<model::LedgerProofQuery>(question.query).report.str(), "KAZ/mod#41");
}

TEST(UsualTimeout, LeavesASearchItsOwnTime) {
  EXPECT_EQ(usual_timeout(model::StrengthQuery{}), std::chrono::seconds{5});
  EXPECT_EQ(usual_timeout(model::AssembleQuery{.time_limit_ms = 10'000}), std::chrono::seconds{15});
}

}  // namespace
}  // namespace muster::asking
