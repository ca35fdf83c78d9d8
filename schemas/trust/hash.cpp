// SPDX-License-Identifier: Apache-2.0
#include "schemas/trust/hash.h"

#include <openssl/evp.h>

#include <cstdlib>
#include <memory>

namespace muster::trust {
namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

/// libcrypto uses the processor's SHA instructions where there are some: a fifth of libsodium's
/// time at 2 KB. Fetching the algorithm and making a context cost more than hashing a report, so
/// each thread does both once.
EVP_MD_CTX* thread_context() {
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  thread_local const std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
  // Without SHA-256 nothing in Muster can be trusted; there is no way on.
  if (algorithm == nullptr || context == nullptr ||
      EVP_DigestInit_ex2(context.get(), algorithm, nullptr) != 1) {
    std::abort();
  }
  return context.get();
}

}  // namespace

model::Hash sha256(std::initializer_list<model::ByteView> parts) {
  EVP_MD_CTX* context = thread_context();
  for (const auto part : parts) {
    EVP_DigestUpdate(context, part.data(), part.size());
  }
  model::Hash hash{};
  EVP_DigestFinal_ex(context, hash.data(), nullptr);
  return hash;
}

}  // namespace muster::trust
