// SPDX-License-Identifier: Apache-2.0
// Roster: the people of a unit, without their names.
#include "schemas/wire/statement_codec.h"

namespace muster::wire {
namespace {

Written<fbs::Qualification> write_qualification(Writer& out, const model::Qualification& from) {
  return fbs::CreateQualification(out, write_text(out, from.code.view()),
                                  write_time(from.valid_until));
}

fbs::Uuid write_person(const model::PersonRef& from) { return write_array<fbs::Uuid>(from); }

Written<fbs::RosterEntry> write_entry(Writer& out, const model::RosterEntry& from) {
  const auto person_ref = write_person(from.person_ref);
  const auto specialty = write_key_if_any(out, from.specialty);
  const auto languages = write_texts(out, from.languages);
  const auto qualifications =
      write_list<fbs::Qualification>(out, from.qualifications, write_qualification);
  const auto sealed_name = write_codes<std::uint8_t>(out, from.sealed_name);
  const auto sealed_to = write_text_if_any(out, from.sealed_to);
  return fbs::CreateRosterEntry(
      out, &person_ref, static_cast<fbs::RankGrade>(from.rank_grade), specialty,
      static_cast<fbs::Sex>(from.sex), languages, qualifications,
      static_cast<fbs::DutyStatus>(from.duty_status), from.deployable,
      write_code<fbs::NonDeployableReason>(from.non_deployable_reason), sealed_name, sealed_to);
}

}  // namespace

Written<fbs::Roster> write_statement(Writer& out, const model::RosterStatement& from) {
  const auto unit = write_text(out, from.unit.view());
  const auto upserts = write_list<fbs::RosterEntry>(out, from.upserts, write_entry);
  const auto removals = write_structs<fbs::Uuid>(out, from.removals, write_person);
  return fbs::CreateRoster(out, unit, from.version, static_cast<fbs::RosterForm>(from.form),
                           from.base_version, upserts, removals);
}

}  // namespace muster::wire
