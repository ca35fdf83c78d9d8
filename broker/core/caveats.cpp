// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <tuple>

#include "broker/core/candidates.h"
#include "broker/core/force_views.h"

namespace muster::core {
namespace {

/// What a unit could bring if there were no caveats, and how it would move.
struct Willing {
  model::UnitId unit;
  TaskSet able;
  std::uint64_t free = 0;
  const model::AvailabilityStatement* availability = nullptr;
};

std::vector<Willing> willing_units(const State& state, const Moment& moment) {
  const Assembly assembly(state, moment, {});
  std::vector<Willing> units;
  for_each_visible(state, moment.viewer, [&](const model::UnitId& id, const UnitState& unit) {
    const auto candidate = assembly.candidate(id, unit);
    units.push_back({.unit = id,
                     .able = candidate.able,
                     .free = candidate.free,
                     .availability = seen(moment.viewer, id.nation(), unit.availability)});
  });
  return units;
}

/// The mission against which a caveat is judged: what is asked for, or, when nothing is, what the
/// caveat itself speaks of.
struct Judged {
  Mission mission;
  bool is_asked = true;

  [[nodiscard]] bool is_touched_by(const model::CaveatStatement& caveat) const {
    return !is_asked || touches(caveat, mission);
  }
  [[nodiscard]] bool can_serve(const Willing& unit, const model::CaveatStatement& caveat) const {
    if (is_asked) {
      return covers(unit.able, set_of(mission.tasks));
    }
    const bool is_for_all = caveat.tasks.empty() || caveat.kind == model::CaveatKind::area_excluded;
    return is_for_all || (unit.able & set_of(caveat.tasks)).any();
  }
  [[nodiscard]] bool is_kept_out(const Willing& unit, const model::CaveatStatement& caveat) const {
    // Without a mission a way of moving is judged as if the unit had to move.
    return excludes(caveat, is_asked ? mission : Mission{{}, model::Place{}}, unit.availability);
  }
};

void count_people(const std::vector<Willing>& units, const Judged& judged,
                  const model::CaveatStatement& caveat, model::CaveatRow& row) {
  for (const auto& unit : units) {
    const bool in_scope =
        caveat.unit ? unit.unit == *caveat.unit : unit.unit.nation() == caveat.nation;
    if (in_scope && judged.can_serve(unit, caveat)) {
      (judged.is_kept_out(unit, caveat) ? row.people_removed : row.people_left) += unit.free;
    }
  }
  const bool is_cap = caveat.kind == model::CaveatKind::max_strength && caveat.max_people;
  if (is_cap && row.people_left > *caveat.max_people) {
    row.people_removed += row.people_left - *caveat.max_people;
    row.people_left = *caveat.max_people;
  }
}

model::CaveatRow row_of(const Kept<model::CaveatStatement>& kept) {
  const auto& caveat = kept.statement;
  return {.caveat_id = caveat.caveat_id,
          .nation = caveat.nation,
          .unit = caveat.unit,
          .kind = caveat.kind,
          .tasks = caveat.tasks,
          .from = caveat.from,
          .to = caveat.to,
          .max_people = caveat.max_people,
          .text = caveat.text,
          .report = kept.stamp.report};
}

}  // namespace

model::CaveatsAnswer caveats(const State& state, const model::CaveatsQuery& query,
                             const Moment& moment) {
  model::CaveatsAnswer answer;
  const Judged judged{{query.tasks, query.area}, !query.tasks.empty() || query.area.has_value()};
  const auto units = willing_units(state, moment);
  state.agreements.caveats.for_each([&](const std::string&, const auto& kept) {
    const auto* caveat = seen(moment.viewer, kept->statement.nation, kept);
    if (caveat == nullptr || !passes(query.nations, caveat->nation) ||
        !is_in_force(*caveat, moment.now) || !judged.is_touched_by(*caveat)) {
      return;
    }
    auto row = row_of(*kept);
    count_people(units, judged, *caveat, row);
    answer.rows.push_back(std::move(row));
  });
  std::sort(answer.rows.begin(), answer.rows.end(), [](const auto& a, const auto& b) {
    return std::tie(a.nation, a.caveat_id) < std::tie(b.nation, b.caveat_id);
  });
  return answer;
}

}  // namespace muster::core
