// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/model/ids.h"
#include "schemas/model/report.h"
#include "schemas/model/result.h"

/// What is refused before a report takes a seq, because the broker's refusal of its envelope would
/// stop the node's chain for good. Errors of both: malformed, naming the place.
namespace muster::client {

/// Every statement is one that `node` may make, and that this build can write.
model::Result<void> check_speaker(const model::Report& report, const model::NodeId& node);

/// An encoded report fits a message.
model::Result<void> check_size(model::ByteView report);

/// The report as bytes that the broker can read.
model::Result<model::Bytes> encode_checked(const model::Report& report, const model::NodeId& node);

}  // namespace muster::client
