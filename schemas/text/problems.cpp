// SPDX-License-Identifier: Apache-2.0
#include "schemas/text/problems.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace muster::text {
namespace {

constexpr std::size_t kShownBytesMax = 80;

/// Length of the well-formed UTF-8 character at the front of `text`, or 0. Overlong forms pass:
/// this is for display.
std::size_t character_length(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = lead < 0x80   ? 1
                             : lead < 0xc2 ? 0
                             : lead < 0xe0 ? 2
                             : lead < 0xf0 ? 3
                                           : 4;
  if (length == 0 || lead > 0xf4 || length > text.size()) {
    return 0;
  }
  const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; };
  return std::all_of(text.begin() + 1, text.begin() + static_cast<std::ptrdiff_t>(length),
                     continues)
             ? length
             : 0;
}

bool is_control(std::string_view character) {
  const auto byte = static_cast<unsigned char>(character.front());
  return byte < 0x20 || byte == 0x7f ||
         (byte == 0xc2 && static_cast<unsigned char>(character[1]) < 0xa0);
}

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

/// How many letters must be added, removed, changed or swapped with their neighbour, without regard
/// to case.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  const auto same = [&](std::size_t i, std::size_t j) { return lower(a[i - 1]) == lower(b[j - 1]); };
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        cost[i][j] = i + j;
        continue;
      }
      const std::size_t changed = cost[i - 1][j - 1] + (same(i, j) ? 0 : 1);
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, changed});
      if (i > 1 && j > 1 && same(i, j - 1) && same(i - 1, j)) {
        cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
      }
    }
  }
  return cost[a.size()][b.size()];
}

}  // namespace

Path Path::field(std::string_view name) const {
  Path below;
  below.above_ = this;
  below.name_ = name;
  return below;
}

Path Path::item(std::size_t index) const {
  Path below;
  below.above_ = this;
  below.index_ = index;
  return below;
}

std::string Path::str() const {
  if (above_ == nullptr) {
    return "the whole text";
  }
  const auto front = above_->above_ == nullptr ? std::string{} : above_->str();
  if (index_ != kNoIndex) {
    return fmt::format("{}[{}]", front, index_);
  }
  return front.empty() ? shown(name_) : fmt::format("{}.{}", front, shown(name_));
}

void Problems::add(std::string where, std::string found, std::string expected) {
  if (list_.size() > kProblemsMax) {
    return;
  }
  if (list_.size() == kProblemsMax) {
    list_.push_back({"the whole text", fmt::format("more than {} problems", kProblemsMax),
                     "mend these first; the rest is not listed"});
    return;
  }
  list_.push_back({std::move(where), std::move(found), std::move(expected)});
}

void Problems::add(const Path& where, std::string found, std::string expected) {
  add(where.str(), std::move(found), std::move(expected));
}

std::string shown(std::string_view text) {
  std::string safe;
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    const auto character = text.substr(0, std::max<std::size_t>(length, 1));
    if (safe.size() + character.size() > kShownBytesMax) {
      return safe + "...";
    }
    if (length == 0 || is_control(character)) {
      safe += '?';
    } else {
      safe += character;
    }
    text.remove_prefix(character.size());
  }
  return safe;
}

std::string quoted(std::string_view text) { return fmt::format("'{}'", shown(text)); }

std::string_view nearest(std::string_view text, std::span<const std::string_view> names) {
  constexpr std::size_t kNameBytesMax = 40;
  if (text.size() > kNameBytesMax) {
    return {};
  }
  std::string_view best;
  std::size_t best_distance = std::max<std::size_t>(text.size() / 3, 1) + 1;
  for (const auto name : names) {
    const std::size_t steps = distance(text, name);
    if (steps < best_distance && steps < name.size()) {
      best = name;
      best_distance = steps;
    }
  }
  return best;
}

}  // namespace muster::text
