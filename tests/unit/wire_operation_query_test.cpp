// SPDX-License-Identifier: Apache-2.0
// Questions about operations and their answers, after a journey over the wire.
#include <gmock/gmock.h>

#include <algorithm>
#include <functional>
#include <limits>

#include "schemas/fbs/query_generated.h"
#include "schemas/wire/query.h"
#include "schemas/wire/report.h"
#include "tests/support/sample_operations.h"
#include "tests/support/sample_reports.h"
#include "tests/unit/operation_samples.h"

namespace muster::wire {
namespace {

using model::Bytes;
using model::ByteView;
using testing::HasSubstr;

constexpr std::uint64_t kId = 31;

ByteView body_of(const Bytes& frame) { return ByteView(frame).subspan(kHeaderBytes); }

// ---- questions ----------------------------------------------------------------------------------

model::Result<model::Request> after_journey(const model::Query& query, model::WhatIf what_if = {}) {
  return read_request(
      body_of(request_message({.id = kId, .query = query, .what_if = std::move(what_if)})));
}

/// Everything that a question says, so that two can be compared.
struct Said {
  auto operator()(const model::OperationQuery& q) const { return std::tuple(q.operation); }
  auto operator()(const model::WithdrawalQuery& q) const { return std::tuple(q.operation); }
  auto operator()(const model::GapsQuery& q) const { return std::tuple(q.operation, q.version); }
  auto operator()(const model::AssembleQuery& q) const {
    return std::tuple(q.operation, q.version, q.goal, q.max_depletion_percent, q.min_freshness,
                      q.time_limit_ms);
  }
  auto operator()(const model::CommitmentsQuery& q) const {
    return std::tuple(q.operation, q.nations, q.from, q.to);
  }
  auto operator()(const model::OperationBuildupQuery& q) const {
    return std::tuple(q.operation, q.horizon_h);
  }
  auto operator()(const model::StandbyQuery& q) const {
    return std::tuple(q.nations, q.from, q.to);
  }
  auto operator()(const model::RemainingQuery& q) const { return std::tuple(q.within_h, q.tasks); }
  auto operator()(const model::SustainmentQuery& q) const {
    return std::tuple(q.operation, q.people, q.days);
  }
  template <typename Other>
  auto operator()(const Other&) const {
    return std::tuple<>();
  }
};

TEST(WireOperationQuery, ArrivesAsItWasAsked) {
  for (const auto& sent : tests::sample_operation_queries()) {
    const auto read = after_journey(sent);

    ASSERT_TRUE(read) << read.error().message;
    ASSERT_EQ(read->query.index(), sent.index()) << model::name_of(sent);
    std::visit(
        [&](const auto& query) {
          const auto& same = std::get<std::decay_t<decltype(query)>>(read->query);
          EXPECT_EQ(Said{}(same), Said{}(query)) << model::name_of(sent);
        },
        sent);
    EXPECT_FALSE(read->what_if.is_set());
  }
}

TEST(WireOperationQuery, HasTheDefaultsOfTheNouns) {
  flatbuffers::FlatBufferBuilder out;
  const auto operation = out.CreateString("EX-2201");
  fbs::AssembleQueryBuilder query(out);
  query.add_operation(operation);
  const auto asked = query.Finish();
  out.Finish(fbs::CreateRequest(out, 1, 2, {}, {}, fbs::Query::AssembleQuery, asked.Union()));

  const auto read = read_request({out.GetBufferPointer(), out.GetSize()});

  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(Said{}(std::get<model::AssembleQuery>(read->query)),
            Said{}(model::AssembleQuery{.operation = tests::code("EX-2201")}));
}

TEST(WireOperationQuery, CarriesWhatIsSupposed) {
  const auto query = model::OperationQuery{tests::code("EX-2201")};
  const auto read = after_journey(query, tests::sample_what_if());
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->what_if, tests::sample_what_if());

  // No change of the notice is not the same as a notice that is not touched.
  const auto nothing_added = after_journey(query, {.notice_min = 0});
  ASSERT_TRUE(nothing_added) << nothing_added.error().message;
  EXPECT_EQ(nothing_added->what_if.notice_min, 0);
}

struct Refused {
  const char* name;
  model::Request request;
  model::ErrorCode code;
  const char* message;
};

model::Request asking(model::Query query) { return {.query = std::move(query)}; }
model::Request assembling(const std::function<void(model::AssembleQuery&)>& change) {
  model::AssembleQuery query{.operation = tests::code("EX-2201")};
  change(query);
  return asking(query);
}
model::Request supposing(model::WhatIf what_if) {
  return {.query = model::OperationsQuery{}, .what_if = std::move(what_if)};
}

std::vector<Refused> refused_requests() {
  using enum model::ErrorCode;
  const auto operation = tests::code("EX-2201");
  constexpr auto kMore = std::uint64_t{std::numeric_limits<model::Count>::max()} + 1;
  return {
      {"no_operation", asking(model::GapsQuery{}), malformed, "query.operation: "},
      {"no_time", assembling([](auto& q) { q.time_limit_ms = 0; }), malformed,
       "query.time_limit_ms: found 0, expected 1 to 600000"},
      {"too_much_time", assembling([](auto& q) { q.time_limit_ms = 600'001; }), malformed,
       "query.time_limit_ms: found 600001"},
      {"no_depletion", assembling([](auto& q) { q.max_depletion_percent = std::uint8_t{0}; }),
       malformed, "query.max_depletion_percent: found 0, expected 1 to 100"},
      {"too_much_depletion",
       assembling([](auto& q) { q.max_depletion_percent = std::uint8_t{101}; }), malformed,
       "query.max_depletion_percent: found 101"},
      {"no_goal", assembling([](auto& q) { q.goal = static_cast<model::AssemblyGoal>(0); }),
       unsupported, "query.goal: 0 is none that this build knows"},
      {"newer_goal", assembling([](auto& q) { q.goal = static_cast<model::AssemblyGoal>(4); }),
       unsupported, "query.goal: 4"},
      {"newer_freshness",
       assembling([](auto& q) { q.min_freshness = static_cast<model::Freshness>(5); }), unsupported,
       "query.min_freshness: 5"},
      {"long_horizon", asking(model::OperationBuildupQuery{operation, 8'761}), malformed,
       "query.horizon_h: found 8761, expected 0 to 8760"},
      {"long_hours", asking(model::RemainingQuery{.within_h = 8'761, .tasks = {}}), malformed,
       "query.within_h: found 8761, expected 0 to 8760"},
      {"too_many_people", asking(model::SustainmentQuery{operation, kMore, 30}), malformed,
       "query.people: found 4294967296"},
      {"long_notice", supposing({.notice_min = 525'601}), malformed,
       "what_if.notice_min: found 525601, expected -525600 to 525600"},
      {"short_notice", supposing({.notice_min = -525'601}), malformed,
       "what_if.notice_min: found -525601"},
      {"no_nation", supposing({.without = {model::Nation{}}}), malformed, "what_if.without[0]: "},
      {"no_code", supposing({.also = {tests::code("EX-1"), model::Code{}}}), malformed,
       "what_if.also[1]: "},
      {"too_many_nations",
       supposing(
           {.without = std::vector<model::Nation>(model::kListMax + 1, tests::nation("KAZ"))}),
       malformed, "what_if.without: found 10001 entries, expected at most 10000"}};
}

TEST(WireOperationQuery, RefusesWhatCannotBeAnswered) {
  for (const auto& [name, request, code, message] : refused_requests()) {
    const auto read = read_request(body_of(request_message(request)));

    ASSERT_FALSE(read) << name;
    EXPECT_EQ(read.error().code, code) << name;
    EXPECT_THAT(read.error().message, HasSubstr(message)) << name;
  }
}

TEST(WireOperationQuery, TakesTheEndsOfEachRange) {
  const auto operation = tests::code("EX-2201");
  constexpr auto kMost = std::uint64_t{std::numeric_limits<model::Count>::max()};
  for (const auto& request :
       {assembling([](auto& q) { q.time_limit_ms = 1; }),
        assembling([](auto& q) { q.time_limit_ms = 600'000; }),
        assembling([](auto& q) { q.max_depletion_percent = std::uint8_t{1}; }),
        assembling([](auto& q) { q.max_depletion_percent = std::uint8_t{100}; }),
        asking(model::OperationBuildupQuery{operation, 0}),
        asking(model::OperationBuildupQuery{operation, 8'760}),
        asking(model::RemainingQuery{.within_h = 8'760, .tasks = {}}),
        asking(model::SustainmentQuery{operation, kMost, 65'535}),
        supposing({.notice_min = 525'600}), supposing({.notice_min = -525'600})}) {
    const auto read = read_request(body_of(request_message(request)));
    EXPECT_TRUE(read) << read.error().message;
  }
}

// ---- answers ------------------------------------------------------------------------------------

model::Result<model::Answer> after_journey(const model::Answer& sent) {
  AnswerAssembler assembler(kId);
  for (const auto& frame : answer_messages(kId, sent)) {
    auto added = assembler.add(body_of(frame));
    if (!added) {
      return tl::unexpected(added.error());
    }
    if (*added) {
      return **std::move(added);
    }
  }
  return model::fail(model::ErrorCode::malformed, "not whole");
}

auto said_of(const model::StatementStamp& s) {
  return std::tuple(s.kind, s.report, s.valid_at, s.issued_at, s.received_at, s.ledger_seq,
                    s.freshness);
}

void expect_same(const model::OperationsAnswer& read, const model::OperationsAnswer& sent) {
  EXPECT_EQ(read.rows, sent.rows);
}
void expect_same(const model::OperationAnswer& read, const model::OperationAnswer& sent) {
  EXPECT_EQ(read.operation, sent.operation);
  EXPECT_EQ(read.state, sent.state);
  EXPECT_EQ(read.next_states, sent.next_states);
  EXPECT_EQ(read.authorised_strength, sent.authorised_strength);
  EXPECT_EQ(read.commander, sent.commander);
  EXPECT_EQ(read.statements, sent.statements);
  EXPECT_TRUE(std::equal(read.stamps.begin(), read.stamps.end(), sent.stamps.begin(),
                         sent.stamps.end(),
                         [](const auto& a, const auto& b) { return said_of(a) == said_of(b); }));
  EXPECT_EQ(read.nations, sent.nations);
  EXPECT_EQ(read.figures, sent.figures);
}
void expect_same(const model::GapsAnswer& read, const model::GapsAnswer& sent) {
  EXPECT_EQ(std::tuple(read.operation, read.version, read.needed, read.offered, read.counted,
                       read.lacking),
            std::tuple(sent.operation, sent.version, sent.needed, sent.offered, sent.counted,
                       sent.lacking));
  EXPECT_EQ(read.lines, sent.lines);
  EXPECT_EQ(read.left_out, sent.left_out);
  EXPECT_EQ(read.candidates, sent.candidates);
}
auto summary_of(const model::AssembleAnswer& a) {
  return std::tuple(a.operation, a.version, a.goal, a.units, a.people, a.is_met, a.is_optimal,
                    a.open_objective, a.gap_permille, a.complete_min);
}
void expect_same(const model::AssembleAnswer& read, const model::AssembleAnswer& sent) {
  EXPECT_EQ(summary_of(read), summary_of(sent));
  EXPECT_EQ(read.lines, sent.lines);
  EXPECT_EQ(read.slices, sent.slices);
  EXPECT_EQ(read.nations, sent.nations);
  EXPECT_EQ(read.unused, sent.unused);
}
void expect_same(const model::CommitmentsAnswer& read, const model::CommitmentsAnswer& sent) {
  EXPECT_EQ(read.rows, sent.rows);
  EXPECT_EQ(std::tuple(read.accepted, read.committed, read.overlap_people, read.overdue,
                       read.relieved, read.rotation_debt),
            std::tuple(sent.accepted, sent.committed, sent.overlap_people, sent.overdue,
                       sent.relieved, sent.rotation_debt));
  EXPECT_EQ(read.nations, sent.nations);
}
void expect_same(const model::OperationBuildupAnswer& read,
                 const model::OperationBuildupAnswer& sent) {
  EXPECT_EQ(std::tuple(read.operation, read.horizon_h, read.authorised_strength),
            std::tuple(sent.operation, sent.horizon_h, sent.authorised_strength));
  EXPECT_EQ(read.steps, sent.steps);
  EXPECT_EQ(read.needs, sent.needs);
}
void expect_same(const model::StandbyAnswer& read, const model::StandbyAnswer& sent) {
  EXPECT_EQ(std::tuple(read.from, read.to), std::tuple(sent.from, sent.to));
  EXPECT_EQ(read.rows, sent.rows);
}
void expect_same(const model::RemainingAnswer& read, const model::RemainingAnswer& sent) {
  EXPECT_EQ(std::tuple(read.within_h, read.tasks), std::tuple(sent.within_h, sent.tasks));
  EXPECT_EQ(read.rows, sent.rows);
}
void expect_same(const model::SustainmentAnswer& read, const model::SustainmentAnswer& sent) {
  EXPECT_EQ(std::tuple(read.operation, read.people, read.days),
            std::tuple(sent.operation, sent.people, sent.days));
  EXPECT_EQ(read.rows, sent.rows);
}
void expect_same(const model::WithdrawalAnswer& read, const model::WithdrawalAnswer& sent) {
  EXPECT_EQ(std::tuple(read.operation, read.in_place, read.returning, read.released),
            std::tuple(sent.operation, sent.in_place, sent.returning, sent.released));
  EXPECT_EQ(read.rows, sent.rows);
}
template <typename Other>
void expect_same(const Other&, const Other&) {
  ADD_FAILURE() << "no answer about operations";
}

void expect_arrives(const model::Answer& sent) {
  const auto read = after_journey(sent);
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_EQ(read->body.index(), sent.body.index());
  std::visit(
      [&](const auto& body) {
        expect_same(std::get<std::decay_t<decltype(body)>>(read->body), body);
      },
      sent.body);
  EXPECT_EQ(read->header.is_withheld, sent.header.is_withheld);
  EXPECT_EQ(read->header.what_if, sent.header.what_if);
}

TEST(WireOperationAnswer, ArrivesAsItWasGiven) {
  EXPECT_EQ(tests::sample_operation_bodies().size(), 10U);
  for (const auto& body : tests::sample_operation_bodies()) {
    expect_arrives({{}, body});
  }
}

TEST(WireOperationAnswer, ArrivesAsTheExerciseGivesIt) {
  namespace samples = text::samples;
  for (const auto& answer :
       {samples::operations_answer(), samples::operation_answer(), samples::gaps_answer(),
        samples::empty_gaps_answer(), samples::assemble_answer(), samples::assembled_answer(),
        samples::commitments_answer(), samples::operation_buildup_answer(),
        samples::standby_answer(), samples::remaining_answer(), samples::sustainment_answer(),
        samples::withdrawal_answer(), samples::supposed(samples::gaps_answer()),
        samples::withheld(samples::operations_answer())}) {
    expect_arrives(answer);
  }
}

TEST(WireOperationAnswer, ArrivesEmpty) {
  expect_arrives({{}, model::OperationsAnswer{}});
  expect_arrives({{}, model::CommitmentsAnswer{}});
  expect_arrives({{}, model::StandbyAnswer{}});
  expect_arrives({{}, model::RemainingAnswer{}});
  const auto operation = tests::code("EX-2201");
  model::OperationAnswer bare;
  bare.operation = operation;
  expect_arrives({{}, bare});
  model::AssembleAnswer package;
  package.operation = operation;
  expect_arrives({{}, package});
}

TEST(WireOperationAnswer, KeepsCodesOfANewerSchema) {
  auto answer = text::samples::assemble_answer();
  auto& body = std::get<model::AssembleAnswer>(answer.body);
  body.goal = static_cast<model::AssemblyGoal>(99);
  body.unused[0].reason = static_cast<model::LeftOutReason>(200);
  body.lines[3].fix->kind = static_cast<model::FixKind>(201);
  body.slices[0].certainty = static_cast<model::Certainty>(202);
  expect_arrives(answer);
}

TEST(WireOperationAnswer, LeavesOutAStatementThatWasNotReadWithItsStamp) {
  auto answer = text::samples::operation_answer();
  auto& body = std::get<model::OperationAnswer>(answer.body);
  body.statements[1] = model::UninterpretedStatement{};

  const auto read = after_journey(answer);

  ASSERT_TRUE(read) << read.error().message;
  body.statements.erase(body.statements.begin() + 1);
  body.stamps.erase(body.stamps.begin() + 1);
  expect_same(std::get<model::OperationAnswer>(read->body), body);
}

// ---- answers that nobody honest sends -----------------------------------------------------------

using Builder = flatbuffers::FlatBufferBuilder;

/// What becomes of an answer with that body, sent in as many chunks as it takes.
template <typename Body>
std::string error_of(Builder& out, fbs::AnswerBody kind, flatbuffers::Offset<Body> body,
                     flatbuffers::Offset<fbs::Header> header) {
  out.Finish(fbs::CreateAnswer(out, header, kind, body.Union()), fbs::AnswerIdentifier());
  AnswerAssembler assembler(kId);
  const ByteView all(out.GetBufferPointer(), out.GetSize());
  model::Result<std::optional<model::Answer>> added = std::optional<model::Answer>{};
  for (std::size_t at = 0, index = 0; at < all.size() && added && !*added; ++index) {
    const auto size = std::min(model::kChunkBytesMax, all.size() - at);
    Builder chunk;
    chunk.Finish(fbs::CreateChunk(chunk, kId, static_cast<std::uint32_t>(index),
                                  at + size == all.size(),
                                  chunk.CreateVector(all.data() + at, size)));
    added = assembler.add({chunk.GetBufferPointer(), chunk.GetSize()});
    at += size;
  }
  return added ? "read" : added.error().message;
}
template <typename Body>
std::string error_of(Builder& out, fbs::AnswerBody kind, flatbuffers::Offset<Body> body) {
  return error_of(out, kind, body, fbs::CreateHeader(out));
}

TEST(WireOperationAnswer, RefusesStampsThatAreNotOneAStatement) {
  Builder out;
  const auto operation = out.CreateString("EX-2201");
  const auto stamp = fbs::CreateStatementStamp(out, 1, out.CreateString("SEC/planner#1"));
  const auto stamps = out.CreateVector(&stamp, 1);
  const auto body =
      fbs::CreateOperationAnswer(out, operation, fbs::OperationState::DRAFT, 0, {}, 0, 0, stamps);

  EXPECT_THAT(error_of(out, fbs::AnswerBody::OperationAnswer, body),
              HasSubstr("body.stamps: found 1, expected one for each of 0 statements"));
}

TEST(WireOperationAnswer, RefusesStatementsThatAreNoReport) {
  Builder out;
  const auto operation = out.CreateString("EX-2201");
  const auto report = out.CreateVector(Bytes{1, 2, 3, 4, 5, 6, 7, 8});
  const auto body =
      fbs::CreateOperationAnswer(out, operation, fbs::OperationState::DRAFT, 0, {}, 0, report);

  EXPECT_THAT(error_of(out, fbs::AnswerBody::OperationAnswer, body), HasSubstr("body.report: "));
}

TEST(WireOperationAnswer, NamesTheKeyThatIsNone) {
  Builder out;
  const auto operation = out.CreateString("EX-2201");
  const auto line = fbs::CreateRequirementLine(out, out.CreateString("l 5"));
  const auto gap = fbs::CreateLineGap(out, line);
  const auto gaps = out.CreateVector(&gap, 1);
  const auto body = fbs::CreateGapsAnswer(out, operation, 1, 0, 0, 0, 0, gaps);

  EXPECT_THAT(error_of(out, fbs::AnswerBody::GapsAnswer, body),
              HasSubstr("body.lines[0].line.line_id: "));
}

TEST(WireOperationAnswer, NamesANoticeThatNobodyMaySuppose) {
  Builder out;
  const auto what_if = fbs::CreateWhatIf(out, 0, 0, 0, 525'601);
  fbs::HeaderBuilder header(out);
  header.add_what_if(what_if);
  const auto made = header.Finish();

  EXPECT_THAT(
      error_of(out, fbs::AnswerBody::OperationsAnswer, fbs::CreateOperationsAnswer(out), made),
      HasSubstr("header.what_if.notice_min: found 525601"));
}

/// One table, shared by every entry of a list: a small buffer that describes a huge answer.
TEST(WireOperationAnswer, RefusesAListThatIsMoreThanItsBytesCanHold) {
  Builder out;
  const auto unit = out.CreateString("KAZ:EX-1");
  const auto row = fbs::CreateWithdrawalRow(out, unit);
  const auto rows =
      out.CreateVector(std::vector<flatbuffers::Offset<fbs::WithdrawalRow>>(1'900'000, row));
  const auto body = fbs::CreateWithdrawalAnswer(out, out.CreateString("EX-2201"), rows);

  EXPECT_THAT(error_of(out, fbs::AnswerBody::WithdrawalAnswer, body),
              testing::Not(testing::StrEq("read")));
}

TEST(WireOperationAnswer, RefusesOneListOfTasksThatManyFixesShare) {
  Builder out;
  const auto tasks = out.CreateVector(std::vector<std::uint8_t>(1'000'000, 8));
  const auto fix =
      fbs::CreateFix(out, fbs::FixKind::NEW_UNIT, 0, 0, 1, fbs::ElementKind::NONE, tasks);
  const auto line = fbs::CreateRequirementLine(out, out.CreateString("L01"));
  const auto gap = fbs::CreateLineGap(out, line, 0, 0, 0, 0, 0, 0, 0, 0, fix);
  const auto gaps = out.CreateVector(std::vector<flatbuffers::Offset<fbs::LineGap>>(1'000, gap));
  const auto operation = out.CreateString("EX-2201");
  const auto body = fbs::CreateGapsAnswer(out, operation, 1, 0, 0, 0, 0, gaps);

  // 1,000 × 1 MB out of 1 MB.
  EXPECT_THAT(error_of(out, fbs::AnswerBody::GapsAnswer, body), HasSubstr("referred to too often"));
}

// ---- the policy of an older registry ------------------------------------------------------------

TEST(WireOperationAnswer, ReadsTheDefaultsOfAPolicyThatDoesNotSayThem) {
  auto report = tests::valid_report();
  model::Policy policy;
  policy.advance_within_h = 12;
  policy.first_within_h = 36;
  policy.max_depletion_percent = 80;
  report.statements = {model::RegistryStatement{.policies = {policy, model::Policy{}}}};
  const auto bytes = encode_report(report);

  const auto read = decode_report(bytes);

  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(*read, report);
  // Defaults take no room: a registry that says nothing new has the bytes that it always had.
  auto silent = report;
  silent.statements = {model::RegistryStatement{.policies = {model::Policy{}, model::Policy{}}}};
  const auto again = encode_report(silent);
  const auto* registry =
      flatbuffers::GetRoot<fbs::Report>(again.data())->statements()->Get(0)->body_as_Registry();
  for (const auto field : {fbs::Policy::VT_ADVANCE_WITHIN_H, fbs::Policy::VT_FIRST_WITHIN_H,
                           fbs::Policy::VT_MAX_DEPLETION_PERCENT}) {
    const auto* table = reinterpret_cast<const flatbuffers::Table*>(registry->policies()->Get(0));
    EXPECT_FALSE(table->CheckField(field));
  }
}

}  // namespace
}  // namespace muster::wire
