// SPDX-License-Identifier: Apache-2.0
// The requirement of EX-2201, for operation_samples.h.
#pragma once

#include "schemas/model/query.h"

namespace muster::text::samples {

model::Code code(const char* text);
model::ReportId report(const char* node_id, std::uint64_t seq);
/// EX-2201.
model::Code this_operation();
model::PublishedFigure figure(const char* name, model::Comparator comparator, model::Count value);

model::RequirementLine command_line();   ///< L01, 80 people in 48 h.
model::RequirementLine advance_line();   ///< L02, 400 in 12 h.
model::RequirementLine main_line();      ///< L03, 1,100 to 1,150 in 36 h.
model::RequirementLine police_line();    ///< L04, 260 in 48 h.
model::RequirementLine engineer_line();  ///< L05, 260 in 72 h with 16 engineer vehicles.
model::RequirementLine observer_line();  ///< L08, 10 in 72 h.

model::Fix approval_fix();
model::Fix new_police_fix();
model::Fix machines_fix();
model::Fix observer_fix();

}  // namespace muster::text::samples
