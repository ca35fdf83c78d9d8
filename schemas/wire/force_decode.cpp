// SPDX-License-Identifier: Apache-2.0
// Caveat, stand-by and contribution: what a nation limits and what it promises.
#include "schemas/wire/statement_codec.h"

namespace muster::wire {

void read_equipment_count(Reading&, const Path&, const fbs::EquipmentCount& from,
                          model::EquipmentCount& to) {
  to = {static_cast<model::EquipmentKind>(from.kind()), from.count()};
}

void read_statement(Reading& in, const Path& at, const fbs::Caveat& from,
                    model::CaveatStatement& to) {
  read_key(in, {&at, "caveat_id"}, from.caveat_id(), to.caveat_id);
  read_key_if_any(in, {&at, "nation"}, from.nation(), to.nation);
  read_key_if_any(in, {&at, "unit"}, from.unit(), to.unit);
  to.kind = static_cast<model::CaveatKind>(from.kind());
  read_codes(in, {&at, "tasks"}, from.tasks(), to.tasks);
  read_structs(in, {&at, "area"}, from.area(), to.area, read_corner);
  to.from = read_time(from.from());
  to.to = read_time(from.to());
  to.max_people = from.max_people();
  read_text(in, {&at, "mode"}, from.mode(), to.mode);
  to.declared_at = read_time(from.declared_at());
  to.withdrawn_at = read_time(from.withdrawn_at());
  read_text(in, {&at, "text"}, from.text(), to.text);
}

void read_statement(Reading& in, const Path& at, const fbs::Standby& from,
                    model::StandbyStatement& to) {
  read_key(in, {&at, "unit"}, from.unit(), to.unit);
  to.from = model::from_micros(from.from());
  to.to = model::from_micros(from.to());
  to.role = static_cast<model::StandbyRole>(from.role());
  to.people = from.people();
}

void read_statement(Reading& in, const Path& at, const fbs::Contribution& from,
                    model::ContributionStatement& to) {
  read_key(in, {&at, "contribution_id"}, from.contribution_id(), to.contribution_id);
  read_key(in, {&at, "operation"}, from.operation(), to.operation);
  read_key(in, {&at, "sor_line"}, from.sor_line(), to.sor_line);
  read_key(in, {&at, "unit"}, from.unit(), to.unit);
  to.people = from.people();
  read_list(in, {&at, "equipment"}, from.equipment(), to.equipment, read_equipment_count);
  to.state = static_cast<model::ContributionState>(from.state());
  to.from = read_time(from.from());
  to.to = read_time(from.to());
  to.transfer_of_authority_at = read_time(from.transfer_of_authority_at());
  to.authority = static_cast<model::Authority>(from.authority());
  read_text(in, {&at, "variation"}, from.variation(), to.variation);
}

}  // namespace muster::wire
