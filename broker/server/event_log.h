// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schemas/model/time.h"

namespace muster::server {

/// One event a line with named fields, for people and for journald: never a secret, never a
/// strength. What peers can cause is bounded: at most kLinesMax lines a second are written, and how
/// many were left out is said. Thread rule: one thread.
class EventLog {
 public:
  using Write = std::function<void(const std::string& line)>;
  using Fields = std::vector<std::pair<std::string_view, std::string>>;
  static constexpr std::uint32_t kLinesMax = 20;

  explicit EventLog(Write write) : write_(std::move(write)) {}
  void warn(model::UtcTime now, std::string_view event, const Fields& fields);

 private:
  Write write_;
  model::UtcTime second_{};
  std::uint32_t lines_ = 0;
  std::uint64_t left_out_ = 0;
};

}  // namespace muster::server
