// SPDX-License-Identifier: Apache-2.0
// Registry: who may speak for whom, and the thresholds that count.
#include "schemas/wire/statement_codec.h"

namespace muster::wire {
namespace {

Written<fbs::Interval> write_interval(Writer& out, const model::ReportInterval& from) {
  return fbs::CreateInterval(out, static_cast<std::uint8_t>(from.statement), from.seconds);
}

Written<fbs::Member> write_member(Writer& out, const model::Member& from) {
  const auto nation = write_text(out, from.nation.view());
  const auto intervals = write_list<fbs::Interval>(out, from.intervals, write_interval);
  return fbs::CreateMember(out, nation,
                           static_cast<fbs::ParticipationStatus>(from.participation_status),
                           model::to_micros(from.valid_from), write_time(from.valid_to), intervals);
}

Written<fbs::RegisteredNode> write_node(Writer& out, const model::RegisteredNode& from) {
  const auto node_id = write_text(out, from.node_id.view());
  const auto roles = write_codes<fbs::Role>(out, from.roles);
  const auto key = write_array<fbs::Key>(from.key);
  const auto curve_key = write_array<fbs::Key>(from.curve_key);
  return fbs::CreateRegisteredNode(out, node_id, &key, &curve_key, roles,
                                   model::to_micros(from.valid_from), write_time(from.valid_to));
}

Written<fbs::UnitTransfer> write_transfer(Writer& out, const model::UnitTransfer& from) {
  const auto unit = write_text(out, from.unit.view());
  const auto from_node = write_text(out, from.from_node.view());
  const auto to_node = write_text(out, from.to_node.view());
  return fbs::CreateUnitTransfer(out, unit, from_node, to_node, model::to_micros(from.at));
}

Written<fbs::LevelBounds> write_bounds(Writer& out, const model::LevelBounds& from) {
  return fbs::CreateLevelBounds(out, from.one, from.two, from.three);
}

Written<fbs::Policy> write_policy(Writer& out, const model::Policy& from) {
  const auto deployable = write_bounds(out, from.deployable);
  const auto qualified = write_bounds(out, from.qualified);
  const auto on_hand = write_bounds(out, from.on_hand);
  const auto on_hand_aircraft = write_bounds(out, from.on_hand_aircraft);
  const auto serviceable = write_bounds(out, from.serviceable);
  const auto serviceable_aircraft = write_bounds(out, from.serviceable_aircraft);
  const auto trained = write_bounds(out, from.trained);
  const auto intervals = write_list<fbs::Interval>(out, from.intervals, write_interval);
  return fbs::CreatePolicy(out, model::to_micros(from.valid_from), deployable, qualified, on_hand,
                           on_hand_aircraft, serviceable, serviceable_aircraft, trained, intervals,
                           from.standby_availability_s, from.fresh_intervals, from.ageing_intervals,
                           from.stale_intervals, from.road_kmh, from.rail_kmh, from.air_kmh,
                           from.waivers_allowed, from.authorised_flag_percent,
                           from.pledge_warning_days, from.advance_within_h, from.first_within_h,
                           from.max_depletion_percent);
}

}  // namespace

Written<fbs::Registry> write_statement(Writer& out, const model::RegistryStatement& from) {
  const auto members = write_list<fbs::Member>(out, from.members, write_member);
  const auto nodes = write_list<fbs::RegisteredNode>(out, from.nodes, write_node);
  const auto transfers = write_list<fbs::UnitTransfer>(out, from.unit_transfers, write_transfer);
  const auto figures = write_list<fbs::PublishedFigure>(out, from.published_figures, write_figure);
  const auto policies = write_list<fbs::Policy>(out, from.policies, write_policy);
  return fbs::CreateRegistry(out, static_cast<fbs::Realm>(from.realm), members, nodes, transfers,
                             figures, policies);
}

}  // namespace muster::wire
