// SPDX-License-Identifier: Apache-2.0
// Questions about the force and their answers, after a journey over the wire.
#include <gmock/gmock.h>

#include "schemas/fbs/query_generated.h"
#include "schemas/wire/query.h"
#include "tests/support/sample_messages.h"
#include "tests/support/sample_reports.h"

namespace muster::wire {
namespace {

using model::Bytes;
using model::ByteView;
using testing::HasSubstr;

constexpr std::uint64_t kId = 31;

ByteView body_of(const Bytes& frame) { return ByteView(frame).subspan(kHeaderBytes); }

/// The first of the samples whose variant holds that.
template <typename Wanted>
const Wanted& sample(const auto& samples, auto member) {
  for (const auto& entry : samples) {
    if (const auto* found = std::get_if<Wanted>(&(entry.*member)); found != nullptr) {
      return *found;
    }
  }
  throw std::logic_error("no such sample");
}

const std::vector<model::Request>& requests() {
  static const auto all = tests::sample_requests();
  return all;
}
const std::vector<model::Answer>& answers() {
  static const auto all = tests::sample_answers();
  return all;
}

template <typename Asked>
Asked query_after_journey(const Asked& query) {
  const auto frame = request_message({.id = kId, .query = query});
  const auto read = read_request(body_of(frame));
  if (!read || !std::holds_alternative<Asked>(read->query)) {
    ADD_FAILURE() << (read ? "another query" : read.error().message);
    return {};
  }
  return std::get<Asked>(read->query);
}

template <typename Body>
Body body_after_journey(const Body& body) {
  AnswerAssembler assembler(kId);
  for (const auto& frame : answer_messages(kId, {{}, body})) {
    auto added = assembler.add(body_of(frame));
    if (!added) {
      ADD_FAILURE() << added.error().message;
      return {};
    }
    if (*added && std::holds_alternative<Body>((*added)->body)) {
      return std::get<Body>((*added)->body);
    }
  }
  ADD_FAILURE() << "no answer of that kind";
  return {};
}

/// What was sent and what was read, of one kind.
template <typename Asked>
struct Pair {
  Asked sent, read;
};
template <typename Asked>
Pair<Asked> asked() {
  const auto& sent = sample<Asked>(requests(), &model::Request::query);
  return {sent, query_after_journey(sent)};
}
template <typename Body>
Pair<Body> answered() {
  const auto& sent = sample<Body>(answers(), &model::Answer::body);
  return {sent, body_after_journey(sent)};
}

// ---- questions ----------------------------------------------------------------------------------

TEST(WireForceQuery, HasASampleOfEveryKind) {
  for (std::size_t kind = 0; kind < std::variant_size_v<model::Query>; ++kind) {
    EXPECT_TRUE(std::any_of(requests().begin(), requests().end(),
                            [&](const auto& request) { return request.query.index() == kind; }));
  }
  for (std::size_t kind = 0; kind < std::variant_size_v<model::AnswerBody>; ++kind) {
    EXPECT_TRUE(std::any_of(answers().begin(), answers().end(),
                            [&](const auto& answer) { return answer.body.index() == kind; }));
  }
}

TEST(WireForceQuery, KeepsWhoIsReady) {
  const auto [sent, read] = asked<model::ReadyQuery>();
  EXPECT_EQ(read.within_h, sent.within_h);
  EXPECT_EQ(read.tasks, sent.tasks);
  EXPECT_EQ(read.area, sent.area);
  EXPECT_EQ(read.min_freshness, sent.min_freshness);
  EXPECT_EQ(read.nations, sent.nations);
  EXPECT_EQ(read.element_kinds, sent.element_kinds);
}

TEST(WireForceQuery, KeepsTheBuildUpAndTheMatrix) {
  const auto buildup = asked<model::BuildupQuery>();
  EXPECT_EQ(buildup.read.tasks, buildup.sent.tasks);
  EXPECT_EQ(buildup.read.horizon_h, buildup.sent.horizon_h);
  EXPECT_EQ(buildup.read.area, buildup.sent.area);
  EXPECT_EQ(buildup.read.nations, buildup.sent.nations);

  const auto matrix = asked<model::MatrixQuery>();
  EXPECT_EQ(matrix.read.by_task, matrix.sent.by_task);
  EXPECT_EQ(matrix.read.tasks, matrix.sent.tasks);
  EXPECT_EQ(matrix.read.trend_days, matrix.sent.trend_days);
  EXPECT_EQ(matrix.read.nations, matrix.sent.nations);
}

TEST(WireForceQuery, KeepsRostersHistoriesAndDifferences) {
  const auto roster = asked<model::RosterQuery>();
  EXPECT_EQ(roster.read.unit, roster.sent.unit);
  EXPECT_EQ(roster.read.with_subordinates, roster.sent.with_subordinates);
  EXPECT_EQ(roster.read.by, roster.sent.by);

  const auto history = asked<model::HistoryQuery>();
  EXPECT_EQ(history.read.unit, history.sent.unit);
  EXPECT_EQ(history.read.kinds, history.sent.kinds);
  EXPECT_EQ(history.read.from, history.sent.from);
  EXPECT_EQ(history.read.to, history.sent.to);

  const auto diff = asked<model::DiffQuery>();
  EXPECT_EQ(diff.read.from, diff.sent.from);
  EXPECT_EQ(diff.read.to, diff.sent.to);
  EXPECT_EQ(diff.read.nations, diff.sent.nations);
}

TEST(WireForceQuery, KeepsDoubtsAndProofs) {
  const auto stale = asked<model::StaleQuery>();
  EXPECT_EQ(stale.read.nations, stale.sent.nations);
  EXPECT_EQ(stale.read.kinds, stale.sent.kinds);

  const auto caveats = asked<model::CaveatsQuery>();
  EXPECT_EQ(caveats.read.tasks, caveats.sent.tasks);
  EXPECT_EQ(caveats.read.area, caveats.sent.area);
  EXPECT_EQ(caveats.read.nations, caveats.sent.nations);

  EXPECT_EQ(asked<model::OverridesQuery>().read.nations,
            asked<model::OverridesQuery>().sent.nations);
  EXPECT_EQ(asked<model::LedgerProofQuery>().read.report,
            asked<model::LedgerProofQuery>().sent.report);
}

TEST(WireForceQuery, KeepsWhatIsAbsentAbsent) {
  const auto ready = query_after_journey(model::ReadyQuery{});
  EXPECT_EQ(ready.area, std::nullopt);
  EXPECT_EQ(ready.min_freshness, std::nullopt);
  EXPECT_EQ(query_after_journey(model::BuildupQuery{}).area, std::nullopt);
  EXPECT_EQ(query_after_journey(model::BuildupQuery{}).horizon_h, 168);
  EXPECT_EQ(query_after_journey(model::CaveatsQuery{}).area, std::nullopt);
  const auto history =
      query_after_journey(model::HistoryQuery{.unit = tests::unit_id("BLR:EX-COMBAT-3")});
  EXPECT_EQ(history.from, std::nullopt);
  EXPECT_EQ(history.to, std::nullopt);
}

TEST(WireForceQuery, KeepsCodesOfANewerSchema) {
  const auto roster = query_after_journey(model::RosterQuery{
      .unit = tests::unit_id("BLR:EX-COMBAT-3"), .by = {static_cast<model::RosterDimension>(99)}});
  EXPECT_EQ(roster.by, std::vector{static_cast<model::RosterDimension>(99)});

  auto ready = sample<model::ReadyAnswer>(answers(), &model::Answer::body);
  ready.left_out[0].reason = static_cast<model::LeftOutReason>(200);
  EXPECT_EQ(body_after_journey(ready).left_out[0].reason, static_cast<model::LeftOutReason>(200));
}

TEST(WireForceQuery, CountsByOwnerWhenNoBasisIsSaid) {
  flatbuffers::FlatBufferBuilder out;
  out.Finish(fbs::CreateRequest(out, 1, 2, {}, {}, fbs::Query::StrengthQuery,
                                fbs::CreateStrengthQuery(out).Union()));

  const auto read = read_request({out.GetBufferPointer(), out.GetSize()});

  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(std::get<model::StrengthQuery>(read->query).basis, model::StrengthBasis::owner);
}

TEST(WireForceQuery, NamesTheFieldOfABadProofQuery) {
  const auto read =
      read_request(body_of(request_message({.id = kId, .query = model::LedgerProofQuery{}})));

  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().message, HasSubstr("query.report: "));
}

// ---- answers ------------------------------------------------------------------------------------

TEST(WireForceAnswer, KeepsWhoIsReady) {
  const auto [sent, read] = answered<model::ReadyAnswer>();
  EXPECT_EQ(read.within_h, sent.within_h);
  EXPECT_EQ(read.tasks, sent.tasks);
  EXPECT_EQ(read.rows, sent.rows);
  EXPECT_EQ(read.total, sent.total);
  EXPECT_EQ(read.left_out, sent.left_out);
}

TEST(WireForceAnswer, KeepsTheBuildUpAndTheMatrix) {
  const auto buildup = answered<model::BuildupAnswer>();
  EXPECT_EQ(buildup.read.horizon_h, buildup.sent.horizon_h);
  EXPECT_EQ(buildup.read.tasks, buildup.sent.tasks);
  EXPECT_EQ(buildup.read.steps, buildup.sent.steps);

  const auto matrix = answered<model::MatrixAnswer>();
  EXPECT_EQ(matrix.read.by_task, matrix.sent.by_task);
  EXPECT_EQ(matrix.read.trend_days, matrix.sent.trend_days);
  EXPECT_EQ(matrix.read.cells, matrix.sent.cells);
}

TEST(WireForceAnswer, KeepsARoster) {
  const auto [sent, read] = answered<model::RosterAnswer>();
  EXPECT_EQ(read.unit, sent.unit);
  EXPECT_EQ(read.units, sent.units);
  EXPECT_EQ(read.version, sent.version);
  EXPECT_EQ(read.valid_at, sent.valid_at);
  EXPECT_EQ(read.people, sent.people);
  EXPECT_EQ(read.present, sent.present);
  EXPECT_EQ(read.deployable, sent.deployable);
  EXPECT_EQ(read.strength, sent.strength);
  EXPECT_EQ(read.rows, sent.rows);

  const auto bare = body_after_journey(model::RosterAnswer{.unit = sent.unit});
  EXPECT_EQ(bare.version, std::nullopt);
  EXPECT_EQ(bare.valid_at, std::nullopt);
  EXPECT_EQ(bare.strength, std::nullopt);
}

void expect_same(const model::HistoryRow& read, const model::HistoryRow& sent) {
  EXPECT_EQ(read.kind, sent.kind);
  EXPECT_EQ(read.report, sent.report);
  EXPECT_EQ(read.report_kind, sent.report_kind);
  EXPECT_EQ(read.valid_at, sent.valid_at);
  EXPECT_EQ(read.issued_at, sent.issued_at);
  EXPECT_EQ(read.received_at, sent.received_at);
  EXPECT_EQ(read.ledger_seq, sent.ledger_seq);
  EXPECT_EQ(read.corrected_by, sent.corrected_by);
  EXPECT_EQ(read.changes, sent.changes);
}

TEST(WireForceAnswer, KeepsAHistory) {
  const auto [sent, read] = answered<model::HistoryAnswer>();
  EXPECT_EQ(read.unit, sent.unit);
  ASSERT_EQ(read.rows.size(), 2U);
  expect_same(read.rows[0], sent.rows[0]);
  expect_same(read.rows[1], sent.rows[1]);
}

void expect_same(const model::DiffRow& read, const model::DiffRow& sent) {
  EXPECT_EQ(read.unit, sent.unit);
  EXPECT_EQ(read.kind, sent.kind);
  EXPECT_EQ(read.change, sent.change);
  EXPECT_EQ(read.report, sent.report);
  EXPECT_EQ(read.valid_at, sent.valid_at);
  EXPECT_EQ(read.received_at, sent.received_at);
}

TEST(WireForceAnswer, KeepsADifference) {
  const auto [sent, read] = answered<model::DiffAnswer>();
  EXPECT_EQ(read.from, sent.from);
  EXPECT_EQ(read.to, sent.to);
  EXPECT_EQ(read.before, sent.before);
  EXPECT_EQ(read.after, sent.after);
  ASSERT_EQ(read.rows.size(), 2U);
  expect_same(read.rows[0], sent.rows[0]);
  expect_same(read.rows[1], sent.rows[1]);
}

void expect_same(const model::StaleRow& read, const model::StaleRow& sent) {
  EXPECT_EQ(read.unit, sent.unit);
  EXPECT_EQ(read.kind, sent.kind);
  EXPECT_EQ(read.valid_at, sent.valid_at);
  EXPECT_EQ(read.freshness, sent.freshness);
  EXPECT_EQ(read.people, sent.people);
}

TEST(WireForceAnswer, KeepsWhatIsStale) {
  const auto [sent, read] = answered<model::StaleAnswer>();
  ASSERT_EQ(read.rows.size(), 2U);
  expect_same(read.rows[0], sent.rows[0]);
  expect_same(read.rows[1], sent.rows[1]);
  EXPECT_EQ(read.people_at_risk, sent.people_at_risk);
  EXPECT_EQ(read.people, sent.people);
  EXPECT_EQ(read.complete_units, sent.complete_units);
  EXPECT_EQ(read.expected_units, sent.expected_units);
}

void expect_same(const model::CaveatRow& read, const model::CaveatRow& sent) {
  EXPECT_EQ(read.caveat_id, sent.caveat_id);
  EXPECT_EQ(read.nation, sent.nation);
  EXPECT_EQ(read.unit, sent.unit);
  EXPECT_EQ(read.kind, sent.kind);
  EXPECT_EQ(read.tasks, sent.tasks);
  EXPECT_EQ(read.from, sent.from);
  EXPECT_EQ(read.to, sent.to);
  EXPECT_EQ(read.max_people, sent.max_people);
  EXPECT_EQ(read.text, sent.text);
  EXPECT_EQ(read.people_removed, sent.people_removed);
  EXPECT_EQ(read.people_left, sent.people_left);
  EXPECT_EQ(read.report, sent.report);
}

TEST(WireForceAnswer, KeepsCaveatsAndTellsNobodyFromNoLimit) {
  const auto [sent, read] = answered<model::CaveatsAnswer>();
  ASSERT_EQ(read.rows.size(), 2U);
  expect_same(read.rows[0], sent.rows[0]);
  expect_same(read.rows[1], sent.rows[1]);
  EXPECT_EQ(read.rows[0].max_people, 0U);
  EXPECT_EQ(read.rows[1].max_people, std::nullopt);
}

void expect_same(const model::OverrideRow& read, const model::OverrideRow& sent) {
  EXPECT_EQ(read.unit, sent.unit);
  EXPECT_EQ(read.computed, sent.computed);
  EXPECT_EQ(read.reported, sent.reported);
  EXPECT_EQ(read.effective, sent.effective);
  EXPECT_EQ(read.direction, sent.direction);
  EXPECT_EQ(read.reason_code, sent.reason_code);
  EXPECT_EQ(read.authority, sent.authority);
  EXPECT_EQ(read.waiver_id, sent.waiver_id);
  EXPECT_EQ(read.remark, sent.remark);
  EXPECT_EQ(read.report, sent.report);
  EXPECT_EQ(read.valid_at, sent.valid_at);
}

TEST(WireForceAnswer, KeepsOverrides) {
  const auto [sent, read] = answered<model::OverridesAnswer>();
  ASSERT_EQ(read.rows.size(), 2U);
  expect_same(read.rows[0], sent.rows[0]);
  expect_same(read.rows[1], sent.rows[1]);
}

void expect_same(const model::LedgerProofAnswer& read, const model::LedgerProofAnswer& sent) {
  EXPECT_EQ(read.report, sent.report);
  EXPECT_EQ(read.ledger_seq, sent.ledger_seq);
  EXPECT_EQ(read.received_at, sent.received_at);
  EXPECT_EQ(read.index, sent.index);
  EXPECT_EQ(read.verdict, sent.verdict);
  EXPECT_EQ(read.envelope, sent.envelope);
  EXPECT_EQ(read.verdicts, sent.verdicts);
  EXPECT_EQ(read.key, sent.key);
  EXPECT_EQ(read.audit_path, sent.audit_path);
  EXPECT_EQ(read.tree_head, sent.tree_head);
}

TEST(WireForceAnswer, KeepsAProofWithTheLargestEnvelope) {
  const auto [sent, read] = answered<model::LedgerProofAnswer>();
  expect_same(read, sent);

  auto large = sent;
  large.envelope.assign(model::kMessageBytesMax, 0xab);
  large.audit_path.assign(64, large.audit_path[0]);
  expect_same(body_after_journey(large), large);
}

/// One table, shared by every entry of a list: a small buffer that describes a huge answer.
TEST(WireForceAnswer, RefusesAListThatIsMoreThanItsBytesCanHold) {
  flatbuffers::FlatBufferBuilder out;
  const auto unit = out.CreateString("KAZ:EX-COMBAT-1");
  const auto row = fbs::CreateStaleRow(out, unit);
  const std::vector<flatbuffers::Offset<fbs::StaleRow>> rows(1'900'000, row);
  const auto body = fbs::CreateStaleAnswer(out, out.CreateVector(rows)).Union();
  const auto header = fbs::CreateHeader(out);
  out.Finish(fbs::CreateAnswer(out, header, fbs::AnswerBody::StaleAnswer, body),
             fbs::AnswerIdentifier());
  AnswerAssembler assembler(kId);
  const ByteView all(out.GetBufferPointer(), out.GetSize());

  model::Result<std::optional<model::Answer>> added = std::optional<model::Answer>{};
  for (std::size_t at = 0, index = 0; at < all.size() && added && !*added; ++index) {
    const auto size = std::min(model::kChunkBytesMax, all.size() - at);
    flatbuffers::FlatBufferBuilder chunk;
    chunk.Finish(fbs::CreateChunk(chunk, kId, static_cast<std::uint32_t>(index),
                                  at + size == all.size(),
                                  chunk.CreateVector(all.data() + at, size)));
    added = assembler.add({chunk.GetBufferPointer(), chunk.GetSize()});
    at += size;
  }

  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().code, model::ErrorCode::malformed);
}

// ---- code lists ---------------------------------------------------------------------------------

template <typename Noun, std::size_t N, typename Schema>
void expect_same_list(const Schema (&)[N], const char* (*name_of)(Schema)) {
  const auto names = model::code_names(Noun{});
  EXPECT_EQ(names.size() + 1, N);  // The schema's zero means that nothing was said.
  for (const auto& [value, name] : names) {
    EXPECT_EQ(name, name_of(static_cast<Schema>(value)));
  }
}

TEST(WireForceQuery, HasTheCodesOfTheNouns) {
  expect_same_list<model::StrengthBasis>(fbs::EnumValuesStrengthBasis(),
                                         fbs::EnumNameStrengthBasis);
  expect_same_list<model::LeftOutReason>(fbs::EnumValuesLeftOutReason(),
                                         fbs::EnumNameLeftOutReason);
  expect_same_list<model::RosterDimension>(fbs::EnumValuesRosterDimension(),
                                           fbs::EnumNameRosterDimension);
}

}  // namespace
}  // namespace muster::wire
