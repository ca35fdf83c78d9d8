// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

namespace muster::link::test {

/// What a certificate of the test says. Times are seconds from now.
struct CertificateText {
  std::string name{};  ///< Common name; left out if empty.
  long from = -60;
  long to = 3600;
  std::string usage = "clientAuth,serverAuth";
  bool is_authority = false;
};

/// A certificate with its key.
struct Paper {
  std::unique_ptr<X509, decltype(&X509_free)> certificate{nullptr, X509_free};
  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key{nullptr, EVP_PKEY_free};

  [[nodiscard]] std::string fingerprint() const {
    std::array<unsigned char, 32> digest{};
    X509_digest(certificate.get(), EVP_sha256(), digest.data(), nullptr);
    std::string text;
    for (const unsigned char byte : digest) {
      std::array<char, 3> digits{};
      std::snprintf(digits.data(), digits.size(), "%02x", byte);
      text += digits.data();
    }
    return text;
  }

  /// The key for its owner's eyes alone, encrypted if there is a password.
  void save(const std::filesystem::path& certificate_file,
            const std::filesystem::path& key_file = {}, const std::string& password = {}) const {
    const auto open = [](const std::filesystem::path& file) {
      return std::unique_ptr<FILE, int (*)(FILE*)>(
          ::fdopen(::open(file.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600), "w"), std::fclose);
    };
    PEM_write_X509(open(certificate_file).get(), certificate.get());
    if (!key_file.empty()) {
      PEM_write_PrivateKey(open(key_file).get(), key.get(),
                           password.empty() ? nullptr : EVP_aes_256_cbc(), nullptr, 0, nullptr,
                           password.empty() ? nullptr : const_cast<char*>(password.c_str()));
    }
  }
};

/// Signs certificates that nobody but a test believes.
class Authority {
 public:
  explicit Authority(const std::string& name)
      : paper_(make({.name = name, .usage = {}, .is_authority = true}, nullptr)) {}

  [[nodiscard]] Paper issue(const CertificateText& text) const { return make(text, &paper_); }
  [[nodiscard]] const Paper& paper() const { return paper_; }
  void save(const std::filesystem::path& file) const { paper_.save(file); }

 private:
  static void extend(X509* certificate, int what, const std::string& value) {
    if (value.empty()) {
      return;
    }
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, what, value.c_str());
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
  }

  /// Signed by `issuer`, or by itself.
  static Paper make(const CertificateText& text, const Paper* issuer) {
    static long serial = 0;
    Paper paper;
    paper.key.reset(EVP_EC_gen("P-256"));
    paper.certificate.reset(X509_new());
    X509* certificate = paper.certificate.get();
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate), text.from);
    X509_gmtime_adj(X509_getm_notAfter(certificate), text.to);
    X509_set_pubkey(certificate, paper.key.get());
    X509_NAME* subject = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(subject, "O", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>("EX (fictional)"), -1, -1, 0);
    if (!text.name.empty()) {
      X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                                 reinterpret_cast<const unsigned char*>(text.name.c_str()), -1, -1,
                                 0);
    }
    X509_set_issuer_name(certificate, issuer != nullptr
                                          ? X509_get_subject_name(issuer->certificate.get())
                                          : subject);
    extend(certificate, NID_basic_constraints, text.is_authority ? "critical,CA:TRUE" : "CA:FALSE");
    extend(certificate, NID_ext_key_usage, text.usage);
    if (X509_sign(certificate, issuer != nullptr ? issuer->key.get() : paper.key.get(),
                  EVP_sha256()) == 0) {
      throw std::runtime_error("cannot sign a certificate");
    }
    return paper;
  }

  Paper paper_;
};

}  // namespace muster::link::test
