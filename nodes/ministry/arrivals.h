// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "nodes/ministry/files.h"
#include "schemas/model/time.h"

namespace muster::ministry {

/// How long a zip whose directory is missing is taken for one that is still being copied.
inline constexpr std::chrono::seconds kHalfZipWait{30};

/// What stands in a drop folder, and which of it is whole: a file that is at rest, which is the
/// same file of the same size and time at two looks, `rest` apart at least; a zip must have its
/// directory too, or have been at rest for kHalfZipWait. Thread rule: one thread.
class Arrivals {
 public:
  using Log = std::function<void(std::string_view line)>;

  explicit Arrivals(std::chrono::milliseconds rest) : rest_(rest) {}

  /// Looks, and names the files that may be claimed in the order in which they are to be published:
  /// by the time of their last change, then by name. Tells once of a file that never will be.
  std::vector<std::string> look(const Path& folder, model::UtcTime now, const Log& log);

  /// It was claimed, and is not waited for any more.
  void forget(const std::string& name) { seen_.erase(name); }

  /// Files that the last look found and that may yet be claimed.
  [[nodiscard]] std::size_t count() const { return seen_.size(); }
  /// When the oldest of them was first seen; the time of the last look when there is none.
  [[nodiscard]] model::UtcTime oldest() const;

 private:
  struct Stamp {
    std::uint64_t inode = 0, size = 0;
    std::int64_t seconds = 0, nanoseconds = 0;  // Of the last change.
    friend bool operator==(const Stamp&, const Stamp&) = default;
  };
  struct Seen {
    Stamp stamp;
    model::UtcTime first{};  // When the name was first met.
    model::UtcTime since{};  // When it was first met with this stamp.
  };
  static bool stamp_of(const Path& path, Stamp& into);
  [[nodiscard]] bool is_whole(const Path& path, const Seen& seen, model::UtcTime now) const;
  void tell_ignored(const std::string& name, std::set<std::string>& ignored, const Log& log) const;

  const std::chrono::milliseconds rest_;
  model::UtcTime looked_at_{};
  std::map<std::string, Seen> seen_;
  std::set<std::string> ignored_;  // Names that were told of, while their files stand there.
};

}  // namespace muster::ministry
