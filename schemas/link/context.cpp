// SPDX-License-Identifier: Apache-2.0
#include "schemas/link/context.h"

#include <fmt/format.h>
#include <zmq.h>

#include <cerrno>

namespace muster::link {

using model::ErrorCode;
using model::fail;

model::Result<std::unique_ptr<Context>> Context::create(int sockets_max) {
  void* native = zmq_ctx_new();
  if (native == nullptr) {
    return fail(ErrorCode::unavailable,
                fmt::format("cannot start the network layer: {}", zmq_strerror(errno)));
  }
  std::unique_ptr<Context> context(new Context(native));
  // Not blocky: a socket closes without waiting for what it did not send; the outbox keeps that.
  if (zmq_ctx_set(native, ZMQ_BLOCKY, 0) != 0 || zmq_ctx_set(native, ZMQ_IO_THREADS, 1) != 0 ||
      zmq_ctx_set(native, ZMQ_MAX_SOCKETS, sockets_max) != 0) {
    return fail(ErrorCode::configuration,
                fmt::format("the network layer refused its settings (at most {} sockets): {}",
                            sockets_max, zmq_strerror(errno)));
  }
  return context;
}

Context::~Context() {
  while (zmq_ctx_term(native_) != 0 && errno == EINTR) {
  }
}

}  // namespace muster::link
