// SPDX-License-Identifier: Apache-2.0
// One pair of functions a statement, and one a part that several statements have. Not for other
// folders.
#pragma once

#include "schemas/fbs/report_generated.h"
#include "schemas/model/report.h"
#include "schemas/wire/reading.h"
#include "schemas/wire/report.h"
#include "schemas/wire/writing.h"

namespace muster::wire {

// ---- reading ------------------------------------------------------------------------------------

void read_statement(Reading& in, const Path& at, const fbs::Unit& from, model::UnitStatement& to);
void read_statement(Reading& in, const Path& at, const fbs::Strength& from,
                    model::StrengthStatement& to);
void read_statement(Reading& in, const Path& at, const fbs::Equipment& from,
                    model::EquipmentStatement& to);
void read_statement(Reading& in, const Path& at, const fbs::SelfSustainment& from,
                    model::SelfSustainmentStatement& to);
void read_statement(Reading& in, const Path& at, const fbs::Training& from,
                    model::TrainingStatement& to);
void read_statement(Reading& in, const Path& at, const fbs::Readiness& from,
                    model::ReadinessStatement& to);
void read_statement(Reading& in, const Path& at, const fbs::Availability& from,
                    model::AvailabilityStatement& to);
void read_statement(Reading& in, const Path& at, const fbs::Roster& from,
                    model::RosterStatement& to);
void read_statement(Reading& in, const Path& at, const fbs::Caveat& from,
                    model::CaveatStatement& to);
void read_statement(Reading& in, const Path& at, const fbs::Standby& from,
                    model::StandbyStatement& to);
void read_statement(Reading& in, const Path& at, const fbs::Contribution& from,
                    model::ContributionStatement& to);
void read_statement(Reading& in, const Path& at, const fbs::Operation& from,
                    model::OperationStatement& to);
void read_statement(Reading& in, const Path& at, const fbs::Requirement& from,
                    model::RequirementStatement& to);
void read_statement(Reading& in, const Path& at, const fbs::Decision& from,
                    model::DecisionStatement& to);
void read_statement(Reading& in, const Path& at, const fbs::Registry& from,
                    model::RegistryStatement& to);

/// A line of SelfSustainment and of a requirement.
void read_sustainment(Reading& in, const Path& at, const fbs::SustainmentLine& from,
                      model::SustainmentLine& to);
/// Items of a contribution and of a requirement.
void read_equipment_count(Reading& in, const Path& at, const fbs::EquipmentCount& from,
                          model::EquipmentCount& to);
/// A figure of an operation and of the registry.
void read_figure(Reading& in, const Path& at, const fbs::PublishedFigure& from,
                 model::PublishedFigure& to);
/// A line of a requirement, in the statement and in what is answered about it.
void read_line(Reading& in, const Path& at, const fbs::RequirementLine& from,
               model::RequirementLine& to);
/// A relation of a Unit, and of what is answered about it.
void read_relation(Reading& in, const Path& at, const fbs::Relation& from, model::Relation& to);
inline std::optional<model::Place> read_place(const fbs::Place* from) {
  return from == nullptr ? std::nullopt : std::optional(model::Place{from->lat(), from->lon()});
}
inline model::Place read_corner(const fbs::Place& from) { return {from.lat(), from.lon()}; }

// ---- writing ------------------------------------------------------------------------------------

Written<fbs::Unit> write_statement(Writer& out, const model::UnitStatement& from);
Written<fbs::Strength> write_statement(Writer& out, const model::StrengthStatement& from);
Written<fbs::Equipment> write_statement(Writer& out, const model::EquipmentStatement& from);
Written<fbs::SelfSustainment> write_statement(Writer& out,
                                              const model::SelfSustainmentStatement& from);
Written<fbs::Training> write_statement(Writer& out, const model::TrainingStatement& from);
Written<fbs::Readiness> write_statement(Writer& out, const model::ReadinessStatement& from);
Written<fbs::Availability> write_statement(Writer& out, const model::AvailabilityStatement& from);
Written<fbs::Roster> write_statement(Writer& out, const model::RosterStatement& from);
Written<fbs::Caveat> write_statement(Writer& out, const model::CaveatStatement& from);
Written<fbs::Standby> write_statement(Writer& out, const model::StandbyStatement& from);
Written<fbs::Contribution> write_statement(Writer& out, const model::ContributionStatement& from);
Written<fbs::Operation> write_statement(Writer& out, const model::OperationStatement& from);
Written<fbs::Requirement> write_statement(Writer& out, const model::RequirementStatement& from);
Written<fbs::Decision> write_statement(Writer& out, const model::DecisionStatement& from);
Written<fbs::Registry> write_statement(Writer& out, const model::RegistryStatement& from);

Written<fbs::SustainmentLine> write_sustainment(Writer& out, const model::SustainmentLine& from);
Written<fbs::EquipmentCount> write_equipment_count(Writer& out, const model::EquipmentCount& from);
Written<fbs::PublishedFigure> write_figure(Writer& out, const model::PublishedFigure& from);
Written<fbs::RequirementLine> write_line(Writer& out, const model::RequirementLine& from);
Written<fbs::Relation> write_relation(Writer& out, const model::Relation& from);
/// A struct that is not there is a null pointer, so it needs a place to point at.
inline std::optional<fbs::Place> place_of(const std::optional<model::Place>& from) {
  return from ? std::optional(fbs::Place(from->lat, from->lon)) : std::nullopt;
}
inline fbs::Place write_corner(const model::Place& from) { return {from.lat, from.lon}; }

}  // namespace muster::wire
