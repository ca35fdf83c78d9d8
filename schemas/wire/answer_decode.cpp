// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "schemas/wire/operation_codec.h"
#include "schemas/wire/query_codec.h"
#include "schemas/wire/session_codec.h"
#include "schemas/wire/statement_codec.h"

namespace muster::wire {
namespace {

using model::ErrorCode;

const Path kHeader{nullptr, "header"};
constexpr std::size_t kRowsMax = 2'000'000;   // Units of a nation, with room to spare.
constexpr std::size_t kBytesPerTableMin = 8;  // A table's own offset, and one that refers to it.

void read_row(Reading& in, const Path& at, const fbs::StrengthRow& from, model::StrengthRow& to) {
  read_texts(in, {&at, "key"}, from.key(), to.key);
  read_figures(*from.figures(), to.figures);
  to.oldest_valid_at = read_time(from.oldest_valid_at());
}

void read_body(Reading& in, const fbs::StrengthAnswer& from, model::StrengthAnswer& to) {
  read_codes(in, {&kBody, "group_by"}, from.group_by(), to.group_by);
  read_list(in, {&kBody, "rows"}, from.rows(), to.rows, read_row);
  read_row(in, {&kBody, "total"}, *from.total(), to.total);
  to.basis = read_basis(from.basis());
  to.attachment_balance = from.attachment_balance();
}

/// What was appended to a row of the tree: absent when an older broker wrote it.
void read_appended(Reading& in, const Path& at, const fbs::TreeNode& from, model::TreeNode& to) {
  read_text(in, {&at, "short_name"}, from.short_name(), to.short_name);
  read_text(in, {&at, "sidc"}, from.sidc(), to.sidc);
  to.lifecycle = read_code<model::Lifecycle>(from.lifecycle());
  to.reinforcement = read_code<model::Reinforcement>(from.reinforcement());
  to.home = read_place(from.home());
  to.current = read_place(from.current());
  read_list(in, {&at, "relations"}, from.relations(), to.relations, read_relation);
  to.committed = from.committed();
  read_keys(in, {&at, "operations"}, from.operations(), to.operations);
}

void read_node(Reading& in, const Path& at, const fbs::TreeNode& from, model::TreeNode& to) {
  read_key(in, {&at, "unit"}, from.unit(), to.unit);
  read_key_if_any(in, {&at, "parent"}, from.parent(), to.parent);
  to.depth = from.depth();
  read_text(in, {&at, "name"}, from.name(), to.name);
  to.component = static_cast<model::Component>(from.component());
  to.element_kind = static_cast<model::ElementKind>(from.element_kind());
  to.echelon = static_cast<model::Echelon>(from.echelon());
  to.level = from.level();
  to.freshness = static_cast<model::Freshness>(from.freshness());
  read_figures(*from.own(), to.own);
  read_figures(*from.rolled_up(), to.rolled_up);
  to.valid_at = read_time(from.valid_at());
  read_levels(from.computed(), to.computed);
  to.on_hand = from.on_hand();
  to.fmc = from.fmc();
  to.critical_shortfall = from.critical_shortfall();
  read_appended(in, at, from, to);
}

void read_body(Reading& in, const fbs::TreeAnswer& from, model::TreeAnswer& to) {
  read_key(in, {&kBody, "nation"}, from.nation(), to.nation);
  read_list(in, {&kBody, "nodes"}, from.nodes(), to.nodes, read_node);
}

void read_stamp(Reading& in, const Path& at, const fbs::StatementStamp& from,
                model::StatementStamp& to) {
  to.kind = static_cast<model::StatementKind>(from.kind());
  read_key(in, {&at, "report"}, from.report(), to.report);
  to.valid_at = model::from_micros(from.valid_at());
  to.issued_at = model::from_micros(from.issued_at());
  to.received_at = model::from_micros(from.received_at());
  to.ledger_seq = from.ledger_seq();
  to.freshness = static_cast<model::Freshness>(from.freshness());
}

void read_body(Reading& in, const fbs::UnitAnswer& from, model::UnitAnswer& to) {
  read_key(in, {&kBody, "unit"}, from.unit(), to.unit);
  read_key(in, {&kBody, "node"}, from.node(), to.node);
  read_nested(in, from.report(), to.statements);
  read_stamps(in, from.stamps(), to.statements.size(), to.stamps);
  read_levels(from.computed(), to.computed);
  to.reported_overall = from.reported_overall();
  to.effective = from.effective();
  to.freshness = static_cast<model::Freshness>(from.freshness());
}

void read_node_info(Reading& in, const Path& at, const fbs::NodeInfo& from, model::NodeInfo& to) {
  read_key(in, {&at, "node"}, from.node(), to.node);
  to.head_seq = from.head_seq();
  read_array(from.head_hash(), to.head_hash);
  to.last_received_at = read_time(from.last_received_at());
  to.accepted = from.accepted();
  to.refused = from.refused();
}

void read_body(Reading& in, const fbs::ServerInfoAnswer& from, model::ServerInfoAnswer& to) {
  read_text(in, {&kBody, "software"}, from.software(), to.software);
  to.started_at = model::from_micros(from.started_at());
  to.server_time = model::from_micros(from.server_time());
  to.ledger_seq = from.ledger_seq();
  to.tree_head = read_tree_head(from.tree_head());
  to.units = from.units();
  read_list(in, {&kBody, "nodes"}, from.nodes(), to.nodes, read_node_info);
}

void read_ledger_report(Reading& in, const Path& at, const fbs::LedgerReport& from,
                        model::LedgerReport& to) {
  to.seq = from.seq();
  to.verdict.verdict = static_cast<model::Verdict>(from.verdict());
  read_findings(in, {&at, "findings"}, from.findings(), to.verdict.findings);
  to.statements = from.statements();
  to.valid_at = model::from_micros(from.valid_at());
  to.kind = static_cast<model::ReportKind>(from.kind());
}

void read_record(Reading& in, const Path& at, const fbs::LedgerRow& from, model::LedgerRow& to) {
  to.ledger_seq = from.ledger_seq();
  to.received_at = model::from_micros(from.received_at());
  read_key(in, {&at, "node"}, from.node(), to.node);
  to.issued_at = model::from_micros(from.issued_at());
  read_array(from.chain_hash(), to.chain_hash);
  to.envelope_bytes = from.envelope_bytes();
  read_list(in, {&at, "reports"}, from.reports(), to.reports, read_ledger_report);
}

void read_body(Reading& in, const fbs::LedgerTailAnswer& from, model::LedgerTailAnswer& to) {
  read_list(in, {&kBody, "records"}, from.records(), to.records, read_record);
  to.last_ledger_seq = from.last_ledger_seq();
}

#define MUSTER_READ_ANSWER(Name) \
  case fbs::AnswerBody::Name:    \
    return read_body(in, *from.body_as_##Name(), to.emplace<model::Name>())

void read_any(Reading& in, const fbs::Answer& from, model::AnswerBody& to) {
  switch (from.body_type()) {
    case fbs::AnswerBody::NONE:
      return in.fail(kBody, "is missing");
      MUSTER_READ_ANSWER(StrengthAnswer);
      MUSTER_READ_ANSWER(TreeAnswer);
      MUSTER_READ_ANSWER(UnitAnswer);
      MUSTER_READ_ANSWER(ServerInfoAnswer);
      MUSTER_READ_ANSWER(LedgerTailAnswer);
      MUSTER_READ_ANSWER(ReadyAnswer);
      MUSTER_READ_ANSWER(BuildupAnswer);
      MUSTER_READ_ANSWER(MatrixAnswer);
      MUSTER_READ_ANSWER(RosterAnswer);
      MUSTER_READ_ANSWER(HistoryAnswer);
      MUSTER_READ_ANSWER(DiffAnswer);
      MUSTER_READ_ANSWER(StaleAnswer);
      MUSTER_READ_ANSWER(CaveatsAnswer);
      MUSTER_READ_ANSWER(OverridesAnswer);
      MUSTER_READ_ANSWER(LedgerProofAnswer);
      MUSTER_READ_ANSWER(OperationsAnswer);
      MUSTER_READ_ANSWER(OperationAnswer);
      MUSTER_READ_ANSWER(GapsAnswer);
      MUSTER_READ_ANSWER(AssembleAnswer);
      MUSTER_READ_ANSWER(CommitmentsAnswer);
      MUSTER_READ_ANSWER(OperationBuildupAnswer);
      MUSTER_READ_ANSWER(StandbyAnswer);
      MUSTER_READ_ANSWER(RemainingAnswer);
      MUSTER_READ_ANSWER(SustainmentAnswer);
      MUSTER_READ_ANSWER(WithdrawalAnswer);
      MUSTER_READ_ANSWER(DryRunAnswer);
  }
  in.fail(kBody,
          fmt::format("{} is no answer this build knows", static_cast<unsigned>(from.body_type())),
          ErrorCode::unsupported);
}
#undef MUSTER_READ_ANSWER

bool has_sane_texts(model::ByteView aligned) {
  SharedTexts texts(aligned);
  const auto* root = texts.root();
  const auto* body = root != nullptr ? texts.table(*root, fbs::Answer::VT_BODY) : nullptr;
  if (body == nullptr) {
    return texts.sane();
  }
  const auto kind = texts.byte(*root, fbs::Answer::VT_BODY_TYPE);
  if (kind == static_cast<int>(fbs::AnswerBody::StrengthAnswer)) {
    texts.each(*body, fbs::StrengthAnswer::VT_ROWS,
               [&](const flatbuffers::Table& row) { texts.texts(row, fbs::StrengthRow::VT_KEY); });
  } else if (kind == static_cast<int>(fbs::AnswerBody::TreeAnswer)) {
    texts.each(*body, fbs::TreeAnswer::VT_NODES, [&](const flatbuffers::Table& node) {
      texts.texts(node, fbs::TreeNode::VT_OPERATIONS);
    });
  }
  return texts.sane();
}

const fbs::Answer* verified_answer(model::ByteView aligned) {
  if (aligned.size() > kAnswerBytesMax || !has_sane_texts(aligned)) {
    return nullptr;
  }
  const auto tables_max = std::max<std::size_t>(kTablesMax, aligned.size() / kBytesPerTableMin);
  return verified_root<fbs::Answer>(aligned, fbs::AnswerIdentifier(),
                                    static_cast<std::uint32_t>(tables_max));
}

}  // namespace

void read_header(Reading& in, const fbs::Header* from, model::AnswerHeader& to) {
  if (from == nullptr) {
    return in.fail(kHeader, "is missing");
  }
  to.valid_at = model::from_micros(from->valid_at());
  to.known_at = model::from_micros(from->known_at());
  to.ledger_seq = from->ledger_seq();
  to.realm = static_cast<model::Realm>(from->realm());
  read_keys(in, {&kHeader, "nations_reporting"}, from->nations_reporting(), to.nations_reporting);
  read_keys(in, {&kHeader, "nations_missing"}, from->nations_missing(), to.nations_missing);
  read_keys(in, {&kHeader, "nations_stale"}, from->nations_stale(), to.nations_stale);
  to.stale_strength = from->stale_strength();
  to.is_withheld = from->is_withheld();
  read_what_if(in, {&kHeader, "what_if"}, from->what_if(), to.what_if);
}

void read_figures(const fbs::Figures& from, model::Figures& to) {
  to.units = from.units();
  to.authorised = from.authorised();
  to.assigned = from.assigned();
  to.on_strength = from.on_strength();
  to.present = from.present();
  to.deployable = from.deployable();
}

void read_levels(const fbs::Levels* from, model::Levels& to) {
  if (from == nullptr) {
    return;
  }
  to = {from->p(), from->s(), from->r(), from->t(), from->overall(), from->partial()};
}

void read_nested(Reading& in, const flatbuffers::Vector<std::uint8_t>* from,
                 std::vector<model::Statement>& to) {
  if (from == nullptr) {
    return;
  }
  auto report = decode_report({from->data(), from->size()}, kAnswerBytesMax);
  if (!report) {
    return in.fail({&kBody, "report"}, report.error().message);
  }
  to = std::move(report->statements);
}

void read_stamps(Reading& in,
                 const flatbuffers::Vector<flatbuffers::Offset<fbs::StatementStamp>>* from,
                 std::size_t statements, std::vector<model::StatementStamp>& to) {
  read_list(in, {&kBody, "stamps"}, from, to, read_stamp);
  if (to.size() != statements) {
    in.fail({&kBody, "stamps"},
            fmt::format("found {}, expected one for each of {} statements", to.size(), statements));
  }
}

model::Result<model::Answer> decode_answer(model::ByteView aligned) {
  const auto* root = verified_answer(aligned);
  if (root == nullptr) {
    return fail(ErrorCode::malformed,
                fmt::format("answer: {} bytes are not an Answer buffer (MSAN)", aligned.size()));
  }
  Reading in({.list_max = kRowsMax, .budget = 16 * 1024 * 1024 + 8 * aligned.size()});
  model::Answer answer;
  read_header(in, root->header(), answer.header);
  if (root->body() == nullptr) {
    in.fail(kBody, "is missing");
  } else {
    read_any(in, *root, answer.body);
  }
  return in.result(std::move(answer));
}

}  // namespace muster::wire
