// SPDX-License-Identifier: Apache-2.0
#include "broker/planner/package_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bitset>
#include <charconv>
#include <cmath>
#include <iterator>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

namespace muster::planner {
namespace {

constexpr std::string_view kQuestion = "muster-question 1";
constexpr std::string_view kPackage = "muster-package 1";
constexpr std::string_view kEnd = "\nend\n";
constexpr std::array<std::string_view, 7> kObjectives{"people",  "equipment", "hour",     "units",
                                                      "nations", "burden",    "freshness"};
/// Whole numbers up to here have a double of their own.
constexpr double kValueMax = 9'007'199'254'740'992.0;
constexpr std::int64_t kTimeMaxMs = 24 * 3'600'000;

using Text = fmt::memory_buffer;

template <typename... Parts>
void add(Text& text, fmt::format_string<Parts...> form, Parts&&... parts) {
  fmt::format_to(std::back_inserter(text), form, std::forward<Parts>(parts)...);
}

void add_items(Text& text, const std::vector<Items>& items) {
  add(text, " {}", items.size());
  for (const auto& one : items) {
    add(text, " {} {}", one.kind, one.count);
  }
  add(text, "\n");
}

/// Reads word after word. After the first that is wrong all that is read is nothing, and `problem`
/// says what was wrong.
class Reader {
 public:
  explicit Reader(std::string_view text) : left_(text) {}

  void expect(std::string_view words) {
    if (!problem_.empty()) {
      return;
    }
    if (!left_.starts_with(words) || left_.size() == words.size() ||
        !is_blank(left_[words.size()])) {
      return fail(next_word(), fmt::format("'{}'", words));
    }
    left_.remove_prefix(words.size());
    skip_blank();
  }
  void expect_nothing_more() {
    if (!left_.empty()) {
      fail(next_word(), "nothing more");
    }
  }

  std::string_view word() {
    const auto found = next_word();
    left_.remove_prefix(found.size());
    skip_blank();
    return found;
  }
  /// From 0 to `max`.
  std::uint64_t number(std::uint64_t max) {
    const auto found = next_word();
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(found.data(), found.data() + found.size(), value);
    if (found.empty() || error != std::errc{} || end != found.data() + found.size() ||
        value > max) {
      fail(found, fmt::format("a number from 0 to {}", max));
      return 0;
    }
    word();
    return problem_.empty() ? value : 0;
  }
  template <typename T>
  T number() {
    return static_cast<T>(number(std::uint64_t{std::numeric_limits<T>::max()}));
  }
  /// The index of one of `count` things.
  std::uint32_t index(std::size_t count) {
    if (count == 0) {
      fail(next_word(), "no index, since there is nothing to point at");
      return 0;
    }
    return static_cast<std::uint32_t>(number(count - 1));
  }
  /// How many things follow: each takes at least two bytes, so that a count alone costs no memory.
  std::size_t count() { return static_cast<std::size_t>(number(left_.size() / 2)); }
  double value() {
    const auto found = next_word();
    double value = 0;
    const auto [end, error] = std::from_chars(found.data(), found.data() + found.size(), value);
    if (found.empty() || error != std::errc{} || end != found.data() + found.size() ||
        !std::isfinite(value) || value < 0 || value > kValueMax) {
      fail(found, fmt::format("a value from 0 to {}", kValueMax));
      return 0;
    }
    word();
    return problem_.empty() ? value : 0;
  }

  void fail(std::string_view found, std::string expected) {
    if (problem_.empty()) {
      constexpr std::size_t kShown = 40;
      problem_ =
          fmt::format("line {}: found '{}', expected {}", line_, found.substr(0, kShown), expected);
      left_ = {};
    }
  }
  [[nodiscard]] bool is_good() const { return problem_.empty(); }
  template <typename T>
  model::Result<T> result(T value) const {
    if (!problem_.empty()) {
      return model::fail(model::ErrorCode::malformed, problem_);
    }
    return value;
  }

 private:
  static bool is_blank(char c) { return c == ' ' || c == '\n'; }
  [[nodiscard]] std::string_view next_word() const {
    return left_.substr(0, std::min(left_.find_first_of(" \n"), left_.size()));
  }
  /// One: two of them have an empty word between them, which nothing expects.
  void skip_blank() {
    if (!left_.empty()) {
      line_ += left_.front() == '\n' ? 1 : 0;
      left_.remove_prefix(1);
    }
  }

  std::string_view left_;
  std::string problem_;
  std::size_t line_ = 1;
};

/// Things of which `read` reads one, up to the first that is wrong.
template <typename T, typename Read>
std::vector<T> read_each(Reader& reader, const Read& read) {
  std::vector<T> things;
  for (auto left = reader.count(); left > 0 && reader.is_good(); --left) {
    things.push_back(read());
  }
  return things;
}

std::vector<Items> read_items(Reader& reader) {
  std::bitset<256> seen;
  return read_each<Items>(reader, [&] {
    Items items{.kind = reader.number<std::uint8_t>()};
    if (seen.test(items.kind)) {
      reader.fail(fmt::to_string(items.kind), "each kind once");
    }
    seen.set(items.kind);
    items.count = reader.number<std::uint32_t>();
    return items;
  });
}

Line read_line(Reader& reader) {
  Line line;
  line.people_min = reader.number<std::uint32_t>();
  line.people_max = reader.number<std::uint32_t>();
  line.items = read_items(reader);
  return line;
}

Nation read_nation(Reader& reader) {
  Nation nation;
  nation.people_max = reader.number<std::uint32_t>();
  nation.committed = reader.number<std::uint32_t>();
  nation.deployable = reader.number<std::uint32_t>();
  return nation;
}

Unit read_unit(Reader& reader, const Problem& problem) {
  Unit unit;
  unit.nation = reader.index(problem.nations.size());
  unit.people = reader.number<std::uint32_t>();
  unit.staleness = static_cast<std::uint8_t>(reader.number(2));
  std::optional<std::uint32_t> last;
  unit.places = read_each<Place>(reader, [&] {
    Place place{.line = reader.index(problem.lines.size())};
    if (last && place.line <= *last) {
      reader.fail(fmt::to_string(place.line), fmt::format("a line after {}", *last));
    }
    last = place.line;
    place.ready_min = reader.number<std::uint32_t>();
    return place;
  });
  unit.items = read_items(reader);
  return unit;
}

Slice read_slice(Reader& reader) {
  Slice slice;
  slice.unit = reader.number<std::uint32_t>();
  slice.line = reader.number<std::uint32_t>();
  slice.people = reader.number<std::uint32_t>();
  slice.items = read_items(reader);
  return slice;
}

Objective read_objective(Reader& reader) {
  Objective objective;
  objective.name = reader.word();
  if (std::find(kObjectives.begin(), kObjectives.end(), objective.name) == kObjectives.end()) {
    reader.fail(objective.name, "the name of an objective");
  }
  objective.value = reader.value();
  objective.bound = reader.value();
  objective.is_proven = reader.number(1) == 1;
  return objective;
}

/// GOAL is the number of the goal, as it stands on the wire.
model::AssemblyGoal read_goal(Reader& reader) {
  const auto found = reader.number<std::uint8_t>();
  const auto goal = static_cast<model::AssemblyGoal>(found);
  if (!model::is_known(goal)) {
    reader.fail(fmt::to_string(found), "the number of a goal");
  }
  return goal;
}

}  // namespace

std::string to_text(const Problem& problem, const Search& search) {
  Text text;
  add(text, "{}\ngoal {} time_ms {}\n", kQuestion, static_cast<unsigned>(search.goal),
      std::clamp<std::int64_t>(search.time_limit.count(), 0, kTimeMaxMs));
  add(text, "lines {}\n", problem.lines.size());
  for (const auto& line : problem.lines) {
    add(text, "{} {}", line.people_min, line.people_max);
    add_items(text, line.items);
  }
  add(text, "nations {}\n", problem.nations.size());
  for (const auto& nation : problem.nations) {
    add(text, "{} {} {}\n", nation.people_max, nation.committed, nation.deployable);
  }
  add(text, "units {}\n", problem.units.size());
  for (const auto& unit : problem.units) {
    add(text, "{} {} {} {}", unit.nation, unit.people, unit.staleness, unit.places.size());
    for (const auto& place : unit.places) {
      add(text, " {} {}", place.line, place.ready_min);
    }
    add_items(text, unit.items);
  }
  add(text, "end\n");
  return fmt::to_string(text);
}

std::string to_text(const Package& package) {
  Text text;
  add(text, "{}\nslices {}\n", kPackage, package.slices.size());
  for (const auto& slice : package.slices) {
    add(text, "{} {} {}", slice.unit, slice.line, slice.people);
    add_items(text, slice.items);
  }
  add(text, "lacking {}\n", package.lacking.size());
  for (const auto people : package.lacking) {
    add(text, "{}\n", people);
  }
  add(text, "objectives {}\n", package.objectives.size());
  for (const auto& objective : package.objectives) {
    add(text, "{} {} {} {}\n", objective.name, objective.value, objective.bound,
        objective.is_proven ? 1 : 0);
  }
  add(text, "end\n");
  return fmt::to_string(text);
}

bool is_whole(std::string_view text) { return text.ends_with(kEnd); }

model::Result<Question> read_question(std::string_view text) {
  Reader reader(text);
  Question question;
  auto& problem = question.problem;
  reader.expect(kQuestion);
  reader.expect("goal");
  question.search.goal = read_goal(reader);
  reader.expect("time_ms");
  question.search.time_limit = std::chrono::milliseconds(reader.number(kTimeMaxMs));
  reader.expect("lines");
  problem.lines = read_each<Line>(reader, [&] { return read_line(reader); });
  reader.expect("nations");
  problem.nations = read_each<Nation>(reader, [&] { return read_nation(reader); });
  reader.expect("units");
  problem.units = read_each<Unit>(reader, [&] { return read_unit(reader, problem); });
  reader.expect("end");
  reader.expect_nothing_more();
  return reader.result(std::move(question));
}

model::Result<Package> read_package(std::string_view text) {
  Reader reader(text);
  Package package;
  reader.expect(kPackage);
  reader.expect("slices");
  package.slices = read_each<Slice>(reader, [&] { return read_slice(reader); });
  reader.expect("lacking");
  package.lacking =
      read_each<std::uint32_t>(reader, [&] { return reader.number<std::uint32_t>(); });
  reader.expect("objectives");
  package.objectives = read_each<Objective>(reader, [&] { return read_objective(reader); });
  reader.expect("end");
  reader.expect_nothing_more();
  return reader.result(std::move(package));
}

}  // namespace muster::planner
