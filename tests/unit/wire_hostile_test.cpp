// SPDX-License-Identifier: Apache-2.0
// Bytes that nobody honest sends: they are refused, and never cost more than they are long.
#include <gmock/gmock.h>

#include <random>

#include "schemas/fbs/query_generated.h"
#include "schemas/fbs/report_generated.h"
#include "schemas/wire/envelope.h"
#include "schemas/wire/query.h"
#include "schemas/wire/report.h"
#include "schemas/wire/session.h"
#include "tests/support/sample_messages.h"
#include "tests/support/sample_reports.h"
#include "tests/support/wire_readers.h"

namespace muster::wire {
namespace {

using testing::HasSubstr;

TEST(WireHostile, SurvivesEveryTruncation) {
  for (const auto& valid : tests::sample_frames()) {
    for (std::size_t size = 0; size < valid.size(); ++size) {
      // Copied, so that a sanitizer sees every byte read behind the end.
      const model::Bytes cut(valid.begin(), valid.begin() + static_cast<std::ptrdiff_t>(size));
      tests::read_everything(cut);
    }
  }
}

TEST(WireHostile, RefusesEveryTruncatedReport) {
  const auto valid = encode_report(tests::full_report());
  // The last bytes of a buffer may be padding, which nothing refers to.
  for (std::size_t size = 0; size + 8 < valid.size(); ++size) {
    EXPECT_FALSE(decode_report(model::ByteView(valid).first(size))) << size;
  }
}

TEST(WireHostile, SurvivesFlippedBytes) {
  constexpr int kRounds = 300;
  std::mt19937_64 random(20220107);
  for (const auto& valid : tests::sample_frames()) {
    for (int round = 0; round < kRounds; ++round) {
      auto bytes = valid;
      for (auto flips = 1 + random() % 4; flips > 0; --flips) {
        bytes[random() % bytes.size()] ^= static_cast<std::uint8_t>(1U << (random() % 8));
      }
      tests::read_everything(bytes);
    }
  }
}

TEST(WireHostile, SurvivesBytesThatAreNothing) {
  std::mt19937_64 random(7);
  for (int round = 0; round < 2000; ++round) {
    model::Bytes bytes(random() % 200);
    for (auto& byte : bytes) {
      byte = static_cast<std::uint8_t>(random());
    }
    tests::read_everything(bytes);
  }
}

using Builder = flatbuffers::FlatBufferBuilder;

model::Bytes finished(const Builder& out) {
  return {out.GetBufferPointer(), out.GetBufferPointer() + out.GetSize()};
}

template <typename T>
model::Bytes report_around(Builder& out, fbs::StatementBody type, flatbuffers::Offset<T> body,
                           std::size_t statements) {
  std::vector<flatbuffers::Offset<fbs::Statement>> all;
  for (std::size_t i = 0; i < statements; ++i) {
    all.push_back(fbs::CreateStatement(out, type, body.Union()));
  }
  out.Finish(fbs::CreateReport(out, fbs::ReportKind::REGULAR, 0, fbs::Classification::SECRET, 0, 0,
                               out.CreateVector(all)),
             fbs::ReportIdentifier());
  return finished(out);
}

std::string error_of(const model::Bytes& bytes) {
  const auto decoded = decode_report(bytes);
  return decoded ? "decoded" : decoded.error().message;
}

TEST(WireHostile, RefusesOneTableReferredToTooOften) {
  Builder out;
  const auto absence = fbs::CreateAbsence(out, fbs::AbsenceReason::LEAVE, 1);
  const std::vector<flatbuffers::Offset<fbs::Absence>> many(60'000, absence);
  const auto list = out.CreateVector(many);
  const auto unit = out.CreateString("KAZ:EX-1");
  fbs::StrengthBuilder strength(out);
  strength.add_unit(unit);
  strength.add_absences(list);

  const auto bytes = report_around(out, fbs::StatementBody::Strength, strength.Finish(), 1);

  EXPECT_THAT(error_of(bytes),
              HasSubstr("not a Report"));  // The verifier stops after 50,000 tables.
}

TEST(WireHostile, RefusesOneListOfTextsReferredToTooOften) {
  Builder out;
  const auto text = out.CreateString("kaz");
  const std::vector<flatbuffers::Offset<flatbuffers::String>> many(150'000, text);
  const auto list = out.CreateVector(many);
  const auto unit = out.CreateString("KAZ:EX-1");
  fbs::UnitBuilder body(out);
  body.add_unit(unit);
  body.add_languages(list);

  // 4,096 × 150,000 texts in less than a message: counted and refused before the verifier meets
  // them.
  const auto bytes = report_around(out, fbs::StatementBody::Unit, body.Finish(), 4096);

  EXPECT_LT(bytes.size(), model::kReportBytesMax);
  EXPECT_THAT(error_of(bytes), HasSubstr("not a Report"));
}

TEST(WireHostile, RefusesOneLongTextReferredToTooOften) {
  Builder out;
  const auto remarks = out.CreateString(std::string(model::kTextBytesMax, 'x'));
  const auto unit = out.CreateString("KAZ:EX-1");
  fbs::ReadinessBuilder body(out);
  body.add_unit(unit);
  body.add_remarks(remarks);

  // 4,096 × 16 KiB is 64 MiB out of 100 KB.
  const auto bytes = report_around(out, fbs::StatementBody::Readiness, body.Finish(), 4096);

  EXPECT_THAT(error_of(bytes), HasSubstr("referred to too often"));
}

TEST(WireHostile, RefusesOneListOfCodesReferredToTooOften) {
  Builder out;
  const auto tasks = out.CreateVector(std::vector<std::uint8_t>(model::kListMax, 8));
  const auto capability = fbs::CreateCapability(out, tasks);
  const auto list =
      out.CreateVector(std::vector<flatbuffers::Offset<fbs::Capability>>(10, capability));
  const auto unit = out.CreateString("KAZ:EX-1");
  fbs::UnitBuilder body(out);
  body.add_unit(unit);
  body.add_capabilities(list);

  const auto bytes = report_around(out, fbs::StatementBody::Unit, body.Finish(), 4096);

  EXPECT_THAT(error_of(bytes), HasSubstr("referred to too often"));
}

TEST(WireHostile, BoundsTheEntriesOfARoster) {
  model::RosterStatement roster{.unit = tests::unit_id("KAZ:EX-1"), .version = 1};
  roster.upserts.resize(model::kListMax);
  roster.removals.resize(model::kListMax);
  auto report = tests::valid_report();
  report.statements = {roster};
  const auto decoded = decode_report(encode_report(report));
  ASSERT_TRUE(decoded) << decoded.error().message;
  EXPECT_EQ(*decoded, report);

  roster.upserts.emplace_back();
  report.statements = {roster};
  EXPECT_THAT(error_of(encode_report(report)),
              HasSubstr("statement 0, upserts: found 10001 entries, expected at most 10000"));

  roster.upserts.clear();
  roster.removals.emplace_back();
  report.statements = {roster};
  EXPECT_THAT(error_of(encode_report(report)), HasSubstr("statement 0, removals: found 10001"));
}

/// `count` references to one entry of a roster that `fill` fills.
template <typename Fill>
model::Bytes roster_of_one_person(std::size_t count, std::size_t statements, Fill fill) {
  Builder out;
  const auto unit = out.CreateString("KAZ:EX-1");
  const auto entry = fill(out);
  const auto upserts =
      out.CreateVector(std::vector<flatbuffers::Offset<fbs::RosterEntry>>(count, entry));
  const auto body = fbs::CreateRoster(out, unit, 1, fbs::RosterForm::FULL, {}, upserts);
  return report_around(out, fbs::StatementBody::Roster, body, statements);
}

TEST(WireHostile, RefusesOneListOfLanguagesThatManyPeopleShare) {
  const auto bytes = roster_of_one_person(10'000, 1, [](Builder& out) {
    const auto text = out.CreateString("kaz");
    const auto languages =
        out.CreateVector(std::vector<flatbuffers::Offset<flatbuffers::String>>(10'000, text));
    const fbs::Uuid person;
    return fbs::CreateRosterEntry(out, &person, fbs::RankGrade::OR_1, 0, fbs::Sex::F, languages);
  });

  // 10,000 × 10,000 texts out of 80 KB.
  EXPECT_LT(bytes.size(), 100'000U);
  EXPECT_THAT(error_of(bytes), HasSubstr("not a Report"));
}

TEST(WireHostile, RefusesOneSealedNameThatManyPeopleShare) {
  const auto bytes = roster_of_one_person(10'000, 1, [](Builder& out) {
    const auto sealed = out.CreateVector(model::Bytes(10'000, 0xaa));
    const fbs::Uuid person;
    return fbs::CreateRosterEntry(out, &person, fbs::RankGrade::OR_1, 0, fbs::Sex::F, 0, 0,
                                  fbs::DutyStatus::PRESENT, true, {}, sealed);
  });

  EXPECT_THAT(error_of(bytes), HasSubstr("referred to too often"));
}

TEST(WireHostile, RefusesOneRosterThatManyStatementsShare) {
  const auto bytes = roster_of_one_person(10'000, 4096, [](Builder& out) {
    const fbs::Uuid person;
    return fbs::CreateRosterEntry(out, &person);
  });

  EXPECT_THAT(error_of(bytes), HasSubstr("not a Report"));
}

TEST(WireHostile, RefusesOneListOfQualificationsThatManyPeopleShare) {
  const auto bytes = roster_of_one_person(10'000, 1, [](Builder& out) {
    const auto one = fbs::CreateQualification(out, out.CreateString("EX"));
    const auto list =
        out.CreateVector(std::vector<flatbuffers::Offset<fbs::Qualification>>(10'000, one));
    const fbs::Uuid person;
    return fbs::CreateRosterEntry(out, &person, fbs::RankGrade::OR_1, 0, fbs::Sex::F, 0, list);
  });

  EXPECT_THAT(error_of(bytes), HasSubstr("not a Report"));
}

TEST(WireHostile, RefusesOneMandateThatManyOperationsShare) {
  for (const auto field : {fbs::Operation::VT_LEGAL_BASIS, fbs::Operation::VT_MANDATE_REFS}) {
    Builder out;
    const auto text = out.CreateString("Treaty");
    const auto list =
        out.CreateVector(std::vector<flatbuffers::Offset<flatbuffers::String>>(10'000, text));
    const auto operation = out.CreateString("EX-1");
    fbs::OperationBuilder body(out);
    body.add_operation(operation);
    out.AddOffset(field, list);

    const auto bytes = report_around(out, fbs::StatementBody::Operation, body.Finish(), 4096);

    EXPECT_LT(bytes.size(), 200'000U);
    EXPECT_THAT(error_of(bytes), HasSubstr("not a Report")) << field;
  }
}

TEST(WireHostile, RefusesOneAreaThatManyCaveatsShare) {
  Builder out;
  const auto area = out.CreateVectorOfStructs(std::vector<fbs::Place>(10'000, fbs::Place(43, 77)));
  const auto caveat_id = out.CreateString("CAV-1");
  fbs::CaveatBuilder body(out);
  body.add_caveat_id(caveat_id);
  body.add_area(area);

  // 4,096 × 160 KB out of 200 KB.
  const auto bytes = report_around(out, fbs::StatementBody::Caveat, body.Finish(), 4096);

  EXPECT_THAT(error_of(bytes), HasSubstr("referred to too often"));
}

TEST(WireHostile, SurvivesCutAndFlippedStatementsOfEveryKind) {
  std::mt19937_64 random(20220109);
  for (const auto& statement : tests::full_statements()) {
    auto report = tests::valid_report();
    report.statements = {statement};
    const auto valid = encode_report(report);
    for (std::size_t size = 0; size < valid.size(); ++size) {
      tests::read_everything({valid.begin(), valid.begin() + static_cast<std::ptrdiff_t>(size)});
    }
    for (int round = 0; round < 300; ++round) {
      auto bytes = valid;
      for (auto flips = 1 + random() % 4; flips > 0; --flips) {
        bytes[random() % bytes.size()] ^= static_cast<std::uint8_t>(1U << (random() % 8));
      }
      tests::read_everything(bytes);
    }
  }
}

TEST(WireHostile, AcceptsARosterThatFillsAMessageHonestly) {
  auto roster = tests::full_roster();
  roster.upserts.assign(1'500, roster.upserts[0]);
  auto report = tests::valid_report();
  report.statements = {roster};
  const auto bytes = encode_report(report);

  const auto decoded = decode_report(bytes);

  EXPECT_GT(bytes.size(), model::kReportBytesMax * 3 / 4);
  ASSERT_TRUE(decoded) << decoded.error().message;
  EXPECT_EQ(*decoded, report);
}

TEST(WireHostile, AcceptsAReportThatFillsAMessageHonestly) {
  model::Report report = tests::valid_report();
  report.statements.clear();
  for (int i = 0; i < 4; ++i) {
    auto equipment = tests::full_equipment();
    equipment.holdings.assign(1500, equipment.holdings[0]);
    report.statements.emplace_back(equipment);
    auto unit = tests::full_unit();
    unit.languages.assign(9'000, "kaz");
    report.statements.emplace_back(unit);
  }
  const auto bytes = encode_report(report);

  const auto decoded = decode_report(bytes);

  EXPECT_GT(bytes.size(), model::kReportBytesMax * 3 / 4);
  ASSERT_TRUE(decoded) << decoded.error().message;
  EXPECT_EQ(*decoded, report);
}

/// What becomes of an Answer buffer that comes in one chunk.
std::string error_of_answer(const Builder& out) {
  Builder chunk;
  chunk.Finish(fbs::CreateChunk(chunk, 5, 0, true,
                                chunk.CreateVector(out.GetBufferPointer(), out.GetSize())));
  AnswerAssembler assembler(5);
  const auto answer = assembler.add({chunk.GetBufferPointer(), chunk.GetSize()});
  return answer ? "decoded" : answer.error().message;
}

flatbuffers::Offset<flatbuffers::Vector<flatbuffers::Offset<flatbuffers::String>>> same_text(
    Builder& out, std::string_view text, std::size_t count) {
  return out.CreateVector(std::vector(count, out.CreateString(text)));
}

TEST(WireHostile, RefusesAnAnswerWhoseRowsShareALongKey) {
  Builder out;
  const auto key = same_text(out, "KAZ", 20'000);
  const auto figures = fbs::CreateFigures(out);
  const auto row = fbs::CreateStrengthRow(out, key, figures);
  const auto rows = out.CreateVector(std::vector(10'000, row));
  const auto body = fbs::CreateStrengthAnswer(out, 0, rows, row);
  out.Finish(
      fbs::CreateAnswer(out, fbs::CreateHeader(out), fbs::AnswerBody::StrengthAnswer, body.Union()),
      fbs::AnswerIdentifier());

  EXPECT_THAT(error_of_answer(out), HasSubstr("not an Answer"));
}

TEST(WireHostile, RefusesATreeWhoseUnitsShareALongListOfOperations) {
  const auto tree_of = [](std::size_t nodes, std::size_t operations) {
    Builder out;
    const auto unit = out.CreateString("KAZ:E");
    const auto list = same_text(out, "EX-2201", operations);
    const auto figures = fbs::CreateFigures(out);
    fbs::TreeNodeBuilder node(out);
    node.add_unit(unit);
    node.add_own(figures);
    node.add_rolled_up(figures);
    node.add_operations(list);
    const auto one = node.Finish();
    const auto all = out.CreateVector(std::vector(nodes, one));
    const auto body = fbs::CreateTreeAnswer(out, out.CreateString("KAZ"), all);
    out.Finish(
        fbs::CreateAnswer(out, fbs::CreateHeader(out), fbs::AnswerBody::TreeAnswer, body.Union()),
        fbs::AnswerIdentifier());
    return error_of_answer(out);
  };

  EXPECT_THAT(tree_of(10'000, 20'000), HasSubstr("not an Answer"));
  EXPECT_EQ(tree_of(2, 3), "decoded");
}

}  // namespace
}  // namespace muster::wire
