// SPDX-License-Identifier: Apache-2.0
// Questions about operations: what is asked, how the answers read, and when they are a "no".
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "nodes/secretariat/answer_sheet.h"
#include "tests/unit/operation_samples.h"
#include "tests/unit/secretariat_rig.h"
#include "tests/unit/text_samples.h"

namespace muster::secretariat {
namespace {

using rig::World;
using ::testing::ContainsRegex;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
namespace samples = text::samples;

model::Code code(const char* text) { return *model::Code::parse(text); }

// ---- how the answers read -----------------------------------------------------------------------

struct Transcript {
  const char* name;
  std::vector<std::string> arguments;
  model::Answer (*answer)();
};

model::Answer withheld_operations() { return samples::withheld(samples::operations_answer()); }

/// As samples::supposed() supposes.
const std::vector<std::string> kSupposed{"--without", "KAZ,ARM", "--host",   "TJK",
                                         "--also",    "EX-2202", "--notice", "-24h"};

std::vector<std::string> supposing(std::vector<std::string> arguments) {
  arguments.insert(arguments.end(), kSupposed.begin(), kSupposed.end());
  return arguments;
}

const std::vector<Transcript>& transcripts() {
  static const std::vector<Transcript> all{
      {"operations", {"operation", "list"}, samples::operations_answer},
      {"operations_withheld", {"operation", "list"}, withheld_operations},
      {"operation", {"operation", "show", "EX-2201"}, samples::operation_answer},
      {"gaps", {"operation", "gaps", "EX-2201"}, samples::gaps_answer},
      {"gaps_what_if", supposing({"operation", "gaps", "EX-2201"}), samples::gaps_answer},
      {"gaps_empty", {"operation", "gaps", "EX-2202"}, samples::empty_gaps_answer},
      {"package", {"operation", "assemble", "EX-2201"}, samples::assemble_answer},
      {"package_met",
       {"operation", "assemble", "EX-2201", "--also", "EX-2202"},
       samples::assembled_answer},
      {"commitments", {"operation", "commitments"}, samples::commitments_answer},
      {"operation_buildup",
       {"operation", "buildup", "EX-2201", "--horizon", "72h"},
       samples::operation_buildup_answer},
      {"withdrawal", {"operation", "withdrawal", "EX-2201"}, samples::withdrawal_answer},
      {"sustainment", {"operation", "sustainment", "EX-2201"}, samples::sustainment_answer},
      {"standby", {"force", "standby"}, samples::standby_answer},
      {"remaining", supposing({"force", "remaining", "--within", "48h", "--tasks", "T08"}),
       samples::remaining_answer}};
  return all;
}

class OperationAnswers : public ::testing::TestWithParam<Transcript> {
 protected:
  static void SetUpTestSuite() { use_utf8_locale(); }
};

TEST_P(OperationAnswers, ReadAsTheyDid) {
  rig::expect_golden("cli_" + std::string(GetParam().name) + ".txt",
                     rig::transcript(GetParam().arguments, GetParam().answer()));
}

TEST_P(OperationAnswers, FitAScreenOf100Columns) {
  World world;
  world.answer = GetParam().answer();

  EXPECT_THAT(rig::too_long_lines(world.run(GetParam().arguments).out), IsEmpty());
}

/// A row of CSV that a tool cannot read would be a broken contract.
TEST_P(OperationAnswers, HaveOneCellForEachColumn) {
  for (const bool is_picture : {false, true}) {
    const Layout layout{.is_picture = is_picture, .columns = 100};
    auto sheets = std::vector{sheet_of(GetParam().answer(), layout)};
    for (auto& annex : annexes_of(GetParam().answer(), layout)) {
      EXPECT_THAT(annex.sheet.rows, Not(IsEmpty())) << annex.title;
      sheets.push_back(std::move(annex.sheet));
    }
    for (const auto& sheet : sheets) {
      for (const auto& row : sheet.rows) {
        EXPECT_EQ(row.cells.size(), sheet.columns.size());
      }
      EXPECT_TRUE(!sheet.total || sheet.total->cells.size() == sheet.columns.size());
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, OperationAnswers, ::testing::ValuesIn(transcripts()),
                         [](const auto& made) { return std::string(made.param.name); });

/// The sheet of an annex by its title.
Sheet annex_of(const model::Answer& answer, const std::string& title, const Layout& layout = {}) {
  for (auto& annex : annexes_of(answer, layout)) {
    if (annex.title.starts_with(title)) {
      return std::move(annex.sheet);
    }
  }
  ADD_FAILURE() << "no annex " << title;
  return {};
}

TEST(Operation, TellsManyResponsesOfOneMomentAsOne) {
  auto answer = samples::operation_answer();
  auto& body = std::get<model::OperationAnswer>(answer.body);
  model::DecisionStatement accepts;
  accepts.kind = model::DecisionKind::offer_response;
  accepts.contribution_to = model::ContributionState::accepted;
  accepts.decided_at = samples::at("2022-01-07T05:00:00Z");
  body.statements = {accepts, accepts, accepts};
  body.statements.emplace_back(accepts);
  std::get<model::DecisionStatement>(body.statements[3]).contribution_to =
      model::ContributionState::declined;

  const auto picture = annex_of(answer, "Decisions", {.is_picture = true});
  const auto all = annex_of(answer, "Decisions");

  ASSERT_EQ(picture.rows.size(), 2U);
  EXPECT_EQ(picture.rows[0].cells[3].shown, "3 offers → ACCEPTED");
  EXPECT_EQ(picture.rows[1].cells[3].shown, "→ DECLINED");
  EXPECT_EQ(all.rows.size(), 4U);
}

TEST(Operations, ShortenTheirNamesToTheScreen) {
  auto answer = samples::operations_answer();
  auto& rows = std::get<model::OperationsAnswer>(answer.body).rows;
  rows[1].name = std::string(60, 'n') + " (fictional)";

  const auto picture = sheet_of(answer, {.is_picture = true});
  const auto all = sheet_of(answer);

  EXPECT_THAT(picture.rows[1].cells[1].brief, testing::EndsWith("n…"));
  EXPECT_EQ(all.rows[1].cells[1].brief, "");
  EXPECT_EQ(all.rows[1].cells[1].value, rows[1].name);
}

TEST(Gaps, ShowThreeCandidatesOfALineAndSayThatThereAreMore) {
  auto answer = samples::gaps_answer();
  auto& candidates = std::get<model::GapsAnswer>(answer.body).candidates;
  candidates.insert(candidates.begin(), 3, candidates.front());
  World world;
  world.answer = answer;

  const auto ran = world.run({"operation", "gaps", "EX-2201"});

  EXPECT_THAT(ran.out, HasSubstr("Could be asked (2 more in -o wide):"));
  EXPECT_EQ(annex_of(answer, "Could be asked", {.is_picture = true}).rows.size(), 5U);
  EXPECT_EQ(annex_of(answer, "Could be asked").rows.size(), 7U);
}

TEST(Package, SaysHowFarItMayBeFromTheBest) {
  auto answer = samples::assemble_answer();
  auto& body = std::get<model::AssembleAnswer>(answer.body);
  EXPECT_THAT(facts_of(answer), HasSubstr("not proven: up to 0.6 % from the best in units"));

  body.is_optimal = true;
  EXPECT_THAT(facts_of(answer), HasSubstr("proven to be the best"));
}

TEST(Deployment, MarksWhatIsNeededAndWhatIsAuthorised) {
  const auto made =
      sheet_of(samples::operation_buildup_answer(), {.is_picture = true, .columns = 100});
  const auto& first = made.rows.front().cells.back().shown;
  const auto& last = made.rows.back().cells.back().shown;

  EXPECT_THAT(first, Not(HasSubstr("│"))) << "nothing is needed at hour 0";
  EXPECT_THAT(first, testing::EndsWith("║"));
  EXPECT_THAT(made.rows[4].cells.back().shown, HasSubstr("│"));
  EXPECT_THAT(last, testing::EndsWith("│")) << "what is needed last is all that is authorised";
}

// ---- yes, no, and not quite ---------------------------------------------------------------------

int code_of(const std::vector<std::string>& arguments, const model::Answer& answer) {
  World world;
  world.answer = answer;
  return world.run(arguments).code;
}

model::Answer complete(model::Answer answer) {
  answer.header.nations_missing.clear();
  answer.header.nations_stale.clear();
  return answer;
}

TEST(GapsExit, IsOneWhenALineIsNotMetHoweverMuchIsMissing) {
  const std::vector<std::string> gaps{"operation", "gaps", "EX-2201"};
  auto answer = samples::gaps_answer();
  EXPECT_EQ(code_of(gaps, answer), 1);
  EXPECT_EQ(code_of(gaps, complete(answer)), 1);

  auto& lines = std::get<model::GapsAnswer>(answer.body).lines;
  lines.resize(2);
  EXPECT_EQ(code_of(gaps, answer), 3) << "met, by what is known";
  EXPECT_EQ(code_of(gaps, complete(answer)), 0);

  lines[0].equipment = {{model::EquipmentKind::medical, 2, 1}};
  EXPECT_EQ(code_of(gaps, complete(answer)), 1) << "people are not all";
  lines.clear();
  EXPECT_EQ(code_of(gaps, complete(answer)), 1) << "nothing is asked for, so nothing is met";
}

TEST(AssembleExit, IsOneWhenALineIsNotMet) {
  const std::vector<std::string> assemble{"operation", "assemble", "EX-2201"};
  EXPECT_EQ(code_of(assemble, complete(samples::assemble_answer())), 1);
  EXPECT_EQ(code_of(assemble, samples::assembled_answer()), 3);
  EXPECT_EQ(code_of(assemble, complete(samples::assembled_answer())), 0);
}

TEST(OperationExit, Is66ForAnUnknownOperation) {
  World world;
  world.answer = model::fail(model::ErrorCode::not_found, "there is no operation EX-9999");

  const auto ran = world.run({"operation", "show", "EX-9999"});

  EXPECT_EQ(ran.code, 66);
  EXPECT_EQ(ran.out, "");
  EXPECT_THAT(ran.err, HasSubstr("muster operation show EX-9999 - there is no operation EX-9999"));
  EXPECT_THAT(ran.err, HasSubstr("'muster operation list'"));
}

TEST(OperationExit, Is75WhenABrokerThatIsThereIsBusy) {
  World world;
  world.answer = model::fail(model::ErrorCode::unavailable, "8 assemblies are waiting");
  EXPECT_EQ(world.run({"operation", "assemble", "EX-2201"}).code, 69);
  world.broker_is_there = true;
  EXPECT_EQ(world.run({"operation", "assemble", "EX-2201"}).code, 75);
}

TEST(OperationExit, SaysWhatWouldMakeItKnown) {
  const auto said = [](const std::vector<std::string>& arguments) {
    World world;
    world.answer = model::fail(model::ErrorCode::not_found, "EX-2201 has none of it");
    const auto ran = world.run(arguments);
    EXPECT_EQ(ran.code, 66);
    return ran.err;
  };
  EXPECT_THAT(said({"operation", "sustainment", "EX-2201"}), HasSubstr("--people"));
  EXPECT_THAT(said({"operation", "sustainment", "EX-2201", "--people", "5"}),
              Not(HasSubstr("--people")));
  EXPECT_THAT(said({"operation", "gaps", "EX-2201"}), HasSubstr("'muster operation create FILE'"));
  EXPECT_THAT(said({"operation", "assemble", "EX-2201"}),
              HasSubstr("'muster operation create FILE'"));
}

TEST(AssembleHelp, SaysWhatAWhatIfDoes) {
  World world;
  const auto help = world.run({"operation", "assemble", "--help"}).out;
  EXPECT_THAT(help, HasSubstr("A what-if is answered on a copy of what the broker knows"));
  EXPECT_THAT(help, HasSubstr("--also fills the lines of both operations together"));
}

TEST(OperationShow, SaysThatNobodyHasOfferedAnything) {
  World world;
  world.answer = samples::operation_answer();
  std::get<model::OperationAnswer>(world.answer->body).nations.clear();
  const auto ran = world.run({"operation", "show", "EX-2201"});
  EXPECT_THAT(ran.out, HasSubstr("\nNobody has offered anything yet.\n"));
  EXPECT_THAT(ran.out, Not(HasSubstr("(no rows)")));
}

TEST(PackageTable, ShowsNoPeopleWhereItemsServeAlone) {
  World world;
  world.answer = samples::assemble_answer();
  auto& slice = std::get<model::AssembleAnswer>(world.answer->body).slices.front();
  slice.people = 0;
  slice.equipment = {{model::EquipmentKind::medical, 2}};
  EXPECT_THAT(world.run({"operation", "assemble", "EX-2201"}).out,
              ContainsRegex("BLR:EX-HQ +-  2 items"));
  EXPECT_THAT(world.run({"operation", "assemble", "EX-2201", "-o", "json"}).out,
              HasSubstr("\"people\": 0"));
}

/// Many kinds of items and long sentences stay within the screen, and none of their words is lost.
TEST(GapsTable, WrapsWhatLacksAndWhatClosesIt) {
  World world;
  world.answer = samples::gaps_answer();
  auto& gap = std::get<model::GapsAnswer>(world.answer->body).lines[3];
  gap.line.line_id = code("LINE-WITH-A-RATHER-LONG-NAME-01");
  gap.equipment = {{model::EquipmentKind::wheeled_transport, 12, 1},
                   {model::EquipmentKind::armoured_transport, 12, 1},
                   {model::EquipmentKind::communication, 12, 1}};
  gap.fix->text =
      "one company of POLICE, 76 people, with 11 WHEELED_TRANSPORT, 11 ARMOURED_TRANSPORT and 11 "
      "COMMUNICATION, able to T03 and T05, at notice of 48 h or less";
  const auto out = world.run({"operation", "gaps", "EX-2201", "--as-of", "-1h"}).out;
  const auto unmet = out.substr(out.find("Not met:"));
  EXPECT_THAT(rig::too_long_lines(unmet), IsEmpty());
  for (const auto* word :
       {"76 people, 11 WHEELED ", "TRANSPORT, 11 ARMOURED ", "POLICE, 76", "or less\n"}) {
    EXPECT_THAT(unmet, HasSubstr(word));
  }
  EXPECT_THAT(unmet, HasSubstr("Not met:\neach line for itself: the same people may be asked for "
                               "two lines\nLINE"));
}

// ---- what is asked ------------------------------------------------------------------------------

/// The question that these arguments put to the broker.
template <typename Asked>
Asked asked(const std::vector<std::string>& arguments) {
  World world;
  world.answer = samples::operations_answer();
  const auto ran = world.run(arguments);
  if (world.asked.size() != 1 || !std::holds_alternative<Asked>(world.asked[0])) {
    ADD_FAILURE() << ran.err;
    return {};
  }
  return std::get<Asked>(world.asked[0]);
}

TEST(OperationQuestions, NameTheOperation) {
  asked<model::OperationsQuery>({"operation", "list"});
  EXPECT_EQ(asked<model::OperationQuery>({"operation", "show", "EX-2201"}).operation,
            code("EX-2201"));
  EXPECT_EQ(asked<model::WithdrawalQuery>({"operation", "withdrawal", "EX-2201"}).operation,
            code("EX-2201"));
  const auto gaps = asked<model::GapsQuery>({"operation", "gaps", "EX-2201", "--version", "3"});
  EXPECT_EQ(gaps.operation, code("EX-2201"));
  EXPECT_EQ(gaps.version, 3U);
  EXPECT_EQ(asked<model::GapsQuery>({"operation", "gaps", "EX-2201"}).version, std::nullopt);
}

TEST(OperationQuestions, AskForAPackage) {
  const auto plain = asked<model::AssembleQuery>({"operation", "assemble", "EX-2201"});
  EXPECT_EQ(plain.goal, model::AssemblyGoal::earliest);
  EXPECT_EQ(plain.max_depletion_percent, std::nullopt);
  EXPECT_EQ(plain.min_freshness, model::Freshness::ageing);
  EXPECT_EQ(plain.time_limit_ms, 10'000U);
  EXPECT_EQ(plain.version, std::nullopt);

  const auto full = asked<model::AssembleQuery>(
      {"operation", "assemble", "EX-2201", "--goal", "fewest-nations", "--max-depletion", "80",
       "--min-freshness", "fresh", "--time-limit", "2m", "--version", "4"});
  EXPECT_EQ(full.operation, code("EX-2201"));
  EXPECT_EQ(full.goal, model::AssemblyGoal::fewest_nations);
  EXPECT_EQ(full.max_depletion_percent, 80);
  EXPECT_EQ(full.min_freshness, model::Freshness::fresh);
  EXPECT_EQ(full.time_limit_ms, 120'000U);
  EXPECT_EQ(full.version, 4U);
}

/// How long the answer is waited for, and how long the search may take.
std::pair<int, int> times(const std::vector<std::string>& options) {
  std::vector<std::string> arguments{"operation", "assemble", "EX-2201"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  const auto read = parse_arguments(arguments, World().now);
  if (!read) {
    ADD_FAILURE() << read.error().error;
    return {};
  }
  const auto& query = std::get<AskCommand>(read->command).query;
  return {static_cast<int>(read->common.timeout.count()),
          static_cast<int>(std::get<model::AssembleQuery>(query).time_limit_ms)};
}

TEST(AssembleTimes, LeaveTheAnswerTimeToCome) {
  EXPECT_EQ(times({}), std::pair(15'000, 10'000));
  EXPECT_EQ(times({"--time-limit", "1m"}), std::pair(65'000, 60'000));
  EXPECT_EQ(times({"--timeout", "30s"}), std::pair(30'000, 10'000));
  EXPECT_EQ(times({"--timeout", "4s"}), std::pair(4'000, 2'000));
  EXPECT_EQ(times({"--timeout", "30s", "--time-limit", "29s"}), std::pair(30'000, 29'000));
}

TEST(OperationQuestions, AskForCommitments) {
  const auto all = asked<model::CommitmentsQuery>({"operation", "commitments"});
  EXPECT_EQ(all.operation, std::nullopt);
  EXPECT_THAT(all.nations, IsEmpty());
  EXPECT_EQ(all.from, std::nullopt);

  const auto some = asked<model::CommitmentsQuery>({"operation", "commitments", "--operation",
                                                    "EX-2201", "--nation", "KGZ,TJK", "--from",
                                                    "2022-01-07", "--to", "2022-01-20T12:00Z"});
  EXPECT_EQ(some.operation, code("EX-2201"));
  EXPECT_THAT(some.nations, ElementsAre(samples::nation("KGZ"), samples::nation("TJK")));
  EXPECT_EQ(some.from, samples::at("2022-01-07T00:00:00Z"));
  EXPECT_EQ(some.to, samples::at("2022-01-20T12:00:00Z"));
}

TEST(OperationQuestions, AskForTheCourse) {
  EXPECT_EQ(asked<model::OperationBuildupQuery>({"operation", "buildup", "EX-2201"}).horizon_h,
            168);
  const auto buildup =
      asked<model::OperationBuildupQuery>({"operation", "buildup", "EX-2201", "--horizon", "3d"});
  EXPECT_EQ(buildup.operation, code("EX-2201"));
  EXPECT_EQ(buildup.horizon_h, 72);

  const auto usual = asked<model::SustainmentQuery>({"operation", "sustainment", "EX-2201"});
  EXPECT_EQ(usual.people, std::nullopt);
  EXPECT_EQ(usual.days, 30);
  const auto told = asked<model::SustainmentQuery>(
      {"operation", "sustainment", "EX-2201", "--people", "2500", "--days", "60"});
  EXPECT_EQ(told.operation, code("EX-2201"));
  EXPECT_EQ(told.people, 2'500U);
  EXPECT_EQ(told.days, 60);
}

TEST(OperationQuestions, AskWhoStandsByAndWhatRemains) {
  const auto standby = asked<model::StandbyQuery>(
      {"force", "standby", "--nation", "KAZ", "--from", "2022-01-01", "--to", "2022-07-01"});
  EXPECT_THAT(standby.nations, ElementsAre(samples::nation("KAZ")));
  EXPECT_EQ(standby.from, samples::at("2022-01-01T00:00:00Z"));
  EXPECT_EQ(standby.to, samples::at("2022-07-01T00:00:00Z"));

  const auto remaining = asked<model::RemainingQuery>(
      {"force", "remaining", "--within", "2d", "--tasks", "T08,T03", "--without", "KAZ"});
  EXPECT_EQ(remaining.within_h, 48);
  EXPECT_THAT(remaining.tasks, ElementsAre(model::Task::t08, model::Task::t03));
}

TEST(OperationQuestions, AreAskedOfAnyMoment) {
  World world;
  world.answer = samples::gaps_answer();

  world.run({"operation", "gaps", "EX-2201", "--as-of", "2022-01-07", "--known-at", "-2h"});

  ASSERT_EQ(world.standpoints.size(), 1U);
  EXPECT_EQ(world.standpoints[0].as_of, samples::at("2022-01-07T00:00:00Z"));
  EXPECT_EQ(world.standpoints[0].known_at, world.now - std::chrono::hours{2});
}

}  // namespace
}  // namespace muster::secretariat
