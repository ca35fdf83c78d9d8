// SPDX-License-Identifier: Apache-2.0
#include "schemas/link/socket_options.h"

#include <fmt/format.h>

#include <cerrno>
#include <charconv>
#include <string_view>
#include <system_error>

namespace muster::link {

using model::ErrorCode;
using model::fail;

model::Result<NativeSocket> open_socket(const Context& context, int type) {
  NativeSocket socket(zmq_socket(context.native(), type));
  if (!socket) {
    return fail(ErrorCode::unavailable,
                fmt::format("cannot open a socket: {}", zmq_strerror(errno)));
  }
  return socket;
}

namespace {

constexpr std::string_view kTcp = "tcp://";
constexpr std::string_view kIpc = "ipc://";

// What encryption adds to each frame: a command name of 8 bytes, a nonce of 8, an authenticator of
// 16 and one byte of flags. The library's limit counts them; ours counts the payload.
constexpr std::int64_t kCurveFrameBytes = 33;
constexpr std::int64_t kPayloadLimit = 1 << 30;

/// The library reads a port of any size modulo 65536, so the number is checked here.
bool ends_with_port(std::string_view address) {
  const std::size_t colon = address.rfind(':');
  if (colon == std::string_view::npos || colon == 0) {
    return false;
  }
  const std::string_view port = address.substr(colon + 1);
  std::uint16_t number = 0;
  const auto read = std::from_chars(port.data(), port.data() + port.size(), number);
  return port == "*" || (read.ec == std::errc() && read.ptr == port.data() + port.size());
}

}  // namespace

model::Result<void> check_endpoint(const std::string& endpoint) {
  const std::string_view text = endpoint;
  if (text.starts_with(kTcp) && ends_with_port(text.substr(kTcp.size()))) {
    return {};
  }
  if (text.starts_with(kIpc) && text.size() > kIpc.size()) {
    return {};
  }
  return fail(ErrorCode::configuration,
              fmt::format("endpoint '{}' is neither tcp://address:port, with a port of 0 to 65535, "
                          "nor ipc://path",
                          endpoint));
}

OptionSetter& OptionSetter::number(const char* name, int option, int value) {
  set(name, option, &value, sizeof value, std::to_string(value));
  return *this;
}

OptionSetter& OptionSetter::above_zero(const char* name, int option, int value) {
  if (value <= 0) {
    refuse(name, std::to_string(value), "it must be above 0");
  }
  return number(name, option, value);
}

OptionSetter& OptionSetter::payload_max(std::int64_t bytes) {
  const std::string shown = std::to_string(bytes);
  if (bytes <= 0 || bytes > kPayloadLimit) {
    refuse("MAXMSGSIZE", shown, "it must be 1 byte to 1 GiB");
  }
  const std::int64_t wire_bytes = bytes + kCurveFrameBytes;
  set("MAXMSGSIZE", ZMQ_MAXMSGSIZE, &wire_bytes, sizeof wire_bytes, shown);
  return *this;
}

OptionSetter& OptionSetter::time(const char* name, int option, std::chrono::milliseconds value,
                                 std::chrono::milliseconds value_max) {
  const std::string shown = fmt::format("{} ms", value.count());
  if (value.count() < 0 || value > value_max) {
    refuse(name, shown, fmt::format("it must be 0 to {} ms", value_max.count()).c_str());
    return *this;
  }
  const int milliseconds = static_cast<int>(value.count());
  set(name, option, &milliseconds, sizeof milliseconds, shown);
  return *this;
}

OptionSetter& OptionSetter::bytes(const char* name, int option, model::ByteView value) {
  // The value may be a secret key, so only its length is ever shown.
  set(name, option, value.data(), value.size(), fmt::format("{} bytes", value.size()));
  return *this;
}

model::Result<void> OptionSetter::result() const {
  if (!problem_.empty()) {
    return fail(ErrorCode::configuration, problem_);
  }
  return {};
}

void OptionSetter::set(const char* name, int option, const void* value, std::size_t size,
                       const std::string& shown) {
  if (zmq_setsockopt(socket_, option, value, size) != 0) {
    refuse(name, shown, zmq_strerror(errno));
  }
}

void OptionSetter::refuse(const char* name, const std::string& shown, const char* why) {
  if (problem_.empty()) {
    problem_ = fmt::format("socket option {} cannot be {}: {}", name, shown, why);
  }
}

bool receive_frame(void* socket, Frame& into) {
  int size = -1;
  do {
    size = zmq_msg_recv(message_of(into), socket, ZMQ_DONTWAIT);
  } while (size < 0 && errno == EINTR);
  return size >= 0;
}

bool has_more(Frame& frame) { return zmq_msg_more(message_of(frame)) != 0; }

void discard_rest(void* socket, Frame& frame) {
  while (has_more(frame) && receive_frame(socket, frame)) {
  }
}

}  // namespace muster::link
