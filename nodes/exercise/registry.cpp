// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "nodes/exercise/contingents.h"
#include "nodes/exercise/published_tables.h"

namespace muster::exercise {
namespace {

using model::Role;

NodeKeys node_with(std::string_view node, std::vector<Role> roles) {
  return {*model::NodeId::parse(node), {}, {}, std::move(roles)};
}

/// The cadences of DOMAIN.md §4. Availability has none here: the policy knows which units stand by.
std::vector<model::ReportInterval> default_intervals() {
  constexpr std::uint32_t kDay = 86'400;
  return {{model::StatementKind::strength, kDay},
          {model::StatementKind::readiness, 30 * kDay},
          {model::StatementKind::training, 30 * kDay},
          {model::StatementKind::equipment, 30 * kDay},
          {model::StatementKind::roster, 30 * kDay}};
}

}  // namespace

std::vector<NodeKeys> exercise_nodes() {
  std::vector<NodeKeys> nodes;
  for (const auto& row : table_of(model::ForcePool::cpf)->nations) {
    nodes.push_back(node_with(fmt::format("{}/mod", row.nation), {Role::publisher}));
  }
  nodes.push_back(node_with("SEC/officer", {Role::officer, Role::planner, Role::auditor}));
  nodes.push_back(node_with("SEC/ops", {Role::ops}));
  nodes.push_back(node_with("REG/registrar", {Role::registrar}));
  nodes.push_back(node_with("SEC/board", {Role::officer, Role::auditor}));
  return nodes;
}

model::RegistryStatement registry_for_exercise(std::span<const NodeKeys> nodes,
                                               model::UtcTime valid_from) {
  model::RegistryStatement registry;
  registry.realm = model::Realm::exercise;
  for (const auto& row : table_of(model::ForcePool::cpf)->nations) {
    registry.members.push_back({*model::Nation::parse(row.nation), model::ParticipationStatus::full,
                                valid_from, std::nullopt, default_intervals()});
  }
  for (const auto& node : nodes) {
    registry.nodes.push_back(
        {node.node, node.key, node.curve_key, node.roles, valid_from, std::nullopt});
  }
  // The defaults as a statement, so that the thresholds of a past day are part of the record.
  registry.policies = {model::Policy{.valid_from = valid_from}};
  return registry;
}

}  // namespace muster::exercise
