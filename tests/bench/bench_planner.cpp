// SPDX-License-Identifier: Apache-2.0
// What the best force package costs beside CBC alone on the same problem (P10).
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <nlohmann/json.hpp>

#include "broker/planner/assembly.h"
#include "tests/bench/driver.h"
#include "tests/support/planner_plain.h"
#include "tests/support/planner_samples.h"

namespace muster::bench {
namespace {

using Clock = std::chrono::steady_clock;
using tests::PlainAim;

struct Options {
  std::uint32_t units = 2'000, lines = 40, runs = 3, seed = 1, limit_ms = 10'000;
};

Options parse(int argc, char** argv) {
  Options options;
  CLI::App app("The best force package beside CBC alone: one JSON line a run and side.");
  app.add_option("--units", options.units, "Units that could serve")->check(CLI::Range(1, 100'000));
  app.add_option("--lines", options.lines, "Lines of the requirement")->check(CLI::Range(1, 1000));
  app.add_option("--runs", options.runs, "Problems, each with a seed of its own")
      ->check(CLI::Range(1, 99));
  app.add_option("--seed", options.seed, "Of the first problem");
  app.add_option("--limit-ms", options.limit_ms, "Time limit of each side, for a problem")
      ->check(CLI::Range(1, 600'000));
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::exit(app.exit(error) == 0 ? 0 : 64);
  }
  return options;
}

double seconds_since(Clock::time_point began) {
  return std::chrono::duration<double>(Clock::now() - began).count();
}

nlohmann::ordered_json as_json(const planner::Objective& objective) {
  return {{"name", objective.name},
          {"value", objective.value},
          {"bound", objective.bound},
          {"proven", objective.is_proven}};
}

/// One side's answer to one problem.
struct Side {
  double seconds = 0, cbc_seconds = 0;
  int cbc_calls = 0;
  std::vector<planner::Objective> objectives;
};

void print(const char* rival, std::uint32_t run, const Options& options, const Side& side) {
  nlohmann::ordered_json line{{"figure", "P10"},
                              {"rival", rival},
                              {"run", run},
                              {"units", options.units},
                              {"lines", options.lines},
                              {"seconds", side.seconds},
                              {"cbc_seconds", side.cbc_seconds},
                              {"cbc_calls", side.cbc_calls},
                              {"objectives", nlohmann::ordered_json::array()}};
  for (const auto& objective : side.objectives) {
    line["objectives"].push_back(as_json(objective));
  }
  fmt::print("{}\n", line.dump());
  std::fflush(stdout);
}

/// The whole call, with the time that it spends in CBC.
Side ours(const planner::Problem& problem, const Options& options, planner::Package& package) {
  Side side;
  const planner::Solver timed = [&](const planner::Program& program,
                                    const planner::Deadline& deadline) {
    const auto began = Clock::now();
    auto outcome = planner::solve_whole(program, deadline);
    side.cbc_seconds += seconds_since(began);
    ++side.cbc_calls;
    return outcome;
  };
  const auto began = Clock::now();
  package = planner::best_package(
      problem, {.time_limit = std::chrono::milliseconds(options.limit_ms)}, timed);
  side.seconds = seconds_since(began);
  side.objectives = package.objectives;
  if (const auto why = tests::broken(problem, package); !why.empty()) {
    fail("The package is not legal: " + why);
  }
  return side;
}

std::uint64_t value_of(const planner::Package& package, const std::string& name) {
  for (const auto& objective : package.objectives) {
    if (objective.name == name) {
      return static_cast<std::uint64_t>(objective.value);
    }
  }
  fail("There is no objective " + name);
}

/// CBC alone, on the objectives that are not settled by flows. It is told what the package brings
/// and when, and for each objective what those before it came to, so that it solves what the
/// package was found for; only the time inside it counts.
Side cbc_alone(const planner::Problem& problem, const Options& options,
               const planner::Package& package) {
  Side side;
  const auto brought = tests::brought_by(problem, package);
  tests::Settled settled{.hour = static_cast<std::uint32_t>(value_of(package, "hour"))};
  double left = options.limit_ms / 1000.0;
  const auto solve = [&](PlainAim aim, const char* name) {
    const auto program = tests::plain_program(problem, brought, settled, aim);
    const auto time = std::chrono::milliseconds(static_cast<std::int64_t>(1000 * left));
    planner::Objective objective{.name = name, .value = -1};  // None was found.
    if (time.count() > 0) {
      const auto began = Clock::now();
      const auto outcome = planner::solve_whole(program, planner::Deadline::in(time));
      const auto took = seconds_since(began);
      left -= took;
      side.seconds += took;
      ++side.cbc_calls;
      objective.is_proven = outcome.kind == planner::Outcome::Kind::optimal;
      objective.bound = outcome.bound;
      for (std::size_t i = 0; i < outcome.values.size(); ++i) {
        objective.value = std::max(objective.value, 0.0) +
                          static_cast<double>(program.columns[i].cost) * outcome.values[i];
      }
    }
    side.objectives.push_back(objective);
  };
  solve(PlainAim::units, "units");
  settled.units = value_of(package, "units");
  solve(PlainAim::burden, "burden");
  settled.burden = value_of(package, "burden");
  solve(PlainAim::freshness, "freshness");
  side.cbc_seconds = side.seconds;
  return side;
}

void run(const Options& options) {
  for (std::uint32_t i = 0; i < options.runs; ++i) {
    const auto problem = tests::problem_of(
        {.units = options.units, .lines = options.lines, .seed = options.seed + i});
    planner::Package package;
    print("muster", i + 1, options, ours(problem, options, package));
    print("cbc", i + 1, options, cbc_alone(problem, options, package));
  }
}

}  // namespace
}  // namespace muster::bench

int main(int argc, char** argv) { muster::bench::run(muster::bench::parse(argc, argv)); }
