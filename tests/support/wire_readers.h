// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "schemas/model/bytes.h"

/// For suites that feed bytes to the decoders.
namespace muster::tests {

/// Valid bytes of every kind: each message, an envelope, reports of every statement.
std::vector<model::Bytes> sample_frames();

/// Gives `bytes` to every reader there is. What decodes is encoded and decoded again, and must stay
/// what it was. Aborts when it does not.
void read_everything(model::ByteView bytes);

}  // namespace muster::tests
