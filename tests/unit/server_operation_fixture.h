// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gmock/gmock.h>

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/broker_rig.h"

namespace muster::tests {

/// Publishes what must be accepted: throws what refuses it.
inline void accept(BrokerRig& rig, TestNode& from, const model::Report& report) {
  const auto ack = rig.publish(from, report);
  for (const auto& outcome : ack.reports) {
    if (outcome.verdict.verdict == model::Verdict::accepted) {
      continue;
    }
    std::string problems;
    for (const auto& finding : outcome.verdict.findings) {
      if (finding.severity == model::Severity::refuse) {
        problems += model::to_text(finding.rule) + " " + finding.field + ": " + finding.found +
                    ", expected " + finding.expected + "\n";
      }
    }
    throw std::logic_error(problems);
  }
}

/// EX-2203 in TJK with one line, for which KAZ offers 85 people of a unit of 108; ARM has a unit of
/// 90 beside it.
inline void begin_operation(BrokerRig& rig) {
  accept(rig, rig.sec, report_of({full_operation(), full_requirement()}));
  auto readiness = full_readiness();
  readiness.missions.clear();  // Nothing is committed yet.
  accept(rig, rig.kaz,
         report_of({root_unit(), full_unit(), full_strength(), full_equipment(), readiness,
                    full_availability()}));
  accept(rig, rig.kaz, force_report());
  accept(rig, rig.arm, report_of({unit_of("ARM:A"), strength_of("ARM:A")}));
  auto response = offer_response();
  response.decided_at = kSampleTime;  // Not before the offer.
  accept(rig, rig.sec, report_of({response}));
}

inline model::Request request_of(model::Query query, model::WhatIf what_if = {}) {
  model::Request request;
  request.id = 7;
  request.query = std::move(query);
  request.what_if = std::move(what_if);
  return request;
}

/// One question of each kind that takes a what-if.
inline std::vector<model::Query> supposable_queries() {
  const auto operation = code("EX-2203");
  const auto unit = unit_id("KAZ:EX-COMBAT-1");
  return {model::StrengthQuery{},
          model::StrengthQuery{.group_by = {model::Dimension::level}},
          model::TreeQuery{.nation = nation("KAZ")},
          model::UnitQuery{.unit = unit},
          model::ReadyQuery{},
          model::BuildupQuery{},
          model::MatrixQuery{},
          model::RosterQuery{.unit = unit},
          model::StaleQuery{},
          model::CaveatsQuery{},
          model::OverridesQuery{},
          model::OperationsQuery{},
          model::OperationQuery{operation},
          model::GapsQuery{.operation = operation},
          model::AssembleQuery{.operation = operation},
          model::CommitmentsQuery{},
          model::OperationBuildupQuery{.operation = operation},
          model::StandbyQuery{},
          model::RemainingQuery{},
          model::SustainmentQuery{.operation = operation},
          model::WithdrawalQuery{operation}};
}

}  // namespace muster::tests
