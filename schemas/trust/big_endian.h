// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <string_view>

#include "schemas/model/bytes.h"

namespace muster::trust {

/// Appends an integer, most significant byte first: the order of everything that is signed or
/// hashed.
template <std::integral Integer>
void append_big_endian(model::Bytes& out, Integer value) {
  for (int shift = static_cast<int>(sizeof value) * 8 - 8; shift >= 0; shift -= 8) {
    out.push_back(
        static_cast<std::uint8_t>(static_cast<std::make_unsigned_t<Integer>>(value) >> shift));
  }
}

inline void append_bytes(model::Bytes& out, model::ByteView bytes) {
  for (const std::uint8_t byte : bytes) {
    out.push_back(byte);
  }
}

}  // namespace muster::trust
