// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "broker/core/rules.h"

namespace muster::core {

using model::Rule;

namespace {

std::optional<model::UnitId> parent_in(const model::UnitStatement& unit) {
  for (const auto& relation : unit.relations) {
    if (relation.type == model::RelationType::child_of) {
      return relation.unit;
    }
  }
  return std::nullopt;
}

/// The parent that `id` has once the report counts.
std::optional<model::UnitId> parent_after(const Inquiry& inquiry, const model::UnitId& id) {
  if (const auto* unit = inquiry.declared(id)) {
    return parent_in(*unit);
  }
  const auto* known = inquiry.state.units.find(id);
  return known != nullptr ? known->parent() : std::nullopt;
}

bool exists_after(const Inquiry& inquiry, const model::UnitId& id) {
  return inquiry.state.units.find(id) != nullptr || inquiry.declared(id) != nullptr;
}

/// V06: the other unit exists and is of the same nation, but for relations to a combined
/// headquarters.
void check_relation(Inquiry& inquiry, const model::UnitStatement& unit, std::size_t index) {
  const auto& relation = unit.relations[index];
  check_code(inquiry, path("relations", index, "type"), relation.type);
  check_time(inquiry, path("relations", index, "from"), relation.from);
  check_time(inquiry, path("relations", index, "to"), relation.to);
  if (!exists_after(inquiry, relation.unit)) {
    inquiry.refuse(Rule::v06, path("relations", index, "unit"),
                   fmt::format("{}, which does not exist", relation.unit.view()),
                   "a unit declared in this report or before");
    return;
  }
  const bool to_combined_hq = relation.type != model::RelationType::child_of &&
                              relation.unit.nation() == model::secretariat();
  if (relation.unit.nation() != unit.unit.nation() && !to_combined_hq) {
    inquiry.refuse(Rule::v06, path("relations", index, "unit"), relation.unit.str(),
                   fmt::format("a unit of {}", unit.unit.nation().view()));
  }
}

/// V07: one parent, no cycle, not too deep.
void check_hierarchy(Inquiry& inquiry, const model::UnitStatement& unit) {
  const auto parents = std::count_if(
      unit.relations.begin(), unit.relations.end(),
      [](const auto& relation) { return relation.type == model::RelationType::child_of; });
  if (parents > 1) {
    inquiry.refuse(Rule::v07, "relations", fmt::format("{} CHILD_OF relations", parents),
                   "one parent at a time");
  }
  auto trail = unit.unit.str();
  auto above = parent_in(unit);
  for (std::uint32_t depth = 1; above; ++depth) {
    trail += " -> " + above->str();
    if (*above == unit.unit) {
      inquiry.refuse(Rule::v07, "relations", "the cycle " + trail, "a tree");
      return;
    }
    if (depth >= inquiry.limits.hierarchy_depth_max) {
      inquiry.refuse(Rule::v07, "relations", "the path " + trail,
                     fmt::format("at most {} levels", inquiry.limits.hierarchy_depth_max));
      return;
    }
    above = parent_after(inquiry, *above);
  }
}

/// Levels above a unit, as `parent_of` tells them. V07 bounds it; a cycle ends at the bound.
template <typename ParentOf>
std::uint32_t depth_of(const Inquiry& inquiry, model::UnitId id, ParentOf parent_of) {
  std::uint32_t depth = 0;
  for (auto above = parent_of(id); above && depth <= inquiry.limits.hierarchy_depth_max;
       above = parent_of(*above)) {
    ++depth;
  }
  return depth;
}

/// Whether the report puts a known unit deeper than it was: only then can those below it get too
/// deep, and only then is the whole nation looked through.
bool goes_deeper(const Inquiry& inquiry, const model::UnitId& id) {
  const auto before = depth_of(inquiry, id, [&](const model::UnitId& unit) {
    const auto* known = inquiry.state.units.find(unit);
    return known != nullptr ? known->parent() : std::nullopt;
  });
  const auto after =
      depth_of(inquiry, id, [&](const model::UnitId& unit) { return parent_after(inquiry, unit); });
  return after > before;
}

/// The units that the report puts deeper below another one than before, and the statement that does
/// it.
std::map<model::UnitId, std::uint32_t> moved_units(const Inquiry& inquiry) {
  std::map<model::UnitId, std::uint32_t> moved;
  for (std::size_t i = 0; i < inquiry.report.statements.size(); ++i) {
    const auto* unit = std::get_if<model::UnitStatement>(&inquiry.report.statements[i]);
    const auto* known = unit != nullptr ? inquiry.state.units.find(unit->unit) : nullptr;
    if (known != nullptr && parent_in(*unit) && parent_in(*unit) != known->parent() &&
        goes_deeper(inquiry, unit->unit)) {
      moved.emplace(unit->unit, static_cast<std::uint32_t>(i));
    }
  }
  return moved;
}

/// The moved unit that puts `id` too deep, or the end.
auto too_deep_by(const Inquiry& inquiry, const model::UnitId& id,
                 const std::map<model::UnitId, std::uint32_t>& moved) {
  auto culprit = moved.end();
  auto above = parent_after(inquiry, id);
  for (std::uint32_t depth = 1; above; ++depth) {
    if (culprit == moved.end()) {
      culprit = moved.find(*above);
    }
    if (depth >= inquiry.limits.hierarchy_depth_max) {
      return culprit;
    }
    above = parent_after(inquiry, *above);
  }
  return moved.end();
}

/// SIDC positions 9-10 of each echelon (DOMAIN.md §9), by the enumerator's number.
constexpr std::array<std::string_view, 23> kEchelonDigits = {
    "",   "00", "11", "11", "12", "13", "14", "14", "15", "15", "15", "16",
    "16", "17", "17", "18", "21", "22", "23", "24", "24", "25", "26"};
constexpr std::array<std::string_view, 7> kSymbolSets = {"01", "10", "11", "15", "20", "30", "35"};

/// V23: a legal symbol (APP-6D) of a friend or a neutral, whose echelon is the unit's.
void check_symbol(Inquiry& inquiry, const model::UnitStatement& unit) {
  const std::string_view sidc = unit.sidc;
  if (sidc.empty()) {
    return;
  }
  const bool digits =
      std::all_of(sidc.begin(), sidc.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!digits || (sidc.size() != 20 && sidc.size() != 30)) {
    inquiry.refuse(Rule::v23, "sidc", fmt::format("{} characters", sidc.size()), "20 or 30 digits");
    return;
  }
  if (sidc[3] < '2' || sidc[3] > '4') {
    inquiry.refuse(Rule::v23, "sidc", fmt::format("position 4 is {}", sidc[3]),
                   "standard identity 2, 3 or 4");
  }
  const auto set = sidc.substr(4, 2);
  if (std::find(kSymbolSets.begin(), kSymbolSets.end(), set) == kSymbolSets.end()) {
    inquiry.refuse(Rule::v23, "sidc", fmt::format("positions 5-6 are {}", set),
                   "01, 10, 11, 15, 20, 30 or 35");
  }
  const auto echelon = static_cast<std::size_t>(unit.echelon.value_or(model::Echelon{}));
  if (echelon == 0 || echelon >= kEchelonDigits.size()) {
    return;
  }
  if (sidc.substr(8, 2) != kEchelonDigits[echelon]) {
    inquiry.flag(Rule::v23, "sidc", fmt::format("positions 9-10 are {}", sidc.substr(8, 2)),
                 fmt::format("{} for {}", kEchelonDigits[echelon], model::to_text(*unit.echelon)));
  }
}

void check_capabilities(Inquiry& inquiry, const model::UnitStatement& unit) {
  for (std::size_t i = 0; i < unit.capabilities.size(); ++i) {
    const auto& capability = unit.capabilities[i];
    check_number(inquiry, path("capabilities", i, "type"), capability.type, 1, 4, false);
    for (const auto task : capability.tasks) {
      check_code(inquiry, path("capabilities", i, "tasks"), task);
    }
    for (const auto& metric : capability.metrics) {
      check_text(inquiry, path("capabilities", i, "metrics"), metric.name, inquiry.limits.name_max);
      if (!std::isfinite(metric.value) || metric.value < 0) {
        inquiry.refuse(Rule::v10, path("capabilities", i, "metrics"),
                       fmt::format("{} = {}", metric.name, metric.value), "0 or more");
      }
    }
  }
}

}  // namespace

void check_branches(Inquiry& inquiry) {
  if (inquiry.has_found(Rule::v07)) {
    return;
  }  // Depth means nothing in a cycle.
  auto moved = moved_units(inquiry);
  if (moved.empty()) {
    return;
  }
  const auto nation = inquiry.arrival.report.node.publisher();
  inquiry.state.units.for_each([&](const model::UnitId& id, const UnitState&) {
    if (id.nation() != nation || inquiry.declared(id) != nullptr) {
      return;
    }  // It answers for its own place.
    const auto culprit = too_deep_by(inquiry, id, moved);
    if (culprit == moved.end()) {
      return;
    }
    inquiry.set_statement(culprit->second);
    inquiry.refuse(Rule::v07, "relations",
                   fmt::format("{}, which is below it, gets too deep", id.view()),
                   fmt::format("at most {} levels", inquiry.limits.hierarchy_depth_max));
    moved.erase(culprit);
  });
}

void check_unit(Inquiry& inquiry, const model::UnitStatement& unit) {
  // Any node of the nation may declare a unit that nobody has; afterwards it is the declaring
  // node's.
  check_owner(inquiry, unit.unit);
  check_order(inquiry, unit.unit, model::StatementKind::unit);
  if (unit.name.empty()) {
    inquiry.refuse(Rule::v18, "name", "nothing", "a name");
  }
  check_text(inquiry, "name", unit.name, inquiry.limits.name_max);
  check_text(inquiry, "short_name", unit.short_name, inquiry.limits.short_name_max);
  check_mandatory_code(inquiry, "component", unit.component);
  check_mandatory_code(inquiry, "element_kind", unit.element_kind);
  check_mandatory_code(inquiry, "lifecycle", unit.lifecycle);
  check_mandatory_code(inquiry, "echelon", unit.echelon);
  if (unit.reinforcement) {
    check_code(inquiry, "reinforcement", *unit.reinforcement);
  }
  for (const auto pool : unit.pools) {
    check_code(inquiry, "pools", pool);
  }
  check_time(inquiry, "valid_from", unit.valid_from);
  check_time(inquiry, "valid_to", unit.valid_to);
  for (std::size_t i = 0; i < unit.relations.size(); ++i) {
    check_relation(inquiry, unit, i);
  }
  check_hierarchy(inquiry, unit);
  check_symbol(inquiry, unit);
  if (unit.home) {
    check_place(inquiry, "home", *unit.home);
  }
  if (unit.current) {
    check_place(inquiry, "current", *unit.current);
  }
  check_capabilities(inquiry, unit);
  for (std::size_t i = 0; i < unit.languages.size(); ++i) {
    check_language(inquiry, path("languages", i), unit.languages[i]);
  }
}

}  // namespace muster::core
