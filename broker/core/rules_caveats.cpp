// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "broker/core/figures.h"
#include "broker/core/rules_force.h"

namespace muster::core {

using model::CaveatKind;
using model::CaveatStatement;

namespace {

/// On which side of the line from `a` to `b` is `c`: above 0, below 0, or 0 on it.
double side(const model::Place& a, const model::Place& b, const model::Place& c) {
  return (b.lon - a.lon) * (c.lat - a.lat) - (b.lat - a.lat) * (c.lon - a.lon);
}

bool cross(const model::Place& a, const model::Place& b, const model::Place& c,
           const model::Place& d) {
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

/// Do two areas have a place in common: a corner of one inside the other, or sides that cross?
bool meet(const std::vector<model::Place>& a, const std::vector<model::Place>& b) {
  const auto has_corner_in = [](const std::vector<model::Place>& corners,
                                const std::vector<model::Place>& area) {
    return std::any_of(corners.begin(), corners.end(),
                       [&](const model::Place& corner) { return is_inside(corner, area); });
  };
  if (has_corner_in(a, b) || has_corner_in(b, a)) {
    return true;
  }
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < b.size(); ++j) {
      if (cross(a[i], a[(i + 1) % a.size()], b[j], b[(j + 1) % b.size()])) {
        return true;
      }
    }
  }
  return !a.empty() && a == b;
}

bool share_a_task(const std::vector<model::Task>& a, const std::vector<model::Task>& b) {
  return std::any_of(a.begin(), a.end(), [&](model::Task task) {
    return std::find(b.begin(), b.end(), task) != b.end();
  });
}

/// What a slice is for: the tasks of its SOR line, else of its operation, and the area.
struct Purpose {
  std::vector<model::Task> tasks;
  std::vector<model::Place> area;
};

Purpose purpose_of(const Agreements& agreed, const model::ContributionStatement& slice) {
  Purpose purpose;
  const auto* operation = agreed.operations.find(slice.operation.str());
  if (operation == nullptr) {
    return purpose;
  }
  if (operation->said) {
    purpose = {operation->said->statement.tasks, operation->said->statement.area};
  }
  if (operation->requirement) {
    for (const auto& line : operation->requirement->statement.lines) {
      if (line.line_id == slice.sor_line) {
        purpose.tasks = line.tasks;
      }
    }
  }
  return purpose;
}

/// People of the caveat's nation, or unit, that are accepted over the period of the slice, with it.
std::uint64_t people_with(const Agreements& agreed, const CaveatStatement& caveat,
                          const Slice& slice) {
  std::uint64_t people = slice.said->people.value_or(0);
  agreed.contributions.for_each([&](const std::string& key, const Contribution& known) {
    const auto& said = known.said->statement;
    const bool is_in_scope =
        caveat.unit ? said.unit == *caveat.unit : said.unit.nation() == caveat.nation;
    if (key != slice.key && is_in_scope && is_accepted(known.state) &&
        overlap({said.from, said.to}, {slice.said->from, slice.said->to})) {
      people += said.people.value_or(0);
    }
  });
  return people;
}

/// Is the caveat about this unit, and in force at some moment of the slice?
bool concerns(const CaveatStatement& caveat, const Slice& slice, model::UtcTime at) {
  const auto& said = *slice.said;
  const bool is_in_scope =
      caveat.unit ? *caveat.unit == said.unit : caveat.nation == said.unit.nation();
  const bool is_withdrawn = caveat.withdrawn_at && *caveat.withdrawn_at <= at;
  return is_in_scope && !is_withdrawn && overlap({caveat.from, caveat.to}, {said.from, said.to});
}

/// Does the caveat stand in the way of this purpose? The tasks of TASK_EXCLUDED and the area of
/// AREA_EXCLUDED are what they exclude; of the other kinds they narrow it when they are given.
bool touches(const Agreements& agreed, const CaveatStatement& caveat, const Slice& slice,
             const Purpose& purpose) {
  const bool shares_task = share_a_task(caveat.tasks, purpose.tasks);
  const bool shares_area = meet(caveat.area, purpose.area);
  const bool is_in_narrows =
      (caveat.tasks.empty() || shares_task) && (caveat.area.empty() || shares_area);
  switch (caveat.kind) {
    case CaveatKind::task_excluded:
      return shares_task;
    case CaveatKind::area_excluded:
      return shares_area;
    case CaveatKind::max_strength:
      return is_in_narrows && caveat.max_people &&
             people_with(agreed, caveat, slice) > *caveat.max_people;
    case CaveatKind::period:
    case CaveatKind::approval_required:
    case CaveatKind::night_or_mode:
      return is_in_narrows;
  }
  return false;  // V38 has flagged the kind.
}

bool has_approval(const Agreements& agreed, const std::string& caveat, const Slice& slice) {
  const auto* known = agreed.contributions.find(slice.key);
  bool is_approved = known != nullptr && known->caveat_approved;
  agreed.decisions.for_each([&](const std::string&, const auto& kept) {
    const auto& decision = kept->statement;
    is_approved = is_approved || (decision.kind == model::DecisionKind::caveat_approval &&
                                  decision.contribution_id == caveat);
  });
  return is_approved;
}

}  // namespace

std::string mark_of(CaveatKind kind) {
  const bool can_be_agreed_on =
      kind == CaveatKind::approval_required || kind == CaveatKind::night_or_mode;
  return can_be_agreed_on ? "APPROVAL_REQUIRED" : "BLOCKED";
}

std::vector<Touch> touching_caveats(Inquiry& inquiry, const Slice& slice) {
  const auto& agreed = inquiry.agreed();
  const auto purpose = purpose_of(agreed, *slice.said);
  std::vector<Touch> found;
  agreed.caveats.for_each([&](const std::string& key, const auto& kept) {
    const auto& caveat = kept->statement;
    if (concerns(caveat, slice, inquiry.report.valid_at) &&
        touches(agreed, caveat, slice, purpose)) {
      found.push_back({key, caveat.kind, has_approval(agreed, key, slice)});
    }
  });
  std::sort(found.begin(), found.end(),
            [](const auto& a, const auto& b) { return a.caveat < b.caveat; });
  return found;
}

}  // namespace muster::core
