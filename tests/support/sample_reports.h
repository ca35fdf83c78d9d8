// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

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
model::SelfSustainmentStatement full_self_sustainment();
/// T08, trained, and T99, whose certificate has ended.
model::TrainingStatement full_training();
/// Version 42 of the roster, FULL: a sergeant in hospital with every field, and a captain with the
/// mandatory ones.
model::RosterStatement full_roster();
/// The DELTA from 42 to 43: the captain and somebody else leave.
model::RosterStatement delta_roster();
model::CaveatStatement full_caveat();
model::StandbyStatement full_standby();
/// OFFER-1: 85 people of the unit for line L03 of full_requirement().
model::ContributionStatement full_contribution();
/// EX-2203 in TJK. This and the three that follow are sent by the secretariat.
model::OperationStatement full_operation();
model::RequirementStatement full_requirement();
/// The council decides the operation.
model::DecisionStatement full_decision();
/// The secretariat acknowledges full_contribution(): what full_decision() leaves empty.
model::DecisionStatement offer_response();
/// Two members, two nodes, one transfer, two figures, one policy without a default in it. Only the
/// registrar sends it.
model::RegistryStatement full_registry();

/// Every sample above but root_unit() and plain_strength(), in the order of their kinds.
std::vector<model::Statement> full_statements();
/// One statement of each kind, and one entry of its lists, with nothing but what it has no form
/// without. Rules of meaning refuse most of them.
std::vector<model::Statement> bare_statements();

/// A REGULAR report of KAZ with full_strength() and nothing else.
model::Report valid_report();
/// A report of the usual size, about 256 bytes on the wire: plain_strength() and two absences.
model::Report small_report();
/// All that a nation says day by day, in one report.
model::Report full_report();
/// The rest of what a nation can say: its people, its limits and its promises.
model::Report force_report();
/// A report of the secretariat.
model::Report planner_report();
/// A report of the registrar.
model::Report registry_report();

}  // namespace muster::tests
