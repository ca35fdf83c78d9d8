// SPDX-License-Identifier: Apache-2.0
// Answers as one buffer, before they are cut into chunks. Not for other folders.
#pragma once

#include "schemas/fbs/query_generated.h"
#include "schemas/model/query.h"
#include "schemas/wire/reading.h"
#include "schemas/wire/writing.h"

namespace muster::wire {

/// An answer may be larger than a message, because chunks carry it.
inline constexpr std::size_t kAnswerBytesMax = 256 * 1024 * 1024;

model::Bytes encode_answer(const model::Answer& answer);

/// `aligned` begins at an address that is aligned for every scalar.
/// Errors: malformed, naming the field; unsupported for an answer that is not known.
model::Result<model::Answer> decode_answer(model::ByteView aligned);

// ---- what several answers are made of -----------------------------------------------------------

/// The root of everything that an answer says beside its header.
inline constexpr Path kBody{nullptr, "body"};

/// A header must be there.
void read_header(Reading& in, const fbs::Header* from, model::AnswerHeader& to);
Written<fbs::Header> write_header(Writer& out, const model::AnswerHeader& from);

void read_figures(const fbs::Figures& from, model::Figures& to);
/// Levels that are not there stay not measured.
void read_levels(const fbs::Levels* from, model::Levels& to);
Written<fbs::Figures> write_figures(Writer& out, const model::Figures& from);
Written<fbs::Levels> write_levels(Writer& out, const model::Levels& from);

/// A point in both times. Its two numbers are always there.
inline model::Bitime read_bitime(const fbs::Bitime& from) {
  return {model::from_micros(from.valid_at()), model::from_micros(from.known_at())};
}
inline fbs::Bitime write_bitime(const model::Bitime& from) {
  return {model::to_micros(from.valid_at), model::to_micros(from.known_at)};
}

/// The name of a report, where there is one.
inline Written<flatbuffers::String> write_report_if_any(Writer& out, const model::ReportId& from) {
  return from.node.empty() ? Written<flatbuffers::String>{} : write_text(out, from.str());
}

/// Who does not say a basis counts people by their owner.
inline model::StrengthBasis read_basis(fbs::StrengthBasis from) {
  return from == fbs::StrengthBasis::NONE ? model::StrengthBasis::owner
                                          : static_cast<model::StrengthBasis>(from);
}

// ---- statements in an answer --------------------------------------------------------------------

/// The statements of the Report buffer in the body, which may be absent.
void read_nested(Reading& in, const flatbuffers::Vector<std::uint8_t>* from,
                 std::vector<model::Statement>& to);
/// The stamps of the body: one for each of so many statements.
void read_stamps(Reading& in,
                 const flatbuffers::Vector<flatbuffers::Offset<fbs::StatementStamp>>* from,
                 std::size_t statements, std::vector<model::StatementStamp>& to);

/// What was not read cannot be written again: it is left out together with its stamp, so that the
/// two lists agree.
struct ReadablePart {
  model::Report report;
  std::vector<model::StatementStamp> stamps;
};
ReadablePart readable_part(const std::vector<model::Statement>& statements,
                           const std::vector<model::StatementStamp>& stamps);
WrittenList<std::uint8_t> write_nested(Writer& out, const model::Report& report);
Written<fbs::StatementStamp> write_stamp(Writer& out, const model::StatementStamp& from);

// ---- answers about the force, and proofs --------------------------------------------------------

void read_body(Reading& in, const fbs::ReadyAnswer& from, model::ReadyAnswer& to);
void read_body(Reading& in, const fbs::BuildupAnswer& from, model::BuildupAnswer& to);
void read_body(Reading& in, const fbs::MatrixAnswer& from, model::MatrixAnswer& to);
void read_body(Reading& in, const fbs::RosterAnswer& from, model::RosterAnswer& to);
void read_body(Reading& in, const fbs::HistoryAnswer& from, model::HistoryAnswer& to);
void read_body(Reading& in, const fbs::DiffAnswer& from, model::DiffAnswer& to);
void read_body(Reading& in, const fbs::StaleAnswer& from, model::StaleAnswer& to);
void read_body(Reading& in, const fbs::CaveatsAnswer& from, model::CaveatsAnswer& to);
void read_body(Reading& in, const fbs::OverridesAnswer& from, model::OverridesAnswer& to);
void read_body(Reading& in, const fbs::LedgerProofAnswer& from, model::LedgerProofAnswer& to);

Written<void> write_body(Writer& out, const model::ReadyAnswer& from);
Written<void> write_body(Writer& out, const model::BuildupAnswer& from);
Written<void> write_body(Writer& out, const model::MatrixAnswer& from);
Written<void> write_body(Writer& out, const model::RosterAnswer& from);
Written<void> write_body(Writer& out, const model::HistoryAnswer& from);
Written<void> write_body(Writer& out, const model::DiffAnswer& from);
Written<void> write_body(Writer& out, const model::StaleAnswer& from);
Written<void> write_body(Writer& out, const model::CaveatsAnswer& from);
Written<void> write_body(Writer& out, const model::OverridesAnswer& from);
Written<void> write_body(Writer& out, const model::LedgerProofAnswer& from);

// ---- what publishing would do -------------------------------------------------------------------

/// Reports are bounded here, and not read: what is in them is told by whoever judges them.
void read_query(Reading& in, const fbs::DryRunQuery& from, model::DryRunQuery& to);
Written<void> write_query(Writer& out, const model::DryRunQuery& from);
void read_body(Reading& in, const fbs::DryRunAnswer& from, model::DryRunAnswer& to);
Written<void> write_body(Writer& out, const model::DryRunAnswer& from);

/// A difference, wherever it stands.
void read_diff(Reading& in, const Path& at, const fbs::DiffAnswer& from, model::DiffAnswer& to);
Written<fbs::DiffAnswer> write_diff(Writer& out, const model::DiffAnswer& from);

}  // namespace muster::wire
