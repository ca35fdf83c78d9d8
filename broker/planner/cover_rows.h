// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "broker/planner/cover.h"

/// Cuts as rows of a linear program, and the search for those that a choice breaks.
namespace muster::planner {

/// What `cut` asks of the counts of the groups; nothing when it holds by itself.
std::optional<Row> row_of(const Cover& cover, const Cut& cut);

/// One cut for each good that the choice does not cover. `count_of(group)` may be a part of a unit.
std::vector<Cut> broken_cuts(const Cover& cover,
                             const std::function<double(std::size_t)>& count_of);
/// The same for whole units: exact.
std::vector<Cut> broken_cuts(const Cover& cover, std::span<const std::uint32_t> counts);

/// For a start: each line alone, and all lines together.
std::vector<Cut> plain_cuts(const Cover& cover);

/// What the choices cost at least when each row has its price: exact, whatever the prices.
/// In units of 1 / kPriceScale.
struct PricedOut {
  std::int64_t bound = 0;
  std::vector<std::int64_t> extra;  ///< Of each group: what one more unit adds, net of the prices.
};
constexpr std::int64_t kPriceScale = std::int64_t{1} << 30;
PricedOut price_out(const Program& program, std::span<const double> prices);

}  // namespace muster::planner
