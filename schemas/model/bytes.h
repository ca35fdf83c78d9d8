// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/model/result.h"

namespace muster::model {

/// Bytes that are owned, and bytes that are looked at. A view never outlives what it looks at.
using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

/// SHA-256 of something. All zero is "before the first".
using Hash = std::array<std::uint8_t, 32>;
/// An Ed25519 public key (RFC 8032), or a Curve25519 public key where the name says curve.
using PublicKey = std::array<std::uint8_t, 32>;
/// An Ed25519 signature (RFC 8032).
using Signature = std::array<std::uint8_t, 64>;

inline ByteView view_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view text_of(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Lower-case hexadecimal, two digits a byte.
std::string to_hex(ByteView bytes);

/// Fills `out` from hexadecimal text of exactly twice its length, in either case.
/// Errors: malformed, naming what was found.
Result<void> from_hex(std::string_view text, std::span<std::uint8_t> out);

/// The same, as a value: `parse_hex<Hash>("00…")`.
template <typename Array>
Result<Array> parse_hex(std::string_view text) {
  Array out{};
  if (auto read = from_hex(text, out); !read) {
    return tl::unexpected(read.error());
  }
  return out;
}

}  // namespace muster::model
