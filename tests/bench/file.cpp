// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include <fmt/format.h>

#include "tests/bench/driver.h"

namespace muster::bench {
namespace {

[[noreturn]] void fail_at(std::string_view what, const std::filesystem::path& path) {
  fail(fmt::format("cannot {} {}: {}", what, path.string(), std::strerror(errno)));
}

}  // namespace

AppendFile::AppendFile(std::filesystem::path path) : path_(std::move(path)) {
  fd_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0600);
  if (fd_ < 0) {
    fail_at("make", path_);
  }
}

AppendFile::~AppendFile() {
  ::close(fd_);
  ::unlink(path_.c_str());
}

void AppendFile::append_synced(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd_, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) {
      fail_at("write to", path_);
    }
    if (written > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  if (::fdatasync(fd_) != 0) {
    fail_at("sync", path_);
  }
}

}  // namespace muster::bench
