// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "schemas/model/result.h"

namespace muster::link {

/// The process's one connection to the network: an I/O thread and room for sockets. One a process,
/// because ending one while another is in use breaks encryption in the other.
/// Ownership: outlives every socket, ZapService and Frame made from it, so declare it first. It
/// waits for sockets that are still open when it is destroyed.
/// Thread rule: may be used by any thread; destroyed by the thread that made it.
class Context {
 public:
  /// `sockets_max` bounds the sockets of this process, not the connections to them.
  /// Errors: configuration if `sockets_max` is out of range, unavailable if the machine has no
  /// descriptors left.
  static model::Result<std::unique_ptr<Context>> create(int sockets_max = 256);

  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  ~Context();

  /// The library's context. For this layer only.
  [[nodiscard]] void* native() const { return native_; }

 private:
  explicit Context(void* native) : native_(native) {}
  void* native_;
};

}  // namespace muster::link
