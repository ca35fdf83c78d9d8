// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "nodes/desk/problem.h"

namespace muster::desk {

/// Problems of one file, told in the order of sheets, rows and columns however they are found. Of a
/// file that is wrong from end to end the first kProblemsMax are kept.
class ProblemList {
 public:
  static constexpr std::size_t kProblemsMax = 10'000;

  /// Where a problem belongs among the others: what has no sheet or no cell comes first.
  struct Place {
    std::uint32_t sheet = 0;
    std::uint32_t row = 0;     ///< From 1; 0 is the sheet's own.
    std::uint32_t column = 0;  ///< Likewise.
    friend auto operator<=>(const Place&, const Place&) = default;
  };

  void add(Place place, Problem problem);
  /// At a cell of the sheet number `sheet`.
  void add(std::uint32_t sheet, CellPlace cell, Problem problem);

  /// True when one that refuses was added, also one that was not kept.
  [[nodiscard]] bool refuses() const { return refuses_; }
  [[nodiscard]] std::vector<Problem> take();

 private:
  std::vector<std::pair<Place, Problem>> list_;
  std::size_t left_out_ = 0;
  bool refuses_ = false;
};

}  // namespace muster::desk
