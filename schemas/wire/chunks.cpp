// SPDX-License-Identifier: Apache-2.0
// Answers travel in pieces, so that one long answer does not keep the others waiting.
#include <algorithm>

#include "schemas/wire/body.h"
#include "schemas/wire/query.h"
#include "schemas/wire/query_codec.h"

namespace muster::wire {
namespace {

using model::ErrorCode;

struct Piece {
  std::uint64_t id = 0;
  std::uint32_t index = 0;
  bool last = false;
  model::ByteView bytes;
};

model::Bytes chunk_message(const Piece& piece) {
  Writer out(piece.bytes.size() + 128);
  const auto bytes = out.CreateVector(piece.bytes.data(), piece.bytes.size());
  out.Finish(fbs::CreateChunk(out, piece.id, piece.index, piece.last, bytes));
  return make_message(MessageType::chunk, written(out));
}

/// The views look into memory that is good until this thread reads the next body.
model::Result<Piece> read_chunk(model::ByteView body) {
  const auto read = [](Reading& in, const fbs::Chunk& from, Piece& to) {
    to = {from.id(), from.index(), from.last(), {}};
    if (from.bytes() != nullptr) {
      to.bytes = {from.bytes()->data(), from.bytes()->size()};
    }
    if (to.bytes.size() > model::kChunkBytesMax) {
      in.fail({nullptr, "bytes"},
              fmt::format("found {}, expected at most {}", to.bytes.size(), model::kChunkBytesMax));
    }
  };
  return read_body<fbs::Chunk, Piece>("CHUNK", body, read);
}

}  // namespace

std::vector<model::Bytes> answer_messages(std::uint64_t id, const model::Answer& answer) {
  const auto bytes = encode_answer(answer);
  std::vector<model::Bytes> messages;
  messages.reserve(bytes.size() / model::kChunkBytesMax + 1);
  for (std::size_t at = 0; at < bytes.size(); at += model::kChunkBytesMax) {
    const auto size = std::min(model::kChunkBytesMax, bytes.size() - at);
    messages.push_back(chunk_message({.id = id,
                                      .index = static_cast<std::uint32_t>(messages.size()),
                                      .last = at + size == bytes.size(),
                                      .bytes = model::ByteView(bytes).subspan(at, size)}));
  }
  return messages;
}

model::Result<std::uint64_t> read_chunk_id(model::ByteView chunk_body) {
  MUSTER_TRY(const auto piece, read_chunk(chunk_body));
  return piece.id;
}

model::Result<std::optional<model::Answer>> AnswerAssembler::add(model::ByteView chunk_body) {
  MUSTER_TRY(const auto piece, read_chunk(chunk_body));
  if (piece.id != id_) {
    return std::optional<model::Answer>{};
  }
  if (piece.index != next_index_) {
    return fail(ErrorCode::malformed,
                fmt::format("CHUNK: index: found {}, expected {}", piece.index, next_index_));
  }
  if (bytes_.size() + piece.bytes.size() > kAnswerBytesMax) {
    return fail(ErrorCode::malformed,
                fmt::format("CHUNK: the answer has more than {} bytes", kAnswerBytesMax));
  }
  ++next_index_;
  bytes_.insert(bytes_.end(), piece.bytes.begin(), piece.bytes.end());
  if (!piece.last) {
    return std::optional<model::Answer>{};
  }
  MUSTER_TRY(auto answer, decode_answer(bytes_));
  return std::optional<model::Answer>(std::move(answer));
}

}  // namespace muster::wire
