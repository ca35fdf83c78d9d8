// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "broker/core/candidates.h"
#include "broker/core/force_views.h"

namespace muster::core {
namespace {

/// A unit that counts, unless its nation's MAX_STRENGTH leaves no place for it.
struct Counted {
  Candidate candidate;
  model::Certainty certainty = model::Certainty::claimed;
};

/// Surer people take a nation's places first: then each figure is the sum under the cap, and a unit
/// brings the same people to all figures that it is in.
bool comes_before(const Counted& a, const Counted& b) {
  return std::tuple(a.certainty, a.candidate.ready_min, a.candidate.unit) <
         std::tuple(b.certainty, b.candidate.ready_min, b.candidate.unit);
}

class Summing {
 public:
  explicit Summing(const Assembly& assembly) : assembly_(assembly) {}

  /// People that the nation's cap still lets in.
  std::uint64_t take(const Counted& counted) {
    const auto nation = counted.candidate.unit.nation();
    const auto* cap = assembly_.cap_of(nation);
    if (cap == nullptr) {
      return counted.candidate.people;
    }
    auto& taken = taken_[nation];
    const auto people = std::min(counted.candidate.people, *cap->max_people - taken);
    taken += people;
    return people;
  }

  void add(const Counted& counted, model::ReadyAnswer& answer) {
    const auto& candidate = counted.candidate;
    const auto people = take(counted);
    if (people == 0) {
      const auto& cap = *assembly_.cap_of(candidate.unit.nation());
      answer.left_out.push_back(
          {.unit = candidate.unit,
           .reason = model::LeftOutReason::caveat,
           .detail = fmt::format("caveat {}: MAX_STRENGTH of {} people is reached",
                                 agreement_key(cap.nation, cap.caveat_id), *cap.max_people),
           .people = candidate.free});
      return;
    }
    auto& row = rows_[{candidate.unit.nation(), candidate.element_kind}];
    for (auto* sum : {&row, &answer.total}) {
      ++sum->units;
      sum->people += assured(counted.certainty, people);
    }
  }

  void write_rows(model::ReadyAnswer& answer) {
    for (auto& [key, row] : rows_) {
      row.nation = key.first;
      row.element_kind = key.second;
      answer.rows.push_back(row);
    }
  }

 private:
  const Assembly& assembly_;
  std::map<model::Nation, std::uint64_t> taken_;
  std::map<std::pair<model::Nation, model::ElementKind>, model::ReadyRow> rows_;
};

}  // namespace

model::ReadyAnswer ready(const State& state, const model::ReadyQuery& query, const Moment& moment) {
  model::ReadyAnswer answer{
      .within_h = query.within_h, .tasks = query.tasks, .rows = {}, .total = {}, .left_out = {}};
  const Assembly assembly(state, moment, {query.tasks, query.area});
  std::vector<Counted> counted;
  for_each_visible(state, moment.viewer, [&](const model::UnitId& id, const UnitState& unit) {
    if (!passes(query.nations, id.nation())) {
      return;
    }
    auto candidate = assembly.candidate(id, unit);
    if (!passes(query.element_kinds, candidate.element_kind)) {
      return;
    }
    auto left_out =
        assembly.left_out(candidate, 60 * std::uint64_t{query.within_h}, query.min_freshness);
    if (left_out) {
      answer.left_out.push_back(std::move(*left_out));
    } else if (const auto certainty = certainty_of(candidate)) {
      counted.push_back({std::move(candidate), *certainty});
    }
  });
  std::sort(counted.begin(), counted.end(), comes_before);
  Summing sums(assembly);
  for (const auto& each : counted) {
    sums.add(each, answer);
  }
  sums.write_rows(answer);
  std::sort(answer.left_out.begin(), answer.left_out.end(),
            [](const auto& a, const auto& b) { return a.unit < b.unit; });
  return answer;
}

}  // namespace muster::core
