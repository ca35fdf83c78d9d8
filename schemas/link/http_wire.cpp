// SPDX-License-Identifier: Apache-2.0
#include "schemas/link/http_wire.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <utility>

namespace muster::link {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

}  // namespace

struct Wire::Tls {
  Tls(tcp::socket& socket, TlsContext& tls) : stream(socket, tls.context()) {}

  asio::ssl::stream<tcp::socket&> stream;
};

Wire::Wire(tcp::socket socket, TlsContext* tls) : socket_(std::move(socket)) {
  if (tls != nullptr) {
    tls_ = std::make_unique<Tls>(socket_, *tls);
  }
}
Wire::~Wire() = default;

HttpPeer Wire::peer() const {
  HttpPeer peer;
  Error error;
  auto address = socket_.remote_endpoint(error).address();
  if (!error) {
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
      address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
    }
    peer.address = address.to_string();
  }
  if (tls_) {
    name_peer(tls_->stream.native_handle(), peer);
  }
  return peer;
}

void Wire::handshake(Done done) {
  tls_->stream.async_handshake(asio::ssl::stream_base::server,
                               [kept = std::move(done)](Error error) { kept(error, 0); });
}

void Wire::give_up_tls() { tls_.reset(); }

void Wire::read_some(asio::mutable_buffer into, Done done) {
  if (tls_) {
    tls_->stream.async_read_some(into, std::move(done));
  } else {
    socket_.async_read_some(into, std::move(done));
  }
}

void Wire::write(const Buffers& buffers, Done done) {
  if (tls_) {
    asio::async_write(tls_->stream, buffers, std::move(done));
  } else {
    asio::async_write(socket_, buffers, std::move(done));
  }
}

void Wire::say_goodbye(Done done) {
  tls_->stream.async_shutdown([kept = std::move(done)](Error error) { kept(error, 0); });
}

void Wire::close() {
  Error ignored;
  socket_.close(ignored);
}

bool is_plain_http(const boost::system::error_code& error) {
  return error.category() == asio::error::get_ssl_category() &&
         ERR_GET_REASON(static_cast<unsigned long>(error.value())) == SSL_R_HTTP_REQUEST;
}

}  // namespace muster::link
