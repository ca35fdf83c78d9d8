// SPDX-License-Identifier: Apache-2.0
#include "schemas/model/statement.h"

namespace muster::model {
namespace {

struct KindOf {
  StatementKind operator()(const UnitStatement&) const { return StatementKind::unit; }
  StatementKind operator()(const StrengthStatement&) const { return StatementKind::strength; }
  StatementKind operator()(const EquipmentStatement&) const { return StatementKind::equipment; }
  StatementKind operator()(const ReadinessStatement&) const { return StatementKind::readiness; }
  StatementKind operator()(const AvailabilityStatement&) const {
    return StatementKind::availability;
  }
  StatementKind operator()(const RegistryStatement&) const { return StatementKind::registry; }
  StatementKind operator()(const UninterpretedStatement& s) const { return s.kind; }
};

struct UnitOf {
  const UnitId* operator()(const RegistryStatement&) const { return nullptr; }
  const UnitId* operator()(const UninterpretedStatement&) const { return nullptr; }
  template <typename AboutAUnit>
  const UnitId* operator()(const AboutAUnit& statement) const {
    return &statement.unit;
  }
};

}  // namespace

StatementKind kind_of(const Statement& statement) { return std::visit(KindOf{}, statement); }
const UnitId* unit_of(const Statement& statement) { return std::visit(UnitOf{}, statement); }

}  // namespace muster::model
