// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/model/report.h"
#include "schemas/trust/signing.h"

/// What a node signs, and how its envelopes are chained (PROTOCOL.md §5).
namespace muster::trust {

/// The exact bytes that the signature of an envelope covers: domain tag, version, node, place in
/// the chain, issued_at, count, and SHA-256 of each report.
model::Bytes signed_bytes(const model::EnvelopeView& envelope);

/// The node's head after the envelope: SHA-256 of its signed bytes.
model::Hash chain_hash(model::ByteView signed_bytes);

/// Signs `envelope` in place and returns the node's new head.
model::Hash seal(model::EnvelopeView& envelope, const SigningKey& key);

}  // namespace muster::trust
