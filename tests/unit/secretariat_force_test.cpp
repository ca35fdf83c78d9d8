// SPDX-License-Identifier: Apache-2.0
// Questions about the force: what is asked, and how the answers read.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "nodes/secretariat/answer_sheet.h"
#include "nodes/secretariat/bars.h"
#include "nodes/secretariat/statement_words.h"
#include "tests/unit/force_samples.h"
#include "tests/unit/secretariat_rig.h"
#include "tests/unit/text_samples.h"

namespace muster::secretariat {
namespace {

using rig::World;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
namespace samples = text::samples;

// ---- how the answers read -----------------------------------------------------------------------

struct Transcript {
  const char* name;
  std::vector<std::string> arguments;
  model::Answer (*answer)();
};

model::Answer strength_by_place() {
  auto answer = samples::strength_answer();
  auto& body = std::get<model::StrengthAnswer>(answer.body);
  body.basis = model::StrengthBasis::place;
  body.attachment_balance = 2;
  return answer;
}

const std::vector<Transcript>& transcripts() {
  static const std::vector<Transcript> all{
      {"place", {"force", "strength", "--basis", "place"}, strength_by_place},
      {"ready", {"force", "ready", "--within", "24h", "--tasks", "T08"}, samples::ready_answer},
      {"buildup", {"force", "buildup", "--tasks", "T08"}, samples::buildup_answer},
      {"matrix", {"force", "matrix"}, samples::matrix_answer},
      {"roster", {"force", "roster", "KAZ:EX-CBT-01"}, samples::roster_answer},
      {"history", {"force", "history", "KAZ:EX-CBT-01"}, samples::history_answer},
      {"diff",
       {"force", "diff", "--from", "2022-01-06T12:00:00Z", "--to", "2022-01-08T12:00:00Z"},
       samples::diff_answer},
      {"learned", {"force", "diff", "--from", "-2d", "--as-of", "-2d"}, samples::learned_answer},
      {"stale", {"force", "stale"}, samples::stale_answer},
      {"caveats", {"force", "caveats"}, samples::caveats_answer},
      {"overrides", {"force", "overrides"}, samples::overrides_answer}};
  return all;
}

class ForceAnswers : public ::testing::TestWithParam<Transcript> {
 protected:
  static void SetUpTestSuite() { use_utf8_locale(); }
};

/// Every format, with stdout, stderr and the exit code.
TEST_P(ForceAnswers, ReadAsTheyDid) {
  rig::expect_golden("cli_" + std::string(GetParam().name) + ".txt",
                     rig::transcript(GetParam().arguments, GetParam().answer()));
}

/// Above the table stand sentences, which a screen wraps.
TEST_P(ForceAnswers, FitAScreenOf100Columns) {
  World world;
  world.answer = GetParam().answer();

  EXPECT_THAT(rig::too_long_lines(world.run(GetParam().arguments).out), testing::IsEmpty());
}

TEST_P(ForceAnswers, EndWithThreeOnlyWhenTheyArePartial) {
  World world;
  auto answer = GetParam().answer();
  world.answer = answer;
  EXPECT_EQ(world.run(GetParam().arguments).code, 3);

  answer.header.nations_missing.clear();
  answer.header.nations_stale.clear();
  world.answer = answer;
  EXPECT_EQ(world.run(GetParam().arguments).code, 0);
}

INSTANTIATE_TEST_SUITE_P(Kinds, ForceAnswers, ::testing::ValuesIn(transcripts()),
                         [](const auto& made) { return std::string(made.param.name); });

TEST(Buildup, ScalesItsBarsToTheScreen) {
  const auto longest_bar = [](std::size_t columns) {
    const auto made = sheet_of(samples::buildup_answer(), {.is_picture = true, .columns = columns});
    return characters(made.rows.back().cells.back().shown);
  };

  EXPECT_EQ(longest_bar(20), 10U) << "at least this much, however narrow the screen";
  EXPECT_EQ(longest_bar(140), longest_bar(100) + 40);
}

TEST(Buildup, DrawsSomebodyEvenBesideMany) {
  auto answer = samples::buildup_answer();
  auto& steps = std::get<model::BuildupAnswer>(answer.body).steps;
  steps[0].cumulative = {1, 1, 2};
  steps.back().cumulative = {150, 340, 17'000};

  const auto made = sheet_of(answer, {.is_picture = true, .columns = 100});

  EXPECT_EQ(made.rows[0].cells.back().shown, "█");
  EXPECT_THAT(made.rows.back().cells.back().shown, testing::StartsWith("█░"));
}

TEST(Header, SaysBothTimesToWhoAskedForAMoment) {
  auto header = samples::header();
  header.known_at = header.valid_at;
  const auto moment = header.valid_at;

  EXPECT_THAT(header_line(header), testing::StartsWith("As of 2022-01-07T12:00:00Z · ledger"));
  EXPECT_THAT(header_line(header, {.as_of = {}, .known_at = moment}),
              testing::StartsWith("As of 2022-01-07T12:00:00Z, as known 2022-01-07T12:00:00Z · "));
}

/// The changes of one row of a history, as a table shows them.
Cell changes_of(const model::HistoryRow& row) {
  model::HistoryAnswer body;
  body.rows = {row};
  const auto made = sheet_of(model::Answer{samples::header(), body}, {});
  const auto& columns = made.columns;
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [](const Column& column) { return column.field == "changes"; });
  return made.rows.at(0).cells.at(static_cast<std::size_t>(found - columns.begin()));
}

TEST(History, PutsFirstWhatMatters) {
  model::HistoryRow row;
  row.changes = {{"absences[LEAVE]", "", "7"}, {"assigned", "", "94"},
                 {"authorised", "", "95"},     {"deployable", "", "89"},
                 {"present", "", "87"},        {"duty_qualified", "", "80"}};

  EXPECT_EQ(changes_of(row).shown,
            "first word: deployable 89, present 87, assigned 94, authorised 95, absences[LEAVE] 7, "
            "duty_qualified 80");
  EXPECT_EQ(changes_of(row).brief, "first word: deployable 89 and 5 more");

  row.changes = {{"tasks[T01].certified_by", "", "KAZ"}, {"tasks[T01].state", "", "TRAINED"}};
  EXPECT_EQ(changes_of(row).brief, "first word: tasks[T01].state TRAINED and 1 more");
}

TEST(History, SaysWhatACorrectedWordWas) {
  model::HistoryRow row;
  row.report = {*model::NodeId::parse("KAZ/mod"), 3};
  row.corrected_by = model::ReportId{row.report.node, 5};
  EXPECT_EQ(changes_of(row).brief, "corrected by #5");
  EXPECT_EQ(changes_of(row).shown, "corrected by KAZ/mod#5");

  row.changes = {{"deployable", "149", "147"}};
  EXPECT_EQ(changes_of(row).brief, "corrected by #5; was: deployable 149 → 147");
  EXPECT_EQ(changes_of(row).shown, "corrected by KAZ/mod#5; was: deployable 149 → 147");

  row.changes = {{"assigned", "160", "158"}, {"deployable", "149", "147"}};
  row.corrected_by->node = *model::NodeId::parse("KAZ/police");
  EXPECT_EQ(changes_of(row).brief, "corrected by KAZ/police#5; was: deployable 149 → 147, …");
  EXPECT_EQ(changes_of(row).shown,
            "corrected by KAZ/police#5; was: deployable 149 → 147, assigned 160 → 158");
}

// ---- statements in words ------------------------------------------------------------------------

struct Said {
  model::Statement statement;
  const char* words;
};

TEST(Words, OfEveryStatementAreShort) {
  for (const auto& [statement, words] : std::vector<Said>{
           {samples::full_self_sustainment(), "2 lines, least supply 180 days"},
           {samples::full_training(), "1 of 2 tasks trained; not T99"},
           {samples::full_roster(), "version 18446744073709551615 DELTA: 2 set, 1 removed"},
           {samples::full_caveat(),
            "CAV-1, NIGHT OR MODE, T05 T10, NIGHT, at most 0, from 2022-01-01T00:00:00Z, until "
            "2022-06-01T00:00:00Z, withdrawn 2022-05-01T00:00:00Z"},
           {samples::full_standby(),
            "RESERVE, 358 people, from 2022-01-01T00:00:00Z, until 2022-07-01T00:00:00Z"},
           {samples::full_contribution(),
            "OFFER-1, EX-2203 line L03, 0 people, WITHDRAWN BY NATION, from 2022-01-08T00:00:00Z, "
            "until 2022-02-08T00:00:00Z"},
           {samples::full_operation(),
            "EX-2203, Valley (fictional), host TJK, T08 T03, authorised 2500"},
           {samples::full_requirement(), "EX-2203 version 2, 2 lines, 900 people at least"},
           {samples::full_decision(),
            "DEC-7, RETURN by SECRETARIAT, EX-2203, KAZ/OFFER-1, to DEPLOYING, to RETURNING, value "
            "-9223372036854775807"}}) {
    EXPECT_EQ(says(statement), words);
  }
}

TEST(Words, SayNothingThatWasNotSaid) {
  EXPECT_EQ(says(model::SelfSustainmentStatement{}), "0 lines");
  EXPECT_EQ(says(model::TrainingStatement{}), "0 of 0 tasks trained");
  EXPECT_EQ(says(model::RosterStatement{.version = 3}), "version 3 FULL, 0 people");
  const model::CaveatStatement bare{.caveat_id = *model::Code::parse("C-1")};
  EXPECT_EQ(says(bare), "C-1, APPROVAL REQUIRED");
}

// ---- what is asked ------------------------------------------------------------------------------

/// The question that these arguments put to the broker.
template <typename Asked>
Asked asked(const std::vector<std::string>& arguments) {
  World world;
  world.answer = samples::strength_answer();
  const auto ran = world.run(arguments);
  if (world.asked.size() != 1 || !std::holds_alternative<Asked>(world.asked[0])) {
    ADD_FAILURE() << ran.err;
    return {};
  }
  return std::get<Asked>(world.asked[0]);
}

TEST(ForceQuestions, AskWhoIsReady) {
  const auto query = asked<model::ReadyQuery>(
      {"force", "ready", "--within", "2d", "--tasks", "T08,t03", "--area", "51.16,-71.5",
       "--min-freshness", "ageing", "--nation", "KAZ", "--element-kind", "combat"});

  EXPECT_EQ(query.within_h, 48);
  EXPECT_THAT(query.tasks, ElementsAre(model::Task::t08, model::Task::t03));
  EXPECT_EQ(query.area, (model::Place{51.16, -71.5}));
  EXPECT_EQ(query.min_freshness, model::Freshness::ageing);
  EXPECT_THAT(query.nations, ElementsAre(samples::nation("KAZ")));
  EXPECT_THAT(query.element_kinds, ElementsAre(model::ElementKind::combat));
}

TEST(ForceQuestions, AskForBuildUpAndMatrix) {
  const auto buildup = asked<model::BuildupQuery>({"force", "buildup", "--horizon", "72h"});
  EXPECT_EQ(buildup.horizon_h, 72);
  EXPECT_EQ(buildup.area, std::nullopt);
  EXPECT_EQ(asked<model::BuildupQuery>({"force", "buildup"}).horizon_h, 168);

  EXPECT_FALSE(asked<model::MatrixQuery>({"force", "matrix"}).by_task);
  EXPECT_EQ(asked<model::MatrixQuery>({"force", "matrix"}).trend_days, 30);
  EXPECT_TRUE(asked<model::MatrixQuery>({"force", "matrix", "--by-task"}).by_task);
  const auto tasks =
      asked<model::MatrixQuery>({"force", "matrix", "--tasks", "T08", "--trend-days", "7"});
  EXPECT_TRUE(tasks.by_task);
  EXPECT_THAT(tasks.tasks, ElementsAre(model::Task::t08));
  EXPECT_EQ(tasks.trend_days, 7);
}

TEST(ForceQuestions, AskForRostersAndHistories) {
  const auto roster = asked<model::RosterQuery>(
      {"force", "roster", "KAZ:EX-HQ", "--subordinates", "--by", "grade,duty-status"});
  EXPECT_EQ(roster.unit, samples::unit("KAZ:EX-HQ"));
  EXPECT_TRUE(roster.with_subordinates);
  EXPECT_THAT(roster.by,
              ElementsAre(model::RosterDimension::grade, model::RosterDimension::duty_status));

  const auto history = asked<model::HistoryQuery>({"force", "history", "KAZ:EX-HQ", "--kind",
                                                   "strength,self-sustainment", "--from",
                                                   "2022-01-01", "--to", "2022-01-07T12:00:00Z"});
  EXPECT_THAT(history.kinds,
              ElementsAre(model::StatementKind::strength, model::StatementKind::self_sustainment));
  EXPECT_EQ(history.from, samples::at("2022-01-01T00:00:00Z"));
  EXPECT_EQ(history.to, samples::at("2022-01-07T12:00:00Z"));
}

TEST(ForceQuestions, AskWhatIsDoubtful) {
  EXPECT_THAT(asked<model::StaleQuery>({"force", "stale", "--kind", "training"}).kinds,
              ElementsAre(model::StatementKind::training));
  const auto caveats =
      asked<model::CaveatsQuery>({"force", "caveats", "--tasks", "T08", "--area", "1,2"});
  EXPECT_THAT(caveats.tasks, ElementsAre(model::Task::t08));
  EXPECT_EQ(caveats.area, (model::Place{1, 2}));
  EXPECT_THAT(asked<model::OverridesQuery>({"force", "overrides", "--nation", "KAZ"}).nations,
              ElementsAre(samples::nation("KAZ")));
  EXPECT_EQ(asked<model::StrengthQuery>({"force", "strength", "--basis", "place"}).basis,
            model::StrengthBasis::place);
}

TEST(Diff, ComparesTwoMomentsAsEachWasKnownThen) {
  const auto query = asked<model::DiffQuery>(
      {"force", "diff", "--from", "2022-01-06", "--to", "2022-01-08", "--nation", "KAZ"});
  const auto first = samples::at("2022-01-06T00:00:00Z");
  const auto second = samples::at("2022-01-08T00:00:00Z");

  EXPECT_EQ(query.from, (model::Bitime{first, first}));
  EXPECT_EQ(query.to, (model::Bitime{second, second}));
  EXPECT_THAT(query.nations, ElementsAre(samples::nation("KAZ")));
}

TEST(Diff, ComparesWhatWasKnownOfOneMoment) {
  const auto query = asked<model::DiffQuery>(
      {"force", "diff", "--from", "2022-01-07", "--to", "2022-01-09", "--as-of", "2022-01-06"});
  const auto moment = samples::at("2022-01-06T00:00:00Z");

  EXPECT_EQ(query.from, (model::Bitime{moment, samples::at("2022-01-07T00:00:00Z")}));
  EXPECT_EQ(query.to, (model::Bitime{moment, samples::at("2022-01-09T00:00:00Z")}));
}

TEST(Diff, ComparesTwoMomentsAsBothAreKnown) {
  const auto query = asked<model::DiffQuery>(
      {"force", "diff", "--from", "2022-01-06", "--to", "2022-01-08", "--known-at", "2022-01-09"});
  const auto known = samples::at("2022-01-09T00:00:00Z");

  EXPECT_EQ(query.from, (model::Bitime{samples::at("2022-01-06T00:00:00Z"), known}));
  EXPECT_EQ(query.to, (model::Bitime{samples::at("2022-01-08T00:00:00Z"), known}));
}

TEST(Diff, EndsNowUnlessTold) {
  World world;
  world.answer = samples::diff_answer();

  world.run({"force", "diff", "--from", "yesterday"});

  ASSERT_EQ(world.asked.size(), 1U);
  EXPECT_EQ(std::get<model::DiffQuery>(world.asked[0]).to, (model::Bitime{world.now, world.now}));
}

// ---- the moment ---------------------------------------------------------------------------------

TEST(Standpoint, GoesWithEveryQuestionAboutTheForce) {
  for (const auto& command : transcripts()) {
    World world;
    world.answer = command.answer();
    auto arguments = command.arguments;
    if (std::find(arguments.begin(), arguments.end(), "diff") != arguments.end()) {
      continue;  // It has two moments of its own.
    }
    arguments.insert(arguments.end(), {"--as-of", "2022-01-07", "--known-at", "-2h"});

    const auto ran = world.run(arguments);

    ASSERT_EQ(world.standpoints.size(), 1U) << ran.err;
    EXPECT_EQ(world.standpoints[0].as_of, samples::at("2022-01-07T00:00:00Z"));
    EXPECT_EQ(world.standpoints[0].known_at, world.now - std::chrono::hours{2});
    EXPECT_THAT(ran.out, HasSubstr(", as known "));
  }
}

TEST(Standpoint, IsNowUnlessTold) {
  World world;
  world.answer = samples::stale_answer();

  world.run({"force", "stale"});

  ASSERT_EQ(world.standpoints.size(), 1U);
  EXPECT_EQ(world.standpoints[0].as_of, std::nullopt);
  EXPECT_EQ(world.standpoints[0].known_at, std::nullopt);
}

TEST(Standpoint, ThatHasNotComeIsAMistakeOfUse) {
  World world;
  world.answer = model::fail(model::ErrorCode::malformed,
                             "the broker refused (MALFORMED): as_of 2032-01-01T00:00:00Z has not "
                             "come");

  const auto ran = world.run({"force", "strength", "--as-of", "2032-01-01"});

  EXPECT_EQ(ran.code, 64);
  EXPECT_EQ(ran.err,
            "muster: cannot answer: muster force strength - the broker refused (MALFORMED): as_of "
            "2032-01-01T00:00:00Z has not come - give moments that have come, in the order of "
            "time\n");
  EXPECT_EQ(world.run({"force", "diff", "--from", "2032-01-01", "--to", "2032-01-02"}).code, 64);
  EXPECT_EQ(world.run({"force", "strength"}).code, 65) << "no moment was named";
}

}  // namespace
}  // namespace muster::secretariat
