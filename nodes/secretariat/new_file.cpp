// SPDX-License-Identifier: Apache-2.0
#include "nodes/secretariat/new_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace muster::secretariat {

model::Result<void> write_new_file(const std::string& path, std::string_view text) {
  errno = 0;
  std::FILE* file = std::fopen(path.c_str(), "wx");  // Fails where there is one.
  if (file == nullptr) {
    const auto code = errno == EEXIST ? model::ErrorCode::already_exists : model::ErrorCode::io;
    return model::fail(code, std::strerror(errno));
  }
  const bool is_written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  const int why = errno;
  if (std::fclose(file) != 0 || !is_written) {
    const int reason = is_written ? errno : why;
    std::remove(path.c_str());
    return model::fail(model::ErrorCode::io, std::strerror(reason));
  }
  return {};
}

}  // namespace muster::secretariat
