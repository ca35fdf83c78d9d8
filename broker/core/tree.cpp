// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "broker/core/freshness.h"
#include "broker/core/seen_operations.h"
#include "broker/core/views.h"

namespace muster::core {
namespace {

/// The units of one nation and who is below whom, in the order of their keys.
struct Forest {
  std::map<model::UnitId, const UnitState*> units;
  std::map<model::UnitId, std::vector<model::UnitId>> children;
  std::vector<model::UnitId> roots;
};

/// Words of different times may put units below each other in a circle, which no report alone may
/// do (V07). The first of the circle, by its key, is then shown as a root.
bool returns_to(const Forest& forest, const model::UnitId& id) {
  auto above = forest.units.at(id)->parent();
  for (std::size_t steps = 0; above && steps < forest.units.size(); ++steps) {
    if (*above < id) {
      return false;  // Another one is the first, or the circle does not lead here.
    }
    if (*above == id) {
      return true;
    }
    const auto next = forest.units.find(*above);
    above = next == forest.units.end() ? std::nullopt : next->second->parent();
  }
  return false;
}

Forest forest_of(const State& state, const model::Nation& nation, const Viewer& viewer) {
  Forest forest;
  state.units.for_each([&](const model::UnitId& id, const UnitState& unit) {
    if (id.nation() == nation && unit.identity && !unit.is_disbanded() &&
        can_see(viewer, id, unit)) {
      forest.units.emplace(id, &unit);
    }
  });
  for (const auto& [id, unit] : forest.units) {
    const auto parent = unit->parent();
    if (parent && forest.units.contains(*parent) && !returns_to(forest, id)) {
      forest.children[*parent].push_back(id);
    } else {
      forest.roots.push_back(id);
    }
  }
  return forest;
}

/// What is the same for all units of an answer.
struct Question {
  const State& state;
  const Moment& moment;
  Ages ages;
};

/// Own people lacking in the specialties that a unit cannot do without.
std::uint32_t critical_shortfall(const model::StrengthStatement& strength) {
  std::uint32_t lacking = 0;
  for (const auto& speciality : strength.specialties) {
    if (speciality.critical && speciality.qualified < speciality.required) {
      lacking += speciality.required - speciality.qualified;
    }
  }
  return lacking;
}

/// Own items of all kinds; levels where the viewer may see all that they rest on.
void add_detail(const Question& asked, const model::UnitId& id, const UnitState& unit,
                model::TreeNode& node) {
  const auto seen = [&](const auto& kept) {
    return kept && sees(asked.moment.viewer, id.nation(), kept->releasable_to) ? &kept->statement
                                                                               : nullptr;
  };
  node.computed = computed_seen(asked.state, asked.moment, id, unit);
  if (const auto* equipment = seen(unit.equipment)) {
    for (const auto& holding : equipment->holdings) {
      node.on_hand += holding.on_hand.value_or(0);
      node.fmc += holding.fmc.value_or(0);
    }
  }
  if (const auto* strength = seen(unit.strength)) {
    node.critical_shortfall = critical_shortfall(*strength);
  }
}

/// How the unit stands to others beside its place in the tree, at the moment of the question.
std::vector<model::Relation> relations_at(const model::UnitStatement& identity,
                                          model::UtcTime now) {
  std::vector<model::Relation> relations;
  for (const auto& relation : identity.relations) {
    if (relation.type != model::RelationType::child_of &&
        includes(relation.from, relation.to, now)) {
      relations.push_back(relation);
    }
  }
  return relations;
}

/// What a symbol on a chart or map is drawn from. Where a unit is, and to whom it is attached, is
/// for those to whom its nation released that word.
void add_picture(const Question& asked, const model::UnitId& id, const UnitState& unit,
                 model::TreeNode& node) {
  const auto& identity = unit.identity->statement;
  node.short_name = identity.short_name;
  node.sidc = identity.sidc;
  node.lifecycle = identity.lifecycle;
  node.reinforcement = identity.reinforcement;
  if (sees(asked.moment.viewer, id.nation(), unit.identity->releasable_to)) {
    node.home = identity.home;
    node.current = identity.current;
    node.relations = relations_at(identity, asked.moment.now);
  }
  auto promises = promises_of(asked.state, asked.moment.viewer, id);
  node.committed = promises.committed;
  node.operations = std::move(promises.operations);
}

/// `parent` is empty for a root, also for one whose own parent is gone or hidden.
model::TreeNode node_of(const Question& asked, const model::UnitId& id, const UnitState& unit,
                        const model::UnitId& parent, std::uint16_t depth) {
  const auto& moment = asked.moment;
  const auto& identity = unit.identity->statement;
  model::TreeNode node{.unit = id,
                       .parent = parent,
                       .depth = depth,
                       .name = identity.name,
                       .level = level_seen(asked.state, moment, id, unit),
                       .freshness = asked.ages.of(id, unit),
                       .own = unit.own,
                       .rolled_up = unit.own,
                       .valid_at = {}};
  node.component = identity.component.value_or(node.component);
  node.element_kind = identity.element_kind.value_or(node.element_kind);
  node.echelon = identity.echelon.value_or(node.echelon);
  if (unit.strength) {
    node.valid_at = unit.strength->stamp.valid_at;
  }
  add_detail(asked, id, unit, node);
  add_picture(asked, id, unit, node);
  return node;
}

/// Adds `id` and all below it. Returns where it stands in the list. V07 bounds the depth.
std::size_t add_branch(const Question& asked, const Forest& forest, const model::UnitId& id,
                       const model::UnitId& parent, std::uint16_t depth,
                       std::vector<model::TreeNode>& nodes) {
  const auto at = nodes.size();
  nodes.push_back(node_of(asked, id, *forest.units.at(id), parent, depth));
  if (const auto below = forest.children.find(id); below != forest.children.end()) {
    for (const auto& child : below->second) {
      const auto child_at =
          add_branch(asked, forest, child, id, static_cast<std::uint16_t>(depth + 1), nodes);
      nodes[at].rolled_up += nodes[child_at].rolled_up;
    }
  }
  return at;
}

}  // namespace

std::optional<model::TreeAnswer> tree(const State& state, const model::TreeQuery& query,
                                      const Moment& moment) {
  const auto forest = forest_of(state, query.nation, moment.viewer);
  if (forest.units.empty()) {
    return std::nullopt;
  }
  model::TreeAnswer answer{.nation = query.nation, .nodes = {}};
  const Question asked{state, moment, Ages(*state.registry, moment.now)};
  for (const auto& root : forest.roots) {
    add_branch(asked, forest, root, {}, 0, answer.nodes);
  }
  return answer;
}

}  // namespace muster::core
