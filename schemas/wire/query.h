// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "schemas/model/query.h"
#include "schemas/wire/message.h"

/// Complete messages of the query socket. The read_… functions take a body that read_message()
/// gave. Errors of all of them: malformed, naming the field and what was found; unsupported for a
/// query that is not known.
namespace muster::wire {

model::Bytes request_message(const model::Request& request);
model::Result<model::Request> read_request(model::ByteView body);

/// An answer as the CHUNK messages to send, each with at most kChunkBytesMax of it. A UnitAnswer's
/// statements that were not read are left out together with their stamps.
std::vector<model::Bytes> answer_messages(std::uint64_t id, const model::Answer& answer);
model::Bytes refusal_message(const model::Refusal& refusal);
model::Result<model::Refusal> read_refusal(model::ByteView body);

/// Which request a chunk answers, for who asks many at once.
model::Result<std::uint64_t> read_chunk_id(model::ByteView chunk_body);

/// Collects the chunks of one request. Chunks of other requests are passed over, those out of order
/// are an error.
class AnswerAssembler {
 public:
  explicit AnswerAssembler(std::uint64_t id) : id_(id) {}
  /// The answer once it is whole, nothing before.
  model::Result<std::optional<model::Answer>> add(model::ByteView chunk_body);

 private:
  std::uint64_t id_;
  std::uint32_t next_index_ = 0;
  model::Bytes bytes_;
};

}  // namespace muster::wire
