// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "broker/core/rules.h"
#include "schemas/model/text.h"

namespace muster::core {

using model::Rule;

namespace {

/// P, S, R and T are 1 to 4, or 6; 5 is a word about the whole unit.
void check_area(Inquiry& inquiry, Field field, std::optional<model::Level> level) {
  check_number(inquiry, field, level, 1, 6, true);
  if (level == model::kReorganising) {
    inquiry.refuse(Rule::v10, field, "5",
                   "1 to 4, or 6 when it was not measured; 5 is an overall level");
  }
}

/// V20: who departs from the computed level says why and on whose authority.
void check_override(Inquiry& inquiry, const model::LevelOverride& override) {
  constexpr std::size_t kRemarkMin = 20;
  check_code(inquiry, "override.direction", override.direction);
  if (override.reason_code.empty()) {
    inquiry.refuse(Rule::v20, "override.reason_code", "nothing", "a reason code");
  }
  if (override.authority.empty()) {
    inquiry.refuse(Rule::v20, "override.authority", "nothing", "who decided it");
  }
  if (const auto length = model::count_code_points(override.remark); length < kRemarkMin) {
    inquiry.refuse(Rule::v20, "override.remark", fmt::format("{} characters", length),
                   fmt::format("a remark of {} or more", kRemarkMin));
  }
  check_handle(inquiry, "override.reason_code", override.reason_code);
  check_text(inquiry, "override.authority", override.authority, inquiry.limits.name_max);
  check_handle(inquiry, "override.waiver_id", override.waiver_id);
  check_free_text(inquiry, "override.remark", override.remark, true);
}

/// V22: a forecast speaks of what comes.
void check_forecast(Inquiry& inquiry, const model::Forecast& forecast) {
  check_number(inquiry, "forecast.level", std::optional(forecast.level), 1, 5, true);
  if (forecast.when <= inquiry.report.valid_at) {
    inquiry.refuse(Rule::v22, "forecast.when", model::format_time(forecast.when),
                   "after valid_at " + model::format_time(inquiry.report.valid_at));
  }
  check_time(inquiry, "forecast.when", forecast.when);
}

/// V25: what is ready within more hours is not less.
void check_profile(Inquiry& inquiry, const std::vector<model::ProfilePoint>& profile) {
  for (std::size_t i = 0; i < profile.size(); ++i) {
    check_number(inquiry, path("profile", i, "within_h"), std::optional(profile[i].within_h), 0,
                 8760, true);
    check_number(inquiry, path("profile", i, "people"), std::optional(profile[i].people), 0,
                 inquiry.limits.people_max, true);
    if (i == 0) {
      continue;
    }
    const auto& before = profile[i - 1];
    if (profile[i].within_h <= before.within_h || profile[i].people < before.people) {
      inquiry.refuse(Rule::v25, path("profile", i),
                     fmt::format("{} people within {} h after {} within {} h", profile[i].people,
                                 profile[i].within_h, before.people, before.within_h),
                     "hours that grow and people that never fall");
    }
  }
}

/// V40: a pledge that has no end, or has ended, is held as 0; one that ends soon is worth a word.
void check_pledge(Inquiry& inquiry, const model::AvailabilityStatement& availability) {
  check_number(inquiry, "pledge_level", availability.pledge_level, 0, 4, true);
  if (availability.pledge_level.value_or(0) == 0) {
    return;
  }
  const auto until = availability.pledge_valid_until;
  const auto at = inquiry.report.valid_at;
  const auto warning = inquiry.state.registry->policy(at).pledge_warning_days;
  if (!until || *until <= at) {
    inquiry.flag(Rule::v40, "pledge_valid_until", until ? model::format_time(*until) : "nothing",
                 "a time after valid_at; until then the pledge is held as 0");
  } else if (*until <= at + std::chrono::days{warning}) {
    inquiry.flag(Rule::v40, "pledge_valid_until", model::format_time(*until),
                 fmt::format("more than {} days after valid_at; renew it", warning));
  }
}

void check_movement(Inquiry& inquiry, const model::Movement& movement) {
  check_code(inquiry, "movement.mode", movement.mode);
  if (movement.embark_point) {
    check_place(inquiry, "movement.embark_point", *movement.embark_point);
  }
  if (const auto& lift = movement.lift) {
    const auto& limits = inquiry.limits;
    check_number(inquiry, "movement.lift.people", std::optional(lift->people), 0, limits.people_max,
                 true);
    check_number(inquiry, "movement.lift.tonnes", std::optional(lift->tonnes), 0, limits.items_max,
                 true);
    check_number(inquiry, "movement.lift.vehicles", std::optional(lift->vehicles), 0,
                 limits.items_max, true);
  }
}

}  // namespace

void check_readiness(Inquiry& inquiry, const model::ReadinessStatement& readiness) {
  check_owner(inquiry, readiness.unit);
  check_order(inquiry, readiness.unit, model::StatementKind::readiness);
  check_area(inquiry, "P", readiness.p);
  check_area(inquiry, "S", readiness.s);
  check_area(inquiry, "R", readiness.r);
  check_area(inquiry, "T", readiness.t);
  check_number(inquiry, "reported_overall", readiness.reported_overall, 1, 6, true);
  if (readiness.level_override) {
    check_override(inquiry, *readiness.level_override);
  }
  check_levels(inquiry, readiness);
  check_missions(inquiry, readiness);
  if (readiness.forecast) {
    check_forecast(inquiry, *readiness.forecast);
  }
  if (readiness.operational_status) {
    check_code(inquiry, "operational_status", *readiness.operational_status);
  }
  check_free_text(inquiry, "remarks", readiness.remarks, true);
}

void check_availability(Inquiry& inquiry, const model::AvailabilityStatement& availability) {
  check_owner(inquiry, availability.unit);
  check_order(inquiry, availability.unit, model::StatementKind::availability);
  check_number(inquiry, "notice_to_move_min", availability.notice_to_move_min, 0, 525'600, false);
  check_number(inquiry, "load_min", availability.load_min, 0, 43'200, false);
  check_time(inquiry, "available_from", availability.available_from);
  check_time(inquiry, "available_until", availability.available_until);
  check_time(inquiry, "pledge_valid_until", availability.pledge_valid_until);
  check_pledge(inquiry, availability);
  check_number(inquiry, "sustain_days", availability.sustain_days, 0, 365, false);
  check_number(inquiry, "people_cap", availability.people_cap, 0, inquiry.limits.people_max, false);
  if (availability.movement) {
    check_movement(inquiry, *availability.movement);
  }
  check_profile(inquiry, availability.profile);
}

}  // namespace muster::core
