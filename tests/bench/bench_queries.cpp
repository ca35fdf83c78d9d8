// SPDX-License-Identifier: Apache-2.0
// Combined strength by three keys, asked of Muster and of PostgreSQL about the same force: P5 now,
// P6 as of random instants of the past. Both are checked against the right answer before they are
// timed, and in each repetition they are neighbours in time.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <nlohmann/json.hpp>

#include "broker/server/broker.h"
#include "tests/bench/force_broker.h"
#include "tests/bench/must.h"
#include "tests/bench/postgres.h"
#include "tests/bench/questions.h"

namespace muster::bench {
namespace {

struct Asked {
  std::string figure = "P5";
  std::uint32_t units = 100'000, days = 1, runs = 5;
  double seconds = 2;
  std::uint64_t seed = 1;
  std::string postgres_folder;
  std::uint16_t postgres_port = 5432;
  [[nodiscard]] bool is_past() const { return figure == "P6"; }
};

Asked parse(int argc, char** argv) {
  Asked asked;
  CLI::App app("Combined strength by three keys: Muster beside PostgreSQL.");
  app.add_option("--figure", asked.figure, "P5 asks as of now, P6 as of the past")
      ->check(CLI::IsMember({"P5", "P6"}));
  app.add_option("--units", asked.units, "Units of the force")->check(CLI::Range(1, 9'999'999));
  app.add_option("--days", asked.days, "Reports of each unit, one a day")
      ->check(CLI::Range(1, 4000));
  app.add_option("--runs", asked.runs, "Repetitions")->check(CLI::Range(1, 99));
  app.add_option("--seconds", asked.seconds, "Time to ask each side in a repetition")
      ->check(CLI::Range(0.1, 600.0));
  app.add_option("--seed", asked.seed, "Seed of the instants");
  app.add_option("--postgres-folder", asked.postgres_folder, "Folder of PostgreSQL's unix socket")
      ->required();
  app.add_option("--postgres-port", asked.postgres_port, "Port that the socket is named after");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::exit(app.exit(error) == 0 ? 0 : 64);
  }
  return asked;
}

/// The last report is a day old at least, so that it is past for the broker's clock as well.
Force force_of(const Asked& asked) {
  const auto today = std::chrono::floor<std::chrono::days>(server::system_now());
  return {
      .units = asked.units, .days = asked.days, .first = today - std::chrono::days(asked.days + 1)};
}

using Instant = std::optional<model::UtcTime>;

/// As of when questions are asked: of now, or of instants that are the same for both sides.
class Instants {
 public:
  Instants(const Asked& asked, const Force& force, std::uint64_t seed) {
    if (asked.is_past()) {
      instants_ = instants(force, seed, kCount);
    }
  }
  [[nodiscard]] Instant at(std::size_t question) const {
    return instants_.empty() ? Instant{} : Instant{instants_[question % instants_.size()]};
  }
  /// How many of them are worth a check.
  [[nodiscard]] std::size_t checks() const { return instants_.empty() ? 1 : kChecks; }

 private:
  static constexpr std::size_t kCount = 1024, kChecks = 8;
  std::vector<model::UtcTime> instants_;
};

/// One side of the comparison, ready to be asked.
struct Side {
  std::string name;
  std::function<model::StrengthAnswer(Instant)> ask;
  pid_t server = 0;
  nlohmann::ordered_json notes;  ///< Goes into each of its results.
};

void check(const Side& side, const Asked& asked, const Force& force) {
  const Instants moments(asked, force, asked.seed);
  for (std::size_t i = 0; i < moments.checks(); ++i) {
    check_answer(side.name, side.ask(moments.at(i)), right_answer(force, moments.at(i)));
  }
}

/// What the compiler must not leave out: the answer itself.
Timed timed(const Side& side, const Instants& moments, double seconds) {
  return time_questions(
      [&](std::size_t i) {
        if (side.ask(moments.at(i)).rows.empty()) {
          fail(side.name + " gave an empty answer");
        }
      },
      seconds);
}

/// The fastest way, after each was tried for a moment and checked. `tried` names all of them.
Postgres::Way fastest(Postgres& postgres, const Asked& asked, const Force& force,
                      nlohmann::ordered_json& tried) {
  const auto ways = asked.is_past() ? Postgres::ways_history() : Postgres::ways_newest();
  const Instants moments(asked, force, asked.seed);
  const Side side{
      "PostgreSQL", [&](Instant as_of) { return postgres.ask(as_of); }, postgres.pid(), {}};
  std::vector<double> taken;
  for (const auto& way : ways) {
    postgres.use(way);
    check_answer(way.name, postgres.ask(moments.at(0)), right_answer(force, moments.at(0)));
    taken.push_back(timed(side, moments, std::min(0.5, asked.seconds)).p50_us);
    tried[way.name] = taken.back();
  }
  return ways.at(
      static_cast<std::size_t>(std::min_element(taken.begin(), taken.end()) - taken.begin()));
}

Side postgres_side(Postgres& postgres, const Asked& asked, const Force& force) {
  if (asked.is_past()) {
    postgres.fill_history(force);
  } else {
    postgres.fill_newest(force);
  }
  nlohmann::ordered_json tried;
  const auto way = fastest(postgres, asked, force, tried);
  postgres.use(way);
  return {"postgres",
          [&](Instant as_of) { return postgres.ask(as_of); },
          postgres.pid(),
          {{"version", postgres.version()}, {"way", way.name}, {"ways_us", tried}}};
}

Side muster_side(client::QueryClient& client, const ForceBroker& broker) {
  const auto& loaded = broker.loaded();
  return {"muster",
          [&](Instant as_of) { return ask(client, as_of); },
          broker.pid(),
          {{"words", loaded.words},
           {"bytes", loaded.bytes},
           {"bytes_per_word", loaded.bytes_per_word},
           {"fill_seconds", loaded.fill_seconds}}};
}

/// Asks for one repetition and prints what it took. The server's CPU time is shown beside the
/// clock, because others at work on the machine lengthen the one and hardly the other.
void measure(const Asked& asked, const Side& side, const Force& force, std::uint32_t run) {
  const auto before = cpu_seconds_of(side.server);
  const auto taken = timed(side, Instants(asked, force, asked.seed + run), asked.seconds);
  const auto after = cpu_seconds_of(side.server);
  nlohmann::ordered_json result{
      {"figure", asked.figure}, {"rival", side.name},     {"run", run},
      {"units", asked.units},   {"days", asked.days},     {"questions", taken.questions},
      {"p50_us", taken.p50_us}, {"p99_us", taken.p99_us}, {"cpu_us", nullptr}};
  if (before && after) {
    result["cpu_us"] = (*after - *before) * 1e6 / static_cast<double>(taken.questions);
  }
  result.update(side.notes);
  fmt::print("{}\n", result.dump());
  std::fflush(stdout);  // The script shows how far we are.
}

void run(const Asked& asked) {
  const auto force = force_of(asked);
  const ForceBroker broker(force);
  const auto context = must(link::Context::create());
  const auto client = broker.connect(*context);
  Postgres postgres(asked.postgres_folder, asked.postgres_port);
  const std::array sides{muster_side(*client, broker), postgres_side(postgres, asked, force)};
  for (const auto& side : sides) {
    check(side, asked, force);
    static_cast<void>(timed(side, Instants(asked, force, asked.seed), asked.seconds / 10));
  }
  for (std::uint32_t number = 1; number <= asked.runs; ++number) {
    for (const auto& side : sides) {
      measure(asked, side, force, number);
    }
  }
}

}  // namespace
}  // namespace muster::bench

int main(int argc, char** argv) { muster::bench::run(muster::bench::parse(argc, argv)); }
