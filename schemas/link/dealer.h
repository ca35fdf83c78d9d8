// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "schemas/link/context.h"
#include "schemas/link/curve.h"
#include "schemas/link/frame.h"
#include "schemas/link/native_socket.h"
#include "schemas/model/bytes.h"
#include "schemas/model/result.h"

namespace muster::link {

struct DealerOptions {
  model::PublicKey server_key{};  ///< The one server that is believed. Required.
  CurveKeyPair keys{};            ///< Our own. Required: there is no connection in clear.
  int sndhwm = 1000;              ///< Messages queued to the server, above 0: the window.
  int rcvhwm = 2000;              ///< Messages queued from the server, above 0.
  std::int64_t message_bytes_max = kMessageBytesMax;
  bool ipv6 = false;  ///< Also look for IPv6 addresses.
  std::chrono::milliseconds connect_timeout{5000};
  std::chrono::milliseconds reconnect_min{100};    ///< Doubles at each failure, with jitter, …
  std::chrono::milliseconds reconnect_max{10000};  ///< … up to this.
  std::chrono::milliseconds handshake_max{5000};
  std::chrono::milliseconds heartbeat_interval{5000};
  std::chrono::milliseconds heartbeat_timeout{15000};  ///< Also told to the server; 60 s at most.
};

enum class DealerState : std::uint8_t {
  connecting,  ///< Not there yet, or not there any more. It goes on trying by itself.
  connected,   ///< The server proved its key and accepted ours.
  denied,      ///< The server does not accept our key. It does NOT try again: make a new socket,
               ///< after a pause, even when the key has been authorised meanwhile.
};

/// The asking end: one CURVE DEALER to one server. It reconnects by itself.
///
/// Nothing is queued while nobody is connected, so the owner's outbox stays the only place where a
/// message can wait. What was queued when a connection breaks, or in the millisecond before the
/// break is noticed, is lost although it was `sent`: only an answer says that it arrived.
/// Thread rule: one thread; it may be moved to its thread before the first use.
class DealerSocket {
 public:
  /// Starts to connect, and returns at once: a server that is not there is not an error.
  /// Errors: configuration for an endpoint that is not "tcp://host:port" or "ipc://path", or
  /// missing keys; unavailable if the machine is out of descriptors.
  static model::Result<DealerSocket> connect(Context& context, const std::string& endpoint,
                                             const DealerOptions& options);

  DealerSocket(DealerSocket&&) noexcept = default;
  DealerSocket& operator=(DealerSocket&& other) noexcept;
  DealerSocket(const DealerSocket&) = delete;
  DealerSocket& operator=(const DealerSocket&) = delete;
  ~DealerSocket();

  /// The next message, or nothing if there is none now. A message of several frames is dropped and
  /// counted. What was received before a disconnection may still come.
  std::optional<Frame> receive();

  /// Queues a copy of `payload`. would_block while not connected or when the window is full.
  [[nodiscard]] SendResult send(model::ByteView payload);

  /// Takes in what happened to the connection since the last call. Call it whenever a Waiter finds
  /// this socket ready.
  DealerState poll_events();

  /// As of the last poll_events().
  [[nodiscard]] DealerState state() const { return state_; }
  /// Connections made since the start, so that an owner sees a break that healed between two calls.
  [[nodiscard]] std::uint64_t connections() const { return connections_; }
  /// Handshakes that broke off without a verdict. If they grow and nothing else does, the pinned
  /// server key is not this server's, or the server cannot authenticate anybody at present.
  [[nodiscard]] std::uint64_t broken_handshakes() const { return broken_handshakes_; }
  [[nodiscard]] std::uint64_t dropped_malformed() const { return dropped_malformed_; }

  /// For this layer only.
  [[nodiscard]] void* native() const { return socket_.handle(); }
  [[nodiscard]] void* native_monitor() const { return monitor_.handle(); }

 private:
  DealerSocket() = default;
  model::Result<void> start_monitor(Context& context);
  void stop();
  void apply(std::uint16_t event);

  NativeSocket socket_;
  NativeSocket monitor_;
  std::size_t message_bytes_max_ = 0;
  DealerState state_ = DealerState::connecting;
  std::uint64_t connections_ = 0;
  std::uint64_t broken_handshakes_ = 0;
  std::uint64_t dropped_malformed_ = 0;
};

}  // namespace muster::link
