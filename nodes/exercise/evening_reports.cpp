// SPDX-License-Identifier: Apache-2.0
#include "nodes/exercise/evening_reports.h"

#include <fmt/format.h>

#include <utility>

#include "nodes/exercise/dice.h"
#include "nodes/exercise/personnel.h"
#include "nodes/exercise/published_tables.h"
#include "nodes/exercise/unit_plan.h"

namespace muster::exercise {
namespace {

std::vector<UnitPlan> plans_of(model::ForcePool pool, const model::Nation& nation) {
  const auto* table = table_of(pool);
  for (const auto& row : table->nations) {
    if (row.nation == nation.view()) {
      return plan_units(*table, row);
    }
  }
  return {};
}

/// The first that the contingent says of a unit.
template <typename Said>
const Said* first_word(const Contingent& contingent, const model::UnitId& unit) {
  for (const auto& report : contingent.reports) {
    for (const auto& statement : report.statements) {
      const auto* said = std::get_if<Said>(&statement);
      if (said != nullptr && said->unit == unit) {
        return said;
      }
    }
  }
  return nullptr;
}

model::StrengthStatement strength_at(const UnitPlan& plan, const model::StrengthStatement& first,
                                     std::uint64_t seed, model::UtcTime at) {
  Dice dice(seed, fmt::format("{}/{}", plan.unit.view(), model::format_time(at)));
  auto strength = make_strength(plan, dice);
  strength.duty_qualified = first.duty_qualified;
  strength.senior_authorised = first.senior_authorised;
  strength.senior_deployable = first.senior_deployable;
  strength.specialties = first.specialties;
  return strength;
}

}  // namespace

std::vector<model::Statement> evening_report(const Contingent& contingent, model::ForcePool pool,
                                             std::uint64_t seed, model::UtcTime at) {
  std::vector<model::Statement> statements;
  for (const auto& plan : plans_of(pool, contingent.nation)) {
    const auto* strength = first_word<model::StrengthStatement>(contingent, plan.unit);
    const auto* availability = first_word<model::AvailabilityStatement>(contingent, plan.unit);
    if (strength != nullptr && availability != nullptr) {
      statements.emplace_back(strength_at(plan, *strength, seed, at));
      statements.emplace_back(*availability);
    }
  }
  return statements;
}

}  // namespace muster::exercise
