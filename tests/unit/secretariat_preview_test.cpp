// SPDX-License-Identifier: Apache-2.0
// Before sending: dry runs, and the question at a terminal.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "nodes/secretariat/progress.h"
#include "schemas/model/limits.h"
#include "schemas/text/report_json.h"
#include "schemas/wire/report.h"
#include "tests/support/sample_reports.h"
#include "tests/unit/secretariat_rig.h"

namespace muster::secretariat {
namespace {

using rig::Folder;
using rig::World;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

model::Finding broken_present() {
  return {model::Rule::v12,
          model::Severity::refuse,
          0,
          "present",
          "352 + 17",
          "370: correct present or the absences"};
}

model::DiffRow change_of(std::string field, std::string before, std::string after) {
  return {.unit = tests::unit_id("KAZ:EX-COMBAT-1"),
          .kind = model::StatementKind::strength,
          .change = {std::move(field), std::move(before), std::move(after)},
          .report = {},
          .valid_at = {},
          .received_at = {}};
}

model::Answer dry_run_answer(std::vector<model::ReportVerdict> verdicts,
                             std::vector<model::DiffRow> changes) {
  model::DryRunAnswer answer{.verdicts = std::move(verdicts), .difference = {}};
  answer.difference.rows = std::move(changes);
  answer.difference.before = {.units = 1, .assigned = 112, .present = 104, .deployable = 108};
  answer.difference.after = {.units = 1, .assigned = 112, .present = 100, .deployable = 108};
  model::AnswerHeader header;
  header.valid_at = header.known_at = tests::kSampleTime;
  header.ledger_seq = 184;
  return {header, answer};
}

model::Answer accepted() {
  return dry_run_answer({{}}, {change_of("present", "104", "100"), change_of("remarks", "", "x")});
}

/// Runs `muster report publish` on one good file, which is named report.json in what it prints.
rig::Ran publish_one(World& world, std::vector<std::string> more = {}) {
  const Folder folder;
  const auto file = folder.write("report.json", rig::good_report());
  std::vector<std::string> arguments{"report", "publish", file};
  arguments.insert(arguments.end(), more.begin(), more.end());
  auto ran = world.run(arguments);
  for (auto* text : {&ran.out, &ran.err}) {
    for (auto at = text->find(file); at != std::string::npos; at = text->find(file)) {
      text->replace(at, file.size(), "report.json");
    }
  }
  return ran;
}

constexpr const char* kHeader =
    "As of 2022-01-07T12:00:00Z · ledger 184 · 0 of 0 nations reporting · EXERCISE - FICTIONAL "
    "DATA\n";
constexpr const char* kDifference =
    "What would change:\n"
    "units 1 · assigned 112 · present 104 → 100 (-4) · deployable 108\n"
    "UNIT             STATEMENT  FIELD    BEFORE     AFTER\n"
    "KAZ:EX-COMBAT-1  STRENGTH   present     104  →  100\n"
    "KAZ:EX-COMBAT-1  STRENGTH   remarks       -  →  x\n";

// ---- --dry-run=client ---------------------------------------------------------------------------

TEST(DryRunClient, SaysWhatWouldBePublishedAndNeedsNeitherBrokerNorConfiguration) {
  World world;
  world.environment.clear();
  world.config = model::fail(model::ErrorCode::not_found, "must not be asked");

  const auto ran = publish_one(world, {"--dry-run=client", "-o", "ndjson"});

  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.out,
            "{\"file\":\"report.json\",\"report\":1,\"kind\":\"REGULAR\","
            "\"valid_at\":\"2022-01-07T12:00:00Z\",\"classification\":\"UNCLASSIFIED\","
            "\"units\":1,\"statements\":{\"STRENGTH\":1}}\n");
  EXPECT_EQ(ran.err,
            "muster: nothing was published: --dry-run=client; the broker judges the rules\n");
  EXPECT_THAT(world.published, IsEmpty());
  EXPECT_THAT(world.asked, IsEmpty());
}

TEST(DryRunClient, IsATable) {
  use_utf8_locale();
  World world;
  const Folder folder;
  const auto file = folder.write("report.json", rig::good_report());

  const auto ran = world.run({"report", "publish", file, "--dry-run=client", "-q"});

  EXPECT_EQ(ran.out, "FILE" + std::string(file.size() - 4, ' ') +
                         "  REPORT  KIND     VALID AT           UNITS  STATEMENTS\n" + file +
                         "       1  REGULAR  2022-01-07T12:00Z      1  STRENGTH 1\n");
  EXPECT_EQ(ran.err, "");
}

TEST(DryRunClient, EndsWith65WhenAFileIsWrong) {
  World world;
  const Folder folder;
  const auto bad = folder.write("bad.json", R"({"kind": "REGULR"})");

  const auto ran = world.run({"report", "publish", bad, "--dry-run=client"});

  EXPECT_EQ(ran.code, 65);
  EXPECT_EQ(ran.out, "");
}

// ---- --dry-run=server ---------------------------------------------------------------------------

TEST(DryRunServer, ShowsTheDifferenceAndPublishesNothing) {
  use_utf8_locale();
  World world;
  world.answer = accepted();

  const auto ran = publish_one(world, {"--dry-run=server"});

  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.out, std::string(kHeader) + "report.json would be accepted\n" + kDifference);
  EXPECT_EQ(ran.err, "muster: nothing was published: --dry-run=server\n");
  ASSERT_THAT(world.asked, SizeIs(1));
  const auto& query = std::get<model::DryRunQuery>(world.asked[0]);
  EXPECT_EQ(query.node, tests::node_id("KAZ/mod"));
  EXPECT_EQ(query.reports, std::vector<model::Bytes>{wire::encode_report(tests::valid_report())});
  EXPECT_THAT(world.published, IsEmpty());
  EXPECT_THAT(world.opened_outboxes, IsEmpty());
}

TEST(DryRunServer, TellsLastWhatIsNoLongerSaid) {
  use_utf8_locale();
  World world;
  world.answer = dry_run_answer(
      {{}}, {change_of("cells[OFFICER M].present", "4", ""), change_of("present", "104", "100")});

  const auto ran = publish_one(world, {"--dry-run=server"});

  EXPECT_THAT(ran.out,
              HasSubstr("UNIT             STATEMENT  FIELD                     BEFORE     AFTER\n"
                        "KAZ:EX-COMBAT-1  STRENGTH   present                      104  →  100\n"
                        "KAZ:EX-COMBAT-1  STRENGTH   cells[OFFICER M].present       4  →  -\n"
                        "1 of 2 changes take back what was said before: what a statement leaves "
                        "out is no longer said\n"));
}

TEST(DryRunServer, EndsWith65AndTheFindingsWhenTheBrokerWouldRefuse) {
  use_utf8_locale();
  World world;
  world.answer = dry_run_answer({{model::Verdict::refused, {broken_present()}}}, {});

  const auto ran = publish_one(world, {"--dry-run=server"});

  EXPECT_EQ(ran.code, 65);
  EXPECT_EQ(ran.out, std::string(kHeader) +
                         "report.json would be REFUSED\n"
                         "  statements[0].present: V12 REFUSE: found 352 + 17, expected 370: "
                         "correct present or the absences\n"
                         "Nothing would change\n");
}

TEST(DryRunServer, HasAFormForPrograms) {
  World world;
  world.answer = dry_run_answer({{model::Verdict::refused, {broken_present()}}},
                                {change_of("present", "104", "100")});

  const auto lines = publish_one(world, {"--dry-run=server", "-o", "ndjson"});
  const auto csv = publish_one(world, {"--dry-run=server", "-o", "csv", "-q"});

  EXPECT_EQ(lines.out,
            "{\"file\":\"report.json\",\"report\":1,\"verdict\":\"REFUSED\",\"findings\":["
            "{\"rule\":\"V12\",\"severity\":\"REFUSE\",\"statement\":0,\"field\":\"present\","
            "\"found\":\"352 + 17\",\"expected\":\"370: correct present or the absences\"}]}\n"
            "{\"difference\":true,\"unit\":\"KAZ:EX-COMBAT-1\",\"kind\":\"STRENGTH\","
            "\"change\":{\"field\":\"present\",\"before\":\"104\",\"after\":\"100\"}}\n");
  EXPECT_EQ(csv.out, "unit,kind,field,before,after\nKAZ:EX-COMBAT-1,STRENGTH,present,104,100\n");
}

TEST(DryRunServer, SaysWhyThereIsNoAnswer) {
  World world;
  world.answer = model::fail(model::ErrorCode::unavailable, "the broker does not answer");

  const auto ran = publish_one(world, {"--dry-run=server"});

  EXPECT_EQ(ran.code, 69);
  EXPECT_EQ(ran.out, "");
  EXPECT_THAT(ran.err, HasSubstr("cannot ask what would change: the broker - the broker does not"));
}

TEST(DryRunServer, AsksInPartsWhatIsTooMuchForOneQuestion) {
  World world;
  const Folder folder;
  std::vector<std::string> arguments{"report", "publish", "--dry-run=server"};
  const auto most = model::kReportsPerEnvelopeMax;
  for (std::size_t i = 0; i < most + 1; ++i) {
    auto report = tests::valid_report();
    std::get<model::StrengthStatement>(report.statements[0]).authorised =
        static_cast<model::Count>(400 + i);
    arguments.push_back(folder.write(std::to_string(i) + ".json", text::report_to_json(report)));
  }
  world.answers = [](const model::Query& query) -> model::Result<model::Answer> {
    const auto& asked = std::get<model::DryRunQuery>(query);
    return dry_run_answer(std::vector<model::ReportVerdict>(asked.reports.size()), {});
  };

  const auto ran = world.run(arguments);

  EXPECT_EQ(ran.code, 0);
  ASSERT_THAT(world.asked, SizeIs(2));
  EXPECT_THAT(std::get<model::DryRunQuery>(world.asked[0]).reports, SizeIs(most));
  EXPECT_THAT(std::get<model::DryRunQuery>(world.asked[1]).reports, SizeIs(1));
  EXPECT_THAT(ran.out, HasSubstr("were asked in 2 parts: each is answered as if the others were "
                                 "not published\n"));
}

TEST(DryRunServer, RefusesAnAnswerThatIsNoneToTheQuestion) {
  World world;
  world.answer = dry_run_answer({}, {});

  const auto ran = publish_one(world, {"--dry-run=server"});

  EXPECT_NE(ran.code, 0);
  EXPECT_THAT(ran.err, HasSubstr("answered something else than it was asked"));
}

// ---- at a terminal ------------------------------------------------------------------------------

TEST(PublishAtATerminal, ShowsTheDifferenceAndAsks) {
  use_utf8_locale();
  World world;
  world.is_terminal = true;
  world.answer = accepted();

  for (const auto* yes : {"y\n", "YES\n", " д \n", "Да"}) {
    world.typed = yes;
    const auto ran = publish_one(world, {"-o", "csv"});
    EXPECT_EQ(ran.code, 0) << yes;
    EXPECT_EQ(ran.err, std::string(kHeader) + "report.json would be accepted\n" + kDifference +
                           "Publish? [y/N] ");
    EXPECT_THAT(ran.out, HasSubstr("ACCEPTED"));
  }
  EXPECT_THAT(world.published, SizeIs(4));
}

TEST(PublishAtATerminal, PublishesNothingWithoutAYes) {
  World world;
  world.is_terminal = true;
  world.answer = accepted();

  for (const auto* no : {"\n", "n\n", "нет\n", "yess\n", ""}) {
    world.typed = no;
    const auto ran = publish_one(world);
    EXPECT_EQ(ran.code, 1) << no;
    EXPECT_EQ(ran.out, "");
    EXPECT_THAT(ran.err, HasSubstr("muster: nothing was published\n"));
  }
  EXPECT_THAT(world.published, IsEmpty());
  EXPECT_THAT(world.opened_outboxes, IsEmpty());
}

TEST(PublishAtATerminal, AsksNothingWithYes) {
  World world;
  world.is_terminal = true;

  EXPECT_EQ(publish_one(world, {"--yes"}).code, 0);
  EXPECT_THAT(world.asked, IsEmpty());
  EXPECT_THAT(world.published, SizeIs(1));
}

TEST(PublishAtATerminal, ShowsTheDifferenceAndAsksAlsoWhoWantsNoWarnings) {
  use_utf8_locale();
  World world;
  world.is_terminal = true;
  world.answer = accepted();
  world.typed = "n\n";

  const auto ran = publish_one(world, {"-q"});

  EXPECT_EQ(ran.code, 1);
  EXPECT_EQ(ran.err, std::string(kHeader) + "report.json would be accepted\n" + kDifference +
                         "Publish? [y/N] ");
  EXPECT_THAT(world.published, IsEmpty());
}

TEST(PublishAtATerminal, TakesNoAnswerThatWasTypedBeforeTheQuestion) {
  World world;
  world.is_terminal = true;
  world.answer = accepted();
  world.typed_ahead = "y\n";
  world.typed = "\n";

  EXPECT_EQ(publish_one(world).code, 1);
  EXPECT_THAT(world.published, IsEmpty());

  world.typed = "y\n";
  EXPECT_EQ(publish_one(world).code, 0);
  EXPECT_THAT(world.published, SizeIs(1));
}

TEST(PublishAtATerminal, DoesNotAskWhenTheBrokerWouldRefuse) {
  World world;
  world.is_terminal = true;
  world.typed = "y\n";
  world.answer = dry_run_answer({{model::Verdict::refused, {broken_present()}}}, {});

  const auto ran = publish_one(world);

  EXPECT_EQ(ran.code, 65);
  EXPECT_THAT(ran.err, HasSubstr("statements[0].present: V12 REFUSE"));
  EXPECT_THAT(ran.err, HasSubstr("the broker would refuse it - correct what is named above; "
                                 "nothing was published"));
  EXPECT_THAT(ran.err, Not(HasSubstr("Publish?")));
  EXPECT_THAT(world.published, IsEmpty());
}

TEST(PublishAtATerminal, SaysThatNoDifferenceCanBeShownAndAsksAllTheSame) {
  World world;
  world.is_terminal = true;
  world.typed = "y\n";
  world.answer = model::fail(model::ErrorCode::unavailable, "nobody answers");
  world.publisher.acknowledges = false;
  world.publisher.session = client::PublisherStatus::Session::connecting;

  const auto ran = publish_one(world, {"--wait", "100ms"});

  EXPECT_EQ(ran.code, 69);
  EXPECT_THAT(ran.err, HasSubstr("muster: no difference can be shown: nobody answers\n"
                                 "muster: what is published now waits in the outbox until the "
                                 "broker can be reached\n"
                                 "Publish? [y/N] "));
  EXPECT_THAT(world.published, SizeIs(1));
}

TEST(PublishAtATerminal, DoesNotAskWhenANodeHoldsTheOutbox) {
  World world;
  const Folder folder;
  world.config->outbox = folder.path("");
  world.is_terminal = true;
  world.typed = "y\n";
  world.outbox_fails = {model::ErrorCode::unavailable, "held by process 7 (muster-node)"};

  const auto ran = publish_one(world);

  EXPECT_EQ(ran.code, 75);
  EXPECT_EQ(ran.err, "muster: cannot open the outbox: " + folder.path("") +
                         " - held by process 7 (muster-node) - or hand the report to the program "
                         "that holds it: a drop folder publishes too\n");
  EXPECT_THAT(world.asked, IsEmpty());
  EXPECT_THAT(world.published, IsEmpty());
}

TEST(Publish, AsksNothingWhereNobodySits) {
  World world;

  EXPECT_EQ(publish_one(world).code, 0);
  EXPECT_THAT(world.asked, IsEmpty());
}

TEST(ProgressLine, HasABarOnceTheShareIsKnown) {
  EXPECT_EQ(progress_line("reading roster.xlsx", -1), "reading roster.xlsx");
  EXPECT_EQ(progress_line("reading roster.xlsx", 50),
            "reading roster.xlsx  ████████████░░░░░░░░░░░░  50 %");
  EXPECT_EQ(progress_line("publishing", 100), "publishing  ████████████████████████  100 %");
}

}  // namespace
}  // namespace muster::secretariat
