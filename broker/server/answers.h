// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "schemas/model/session.h"

namespace muster::server {

/// One acknowledgement as several, each small enough for a message: their up_to_seq grows in steps,
/// and each carries the outcomes of its own part. Nearly always there is one.
std::vector<model::Ack> split(model::Ack ack);

}  // namespace muster::server
