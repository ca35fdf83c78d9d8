// SPDX-License-Identifier: Apache-2.0
#include "nodes/exercise/slices.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace muster::exercise {
namespace {

using model::Count;
using model::EquipmentKind;

/// What of a unit is not given away yet.
struct Stock {
  model::UnitId unit;
  model::ElementKind kind = model::ElementKind::other;
  Count people = 0;
  std::map<EquipmentKind, Count> vehicles;
};

/// The units of a contingent in the order in which it declares them.
class Store {
 public:
  explicit Store(const Contingent& contingent) {
    for (const auto& report : contingent.reports) {
      for (const auto& statement : report.statements) {
        std::visit([this](const auto& s) { take(s); }, statement);
      }
    }
  }

  std::vector<Stock>& units() { return units_; }
  Stock& of(const model::UnitId& unit) {
    return *std::find_if(units_.begin(), units_.end(),
                         [&](const Stock& stock) { return stock.unit == unit; });
  }

 private:
  void take(const model::UnitStatement& s) {
    units_.push_back({s.unit, s.element_kind.value_or(model::ElementKind::other), 0, {}});
  }
  void take(const model::StrengthStatement& s) { of(s.unit).people = s.deployable.value_or(0); }
  void take(const model::EquipmentStatement& s) {
    for (const auto& holding : s.holdings) {
      of(s.unit).vehicles[holding.kind] += holding.fmc.value_or(0);
    }
  }
  template <typename Other>
  void take(const Other&) {}

  std::vector<Stock> units_;
};

model::ElementKind kind_of(std::string_view line) {
  const auto lines = requirement_lines();
  return std::find_if(lines.begin(), lines.end(),
                      [&](const LineRow& row) { return row.line == line; })
      ->element_kind;
}

/// Splits a share over the units that can give it, one after the other.
void cut_people(Store& store, const ShareRow& share, Count people, std::vector<SlicePlan>& slices) {
  bool is_first = true;
  for (auto& stock : store.units()) {
    const Count part = std::min(people, stock.people);
    // A stated 0 is a slice as well: of the first unit that there is.
    if (stock.kind != kind_of(share.line) || (part == 0 && !(is_first && people == 0))) {
      continue;
    }
    const auto number = std::count_if(slices.begin(), slices.end(), [&](const SlicePlan& slice) {
      return slice.line.view() == share.line;
    });
    slices.push_back(
        {.id = *model::Code::parse(fmt::format("{}-{}-{:02}", kOperation, share.line, number + 1)),
         .line = *model::Code::parse(share.line),
         .unit = stock.unit,
         .people = part,
         .equipment = {},
         .arrival = share.arrival,
         .departure = share.departure});
    stock.people -= part;
    people -= part;
    is_first = false;
  }
}

Count count_of(const SlicePlan& slice, EquipmentKind kind) {
  for (const auto& item : slice.equipment) {
    if (item.kind == kind) {
      return item.count;
    }
  }
  return 0;
}

void add_vehicle(SlicePlan& slice, EquipmentKind kind) {
  for (auto& item : slice.equipment) {
    if (item.kind == kind) {
      ++item.count;
      return;
    }
  }
  slice.equipment.push_back({kind, 1});
}

/// The slice of a line that gets the next vehicle: the one with the fewest for its people, among
/// those whose unit still has one. Null when none has.
SlicePlan* next_taker(Store& store, const VehicleRow& row, std::vector<SlicePlan>& slices) {
  SlicePlan* taker = nullptr;
  for (auto& slice : slices) {
    if (slice.line.view() != row.line || slice.people == 0 ||
        store.of(slice.unit).vehicles[row.kind] == 0) {
      continue;
    }
    const bool has_fewer =
        taker == nullptr || std::uint64_t{count_of(slice, row.kind) + 1} * taker->people <
                                std::uint64_t{count_of(*taker, row.kind) + 1} * slice.people;
    taker = has_fewer ? &slice : taker;
  }
  return taker;
}

void spread_vehicles(Store& store, const VehicleRow& row, std::int32_t count,
                     std::vector<SlicePlan>& slices) {
  for (std::int32_t i = 0; i < count; ++i) {
    auto* taker = next_taker(store, row, slices);
    if (taker == nullptr) {
      return;
    }
    --store.of(taker->unit).vehicles[row.kind];
    add_vehicle(*taker, row.kind);
  }
}

std::vector<SlicePlan> slices_of(const Contingent& contingent, std::size_t contributor) {
  Store store(contingent);
  std::vector<SlicePlan> slices;
  for (const auto& share : shares()) {
    if (const auto people = share.people.at(contributor); people != kSilent) {
      cut_people(store, share, static_cast<Count>(people), slices);
    }
  }
  for (const auto& row : vehicles()) {
    spread_vehicles(store, row, row.count.at(contributor), slices);
  }
  return slices;
}

}  // namespace

std::vector<SlicePlan> plan_slices(std::span<const Contingent> contingents) {
  std::vector<SlicePlan> all;
  for (std::size_t i = 0; i < kContributors.size(); ++i) {
    for (const auto& contingent : contingents) {
      if (contingent.nation.view() == kContributors.at(i)) {
        auto slices = slices_of(contingent, i);
        std::move(slices.begin(), slices.end(), std::back_inserter(all));
      }
    }
  }
  return all;
}

}  // namespace muster::exercise
