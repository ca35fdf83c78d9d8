// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gmock/gmock.h>

#include <map>
#include <stdexcept>

#include "broker/core/decide.h"
#include "broker/core/past.h"
#include "broker/core/viewer.h"
#include "tests/support/core_samples.h"

/// A force for the tests of questions: what is told counts, without the rules, which have tests of
/// their own.
namespace muster::core {

using tests::kSampleTime;

/// Seen by the secretariat.
inline Moment officer_at(model::UtcTime now) {
  return {.viewer = {tests::node_id("SEC/hq"), {model::Role::officer}},
          .now = now,
          .known_at = now,
          .limits = {}};
}
/// Seen by a ministry.
inline Moment ministry_at(std::string_view node, model::UtcTime now) {
  return {.viewer = {tests::node_id(node), {model::Role::publisher}},
          .now = now,
          .known_at = now,
          .limits = {}};
}

/// How a report comes in. Received when it was true, unless it says otherwise.
struct Telling {
  std::string node = "KAZ/mod";
  model::UtcTime valid_at = kSampleTime;
  std::optional<model::UtcTime> received_at{};
  std::optional<std::uint64_t> corrects{};  ///< Of the same node.
  std::vector<model::Nation> releasable_to{};
};

struct Force {
  State state = tests::empty_state();
  std::vector<Said> ledger;
  std::map<std::string, std::uint64_t> heads;

  /// Its number in its node's chain. Each report is an envelope of its own.
  std::uint64_t tell(std::vector<model::Statement> statements, const Telling& telling = {}) {
    auto report = tests::report_of(std::move(statements), telling.valid_at);
    report.releasable_to = telling.releasable_to;
    if (telling.corrects) {
      report.kind = model::ReportKind::correction;
      report.corrects = {tests::node_id(telling.node), *telling.corrects};
    }
    const auto seq = ++heads[telling.node];
    const auto received_at = telling.received_at.value_or(telling.valid_at);
    const Arrival arrival{.report = {tests::node_id(telling.node), seq},
                          .issued_at = received_at,
                          .received_at = received_at,
                          .ledger_seq = state.ledger_seq + 1};
    const auto changes = changes_of(state, std::move(report), arrival, recall());
    if (!changes) {
      throw std::logic_error(changes.error().message);
    }
    for (const auto& change : *changes) {
      ledger.push_back(std::get<StatementTaken>(change).said);
      evolve(state, change);
    }
    evolve(state, EnvelopeTaken{.node = arrival.report.node,
                                .last_seq = seq,
                                .ledger_seq = arrival.ledger_seq,
                                .received_at = received_at,
                                .accepted = 1});
    return seq;
  }

  /// Good as long as the force.
  [[nodiscard]] Recall recall() const {
    return [this](const auto& place) -> model::Result<Said> {
      for (const auto& said : ledger) {
        if (said.stamp.ledger_seq == place.ledger_seq && said.stamp.report.seq == place.seq &&
            said.index == place.statement) {
          return said;
        }
      }
      return model::fail(model::ErrorCode::not_found, "nothing was said there");
    };
  }

  [[nodiscard]] State at(const model::Bitime& when) const {
    return *state_at(state, when, state.ledger_seq, recall());
  }
};

/// A unit that can be assembled: everything that f(u), m(u), level and freshness rest on.
struct ReadyUnit {
  model::Count deployable = 100;
  model::Level level = 1;  ///< 1 to 4, of which nothing is partial.
  model::Count notice_min = 480, load_min = 240;
  std::vector<model::Task> tasks = {model::Task::t08};
  std::optional<model::Count> people_cap{};
};

/// Authorised people of whom `deployable` are so many that P is `level`.
inline model::Count authorised_for(model::Count deployable, model::Level level) {
  constexpr std::array<model::Count, 5> kPercent = {100, 100, 85, 75, 50};
  return deployable * 100 / kPercent.at(level);
}

inline model::StrengthStatement ready_strength(std::string_view id, const ReadyUnit& of) {
  const auto authorised = authorised_for(of.deployable, of.level);
  auto strength = tests::strength_of(id, {.authorised = authorised,
                                          .assigned = of.deployable,
                                          .present = of.deployable,
                                          .deployable = of.deployable});
  strength.duty_qualified = authorised;
  strength.senior_authorised = 4;
  strength.senior_deployable = 4;
  return strength;
}

inline model::AvailabilityStatement ready_availability(std::string_view id, const ReadyUnit& of) {
  model::AvailabilityStatement availability;
  availability.unit = tests::unit_id(id);
  availability.notice_to_move_min = of.notice_min;
  availability.load_min = of.load_min;
  availability.people_cap = of.people_cap;
  return availability;
}

inline model::UnitStatement able_unit(std::string_view id, std::vector<model::Task> tasks) {
  auto unit = tests::unit_of(id);
  unit.capabilities = {{std::move(tasks), std::nullopt, {}}};
  return unit;
}

inline std::vector<model::Statement> ready_unit(std::string_view id, const ReadyUnit& of = {}) {
  model::EquipmentStatement equipment{.unit = tests::unit_id(id), .holdings = {}};
  equipment.holdings = {{.item_code = tests::code("TRUCK"),
                         .nsn = "",
                         .kind = model::EquipmentKind::wheeled_transport,
                         .authorised = 10,
                         .required = 10,
                         .on_hand = 10,
                         .fmc = 10,
                         .pmc = 0,
                         .nmc = 0,
                         .criticality = model::Criticality::essential}};
  model::TrainingStatement training{.unit = tests::unit_id(id), .tasks = {}};
  training.tasks = {{.task = model::Task::t08, .state = model::TrainingState::trained}};
  model::ReadinessStatement readiness;
  readiness.unit = tests::unit_id(id);
  readiness.reported_overall = of.level;
  return {able_unit(id, of.tasks),   ready_strength(id, of), equipment, training, readiness,
          ready_availability(id, of)};
}

/// A slice of a unit, COMMITTED and without an end.
inline model::ContributionStatement committed(std::string_view unit, std::string_view id,
                                              model::Count people) {
  return {.contribution_id = tests::code(id),
          .operation = tests::code("EX-2201"),
          .sor_line = tests::code("L01"),
          .unit = tests::unit_id(unit),
          .people = people,
          .equipment = {},
          .state = model::ContributionState::committed,
          .variation = ""};
}

inline model::CaveatStatement caveat_of(std::string_view nation, std::string_view id,
                                        model::CaveatKind kind) {
  model::CaveatStatement caveat;
  caveat.caveat_id = tests::code(id);
  caveat.nation = tests::nation(nation);
  caveat.kind = kind;
  return caveat;
}

}  // namespace muster::core
