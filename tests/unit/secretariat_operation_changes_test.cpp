// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "nodes/secretariat/operation_file.h"
#include "nodes/secretariat/operation_reports.h"
#include "nodes/secretariat/operation_template.h"
#include "schemas/text/report_json.h"
#include "tests/support/core_samples.h"
#include "tests/support/sample_reports.h"
#include "tests/unit/secretariat_rig.h"

namespace muster::secretariat {
namespace {

using model::Body;
using model::ContributionState;
using model::DecisionKind;
using model::DecisionStatement;
using model::Finding;
using model::OperationState;
using model::Rule;
using model::Severity;
using rig::Folder;
using rig::World;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;
using tests::code;

/// The world of a node of the secretariat.
struct Office : World {
  Office() { config->node = tests::node_id("SEC/hq"); }

  /// The broker knows EX-2299 in this state, and these decisions about it.
  void knows(OperationState state, const std::vector<std::string>& decisions = {}) {
    model::OperationAnswer known{.operation = code("EX-2299"), .state = state};
    known.statements = {tests::full_operation()};
    for (const auto& id : decisions) {
      auto decision = tests::full_decision();
      decision.decision_id = code(id);
      known.statements.emplace_back(decision);
    }
    answer = model::Answer{.header = {}, .body = known};
  }

  rig::Ran decide(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"operation", "decide", "EX-2299"});
    return run(arguments);
  }

  /// The decisions of the only report that was published.
  [[nodiscard]] std::vector<DecisionStatement> decided() const {
    EXPECT_EQ(published.size(), 1U);
    std::vector<DecisionStatement> decisions;
    for (const auto& statement :
         published.empty() ? model::Report{}.statements : published.front().statements) {
      decisions.push_back(std::get<DecisionStatement>(statement));
    }
    return decisions;
  }
};

/// A file of the template in a folder of its own, and what the command says of it under this name.
struct Template {
  Folder folder;
  std::string path = folder.write("ops.toml", std::string(operation_template_toml()));

  [[nodiscard]] rig::Ran create(World& world, std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"operation", "create", path});
    return world.run(more);
  }
  [[nodiscard]] OperationFile file() const { return read_operation_file(path).file; }
};

model::ReportVerdict refused(std::vector<Finding> findings) {
  return {model::Verdict::refused, std::move(findings)};
}

// ---- template -----------------------------------------------------------------------------------

TEST(OperationTemplateCommand, PrintsWhatCreateTakes) {
  Office world;
  const Folder folder;

  for (const std::string format : {"toml", "json"}) {
    const auto printed = world.run({"operation", "template", "--format", format});
    EXPECT_EQ(printed.code, 0);
    const auto file = folder.write("ops." + format, printed.out);
    EXPECT_EQ(world.run({"operation", "create", file}).code, 0) << format;
  }

  ASSERT_THAT(world.published, SizeIs(2));
  EXPECT_EQ(world.published[0], world.published[1]);
  EXPECT_EQ(world.run({"operation", "template"}).out, operation_template_toml());
  EXPECT_EQ(world.run({"operation", "template", "--format", "yaml"}).code, 64);
}

// ---- create -------------------------------------------------------------------------------------

TEST(OperationCreate, PublishesTheOperationAndItsRequirementInOneReport) {
  Office world;
  const Template made;

  const auto ran = made.create(world, {"-o", "ndjson"});

  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.err, "");
  EXPECT_EQ(ran.out, "{\"report\":\"SEC/hq#41\",\"file\":\"" + made.path +
                         "\",\"verdict\":\"ACCEPTED\",\"ledger_seq\":184,\"findings\":[]}\n");
  const auto file = made.file();
  ASSERT_THAT(world.published, SizeIs(1));
  EXPECT_EQ(world.published[0],
            (model::Report{.kind = model::ReportKind::regular,
                           .valid_at = world.now,
                           .classification = model::Classification::unclassified,
                           .releasable_to = file.releasable_to,
                           .corrects = {},
                           .statements = {file.operation,
                                          model::RequirementStatement{.operation = code("EX-2299"),
                                                                      .version = 1,
                                                                      .lines = *file.lines}}}));
}

TEST(OperationCreate, SaysSinceWhenItIsSo) {
  Office world;
  const Template made;

  EXPECT_EQ(made.create(world, {"--at", "2022-01-06T10:00Z"}).code, 0);

  ASSERT_THAT(world.published, SizeIs(1));
  EXPECT_EQ(model::format_time(world.published[0].valid_at), "2022-01-06T10:00:00Z");
}

TEST(OperationCreate, AnnouncesAnOperationThatAsksForNothingYet) {
  Office world;
  const Folder folder;
  const auto file = folder.write(
      "ops.json",
      R"json({"operation": "EX-1", "name": "Announced (fictional)", "host": "KGZ"})json");

  const auto ran = world.run({"operation", "create", file});

  EXPECT_EQ(ran.code, 0);
  EXPECT_THAT(ran.err, HasSubstr("releasable_to: only the secretariat will see it"));
  ASSERT_THAT(world.published, SizeIs(1));
  EXPECT_THAT(world.published[0].statements, SizeIs(1));
}

TEST(OperationCreate, PrintsTheReportAndSendsNothingInADryRun) {
  Office world;
  world.config = model::fail(model::ErrorCode::not_found, "needs no configuration");
  const Template made;

  const auto ran = made.create(world, {"--dry-run"});

  EXPECT_EQ(ran.code, 0);
  const auto report = text::report_from_json(ran.out);
  EXPECT_THAT(report.problems, IsEmpty());
  EXPECT_EQ(report.report, report_of(made.file(), world.now));
  EXPECT_THAT(ran.err, HasSubstr("nothing was sent"));
  EXPECT_THAT(world.published, IsEmpty());
  EXPECT_THAT(world.opened_outboxes, IsEmpty());
}

TEST(OperationCreate, SendsNothingOfAFileThatIsWrong) {
  Office world;
  const Folder folder;
  const auto file = folder.write("ops.toml", "operation = \"EX-1\"\nhots = \"KGZ\"\n");

  const auto ran = world.run({"operation", "create", file});

  EXPECT_EQ(ran.code, 65);
  EXPECT_THAT(ran.err, HasSubstr("muster: cannot create: " + file + ":2:1: hots: found a field"));
  EXPECT_THAT(ran.err, HasSubstr("did you mean host?"));
  EXPECT_THAT(ran.err, HasSubstr(": name: found nothing, expected a name"));
  EXPECT_THAT(ran.err, HasSubstr("nothing was published"));
  EXPECT_THAT(world.published, IsEmpty());
  EXPECT_THAT(world.opened_outboxes, IsEmpty());
}

TEST(OperationCreate, WarnsAndSendsAllTheSame) {
  Office world;
  const Folder folder;
  std::string text(operation_template_toml());
  const std::string_view key = "#authorised_strength = 620";
  text.replace(text.find(key), key.size(), "authorised_strength = 100");

  const auto ran = world.run({"operation", "create", folder.write("ops.toml", text)});

  EXPECT_EQ(ran.code, 0);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("muster: warning: "), HasSubstr("ask for 480 people")));
  EXPECT_THAT(world.published, SizeIs(1));
}

TEST(OperationCreate, EndsWith66WhenThereIsNoSuchFile) {
  Office world;

  const auto ran = world.run({"operation", "create", "/nowhere/ops.toml"});

  EXPECT_EQ(ran.code, 66);
  EXPECT_THAT(ran.err, HasSubstr("/nowhere/ops.toml - No such file"));
}

TEST(OperationCreate, SaysWhatTheBrokerFoundAtItsPlaceInTheFile) {
  Office world;
  world.publisher.verdicts = {
      refused({{Rule::v39, Severity::refuse, 1, "lines[1].people_min", "L02: at least 80 people",
                "not more than people_max 70"},
               {Rule::v33, Severity::flag, 0, "legal_basis[0]", "a number", "no names"},
               {Rule::v08, Severity::refuse, Finding::kWholeReport, "valid_at", "tomorrow",
                "a moment that has come"}})};
  const Template made;

  const auto ran = made.create(world);

  EXPECT_EQ(ran.code, 65);
  const auto places = read_operation_file(made.path).places;
  EXPECT_THAT(ran.err, HasSubstr("muster: cannot create: " + places.str("line[1].people_min") +
                                 ": line[1].people_min: found L02: at least 80 people, expected "
                                 "not more than people_max 70 (V39) - "));
  EXPECT_THAT(places.str("line[1].people_min"), StartsWith(made.path + ":"));
  EXPECT_THAT(ran.err, HasSubstr("muster: warning: SEC/hq#41: " + places.str("legal_basis")));
  EXPECT_THAT(ran.err, HasSubstr(made.path + ": valid_at: found tomorrow, expected a moment that "
                                             "has come (V08) - give a moment that has come to "
                                             "--at"));
}

TEST(OperationCreate, IsForANodeOfTheSecretariatThatSigns) {
  const Template made;
  World of_a_nation;
  Office without_key;
  without_key.config->signing_key.reset();

  for (auto* world : {&of_a_nation, static_cast<World*>(&without_key)}) {
    EXPECT_EQ(made.create(*world).code, 78);
    EXPECT_THAT(world->published, IsEmpty());
    EXPECT_THAT(world->opened_outboxes, IsEmpty());
  }
  EXPECT_THAT(made.create(of_a_nation).err, HasSubstr("KAZ/mod"));
}

TEST(OperationCreate, EndsWith75WhenTheReceiptDoesNotCome) {
  Office world;
  world.publisher.acknowledges = false;
  const Template made;

  const auto ran = made.create(world, {"--wait", "200ms"});

  EXPECT_EQ(ran.code, 75);
  EXPECT_THAT(ran.out, HasSubstr("WAITING"));
}

// ---- decide: what is said -----------------------------------------------------------------------

TEST(OperationDecide, GoesFromTheStateThatTheBrokerKnows) {
  Office world;
  world.knows(OperationState::consultation);

  const auto ran =
      world.decide({"--to", "decided", "--body", "council", "--reference", "Decision 12"});

  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.err,
            "muster: recorded: D-20220107T120000-01: EX-2299 CONSULTATION -> DECIDED by COUNCIL\n");
  ASSERT_THAT(world.asked, SizeIs(1));
  EXPECT_EQ(std::get<model::OperationQuery>(world.asked[0]).operation, code("EX-2299"));
  const DecisionStatement expected{.decision_id = code("D-20220107T120000-01"),
                                   .body = Body::council,
                                   .kind = DecisionKind::state_change,
                                   .operation = code("EX-2299"),
                                   .from_state = OperationState::consultation,
                                   .to_state = OperationState::decided,
                                   .decided_at = world.now,
                                   .reference = "Decision 12"};
  EXPECT_THAT(world.decided(), ElementsAre(expected));
  EXPECT_EQ(world.published[0].kind, model::ReportKind::change);
  EXPECT_EQ(world.published[0].valid_at, world.now);
}

TEST(OperationDecide, TakesAnIdentifierThatTheBrokerDoesNotKnow) {
  Office world;
  world.knows(OperationState::decided, {"D-20220107T120000-01", "D-20220107T120000-03"});

  EXPECT_EQ(world.decide({"--accept", "RUS/O-1,RUS/O-2"}).code, 0);

  ASSERT_THAT(world.decided(), SizeIs(2));
  EXPECT_EQ(world.decided()[0].decision_id, code("D-20220107T120000-02"));
  EXPECT_EQ(world.decided()[1].decision_id, code("D-20220107T120000-04"));
}

TEST(OperationDecide, AsksNobodyWhenEverythingIsSaid) {
  Office world;

  EXPECT_EQ(world
                .decide({"--to", "DECIDED", "--from-state", "CONSULTATION", "--body", "council",
                         "--id", "DEC-12", "--at", "2022-01-07T03:00Z", "--classification",
                         "confidential", "--releasable-to", "KGZ,TJK"})
                .code,
            0);

  EXPECT_THAT(world.asked, IsEmpty());
  ASSERT_THAT(world.decided(), SizeIs(1));
  EXPECT_EQ(world.decided()[0].decision_id, code("DEC-12"));
  EXPECT_EQ(world.decided()[0].from_state, OperationState::consultation);
  EXPECT_EQ(model::format_time(world.decided()[0].decided_at), "2022-01-07T03:00:00Z");
  const auto& report = world.published[0];
  EXPECT_EQ(report.valid_at, world.decided()[0].decided_at);
  EXPECT_EQ(report.classification, model::Classification::confidential);
  EXPECT_THAT(report.releasable_to, ElementsAre(tests::nation("KGZ"), tests::nation("TJK")));
}

struct Act {
  std::vector<std::string> arguments;
  DecisionStatement said;
  friend void PrintTo(const Act& act, std::ostream* out) { *out << act.arguments.front(); }
};
class OperationAct : public ::testing::TestWithParam<Act> {};

TEST_P(OperationAct, IsRecorded) {
  Office world;
  world.knows(OperationState::decided);

  const auto ran = world.decide(GetParam().arguments);

  EXPECT_EQ(ran.code, 0) << ran.err;
  auto said = GetParam().said;
  said.decision_id = code("D-20220107T120000-01");
  said.operation = code("EX-2299");
  said.decided_at = world.now;
  EXPECT_THAT(world.decided(), ElementsAre(said));
}

DecisionStatement response(ContributionState to, std::string reference = {}) {
  return {.kind = DecisionKind::offer_response,
          .contribution_id = "KAZ/O-1",
          .contribution_to = to,
          .reference = std::move(reference)};
}

INSTANTIATE_TEST_SUITE_P(
    Each, OperationAct,
    ::testing::Values(
        Act{{"--authorise", "2500", "--body", "council"},
            {.body = Body::council, .kind = DecisionKind::authorised_strength, .value = 2'500}},
        Act{{"--commander", "Commander (fictional)", "--body", "ministers"},
            {.body = Body::ministers,
             .kind = DecisionKind::commander,
             .reference = "Commander (fictional)"}},
        Act{{"--acknowledge", "KAZ/O-1"}, response(ContributionState::acknowledged)},
        Act{{"--accept", "KAZ/O-1"}, response(ContributionState::accepted)},
        Act{{"--decline", "KAZ/O-1", "--reference", "the host sends nobody"},
            response(ContributionState::declined, "the host sends nobody")},
        Act{{"--approve-caveat", "KAZ/C-1", "--body", "secretariat"},
            {.kind = DecisionKind::caveat_approval, .contribution_id = "KAZ/C-1"}},
        Act{{"--waive", "KAZ:EX-7", "--body", "council", "--reference", "new vehicles"},
            {.body = Body::council,
             .kind = DecisionKind::waiver,
             .reference = "KAZ:EX-7: new vehicles"}},
        Act{{"--extend", "KAZ/O-1", "--body", "council", "--reference", "until March"},
            {.body = Body::council,
             .kind = DecisionKind::extension,
             .contribution_id = "KAZ/O-1",
             .reference = "until March"}},
        Act{{"--return", "KAZ/O-1", "--body", "council"},
            {.body = Body::council,
             .kind = DecisionKind::return_home,
             .contribution_id = "KAZ/O-1"}}));

// ---- decide: what is wrong ----------------------------------------------------------------------

struct Mistake {
  std::vector<std::string> arguments;
  std::string said;
  friend void PrintTo(const Mistake& mistake, std::ostream* out) { *out << mistake.said; }
};
class OperationMistake : public ::testing::TestWithParam<Mistake> {};

TEST_P(OperationMistake, EndsWith64AndSendsNothing) {
  Office world;
  world.knows(OperationState::decided);

  const auto ran = world.decide(GetParam().arguments);

  EXPECT_EQ(ran.code, 64);
  EXPECT_THAT(ran.err, HasSubstr(GetParam().said));
  EXPECT_THAT(world.published, IsEmpty());
  EXPECT_THAT(world.asked, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Each, OperationMistake,
    ::testing::Values(
        Mistake{{},
                "nothing is decided: one decision is recorded at a time - give exactly one of "
                "--to, --authorise"},
        Mistake{{"--accept", "KAZ/O-1", "--decline", "KAZ/O-2", "--reference", "no"},
                "'--accept, --decline' - too much is decided"},
        Mistake{{"--to", "decided"}, "give --body, one of: host, council, ministers"},
        Mistake{{"--to", "decidd", "--body", "council"}, "did you mean 'decided'?"},
        Mistake{{"--to", "decided", "--body", "counsel"}, "did you mean 'council'?"},
        Mistake{{"--to", "decided", "--body", "council", "--from-state", "x"}, "--from-state 'x'"},
        Mistake{{"--accept", "KAZ/O-1", "--from-state", "decided"}, "there is no step"},
        Mistake{{"--authorise", "many", "--body", "council"}, "not people from 0 to 200000"},
        Mistake{{"--authorise", "200001", "--body", "council"}, "not people from 0 to 200000"},
        Mistake{{"--authorise", "10"}, "give --body"},
        Mistake{{"--commander", "A", "--body", "ministers", "--reference", "B"}, "leave it out"},
        Mistake{{"--accept", "O-1"}, "--accept 'O-1' - not a nation, '/' and the code"},
        Mistake{{"--accept", "KAZ/O-1,KAZ/O-1"}, "given twice"},
        Mistake{{"--decline", "KAZ/O-1"}, "why must be said - give --reference TEXT"},
        Mistake{{"--extend", "KAZ/O-1", "--body", "council"}, "give --reference TEXT"},
        Mistake{{"--waive", "KAZ/O-1", "--body", "council", "--reference", "x"},
                "--waive 'KAZ/O-1'"},
        Mistake{{"--accept", "KAZ/O-1,KAZ/O-2", "--id", "D-1"}, "it names one decision"},
        Mistake{{"--accept", "KAZ/O-1", "--id", "d 1"}, "--id 'd 1'"},
        Mistake{{"--accept", "KAZ/O-1", "--at", "soon"}, "--at 'soon'"},
        Mistake{{"--accept", "KAZ/O-1", "--as-of", "yesterday"}, "this command asks for no moment"},
        Mistake{{"--accept", ""}, "its value is empty"}));

TEST(OperationDecide, SaysThatTheOperationMustBeCreatedFirst) {
  Office world;
  world.answer = model::fail(model::ErrorCode::not_found, "no operation EX-2299");

  const auto ran = world.decide({"--to", "requested", "--body", "host"});

  EXPECT_EQ(ran.code, 66);
  EXPECT_THAT(ran.err, HasSubstr("EX-2299 - no operation EX-2299 - create it first with"));
  EXPECT_THAT(world.published, IsEmpty());
}

TEST(OperationDecide, SendsNothingWhenTheBrokerCannotBeAsked) {
  Office world;
  world.answer = model::fail(model::ErrorCode::unavailable, "nobody there");

  EXPECT_EQ(world.decide({"--accept", "KAZ/O-1"}).code, 69);
  world.broker_is_there = true;
  EXPECT_EQ(world.decide({"--accept", "KAZ/O-1"}).code, 75) << "it is busy";

  EXPECT_THAT(world.published, IsEmpty());
}

TEST(OperationDecide, PrintsTheReportAndSendsNothingInADryRun) {
  Office world;
  world.knows(OperationState::requested);

  const auto ran = world.decide({"--to", "consultation", "--body", "council", "--dry-run"});

  EXPECT_EQ(ran.code, 0);
  const auto report = text::report_from_json(ran.out).report;
  ASSERT_THAT(report.statements, SizeIs(1));
  EXPECT_EQ(std::get<DecisionStatement>(report.statements[0]).from_state,
            OperationState::requested);
  EXPECT_THAT(world.published, IsEmpty());
  EXPECT_THAT(ran.err, Not(HasSubstr("recorded")));
}

// ---- what the core says of it -------------------------------------------------------------------

/// A broker's core behind the command line: what was published is judged by the rules themselves.
struct JudgedOffice : Office {
  tests::World core;

  /// Runs `decide` while the broker knows what the core knows. With the core's verdict, unless it
  /// was never sent.
  rig::Ran decide_judged(const std::vector<std::string>& arguments) {
    const auto* known = core.state.agreements.operations.find("EX-2299");
    knows(known->state, taken);
    const auto trial = [&] {
      Office rehearsal;
      rehearsal.answer = answer;
      rehearsal.now = now;
      rehearsal.decide(arguments);
      return rehearsal.published;
    }();
    publisher.verdicts.clear();
    for (const auto& report : trial) {
      const auto decision = core.take(report, "SEC/hq");
      publisher.verdicts.push_back({decision.verdict, decision.findings});
      for (const auto& statement : report.statements) {
        taken.push_back(std::get<DecisionStatement>(statement).decision_id.str());
      }
    }
    return decide(arguments);
  }
  std::vector<std::string> taken;
};

TEST(OperationDecideByTheRules, TakesAnOperationFromItsRequestToItsClosing) {
  JudgedOffice office;
  const Template made;
  office.core.accept(report_of(made.file(), office.now), "SEC/hq");
  const std::vector<std::pair<std::string, std::string>> steps{
      {"requested", "host"},         {"consultation", "secretariat"}, {"decided", "council"},
      {"generating", "secretariat"}, {"deploying", "secretariat"},    {"deployed", "secretariat"},
      {"relocating", "commander"},   {"deployed", "secretariat"},     {"stabilised", "host"},
      {"withdrawing", "council"},    {"withdrawn", "secretariat"},    {"closed", "secretariat"}};

  for (const auto& [to, body] : steps) {
    const auto ran = office.decide_judged({"--to", to, "--body", body});
    EXPECT_EQ(ran.code, 0) << to << "\n" << ran.err;
  }
  EXPECT_EQ(office.decide_judged({"--authorise", "620", "--body", "council"}).code, 0);
  EXPECT_EQ(office.decide_judged({"--commander", "C (fictional)", "--body", "ministers"}).code, 0);

  const auto* known = office.core.state.agreements.operations.find("EX-2299");
  EXPECT_EQ(known->state, OperationState::closed);
  EXPECT_EQ(known->authorised_strength, 620U);
  EXPECT_EQ(known->commander, "C (fictional)");
}

TEST(OperationDecideByTheRules, SaysWhichStepsAreAllowedInstead) {
  JudgedOffice office;
  const Template made;
  office.core.accept(report_of(made.file(), office.now), "SEC/hq");

  const auto ran = office.decide_judged({"--to", "decided", "--body", "council"});

  EXPECT_EQ(ran.code, 65);
  EXPECT_THAT(ran.err,
              HasSubstr("muster: cannot decide: D-20220107T120000-01: EX-2299 DRAFT -> DECIDED by "
                        "COUNCIL: that step is not allowed (V29)"));
  EXPECT_THAT(ran.err, HasSubstr("allowed from there: THREAT_REPORTED (SECRETARIAT, NATION), "
                                 "REQUESTED (HOST, UN), CANCELLED (SECRETARIAT)"));
  EXPECT_THAT(ran.err, Not(HasSubstr("recorded")));
}

TEST(OperationDecideByTheRules, SaysThatTheStateIsAnother) {
  JudgedOffice office;
  const Template made;
  office.core.accept(report_of(made.file(), office.now), "SEC/hq");

  const auto ran = office.decide_judged(
      {"--to", "consultation", "--from-state", "requested", "--body", "council"});

  EXPECT_EQ(ran.code, 65);
  EXPECT_THAT(ran.err, HasSubstr("from_state: found REQUESTED, expected DRAFT, where EX-2299 is"));
}

TEST(OperationDecideByTheRules, SaysThatNobodyHasOfferedIt) {
  JudgedOffice office;
  const Template made;
  office.core.accept(report_of(made.file(), office.now), "SEC/hq");

  const auto ran = office.decide_judged({"--accept", "KAZ/O-1"});

  EXPECT_EQ(ran.code, 65);
  EXPECT_THAT(ran.err, HasSubstr("EX-2299, KAZ/O-1 ACCEPTED by SECRETARIAT: contribution_id: found "
                                 "KAZ/O-1, which no nation has offered"));
}

TEST(OperationDecideByTheRules, AgreesWithTheCoreOnWhatAFileMayNotSay) {
  // Every contradiction that is found here is one that the core refuses too.
  const Template made;
  const auto refuses = [](const OperationFile& file) {
    tests::World core;
    return core.take(report_of(file, tests::kSampleTime), "SEC/hq").verdict ==
           model::Verdict::refused;
  };
  const std::vector<void (*)(OperationFile&)> mistakes{
      [](OperationFile& file) { file.lines->at(0).people_min = 451; },
      [](OperationFile& file) { file.lines->at(0).tasks.clear(); },
      [](OperationFile& file) { file.lines->at(1).line_id = file.lines->at(0).line_id; },
      [](OperationFile& file) { file.lines->at(2).weight = 101; },
      [](OperationFile& file) { file.lines->at(2).weight = 0; },
      [](OperationFile& file) { file.lines->at(2).needed_within_h = 8'761; },
      [](OperationFile& file) { file.lines->at(0).equipment.at(0).count = 1'000'001; },
      [](OperationFile& file) { file.operation.area.pop_back(); },
      [](OperationFile& file) { file.operation.area.at(0).lat = 91; },
      [](OperationFile& file) { file.operation.host.reset(); },
      [](OperationFile& file) { file.operation.name.clear(); },
      [](OperationFile& file) { file.operation.authorised_strength = 200'001; }};

  EXPECT_FALSE(refuses(made.file()));
  for (std::size_t i = 0; i < mistakes.size(); ++i) {
    auto file = made.file();
    mistakes[i](file);
    EXPECT_TRUE(refuses(file)) << i;
    EXPECT_THAT(check_operation_file(file).problems, Not(IsEmpty())) << i;
  }
}

}  // namespace
}  // namespace muster::secretariat
