// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "schemas/model/query.h"
#include "schemas/model/session.h"

/// Valid messages of the bus for tests: every field has a value of its own.
namespace muster::tests {

model::TreeHead sample_tree_head();
model::Hello sample_hello();
model::Welcome sample_welcome();
model::Ack sample_ack();
model::Nack sample_nack();
model::Ping sample_ping();
model::Pong sample_pong();
model::Bye sample_bye();

/// An envelope of KAZ/mod around report buffers that the caller keeps. Its signature is no
/// signature.
model::EnvelopeView sample_envelope(std::vector<model::ByteView> reports);

/// One request with each kind of query.
std::vector<model::Request> sample_requests();
/// One answer of each kind.
std::vector<model::Answer> sample_answers();
model::Refusal sample_refusal();

}  // namespace muster::tests
