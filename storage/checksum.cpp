// SPDX-License-Identifier: Apache-2.0
#include "storage/checksum.h"

#include <array>
#include <cstring>

#include "storage/frame.h"

namespace muster::storage {
namespace {

constexpr std::uint32_t kPolynomial = 0x82f63b78;  // Castagnoli, bits reversed.

using Table = std::array<std::uint32_t, 256>;

constexpr std::array<Table, 8> make_tables() {
  std::array<Table, 8> tables{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) {
      crc = (crc >> 1) ^ ((crc & 1U) != 0 ? kPolynomial : 0U);
    }
    tables[0][byte] = crc;
  }
  for (std::size_t slice = 1; slice < tables.size(); ++slice) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      const std::uint32_t crc = tables[slice - 1][byte];
      tables[slice][byte] = (crc >> 8) ^ tables[0][crc & 0xffU];
    }
  }
  return tables;
}

constexpr std::array<Table, 8> kTables = make_tables();

#if defined(__x86_64__)
__attribute__((target("sse4.2"))) std::uint32_t crc32c_sse42(model::ByteView bytes,
                                                             std::uint32_t before) {
  std::uint64_t crc = ~before;
  const std::uint8_t* next = bytes.data();
  std::size_t left = bytes.size();
  for (; left >= 8; left -= 8, next += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, next, 8);
    crc = __builtin_ia32_crc32di(crc, eight);
  }
  auto narrow = static_cast<std::uint32_t>(crc);
  for (; left > 0; --left, ++next) {
    narrow = __builtin_ia32_crc32qi(narrow, *next);
  }
  return ~narrow;
}
#endif

}  // namespace

std::uint32_t crc32c_portable(model::ByteView bytes, std::uint32_t before) {
  std::uint32_t crc = ~before;
  const std::uint8_t* next = bytes.data();
  std::size_t left = bytes.size();
  for (; left >= 8; left -= 8, next += 8) {
    const std::uint32_t low = crc ^ little_endian_32(next);
    const std::uint32_t high = little_endian_32(next + 4);
    crc = kTables[7][low & 0xffU] ^ kTables[6][low >> 8 & 0xffU] ^ kTables[5][low >> 16 & 0xffU] ^
          kTables[4][low >> 24] ^ kTables[3][high & 0xffU] ^ kTables[2][high >> 8 & 0xffU] ^
          kTables[1][high >> 16 & 0xffU] ^ kTables[0][high >> 24];
  }
  for (; left > 0; --left, ++next) {
    crc = (crc >> 8) ^ kTables[0][(crc ^ *next) & 0xffU];
  }
  return ~crc;
}

std::uint32_t crc32c(model::ByteView bytes, std::uint32_t before) {
#if defined(__x86_64__)
  static const bool has_instruction = __builtin_cpu_supports("sse4.2") != 0;
  if (has_instruction) {
    return crc32c_sse42(bytes, before);
  }
#endif
  return crc32c_portable(bytes, before);
}

}  // namespace muster::storage
