// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "broker/core/readiness.h"
#include "broker/core/rules.h"

namespace muster::core {

using model::kNotMeasured;
using model::Level;
using model::Rule;

namespace {

/// 1 to 4: anything else is no level of numbers, or is V10's business.
bool is_measured(std::optional<Level> level) { return level && *level >= 1 && *level <= 4; }

/// A reported level beside the computed one.
struct Area {
  std::string_view name;
  std::optional<Level> reported;
  Level computed = kNotMeasured;
};

std::string people_basis(const model::StrengthStatement* s) {
  if (s == nullptr) {
    return "no Strength, so authorised is absent";
  }
  return fmt::format("deployable {} of authorised {}", s->deployable.value_or(0),
                     s->authorised.value_or(0));
}

/// A part of a whole, over items.
struct Share {
  std::uint64_t part = 0, whole = 0;
};
bool is_less(const Share& a, const Share& b) {
  return a.whole > 0 && (b.whole == 0 || a.part * b.whole < b.part * a.whole);
}

/// What S or R is a share of, by the names of its two counts.
struct ItemCounts {
  std::string_view part, whole;
  Share (*share_of)(const model::Holding&);
};
/// A surplus of one item does not make up for the lack of another.
constexpr ItemCounts kSupply{"on hand", "required", [](const model::Holding& h) {
                               return h.on_hand && h.required
                                          ? Share{std::min(*h.on_hand, *h.required), *h.required}
                                          : Share{};
                             }};
constexpr ItemCounts kServiceability{"fmc", "on hand", [](const model::Holding& h) {
                                       return h.fmc && h.on_hand ? Share{*h.fmc, *h.on_hand}
                                                                 : Share{};
                                     }};

bool is_aircraft(const model::Holding& holding) {
  return holding.kind == model::EquipmentKind::aircraft_fixed ||
         holding.kind == model::EquipmentKind::helicopter;
}

/// The sums that a level of items may rest on, each measured by its own thresholds.
struct ItemSums {
  Share ground, aircraft;
  Share least_pacing;  ///< Of one PACING item alone.
  std::string_view least_item;
};
ItemSums sums_of(const model::EquipmentStatement& equipment, const ItemCounts& counts) {
  ItemSums sums;
  for (const auto& holding : equipment.holdings) {
    const bool is_pacing = holding.criticality == model::Criticality::pacing;
    if (!is_pacing && holding.criticality != model::Criticality::essential) {
      continue;
    }
    const auto share = counts.share_of(holding);
    auto& sum = is_aircraft(holding) ? sums.aircraft : sums.ground;
    sum.part += share.part;
    sum.whole += share.whole;
    if (is_pacing && is_less(share, sums.least_pacing)) {
      sums.least_pacing = share;
      sums.least_item = holding.item_code.view();
    }
  }
  return sums;
}

/// "fmc 15 of on hand 17 over the PACING and ESSENTIAL items".
std::string items_basis(const model::EquipmentStatement* s, const ItemCounts& counts) {
  if (s == nullptr) {
    return fmt::format("no Equipment, so {} is absent", counts.whole);
  }
  const auto sums = sums_of(*s, counts);
  if (sums.ground.whole + sums.aircraft.whole == 0) {
    return fmt::format(
        "{} is 0 over the PACING and ESSENTIAL items (an item without criticality counts as OTHER)",
        counts.whole);
  }
  const bool flies_alone = sums.ground.whole == 0;
  const auto& first = flies_alone ? sums.aircraft : sums.ground;
  auto words =
      fmt::format("{} {} of {} {} over the PACING and ESSENTIAL {}", counts.part, first.part,
                  counts.whole, first.whole, flies_alone ? "aircraft" : "items");
  if (!flies_alone && sums.aircraft.whole > 0) {
    words += fmt::format(" without aircraft, and {} of {} over their aircraft", sums.aircraft.part,
                         sums.aircraft.whole);
  }
  // R does not look at one item alone.
  const bool counts_alone = &counts == &kSupply && is_less(sums.least_pacing, sums.ground) &&
                            is_less(sums.least_pacing, sums.aircraft);
  if (counts_alone) {
    words += fmt::format(", and {} of {} of {}, a PACING item", sums.least_pacing.part,
                         sums.least_pacing.whole, sums.least_item);
  }
  return words;
}

std::string tasks_basis(const model::TrainingStatement* s, model::UtcTime at) {
  if (s == nullptr) {
    return "no Training, so the tasks assigned are absent";
  }
  std::size_t trained = 0;
  for (const auto& task : s->tasks) {
    trained += is_trained(task, at) ? 1U : 0U;
  }
  return fmt::format("{} tasks trained of {} assigned", trained, s->tasks.size());
}

/// Compares what is reported with what the statements that count at the report's valid_at give.
class Comparison {
 public:
  Comparison(Inquiry& inquiry, const model::ReadinessStatement& readiness)
      : inquiry_(inquiry), readiness_(readiness) {
    const auto at = inquiry.report.valid_at;
    strength_ = inquiry.counting<model::StrengthStatement>(readiness.unit);
    equipment_ = inquiry.counting<model::EquipmentStatement>(readiness.unit);
    training_ = inquiry.counting<model::TrainingStatement>(readiness.unit);
    computed_ =
        computed_levels({strength_, equipment_, training_}, inquiry.state.registry->policy(at), at);
    areas_ = {Area{"P", readiness.p, computed_.p}, Area{"S", readiness.s, computed_.s},
              Area{"R", readiness.r, computed_.r}, Area{"T", readiness.t, computed_.t},
              Area{"reported_overall", readiness.reported_overall, computed_.overall}};
  }

  void check() {
    std::string worse;
    for (const auto& area : areas_) {
      if (!is_measured(area.reported)) {
        continue;
      }
      if (area.computed == kNotMeasured) {
        refuse_unmeasured(area);
      } else if (*area.reported < area.computed) {
        report_better(inquiry_, area.name, readiness_, std::to_string(*area.reported),
                      fmt::format("computed {}: {}", area.computed, basis_of(area)));
      } else if (*area.reported > area.computed) {
        worse += fmt::format("{}{} {} is worse than computed {}", worse.empty() ? "" : ", ",
                             area.name, *area.reported, area.computed);
      }
    }
    check_grounds(std::move(worse));
  }

 private:
  /// What the computed level rests on, or why there is none.
  [[nodiscard]] std::string basis_of(const Area& area) const {
    switch (&area - areas_.data()) {
      case 0:
        return people_basis(strength_);
      case 1:
        return items_basis(equipment_, kSupply);
      case 2:
        return items_basis(equipment_, kServiceability);
      case 3:
        return tasks_basis(training_, inquiry_.report.valid_at);
      default:
        return worst_area();
    }
  }

  [[nodiscard]] std::string worst_area() const {
    const std::array<std::pair<std::string_view, Level>, 4> levels = {
        {{"P", computed_.p}, {"S", computed_.s}, {"R", computed_.r}, {"T", computed_.t}}};
    for (const auto& [name, level] : levels) {
      if (level == computed_.overall && level != kNotMeasured) {
        return fmt::format("the worst area is {}", name);
      }
    }
    return "no area could be measured";
  }

  /// V17: nothing to divide by is no level.
  void refuse_unmeasured(const Area& area) {
    inquiry_.refuse(Rule::v17, area.name, std::to_string(*area.reported),
                    fmt::format("6, not measured: {}", basis_of(area)));
  }

  /// V20: who reports worse than computed says why. A unit that is being reorganised may report 5
  /// without a word.
  void check_grounds(std::string worse) {
    if (readiness_.level_override) {
      return;
    }
    if (readiness_.reported_overall == model::kReorganising && !is_reorganising()) {
      worse += fmt::format(
          "{}reported_overall is 5 in a lifecycle that is not FORMING, CONVERTING "
          "or DISBANDED",
          worse.empty() ? "" : ", ");
    }
    if (!worse.empty()) {
      inquiry_.refuse(Rule::v20, "override", "none, and " + worse,
                      "an override with a reason code, a remark of 20 or more and an authority");
    }
  }

  [[nodiscard]] bool is_reorganising() const {
    using enum model::Lifecycle;
    const auto* unit = inquiry_.counting<model::UnitStatement>(readiness_.unit);
    const auto lifecycle = unit != nullptr ? unit->lifecycle : std::nullopt;
    return lifecycle == forming || lifecycle == converting || lifecycle == disbanded;
  }

  Inquiry& inquiry_;
  const model::ReadinessStatement& readiness_;
  const model::StrengthStatement* strength_ = nullptr;
  const model::EquipmentStatement* equipment_ = nullptr;
  const model::TrainingStatement* training_ = nullptr;
  model::Levels computed_;
  std::array<Area, 5> areas_;
};

}  // namespace

void report_better(Inquiry& inquiry, Field field, const model::ReadinessStatement& readiness,
                   std::string found, std::string computed) {
  const auto waiver = readiness.level_override ? readiness.level_override->waiver_id : "";
  const auto* decision = inquiry.agreed().decisions.find(waiver);
  const bool has_waiver =
      decision != nullptr && (*decision)->statement.kind == model::DecisionKind::waiver;
  if (!inquiry.state.registry->policy(inquiry.report.valid_at).waivers_allowed) {
    inquiry.refuse(Rule::v19, field, std::move(found), fmt::format("not better than {}", computed));
  } else if (!has_waiver) {
    inquiry.refuse(
        Rule::v19, field, std::move(found),
        fmt::format("not better than {}, or the waiver_id of a WAIVER decision", computed));
  } else {
    inquiry.flag(Rule::v19, field, std::move(found),
                 fmt::format("not better than {}; accepted with the waiver {}", computed, waiver));
  }
}

void check_levels(Inquiry& inquiry, const model::ReadinessStatement& readiness) {
  Comparison(inquiry, readiness).check();
}

}  // namespace muster::core
