// SPDX-License-Identifier: Apache-2.0
// Answers as one buffer, before they are cut into chunks. Not for other folders.
#pragma once

#include "schemas/fbs/query_generated.h"
#include "schemas/model/query.h"
#include "schemas/wire/reading.h"
#include "schemas/wire/writing.h"

namespace muster::wire {

/// An answer may be larger than a message, because chunks carry it.
inline constexpr std::size_t kAnswerBytesMax = 256 * 1024 * 1024;

model::Bytes encode_answer(const model::Answer& answer);

/// `aligned` begins at an address that is aligned for every scalar.
/// Errors: malformed, naming the field; unsupported for an answer that is not known.
model::Result<model::Answer> decode_answer(model::ByteView aligned);

}  // namespace muster::wire
