// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "broker/planner/program.h"

namespace muster::planner {

/// A choice that is mended by single exchanges, one column up by one and another one down.
class Swaps {
 public:
  Swaps(const Program& program, std::vector<std::uint32_t> counts);

  /// Makes the exchange (or takes one more) that leaves least lacking in all rows together, if less
  /// lacks than before and the cost stays below `below`. False when there is none.
  bool mend(std::int64_t below);
  bool holds() const;  ///< Whether every row does.
  std::int64_t cost() const { return cost_; }
  const std::vector<std::uint32_t>& counts() const { return counts_; }

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  struct Move {
    std::uint32_t out = kNone, in = kNone;
  };
  const std::int64_t* factors_of(std::uint32_t column) const { return &factors_[column * rows_]; }
  /// The rows that a column going up could still help or hurt once `out` has gone down.
  std::vector<std::uint32_t> open_rows(std::uint32_t out) const;
  /// What would lack in `rows`, each measured by what it asks for.
  double lack_after(const Move& move, const std::vector<std::uint32_t>& rows) const;
  /// Columns that can go up and help a row that does not hold.
  std::vector<std::uint32_t> helpers() const;
  std::int64_t cost_after(const Move& move) const;
  void make(const Move& move);

  const Program& program_;
  std::size_t rows_;
  std::vector<std::int64_t> factors_;  ///< Row by row of the first column, then of the next.
  std::vector<std::int64_t> over_;     ///< By how much each row holds.
  std::vector<double> weights_;
  std::vector<bool> has_negative_;  ///< Rows that a column going up can break.
  std::vector<std::uint32_t> counts_;
  std::int64_t cost_ = 0;
};

}  // namespace muster::planner
