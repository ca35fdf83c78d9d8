// SPDX-License-Identifier: Apache-2.0
#include "broker/planner/swaps.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace muster::planner {

Swaps::Swaps(const Program& program, std::vector<std::uint32_t> counts)
    : program_(program),
      rows_(program.rows.size()),
      factors_(program.rows.size() * program.columns.size()),
      counts_(std::move(counts)) {
  for (std::size_t row = 0; row < rows_; ++row) {
    const auto low = program.rows[row].low;
    weights_.push_back(1.0 / static_cast<double>(std::max<std::int64_t>(std::abs(low), 1)));
    over_.push_back(-low);
    has_negative_.push_back(false);
    for (const auto& term : program.rows[row].terms) {
      has_negative_[row] = has_negative_[row] || term.factor < 0;
      factors_[term.column * rows_ + row] = term.factor;
      over_[row] += term.factor * counts_[term.column];
    }
  }
  for (std::size_t column = 0; column < counts_.size(); ++column) {
    cost_ += program.columns[column].cost * counts_[column];
  }
}

bool Swaps::holds() const {
  return std::all_of(over_.begin(), over_.end(), [](auto over) { return over >= 0; });
}

std::vector<std::uint32_t> Swaps::open_rows(std::uint32_t out) const {
  std::vector<std::uint32_t> rows;
  for (std::uint32_t row = 0; row < rows_; ++row) {
    const auto over = over_[row] - (out == kNone ? 0 : factors_of(out)[row]);
    if (over < 0 || has_negative_[row]) {
      rows.push_back(row);
    }
  }
  return rows;
}

double Swaps::lack_after(const Move& move, const std::vector<std::uint32_t>& rows) const {
  double lack = 0;
  for (const auto row : rows) {
    auto over = over_[row];
    over -= move.out == kNone ? 0 : factors_of(move.out)[row];
    over += move.in == kNone ? 0 : factors_of(move.in)[row];
    lack += over < 0 ? static_cast<double>(-over) * weights_[row] : 0;
  }
  return lack;
}

std::vector<std::uint32_t> Swaps::helpers() const {
  std::vector<std::uint32_t> helpers;
  for (std::uint32_t column = 0; column < counts_.size(); ++column) {
    if (counts_[column] >= program_.columns[column].high) {
      continue;
    }
    const auto* factors = factors_of(column);
    for (std::size_t row = 0; row < rows_; ++row) {
      if (over_[row] < 0 && factors[row] > 0) {
        helpers.push_back(column);
        break;
      }
    }
  }
  return helpers;
}

std::int64_t Swaps::cost_after(const Move& move) const {
  return cost_ - (move.out == kNone ? 0 : program_.columns[move.out].cost) +
         (move.in == kNone ? 0 : program_.columns[move.in].cost);
}

void Swaps::make(const Move& move) {
  cost_ = cost_after(move);
  for (std::size_t row = 0; row < rows_; ++row) {
    over_[row] -= move.out == kNone ? 0 : factors_of(move.out)[row];
    over_[row] += move.in == kNone ? 0 : factors_of(move.in)[row];
  }
  if (move.out != kNone) {
    --counts_[move.out];
  }
  if (move.in != kNone) {
    ++counts_[move.in];
  }
}

bool Swaps::mend(std::int64_t below) {
  // What only rounding makes smaller is not smaller: else exchanges could go round in circles.
  auto least = lack_after({}, open_rows(kNone)) * (1 - 1e-9);
  const auto ins = helpers();
  Move best;
  const auto consider = [&](std::uint32_t out) {
    const auto rows = open_rows(out);
    for (const auto in : ins) {
      const Move move{.out = out, .in = in};
      if (out == in || cost_after(move) >= below) {
        continue;
      }
      if (const auto lack = lack_after(move, rows); lack < least) {
        least = lack;
        best = move;
      }
    }
  };
  consider(kNone);
  for (std::uint32_t out = 0; out < counts_.size(); ++out) {
    if (counts_[out] > 0) {
      consider(out);
    }
  }
  if (best.in == kNone) {
    return false;
  }
  make(best);
  return true;
}

}  // namespace muster::planner
