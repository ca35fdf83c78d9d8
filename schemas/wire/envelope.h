// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "schemas/model/bytes.h"
#include "schemas/model/report.h"
#include "schemas/model/result.h"

namespace muster::wire {

/// Encodes a sealed envelope as an Envelope FlatBuffer with the identifier "MSEN".
model::Bytes encode_envelope(const model::EnvelopeView& envelope);

/// An envelope that was verified, and the aligned copy that its views look into. Movable: the views
/// stay good. Not copyable: the views of a copy would look into the original.
class DecodedEnvelope {
 public:
  DecodedEnvelope(DecodedEnvelope&&) = default;
  DecodedEnvelope& operator=(DecodedEnvelope&&) = default;

  /// Checks the form: 1 to 256 reports of 1 to kReportBytesMax bytes, together at most
  /// kEnvelopeReportBytesMax unless there is one alone, and numbers from 1. The reports are not
  /// decoded and the signature is not checked. Errors: malformed, naming the field and what was
  /// found; unsupported for another protocol version.
  static model::Result<DecodedEnvelope> decode(model::ByteView bytes);

  [[nodiscard]] const model::EnvelopeView& view() const { return view_; }
  /// Exactly the bytes that were decoded: what the ledger keeps.
  [[nodiscard]] model::ByteView bytes() const { return bytes_; }

  /// The same bytes, given away: the views are then those of their new owner.
  [[nodiscard]] model::Bytes release() && { return std::move(bytes_); }

 private:
  DecodedEnvelope() = default;

  model::Bytes
      bytes_;  // A vector's memory is aligned for every scalar and does not move with the vector.
  model::EnvelopeView view_;
};

}  // namespace muster::wire
