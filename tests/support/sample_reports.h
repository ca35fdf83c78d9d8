// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "schemas/model/report.h"

/// Valid values for tests: each fills every field of its kind with a value of its own and breaks no
/// rule of DOMAIN.md §5 that looks at one report. A test takes one and changes one thing.
namespace muster::tests {

/// 2022-01-07T12:00:00Z: what the samples say was true then.
inline constexpr model::UtcTime kSampleTime =
    std::chrono::sys_days{std::chrono::year{2022} / 1 / 7} + std::chrono::hours{12};

/// Keys from text that is known to be well formed.
model::UnitId unit_id(std::string_view text);
model::Nation nation(std::string_view text);
model::NodeId node_id(std::string_view text);
model::Code code(std::string_view text);

/// KAZ:EX-COMMAND-1, without a superior: the superior of full_unit().
model::UnitStatement root_unit();
/// KAZ:EX-COMBAT-1. All that follows is about it too.
model::UnitStatement full_unit();
/// 112 assigned + 6 - 4 = 114 on strength = 104 present + 10 absent = 108 deployable + 6 not, of
/// 120 authorised.
model::StrengthStatement full_strength();
/// The same figures without the lists and the optional counts.
model::StrengthStatement plain_strength();
model::EquipmentStatement full_equipment();
model::ReadinessStatement full_readiness();
model::AvailabilityStatement full_availability();
/// Two members, two nodes, one transfer. Only the registrar sends it.
model::RegistryStatement full_registry();

/// A REGULAR report of KAZ with full_strength() and nothing else.
model::Report valid_report();
/// A report of the usual size, about 256 bytes on the wire: plain_strength() and two absences.
model::Report small_report();
/// All that a nation can say, in one report.
model::Report full_report();
/// A report of the registrar.
model::Report registry_report();

}  // namespace muster::tests
