// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cassert>
#include <variant>

#include "schemas/wire/report.h"
#include "schemas/wire/statement_codec.h"

namespace muster::wire {
namespace {

bool is_interpreted(const model::Statement& statement) {
  return !std::holds_alternative<model::UninterpretedStatement>(statement);
}

struct BodyWriter {
  Writer& out;
  template <typename Statement>
  Written<void> operator()(const Statement& statement) const {
    return write_statement(out, statement).Union();
  }
  Written<void> operator()(const model::UninterpretedStatement&) const { return {}; }
};

Written<fbs::Statement> write_one(Writer& out, const model::Statement& from) {
  const auto body = std::visit(BodyWriter{out}, from);
  return fbs::CreateStatement(out, static_cast<fbs::StatementBody>(model::kind_of(from)), body);
}

WrittenList<Written<fbs::Statement>> write_all(Writer& out,
                                               const std::vector<model::Statement>& from) {
  std::vector<Written<fbs::Statement>> statements;
  statements.reserve(from.size());
  for (const auto& statement : from) {
    assert(is_interpreted(statement) && "what was not read cannot be written again");
    if (is_interpreted(statement)) {
      statements.push_back(write_one(out, statement));
    }
  }
  return out.CreateVector(statements);
}

void write_report(Writer& out, const model::Report& report) {
  const auto releasable_to = write_keys(out, report.releasable_to);
  const auto corrects = write_text_if_any(out, report.corrects ? report.corrects->str() : "");
  const auto statements = write_all(out, report.statements);
  out.Finish(fbs::CreateReport(out, static_cast<fbs::ReportKind>(report.kind),
                               model::to_micros(report.valid_at),
                               static_cast<fbs::Classification>(report.classification),
                               releasable_to, corrects, statements),
             fbs::ReportIdentifier());
}

}  // namespace

model::Bytes encode_report(const model::Report& report) {
  thread_local Writer out(4096);
  out.Clear();
  write_report(out, report);
  const auto bytes = written(out);
  return {bytes.begin(), bytes.end()};
}

}  // namespace muster::wire
