// SPDX-License-Identifier: Apache-2.0
// The process is killed at each step, and the next one must publish each file exactly once. The
// disk refuses for a while, and nothing may be lost, done twice or held up by it.
#include <gmock/gmock.h>

#include "ministry_fixture.h"

namespace muster::ministry::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class DropFolderKilled : public Ministry, public testing::WithParamInterface<Step> {
 protected:
  /// True when the process was killed.
  template <typename Work>
  bool survives(Work work) {
    try {
      work();
      return true;
    } catch (const Killed&) {
      drop_.reset();
      return false;
    }
  }
  void work_all() {
    look_twice();
    acknowledge();
    look_twice();
    acknowledge();
  }
};

TEST_P(DropFolderKilled, PublishesExactlyOnceAndGivesTheReceipt) {
  start();
  drop("a.json", report(100));
  drop("b.json", report(101));

  kill_at_ = GetParam();
  EXPECT_FALSE(survives([&] { work_all(); })) << "the step is reached";
  start();
  work_all();

  EXPECT_EQ(publisher_.reports.size(), 2U);
  EXPECT_THAT(files(),
              ElementsAre("processed/2024-05-01/a.json", "processed/2024-05-01/a.json.receipt.json",
                          "processed/2024-05-01/a.json.receipt.txt", "processed/2024-05-01/b.json",
                          "processed/2024-05-01/b.json.receipt.json",
                          "processed/2024-05-01/b.json.receipt.txt"));
  EXPECT_THAT(text("processed/2024-05-01/a.json.receipt.json"),
              HasSubstr(R"("report": "KAZ/mod#1")"));
  EXPECT_THAT(text("processed/2024-05-01/a.json.receipt.json"), HasSubstr(R"("complete": true)"));
}

TEST_P(DropFolderKilled, RejectsOnce) {
  start();
  drop("bad.json", "{");

  kill_at_ = GetParam();
  survives([&] { work_all(); });
  start();
  work_all();

  EXPECT_THAT(publisher_.reports, IsEmpty());
  EXPECT_THAT(files(), ElementsAre("rejected/bad.json", "rejected/bad.json.findings.json",
                                   "rejected/bad.json.findings.txt"));
}

TEST_P(DropFolderKilled, RemembersItsContent) {
  start();
  drop("a.json", report());
  kill_at_ = GetParam();
  survives([&] { work_all(); });
  start();
  work_all();

  drop("a again.json", report());
  work_all();

  EXPECT_EQ(publisher_.reports.size(), 1U);
}

TEST_P(DropFolderKilled, IsKilledAgainOnTheWayBack) {
  start();
  drop("a.json", report());
  kill_at_ = GetParam();
  survives([&] { work_all(); });

  for (const auto step : {Step::written, Step::moved, Step::remembered}) {
    kill_at_ = step;
    survives([&] {
      start();
      work_all();
    });
  }
  kill_at_.reset();
  start();
  work_all();

  EXPECT_EQ(publisher_.reports.size(), 1U);
  EXPECT_THAT(files(),
              ElementsAre("processed/2024-05-01/a.json", "processed/2024-05-01/a.json.receipt.json",
                          "processed/2024-05-01/a.json.receipt.txt"));
}

INSTANTIATE_TEST_SUITE_P(AtEachStep, DropFolderKilled,
                         testing::Values(Step::claimed, Step::journalled, Step::pushed,
                                         Step::settled, Step::written, Step::moved,
                                         Step::remembered));

class DropFolderRecovery : public Ministry {};

TEST_F(DropFolderRecovery, SaysWhenTheAcknowledgementItselfWasMissed) {
  start();
  drop("a.json", report());
  look_twice();
  drop_.reset();
  publisher_.acknowledged = 1;

  start();

  const auto receipt = text("processed/2024-05-01/a.json.receipt.json");
  EXPECT_THAT(receipt, HasSubstr(R"("report": "KAZ/mod#1")"));
  EXPECT_THAT(receipt, HasSubstr(R"("complete": false)"));
  EXPECT_THAT(receipt, HasSubstr("acknowledged in an earlier session"));
}

TEST_F(DropFolderRecovery, PublishesAgainWhatOnlyALostOutboxHeld) {
  start();
  drop("a.json", report());
  look_twice();
  drop_.reset();
  publisher_.reports.clear();

  start();
  look_twice();
  acknowledge();

  EXPECT_EQ(publisher_.reports.size(), 1U);
  EXPECT_TRUE(has("processed/2024-05-01/a.json"));
}

TEST_F(DropFolderRecovery, KeepsAFileWhoseJournalWasOvertaken) {
  start();
  drop("a.json", report(100));
  kill_at_ = Step::journalled;
  EXPECT_THROW(look_twice(), Killed);
  start();
  drop("0.json", report(101));

  look_twice();
  look_twice();
  acknowledge();

  EXPECT_EQ(publisher_.reports.size(), 2U) << "0.json took no seq that was a.json's";
}

TEST_F(DropFolderRecovery, TakesNoDamageFromALineThatWasCutShort) {
  start();
  drop("a.json", report(100));
  look_twice();
  acknowledge();
  std::ofstream(path(".published"), std::ios::app) << "0123456789";
  start();
  drop("b.json", report(101));
  look_twice();
  acknowledge();
  start();

  drop("c.json", report(100));
  drop("d.json", report(101));
  look_twice();

  EXPECT_EQ(publisher_.reports.size(), 2U);
}

TEST_F(DropFolderRecovery, LeavesAFileWhoseJournalCannotBeReadAndTakesUpTheOthers) {
  start();
  drop("b.json", report());
  look_twice();
  drop_.reset();
  drop("work/a.json.journal", "{");
  drop("work/a.json", report(101));

  start();
  const auto told = drop_->look(publisher_);
  EXPECT_EQ(told.error().code, model::ErrorCode::corrupt);
  EXPECT_THAT(told.error().message, HasSubstr("work/a.json.journal"));
  drop("a.json", report(102));
  look_twice();
  acknowledge();

  EXPECT_TRUE(has("processed/2024-05-01/b.json"));
  EXPECT_TRUE(has("a.json")) << "its namesake stands in work/";
  EXPECT_EQ(publisher_.reports.size(), 1U);
}

TEST_F(DropFolderRecovery, GoesOnPastAVerdictThatTheDiskStillRefuses) {
  start();
  drop("a.json", "{");
  drop("b.json", report());
  block("rejected");
  EXPECT_FALSE(look_until_it_fails());
  drop_.reset();
  unblock("rejected");
  std::filesystem::create_directories(path("rejected/a.json.findings.json/in the way"));
  publisher_.acknowledged = publisher_.reports.size();

  start();
  EXPECT_TRUE(has("processed/2024-05-01/b.json"));
  EXPECT_EQ(drop_->look(publisher_).error().code, model::ErrorCode::io);
  std::filesystem::remove_all(path("rejected/a.json.findings.json"));
  look_twice();

  EXPECT_TRUE(has("rejected/a.json.findings.txt"));
  EXPECT_EQ(drop_->under_way(), 0U);
}

TEST_F(DropFolderRecovery, GivesNobodyTheNameThatASettledFileHas) {
  start();
  drop("a:.json", report(100));
  drop("a_.json", report(101));
  look_twice();
  ASSERT_EQ(publisher_.reports.size(), 2U);
  kill_at_ = Step::settled;
  EXPECT_THROW(
      drop_->acknowledged({.report = {.node = kNode, .seq = 2}, .verdict = {}, .ledger_seq = 72}),
      Killed);
  drop_.reset();
  publisher_.acknowledged = 2;

  start();

  EXPECT_THAT(only_files(),
              ElementsAre("processed/2024-05-01/a_.2.json", "processed/2024-05-01/a_.json"));
  EXPECT_EQ(text("processed/2024-05-01/a_.json"), report(101));
  EXPECT_EQ(text("processed/2024-05-01/a_.2.json"), report(100));
}

TEST_F(DropFolderRecovery, DoesNotStartWhileWhatWasPublishedCannotBeRead) {
  start();
  drop_.reset();
  std::filesystem::create_directory(path(".published"));

  const auto opened = DropFolder::open(folder(), options_, {.now = [this] { return now_; }});

  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().message, "cannot read " + path(".published").string() +
                                        ", which says what was published before");
}

class DropFolderDisk : public Ministry {
 protected:
  DropFolderDisk() { start(); }
};

TEST_F(DropFolderDisk, RejectsOnceWhenTheDiskRefusedForAWhile) {
  block("rejected");
  drop("bad.json", "{");
  EXPECT_FALSE(look_until_it_fails());

  unblock("rejected");
  look_twice();
  start();

  EXPECT_THAT(files(), ElementsAre("rejected/bad.json", "rejected/bad.json.findings.json",
                                   "rejected/bad.json.findings.txt"));
  EXPECT_EQ(drop_->under_way(), 0U);
}

TEST_F(DropFolderDisk, SettlesADuplicateOnceWhenTheDiskRefusedForAWhile) {
  drop("a.json", report());
  look_twice();
  acknowledge();
  std::filesystem::remove_all(path("processed"));
  block("processed");
  drop("again.json", report());
  EXPECT_FALSE(look_until_it_fails());

  unblock("processed");
  look_twice();
  start();

  EXPECT_THAT(files(), ElementsAre("processed/2024-05-01/again.json",
                                   "processed/2024-05-01/again.json.receipt.json",
                                   "processed/2024-05-01/again.json.receipt.txt"));
}

TEST_F(DropFolderDisk, WritesTheVerdictThatTheDiskTakesWhileItRefusesAnother) {
  drop("a.json", report(100));
  drop("b.json", report(101));
  look_twice();
  block("processed");
  block("rejected");
  drop_->acknowledged({.report = {.node = kNode, .seq = 1}, .verdict = {}, .ledger_seq = 71});
  drop_->acknowledged(
      {.report = {.node = kNode, .seq = 2}, .verdict = refusal(), .ledger_seq = 72});

  unblock("processed");
  EXPECT_FALSE(drop_->look(publisher_));
  EXPECT_EQ(drop_->look(publisher_).error().code, model::ErrorCode::io);

  EXPECT_TRUE(has("processed/2024-05-01/a.json.receipt.json"));
  EXPECT_TRUE(has("work/b.json"));
}

TEST_F(DropFolderDisk, WaitsWithATwinOfWhatItCannotRememberYet) {
  drop("a.json", report());
  look_twice();
  block("processed");
  acknowledge();
  drop("twin.json", report());
  for (int look = 0; look < 3; ++look) {
    EXPECT_FALSE(drop_->look(publisher_));
  }
  EXPECT_TRUE(has("work/twin.json"));
  EXPECT_EQ(publisher_.reports.size(), 1U);

  unblock("processed");
  look_twice();

  EXPECT_EQ(publisher_.reports.size(), 1U);
  EXPECT_THAT(text("processed/2024-05-01/twin.json.receipt.json"),
              HasSubstr("\"duplicate\": true"));
}

TEST_F(DropFolderDisk, KeepsTheNamesOfPapersThatTheDiskDoesNotTakeYet) {
  drop("bad.json", "{");
  must(drop_->look(publisher_));
  std::filesystem::create_directory(path("work/.bad.json.journal.tmp"));
  EXPECT_FALSE(drop_->look(publisher_));
  drop("bad.json.findings.json", "{ ");
  EXPECT_FALSE(look_until_it_fails());
  EXPECT_FALSE(drop_->look(publisher_));

  std::filesystem::remove(path("work/.bad.json.journal.tmp"));
  look_twice();

  EXPECT_EQ(text("rejected/bad.json"), "{");
  EXPECT_EQ(text("rejected/bad.json.findings.2.json"), "{ ");
  EXPECT_THAT(text("rejected/bad.json.findings.json"), HasSubstr("\"kind\": \"Findings\""));
}

TEST_F(DropFolderDisk, WritesFindingsOfAFileThatWasTakenAwayMeanwhile) {
  block("rejected");
  drop("bad.json", "{");
  EXPECT_FALSE(look_until_it_fails());
  std::filesystem::remove(path("work/bad.json"));

  unblock("rejected");
  look_twice();

  EXPECT_THAT(files(),
              ElementsAre("rejected/bad.json.findings.json", "rejected/bad.json.findings.txt"));
  EXPECT_THAT(log_, HasSubstr("event=gone file=bad.json"));
}

TEST_F(DropFolderDisk, LeavesAFileWhileItsNamesakeIsMovedAndNotRemembered) {
  drop("a.json", report(100));
  look_twice();
  std::filesystem::create_directory(path(".published"));
  acknowledge();
  drop("a.json", report(101));
  EXPECT_FALSE(drop_->look(publisher_));
  EXPECT_FALSE(drop_->look(publisher_));
  EXPECT_TRUE(has("a.json"));

  std::filesystem::remove(path(".published"));
  look_twice();
  acknowledge();

  EXPECT_EQ(publisher_.reports.size(), 2U);
  EXPECT_TRUE(has("processed/2024-05-01/a.json"));
  EXPECT_TRUE(has("processed/2024-05-01/a.2.json"));
}

TEST_F(DropFolderDisk, PublishesWhatStandsBehindAFileThatFails) {
  publisher_.full = true;
  drop("a.json", report(100));
  drop("b.json", report(101));
  look_twice();
  publisher_.full = false;
  std::filesystem::create_directory(path("work/.a.json.journal.tmp"));

  EXPECT_EQ(drop_->look(publisher_).error().code, model::ErrorCode::io);
  EXPECT_EQ(publisher_.reports.size(), 1U);
  EXPECT_TRUE(has("work/b.json.journal"));
  std::filesystem::remove(path("work/.a.json.journal.tmp"));
  look_twice();
  acknowledge();

  EXPECT_THAT(files(), Not(testing::Contains(HasSubstr("work/"))));
  EXPECT_EQ(publisher_.reports.size(), 2U);
}

TEST_F(DropFolderDisk, GivesASeqThatAFailedFileWasPromisedToNobodyTwice) {
  publisher_.refusal = {model::ErrorCode::unavailable, "the outbox is sick"};
  drop("b.json", report(100));
  EXPECT_FALSE(look_until_it_fails());
  EXPECT_TRUE(has("work/b.json.journal"));
  publisher_.refusal = {};
  std::filesystem::create_directory(path("work/.b.json.journal.tmp"));
  drop("c.json", report(101));
  EXPECT_FALSE(look_until_it_fails());
  EXPECT_FALSE(drop_->look(publisher_));
  std::filesystem::remove(path("work/.b.json.journal.tmp"));
  EXPECT_TRUE(has("work/c.json.journal"));

  start();
  look_twice();
  acknowledge();

  EXPECT_EQ(publisher_.reports.size(), 2U);
  EXPECT_TRUE(has("processed/2024-05-01/b.json"));
  EXPECT_TRUE(has("processed/2024-05-01/c.json"));
}

}  // namespace
}  // namespace muster::ministry::test
