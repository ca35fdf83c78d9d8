// SPDX-License-Identifier: Apache-2.0
// What a report and a question cost as the force grows, and as its history does. One point a run:
// how many units there are and how many words each has said.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "broker/server/broker.h"
#include "tests/bench/force_broker.h"
#include "tests/bench/must.h"
#include "tests/bench/questions.h"

namespace muster::bench {
namespace {

struct Point {
  std::string curve = "units";
  std::uint32_t units = 1'000, days = 1, batches = 400;
  double seconds = 2;
};

Point parse(int argc, char** argv) {
  Point point;
  CLI::App app("The cost of a report and of a question at one size of the force.");
  app.add_option("--curve", point.curve, "Name of the curve that the point belongs to");
  app.add_option("--units", point.units, "Units of the force")->check(CLI::Range(1, 9'999'999));
  app.add_option("--days", point.days, "Reports of each unit, one a day")
      ->check(CLI::Range(1, 4000));
  app.add_option("--batches", point.batches, "Batches of 256 reports to decide and evolve")
      ->check(CLI::Range(1, 100'000));
  app.add_option("--seconds", point.seconds, "Time to ask questions")
      ->check(CLI::Range(0.1, 600.0));
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::exit(app.exit(error) == 0 ? 0 : 64);
  }
  return point;
}

void run(const Point& point) {
  const auto today = std::chrono::floor<std::chrono::days>(server::system_now());
  const Force force{
      .units = point.units, .days = point.days, .first = today - std::chrono::days(point.days + 1)};
  ForceBroker broker(force);
  const auto context = must(link::Context::create());
  const auto client = broker.connect(*context);
  check_answer("muster", ask(*client, {}), right_answer(force, {}));
  const auto timed = time_questions([&](std::size_t) { ask(*client, {}); }, point.seconds);
  const auto report_ns = broker.stop_and_report(point.batches);

  const auto& loaded = broker.loaded();
  const nlohmann::ordered_json result{
      {"curve", point.curve},         {"units", point.units},
      {"days", point.days},           {"words", loaded.words},
      {"report_ns", report_ns},       {"questions", timed.questions},
      {"query_p50_us", timed.p50_us}, {"query_p99_us", timed.p99_us},
      {"bytes", loaded.bytes},        {"fill_seconds", loaded.fill_seconds}};
  fmt::print("{}\n", result.dump());
}

}  // namespace
}  // namespace muster::bench

int main(int argc, char** argv) { muster::bench::run(muster::bench::parse(argc, argv)); }
