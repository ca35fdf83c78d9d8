// SPDX-License-Identifier: Apache-2.0
// Caveat, stand-by and contribution: what a nation limits and what it promises.
#include "schemas/wire/statement_codec.h"

namespace muster::wire {

Written<fbs::EquipmentCount> write_equipment_count(Writer& out, const model::EquipmentCount& from) {
  return fbs::CreateEquipmentCount(out, static_cast<fbs::EquipmentKind>(from.kind), from.count);
}

Written<fbs::Caveat> write_statement(Writer& out, const model::CaveatStatement& from) {
  const auto caveat_id = write_text(out, from.caveat_id.view());
  const auto nation = write_text_if_any(out, from.nation.view());
  const auto unit = write_key_if_any(out, from.unit);
  const auto tasks = write_codes<std::uint8_t>(out, from.tasks);
  const auto area = write_structs<fbs::Place>(out, from.area, write_corner);
  const auto mode = write_text_if_any(out, from.mode);
  const auto text = write_text_if_any(out, from.text);
  return fbs::CreateCaveat(out, caveat_id, nation, unit, static_cast<fbs::CaveatKind>(from.kind),
                           tasks, area, write_time(from.from), write_time(from.to), from.max_people,
                           mode, write_time(from.declared_at), write_time(from.withdrawn_at), text);
}

Written<fbs::Standby> write_statement(Writer& out, const model::StandbyStatement& from) {
  const auto unit = write_text(out, from.unit.view());
  return fbs::CreateStandby(out, unit, model::to_micros(from.from), model::to_micros(from.to),
                            static_cast<fbs::StandbyRole>(from.role), from.people);
}

Written<fbs::Contribution> write_statement(Writer& out, const model::ContributionStatement& from) {
  const auto contribution_id = write_text(out, from.contribution_id.view());
  const auto operation = write_text(out, from.operation.view());
  const auto sor_line = write_text(out, from.sor_line.view());
  const auto unit = write_text(out, from.unit.view());
  const auto equipment =
      write_list<fbs::EquipmentCount>(out, from.equipment, write_equipment_count);
  const auto variation = write_text_if_any(out, from.variation);
  return fbs::CreateContribution(out, contribution_id, operation, sor_line, unit, from.people,
                                 equipment, static_cast<fbs::ContributionState>(from.state),
                                 write_time(from.from), write_time(from.to),
                                 write_time(from.transfer_of_authority_at),
                                 static_cast<fbs::Authority>(from.authority), variation);
}

}  // namespace muster::wire
