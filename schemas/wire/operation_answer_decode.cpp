// SPDX-License-Identifier: Apache-2.0
// Answers about operations: what there is, what is lacking, and who is promised. Their encoders:
// operation_answer_encode.cpp.
#include "schemas/wire/operation_codec.h"
#include "schemas/wire/query_codec.h"
#include "schemas/wire/statement_codec.h"

namespace muster::wire {
namespace {

void read_operation_row(Reading& in, const Path& at, const fbs::OperationRow& from,
                        model::OperationRow& to) {
  read_key(in, {&at, "operation"}, from.operation(), to.operation);
  read_text(in, {&at, "name"}, from.name(), to.name);
  read_key_if_any(in, {&at, "host"}, from.host(), to.host);
  to.state = static_cast<model::OperationState>(from.state());
  to.authorised_strength = from.authorised_strength();
  to.requirement_version = from.requirement_version();
  to.required = from.required_people();
  to.nations = from.nations();
  read_promised(*from.people(), to.people);
}

void read_nation(Reading& in, const Path& at, const fbs::OperationNation& from,
                 model::OperationNation& to) {
  read_key(in, {&at, "nation"}, from.nation(), to.nation);
  to.units = from.units();
  read_promised(*from.people(), to.people);
  read_list(in, {&at, "equipment"}, from.equipment(), to.equipment, read_equipment_count);
  to.committed = from.committed();
  to.deployable = from.deployable();
  to.depletion_permille = from.depletion_permille();
}

void read_check(Reading& in, const Path& at, const fbs::FigureCheck& from, model::FigureCheck& to) {
  read_figure(in, {&at, "published"}, *from.published(), to.published);
  to.verdict = static_cast<model::Reconciliation>(from.verdict());
  to.computed = from.computed();
  to.difference = from.difference();
  to.permille = from.permille();
}

void read_fix(Reading& in, const Path& at, const fbs::Fix& from, model::Fix& to) {
  to.kind = static_cast<model::FixKind>(from.kind());
  read_key_if_any(in, {&at, "unit"}, from.unit(), to.unit);
  read_text(in, {&at, "subject"}, from.subject(), to.subject);
  to.people = from.people();
  to.element_kind = static_cast<model::ElementKind>(from.element_kind());
  read_codes(in, {&at, "tasks"}, from.tasks(), to.tasks);
  to.capability_type = from.capability_type();
  to.within_h = from.within_h();
  read_text(in, {&at, "text"}, from.text(), to.text);
}

void read_gap(Reading& in, const Path& at, const fbs::LineGap& from, model::LineGap& to) {
  read_line(in, {&at, "line"}, *from.line(), to.line);
  to.offered = from.offered();
  to.counted = from.counted();
  to.lacking = from.lacking();
  read_list(in, {&at, "causes"}, from.causes(), to.causes, read_cause);
  to.not_offered = from.not_offered();
  read_list(in, {&at, "equipment"}, from.equipment(), to.equipment, read_cover);
  to.candidates = from.candidates();
  to.candidate_people = from.candidate_people();
  read_fix_if_any(in, {&at, "fix"}, from.fix(), to.fix);
}

void read_offer(Reading& in, const Path& at, const fbs::OfferLeftOut& from,
                model::OfferLeftOut& to) {
  read_text(in, {&at, "contribution"}, from.contribution(), to.contribution);
  read_key(in, {&at, "line"}, from.line(), to.line);
  read_key(in, {&at, "unit"}, from.unit(), to.unit);
  to.state = static_cast<model::ContributionState>(from.state());
  to.people = from.people();
  to.counted = from.counted();
  to.reason = static_cast<model::LeftOutReason>(from.reason());
  read_text(in, {&at, "detail"}, from.detail(), to.detail);
}

void read_candidate(Reading& in, const Path& at, const fbs::LineCandidate& from,
                    model::LineCandidate& to) {
  read_key(in, {&at, "line"}, from.line(), to.line);
  read_key(in, {&at, "unit"}, from.unit(), to.unit);
  to.people = from.people();
  to.ready_min = from.ready_min();
}

void read_commitment(Reading& in, const Path& at, const fbs::CommitmentRow& from,
                     model::CommitmentRow& to) {
  read_text(in, {&at, "contribution"}, from.contribution(), to.contribution);
  read_key(in, {&at, "operation"}, from.operation(), to.operation);
  read_key(in, {&at, "line"}, from.line(), to.line);
  read_key(in, {&at, "unit"}, from.unit(), to.unit);
  to.people = from.people();
  read_list(in, {&at, "equipment"}, from.equipment(), to.equipment, read_equipment_count);
  to.state = static_cast<model::ContributionState>(from.state());
  to.from = read_time(from.from());
  to.to = read_time(from.to());
  to.transfer_of_authority_at = read_time(from.transfer_of_authority_at());
  to.authority = static_cast<model::Authority>(from.authority());
  read_text(in, {&at, "variation"}, from.variation(), to.variation);
  to.overlap_people = from.overlap_people();
  read_key_if_any(in, {&at, "report"}, from.report(), to.report);
}

void read_burden(Reading& in, const Path& at, const fbs::NationBurden& from,
                 model::NationBurden& to) {
  read_key(in, {&at, "nation"}, from.nation(), to.nation);
  to.committed = from.committed();
  to.deployable = from.deployable();
  to.depletion_permille = from.depletion_permille();
}

}  // namespace

void read_promised(const fbs::PromisedPeople& from, model::PromisedPeople& to) {
  to = {.offered = from.offered(),
        .accepted = from.accepted(),
        .committed = from.committed(),
        .in_transit = from.in_transit(),
        .in_place = from.in_place(),
        .returning = from.returning(),
        .released = from.released()};
}

void read_cause(Reading&, const Path&, const fbs::CausePeople& from, model::CausePeople& to) {
  to = {static_cast<model::LeftOutReason>(from.reason()), from.people()};
}

void read_cover(Reading&, const Path&, const fbs::EquipmentCover& from, model::EquipmentCover& to) {
  to = {static_cast<model::EquipmentKind>(from.kind()), from.needed(), from.counted()};
}

void read_fix_if_any(Reading& in, const Path& at, const fbs::Fix* from,
                     std::optional<model::Fix>& to) {
  if (from != nullptr) {
    read_fix(in, at, *from, to.emplace());
  }
}

void read_body(Reading& in, const fbs::OperationsAnswer& from, model::OperationsAnswer& to) {
  read_list(in, {&kBody, "rows"}, from.rows(), to.rows, read_operation_row);
}

void read_body(Reading& in, const fbs::OperationAnswer& from, model::OperationAnswer& to) {
  read_key(in, {&kBody, "operation"}, from.operation(), to.operation);
  to.state = static_cast<model::OperationState>(from.state());
  read_text(in, {&kBody, "next_states"}, from.next_states(), to.next_states);
  to.authorised_strength = from.authorised_strength();
  read_text(in, {&kBody, "commander"}, from.commander(), to.commander);
  read_nested(in, from.report(), to.statements);
  read_stamps(in, from.stamps(), to.statements.size(), to.stamps);
  read_list(in, {&kBody, "nations"}, from.nations(), to.nations, read_nation);
  read_list(in, {&kBody, "figures"}, from.figures(), to.figures, read_check);
}

void read_body(Reading& in, const fbs::GapsAnswer& from, model::GapsAnswer& to) {
  read_key(in, {&kBody, "operation"}, from.operation(), to.operation);
  to.version = from.version();
  to.needed = from.needed();
  to.offered = from.offered();
  to.counted = from.counted();
  to.lacking = from.lacking();
  read_list(in, {&kBody, "lines"}, from.lines(), to.lines, read_gap);
  read_list(in, {&kBody, "left_out"}, from.left_out(), to.left_out, read_offer);
  read_list(in, {&kBody, "candidates"}, from.candidates(), to.candidates, read_candidate);
}

void read_body(Reading& in, const fbs::CommitmentsAnswer& from, model::CommitmentsAnswer& to) {
  read_list(in, {&kBody, "rows"}, from.rows(), to.rows, read_commitment);
  to.accepted = from.accepted();
  to.committed = from.committed();
  to.overlap_people = from.overlap_people();
  to.overdue = from.overdue();
  to.relieved = from.relieved();
  to.rotation_debt = from.rotation_debt();
  read_list(in, {&kBody, "nations"}, from.nations(), to.nations, read_burden);
}

}  // namespace muster::wire
