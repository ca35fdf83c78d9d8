// SPDX-License-Identifier: Apache-2.0
// Which files of a drop folder are taken, when, in which order, and under which name.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>

#include "ministry_fixture.h"
#include "nodes/ministry/drop_names.h"

namespace muster::ministry::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ArrivalsTest : public Ministry {
 protected:
  ArrivalsTest() { std::filesystem::create_directories(folder()); }
  std::vector<std::string> look(Arrivals& arrivals) {
    return arrivals.look(folder(), now_, [this](std::string_view line) { log_ += line; });
  }
  void set_time(const std::string& name, std::chrono::seconds since_epoch) {
    const timespec times[2]{{since_epoch.count(), 0}, {since_epoch.count(), 0}};
    ASSERT_EQ(::utimensat(AT_FDCWD, path(name).c_str(), times, 0), 0);
  }
};

TEST_F(ArrivalsTest, GivesFilesByTheTimeOfTheirChangeThenByName) {
  for (const auto* name : {"c.json", "a.csv", "b.xls", "d.ods"}) {
    drop(name, "PK\x05\x06");
  }
  set_time("c.json", 1'000s);
  set_time("a.csv", 3'000s);
  set_time("b.xls", 2'000s);
  set_time("d.ods", 2'000s);
  Arrivals arrivals(0ms);
  EXPECT_THAT(look(arrivals), IsEmpty());

  EXPECT_THAT(look(arrivals), ElementsAre("c.json", "b.xls", "d.ods", "a.csv"));
}

TEST_F(ArrivalsTest, WaitsUntilAFileHasRestedForAsLongAsItMust) {
  Arrivals arrivals(1'000ms);
  drop("a.json", "{");
  EXPECT_THAT(look(arrivals), IsEmpty());
  now_ += 999ms;
  EXPECT_THAT(look(arrivals), IsEmpty()) << "however often it is looked at";
  drop("a.json", "{}");
  now_ += 1ms;
  EXPECT_THAT(look(arrivals), IsEmpty()) << "it has just grown";
  now_ += 1s;
  EXPECT_THAT(look(arrivals), ElementsAre("a.json"));
}

TEST_F(ArrivalsTest, StartsTheWaitingAnewWhenTheClockIsSetBack) {
  Arrivals arrivals(1'000ms);
  drop("a.json", "{");
  look(arrivals);
  now_ -= 24h;
  EXPECT_THAT(look(arrivals), IsEmpty());
  now_ += 1s;
  EXPECT_THAT(look(arrivals), ElementsAre("a.json"));
}

TEST_F(ArrivalsTest, WaitsForTheEndOfAZipAndThenLetsItBeRejected) {
  Arrivals arrivals(0ms);
  drop("half.xlsx", "PK\x03\x04 and a slow network");
  look(arrivals);
  now_ += 29s;
  EXPECT_THAT(look(arrivals), IsEmpty()) << "it may still be copied";
  now_ += 1s;
  EXPECT_THAT(look(arrivals), ElementsAre("half.xlsx"));
  drop("whole.xlsx", "PK\x03\x04 and a directory PK\x05\x06 and a comment");
  look(arrivals);
  EXPECT_THAT(look(arrivals), testing::Contains("whole.xlsx"));
}

TEST_F(ArrivalsTest, CountsWhatWaitsAndSinceWhen) {
  Arrivals arrivals(0ms);
  EXPECT_EQ(arrivals.count(), 0U);
  drop("a.json", "{");
  look(arrivals);
  const auto first = now_;
  now_ += 5s;
  drop("b.json", "{");
  look(arrivals);

  EXPECT_EQ(arrivals.count(), 2U);
  EXPECT_EQ(arrivals.oldest(), first);
  arrivals.forget("a.json");
  EXPECT_EQ(arrivals.count(), 1U);
  EXPECT_EQ(arrivals.oldest(), now_);
}

TEST_F(ArrivalsTest, PassesOverFoldersLinksAndPipes) {
  Arrivals arrivals(0ms);
  std::filesystem::create_directory(path("folder.csv"));
  std::filesystem::create_symlink("/etc/hostname", path("link.csv"));
  ASSERT_EQ(::mkfifo(path("pipe.csv").c_str(), 0600), 0);

  look(arrivals);

  EXPECT_THAT(look(arrivals), IsEmpty());
  EXPECT_EQ(read_file(path("pipe.csv"), 10).error().code, model::ErrorCode::malformed);
  EXPECT_EQ(read_file(path("link.csv"), 10).error().code, model::ErrorCode::io);
}

TEST(DropNames, AreMadeFitForEveryMachine) {
  EXPECT_EQ(printable("Сводка 1.xlsx"), "Сводка 1.xlsx");
  EXPECT_EQ(printable("a\nevent=forged\x7f\t.json"), "a_event=forged__.json");
  EXPECT_EQ(printable("..\\..\\etc\\\"a\"?.csv"), ".._.._etc__a__.csv");
  EXPECT_EQ(printable("\xe2\x80\xae"
                      "nosj.xslx"),
            "_nosj.xslx")
      << "it would be read backwards";
  EXPECT_EQ(printable("\xc2\x85"
                      "a.csv"),
            "_a.csv");
  EXPECT_EQ(printable("\xd1\xe2\xee\xe4.csv"), "____.csv");
  EXPECT_EQ(printable(std::string("a\0b.csv", 7)), "a_b.csv");
  EXPECT_EQ(log_value("a b.json"), "\"a b.json\"");
  EXPECT_EQ(log_value("a=b.json"), "\"a=b.json\"");
  EXPECT_EQ(log_value("a.json"), "a.json");
}

TEST(DropNames, KnowTheKindsOfFiles) {
  for (const auto* name :
       {"a.json", "a.JSON", "a.xlsx", "a.xlsm", "a.ods", "a.csv", "a.TSV", "a.txt", "a.xls"}) {
    EXPECT_TRUE(is_report_name(name)) << name;
    EXPECT_EQ(why_ignored(name), "");
  }
  for (const auto* name : {"~$a.xlsx", ".~lock.a.ods#", "a.csv.part", "a.xlsx.tmp", ".a.csv"}) {
    EXPECT_FALSE(is_report_name(name)) << name;
    EXPECT_EQ(why_ignored(name), "") << "it may yet become one";
  }
  EXPECT_EQ(why_ignored("a.pdf"),
            "its name does not end in .json, .xlsx, .xlsm, .ods, .csv, .tsv or .txt");
}

class DropFolderNames : public Ministry {
 protected:
  DropFolderNames() { start(); }
};

TEST_F(DropFolderNames, PublishesFilesWithAnyNameOnce) {
  const std::vector<std::string> names{"a\nb.json", "a.json",    "A.json",
                                       "a.JSON",    "a\\b.json", "-rf.json"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    drop(names[i], report(100 + static_cast<int>(i)));
  }

  look_twice();
  acknowledge();

  EXPECT_EQ(publisher_.reports.size(), names.size());
  EXPECT_THAT(only_files(), testing::UnorderedElementsAre(
                                "processed/2024-05-01/a_b.json", "processed/2024-05-01/a_b.2.json",
                                "processed/2024-05-01/a.json", "processed/2024-05-01/a.2.json",
                                "processed/2024-05-01/A.json", "processed/2024-05-01/-rf.json"));
  EXPECT_EQ(drop_->under_way(), 0U);
}

TEST_F(DropFolderNames, CountsWhatWaitsBeforeItMayTakeAnything) {
  open();
  drop("a.json", report());
  drop_->count_waiting();
  const auto first_seen = now_;
  now_ += 60s;
  drop_->count_waiting();

  EXPECT_EQ(drop_->counts().waiting, 1U);
  EXPECT_EQ(drop_->counts().oldest_waiting, first_seen);
  EXPECT_THAT(files(), testing::ElementsAre("a.json"));
}

TEST_F(DropFolderNames, NeverPutsAPaperOverAFile) {
  drop("a.json.receipt.json", report(100));
  look_twice();
  acknowledge();
  const auto first = text("processed/2024-05-01/a.json.receipt.json");

  drop("a.json", report(101));
  look_twice();
  acknowledge();

  EXPECT_EQ(text("processed/2024-05-01/a.json.receipt.json"), first);
  EXPECT_TRUE(has("processed/2024-05-01/a.2.json.receipt.json"));
}

TEST_F(DropFolderNames, AnswersAnOldWorkbookWithWhatToDo) {
  drop("summary.xls", "\xd0\xcf\x11\xe0");

  look_twice();

  EXPECT_THAT(
      text("rejected/summary.xls.findings.txt"),
      HasSubstr("  - the whole file: a workbook of Excel 97 to 2003 (.xls) is not read: open "
                "it and save it as .xlsx\n"));
}

TEST_F(DropFolderNames, TakesAReportThatHasTheNameOfTheStatusFile) {
  drop("status.json", report());
  look_twice();
  acknowledge();
  EXPECT_TRUE(has("processed/2024-05-01/status.json"));

  drop("status.json", "{\n  \"apiVersion\": \"muster/v1\",\n  \"kind\": \"NodeStatus\"\n}");
  look_twice();

  EXPECT_TRUE(has("status.json")) << "its own is left where it is";
  EXPECT_EQ(drop_->counts().waiting, 0U);
}

TEST_F(DropFolderNames, RefusesATooLargeWorkbookBeforeItIsRead) {
  drop("huge.csv", "");
  std::filesystem::resize_file(path("huge.csv"), 129ULL * 1024 * 1024);

  look_twice();

  EXPECT_THAT(
      text("rejected/huge.csv.findings.txt"),
      HasSubstr("  - the whole file: the file has 135266304 bytes, expected at most 134217728"));
}

}  // namespace
}  // namespace muster::ministry::test
