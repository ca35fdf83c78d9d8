// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "broker/core/views.h"

namespace muster::core {
namespace {

/// The units of one nation and who is below whom, in the order of their keys.
struct Forest {
  std::map<model::UnitId, const UnitState*> units;
  std::map<model::UnitId, std::vector<model::UnitId>> children;
  std::vector<model::UnitId> roots;
};

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
    if (parent && forest.units.contains(*parent)) {
      forest.children[*parent].push_back(id);
    } else {
      forest.roots.push_back(id);
    }
  }
  return forest;
}

/// `parent` is empty for a root, also for one whose own parent is gone or hidden.
model::TreeNode node_of(const model::UnitId& id, const UnitState& unit, const model::UnitId& parent,
                        std::uint16_t depth, const Moment& moment) {
  const auto& identity = unit.identity->statement;
  model::TreeNode node{.unit = id,
                       .parent = parent,
                       .depth = depth,
                       .name = identity.name,
                       .level = level_seen(moment.viewer, id, unit),
                       .freshness = freshness_of(unit, moment.now, moment.limits),
                       .own = unit.own,
                       .rolled_up = unit.own,
                       .valid_at = {}};
  node.component = identity.component.value_or(node.component);
  node.element_kind = identity.element_kind.value_or(node.element_kind);
  node.echelon = identity.echelon.value_or(node.echelon);
  if (unit.strength) {
    node.valid_at = unit.strength->stamp.valid_at;
  }
  return node;
}

/// Adds `id` and all below it. Returns where it stands in the list. V07 bounds the depth.
std::size_t add_branch(const Forest& forest, const model::UnitId& id, const model::UnitId& parent,
                       std::uint16_t depth, const Moment& moment,
                       std::vector<model::TreeNode>& nodes) {
  const auto at = nodes.size();
  nodes.push_back(node_of(id, *forest.units.at(id), parent, depth, moment));
  if (const auto below = forest.children.find(id); below != forest.children.end()) {
    for (const auto& child : below->second) {
      const auto child_at =
          add_branch(forest, child, id, static_cast<std::uint16_t>(depth + 1), moment, nodes);
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
  for (const auto& root : forest.roots) {
    add_branch(forest, root, {}, 0, moment, answer.nodes);
  }
  return answer;
}

}  // namespace muster::core
