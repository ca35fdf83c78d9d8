// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "schemas/link/curve.h"

namespace muster::link {
namespace {

using model::ErrorCode;
using model::fail;
using std::filesystem::path;

constexpr std::size_t kDigits = 2 * SecretKey::kBytes;

/// A file descriptor that closes itself.
class File {
 public:
  explicit File(int fd) : fd_(fd) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (fd_ >= 0) {
      ::close(fd_);
    }
  }
  [[nodiscard]] int fd() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }

 private:
  int fd_;
};

/// Text that held a key: digits, a newline, and one more place to notice a longer file.
struct KeyText {
  std::array<char, kDigits + 2> text{};
  std::size_t size = 0;
  KeyText() = default;
  KeyText(const KeyText&) = delete;
  KeyText& operator=(const KeyText&) = delete;
  ~KeyText() { sodium_memzero(text.data(), text.size()); }
};

tl::unexpected<model::Error> io_error(const char* what, const path& file) {
  return fail(ErrorCode::io,
              fmt::format("cannot {} key file {}: {}", what, file.string(), std::strerror(errno)));
}

bool write_all(int fd, const char* data, std::size_t size) {
  while (size > 0) {
    const ssize_t written = ::write(fd, data, size);
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written <= 0) {
      return false;
    }
    data += written;
    size -= static_cast<std::size_t>(written);
  }
  return true;
}

bool read_up_to_full(int fd, KeyText& into) {
  while (into.size < into.text.size()) {
    const ssize_t got = ::read(fd, into.text.data() + into.size, into.text.size() - into.size);
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0) {
      return false;
    }
    if (got == 0) {
      break;
    }
    into.size += static_cast<std::size_t>(got);
  }
  return true;
}

bool write_key(int fd, const SecretKey& secret) {
  KeyText text;
  sodium_bin2hex(text.text.data(), text.text.size(), secret.reveal().data(), SecretKey::kBytes);
  text.text[kDigits] = '\n';
  // The mode is set again because the umask may have taken even the owner's rights away.
  return ::fchmod(fd, S_IRUSR | S_IWUSR) == 0 && write_all(fd, text.text.data(), kDigits + 1) &&
         ::fsync(fd) == 0;
}

/// A file exists after a power cut only if its directory was synced too.
bool sync_directory_of(const path& file) {
  const path parent = file.has_parent_path() ? file.parent_path() : path(".");
  const File directory(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return directory && ::fsync(directory.fd()) == 0;
}

model::Result<void> check_private(int fd, const path& file) {
  struct stat info{};
  if (::fstat(fd, &info) != 0) {
    return io_error("examine", file);
  }
  if (!S_ISREG(info.st_mode)) {
    return fail(ErrorCode::malformed, fmt::format("key file {} is not a file", file.string()));
  }
  const unsigned mode = info.st_mode & 07777U;
  if ((mode & 077U) != 0) {
    return fail(ErrorCode::refused,
                fmt::format("key file {} has mode {:04o}, so others than its owner can touch it; "
                            "if nobody has read it, run: chmod 600 {}",
                            file.string(), mode, file.string()));
  }
  return {};
}

}  // namespace

model::Result<void> save_secret_key(const path& file, const SecretKey& secret) {
  if (!secret.is_set()) {
    return fail(ErrorCode::malformed, "there is no secret key to save");
  }
  const File out(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (!out && errno == EEXIST) {
    return fail(ErrorCode::already_exists,
                fmt::format("key file {} exists and is never overwritten; choose another name, or "
                            "move the old key away first",
                            file.string()));
  }
  if (!out) {
    return io_error("create", file);
  }
  if (!write_key(out.fd(), secret) || !sync_directory_of(file)) {
    auto error = io_error("write", file);
    ::unlink(file.c_str());
    return error;
  }
  return {};
}

model::Result<SecretKey> load_secret_key(const path& file) {
  // Not blocking, because a named pipe at this path must be refused rather than waited for.
  const File in(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!in && errno == ENOENT) {
    return fail(ErrorCode::not_found, fmt::format("there is no key file {}", file.string()));
  }
  if (!in) {
    return io_error("open", file);
  }
  MUSTER_CHECK(check_private(in.fd(), file));
  KeyText text;
  if (!read_up_to_full(in.fd(), text)) {
    return io_error("read", file);
  }
  if (text.size == kDigits + 1 && text.text[kDigits] == '\n') {
    --text.size;
  }
  auto key = SecretKey::parse({text.text.data(), text.size});
  if (!key) {
    return tl::unexpected(with_context(std::move(key).error(), "key file " + file.string()));
  }
  return key;
}

}  // namespace muster::link
