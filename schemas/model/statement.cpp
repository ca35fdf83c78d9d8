// SPDX-License-Identifier: Apache-2.0
#include "schemas/model/statement.h"

#include <type_traits>

namespace muster::model {
namespace {

/// The alternatives stand in the order of their numbers, and the last is of any kind.
template <StatementKind Kind, typename Statement_>
constexpr bool stands_at =
    std::is_same_v<std::variant_alternative_t<static_cast<std::size_t>(Kind) - 1, Statement>,
                   Statement_>;
static_assert(stands_at<StatementKind::unit, UnitStatement>);
static_assert(stands_at<StatementKind::strength, StrengthStatement>);
static_assert(stands_at<StatementKind::equipment, EquipmentStatement>);
static_assert(stands_at<StatementKind::self_sustainment, SelfSustainmentStatement>);
static_assert(stands_at<StatementKind::training, TrainingStatement>);
static_assert(stands_at<StatementKind::readiness, ReadinessStatement>);
static_assert(stands_at<StatementKind::availability, AvailabilityStatement>);
static_assert(stands_at<StatementKind::roster, RosterStatement>);
static_assert(stands_at<StatementKind::caveat, CaveatStatement>);
static_assert(stands_at<StatementKind::standby, StandbyStatement>);
static_assert(stands_at<StatementKind::contribution, ContributionStatement>);
static_assert(stands_at<StatementKind::operation, OperationStatement>);
static_assert(stands_at<StatementKind::requirement, RequirementStatement>);
static_assert(stands_at<StatementKind::decision, DecisionStatement>);
static_assert(stands_at<StatementKind::registry, RegistryStatement>);

struct UnitOf {
  const UnitId* operator()(const CaveatStatement& s) const { return s.unit ? &*s.unit : nullptr; }
  template <typename Other>
  const UnitId* operator()(const Other& statement) const {
    if constexpr (requires { statement.unit; }) {
      return &statement.unit;
    }
    return nullptr;
  }
};

}  // namespace

StatementKind kind_of(const Statement& statement) {
  if (const auto* unread = std::get_if<UninterpretedStatement>(&statement)) {
    return unread->kind;
  }
  return static_cast<StatementKind>(statement.index() + 1);
}
const UnitId* unit_of(const Statement& statement) { return std::visit(UnitOf{}, statement); }

}  // namespace muster::model
