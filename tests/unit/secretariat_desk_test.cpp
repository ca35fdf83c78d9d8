// SPDX-License-Identifier: Apache-2.0
// A ministry's spreadsheets at the command line. How they are read is tested with nodes/desk.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "nodes/desk/columns.h"
#include "schemas/text/report_json.h"
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

constexpr const char* kHeadings =
    "unit_code,valid_at,authorised,assigned,attached_in,detached_out,present,deployable\n";
constexpr const char* kGoodRow = "KAZ:EX-A,2022-01-07,100,100,0,0,90,95\n";
constexpr const char* kBadRow = "KAZ:EX-B,2022-01-07,100,100,0,0,9O,95\n";

std::string good_csv() { return std::string(kHeadings) + kGoodRow; }
std::string half_csv() { return std::string(kHeadings) + kGoodRow + kBadRow; }

model::StrengthStatement strength_of_a() {
  model::StrengthStatement strength;
  strength.unit = tests::unit_id("KAZ:EX-A");
  strength.authorised = strength.assigned = 100;
  strength.attached_in = strength.detached_out = 0;
  strength.present = 90;
  strength.deployable = 95;
  return strength;
}

TEST(PublishSheet, PublishesWhatTheRowsSay) {
  World world;
  const Folder folder;
  const auto file = folder.write("strength.csv", good_csv());

  const auto ran = world.run({"report", "publish", file, "-o", "csv"});

  EXPECT_EQ(ran.code, 0) << ran.err;
  ASSERT_THAT(world.published, SizeIs(1));
  EXPECT_EQ(world.published[0].statements, std::vector<model::Statement>{strength_of_a()});
  EXPECT_EQ(model::format_time(world.published[0].valid_at), "2022-01-07T00:00:00Z");
}

TEST(PublishSheet, TakesClassificationAndReleaseFromTheConfiguration) {
  World world;
  world.config->classification = model::Classification::confidential;
  world.config->releasable_to = {tests::nation("RUS")};
  const Folder folder;
  const auto file = folder.write("strength.csv", good_csv());

  world.run({"report", "publish", file});

  ASSERT_THAT(world.published, SizeIs(1));
  EXPECT_EQ(world.published[0].classification, model::Classification::confidential);
  EXPECT_EQ(world.published[0].releasable_to, std::vector{tests::nation("RUS")});
}

TEST(PublishSheet, NamesTheCellThatIsWrongAndPublishesNothing) {
  World world;
  const Folder folder;
  const auto file = folder.write("strength.csv", half_csv());

  const auto ran = world.run({"report", "publish", file});

  EXPECT_EQ(ran.code, 65);
  EXPECT_THAT(ran.err, HasSubstr("muster: cannot publish: " + file +
                                 " - 1 problem - correct the file; nothing was published\n  "));
  EXPECT_THAT(ran.err, HasSubstr("G3 (present): \"9O\""));
  EXPECT_THAT(world.published, IsEmpty());
}

TEST(PublishSheet, SaysLoudlyWhatWasLeftOut) {
  World world;
  const Folder folder;
  const auto file = folder.write("strength.csv", half_csv());

  const auto ran = world.run({"report", "publish", file, "--accept-valid-rows", "-q"});

  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("muster: LEFT OUT: " + file + " - 1 of 2 rows are wrong"));
  EXPECT_THAT(ran.err, HasSubstr("G3 (present): \"9O\""));
  ASSERT_THAT(world.published, SizeIs(1));
  EXPECT_EQ(world.published[0].statements, std::vector<model::Statement>{strength_of_a()});
}

TEST(PublishSheet, TakesTheMomentFromTheCommand) {
  World world;
  const Folder folder;
  const auto file = folder.write("strength.csv",
                                 "unit_code,authorised,assigned,attached_in,detached_out,present,"
                                 "deployable\nKAZ:EX-A,100,100,0,0,90,95\n");

  const auto without = world.run({"report", "publish", file});
  const auto with = world.run({"report", "publish", file, "--valid-at", "2022-01-06"});

  EXPECT_EQ(without.code, 65);
  EXPECT_EQ(with.code, 0) << with.err;
  ASSERT_THAT(world.published, SizeIs(1));
  EXPECT_EQ(model::format_time(world.published[0].valid_at), "2022-01-06T00:00:00Z");
}

TEST(PublishSheet, ReadsTheMinistrysOwnHeadings) {
  World world;
  const Folder folder;
  const auto columns = folder.write("columns.toml", "[columns]\npresent = [\"Nach Zaehlung\"]\n");
  auto text = good_csv();
  text.replace(text.find(",present,"), 9, ",Nach Zaehlung,");
  const auto file = folder.write("strength.csv", text);

  const auto ran = world.run({"report", "publish", file, "--columns", columns});
  const auto missing =
      world.run({"report", "publish", file, "--columns", folder.path("none.toml")});
  const auto wrong = world.run(
      {"report", "publish", file, "--columns", folder.write("w.toml", "[columns]\nx = [\"y\"]\n")});

  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(missing.code, 78);
  EXPECT_THAT(missing.err, HasSubstr("none.toml: No such file"));
  EXPECT_EQ(wrong.code, 78);
  EXPECT_THAT(wrong.err, HasSubstr("w.toml"));
}

TEST(PublishSheet, ShowsTheFindingsOfTheBrokerAtTheirCells) {
  World world;
  world.publisher.verdicts = {
      {model::Verdict::refused,
       {{model::Rule::v12, model::Severity::refuse, 0, "present", "90 + 5", "100"}}}};
  const Folder folder;
  const auto file = folder.write("strength.csv", good_csv());

  const auto csv = world.run({"report", "publish", file, "-o", "csv"});
  const auto json = world.run({"report", "publish", file, "-o", "ndjson"});

  EXPECT_EQ(csv.code, 65);
  EXPECT_THAT(csv.out, HasSubstr(",V12,REFUSE,G2 (present),90 + 5,100\n"));
  EXPECT_THAT(json.out, HasSubstr("\"cell\":\"G2\",\"heading\":\"present\""));
}

TEST(PublishSheet, RefusesAFileThatIsNoneOfOurs) {
  World world;
  const Folder folder;
  const auto file = folder.write("strength.xls", "\xD0\xCF\x11\xE0 an old workbook");

  const auto ran = world.run({"report", "publish", file});

  EXPECT_EQ(ran.code, 65);
  EXPECT_THAT(ran.err, HasSubstr(".xlsx"));
  EXPECT_THAT(world.published, IsEmpty());
}

TEST(PublishSheet, ReadsJsonWhateverItsName) {
  World world;
  const Folder folder;
  const auto file = folder.write("morning", rig::good_report());

  EXPECT_EQ(world.run({"report", "publish", file}).code, 0);
  EXPECT_EQ(world.published, std::vector{tests::valid_report()});
}

TEST(ValidateSheet, HasARowForEachProblem) {
  World world;
  const Folder folder;
  const auto file = folder.write("strength.csv", half_csv());

  const auto ran = world.run({"report", "validate", file, "-o", "csv"});
  const auto json = world.run({"report", "validate", file, "-o", "ndjson"});

  EXPECT_EQ(ran.code, 65);
  EXPECT_THAT(ran.out, HasSubstr(file + ",INVALID,,G3 (present),9O,"));
  EXPECT_THAT(ran.out, HasSubstr(",NUMBER_BAD,refuse,,G3,present,,,2,1\n"));
  EXPECT_THAT(json.out,
              HasSubstr("\"valid\":false,\"rows\":2,\"rows_refused\":1,\"problems\":[{\"where\":"
                        "\"G3 (present)\",\"found\":\"9O\",\"expected\":"));
  EXPECT_THAT(json.out, HasSubstr("\"code\":\"NUMBER_BAD\",\"weight\":\"refuse\",\"cell\":\"G3\","
                                  "\"heading\":\"present\"}]}\n"));
}

TEST(ValidateSheet, ShowsNotesThatHinderNothing) {
  World world;
  const Folder folder;
  auto text = std::string("Remembered,") + kHeadings + "x," + kGoodRow;
  const auto file = folder.write("strength.csv", text);

  const auto ran = world.run({"report", "validate", file, "-o", "csv"});
  const auto published = world.run({"report", "publish", file});

  EXPECT_EQ(ran.code, 0) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr(file + ",FORM OK,1,"));
  EXPECT_THAT(ran.out, HasSubstr(file + ",NOTE,1,"));
  EXPECT_THAT(ran.out, HasSubstr(",COLUMN_UNKNOWN,note,"));
  EXPECT_EQ(published.code, 0);
  EXPECT_THAT(published.err, HasSubstr("muster: note: " + file + ": "));
  EXPECT_THAT(published.err, Not(HasSubstr("nothing was published")));
}

TEST(ValidateSheet, WritesAMarkedCopyWhenAsked) {
  World world;
  const Folder folder;
  const auto bad = folder.write("strength.csv", half_csv());
  const auto good = folder.write("good.csv", good_csv());

  const auto ran = world.run({"report", "validate", bad, good, "--mark"});

  const auto copy = folder.path("strength.marked.xlsx");
  EXPECT_EQ(ran.code, 65);
  EXPECT_THAT(ran.err, HasSubstr(bad + ": the wrong cells are marked in " + copy));
  EXPECT_EQ(rig::read_file(copy).substr(0, 2), "PK");
  EXPECT_FALSE(std::filesystem::exists(folder.path("good.marked.xlsx")));
}

TEST(PublishSheet, MarksWhatTheBrokerFoundWhenAsked) {
  World world;
  world.publisher.verdicts = {
      {model::Verdict::refused,
       {{model::Rule::v12, model::Severity::refuse, 0, "present", "90 + 5", "100"}}}};
  const Folder folder;
  const auto file = folder.write("strength.csv", good_csv());

  world.run({"report", "publish", file});
  const bool before = std::filesystem::exists(folder.path("strength.marked.xlsx"));
  world.run({"report", "publish", file, "--mark"});

  EXPECT_FALSE(before);
  EXPECT_EQ(rig::read_file(folder.path("strength.marked.xlsx")).substr(0, 2), "PK");
}

TEST(DeskPage, NamesEveryColumnWithItsHeadings) {
  const auto page = rig::read_file(std::filesystem::path(__FILE__).parent_path() /
                                   "../../ops/docs/DESK.md");
  const auto book = desk::ColumnBook::load("", "");
  ASSERT_TRUE(book) << book.error().message;

  for (const auto& column : book->columns()) {
    // Of strength by category and sex one stands for all.
    if (column.field.starts_with("cells[") && !column.key.ends_with("_officer_m")) {
      continue;
    }
    EXPECT_THAT(page, HasSubstr("| `" + column.key + "`")) << "ops/docs/DESK.md";
    EXPECT_THAT(page, HasSubstr("| " + column.title_en + " | " + column.title_ru + " |"))
        << "ops/docs/DESK.md, " << column.key;
  }
}

}  // namespace
}  // namespace muster::secretariat
