// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "broker/planner/cover.h"
#include "broker/planner/package.h"

/// A problem as goods that units bring to lines, within bounds that the objectives draw tighter one
/// after the other.
namespace muster::planner {

/// What is to be brought: people first, then each kind of equipment in the order of its number.
/// `goods[i].need` is what can be had of `wanted[i]`, line after line.
struct Goods {
  std::vector<std::uint8_t> kinds;  ///< Of goods[1] and on.
  std::vector<Good> goods;
  std::vector<std::vector<std::int64_t>> wanted;
};
Goods goods_of(const Problem& problem);
/// What of a good is wanted and cannot be had, over all lines.
std::int64_t lacking_of(const Goods& goods, std::size_t good);

struct Bounds {
  std::uint32_t ready_max = std::numeric_limits<std::uint32_t>::max();
  std::uint64_t burden_max = std::numeric_limits<std::uint64_t>::max();
};
/// Which nations may give.
using Team = std::vector<bool>;
/// Units by index, ascending.
using Units = std::vector<std::uint32_t>;

/// The units that could bring anything within the bounds.
Units units_within(const Problem& problem, const Bounds& bounds, const Team& team);
/// Whether these units together bring all that is needed within the bounds.
bool meets(const Problem& problem, const Goods& goods, const Bounds& bounds, const Units& units);
/// Who of `units` brings what to which line. Those who are not needed have no slice.
std::vector<Slice> slices_of(const Problem& problem, const Goods& goods, const Bounds& bounds,
                             const Units& units);

/// The search for the cheapest of `units`, with the units that stand behind each group, the
/// freshest first.
struct CoverTask {
  Cover cover;
  std::vector<Units> members;
};
/// What a unit costs.
struct Costs {
  std::int64_t of_unit = 0, of_staleness = 0;
};
CoverTask cover_of(const Problem& problem, const Goods& goods, const Bounds& bounds,
                   const Units& units, const Costs& costs);
Units units_of(const CoverTask& task, const std::vector<std::uint32_t>& counts);
/// How many of each group are among `units`. Those that are in no group are left out.
std::vector<std::uint32_t> counts_of(const CoverTask& task, const Units& units);

/// The share of a nation's deployable people that is committed when it gives so many more:
/// in parts of kBurdenParts, rounded up, so that it is whole.
std::uint64_t burden_of(const Nation& nation, std::uint64_t people);

}  // namespace muster::planner
