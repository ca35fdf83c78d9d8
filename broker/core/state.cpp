// SPDX-License-Identifier: Apache-2.0
#include "broker/core/state.h"

#include <fmt/format.h>

#include <algorithm>

namespace muster::core {
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

bool UnitState::is_reorganising() const {
  const auto lifecycle = identity ? identity->statement.lifecycle : std::nullopt;
  return lifecycle == model::Lifecycle::forming || lifecycle == model::Lifecycle::converting ||
         lifecycle == model::Lifecycle::disbanded;
}

bool UnitState::stands_by() const {
  return identity && identity->statement.lifecycle == model::Lifecycle::standby;
}

bool operator==(const UnitState& a, const UnitState& b) {
  const bool same_words = std::all_of(kUnitKinds.begin(), kUnitKinds.end(), [&](auto kind) {
    return std::ranges::equal(a.history.of(kind).view(), b.history.of(kind).view());
  });
  return a.owner == b.owner && same(a.identity, b.identity) && same(a.strength, b.strength) &&
         same(a.equipment, b.equipment) && same(a.sustainment, b.sustainment) &&
         same(a.training, b.training) && same(a.readiness, b.readiness) &&
         same(a.availability, b.availability) && same(a.roster, b.roster) && a.own == b.own &&
         a.computed == b.computed && a.effective == b.effective && same_words;
}

const Stamp* newest_stamp(const UnitState& unit, model::StatementKind kind) {
  const Stamp* found = nullptr;
  for_each_kept(unit, [&](model::StatementKind each, const auto& kept) {
    if (each == kind && kept) {
      found = &kept->stamp;
    }
  });
  return found;
}

State::State()
    : nodes(std::make_shared<const std::map<model::NodeId, NodeState>>()),
      authors(std::make_shared<const std::vector<model::NodeId>>()),
      registry_versions(std::make_shared<const std::vector<RegistryVersion>>()),
      registry(std::make_shared<const Registry>()) {}

const NodeState& State::node(const model::NodeId& id) const {
  static const NodeState kSentNothing;
  const auto found = nodes->find(id);
  return found == nodes->end() ? kSentNothing : found->second;
}

const RegistryPtr& State::registry_known(model::UtcTime known_at) const {
  const auto& versions = *registry_versions;
  for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
    if (version->received_at <= known_at) {
      return version->registry;
    }
  }
  return versions.empty() ? registry : versions.front().registry;
}

model::ReportId State::report_of(const Word& word) const {
  return {authors->at(word.author), word.seq};
}

namespace {

template <typename Key, typename Value>
bool equal_maps(const PersistentMap<Key, Value>& a, const PersistentMap<Key, Value>& b,
                auto same_value) {
  bool equal = a.size() == b.size();
  a.for_each([&](const Key& key, const Value& value) {
    const auto* other = b.find(key);
    equal = equal && other != nullptr && same_value(value, *other);
  });
  return equal;
}

bool operator==(const Agreements& a, const Agreements& b) {
  const auto same_kept = [](const auto& x, const auto& y) { return same(x, y); };
  const auto equal = [](const auto& x, const auto& y) { return x == y; };
  return equal_maps(a.caveats, b.caveats, same_kept) &&
         equal_maps(a.standby, b.standby, same_kept) &&
         equal_maps(a.contributions, b.contributions, equal) &&
         equal_maps(a.operations, b.operations, equal) &&
         equal_maps(a.decisions, b.decisions, same_kept);
}

}  // namespace

bool operator==(const State& a, const State& b) {
  return a.ledger_seq == b.ledger_seq && *a.nodes == *b.nodes && *a.registry == *b.registry &&
         a.agreements == b.agreements &&
         equal_maps(a.units, b.units, [](const auto& x, const auto& y) { return x == y; });
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
