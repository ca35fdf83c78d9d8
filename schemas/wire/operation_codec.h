// SPDX-License-Identifier: Apache-2.0
// What answers about operations are made of. Not for other folders.
#pragma once

#include <optional>

#include "schemas/fbs/query_generated.h"
#include "schemas/model/query.h"
#include "schemas/wire/reading.h"
#include "schemas/wire/writing.h"

namespace muster::wire {

// ---- parts of several answers -------------------------------------------------------------------

void read_promised(const fbs::PromisedPeople& from, model::PromisedPeople& to);
void read_people(const fbs::Assurance& from, model::Assurance& to);
void read_left_out(Reading& in, const Path& at, const fbs::LeftOut& from, model::LeftOut& to);
void read_cause(Reading& in, const Path& at, const fbs::CausePeople& from, model::CausePeople& to);
void read_cover(Reading& in, const Path& at, const fbs::EquipmentCover& from,
                model::EquipmentCover& to);
void read_fix_if_any(Reading& in, const Path& at, const fbs::Fix* from,
                     std::optional<model::Fix>& to);

Written<fbs::PromisedPeople> write_promised(Writer& out, const model::PromisedPeople& from);
Written<fbs::Assurance> write_people(Writer& out, const model::Assurance& from);
Written<fbs::LeftOut> write_left_out(Writer& out, const model::LeftOut& from);
Written<fbs::CausePeople> write_cause(Writer& out, const model::CausePeople& from);
Written<fbs::EquipmentCover> write_cover(Writer& out, const model::EquipmentCover& from);
Written<fbs::Fix> write_fix_if_any(Writer& out, const std::optional<model::Fix>& from);

// ---- suppositions -------------------------------------------------------------------------------

/// The notice to move may be supposed to be a year shorter or longer.
inline constexpr std::int32_t kNoticeMinMax = 525'600;

void read_what_if(Reading& in, const Path& at, const fbs::WhatIf* from, model::WhatIf& to);
/// A supposition of nothing is not there.
Written<fbs::WhatIf> write_what_if(Writer& out, const model::WhatIf& from);

// ---- questions ----------------------------------------------------------------------------------

/// The root of everything that a request asks.
inline constexpr Path kQuery{nullptr, "query"};

void read_query(Reading& in, const fbs::OperationsQuery& from, model::OperationsQuery& to);
void read_query(Reading& in, const fbs::OperationQuery& from, model::OperationQuery& to);
void read_query(Reading& in, const fbs::GapsQuery& from, model::GapsQuery& to);
void read_query(Reading& in, const fbs::AssembleQuery& from, model::AssembleQuery& to);
void read_query(Reading& in, const fbs::CommitmentsQuery& from, model::CommitmentsQuery& to);
void read_query(Reading& in, const fbs::OperationBuildupQuery& from,
                model::OperationBuildupQuery& to);
void read_query(Reading& in, const fbs::StandbyQuery& from, model::StandbyQuery& to);
void read_query(Reading& in, const fbs::RemainingQuery& from, model::RemainingQuery& to);
void read_query(Reading& in, const fbs::SustainmentQuery& from, model::SustainmentQuery& to);
void read_query(Reading& in, const fbs::WithdrawalQuery& from, model::WithdrawalQuery& to);

Written<void> write_query(Writer& out, const model::OperationsQuery& from);
Written<void> write_query(Writer& out, const model::OperationQuery& from);
Written<void> write_query(Writer& out, const model::GapsQuery& from);
Written<void> write_query(Writer& out, const model::AssembleQuery& from);
Written<void> write_query(Writer& out, const model::CommitmentsQuery& from);
Written<void> write_query(Writer& out, const model::OperationBuildupQuery& from);
Written<void> write_query(Writer& out, const model::StandbyQuery& from);
Written<void> write_query(Writer& out, const model::RemainingQuery& from);
Written<void> write_query(Writer& out, const model::SustainmentQuery& from);
Written<void> write_query(Writer& out, const model::WithdrawalQuery& from);

// ---- answers ------------------------------------------------------------------------------------

void read_body(Reading& in, const fbs::OperationsAnswer& from, model::OperationsAnswer& to);
void read_body(Reading& in, const fbs::OperationAnswer& from, model::OperationAnswer& to);
void read_body(Reading& in, const fbs::GapsAnswer& from, model::GapsAnswer& to);
void read_body(Reading& in, const fbs::AssembleAnswer& from, model::AssembleAnswer& to);
void read_body(Reading& in, const fbs::CommitmentsAnswer& from, model::CommitmentsAnswer& to);
void read_body(Reading& in, const fbs::OperationBuildupAnswer& from,
               model::OperationBuildupAnswer& to);
void read_body(Reading& in, const fbs::StandbyAnswer& from, model::StandbyAnswer& to);
void read_body(Reading& in, const fbs::RemainingAnswer& from, model::RemainingAnswer& to);
void read_body(Reading& in, const fbs::SustainmentAnswer& from, model::SustainmentAnswer& to);
void read_body(Reading& in, const fbs::WithdrawalAnswer& from, model::WithdrawalAnswer& to);

Written<void> write_body(Writer& out, const model::OperationsAnswer& from);
Written<void> write_body(Writer& out, const model::OperationAnswer& from);
Written<void> write_body(Writer& out, const model::GapsAnswer& from);
Written<void> write_body(Writer& out, const model::AssembleAnswer& from);
Written<void> write_body(Writer& out, const model::CommitmentsAnswer& from);
Written<void> write_body(Writer& out, const model::OperationBuildupAnswer& from);
Written<void> write_body(Writer& out, const model::StandbyAnswer& from);
Written<void> write_body(Writer& out, const model::RemainingAnswer& from);
Written<void> write_body(Writer& out, const model::SustainmentAnswer& from);
Written<void> write_body(Writer& out, const model::WithdrawalAnswer& from);

}  // namespace muster::wire
