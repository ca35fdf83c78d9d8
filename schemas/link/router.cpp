// SPDX-License-Identifier: Apache-2.0
#include "schemas/link/router.h"

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "schemas/link/socket_options.h"

namespace muster::link {
namespace {

using model::ErrorCode;
using model::fail;

// Its name is hidden as a draft, though the packaged library has it. Without it, a socket whose ZAP
// handler is missing lets every stranger in.
constexpr int kZapEnforceDomain = 93;

constexpr const char* kUserId = "User-Id";

// How many bad messages one receive() drops before it gives the loop a turn.
constexpr int kDropsMax = 64;

model::Result<void> check_options(const RouterOptions& options) {
  if (!options.secret.is_set()) {
    return fail(ErrorCode::configuration, "a serving socket needs its secret CURVE key");
  }
  if (options.zap_domain.empty()) {
    return fail(ErrorCode::configuration,
                "a serving socket needs a ZAP domain, or it would accept every key");
  }
  return {};
}

model::Result<void> set_options(void* socket, const RouterOptions& options) {
  OptionSetter set(socket);
  set_common(set, options);
  set.number("ROUTER_MANDATORY", ZMQ_ROUTER_MANDATORY, 1)
      .number("ROUTER_HANDOVER", ZMQ_ROUTER_HANDOVER, 0)
      .number("BACKLOG", ZMQ_BACKLOG, options.backlog)
      .number("CURVE_SERVER", ZMQ_CURVE_SERVER, 1)
      .bytes("CURVE_SECRETKEY", ZMQ_CURVE_SECRETKEY, options.secret.reveal())
      .bytes("ZAP_DOMAIN", ZMQ_ZAP_DOMAIN, model::view_of(options.zap_domain))
      .number("ZAP_ENFORCE_DOMAIN (needs libzmq 4.3)", kZapEnforceDomain, 1);
  return set.result();
}

/// The library replaces the socket file of a live server without a word, so look first.
bool is_served(const std::string& endpoint) {
  constexpr std::size_t kScheme = std::string_view("ipc://").size();
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string_view path = std::string_view(endpoint).substr(kScheme);
  if (!endpoint.starts_with("ipc://") || path.size() >= sizeof address.sun_path) {
    return false;
  }
  path.copy(address.sun_path, path.size());
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) {
    return false;
  }
  const bool served =
      ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  ::close(fd);
  return served;
}

tl::unexpected<model::Error> bind_error(const std::string& endpoint, int error) {
  switch (error) {
    case EADDRINUSE:
      return fail(ErrorCode::unavailable,
                  fmt::format("cannot listen on {}: it is in use. Another process, perhaps another "
                              "broker, listens there: stop it, or configure another endpoint",
                              endpoint));
    case EADDRNOTAVAIL:
    case ENODEV:
      return fail(ErrorCode::configuration,
                  fmt::format("cannot listen on {}: this machine has no such address", endpoint));
    case EMFILE:
    case ENFILE:
    case ENOMEM:
      return fail(ErrorCode::unavailable, fmt::format("cannot listen on {}: {}; raise LimitNOFILE",
                                                      endpoint, zmq_strerror(error)));
    default:
      return fail(ErrorCode::configuration,
                  fmt::format("cannot listen on {}: {}", endpoint, zmq_strerror(error)));
  }
}

model::Result<std::string> bind_to(void* socket, const std::string& endpoint) {
  if (is_served(endpoint)) {
    return bind_error(endpoint, EADDRINUSE);
  }
  if (zmq_bind(socket, endpoint.c_str()) != 0) {
    return bind_error(endpoint, errno);
  }
  std::array<char, 512> resolved{};
  std::size_t size = resolved.size();
  if (zmq_getsockopt(socket, ZMQ_LAST_ENDPOINT, resolved.data(), &size) != 0) {
    return bind_error(endpoint, errno);
  }
  return std::string(resolved.data());
}

}  // namespace

model::Result<RouterSocket> RouterSocket::bind(Context& context, const std::string& endpoint,
                                               const RouterOptions& options) {
  MUSTER_CHECK(check_endpoint(endpoint));
  MUSTER_CHECK(check_options(options));
  RouterSocket router;
  MUSTER_TRY(router.socket_, open_socket(context, ZMQ_ROUTER));
  MUSTER_CHECK(set_options(router.native(), options));
  MUSTER_TRY(router.endpoint_, bind_to(router.native(), endpoint));
  router.message_bytes_max_ = static_cast<std::size_t>(options.message_bytes_max);
  return router;
}

enum class RouterSocket::Step : std::uint8_t { nothing, dropped, received };

RouterSocket::Step RouterSocket::receive_one(Incoming& into) {
  Frame address;
  if (!receive_frame(native(), address)) {
    return Step::nothing;
  }
  // Frames of one message arrive together, so the payload is here if the address is.
  if (!has_more(address) || !receive_frame(native(), into.frame) || has_more(into.frame)) {
    discard_rest(native(), into.frame);
    ++dropped_malformed_;
    return Step::dropped;
  }
  // The address frame lacks this property in libzmq 4.3.4, so only the payload is asked.
  const char* user_id = zmq_msg_gets(message_of(into.frame), kUserId);
  if (user_id == nullptr || *user_id == '\0') {
    ++dropped_anonymous_;
    return Step::dropped;
  }
  into.user_id = user_id;
  into.from = PeerAddress(std::string(model::text_of(address.bytes())));
  return Step::received;
}

std::optional<Incoming> RouterSocket::receive() {
  Incoming incoming;
  for (int drops = 0; drops < kDropsMax; ++drops) {
    switch (receive_one(incoming)) {
      case Step::nothing:
        return std::nullopt;
      case Step::received:
        return incoming;
      case Step::dropped:
        break;
    }
  }
  return std::nullopt;
}

SendResult RouterSocket::send(const PeerAddress& to, model::ByteView payload) {
  if (payload.size() > message_bytes_max_) {
    return SendResult::too_large;
  }
  const std::string_view address = to.view();
  // The first frame decides: it is refused when the peer is gone or its queue is full, and once it
  // is taken the second one never is.
  if (zmq_send(native(), address.data(), address.size(), ZMQ_SNDMORE | ZMQ_DONTWAIT) < 0) {
    return errno == EHOSTUNREACH ? SendResult::gone : SendResult::would_block;
  }
  while (zmq_send(native(), payload.data(), payload.size(), ZMQ_DONTWAIT) < 0) {
    if (errno != EINTR) {
      return SendResult::gone;
    }
  }
  return SendResult::sent;
}

}  // namespace muster::link
