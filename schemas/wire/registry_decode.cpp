// SPDX-License-Identifier: Apache-2.0
// Registry: who may speak for whom, and the thresholds that count.
#include "schemas/wire/statement_codec.h"

namespace muster::wire {
namespace {

void read_interval(Reading&, const Path&, const fbs::Interval& from, model::ReportInterval& to) {
  to.statement = static_cast<model::StatementKind>(from.statement());
  to.seconds = from.seconds();
}

void read_member(Reading& in, const Path& at, const fbs::Member& from, model::Member& to) {
  read_key(in, {&at, "nation"}, from.nation(), to.nation);
  to.participation_status = static_cast<model::ParticipationStatus>(from.participation_status());
  to.valid_from = model::from_micros(from.valid_from());
  to.valid_to = read_time(from.valid_to());
  read_list(in, {&at, "intervals"}, from.intervals(), to.intervals, read_interval);
}

void read_node(Reading& in, const Path& at, const fbs::RegisteredNode& from,
               model::RegisteredNode& to) {
  read_key(in, {&at, "node_id"}, from.node_id(), to.node_id);
  read_array(from.key(), to.key);
  read_array(from.curve_key(), to.curve_key);
  read_codes(in, {&at, "roles"}, from.roles(), to.roles);
  to.valid_from = model::from_micros(from.valid_from());
  to.valid_to = read_time(from.valid_to());
}

void read_transfer(Reading& in, const Path& at, const fbs::UnitTransfer& from,
                   model::UnitTransfer& to) {
  read_key(in, {&at, "unit"}, from.unit(), to.unit);
  read_key(in, {&at, "from_node"}, from.from_node(), to.from_node);
  read_key(in, {&at, "to_node"}, from.to_node(), to.to_node);
  to.at = model::from_micros(from.at());
}

model::LevelBounds read_bounds(const fbs::LevelBounds& from) {
  return {from.one(), from.two(), from.three()};
}

/// The verifier has seen to it that every bound is there.
void read_level_bounds(const fbs::Policy& from, model::Policy& to) {
  to.deployable = read_bounds(*from.deployable());
  to.qualified = read_bounds(*from.qualified());
  to.on_hand = read_bounds(*from.on_hand());
  to.on_hand_aircraft = read_bounds(*from.on_hand_aircraft());
  to.serviceable = read_bounds(*from.serviceable());
  to.serviceable_aircraft = read_bounds(*from.serviceable_aircraft());
  to.trained = read_bounds(*from.trained());
}

void read_policy(Reading& in, const Path& at, const fbs::Policy& from, model::Policy& to) {
  to.valid_from = model::from_micros(from.valid_from());
  read_level_bounds(from, to);
  read_list(in, {&at, "intervals"}, from.intervals(), to.intervals, read_interval);
  to.standby_availability_s = from.standby_availability_s();
  to.fresh_intervals = from.fresh_intervals();
  to.ageing_intervals = from.ageing_intervals();
  to.stale_intervals = from.stale_intervals();
  to.road_kmh = from.road_kmh();
  to.rail_kmh = from.rail_kmh();
  to.air_kmh = from.air_kmh();
  to.waivers_allowed = from.waivers_allowed();
  to.authorised_flag_percent = from.authorised_flag_percent();
  to.pledge_warning_days = from.pledge_warning_days();
  to.advance_within_h = from.advance_within_h();
  to.first_within_h = from.first_within_h();
  to.max_depletion_percent = from.max_depletion_percent();
}

}  // namespace

void read_statement(Reading& in, const Path& at, const fbs::Registry& from,
                    model::RegistryStatement& to) {
  to.realm = static_cast<model::Realm>(from.realm());
  read_list(in, {&at, "members"}, from.members(), to.members, read_member);
  read_list(in, {&at, "nodes"}, from.nodes(), to.nodes, read_node);
  read_list(in, {&at, "unit_transfers"}, from.unit_transfers(), to.unit_transfers, read_transfer);
  read_list(in, {&at, "published_figures"}, from.published_figures(), to.published_figures,
            read_figure);
  read_list(in, {&at, "policies"}, from.policies(), to.policies, read_policy);
}

}  // namespace muster::wire
