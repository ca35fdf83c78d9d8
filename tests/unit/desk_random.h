// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <random>

#include "schemas/model/unit_statements.h"

/// Random statements about a unit, such as a broker accepts in their form: every field that a
/// statement has may be there, also one that is added tomorrow, and no list says a thing twice.
namespace muster::desk::rig {

template <typename Statement>
Statement random_statement(const model::UnitId& unit, std::mt19937_64& random);

extern template model::UnitStatement random_statement(const model::UnitId&, std::mt19937_64&);
extern template model::StrengthStatement random_statement(const model::UnitId&, std::mt19937_64&);
extern template model::EquipmentStatement random_statement(const model::UnitId&, std::mt19937_64&);
extern template model::ReadinessStatement random_statement(const model::UnitId&, std::mt19937_64&);
extern template model::AvailabilityStatement random_statement(const model::UnitId&,
                                                              std::mt19937_64&);
extern template model::RosterStatement random_statement(const model::UnitId&, std::mt19937_64&);

}  // namespace muster::desk::rig
