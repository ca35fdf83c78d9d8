// SPDX-License-Identifier: Apache-2.0
#include "broker/server/recollection.h"

#include <fmt/format.h>

#include "schemas/wire/envelope.h"
#include "schemas/wire/report.h"

namespace muster::server {

using model::ErrorCode;
using model::fail;

model::Result<std::vector<core::Said>> said_in(const storage::LedgerRecord& record) {
  MUSTER_TRY(const auto envelope, wire::DecodedEnvelope::decode(record.envelope));
  std::vector<core::Said> all;
  for (std::size_t i = 0; i < envelope.view().reports.size(); ++i) {
    MUSTER_TRY(auto report, wire::decode_report(envelope.view().reports[i]));
    core::Said said{.stamp = {.report = {record.node, record.first_seq + i},
                              .valid_at = report.valid_at,
                              .issued_at = envelope.view().issued_at,
                              .received_at = record.received_at,
                              .ledger_seq = record.ledger_seq},
                    .kind = report.kind,
                    .corrects = report.corrects};
    if (!report.releasable_to.empty()) {
      said.releasable_to =
          std::make_shared<const std::vector<model::Nation>>(std::move(report.releasable_to));
    }
    for (std::size_t k = 0; k < report.statements.size(); ++k) {
      said.statement = std::move(report.statements[k]);
      said.index = static_cast<std::uint16_t>(k);
      all.push_back(said);
    }
  }
  return all;
}

model::Result<const std::vector<core::Said>*> Recollection::record(std::uint64_t ledger_seq) {
  constexpr std::size_t kBytesMax = std::size_t{32} << 20;
  if (const auto known = records_.find(ledger_seq); known != records_.end()) {
    return &known->second;
  }
  MUSTER_TRY(const auto record, store_.ledger_record(ledger_seq));
  if (!record) {
    return fail(ErrorCode::not_found, fmt::format("ledger record {} is missing", ledger_seq));
  }
  MUSTER_TRY(auto said, said_in(*record));
  if (bytes_ + record->envelope.size() > kBytesMax) {
    records_.clear();
    bytes_ = 0;
  }
  bytes_ += record->envelope.size();
  return &(records_[ledger_seq] = std::move(said));
}

model::Result<core::Said> Recollection::recall(const core::Place& place) {
  MUSTER_TRY(const auto* const all, record(place.ledger_seq));
  for (const auto& said : *all) {
    if (said.stamp.report.seq == place.seq && said.index == place.statement) {
      return said;
    }
  }
  return fail(ErrorCode::not_found, fmt::format("ledger record {} has no statement {} of report {}",
                                                place.ledger_seq, place.statement, place.seq));
}

}  // namespace muster::server
