// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "broker/core/rules.h"

namespace muster::core {

using model::Rule;

namespace {

/// V05: a unit changes hands inside its nation; nobody else may speak of it (V04).
void check_transfers(Inquiry& inquiry, const model::RegistryStatement& registry) {
  for (std::size_t i = 0; i < registry.unit_transfers.size(); ++i) {
    const auto& transfer = registry.unit_transfers[i];
    check_time(inquiry, path("unit_transfers", i, "at"), transfer.at);
    if (transfer.to_node.publisher() != transfer.unit.nation()) {
      inquiry.refuse(Rule::v05, path("unit_transfers", i, "to_node"), transfer.to_node.str(),
                     fmt::format("a node of {}", transfer.unit.nation().view()));
    }
  }
}

/// Least percentages that fall from level to level.
void check_bounds(Inquiry& inquiry, Field field, const model::LevelBounds& bounds) {
  if (bounds.one > 100 || bounds.two > bounds.one || bounds.three > bounds.two) {
    inquiry.refuse(Rule::v10, field,
                   fmt::format("{}, {}, {}", bounds.one, bounds.two, bounds.three),
                   "percentages of 100 or less that do not grow from level 1 to 3");
  }
}

void check_intervals(Inquiry& inquiry, Field field,
                     const std::vector<model::ReportInterval>& intervals) {
  for (const auto& interval : intervals) {
    check_number(inquiry, field, std::optional(interval.seconds), 3'600, 31'622'400, true);
  }
}

/// V10: thresholds that can be computed with.
void check_policy(Inquiry& inquiry, const model::Policy& policy, std::size_t i) {
  const auto field = [&](std::string_view name) { return path("policies", i, name); };
  const auto positive = [&](std::string_view name, std::uint32_t value) {
    check_number(inquiry, field(name), std::optional(value), 1, 0xffff, true);
  };
  check_time(inquiry, field("valid_from"), policy.valid_from);
  check_bounds(inquiry, field("deployable"), policy.deployable);
  check_bounds(inquiry, field("qualified"), policy.qualified);
  check_bounds(inquiry, field("on_hand"), policy.on_hand);
  check_bounds(inquiry, field("on_hand_aircraft"), policy.on_hand_aircraft);
  check_bounds(inquiry, field("serviceable"), policy.serviceable);
  check_bounds(inquiry, field("serviceable_aircraft"), policy.serviceable_aircraft);
  check_bounds(inquiry, field("trained"), policy.trained);
  check_intervals(inquiry, field("intervals"), policy.intervals);
  check_number(inquiry, field("standby_availability_s"),
               std::optional(policy.standby_availability_s), 3'600, 31'622'400, true);
  positive("fresh_intervals", policy.fresh_intervals);
  check_number(inquiry, field("ageing_intervals"), std::optional(policy.ageing_intervals),
               policy.fresh_intervals, 255, true);
  check_number(inquiry, field("stale_intervals"), std::optional(policy.stale_intervals),
               policy.ageing_intervals, 255, true);
  positive("road_kmh", policy.road_kmh);
  positive("rail_kmh", policy.rail_kmh);
  positive("air_kmh", policy.air_kmh);
  check_number(inquiry, field("authorised_flag_percent"),
               std::optional(policy.authorised_flag_percent), 0, 100, true);
  constexpr std::uint32_t kHoursMax = 8'760;  // Of a line of a requirement.
  check_number(inquiry, field("advance_within_h"), std::optional(policy.advance_within_h), 0,
               kHoursMax, true);
  check_number(inquiry, field("first_within_h"), std::optional(policy.first_within_h),
               policy.advance_within_h, kHoursMax, true);
  check_number(inquiry, field("max_depletion_percent"), std::optional(policy.max_depletion_percent),
               1, 100, true);
}

}  // namespace

void check_figures(Inquiry& inquiry, const std::vector<model::PublishedFigure>& figures) {
  for (std::size_t i = 0; i < figures.size(); ++i) {
    const auto field = [&](std::string_view name) { return path("published_figures", i, name); };
    check_text(inquiry, field("figure"), figures[i].figure, inquiry.limits.remark_max);
    check_text(inquiry, field("source"), figures[i].source, inquiry.limits.remark_max);
    check_code(inquiry, field("comparator"), figures[i].comparator);
    check_number(inquiry, field("value"), std::optional(figures[i].value), 0,
                 inquiry.limits.items_max, true);
    check_time(inquiry, field("as_of"), figures[i].as_of);
  }
}

void check_registry(Inquiry& inquiry, const model::RegistryStatement& registry) {
  check_code(inquiry, "realm", registry.realm);
  if (registry.realm != inquiry.state.registry->realm) {
    inquiry.refuse(Rule::v21, "realm", model::to_text(registry.realm),
                   fmt::format("{}: a store is of one realm for ever",
                               model::to_text(inquiry.state.registry->realm)));
  }
  for (std::size_t i = 0; i < registry.members.size(); ++i) {
    const auto& member = registry.members[i];
    check_code(inquiry, path("members", i, "participation_status"), member.participation_status);
    check_time(inquiry, path("members", i, "valid_from"), member.valid_from);
    check_time(inquiry, path("members", i, "valid_to"), member.valid_to);
    check_intervals(inquiry, path("members", i, "intervals"), member.intervals);
  }
  for (std::size_t i = 0; i < registry.nodes.size(); ++i) {
    const auto& node = registry.nodes[i];
    for (const auto role : node.roles) {
      check_code(inquiry, path("nodes", i, "roles"), role);
    }
    check_time(inquiry, path("nodes", i, "valid_from"), node.valid_from);
    check_time(inquiry, path("nodes", i, "valid_to"), node.valid_to);
  }
  check_transfers(inquiry, registry);
  check_figures(inquiry, registry.published_figures);
  for (std::size_t i = 0; i < registry.policies.size(); ++i) {
    check_policy(inquiry, registry.policies[i], i);
  }
}

}  // namespace muster::core
