// SPDX-License-Identifier: Apache-2.0
#include "schemas/link/frame.h"

#include <zmq.h>

namespace muster::link {
namespace {

static_assert(sizeof(zmq_msg_t) == 64 && alignof(zmq_msg_t) <= alignof(void*));

zmq_msg_t* message_of(void* storage) { return static_cast<zmq_msg_t*>(storage); }

}  // namespace

Frame::Frame() { zmq_msg_init(message_of(native())); }

Frame::Frame(Frame&& other) noexcept : Frame() {
  zmq_msg_move(message_of(native()), message_of(other.native()));
}

Frame& Frame::operator=(Frame&& other) noexcept {
  if (this != &other) {
    zmq_msg_move(message_of(native()), message_of(other.native()));
  }
  return *this;
}

Frame::~Frame() { zmq_msg_close(message_of(native())); }

model::ByteView Frame::bytes() const {
  // The library's accessors take no const, though they change nothing.
  auto* message = message_of(const_cast<Frame*>(this)->native());
  return {static_cast<const std::uint8_t*>(zmq_msg_data(message)), zmq_msg_size(message)};
}

}  // namespace muster::link
