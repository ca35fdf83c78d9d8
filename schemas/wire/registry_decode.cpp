// SPDX-License-Identifier: Apache-2.0
// Registry: who may speak for whom.
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

}  // namespace

void read_statement(Reading& in, const Path& at, const fbs::Registry& from,
                    model::RegistryStatement& to) {
  to.realm = static_cast<model::Realm>(from.realm());
  read_list(in, {&at, "members"}, from.members(), to.members, read_member);
  read_list(in, {&at, "nodes"}, from.nodes(), to.nodes, read_node);
  read_list(in, {&at, "unit_transfers"}, from.unit_transfers(), to.unit_transfers, read_transfer);
}

}  // namespace muster::wire
