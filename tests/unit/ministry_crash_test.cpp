// SPDX-License-Identifier: Apache-2.0
// The process is killed at each step, and the next one must publish each file exactly once.
#include <gmock/gmock.h>

#include "ministry_fixture.h"

namespace muster::ministry::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

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
  EXPECT_THAT(
      files(),
      ElementsAre("processed/2024-05-01/a.json", "processed/2024-05-01/a.json.receipt.json",
                  "processed/2024-05-01/b.json", "processed/2024-05-01/b.json.receipt.json"));
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
  EXPECT_THAT(files(), ElementsAre("processed/2024-05-01/a.json",
                                   "processed/2024-05-01/a.json.receipt.json"));
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

TEST_F(DropFolderRecovery, StopsAtAJournalThatCannotBeRead) {
  start();
  drop_.reset();
  drop("work/a.json.journal", "{");

  EXPECT_THROW(start(), std::runtime_error);
}

}  // namespace
}  // namespace muster::ministry::test
