// SPDX-License-Identifier: Apache-2.0
#include "broker/server/solver_process.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <algorithm>
#include <optional>

#include "broker/planner/legal.h"
#include "broker/planner/package_text.h"
#include "broker/server/child.h"

namespace muster::server {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

/// How soon a stop is noticed.
constexpr milliseconds kTick{50};

/// How a search that was followed to its end came to it.
enum class Ended : std::uint8_t { by_itself, late, stopped };

/// Tells the child `question` and waits for its end: by itself, or within its grace of being told
/// to.
Ended follow(Child& child, std::string_view question, const planner::Search& search,
             const SolverProcess::Setup& setup) {
  const auto deadline = steady_clock::now() + search.time_limit;
  std::optional<steady_clock::time_point> kill_at;
  bool is_stopped = false, is_told = false;
  while (true) {
    const auto now = steady_clock::now();
    if (!is_stopped && search.is_over && search.is_over()) {
      is_stopped = true;
      kill_at =
          std::min(kill_at.value_or(now + setup.grace_when_over), now + setup.grace_when_over);
    }
    if (!kill_at && now >= deadline) {
      kill_at = now + setup.grace;
    }
    // Half a question has no answer: it is told whole all the same.
    if (kill_at && !is_told && question.empty()) {
      child.end_input();
      is_told = true;
    }
    const auto next = std::min(kill_at.value_or(deadline), now + kTick);
    if (child.wait(question, std::chrono::ceil<milliseconds>(next - now))) {
      return Ended::by_itself;
    }
    if (kill_at && steady_clock::now() >= *kill_at) {
      return is_stopped ? Ended::stopped : Ended::late;
    }
  }
}

/// Why a process that ended in such a way, by itself, has not answered.
std::optional<SolverReport> reason_in(int status) {
  if (WIFSIGNALED(status)) {
    return ended_by_signal(WTERMSIG(status));
  }
  if (WEXITSTATUS(status) != 0) {
    return ended_with_code(WEXITSTATUS(status));
  }
  return std::nullopt;
}

}  // namespace

model::Result<planner::Package> SolverProcess::solve(const planner::Problem& problem,
                                                     const planner::Search& search) const {
  const auto began = steady_clock::now();
  const auto question = planner::to_text(problem, search);
  if (question.size() > planner::kTextBytesMax) {
    return fail(could_not_start(fmt::format("its question takes {} bytes, more than {}",
                                            question.size(), planner::kTextBytesMax)));
  }
  auto child = Child::start(setup_.command, planner::kTextBytesMax);
  if (!child) {
    return fail(could_not_start(child.error().message));
  }
  const auto ended = follow(*child, question, search, setup_);
  const int status = child->finish();
  if (ended == Ended::stopped) {
    return model::fail(model::ErrorCode::unavailable, "the search for a package was stopped");
  }
  const auto with_words = [&](SolverReport report) {
    report.said = child->said();
    return fail(report);
  };
  if (ended == Ended::late) {
    const auto waited = std::chrono::floor<milliseconds>(steady_clock::now() - began);
    return with_words(stayed_silent(waited.count()));
  }
  if (child->has_said_too_much()) {
    return with_words(
        answered_badly(fmt::format("it said more than {} bytes", planner::kTextBytesMax)));
  }
  if (const auto reason = reason_in(status)) {
    return with_words(*reason);
  }
  auto package = planner::read_package(child->answer());
  if (!package) {
    return with_words(answered_badly(package.error().message));
  }
  if (const auto fault = planner::fault_of(problem, *package); !fault.empty()) {
    return with_words(answered_illegally(fault));
  }
  return package;
}

model::Result<planner::Package> SolverProcess::fail(const SolverReport& report) const {
  if (setup_.on_failure) {
    setup_.on_failure(report);
  }
  return model::fail(model::ErrorCode::unavailable, report.message);
}

}  // namespace muster::server
