// SPDX-License-Identifier: Apache-2.0
// Answers about rosters and about what changed. Their encoders: record_answer_encode.cpp.
#include "schemas/wire/query_codec.h"

namespace muster::wire {
namespace {

void read_roster_row(Reading& in, const Path& at, const fbs::RosterRow& from,
                     model::RosterRow& to) {
  to.dimension = static_cast<model::RosterDimension>(from.dimension());
  read_text(in, {&at, "key"}, from.key(), to.key);
  to.people = from.people();
  to.present = from.present();
  to.deployable = from.deployable();
}

void read_change(Reading& in, const Path& at, const fbs::FieldChange& from,
                 model::FieldChange& to) {
  read_text(in, {&at, "field"}, from.field(), to.field);
  read_text(in, {&at, "before"}, from.before(), to.before);
  read_text(in, {&at, "after"}, from.after(), to.after);
}

void read_history_row(Reading& in, const Path& at, const fbs::HistoryRow& from,
                      model::HistoryRow& to) {
  to.kind = static_cast<model::StatementKind>(from.kind());
  read_key(in, {&at, "report"}, from.report(), to.report);
  to.report_kind = static_cast<model::ReportKind>(from.report_kind());
  to.valid_at = model::from_micros(from.valid_at());
  to.issued_at = model::from_micros(from.issued_at());
  to.received_at = model::from_micros(from.received_at());
  to.ledger_seq = from.ledger_seq();
  if (from.corrected_by() != nullptr) {
    read_key(in, {&at, "corrected_by"}, from.corrected_by(), to.corrected_by.emplace());
  }
  read_list(in, {&at, "changes"}, from.changes(), to.changes, read_change);
}

void read_diff_row(Reading& in, const Path& at, const fbs::DiffRow& from, model::DiffRow& to) {
  read_key(in, {&at, "unit"}, from.unit(), to.unit);
  to.kind = static_cast<model::StatementKind>(from.kind());
  read_change(in, {&at, "change"}, *from.change(), to.change);
  read_key_if_any(in, {&at, "report"}, from.report(), to.report);
  to.valid_at = model::from_micros(from.valid_at());
  to.received_at = model::from_micros(from.received_at());
}

}  // namespace

void read_body(Reading& in, const fbs::RosterAnswer& from, model::RosterAnswer& to) {
  read_key(in, {&kBody, "unit"}, from.unit(), to.unit);
  to.units = from.units();
  to.version = from.version();
  to.valid_at = read_time(from.valid_at());
  to.people = from.people();
  to.present = from.present();
  to.deployable = from.deployable();
  if (from.strength() != nullptr) {
    read_figures(*from.strength(), to.strength.emplace());
  }
  read_list(in, {&kBody, "rows"}, from.rows(), to.rows, read_roster_row);
}

void read_body(Reading& in, const fbs::HistoryAnswer& from, model::HistoryAnswer& to) {
  read_key(in, {&kBody, "unit"}, from.unit(), to.unit);
  read_list(in, {&kBody, "rows"}, from.rows(), to.rows, read_history_row);
}

void read_body(Reading& in, const fbs::DiffAnswer& from, model::DiffAnswer& to) {
  read_diff(in, kBody, from, to);
}

void read_diff(Reading& in, const Path& at, const fbs::DiffAnswer& from, model::DiffAnswer& to) {
  to.from = read_bitime(*from.from());
  to.to = read_bitime(*from.to());
  read_figures(*from.before(), to.before);
  read_figures(*from.after(), to.after);
  read_list(in, {&at, "rows"}, from.rows(), to.rows, read_diff_row);
}

}  // namespace muster::wire
