// SPDX-License-Identifier: Apache-2.0
// Roster: the people of a unit, without their names.
#include "schemas/wire/statement_codec.h"

namespace muster::wire {
namespace {

void read_qualification(Reading& in, const Path& at, const fbs::Qualification& from,
                        model::Qualification& to) {
  read_key(in, {&at, "code"}, from.code(), to.code);
  to.valid_until = read_time(from.valid_until());
}

void read_entry(Reading& in, const Path& at, const fbs::RosterEntry& from, model::RosterEntry& to) {
  read_array(from.person_ref(), to.person_ref);
  to.rank_grade = static_cast<model::RankGrade>(from.rank_grade());
  read_key_if_any(in, {&at, "specialty"}, from.specialty(), to.specialty);
  to.sex = static_cast<model::Sex>(from.sex());
  read_texts(in, {&at, "languages"}, from.languages(), to.languages);
  read_list(in, {&at, "qualifications"}, from.qualifications(), to.qualifications,
            read_qualification);
  to.duty_status = static_cast<model::DutyStatus>(from.duty_status());
  to.deployable = from.deployable();
  to.non_deployable_reason = read_code<model::NonDeployableReason>(from.non_deployable_reason());
  read_codes(in, {&at, "sealed_name"}, from.sealed_name(), to.sealed_name);
  read_text(in, {&at, "sealed_to"}, from.sealed_to(), to.sealed_to);
}

model::PersonRef read_person(const fbs::Uuid& from) {
  model::PersonRef to{};
  read_array(&from, to);
  return to;
}

}  // namespace

void read_statement(Reading& in, const Path& at, const fbs::Roster& from,
                    model::RosterStatement& to) {
  read_key(in, {&at, "unit"}, from.unit(), to.unit);
  to.version = from.version();
  to.form = static_cast<model::RosterForm>(from.form());
  to.base_version = from.base_version();
  read_list(in, {&at, "upserts"}, from.upserts(), to.upserts, read_entry);
  read_structs(in, {&at, "removals"}, from.removals(), to.removals, read_person);
}

}  // namespace muster::wire
