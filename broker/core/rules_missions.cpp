// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "broker/core/operation_states.h"
#include "broker/core/readiness.h"
#include "broker/core/rules.h"

namespace muster::core {

using model::Rule;

namespace {

/// What a unit has committed to one operation.
struct Committed {
  std::uint64_t people = 0;
  std::map<model::EquipmentKind, std::uint64_t> equipment;
  std::set<model::Task> tasks;  ///< Of the SOR lines.
  bool is_any = false;

  void add(const model::ContributionStatement& slice, const Operation* operation) {
    is_any = true;
    people += slice.people.value_or(0);
    for (const auto& item : slice.equipment) {
      equipment[item.kind] += item.count;
    }
    if (operation == nullptr || !operation->requirement) {
      return;
    }
    for (const auto& line : operation->requirement->statement.lines) {
      if (line.line_id == slice.sor_line) {
        tasks.insert(line.tasks.begin(), line.tasks.end());
      }
    }
  }
};

/// The slices that `unit` has committed to any operation, those that the report itself commits
/// included.
std::vector<const model::ContributionStatement*> committed_slices(Inquiry& inquiry,
                                                                  const model::UnitId& unit) {
  std::map<std::string, const model::ContributionStatement*> slices;
  const auto& agreed = inquiry.agreed();
  const auto* keys = agreed.slices.find(unit);
  for (const auto& key : keys != nullptr ? *keys : std::vector<std::string>{}) {
    const auto* known = agreed.contributions.find(key);
    if (known != nullptr && is_committed(known->state)) {
      slices[key] = &known->said->statement;
    }
  }
  for (const auto& statement : inquiry.report.statements) {
    if (const auto* said = std::get_if<model::ContributionStatement>(&statement)) {
      const auto key = agreement_key(said->unit.nation(), said->contribution_id);
      slices.erase(key);
      if (said->unit == unit && is_committed(said->state)) {
        slices[key] = said;
      }
    }
  }
  std::vector<const model::ContributionStatement*> committed;
  for (const auto& [key, slice] : slices) {
    committed.push_back(slice);
  }
  return committed;
}

/// What of `slices` is committed to `operation`.
Committed committed_to(Inquiry& inquiry,
                       const std::vector<const model::ContributionStatement*>& slices,
                       const model::Code& operation) {
  const auto* known = inquiry.agreed().operations.find(operation.str());
  Committed committed;
  for (const auto* slice : slices) {
    if (slice->operation == operation) {
      committed.add(*slice, known);
    }
  }
  return committed;
}

/// A percentage of what is committed, and what it rests on.
struct Ratio {
  std::uint64_t percent = 0;
  std::string words;
};

void add_ratio(std::vector<Ratio>& ratios, std::string_view what, std::uint64_t part,
               std::uint64_t whole) {
  if (whole > 0) {
    ratios.push_back({100 * std::min(part, whole) / whole,
                      fmt::format("{} {} of {}", what, std::min(part, whole), whole)});
  }
}

std::uint64_t serviceable(const model::EquipmentStatement& equipment, const Committed& committed) {
  std::map<model::EquipmentKind, std::uint64_t> fmc;
  for (const auto& holding : equipment.holdings) {
    fmc[holding.kind] += holding.fmc.value_or(0);
  }
  std::uint64_t sum = 0;
  for (const auto& [kind, count] : committed.equipment) {
    sum += std::min(fmc[kind], count);
  }
  return sum;
}

std::uint64_t trained(const model::TrainingStatement& training, const Committed& committed,
                      model::UtcTime at) {
  return static_cast<std::uint64_t>(
      std::count_if(training.tasks.begin(), training.tasks.end(), [&](const auto& task) {
        return committed.tasks.contains(task.task) && is_trained(task, at);
      }));
}

/// The ratios of DOMAIN.md §4 for which there are both numbers; the least of them counts.
std::vector<Ratio> ratios_of(Inquiry& inquiry, const model::UnitId& unit,
                             const Committed& committed) {
  std::vector<Ratio> ratios;
  if (const auto* strength = inquiry.counting<model::StrengthStatement>(unit)) {
    add_ratio(ratios, "deployable people", strength->deployable.value_or(0), committed.people);
  }
  std::uint64_t items = 0;
  for (const auto& [kind, count] : committed.equipment) {
    items += count;
  }
  if (const auto* equipment = inquiry.counting<model::EquipmentStatement>(unit)) {
    add_ratio(ratios, "serviceable items", serviceable(*equipment, committed), items);
  }
  if (const auto* training = inquiry.counting<model::TrainingStatement>(unit)) {
    add_ratio(ratios, "trained tasks", trained(*training, committed, inquiry.report.valid_at),
              committed.tasks.size());
  }
  return ratios;
}

void check_mission(Inquiry& inquiry, const model::ReadinessStatement& readiness, std::size_t index,
                   const std::vector<const model::ContributionStatement*>& slices) {
  const auto& mission = readiness.missions[index];
  if (!mission.percent_effective) {
    return;  // V18 says so.
  }
  const auto field = path("missions", index, "percent_effective");
  const auto found =
      fmt::format("{} % in {}", *mission.percent_effective, mission.operation.view());
  const auto committed = committed_to(inquiry, slices, mission.operation);
  const auto ratios = ratios_of(inquiry, readiness.unit, committed);
  if (ratios.empty()) {
    inquiry.refuse(Rule::v17, field, found,
                   fmt::format("no mission: {} has {} to {}, so there is nothing to divide by",
                               readiness.unit.view(),
                               committed.is_any ? "no number committed" : "nothing committed",
                               mission.operation.view()));
    return;
  }
  const auto least =
      std::min_element(ratios.begin(), ratios.end(),
                       [](const auto& a, const auto& b) { return a.percent < b.percent; });
  if (*mission.percent_effective > least->percent) {
    report_better(inquiry, field, readiness, found,
                  fmt::format("computed {} %: {}", least->percent, least->words));
  }
}

}  // namespace

void check_missions(Inquiry& inquiry, const model::ReadinessStatement& readiness) {
  if (readiness.missions.empty()) {
    return;
  }
  const auto slices = committed_slices(inquiry, readiness.unit);
  for (std::size_t i = 0; i < readiness.missions.size(); ++i) {
    check_number(inquiry, path("missions", i, "mission_level"), readiness.missions[i].mission_level,
                 1, 4, true);
    check_number(inquiry, path("missions", i, "percent_effective"),
                 readiness.missions[i].percent_effective, 0, 100, true);
    check_mission(inquiry, readiness, i, slices);
  }
}

}  // namespace muster::core
