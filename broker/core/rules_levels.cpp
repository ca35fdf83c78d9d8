// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

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
  std::string basis;  ///< What the computed level rests on, or why there is none.
};

std::string people_basis(const model::StrengthStatement* s) {
  if (s == nullptr) {
    return "no Strength, so authorised is absent";
  }
  return fmt::format("deployable {} of authorised {}", s->deployable.value_or(0),
                     s->authorised.value_or(0));
}

std::string items_basis(const model::EquipmentStatement* s, std::string_view whole) {
  if (s == nullptr) {
    return fmt::format("no Equipment, so {} is absent", whole);
  }
  return fmt::format("{} over the PACING and ESSENTIAL of {} items", whole, s->holdings.size());
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
    const auto* strength = inquiry.counting<model::StrengthStatement>(readiness.unit);
    const auto* equipment = inquiry.counting<model::EquipmentStatement>(readiness.unit);
    const auto* training = inquiry.counting<model::TrainingStatement>(readiness.unit);
    computed_ =
        computed_levels({strength, equipment, training}, inquiry.state.registry->policy(at), at);
    areas_ = {
        Area{"P", readiness.p, computed_.p, people_basis(strength)},
        Area{"S", readiness.s, computed_.s, items_basis(equipment, "required")},
        Area{"R", readiness.r, computed_.r, items_basis(equipment, "on hand")},
        Area{"T", readiness.t, computed_.t, tasks_basis(training, at)},
        Area{"reported_overall", readiness.reported_overall, computed_.overall, worst_area()}};
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
                      fmt::format("computed {}: {}", area.computed, area.basis));
      } else if (*area.reported > area.computed) {
        worse += fmt::format("{}{} {} is worse than computed {}", worse.empty() ? "" : ", ",
                             area.name, *area.reported, area.computed);
      }
    }
    check_grounds(std::move(worse));
  }

 private:
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
                    fmt::format("6, not measured: {}", area.basis));
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
