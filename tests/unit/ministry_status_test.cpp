// SPDX-License-Identifier: Apache-2.0
#include "nodes/ministry/status_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <iterator>

#include "link_fixture.h"
#include "nodes/ministry/node_metrics.h"
#include "schemas/text/json_tree.h"

namespace muster::ministry {
namespace {

using link::test::must;
using testing::HasSubstr;

const model::UtcTime kNow = *model::parse_time("2026-11-22T06:30:00Z");

NodeStatus status() {
  using Session = client::PublisherStatus::Session;
  return {.node = "KAZ/mod",
          .publisher = {.session = Session::greeted,
                        .acknowledged_seq = 40,
                        .next_seq = 44,
                        .refused = 2},
          .drop = {.waiting = 1,
                   .claimed = 2,
                   .published = 3,
                   .processed = 10,
                   .rejected = 4,
                   .duplicates = 5,
                   .oldest_waiting = kNow - std::chrono::seconds(90),
                   .last_receipt = "processed/2026-11-22/a.json.receipt.json",
                   .last_problem = "b.csv was rejected"},
          .started_at = kNow - std::chrono::hours(1),
          .last_contact = kNow - std::chrono::seconds(1)};
}

TEST(Status, IsTold) {
  EXPECT_EQ(status_json(status(), "All is well.", kNow),
            R"({
  "apiVersion": "muster/v1",
  "kind": "NodeStatus",
  "node": "KAZ/mod",
  "summary": "All is well.",
  "session": "greeted",
  "problem": "",
  "acknowledged_seq": 40,
  "in_outbox": 3,
  "reports_refused": 2,
  "files": {
    "waiting": 1,
    "claimed": 2,
    "published": 3,
    "processed": 10,
    "rejected": 4,
    "duplicates": 5,
    "oldest_waiting_seconds": 90
  },
  "last_receipt": "processed/2026-11-22/a.json.receipt.json",
  "last_problem": "b.csv was rejected",
  "started_at": "2026-11-22T05:30:00Z",
  "last_contact": "2026-11-22T06:29:59Z",
  "updated_at": "2026-11-22T06:30:00Z"
}
)");
}

TEST(Status, IsSummedUpInALine) {
  EXPECT_EQ(summary(status()), "Publishing. Files under way: 6, reports in the outbox: 3.");
  auto broken = status();
  broken.publisher.problem = "nobody answers at tcp://127.0.0.1:7610";
  EXPECT_EQ(
      summary(broken),
      "Not publishing: nobody answers at tcp://127.0.0.1:7610. Files under way: 6, reports in "
      "the outbox: 3.");
}

class StatusFileTest : public testing::Test {
 protected:
  [[nodiscard]] std::string text() const {
    std::ifstream in(path_);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  [[nodiscard]] std::string updated_at() const {
    text::Problems none;
    return text::parse_json(text(), none).root.find("updated_at")->text;
  }

  link::test::TemporaryFolder folder_;
  Path path_ = folder_ / "status.json";
  StatusFile file_{path_.parent_path(), words::Words::of(words::Language::english)};
};

TEST_F(StatusFileTest, IsWrittenWhenSomethingChangedAndNowAndThen) {
  must(file_.update(status(), kNow));
  EXPECT_TRUE(is_status_file(path_));
  EXPECT_EQ(text(), status_json(status(), summary(status()), kNow));

  auto later = status();
  later.last_contact += std::chrono::seconds(29);
  must(file_.update(later, kNow + std::chrono::seconds(29)));
  EXPECT_EQ(updated_at(), "2026-11-22T06:30:00Z") << "time alone is no change";
  later.drop.processed += 1;
  must(file_.update(later, kNow + std::chrono::seconds(29)));
  EXPECT_EQ(updated_at(), "2026-11-22T06:30:29Z");
  must(file_.update(later, kNow + std::chrono::seconds(59)));
  EXPECT_EQ(updated_at(), "2026-11-22T06:30:59Z") << "so that a stale file tells of a dead node";
}

TEST_F(StatusFileTest, IsNotPutOverAReportOfThatName) {
  std::ofstream(path_) << R"({"kind": "REGULAR"})";

  must(file_.update(status(), kNow));
  EXPECT_EQ(text(), R"({"kind": "REGULAR"})");
  EXPECT_FALSE(is_status_file(path_));

  std::filesystem::remove(path_);
  must(file_.update(status(), kNow));
  EXPECT_TRUE(is_status_file(path_));
}

TEST_F(StatusFileTest, WaitsForNoPipeOfThatName) {
  ASSERT_EQ(::mkfifo(path_.c_str(), 0600), 0);

  EXPECT_FALSE(is_status_file(path_));
  must(file_.update(status(), kNow));
  EXPECT_TRUE(std::filesystem::is_fifo(path_));
}

TEST_F(StatusFileTest, TellsThatItCannotBeWritten) {
  StatusFile nowhere(folder_ / "gone", words::Words::of(words::Language::english));

  EXPECT_EQ(nowhere.update(status(), kNow).error().code, model::ErrorCode::io);
}

TEST(NodeMetrics, ShowEverySeriesAndNoNames) {
  const auto page = metrics_page(status(), "1.2.3");

  for (const auto* line : {
           "muster_node_build_info{version=\"1.2.3\"} 1\n",
           "muster_node_start_timestamp_seconds 1795325400\n",
           "muster_node_drop_files_total{result=\"processed\"} 10\n",
           "muster_node_drop_files_total{result=\"rejected\"} 4\n",
           "muster_node_drop_files_total{result=\"duplicate\"} 5\n",
           "muster_node_drop_pending_files{stage=\"waiting\"} 1\n",
           "muster_node_drop_pending_files{stage=\"claimed\"} 2\n",
           "muster_node_drop_pending_files{stage=\"published\"} 3\n",
           "muster_node_drop_oldest_waiting_timestamp_seconds 1795328910\n",
           "muster_node_outbox_reports 3\n",
           "muster_node_acknowledged_seq 40\n",
           "muster_node_reports_refused_total 2\n",
           "muster_node_session{state=\"greeted\"} 1\n",
           "muster_node_session{state=\"denied\"} 0\n",
           "muster_node_last_contact_timestamp_seconds 1795328999\n",
       }) {
    EXPECT_THAT(page, HasSubstr(line));
  }
  EXPECT_THAT(page, testing::Not(HasSubstr("csv")));
}

}  // namespace
}  // namespace muster::ministry
