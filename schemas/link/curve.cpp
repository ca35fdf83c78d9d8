// SPDX-License-Identifier: Apache-2.0
#include "schemas/link/curve.h"

#include <sodium.h>

#include <algorithm>
#include <utility>

namespace muster::link {
namespace {

using model::ErrorCode;
using model::fail;

static_assert(SecretKey::kBytes == crypto_box_SECRETKEYBYTES);

// The model's reader quotes what it met, which a key's reader must not.
constexpr const char* kNotAKey =
    "a secret key is 64 hexadecimal digits that are not all zero, and this is something else";

}  // namespace

SecretKey::SecretKey(std::span<const std::uint8_t, kBytes> bytes) {
  std::ranges::copy(bytes, bytes_.begin());
}

model::Result<SecretKey> SecretKey::parse(std::string_view hex) {
  SecretKey key;
  if (!model::from_hex(hex, key.bytes_) || !key.is_set()) {
    return fail(ErrorCode::malformed, kNotAKey);
  }
  return key;
}

SecretKey::SecretKey(SecretKey&& other) noexcept : bytes_(other.bytes_) { other.wipe(); }

SecretKey& SecretKey::operator=(SecretKey&& other) noexcept {
  if (this != &other) {
    bytes_ = other.bytes_;
    other.wipe();
  }
  return *this;
}

SecretKey::~SecretKey() { wipe(); }

void SecretKey::wipe() { sodium_memzero(bytes_.data(), bytes_.size()); }

bool SecretKey::is_set() const { return sodium_is_zero(bytes_.data(), bytes_.size()) == 0; }

CurveKeyPair CurveKeyPair::generate() {
  std::array<std::uint8_t, SecretKey::kBytes> bytes{};
  CurveKeyPair pair;
  // The generator seeds itself on first use and ends the process if the machine has no randomness.
  crypto_box_keypair(pair.public_key.data(), bytes.data());
  pair.secret = SecretKey(bytes);
  sodium_memzero(bytes.data(), bytes.size());
  return pair;
}

model::Result<CurveKeyPair> CurveKeyPair::from_secret(SecretKey secret) {
  if (!secret.is_set()) {
    return fail(ErrorCode::malformed, kNotAKey);
  }
  CurveKeyPair pair{.public_key = {}, .secret = std::move(secret)};
  crypto_scalarmult_base(pair.public_key.data(), pair.secret.reveal().data());
  return pair;
}

model::Result<CurveKeyPair> CurveKeyPair::from_secret(std::string_view hex) {
  MUSTER_TRY(auto secret, SecretKey::parse(hex));
  return from_secret(std::move(secret));
}

std::string fingerprint(const model::PublicKey& key) {
  model::Hash hash{};
  crypto_hash_sha256(hash.data(), key.data(), key.size());
  return model::to_hex(model::ByteView(hash).first(8));
}

}  // namespace muster::link
