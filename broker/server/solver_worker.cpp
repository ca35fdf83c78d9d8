// SPDX-License-Identifier: Apache-2.0
#include "broker/server/solver_worker.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>

#include "broker/planner/package_text.h"
#include "broker/server/child.h"

namespace muster::server {
namespace {

using std::chrono::steady_clock;

enum Exit : int { kDone = 0, kNoQuestion = 65, kFailed = 71, kNobodyReads = 74 };

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define MUSTER_SHADOWED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define MUSTER_SHADOWED 1
#endif
#endif
#ifdef MUSTER_SHADOWED
constexpr bool kMayBoundAddresses = false;  // Sanitizers map terabytes of shadow.
#else
constexpr bool kMayBoundAddresses = true;
#endif

/// Ten times what 10,000 units on 40 lines take, addresses of the program's libraries included:
/// only a solver that runs away meets it, before it pushes the broker's pages out.
constexpr rlim_t kAddressesMax = rlim_t{4} << 30;
constexpr int kNice = 5;  // Beyond the broker's own.

void limit(__rlimit_resource resource, rlim_t most) {
  rlimit limits{};
  if (::getrlimit(resource, &limits) == 0 && limits.rlim_cur > most) {
    limits.rlim_cur = most;
    ::setrlimit(resource, &limits);
  }
}

/// What is refused here is done without: a search is better than none.
void ask_for_less() {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::prctl(PR_SET_NAME, "muster-solver");
  ::signal(SIGINT, SIG_IGN);
  ::signal(SIGTERM, SIG_IGN);
  ::setpriority(PRIO_PROCESS, 0, ::getpriority(PRIO_PROCESS, 0) + kNice);
  limit(RLIMIT_CORE, 0);
  if (kMayBoundAddresses) {
    limit(RLIMIT_AS, kAddressesMax);
  }
  const Descriptor score(::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC));
  constexpr std::string_view kFirst = "1000";
  if (score.number() >= 0 && ::write(score.number(), kFirst.data(), kFirst.size()) < 0) {
    fmt::print(stderr, "the search keeps the broker's oom_score_adj\n");
  }
}

/// Standard input up to the end of a question, or its own.
std::string read_input() {
  std::string text;
  std::array<char, 64U << 10> part;
  while (!planner::is_whole(text) && text.size() <= planner::kTextBytesMax) {
    const auto size = ::read(STDIN_FILENO, part.data(), part.size());
    if (size > 0) {
      text.append(part.data(), static_cast<std::size_t>(size));
    } else if (size == 0 || errno != EINTR) {
      break;
    }
  }
  return text;
}

bool write_all(int to, std::string_view text) {
  while (!text.empty()) {
    const auto size = ::write(to, text.data(), text.size());
    if (size > 0) {
      text.remove_prefix(static_cast<std::size_t>(size));
    } else if (errno != EINTR) {
      return false;
    }
  }
  return true;
}

/// Whether the input has ended. Asked at every step of a search, so it looks only now and then.
class InputEnds {
 public:
  bool operator()() {
    const auto now = steady_clock::now();
    if (!has_ended_ && now >= next_look_) {
      pollfd watched{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
      has_ended_ = ::poll(&watched, 1, 0) > 0;  // Nothing else comes after the question.
      next_look_ = now + std::chrono::milliseconds(5);
    }
    return has_ended_;
  }

 private:
  bool has_ended_ = false;
  steady_clock::time_point next_look_;
};

int answer_to(int answers) {
  auto question = planner::read_question(read_input());
  if (!question) {
    fmt::print(stderr, "no question: {}\n", question.error().message);
    return kNoQuestion;
  }
  question->search.is_over = InputEnds();
  const auto package = planner::best_package(question->problem, question->search);
  return write_all(answers, planner::to_text(package)) ? kDone : kNobodyReads;
}

}  // namespace

int solve_package() {
  ask_for_less();
  const Descriptor answers(::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
  ::dup2(STDERR_FILENO, STDOUT_FILENO);
  try {
    return answer_to(answers.number());
  } catch (const std::exception& error) {
    fmt::print(stderr, "the search ended: {}\n", error.what());
    return kFailed;
  }
}

}  // namespace muster::server
