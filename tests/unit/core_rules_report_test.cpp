// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/core_rules_fixture.h"

// Rules about a report as a whole, and about who may say what and when.

namespace muster::core {
namespace {

using namespace std::chrono_literals;
using model::Finding;
using model::Rule;
using model::Severity;
using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;
using tests::kNow;
using tests::kSampleTime;
using tests::report_of;
using tests::strength_of;
using tests::unit_of;

TEST_F(Rules, AcceptAllThatANationCanSay) {
  open_operation();
  commit_slice(slice());
  auto report = tests::full_report();
  std::get<model::ReadinessStatement>(report.statements[4]).missions[0].operation =
      tests::code("EX-2203");

  accepts(report);

  EXPECT_EQ(world_.state.units.find(tests::unit_id("KAZ:EX-COMBAT-1"))->own.on_strength, 114U);
}

TEST_F(Rules, V05RefusesAUnitOfAnotherNode) {
  const auto finding = finds(report_of({tests::full_strength()}),
                             {.rule = Rule::v05, .statement = 0, .field = "unit"}, "KAZ/mod-2");

  EXPECT_THAT(finding.expected, HasSubstr("KAZ/mod"));
}

TEST_F(Rules, V05RefusesAUnitThatNobodyDeclared) {
  finds(strength_of("KAZ:NEW"), {.rule = Rule::v05, .statement = 0, .field = "unit"});
}

TEST_F(Rules, V05LetsAReportDeclareTheUnitAfterItSpeaksOfIt) {
  accepts(report_of({strength_of("KAZ:NEW"), unit_of("KAZ:NEW")}));

  EXPECT_EQ(world_.state.units.find(tests::unit_id("KAZ:NEW"))->own.assigned, 100U);
}

TEST_F(Rules, V05FollowsATransferFromItsMomentOn) {
  model::RegistryStatement registry;
  registry.unit_transfers = {{.unit = tests::unit_id("KAZ:EX-COMBAT-1"),
                              .from_node = tests::node_id("KAZ/mod"),
                              .to_node = tests::node_id("KAZ/mod-2"),
                              .at = kNow + 1h}};
  world_.accept(report_of({registry}), "REG/registry");
  const auto report = report_of({tests::full_strength()});

  finds(report, {.rule = Rule::v05, .statement = 0, .field = "unit"}, "KAZ/mod-2", kNow + 59min);
  finds(report, {.rule = Rule::v05, .statement = 0, .field = "unit"}, "KAZ/mod", kNow + 1h);
  EXPECT_EQ(world_.take(report, "KAZ/mod-2", kNow + 1h).verdict, model::Verdict::accepted);
}

TEST_F(Rules, V05RefusesATransferToAnotherNation) {
  model::RegistryStatement registry;
  registry.unit_transfers = {{.unit = tests::unit_id("KAZ:EX-COMBAT-1"),
                              .from_node = tests::node_id("KAZ/mod"),
                              .to_node = tests::node_id("ARM/mod"),
                              .at = kNow}};

  finds(report_of({registry}),
        {.rule = Rule::v05, .statement = 0, .field = "unit_transfers[0].to_node"}, "REG/registry");
}

TEST_F(Rules, V05RefusesToCorrectAReportOfAnotherNode) {
  auto report = report_of({tests::full_strength()});
  report.kind = model::ReportKind::correction;
  report.corrects = model::ReportId{tests::node_id("KAZ/mod-2"), 1};

  finds(report, {.rule = Rule::v05, .field = "corrects"});
}

TEST_F(Rules, V05RefusesToCorrectAReportThatIsStillToCome) {
  auto report = report_of({tests::full_strength()});
  report.kind = model::ReportKind::correction;
  report.corrects = model::ReportId{tests::node_id("KAZ/mod"), 2};

  finds(report, {.rule = Rule::v05, .field = "corrects"});
}

TEST_F(Rules, V08RefusesAReportThatSpeaksOfTheFuture) {
  finds(report_of({tests::full_strength()}, kNow + 1us), {.rule = Rule::v08, .field = "valid_at"});
}

TEST_F(Rules, V08RefusesANodeWhoseClockIsAhead) {
  auto arrival = tests::arrival_of("KAZ/mod", 2);
  const auto report = report_of({tests::full_strength()});
  const auto verdict_when_issued_at = [&](model::UtcTime issued_at) {
    arrival.issued_at = issued_at;
    return *decide(world_.state, report, arrival, model::Limits{}, world_.recall());
  };

  EXPECT_EQ(verdict_when_issued_at(kNow + 120s).verdict, model::Verdict::accepted);
  const auto late = verdict_when_issued_at(kNow + 120s + 1us);
  EXPECT_EQ(late.verdict, model::Verdict::refused);
  EXPECT_THAT(late.findings,
              ::testing::ElementsAre(::testing::AllOf(
                  Field(&Finding::rule, Rule::v08), Field(&Finding::field, "issued_at"),
                  Field(&Finding::statement, Finding::kWholeReport))));
}

TEST_F(Rules, V08ShowsTimesThatNoCalendarKnows) {
  auto arrival = tests::arrival_of("KAZ/mod", 2);
  arrival.issued_at = model::UtcTime::min();
  const auto decision =
      decide(world_.state, report_of({tests::full_strength()}, model::UtcTime::max()), arrival,
             model::Limits{}, world_.recall());

  ASSERT_TRUE(decision);
  EXPECT_EQ(decision->verdict, model::Verdict::refused);
}

TEST_F(Rules, V09RefusesWhatIsOlderThanTheLastWord) {
  world_.accept(report_of({tests::full_strength()}, kSampleTime));

  const auto finding = finds(report_of({tests::full_strength()}, kSampleTime - 1us),
                             {.rule = Rule::v09, .statement = 0, .field = "valid_at"});

  EXPECT_THAT(finding.expected, HasSubstr("KAZ/mod#2"));
}

TEST_F(Rules, V09AcceptsTheSameMomentAgainAndTheLaterReportCounts) {
  world_.accept(report_of({strength_of("KAZ:EX-COMBAT-1", {.assigned = 100})}));
  accepts(report_of({strength_of("KAZ:EX-COMBAT-1", {.assigned = 101})}));

  EXPECT_EQ(world_.state.units.find(tests::unit_id("KAZ:EX-COMBAT-1"))->own.assigned, 101U);
}

TEST_F(Rules, V09LetsACorrectionChangeThePast) {
  // DOMAIN.md §6: 400 valid on 6 January, corrected on the 8th to 380.
  world_.accept(report_of({strength_of("KAZ:EX-COMBAT-1", {.assigned = 400})}, kSampleTime));
  auto correction = report_of({strength_of("KAZ:EX-COMBAT-1", {.assigned = 380})}, kSampleTime);
  correction.kind = model::ReportKind::correction;
  correction.corrects = model::ReportId{tests::node_id("KAZ/mod"), 2};

  EXPECT_EQ(world_.take(correction, "KAZ/mod", kNow + 48h).verdict, model::Verdict::accepted);

  EXPECT_EQ(world_.state.units.find(tests::unit_id("KAZ:EX-COMBAT-1"))->own.assigned, 380U);
}

TEST_F(Rules, V09LetsACorrectionReplaceAWordThatNamedTooLateATime) {
  world_.accept(report_of({strength_of("KAZ:EX-COMBAT-1", {.assigned = 400})}, kSampleTime));
  auto correction =
      report_of({strength_of("KAZ:EX-COMBAT-1", {.assigned = 380})}, kSampleTime - 2h);
  correction.kind = model::ReportKind::correction;
  correction.corrects = model::ReportId{tests::node_id("KAZ/mod"), 2};

  accepts(correction);

  EXPECT_EQ(world_.state.units.find(tests::unit_id("KAZ:EX-COMBAT-1"))->own.assigned, 380U);
}

TEST_F(Rules, V09LeavesTheNewestWordWhenACorrectionSpeaksOfAnOlderOne) {
  world_.accept(report_of({strength_of("KAZ:EX-COMBAT-1", {.assigned = 110})}, kSampleTime - 2h));
  world_.accept(report_of({strength_of("KAZ:EX-COMBAT-1", {.assigned = 120})}, kSampleTime));
  auto correction =
      report_of({strength_of("KAZ:EX-COMBAT-1", {.assigned = 111})}, kSampleTime - 2h);
  correction.kind = model::ReportKind::correction;
  correction.corrects = model::ReportId{tests::node_id("KAZ/mod"), 2};

  accepts(correction);

  EXPECT_EQ(world_.state.units.find(tests::unit_id("KAZ:EX-COMBAT-1"))->own.assigned, 120U);
}

TEST_F(Rules, V09RefusesToCorrectWhatWasNeverSaid) {
  world_.accept(report_of({tests::full_equipment()}));

  const auto finding =
      finds(correction_of(2, {tests::full_strength()}), {.rule = Rule::v09, .field = "corrects"});

  EXPECT_EQ(finding.found, "KAZ/mod#2 said nothing of this that was accepted");
}

TEST_F(Rules, V09RefusesToCorrectAReportThatWasRefused) {
  auto wrong = tests::full_strength();
  wrong.present = 0;
  ASSERT_EQ(world_.take(report_of({wrong})).verdict, model::Verdict::refused);

  finds(correction_of(2, {tests::full_strength()}), {.rule = Rule::v09, .field = "corrects"});
}

TEST_F(Rules, V09LetsACorrectionBeCorrectedByEitherName) {
  world_.accept(report_of({people({.assigned = 400})}));
  accepts(correction_of(2, {people({.assigned = 380})}));
  accepts(correction_of(3, {people({.assigned = 381})}));
  accepts(correction_of(2, {people({.assigned = 382})}));

  EXPECT_EQ(world_.state.units.find(tests::unit_id("KAZ:EX-COMBAT-1"))->own.assigned, 382U);
}

TEST_F(Rules, V09LetsACorrectionAddToWhatItCorrects) {
  world_.accept(report_of({tests::full_strength()}));

  accepts(correction_of(2, {tests::full_strength(), tests::full_training()}));
}

TEST_F(Rules, V09RefusesOlderWordsOfEveryKindOnAUnit) {
  auto roster = tests::full_roster();
  const std::vector<model::Statement> all = {
      tests::full_unit(),         tests::full_strength(),
      tests::full_equipment(),    readiness_at_home(),
      tests::full_availability(), tests::full_self_sustainment(),
      tests::full_training(),     roster};
  for (const auto& statement : all) {
    SCOPED_TRACE(model::to_text(model::kind_of(statement)));
    tests::World world = world_;
    const auto said = world.take(report_of({statement}, kSampleTime - 1h));
    ASSERT_EQ(said.verdict, model::Verdict::accepted);

    const auto decision = world.take(report_of({statement}, kSampleTime - 1h - 1us));

    ASSERT_EQ(decision.findings.size(), 1U);
    EXPECT_EQ(decision.findings[0].rule, Rule::v09);
    EXPECT_EQ(decision.verdict, model::Verdict::refused);
  }
}

TEST_F(Rules, V10RefusesAReportOfAnotherAge) {
  const model::UtcTime before =
      std::chrono::sys_days{std::chrono::year{1989} / 12 / 31} + 24h - 1us;
  const auto decision = world_.take(report_of({unit_of("KAZ:OLD")}, before));

  ASSERT_EQ(decision.findings.size(), 1U);
  EXPECT_EQ(decision.findings[0].rule, Rule::v10);
  EXPECT_EQ(decision.findings[0].field, "valid_at");
  EXPECT_EQ(decision.findings[0].found, "1989-12-31T23:59:59.999999Z");
  accepts(report_of({unit_of("KAZ:OLD")}, model::kTimeMin));
}

TEST_F(Rules, V10RefusesToCorrectTooManyAgreementsAtOnce) {
  std::vector<model::Statement> slots;
  for (int i = 0; i < 65; ++i) {
    auto slot = tests::full_standby();
    slot.unit = tests::unit_id("KAZ:EX-COMBAT-1");
    slot.from += std::chrono::hours{24 * 365 * i / 65};
    slot.to = slot.from + 1h;
    slots.emplace_back(slot);
  }
  accepts(report_of(slots));

  const auto finding = finds(correction_of(2, slots), {.rule = Rule::v10, .field = "statements"});

  EXPECT_EQ(finding.found, "65 statements about agreements in a CORRECTION");
  EXPECT_EQ(finding.expected, "correct in parts of at most 64");
  slots.pop_back();
  accepts(correction_of(2, slots));
}

TEST_F(Rules, V18RefusesACorrectionThatNamesNoReport) {
  auto report = report_of({tests::full_strength()});
  report.kind = model::ReportKind::correction;

  finds(report, {.rule = Rule::v18, .field = "corrects"});
}

TEST_F(Rules, V21RefusesAnotherRealm) {
  model::RegistryStatement registry;
  registry.realm = model::Realm::live;

  finds(report_of({registry}), {.rule = Rule::v21, .statement = 0, .field = "realm"},
        "REG/registry");
}

TEST_F(Rules, V32RefusesARecipientWhoIsNoMember) {
  auto report = report_of({tests::full_strength()});
  report.releasable_to = {tests::nation("ARM"), tests::nation("UZB")};

  const auto finding = finds(report, {.rule = Rule::v32, .field = "releasable_to[1]"});

  EXPECT_EQ(finding.found, "UZB");
}

TEST_F(Rules, V32RefusesWhatIsAboveTheClearanceOfTheBus) {
  auto report = report_of({tests::full_strength()});
  report.classification = model::Classification::top_secret;

  const auto finding = finds(report, {.rule = Rule::v32, .field = "classification"});

  EXPECT_EQ(finding.found, "TOP_SECRET");
  EXPECT_THAT(finding.expected, HasSubstr("SECRET"));
  report.classification = model::Classification::secret;
  accepts(report);
}

TEST_F(Rules, V32KeepsAClassificationThatItDoesNotKnow) {
  auto report = report_of({tests::full_strength()});
  report.classification = static_cast<model::Classification>(99);

  finds(report, {.rule = Rule::v38, .severity = Severity::flag, .field = "classification"});
}

TEST_F(Rules, V36RefusesTwoStatementsOfAKindAboutAUnit) {
  finds(report_of({tests::full_strength(), tests::full_equipment(), tests::full_strength()}),
        {.rule = Rule::v36, .statement = 2, .field = "unit"});
}

TEST_F(Rules, V38FlagsAKindOfReportThatIsNotKnown) {
  auto report = report_of({tests::full_strength()});
  report.kind = static_cast<model::ReportKind>(77);

  finds(report, {.rule = Rule::v38, .severity = Severity::flag, .field = "kind"});
}

TEST_F(Rules, V38FlagsATypeOfStatementThatIsNotKnown) {
  const model::UninterpretedStatement unknown{.kind = static_cast<model::StatementKind>(99)};

  const auto finding = finds(
      unknown, {.rule = Rule::v38, .severity = Severity::flag, .statement = 0, .field = "type"});

  EXPECT_THAT(finding.found, HasSubstr("99"));
}

TEST_F(Rules, RefusesAllAtOnce) {
  auto strength = tests::full_strength();
  strength.present = 113;         // V12
  strength.cells[0].present = 0;  // V14
  auto equipment = tests::full_equipment();
  equipment.holdings[1].fmc = 2;  // V16
  auto readiness = readiness_at_home();
  readiness.t = model::Level{1};                                      // V17: no Training
  readiness.r = model::Level{1};                                      // V19: computed 2
  readiness.level_override->authority.clear();                        // V20
  auto below_itself = unit_of("KAZ:EX-COMBAT-1", "KAZ:EX-COMBAT-1");  // V07
  auto roster = tests::full_roster();
  roster.form = model::RosterForm::delta;  // V42
  roster.base_version = 41;
  roster.upserts[0].person_ref = {};  // V33
  auto report =
      report_of({strength, equipment, readiness, below_itself, roster}, kNow + 1h);  // V08
  report.releasable_to = {tests::nation("UZB")};                                     // V32
  report.statements.emplace_back(strength_of("KAZ:NOBODY"));                         // V05
  const auto before = world_.state;

  const auto decision = world_.take(report);

  EXPECT_EQ(decision.verdict, model::Verdict::refused);
  for (const auto rule : {Rule::v05, Rule::v07, Rule::v08, Rule::v12, Rule::v14, Rule::v16,
                          Rule::v17, Rule::v19, Rule::v20, Rule::v32, Rule::v33, Rule::v42}) {
    EXPECT_THAT(decision.findings, Contains(Field(&Finding::rule, rule))) << model::to_text(rule);
  }
  EXPECT_TRUE(world_.state == before);
}

TEST_F(Rules, SayHowManyMoreFindingsThereAre) {
  auto equipment = tests::full_equipment();
  equipment.holdings.assign(150, equipment.holdings[0]);  // 149 repeated items

  const auto decision = world_.take(report_of({equipment}));

  ASSERT_EQ(decision.findings.size(), kFindingsMax);
  EXPECT_EQ(decision.findings.back().found, "50 more findings");
  EXPECT_EQ(decision.verdict, model::Verdict::refused);
}

TEST_F(Rules, RefuseAlsoWhenOnlyAFindingThatIsNotShownRefuses) {
  auto equipment = tests::full_equipment();
  equipment.holdings.clear();
  for (int i = 0; i < 110; ++i) {
    auto holding = tests::full_equipment().holdings[0];
    holding.item_code = tests::code("ITEM-" + std::to_string(i));
    holding.lease = static_cast<model::Lease>(50);  // V38, a flag
    equipment.holdings.push_back(holding);
  }
  equipment.holdings.back().nmc = 100;  // V16, after 100 flags

  EXPECT_EQ(world_.take(report_of({equipment})).verdict, model::Verdict::refused);
}

TEST_F(Rules, ShowNoMoreOfAValueThanFitsALine) {
  auto unit = tests::full_unit();
  unit.languages = {std::string(10'000, 'x')};

  const auto finding = finds(unit, {.rule = Rule::v10, .statement = 0, .field = "languages[0]"});

  EXPECT_LT(finding.found.size(), 500U);
}

}  // namespace
}  // namespace muster::core
