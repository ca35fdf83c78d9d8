// SPDX-License-Identifier: Apache-2.0
#include <cassert>
#include <variant>

#include "schemas/wire/operation_codec.h"
#include "schemas/wire/query_codec.h"
#include "schemas/wire/report.h"
#include "schemas/wire/session_codec.h"
#include "schemas/wire/statement_codec.h"

namespace muster::wire {
namespace {

Written<fbs::StrengthRow> write_row(Writer& out, const model::StrengthRow& from) {
  const auto key = write_texts(out, from.key);
  const auto figures = write_figures(out, from.figures);
  return fbs::CreateStrengthRow(out, key, figures, write_time(from.oldest_valid_at));
}

Written<void> write_body(Writer& out, const model::StrengthAnswer& from) {
  const auto group_by = write_codes<fbs::Dimension>(out, from.group_by);
  const auto rows = write_list<fbs::StrengthRow>(out, from.rows, write_row);
  const auto total = write_row(out, from.total);
  return fbs::CreateStrengthAnswer(out, group_by, rows, total,
                                   static_cast<fbs::StrengthBasis>(from.basis),
                                   from.attachment_balance)
      .Union();
}

Written<fbs::TreeNode> write_node(Writer& out, const model::TreeNode& from) {
  const auto unit = write_text(out, from.unit.view());
  const auto parent = write_text_if_any(out, from.parent.view());
  const auto name = write_text_if_any(out, from.name);
  const auto own = write_figures(out, from.own);
  const auto rolled_up = write_figures(out, from.rolled_up);
  const auto computed = write_levels(out, from.computed);
  const auto short_name = write_text_if_any(out, from.short_name);
  const auto sidc = write_text_if_any(out, from.sidc);
  const auto home = place_of(from.home);
  const auto current = place_of(from.current);
  const auto relations = write_list<fbs::Relation>(out, from.relations, write_relation);
  const auto operations = write_keys(out, from.operations);
  return fbs::CreateTreeNode(
      out, unit, parent, from.depth, name, static_cast<fbs::Component>(from.component),
      static_cast<fbs::ElementKind>(from.element_kind), static_cast<fbs::Echelon>(from.echelon),
      from.level, static_cast<fbs::Freshness>(from.freshness), own, rolled_up,
      write_time(from.valid_at), computed, from.on_hand, from.fmc, from.critical_shortfall,
      short_name, sidc, write_code<fbs::Lifecycle>(from.lifecycle),
      write_code<fbs::Reinforcement>(from.reinforcement), home ? &*home : nullptr,
      current ? &*current : nullptr, relations, from.committed, operations);
}

Written<void> write_body(Writer& out, const model::TreeAnswer& from) {
  const auto nation = write_text(out, from.nation.view());
  const auto nodes = write_list<fbs::TreeNode>(out, from.nodes, write_node);
  return fbs::CreateTreeAnswer(out, nation, nodes).Union();
}

Written<void> write_body(Writer& out, const model::UnitAnswer& from) {
  const auto part = readable_part(from.statements, from.stamps);
  const auto unit = write_text(out, from.unit.view());
  const auto node = write_text(out, from.node.view());
  const auto report = write_nested(out, part.report);
  const auto stamps = write_list<fbs::StatementStamp>(out, part.stamps, write_stamp);
  const auto computed = write_levels(out, from.computed);
  return fbs::CreateUnitAnswer(out, unit, node, report, stamps, computed, from.reported_overall,
                               from.effective, static_cast<fbs::Freshness>(from.freshness))
      .Union();
}

Written<fbs::NodeInfo> write_node_info(Writer& out, const model::NodeInfo& from) {
  const auto node = write_text(out, from.node.view());
  const auto head_hash = write_array<fbs::Hash>(from.head_hash);
  return fbs::CreateNodeInfo(out, node, from.head_seq, &head_hash,
                             write_time(from.last_received_at), from.accepted, from.refused);
}

Written<void> write_body(Writer& out, const model::ServerInfoAnswer& from) {
  const auto software = write_text_if_any(out, from.software);
  const auto tree_head = write_tree_head(out, from.tree_head);
  const auto nodes = write_list<fbs::NodeInfo>(out, from.nodes, write_node_info);
  return fbs::CreateServerInfoAnswer(out, software, model::to_micros(from.started_at),
                                     model::to_micros(from.server_time), from.ledger_seq, tree_head,
                                     from.units, nodes)
      .Union();
}

Written<fbs::LedgerReport> write_ledger_report(Writer& out, const model::LedgerReport& from) {
  const auto findings = write_findings(out, from.verdict.findings);
  return fbs::CreateLedgerReport(out, from.seq, static_cast<std::uint8_t>(from.verdict.verdict),
                                 findings, from.statements, model::to_micros(from.valid_at),
                                 static_cast<fbs::ReportKind>(from.kind));
}

Written<fbs::LedgerRow> write_record(Writer& out, const model::LedgerRow& from) {
  const auto node = write_text(out, from.node.view());
  const auto reports = write_list<fbs::LedgerReport>(out, from.reports, write_ledger_report);
  const auto chain_hash = write_array<fbs::Hash>(from.chain_hash);
  return fbs::CreateLedgerRow(out, from.ledger_seq, model::to_micros(from.received_at), node,
                              model::to_micros(from.issued_at), &chain_hash, from.envelope_bytes,
                              reports);
}

Written<void> write_body(Writer& out, const model::LedgerTailAnswer& from) {
  const auto records = write_list<fbs::LedgerRow>(out, from.records, write_record);
  return fbs::CreateLedgerTailAnswer(out, records, from.last_ledger_seq).Union();
}

static_assert(std::variant_size_v<model::AnswerBody> == static_cast<int>(fbs::AnswerBody::MAX));

}  // namespace

Written<fbs::Header> write_header(Writer& out, const model::AnswerHeader& from) {
  const auto reporting = write_keys(out, from.nations_reporting);
  const auto missing = write_keys(out, from.nations_missing);
  const auto stale = write_keys(out, from.nations_stale);
  const auto what_if = write_what_if(out, from.what_if);
  return fbs::CreateHeader(out, model::to_micros(from.valid_at), model::to_micros(from.known_at),
                           from.ledger_seq, static_cast<fbs::Realm>(from.realm), reporting, missing,
                           stale, from.stale_strength, from.is_withheld, what_if);
}

Written<fbs::Figures> write_figures(Writer& out, const model::Figures& from) {
  return fbs::CreateFigures(out, from.units, from.authorised, from.assigned, from.on_strength,
                            from.present, from.deployable);
}

Written<fbs::Levels> write_levels(Writer& out, const model::Levels& from) {
  return fbs::CreateLevels(out, from.p, from.s, from.r, from.t, from.overall, from.partial);
}

Written<fbs::StatementStamp> write_stamp(Writer& out, const model::StatementStamp& from) {
  const auto report = write_text(out, from.report.str());
  return fbs::CreateStatementStamp(
      out, static_cast<std::uint8_t>(from.kind), report, model::to_micros(from.valid_at),
      model::to_micros(from.issued_at), model::to_micros(from.received_at), from.ledger_seq,
      static_cast<fbs::Freshness>(from.freshness));
}

ReadablePart readable_part(const std::vector<model::Statement>& statements,
                           const std::vector<model::StatementStamp>& stamps) {
  assert(statements.size() == stamps.size());
  ReadablePart part;
  for (std::size_t i = 0; i < statements.size() && i < stamps.size(); ++i) {
    if (std::holds_alternative<model::UninterpretedStatement>(statements[i])) {
      continue;
    }
    part.report.statements.push_back(statements[i]);
    part.stamps.push_back(stamps[i]);
  }
  return part;
}

WrittenList<std::uint8_t> write_nested(Writer& out, const model::Report& report) {
  if (report.statements.empty()) {
    return {};
  }
  return out.CreateVector(encode_report(report));
}

model::Bytes encode_answer(const model::Answer& answer) {
  Writer out(64 * 1024);
  const auto header = write_header(out, answer.header);
  const auto body =
      std::visit([&](const auto& value) { return write_body(out, value); }, answer.body);
  const auto kind = static_cast<fbs::AnswerBody>(answer.body.index() + 1);
  out.Finish(fbs::CreateAnswer(out, header, kind, body), fbs::AnswerIdentifier());
  const auto bytes = written(out);
  return {bytes.begin(), bytes.end()};
}

}  // namespace muster::wire
