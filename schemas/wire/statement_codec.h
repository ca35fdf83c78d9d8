// SPDX-License-Identifier: Apache-2.0
// One pair of functions a statement. Not for other folders.
#pragma once

#include "schemas/fbs/report_generated.h"
#include "schemas/model/report.h"
#include "schemas/wire/reading.h"
#include "schemas/wire/report.h"
#include "schemas/wire/writing.h"

namespace muster::wire {

void read_statement(Reading& in, const Path& at, const fbs::Unit& from, model::UnitStatement& to);
void read_statement(Reading& in, const Path& at, const fbs::Strength& from,
                    model::StrengthStatement& to);
void read_statement(Reading& in, const Path& at, const fbs::Equipment& from,
                    model::EquipmentStatement& to);
void read_statement(Reading& in, const Path& at, const fbs::Readiness& from,
                    model::ReadinessStatement& to);
void read_statement(Reading& in, const Path& at, const fbs::Availability& from,
                    model::AvailabilityStatement& to);
void read_statement(Reading& in, const Path& at, const fbs::Registry& from,
                    model::RegistryStatement& to);

flatbuffers::Offset<fbs::Unit> write_statement(Writer& out, const model::UnitStatement& from);
flatbuffers::Offset<fbs::Strength> write_statement(Writer& out,
                                                   const model::StrengthStatement& from);
flatbuffers::Offset<fbs::Equipment> write_statement(Writer& out,
                                                    const model::EquipmentStatement& from);
flatbuffers::Offset<fbs::Readiness> write_statement(Writer& out,
                                                    const model::ReadinessStatement& from);
flatbuffers::Offset<fbs::Availability> write_statement(Writer& out,
                                                       const model::AvailabilityStatement& from);
flatbuffers::Offset<fbs::Registry> write_statement(Writer& out,
                                                   const model::RegistryStatement& from);

}  // namespace muster::wire
