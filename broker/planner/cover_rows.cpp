// SPDX-License-Identifier: Apache-2.0
#include "broker/planner/cover_rows.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace muster::planner {
namespace {

// Parts of a unit are counted in so many pieces.
constexpr std::int64_t kPieces = std::int64_t{1} << 16;
// What lacks of a need, if it is less than one part in so many, is a matter of rounding.
constexpr std::int64_t kRounding = 1'000'000;

__extension__ using Wide = __int128;

std::vector<std::int64_t> scaled(std::span<const std::int64_t> values, std::int64_t factor) {
  std::vector<std::int64_t> scaled;
  for (const auto value : values) {
    scaled.push_back(value * factor);
  }
  return scaled;
}

/// `amount_of(good, group)` is what is chosen, in pieces; one part in `rounding` may lack, or
/// nothing when that is 0.
std::vector<Cut> broken(const Cover& cover, std::int64_t pieces, std::int64_t rounding,
                        const std::function<std::int64_t(std::size_t, std::size_t)>& amount_of) {
  std::vector<Cut> cuts;
  const auto nation_max = scaled(cover.nation_max, pieces);
  for (std::uint32_t good = 0; good < cover.goods.size(); ++good) {
    std::vector<Supplier> suppliers;
    for (std::size_t i = 0; i < cover.groups.size(); ++i) {
      if (const auto amount = amount_of(good, i); amount > 0) {
        suppliers.push_back(
            {.nation = cover.groups[i].nation, .amount = amount, .lines = cover.groups[i].lines});
      }
    }
    auto need = scaled(cover.goods[good].need, pieces);
    if (rounding > 0) {
      for (auto& of_line : need) {
        of_line -= of_line / rounding;
      }
    }
    const Demand demand{.need = need,
                        .nation_max = cover.goods[good].has_nation_max
                                          ? std::span<const std::int64_t>(nation_max)
                                          : std::span<const std::int64_t>()};
    if (auto lacking = shortage(suppliers, demand)) {
      if (!cover.goods[good].has_nation_max) {
        lacking->nations.clear();
      }
      cuts.push_back({.good = good, .among = std::move(*lacking)});
    }
  }
  return cuts;
}

}  // namespace

std::optional<Row> row_of(const Cover& cover, const Cut& cut) {
  const auto& good = cover.goods[cut.good];
  std::vector<std::int64_t> need(good.need.size());
  for (const auto line : cut.among.lines) {
    need[line] = good.need[line];
  }
  std::vector<bool> is_limited(cover.nation_max.size());
  Row row{.low = std::accumulate(need.begin(), need.end(), std::int64_t{0})};
  for (const auto nation : cut.among.nations) {
    is_limited[nation] = true;
    row.low -= cover.nation_max[nation];
  }
  if (row.low <= 0) {
    return std::nullopt;
  }
  for (std::uint32_t i = 0; i < cover.groups.size(); ++i) {
    const auto& group = cover.groups[i];
    if (good.has_nation_max && is_limited[group.nation]) {
      continue;
    }
    std::int64_t useful = 0;
    for (const auto line : group.lines) {
      useful += need[line];
    }
    // More than the row asks for is no help, so a unit counts for no more: that makes rows tight.
    useful = std::min({useful, group.amounts[cut.good], row.low});
    if (useful > 0) {
      row.terms.push_back({.column = i, .factor = useful});
    }
  }
  return row;
}

std::vector<Cut> broken_cuts(const Cover& cover,
                             const std::function<double(std::size_t)>& count_of) {
  return broken(cover, kPieces, kRounding, [&](std::size_t good, std::size_t i) {
    const auto amount = static_cast<double>(cover.groups[i].amounts[good] * kPieces);
    return static_cast<std::int64_t>(std::floor(amount * count_of(i) + 0.5));
  });
}

std::vector<Cut> broken_cuts(const Cover& cover, std::span<const std::uint32_t> counts) {
  return broken(cover, 1, 0, [&](std::size_t good, std::size_t i) {
    return cover.groups[i].amounts[good] * counts[i];
  });
}

std::vector<Cut> plain_cuts(const Cover& cover) {
  std::vector<Cut> cuts;
  for (std::uint32_t good = 0; good < cover.goods.size(); ++good) {
    Cut all{.good = good};
    for (std::uint32_t line = 0; line < cover.goods[good].need.size(); ++line) {
      if (cover.goods[good].need[line] > 0) {
        cuts.push_back({.good = good, .among = {.lines = {line}}});
        all.among.lines.push_back(line);
      }
    }
    if (all.among.lines.size() > 1) {
      cuts.push_back(all);
    }
  }
  return cuts;
}

PricedOut price_out(const Program& program, std::span<const double> prices) {
  Wide bound = 0;
  std::vector<Wide> extra;
  for (const auto& column : program.columns) {
    extra.push_back(static_cast<Wide>(column.cost) * kPriceScale);
  }
  for (std::size_t i = 0; i < program.rows.size(); ++i) {
    const auto price = static_cast<std::int64_t>(prices[i] * static_cast<double>(kPriceScale));
    bound += static_cast<Wide>(price) * program.rows[i].low;
    for (const auto& term : program.rows[i].terms) {
      extra[term.column] -= static_cast<Wide>(price) * term.factor;
    }
  }
  PricedOut priced;
  for (std::size_t i = 0; i < extra.size(); ++i) {
    const auto& column = program.columns[i];
    bound += extra[i] * (extra[i] > 0 ? column.low : column.high);
    priced.extra.push_back(static_cast<std::int64_t>(extra[i]));
  }
  priced.bound = static_cast<std::int64_t>(bound);
  return priced;
}

}  // namespace muster::planner
