// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "broker/core/rules_force.h"

namespace muster::core {

using model::Rule;

void check_period(Inquiry& inquiry, const Period& period) {
  check_time(inquiry, "from", period.from);
  check_time(inquiry, "to", period.to);
  if (period.from && period.to && *period.to <= *period.from) {
    inquiry.refuse(Rule::v10, "to", model::format_time(*period.to),
                   "after from " + model::format_time(*period.from));
  }
}

void check_area(Inquiry& inquiry, std::string_view field, const std::vector<model::Place>& area) {
  for (std::size_t i = 0; i < area.size(); ++i) {
    check_place(inquiry, path(field, i), area[i]);
  }
  if (!area.empty() && area.size() < 3) {
    inquiry.refuse(Rule::v18, field, fmt::format("{} corners", area.size()),
                   "a polygon of three corners or more");
  }
}

void check_equipment_counts(Inquiry& inquiry, const std::string& place,
                            const std::vector<model::EquipmentCount>& equipment) {
  for (std::size_t i = 0; i < equipment.size(); ++i) {
    check_code(inquiry, path(place, i, "kind"), equipment[i].kind);
    check_number(inquiry, path(place, i, "count"), std::optional(equipment[i].count), 0,
                 inquiry.limits.items_max, true);
  }
}

void check_order_after(Inquiry& inquiry, const Stamp& last, const std::string& subject) {
  if (inquiry.report.kind == model::ReportKind::correction ||
      inquiry.report.valid_at >= last.valid_at) {
    return;
  }
  inquiry.refuse(
      Rule::v09, "valid_at", model::format_time(inquiry.report.valid_at),
      fmt::format("not before {}, the last word on {} ({}); to change the past send a CORRECTION",
                  model::format_time(last.valid_at), subject, last.report.str()));
}

namespace {

void need(Inquiry& inquiry, Field field, bool is_given, const model::CaveatStatement& caveat) {
  if (!is_given) {
    inquiry.refuse(Rule::v18, field, "nothing",
                   fmt::format("what a caveat {} limits", model::to_text(caveat.kind)));
  }
}

/// V18: each kind of caveat needs the value that it is about.
void check_needs(Inquiry& inquiry, const model::CaveatStatement& caveat) {
  using enum model::CaveatKind;
  switch (caveat.kind) {
    case task_excluded:
      return need(inquiry, "tasks", !caveat.tasks.empty(), caveat);
    case area_excluded:
      return need(inquiry, "area", !caveat.area.empty(), caveat);
    case period:
      return need(inquiry, "from", caveat.from || caveat.to, caveat);
    case max_strength:
      return need(inquiry, "max_people", caveat.max_people.has_value(), caveat);
    case night_or_mode:
      return need(inquiry, "mode", !caveat.mode.empty(), caveat);
    case approval_required:
      return;
  }
}

/// V05: a nation declares its own limits and nobody else's.
void check_speaker(Inquiry& inquiry, const model::CaveatStatement& caveat) {
  const auto speaker = inquiry.arrival.report.node.publisher();
  if (caveat.nation != speaker) {
    inquiry.refuse(Rule::v05, "nation", fmt::format("\"{}\"", caveat.nation.view()),
                   fmt::format("{}: a nation declares its own caveats", speaker.view()));
  } else if (caveat.unit && caveat.unit->nation() != caveat.nation) {
    inquiry.refuse(Rule::v05, "unit", caveat.unit->str(),
                   fmt::format("a unit of {}", caveat.nation.view()));
  } else if (caveat.unit) {
    check_owner(inquiry, *caveat.unit);
  }
}

}  // namespace

void check_caveat(Inquiry& inquiry, const model::CaveatStatement& caveat) {
  check_speaker(inquiry, caveat);
  const auto key = agreement_key(caveat.nation, caveat.caveat_id);
  if (const auto* known = inquiry.agreed().caveats.find(key)) {
    check_order_after(inquiry, (*known)->stamp, key);
  }
  check_code(inquiry, "kind", caveat.kind);
  check_needs(inquiry, caveat);
  check_codes(inquiry, "tasks", caveat.tasks);
  check_area(inquiry, "area", caveat.area);
  check_period(inquiry, {caveat.from, caveat.to});
  check_number(inquiry, "max_people", caveat.max_people, 0, inquiry.limits.people_max, false);
  if (!caveat.declared_at) {
    inquiry.refuse(Rule::v18, "declared_at", "nothing", "when it was declared");
  }
  check_time(inquiry, "declared_at", caveat.declared_at);
  check_time(inquiry, "withdrawn_at", caveat.withdrawn_at);
  check_text(inquiry, "mode", caveat.mode, inquiry.limits.name_max);
  check_free_text(inquiry, "text", caveat.text, true);
  inquiry.agree(caveat);
}

void check_standby(Inquiry& inquiry, const model::StandbyStatement& standby) {
  check_owner(inquiry, standby.unit);
  if (const auto* known = inquiry.agreed().standby.find(standby_key(standby.unit, standby.from))) {
    check_order_after(inquiry, (*known)->stamp, standby.unit.str());
  }
  check_period(inquiry, {standby.from, standby.to});
  check_code(inquiry, "role", standby.role);
  check_number(inquiry, "people", std::optional(standby.people), 0, inquiry.limits.people_max,
               true);
  inquiry.agree(standby);
}

}  // namespace muster::core
