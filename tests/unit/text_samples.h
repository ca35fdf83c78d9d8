// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/model/query.h"
#include "schemas/model/report.h"

/// Values in which every field is set, for the tests of schemas/text.
namespace muster::text::samples {

model::UtcTime at(const char* text);
model::Nation nation(const char* text);
model::NodeId node(const char* text);
model::UnitId unit(const char* text);

model::UnitStatement full_unit();
model::StrengthStatement full_strength();
model::EquipmentStatement full_equipment();
model::ReadinessStatement full_readiness();
model::AvailabilityStatement full_availability();
model::SelfSustainmentStatement full_self_sustainment();
model::TrainingStatement full_training();
model::RosterStatement full_roster();
model::CaveatStatement full_caveat();
model::StandbyStatement full_standby();
model::ContributionStatement full_contribution();
model::OperationStatement full_operation();
model::RequirementStatement full_requirement();
model::DecisionStatement full_decision();
model::RegistryStatement full_registry();
/// A CORRECTION with one of each statement above, in the order of their kinds.
model::Report full_report();

model::AnswerHeader header();
model::Answer strength_answer();
model::Answer tree_answer();
model::Answer unit_answer();
model::Answer server_info_answer();
model::Answer ledger_tail_answer();

}  // namespace muster::text::samples
