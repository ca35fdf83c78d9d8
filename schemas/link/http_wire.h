// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstddef>
#include <functional>
#include <memory>

#include "schemas/link/http_tls.h"

namespace muster::link {

/// The bytes of one connection, plain or inside TLS. One read and one write may be under way at a
/// time; whoever starts one keeps this alive until it is called back, always later and once.
class Wire {
 public:
  using Error = boost::system::error_code;
  using Done = std::function<void(Error, std::size_t)>;
  using Buffers = std::array<boost::asio::const_buffer, 2>;

  /// Plain if there is no `tls`.
  Wire(boost::asio::ip::tcp::socket socket, TlsContext* tls);
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;
  ~Wire();

  [[nodiscard]] boost::asio::ip::tcp::socket& socket() { return socket_; }
  [[nodiscard]] bool is_tls() const { return tls_ != nullptr; }
  /// With what the handshake proved, once it has.
  [[nodiscard]] HttpPeer peer() const;

  void handshake(Done done);
  /// From now on plain: for a client that spoke HTTP where TLS was expected. The socket's bytes
  /// that were read meanwhile are lost.
  void give_up_tls();

  void read_some(boost::asio::mutable_buffer into, Done done);
  void write(const Buffers& buffers, Done done);
  /// Inside TLS alone: says that no more will be written. Done when the other side has said so too.
  void say_goodbye(Done done);
  /// Everything that is under way ends with an error.
  void close();

 private:
  struct Tls;
  boost::asio::ip::tcp::socket socket_;
  std::unique_ptr<Tls> tls_;
};

/// The client spoke plain HTTP into a handshake.
bool is_plain_http(const boost::system::error_code& error);

}  // namespace muster::link
