// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schemas/text/report_json.h"
#include "tests/support/sample_reports.h"
#include "tests/unit/secretariat_rig.h"

namespace muster::secretariat {
namespace {

using client::PublisherStatus;
using rig::Folder;
using rig::World;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

model::ReportVerdict refusal() {
  model::Finding finding{model::Rule::v12,
                         model::Severity::refuse,
                         0,
                         "present",
                         "352 + 17",
                         "370: correct present or the absences"};
  return {model::Verdict::refused, {finding}};
}

/// A good report of KAZ that differs from others by its figure.
std::string report_of(model::Count authorised) {
  auto report = tests::valid_report();
  std::get<model::StrengthStatement>(report.statements[0]).authorised = authorised;
  return text::report_to_json(report);
}

/// Runs `muster report publish` on one good file, which is named report.json in what it prints.
rig::Ran publish_one(World& world, std::vector<std::string> more = {},
                     const std::string& wait = "200ms") {
  const Folder folder;
  const auto file = folder.write("report.json", rig::good_report());
  std::vector<std::string> arguments{"report", "publish", file, "--wait", wait};
  arguments.insert(arguments.end(), more.begin(), more.end());
  auto ran = world.run(arguments);
  for (auto* text : {&ran.out, &ran.err}) {
    for (auto at = text->find(file); at != std::string::npos; at = text->find(file)) {
      text->replace(at, file.size(), "report.json");
    }
  }
  return ran;
}

TEST(Publish, PrintsIdVerdictAndPlaceInTheLedger) {
  World world;

  const auto ran = publish_one(world, {"-o", "ndjson"});

  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.out,
            "{\"report\":\"KAZ/mod#41\",\"file\":\"report.json\",\"verdict\":\"ACCEPTED\","
            "\"ledger_seq\":184,\"findings\":[]}\n");
  EXPECT_EQ(ran.err, "");
  EXPECT_EQ(world.published, std::vector{tests::valid_report()});
  EXPECT_EQ(world.opened_outboxes, std::vector<std::string>{"outbox"});
}

TEST(Publish, EndsWith65AndTheFindingsWhenRefused) {
  use_utf8_locale();
  World world;
  world.publisher.verdicts = {refusal()};
  std::string transcript;

  for (const std::string format : {"csv", "json"}) {
    const auto ran = publish_one(world, {"-o", format});
    EXPECT_EQ(ran.code, 65);
    transcript += "==== -o " + format + "\n" + ran.out;
  }

  rig::expect_golden("cli_publish_refused.txt", transcript);
  EXPECT_THAT(publish_one(world).out, HasSubstr("REFUSED"));
}

TEST(Publish, SendsManyFilesInOrder) {
  World world;
  const Folder folder;
  std::vector<std::string> files;
  for (const model::Count authorised : {400U, 401U, 402U}) {
    files.push_back(folder.write(std::to_string(authorised) + ".json", report_of(authorised)));
  }
  world.publisher.verdicts = {{}, refusal()};

  const auto ran = world.run({"report", "publish", files[0], files[1], files[2], "-o", "csv"});

  EXPECT_EQ(ran.code, 65);
  EXPECT_EQ(world.published.size(), 3U);
  EXPECT_THAT(ran.out, HasSubstr("KAZ/mod#41," + files[0] + ",ACCEPTED"));
  EXPECT_THAT(ran.out, HasSubstr("KAZ/mod#42," + files[1] + ",REFUSED"));
  EXPECT_THAT(ran.out, HasSubstr("KAZ/mod#43," + files[2] + ",ACCEPTED"));
}

TEST(Publish, RefusesTheSameReportTwiceInOneCall) {
  World world;
  const Folder folder;
  const auto file = folder.write("a.json", rig::good_report());
  const auto copy = folder.write("copy.json", rig::good_report());

  const auto twice = world.run({"report", "publish", file, file});
  const auto copied = world.run({"report", "publish", file, copy});

  EXPECT_EQ(twice.code, 64);
  EXPECT_THAT(twice.err, HasSubstr(file + " - it is given twice"));
  EXPECT_EQ(copied.code, 64);
  EXPECT_THAT(copied.err, HasSubstr(copy + " - it says the same as " + file));
  EXPECT_THAT(world.published, IsEmpty());
  EXPECT_THAT(world.opened_outboxes, IsEmpty());
}

TEST(Publish, SaysWhatAnEmptyFileAndABareNullAre) {
  World world;
  const Folder folder;
  const auto empty = folder.write("empty.json", "");
  const auto null = folder.write("null.json", " null\n");

  for (const std::string verb : {"publish", "validate"}) {
    const auto ran = world.run({"report", verb, empty, null, "-o", "csv"});

    EXPECT_EQ(ran.code, 65);
    const auto said = ran.out + ran.err;
    EXPECT_THAT(said, HasSubstr("0 bytes"));
    EXPECT_THAT(said, HasSubstr("a report: an object in { }"));
    EXPECT_THAT(said, Not(HasSubstr("leave the field out")));
  }
}

TEST(Publish, PublishesNothingUnlessEveryFileIsGood) {
  World world;
  const Folder folder;
  const auto good = folder.write("good.json", rig::good_report());
  const auto bad = folder.write("bad.json", R"({"kind": "REGULR", "statements": []})");

  const auto ran = world.run({"report", "publish", good, bad});

  EXPECT_EQ(ran.code, 65);
  EXPECT_THAT(ran.err, HasSubstr("REGULR"));
  EXPECT_THAT(ran.err, HasSubstr("valid_at"));
  EXPECT_THAT(ran.err, HasSubstr("nothing was published"));
  EXPECT_THAT(world.published, IsEmpty());
  EXPECT_THAT(world.opened_outboxes, IsEmpty());
}

TEST(Publish, EndsWith66WhenAFileIsMissing) {
  World world;

  const auto ran = world.run({"report", "publish", "/nowhere/report.json"});

  EXPECT_EQ(ran.code, 66);
  EXPECT_THAT(ran.err, HasSubstr("/nowhere/report.json - No such file"));
}

TEST(Publish, SpeaksForItsOwnNationOnly) {
  World world;
  world.config->node = tests::node_id("RUS/mod");

  const auto ran = publish_one(world);

  EXPECT_EQ(ran.code, 65);
  EXPECT_THAT(ran.err, HasSubstr("a unit of RUS"));
  EXPECT_THAT(world.published, IsEmpty());
}

TEST(Publish, EndsWith75WhenTheBrokerIsTooSlow) {
  World world;
  world.publisher.acknowledges = false;

  const auto ran = publish_one(world, {"-o", "csv"});

  EXPECT_EQ(ran.code, 75);
  EXPECT_THAT(ran.out, HasSubstr("KAZ/mod#41,report.json,WAITING,,"));
  EXPECT_THAT(ran.err, HasSubstr("kept in the outbox outbox and will be sent"));
}

TEST(Publish, EndsWith69WhenNobodyIsThere) {
  World world;
  world.publisher.acknowledges = false;
  world.publisher.session = PublisherStatus::Session::connecting;

  const auto ran = publish_one(world);

  EXPECT_EQ(ran.code, 69);
  EXPECT_THAT(ran.err, HasSubstr("the broker at tcp://127.0.0.1:7610 does not answer"));
  EXPECT_THAT(ran.err, HasSubstr("kept in the outbox"));
}

TEST(Publish, EndsWith77AtOnceWhenTheKeyIsRefused) {
  World world;
  world.publisher.acknowledges = false;
  world.publisher.session = PublisherStatus::Session::denied;
  world.publisher.problem = "the broker does not accept this key";

  const auto ran = publish_one(world, {}, "1h");

  EXPECT_EQ(ran.code, 77);
  EXPECT_THAT(ran.err, HasSubstr("the broker does not accept this key"));
  EXPECT_LT(world.steady.time_since_epoch(), std::chrono::seconds{1});
}

TEST(Publish, HearsTheBrokerBeforeANewOutboxKeepsAnything) {
  World world;
  world.outbox_next_seq = 1;
  world.publisher.session = PublisherStatus::Session::connecting;

  const auto ran = publish_one(world);

  EXPECT_EQ(ran.code, 69);
  EXPECT_THAT(ran.err, HasSubstr("nothing was kept"));
  EXPECT_THAT(world.published, IsEmpty());
}

TEST(Publish, WarnsWhenNoOutboxIsConfigured) {
  World world;
  world.config->outbox.clear();

  const auto loud = publish_one(world);
  const auto quiet = publish_one(world, {"-q"});

  EXPECT_EQ(loud.code, 0);
  EXPECT_THAT(loud.err, HasSubstr("muster: warning: no outbox"));
  EXPECT_EQ(quiet.err, "");
  EXPECT_THAT(world.opened_outboxes, IsEmpty());
}

TEST(Publish, SaysWhenTheVerdictIsNotKnownHere) {
  World world;
  world.publisher.verdicts = {client::acknowledged_earlier()};

  const auto ran = publish_one(world, {"-o", "csv"});

  EXPECT_EQ(ran.code, 3);
  EXPECT_THAT(ran.out, HasSubstr("KAZ/mod#41,report.json,ACKNOWLEDGED,184"));
}

TEST(Publish, EndsWith75WhenTheOutboxIsFull) {
  World world;
  world.publisher.outbox_is_full = true;

  const auto ran = publish_one(world);

  EXPECT_EQ(ran.code, 75);
  EXPECT_THAT(ran.err, HasSubstr("the outbox is full"));
  EXPECT_EQ(ran.out, "");
}

TEST(Publish, EndsWith75WhenAnotherProgramHoldsTheOutbox) {
  World world;
  world.outbox_fails = {model::ErrorCode::unavailable, "outbox is in use by process 7"};

  const auto ran = publish_one(world);

  EXPECT_EQ(ran.code, 75);
  EXPECT_THAT(ran.err, HasSubstr("cannot open the outbox: outbox - outbox is in use by process 7"));
  EXPECT_THAT(ran.err, HasSubstr("drop folder"));
}

TEST(Publish, NeedsASigningKey) {
  World world;
  world.config->signing_key.reset();

  const auto ran = publish_one(world);

  EXPECT_EQ(ran.code, 78);
  EXPECT_THAT(ran.err, HasSubstr("signing_key"));
}

TEST(Validate, JudgesTheFormWithoutAnyBrokerOrConfiguration) {
  World world;
  world.environment.clear();
  world.config = model::fail(model::ErrorCode::not_found, "must not be asked");
  const Folder folder;
  const auto file = folder.write("a.json", rig::good_report());

  const auto ran = world.run({"report", "validate", file, "-o", "csv"});

  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.out,
            "file,result,statements,where,found,expected,code,weight,sheet,cell,heading,rule,"
            "reports,rows,rows_refused\n" +
                file + ",FORM OK,1,,,,,,,,,,1,,\n");
  EXPECT_EQ(ran.err, "muster: the broker judges the rules when it is published\n");
  EXPECT_EQ(world.run({"report", "validate", file, "-q"}).err, "");
}

TEST(Validate, RefusesUnitsOfAnotherNationThanThatOfANamedConfiguration) {
  World world;
  world.config->node = tests::node_id("RUS/mod");
  const Folder folder;
  const auto file = folder.write("a.json", rig::good_report());

  const auto named = world.run({"report", "validate", file});
  world.config = model::fail(model::ErrorCode::configuration, "kaz.toml:1:1: wrong");
  const auto wrong = world.run({"report", "validate", file});

  EXPECT_EQ(named.code, 65);
  EXPECT_THAT(named.out, HasSubstr("a unit of RUS, as the node that publishes"));
  EXPECT_EQ(named.err, "");
  EXPECT_EQ(wrong.code, 78);
}

TEST(Validate, ShowsAllProblems) {
  World world;
  const Folder folder;
  const auto file = folder.write("bad.json", R"({"kind": "REGULR", "statements": 7, "x": 1})");

  const auto ran = world.run({"report", "validate", file, "-o", "ndjson"});

  EXPECT_EQ(ran.code, 65);
  for (const auto* text : {"REGULR", "statements", "\"x\"", "valid_at", "\"valid\":false"}) {
    EXPECT_THAT(ran.out, HasSubstr(text));
  }
}

TEST(Validate, WantsUnitsOfOneNation) {
  World world;
  const Folder folder;
  const auto file = folder.write("two.json", rig::two_nations_report());

  const auto ran = world.run({"report", "validate", file});

  EXPECT_EQ(ran.code, 65);
  EXPECT_THAT(ran.out, HasSubstr("statements[1].unit"));
  EXPECT_THAT(ran.out, HasSubstr("RUS:EX-COMBAT-1"));
}

TEST(Validate, NamesEachMistakeOnALineOfItsOwnBelowTheFiles) {
  World world;
  const Folder folder;
  const auto bad = folder.write("bad.csv", "Unit code,As of,Present,Mood\nEX-1,2022-01-07,12OO,1\n");
  const auto good = folder.write("good.json", rig::good_report());

  const auto ran = world.run({"report", "validate", bad, good});

  const auto gap = std::string(good.size() - bad.size(), ' ');
  EXPECT_THAT(ran.out, HasSubstr("  RESULT   STATEMENTS\n" + bad + gap + "  INVALID           -\n" +
                                 good + "  FORM OK           1\n" + bad + ":\n  "));
  EXPECT_THAT(ran.out, HasSubstr("\n  C2 (Present): \"12OO\" is not a number - expected a whole "
                                 "number from 0 to 200000"));
  EXPECT_THAT(ran.out, HasSubstr("\n  note: D1 (Mood): the heading \"Mood\" is not known and its "
                                 "column is not read - expected "));
}

TEST(Validate, EndsWith66WhenOneOfManyFilesIsMissing) {
  World world;
  const Folder folder;
  const auto bad = folder.write("bad.json", "{");

  const auto ran =
      world.run({"report", "validate", bad, folder.path("none.json"), folder.path("")});

  EXPECT_EQ(ran.code, 66);
  EXPECT_THAT(ran.out, HasSubstr("INVALID"));
  EXPECT_THAT(ran.err, HasSubstr("none.json - No such file"));
  EXPECT_THAT(ran.err, HasSubstr("is a folder"));
}

}  // namespace
}  // namespace muster::secretariat
