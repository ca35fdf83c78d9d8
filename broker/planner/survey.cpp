// SPDX-License-Identifier: Apache-2.0
#include "broker/planner/survey.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "broker/core/offers.h"
#include "broker/core/operation_states.h"

namespace muster::planner {
namespace {

using model::ErrorCode;
using model::fail;

std::uint32_t narrowed(std::uint64_t number) {
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(number, UINT32_MAX));
}

// ---- lines --------------------------------------------------------------------------------------

model::Result<void> find_operations(Survey& survey, const model::AssembleQuery& query,
                                    const std::vector<model::Code>& also) {
  const auto find = [&](const model::Code& code,
                        std::optional<std::uint32_t> version) -> model::Result<void> {
    MUSTER_TRY(auto demanded, core::demanded(survey.state, survey.moment.viewer, code, version));
    if (demanded.requirement->lines.empty()) {
      return fail(
          ErrorCode::malformed,
          fmt::format("the requirement of {}, version {}, has no lines: nothing is asked for",
                      code.view(), demanded.requirement->version));
    }
    survey.demanded.push_back(std::move(demanded));
    return {};
  };
  MUSTER_CHECK(find(query.operation, query.version));
  std::set<model::Code> found{query.operation};
  for (const auto& code : also) {
    if (found.insert(code).second) {
      MUSTER_CHECK(find(code, std::nullopt));
    }
  }
  return {};
}

void list_lines(Survey& survey, model::Freshness min_freshness) {
  struct Listed {
    const core::Demanded* demanded;
    const model::RequirementLine* line;
  };
  std::vector<Listed> listed;
  for (const auto& demanded : survey.demanded) {
    for (const auto& line : demanded.requirement->lines) {
      listed.push_back({&demanded, &line});
    }
  }
  std::stable_sort(listed.begin(), listed.end(), [](const Listed& a, const Listed& b) {
    return std::tuple(!a.line->must_have, -int{a.line->weight}) <
           std::tuple(!b.line->must_have, -int{b.line->weight});
  });
  for (const auto& [demanded, line] : listed) {
    survey.lines.push_back(
        {.demanded = demanded,
         .line = line,
         .demand = {survey.state, survey.moment, *demanded, *line, min_freshness}});
  }
}

// ---- what is promised already -------------------------------------------------------------------

using Slices = std::vector<core::Slice>;

/// The slices of a unit that are ACCEPTED or later, in whatever operation, as far as the viewer may
/// know of them; but for the one that is released.
Slices promised_slices(const Survey& survey, const model::UnitId& unit,
                       const std::string& released = {}) {
  return core::slices_of(survey.state.agreements, unit,
                         [&](const std::string& key, const core::Contribution& promise) {
                           return key != released && core::is_accepted(promise.state) &&
                                  core::seen(survey.moment.viewer, unit.nation(), promise.said) !=
                                      nullptr;
                         });
}

/// Accepted slices, as far as they count.
void list_standing(Survey& survey) {
  for (const auto& demanded : survey.demanded) {
    const core::Offers offers(survey.state, survey.moment, demanded);
    for (const auto& offer : offers.all()) {
      const auto* wanted = &demanded.requirement->lines[offer.line];
      const auto line = std::find_if(survey.lines.begin(), survey.lines.end(),
                                     [&](const auto& one) { return one.line == wanted; });
      if (!core::is_accepted(offer.slice.state) || !offer.passes) {
        continue;
      }
      const bool is_there = offer.slice.state == model::ContributionState::in_place;
      const auto arrival =
          offer.candidate && !is_there ? offer.candidate->arrival_min() : std::nullopt;
      line->standing.push_back({.contribution = offer.slice.key,
                                .unit = offer.slice.said->unit,
                                .people = offer.counted,
                                .ready_min = arrival.value_or(0),
                                .equipment = offer.items});
    }
  }
}

// ---- units --------------------------------------------------------------------------------------

std::vector<model::EquipmentCount> free_items(const model::EquipmentStatement* said,
                                              const Slices& promised) {
  std::set<model::EquipmentKind> kinds;
  for (const auto& holding : said != nullptr ? said->holdings : std::vector<model::Holding>{}) {
    kinds.insert(holding.kind);
  }
  std::vector<model::EquipmentCount> items;
  for (const auto kind : kinds) {
    const auto fit = core::fit_items(*said, kind);
    std::uint64_t gone = 0;
    for (const auto& slice : promised) {
      gone += core::items_of(*slice.said, kind);
    }
    if (fit > gone) {
      items.push_back({kind, static_cast<model::Count>(fit - gone)});
    }
  }
  return items;
}

void list_units(Survey& survey) {
  const auto& viewer = survey.moment.viewer;
  core::for_each_visible(
      survey.state, viewer, [&](const model::UnitId& id, const core::UnitState& state) {
        const auto* identity = core::seen(viewer, id.nation(), state.identity);
        const auto promised = promised_slices(survey, id);
        SurveyedUnit unit{.id = id,
                          .state = &state,
                          .element_kind = core::element_kind_of(identity),
                          .is_standing = survey.stands(id)};
        unit.prospects = prospects_of(survey, unit, {});
        unit.free = free_people(unit.prospects);
        unit.items = free_items(core::seen(viewer, id.nation(), state.equipment), promised);
        survey.units.push_back(std::move(unit));
      });
  std::sort(survey.units.begin(), survey.units.end(),
            [](const auto& a, const auto& b) { return a.id < b.id; });
}

void list_nations(Survey& survey) {
  std::map<model::Nation, SurveyedNation> nations;
  for (const auto& unit : survey.units) {
    auto& nation = nations[unit.id.nation()];
    nation.nation = unit.id.nation();
    nation.deployable += unit.state->own.deployable;
    for (const auto& slice : promised_slices(survey, unit.id)) {
      nation.committed += core::people_of(*slice.said);
    }
  }
  for (auto& [name, nation] : nations) {
    survey.nations.push_back(nation);
  }
}

}  // namespace

std::vector<SurveyedNation> limited(const Survey& survey, std::vector<SurveyedNation> nations,
                                    std::uint64_t depletion_percent,
                                    const model::CaveatStatement* spared) {
  for (auto& nation : nations) {
    const auto most = nation.deployable * depletion_percent / 100;
    nation.people_max = most - std::min(most, nation.committed);
    nation.caveat = nullptr;
    for (const auto& line : survey.lines) {
      const auto* cap = line.demand.cap_of(nation.nation, {.caveat = spared});
      if (cap == nullptr) {
        continue;
      }
      const std::uint64_t cap_people = *cap->max_people;
      const auto rest = cap_people - std::min(cap_people, nation.committed);
      if (rest < nation.people_max) {
        nation.people_max = rest;
        nation.caveat = cap;
      }
    }
  }
  return nations;
}

std::vector<Prospect> prospects_of(const Survey& survey, const SurveyedUnit& unit,
                                   const Change& change) {
  const auto promised = promised_slices(survey, unit.id, change.released);
  std::vector<Prospect> prospects;
  for (std::uint32_t i = 0; i < survey.lines.size(); ++i) {
    const auto& line = survey.lines[i];
    if (line.line->element_kind != unit.element_kind) {
      continue;
    }
    const auto held =
        core::held_by(promised, core::stay_on(*line.line, survey.moment), survey.moment.now);
    auto candidate =
        core::with_committed(line.demand.candidate(unit.id, *unit.state, change.spared), held);
    if (change.is_renewed) {
      candidate.freshness = model::Freshness::fresh;
    }
    if (candidate.ready_min) {
      *candidate.ready_min -= std::min(*candidate.ready_min, change.sooner_min);
    }
    auto left_out = line.demand.left_out(candidate, *unit.state);
    prospects.push_back({i, std::move(candidate), std::move(left_out)});
  }
  return prospects;
}

std::uint64_t free_people(const std::vector<Prospect>& prospects) {
  std::optional<std::uint64_t> free;
  for (const auto& prospect : prospects) {
    if (!prospect.left_out) {
      free = std::min(free.value_or(prospect.candidate.people), prospect.candidate.people);
    }
  }
  return free.value_or(0);
}

std::uint64_t SurveyedLine::standing_people() const {
  std::uint64_t people = 0;
  for (const auto& slice : standing) {
    people += slice.people;
  }
  return people;
}

std::uint64_t SurveyedLine::standing_items(model::EquipmentKind kind) const {
  std::uint64_t count = 0;
  for (const auto& slice : standing) {
    for (const auto& item : slice.equipment) {
      count += item.kind == kind ? item.count : 0;
    }
  }
  return count;
}

std::map<model::EquipmentKind, std::uint64_t> SurveyedLine::wanted_items() const {
  std::map<model::EquipmentKind, std::uint64_t> wanted;
  for (const auto& item : line->equipment) {
    wanted[item.kind] += item.count;
  }
  return wanted;
}

bool Survey::stands(const model::UnitId& unit) const {
  return std::any_of(lines.begin(), lines.end(), [&](const SurveyedLine& line) {
    return std::any_of(line.standing.begin(), line.standing.end(),
                       [&](const Standing& slice) { return slice.unit == unit; });
  });
}

const SurveyedUnit* Survey::unit(const model::UnitId& id) const {
  const auto found =
      std::lower_bound(units.begin(), units.end(), id,
                       [](const SurveyedUnit& one, const auto& key) { return one.id < key; });
  return found != units.end() && found->id == id ? &*found : nullptr;
}

std::uint32_t Survey::nation_index(const model::Nation& nation) const {
  const auto found =
      std::lower_bound(nations.begin(), nations.end(), nation,
                       [](const SurveyedNation& a, const auto& b) { return a.nation < b; });
  return static_cast<std::uint32_t>(found - nations.begin());
}

model::Result<void> look_around(Survey& survey, const model::AssembleQuery& query,
                                const std::vector<model::Code>& also) {
  MUSTER_CHECK(find_operations(survey, query, also));
  const auto& policy = survey.state.registry->policy(survey.moment.now);
  survey.depletion_percent = query.max_depletion_percent.value_or(policy.max_depletion_percent);
  list_lines(survey, query.min_freshness);
  list_standing(survey);
  list_units(survey);
  list_nations(survey);
  survey.nations = limited(survey, survey.nations, survey.depletion_percent, nullptr);
  return {};
}

Problem problem_of(const Survey& survey) {
  Problem problem;
  for (const auto& line : survey.lines) {
    const auto there = line.standing_people();
    Line wanted{
        .people_min =
            narrowed(line.line->people_min - std::min<std::uint64_t>(line.line->people_min, there)),
        .people_max =
            narrowed(line.line->people_max - std::min<std::uint64_t>(line.line->people_max, there)),
        .items = {}};
    for (const auto& [kind, needed] : line.wanted_items()) {
      const auto has = line.standing_items(kind);
      if (needed > has) {
        wanted.items.push_back({static_cast<std::uint8_t>(kind), narrowed(needed - has)});
      }
    }
    problem.lines.push_back(std::move(wanted));
  }
  for (const auto& unit : survey.units) {
    problem.units.push_back(in_numbers(survey, unit));
  }
  for (const auto& nation : survey.nations) {
    problem.nations.push_back(in_numbers(nation));
  }
  return problem;
}

Unit in_numbers(const Survey& survey, const SurveyedUnit& unit) {
  Unit one{.nation = survey.nation_index(unit.id.nation()), .people = narrowed(unit.free)};
  for (const auto& prospect : unit.prospects) {
    if (!prospect.left_out) {
      one.places.push_back({prospect.line, narrowed(*prospect.candidate.arrival_min())});
      one.staleness = static_cast<std::uint8_t>(prospect.candidate.freshness) - 1;
    }
  }
  for (const auto& item : unit.items) {
    one.items.push_back({static_cast<std::uint8_t>(item.kind), item.count});
  }
  return one;
}

Nation in_numbers(const SurveyedNation& nation) {
  return {.people_max = narrowed(nation.people_max),
          .committed = narrowed(nation.committed),
          .deployable = narrowed(nation.deployable)};
}

}  // namespace muster::planner
