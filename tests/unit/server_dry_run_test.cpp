// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <chrono>
#include <numeric>

#include "schemas/text/answer_json.h"
#include "schemas/wire/report.h"
#include "storage/rocksdb_store.h"
#include "tests/unit/link_fixture.h"
#include "tests/unit/server_operation_fixture.h"

// What the broker would say to reports that nobody has published.

namespace muster::server {
namespace {

using namespace std::chrono_literals;
using model::ErrorCode;
using model::Verdict;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using tests::BrokerRig;
using tests::report_of;
using tests::request_of;
using tests::strength_of;
using tests::TestNode;
using tests::unit_of;

model::DryRunQuery question(const model::NodeId& node, const std::vector<model::Report>& reports) {
  model::DryRunQuery query{.node = node, .reports = {}};
  for (const auto& report : reports) {
    query.reports.push_back(wire::encode_report(report));
  }
  return query;
}

/// Everything that a difference says, but when the two moments are.
std::string said_by(model::DiffAnswer difference) {
  difference.from = difference.to = {};
  return text::answer_to_json({{}, difference});
}

/// A company of 100 becomes one of 80, and a second company is declared.
std::vector<model::Report> good_reports() {
  return {report_of({strength_of("KAZ:A", {.assigned = 80, .present = 75, .deployable = 70})}),
          report_of({unit_of("KAZ:B"), strength_of("KAZ:B")})};
}

/// One that is good, one that counts wrong, one that rests on the first, one from the future.
std::vector<model::Report> mixed_reports() {
  auto wrong = strength_of("KAZ:A");
  wrong.present = 101;
  auto future = report_of({strength_of("KAZ:A")});
  future.valid_at = tests::kNow + 1h;
  return {report_of({unit_of("KAZ:B"), strength_of("KAZ:B")}), report_of({wrong}),
          report_of({strength_of("KAZ:B", {.assigned = 90, .present = 85, .deployable = 80})},
                    tests::kSampleTime + 1min),
          future};
}

/// A broker that knows KAZ:A.
class DryRunTest : public ::testing::Test {
 protected:
  explicit DryRunTest(std::unique_ptr<storage::Store> store = storage::make_memory_store())
      : rig_(std::move(store)) {
    tests::accept(rig_, rig_.kaz, report_of({unit_of("KAZ:A"), strength_of("KAZ:A")}));
  }

  model::Result<model::Answer> asked(const TestNode& who, const model::DryRunQuery& query) {
    return rig_.answer(who, request_of(query));
  }
  model::DryRunAnswer answered(const std::vector<model::Report>& reports) {
    const auto answer = link::test::must(asked(rig_.kaz, question(rig_.kaz.id(), reports)));
    return std::get<model::DryRunAnswer>(answer.body);
  }
  /// Publishes them together, and gives the verdict of each.
  std::vector<model::ReportVerdict> published(const std::vector<model::Report>& reports) {
    const auto first = rig_.kaz.next().first_seq;
    const auto reply = rig_.take_one(rig_.kaz, rig_.kaz.publish(reports, rig_.now));
    std::vector<model::ReportVerdict> verdicts(reports.size());
    for (const auto& outcome : reply.ack()->reports) {
      verdicts.at(outcome.seq - first) = outcome.verdict;
    }
    return verdicts;
  }
  /// What differs in KAZ between the two times of receipt, all as of the second.
  model::DiffAnswer learned(model::UtcTime before, model::UtcTime after) {
    const model::DiffQuery query{
        .from = {after, before}, .to = {after, after}, .nations = {tests::nation("KAZ")}};
    return std::get<model::DiffAnswer>(
        link::test::must(rig_.answer(rig_.kaz, request_of(query))).body);
  }
  model::Error refused(const TestNode& who, const model::Request& request) {
    const auto answer = rig_.answer(who, request);
    return answer ? model::Error{ErrorCode::io, "it was answered"} : answer.error();
  }

  BrokerRig rig_;
};

// ---- it says what publishing does ---------------------------------------------------------------

TEST_F(DryRunTest, SaysWhatWouldChange) {
  const auto answer = answered(good_reports());

  EXPECT_THAT(answer.verdicts, ElementsAre(model::ReportVerdict{}, model::ReportVerdict{}));
  const auto& difference = answer.difference;
  EXPECT_EQ(difference.before.units, 1U);
  EXPECT_EQ(difference.before.assigned, 100U);
  EXPECT_EQ(difference.after.units, 2U);
  EXPECT_EQ(difference.after.assigned, 180U);
  const auto assigned = std::find_if(
      difference.rows.begin(), difference.rows.end(),
      [](const auto& row) { return row.unit.view() == "KAZ:A" && row.change.field == "assigned"; });
  ASSERT_NE(assigned, difference.rows.end());
  EXPECT_EQ(assigned->change, (model::FieldChange{"assigned", "100", "80"}));
  EXPECT_EQ(assigned->report, (model::ReportId{rig_.kaz.id(), 2}));
}

TEST_F(DryRunTest, SaysWhatPublishingThenReallyYields) {
  for (const auto& reports : {good_reports(), mixed_reports()}) {
    const auto before = rig_.now;
    rig_.now += 1min;
    const auto would_be = answered(reports);

    const auto verdicts = published(reports);

    EXPECT_EQ(would_be.verdicts, verdicts);
    EXPECT_EQ(said_by(would_be.difference), said_by(learned(before, rig_.now)));
    EXPECT_THAT(would_be.difference.rows, Not(IsEmpty()));
  }
}

TEST_F(DryRunTest, JudgesEachReportOnWhatTheOnesBeforeLeft) {
  const auto answer = answered(mixed_reports());

  std::vector<Verdict> verdicts;
  for (const auto& verdict : answer.verdicts) {
    verdicts.push_back(verdict.verdict);
  }
  EXPECT_THAT(verdicts, ElementsAre(Verdict::accepted, Verdict::refused, Verdict::accepted,
                                    Verdict::refused));
  EXPECT_EQ(answer.difference.after.assigned, 190U);
}

TEST_F(DryRunTest, RecallsWhatWasSaidInTheSameQuestionAndInTheLedger) {
  auto first = report_of({strength_of("KAZ:A", {.assigned = 80, .present = 75, .deployable = 70})},
                         tests::kSampleTime + 1min);
  auto second = report_of({strength_of("KAZ:A", {.assigned = 60, .present = 55, .deployable = 50})},
                          tests::kSampleTime + 2min);
  // Takes back the second word: the first, which is on the branch alone, counts again.
  auto corrects_second =
      report_of({strength_of("KAZ:A", {.assigned = 70, .present = 65, .deployable = 60})},
                tests::kSampleTime - 1min);
  corrects_second.kind = model::ReportKind::correction;
  corrects_second.corrects = model::ReportId{rig_.kaz.id(), 3};
  // And takes back the first: the word of the ledger counts again.
  auto corrects_first = corrects_second;
  corrects_first.corrects = model::ReportId{rig_.kaz.id(), 2};
  corrects_first.valid_at = tests::kSampleTime - 2min;
  const std::vector all{first, second, corrects_second, corrects_first};
  const std::vector until_first{first, second, corrects_second};

  const auto first_counts = answered(until_first);
  const auto ledger_counts = answered(all);

  EXPECT_EQ(first_counts.difference.after.assigned, 80U);
  EXPECT_EQ(ledger_counts.difference.after.assigned, 100U);
  EXPECT_EQ(ledger_counts.verdicts, published(all));
}

TEST_F(DryRunTest, IsJudgedAsReceivedNowEvenWhenTheClockWentBack) {
  rig_.now -= 10min;
  const auto reports = good_reports();

  const auto would_be = answered(reports);

  EXPECT_EQ(would_be.difference.to.known_at, tests::kNow);
  EXPECT_EQ(would_be.verdicts, published(reports));
}

TEST_F(DryRunTest, FindsStatementsOfAnotherNation) {
  const auto answer = answered({report_of({strength_of("ARM:A")}), good_reports()[0]});

  ASSERT_EQ(answer.verdicts.size(), 2U);
  EXPECT_EQ(answer.verdicts[0].verdict, Verdict::refused);
  EXPECT_THAT(answer.verdicts[0].findings,
              ElementsAre(model::Finding{model::Rule::v04, model::Severity::refuse, 0, "unit",
                                         "ARM:A from KAZ/mod", "only ARM speaks of it"}));
  EXPECT_EQ(answer.verdicts[1].verdict, Verdict::accepted);
}

TEST_F(DryRunTest, JudgesTheSecretariatsReportsToo) {
  const auto query = question(rig_.sec.id(), {report_of({tests::full_operation()})});

  const auto answer = asked(rig_.sec, query);

  ASSERT_TRUE(answer) << answer.error().message;
  const auto& body = std::get<model::DryRunAnswer>(answer->body);
  EXPECT_THAT(body.verdicts, ElementsAre(model::ReportVerdict{}));
  EXPECT_THAT(body.difference.rows, IsEmpty());
  EXPECT_THAT(answer->header.nations_reporting, ElementsAre(tests::nation("KAZ")));
}

// ---- nothing of it is kept ----------------------------------------------------------------------

/// All that a broker keeps, on disk and in memory, and what it counts of what came in.
struct Kept {
  std::vector<std::string> ledger, projection;
  std::vector<storage::NodeHead> heads;
  std::uint64_t watermark = 0;
  std::size_t quarantined = 0;
  model::TreeHead tree_head;
  std::string described, counted;
  SnapshotPtr snapshot;
  friend bool operator==(const Kept&, const Kept&) = default;
};

class DryRunOnDisk : private link::test::TemporaryFolder, public DryRunTest {
 protected:
  DryRunOnDisk()
      : DryRunTest(link::test::must(storage::open_store(
            {.path = (static_cast<TemporaryFolder&>(*this) / "store").string()}))) {
    rig_.project();
  }

  /// The lines of the metrics page that are about what came in.
  std::string counted() {
    const auto page = rig_.metrics_page();
    std::string lines;
    for (std::size_t at = 0; at < page.size();) {
      const auto end = std::min(page.find('\n', at), page.size());
      const auto line = page.substr(at, end - at);
      if (line.find("reports") != std::string::npos || line.find("refused") != std::string::npos ||
          line.find("ledger") != std::string::npos) {
        lines += line + "\n";
      }
      at = end + 1;
    }
    return lines;
  }

  Kept kept() {
    const auto& store = rig_.any_store();
    Kept all{.ledger = {},
             .projection = {},
             .heads = *store.heads(),
             .watermark = *store.watermark(),
             .quarantined = store.quarantined(10)->size(),
             .tree_head = rig_.snapshot()->tree_head,
             .described = core::describe(rig_.state()),
             .counted = counted(),
             .snapshot = rig_.snapshot()};
    link::test::must(
        store.scan_ledger(1, [&](storage::LedgerRecord&& record) -> model::Result<bool> {
          all.ledger.push_back(
              fmt::format("{} {}", record.ledger_seq, model::to_hex(record.envelope)));
          return true;
        }));
    link::test::must(store.scan_projection(
        [&](std::string_view key, model::ByteView value) -> model::Result<void> {
          all.projection.push_back(fmt::format("{} = {}", key, model::to_hex(value)));
          return {};
        }));
    return all;
  }
};

TEST_F(DryRunOnDisk, LeavesLedgerProjectionHeadsStateAndMetricsAsTheyAre) {
  const auto before = kept();
  const auto state = rig_.state();
  ASSERT_THAT(before.ledger, Not(IsEmpty()));
  ASSERT_THAT(before.projection, Not(IsEmpty()));
  ASSERT_THAT(before.counted, HasSubstr("muster_reports_received_total"));

  for (const auto& reports :
       {good_reports(), mixed_reports(), {report_of({strength_of("ARM:A")})}}) {
    ASSERT_EQ(answered(reports).verdicts.size(), reports.size());
    EXPECT_TRUE(kept() == before);
    EXPECT_TRUE(rig_.state() == state);
  }
}

TEST_F(DryRunTest, SaysTheSameWhenItIsAskedAgain) {
  const auto once = answered(mixed_reports());

  const auto again = answered(mixed_reports());

  EXPECT_EQ(again.verdicts, once.verdicts);
  EXPECT_EQ(said_by(again.difference), said_by(once.difference));
}

// ---- who may ask, and what ----------------------------------------------------------------------

TEST_F(DryRunTest, IsAnsweredToTheNodeAndToItsNationAlone) {
  const auto query = question(rig_.kaz.id(), good_reports());

  EXPECT_TRUE(asked(rig_.kaz, query));
  EXPECT_TRUE(asked(rig_.kaz2, query));
  for (const TestNode* other : {&rig_.arm, &rig_.sec, &rig_.reg}) {
    const auto error = refused(*other, request_of(query));
    EXPECT_EQ(error.code, ErrorCode::refused);
    EXPECT_EQ(
        error.message,
        fmt::format("UNAUTHORISED: {} cannot ask what publishing as KAZ/mod would do: ask with a "
                    "key of KAZ",
                    other->id().view()));
  }
  const auto operation = report_of({tests::full_operation()});
  EXPECT_EQ(refused(rig_.ops, request_of(question(rig_.sec.id(), {operation}))).message,
            "UNAUTHORISED: the key's roles do not allow the query dry_run");
}

TEST_F(DryRunTest, RefusesANodeThatCouldNotPublishNow) {
  const auto unknown =
      refused(rig_.kaz, request_of(question(tests::node_id("KAZ/other"), good_reports())));
  const auto silent = refused(rig_.sec, request_of(question(rig_.ops.id(), good_reports())));

  EXPECT_EQ(unknown.code, ErrorCode::not_found);
  EXPECT_EQ(
      unknown.message,
      "NOT_FOUND: KAZ/other has no key in the registry that is valid now: ask the registrar to "
      "enrol it");
  EXPECT_EQ(silent.code, ErrorCode::refused);
  EXPECT_EQ(silent.message, "UNAUTHORISED: SEC/ops has no role that may publish");
}

TEST_F(DryRunTest, TakesNoMomentAndNoSupposition) {
  const auto query = question(rig_.kaz.id(), good_reports());
  std::vector<model::Request> requests(3, request_of(query));
  requests[0].as_of = rig_.now;
  requests[1].known_at = rig_.now;
  requests[2].what_if = {.without = {tests::nation("ARM")}};

  for (const auto& request : requests) {
    const auto error = refused(rig_.kaz, request);
    EXPECT_EQ(error.code, ErrorCode::malformed);
    EXPECT_EQ(error.message,
              "MALFORMED: dry_run is about what would be published now: ask without a moment and "
              "without a what-if");
  }
}

TEST_F(DryRunTest, SaysWhichReportCannotBeReadAndWhere) {
  auto query = question(rig_.kaz.id(), good_reports());
  query.reports.push_back({1, 2, 3, 4, 5, 6, 7, 8});

  const auto error = refused(rig_.kaz, request_of(query));

  EXPECT_EQ(error.code, ErrorCode::malformed);
  EXPECT_EQ(error.message,
            "MALFORMED: report 3 of 3: report: 8 bytes are not a Report buffer (MSRP)");
}

// ---- how long it takes --------------------------------------------------------------------------

/// As many statements as a report may have. Its time is printed; it must be far below the five
/// seconds that an asker waits.
TEST_F(DryRunTest, JudgesTheLargestReportWhileTheAskerWaits) {
  std::vector<model::Statement> statements;
  for (int i = 0; statements.size() < model::kStatementsMax; ++i) {
    const auto id = fmt::format("KAZ:EX-{}", i);
    statements.emplace_back(unit_of(id));
    statements.emplace_back(strength_of(id));
  }
  const auto query = question(rig_.kaz.id(), {report_of(statements)});
  const auto begin = std::chrono::steady_clock::now();

  const auto answer = asked(rig_.kaz, query);

  const auto took = std::chrono::steady_clock::now() - begin;
  ASSERT_TRUE(answer) << answer.error().message;
  const auto& body = std::get<model::DryRunAnswer>(answer->body);
  EXPECT_EQ(body.verdicts[0].verdict, Verdict::accepted);
  EXPECT_EQ(body.difference.after.units, 1U + model::kStatementsMax / 2);
  fmt::print("{} statements, {} bytes, {} rows: {} ms\n", statements.size(),
             query.reports[0].size(), body.difference.rows.size(),
             std::chrono::duration_cast<std::chrono::milliseconds>(took).count());
  EXPECT_LT(took, 5s);
}

}  // namespace
}  // namespace muster::server
