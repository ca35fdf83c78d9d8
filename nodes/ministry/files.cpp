// SPDX-License-Identifier: Apache-2.0
#include "nodes/ministry/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

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
      if (written <= 0) {
        return false;
      }
      text.remove_prefix(static_cast<std::size_t>(written));
    }
    return ::fsync(fd_) == 0;
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

Result<void> move_file(const Path& from, const Path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) {
    const int reason = errno;
    const bool moved_before = reason == ENOENT && ::access(to.c_str(), F_OK) == 0;
    if (!moved_before) {
      errno = reason;
      return failed("move", from);
    }
  }
  MUSTER_CHECK(sync_folder(to.parent_path()));
  return from.parent_path() == to.parent_path() ? Result<void>() : sync_folder(from.parent_path());
}

bool is_gone(const Path& path) {
  struct stat unused{};
  return ::lstat(path.c_str(), &unused) != 0 && errno == ENOENT;
}

Result<void> remove_file(const Path& path) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
    return failed("remove", path);
  }
  return sync_folder(path.parent_path());
}

Result<std::string> read_file(const Path& path, std::uint64_t bytes_max) {
  std::ifstream in(path, std::ios::binary | std::ios::ate);
  if (!in) {
    return failed("read", path);
  }
  const auto size = static_cast<std::uint64_t>(in.tellg());
  if (size > bytes_max) {
    return fail(ErrorCode::malformed,
                fmt::format("{} bytes, expected at most {}", size, bytes_max));
  }
  in.seekg(0);
  std::string text(std::istreambuf_iterator<char>(in), {});
  return in.bad() ? failed("read", path) : Result<std::string>(std::move(text));
}

}  // namespace muster::ministry
