// SPDX-License-Identifier: Apache-2.0
// Answers about operations: what there is, what is lacking, and who is promised. Their decoders:
// operation_answer_decode.cpp.
#include "schemas/wire/operation_codec.h"
#include "schemas/wire/query_codec.h"
#include "schemas/wire/statement_codec.h"

namespace muster::wire {
namespace {

Written<fbs::OperationRow> write_operation_row(Writer& out, const model::OperationRow& from) {
  const auto operation = write_text(out, from.operation.view());
  const auto name = write_text_if_any(out, from.name);
  const auto host = write_key_if_any(out, from.host);
  const auto people = write_promised(out, from.people);
  return fbs::CreateOperationRow(
      out, operation, name, host, static_cast<fbs::OperationState>(from.state),
      from.authorised_strength, from.requirement_version, from.required, from.nations, people);
}

Written<fbs::OperationNation> write_nation(Writer& out, const model::OperationNation& from) {
  const auto nation = write_text(out, from.nation.view());
  const auto people = write_promised(out, from.people);
  const auto equipment =
      write_list<fbs::EquipmentCount>(out, from.equipment, write_equipment_count);
  return fbs::CreateOperationNation(out, nation, from.units, people, equipment, from.committed,
                                    from.deployable, from.depletion_permille);
}

Written<fbs::FigureCheck> write_check(Writer& out, const model::FigureCheck& from) {
  const auto published = write_figure(out, from.published);
  return fbs::CreateFigureCheck(out, published, static_cast<fbs::Reconciliation>(from.verdict),
                                from.computed, from.difference, from.permille);
}

Written<fbs::LineGap> write_gap(Writer& out, const model::LineGap& from) {
  const auto line = write_line(out, from.line);
  const auto causes = write_list<fbs::CausePeople>(out, from.causes, write_cause);
  const auto equipment = write_list<fbs::EquipmentCover>(out, from.equipment, write_cover);
  const auto fix = write_fix_if_any(out, from.fix);
  return fbs::CreateLineGap(out, line, from.offered, from.counted, from.lacking, causes,
                            from.not_offered, equipment, from.candidates, from.candidate_people,
                            fix);
}

Written<fbs::OfferLeftOut> write_offer(Writer& out, const model::OfferLeftOut& from) {
  const auto contribution = write_text_if_any(out, from.contribution);
  const auto line = write_text(out, from.line.view());
  const auto unit = write_text(out, from.unit.view());
  const auto detail = write_text_if_any(out, from.detail);
  return fbs::CreateOfferLeftOut(
      out, contribution, line, unit, static_cast<fbs::ContributionState>(from.state), from.people,
      from.counted, static_cast<fbs::LeftOutReason>(from.reason), detail);
}

Written<fbs::LineCandidate> write_candidate(Writer& out, const model::LineCandidate& from) {
  const auto line = write_text(out, from.line.view());
  const auto unit = write_text(out, from.unit.view());
  return fbs::CreateLineCandidate(out, line, unit, from.people, from.ready_min);
}

Written<fbs::CommitmentRow> write_commitment(Writer& out, const model::CommitmentRow& from) {
  const auto contribution = write_text_if_any(out, from.contribution);
  const auto operation = write_text(out, from.operation.view());
  const auto line = write_text(out, from.line.view());
  const auto unit = write_text(out, from.unit.view());
  const auto equipment =
      write_list<fbs::EquipmentCount>(out, from.equipment, write_equipment_count);
  const auto variation = write_text_if_any(out, from.variation);
  const auto report = write_report_if_any(out, from.report);
  return fbs::CreateCommitmentRow(
      out, contribution, operation, line, unit, from.people, equipment,
      static_cast<fbs::ContributionState>(from.state), write_time(from.from), write_time(from.to),
      write_time(from.transfer_of_authority_at), static_cast<fbs::Authority>(from.authority),
      variation, from.overlap_people, report);
}

Written<fbs::NationBurden> write_burden(Writer& out, const model::NationBurden& from) {
  const auto nation = write_text(out, from.nation.view());
  return fbs::CreateNationBurden(out, nation, from.committed, from.deployable,
                                 from.depletion_permille);
}

}  // namespace

Written<fbs::PromisedPeople> write_promised(Writer& out, const model::PromisedPeople& from) {
  return fbs::CreatePromisedPeople(out, from.offered, from.accepted, from.committed,
                                   from.in_transit, from.in_place, from.returning, from.released);
}

Written<fbs::CausePeople> write_cause(Writer& out, const model::CausePeople& from) {
  return fbs::CreateCausePeople(out, static_cast<fbs::LeftOutReason>(from.reason), from.people);
}

Written<fbs::EquipmentCover> write_cover(Writer& out, const model::EquipmentCover& from) {
  return fbs::CreateEquipmentCover(out, static_cast<fbs::EquipmentKind>(from.kind), from.needed,
                                   from.counted);
}

Written<fbs::Fix> write_fix_if_any(Writer& out, const std::optional<model::Fix>& from) {
  if (!from) {
    return {};
  }
  const auto unit = write_key_if_any(out, from->unit);
  const auto subject = write_text_if_any(out, from->subject);
  const auto tasks = write_codes<std::uint8_t>(out, from->tasks);
  const auto text = write_text_if_any(out, from->text);
  return fbs::CreateFix(out, static_cast<fbs::FixKind>(from->kind), unit, subject, from->people,
                        static_cast<fbs::ElementKind>(from->element_kind), tasks,
                        from->capability_type, from->within_h, text);
}

Written<void> write_body(Writer& out, const model::OperationsAnswer& from) {
  return fbs::CreateOperationsAnswer(
             out, write_list<fbs::OperationRow>(out, from.rows, write_operation_row))
      .Union();
}

Written<void> write_body(Writer& out, const model::OperationAnswer& from) {
  const auto part = readable_part(from.statements, from.stamps);
  const auto operation = write_text(out, from.operation.view());
  const auto next_states = write_text_if_any(out, from.next_states);
  const auto commander = write_text_if_any(out, from.commander);
  const auto report = write_nested(out, part.report);
  const auto stamps = write_list<fbs::StatementStamp>(out, part.stamps, write_stamp);
  const auto nations = write_list<fbs::OperationNation>(out, from.nations, write_nation);
  const auto figures = write_list<fbs::FigureCheck>(out, from.figures, write_check);
  return fbs::CreateOperationAnswer(out, operation, static_cast<fbs::OperationState>(from.state),
                                    next_states, from.authorised_strength, commander, report,
                                    stamps, nations, figures)
      .Union();
}

Written<void> write_body(Writer& out, const model::GapsAnswer& from) {
  const auto operation = write_text(out, from.operation.view());
  const auto lines = write_list<fbs::LineGap>(out, from.lines, write_gap);
  const auto left_out = write_list<fbs::OfferLeftOut>(out, from.left_out, write_offer);
  const auto candidates = write_list<fbs::LineCandidate>(out, from.candidates, write_candidate);
  return fbs::CreateGapsAnswer(out, operation, from.version, from.needed, from.offered,
                               from.counted, from.lacking, lines, left_out, candidates)
      .Union();
}

Written<void> write_body(Writer& out, const model::CommitmentsAnswer& from) {
  const auto rows = write_list<fbs::CommitmentRow>(out, from.rows, write_commitment);
  const auto nations = write_list<fbs::NationBurden>(out, from.nations, write_burden);
  return fbs::CreateCommitmentsAnswer(out, rows, from.accepted, from.committed, from.overlap_people,
                                      from.overdue, from.relieved, from.rotation_debt, nations)
      .Union();
}

}  // namespace muster::wire
