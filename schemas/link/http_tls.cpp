// SPDX-License-Identifier: Apache-2.0
#include "schemas/link/http_tls.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <boost/asio/ssl/context.hpp>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>
#include <utility>

namespace muster::link {
namespace {

using model::ErrorCode;
using model::fail;
using model::Result;

/// In TLS 1.2 those alone that keep a recorded connection secret when the key is stolen later.
constexpr const char* kCiphers = "ECDHE+AESGCM:ECDHE+CHACHA20";
constexpr std::string_view kProtocol = "http/1.1";

tl::unexpected<model::Error> unusable(std::string_view what, const std::string& file,
                                      std::string_view why) {
  return fail(ErrorCode::configuration, fmt::format("cannot use {} {}: {}", what, file, why));
}

/// What OpenSSL complained about first; what follows it says less.
std::string complaint() {
  const char* text = ERR_reason_error_string(ERR_peek_error());
  ERR_clear_error();
  return text != nullptr ? text : "no reason given";
}

Result<void> check_readable(std::string_view what, const std::string& file) {
  std::error_code error;
  if (file.empty()) {
    return fail(ErrorCode::configuration, fmt::format("no {} is given", what));
  }
  if (!std::filesystem::exists(file, error)) {
    return unusable(what, file, "there is no such file");
  }
  if (!std::filesystem::is_regular_file(file, error) || !std::ifstream(file).is_open()) {
    return unusable(what, file, "it is not a file that this process may read");
  }
  return {};
}

Result<void> check_secret(const std::string& file) {
  using std::filesystem::perms;
  std::error_code error;
  const perms mode = std::filesystem::status(file, error).permissions();
  if (error || (mode & (perms::others_read | perms::others_write)) != perms::none) {
    return unusable("TLS key file", file, "everybody may read or change it; chmod 600 it");
  }
  return {};
}

/// Without this OpenSSL would ask at the terminal, and a server would wait there for ever.
int refuse_password(char* /*into*/, int /*size*/, int /*writes*/, void* /*unused*/) { return -1; }

int choose_protocol(SSL* /*connection*/, const unsigned char** out, unsigned char* out_size,
                    const unsigned char* in, unsigned int in_size, void* /*unused*/) {
  for (unsigned int at = 0; at < in_size; at += 1U + in[at]) {
    const std::string_view offered(reinterpret_cast<const char*>(in) + at + 1,
                                   std::min<std::size_t>(in[at], in_size - at - 1));
    if (offered == kProtocol) {
      *out = in + at + 1;
      *out_size = in[at];
      return SSL_TLSEXT_ERR_OK;
    }
  }
  return SSL_TLSEXT_ERR_ALERT_FATAL;
}

void set_rules(SSL_CTX* context) {
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(context, kCiphers);
  // No session outlives its connection: every handshake proves its certificate anew.
  SSL_CTX_set_options(context, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                   SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_num_tickets(context, 0);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  // Hundreds of event streams are mostly silent; their buffers are made when they speak.
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_default_passwd_cb(context, refuse_password);
  SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
}

Result<void> use_certificate(SSL_CTX* context, const HttpTls& files) {
  MUSTER_CHECK(check_readable("TLS certificate file", files.certificate_file));
  MUSTER_CHECK(check_readable("TLS key file", files.key_file));
  MUSTER_CHECK(check_secret(files.key_file));
  if (SSL_CTX_use_certificate_chain_file(context, files.certificate_file.c_str()) != 1) {
    return unusable("TLS certificate file", files.certificate_file,
                    complaint() + ". PEM is expected, the server's certificate first");
  }
  if (SSL_CTX_use_PrivateKey_file(context, files.key_file.c_str(), SSL_FILETYPE_PEM) != 1) {
    return unusable("TLS key file", files.key_file,
                    complaint() + ". PEM without a password is expected, with the key of " +
                        files.certificate_file);
  }
  if (SSL_CTX_check_private_key(context) != 1) {
    return unusable("TLS key file", files.key_file,
                    "it is not the key of " + files.certificate_file);
  }
  return {};
}

Result<void> demand_certificates(SSL_CTX* context, const std::string& file) {
  MUSTER_CHECK(check_readable("TLS client CA file", file));
  STACK_OF(X509_NAME)* names = SSL_load_client_CA_file(file.c_str());
  if (names == nullptr || SSL_CTX_load_verify_file(context, file.c_str()) != 1) {
    sk_X509_NAME_pop_free(names, X509_NAME_free);
    return unusable("TLS client CA file", file, complaint() + ". PEM certificates are expected");
  }
  SSL_CTX_set_client_CA_list(context, names);
  // An authority below the root may be the one that is trusted here, and its root not.
  X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(context), X509_V_FLAG_PARTIAL_CHAIN);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  return {};
}

/// The one common name. Empty if there is none, or several, or one that a log could not hold.
std::string common_name(const X509* certificate) {
  const X509_NAME* subject = X509_get_subject_name(certificate);
  const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
  if (at < 0 || X509_NAME_get_index_by_NID(subject, NID_commonName, at) >= 0) {
    return {};
  }
  unsigned char* text = nullptr;
  const int size =
      ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
  if (size < 0) {
    return {};
  }
  std::string name(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
  OPENSSL_free(text);
  const bool is_text = std::ranges::none_of(
      name, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
  return is_text ? name : std::string{};
}

std::string fingerprint(const X509* certificate) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (X509_digest(certificate, EVP_sha256(), digest.data(), &size) != 1) {
    return {};
  }
  std::string text;
  for (unsigned int i = 0; i < size; ++i) {
    text += fmt::format("{:02x}", digest[i]);
  }
  return text;
}

}  // namespace

TlsContext::TlsContext(std::unique_ptr<boost::asio::ssl::context> context)
    : context_(std::move(context)) {}
TlsContext::~TlsContext() = default;

Result<std::unique_ptr<TlsContext>> TlsContext::load(const HttpTls& files) {
  std::unique_ptr<boost::asio::ssl::context> context;
  try {
    context = std::make_unique<boost::asio::ssl::context>(boost::asio::ssl::context::tls_server);
  } catch (const std::exception& error) {
    return fail(ErrorCode::configuration, fmt::format("TLS cannot be used: {}", error.what()));
  }
  ERR_clear_error();
  set_rules(context->native_handle());
  MUSTER_CHECK(use_certificate(context->native_handle(), files));
  if (!files.client_ca_file.empty()) {
    MUSTER_CHECK(demand_certificates(context->native_handle(), files.client_ca_file));
  }
  return std::unique_ptr<TlsContext>(new TlsContext(std::move(context)));
}

void name_peer(const SSL* connection, HttpPeer& peer) {
  const X509* certificate = SSL_get0_peer_certificate(connection);
  if (certificate != nullptr && SSL_get_verify_result(connection) == X509_V_OK) {
    peer.certificate_name = common_name(certificate);
    peer.certificate_fingerprint = fingerprint(certificate);
  }
}

}  // namespace muster::link
