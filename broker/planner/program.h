// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

/// Linear programs and the solvers behind them, Clp and CBC. Nothing else knows of these libraries.
namespace muster::planner {

/// When a search has to end. The one place where a planner reads a clock: what is found in time
/// does not depend on it.
class Deadline {
 public:
  static Deadline in(std::chrono::milliseconds time, std::function<bool()> is_over = {});
  double seconds_left() const;  ///< 0 when it has passed, or `is_over` says so.
  bool has_passed() const { return seconds_left() <= 0; }

 private:
  double at_ = 0;
  std::function<bool()> is_over_;
};

struct Term {
  std::uint32_t column = 0;
  std::int64_t factor = 0;
};
/// The sum of the terms is at least `low`.
struct Row {
  std::vector<Term> terms;
  std::int64_t low = 0;
};
/// A whole number, unless `is_whole` is false.
struct Column {
  std::int64_t cost = 0, low = 0, high = 1;
  bool is_whole = true;
};
/// What costs least, with every row held. All data are integers.
struct Program {
  std::vector<Column> columns;
  std::vector<Row> rows;
  int nodes_max = 150;  ///< Of the search tree: a limit that is the same on every machine.
};

struct Outcome {
  enum class Kind : std::uint8_t {
    optimal,     ///< `values` cost least.
    infeasible,  ///< Nothing holds every row.
    stopped      ///< By a limit. `values` hold every row if there are any.
  };
  Kind kind = Kind::stopped;
  std::vector<double> values;  ///< Whole ones are rounded: check them in integers.
  double bound = 0;            ///< Nothing costs less.
};

/// Solves a program. A seam: tests and the bench look at what is solved.
using Solver = std::function<Outcome(const Program&, const Deadline&)>;

/// By CBC: one thread, fixed seeds, silent; ends at the deadline or after the program's nodes.
/// One call at a time in a process: CBC has globals.
Outcome solve_whole(const Program& program, const Deadline& deadline);

/// A program without its demand for whole numbers, which stays loaded while it grows: each solve()
/// starts from the last one. By Clp; one thread at a time.
class Relaxation {
 public:
  explicit Relaxation(const std::vector<Column>& columns);
  ~Relaxation();
  Relaxation(const Relaxation&) = delete;
  Relaxation& operator=(const Relaxation&) = delete;

  void add(const Row& row);
  void set_range(std::uint32_t column, std::int64_t low, std::int64_t high);
  void reset_ranges();  ///< To those of the columns as they came.
  enum class Answer : std::uint8_t { optimal, infeasible, failed };
  Answer solve();

  std::vector<double> values() const;
  std::vector<double> prices() const;  ///< Of each row, >= 0.
  double cost() const;

 private:
  struct Model;
  std::unique_ptr<Model> model_;
};

}  // namespace muster::planner
