// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "tests/unit/link_certificates.h"
#include "tests/unit/link_http_client.h"

namespace muster::link::test {

/// What a client of the test brings to the handshake.
struct Manners {
  const Paper* paper = nullptr;  ///< Its certificate.
  int version_max = TLS1_3_VERSION;
  std::string protocols{};  ///< ALPN, as on the wire.
  std::chrono::seconds patience{5};
};

/// A client inside TLS, which trusts whatever server it meets.
class TlsClient {
 public:
  TlsClient(std::uint16_t port, const Manners& manners)
      : patience_(manners.patience),
        plain_(port, manners.patience),
        context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free) {
    SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context_.get(), manners.version_max);
    SSL_CTX_set_cipher_list(context_.get(), "ALL:@SECLEVEL=0");
    if (manners.paper != nullptr) {
      SSL_CTX_use_certificate(context_.get(), manners.paper->certificate.get());
      SSL_CTX_use_PrivateKey(context_.get(), manners.paper->key.get());
    }
    SSL_CTX_set_alpn_protos(context_.get(),
                            reinterpret_cast<const unsigned char*>(manners.protocols.data()),
                            static_cast<unsigned int>(manners.protocols.size()));
    ssl_.reset(SSL_new(context_.get()));
    SSL_set_fd(ssl_.get(), plain_.fd());
    ERR_clear_error();
    is_through_ = SSL_connect(ssl_.get()) == 1;
    listen_to_complaints();
  }

  /// In TLS 1.3 a client learns of its refusal only with what it reads first.
  [[nodiscard]] bool is_through() const { return is_through_; }
  [[nodiscard]] std::string protocol() const {
    const unsigned char* name = nullptr;
    unsigned int size = 0;
    SSL_get0_alpn_selected(ssl_.get(), &name, &size);
    return {reinterpret_cast<const char*>(name), size};
  }
  [[nodiscard]] std::string version() const { return SSL_get_version(ssl_.get()); }
  [[nodiscard]] bool can_resume() const {
    return SSL_SESSION_is_resumable(SSL_get0_session(ssl_.get())) == 1;
  }

  TlsClient& say(std::string_view text) {
    SSL_write(ssl_.get(), text.data(), static_cast<int>(text.size()));
    return *this;
  }
  /// All that comes up to and with `mark`, or until the connection or the patience ends.
  std::string through(std::string_view mark) {
    const auto deadline = std::chrono::steady_clock::now() + patience_;
    std::array<char, 4096> bytes{};
    int got = 0;
    while (rest_.find(mark) == std::string::npos && std::chrono::steady_clock::now() < deadline &&
           (got = SSL_read(ssl_.get(), bytes.data(), bytes.size())) > 0) {
      rest_.append(bytes.data(), static_cast<std::size_t>(got));
    }
    is_goodbye_ = got < 0 ? false : SSL_get_error(ssl_.get(), got) == SSL_ERROR_ZERO_RETURN;
    listen_to_complaints();
    const std::size_t at = rest_.find(mark);
    std::string text = rest_.substr(0, at == std::string::npos ? at : at + mark.size());
    rest_.erase(0, text.size());
    return text;
  }
  /// Until the server says goodbye; "…" at the end if it left without.
  std::string until_closed() {
    std::string text = through("\x01 never said");
    return is_goodbye_ ? text : text + "…";
  }
  /// The alert with which the server ended it.
  [[nodiscard]] const std::string& complaint() const { return complaint_; }
  Client& plain() { return plain_; }

 private:
  void listen_to_complaints() {
    if (const char* text = ERR_reason_error_string(ERR_get_error()); text != nullptr) {
      complaint_ = text;
    }
    ERR_clear_error();
  }

  const std::chrono::seconds patience_;  // A stream that says something now and then has no end.
  Client plain_;
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
  std::unique_ptr<SSL, decltype(&SSL_free)> ssl_{nullptr, SSL_free};
  bool is_through_ = false;
  bool is_goodbye_ = false;
  std::string complaint_;
  std::string rest_;
};

}  // namespace muster::link::test
