// SPDX-License-Identifier: Apache-2.0
// Answers about rosters and about what changed. Their decoders: record_answer_decode.cpp.
#include "schemas/wire/query_codec.h"

namespace muster::wire {
namespace {

Written<fbs::RosterRow> write_roster_row(Writer& out, const model::RosterRow& from) {
  const auto key = write_text_if_any(out, from.key);
  return fbs::CreateRosterRow(out, static_cast<fbs::RosterDimension>(from.dimension), key,
                              from.people, from.present, from.deployable);
}

Written<fbs::FieldChange> write_change(Writer& out, const model::FieldChange& from) {
  const auto field = write_text_if_any(out, from.field);
  const auto before = write_text_if_any(out, from.before);
  const auto after = write_text_if_any(out, from.after);
  return fbs::CreateFieldChange(out, field, before, after);
}

Written<fbs::HistoryRow> write_history_row(Writer& out, const model::HistoryRow& from) {
  const auto report = write_text(out, from.report.str());
  const auto corrected_by =
      write_text_if_any(out, from.corrected_by ? from.corrected_by->str() : std::string());
  const auto changes = write_list<fbs::FieldChange>(out, from.changes, write_change);
  return fbs::CreateHistoryRow(out, static_cast<std::uint8_t>(from.kind), report,
                               static_cast<fbs::ReportKind>(from.report_kind),
                               model::to_micros(from.valid_at), model::to_micros(from.issued_at),
                               model::to_micros(from.received_at), from.ledger_seq, corrected_by,
                               changes);
}

Written<fbs::DiffRow> write_diff_row(Writer& out, const model::DiffRow& from) {
  const auto unit = write_text(out, from.unit.view());
  const auto change = write_change(out, from.change);
  const auto report = write_report_if_any(out, from.report);
  return fbs::CreateDiffRow(out, unit, static_cast<std::uint8_t>(from.kind), change, report,
                            model::to_micros(from.valid_at), model::to_micros(from.received_at));
}

}  // namespace

Written<void> write_body(Writer& out, const model::RosterAnswer& from) {
  const auto unit = write_text(out, from.unit.view());
  const auto strength =
      from.strength ? write_figures(out, *from.strength) : Written<fbs::Figures>{};
  const auto rows = write_list<fbs::RosterRow>(out, from.rows, write_roster_row);
  return fbs::CreateRosterAnswer(out, unit, from.units, from.version, write_time(from.valid_at),
                                 from.people, from.present, from.deployable, strength, rows)
      .Union();
}

Written<void> write_body(Writer& out, const model::HistoryAnswer& from) {
  const auto unit = write_text(out, from.unit.view());
  const auto rows = write_list<fbs::HistoryRow>(out, from.rows, write_history_row);
  return fbs::CreateHistoryAnswer(out, unit, rows).Union();
}

Written<void> write_body(Writer& out, const model::DiffAnswer& from) {
  return write_diff(out, from).Union();
}

Written<fbs::DiffAnswer> write_diff(Writer& out, const model::DiffAnswer& from) {
  const auto first = write_bitime(from.from);
  const auto second = write_bitime(from.to);
  const auto before = write_figures(out, from.before);
  const auto after = write_figures(out, from.after);
  const auto rows = write_list<fbs::DiffRow>(out, from.rows, write_diff_row);
  return fbs::CreateDiffAnswer(out, &first, &second, before, after, rows);
}

}  // namespace muster::wire
