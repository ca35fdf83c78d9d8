// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "nodes/desk/orbat_scene.h"

/// Collecting what is odd about a scene. Not for other folders.
namespace muster::desk {

/// More findings than this help nobody; the last one then says that the list was cut.
inline constexpr std::size_t kFindingsMax = 100'000;

/// What a finding of this code weighs: one place for DOMAIN.md §10's table.
ImportFinding::Severity severity_of(std::string_view code);

/// Findings with the unit that they speak of, so that those of sides nobody takes can be left out.
class Findings {
 public:
  static constexpr std::size_t kFile = static_cast<std::size_t>(-1);

  /// `raw` gives place and value.
  void add(std::size_t unit, std::string_view code, const std::string& handle, const Raw& raw,
           std::string done);
  /// In the order of the file: the file's own, then by unit. `is_told` says of which units.
  [[nodiscard]] std::vector<ImportFinding> take(const std::vector<bool>& is_told);

 private:
  struct Entry {
    std::size_t unit = kFile;
    ImportFinding finding;
  };
  std::vector<Entry> entries_;
  bool is_cut_ = false;
};

}  // namespace muster::desk
