// SPDX-License-Identifier: Apache-2.0
#include "nodes/ministry/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

namespace muster::ministry {

using model::ErrorCode;
using model::fail;
using model::Result;

namespace {

tl::unexpected<model::Error> failed(const char* what, const Path& path) {
  return fail(ErrorCode::io,
              fmt::format("cannot {} {}: {}", what, path.string(), std::strerror(errno)));
}

/// A file descriptor that closes itself.
class File {
 public:
  File(const Path& path, int flags) : fd_(::open(path.c_str(), flags | O_CLOEXEC, 0660)) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (fd_ >= 0) {
      ::close(fd_);
    }
  }
  explicit operator bool() const { return fd_ >= 0; }
  [[nodiscard]] int fd() const { return fd_; }
  [[nodiscard]] bool write_and_sync(std::string_view text) const {
    while (!text.empty()) {
      const ssize_t written = ::write(fd_, text.data(), text.size());
      if (written < 0 && errno == EINTR) {
        continue;
      }
      if (written <= 0) {
        return false;
      }
      text.remove_prefix(static_cast<std::size_t>(written));
    }
    return ::fsync(fd_) == 0;
  }
  /// Bytes read; 0 at the end, below 0 when the disk refuses.
  [[nodiscard]] ssize_t read(char* into, std::size_t size) const {
    ssize_t got = 0;
    do {
      got = ::read(fd_, into, size);
    } while (got < 0 && errno == EINTR);
    return got;
  }

 private:
  int fd_;
};

Result<void> sync_folder(const Path& folder) {
  const File file(folder, O_RDONLY | O_DIRECTORY);
  if (!file || ::fsync(file.fd()) != 0) {
    return failed("sync", folder);
  }
  return {};
}

/// Kept hidden, so that nobody takes it for a file that was dropped.
Path temporary(const Path& path) {
  return path.parent_path() / ("." + path.filename().string() + ".tmp");
}

/// What tells that a file was written to.
struct Stamp {
  bool is_regular = false;
  std::uint64_t size = 0;
  std::int64_t seconds = 0, nanoseconds = 0;
  friend bool operator==(const Stamp&, const Stamp&) = default;
};

Stamp stamp_of(const File& file) {
  struct stat status {};
  if (::fstat(file.fd(), &status) != 0) {
    return {};
  }
  return {.is_regular = S_ISREG(status.st_mode),
          .size = static_cast<std::uint64_t>(status.st_size),
          .seconds = status.st_mtim.tv_sec,
          .nanoseconds = status.st_mtim.tv_nsec};
}

/// Not blocking, because a named pipe must be refused rather than waited for; no link is followed.
constexpr int kReadOnly = O_RDONLY | O_NONBLOCK | O_NOFOLLOW;

/// Succeeds when `from` was moved before.
Result<void> rename_only(const Path& from, const Path& to) {
  if (::rename(from.c_str(), to.c_str()) == 0) {
    return {};
  }
  const int reason = errno;
  if (reason == ENOENT && ::access(to.c_str(), F_OK) == 0) {
    return {};
  }
  errno = reason;
  return failed("move", from);
}

bool ends_without_newline(const Path& path) {
  std::ifstream in(path, std::ios::binary | std::ios::ate);
  if (!in || in.tellg() <= 0) {
    return false;
  }
  in.seekg(-1, std::ios::end);
  return in.get() != '\n';
}

}  // namespace

Result<void> make_folder(const Path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    return fail(ErrorCode::io,
                fmt::format("cannot make folder {}: {}", folder.string(), error.message()));
  }
  return {};
}

Result<void> make_writable_folder(const Path& folder) {
  MUSTER_CHECK(make_folder(folder));
  const Path probe = folder / ".muster-probe.tmp";
  if (!File(probe, O_WRONLY | O_CREAT | O_TRUNC)) {
    return failed("write in", folder);
  }
  ::unlink(probe.c_str());
  return sync_folder(folder);
}

Result<void> write_file(const Path& path, std::string_view text) {
  const Path aside = temporary(path);
  const File file(aside, O_WRONLY | O_CREAT | O_TRUNC);
  if (!file || !file.write_and_sync(text)) {
    return failed("write", aside);
  }
  return move_file(aside, path);
}

Result<void> append_line(const Path& path, std::string_view line) {
  const char* const before = ends_without_newline(path) ? "\n" : "";
  const File file(path, O_WRONLY | O_CREAT | O_APPEND);
  if (!file || !file.write_and_sync(fmt::format("{}{}\n", before, line))) {
    return failed("write", path);
  }
  return sync_folder(path.parent_path());
}

Result<void> write_aside(const Path& path, std::string_view text) {
  const File file(path, O_WRONLY | O_CREAT | O_TRUNC);
  return file && file.write_and_sync(text) ? Result<void>() : failed("write", path);
}

Result<void> sync_file(const Path& path) {
  const File file(path, O_RDONLY);
  return file && ::fsync(file.fd()) == 0 ? Result<void>() : failed("sync", path);
}

Result<void> move_file(const Path& from, const Path& to) { return move_files({{from, to}}); }

Result<void> move_files(const std::vector<std::pair<Path, Path>>& moves) {
  std::vector<Path> folders;
  const auto touch = [&](const Path& folder) {
    if (std::find(folders.begin(), folders.end(), folder) == folders.end()) {
      folders.push_back(folder);
    }
  };
  for (const auto& [from, to] : moves) {
    MUSTER_CHECK(rename_only(from, to));
    touch(to.parent_path());
  }
  // Where something came to be is synced before where it was: at worst it stands in both.
  for (const auto& [from, to] : moves) {
    touch(from.parent_path());
  }
  for (const auto& folder : folders) {
    MUSTER_CHECK(sync_folder(folder));
  }
  return {};
}

bool is_gone(const Path& path) {
  struct stat unused {};
  return ::lstat(path.c_str(), &unused) != 0 && errno == ENOENT;
}

Result<void> remove_file(const Path& path) { return remove_files({path}); }

Result<void> remove_files(const std::vector<Path>& paths) {
  for (const auto& path : paths) {
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
      return failed("remove", path);
    }
  }
  return paths.empty() ? Result<void>() : sync_folder(paths.front().parent_path());
}

Result<std::string> read_file(const Path& path, std::uint64_t bytes_max) {
  const File file(path, kReadOnly);
  if (!file) {
    return failed("read", path);
  }
  const auto before = stamp_of(file);
  if (!before.is_regular) {
    return fail(ErrorCode::malformed, "this is no regular file");
  }
  if (before.size > bytes_max) {
    return fail(ErrorCode::malformed,
                fmt::format("the file has {} bytes, expected at most {}", before.size, bytes_max));
  }
  std::string text(before.size, '\0');
  std::size_t filled = 0;
  while (filled < text.size()) {
    const auto got = file.read(text.data() + filled, text.size() - filled);
    if (got < 0) {
      return failed("read", path);
    }
    if (got == 0) {
      break;
    }
    filled += static_cast<std::size_t>(got);
  }
  if (filled != before.size || stamp_of(file) != before) {
    return fail(ErrorCode::unavailable,
                fmt::format("{} was changed while it was read", path.string()));
  }
  return text;
}

Result<bool> still_holds(const Path& path, std::string_view content) {
  const File file(path, kReadOnly);
  if (!file) {
    return failed("read", path);
  }
  std::vector<char> part(std::size_t{1} << 18U);
  while (true) {
    const auto got = file.read(part.data(), part.size());
    if (got < 0) {
      return failed("read", path);
    }
    const auto size = static_cast<std::size_t>(got);
    if (size == 0) {
      return content.empty();
    }
    if (size > content.size() || std::memcmp(part.data(), content.data(), size) != 0) {
      return false;
    }
    content.remove_prefix(size);
  }
}

}  // namespace muster::ministry
