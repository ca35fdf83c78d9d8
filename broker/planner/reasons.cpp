// SPDX-License-Identifier: Apache-2.0
#include "broker/planner/reasons.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "broker/core/agreements.h"
#include "broker/planner/closing.h"

namespace muster::planner {
namespace {

using model::LeftOut;
using model::LeftOutReason;

/// Of what keeps a unit from its lines, that which a line that lacks people would have needed most,
/// and there the cause that comes last: the unit came furthest.
const Prospect* closest(const SurveyedUnit& unit, const Package& package) {
  const Prospect* best = nullptr;
  const auto rank = [&](const Prospect& one) {
    return std::pair(package.lacking[one.line] > 0, one.left_out->reason);
  };
  for (const auto& prospect : unit.prospects) {
    if (prospect.left_out && (best == nullptr || rank(*best) < rank(prospect))) {
      best = &prospect;
    }
  }
  return best;
}

std::string name_of(const SurveyedLine& line, const Survey& survey) {
  return survey.demanded.size() > 1
             ? fmt::format("{}/{}", line.demanded->code.view(), line.line->line_id.view())
             : line.line->line_id.str();
}

/// "L03, L04".
std::string served_lines(const Survey& survey, const SurveyedUnit& unit) {
  std::string names;
  for (const auto& prospect : unit.prospects) {
    if (!prospect.left_out) {
      names += (names.empty() ? "" : ", ") + name_of(survey.lines[prospect.line], survey);
    }
  }
  return names;
}

std::string limit_in_words(const Survey& survey, const SurveyedNation& nation) {
  if (nation.caveat != nullptr) {
    return fmt::format("caveat {}: {} gives {} people at most",
                       core::agreement_key(nation.caveat->nation, nation.caveat->caveat_id),
                       nation.nation.view(), *nation.caveat->max_people);
  }
  return fmt::format("{} gives {} % of its deployable people at most", nation.nation.view(),
                     survey.depletion_percent);
}

/// Why a unit that could serve does not.
LeftOut spare(const Survey& survey, const SurveyedUnit& unit, const Package& package,
              std::uint64_t nation_rest) {
  LeftOut left{
      .unit = unit.id, .reason = LeftOutReason::not_needed, .detail = "", .people = unit.free};
  const bool lacks =
      std::any_of(unit.prospects.begin(), unit.prospects.end(),
                  [&](const auto& one) { return !one.left_out && package.lacking[one.line] > 0; });
  if (lacks && nation_rest == 0) {
    left.reason = LeftOutReason::depletion;
    left.detail = limit_in_words(survey, survey.nations[survey.nation_index(unit.id.nation())]);
  } else if (unit.free == 0) {
    left.reason = LeftOutReason::already_committed;
    left.detail = "all its people are promised";
  } else {
    const auto lines = served_lines(survey, unit);
    const bool is_one = lines.find(',') == std::string::npos;
    left.detail = fmt::format("{} {} served without it", lines, is_one ? "is" : "are");
  }
  return left;
}

}  // namespace

std::vector<model::CausePeople> blocked_people(const Survey& survey, const Problem& problem,
                                               const Package& package, std::uint32_t line) {
  const auto given = given_by_nations(problem, package);
  std::vector<std::uint64_t> used(survey.units.size(), 0);
  for (const auto& slice : package.slices) {
    used[slice.unit] += slice.people;
  }
  std::map<LeftOutReason, std::uint64_t> people;
  for (std::uint32_t i = 0; i < survey.units.size(); ++i) {
    for (const auto& prospect : survey.units[i].prospects) {
      const auto nation = problem.units[i].nation;
      if (prospect.line != line) {
        continue;
      }
      if (!prospect.left_out && given[nation] >= problem.nations[nation].people_max) {
        people[LeftOutReason::depletion] += survey.units[i].free - used[i];
      } else if (prospect.left_out) {
        const bool is_gone = prospect.left_out->reason == LeftOutReason::already_committed;
        people[prospect.left_out->reason] +=
            is_gone ? prospect.candidate.committed : prospect.left_out->people;
      }
    }
  }
  std::vector<model::CausePeople> causes;
  for (const auto& [reason, count] : people) {
    if (count > 0) {
      causes.push_back({reason, count});
    }
  }
  return causes;
}

std::vector<LeftOut> unused_units(const Survey& survey, const Problem& problem,
                                  const Package& package) {
  std::set<std::uint32_t> used;
  for (const auto& slice : package.slices) {
    used.insert(slice.unit);
  }
  const auto given = given_by_nations(problem, package);
  std::vector<LeftOut> unused;
  for (std::uint32_t i = 0; i < survey.units.size(); ++i) {
    const auto& unit = survey.units[i];
    if (used.contains(i) || unit.is_standing) {
      continue;
    }
    const bool can_serve = !problem.units[i].places.empty();
    const auto* prospect = can_serve ? nullptr : closest(unit, package);
    if (can_serve) {
      const auto nation = problem.units[i].nation;
      unused.push_back(
          spare(survey, unit, package, problem.nations[nation].people_max - given[nation]));
    } else if (prospect != nullptr) {
      auto left = *prospect->left_out;
      left.detail =
          fmt::format("{}: {}", name_of(survey.lines[prospect->line], survey), left.detail);
      unused.push_back(std::move(left));
    } else {
      unused.push_back(
          {.unit = unit.id,
           .reason = LeftOutReason::wrong_capability,
           .detail = fmt::format("no line asks for {}", model::to_text(unit.element_kind)),
           .people = unit.state->own.deployable});
    }
  }
  return unused;
}

}  // namespace muster::planner
