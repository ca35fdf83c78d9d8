// SPDX-License-Identifier: Apache-2.0
#include "broker/core/slices.h"

#include <tuple>

namespace muster::core {
namespace {

/// The moment from which on a period counts.
model::UtcTime start_of(const Period& period) {
  return period.from.value_or(model::UtcTime::min());
}

/// Something begins to be needed, or ceases to be.
struct Edge {
  model::UtcTime at;
  bool begins = false;
  std::uint64_t count = 0;
};

std::vector<Edge> edges_of(const std::vector<Need>& needs) {
  std::vector<Edge> edges;
  for (const auto& need : needs) {
    edges.push_back({start_of(need.period), true, need.count});
    if (need.period.to) {
      edges.push_back({*need.period.to, false, need.count});
    }
  }
  std::sort(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) {
    return std::tie(a.at, a.begins) < std::tie(b.at, b.begins);
  });
  return edges;
}

}  // namespace

bool overlap(const Period& a, const Period& b) {
  const auto begins_before_end = [](const Period& x, const Period& y) {
    return !x.from || !y.to || *x.from < *y.to;
  };
  return begins_before_end(a, b) && begins_before_end(b, a);
}

Period period_of(const model::ContributionStatement& slice) { return {slice.from, slice.to}; }

std::uint64_t people_of(const model::ContributionStatement& slice) {
  return slice.people.value_or(0);
}

std::uint64_t items_of(const model::ContributionStatement& slice, model::EquipmentKind kind) {
  std::uint64_t items = 0;
  for (const auto& item : slice.equipment) {
    items += item.kind == kind ? item.count : 0;
  }
  return items;
}

std::uint64_t fit_items(const model::EquipmentStatement& equipment, model::EquipmentKind kind) {
  std::uint64_t items = 0;
  for (const auto& holding : equipment.holdings) {
    items += holding.kind == kind ? holding.fmc.value_or(0) : 0;
  }
  return items;
}

Peak peak_of(const std::vector<Need>& needs) {
  Peak peak;
  std::uint64_t count = 0;
  for (const auto& edge : edges_of(needs)) {
    count += edge.begins ? edge.count : 0;
    count -= edge.begins ? 0 : std::min(edge.count, count);
    if (count > peak.count) {
      peak = {count, edge.at};
    }
  }
  return peak;
}

}  // namespace muster::core
