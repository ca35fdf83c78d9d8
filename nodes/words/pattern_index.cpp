// SPDX-License-Identifier: Apache-2.0
#include "nodes/words/pattern_index.h"

#include <algorithm>
#include <cstring>
#include <optional>

namespace muster::words {
namespace {

constexpr std::size_t kBytes = sizeof(std::uint32_t);

std::uint32_t bytes_at(std::string_view text, std::size_t at) {
  std::uint32_t bytes = 0;
  std::memcpy(&bytes, text.data() + at, kBytes);
  return bytes;
}

template <typename Visit>
void each_four(std::string_view text, const Visit& visit) {
  for (std::size_t at = 0; at + kBytes <= text.size(); ++at) {
    visit(bytes_at(text, at));
  }
}

using Counts = std::unordered_map<std::uint32_t, std::size_t>;

/// The four bytes of `pattern` that the fewest patterns have; nothing when it has no four.
std::optional<std::uint32_t> rarest(const Pattern& pattern, const Counts& counts) {
  std::optional<std::uint32_t> best;
  for (const auto& literal : pattern.literals) {
    each_four(literal, [&](std::uint32_t bytes) {
      if (!best || counts.at(bytes) < counts.at(*best)) {
        best = bytes;
      }
    });
  }
  return best;
}

}  // namespace

PatternIndex::PatternIndex(const std::vector<const Pattern*>& patterns) {
  Counts counts;
  for (const auto* pattern : patterns) {
    for (const auto& literal : pattern->literals) {
      each_four(literal, [&](std::uint32_t bytes) { ++counts[bytes]; });
    }
  }
  for (std::uint32_t i = 0; i < patterns.size(); ++i) {
    const auto bytes = rarest(*patterns[i], counts);
    (bytes ? by_bytes_[*bytes] : always_).push_back(i);
  }
}

std::vector<std::uint32_t> PatternIndex::candidates(std::string_view text) const {
  auto found = always_;
  each_four(text, [&](std::uint32_t bytes) {
    if (const auto at = by_bytes_.find(bytes); at != by_bytes_.end()) {
      found.insert(found.end(), at->second.begin(), at->second.end());
    }
  });
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace muster::words
