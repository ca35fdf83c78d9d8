// SPDX-License-Identifier: Apache-2.0
#include "storage/store.h"

#include <fmt/format.h>

namespace muster::storage {

using model::ErrorCode;

model::Result<void> check_dense(const Commit& commit, std::uint64_t last_ledger_seq) {
  std::uint64_t expected = last_ledger_seq;
  for (const auto& record : commit.records) {
    if (record.ledger_seq != ++expected) {
      return model::fail(ErrorCode::refused, fmt::format("the next ledger_seq is {}, not {}",
                                                         expected, record.ledger_seq));
    }
  }
  return {};
}

model::Result<void> check_watermark(const ProjectionStep& step, std::uint64_t last_ledger_seq) {
  if (step.watermark <= last_ledger_seq) {
    return {};
  }
  return model::fail(ErrorCode::refused, fmt::format("watermark {} is above the last ledger_seq {}",
                                                     step.watermark, last_ledger_seq));
}

model::Result<void> check_genesis(const model::Hash& stored, const model::Hash& wanted) {
  if (stored == wanted) {
    return {};
  }
  return model::fail(ErrorCode::already_exists,
                     fmt::format("the store began with genesis {}, not {}", model::to_hex(stored),
                                 model::to_hex(wanted)));
}

}  // namespace muster::storage
