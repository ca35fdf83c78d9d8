// SPDX-License-Identifier: Apache-2.0
#include "tests/support/core_samples.h"

#include <stdexcept>

namespace muster::tests {

using namespace std::chrono_literals;

model::RegistryStatement six_members() {
  model::RegistryStatement registry;
  registry.realm = model::Realm::exercise;
  for (const auto* name : {"RUS", "BLR", "ARM", "KAZ", "KGZ", "TJK"}) {
    registry.members.push_back({.nation = nation(name), .valid_from = kSampleTime - 8760h});
  }
  return registry;
}

core::State empty_state() {
  core::State state;
  core::evolve(state, core::StatementTaken{.said = {.statement = six_members()}});
  return state;
}

model::UnitStatement unit_of(std::string_view id, std::string_view parent) {
  model::UnitStatement unit;
  unit.unit = unit_id(id);
  unit.name = std::string(id) + " (fictional)";
  unit.component = model::Component::military;
  unit.element_kind = model::ElementKind::combat;
  unit.pools = {model::ForcePool::cpf};
  unit.lifecycle = model::Lifecycle::standby;
  unit.echelon = model::Echelon::company;
  if (!parent.empty()) {
    unit.relations = {{model::RelationType::child_of, unit_id(parent), {}, {}}};
  }
  return unit;
}

model::StrengthStatement strength_of(std::string_view id, const People& people) {
  model::StrengthStatement strength;
  strength.unit = unit_id(id);
  strength.authorised = people.authorised;
  strength.assigned = people.assigned;
  strength.attached_in = 0;
  strength.detached_out = 0;
  strength.present = people.present;
  strength.deployable = people.deployable;
  if (people.present < people.assigned) {
    strength.absences = {{model::AbsenceReason::leave, people.assigned - people.present}};
  }
  if (people.deployable < people.assigned) {
    strength.non_deployable = {
        {model::NonDeployableReason::administrative, people.assigned - people.deployable}};
  }
  return strength;
}

model::Report report_of(std::vector<model::Statement> statements, model::UtcTime valid_at) {
  model::Report report;
  report.kind = model::ReportKind::regular;
  report.valid_at = valid_at;
  report.statements = std::move(statements);
  return report;
}

core::Arrival arrival_of(std::string_view node, std::uint64_t seq) {
  return {
      .report = {node_id(node), seq}, .issued_at = kNow, .received_at = kNow, .ledger_seq = seq};
}

core::Recall World::recall() const {
  return [this](const core::Place& place) -> model::Result<core::Said> {
    for (const auto& said : ledger) {
      if (said.stamp.ledger_seq == place.ledger_seq && said.stamp.report.seq == place.seq &&
          said.index == place.statement) {
        return said;
      }
    }
    return model::fail(model::ErrorCode::not_found, "nothing was said there");
  };
}

core::Decision World::take(const model::Report& report, std::string_view node, model::UtcTime now) {
  auto arrival = arrival_of(node, ++seq);
  arrival.issued_at = now;
  arrival.received_at = now;
  auto decision = core::decide(state, report, arrival, model::Limits{}, recall());
  if (!decision) {
    throw std::logic_error(decision.error().message);
  }
  for (const auto& change : decision->changes) {
    ledger.push_back(std::get<core::StatementTaken>(change).said);
    core::evolve(state, change);
  }
  return *std::move(decision);
}

World& World::accept(const model::Report& report, std::string_view node, model::UtcTime now) {
  const auto decision = take(report, node, now);
  if (decision.verdict != model::Verdict::accepted) {
    throw std::logic_error(model::describe(decision.findings.front()));
  }
  return *this;
}

}  // namespace muster::tests
