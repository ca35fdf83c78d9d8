// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "schemas/model/bytes.h"
#include "schemas/model/result.h"

namespace muster::link {

/// A Curve25519 secret key. Each copy is overwritten with zeros before its memory is given back.
/// It cannot be printed, and no error message of this layer quotes any part of it.
class SecretKey {
 public:
  static constexpr std::size_t kBytes = 32;

  /// Not set: no socket takes it.
  SecretKey() = default;
  explicit SecretKey(std::span<const std::uint8_t, kBytes> bytes);
  /// Errors: malformed unless `hex` is 64 hexadecimal digits that are not all zero.
  static model::Result<SecretKey> parse(std::string_view hex);

  SecretKey(const SecretKey&) = default;
  SecretKey& operator=(const SecretKey&) = default;
  /// The key moved from is wiped.
  SecretKey(SecretKey&& other) noexcept;
  SecretKey& operator=(SecretKey&& other) noexcept;
  ~SecretKey();

  [[nodiscard]] bool is_set() const;
  /// The key itself, for those who must compute with it. Never log, never copy to a string.
  [[nodiscard]] model::ByteView reveal() const { return bytes_; }

 private:
  void wipe();
  std::array<std::uint8_t, kBytes> bytes_{};
};

/// A transport key: it proves one hop, broker to node. It signs nothing.
struct CurveKeyPair {
  model::PublicKey public_key{};
  SecretKey secret{};

  /// A fresh pair from the operating system's randomness.
  static CurveKeyPair generate();
  /// Derives the public key.
  /// Errors: malformed if `secret` is not set.
  static model::Result<CurveKeyPair> from_secret(SecretKey secret);
  /// The same from 64 hexadecimal digits. Errors: malformed.
  static model::Result<CurveKeyPair> from_secret(std::string_view hex);
};

/// Writes a new key file, mode 0600: 64 hexadecimal digits and a newline, synced to the disk.
/// Errors: malformed if `secret` is not set, already_exists if there is anything at `path` (a key
/// is never overwritten), io with the reason.
model::Result<void> save_secret_key(const std::filesystem::path& path, const SecretKey& secret);

/// Reads a key file.
/// Errors: not_found, refused if its group or others may touch it (the message has the command that
/// mends it), malformed, io.
model::Result<SecretKey> load_secret_key(const std::filesystem::path& path);

/// A short name of a public key for people and logs: the first 16 hexadecimal digits of its
/// SHA-256. Good for telling keys apart, not for authorising one.
std::string fingerprint(const model::PublicKey& key);

}  // namespace muster::link
