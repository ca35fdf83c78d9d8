// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace muster::server {

/// Why a search in a process of its own gave no package. Labels of a metric: a closed set.
enum class SolverFailure : std::uint8_t {
  not_started,  ///< There is no process, or none that can be waited for.
  signal,       ///< An assertion of the solver, a crash, or somebody's kill.
  exit_code,    ///< It gave up by itself: its memory was over, or it could not read the question.
  silent,       ///< It had to be ended, some time after its own was over.
  malformed,    ///< What it said is no package.
  illegal,      ///< What it said is no package of this problem.
};
inline constexpr std::array kSolverFailures{SolverFailure::not_started, SolverFailure::signal,
                                            SolverFailure::exit_code,   SolverFailure::silent,
                                            SolverFailure::malformed,   SolverFailure::illegal};
std::string_view to_text(SolverFailure reason);

/// One search that failed, for the log and the metrics.
struct SolverReport {
  SolverFailure reason = SolverFailure::not_started;
  std::string message;   ///< For the asker: what happened, and what to do.
  std::string detail{};  ///< For the log alone: what exactly, where that is known.
  std::string said{};    ///< For the log alone: the end of what it wrote to its standard error.
};

SolverReport could_not_start(std::string detail);
SolverReport ended_by_signal(int number);
SolverReport ended_with_code(int code);
SolverReport stayed_silent(std::int64_t waited_ms);
SolverReport answered_badly(std::string detail);
SolverReport answered_illegally(std::string detail);

}  // namespace muster::server
