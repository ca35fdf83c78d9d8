// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "broker/core/force_views.h"
#include "broker/core/operation_states.h"
#include "broker/core/operation_views.h"
#include "broker/core/seen_operations.h"
#include "broker/core/views.h"

namespace muster::core {
namespace {

void add_strength(const State& now, const State& then, const Moment& moment,
                  model::RemainingAnswer& answer) {
  const auto before = strength(now, {}, moment).total.figures;
  const auto after = strength(then, {}, moment).total.figures;
  answer.rows.push_back({"units", before.units, after.units});
  answer.rows.push_back({"authorised", before.authorised, after.authorised});
  answer.rows.push_back({"deployable", before.deployable, after.deployable});
}

void add_ready(const State& now, const State& then, const model::RemainingQuery& query,
               const Moment& moment, model::RemainingAnswer& answer) {
  const model::ReadyQuery asked{.within_h = query.within_h, .tasks = query.tasks};
  const auto before = ready(now, asked, moment).total.people;
  const auto after = ready(then, asked, moment).total.people;
  answer.rows.push_back({"ready certain", before.certain, after.certain});
  answer.rows.push_back({"ready likely", before.likely, after.likely});
  answer.rows.push_back({"ready claimed", before.claimed, after.claimed});
}

/// An operation that has begun and can still go on, and says what it needs.
bool is_open(const SeenOperation& operation) {
  return operation.state != model::OperationState::draft && !is_final(operation.state) &&
         operation.requirement != nullptr;
}

void add_gaps(const State& now, const State& then, const Moment& moment,
              model::RemainingAnswer& answer) {
  for (const auto& operation : seen_operations(now, moment.viewer)) {
    if (!is_open(operation)) {
      continue;
    }
    const model::GapsQuery query{.operation = operation.code, .version = std::nullopt};
    const auto before = gaps(now, query, moment);
    const auto after = gaps(then, query, moment);
    if (before && after) {
      const auto code = operation.code.view();
      answer.rows.push_back({fmt::format("{} counted", code), before->counted, after->counted});
      answer.rows.push_back({fmt::format("{} lacking", code), before->lacking, after->lacking});
    }
  }
}

}  // namespace

model::RemainingAnswer remaining(const State& now, const State& then,
                                 const model::RemainingQuery& query, const Moment& moment) {
  model::RemainingAnswer answer{.within_h = query.within_h, .tasks = query.tasks, .rows = {}};
  add_strength(now, then, moment, answer);
  add_ready(now, then, query, moment, answer);
  add_gaps(now, then, moment, answer);
  return answer;
}

}  // namespace muster::core
