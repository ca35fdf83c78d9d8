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
  const auto file = folder.write("a.json", rig::good_report());
  world.publisher.verdicts = {{}, refusal()};

  const auto ran = world.run({"report", "publish", file, file, file, "-o", "csv"});

  EXPECT_EQ(ran.code, 65);
  EXPECT_EQ(world.published.size(), 3U);
  EXPECT_THAT(ran.out, HasSubstr("KAZ/mod#41," + file + ",ACCEPTED"));
  EXPECT_THAT(ran.out, HasSubstr("KAZ/mod#42," + file + ",REFUSED"));
  EXPECT_THAT(ran.out, HasSubstr("KAZ/mod#43," + file + ",ACCEPTED"));
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

TEST(Validate, AcceptsAGoodReportWithoutAnyBroker) {
  World world;
  world.config = model::fail(model::ErrorCode::not_found, "must not be asked");
  const Folder folder;
  const auto file = folder.write("a.json", rig::good_report());

  const auto ran = world.run({"report", "validate", file, "-o", "csv"});

  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.out, "file,result,statements,where,found,expected\n" + file + ",VALID,1,,,\n");
  EXPECT_EQ(ran.err, "");
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
