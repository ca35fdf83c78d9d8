// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace muster::asking {

/// A question as it was written, before anything is checked: the options of `muster force …` and
/// its siblings, or the parameters of the gateway. Empty is left out.
struct RawQuestion {
  std::string timeout, as_of, known_at;
  // force
  std::vector<std::string> by{"nation"}, nations, components, element_kinds, levels, pools;
  std::string nation, unit, basis = "owner";
  // force ready, buildup, matrix, caveats
  std::vector<std::string> tasks;
  std::string within, horizon = "168h", area, min_freshness;
  bool by_task = false;
  std::uint16_t trend_days = 30;
  // force roster, history, diff, stale
  std::vector<std::string> roster_by, kinds;
  bool with_subordinates = false;
  std::string from_time, to_time;
  // What is supposed: every question about the force and about operations.
  std::vector<std::string> without, also;
  std::string host, notice;
  // operation
  std::string operation, goal = "earliest", time_limit;
  std::uint32_t version = 0, max_depletion = 0;  // 0: left out.
  std::uint64_t people = 0;                      // 0: left out.
  std::uint16_t days = 30;
  // ledger
  std::uint32_t count = 20;
  std::uint64_t from = 0, seq = 0;
  std::string node;
};

/// What a number may be, both ends included.
struct NumberRange {
  std::uint64_t min = 0, max = 0;
};
inline constexpr NumberRange kTrendDays{1, 3'660};
inline constexpr NumberRange kVersions{1, 1'000'000};
inline constexpr NumberRange kDepletions{1, 100};
inline constexpr NumberRange kPeople{1, 1'000'000};
inline constexpr NumberRange kDays{1, 3'650};
inline constexpr NumberRange kCounts{1, 10'000};
inline constexpr NumberRange kSeqs{1, std::uint64_t{1} << 62U};

}  // namespace muster::asking
