// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "broker/core/figures.h"
#include "broker/core/rules.h"

namespace muster::core {

using model::Rule;

namespace {

using CellKey = std::pair<model::PersonCategory, model::Sex>;
struct CellCounts {
  std::uint64_t on_strength = 0, present = 0, deployable = 0;
};

/// The counts that a Strength states and a Roster gives, by the same names.
struct Counts {
  std::map<std::string, std::uint64_t> by_name;
  std::map<CellKey, CellCounts> cells;
  bool has_unknown_grade = false;  ///< Somebody belongs to a category that is not known.
};

Counts counts_of(const Roster& roster) {
  Counts counts;
  for (const auto& person : roster.people) {
    const bool is_present = person->duty_status == model::DutyStatus::present;
    ++counts.by_name["entries"];
    ++counts.by_name[is_present ? "PRESENT" : "absent " + model::to_text(person->duty_status)];
    if (person->deployable) {
      ++counts.by_name["deployable"];
    } else if (person->non_deployable_reason) {
      ++counts.by_name["not deployable " + model::to_text(*person->non_deployable_reason)];
    }
    const auto category = category_of(person->rank_grade);
    if (!category) {
      counts.has_unknown_grade = true;
      continue;
    }
    auto& cell = counts.cells[{*category, person->sex}];
    ++cell.on_strength;
    cell.present += is_present ? 1 : 0;
    cell.deployable += person->deployable ? 1 : 0;
  }
  return counts;
}

Counts counts_of(const model::StrengthStatement& s) {
  Counts counts;
  counts.by_name["entries"] = std::uint64_t{s.assigned.value_or(0)} + s.attached_in.value_or(0) -
                              s.detached_out.value_or(0);
  counts.by_name["PRESENT"] = s.present.value_or(0);
  counts.by_name["deployable"] = s.deployable.value_or(0);
  for (const auto& absence : s.absences) {
    counts.by_name["absent " + model::to_text(absence.reason)] += absence.count;
  }
  for (const auto& held_back : s.non_deployable) {
    counts.by_name["not deployable " + model::to_text(held_back.reason)] += held_back.count;
  }
  for (const auto& cell : s.cells) {
    auto& sum = counts.cells[{cell.category, cell.sex}];
    sum.on_strength += cell.on_strength;
    sum.present += cell.present;
    sum.deployable += cell.deployable;
  }
  return counts;
}

/// Where a Strength or a Roster does not state the sex of somebody in a category, the cells of that
/// category cannot be told apart: then they are compared as one.
void join_unstated(Counts& strength, Counts& roster) {
  for (const auto category : {model::PersonCategory::officer, model::PersonCategory::warrant_nco,
                              model::PersonCategory::enlisted, model::PersonCategory::police,
                              model::PersonCategory::civilian}) {
    const CellKey unstated{category, model::Sex::unstated};
    if (!strength.cells.contains(unstated) && !roster.cells.contains(unstated)) {
      continue;
    }
    for (auto* counts : {&strength, &roster}) {
      CellCounts all;
      for (const auto sex : {model::Sex::female, model::Sex::male, model::Sex::unstated}) {
        const auto cell = counts->cells.extract({category, sex});
        all.on_strength += cell.empty() ? 0 : cell.mapped().on_strength;
        all.present += cell.empty() ? 0 : cell.mapped().present;
        all.deployable += cell.empty() ? 0 : cell.mapped().deployable;
      }
      counts->cells[unstated] = all;
    }
  }
}

/// Cells by name, so that they compare as the other counts do.
void name_cells(Counts& counts) {
  for (const auto& [key, cell] : counts.cells) {
    const auto name =
        fmt::format("cell {} {}", model::to_text(key.first), model::to_text(key.second));
    counts.by_name[name + " on_strength"] = cell.on_strength;
    counts.by_name[name + " present"] = cell.present;
    counts.by_name[name + " deployable"] = cell.deployable;
  }
}

std::uint64_t count_in(const Counts& counts, const std::string& name) {
  const auto found = counts.by_name.find(name);
  return found == counts.by_name.end() ? 0 : found->second;
}

/// Whose word a count is compared with.
struct Against {
  std::string_view here, there;
  model::Severity severity = model::Severity::flag;
};

/// V41: one finding for each count that differs. `here` is the statement that is asked about.
void compare(Inquiry& inquiry, const Against& against, const Counts& here, const Counts& there) {
  auto all = there.by_name;
  all.insert(here.by_name.begin(), here.by_name.end());
  for (const auto& [name, unused] : all) {
    const auto a = count_in(here, name);
    const auto b = count_in(there, name);
    if (a == b) {
      continue;
    }
    const auto found = fmt::format("{} in the {}", a, against.here);
    const auto expected =
        fmt::format("{} of the {} of the same moment; {:+} here", b, against.there,
                    static_cast<std::int64_t>(a) - static_cast<std::int64_t>(b));
    if (against.severity == model::Severity::refuse) {
      inquiry.refuse(Rule::v41, name, found, expected);
    } else {
      inquiry.flag(Rule::v41, name, found, expected);
    }
  }
}

struct Both {
  Counts strength, roster;
};

Both comparable(const model::StrengthStatement& strength, const Roster& roster) {
  Both both{counts_of(strength), counts_of(roster)};
  if (strength.cells.empty() || both.roster.has_unknown_grade) {
    // Cells that nobody states, and people who belong to none that is known, contradict nothing.
    both.strength.cells.clear();
    both.roster.cells.clear();
  }
  join_unstated(both.strength, both.roster);
  name_cells(both.strength);
  name_cells(both.roster);
  return both;
}

/// The Strength that was accepted for exactly this moment, or null.
const model::StrengthStatement* strength_at(Inquiry& inquiry, const model::UnitId& id) {
  const auto* unit = inquiry.state.units.find(id);
  const auto at = inquiry.report.valid_at;
  const auto* word = unit != nullptr ? word_at(unit->history.of(model::StatementKind::strength),
                                               {at, kEver.known_at})
                                     : nullptr;
  return word != nullptr && word->valid_at == at ? inquiry.counting<model::StrengthStatement>(id)
                                                 : nullptr;
}

}  // namespace

void check_roster_counts(Inquiry& inquiry, const model::RosterStatement& roster,
                         const Roster& people) {
  const auto* beside = inquiry.said<model::StrengthStatement>(roster.unit);
  const auto* strength = beside != nullptr ? beside : strength_at(inquiry, roster.unit);
  if (strength == nullptr) {
    return;
  }
  const auto both = comparable(*strength, people);
  compare(
      inquiry,
      {"Roster", "Strength", beside != nullptr ? model::Severity::refuse : model::Severity::flag},
      both.roster, both.strength);
}

void check_roster_counts(Inquiry& inquiry, const model::StrengthStatement& strength) {
  const auto* unit = inquiry.state.units.find(strength.unit);
  const bool is_of_this_moment =
      unit != nullptr && unit->roster && unit->roster->stamp.valid_at == inquiry.report.valid_at;
  if (!is_of_this_moment || inquiry.said<model::RosterStatement>(strength.unit) != nullptr) {
    return;
  }
  const auto both = comparable(strength, unit->roster->statement);
  compare(inquiry, {"Strength", "Roster", model::Severity::flag}, both.strength, both.roster);
}

}  // namespace muster::core
