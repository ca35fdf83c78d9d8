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

/// A state in which KAZ/mod has declared KAZ:EX-COMMAND-1 and, below it, KAZ:EX-COMBAT-1. Each test
/// takes a report that breaks nothing and changes one thing.
class Rules : public ::testing::Test {
 protected:
  Rules() {
    world_.accept(tests::report_of({tests::root_unit(), tests::full_unit()},
                                   tests::kSampleTime - std::chrono::hours{24}));
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

  void accepts(const model::Report& report) {
    const auto decision = world_.take(report);
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
