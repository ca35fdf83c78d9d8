// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "broker/core/agreements.h"
#include "broker/core/candidates.h"
#include "broker/core/figures.h"

namespace muster::core {
namespace {

using model::Freshness;
using model::LeftOutReason;

/// A cause in plain words; empty when it does not hold.
using Detail = std::string;

Detail held_by_caveat(const Candidate& candidate) {
  if (candidate.excluded_by != nullptr) {
    return named(*candidate.excluded_by);
  }
  return candidate.free > 0 && candidate.people == 0 ? named(*candidate.capped_by) : Detail{};
}

Detail committed(const Candidate& candidate) {
  if (candidate.deployable == 0 || candidate.committed < candidate.deployable) {
    return {};
  }
  return fmt::format("{} people are committed, {} deployable", candidate.committed,
                     candidate.deployable);
}

Detail late(const Candidate& candidate, std::uint64_t within_min) {
  if (!candidate.ready_min) {
    return candidate.not_countable;
  }
  if (*candidate.ready_min <= within_min) {
    return {};
  }
  return fmt::format("ready in {} h, {} wanted", hours_of(*candidate.ready_min), within_min / 60);
}

Detail older_than(const Candidate& candidate, std::optional<Freshness> min_freshness) {
  if (!min_freshness || candidate.freshness <= *min_freshness ||
      candidate.freshness == Freshness::expired) {
    return {};
  }
  return fmt::format("{}, {} wanted", model::to_text(candidate.freshness),
                     model::to_text(*min_freshness));
}

Detail not_available(const Candidate& candidate, std::uint64_t within_min, model::UtcTime now) {
  if (candidate.reorganising) {
    return "lifecycle " + model::to_text(*candidate.reorganising);
  }
  if (candidate.opens_min > within_min) {
    return "available from " + model::format_time(*candidate.available_from);
  }
  const auto arrival = now + std::chrono::minutes{candidate.arrival_min().value_or(0)};
  if (candidate.available_until && *candidate.available_until <= arrival) {
    return "available until " + model::format_time(*candidate.available_until);
  }
  return {};
}

}  // namespace

std::string missing_tasks(const TaskSet& able, const std::vector<model::Task>& asked) {
  std::string missing;
  for (const auto task : asked) {
    if (!able.test(static_cast<std::size_t>(task))) {
      missing += (missing.empty() ? "cannot do " : ", ") + model::to_text(task);
    }
  }
  return missing;
}

std::string named(const model::CaveatStatement& caveat) {
  return fmt::format("caveat {}: {}", agreement_key(caveat.nation, caveat.caveat_id),
                     model::to_text(caveat.kind));
}

std::optional<model::LeftOut> Assembly::left_out(const Candidate& candidate,
                                                 std::uint64_t within_min,
                                                 std::optional<Freshness> min_freshness) const {
  const std::pair<LeftOutReason, Detail> causes[] = {
      {LeftOutReason::wrong_capability, missing_tasks(candidate.able, mission_.tasks)},
      {LeftOutReason::caveat, held_by_caveat(candidate)},
      {LeftOutReason::already_committed, committed(candidate)},
      {LeftOutReason::late, late(candidate, within_min)},
      {LeftOutReason::stale, older_than(candidate, min_freshness)},
      {LeftOutReason::expired,
       candidate.freshness == Freshness::expired ? "its last word has expired" : ""},
      {LeftOutReason::not_ready, candidate.level == model::kReorganising ? "level 5" : ""},
      {LeftOutReason::under_strength, candidate.free == 0 ? "nobody is free" : ""},
      {LeftOutReason::not_available, not_available(candidate, within_min, moment_.now)}};
  for (const auto& [reason, detail] : causes) {
    if (!detail.empty()) {
      return model::LeftOut{
          .unit = candidate.unit, .reason = reason, .detail = detail, .people = candidate.free};
    }
  }
  return std::nullopt;
}

}  // namespace muster::core
