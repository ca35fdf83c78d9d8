// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "broker/planner/legal.h"
#include "broker/planner/package_text.h"
#include "tests/support/planner_samples.h"

// What a search in another process is asked and answers: there and back, and whatever else comes.

namespace muster::planner {
namespace {

using namespace std::chrono_literals;
using model::AssemblyGoal;
using ::testing::HasSubstr;
using tests::problem_of;

/// Two lines, two nations, two units; the second unit can serve on both lines.
Problem small_problem() {
  return {.lines = {{.people_min = 80, .people_max = 90, .items = {{.kind = 3, .count = 2}}},
                    {.people_min = 40, .people_max = 40, .items = {}}},
          .units = {{.nation = 0,
                     .people = 60,
                     .staleness = 0,
                     .places = {{.line = 0, .ready_min = 600}},
                     .items = {{.kind = 3, .count = 4}, {.kind = 5, .count = 1}}},
                    {.nation = 1,
                     .people = 50,
                     .staleness = 2,
                     .places = {{.line = 0, .ready_min = 60}, {.line = 1, .ready_min = 120}},
                     .items = {}}},
          .nations = {{.people_max = UINT32_MAX, .committed = 7, .deployable = 100},
                      {.people_max = 45, .committed = 0, .deployable = 50}}};
}
constexpr auto kSmallQuestion =
    "muster-question 1\ngoal 3 time_ms 2500\n"
    "lines 2\n80 90 1 3 2\n40 40 0\n"
    "nations 2\n4294967295 7 100\n45 0 50\n"
    "units 2\n0 60 0 1 0 600 2 3 4 5 1\n1 50 2 2 0 60 1 120 0\n"
    "end\n";

Package small_package() {
  return {.slices = {{.unit = 0, .line = 0, .people = 60, .items = {{.kind = 3, .count = 2}}},
                     {.unit = 1, .line = 0, .people = 20, .items = {}},
                     {.unit = 1, .line = 1, .people = 25, .items = {}}},
          .lacking = {0, 15},
          .objectives = {{.name = "people", .value = 15, .bound = 15, .is_proven = true},
                         {.name = "burden", .value = 0.1, .bound = 0, .is_proven = false}}};
}
constexpr auto kSmallPackage =
    "muster-package 1\nslices 3\n0 0 60 1 3 2\n1 0 20 0\n1 1 25 0\n"
    "lacking 2\n0\n15\n"
    "objectives 2\npeople 15 15 1\nburden 0.1 0 0\n"
    "end\n";

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  return text.replace(text.find(what), what.size(), with);
}

TEST(PackageText, IsOneLineAThing) {
  EXPECT_EQ(to_text(small_problem(), {.goal = AssemblyGoal::balanced, .time_limit = 2500ms}),
            kSmallQuestion);
  EXPECT_EQ(to_text(small_package()), kSmallPackage);
}

TEST(PackageText, GoesThereAndBack) {
  const auto question = read_question(kSmallQuestion);
  const auto package = read_package(kSmallPackage);

  ASSERT_TRUE(question) << question.error().message;
  EXPECT_EQ(question->search.goal, AssemblyGoal::balanced);
  EXPECT_EQ(question->search.time_limit, 2500ms);
  EXPECT_EQ(to_text(question->problem, question->search), kSmallQuestion);
  ASSERT_TRUE(package) << package.error().message;
  EXPECT_EQ(package->slices, small_package().slices);
  EXPECT_EQ(package->lacking, small_package().lacking);
  EXPECT_EQ(to_text(*package), kSmallPackage);
}

TEST(PackageText, AsksForTheSamePackage) {
  for (std::uint32_t seed = 1; seed <= 12; ++seed) {
    const auto problem =
        problem_of({.units = 10 * seed, .lines = 6, .lines_a_unit = 2, .seed = seed});
    const Search search{.goal = static_cast<AssemblyGoal>(1 + seed % 3), .time_limit = 10min};
    const auto text = to_text(problem, search);

    const auto question = read_question(text);

    ASSERT_TRUE(question) << question.error().message;
    EXPECT_EQ(to_text(question->problem, question->search), text);
    const auto package = to_text(best_package(problem, search));
    EXPECT_EQ(to_text(best_package(question->problem, question->search)), package);
    const auto answer = read_package(package);
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(to_text(*answer), package);
    EXPECT_EQ(fault_of(problem, *answer), "");
  }
}

TEST(PackageText, HasRoomForTenThousandUnits) {
  const auto text = to_text(problem_of({.units = 10'000, .lines = 40, .lines_a_unit = 20}), {});

  EXPECT_LT(text.size(), kTextBytesMax / 16);
}

TEST(PackageText, IsWholeAtItsEndAlone) {
  for (const std::string text : {kSmallQuestion, kSmallPackage}) {
    EXPECT_TRUE(is_whole(text));
    for (std::size_t size = 0; size < text.size(); ++size) {
      const std::string_view part(text.data(), size);
      ASSERT_FALSE(is_whole(part)) << size;
      // The last line end says nothing that a reader needs.
      ASSERT_FALSE(read_question(part)) << size;
      ASSERT_FALSE(read_package(part)) << size;
    }
  }
}

TEST(PackageText, RefusesAQuestionOutOfBounds) {
  const auto problem_with = [](std::string_view what, std::string_view with) {
    const auto question = read_question(replaced(kSmallQuestion, what, with));
    return question ? "it was read" : question.error().message;
  };

  EXPECT_EQ(problem_with("question 1", "question 2"),
            "line 1: found 'muster-question', expected 'muster-question 1'");
  EXPECT_EQ(problem_with("goal 3", "goal 4"), "line 2: found '4', expected the number of a goal");
  EXPECT_EQ(problem_with("2500", "86400001"),
            "line 2: found '86400001', expected a number from 0 to 86400000");
  EXPECT_EQ(problem_with("80 90", "-1 90"),
            "line 4: found '-1', expected a number from 0 to 4294967295");
  EXPECT_EQ(problem_with("80 90", "80  90"),
            "line 4: found '', expected a number from 0 to 4294967295");
  EXPECT_EQ(problem_with("1 3 2\n", "1 256 2\n"),
            "line 4: found '256', expected a number from 0 to 255");
  EXPECT_EQ(problem_with("1 50 2 2", "2 50 2 2"),
            "line 11: found '2', expected a number from 0 to 1");
  EXPECT_EQ(problem_with("1 50 2 2", "1 50 3 2"),
            "line 11: found '3', expected a number from 0 to 2");
  EXPECT_EQ(problem_with("0 60 1 120", "2 60 1 120"),
            "line 11: found '2', expected a number from 0 to 1");
  EXPECT_EQ(problem_with("0 60 1 120", "1 60 1 120"),
            "line 11: found '1', expected a line after 1");
  EXPECT_EQ(problem_with("2 3 4 5 1", "2 3 4 3 1"), "line 10: found '3', expected each kind once");
  EXPECT_EQ(problem_with("end\n", "end\nend\n"), "line 13: found 'end', expected nothing more");
  EXPECT_EQ(problem_with("nations 2\n4294967295 7 100\n45 0 50\n", "nations 0\n"),
            "line 8: found '0', expected no index, since there is nothing to point at");
}

TEST(PackageText, RefusesAPackageOutOfBounds) {
  const auto problem_with = [](std::string_view what, std::string_view with) {
    const auto package = read_package(replaced(kSmallPackage, what, with));
    return package ? "it was read" : package.error().message;
  };

  EXPECT_THAT(problem_with("slices 3", "slices 4294967295"),
              HasSubstr("line 2: found '4294967295', expected a number from 0 to "));
  EXPECT_EQ(problem_with("people 15", "peace 15"),
            "line 10: found 'peace', expected the name of an objective");
  for (const auto* value : {"nan", "inf", "-1", "1e300", "0x1"}) {
    EXPECT_EQ(
        problem_with("0.1", value),
        fmt::format("line 11: found '{}', expected a value from 0 to 9007199254740992", value));
  }
  EXPECT_EQ(problem_with("0.1 0 0", "0.1 0 2"),
            "line 11: found '2', expected a number from 0 to 1");
}

TEST(PackageText, OutlivesWhateverComes) {
  std::uint32_t state = 1;
  const auto dice = [&](std::size_t sides) {
    state = state * 1'664'525U + 1'013'904'223U;
    return (state >> 8U) % sides;
  };
  int read = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string text = i % 2 == 0 ? kSmallQuestion : kSmallPackage;
    for (auto left = 1 + dice(4); left > 0; --left) {
      constexpr std::string_view kLikely = "0123456789 \nend.-";
      text[dice(text.size())] =
          dice(8) == 0 ? static_cast<char>(dice(256)) : kLikely[dice(kLikely.size())];
    }
    const auto question = read_question(text);
    const auto package = read_package(text);
    if (package) {
      ++read;
      fault_of(small_problem(), *package);
    }
    if (question) {
      ++read;
      const auto best = best_package(question->problem, {.time_limit = 0ms});
      EXPECT_EQ(fault_of(question->problem, best), "") << text;
    }
  }
  EXPECT_GT(read, 500) << "most are refused at once: nothing was tried";
}

TEST(PackageFault, IsToldOfEachKind) {
  const auto fault_with = [](const auto& change) {
    auto package = small_package();
    change(package);
    return fault_of(small_problem(), package);
  };

  EXPECT_EQ(fault_of(small_problem(), small_package()), "");
  EXPECT_EQ(fault_with([](Package& p) { p.slices[0].unit = 2; }),
            "unit 2 on line 0, of 2 units and 2 lines");
  EXPECT_EQ(fault_with([](Package& p) { p.slices[2].line = 2; }),
            "unit 1 on line 2, of 2 units and 2 lines");
  EXPECT_EQ(fault_with([](Package& p) { p.slices[2].line = 0; }),
            "unit 1 on line 0 twice or out of order");
  EXPECT_EQ(fault_with([](Package& p) { p.slices.push_back({.unit = 0, .line = 1, .people = 1}); }),
            "unit 0 on line 1 twice or out of order");
  EXPECT_EQ(fault_with([](Package& p) { p.slices = {{.unit = 0, .line = 1, .people = 1}}; }),
            "unit 0 cannot serve on line 1");
  EXPECT_EQ(fault_with([](Package& p) { p.slices[1].people = 0; }),
            "unit 1 brings nothing to line 0");
  EXPECT_EQ(fault_with([](Package& p) { p.slices[0].people = 61; }),
            "unit 0 gives 61 people of 60");
  EXPECT_EQ(fault_with([](Package& p) { p.slices[1].people = 31; }), "line 0 gets 91 people of 90");
  EXPECT_EQ(fault_with([](Package& p) { p.slices[2].people = 26; }),
            "nation 1 gives 46 people of 45");
  EXPECT_EQ(fault_with([](Package& p) { p.slices[0].items[0].count = 5; }),
            "unit 0 gives 5 items of kind 3, of 4");
  EXPECT_EQ(fault_with([](Package& p) { p.slices[0].items[0].count = 3; }),
            "line 0 gets 3 items of kind 3, of 2");
  EXPECT_EQ(fault_with([](Package& p) { p.slices[0].items.push_back({.kind = 5, .count = 1}); }),
            "line 0 gets 1 items of kind 5, of 0");
  EXPECT_EQ(fault_with([](Package& p) { p.lacking = {0}; }), "it tells what 1 lines lack, of 2");
  EXPECT_EQ(fault_with([](Package& p) { p.lacking[1] = 14; }),
            "line 1 gets 25 people and lacks 14, of 40");
  EXPECT_EQ(fault_with([](Package& p) { p.objectives.clear(); }),
            "its first objective is not that 15 people lack");
  EXPECT_EQ(fault_with([](Package& p) { p.objectives[0].value = p.objectives[0].bound = 14; }),
            "its first objective is not that 15 people lack");
  EXPECT_EQ(fault_with([](Package& p) { p.objectives[1].is_proven = true; }),
            "burden is 0.1 and proven at 0");
}

TEST(PackageFault, AgreesWithThePlainCheck) {
  std::uint32_t state = 7;
  const auto dice = [&](std::size_t sides) {
    state = state * 1'664'525U + 1'013'904'223U;
    return (state >> 8U) % sides;
  };
  int legal = 0;
  for (int i = 0; i < 5'000; ++i) {
    auto package = small_package();
    auto& slice = package.slices[dice(3)];
    slice.people = static_cast<std::uint32_t>(dice(2) == 0 ? dice(70) : slice.people);
    slice.line = static_cast<std::uint32_t>(dice(4) == 0 ? dice(2) : slice.line);
    slice.unit = static_cast<std::uint32_t>(dice(4) == 0 ? dice(2) : slice.unit);
    package.lacking[dice(2)] = static_cast<std::uint32_t>(dice(2) == 0 ? dice(60) : 15);
    auto& people = package.objectives[0];
    people.value = people.bound = package.lacking[0] + package.lacking[1];
    const auto problem = small_problem();

    const bool is_legal = fault_of(problem, package).empty();

    EXPECT_EQ(is_legal, tests::broken(problem, package).empty()) << to_text(package);
    legal += is_legal ? 1 : 0;
  }
  EXPECT_GT(legal, 10) << "none was legal: nothing was tried";
}

}  // namespace
}  // namespace muster::planner
