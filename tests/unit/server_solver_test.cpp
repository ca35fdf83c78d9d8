// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <thread>

#include "broker/planner/package_text.h"
#include "broker/server/child.h"
#include "broker/server/solver_process.h"
#include "tests/support/planner_samples.h"

// The search in a process of its own: the broker's own worker, and workers that fail in all ways.

namespace muster::server {
namespace {

using namespace std::chrono_literals;
using model::ErrorCode;
using planner::Package;
using std::chrono::steady_clock;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr auto kAdvice =
    ": ask with another goal or for fewer lines, and tell those who keep the broker; it answers "
    "everything else";
/// What no search of a test takes, so that it decides nothing.
constexpr auto kLong = 10min;
constexpr auto kPatience = 20s;

planner::Problem one_line_one_unit() {
  return {.lines = {{.people_min = 10, .people_max = 10, .items = {}}},
          .units = {{.nation = 0,
                     .people = 10,
                     .staleness = 0,
                     .places = {{.line = 0, .ready_min = 60}},
                     .items = {}}},
          .nations = {{.people_max = UINT32_MAX, .committed = 0, .deployable = 10}}};
}
constexpr auto kTenPeople =
    R"(muster-package 1\nslices 1\n0 0 10 0\nlacking 1\n0\nobjectives 1\npeople 0 0 1\nend\n)";

class SolverTest : public ::testing::Test {
 protected:
  SolverProcess solver(std::vector<std::string> command, std::chrono::milliseconds grace = 20s) {
    return SolverProcess(
        {.command = std::move(command),
         .grace = grace,
         .grace_when_over = grace,
         .on_failure = [this](const SolverReport& report) { failures_.push_back(report); }});
  }
  SolverProcess shell(const std::string& script, std::chrono::milliseconds grace = 20s) {
    return solver({"/bin/sh", "-c", script}, grace);
  }
  SolverProcess worker(std::chrono::milliseconds grace = 20s) {
    return solver({MUSTER_BROKER, "--solve-package"}, grace);
  }
  /// What the asker is told by a worker that is such a script; "" when it has answered.
  std::string refusal(const SolverProcess& process, std::chrono::milliseconds time = kLong) {
    const auto package = process.solve(one_line_one_unit(), {.time_limit = time});
    EXPECT_THAT(failures_, SizeIs(package ? 0 : 1));
    if (package) {
      return {};
    }
    EXPECT_EQ(package.error().code, ErrorCode::unavailable);
    EXPECT_EQ(failures_.front().message, package.error().message);
    return package.error().message;
  }
  void TearDown() override {
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1) << "a child is left";
    EXPECT_EQ(errno, ECHILD);
  }

  std::vector<SolverReport> failures_;
};

std::string with_advice(const std::string& how) {
  return "the search for a package " + how + kAdvice;
}

// ---- the worker of the broker -------------------------------------------------------------------

TEST_F(SolverTest, AnswersAsTheSearchInThisProcessDoes) {
  const auto process = worker();
  for (std::uint32_t seed = 1; seed <= 6; ++seed) {
    const auto problem =
        tests::problem_of({.units = 15 * seed, .lines = 2 + seed, .lines_a_unit = 2, .seed = seed});
    const planner::Search search{.goal = static_cast<model::AssemblyGoal>(1 + seed % 3),
                                 .time_limit = kLong};

    const auto package = process.solve(problem, search);

    ASSERT_TRUE(package) << package.error().message;
    EXPECT_EQ(to_text(*package), to_text(planner::best_package(problem, search)));
  }
  EXPECT_THAT(failures_, IsEmpty());
}

TEST_F(SolverTest, AnswersWithTheBestThatItHasWhenTheTimeIsOver) {
  const auto problem = tests::problem_of({});

  const auto package = worker().solve(problem, {.time_limit = 0ms});

  ASSERT_TRUE(package) << package.error().message;
  EXPECT_EQ(package->lacking, planner::lacking(problem));
  EXPECT_FALSE(package->objectives.back().is_proven);
}

TEST_F(SolverTest, AnswersWithTheBestThatItHasWhenItIsStopped) {
  const auto problem = tests::problem_of({});

  const auto package =
      worker().solve(problem, {.time_limit = kLong, .is_over = [] { return true; }});

  ASSERT_TRUE(package) << package.error().message;
  EXPECT_EQ(package->lacking, planner::lacking(problem));
  EXPECT_FALSE(package->objectives.back().is_proven);
}

/// The children of this process, from whichever thread they were started.
std::vector<pid_t> children() {
  std::vector<pid_t> found;
  for (const auto& thread : std::filesystem::directory_iterator("/proc/self/task")) {
    std::ifstream list(thread.path() / "children");
    found.insert(found.end(), std::istream_iterator<pid_t>(list), {});
  }
  return found;
}

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool eventually(const std::function<bool()>& condition) {
  const auto deadline = steady_clock::now() + kPatience;
  while (!condition()) {
    if (steady_clock::now() > deadline) {
      return false;
    }
    std::this_thread::sleep_for(1ms);
  }
  return true;
}

/// Waits for the end of `child`, which is told nothing more, and how it ended.
int end_of(Child& child) {
  std::string_view nothing;
  const auto deadline = steady_clock::now() + kPatience;
  while (!child.wait(nothing, 1s) && steady_clock::now() < deadline) {
  }
  return child.finish();
}

TEST_F(SolverTest, HasAWorkerThatAsksForLessThanTheBroker) {
  auto child = Child::start({MUSTER_BROKER, "--solve-package"}, 1000);
  ASSERT_TRUE(child) << child.error().message;
  ASSERT_THAT(children(), SizeIs(1));
  const auto proc = std::filesystem::path("/proc") / std::to_string(children().front());

  // The last thing that it does before it reads.
  EXPECT_TRUE(eventually([&] { return text_of(proc / "oom_score_adj") == "1000\n"; }));
  EXPECT_EQ(text_of(proc / "comm"), "muster-solver\n");
  EXPECT_THAT(text_of(proc / "limits"), ::testing::ContainsRegex("Max core file size +0 "));
  EXPECT_EQ(::getpriority(PRIO_PROCESS, static_cast<id_t>(children().front())),
            std::min(19, ::getpriority(PRIO_PROCESS, 0) + 5));

  child->end_input();
  const int status = end_of(*child);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 65);
  EXPECT_EQ(child->said(), "no question: line 1: found '', expected 'muster-question 1'\n");
}

TEST_F(SolverTest, HasAWorkerThatEndsWithTheThreadThatStartedIt) {
  std::optional<Child> child;
  std::jthread([&] {
    auto started = Child::start({MUSTER_BROKER, "--solve-package"}, 1000);
    ASSERT_TRUE(started) << started.error().message;
    const auto proc = std::filesystem::path("/proc") / std::to_string(children().front());
    EXPECT_TRUE(eventually([&] { return text_of(proc / "comm") == "muster-solver\n"; }));
    child.emplace(*std::move(started));
  }).join();
  ASSERT_TRUE(child);

  const int status = end_of(*child);

  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), SIGKILL);
}

// ---- workers that fail --------------------------------------------------------------------------

TEST_F(SolverTest, TellsOfAnAssertionThatFails) {
  EXPECT_EQ(refusal(shell("echo 'x.cpp:7: Assertion' >&2; kill -ABRT $$")),
            with_advice("was ended by SIGABRT and gave no answer"));
  EXPECT_EQ(failures_.front().reason, SolverFailure::signal);
  EXPECT_EQ(failures_.front().said, "x.cpp:7: Assertion\n");
}

TEST_F(SolverTest, TellsOfACode) {
  EXPECT_EQ(refusal(shell("exit 71")), with_advice("ended with code 71 and gave no answer"));
  EXPECT_EQ(failures_.front().reason, SolverFailure::exit_code);
}

TEST_F(SolverTest, TellsOfAProgramThatIsNotThere) {
  EXPECT_EQ(refusal(solver({"/no/such/program"})),
            "the search for a package could not be started: ask again, and tell those who keep the "
            "broker; it answers everything else");
  EXPECT_EQ(failures_.front().reason, SolverFailure::not_started);
  EXPECT_EQ(failures_.front().detail, "/no/such/program: No such file or directory");
}

TEST_F(SolverTest, EndsWhatStaysSilent) {
  const auto began = steady_clock::now();

  EXPECT_THAT(refusal(shell("trap '' TERM; while :; do sleep 600; done", 100ms), 100ms),
              ::testing::AllOf(StartsWith("the search for a package gave no answer within "),
                               EndsWith(std::string(" ms and was ended") + kAdvice)));

  EXPECT_EQ(failures_.front().reason, SolverFailure::silent);
  EXPECT_GE(steady_clock::now() - began, 200ms);
  EXPECT_LT(steady_clock::now() - began, kPatience);
}

TEST_F(SolverTest, EndsWhatIsSilentOnceItsOutputIsClosed) {
  EXPECT_THAT(refusal(shell("exec >&- 2>&- <&-; sleep 600", 50ms), 50ms), HasSubstr("no answer"));
  EXPECT_EQ(failures_.front().reason, SolverFailure::silent);
}

TEST_F(SolverTest, IsNotHeldUpByWhoComplainsWithoutEnd) {
  EXPECT_THAT(refusal(shell("exec yes >&2", 2s), 100ms), HasSubstr("no answer"));
  EXPECT_THAT(failures_.front().said, SizeIs(1024));
}

TEST_F(SolverTest, IsNotHeldUpByWhatAWorkerLeavesBehind) {
  const auto began = steady_clock::now();

  EXPECT_EQ(refusal(shell("sleep 600 & exit 3")),
            with_advice("ended with code 3 and gave no answer"));

  EXPECT_LT(steady_clock::now() - began, kPatience);
}

TEST_F(SolverTest, ReportsNothingOfASearchThatItStoppedItself) {
  const auto package =
      shell("exec sleep 600", 50ms).solve(one_line_one_unit(), {.time_limit = kLong, .is_over = [] {
                                                                  return true;
                                                                }});

  ASSERT_FALSE(package);
  EXPECT_EQ(package.error().code, ErrorCode::unavailable);
  EXPECT_EQ(package.error().message, "the search for a package was stopped");
  EXPECT_THAT(failures_, IsEmpty());
}

TEST_F(SolverTest, TellsOfGarbage) {
  EXPECT_EQ(refusal(shell("echo Coin0506I Presolve")), with_advice("answered with something else"));
  EXPECT_EQ(failures_.front().reason, SolverFailure::malformed);
  EXPECT_EQ(failures_.front().detail, "line 1: found 'Coin0506I', expected 'muster-package 1'");
}

TEST_F(SolverTest, TellsOfNothing) {
  EXPECT_EQ(refusal(shell("exit 0")), with_advice("answered with something else"));
}

TEST_F(SolverTest, TellsOfGarbageWithoutEnd) {
  EXPECT_EQ(refusal(shell("exec yes")), with_advice("answered with something else"));
  EXPECT_EQ(failures_.front().detail, "it said more than 67108864 bytes");
}

TEST_F(SolverTest, TellsOfAnAnswerThatIsCutOff) {
  EXPECT_EQ(refusal(shell(R"(printf 'muster-package 1\nslices 1\n0 0 1')")),
            with_advice("answered with something else"));
  EXPECT_EQ(failures_.front().detail, "line 3: found '', expected a number from 0 to 0");
}

TEST_F(SolverTest, TellsOfAPackageThatCannotBe) {
  EXPECT_EQ(refusal(shell(fmt::format("printf '{}' | sed 's/^0 0 10 0/0 0 11 0/'", kTenPeople))),
            with_advice("found one that cannot be"));
  EXPECT_EQ(failures_.front().reason, SolverFailure::illegal);
  EXPECT_EQ(failures_.front().detail, "unit 0 gives 11 people of 10");
}

TEST_F(SolverTest, TakesTheAnswerOfWhoWaitsForTheEndOfItsInput) {
  const auto began = steady_clock::now();

  EXPECT_EQ(refusal(shell(fmt::format("cat >/dev/null; printf '{}'", kTenPeople)), 100ms), "");

  EXPECT_GE(steady_clock::now() - began, 100ms) << "its input ended before its time";
}

TEST_F(SolverTest, TakesTheAnswerOfWhoReadsNothing) {
  const auto problem =
      tests::problem_of({.units = 20'000, .lines = 40});  // More than a pipe holds.

  const auto package =
      shell(fmt::format("exec <&-; printf '{}'", kTenPeople)).solve(problem, {.time_limit = kLong});

  ASSERT_FALSE(package);
  EXPECT_EQ(failures_.front().reason, SolverFailure::illegal) << failures_.front().message;
}

// ---- what a worker inherits ---------------------------------------------------------------------

TEST_F(SolverTest, LeavesAWorkerNoDescriptorButThree) {
  const auto path =
      std::filesystem::temp_directory_path() / fmt::format("muster-inherited-{}", ::getpid());
  const Descriptor inherited(::open(path.c_str(), O_RDWR | O_CREAT, 0600));  // No close-on-exec.
  // The shell keeps descriptors of its own while a single command is redirected.
  constexpr auto kList =
      "exec >&2; for f in 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do "
      "readlink /proc/$$/fd/$f; done; exit 1";
  const auto control = fmt::format("exec 2>&1; {}", kList);
  const std::unique_ptr<FILE, int (*)(FILE*)> other(::popen(control.c_str(), "r"), ::pclose);
  std::array<char, 4096> others{};
  const auto size = ::fread(others.data(), 1, others.size(), other.get());
  ASSERT_THAT(std::string(others.data(), size), HasSubstr(path.filename().string()))
      << "it would not be seen";

  refusal(shell(kList));

  std::filesystem::remove(path);
  EXPECT_THAT(failures_.front().said, ::testing::MatchesRegex("(socket:\\[[0-9]+\\]\n){3}"));
}

TEST_F(SolverTest, LeavesAWorkerEverySignalAsItIsAtTheStart) {
  sigset_t blocked, before;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGTERM);
  ::pthread_sigmask(SIG_BLOCK, &blocked, &before);
  auto* const handler = ::signal(SIGPIPE, SIG_IGN);

  refusal(
      shell("exec >&2; while read -r name bits; do case $name in SigBlk:|SigIgn:) echo $name "
            "$bits;; esac; done </proc/self/status; exit 1"));

  ::signal(SIGPIPE, handler);
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  // The two signals that glibc keeps to itself are ignored until it needs them.
  EXPECT_THAT(failures_.front().said,
              ::testing::AnyOf("SigBlk: 0000000000000000\nSigIgn: 0000000000000000\n",
                               "SigBlk: 0000000000000000\nSigIgn: 0000000180000000\n"));
}

TEST_F(SolverTest, KeepsNoDescriptorOfItsOwn) {
  const auto open = [] {
    return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {});
  };
  const auto before = open();

  for (const auto* script : {"exit 1", "echo garbage", "kill -9 $$"}) {
    shell(script).solve(one_line_one_unit(), {.time_limit = kLong}).error();
  }
  solver({"/no/such/program"}).solve(one_line_one_unit(), {}).error();

  EXPECT_EQ(open(), before);
}

}  // namespace
}  // namespace muster::server
