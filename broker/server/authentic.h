// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "broker/core/state.h"
#include "schemas/model/session.h"

/// Rules V01 and V04: what must hold before an envelope may enter the ledger at all. Each function
/// fills in code, message and findings of `refusal` when it says no.
namespace muster::server {

/// The peer may publish, and the envelope is its own.
bool may_publish(const model::RegisteredNode& peer, const model::EnvelopeView& envelope,
                 model::Nack& refusal);

/// V01: the signature verifies with a key of the node that was valid when it was issued. A node's
/// clock may be behind by `skew`, so that a key that was enrolled a moment ago counts: what was
/// sealed cannot be sealed again.
bool is_signed_by(const core::Registry& registry, const model::EnvelopeView& envelope,
                  model::ByteView signed_bytes, model::Duration skew, model::Nack& refusal);

/// V04: the statements of `report` that another publisher than that of `node` speaks of, the first
/// of them at least.
std::vector<model::Finding> foreign_statements(const model::Report& report,
                                               const model::NodeId& node);

/// All reports, or nothing when one is malformed or speaks for another nation (V04).
std::optional<std::vector<model::Report>> decode_reports(const model::EnvelopeView& envelope,
                                                         model::Nack& refusal);

}  // namespace muster::server
