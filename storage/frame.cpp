// SPDX-License-Identifier: Apache-2.0
#include "storage/frame.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <limits>

#include "storage/checksum.h"

namespace muster::storage {

void put_little_endian(std::uint32_t value, std::uint8_t* out) {
  for (int i = 0; i < 4; ++i) {
    out[i] = static_cast<std::uint8_t>(value >> (8 * i));
  }
}

std::uint32_t little_endian_32(const std::uint8_t* bytes) {
  std::uint32_t value = 0;
  for (int i = 3; i >= 0; --i) {
    value = value << 8 | bytes[i];
  }
  return value;
}
void Writer::short_text(std::string_view text) {
  assert(text.size() <= std::numeric_limits<std::uint8_t>::max());
  u8(static_cast<std::uint8_t>(text.size()));
  raw(model::view_of(text));
}

void Writer::counted(model::ByteView bytes) {
  assert(bytes.size() <= std::numeric_limits<std::uint32_t>::max());
  u32(static_cast<std::uint32_t>(bytes.size()));
  raw(bytes);
}

void Reader::fail(const char* what) {
  if (failed_ == nullptr) {
    failed_ = what;
  }
  rest_ = {};
}

model::ByteView Reader::raw(std::size_t size, const char* what) {
  if (size > rest_.size()) {
    fail(what);
    return {};
  }
  const model::ByteView taken = rest_.first(size);
  rest_ = rest_.subspan(size);
  return taken;
}

std::uint64_t Reader::number(std::size_t width, const char* what) {
  std::uint64_t value = 0;
  const model::ByteView digits = raw(width, what);
  for (std::size_t i = digits.size(); i > 0; --i) {
    value = value << 8 | digits[i - 1];
  }
  return value;
}

std::uint8_t Reader::u8(const char* what) { return static_cast<std::uint8_t>(number(1, what)); }

model::Hash Reader::hash(const char* what) {
  model::Hash hash{};
  const model::ByteView bytes = raw(hash.size(), what);
  std::ranges::copy(bytes, hash.begin());
  return hash;
}

std::string_view Reader::short_text(const char* what) {
  const std::size_t size = u8(what);
  return model::text_of(raw(size, what));
}

std::uint32_t Reader::count(std::size_t bytes_each, const char* what) {
  const std::uint32_t announced = u32(what);
  if (announced <= rest_.size() / bytes_each) {
    return announced;
  }
  fail(what);
  return 0;
}

model::Result<void> Reader::finish() const {
  if (failed_ != nullptr) {
    return model::fail(model::ErrorCode::corrupt, fmt::format("{} does not fit", failed_));
  }
  if (!rest_.empty()) {
    return model::fail(model::ErrorCode::corrupt,
                       fmt::format("{} bytes follow the last field", rest_.size()));
  }
  return {};
}

void begin_frame(Tag tag, model::Bytes& out) {
  out.assign({static_cast<std::uint8_t>(tag), kFrameVersion, 0, 0, 0, 0});
}

void end_frame(model::Bytes& out) {
  const std::size_t body = out.size() - kFrameHeaderBytes;
  assert(body <= std::numeric_limits<std::uint32_t>::max());
  put_little_endian(static_cast<std::uint32_t>(body), out.data() + 2);
  std::array<std::uint8_t, 4> digits{};
  put_little_endian(crc32c(out), digits.data());
  out.insert(out.end(), digits.begin(), digits.end());
}

model::Result<model::ByteView> open_frame(Tag tag, model::ByteView value) {
  using model::ErrorCode;
  if (value.size() < kFrameBytes) {
    return model::fail(ErrorCode::corrupt,
                       fmt::format("{} bytes are too few for any value", value.size()));
  }
  const std::size_t body = value.size() - kFrameBytes;
  if (little_endian_32(value.data() + 2) != body) {
    return model::fail(ErrorCode::corrupt, fmt::format("length says {} bytes, found {}",
                                                       little_endian_32(value.data() + 2), body));
  }
  const std::uint32_t stored = little_endian_32(value.data() + kFrameHeaderBytes + body);
  const std::uint32_t computed = crc32c(value.first(kFrameHeaderBytes + body));
  if (stored != computed) {
    return model::fail(ErrorCode::corrupt,
                       fmt::format("checksum says {:08x}, the bytes {:08x}", stored, computed));
  }
  if (value[0] != static_cast<std::uint8_t>(tag)) {
    return model::fail(ErrorCode::corrupt, fmt::format("tag is {:02x}, expected {:02x}", value[0],
                                                       static_cast<unsigned>(tag)));
  }
  if (value[1] != kFrameVersion) {
    return model::fail(
        ErrorCode::unsupported,
        fmt::format("layout version {}, this program reads {}", value[1], kFrameVersion));
  }
  return value.subspan(kFrameHeaderBytes, body);
}

std::array<char, 8> big_endian(std::uint64_t value) {
  std::array<char, 8> digits{};
  for (std::size_t i = 0; i < 8; ++i) {
    digits[i] = static_cast<char>(value >> (56 - 8 * i));
  }
  return digits;
}

std::uint64_t from_big_endian(std::string_view eight) {
  std::uint64_t value = 0;
  for (const char digit : eight) {
    value = value << 8 | static_cast<std::uint8_t>(digit);
  }
  return value;
}

}  // namespace muster::storage
