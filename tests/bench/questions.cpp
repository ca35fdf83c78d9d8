// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/questions.h"

#include <algorithm>
#include <chrono>
#include <vector>

namespace muster::bench {
namespace {

double quantile(const std::vector<double>& sorted, double q) {
  const auto place = static_cast<std::size_t>(q * static_cast<double>(sorted.size()));
  return sorted[std::min(place, sorted.size() - 1)];
}

}  // namespace

Timed time_questions(const std::function<void(std::size_t)>& ask_one, double seconds) {
  using Clock = std::chrono::steady_clock;
  constexpr std::size_t kQuestionsMin = 3;
  const auto end = Clock::now() + std::chrono::duration<double>(seconds);
  std::vector<double> taken;
  while (taken.size() < kQuestionsMin || Clock::now() < end) {
    const auto start = Clock::now();
    ask_one(taken.size());
    taken.push_back(std::chrono::duration<double, std::micro>(Clock::now() - start).count());
  }
  std::sort(taken.begin(), taken.end());
  return {
      .questions = taken.size(), .p50_us = quantile(taken, 0.5), .p99_us = quantile(taken, 0.99)};
}

}  // namespace muster::bench
