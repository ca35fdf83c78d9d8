// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

#include "schemas/model/codes.h"

namespace muster::text {

/// What the `type` of a statement says. Names are those of DOMAIN.md §3 without the suffix.
struct StatementType {
  model::StatementKind kind;
  std::string_view name;
};
inline constexpr std::array kStatementTypes{
    StatementType{model::StatementKind::unit, "Unit"},
    StatementType{model::StatementKind::strength, "Strength"},
    StatementType{model::StatementKind::equipment, "Equipment"},
    StatementType{model::StatementKind::self_sustainment, "SelfSustainment"},
    StatementType{model::StatementKind::training, "Training"},
    StatementType{model::StatementKind::readiness, "Readiness"},
    StatementType{model::StatementKind::availability, "Availability"},
    StatementType{model::StatementKind::roster, "Roster"},
    StatementType{model::StatementKind::caveat, "Caveat"},
    StatementType{model::StatementKind::standby, "Standby"},
    StatementType{model::StatementKind::contribution, "Contribution"},
    StatementType{model::StatementKind::operation, "Operation"},
    StatementType{model::StatementKind::requirement, "Requirement"},
    StatementType{model::StatementKind::decision, "Decision"},
    StatementType{model::StatementKind::registry, "Registry"},
};

}  // namespace muster::text
