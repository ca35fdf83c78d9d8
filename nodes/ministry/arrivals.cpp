// SPDX-License-Identifier: Apache-2.0
#include "nodes/ministry/arrivals.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <tuple>
#include <utility>

#include "nodes/ministry/drop_names.h"
#include "nodes/ministry/status_file.h"

namespace muster::ministry {

namespace {

/// The end of a zip names its directory; behind it stands a comment of 65,535 bytes at most.
bool has_zip_directory(const Path& path, std::uint64_t size) {
  constexpr std::uint64_t kTailMax = 65'535 + 22;
  std::ifstream in(path, std::ios::binary);
  in.seekg(static_cast<std::streamoff>(size > kTailMax ? size - kTailMax : 0));
  const std::string tail(std::istreambuf_iterator<char>(in), {});
  return tail.rfind("PK\x05\x06") != std::string::npos;
}

}  // namespace

bool Arrivals::stamp_of(const Path& path, Stamp& into) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) {
    return false;
  }
  into = {.inode = status.st_ino,
          .size = static_cast<std::uint64_t>(status.st_size),
          .seconds = status.st_mtim.tv_sec,
          .nanoseconds = status.st_mtim.tv_nsec};
  return true;
}

std::vector<std::string> Arrivals::look(const Path& folder, model::UtcTime now, const Log& log) {
  std::map<std::string, Seen> standing;
  std::set<std::string> ignored;
  std::vector<std::tuple<std::int64_t, std::int64_t, std::string>> whole;
  for (const auto& path : entries_of(folder)) {
    const auto name = path.filename().string();
    if (!is_report_name(name) || name.size() > kNameBytesMax) {
      tell_ignored(name, ignored, log);
      continue;
    }
    Seen seen{.stamp = {}, .first = now, .since = now};
    if (is_status_file(path) || !stamp_of(path, seen.stamp)) {
      continue;
    }
    if (const auto before = seen_.find(name); before != seen_.end()) {
      // A clock that was set back starts the waiting anew.
      seen.first = std::min(before->second.first, now);
      const bool at_rest = before->second.stamp == seen.stamp && before->second.since <= now;
      seen.since = at_rest ? before->second.since : now;
      if (at_rest && is_whole(path, seen, now)) {
        whole.emplace_back(seen.stamp.seconds, seen.stamp.nanoseconds, name);
      }
    }
    standing.emplace(name, seen);
  }
  seen_ = std::move(standing);
  ignored_ = std::move(ignored);
  looked_at_ = now;
  std::sort(whole.begin(), whole.end());
  std::vector<std::string> names;
  for (auto& [seconds, nanoseconds, name] : whole) {
    names.push_back(std::move(name));
  }
  return names;
}

bool Arrivals::is_whole(const Path& path, const Seen& seen, model::UtcTime now) const {
  const auto rested = now - seen.since;
  return rested >= rest_ && (rested >= kHalfZipWait || !is_zip_name(path.filename().string()) ||
                             has_zip_directory(path, seen.stamp.size));
}

/// Once while the file stands there: whoever dropped it waits for a receipt that never comes.
void Arrivals::tell_ignored(const std::string& name, std::set<std::string>& ignored,
                            const Log& log) const {
  const auto why = why_ignored(name);
  if (!why.empty() && ignored.insert(name).second && !ignored_.contains(name)) {
    log(fmt::format("event=ignored file={} reason=\"{}\"", log_value(name), why));
  }
}

model::UtcTime Arrivals::oldest() const {
  auto oldest = looked_at_;
  for (const auto& [name, seen] : seen_) {
    oldest = std::min(oldest, seen.first);
  }
  return oldest;
}

}  // namespace muster::ministry
