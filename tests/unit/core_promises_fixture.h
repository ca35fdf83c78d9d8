// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "broker/core/operation_views.h"
#include "tests/unit/core_force_fixture.h"

/// Operations and promises for the tests of what is asked about them. What is told counts: the
/// rules have tests of their own.
namespace muster::core {

/// EX-2201 in KAZ, whose Operation statement authorises nobody.
inline model::OperationStatement operation_of(std::string_view code = "EX-2201") {
  model::OperationStatement operation;
  operation.operation = tests::code(code);
  operation.name = "Steppe (fictional)";
  operation.host = tests::nation("KAZ");
  operation.tasks = {model::Task::t08};
  return operation;
}

/// A line of COMBAT for T08.
inline model::RequirementLine line_of(std::string_view id, model::Count people) {
  return {.line_id = tests::code(id),
          .tasks = {model::Task::t08},
          .element_kind = model::ElementKind::combat,
          .people_min = people,
          .people_max = people,
          .needed_within_h = 48};
}

inline model::RequirementStatement requirement_of(std::vector<model::RequirementLine> lines,
                                                  std::string_view operation = "EX-2201") {
  return {.operation = tests::code(operation), .version = 1, .lines = std::move(lines)};
}

inline model::DecisionStatement decision_of(std::string_view id, model::DecisionKind kind) {
  model::DecisionStatement decision;
  decision.decision_id = tests::code(id);
  decision.kind = kind;
  decision.operation = tests::code("EX-2201");
  decision.decided_at = kSampleTime;
  return decision;
}
inline model::DecisionStatement step_to(std::string_view id, model::OperationState to) {
  auto decision = decision_of(id, model::DecisionKind::state_change);
  decision.to_state = to;
  return decision;
}
inline model::DecisionStatement authorise(std::string_view id, std::int64_t people) {
  auto decision = decision_of(id, model::DecisionKind::authorised_strength);
  decision.value = people;
  return decision;
}

/// A slice of a unit for L01 of EX-2201, without an end.
inline model::ContributionStatement slice_of(std::string_view unit, std::string_view id,
                                             model::Count people, model::ContributionState state) {
  auto slice = committed(unit, id, people);
  slice.state = state;
  return slice;
}

inline std::string ministry_of(std::string_view nation) { return std::string(nation) + "/mod"; }

/// A force to which secretariat and ministries tell things in their turn.
struct Operating : Force {
  void by_office(std::vector<model::Statement> statements, const Telling& telling = {}) {
    auto as_office = telling;
    as_office.node = "SEC/hq";
    tell(std::move(statements), as_office);
  }
  void by_ministry(std::string_view nation, std::vector<model::Statement> statements) {
    tell(std::move(statements), {.node = ministry_of(nation)});
  }
  /// The nation's unit with so many deployable people, ready after 12 hours for T08.
  void declare(std::string_view unit, model::Count deployable) {
    by_ministry(unit.substr(0, 3), ready_unit(unit, {.deployable = deployable}));
  }
  void promise(const model::ContributionStatement& slice) {
    by_ministry(slice.unit.nation().view(), {slice});
  }
};

}  // namespace muster::core
