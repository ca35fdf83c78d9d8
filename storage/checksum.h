// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "schemas/model/bytes.h"

namespace muster::storage {

/// CRC-32C (Castagnoli), as iSCSI and RFC 3720 define it: of "123456789" it is 0xe3069283.
///
/// Why this one and not a truncated SHA-256: it finds every flipped byte, and every burst of up to
/// 32 bits, with certainty instead of probably, and costs a tenth. It guards against a disk, not
/// against an adversary: that is what signatures and the Merkle log are for.
///
/// `before` is the checksum of what stands in front of `bytes`, so that pieces need not be joined.
[[nodiscard]] std::uint32_t crc32c(model::ByteView bytes, std::uint32_t before = 0);

/// The same without the processor's own instruction: what other machines run, and a second
/// opinion for the tests.
[[nodiscard]] std::uint32_t crc32c_portable(model::ByteView bytes, std::uint32_t before = 0);

}  // namespace muster::storage
