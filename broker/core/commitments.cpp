// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <tuple>

#include "broker/core/figures.h"
#include "broker/core/operation_states.h"
#include "broker/core/operation_views.h"
#include "broker/core/seen_operations.h"

namespace muster::core {
namespace {

using model::ContributionState;

/// A slice that is offered or more and not over, with its report.
struct Live {
  Slice slice;
  model::ReportId report;
};

bool is_asked(const model::CommitmentsQuery& query, const model::ContributionStatement& said) {
  return (!query.operation || *query.operation == said.operation) &&
         passes(query.nations, said.unit.nation());
}

/// Who is away stays until they are back, whatever the period said.
Period presence_of(const Slice& slice, model::UtcTime now) {
  auto period = period_of(*slice.said);
  const bool is_away = is_committed(slice.state) && slice.state != ContributionState::committed;
  if (is_away && period.to && *period.to <= now) {
    period.to = std::nullopt;
  }
  return period;
}

std::vector<Live> live_slices(const State& state, const Viewer& viewer) {
  std::vector<Live> live;
  for_each_slice(state, viewer, [&](const Slice& slice, const auto& kept) {
    if (is_live(slice.state)) {
      live.push_back({slice, kept.stamp.report});
    }
  });
  std::sort(live.begin(), live.end(), [](const Live& a, const Live& b) {
    const auto& x = *a.slice.said;
    const auto& y = *b.slice.said;
    return std::tie(x.operation, x.sor_line, x.unit, a.slice.key) <
           std::tie(y.operation, y.sor_line, y.unit, b.slice.key);
  });
  return live;
}

// ---- promised twice -----------------------------------------------------------------------------

/// By how many the unit's slices exceed its deployable people where this one is among them, as V26
/// counts them. Nothing while nobody said how many are deployable, and nothing for an offer, which
/// promises nobody yet.
std::uint64_t overlap_people(const State& state, const Viewer& viewer, const Slice& slice) {
  if (!is_accepted(slice.state)) {
    return 0;
  }
  const auto nation = slice.said->unit.nation();
  const auto* unit = state.units.find(slice.said->unit);
  const auto* strength = unit != nullptr ? seen(viewer, nation, unit->strength) : nullptr;
  if (strength == nullptr || !strength->deployable) {
    return 0;
  }
  const auto slices = slices_meeting(state.agreements, slice, [&](const Contribution& other) {
    return is_accepted(other.state) && seen(viewer, nation, other.said) != nullptr;
  });
  const auto peak = peak_of(slices, people_of).count;
  return peak > *strength->deployable ? peak - *strength->deployable : 0;
}

model::CommitmentRow row_of(const State& state, const Viewer& viewer, const Live& live) {
  const auto& said = *live.slice.said;
  return {.contribution = live.slice.key,
          .operation = said.operation,
          .line = said.sor_line,
          .unit = said.unit,
          .people = people_of(said),
          .equipment = said.equipment,
          .state = live.slice.state,
          .from = said.from,
          .to = said.to,
          .transfer_of_authority_at = said.transfer_of_authority_at,
          .authority = said.authority,
          .variation = said.variation,
          .overlap_people = overlap_people(state, viewer, live.slice),
          .report = live.report};
}

void add_totals(model::CommitmentsAnswer& answer) {
  std::map<model::UnitId, std::uint64_t> overlaps;  // Each of a unit's slices tells of the same.
  for (const auto& row : answer.rows) {
    answer.accepted += is_accepted(row.state) ? row.people : 0;
    answer.committed += is_committed(row.state) ? row.people : 0;
    auto& overlap = overlaps[row.unit];
    overlap = std::max(overlap, row.overlap_people);
  }
  for (const auto& [unit, people] : overlaps) {
    answer.overlap_people += people;
  }
}

// ---- rotation debt ------------------------------------------------------------------------------

/// How many days the lines of requirements take, by operation and line.
using LineKey = std::pair<model::Code, model::Code>;
std::map<LineKey, std::uint16_t> durations(const State& state, const Viewer& viewer) {
  std::map<LineKey, std::uint16_t> days;
  for (const auto& operation : seen_operations(state, viewer)) {
    if (operation.requirement == nullptr) {
      continue;
    }
    for (const auto& line : operation.requirement->statement.lines) {
      if (line.duration_days) {
        days[{operation.code, line.line_id}] = *line.duration_days;
      }
    }
  }
  return days;
}

/// When a slice is to end: its own end, else that of its line. Nothing when neither is stated.
std::optional<model::UtcTime> end_of(const model::ContributionStatement& said,
                                     const std::map<LineKey, std::uint16_t>& days) {
  if (said.to || !said.from) {
    return said.to;
  }
  const auto found = days.find({said.operation, said.sor_line});
  return found != days.end() ? std::optional(*said.from + std::chrono::days{found->second})
                             : std::nullopt;
}

/// People of one line.
struct Rotation {
  std::uint64_t overdue = 0;  ///< IN_PLACE past their end.
  std::uint64_t reliefs = 0;  ///< Accepted, and not yet there.
};

bool is_relief(ContributionState state) {
  return state == ContributionState::accepted || state == ContributionState::committed ||
         state == ContributionState::in_transit;
}

/// A slice is relieved by another one of its line, of whichever nation.
void add_rotation(const State& state, const std::vector<Live>& live,
                  const model::CommitmentsQuery& query, const Moment& moment,
                  model::CommitmentsAnswer& answer) {
  const auto days = durations(state, moment.viewer);
  std::map<LineKey, Rotation> lines;
  for (const auto& [slice, report] : live) {
    const auto& said = *slice.said;
    auto& line = lines[{said.operation, said.sor_line}];
    const auto end = end_of(said, days);
    const bool is_overdue = slice.state == ContributionState::in_place && end && *end <= moment.now;
    line.overdue += is_overdue && is_asked(query, said) ? people_of(said) : 0;
    line.reliefs += is_relief(slice.state) ? people_of(said) : 0;
  }
  for (const auto& [key, line] : lines) {
    answer.overdue += line.overdue;
    answer.relieved += std::min(line.overdue, line.reliefs);
    answer.rotation_debt += rotation_debt(line.overdue, line.reliefs);
  }
}

}  // namespace

model::Result<model::CommitmentsAnswer> commitments(const State& state,
                                                    const model::CommitmentsQuery& query,
                                                    const Moment& moment) {
  const auto& viewer = moment.viewer;
  if (query.operation) {
    MUSTER_TRY([[maybe_unused]] const auto known, seen_operation(state, viewer, *query.operation));
  }
  const auto live = live_slices(state, viewer);
  const Period period{query.from, query.to};
  model::CommitmentsAnswer answer;
  for (const auto& each : live) {
    if (is_asked(query, *each.slice.said) && overlap(presence_of(each.slice, moment.now), period)) {
      answer.rows.push_back(row_of(state, viewer, each));
    }
  }
  add_totals(answer);
  add_rotation(state, live, query, moment, answer);
  for (const auto& [nation, burden] : burdens(state, viewer)) {
    if (passes(query.nations, nation)) {
      answer.nations.push_back(
          {.nation = nation,
           .committed = burden.committed,
           .deployable = burden.deployable,
           .depletion_permille = permille_of(burden.committed, burden.deployable)});
    }
  }
  return answer;
}

}  // namespace muster::core
