// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "schemas/model/bytes.h"

namespace muster::link {

/// Largest payload a socket takes or sends unless its options say otherwise, in bytes (1 MiB).
/// Larger answers are cut into chunks by whoever makes them.
inline constexpr std::int64_t kMessageBytesMax = 1 << 20;

/// The bytes of one received message, owned, in the buffer they arrived in: nothing is copied.
/// Thread rule: a value. It may be moved to another thread and outlive its socket, not its Context.
class Frame {
 public:
  Frame();
  Frame(Frame&& other) noexcept;
  Frame& operator=(Frame&& other) noexcept;
  Frame(const Frame&) = delete;
  Frame& operator=(const Frame&) = delete;
  ~Frame();

  /// Valid as long as this frame, and may be empty. The buffer is NOT aligned: copy it to an
  /// aligned one before reading anything wider than a byte in place.
  [[nodiscard]] model::ByteView bytes() const;

  /// The library's message inside this frame. For this layer only.
  [[nodiscard]] void* native() { return storage_.data(); }

 private:
  // As large and as aligned as the library's message, which frame.cpp asserts.
  alignas(void*) std::array<std::byte, 64> storage_;
};

/// What became of a message handed to a socket. Back-pressure is an answer, not an error.
enum class SendResult : std::uint8_t {
  sent,         ///< Queued. Only an answer of the other end proves that it arrived.
  would_block,  ///< The queue is full, or nobody is connected: keep the message, try later. May be
                ///< a millisecond behind: room that was just made is not seen at once.
  gone,         ///< No such peer any more. Only a RouterSocket says this.
  too_large,    ///< Above message_bytes_max. The peer would hang up on us, so it was not sent.
};

}  // namespace muster::link
