// SPDX-License-Identifier: Apache-2.0
#include "broker/server/solver_failure.h"

#include <fmt/format.h>

#include <csignal>
#include <cstring>
#include <utility>

namespace muster::server {
namespace {

/// With what to do when the search itself went wrong: it would again for the same question.
SolverReport with_advice(SolverFailure reason, const std::string& how, std::string detail = {}) {
  return {.reason = reason,
          .message = fmt::format("{}: ask with another goal or for fewer lines, and tell those who "
                                 "keep the broker; it answers everything else",
                                 how),
          .detail = std::move(detail)};
}

std::string name_of_signal(int number) {
  const char* name = ::sigabbrev_np(number);
  return name == nullptr ? std::to_string(number) : std::string("SIG") + name;
}

}  // namespace

std::string_view to_text(SolverFailure reason) {
  switch (reason) {
    case SolverFailure::not_started:
      return "not_started";
    case SolverFailure::signal:
      return "signal";
    case SolverFailure::exit_code:
      return "exit_code";
    case SolverFailure::silent:
      return "silent";
    case SolverFailure::malformed:
      return "malformed";
    case SolverFailure::illegal:
      return "illegal";
  }
  return "unknown";
}

SolverReport could_not_start(std::string detail) {
  return {.reason = SolverFailure::not_started,
          .message =
              "the search for a package could not be started: ask again, and tell those who "
              "keep the broker; it answers everything else",
          .detail = std::move(detail)};
}

SolverReport ended_by_signal(int number) {
  return with_advice(SolverFailure::signal,
                     fmt::format("the search for a package was ended by {} and gave no answer",
                                 name_of_signal(number)));
}

SolverReport ended_with_code(int code) {
  return with_advice(
      SolverFailure::exit_code,
      fmt::format("the search for a package ended with code {} and gave no answer", code));
}

SolverReport stayed_silent(std::int64_t waited_ms) {
  return with_advice(
      SolverFailure::silent,
      fmt::format("the search for a package gave no answer within {} ms and was ended", waited_ms));
}

SolverReport answered_badly(std::string detail) {
  return with_advice(SolverFailure::malformed,
                     "the search for a package answered with something else", std::move(detail));
}

SolverReport answered_illegally(std::string detail) {
  return with_advice(SolverFailure::illegal, "the search for a package found one that cannot be",
                     std::move(detail));
}

}  // namespace muster::server
