// SPDX-License-Identifier: Apache-2.0
// What the broker makes of reports that are authentic, and says in its acknowledgement.
#include "schemas/fbs/report_generated.h"
#include "schemas/wire/envelope.h"
#include "tests/e2e/bus_fixture.h"

namespace muster::e2e {
namespace {

using namespace std::chrono_literals;
using model::Severity;
using model::Verdict;

class VerdictOnTheBus : public Bus {
 protected:
  static std::vector<Rule> rules_of(const model::ReportOutcome& outcome) {
    std::vector<Rule> rules;
    for (const auto& finding : outcome.verdict.findings) {
      rules.push_back(finding.rule);
    }
    return rules;
  }

  /// A report that says a kind of statement of a newer schema.
  static model::Bytes report_of_a_newer_schema() {
    flatbuffers::FlatBufferBuilder builder;
    const std::vector<std::uint8_t> tasks{8};
    const auto caveat = fbs::CreateCaveatDirect(builder, "CAV-1", "KAZ", "KAZ:EX-A",
                                                fbs::CaveatKind::TASK_EXCLUDED, &tasks);
    const std::vector statements{
        fbs::CreateStatement(builder, static_cast<fbs::StatementBody>(200), caveat.Union())};
    fbs::FinishReportBuffer(
        builder,
        fbs::CreateReportDirect(builder, fbs::ReportKind::REGULAR, model::to_micros(now() - 1min),
                                fbs::Classification::UNCLASSIFIED, nullptr, nullptr, &statements));
    return {builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize()};
  }
};

TEST_F(VerdictOnTheBus, RefusesAReportFromTheFuture) {
  auto kaz = peer("KAZ/mod");
  auto future = company("KAZ:EX-A");
  future.valid_at = now() + 1h;

  const auto ack = kaz.publish({future});

  ASSERT_THAT(ack.reports, SizeIs(1));
  EXPECT_EQ(ack.reports[0].seq, 1U);
  EXPECT_EQ(ack.reports[0].verdict.verdict, Verdict::refused);
  EXPECT_THAT(rules_of(ack.reports[0]), Contains(Rule::v08));
  EXPECT_EQ(ack.up_to_seq, 1U) << "a refused report keeps its place in the chain";
  EXPECT_EQ(strength_by_nation().total.figures.units, 0U);
  EXPECT_EQ(metric("muster_refused_total{rule=\"V08\"}"), 1);
  EXPECT_EQ(metric("muster_reports_received_total{nation=\"KAZ\",result=\"rejected\"}"), 1);
}

TEST_F(VerdictOnTheBus, NamesEveryContradictionOfCountsAtOnce) {
  auto kaz = peer("KAZ/mod");
  auto contradictory = strength("KAZ:EX-A", 100);
  contradictory.present = 101;
  contradictory.deployable = 102;
  contradictory.absences = {{model::AbsenceReason::leave, 300'000}};

  const auto ack = kaz.publish({report({unit("KAZ:EX-A"), contradictory})});

  ASSERT_THAT(ack.reports, SizeIs(1));
  const auto& verdict = ack.reports[0].verdict;
  EXPECT_EQ(verdict.verdict, Verdict::refused);
  EXPECT_GE(verdict.findings.size(), 3U);
  for (const auto& finding : verdict.findings) {
    EXPECT_EQ(finding.statement, 1U) << model::describe(finding);
    EXPECT_FALSE(finding.found.empty() || finding.expected.empty()) << model::describe(finding);
  }
  EXPECT_EQ(strength_by_nation().total.figures.units, 0U) << "no part of it may count";
}

TEST_F(VerdictOnTheBus, JudgesEachReportOfAnEnvelopeOnItsOwn) {
  auto kaz = peer("KAZ/mod");
  auto future = report({strength("KAZ:EX-A", 50)});
  future.valid_at = now() + 1h;

  const auto ack = kaz.publish(
      {company("KAZ:EX-A", 100), future, report({strength("KAZ:EX-NOT-DECLARED", 90)})});

  ASSERT_THAT(ack.reports, SizeIs(2));
  EXPECT_EQ(ack.reports[0].seq, 2U);
  EXPECT_EQ(ack.reports[1].seq, 3U);
  EXPECT_THAT(rules_of(ack.reports[1]), Contains(Rule::v05));
  EXPECT_EQ(strength_by_nation().total.figures.deployable, 100U);
}

TEST_F(VerdictOnTheBus, RepeatsTheVerdictsWhenAnEnvelopeComesAgain) {
  auto kaz = peer("KAZ/mod");
  auto future = company("KAZ:EX-A");
  future.valid_at = now() + 1h;
  const auto message = kaz.letter({company("KAZ:EX-B"), future}).message();
  const auto first = kaz.ask<model::Ack>(message);

  kill_and_restart();
  const auto again = peer("KAZ/mod").ask<model::Ack>(message);

  ASSERT_THAT(again.reports, SizeIs(1));
  EXPECT_EQ(again.reports[0].seq, 2U);
  EXPECT_EQ(again.reports[0].verdict, first.reports.at(0).verdict);
}

TEST_F(VerdictOnTheBus, AcceptsAndFlagsACodeOfANewerSchema) {
  auto kaz = peer("KAZ/mod");
  auto people = strength("KAZ:EX-A", 100);
  people.present = 93;
  people.absences = {{static_cast<model::AbsenceReason>(200), 7}};

  const auto ack = kaz.publish({report({unit("KAZ:EX-A"), people})});

  ASSERT_THAT(ack.reports, SizeIs(1));
  EXPECT_EQ(ack.reports[0].verdict.verdict, Verdict::accepted);
  ASSERT_THAT(rules_of(ack.reports[0]), ElementsAre(Rule::v38));
  EXPECT_EQ(ack.reports[0].verdict.findings[0].severity, Severity::flag);
  EXPECT_THAT(ack.reports[0].verdict.findings[0].found, HasSubstr("200"));
  EXPECT_EQ(strength_by_nation().total.figures.deployable, 100U) << "it counts";
}

TEST_F(VerdictOnTheBus, KeepsAStatementOfANewerSchemaAndSaysSo) {
  auto kaz = peer("KAZ/mod");
  kaz.publish({company("KAZ:EX-A")});
  auto letter = kaz.letter({});
  letter.reports.push_back(report_of_a_newer_schema());
  letter.sign(kaz.key());
  const auto figures = strength_by_nation();

  const auto ack = kaz.ask<model::Ack>(letter.message());

  ASSERT_THAT(ack.reports, SizeIs(1));
  EXPECT_EQ(ack.reports[0].verdict.verdict, Verdict::accepted);
  EXPECT_THAT(rules_of(ack.reports[0]), ElementsAre(Rule::v38));
  EXPECT_THAT(ack.reports[0].verdict.findings[0].found, HasSubstr("UNKNOWN(200)"));
  EXPECT_EQ(strength_by_nation().rows, figures.rows);

  kill_and_restart();
  const auto tail = answer<model::LedgerTailAnswer>("SEC/officer", model::LedgerTailQuery{});
  ASSERT_THAT(tail.records, SizeIs(2));
  EXPECT_EQ(tail.records[1].reports.at(0).statements, 1U);
  EXPECT_EQ(tail.records[1].reports.at(0).verdict, ack.reports[0].verdict);
}

TEST_F(VerdictOnTheBus, RefusesToChangeThePastWithoutACorrection) {
  auto kaz = peer("KAZ/mod");
  kaz.publish({company("KAZ:EX-A", 100)});
  auto older = report({strength("KAZ:EX-A", 60)});
  older.valid_at = now() - 48h;

  const auto ack = kaz.publish({older});

  ASSERT_THAT(ack.reports, SizeIs(1));
  EXPECT_THAT(rules_of(ack.reports[0]), ElementsAre(Rule::v09));
  EXPECT_EQ(strength_by_nation().total.figures.deployable, 100U);
}

}  // namespace
}  // namespace muster::e2e
