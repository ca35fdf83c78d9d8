// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gmock/gmock.h>

#include "tests/support/core_samples.h"

namespace muster::core {

/// Where a finding must stand.
struct Expected {
  model::Rule rule = model::Rule::none;
  model::Severity severity = model::Severity::refuse;
  std::uint32_t statement = model::Finding::kWholeReport;
  std::string field;
};

/// A state in which KAZ/mod has declared KAZ:EX-COMMAND-1 and, below it, KAZ:EX-COMBAT-1, a day ago
/// with 108 of 120 people, all deployable, and its equipment: computed are P 1, S 1, R 2, T 6 and
/// overall 2. Each test takes a report that breaks nothing and changes one thing.
class Rules : public ::testing::Test {
 protected:
  static constexpr auto kDayBefore = tests::kSampleTime - std::chrono::hours{24};

  Rules() {
    world_.accept(tests::report_of(
        {tests::root_unit(), tests::full_unit(),
         people({.authorised = 120, .assigned = 108, .present = 108, .deployable = 108}),
         tests::full_equipment()},
        kDayBefore));
  }

  /// A Strength of KAZ:EX-COMBAT-1.
  static model::StrengthStatement people(const tests::People& counts) {
    return tests::strength_of("KAZ:EX-COMBAT-1", counts);
  }
  /// full_readiness() of a unit that nothing is committed of.
  static model::ReadinessStatement readiness_at_home() {
    auto readiness = tests::full_readiness();
    readiness.missions.clear();
    return readiness;
  }
  static model::Report correction_of(std::uint64_t seq, std::vector<model::Statement> statements,
                                     model::UtcTime valid_at = tests::kSampleTime,
                                     std::string_view node = "KAZ/mod") {
    auto report = tests::report_of(std::move(statements), valid_at);
    report.kind = model::ReportKind::correction;
    report.corrects = model::ReportId{tests::node_id(node), seq};
    return report;
  }
  static model::Report validation_of(std::vector<model::Statement> statements) {
    auto report = tests::report_of(std::move(statements));
    report.kind = model::ReportKind::validation;
    return report;
  }

  // ---- an operation: EX-2203 in TJK, authorised 2,500, and its one line L03
  // ----------------------

  /// The secretariat declares it. TJK may contribute.
  void open_operation() { by_office({tests::full_operation(), tests::full_requirement()}); }
  /// The secretariat says it, and it is accepted.
  void by_office(std::vector<model::Statement> statements) {
    world_.accept(tests::report_of(std::move(statements), kDayBefore), "SEC/hq");
  }
  /// OFFER-1 of KAZ:EX-COMBAT-1 for L03. Of items it promises none: what the unit has is 8 armoured
  /// carriers and 3 helicopters that are fully mission capable.
  static model::ContributionStatement slice(
      model::Count people = 85,
      model::ContributionState state = model::ContributionState::offered) {
    auto contribution = tests::full_contribution();
    contribution.people = people;
    contribution.equipment.clear();
    contribution.state = state;
    return contribution;
  }
  /// What the secretariat says to `slice`.
  static model::DecisionStatement response(std::string_view id, model::ContributionState to,
                                           std::string_view slice = "KAZ/OFFER-1") {
    auto decision = tests::offer_response();
    decision.decision_id = tests::code(id);
    decision.contribution_id = slice;
    decision.contribution_from = std::nullopt;
    decision.contribution_to = to;
    decision.decided_at = tests::kSampleTime + std::chrono::minutes{1};
    return decision;
  }
  /// The offer is made, acknowledged and accepted.
  void accept_slice(const model::ContributionStatement& offer, std::string_view node = "KAZ/mod") {
    const auto key = agreement_key(offer.unit.nation(), offer.contribution_id);
    world_.accept(tests::report_of({offer}, kDayBefore), node);
    by_office({response("ACK-" + offer.contribution_id.str(),
                        model::ContributionState::acknowledged, key)});
    by_office(
        {response("ACC-" + offer.contribution_id.str(), model::ContributionState::accepted, key)});
  }
  /// And committed.
  void commit_slice(model::ContributionStatement offer) {
    accept_slice(offer);
    offer.state = model::ContributionState::committed;
    world_.accept(tests::report_of({offer}, kDayBefore));
  }

  /// Decides `report` and expects exactly this finding: a refusal leaves the state as it was and
  /// asks for no change, a flag asks for them all.
  model::Finding finds(const model::Report& report, const Expected& expected,
                       std::string_view node = "KAZ/mod", model::UtcTime now = tests::kNow) {
    const auto before = world_.state;
    const auto decision = world_.take(report, node, now);
    EXPECT_EQ(decision.findings.size(), 1U);
    for (const auto& finding : decision.findings) {
      SCOPED_TRACE(model::describe(finding));
      EXPECT_EQ(finding.rule, expected.rule);
      EXPECT_EQ(finding.severity, expected.severity);
      EXPECT_EQ(finding.statement, expected.statement);
      EXPECT_EQ(finding.field, expected.field);
      EXPECT_FALSE(finding.found.empty());
      EXPECT_FALSE(finding.expected.empty());
    }
    expect_effect(decision, expected.severity, before);
    return decision.findings.empty() ? model::Finding{} : decision.findings.front();
  }

  model::Finding finds(model::Statement statement, const Expected& expected) {
    return finds(tests::report_of({std::move(statement)}), expected);
  }
  /// The same for the secretariat.
  model::Finding office_finds(model::Statement statement, const Expected& expected) {
    return finds(tests::report_of({std::move(statement)}), expected, "SEC/hq");
  }

  void accepts(const model::Report& report, std::string_view node = "KAZ/mod") {
    const auto decision = world_.take(report, node);
    EXPECT_EQ(decision.verdict, model::Verdict::accepted);
    for (const auto& finding : decision.findings) {
      ADD_FAILURE() << model::describe(finding);
    }
  }

  tests::World world_;

 private:
  void expect_effect(const Decision& decision, model::Severity severity, const State& before) {
    if (severity == model::Severity::refuse) {
      EXPECT_EQ(decision.verdict, model::Verdict::refused);
      EXPECT_TRUE(decision.changes.empty());
      EXPECT_TRUE(world_.state == before) << describe(world_.state);
    } else {
      EXPECT_EQ(decision.verdict, model::Verdict::accepted);
      EXPECT_FALSE(decision.changes.empty());
    }
    EXPECT_THAT(broken_invariants(world_.state), ::testing::IsEmpty());
  }
};

}  // namespace muster::core
