// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "schemas/model/query.h"
#include "schemas/model/result.h"

namespace muster::server {

/// What the asker is told of `code`: unavailable where no other word fits.
model::QueryError query_error(model::ErrorCode code);

/// The one message that answers request `id` when it is not answered.
std::vector<model::Bytes> refuse(std::uint64_t id, model::QueryError code, std::string message);
std::vector<model::Bytes> refuse(std::uint64_t id, const model::Error& error);

}  // namespace muster::server
