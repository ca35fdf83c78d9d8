// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>

namespace muster::bench {

/// A file that is only appended to, and removed at the end. What the bare rivals call durable.
class AppendFile {
 public:
  /// Makes `path`, which must not exist; ends the run if it cannot.
  explicit AppendFile(std::filesystem::path path);
  AppendFile(const AppendFile&) = delete;
  AppendFile& operator=(const AppendFile&) = delete;
  ~AppendFile();

  /// Appends the bytes and waits for the disk: one write, one fdatasync.
  void append_synced(std::string_view bytes);

 private:
  std::filesystem::path path_;
  int fd_;
};

}  // namespace muster::bench
