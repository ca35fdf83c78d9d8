// SPDX-License-Identifier: Apache-2.0
#include "nodes/exercise/unit_plan.h"

#include <fmt/format.h>

namespace muster::exercise {
namespace {

model::UnitId unit_id(std::string_view nation, std::string_view prefix, std::string_view code,
                      std::uint32_t number) {
  const auto tail = number == 0 ? std::string{} : fmt::format("-{:02}", number);
  return *model::UnitId::parse(fmt::format("{}:{}{}{}", nation, prefix, code, tail));
}

/// A cell is k = ceil(people / unit_people_max) units. The COMMAND cell is always one: the root.
std::uint32_t units_of(const PoolTable& table, model::ElementKind kind, std::uint32_t people) {
  if (people == 0) {
    return 0;
  }
  if (kind == model::ElementKind::command || table.unit_people_max == 0) {
    return 1;
  }
  return (people + table.unit_people_max - 1) / table.unit_people_max;
}

void plan_cell(const PoolTable& table, const NationRow& row, model::ElementKind kind,
               std::vector<UnitPlan>& plans) {
  const auto people = row.authorised.at(static_cast<std::size_t>(kind) - 1);
  const auto count = units_of(table, kind, people);
  const auto authorised = split(people, count);
  const auto deployable = split(deployable_of(people), count);
  for (std::uint32_t i = 0; i < count; ++i) {
    UnitPlan plan;
    plan.number = count == 1 ? 0 : i + 1;
    plan.unit = unit_id(row.nation, table.code_prefix, element_of(kind).code, plan.number);
    if (!plans.empty()) {
      plan.superior = plans.front().unit;
    }
    plan.kind = kind;
    plan.pool = table.pool;
    plan.authorised = authorised[i];
    plan.deployable = deployable[i];
    plans.push_back(plan);
  }
}

}  // namespace

std::vector<std::uint32_t> split(std::uint32_t people, std::uint32_t parts) {
  std::vector<std::uint32_t> sizes;
  for (std::uint32_t i = 0; i < parts; ++i) {
    sizes.push_back(people / parts + (i < people % parts ? 1 : 0));
  }
  return sizes;
}

std::vector<UnitPlan> plan_units(const PoolTable& table, const NationRow& row) {
  std::vector<UnitPlan> plans;
  for (const auto& entry : model::code_names(model::ElementKind{})) {
    plan_cell(table, row, entry.value, plans);
  }
  return plans;
}

}  // namespace muster::exercise
