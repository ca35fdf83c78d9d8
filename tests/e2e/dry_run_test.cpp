// SPDX-License-Identifier: Apache-2.0
// What publishing would do, asked of the real broker: it answers as it then does, and keeps
// nothing.
#include "schemas/wire/report.h"
#include "tests/e2e/bus_fixture.h"

namespace muster::e2e {
namespace {

using namespace std::chrono_literals;
using model::Verdict;

class DryRunOnTheBus : public Bus {
 protected:
  static model::DryRunQuery question(const std::vector<model::Report>& reports) {
    model::DryRunQuery query{.node = must(model::NodeId::parse("KAZ/mod")), .reports = {}};
    for (const auto& report : reports) {
      query.reports.push_back(wire::encode_report(report));
    }
    return query;
  }
};

TEST_F(DryRunOnTheBus, AnswersAsPublishingThenDoesAndKeepsNothing) {
  auto kaz = peer("KAZ/mod");
  kaz.publish({company("KAZ:EX-A")});
  auto wrong = strength("KAZ:EX-A", 100);
  wrong.present = 101;
  const std::vector reports{report({strength("KAZ:EX-A", 80)}), report({wrong})};

  const auto would_be = answer<model::DryRunAnswer>("KAZ/mod", question(reports));
  answer<model::DryRunAnswer>("KAZ/mod", question(reports));

  EXPECT_EQ(ledger_seq(), 1U);
  EXPECT_EQ(metric("muster_reports_received_total{nation=\"KAZ\",result=\"rejected\"}"), 0);
  kill_and_restart();
  EXPECT_EQ(ledger_seq(), 1U);
  EXPECT_EQ(strength_by_nation().total.figures, would_be.difference.before);

  auto again = peer("KAZ/mod");
  auto letter = kaz.letter(reports);
  const auto ack = again.ask<model::Ack>(letter.message());

  ASSERT_THAT(would_be.verdicts, SizeIs(2));
  EXPECT_EQ(would_be.verdicts[0], model::ReportVerdict{});
  ASSERT_THAT(ack.reports, SizeIs(1));
  EXPECT_EQ(ack.reports[0].seq, 3U);
  EXPECT_EQ(ack.reports[0].verdict, would_be.verdicts[1]);
  EXPECT_EQ(strength_by_nation().total.figures, would_be.difference.after);
  EXPECT_EQ(would_be.difference.after.assigned, 80U);
}

TEST_F(DryRunOnTheBus, IsForTheNodesOwnNation) {
  const auto refused = ask("ARM/mod", question({company("KAZ:EX-A")}));

  ASSERT_FALSE(refused);
  EXPECT_EQ(
      refused.error().message,
      "the broker refused (UNAUTHORISED): ARM/mod cannot ask what publishing as KAZ/mod would "
      "do: ask with a key of KAZ. Ask the registrar for a role that may ask this");
}

TEST_F(DryRunOnTheBus, TakesTheLargestReportThatThereMayBe) {
  auto query = question({});
  query.reports = {model::Bytes(model::kReportBytesMax, 7)};

  const auto refused = ask("KAZ/mod", query);

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message,
            "the broker refused (MALFORMED): report 1 of 1: report: 983040 bytes are not a Report "
            "buffer (MSRP)");
}

}  // namespace
}  // namespace muster::e2e
