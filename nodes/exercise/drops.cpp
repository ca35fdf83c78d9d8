// SPDX-License-Identifier: Apache-2.0
#include "nodes/exercise/drops.h"

#include <fmt/format.h>

#include <fstream>
#include <thread>
#include <utility>

namespace muster::exercise {

using model::ErrorCode;
using model::fail;
namespace fs = std::filesystem;

namespace {

bool is_there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

/// processed/ has a folder for each day.
bool is_processed(const Dropped& file) {
  std::error_code error;
  for (fs::directory_iterator day(file.folder / "processed", error), end; !error && day != end;
       day.increment(error)) {
    if (is_there(day->path() / file.name)) {
      return true;
    }
  }
  return false;
}

bool is_rejected(const Dropped& file) { return is_there(file.folder / "rejected" / file.name); }

}  // namespace

model::Result<void> drop(const Dropped& file, const std::string& text) {
  const auto part = file.folder / (file.name + ".part");
  std::ofstream out(part, std::ios::binary);
  out << text;
  out.close();
  std::error_code error;
  fs::rename(part, file.folder / file.name, error);
  if (!out || error) {
    return fail(ErrorCode::io,
                fmt::format("{}: cannot be written", (file.folder / file.name).string()));
  }
  return {};
}

bool is_used(const Dropped& file) {
  return is_there(file.folder / file.name) || is_there(file.folder / "work" / file.name) ||
         is_processed(file) || is_rejected(file);
}

model::Result<bool> is_published(const Dropped& file) {
  if (is_rejected(file)) {
    return fail(ErrorCode::refused,
                fmt::format("{} rejected {}: read {}", file.node.view(), file.name,
                            (file.folder / "rejected" / (file.name + ".findings.txt")).string()));
  }
  return is_processed(file);
}

model::Result<void> wait_until_published(std::vector<Dropped> waiting,
                                         std::chrono::seconds wait_max,
                                         const std::function<void(const Dropped&)>& on_published) {
  const auto deadline = std::chrono::steady_clock::now() + wait_max;
  while (true) {
    for (auto file = waiting.begin(); file != waiting.end();) {
      MUSTER_TRY(const bool done, is_published(*file));
      if (done) {
        on_published(*file);
      }
      file = done ? waiting.erase(file) : file + 1;
    }
    if (waiting.empty()) {
      return {};
    }
    if (std::chrono::steady_clock::now() > deadline) {
      return fail(
          ErrorCode::timed_out,
          fmt::format(
              "{} did not publish {} within {} s: is muster-node running for it, and the broker?",
              waiting.front().node.view(), waiting.front().name, wait_max.count()));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

}  // namespace muster::exercise
