// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

namespace muster::link {

/// Owns one socket of the messaging library and closes it. A part of this layer, visible only
/// because the sockets hold one; nothing outside the layer can do anything with it.
/// Thread rule: used and closed by one thread. It may be handed to another thread once, when that
/// thread is started.
class NativeSocket {
 public:
  NativeSocket() = default;
  explicit NativeSocket(void* handle) : handle_(handle) {}
  NativeSocket(NativeSocket&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  NativeSocket& operator=(NativeSocket&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  NativeSocket(const NativeSocket&) = delete;
  NativeSocket& operator=(const NativeSocket&) = delete;
  ~NativeSocket() { close(); }

  /// Closes now; nothing is sent any more. Harmless when there is no socket.
  void close();

  [[nodiscard]] void* handle() const { return handle_; }
  explicit operator bool() const { return handle_ != nullptr; }

 private:
  void* handle_ = nullptr;
};

}  // namespace muster::link
