// SPDX-License-Identifier: Apache-2.0
#include "broker/planner/assemble.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "broker/core/figures.h"
#include "broker/planner/closing.h"
#include "broker/planner/reasons.h"
#include "broker/planner/survey.h"

namespace muster::planner {
namespace {

using model::AssembleAnswer;
using model::PackageSlice;

const Prospect* prospect_of(const SurveyedUnit& unit, std::uint32_t line) {
  const auto found = std::find_if(unit.prospects.begin(), unit.prospects.end(),
                                  [&](const Prospect& one) { return one.line == line; });
  return found != unit.prospects.end() ? &*found : nullptr;
}

/// How sure its people are. Who has EXPIRED or is reorganising and stands there all the same is
/// only claimed to.
void describe(PackageSlice& slice, const Prospect* prospect) {
  if (prospect == nullptr) {
    return;
  }
  slice.freshness = prospect->candidate.freshness;
  slice.level = prospect->candidate.level;
  slice.certainty = core::certainty_of(prospect->candidate).value_or(model::Certainty::claimed);
}

PackageSlice standing_slice(const Survey& survey, std::uint32_t line, const Standing& standing) {
  const auto& surveyed = survey.lines[line];
  PackageSlice slice{.operation = surveyed.demanded->code,
                     .line = surveyed.line->line_id,
                     .unit = standing.unit,
                     .people = standing.people,
                     .equipment = standing.equipment,
                     .ready_min = standing.ready_min,
                     .contribution = standing.contribution};
  const auto* unit = survey.unit(standing.unit);
  describe(slice, unit != nullptr ? prospect_of(*unit, line) : nullptr);
  return slice;
}

PackageSlice planned_slice(const Survey& survey, const Slice& planned) {
  const auto& surveyed = survey.lines[planned.line];
  const auto& unit = survey.units[planned.unit];
  const auto* prospect = prospect_of(unit, planned.line);
  PackageSlice slice{.operation = surveyed.demanded->code,
                     .line = surveyed.line->line_id,
                     .unit = unit.id,
                     .people = planned.people,
                     .equipment = {},
                     .ready_min = prospect->candidate.arrival_min().value_or(0),
                     .contribution = ""};
  for (const auto& items : planned.items) {
    slice.equipment.push_back({static_cast<model::EquipmentKind>(items.kind), items.count});
  }
  describe(slice, prospect);
  return slice;
}

/// The slices of each line of the survey.
using SlicesOfLines = std::vector<std::vector<PackageSlice>>;

SlicesOfLines slices_of(const Survey& survey, const Package& package) {
  SlicesOfLines slices(survey.lines.size());
  for (std::uint32_t i = 0; i < survey.lines.size(); ++i) {
    for (const auto& standing : survey.lines[i].standing) {
      slices[i].push_back(standing_slice(survey, i, standing));
    }
  }
  for (const auto& planned : package.slices) {
    slices[planned.line].push_back(planned_slice(survey, planned));
  }
  return slices;
}

// ---- lines --------------------------------------------------------------------------------------

std::vector<model::EquipmentCover> equipment_of(const SurveyedLine& line,
                                                const std::vector<PackageSlice>& slices) {
  std::vector<model::EquipmentCover> covers;
  for (const auto& [kind, needed] : line.wanted_items()) {
    model::EquipmentCover cover{.kind = kind, .needed = needed, .counted = 0};
    for (const auto& slice : slices) {
      for (const auto& item : slice.equipment) {
        cover.counted += item.kind == kind ? item.count : 0;
      }
    }
    cover.counted = std::min(cover.counted, needed);
    covers.push_back(cover);
  }
  return covers;
}

bool is_met(const model::PackageLine& line) {
  return line.lacking == 0 &&
         std::all_of(line.equipment.begin(), line.equipment.end(),
                     [](const auto& cover) { return cover.counted >= cover.needed; });
}

model::PackageLine line_of(const Survey& survey, const Problem& problem, const Package& package,
                           std::uint32_t index, const std::vector<PackageSlice>& slices,
                           const Deadline& deadline) {
  const auto& surveyed = survey.lines[index];
  model::PackageLine line{.operation = surveyed.demanded->code,
                          .line = *surveyed.line,
                          .people = 0,
                          .lacking = package.lacking[index],
                          .equipment = equipment_of(surveyed, slices),
                          .complete_min = std::nullopt,
                          .blocked = {},
                          .fix = std::nullopt};
  std::uint64_t latest = 0;
  for (const auto& slice : slices) {
    line.people += slice.people;
    latest = std::max(latest, slice.ready_min);
  }
  if (is_met(line)) {
    line.complete_min = latest;
    return line;
  }
  line.blocked = blocked_people(survey, problem, package, index);
  line.fix = closing_fix(survey, problem, package, index, deadline);
  return line;
}

/// As the requirements have them: the operation that was asked for first.
std::vector<std::uint32_t> requirement_order(const Survey& survey) {
  std::vector<std::uint32_t> order;
  for (const auto& demanded : survey.demanded) {
    for (const auto& line : demanded.requirement->lines) {
      for (std::uint32_t i = 0; i < survey.lines.size(); ++i) {
        if (survey.lines[i].line == &line) {
          order.push_back(i);
        }
      }
    }
  }
  return order;
}

constexpr std::chrono::milliseconds kLeastForAdvice{500};

// ---- the whole ----------------------------------------------------------------------------------

void add_nations(AssembleAnswer& answer, const Survey& survey) {
  for (const auto& known : survey.nations) {
    model::PackageNation nation{.nation = known.nation,
                                .units = 0,
                                .people = 0,
                                .committed = known.committed,
                                .deployable = known.deployable,
                                .depletion_permille = std::nullopt};
    std::set<model::UnitId> units;
    std::uint64_t standing = 0;
    for (const auto& slice : answer.slices) {
      if (slice.unit.nation() == known.nation) {
        units.insert(slice.unit);
        nation.people += slice.people;
        standing += slice.contribution.empty() ? 0 : slice.people;
      }
    }
    if (units.empty()) {
      continue;
    }
    nation.units = static_cast<std::uint32_t>(units.size());
    nation.committed -= std::min(nation.committed, standing);
    nation.depletion_permille =
        core::permille_of(nation.committed + nation.people, nation.deployable);
    answer.nations.push_back(std::move(nation));
  }
}

void add_totals(AssembleAnswer& answer) {
  std::set<model::UnitId> units;
  for (const auto& slice : answer.slices) {
    units.insert(slice.unit);
    answer.people += core::assured(slice.certainty, slice.people);
  }
  answer.units = static_cast<std::uint32_t>(units.size());
  answer.is_met = std::all_of(answer.lines.begin(), answer.lines.end(), is_met);
  if (answer.is_met) {
    answer.complete_min = 0;
    for (const auto& line : answer.lines) {
      answer.complete_min = std::max(*answer.complete_min, *line.complete_min);
    }
  }
}

/// The first objective whose optimum is not proven, and how far it may be away.
void add_proof(AssembleAnswer& answer, const std::vector<Objective>& objectives) {
  const auto open = std::find_if(objectives.begin(), objectives.end(),
                                 [](const Objective& one) { return !one.is_proven; });
  answer.is_optimal = open == objectives.end();
  if (answer.is_optimal) {
    return;
  }
  answer.open_objective = open->name;
  const auto distance = std::max(0.0, open->value - open->bound);
  answer.gap_permille =
      open->value > 0 ? static_cast<std::uint64_t>(1000 * distance / open->value + 0.999) : 0;
}

}  // namespace

model::Result<Package> make_package(const Problem& problem, const Search& search) {
  return best_package(problem, search);
}

model::Result<AssembleAnswer> assemble(const core::State& state, const model::AssembleQuery& query,
                                       const std::vector<model::Code>& also,
                                       const core::Moment& moment,
                                       const std::function<bool()>& is_over,
                                       const MakePackage& make) {
  Survey survey(state, moment);
  MUSTER_CHECK(look_around(survey, query, also));
  const auto problem = problem_of(survey);
  const std::chrono::milliseconds search_time(query.time_limit_ms);
  MUSTER_TRY(const auto package,
             make(problem, {.goal = query.goal, .time_limit = search_time, .is_over = is_over}));
  const auto slices = slices_of(survey, package);
  // Advice is worth a part of the time that the search was given; what is not found then is not
  // said.
  const auto deadline = Deadline::in(kLeastForAdvice + search_time / 4, is_over);

  AssembleAnswer answer{.operation = query.operation,
                        .version = survey.demanded.front().requirement->version,
                        .goal = query.goal};
  for (const auto i : requirement_order(survey)) {
    answer.lines.push_back(line_of(survey, problem, package, i, slices[i], deadline));
    answer.slices.insert(answer.slices.end(), slices[i].begin(), slices[i].end());
  }
  answer.unused = unused_units(survey, problem, package);
  add_nations(answer, survey);
  add_totals(answer);
  add_proof(answer, package.objectives);
  return answer;
}

}  // namespace muster::planner
