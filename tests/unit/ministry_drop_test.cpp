// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "ministry_fixture.h"

namespace muster::ministry::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class DropFolderTest : public Ministry {
 protected:
  DropFolderTest() { start(); }
};

TEST_F(DropFolderTest, PublishesAFileAndGivesAReceipt) {
  drop("strength.json", report());

  look_twice();
  EXPECT_THAT(files(), ElementsAre("work/strength.json", "work/strength.json.journal"));
  EXPECT_EQ(publisher_.reports.size(), 1U);
  acknowledge();

  EXPECT_THAT(files(), ElementsAre("processed/2024-05-01/strength.json",
                                   "processed/2024-05-01/strength.json.receipt.json",
                                   "processed/2024-05-01/strength.json.receipt.txt"));
  const auto receipt = text("processed/2024-05-01/strength.json.receipt.json");
  EXPECT_THAT(receipt, HasSubstr(R"("report": "KAZ/mod#1")"));
  EXPECT_THAT(receipt, HasSubstr(R"("verdict": "ACCEPTED")"));
  EXPECT_THAT(receipt, HasSubstr(R"("complete": true)"));
  EXPECT_THAT(receipt, HasSubstr(R"("ledger_seq": 71)"));
  EXPECT_THAT(receipt, HasSubstr(R"("at": "2024-05-01T06:30:00Z")"));
  EXPECT_EQ(drop_->under_way(), 0U);
}

TEST_F(DropFolderTest, WaitsUntilAFileIsAtRest) {
  drop("strength.json", "{");
  must(drop_->look(publisher_));
  drop("strength.json", report());

  must(drop_->look(publisher_));
  EXPECT_TRUE(has("strength.json")) << "it has just grown";
  must(drop_->look(publisher_));

  EXPECT_EQ(publisher_.reports.size(), 1U);
}

TEST_F(DropFolderTest, LeavesWhatIsNoFinishedReport) {
  for (const auto* name :
       {".hidden.json", "~$a.json", ".~lock.a.json#", "a.json.tmp", "a.json.part", "a.docx"}) {
    drop(name, report());
  }
  std::filesystem::create_directory(path("folder.json"));
  std::filesystem::create_symlink("/etc/hostname", path("link.json"));

  look_twice();
  look_twice();

  EXPECT_THAT(publisher_.reports, IsEmpty());
  EXPECT_TRUE(has("a.docx"));
  EXPECT_TRUE(has("link.json"));
}

TEST_F(DropFolderTest, TakesCapitalsAndTellsOnceOfWhatItNeverTakes) {
  drop("A.JSON", report());
  drop("b.docx", "a table");
  drop("c.json.part", "half");

  look_twice();
  look_twice();
  acknowledge();

  EXPECT_TRUE(has("processed/2024-05-01/A.json"));
  const std::string line =
      "event=ignored file=b.docx reason=\"its name does not end in .json, .xlsx, .xlsm, .ods, "
      ".csv, .tsv or .txt\"\n";
  const auto told = log_.find(line);
  ASSERT_NE(told, std::string::npos) << log_;
  EXPECT_EQ(log_.find("event=ignored", told + 1), std::string::npos) << log_;

  std::filesystem::remove(path("b.docx"));
  look_twice();
  drop("b.docx", "another");
  look_twice();
  EXPECT_NE(log_.find(line, told + 1), std::string::npos) << "it is another file";
}

TEST_F(DropFolderTest, PutsARefusedReportAsideWithItsFindings) {
  drop("strength.json", report());
  look_twice();

  acknowledge(refusal());
  must(drop_->look(publisher_));

  EXPECT_THAT(files(), ElementsAre("rejected/strength.json", "rejected/strength.json.findings.json",
                                   "rejected/strength.json.findings.txt",
                                   "rejected/strength.json.receipt.json",
                                   "rejected/strength.json.receipt.txt"));
  EXPECT_THAT(text("rejected/strength.json.findings.json"), HasSubstr(R"("V12")"));
  EXPECT_THAT(text("rejected/strength.json.findings.txt"), HasSubstr("REFUSED"));
  EXPECT_THAT(text("rejected/strength.json.findings.txt"), HasSubstr("V12"));
}

TEST_F(DropFolderTest, RejectsWhatIsNotAReportWithAllItsProblems) {
  drop("bad.json", R"({"kind": "SOMETIMES", "statements": 7})");

  look_twice();

  EXPECT_THAT(publisher_.reports, IsEmpty());
  EXPECT_THAT(files(), ElementsAre("rejected/bad.json", "rejected/bad.json.findings.json",
                                   "rejected/bad.json.findings.txt"));
  const auto findings = text("rejected/bad.json.findings.txt");
  EXPECT_THAT(findings, HasSubstr("SOMETIMES"));
  EXPECT_THAT(findings, HasSubstr("statements"));
  EXPECT_THAT(text("rejected/bad.json.findings.json"), HasSubstr(R"("problems")"));
}

TEST_F(DropFolderTest, RejectsAnEmptyFile) {
  drop("empty.json", "");

  look_twice();

  EXPECT_THAT(text("rejected/empty.json.findings.txt"), HasSubstr("0 bytes"));
}

TEST_F(DropFolderTest, RejectsAFileThatCannotBeTakenInOnePiece) {
  drop("huge.json", std::string(9 * 1024 * 1024, ' '));

  look_twice();

  EXPECT_THAT(text("rejected/huge.json.findings.txt"), HasSubstr("9437184 bytes"));
}

TEST_F(DropFolderTest, RejectsAReportThatThePublisherDoesNotTakeAndUsesNoSeq) {
  publisher_.refusal = {model::ErrorCode::malformed, "KAZ speaks for no one else"};
  drop("foreign.json", report());

  look_twice();

  EXPECT_THAT(text("rejected/foreign.json.findings.txt"), HasSubstr("KAZ speaks for no one else"));
  publisher_.refusal = {};
  drop("own.json", report());
  look_twice();
  acknowledge();
  EXPECT_TRUE(has("processed/2024-05-01/own.json"));
}

TEST_F(DropFolderTest, RejectsUnitsOfAnotherNationInTheWordsOfTheCommandLine) {
  auto foreign = report();
  foreign.replace(foreign.find("KAZ:"), 3, "RUS");
  drop("foreign.json", foreign);

  look_twice();

  EXPECT_THAT(publisher_.reports, IsEmpty());
  EXPECT_THAT(
      text("rejected/foreign.json.findings.txt"),
      HasSubstr("- statements[0].unit: found 'RUS:AIRMOB-35', expected a unit of KAZ, as the "
                "node that publishes: a report speaks for one nation\n"));
}

TEST_F(DropFolderTest, RejectsABareNullWithoutTalkOfFields) {
  drop("null.json", "null");

  look_twice();

  EXPECT_THAT(text("rejected/null.json.findings.txt"), HasSubstr("expected a report"));
  EXPECT_THAT(text("rejected/null.json.findings.txt"), Not(HasSubstr("leave the field out")));
}

TEST_F(DropFolderTest, PublishesTheSameContentOnce) {
  drop("monday.json", report());
  look_twice();
  acknowledge();
  drop("monday again.json", report());

  look_twice();

  EXPECT_EQ(publisher_.reports.size(), 1U);
  const auto receipt = text("processed/2024-05-01/monday again.json.receipt.json");
  EXPECT_THAT(receipt, HasSubstr(R"("duplicate": true)"));
  EXPECT_THAT(receipt, HasSubstr(R"("report": "KAZ/mod#1")"));
}

TEST_F(DropFolderTest, PublishesATwinWhoseFirstWasRefused) {
  drop("a.json", report());
  drop("b.json", report());
  look_twice();
  EXPECT_EQ(publisher_.reports.size(), 1U) << "what becomes of a.json is not known yet";

  acknowledge(refusal());
  look_twice();

  EXPECT_EQ(publisher_.reports.size(), 2U);
  EXPECT_TRUE(has("rejected/a.json"));
  EXPECT_TRUE(has("work/b.json.journal"));
}

TEST_F(DropFolderTest, PublishesTheSameContentOnceAcrossARestartAndWhileItIsUnderWay) {
  drop("a.json", report());
  drop("b.json", report());
  look_twice();
  acknowledge();
  start();
  drop("c.json", report());

  look_twice();

  EXPECT_EQ(publisher_.reports.size(), 1U);
  EXPECT_TRUE(has("processed/2024-05-01/b.json"));
  EXPECT_TRUE(has("processed/2024-05-01/c.json"));
}

TEST_F(DropFolderTest, PublishesARefusedContentAgain) {
  drop("a.json", report());
  look_twice();
  acknowledge(refusal());
  must(drop_->look(publisher_));
  drop("a.json", report());

  look_twice();
  acknowledge();

  EXPECT_EQ(publisher_.reports.size(), 2U);
  EXPECT_TRUE(has("processed/2024-05-01/a.json"));
}

TEST_F(DropFolderTest, KeepsEveryFileWhenANameComesAgain) {
  for (const int people : {100, 101, 102}) {
    drop("strength.json", report(people));
    look_twice();
    acknowledge();
  }

  EXPECT_EQ(publisher_.reports.size(), 3U);
  EXPECT_TRUE(has("processed/2024-05-01/strength.json"));
  EXPECT_TRUE(has("processed/2024-05-01/strength.2.json"));
  EXPECT_TRUE(has("processed/2024-05-01/strength.3.json.receipt.json"));
}

TEST_F(DropFolderTest, LeavesAFileWhileItsNamesakeIsUnderWay) {
  drop("strength.json", report(100));
  look_twice();
  drop("strength.json", report(101));
  look_twice();
  EXPECT_TRUE(has("strength.json"));
  acknowledge();

  look_twice();

  EXPECT_EQ(publisher_.reports.size(), 2U);
}

TEST_F(DropFolderTest, WaitsInOrderWhileTheOutboxIsFull) {
  publisher_.full = true;
  drop("1.json", report(100));
  drop("2.json", report(101));
  look_twice();
  EXPECT_THAT(files(), ElementsAre("work/1.json", "work/2.json"));

  publisher_.full = false;
  look_twice();
  acknowledge();

  EXPECT_THAT(files(), Not(testing::Contains(HasSubstr("work/"))));
  EXPECT_EQ(publisher_.reports.size(), 2U);
}

TEST_F(DropFolderTest, TellsWhenSomebodyElsePublishesThroughItsOutboxAndPublishesOnce) {
  publisher_.skipped = 1;
  drop("a.json", report());
  must(drop_->look(publisher_));

  const auto looked = drop_->look(publisher_);
  EXPECT_EQ(looked.error().code, model::ErrorCode::corrupt);
  look_twice();
  EXPECT_EQ(publisher_.reports.size(), 1U);
  drop_->acknowledged({.report = {.node = kNode, .seq = 2}, .verdict = {}, .ledger_seq = 72});

  EXPECT_THAT(text("processed/2024-05-01/a.json.receipt.json"),
              HasSubstr(R"("report": "KAZ/mod#2")"));
}

TEST_F(DropFolderTest, CarriesNamesInOldEncodings) {
  drop("\xd1\xe2\xee\xe4\xea\xe0.json", report());
  look_twice();
  acknowledge();

  EXPECT_TRUE(has("processed/2024-05-01/______.json"));
}

TEST_F(DropFolderTest, ServesAFolderOnce) {
  const auto second = DropFolder::open(folder(), options_, {.now = [this] { return now_; }});

  EXPECT_EQ(second.error().code, model::ErrorCode::unavailable);
  EXPECT_THAT(second.error().message, HasSubstr("another muster-node"));
}

TEST_F(DropFolderTest, SaysWhichFolderCannotBeMade) {
  drop("file", "");

  const auto blocked = DropFolder::open((path("file") / "drop").string(), options_,
                                        {.now = [this] { return now_; }});

  EXPECT_EQ(blocked.error().code, model::ErrorCode::io);
  EXPECT_THAT(blocked.error().message, HasSubstr("file/drop"));
}

TEST_F(DropFolderTest, KeepsAVerdictThatTheDiskDoesNotTakeAndWritesItLater) {
  drop("a.json", report());
  look_twice();
  std::filesystem::remove_all(path("processed"));
  drop("processed", "in the way");
  acknowledge();
  EXPECT_THAT(log_, HasSubstr("event=disk_refuses"));
  EXPECT_EQ(drop_->look(publisher_).error().code, model::ErrorCode::io);

  std::filesystem::remove(path("processed"));
  must(drop_->look(publisher_));

  EXPECT_THAT(text("processed/2024-05-01/a.json.receipt.json"), HasSubstr(R"("complete": true)"));
}

TEST_F(DropFolderTest, LeavesANameThatIsTooLongAndSaysSoOnce) {
  std::string letters;
  for (int i = 0; i < 118; ++i) {
    letters += "\xd0\x96";
  }
  drop(letters + ".json", report(100));
  drop("\xd1\x8f.json", report(101));

  look_twice();
  look_twice();
  acknowledge();

  EXPECT_TRUE(has("processed/2024-05-01/\xd1\x8f.json"));
  EXPECT_TRUE(has(letters + ".json"));
  const auto told = log_.find("event=ignored");
  EXPECT_THAT(log_, HasSubstr("241 bytes, expected at most 200"));
  EXPECT_EQ(log_.find("event=ignored", told + 1), std::string::npos);
}

TEST_F(DropFolderTest, LogsNoFigures) {
  drop("a.json", report(31'337));
  look_twice();
  acknowledge();

  EXPECT_THAT(log_, HasSubstr("event=acknowledged file=a.json report=KAZ/mod#1 verdict=ACCEPTED "
                              "findings=0 ledger_seq=71 at=processed/2024-05-01/a.json\n"));
  EXPECT_THAT(log_, Not(HasSubstr("31337")));
}

}  // namespace
}  // namespace muster::ministry::test
