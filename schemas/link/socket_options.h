// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <zmq.h>

#include <chrono>
#include <cstdint>
#include <string>

#include "schemas/link/context.h"
#include "schemas/link/frame.h"
#include "schemas/link/native_socket.h"
#include "schemas/model/bytes.h"
#include "schemas/model/result.h"

namespace muster::link {

/// What both ends share: how sockets are made, set up and read. Private to this layer.

/// Errors: unavailable, if there are too many sockets or no descriptors.
model::Result<NativeSocket> open_socket(const Context& context, int type);

/// Errors: configuration unless `endpoint` is "tcp://address:port" or "ipc://path".
model::Result<void> check_endpoint(const std::string& endpoint);

/// Sets options and remembers the first that was refused.
class OptionSetter {
 public:
  explicit OptionSetter(void* socket) : socket_(socket) {}
  OptionSetter& number(const char* name, int option, int value);
  /// For queue lengths: 0 would mean without bound and is refused.
  OptionSetter& above_zero(const char* name, int option, int value);
  /// The largest payload that is taken, in bytes.
  OptionSetter& payload_max(std::int64_t bytes);
  /// Errors if `value` is negative or above `value_max`.
  OptionSetter& time(const char* name, int option, std::chrono::milliseconds value,
                     std::chrono::milliseconds value_max = std::chrono::hours(24));
  OptionSetter& bytes(const char* name, int option, model::ByteView value);

  /// Errors: configuration, naming the first option that was refused and its value.
  [[nodiscard]] model::Result<void> result() const;

 private:
  void set(const char* name, int option, const void* value, std::size_t size,
           const std::string& shown);
  void refuse(const char* name, const std::string& shown, const char* why);
  void* socket_;
  std::string problem_;
};

/// A peer reads the time to live as a 16-bit count of tenths of a second in some places and of
/// milliseconds in others, so more than a minute would wrap round.
inline constexpr std::chrono::milliseconds kHeartbeatTimeoutMax{60'000};

/// The options that both ends have under the same names.
template <typename Options>
void set_common(OptionSetter& set, const Options& options) {
  set.number("LINGER", ZMQ_LINGER, 0)
      .above_zero("SNDHWM", ZMQ_SNDHWM, options.sndhwm)
      .above_zero("RCVHWM", ZMQ_RCVHWM, options.rcvhwm)
      .payload_max(options.message_bytes_max)
      .number("IPV6", ZMQ_IPV6, options.ipv6 ? 1 : 0)
      .number("TCP_KEEPALIVE", ZMQ_TCP_KEEPALIVE, 1)
      .time("HANDSHAKE_IVL", ZMQ_HANDSHAKE_IVL, options.handshake_max)
      .time("HEARTBEAT_IVL", ZMQ_HEARTBEAT_IVL, options.heartbeat_interval)
      .time("HEARTBEAT_TIMEOUT", ZMQ_HEARTBEAT_TIMEOUT, options.heartbeat_timeout)
      .time("HEARTBEAT_TTL", ZMQ_HEARTBEAT_TTL, options.heartbeat_timeout, kHeartbeatTimeoutMax);
}

inline zmq_msg_t* message_of(Frame& frame) { return static_cast<zmq_msg_t*>(frame.native()); }

/// Takes the next frame if one is there. Never blocks.
bool receive_frame(void* socket, Frame& into);

/// Whether another frame of the same message follows. If so it can be received now.
bool has_more(Frame& frame);

/// Takes and drops what is left of the message that `frame` belongs to.
void discard_rest(void* socket, Frame& frame);

}  // namespace muster::link
