// SPDX-License-Identifier: Apache-2.0
// What both outboxes share: where they stand, and what may happen next. Not part of the public
// interface.
#pragma once

#include <cstddef>
#include <cstdint>

#include "schemas/model/bytes.h"
#include "schemas/model/result.h"
#include "storage/outbox.h"

namespace muster::storage {

/// acknowledged_seq <= sealed_seq < next_seq, always.
struct OutboxPosition {
  std::uint64_t next_seq = 1;
  std::uint64_t sealed_seq = 0;
  model::Hash sealed_hash{};
  std::uint64_t acknowledged_seq = 0;

  /// Errors of all three: refused, naming where the outbox stands.
  [[nodiscard]] model::Result<void> check_seal(const SealedEnvelope& envelope) const;
  [[nodiscard]] model::Result<void> check_acknowledge(std::uint64_t seq) const;
  [[nodiscard]] model::Result<void> check_resume() const;
};

/// Counts off a portion of at most `count` things and `bytes_max` bytes, but one thing at least.
class Portion {
 public:
  Portion(std::size_t count, std::size_t bytes_max) : count_(count), bytes_(bytes_max) {}

  bool takes(std::size_t bytes) {
    const bool fits = taken_ < count_ && (taken_ == 0 || bytes <= bytes_);
    if (!fits) {
      return false;
    }
    ++taken_;
    bytes_ -= bytes < bytes_ ? bytes : bytes_;
    return true;
  }

 private:
  std::size_t count_;
  std::size_t bytes_;
  std::size_t taken_ = 0;
};

}  // namespace muster::storage
