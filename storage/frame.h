// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "schemas/model/bytes.h"
#include "schemas/model/result.h"

namespace muster::storage {

/// What a stored value is. Stored. Never renumber.
enum class Tag : std::uint8_t {
  ledger_record = 'L',
  head = 'H',
  chain_entry = 'C',
  quarantined = 'Q',
  meta = 'M',
  sealed = 'S',
  waiting = 'R',
  outbox_head = 'O',
};

/// Version of every value's layout. Stored in each value.
inline constexpr std::uint8_t kFrameVersion = 1;
inline constexpr std::size_t kFrameHeaderBytes = 6;
inline constexpr std::size_t kFrameBytes = kFrameHeaderBytes + 4;

/// Appends little-endian numbers and counted text to bytes that somebody else owns.
class Writer {
 public:
  explicit Writer(model::Bytes& out) : out_(out) {}
  void u8(std::uint8_t value) { out_.push_back(value); }
  void u32(std::uint32_t value) { number<4>(value); }
  void u64(std::uint64_t value) { number<8>(value); }
  void raw(model::ByteView bytes) { out_.insert(out_.end(), bytes.begin(), bytes.end()); }
  /// u8 length, then the text. The caller knows that it is short.
  void short_text(std::string_view text);
  /// u32 length, then the bytes.
  void counted(model::ByteView bytes);
  void text(std::string_view text) { counted(model::view_of(text)); }

 private:
  template <std::size_t Width>
  void number(std::uint64_t value) {
    std::array<std::uint8_t, Width> digits{};
    for (std::size_t i = 0; i < Width; ++i) {
      digits[i] = static_cast<std::uint8_t>(value >> (8 * i));
    }
    raw(digits);
  }

  model::Bytes& out_;
};

/// Takes values off bytes that nobody vouches for. After the first that does not fit everything
/// reads as zero or empty, and `failed()` names it: so a decoder asks once, at its end.
class Reader {
 public:
  explicit Reader(model::ByteView bytes) : rest_(bytes) {}
  std::uint8_t u8(const char* what);
  std::uint32_t u32(const char* what) { return static_cast<std::uint32_t>(number(4, what)); }
  std::uint64_t u64(const char* what) { return number(8, what); }
  model::ByteView raw(std::size_t size, const char* what);
  model::Hash hash(const char* what);
  std::string_view short_text(const char* what);
  model::ByteView counted(const char* what) { return raw(u32(what), what); }
  std::string text(const char* what) { return std::string(model::text_of(counted(what))); }
  /// A number of things of at least `bytes_each`: more than what is left could hold is a failure,
  /// so that a hostile count never reserves memory.
  std::uint32_t count(std::size_t bytes_each, const char* what);
  void fail(const char* what);

  [[nodiscard]] bool failed() const { return failed_ != nullptr; }
  /// Errors: corrupt, naming the first part that did not fit, or the bytes that were left over.
  [[nodiscard]] model::Result<void> finish() const;

 private:
  std::uint64_t number(std::size_t width, const char* what);

  model::ByteView rest_;
  const char* failed_ = nullptr;
};

/// Starts a frame in `out`, which is emptied: tag, version, and room for the length.
void begin_frame(Tag tag, model::Bytes& out);
/// Writes the length and appends the checksum. `out` then is the whole value.
void end_frame(model::Bytes& out);

/// Four bytes, least significant first.
void put_little_endian(std::uint32_t value, std::uint8_t* out);
[[nodiscard]] std::uint32_t little_endian_32(const std::uint8_t* bytes);

/// The body of a frame. Errors: corrupt, naming what is wrong: shorter than a frame, another tag,
/// another length, another checksum; unsupported for another version whose checksum holds.
model::Result<model::ByteView> open_frame(Tag tag, model::ByteView value);

/// Eight bytes, most significant first: the order of the keys is the order of the numbers.
[[nodiscard]] std::array<char, 8> big_endian(std::uint64_t value);
[[nodiscard]] std::uint64_t from_big_endian(std::string_view eight);

}  // namespace muster::storage
