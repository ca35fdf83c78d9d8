// SPDX-License-Identifier: Apache-2.0
#include "broker/planner/closing.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "broker/core/fixes.h"
#include "broker/core/slices.h"

namespace muster::planner {
namespace {

using model::Fix;
using model::FixKind;

/// Fixes are tried from the cheapest on. So many that do not help mean that others would have to
/// give way too.
constexpr int kTriesMax = 32;

const model::CaveatStatement* caveat_of(const Survey& survey, const Fix& fix) {
  const auto* kept = survey.state.agreements.caveats.find(fix.subject);
  return kept != nullptr ? &(*kept)->statement : nullptr;
}

/// How much sooner the unit has to be for the line.
std::uint64_t excess_of(const Survey& survey, const SurveyedUnit& unit, std::uint32_t line) {
  const auto within = 60 * std::uint64_t{survey.lines[line].line->needed_within_h};
  for (const auto& prospect : unit.prospects) {
    if (prospect.line == line && prospect.candidate.ready_min) {
      return *prospect.candidate.ready_min - std::min(*prospect.candidate.ready_min, within);
    }
  }
  return 0;
}

/// What the fix changes of this unit; nothing when it does not concern it.
std::optional<Change> change_of(const Survey& survey, const Fix& fix, const SurveyedUnit& unit,
                                std::uint32_t line) {
  if (fix.kind == FixKind::approve_caveat || fix.kind == FixKind::lift_caveat) {
    const auto* caveat = caveat_of(survey, fix);
    const bool is_meant = caveat != nullptr && caveat->nation == unit.id.nation() &&
                          (!caveat->unit || *caveat->unit == unit.id);
    return is_meant ? std::optional(Change{.spared = {.caveat = caveat}}) : std::nullopt;
  }
  if (fix.unit != unit.id) {
    return std::nullopt;
  }
  switch (fix.kind) {
    case FixKind::renew_report:
      return Change{.is_renewed = true};
    case FixKind::shorten_notice:
      return Change{.sooner_min = excess_of(survey, unit, line)};
    case FixKind::release:
      return Change{.released = fix.subject};
    case FixKind::approve_caveat:
    case FixKind::lift_caveat:
    case FixKind::ask_offer:
    case FixKind::raise_limit:
    case FixKind::new_unit:
      break;
  }
  return std::nullopt;
}

/// What the slice held is no longer committed.
void release(const Survey& survey, const std::string& slice, SurveyedNation& nation) {
  const auto* promise = survey.state.agreements.contributions.find(slice);
  if (promise != nullptr) {
    nation.committed -= std::min(nation.committed, core::people_of(promise->said->statement));
  }
}

void set_nations(Problem& problem, const std::vector<SurveyedNation>& nations) {
  for (std::size_t i = 0; i < nations.size(); ++i) {
    problem.nations[i] = in_numbers(nations[i]);
  }
}

/// The problem as it would be with the fix.
Problem mended(const Survey& survey, Problem problem, const Fix& fix, std::uint32_t line) {
  auto nations = survey.nations;
  for (std::size_t i = 0; i < survey.units.size(); ++i) {
    if (const auto change = change_of(survey, fix, survey.units[i], line)) {
      auto unit = survey.units[i];
      unit.prospects = prospects_of(survey, unit, *change);
      unit.free = free_people(unit.prospects);
      problem.units[i] = in_numbers(survey, unit);
      release(survey, change->released, nations[problem.units[i].nation]);
    }
  }
  const auto* lifted = fix.kind == FixKind::lift_caveat ? caveat_of(survey, fix) : nullptr;
  set_nations(problem, limited(survey, std::move(nations), survey.depletion_percent, lifted));
  return problem;
}

bool is_met(const Problem& problem, std::uint32_t line) { return lacking(problem)[line] == 0; }

// ---- limits of nations --------------------------------------------------------------------------

Problem with_depletion(const Survey& survey, Problem problem, std::uint64_t percent) {
  set_nations(problem, limited(survey, survey.nations, percent, nullptr));
  return problem;
}

/// The least share of their deployable people that nations would have to commit.
std::optional<Fix> raised_limit(const Survey& survey, const Problem& problem, std::uint32_t line,
                                std::uint32_t lacking, const Deadline& deadline) {
  std::uint64_t too_little = survey.depletion_percent;
  std::uint64_t enough = 100;
  if (too_little >= enough || !is_met(with_depletion(survey, problem, enough), line)) {
    return std::nullopt;
  }
  while (enough - too_little > 1 && !deadline.has_passed()) {
    const auto percent = (too_little + enough) / 2;
    (is_met(with_depletion(survey, problem, percent), line) ? enough : too_little) = percent;
  }
  return Fix{
      .kind = FixKind::raise_limit,
      .people = lacking,
      .text = fmt::format("nations may commit up to {} % of their deployable people, not {} %",
                          enough, survey.depletion_percent)};
}

// ---- a unit that does not exist yet -------------------------------------------------------------

/// The lines that a unit which is just what `line` asks for could serve as well.
std::vector<Place> places_of_new_unit(const Survey& survey, std::uint32_t line) {
  const auto& wanted = *survey.lines[line].line;
  const auto able = core::set_of(wanted.tasks);
  std::vector<Place> places;
  for (std::uint32_t i = 0; i < survey.lines.size(); ++i) {
    const auto& other = *survey.lines[i].line;
    const bool has_type =
        !other.capability_type ||
        (wanted.capability_type && *wanted.capability_type <= *other.capability_type);
    if (other.element_kind == wanted.element_kind && has_type &&
        core::covers(able, core::set_of(other.tasks)) &&
        wanted.needed_within_h <= other.needed_within_h) {
      places.push_back({i, std::uint32_t{60} * wanted.needed_within_h});
    }
  }
  return places;
}

/// The lines that come before `line` and that may take what is brought for it, from each other's
/// units too.
std::vector<std::uint32_t> lines_before(const Survey& survey, std::uint32_t line) {
  std::vector<std::uint32_t> before;
  for (std::uint32_t i = 0; i < line; ++i) {
    if (survey.lines[i].line->element_kind == survey.lines[line].line->element_kind) {
      before.push_back(i);
    }
  }
  return before;
}

/// What the line lacks, with what lines before it lack of the same kinds.
std::vector<model::EquipmentCount> items_for(const Survey& survey, const Problem& problem,
                                             const Package& package, std::uint32_t line) {
  auto items = lacking_items(problem, package, line);
  for (const auto other : lines_before(survey, line)) {
    for (const auto& [kind, count] : lacking_items(problem, package, other)) {
      if (const auto same = items.find(kind); same != items.end()) {
        same->second += count;
      }
    }
  }
  std::vector<model::EquipmentCount> counts;
  for (const auto& [kind, count] : items) {
    counts.push_back({static_cast<model::EquipmentKind>(kind), count});
  }
  return counts;
}

/// The fewest people that are enough: lines before this one that lack people get theirs first.
std::uint32_t people_for(const Survey& survey, Problem problem, const Package& package,
                         std::uint32_t line, const Deadline& deadline) {
  problem.nations.push_back({.deployable = UINT32_MAX});
  problem.units.push_back({.nation = static_cast<std::uint32_t>(problem.nations.size() - 1),
                           .places = places_of_new_unit(survey, line)});
  auto& people = problem.units.back().people;
  auto too_few = package.lacking[line] - std::min(package.lacking[line], 1U);
  auto enough = package.lacking[line];
  for (const auto other : lines_before(survey, line)) {
    enough += package.lacking[other];
  }
  while (enough - too_few > 1 && !deadline.has_passed()) {
    people = too_few + (enough - too_few) / 2;
    (is_met(problem, line) ? enough : too_few) = people;
  }
  return enough;
}

/// Of a unit's people its nation commits its share and no more.
Fix fitting_unit(const Survey& survey, const Problem& problem, const Package& package,
                 std::uint32_t line, const Deadline& deadline) {
  const std::uint64_t people = people_for(survey, problem, package, line, deadline);
  const auto percent = std::max<std::uint64_t>(survey.depletion_percent, 1);
  const auto in_all = (100 * people + percent - 1) / percent;
  auto fix =
      core::new_unit(*survey.lines[line].line, in_all, items_for(survey, problem, package, line));
  if (in_all > people) {
    fix.text += fmt::format("; {} of them at most may be committed", people);
  }
  if (people > package.lacking[line]) {
    fix.text += fmt::format("; {} go to lines that come first", people - package.lacking[line]);
  }
  return fix;
}

/// Promises hold people back, and so does what the nation may give; nobody has to offer anything.
core::ClaimsOf claims_in(const Survey& survey, std::vector<std::uint64_t> given,
                         std::uint32_t line) {
  return [&survey, given = std::move(given), line](const model::UnitId& id) {
    core::Claims claims;
    const auto* unit = survey.unit(id);
    if (unit == nullptr) {
      return claims;
    }
    for (const auto& prospect : unit->prospects) {
      if (prospect.line == line) {
        claims.committed = prospect.candidate.committed;
      }
    }
    const auto index = survey.nation_index(id.nation());
    if (const auto& nation = survey.nations[index]; nation.caveat != nullptr) {
      claims.room = nation.people_max - std::min(nation.people_max, given[index]);
    }
    return claims;
  };
}

}  // namespace

std::vector<std::uint64_t> given_by_nations(const Problem& problem, const Package& package) {
  std::vector<std::uint64_t> given(problem.nations.size(), 0);
  for (const auto& slice : package.slices) {
    given[problem.units[slice.unit].nation] += slice.people;
  }
  return given;
}

std::map<std::uint8_t, std::uint32_t> lacking_items(const Problem& problem, const Package& package,
                                                    std::uint32_t line) {
  std::map<std::uint8_t, std::uint32_t> lacking;
  for (const auto& item : problem.lines[line].items) {
    lacking[item.kind] = item.count;
  }
  for (const auto& slice : package.slices) {
    for (const auto& item : slice.line == line ? slice.items : std::vector<Items>{}) {
      lacking[item.kind] -= item.count;
    }
  }
  std::erase_if(lacking, [](const auto& item) { return item.second == 0; });
  return lacking;
}

std::optional<Fix> closing_fix(const Survey& survey, const Problem& problem, const Package& package,
                               std::uint32_t line, const Deadline& deadline) {
  const auto people = package.lacking[line];
  const bool lacks_items = !lacking_items(problem, package, line).empty();
  if ((people == 0 && !lacks_items) || deadline.has_passed()) {
    return std::nullopt;
  }
  if (lacks_items) {  // People alone would leave the line open.
    return fitting_unit(survey, problem, package, line, deadline);
  }
  const auto limit = raised_limit(survey, problem, line, people, deadline);
  const auto fixes =
      core::possible_fixes(survey.state, survey.moment, survey.lines[line].demand,
                           claims_in(survey, given_by_nations(problem, package), line));
  int tries = 0;
  for (const auto& fix : fixes) {
    if (deadline.has_passed()) {
      return std::nullopt;
    }
    if (limit && fix.kind > limit->kind) {
      return limit;
    }
    if (fix.people >= people && ++tries <= kTriesMax &&
        is_met(mended(survey, problem, fix, line), line)) {
      return fix;
    }
  }
  return limit ? limit : fitting_unit(survey, problem, package, line, deadline);
}

}  // namespace muster::planner
