// SPDX-License-Identifier: Apache-2.0
#include "schemas/link/native_socket.h"

#include <zmq.h>

namespace muster::link {

void NativeSocket::close() {
  if (handle_ != nullptr) {
    zmq_close(std::exchange(handle_, nullptr));
  }
}

}  // namespace muster::link
