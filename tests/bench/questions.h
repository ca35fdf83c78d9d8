// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>

namespace muster::bench {

/// How long answers took, at who asked. Microseconds.
struct Timed {
  std::size_t questions = 0;
  double p50_us = 0, p99_us = 0;
};

/// Asks one question after the other for `seconds`, and three at least. `ask_one` is told how many
/// were asked before, and returns once it has the whole answer.
[[nodiscard]] Timed time_questions(const std::function<void(std::size_t)>& ask_one, double seconds);

}  // namespace muster::bench
