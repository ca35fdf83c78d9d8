// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "broker/core/candidates.h"
#include "broker/core/force_views.h"
#include "broker/core/readiness.h"

namespace muster::core {
namespace {

model::OverrideRow row_of(const model::UnitId& id, const Kept<model::ReadinessStatement>& kept) {
  const auto& readiness = kept.statement;
  model::OverrideRow row{.unit = id,
                         .reported = readiness.reported_overall.value_or(model::kNotMeasured),
                         .report = kept.stamp.report,
                         .valid_at = kept.stamp.valid_at};
  if (const auto& given = readiness.level_override) {
    row.direction = given->direction;
    row.reason_code = given->reason_code;
    row.authority = given->authority;
    row.waiver_id = given->waiver_id;
    row.remark = given->remark;
  }
  return row;
}

}  // namespace

model::OverridesAnswer overrides(const State& state, const model::OverridesQuery& query,
                                 const Moment& moment) {
  model::OverridesAnswer answer;
  for_each_visible(state, moment.viewer, [&](const model::UnitId& id, const UnitState& unit) {
    const auto* readiness = seen(moment.viewer, id.nation(), unit.readiness);
    if (readiness == nullptr || !passes(query.nations, id.nation())) {
      return;
    }
    const auto computed = computed_seen(state, moment, id, unit);
    const bool differs =
        readiness->reported_overall && *readiness->reported_overall != computed.overall;
    if (!differs && !readiness->level_override) {
      return;
    }
    auto row = row_of(id, *unit.readiness);
    row.computed = computed;
    row.effective = level_seen(state, moment, id, unit);
    answer.rows.push_back(std::move(row));
  });
  std::sort(answer.rows.begin(), answer.rows.end(),
            [](const auto& a, const auto& b) { return a.unit < b.unit; });
  return answer;
}

}  // namespace muster::core
