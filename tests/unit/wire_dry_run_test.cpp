// SPDX-License-Identifier: Apache-2.0
// What publishing would do, asked and answered over the wire.
#include <gmock/gmock.h>

#include <tuple>

#include "schemas/fbs/query_generated.h"
#include "schemas/wire/query.h"
#include "tests/support/sample_messages.h"
#include "tests/support/sample_reports.h"

namespace muster::wire {
namespace {

using model::Bytes;
using model::ByteView;

constexpr std::uint64_t kId = 31;

ByteView body_of(const Bytes& frame) { return ByteView(frame).subspan(kHeaderBytes); }

template <typename Wanted>
Wanted last(const auto& samples, auto member) {
  return std::get<Wanted>(samples.back().*member);
}

// ---- the question -------------------------------------------------------------------------------

model::Result<model::Request> after_journey(const model::DryRunQuery& query) {
  return read_request(body_of(request_message({.id = kId, .query = query})));
}
std::string error_of(const model::DryRunQuery& query) {
  const auto read = after_journey(query);
  return read ? "read" : read.error().message;
}

TEST(WireDryRun, KeepsTheNodeAndEveryByteOfTheReports) {
  const auto sent = last<model::DryRunQuery>(tests::sample_requests(), &model::Request::query);

  const auto read = after_journey(sent);

  ASSERT_TRUE(read) << read.error().message;
  const auto& query = std::get<model::DryRunQuery>(read->query);
  EXPECT_EQ(query.node, sent.node);
  EXPECT_EQ(query.reports, sent.reports);
}

TEST(WireDryRun, CarriesAsManyReportsAndBytesAsThereMayBe) {
  const auto node = tests::node_id("KAZ/mod");
  const model::DryRunQuery largest{.node = node, .reports = {Bytes(model::kReportBytesMax, 7)}};
  model::DryRunQuery many{.node = node,
                          .reports = std::vector<Bytes>(
                              model::kReportsPerEnvelopeMax,
                              Bytes(model::kReportBytesMax / model::kReportsPerEnvelopeMax, 7))};

  for (const auto& query : {largest, many}) {
    EXPECT_LE(request_message({.id = kId, .query = query}).size(), model::kMessageBytesMax);
    const auto read = after_journey(query);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(std::get<model::DryRunQuery>(read->query).reports, query.reports);
  }
}

TEST(WireDryRun, NamesWhatIsTooManyTooLongAndNothing) {
  const auto node = tests::node_id("KAZ/mod");

  EXPECT_EQ(error_of({.node = node, .reports = {}}),
            "query.reports: found 0 reports, expected 1 to 256");
  EXPECT_EQ(error_of({.node = node, .reports = std::vector<Bytes>(257, Bytes{1})}),
            "query.reports: found 257 reports, expected 1 to 256");
  EXPECT_EQ(error_of({.node = node, .reports = {Bytes{1}, Bytes{}}}),
            "query.reports[1]: found 0 bytes, expected a report");
  EXPECT_EQ(error_of({.node = node, .reports = {Bytes(model::kReportBytesMax, 7), Bytes{1}}}),
            "query.reports: found 983041 bytes in 2 reports, expected at most 983040: ask about "
            "fewer");
  EXPECT_THAT(error_of({.node = {}, .reports = {Bytes{1}}}), testing::HasSubstr("query.node: "));
}

/// One report, shared by every entry of the list: a small buffer that describes 240 MB.
TEST(WireDryRun, RefusesOneReportThatIsReferredToTooOften) {
  flatbuffers::FlatBufferBuilder out;
  const auto report = fbs::CreateReportBytes(out, out.CreateVector(Bytes(900'000, 7)));
  const auto reports =
      out.CreateVector(std::vector<flatbuffers::Offset<fbs::ReportBytes>>(256, report));
  const auto query = fbs::CreateDryRunQuery(out, out.CreateString("KAZ/mod"), reports);
  out.Finish(fbs::CreateRequest(out, 1, 2, {}, {}, fbs::Query::DryRunQuery, query.Union()));

  const auto read = read_request({out.GetBufferPointer(), out.GetSize()});

  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, model::ErrorCode::malformed);
  EXPECT_EQ(read.error().message,
            "query.reports: found 230400000 bytes in 256 reports, expected at most 983040: ask "
            "about fewer");
}

/// A request without one of the two parts that there must be.
std::string error_without(bool node, bool reports) {
  flatbuffers::FlatBufferBuilder out;
  const auto name = out.CreateString("KAZ/mod");
  const auto list = out.CreateVector(std::vector<flatbuffers::Offset<fbs::ReportBytes>>{});
  const auto start = out.StartTable();
  if (node) {
    out.AddOffset(fbs::DryRunQuery::VT_NODE, name);
  }
  if (reports) {
    out.AddOffset(fbs::DryRunQuery::VT_REPORTS, list);
  }
  const flatbuffers::Offset<void> query(out.EndTable(start));
  out.Finish(fbs::CreateRequest(out, 1, 2, {}, {}, fbs::Query::DryRunQuery, query));
  const auto read = read_request({out.GetBufferPointer(), out.GetSize()});
  return read ? "read" : read.error().message;
}

TEST(WireDryRun, RefusesAQuestionWithoutItsParts) {
  EXPECT_THAT(error_without(false, true), testing::HasSubstr("are not a body of that type"));
  EXPECT_THAT(error_without(true, false), testing::HasSubstr("are not a body of that type"));
  EXPECT_EQ(error_without(true, true), "query.reports: found 0 reports, expected 1 to 256");
}

// ---- the answer ---------------------------------------------------------------------------------

model::Result<model::Answer> after_journey(const model::DryRunAnswer& body) {
  AnswerAssembler assembler(kId);
  for (const auto& frame : answer_messages(kId, {{}, body})) {
    MUSTER_TRY(auto added, assembler.add(body_of(frame)));
    if (added) {
      return *std::move(added);
    }
  }
  return model::fail(model::ErrorCode::malformed, "no answer");
}

auto said_by(const model::DiffRow& row) {
  return std::tuple(row.unit, row.kind, row.change.field, row.change.before, row.change.after,
                    row.report, row.valid_at, row.received_at);
}

TEST(WireDryRun, KeepsVerdictsFindingsAndTheDifference) {
  const auto sent = last<model::DryRunAnswer>(tests::sample_answers(), &model::Answer::body);

  const auto read = after_journey(sent);

  ASSERT_TRUE(read) << read.error().message;
  const auto& body = std::get<model::DryRunAnswer>(read->body);
  EXPECT_EQ(body.verdicts, sent.verdicts);
  EXPECT_EQ(body.difference.from, sent.difference.from);
  EXPECT_EQ(body.difference.to, sent.difference.to);
  EXPECT_EQ(body.difference.before, sent.difference.before);
  EXPECT_EQ(body.difference.after, sent.difference.after);
  ASSERT_EQ(body.difference.rows.size(), sent.difference.rows.size());
  for (std::size_t i = 0; i < body.difference.rows.size(); ++i) {
    EXPECT_EQ(said_by(body.difference.rows[i]), said_by(sent.difference.rows[i]));
  }
}

TEST(WireDryRun, NamesThePlaceOfABadUnitInsideTheDifference) {
  flatbuffers::FlatBufferBuilder out;
  const auto row = fbs::CreateDiffRow(out, out.CreateString("no key"), 1,
                                      fbs::CreateFieldChange(out, out.CreateString("present")));
  const auto rows = out.CreateVector(&row, 1);
  const fbs::Bitime then(1, 2);
  const auto figures = fbs::CreateFigures(out);
  const auto difference = fbs::CreateDiffAnswer(out, &then, &then, figures, figures, rows);
  const auto body = fbs::CreateDryRunAnswer(out, 0, difference);
  out.Finish(
      fbs::CreateAnswer(out, fbs::CreateHeader(out), fbs::AnswerBody::DryRunAnswer, body.Union()),
      fbs::AnswerIdentifier());
  flatbuffers::FlatBufferBuilder chunk;
  chunk.Finish(fbs::CreateChunk(chunk, kId, 0, true,
                                chunk.CreateVector(out.GetBufferPointer(), out.GetSize())));

  const auto read = AnswerAssembler(kId).add({chunk.GetBufferPointer(), chunk.GetSize()});

  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().message, testing::HasSubstr("body.difference.rows[0].unit: "));
}

}  // namespace
}  // namespace muster::wire
