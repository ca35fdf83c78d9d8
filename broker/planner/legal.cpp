// SPDX-License-Identifier: Apache-2.0
#include "broker/planner/legal.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace muster::planner {
namespace {

/// Items that a unit gives, or a line gets: by unit or line, and kind.
using ItemSums = std::map<std::pair<std::uint32_t, std::uint8_t>, std::uint64_t>;

std::uint64_t count_of(const std::vector<Items>& items, std::uint8_t kind) {
  std::uint64_t count = 0;
  for (const auto& one : items) {
    count += one.kind == kind ? one.count : 0;
  }
  return count;
}

bool can_serve(const Unit& unit, std::uint32_t line) {
  return std::any_of(unit.places.begin(), unit.places.end(),
                     [&](const Place& place) { return place.line == line; });
}

/// Adds what `who` gives or gets to `sums`, and says which kind is more than it has or wants then.
std::string too_many(ItemSums& sums, std::uint32_t who, const std::vector<Items>& items,
                     const std::vector<Items>& most) {
  for (const auto& one : items) {
    const auto sum = sums[{who, one.kind}] += one.count;
    if (const auto limit = count_of(most, one.kind); one.count == 0 || sum > limit) {
      return fmt::format("{} items of kind {}, of {}", sum, one.kind, limit);
    }
  }
  return {};
}

/// Adds up a package slice after slice, and tells the first that is one too many.
class Audit {
 public:
  explicit Audit(const Problem& problem)
      : problem_(problem),
        of_unit_(problem.units.size()),
        of_line_(problem.lines.size()),
        of_nation_(problem.nations.size()) {}

  std::string fault_of(const Slice& slice) {
    if (auto fault = fault_of_place(slice); !fault.empty()) {
      return fault;
    }
    if (auto fault = fault_of_people(slice); !fault.empty()) {
      return fault;
    }
    return fault_of_items(slice);
  }

  [[nodiscard]] std::string fault_of_lacking(const std::vector<std::uint32_t>& lacking) const {
    if (lacking.size() != problem_.lines.size()) {
      return fmt::format("it tells what {} lines lack, of {}", lacking.size(),
                         problem_.lines.size());
    }
    for (std::size_t i = 0; i < lacking.size(); ++i) {
      const auto& line = problem_.lines[i];
      const auto wanted = std::min(line.people_min, line.people_max);
      if (of_line_[i] + lacking[i] != wanted) {
        return fmt::format("line {} gets {} people and lacks {}, of {}", i, of_line_[i], lacking[i],
                           wanted);
      }
    }
    return {};
  }

 private:
  std::string fault_of_place(const Slice& slice) {
    if (slice.unit >= problem_.units.size() || slice.line >= problem_.lines.size()) {
      return fmt::format("unit {} on line {}, of {} units and {} lines", slice.unit, slice.line,
                         problem_.units.size(), problem_.lines.size());
    }
    const std::pair at{slice.line, slice.unit};
    if (is_begun_ && at <= last_) {
      return fmt::format("unit {} on line {} twice or out of order", slice.unit, slice.line);
    }
    last_ = at;
    is_begun_ = true;
    if (!can_serve(problem_.units[slice.unit], slice.line)) {
      return fmt::format("unit {} cannot serve on line {}", slice.unit, slice.line);
    }
    if (slice.people == 0 && slice.items.empty()) {
      return fmt::format("unit {} brings nothing to line {}", slice.unit, slice.line);
    }
    return {};
  }

  std::string fault_of_people(const Slice& slice) {
    const auto& unit = problem_.units[slice.unit];
    const auto& line = problem_.lines[slice.line];
    const auto& nation = problem_.nations[unit.nation];
    const auto given = of_unit_[slice.unit] += slice.people;
    const auto got = of_line_[slice.line] += slice.people;
    const auto of_nation = of_nation_[unit.nation] += slice.people;
    if (given > unit.people) {
      return fmt::format("unit {} gives {} people of {}", slice.unit, given, unit.people);
    }
    if (got > line.people_max) {
      return fmt::format("line {} gets {} people of {}", slice.line, got, line.people_max);
    }
    if (of_nation > nation.people_max) {
      return fmt::format("nation {} gives {} people of {}", unit.nation, of_nation,
                         nation.people_max);
    }
    return {};
  }

  std::string fault_of_items(const Slice& slice) {
    if (auto fault = too_many(of_units_, slice.unit, slice.items, problem_.units[slice.unit].items);
        !fault.empty()) {
      return fmt::format("unit {} gives {}", slice.unit, fault);
    }
    if (auto fault = too_many(of_lines_, slice.line, slice.items, problem_.lines[slice.line].items);
        !fault.empty()) {
      return fmt::format("line {} gets {}", slice.line, fault);
    }
    return {};
  }

  const Problem& problem_;
  std::vector<std::uint64_t> of_unit_, of_line_, of_nation_;  // People.
  ItemSums of_units_, of_lines_;
  std::pair<std::uint32_t, std::uint32_t> last_;
  bool is_begun_ = false;
};

/// What is said to be proven makes a package the best there is in the answer, so it has to fit.
std::string fault_of_proof(const Package& package) {
  double lacking = 0;
  for (const auto people : package.lacking) {
    lacking += people;
  }
  const auto& aims = package.objectives;
  if (aims.empty() || aims.front().name != "people" || aims.front().value != lacking) {
    return fmt::format("its first objective is not that {} people lack", lacking);
  }
  for (const auto& aim : aims) {
    if (aim.is_proven && aim.bound != aim.value) {
      return fmt::format("{} is {} and proven at {}", aim.name, aim.value, aim.bound);
    }
  }
  return {};
}

}  // namespace

std::string fault_of(const Problem& problem, const Package& package) {
  Audit audit(problem);
  for (const auto& slice : package.slices) {
    if (auto fault = audit.fault_of(slice); !fault.empty()) {
      return fault;
    }
  }
  if (auto fault = audit.fault_of_lacking(package.lacking); !fault.empty()) {
    return fault;
  }
  return fault_of_proof(package);
}

}  // namespace muster::planner
