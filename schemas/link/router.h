// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "schemas/link/context.h"
#include "schemas/link/curve.h"
#include "schemas/link/frame.h"
#include "schemas/link/native_socket.h"
#include "schemas/model/result.h"

namespace muster::link {

/// Where an answer goes: one connection of one peer. It ends with the connection and says nothing
/// about who the peer is; that is Incoming::user_id.
class PeerAddress {
 public:
  PeerAddress() = default;
  explicit PeerAddress(std::string routing_id) : routing_id_(std::move(routing_id)) {}
  /// Opaque bytes.
  [[nodiscard]] std::string_view view() const { return routing_id_; }
  friend bool operator==(const PeerAddress&, const PeerAddress&) = default;
  friend auto operator<=>(const PeerAddress&, const PeerAddress&) = default;

 private:
  std::string routing_id_;
};

/// One message, from somebody who proved to hold a key of the ZapTable.
struct Incoming {
  PeerAddress from;
  std::string user_id;  ///< As the ZapTable had it at the handshake, never empty. Check it again.
  Frame frame;          ///< The one payload frame. It may be empty.
};

struct RouterOptions {
  SecretKey secret{};                                 ///< The server's own key. Required.
  std::string zap_domain = "muster";                  ///< Not empty; only named in handshakes.
  int sndhwm = 1000;                                  ///< Messages queued to one peer, above 0.
  int rcvhwm = 1000;                                  ///< Messages queued from one peer, above 0.
  std::int64_t message_bytes_max = kMessageBytesMax;  ///< Who sends more is disconnected.
  bool ipv6 = false;                                  ///< Also take IPv6 addresses.
  int backlog = 256;                                  ///< Connections that wait to be taken.
  std::chrono::milliseconds handshake_max{5000};      ///< Then an unfinished one is dropped.
  std::chrono::milliseconds heartbeat_interval{5000};
  std::chrono::milliseconds heartbeat_timeout{15000};  ///< Also told to the peer; 60 s at most.
};

/// The serving end: one CURVE ROUTER that many DealerSockets connect to.
///
/// Nothing here blocks or throws, and no bytes of a peer can do worse than end that peer's
/// connection. A peer whose messages are not taken is slowed down by TCP; a peer that does not read
/// makes send() say would_block, and nobody else notices.
/// Thread rule: one thread; it may be moved to its thread before the first use.
class RouterSocket {
 public:
  /// Binds to `endpoint`: "tcp://127.0.0.1:7610", "tcp://*:7610", "tcp://[::1]:0", "ipc:///run/x".
  /// Port 0 or * takes a free one. Start a ZapService in `context` first: without it all are
  /// refused. Errors: configuration for another kind of endpoint, an address this machine does not
  /// have, a missing key, or a library that cannot enforce authentication; unavailable if the
  /// endpoint is in use or the machine is out of descriptors.
  static model::Result<RouterSocket> bind(Context& context, const std::string& endpoint,
                                          const RouterOptions& options);

  /// The next message, or nothing if there is none now. What is not one payload frame of a known
  /// user is dropped and counted. May also return nothing after a run of such drops although more
  /// waits: a Waiter then says ready again.
  std::optional<Incoming> receive();

  /// Queues a copy of `payload` to one peer. `sent` is not a promise that it arrives: the
  /// connection may break, and then the peer comes back under another address and asks again.
  [[nodiscard]] SendResult send(const PeerAddress& to, model::ByteView payload);

  /// The endpoint with the port that was really taken: "tcp://127.0.0.1:40123".
  [[nodiscard]] const std::string& endpoint() const { return endpoint_; }

  /// Messages dropped since the start: those without a User-Id, and those of more than one frame.
  [[nodiscard]] std::uint64_t dropped_without_identity() const { return dropped_anonymous_; }
  [[nodiscard]] std::uint64_t dropped_malformed() const { return dropped_malformed_; }

  /// For this layer only.
  [[nodiscard]] void* native() const { return socket_.handle(); }

 private:
  RouterSocket() = default;
  enum class Step : std::uint8_t;
  Step receive_one(Incoming& into);

  NativeSocket socket_;
  std::string endpoint_;
  std::size_t message_bytes_max_ = 0;
  std::uint64_t dropped_anonymous_ = 0;
  std::uint64_t dropped_malformed_ = 0;
};

}  // namespace muster::link

template <>
struct std::hash<muster::link::PeerAddress> {
  std::size_t operator()(const muster::link::PeerAddress& address) const noexcept {
    return std::hash<std::string_view>{}(address.view());
  }
};
