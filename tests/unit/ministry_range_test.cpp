// SPDX-License-Identifier: Apache-2.0
// A file that becomes several reports: all or none of them, across a crash at any point.
#include <gmock/gmock.h>

#include "ministry_fixture.h"
#include "nodes/client/report_check.h"

namespace muster::ministry::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// A file of rows: "3" becomes three reports. "3 of 5" has five rows, two of them refused.
class DropFolderRange : public Ministry {
 protected:
  DropFolderRange() {
    read_ = [](std::string_view name, std::string_view content, const desk::DeskOptions& options) {
      options.progress(0.5);
      desk::Draft draft;
      draft.rows = draft.rows_refused = 0;
      const auto count = static_cast<int>(content[0] - '0');
      for (int i = 0; i < count; ++i) {
        draft.reports.push_back(client::read_report(report(100 + i)).report);
        draft.origins.emplace_back(1, desk::Origin{.row = {0, static_cast<std::uint32_t>(i + 1)}});
      }
      draft.columns.push_back(
          {.sheet = "Сводка", .fields = {{"Strength.present", {3, "В наличии"}}}});
      draft.workbook.emplace().sheets.emplace_back("Сводка");
      draft.workbook->sheets[0].set_text({1, 3}, name);
      if (content.size() > 1) {
        draft.rows = 5;
        draft.rows_refused = 2;
        draft.problems.push_back({.code = desk::kNumberBad,
                                  .sheet = "Сводка",
                                  .cell = desk::CellPlace{.row = 16, .column = 3},
                                  .heading = "В наличии",
                                  .value = "12OO",
                                  .expected = "a whole number from 0 to 200000"});
      }
      return draft;
    };
    start();
  }
  [[nodiscard]] std::vector<std::string> reports_in(const std::string& receipt) const {
    std::vector<std::string> told;
    const auto root = json(receipt);
    if (const auto* list = root.find("reports")) {
      for (const auto& one : list->items) {
        told.push_back(one.find("report")->text + " " + one.find("verdict")->text);
      }
    }
    return told;
  }
  /// Lives until `step` is reached, dies there, and is followed by a process that is not disturbed.
  void die_at(Step step, const model::ReportVerdict& second) {
    kill_at_ = step;
    try {
      work(second);
    } catch (const Killed&) {
      drop_.reset();
    }
    EXPECT_FALSE(kill_at_) << "the step is reached";
    kill_at_.reset();
    start();
    work(second);
  }
  /// The second report of the first file gets this verdict.
  void work(const model::ReportVerdict& second) {
    look_twice();
    while (publisher_.acknowledged < publisher_.reports.size()) {
      acknowledge_one(publisher_.acknowledged == 1 ? second : model::ReportVerdict{});
    }
    look_twice();
  }
};

TEST_F(DropFolderRange, PublishesAllReportsOfAFileAndSettlesItWithTheLast) {
  drop("march.csv", "3");
  look_twice();
  EXPECT_EQ(publisher_.reports.size(), 3U);
  EXPECT_GT(progress_, 0) << "whoever watches the process is told that it lives";
  const auto journal = journal_from_json(text("work/march.csv.journal"));
  ASSERT_TRUE(journal);
  EXPECT_EQ(journal->first_seq, 1U);
  EXPECT_EQ(journal->last_seq, 3U);

  acknowledge_one();
  acknowledge_one();
  EXPECT_TRUE(has("work/march.csv"));
  acknowledge_one();

  EXPECT_THAT(only_files(), ElementsAre("processed/2024-05-01/march.csv"));
  const auto receipt = json("processed/2024-05-01/march.csv.receipt.json");
  EXPECT_EQ(receipt.find("report")->text, "KAZ/mod#1..3");
  EXPECT_EQ(receipt.find("verdict")->text, "ACCEPTED");
  EXPECT_EQ(receipt.find("ledger_seq")->text, "73");
  EXPECT_THAT(reports_in("processed/2024-05-01/march.csv.receipt.json"),
              ElementsAre("KAZ/mod#1 ACCEPTED", "KAZ/mod#2 ACCEPTED", "KAZ/mod#3 ACCEPTED"));
  EXPECT_EQ(drop_->under_way(), 0U);
}

TEST_F(DropFolderRange, RejectsAFileOfWhichOneReportWasRefusedAndSaysWhichWereAccepted) {
  drop("march.csv", "3");

  work(refusal());

  EXPECT_THAT(only_files(), ElementsAre("rejected/march.csv", "rejected/march.csv.marked.xlsx"));
  EXPECT_THAT(reports_in("rejected/march.csv.receipt.json"),
              ElementsAre("KAZ/mod#1 ACCEPTED", "KAZ/mod#2 REFUSED", "KAZ/mod#3 ACCEPTED"));
  const auto findings = text("rejected/march.csv.findings.txt");
  EXPECT_THAT(findings, HasSubstr("march.csv: the broker REFUSED 1 of 3 reports. What it refused "
                                  "does not count.\n"));
  EXPECT_THAT(findings, HasSubstr("Report KAZ/mod#2: REFUSED, ledger record 72. It does not count."
                                  "\n"));
  EXPECT_THAT(findings,
              HasSubstr("  - Sheet \"Сводка\", D3 (В наличии): V12: found 352, expected 370\n"));
  EXPECT_THAT(text(".published"), IsEmpty()) << "a mended file is another content";
}

TEST_F(DropFolderRange, TellsOfRowsThatWereLeftOut) {
  drop("march.csv", "1 of 5");
  work({});

  const auto folder = std::string("processed/2024-05-01/");
  EXPECT_EQ(json(folder + "march.csv.receipt.json").find("rows_refused")->text, "2");
  const auto findings = text(folder + "march.csv.findings.txt");
  EXPECT_THAT(findings, HasSubstr("march.csv: 2 of 5 rows were left out and not published.\n"));
  EXPECT_THAT(findings, HasSubstr("D17 (В наличии)"));
  EXPECT_THAT(findings, Not(HasSubstr("REFUSED")));
  EXPECT_TRUE(has(folder + "march.csv.marked.xlsx"));
}

TEST_F(DropFolderRange, SaysWhenTheNextLookHasToSettle) {
  drop("march.csv", "2 of 3");
  look_twice();
  const auto told = [&](std::uint64_t seq) {
    return drop_->acknowledged(
        {.report = {.node = kNode, .seq = seq}, .verdict = {}, .ledger_seq = 70 + seq});
  };

  EXPECT_FALSE(told(1)) << "another is to come";
  EXPECT_TRUE(told(2)) << "rows were left out, and are told of at their cells";
  EXPECT_FALSE(told(2)) << "told again";
}

TEST_F(DropFolderRange, PublishesNoneWhenTheOutboxHasNoRoomForAll) {
  publisher_.full = true;
  drop("march.csv", "3");
  look_twice();
  EXPECT_THAT(files(), ElementsAre("work/march.csv"));

  publisher_.full = false;
  must(drop_->look(publisher_));

  EXPECT_EQ(publisher_.reports.size(), 3U);
}

TEST_F(DropFolderRange, KeepsVerdictsThatItWasToldBeforeItWasKilled) {
  drop("march.csv", "3");
  look_twice();
  acknowledge_one();
  acknowledge_one(refusal());
  drop_.reset();

  start();
  acknowledge_one();
  look_twice();

  EXPECT_THAT(reports_in("rejected/march.csv.receipt.json"),
              ElementsAre("KAZ/mod#1 ACCEPTED", "KAZ/mod#2 REFUSED", "KAZ/mod#3 ACCEPTED"));
  EXPECT_EQ(json("rejected/march.csv.receipt.json").find("complete")->truth, true);
}

TEST_F(DropFolderRange, BelievesTheFirstWordOfAVerdictThatIsToldTwice) {
  drop("march.csv", "2");
  look_twice();
  acknowledge_one(refusal());
  drop_.reset();
  start();

  drop_->acknowledged(
      {.report = {.node = kNode, .seq = 1}, .verdict = client::acknowledged_earlier()});
  acknowledge_one();
  look_twice();

  EXPECT_THAT(reports_in("rejected/march.csv.receipt.json"),
              ElementsAre("KAZ/mod#1 REFUSED", "KAZ/mod#2 ACCEPTED"));
}

TEST_F(DropFolderRange, GivesFindingsWithoutCellsWhenTheFileIsNotWhatItWas) {
  drop("march.csv", "2");
  look_twice();
  std::ofstream(path("work/march.csv")) << "something else";
  acknowledge_one(refusal());
  acknowledge_one();

  look_twice();

  EXPECT_THAT(text("rejected/march.csv.findings.txt"),
              HasSubstr("  - statements[0].present: V12: found 352, expected 370\n"));
  EXPECT_THAT(log_, HasSubstr("event=no_cells file=march.csv"));
  EXPECT_FALSE(has("rejected/march.csv.marked.xlsx"));
}

TEST_F(DropFolderRange, PublishesAllAgainWhenALostOutboxHeldSome) {
  drop("march.csv", "3");
  look_twice();
  drop_.reset();
  publisher_.reports.resize(1);  // The broker has the first, and nobody has the others.
  publisher_.acknowledged = 1;

  start();
  look_twice();
  acknowledge();

  EXPECT_EQ(publisher_.reports.size(), 4U);
  EXPECT_EQ(json("processed/2024-05-01/march.csv.receipt.json").find("report")->text,
            "KAZ/mod#2..4");
  EXPECT_THAT(log_, HasSubstr("event=recovered file=march.csv state=lost_in_part"));
}

TEST_F(DropFolderRange, RemembersTheWholeRange) {
  drop("march.csv", "2");
  work({});
  drop("copy.csv", "2");

  look_twice();

  EXPECT_EQ(publisher_.reports.size(), 2U);
  EXPECT_EQ(json("processed/2024-05-01/copy.csv.receipt.json").find("report")->text,
            "KAZ/mod#1..2");
  EXPECT_THAT(
      text("processed/2024-05-01/copy.csv.receipt.txt"),
      testing::StartsWith("copy.csv: the same content was published before, as KAZ/mod#1..2."
                          " It was not sent again.\n"));
}

TEST_F(DropFolderRange, ReadsAgainAFileThatSomebodyStillWrites) {
  int reads = 0;
  const auto plain = read_;
  read_ = [&, plain](std::string_view name, std::string_view content,
                     const desk::DeskOptions& options) {
    if (++reads == 1) {
      std::ofstream(path("work/march.csv"), std::ios::app) << "3";  // Its old descriptor is open.
    }
    return plain(name, content, options);
  };
  start();
  drop("march.csv", "1");
  look_twice();
  EXPECT_THAT(publisher_.reports, IsEmpty());

  must(drop_->look(publisher_));
  EXPECT_THAT(publisher_.reports, IsEmpty()) << "it changed since the last look";
  must(drop_->look(publisher_));
  acknowledge();
  look_twice();

  EXPECT_EQ(publisher_.reports.size(), 1U);
  EXPECT_EQ(reads, 3) << "once too early, once for the reports, once for the cells";
  const auto told = log_.find("event=changing file=march.csv");
  ASSERT_NE(told, std::string::npos);
  EXPECT_EQ(log_.find("event=changing", told + 1), std::string::npos) << "it is told once";
}

class DropFolderRangeKilled : public DropFolderRange, public testing::WithParamInterface<Step> {};

TEST_P(DropFolderRangeKilled, PublishesEachFileOnceAndItsReceiptListsEveryReport) {
  drop("a.csv", "3");
  drop("b.csv", "2");

  die_at(GetParam(), {});

  EXPECT_EQ(publisher_.reports.size(), 5U);
  EXPECT_THAT(only_files(),
              ElementsAre("processed/2024-05-01/a.csv", "processed/2024-05-01/b.csv"));
  EXPECT_THAT(reports_in("processed/2024-05-01/b.csv.receipt.json"),
              ElementsAre("KAZ/mod#4 ACCEPTED", "KAZ/mod#5 ACCEPTED"));
}

TEST_P(DropFolderRangeKilled, RejectsOnceWhatTheBrokerRefused) {
  drop("a.csv", "3");

  die_at(GetParam(), refusal());

  EXPECT_EQ(publisher_.reports.size(), 3U);
  EXPECT_THAT(only_files(), ElementsAre("rejected/a.csv", "rejected/a.csv.marked.xlsx"));
  EXPECT_THAT(reports_in("rejected/a.csv.receipt.json"),
              ElementsAre("KAZ/mod#1 ACCEPTED", "KAZ/mod#2 REFUSED", "KAZ/mod#3 ACCEPTED"));
  for (const auto& entry : std::filesystem::directory_iterator(path("work"))) {
    EXPECT_EQ(entry.path().filename(), ".lock") << "nothing is left behind";
  }
}

INSTANTIATE_TEST_SUITE_P(AtEachStep, DropFolderRangeKilled,
                         testing::Values(Step::claimed, Step::journalled, Step::pushed, Step::told,
                                         Step::written, Step::settled, Step::moved,
                                         Step::remembered));

}  // namespace
}  // namespace muster::ministry::test
