// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/model/bytes.h"
#include "schemas/model/report.h"
#include "schemas/model/result.h"

namespace muster::wire {

/// Encodes a report as a Report FlatBuffer with the identifier "MSRP". The same report always gives
/// the same bytes. A statement that is UninterpretedStatement cannot be encoded and is left out
/// (asserted in debug builds).
model::Bytes encode_report(const model::Report& report);

/// Reads a Report buffer from anywhere: copies it to aligned memory, verifies it with tight limits,
/// then everything the FlatBuffers verifier does not check: UTF-8, keys, counts, and that it does
/// not describe more than it may. Enumeration values that are not known are kept as they are (rule
/// V38 flags them); statements of a kind that this build does not know become
/// UninterpretedStatement. Never throws, whatever the bytes are. Any thread.
///
/// Bytes that nothing refers to are passed over, also behind the end: a newer writer may add fields
/// that only newer readers follow. The signature covers every byte, so nobody but the writer can
/// put any there. Errors: malformed, naming the statement, the field and what was found ("statement
/// 3, relations[1].unit: …").
model::Result<model::Report> decode_report(model::ByteView bytes);

/// The same with another limit of length, for what this side encoded itself: a sender may share
/// parts of a buffer, and the same report encoded again is then longer than what came.
model::Result<model::Report> decode_report(model::ByteView bytes, std::size_t bytes_max);

}  // namespace muster::wire
