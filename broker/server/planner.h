// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include "broker/core/viewer.h"
#include "broker/planner/assemble.h"
#include "broker/server/metrics.h"
#include "schemas/model/query.h"

namespace muster::server {

/// A state that nobody changes any more: of now, of the past, or a branch.
using StatePtr = std::shared_ptr<const core::State>;

/// From a state to a force package: planner::assemble(), or what a test puts in its place.
using Assemble = std::function<model::Result<model::AssembleAnswer>(
    const core::State& state, const model::AssembleQuery& query,
    const std::vector<model::Code>& also, const core::Moment& moment, const std::stop_token& stop)>;

/// planner::assemble() until `stop` is asked for, with the arithmetic done by `make`.
Assemble assemble_by(planner::MakePackage make);

/// The same with the arithmetic done in this process.
model::Result<model::AssembleAnswer> best_package_until(const core::State& state,
                                                        const model::AssembleQuery& query,
                                                        const std::vector<model::Code>& also,
                                                        const core::Moment& moment,
                                                        const std::stop_token& stop);

/// A clock that never runs backwards: deadlines count by it.
using SteadyClock = std::function<std::chrono::steady_clock::time_point()>;

/// A question for a force package with all that its answer is made from, so that it may wait:
/// what is committed meanwhile changes nothing of it.
struct PlanningJob {
  std::uint64_t id = 0;  ///< Of the request.
  model::AssembleQuery query;
  core::Moment moment;
  StatePtr state;
  model::AnswerHeader header;  ///< With the what-if, whose `also` operations are planned too.
  std::chrono::steady_clock::time_point asked_at, deadline;
};

/// Answers such questions, as long as that takes. Keeps nothing. Thread rule: any thread, several
/// at once.
class Planner {
 public:
  struct Parts {
    QueryMetrics& metrics;
    Assemble assemble = best_package_until;
    SteadyClock clock = std::chrono::steady_clock::now;
  };
  explicit Planner(Parts parts) : parts_(std::move(parts)) {}

  /// No search takes longer, whatever is asked for.
  static constexpr std::chrono::milliseconds kSearchMax{60'000};

  [[nodiscard]] std::chrono::steady_clock::time_point now() const { return parts_.clock(); }

  /// How long the search for `job` may take when it begins now: a tenth of what is left until the
  /// deadline is kept for the words and the way back. Nothing when the asker waits no longer.
  [[nodiscard]] std::optional<std::chrono::milliseconds> search_time(const PlanningJob& job) const;

  /// The messages that answer: chunks, or one refusal. A job that comes too late is not begun.
  /// `stop` cuts the search short.
  [[nodiscard]] std::vector<model::Bytes> answer(const PlanningJob& job,
                                                 const std::stop_token& stop = {}) const;

  /// The refusal of a job.
  [[nodiscard]] std::vector<model::Bytes> refuse(std::uint64_t id, const model::Error& error) const;
  [[nodiscard]] std::vector<model::Bytes> refuse_late(const PlanningJob& job) const;

 private:
  Parts parts_;
};

}  // namespace muster::server
