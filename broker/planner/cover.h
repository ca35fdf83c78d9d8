// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "broker/planner/program.h"
#include "broker/planner/supply.h"

/// Which units cover all needs at the least cost: where the planner's time goes. See README.md for
/// the method.
namespace muster::planner {

/// Units that are alike, so that only their number matters.
struct Group {
  std::uint32_t nation = 0;
  std::int64_t cost = 0;  ///< Of each unit, >= 0.
  std::uint32_t count = 0;
  std::vector<std::int64_t> amounts;  ///< Of each good, that a unit can bring.
  std::vector<std::uint32_t> lines;   ///< In order.
};

struct Good {
  std::vector<std::int64_t> need;  ///< Of each line.
  bool has_nation_max = false;     ///< Whether the nations' limits are for this good.
};

struct Cover {
  std::vector<Good> goods;
  std::vector<Group> groups;
  std::vector<std::int64_t> nation_max;
  std::optional<std::int64_t> units_max;
};

/// Lines whose needs no choice may forget. It holds for other groups, costs and limits too, so a
/// later search starts with those that an earlier one found.
struct Cut {
  std::uint32_t good = 0;
  Shortage among;
  friend bool operator==(const Cut&, const Cut&) = default;
};

struct Wish {
  std::int64_t below = std::numeric_limits<std::int64_t>::max();  ///< Dearer ones are no use.
  std::int64_t enough = 0;           ///< The search may end with one that costs no more.
  std::vector<std::uint32_t> start;  ///< To better, where it is not empty: it need not cover all.
  int nodes_max = Program{}.nodes_max;
};

struct Choice {
  std::vector<std::uint32_t> counts;  ///< Of each group. Empty when none below the wish was found.
  std::int64_t cost = 0;              ///< Of `counts`.
  std::int64_t bound = 0;             ///< Nothing costs less, or nothing less than `below` does.
  bool is_proven = false;             ///< There is none better (or none that is enough and better).
};

/// The cheapest choice. `cuts` grows. What comes back covers every need, checked in integers; so is
/// `bound`, as far as it does not come out of CBC's search tree.
Choice cheapest(const Cover& cover, const Wish& wish, std::vector<Cut>& cuts,
                const Deadline& deadline, const Solver& solver);

/// Whether `counts` of the groups cover every need.
bool covers(const Cover& cover, std::span<const std::uint32_t> counts);

}  // namespace muster::planner
