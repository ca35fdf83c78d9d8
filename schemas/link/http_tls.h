// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "schemas/link/http.h"
#include "schemas/model/result.h"

struct ssl_st;

namespace boost::asio::ssl {
class context;
}

namespace muster::link {

/// Certificate, key and rules of a TLS server.
class TlsContext {
 public:
  /// Errors: configuration, naming the file that cannot be used and why.
  static model::Result<std::unique_ptr<TlsContext>> load(const HttpTls& files);

  TlsContext(const TlsContext&) = delete;
  TlsContext& operator=(const TlsContext&) = delete;
  ~TlsContext();

  [[nodiscard]] boost::asio::ssl::context& context() { return *context_; }

 private:
  explicit TlsContext(std::unique_ptr<boost::asio::ssl::context> context);
  std::unique_ptr<boost::asio::ssl::context> context_;
};

/// Puts name and fingerprint of the client's certificate into `peer`, if it showed one.
void name_peer(const ssl_st* connection, HttpPeer& peer);

}  // namespace muster::link
