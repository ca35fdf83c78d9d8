// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/model/statement.h"
#include "schemas/text/described.h"

/// Who may speak for whom, and the thresholds that count.
namespace muster::text {

template <typename Visitor, Of<model::ReportInterval> S>
void describe_fields(Visitor& v, S& s) {
  v.required("statement", s.statement);
  v.required("seconds", s.seconds);
}

template <typename Visitor, Of<model::Member> S>
void describe_fields(Visitor& v, S& s) {
  v.required("nation", s.nation);
  v.required("participation_status", s.participation_status);
  v.required("valid_from", s.valid_from);
  v.optional("valid_to", s.valid_to);
  v.optional("intervals", s.intervals);
}

template <typename Visitor, Of<model::RegisteredNode> S>
void describe_fields(Visitor& v, S& s) {
  v.required("node_id", s.node_id);
  v.required("key", s.key);
  v.required("curve_key", s.curve_key);
  v.optional("roles", s.roles);
  v.required("valid_from", s.valid_from);
  v.optional("valid_to", s.valid_to);
}

template <typename Visitor, Of<model::UnitTransfer> S>
void describe_fields(Visitor& v, S& s) {
  v.required("unit", s.unit);
  v.required("from_node", s.from_node);
  v.required("to_node", s.to_node);
  v.required("at", s.at);
}

template <typename Visitor, Of<model::LevelBounds> S>
void describe_fields(Visitor& v, S& s) {
  v.required("one", s.one);
  v.required("two", s.two);
  v.required("three", s.three);
}

/// Thresholds that are left out are those of model::Policy.
template <typename Visitor, Of<model::Policy> S>
void describe_fields(Visitor& v, S& s) {
  v.required("valid_from", s.valid_from);
  v.optional("deployable", s.deployable);
  v.optional("qualified", s.qualified);
  v.optional("on_hand", s.on_hand);
  v.optional("on_hand_aircraft", s.on_hand_aircraft);
  v.optional("serviceable", s.serviceable);
  v.optional("serviceable_aircraft", s.serviceable_aircraft);
  v.optional("trained", s.trained);
  v.optional("intervals", s.intervals);
  v.optional("standby_availability_s", s.standby_availability_s);
  v.optional("fresh_intervals", s.fresh_intervals);
  v.optional("ageing_intervals", s.ageing_intervals);
  v.optional("stale_intervals", s.stale_intervals);
  v.optional("road_kmh", s.road_kmh);
  v.optional("rail_kmh", s.rail_kmh);
  v.optional("air_kmh", s.air_kmh);
  v.optional("waivers_allowed", s.waivers_allowed);
  v.optional("authorised_flag_percent", s.authorised_flag_percent);
  v.optional("pledge_warning_days", s.pledge_warning_days);
  v.optional("advance_within_h", s.advance_within_h);
  v.optional("first_within_h", s.first_within_h);
  v.optional("max_depletion_percent", s.max_depletion_percent);
}

template <typename Visitor, Of<model::RegistryStatement> S>
void describe_fields(Visitor& v, S& s) {
  v.required("realm", s.realm);
  v.optional("members", s.members);
  v.optional("nodes", s.nodes);
  v.optional("unit_transfers", s.unit_transfers);
  v.optional("published_figures", s.published_figures);
  v.optional("policies", s.policies);
}

}  // namespace muster::text
