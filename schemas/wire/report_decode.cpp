// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "schemas/wire/report.h"
#include "schemas/wire/statement_codec.h"

namespace muster::wire {
namespace {

using model::ErrorCode;

template <typename Model, typename Fbs>
void read_body(Reading& in, const Path& at, const Fbs* from, model::Statement& to) {
  read_statement(in, at, *from, to.emplace<Model>());
}

/// Reads the body as the kind that it says it is. A kind of a newer schema stays what it is.
void read_known(Reading& in, const Path& at, const fbs::Statement& from, model::Statement& to) {
  switch (from.body_type()) {
    case fbs::StatementBody::Unit:
      return read_body<model::UnitStatement>(in, at, from.body_as_Unit(), to);
    case fbs::StatementBody::Strength:
      return read_body<model::StrengthStatement>(in, at, from.body_as_Strength(), to);
    case fbs::StatementBody::Equipment:
      return read_body<model::EquipmentStatement>(in, at, from.body_as_Equipment(), to);
    case fbs::StatementBody::SelfSustainment:
      return read_body<model::SelfSustainmentStatement>(in, at, from.body_as_SelfSustainment(), to);
    case fbs::StatementBody::Training:
      return read_body<model::TrainingStatement>(in, at, from.body_as_Training(), to);
    case fbs::StatementBody::Readiness:
      return read_body<model::ReadinessStatement>(in, at, from.body_as_Readiness(), to);
    case fbs::StatementBody::Availability:
      return read_body<model::AvailabilityStatement>(in, at, from.body_as_Availability(), to);
    case fbs::StatementBody::Roster:
      return read_body<model::RosterStatement>(in, at, from.body_as_Roster(), to);
    case fbs::StatementBody::Caveat:
      return read_body<model::CaveatStatement>(in, at, from.body_as_Caveat(), to);
    case fbs::StatementBody::Standby:
      return read_body<model::StandbyStatement>(in, at, from.body_as_Standby(), to);
    case fbs::StatementBody::Contribution:
      return read_body<model::ContributionStatement>(in, at, from.body_as_Contribution(), to);
    case fbs::StatementBody::Operation:
      return read_body<model::OperationStatement>(in, at, from.body_as_Operation(), to);
    case fbs::StatementBody::Requirement:
      return read_body<model::RequirementStatement>(in, at, from.body_as_Requirement(), to);
    case fbs::StatementBody::Decision:
      return read_body<model::DecisionStatement>(in, at, from.body_as_Decision(), to);
    case fbs::StatementBody::Registry:
      return read_body<model::RegistryStatement>(in, at, from.body_as_Registry(), to);
    case fbs::StatementBody::NONE:
      break;
  }
  to = model::UninterpretedStatement{static_cast<model::StatementKind>(from.body_type())};
}

void read_one(Reading& in, const Path& at, const fbs::Statement& from, model::Statement& to) {
  if (from.body() == nullptr || from.body_type() == fbs::StatementBody::NONE) {
    return in.fail(at, "says nothing");
  }
  read_known(in, at, from, to);
}

void read_statements(Reading& in, const fbs::Report& from, std::vector<model::Statement>& to) {
  const auto* statements = from.statements();
  const std::size_t count = statements == nullptr ? 0 : statements->size();
  if (count == 0 || count > model::kStatementsMax) {
    return in.fail({nullptr, "statements"},
                   fmt::format("found {}, expected 1 to {}", count, model::kStatementsMax));
  }
  read_list(in, {nullptr, kStatementStep}, statements, to, read_one);
}

model::Report read_report(Reading& in, const fbs::Report& from) {
  model::Report to;
  to.kind = static_cast<model::ReportKind>(from.kind());
  to.valid_at = model::from_micros(from.valid_at());
  to.classification = static_cast<model::Classification>(from.classification());
  read_keys(in, {nullptr, "releasable_to"}, from.releasable_to(), to.releasable_to);
  if (from.corrects() != nullptr) {
    read_key(in, {nullptr, "corrects"}, from.corrects(), to.corrects.emplace());
  }
  read_statements(in, from, to.statements);
  return to;
}

/// Every list of texts inside a statement that the verifier visits.
void count_texts(SharedTexts& texts, const flatbuffers::Table& statement) {
  const auto kind =
      static_cast<fbs::StatementBody>(texts.byte(statement, fbs::Statement::VT_BODY_TYPE));
  if (kind != fbs::StatementBody::Unit && kind != fbs::StatementBody::Roster &&
      kind != fbs::StatementBody::Operation) {
    return;
  }
  const auto* body = texts.table(statement, fbs::Statement::VT_BODY);
  if (body == nullptr) {
    return;
  }
  if (kind == fbs::StatementBody::Unit) {
    texts.texts(*body, fbs::Unit::VT_LANGUAGES);
  }
  if (kind == fbs::StatementBody::Roster) {
    texts.each(*body, fbs::Roster::VT_UPSERTS, [&](const flatbuffers::Table& entry) {
      texts.texts(entry, fbs::RosterEntry::VT_LANGUAGES);
    });
  }
  if (kind == fbs::StatementBody::Operation) {
    texts.texts(*body, fbs::Operation::VT_LEGAL_BASIS);
    texts.texts(*body, fbs::Operation::VT_MANDATE_REFS);
  }
}

bool has_sane_texts(model::ByteView aligned) {
  SharedTexts texts(aligned);
  if (const auto* root = texts.root()) {
    texts.each(*root, fbs::Report::VT_STATEMENTS,
               [&](const flatbuffers::Table& statement) { count_texts(texts, statement); });
  }
  return texts.sane();
}

}  // namespace

model::Result<model::Report> decode_report(model::ByteView bytes, std::size_t bytes_max) {
  if (bytes.size() > bytes_max) {
    return fail(ErrorCode::malformed, fmt::format("report: found {} bytes, expected at most {}",
                                                  bytes.size(), bytes_max));
  }
  thread_local model::Bytes memory;
  const auto aligned = aligned_copy(bytes, memory);
  const auto* root = has_sane_texts(aligned)
                         ? verified_root<fbs::Report>(aligned, fbs::ReportIdentifier())
                         : nullptr;
  if (root == nullptr) {
    return fail(ErrorCode::malformed,
                fmt::format("report: {} bytes are not a Report buffer (MSRP)", bytes.size()));
  }
  Reading in;
  auto report = read_report(in, *root);
  return in.result(std::move(report));
}

model::Result<model::Report> decode_report(model::ByteView bytes) {
  return decode_report(bytes, model::kReportBytesMax);
}

}  // namespace muster::wire
