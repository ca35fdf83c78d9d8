// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "schemas/model/bytes.h"
#include "schemas/model/result.h"

namespace muster::trust {

/// An Ed25519 key pair (RFC 8032). The secret lies in locked memory and is wiped when the last copy
/// goes. Thread rule: immutable, so any thread.
class SigningKey {
 public:
  static SigningKey generate();
  /// The key that a 32-byte seed gives. For key files and for seeded exercises.
  static SigningKey from_seed(const std::array<std::uint8_t, 32>& seed);

  /// Reads the key file that save() wrote: 64 hexadecimal digits.
  /// Errors: not_found; refused when others than the owner may read it; malformed.
  static model::Result<SigningKey> load(const std::string& path);
  /// Writes the seed, readable by its owner alone.
  /// Errors: already_exists (a key is never overwritten); io.
  [[nodiscard]] model::Result<void> save(const std::string& path) const;

  [[nodiscard]] const model::PublicKey& public_key() const;
  [[nodiscard]] model::Signature sign(model::ByteView message) const;

 private:
  struct Secret;
  explicit SigningKey(std::shared_ptr<const Secret> secret) : secret_(std::move(secret)) {}
  std::shared_ptr<const Secret> secret_;
};

/// True when `signature` over `message` was made with the secret of `key`.
bool verify(const model::PublicKey& key, model::ByteView message,
            const model::Signature& signature);

/// First 16 hexadecimal digits of SHA-256 of the key: how people compare keys.
std::string fingerprint(const model::PublicKey& key);

}  // namespace muster::trust
