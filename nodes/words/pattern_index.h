// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "nodes/words/pattern.h"

namespace muster::words {

/// Finds, among thousands of patterns, the few that a text may have been made of. Each pattern is
/// kept under four bytes of it in a row that few others have; one without four is always tried.
class PatternIndex {
 public:
  PatternIndex() = default;
  /// Patterns are known by their place in the list.
  explicit PatternIndex(const std::vector<const Pattern*>& patterns);

  /// Ascending, each once.
  [[nodiscard]] std::vector<std::uint32_t> candidates(std::string_view text) const;

 private:
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> by_bytes_;
  std::vector<std::uint32_t> always_;
};

}  // namespace muster::words
