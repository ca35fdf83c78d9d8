// SPDX-License-Identifier: Apache-2.0
#include "schemas/trust/signing.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "schemas/trust/hash.h"

namespace muster::trust {

using model::ErrorCode;
using model::fail;

namespace {

using Seed = std::array<std::uint8_t, crypto_sign_SEEDBYTES>;

void require_sodium() {
  static const bool ready = sodium_init() >= 0;
  if (!ready) {
    std::abort();
  }  // Without a source of randomness no key may be made.
}

/// A file descriptor that closes itself.
class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  ~File() {
    if (descriptor_ >= 0) {
      ::close(descriptor_);
    }
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  [[nodiscard]] int get() const { return descriptor_; }

 private:
  int descriptor_;
};

model::Result<std::string> read_key_text(const std::string& path) {
  const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) {
    const auto code = errno == ENOENT ? ErrorCode::not_found : ErrorCode::io;
    return fail(code, fmt::format("key file {}: {}. Make one with: muster keys generate", path,
                                  std::strerror(errno)));
  }
  struct stat status{};
  if (::fstat(file.get(), &status) == 0 && (status.st_mode & 077) != 0) {
    return fail(
        ErrorCode::refused,
        fmt::format("key file {}: others may read it (mode {:o}). Protect it with: chmod 600 {}",
                    path, status.st_mode & 0777, path));
  }
  char buffer[128];
  const auto size = ::read(file.get(), buffer, sizeof buffer);
  if (size < 0) {
    return fail(ErrorCode::io, fmt::format("key file {}: {}", path, std::strerror(errno)));
  }
  std::string text(buffer, static_cast<std::size_t>(size));
  sodium_memzero(buffer, sizeof buffer);
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) {
    text.pop_back();
  }
  return text;
}

}  // namespace

struct SigningKey::Secret {
  Seed seed{};
  std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> expanded{};
  model::PublicKey public_key{};

  explicit Secret(const Seed& from) : seed(from) {
    require_sodium();
    sodium_mlock(this, sizeof *this);
    crypto_sign_seed_keypair(public_key.data(), expanded.data(), seed.data());
  }
  ~Secret() { sodium_munlock(this, sizeof *this); }  // Wipes as well.
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
};

SigningKey SigningKey::generate() {
  require_sodium();
  Seed seed;
  randombytes_buf(seed.data(), seed.size());
  auto key = from_seed(seed);
  sodium_memzero(seed.data(), seed.size());
  return key;
}

SigningKey SigningKey::from_seed(const Seed& seed) {
  return SigningKey(std::make_shared<const Secret>(seed));
}

model::Result<SigningKey> SigningKey::load(const std::string& path) {
  MUSTER_TRY(auto text, read_key_text(path));
  Seed seed;
  const auto read = model::from_hex(text, seed);
  sodium_memzero(text.data(), text.size());
  if (!read) {
    return fail(ErrorCode::malformed,
                fmt::format("key file {}: expected 64 hexadecimal digits and nothing else", path));
  }
  auto key = from_seed(seed);
  sodium_memzero(seed.data(), seed.size());
  return key;
}

model::Result<void> SigningKey::save(const std::string& path) const {
  const File file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (file.get() < 0) {
    const auto code = errno == EEXIST ? ErrorCode::already_exists : ErrorCode::io;
    return fail(code, fmt::format("key file {}: {}. A key is never overwritten", path,
                                  std::strerror(errno)));
  }
  auto text = model::to_hex(secret_->seed) + "\n";
  const bool written =
      ::write(file.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
      ::fsync(file.get()) == 0;
  sodium_memzero(text.data(), text.size());
  if (!written) {
    return fail(ErrorCode::io, fmt::format("key file {}: {}", path, std::strerror(errno)));
  }
  return {};
}

const model::PublicKey& SigningKey::public_key() const { return secret_->public_key; }

model::Signature SigningKey::sign(model::ByteView message) const {
  model::Signature signature{};
  crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(),
                       secret_->expanded.data());
  return signature;
}

bool verify(const model::PublicKey& key, model::ByteView message,
            const model::Signature& signature) {
  require_sodium();
  return crypto_sign_verify_detached(signature.data(), message.data(), message.size(),
                                     key.data()) == 0;
}

std::string fingerprint(const model::PublicKey& key) {
  return model::to_hex(sha256(key)).substr(0, 16);
}

}  // namespace muster::trust
