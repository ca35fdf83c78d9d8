// SPDX-License-Identifier: Apache-2.0
#include "schemas/link/dealer.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <utility>

#include "schemas/link/socket_options.h"

namespace muster::link {
namespace {

using model::ErrorCode;
using model::fail;

constexpr int kWatchedEvents = ZMQ_EVENT_HANDSHAKE_SUCCEEDED | ZMQ_EVENT_HANDSHAKE_FAILED_AUTH |
                               ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL |
                               ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL | ZMQ_EVENT_DISCONNECTED;

model::Result<void> check_options(const DealerOptions& options) {
  if (!options.keys.secret.is_set() || options.keys.public_key == model::PublicKey{}) {
    return fail(ErrorCode::configuration, "a connection needs a CURVE key pair of its own");
  }
  if (options.server_key == model::PublicKey{}) {
    return fail(ErrorCode::configuration, "a connection needs the server's public CURVE key");
  }
  return {};
}

model::Result<void> set_options(void* socket, const DealerOptions& options) {
  OptionSetter set(socket);
  set_common(set, options);
  set.number("IMMEDIATE", ZMQ_IMMEDIATE, 1)
      .time("CONNECT_TIMEOUT", ZMQ_CONNECT_TIMEOUT, options.connect_timeout)
      .time("RECONNECT_IVL", ZMQ_RECONNECT_IVL, options.reconnect_min)
      .time("RECONNECT_IVL_MAX", ZMQ_RECONNECT_IVL_MAX, options.reconnect_max)
      .bytes("CURVE_SERVERKEY", ZMQ_CURVE_SERVERKEY, options.server_key)
      .bytes("CURVE_PUBLICKEY", ZMQ_CURVE_PUBLICKEY, options.keys.public_key)
      .bytes("CURVE_SECRETKEY", ZMQ_CURVE_SECRETKEY, options.keys.secret.reveal());
  return set.result();
}

/// In-process names are shared by all sockets of a context.
std::string fresh_monitor_name() {
  static std::atomic<std::uint64_t> count{0};
  return fmt::format("inproc://muster.monitor.{}", ++count);
}

}  // namespace

model::Result<DealerSocket> DealerSocket::connect(Context& context, const std::string& endpoint,
                                                  const DealerOptions& options) {
  MUSTER_CHECK(check_endpoint(endpoint));
  MUSTER_CHECK(check_options(options));
  DealerSocket dealer;
  MUSTER_TRY(dealer.socket_, open_socket(context, ZMQ_DEALER));
  MUSTER_CHECK(set_options(dealer.native(), options));
  MUSTER_CHECK(dealer.start_monitor(context));
  dealer.message_bytes_max_ = static_cast<std::size_t>(options.message_bytes_max);
  if (zmq_connect(dealer.native(), endpoint.c_str()) != 0) {
    return fail(ErrorCode::configuration,
                fmt::format("cannot connect to {}: {}", endpoint, zmq_strerror(errno)));
  }
  return dealer;
}

model::Result<void> DealerSocket::start_monitor(Context& context) {
  const std::string name = fresh_monitor_name();
  MUSTER_TRY(monitor_, open_socket(context, ZMQ_PAIR));
  // The I/O thread sends events and would wait for room. There is always room here, or an owner
  // that does not look for a while would stop every connection of the process.
  OptionSetter set(monitor_.handle());
  set.number("RCVHWM", ZMQ_RCVHWM, 0).number("LINGER", ZMQ_LINGER, 0);
  MUSTER_CHECK(set.result());
  if (zmq_socket_monitor(native(), name.c_str(), kWatchedEvents) != 0 ||
      zmq_connect(monitor_.handle(), name.c_str()) != 0) {
    return fail(ErrorCode::unavailable,
                fmt::format("cannot watch a connection: {}", zmq_strerror(errno)));
  }
  return {};
}

DealerSocket& DealerSocket::operator=(DealerSocket&& other) noexcept {
  if (this == &other) {
    return *this;
  }
  stop();
  socket_ = std::move(other.socket_);
  monitor_ = std::move(other.monitor_);
  message_bytes_max_ = other.message_bytes_max_;
  state_ = other.state_;
  connections_ = other.connections_;
  broken_handshakes_ = other.broken_handshakes_;
  dropped_malformed_ = other.dropped_malformed_;
  return *this;
}

DealerSocket::~DealerSocket() { stop(); }

void DealerSocket::stop() {
  // The events stop before their reader goes away; a sender without a reader would wait for one.
  if (socket_) {
    zmq_socket_monitor(native(), nullptr, 0);
  }
  monitor_.close();
  socket_.close();
}

std::optional<Frame> DealerSocket::receive() {
  Frame frame;
  if (!receive_frame(native(), frame)) {
    return std::nullopt;
  }
  if (!has_more(frame)) {
    return frame;
  }
  discard_rest(native(), frame);
  ++dropped_malformed_;
  return std::nullopt;
}

SendResult DealerSocket::send(model::ByteView payload) {
  if (payload.size() > message_bytes_max_) {
    return SendResult::too_large;
  }
  const bool sent = zmq_send(native(), payload.data(), payload.size(), ZMQ_DONTWAIT) >= 0;
  return sent ? SendResult::sent : SendResult::would_block;
}

DealerState DealerSocket::poll_events() {
  Frame frame;
  while (receive_frame(monitor_.handle(), frame)) {
    std::uint16_t event = 0;
    const model::ByteView bytes = frame.bytes();
    std::memcpy(&event, bytes.data(), std::min(bytes.size(), sizeof event));
    discard_rest(monitor_.handle(), frame);
    apply(event);
  }
  return state_;
}

void DealerSocket::apply(std::uint16_t event) {
  switch (event) {
    case ZMQ_EVENT_HANDSHAKE_SUCCEEDED:
      state_ = DealerState::connected;
      ++connections_;
      break;
    case ZMQ_EVENT_HANDSHAKE_FAILED_AUTH:
      state_ = DealerState::denied;
      break;
    case ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL:
    case ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL:
      ++broken_handshakes_;
      break;
    case ZMQ_EVENT_DISCONNECTED:
      if (state_ == DealerState::connected) {
        state_ = DealerState::connecting;
      }
      break;
    default:
      break;  // The library's set of events is open.
  }
}

}  // namespace muster::link
