// SPDX-License-Identifier: Apache-2.0
// How the body of a message is read. Not for other folders.
#pragma once

#include <fmt/format.h>

#include <string_view>

#include "schemas/wire/reading.h"

namespace muster::wire {

/// Of bodies in which no list of texts can be shared.
inline bool has_no_shared_texts(model::ByteView /*aligned*/) { return true; }

/// Reads a small body whose root is a `Root`: `read(in, root, out)` fills what `Model{}` left open.
/// `is_sane(aligned)` is asked before the verifier sees the bytes (SharedTexts).
template <typename Root, typename Model, typename Read>
model::Result<Model> read_body(std::string_view name, model::ByteView body, Read read,
                               bool (*is_sane)(model::ByteView) = has_no_shared_texts) {
  if (body.size() > model::kMessageBytesMax) {
    return model::fail(model::ErrorCode::malformed,
                       fmt::format("{}: found {} bytes, expected at most {}", name, body.size(),
                                   model::kMessageBytesMax));
  }
  thread_local model::Bytes memory;
  const auto aligned = aligned_copy(body, memory);
  const auto* root = is_sane(aligned) ? verified_root<Root>(aligned, nullptr) : nullptr;
  if (root == nullptr) {
    return model::fail(model::ErrorCode::malformed,
                       fmt::format("{}: {} bytes are not a body of that type", name, body.size()));
  }
  Reading in;
  Model to;
  read(in, *root, to);
  return in.result(std::move(to));
}

}  // namespace muster::wire
