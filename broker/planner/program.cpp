// SPDX-License-Identifier: Apache-2.0
#include "broker/planner/program.h"

#include <coin/Cbc_C_Interface.h>
#include <coin/Clp_C_Interface.h>

#include <algorithm>
#include <cmath>
#include <coin/CoinTime.hpp>
#include <limits>
#include <utility>

namespace muster::planner {
namespace {

constexpr double kEndless = std::numeric_limits<double>::max();

/// A program in the form that both libraries take: by column.
struct Matrix {
  std::vector<CoinBigIndex> starts;
  std::vector<int> rows;
  std::vector<double> factors, costs, lows, highs, row_lows, row_highs;
};

Matrix matrix_of(const Program& program) {
  std::vector<std::vector<std::pair<int, double>>> columns(program.columns.size());
  Matrix matrix;
  for (const auto& row : program.rows) {
    for (const auto& term : row.terms) {
      columns[term.column].emplace_back(static_cast<int>(matrix.row_lows.size()),
                                        static_cast<double>(term.factor));
    }
    matrix.row_lows.push_back(static_cast<double>(row.low));
    matrix.row_highs.push_back(kEndless);
  }
  for (std::size_t i = 0; i < columns.size(); ++i) {
    matrix.starts.push_back(static_cast<CoinBigIndex>(matrix.rows.size()));
    for (const auto& [row, factor] : columns[i]) {
      matrix.rows.push_back(row);
      matrix.factors.push_back(factor);
    }
    matrix.costs.push_back(static_cast<double>(program.columns[i].cost));
    matrix.lows.push_back(static_cast<double>(program.columns[i].low));
    matrix.highs.push_back(static_cast<double>(program.columns[i].high));
  }
  matrix.starts.push_back(static_cast<CoinBigIndex>(matrix.rows.size()));
  return matrix;
}

struct CbcDeleter {
  void operator()(void* model) const { Cbc_deleteModel(static_cast<Cbc_Model*>(model)); }
};

void load(Cbc_Model* model, const Program& program) {
  const auto matrix = matrix_of(program);
  Cbc_loadProblem(model, static_cast<int>(program.columns.size()),
                  static_cast<int>(program.rows.size()), matrix.starts.data(), matrix.rows.data(),
                  matrix.factors.data(), matrix.lows.data(), matrix.highs.data(),
                  matrix.costs.data(), matrix.row_lows.data(), matrix.row_highs.data());
  for (std::size_t i = 0; i < program.columns.size(); ++i) {
    if (program.columns[i].is_whole) {
      Cbc_setInteger(model, static_cast<int>(i));
    }
  }
}

std::vector<double> values_of(const Program& program, const double* solution) {
  std::vector<double> values(solution, solution + program.columns.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (program.columns[i].is_whole) {
      values[i] = std::round(values[i]);
    }
  }
  return values;
}

}  // namespace

Deadline Deadline::in(std::chrono::milliseconds time, std::function<bool()> is_over) {
  Deadline deadline;
  deadline.at_ = CoinGetTimeOfDay() + std::chrono::duration<double>(time).count();
  deadline.is_over_ = std::move(is_over);
  return deadline;
}

double Deadline::seconds_left() const {
  return is_over_ && is_over_() ? 0.0 : std::max(0.0, at_ - CoinGetTimeOfDay());
}

Outcome solve_whole(const Program& program, const Deadline& deadline) {
  const std::unique_ptr<void, CbcDeleter> owner(Cbc_newModel());
  auto* model = static_cast<Cbc_Model*>(owner.get());
  Cbc_setLogLevel(model, 0);
  load(model, program);
  Cbc_setParameter(model, "timeMode", "elapsed");
  Cbc_setParameter(model, "randomCbcSeed", "1");
  Cbc_setParameter(model, "randomSeed", "1");
  Cbc_setParameter(model, "ratioGap", "0");
  Cbc_setParameter(model, "allowableGap", "0");
  // An assertion that fails ends the process. Two do in the release at hand (2.10.8): one of OsiClp
  // in the feasibility pump, one of Clp when the primal simplex prices by the steepest edge.
  Cbc_setParameter(model, "feasibilityPump", "off");
  Cbc_setParameter(model, "primalPivot", "dantzig");
  Cbc_setMaximumSeconds(model, deadline.seconds_left());
  Cbc_setMaximumNodes(model, program.nodes_max);
  Cbc_solve(model);

  Outcome outcome{.bound = Cbc_getBestPossibleObjValue(model)};
  if (Cbc_isProvenInfeasible(model) != 0) {
    outcome.kind = Outcome::Kind::infeasible;
    return outcome;
  }
  if (Cbc_isProvenOptimal(model) != 0) {
    outcome.kind = Outcome::Kind::optimal;
  }
  // Without whole columns there is no search, and the solution is that of the relaxation.
  const auto* solution = Cbc_bestSolution(model);
  if (solution == nullptr && outcome.kind == Outcome::Kind::optimal) {
    solution = Cbc_getColSolution(model);
  }
  if (solution != nullptr) {
    outcome.values = values_of(program, solution);
  }
  return outcome;
}

struct Relaxation::Model {
  Clp_Simplex* clp = Clp_newModel();
  std::vector<double> lows, highs, first_lows, first_highs;
  bool has_moved = false;
};

Relaxation::Relaxation(const std::vector<Column>& columns) : model_(std::make_unique<Model>()) {
  const auto matrix = matrix_of({.columns = columns, .rows = {}});
  Clp_setLogLevel(model_->clp, 0);
  Clp_loadProblem(model_->clp, static_cast<int>(columns.size()), 0, matrix.starts.data(),
                  matrix.rows.data(), matrix.factors.data(), matrix.lows.data(),
                  matrix.highs.data(), matrix.costs.data(), nullptr, nullptr);
  model_->lows = model_->first_lows = matrix.lows;
  model_->highs = model_->first_highs = matrix.highs;
}

Relaxation::~Relaxation() { Clp_deleteModel(model_->clp); }

void Relaxation::add(const Row& row) {
  const auto low = static_cast<double>(row.low);
  const double high = kEndless;
  std::vector<int> columns;
  std::vector<double> factors;
  for (const auto& term : row.terms) {
    columns.push_back(static_cast<int>(term.column));
    factors.push_back(static_cast<double>(term.factor));
  }
  const int starts[] = {0, static_cast<int>(columns.size())};
  Clp_addRows(model_->clp, 1, &low, &high, starts, columns.data(), factors.data());
}

void Relaxation::set_range(std::uint32_t column, std::int64_t low, std::int64_t high) {
  model_->lows[column] = static_cast<double>(low);
  model_->highs[column] = static_cast<double>(high);
  model_->has_moved = true;
}

void Relaxation::reset_ranges() {
  model_->lows = model_->first_lows;
  model_->highs = model_->first_highs;
  model_->has_moved = true;
}

Relaxation::Answer Relaxation::solve() {
  if (std::exchange(model_->has_moved, false)) {
    Clp_chgColumnLower(model_->clp, model_->lows.data());
    Clp_chgColumnUpper(model_->clp, model_->highs.data());
  }
  Clp_dual(model_->clp, 0);
  if (Clp_isProvenOptimal(model_->clp) != 0) {
    return Answer::optimal;
  }
  return Clp_isProvenPrimalInfeasible(model_->clp) != 0 ? Answer::infeasible : Answer::failed;
}

std::vector<double> Relaxation::values() const {
  const auto* values = Clp_getColSolution(model_->clp);
  return {values, values + Clp_getNumCols(model_->clp)};
}

std::vector<double> Relaxation::prices() const {
  const auto* prices = Clp_getRowPrice(model_->clp);
  std::vector<double> found(prices, prices + Clp_getNumRows(model_->clp));
  for (auto& price : found) {
    price = std::max(price, 0.0);
  }
  return found;
}

double Relaxation::cost() const { return Clp_getObjValue(model_->clp); }

}  // namespace muster::planner
