// SPDX-License-Identifier: Apache-2.0
#include "schemas/wire/query.h"

#include <gmock/gmock.h>

#include "schemas/fbs/query_generated.h"
#include "schemas/model/limits.h"
#include "tests/support/sample_messages.h"
#include "tests/support/sample_reports.h"

namespace muster::wire {
namespace {

using model::Bytes;
using model::ByteView;
using testing::HasSubstr;

constexpr std::uint64_t kId = 31;

ByteView body_of(const Bytes& frame) { return ByteView(frame).subspan(kHeaderBytes); }

model::Request there_and_back(const model::Request& request) {
  const auto frame = request_message(request);
  EXPECT_EQ(read_message(frame)->type, MessageType::request);
  const auto read = read_request(body_of(frame));
  if (!read) {
    ADD_FAILURE() << read.error().message;
  }
  return read.value_or(model::Request{});
}

/// The answer after a journey in chunks.
model::Answer there_and_back(const model::Answer& answer) {
  AnswerAssembler assembler(kId);
  for (const auto& frame : answer_messages(kId, answer)) {
    auto added = assembler.add(body_of(frame));
    if (!added) {
      ADD_FAILURE() << added.error().message;
      break;
    }
    if (*added) {
      return **added;
    }
  }
  ADD_FAILURE() << "no answer";
  return {};
}

template <typename Body>
Body body_after_journey(const model::Answer& answer) {
  auto body = there_and_back(answer).body;
  EXPECT_TRUE(std::holds_alternative<Body>(body));
  return std::holds_alternative<Body>(body) ? std::get<Body>(body) : Body{};
}

TEST(WireQuery, KeepsEveryFieldOfARequest) {
  for (const auto& sent : tests::sample_requests()) {
    const auto read = there_and_back(sent);
    EXPECT_EQ(read.id, sent.id);
    EXPECT_EQ(read.deadline_ms, sent.deadline_ms);
    EXPECT_EQ(read.as_of, sent.as_of);
    EXPECT_EQ(read.known_at, sent.known_at);
    EXPECT_EQ(read.query.index(), sent.query.index());
  }
}

TEST(WireQuery, TellsNowFromAMoment) {
  auto request = tests::sample_requests()[0];
  request.as_of.reset();
  request.known_at = model::UtcTime{};

  const auto read = there_and_back(request);

  EXPECT_EQ(read.as_of, std::nullopt);
  EXPECT_EQ(read.known_at, model::UtcTime{});
}

TEST(WireQuery, KeepsEveryFieldOfEveryQuery) {
  const auto requests = tests::sample_requests();
  const auto sent = std::get<model::StrengthQuery>(requests[0].query);
  const auto strength = std::get<model::StrengthQuery>(there_and_back(requests[0]).query);
  EXPECT_EQ(strength.group_by, sent.group_by);
  EXPECT_EQ(strength.nations, sent.nations);
  EXPECT_EQ(strength.components, sent.components);
  EXPECT_EQ(strength.element_kinds, sent.element_kinds);
  EXPECT_EQ(strength.levels, sent.levels);
  EXPECT_EQ(strength.pools, sent.pools);
  EXPECT_EQ(strength.basis, sent.basis);

  EXPECT_EQ(std::get<model::TreeQuery>(there_and_back(requests[1]).query).nation,
            tests::nation("BLR"));
  EXPECT_EQ(std::get<model::UnitQuery>(there_and_back(requests[2]).query).unit,
            tests::unit_id("BLR:EX-COMBAT-2"));
  EXPECT_EQ(std::get<model::LedgerTailQuery>(there_and_back(requests[4]).query).from_ledger_seq,
            12U);
  EXPECT_EQ(std::get<model::LedgerTailQuery>(there_and_back(requests[4]).query).count, 34U);
  EXPECT_EQ(std::get<model::LedgerTailQuery>(there_and_back(requests[5]).query).from_ledger_seq,
            std::nullopt);
}

Bytes request_of_kind(std::uint8_t kind, bool with_body) {
  flatbuffers::FlatBufferBuilder out;
  flatbuffers::Offset<void> query;
  if (with_body) {
    query = out.EndTable(out.StartTable());
  }
  out.Finish(fbs::CreateRequest(out, 1, 2, {}, {}, static_cast<fbs::Query>(kind), query));
  return {out.GetBufferPointer(), out.GetBufferPointer() + out.GetSize()};
}

TEST(WireQuery, SaysThatItDoesNotKnowAQuery) {
  const auto read = read_request(request_of_kind(200, true));
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, model::ErrorCode::unsupported);
  EXPECT_THAT(read.error().message, HasSubstr("200 is no query"));
}

TEST(WireQuery, RefusesARequestThatAsksNothing) {
  for (const std::uint8_t kind : std::initializer_list<std::uint8_t>{0, 1, 2, 5, 200}) {
    const auto read = read_request(request_of_kind(kind, false));
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, model::ErrorCode::malformed);
  }
  EXPECT_FALSE(read_request(request_of_kind(0, true)));
}

TEST(WireQuery, NamesTheFieldOfABadQuery) {
  auto request = tests::sample_requests()[2];
  request.query = model::UnitQuery{};

  const auto read = read_request(body_of(request_message(request)));

  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().message, HasSubstr("query.unit: '' is not a unit key"));
}

TEST(WireQuery, KeepsEveryFieldOfARefusal) {
  const auto sent = tests::sample_refusal();
  const auto read = read_refusal(body_of(refusal_message(sent)));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->id, sent.id);
  EXPECT_EQ(read->code, sent.code);
  EXPECT_EQ(read->message, sent.message);
}

TEST(WireAnswer, KeepsEveryFieldOfItsHeader) {
  for (const auto& answer : tests::sample_answers()) {
    const auto read = there_and_back(answer).header;
    const auto& sent = answer.header;
    EXPECT_EQ(read.valid_at, sent.valid_at);
    EXPECT_EQ(read.known_at, sent.known_at);
    EXPECT_EQ(read.ledger_seq, sent.ledger_seq);
    EXPECT_EQ(read.realm, sent.realm);
    EXPECT_EQ(read.nations_reporting, sent.nations_reporting);
    EXPECT_EQ(read.nations_missing, sent.nations_missing);
    EXPECT_EQ(read.nations_stale, sent.nations_stale);
    EXPECT_EQ(read.stale_strength, sent.stale_strength);
  }
}

TEST(WireAnswer, KeepsEveryFieldOfStrength) {
  const auto answer = tests::sample_answers()[0];
  const auto& sent = std::get<model::StrengthAnswer>(answer.body);
  const auto read = body_after_journey<model::StrengthAnswer>(answer);
  EXPECT_EQ(read.group_by, sent.group_by);
  EXPECT_EQ(read.rows, sent.rows);
  EXPECT_EQ(read.total, sent.total);
  EXPECT_EQ(read.basis, sent.basis);
  EXPECT_EQ(read.attachment_balance, sent.attachment_balance);
}

void expect_same(const model::TreeNode& read, const model::TreeNode& sent) {
  EXPECT_EQ(read.unit, sent.unit);
  EXPECT_EQ(read.parent, sent.parent);
  EXPECT_EQ(read.depth, sent.depth);
  EXPECT_EQ(read.name, sent.name);
  EXPECT_EQ(read.component, sent.component);
  EXPECT_EQ(read.element_kind, sent.element_kind);
  EXPECT_EQ(read.echelon, sent.echelon);
  EXPECT_EQ(read.level, sent.level);
  EXPECT_EQ(read.freshness, sent.freshness);
  EXPECT_EQ(read.own, sent.own);
  EXPECT_EQ(read.rolled_up, sent.rolled_up);
  EXPECT_EQ(read.valid_at, sent.valid_at);
  EXPECT_EQ(read.computed, sent.computed);
  EXPECT_EQ(read.on_hand, sent.on_hand);
  EXPECT_EQ(read.fmc, sent.fmc);
  EXPECT_EQ(read.critical_shortfall, sent.critical_shortfall);
  EXPECT_EQ(read.short_name, sent.short_name);
  EXPECT_EQ(read.sidc, sent.sidc);
  EXPECT_EQ(read.lifecycle, sent.lifecycle);
  EXPECT_EQ(read.reinforcement, sent.reinforcement);
  EXPECT_EQ(read.home, sent.home);
  EXPECT_EQ(read.current, sent.current);
  EXPECT_EQ(read.relations, sent.relations);
  EXPECT_EQ(read.committed, sent.committed);
  EXPECT_EQ(read.operations, sent.operations);
}

/// A row without the fields that were appended to it, as an older broker sends it.
TEST(WireAnswer, TellsWhatATreeDoesNotSayFromZero) {
  auto answer = tests::sample_answers()[1];
  auto& nodes = std::get<model::TreeAnswer>(answer.body).nodes;
  nodes[0].short_name.clear();
  nodes[0].sidc.clear();
  nodes[0].lifecycle.reset();
  nodes[0].reinforcement.reset();
  nodes[0].home.reset();
  nodes[0].current.reset();
  nodes[0].relations.clear();
  nodes[0].committed.reset();
  nodes[0].operations.clear();
  nodes[1].committed = 0;
  nodes[1].home = model::Place{};

  const auto read = body_after_journey<model::TreeAnswer>(answer);

  ASSERT_EQ(read.nodes.size(), 2U);
  expect_same(read.nodes[0], nodes[0]);
  expect_same(read.nodes[1], nodes[1]);
}

TEST(WireAnswer, KeepsEveryFieldOfATree) {
  const auto answer = tests::sample_answers()[1];
  const auto& sent = std::get<model::TreeAnswer>(answer.body);
  const auto read = body_after_journey<model::TreeAnswer>(answer);
  EXPECT_EQ(read.nation, sent.nation);
  ASSERT_EQ(read.nodes.size(), 2U);
  expect_same(read.nodes[0], sent.nodes[0]);
  expect_same(read.nodes[1], sent.nodes[1]);
}

void expect_same(const model::StatementStamp& read, const model::StatementStamp& sent) {
  EXPECT_EQ(read.kind, sent.kind);
  EXPECT_EQ(read.report, sent.report);
  EXPECT_EQ(read.valid_at, sent.valid_at);
  EXPECT_EQ(read.issued_at, sent.issued_at);
  EXPECT_EQ(read.received_at, sent.received_at);
  EXPECT_EQ(read.ledger_seq, sent.ledger_seq);
  EXPECT_EQ(read.freshness, sent.freshness);
}

TEST(WireAnswer, KeepsEveryFieldOfAUnit) {
  const auto answer = tests::sample_answers()[2];
  const auto& sent = std::get<model::UnitAnswer>(answer.body);
  const auto read = body_after_journey<model::UnitAnswer>(answer);
  EXPECT_EQ(read.unit, sent.unit);
  EXPECT_EQ(read.node, sent.node);
  EXPECT_EQ(read.statements, sent.statements);
  ASSERT_EQ(read.stamps.size(), 2U);
  expect_same(read.stamps[0], sent.stamps[0]);
  expect_same(read.stamps[1], sent.stamps[1]);
  EXPECT_EQ(read.computed, sent.computed);
  EXPECT_EQ(read.reported_overall, sent.reported_overall);
  EXPECT_EQ(read.effective, sent.effective);
  EXPECT_EQ(read.freshness, sent.freshness);
}

TEST(WireAnswer, LeavesOutAStatementThatWasNotReadWithItsStamp) {
  auto answer = tests::sample_answers()[2];
  auto& sent = std::get<model::UnitAnswer>(answer.body);
  sent.statements[0] = model::UninterpretedStatement{};

  const auto read = body_after_journey<model::UnitAnswer>(answer);

  ASSERT_EQ(read.statements.size(), 1U);
  EXPECT_EQ(read.statements[0], sent.statements[1]);
  ASSERT_EQ(read.stamps.size(), 1U);
  expect_same(read.stamps[0], sent.stamps[1]);
}

TEST(WireAnswer, KeepsAUnitOfWhichNothingIsKnown) {
  auto answer = tests::sample_answers()[2];
  auto& sent = std::get<model::UnitAnswer>(answer.body);
  sent.statements.clear();
  sent.stamps.clear();

  EXPECT_TRUE(body_after_journey<model::UnitAnswer>(answer).statements.empty());
}

TEST(WireAnswer, KeepsEveryFieldOfServerInfo) {
  const auto answer = tests::sample_answers()[3];
  const auto& sent = std::get<model::ServerInfoAnswer>(answer.body);
  const auto read = body_after_journey<model::ServerInfoAnswer>(answer);
  EXPECT_EQ(read.software, sent.software);
  EXPECT_EQ(read.started_at, sent.started_at);
  EXPECT_EQ(read.server_time, sent.server_time);
  EXPECT_EQ(read.ledger_seq, sent.ledger_seq);
  EXPECT_EQ(read.tree_head, sent.tree_head);
  EXPECT_EQ(read.units, sent.units);
  ASSERT_EQ(read.nodes.size(), sent.nodes.size());
  for (std::size_t i = 0; i < sent.nodes.size(); ++i) {
    EXPECT_EQ(read.nodes[i].node, sent.nodes[i].node);
    EXPECT_EQ(read.nodes[i].head_seq, sent.nodes[i].head_seq);
    EXPECT_EQ(read.nodes[i].head_hash, sent.nodes[i].head_hash);
    EXPECT_EQ(read.nodes[i].last_received_at, sent.nodes[i].last_received_at);
    EXPECT_EQ(read.nodes[i].accepted, sent.nodes[i].accepted);
    EXPECT_EQ(read.nodes[i].refused, sent.nodes[i].refused);
  }
}

TEST(WireAnswer, KeepsEveryFieldOfALedgerTail) {
  const auto answer = tests::sample_answers()[4];
  const auto& sent = std::get<model::LedgerTailAnswer>(answer.body);
  const auto read = body_after_journey<model::LedgerTailAnswer>(answer);
  EXPECT_EQ(read.last_ledger_seq, sent.last_ledger_seq);
  ASSERT_EQ(read.records.size(), 1U);
  const auto& row = read.records[0];
  const auto& sent_row = sent.records[0];
  EXPECT_EQ(row.ledger_seq, sent_row.ledger_seq);
  EXPECT_EQ(row.received_at, sent_row.received_at);
  EXPECT_EQ(row.issued_at, sent_row.issued_at);
  EXPECT_EQ(row.node, sent_row.node);
  EXPECT_EQ(row.chain_hash, sent_row.chain_hash);
  EXPECT_EQ(row.envelope_bytes, sent_row.envelope_bytes);
  ASSERT_EQ(row.reports.size(), 1U);
  EXPECT_EQ(row.reports[0].seq, sent_row.reports[0].seq);
  EXPECT_EQ(row.reports[0].verdict, sent_row.reports[0].verdict);
  EXPECT_EQ(row.reports[0].kind, sent_row.reports[0].kind);
  EXPECT_EQ(row.reports[0].valid_at, sent_row.reports[0].valid_at);
  EXPECT_EQ(row.reports[0].statements, sent_row.reports[0].statements);
}

model::Answer large_tree() {
  auto answer = tests::sample_answers()[1];
  auto& nodes = std::get<model::TreeAnswer>(answer.body).nodes;
  nodes.resize(30'000, nodes[1]);
  return answer;
}

TEST(WireAnswer, CutsALargeAnswerIntoChunks) {
  const auto answer = large_tree();

  const auto frames = answer_messages(kId, answer);

  EXPECT_GT(frames.size(), 10U);
  for (const auto& frame : frames) {
    EXPECT_LE(frame.size(), model::kChunkBytesMax + 128);
  }
  EXPECT_EQ(body_after_journey<model::TreeAnswer>(answer).nodes.size(), 30'000U);
}

TEST(WireAnswer, PassesOverChunksOfOtherRequests) {
  const auto frames = answer_messages(kId + 1, tests::sample_answers()[0]);
  AnswerAssembler assembler(kId);

  const auto added = assembler.add(body_of(frames[0]));

  ASSERT_TRUE(added);
  EXPECT_FALSE(added->has_value());
}

TEST(WireAnswer, RefusesChunksOutOfOrder) {
  const auto frames = answer_messages(kId, large_tree());
  AnswerAssembler assembler(kId);
  ASSERT_TRUE(assembler.add(body_of(frames[0])));

  EXPECT_FALSE(assembler.add(body_of(frames[0])));
  EXPECT_FALSE(assembler.add(body_of(frames[2])));
  EXPECT_TRUE(assembler.add(body_of(frames[1])));
}

TEST(WireAnswer, RefusesAnAnswerThatIsCut) {
  const auto frames = answer_messages(kId, large_tree());
  AnswerAssembler assembler(kId);
  flatbuffers::FlatBufferBuilder out;
  out.Finish(fbs::CreateChunk(out, kId, 0, true, out.CreateVector(frames[0].data(), 1000)));

  const auto added = assembler.add({out.GetBufferPointer(), out.GetSize()});

  ASSERT_FALSE(added);
  EXPECT_THAT(added.error().message, HasSubstr("not an Answer"));
}

}  // namespace
}  // namespace muster::wire
