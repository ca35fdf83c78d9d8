// SPDX-License-Identifier: Apache-2.0
#include "broker/planner/task.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

namespace muster::planner {
namespace {

__extension__ using Wide = __int128;

/// What a unit has of a good.
std::int64_t amount_of(const Unit& unit, const Goods& goods, std::size_t good) {
  if (good == 0) {
    return unit.people;
  }
  for (const auto& items : unit.items) {
    if (items.kind == goods.kinds[good - 1]) {
      return items.count;
    }
  }
  return 0;
}

std::uint64_t deployable_of(const Nation& nation) {
  return std::max<std::uint64_t>(nation.deployable, 1);
}

/// What a nation may give within the bounds; less than 0: nothing, not even equipment.
std::int64_t people_max(const Nation& nation, const Bounds& bounds) {
  const auto limit = static_cast<std::int64_t>(nation.people_max);
  if (bounds.burden_max == Bounds{}.burden_max) {
    return limit;
  }
  const auto most = static_cast<Wide>(bounds.burden_max) * deployable_of(nation) / kBurdenParts;
  return static_cast<std::int64_t>(std::min<Wide>(limit, most - nation.committed));
}

std::vector<std::int64_t> nation_limits(const Problem& problem, const Bounds& bounds) {
  std::vector<std::int64_t> limits;
  for (const auto& nation : problem.nations) {
    limits.push_back(std::max<std::int64_t>(people_max(nation, bounds), 0));
  }
  return limits;
}

/// The lines that a unit can reach within the bounds.
std::vector<std::uint32_t> lines_of(const Unit& unit, const Bounds& bounds) {
  std::vector<std::uint32_t> lines;
  for (const auto& place : unit.places) {
    if (place.ready_min <= bounds.ready_max) {
      lines.push_back(place.line);
    }
  }
  return lines;
}

/// What units bring of each good, ready for flows.
class Offers {
 public:
  Offers(const Problem& problem, const Bounds& bounds, const Units& units)
      : problem_(problem), units_(units), limits_(nation_limits(problem, bounds)) {
    for (const auto unit : units) {
      const auto& nation = problem.nations[problem.units[unit].nation];
      lines_.push_back(people_max(nation, bounds) < 0 ? std::vector<std::uint32_t>()
                                                      : lines_of(problem.units[unit], bounds));
    }
  }
  /// The supplier at i is units[i].
  std::vector<Supplier> of(const Goods& goods, std::size_t good) const {
    std::vector<Supplier> suppliers;
    for (std::size_t i = 0; i < units_.size(); ++i) {
      const auto& unit = problem_.units[units_[i]];
      suppliers.push_back(
          {.nation = unit.nation, .amount = amount_of(unit, goods, good), .lines = lines_[i]});
    }
    return suppliers;
  }
  Demand demand(std::span<const std::int64_t> need, bool has_limits) const {
    return {.need = need,
            .nation_max = has_limits ? std::span<const std::int64_t>(limits_)
                                     : std::span<const std::int64_t>()};
  }

 private:
  const Problem& problem_;
  const Units& units_;
  std::vector<std::int64_t> limits_;
  std::vector<std::vector<std::uint32_t>> lines_;
};

Units all_units(const Problem& problem) {
  Units units(problem.units.size());
  std::iota(units.begin(), units.end(), 0U);
  return units;
}

/// What is wanted, with nothing said yet of what can be had.
Goods wishes_of(const Problem& problem) {
  std::set<std::uint8_t> kinds;
  for (const auto& line : problem.lines) {
    for (const auto& items : line.items) {
      kinds.insert(items.kind);
    }
  }
  Goods goods{.kinds = {kinds.begin(), kinds.end()}};
  auto& people = goods.wanted.emplace_back();
  for (const auto& line : problem.lines) {
    people.push_back(std::min(line.people_min, line.people_max));
  }
  for (const auto kind : goods.kinds) {
    auto& wanted = goods.wanted.emplace_back();
    for (const auto& line : problem.lines) {
      auto& of_line = wanted.emplace_back();
      for (const auto& items : line.items) {
        of_line += items.kind == kind ? items.count : 0;
      }
    }
  }
  return goods;
}

/// What units have in common when they are of one group.
using Likeness =
    std::tuple<std::uint32_t, std::int64_t, std::vector<std::int64_t>, std::vector<std::uint32_t>>;

/// Leaves out the lines to which the unit brings nothing that is needed, and what no line needs.
Group group_of(const Unit& unit, const Goods& goods, const Bounds& bounds) {
  Group group{.nation = unit.nation, .count = 1};
  const auto lines = lines_of(unit, bounds);
  std::set<std::uint32_t> useful;
  for (std::size_t good = 0; good < goods.goods.size(); ++good) {
    const auto amount = amount_of(unit, goods, good);
    std::int64_t needed = 0;
    for (const auto line : lines) {
      const auto need = goods.goods[good].need[line];
      needed += need;
      if (amount > 0 && need > 0) {
        useful.insert(line);
      }
    }
    group.amounts.push_back(std::min(amount, needed));
  }
  group.lines.assign(useful.begin(), useful.end());
  return group;
}

/// Nations whose limit cannot be reached by what their units bring are one to the search: units of
/// theirs may then be alike.
std::vector<std::uint32_t> merged_nations(const std::vector<Group>& groups,
                                          std::vector<std::int64_t>& limits) {
  std::vector<std::int64_t> most(limits.size());
  for (const auto& group : groups) {
    most[group.nation] += group.amounts[0];
  }
  std::vector<std::uint32_t> merged;
  const auto free = static_cast<std::uint32_t>(limits.size());
  for (std::uint32_t nation = 0; nation < limits.size(); ++nation) {
    merged.push_back(most[nation] <= limits[nation] ? free : nation);
  }
  limits.push_back(std::accumulate(most.begin(), most.end(), std::int64_t{0}));
  return merged;
}

}  // namespace

Goods goods_of(const Problem& problem) {
  auto goods = wishes_of(problem);
  const auto units = all_units(problem);
  const Bounds bounds;
  const Offers offers(problem, bounds, units);
  for (std::size_t good = 0; good < goods.wanted.size(); ++good) {
    const bool is_people = good == 0;
    auto delivery = deliver(offers.of(goods, good), offers.demand(goods.wanted[good], is_people));
    goods.goods.push_back({.need = std::move(delivery.brought), .has_nation_max = is_people});
  }
  return goods;
}

std::int64_t lacking_of(const Goods& goods, std::size_t good) {
  const auto& wanted = goods.wanted[good];
  const auto& need = goods.goods[good].need;
  return std::accumulate(wanted.begin(), wanted.end(), std::int64_t{0}) -
         std::accumulate(need.begin(), need.end(), std::int64_t{0});
}

Units units_within(const Problem& problem, const Bounds& bounds, const Team& team) {
  Units units;
  for (std::uint32_t i = 0; i < problem.units.size(); ++i) {
    const auto nation = problem.units[i].nation;
    if (team[nation] && people_max(problem.nations[nation], bounds) >= 0 &&
        !lines_of(problem.units[i], bounds).empty()) {
      units.push_back(i);
    }
  }
  return units;
}

bool meets(const Problem& problem, const Goods& goods, const Bounds& bounds, const Units& units) {
  const Offers offers(problem, bounds, units);
  for (std::size_t good = 0; good < goods.goods.size(); ++good) {
    const auto& [need, has_limits] = goods.goods[good];
    if (shortage(offers.of(goods, good), offers.demand(need, has_limits))) {
      return false;
    }
  }
  return true;
}

std::vector<Slice> slices_of(const Problem& problem, const Goods& goods, const Bounds& bounds,
                             const Units& units) {
  const Offers offers(problem, bounds, units);
  std::map<std::pair<std::uint32_t, std::uint32_t>, Slice> slices;
  for (std::size_t good = 0; good < goods.goods.size(); ++good) {
    const auto& [need, has_limits] = goods.goods[good];
    const auto delivery = deliver(offers.of(goods, good), offers.demand(need, has_limits));
    assert(delivery.brought == need);
    for (const auto& parcel : delivery.parcels) {
      const auto unit = units[parcel.supplier];
      auto& slice = slices[{parcel.line, unit}];
      slice.unit = unit;
      slice.line = parcel.line;
      const auto count = static_cast<std::uint32_t>(parcel.count);
      if (good == 0) {
        slice.people = count;
      } else {
        slice.items.push_back({.kind = goods.kinds[good - 1], .count = count});
      }
    }
  }
  std::vector<Slice> found;
  for (auto& [key, slice] : slices) {
    found.push_back(std::move(slice));
  }
  return found;
}

CoverTask cover_of(const Problem& problem, const Goods& goods, const Bounds& bounds,
                   const Units& units, const Costs& costs) {
  CoverTask task{.cover = {.goods = goods.goods, .nation_max = nation_limits(problem, bounds)}};
  std::vector<Group> groups;
  for (const auto unit : units) {
    groups.push_back(group_of(problem.units[unit], goods, bounds));
    auto& of_people = groups.back().amounts[0];
    of_people = std::min(of_people, task.cover.nation_max[groups.back().nation]);
    groups.back().cost = costs.of_unit + costs.of_staleness * problem.units[unit].staleness;
  }
  const auto nations = merged_nations(groups, task.cover.nation_max);
  std::map<Likeness, std::size_t> known;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    auto& group = groups[i];
    if (group.lines.empty()) {
      continue;
    }
    group.nation = nations[group.nation];
    const auto [at, is_new] = known.try_emplace(
        {group.nation, group.cost, group.amounts, group.lines}, task.cover.groups.size());
    if (is_new) {
      task.cover.groups.push_back(std::move(group));
      task.members.push_back({units[i]});
    } else {
      ++task.cover.groups[at->second].count;
      task.members[at->second].push_back(units[i]);
    }
  }
  for (auto& members : task.members) {
    std::stable_sort(members.begin(), members.end(), [&](auto a, auto b) {
      return problem.units[a].staleness < problem.units[b].staleness;
    });
  }
  return task;
}

Units units_of(const CoverTask& task, const std::vector<std::uint32_t>& counts) {
  Units units;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const auto& members = task.members[i];
    units.insert(units.end(), members.begin(), members.begin() + counts[i]);
  }
  std::sort(units.begin(), units.end());
  return units;
}

std::vector<std::uint32_t> counts_of(const CoverTask& task, const Units& units) {
  std::vector<std::uint32_t> counts;
  for (const auto& members : task.members) {
    counts.push_back(static_cast<std::uint32_t>(std::count_if(
        members.begin(), members.end(),
        [&](std::uint32_t unit) { return std::binary_search(units.begin(), units.end(), unit); })));
  }
  return counts;
}

std::uint64_t burden_of(const Nation& nation, std::uint64_t people) {
  const auto deployable = deployable_of(nation);
  return ((nation.committed + people) * kBurdenParts + deployable - 1) / deployable;
}

}  // namespace muster::planner
