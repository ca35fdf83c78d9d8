// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "broker/planner/package.h"
#include "broker/server/solver_failure.h"
#include "schemas/model/result.h"

namespace muster::server {

/// Searches for a package in a process of its own, one for each question: an assertion of the
/// solver that fails ends that process, and not the bus. solver_worker.h is its other side.
///
/// The process has one socket, its standard input and output, and another, its standard error; of
/// the broker's other descriptors none. While its input is open it may search; when the time is
/// over or `is_over` says so the input ends, and it answers with the best that it has. What does
/// not answer then, within a grace, is killed. Nothing here waits for longer, and what was
/// started has ended when solve() returns, however it returns.
///
/// Thread rule: one thread, since the process ends with the thread that started it.
class SolverProcess {
 public:
  struct Setup {
    /// What is started: the program's path, then its arguments. This very program, even when
    /// another release has been installed over it meanwhile.
    std::vector<std::string> command{"/proc/self/exe", "--solve-package"};
    /// For the last step of a search whose time is over: with 10,000 units on 40 lines a step takes
    /// two seconds and more.
    std::chrono::milliseconds grace{10'000};
    /// The same for one that `is_over` ends, whose answer is seldom wanted: a broker that stops
    /// waits for no more than this.
    std::chrono::milliseconds grace_when_over{2000};
    std::function<void(const SolverReport&)> on_failure{};
  };
  explicit SolverProcess(Setup setup) : setup_(std::move(setup)) {}

  /// As planner::best_package(), and a package of the problem, whatever the process says.
  /// Errors: unavailable when there is none, for a reason that `on_failure` was told first; and
  /// without a reason when `is_over` ended a search that gave no answer within its grace.
  [[nodiscard]] model::Result<planner::Package> solve(const planner::Problem& problem,
                                                      const planner::Search& search) const;

 private:
  [[nodiscard]] model::Result<planner::Package> fail(const SolverReport& report) const;

  Setup setup_;
};

}  // namespace muster::server
