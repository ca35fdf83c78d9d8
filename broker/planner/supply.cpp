// SPDX-License-Identifier: Apache-2.0
#include "broker/planner/supply.h"

#include <algorithm>
#include <numeric>

#include "broker/planner/flow.h"

namespace muster::planner {
namespace {

/// Source, nations, suppliers, lines, sink: what flows is the good.
class Network {
 public:
  Network(const std::vector<Supplier>& suppliers, const Demand& demand)
      : nations_(count_nations(suppliers, demand)),
        suppliers_(suppliers.size()),
        flow_(2 + nations_ + suppliers.size() + demand.need.size()) {
    const auto all = std::accumulate(demand.need.begin(), demand.need.end(), std::int64_t{0});
    for (std::uint32_t nation = 0; nation < nations_; ++nation) {
      flow_.add(kSource, nation_node(nation),
                nation < demand.nation_max.size() ? demand.nation_max[nation] : all);
    }
    for (std::uint32_t i = 0; i < suppliers.size(); ++i) {
      flow_.add(nation_node(suppliers[i].nation), supplier_node(i),
                std::min(suppliers[i].amount, all));
    }
    first_way_ = 2 * (nations_ + suppliers.size());
    for (std::uint32_t i = 0; i < suppliers.size(); ++i) {
      for (const auto line : suppliers[i].lines) {
        ways_.push_back({.supplier = i, .line = line});
        flow_.add(supplier_node(i), line_node(line), all);
      }
    }
    for (std::uint32_t line = 0; line < demand.need.size(); ++line) {
      ends_.push_back(flow_.add(line_node(line), kSink, 0));
    }
  }

  /// Lets `line` have `need`, and brings what can be brought.
  std::int64_t open(std::uint32_t line, std::int64_t need) {
    flow_.widen(ends_[line], need);
    return flow_.push(kSource, kSink);
  }
  /// Lets all lines have what they need, and says what arrives.
  std::int64_t open(std::span<const std::int64_t> need) {
    for (std::size_t line = 0; line < need.size(); ++line) {
      flow_.widen(ends_[line], need[line]);
    }
    return flow_.push(kSource, kSink);
  }
  std::vector<Parcel> parcels() const {
    std::vector<Parcel> parcels;
    for (std::size_t i = 0; i < ways_.size(); ++i) {
      if (const auto count = flow_.sent(first_way_ + 2 * i); count > 0) {
        parcels.push_back({.supplier = ways_[i].supplier, .line = ways_[i].line, .count = count});
      }
    }
    return parcels;
  }
  /// What no more can be sent to: lines, and nations that are at their limit.
  Shortage cut(std::span<const std::int64_t> need) const {
    const auto reached = flow_.reached_from(kSource);
    Shortage cut;
    for (std::uint32_t line = 0; line < ends_.size(); ++line) {
      if (need[line] > 0 && !reached[line_node(line)]) {
        cut.lines.push_back(line);
      }
    }
    for (std::uint32_t nation = 0; nation < nations_; ++nation) {
      if (!reached[nation_node(nation)]) {
        cut.nations.push_back(nation);
      }
    }
    return cut;
  }

 private:
  static constexpr std::uint32_t kSource = 0, kSink = 1;
  static std::uint32_t count_nations(const std::vector<Supplier>& suppliers, const Demand& demand) {
    std::size_t count = demand.nation_max.size();
    for (const auto& supplier : suppliers) {
      count = std::max<std::size_t>(count, supplier.nation + 1);
    }
    return static_cast<std::uint32_t>(count);
  }
  std::uint32_t nation_node(std::uint32_t nation) const { return 2 + nation; }
  std::uint32_t supplier_node(std::uint32_t i) const { return 2 + nations_ + i; }
  std::uint32_t line_node(std::uint32_t line) const {
    return 2 + nations_ + static_cast<std::uint32_t>(suppliers_) + line;
  }

  struct Way {
    std::uint32_t supplier = 0, line = 0;
  };
  std::uint32_t nations_;
  std::size_t suppliers_, first_way_ = 0;
  Flow flow_;
  std::vector<Way> ways_;
  std::vector<std::size_t> ends_;
};

}  // namespace

Delivery deliver(const std::vector<Supplier>& suppliers, const Demand& demand) {
  Network network(suppliers, demand);
  Delivery delivery;
  for (std::uint32_t line = 0; line < demand.need.size(); ++line) {
    delivery.brought.push_back(demand.need[line] > 0 ? network.open(line, demand.need[line]) : 0);
  }
  delivery.parcels = network.parcels();
  return delivery;
}

std::optional<Shortage> shortage(const std::vector<Supplier>& suppliers, const Demand& demand) {
  const auto all = std::accumulate(demand.need.begin(), demand.need.end(), std::int64_t{0});
  Network network(suppliers, demand);
  if (network.open(demand.need) == all) {
    return std::nullopt;
  }
  return network.cut(demand.need);
}

}  // namespace muster::planner
