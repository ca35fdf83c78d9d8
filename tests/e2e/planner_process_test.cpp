// SPDX-License-Identifier: Apache-2.0
// The search for a package, in a process that the broker starts: it may end, the bus goes on.
#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>
#include <thread>

#include "nodes/exercise/contingents.h"
#include "tests/e2e/bus_fixture.h"

namespace muster::e2e {
namespace {

using namespace std::chrono_literals;

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Whether a process has come to a stop, and not to its end.
bool stops(pid_t process) {
  const auto stat = std::filesystem::path("/proc") / std::to_string(process) / "stat";
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (std::chrono::steady_clock::now() < deadline) {
    const auto text = text_of(stat);
    const auto state = text.find(") ");
    if (state == std::string::npos || text[state + 2] == 'Z') {
      return false;
    }
    if (text[state + 2] == 'T') {
      return true;
    }
  }
  return false;
}

/// Whether a process runs no more: who takes over orphans may leave it unreaped.
bool has_ended(pid_t process) {
  const auto text = text_of("/proc/" + std::to_string(process) + "/stat");
  const auto state = text.find(") ");
  return state == std::string::npos || text[state + 2] == 'Z' || text[state + 2] == 'X';
}

/// The search that a broker has started and that has begun, stopped so that it lasts. 0 when there
/// is none at this moment.
pid_t stopped_search_of(pid_t broker) {
  const auto threads = "/proc/" + std::to_string(broker) + "/task";
  for (const auto& thread : std::filesystem::directory_iterator(threads)) {
    std::ifstream children(thread.path() / "children");
    pid_t child = 0;
    if (children >> child &&
        text_of("/proc/" + std::to_string(child) + "/comm") == "muster-solver\n" &&
        ::kill(child, SIGSTOP) == 0 && stops(child)) {
      return child;
    }
  }
  return 0;
}

class PlannerProcess : public Bus {
 protected:
  PlannerProcess() {
    for (const auto& contingent :
         exercise::make_contingents(model::ForcePool::cpf, 1, now() - 1min)) {
      peer(contingent.node.view()).publish(contingent.reports);
    }
    const auto code = [](std::string_view text) { return must(model::Code::parse(text)); };
    model::OperationStatement operation{.operation = code("EX-2299"),
                                        .name = "EX-2299 (fictional)",
                                        .host = must(model::Nation::parse("TJK")),
                                        .legal_basis = {"Treaty (fictional)"},
                                        .tasks = {model::Task::t08}};
    model::RequirementStatement requirement{.operation = operation.operation, .version = 1};
    for (const auto* line : {"L1", "L2", "L3"}) {
      requirement.lines.push_back({.line_id = code(line),
                                   .tasks = {model::Task::t08},
                                   .element_kind = model::ElementKind::combat,
                                   .people_min = 300,
                                   .people_max = 320,
                                   .needed_within_h = 240,
                                   .must_have = true});
    }
    for (const auto& outcome :
         peer("SEC/officer").publish({report({operation, requirement})}).reports) {
      for (const auto& finding : outcome.verdict.findings) {
        throw std::runtime_error(finding.field + ": " + finding.found);
      }
    }
  }

  using Answer = model::Result<model::Answer>;
  Answer assemble(std::chrono::milliseconds wait = kPatience) {
    const auto connection = broker_->connection(must(model::NodeId::parse("SEC/officer")));
    return must(client::QueryClient::connect(*context_, connection))
        ->ask(model::AssembleQuery{.operation = must(model::Code::parse("EX-2299"))}, wait);
  }
  /// Asks until a search is caught before it answers: most take a few milliseconds.
  pid_t catch_search(std::future<Answer>& answer, std::chrono::milliseconds wait = kPatience) {
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    while (std::chrono::steady_clock::now() < deadline) {
      answer = std::async(std::launch::async, [=, this] { return assemble(wait); });
      while (answer.wait_for(0ms) != std::future_status::ready) {
        if (const auto search = stopped_search_of(broker_->program().pid()); search != 0) {
          return search;
        }
      }
    }
    const auto last = answer.get();
    throw std::runtime_error("no search was caught: " +
                             (last ? std::string("all answered") : last.error().message));
  }
  double failures(std::string_view reason) {
    return metric("muster_planner_failures_total{reason=\"" + std::string(reason) + "\"}");
  }
};

TEST_F(PlannerProcess, MayBeKilledAndTheBrokerAnswersEverythingElse) {
  std::future<Answer> answer;
  const auto search = catch_search(answer);

  EXPECT_EQ(strength_by_nation().total.figures.authorised, 3612U) << "while a search lasts";
  EXPECT_EQ(get(broker_->http_port(), "/readyz").status, 200);
  EXPECT_EQ(text_of("/proc/" + std::to_string(search) + "/cmdline"),
            std::string("/proc/self/exe\0--solve-package\0", 31));
  ::kill(search, SIGKILL);
  const auto refused = answer.get();

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, model::ErrorCode::unavailable);
  EXPECT_THAT(
      refused.error().message,
      HasSubstr("the search for a package was ended by SIGKILL and gave no answer: ask with "
                "another goal or for fewer lines, and tell those who keep the broker; it "
                "answers everything else"));
  EXPECT_EQ(failures("signal"), 1);
  EXPECT_TRUE(
      broker_->program().line_with("event=search_failed reason=signal message=\"the search "
                                   "for a package was ended by SIGKILL"));
  const auto next = std::get<model::AssembleAnswer>(must(assemble()).body);
  EXPECT_EQ(next.lines.size(), 3U);
  EXPECT_TRUE(next.is_optimal);
  EXPECT_EQ(failures("signal"), 1);
}

TEST_F(PlannerProcess, HoldsNothingThatTheBrokerHolds) {
  std::future<Answer> answer;
  const auto search = catch_search(answer);

  std::vector<std::string> held;
  for (const auto& entry :
       std::filesystem::directory_iterator("/proc/" + std::to_string(search) + "/fd")) {
    std::error_code ignored;
    const auto target = std::filesystem::read_symlink(entry.path(), ignored).string();
    if (!target.starts_with("/proc/")) {  // Its own: where it says that it may be ended first.
      held.push_back(target);
    }
  }
  ::kill(search, SIGCONT);

  EXPECT_THAT(held, SizeIs(testing::AllOf(testing::Ge(3U), testing::Le(4U))));
  EXPECT_THAT(held, testing::Each(testing::StartsWith("socket:")));
  EXPECT_TRUE(answer.get());
}

TEST_F(PlannerProcess, DoesNotHoldUpABrokerThatStops) {
  std::future<Answer> answer;
  const auto search = catch_search(answer);

  broker_->program().signal(SIGTERM);

  const auto refused = answer.get();
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("the broker is stopping"));
  EXPECT_EQ(broker_->program().exit_code(), 0);
  EXPECT_EQ(::kill(search, 0), -1) << "it is gone with the broker";
  EXPECT_THAT(broker_->program().output(), testing::Not(HasSubstr("search_failed")));
}

TEST_F(PlannerProcess, EndsWithABrokerThatIsKilled) {
  std::future<Answer> answer;
  const auto search = catch_search(answer, 2s);

  broker_->program().kill();

  // It is stopped, so it does not end by itself.
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (!has_ended(search) && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::yield();
  }
  EXPECT_TRUE(has_ended(search));
  EXPECT_FALSE(answer.get());
}

TEST(SolvePackage, IsForTheBrokerAlone) {
  Program help({MUSTER_BROKER, "--help"});
  Program with_more({MUSTER_BROKER, "--solve-package", "--config", "broker.toml"});

  EXPECT_EQ(help.exit_code(), 0);
  EXPECT_THAT(help.output(), HasSubstr("Internal, not for hands"));
  EXPECT_EQ(with_more.exit_code(), 64);
  EXPECT_THAT(with_more.output(), HasSubstr("--solve-package: stands alone. Try --help"));
}

}  // namespace
}  // namespace muster::e2e
