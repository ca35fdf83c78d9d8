// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/text/report_json.h"

/// Collecting what is wrong with a text, and saying it in plain words.
namespace muster::text {

/// More problems than this help nobody; the last one then says that the list was cut.
inline constexpr std::size_t kProblemsMax = 1000;

/// Where a reader stands: "statements[3].present". Lives on the stack and points at the place above
/// it, so that no text is built unless there is a problem to report.
class Path {
 public:
  Path() = default;
  [[nodiscard]] Path field(std::string_view name) const;
  [[nodiscard]] Path item(std::size_t index) const;
  /// "the whole text" for the root.
  [[nodiscard]] std::string str() const;

 private:
  static constexpr std::size_t kNoIndex = static_cast<std::size_t>(-1);

  const Path* above_ = nullptr;
  std::string_view name_;         // Of a field.
  std::size_t index_ = kNoIndex;  // Of an item.
};

class Problems {
 public:
  void add(std::string where, std::string found, std::string expected);
  void add(const Path& where, std::string found, std::string expected);
  [[nodiscard]] bool empty() const { return list_.empty(); }
  [[nodiscard]] std::vector<TextProblem> take() { return std::move(list_); }

 private:
  std::vector<TextProblem> list_;
};

/// `text` fit for a message: at most 80 bytes, control characters and broken UTF-8 shown as '?'.
std::string shown(std::string_view text);
/// The same in quotes.
std::string quoted(std::string_view text);

/// The name of `names` that was most likely meant by `text`, or nothing when none is near. Case is
/// ignored.
std::string_view nearest(std::string_view text, std::span<const std::string_view> names);

}  // namespace muster::text
