// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/// Who brings how much to which line, for one good alone: people, or items of one kind.
namespace muster::planner {

/// One who can bring up to `amount`, to some lines.
struct Supplier {
  std::uint32_t nation = 0;
  std::int64_t amount = 0;
  std::span<const std::uint32_t> lines;
};

/// What a good is wanted for. `nation_max` is what each nation may bring in all; empty: no limits.
struct Demand {
  std::span<const std::int64_t> need;  ///< Of each line.
  std::span<const std::int64_t> nation_max;
};

struct Parcel {
  std::uint32_t supplier = 0, line = 0;
  std::int64_t count = 0;  ///< Never 0.
};
struct Delivery {
  std::vector<std::int64_t> brought;  ///< To each line.
  std::vector<Parcel> parcels;        ///< By supplier.
};

/// Serves the lines one after the other in their order: none gets less so that a later one gets
/// more. That is also the most that all lines together can get. Suppliers that come first are asked
/// first.
Delivery deliver(const std::vector<Supplier>& suppliers, const Demand& demand);

/// Lines that together need more than can reach them: all that their suppliers bring, but not more
/// than the limit of each of `nations`, where that is less.
struct Shortage {
  std::vector<std::uint32_t> lines, nations;
  friend bool operator==(const Shortage&, const Shortage&) = default;
};

/// Why the needs cannot all be met; empty when they can.
std::optional<Shortage> shortage(const std::vector<Supplier>& suppliers, const Demand& demand);

}  // namespace muster::planner
