// SPDX-License-Identifier: Apache-2.0
#include "broker/core/state.h"

#include <fmt/format.h>

#include <algorithm>

namespace muster::core {
namespace {

template <typename Entry>
bool is_valid_at(const Entry& entry, model::UtcTime at) {
  return entry.valid_from <= at && (!entry.valid_to || at < *entry.valid_to);
}

template <typename S>
bool same(const KeptPtr<S>& a, const KeptPtr<S>& b) {
  return a == b || (a && b && *a == *b);
}

}  // namespace

bool is_released_to(const Release& release, const model::Nation& nation) {
  return release && std::find(release->begin(), release->end(), nation) != release->end();
}

bool UnitState::is_disbanded() const {
  return identity && identity->statement.lifecycle == model::Lifecycle::disbanded;
}

std::optional<model::UnitId> UnitState::parent() const {
  if (!identity) {
    return std::nullopt;
  }
  for (const auto& relation : identity->statement.relations) {
    if (relation.type == model::RelationType::child_of) {
      return relation.unit;
    }
  }
  return std::nullopt;
}

bool operator==(const UnitState& a, const UnitState& b) {
  return a.owner == b.owner && same(a.identity, b.identity) && same(a.strength, b.strength) &&
         same(a.equipment, b.equipment) && same(a.readiness, b.readiness) &&
         same(a.availability, b.availability) && a.own == b.own && a.computed == b.computed &&
         a.effective == b.effective;
}

std::vector<const model::RegisteredNode*> Registry::keys_of(const model::NodeId& node,
                                                            model::UtcTime at) const {
  std::vector<const model::RegisteredNode*> found;
  for (const auto& entry : nodes) {
    if (entry.node_id == node && is_valid_at(entry, at)) {
      found.push_back(&entry);
    }
  }
  return found;
}

const model::RegisteredNode* Registry::by_curve_key(const model::PublicKey& key,
                                                    model::UtcTime at) const {
  for (const auto& entry : nodes) {
    if (entry.curve_key == key && is_valid_at(entry, at)) {
      return &entry;
    }
  }
  return nullptr;
}

bool Registry::is_member(const model::Nation& nation, model::UtcTime at) const {
  return std::any_of(members.begin(), members.end(), [&](const model::Member& member) {
    return member.nation == nation && is_valid_at(member, at);
  });
}

bool Registry::has_role(const model::NodeId& node, model::Role role, model::UtcTime at) const {
  const auto keys = keys_of(node, at);
  return std::any_of(keys.begin(), keys.end(), [&](const model::RegisteredNode* entry) {
    return std::find(entry->roles.begin(), entry->roles.end(), role) != entry->roles.end();
  });
}

State::State()
    : nodes(std::make_shared<const std::map<model::NodeId, NodeState>>()),
      registry(std::make_shared<const Registry>()) {}

const NodeState& State::node(const model::NodeId& id) const {
  static const NodeState kNever;
  const auto found = nodes->find(id);
  return found == nodes->end() ? kNever : found->second;
}

bool operator==(const State& a, const State& b) {
  if (a.units.size() != b.units.size() || a.ledger_seq != b.ledger_seq || *a.nodes != *b.nodes ||
      *a.registry != *b.registry) {
    return false;
  }
  bool equal = true;
  a.units.for_each([&](const model::UnitId& id, const UnitState& unit) {
    const auto* other = b.units.find(id);
    equal = equal && other != nullptr && unit == *other;
  });
  return equal;
}

model::NodeId owner_of(const State& state, const model::UnitId& id, const UnitState& unit,
                       model::UtcTime at) {
  auto owner = unit.owner;
  auto since = model::UtcTime::min();
  for (const auto& transfer : state.registry->unit_transfers) {
    if (transfer.unit == id && transfer.at <= at && transfer.at >= since) {
      owner = transfer.to_node;
      since = transfer.at;
    }
  }
  return owner;
}

std::vector<std::string> broken_invariants(const State& state) {
  std::vector<std::string> broken;
  state.units.for_each([&](const model::UnitId& id, const UnitState& unit) {
    if (!unit.identity) {
      broken.push_back(fmt::format("{} has statements and no identity", id.view()));
    }
    if (unit.owner.publisher() != id.nation()) {
      broken.push_back(fmt::format("{} is owned by {}", id.view(), unit.owner.view()));
    }
    if (unit.own.deployable > unit.own.on_strength || unit.own.present > unit.own.on_strength) {
      broken.push_back(
          fmt::format("{} has more people present or deployable than on strength", id.view()));
    }
  });
  for (const auto& [id, node] : *state.nodes) {
    if (node.accepted + node.refused != node.head_seq) {
      broken.push_back(fmt::format("{}: {} accepted and {} refused do not make {} reports",
                                   id.view(), node.accepted, node.refused, node.head_seq));
    }
    if (node.last_ledger_seq > state.ledger_seq) {
      broken.push_back(fmt::format("{} is ahead of the ledger", id.view()));
    }
  }
  return broken;
}

std::string describe(const State& state) {
  std::vector<std::string> lines;
  state.units.for_each([&](const model::UnitId& id, const UnitState& unit) {
    lines.push_back(fmt::format(
        "unit {} by {}: authorised {} assigned {} on strength {} present {} deployable {}, "
        "level {}",
        id.view(), unit.owner.view(), unit.own.authorised, unit.own.assigned, unit.own.on_strength,
        unit.own.present, unit.own.deployable, unit.effective));
  });
  for (const auto& [id, node] : *state.nodes) {
    lines.push_back(fmt::format("node {}: head {}, accepted {}, refused {}", id.view(),
                                node.head_seq, node.accepted, node.refused));
  }
  std::sort(lines.begin(), lines.end());
  auto text = fmt::format("ledger {}\n", state.ledger_seq);
  for (const auto& line : lines) {
    text += line + "\n";
  }
  return text;
}

}  // namespace muster::core
