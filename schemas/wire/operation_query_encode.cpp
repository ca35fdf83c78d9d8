// SPDX-License-Identifier: Apache-2.0
// Questions about operations, and what is supposed in a question. Their decoders:
// operation_query_decode.cpp.
#include "schemas/wire/operation_codec.h"

namespace muster::wire {

Written<fbs::WhatIf> write_what_if(Writer& out, const model::WhatIf& from) {
  if (!from.is_set()) {
    return {};
  }
  const auto without = write_keys(out, from.without);
  const auto host = write_key_if_any(out, from.host);
  const auto also = write_keys(out, from.also);
  return fbs::CreateWhatIf(out, without, host, also, from.notice_min);
}

Written<void> write_query(Writer& out, const model::OperationsQuery&) {
  return fbs::CreateOperationsQuery(out).Union();
}
Written<void> write_query(Writer& out, const model::OperationQuery& from) {
  return fbs::CreateOperationQuery(out, write_text(out, from.operation.view())).Union();
}
Written<void> write_query(Writer& out, const model::GapsQuery& from) {
  const auto operation = write_text(out, from.operation.view());
  return fbs::CreateGapsQuery(out, operation, from.version).Union();
}
Written<void> write_query(Writer& out, const model::AssembleQuery& from) {
  const auto operation = write_text(out, from.operation.view());
  return fbs::CreateAssembleQuery(
             out, operation, from.version, static_cast<fbs::AssemblyGoal>(from.goal),
             from.max_depletion_percent, static_cast<fbs::Freshness>(from.min_freshness),
             from.time_limit_ms)
      .Union();
}
Written<void> write_query(Writer& out, const model::CommitmentsQuery& from) {
  const auto operation = write_key_if_any(out, from.operation);
  const auto nations = write_keys(out, from.nations);
  return fbs::CreateCommitmentsQuery(out, operation, nations, write_time(from.from),
                                     write_time(from.to))
      .Union();
}
Written<void> write_query(Writer& out, const model::OperationBuildupQuery& from) {
  const auto operation = write_text(out, from.operation.view());
  return fbs::CreateOperationBuildupQuery(out, operation, from.horizon_h).Union();
}
Written<void> write_query(Writer& out, const model::StandbyQuery& from) {
  const auto nations = write_keys(out, from.nations);
  return fbs::CreateStandbyQuery(out, nations, write_time(from.from), write_time(from.to)).Union();
}
Written<void> write_query(Writer& out, const model::RemainingQuery& from) {
  const auto tasks = write_codes<std::uint8_t>(out, from.tasks);
  return fbs::CreateRemainingQuery(out, from.within_h, tasks).Union();
}
Written<void> write_query(Writer& out, const model::SustainmentQuery& from) {
  const auto operation = write_text(out, from.operation.view());
  return fbs::CreateSustainmentQuery(out, operation, from.people, from.days).Union();
}
Written<void> write_query(Writer& out, const model::WithdrawalQuery& from) {
  return fbs::CreateWithdrawalQuery(out, write_text(out, from.operation.view())).Union();
}

}  // namespace muster::wire
