// SPDX-License-Identifier: Apache-2.0
#include "schemas/wire/report.h"

#include <gmock/gmock.h>

#include <limits>
#include <set>

#include "schemas/fbs/report_generated.h"
#include "schemas/model/limits.h"
#include "tests/support/sample_reports.h"

namespace muster::wire {
namespace {

using model::Report;
using model::Statement;
using testing::HasSubstr;
using tests::valid_report;

Report report_with(Statement statement) {
  auto report = valid_report();
  report.statements = {std::move(statement)};
  return report;
}

/// What comes back after a journey; a failure of the test when nothing does.
Report there_and_back(const Report& report) {
  auto decoded = decode_report(encode_report(report));
  if (!decoded) {
    ADD_FAILURE() << decoded.error().message;
    return {};
  }
  return *decoded;
}

std::string error_of(const model::Bytes& bytes) {
  const auto decoded = decode_report(bytes);
  return decoded ? "decoded" : decoded.error().message;
}

TEST(WireReport, KeepsEveryFieldOfEveryStatement) {
  std::set<model::StatementKind> kinds;
  for (const auto& statement : tests::full_statements()) {
    const auto report = report_with(statement);
    EXPECT_EQ(there_and_back(report), report) << to_text(model::kind_of(statement));
    kinds.insert(model::kind_of(statement));
  }
  EXPECT_EQ(kinds.size(), model::code_names(model::StatementKind{}).size());
}

TEST(WireReport, KeepsAbsentWhatIsAbsentInEveryStatement) {
  std::set<model::StatementKind> kinds;
  for (const auto& statement : tests::bare_statements()) {
    const auto report = report_with(statement);
    EXPECT_EQ(there_and_back(report), report) << to_text(model::kind_of(statement));
    kinds.insert(model::kind_of(statement));
  }
  EXPECT_EQ(kinds.size(), model::code_names(model::StatementKind{}).size());
}

TEST(WireReport, KeepsTheHeaderOfACorrection) {
  auto report = tests::full_report();
  report.kind = model::ReportKind::correction;
  report.classification = model::Classification::secret;
  report.corrects = model::ReportId{tests::node_id("KAZ/mod"), 41};

  EXPECT_EQ(there_and_back(report), report);
}

TEST(WireReport, TellsAbsentFromZero) {
  model::StrengthStatement strength;
  strength.unit = tests::unit_id("KAZ:EX-1");
  EXPECT_EQ(there_and_back(report_with(strength)), report_with(strength));
  EXPECT_EQ(std::get<model::StrengthStatement>(there_and_back(report_with(strength)).statements[0])
                .authorised,
            std::nullopt);

  strength.authorised = 0;
  strength.ledger_from = model::UtcTime{};
  EXPECT_EQ(there_and_back(report_with(strength)), report_with(strength));
}

TEST(WireReport, KeepsTheLargestNumbers) {
  auto strength = tests::full_strength();
  strength.authorised = std::numeric_limits<model::Count>::max();
  strength.ledger_from = model::from_micros(std::numeric_limits<std::int64_t>::min());
  auto report = report_with(strength);
  report.valid_at = model::from_micros(std::numeric_limits<std::int64_t>::max());

  EXPECT_EQ(there_and_back(report), report);
}

TEST(WireReport, KeepsEnumerationValuesItDoesNotKnow) {
  auto unit = tests::full_unit();
  unit.component = static_cast<model::Component>(200);
  unit.echelon = static_cast<model::Echelon>(0);
  unit.pools = {static_cast<model::ForcePool>(99)};
  unit.relations[0].type = static_cast<model::RelationType>(255);
  auto report = report_with(unit);
  report.kind = static_cast<model::ReportKind>(77);

  EXPECT_EQ(there_and_back(report), report);
}

TEST(WireReport, KeepsUnknownValuesOfTheListsOfTheForceToo) {
  auto roster = tests::full_roster();
  roster.form = static_cast<model::RosterForm>(9);
  roster.upserts[0].rank_grade = static_cast<model::RankGrade>(10);
  roster.upserts[0].duty_status = static_cast<model::DutyStatus>(99);
  roster.upserts[0].non_deployable_reason = static_cast<model::NonDeployableReason>(0);
  auto decision = tests::full_decision();
  decision.to_state = static_cast<model::OperationState>(18);
  decision.body = static_cast<model::Body>(255);
  auto training = tests::full_training();
  training.tasks[0].task = static_cast<model::Task>(16);
  auto registry = tests::full_registry();
  registry.policies[0].intervals[0].statement = static_cast<model::StatementKind>(200);
  registry.published_figures[0].comparator = static_cast<model::Comparator>(4);
  auto report = valid_report();
  report.statements = {roster, decision, training, registry};

  EXPECT_EQ(there_and_back(report), report);
}

TEST(WireReport, PassesSealedNamesOnUnopened) {
  auto roster = tests::full_roster();
  for (const std::size_t size : {1U, 49U, 304U, 10'000U}) {
    roster.upserts[0].sealed_name.assign(size, 0xff);
    EXPECT_EQ(there_and_back(report_with(roster)), report_with(roster)) << size;
  }
  roster.upserts[0].sealed_name.assign(10'001, 0xff);
  EXPECT_THAT(error_of(encode_report(report_with(roster))),
              HasSubstr("statement 0, upserts[0].sealed_name: found 10001"));
}

TEST(WireReport, KeepsEveryNumberOfADecision) {
  auto decision = tests::full_decision();
  for (const auto value : {std::numeric_limits<std::int64_t>::min(), std::int64_t{-1},
                           std::int64_t{0}, std::numeric_limits<std::int64_t>::max()}) {
    decision.value = value;
    EXPECT_EQ(there_and_back(report_with(decision)), report_with(decision)) << value;
  }
}

TEST(WireReport, GivesTheSameBytesForTheSameReport) {
  const auto first = encode_report(tests::full_report());
  encode_report(tests::registry_report());

  EXPECT_EQ(encode_report(tests::full_report()), first);
}

TEST(WireReport, DecodesFromAnyAddress) {
  const auto report = tests::full_report();
  const auto bytes = encode_report(report);
  for (std::size_t offset = 0; offset < 8; ++offset) {
    model::Bytes shifted(offset, 0xee);
    shifted.insert(shifted.end(), bytes.begin(), bytes.end());

    const auto decoded = decode_report(model::ByteView(shifted).subspan(offset));

    ASSERT_TRUE(decoded) << offset;
    EXPECT_EQ(*decoded, report) << offset;
  }
}

TEST(WireReport, NamesTheStatementAndTheFieldOfABadKey) {
  auto report = valid_report();
  report.statements.push_back(tests::full_equipment());
  auto& holdings = std::get<model::EquipmentStatement>(report.statements[1]).holdings;
  holdings.push_back({});

  EXPECT_THAT(error_of(encode_report(report)), HasSubstr("statement 1, holdings[2].item_code: "));
}

TEST(WireReport, RefusesTextThatIsNotUtf8) {
  for (const std::string bad :
       {"\xff", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "abcdefgh\xd0", "\xe2\x82"}) {
    auto unit = tests::full_unit();
    unit.capabilities[0].metrics[0].name = bad;

    EXPECT_THAT(error_of(encode_report(report_with(unit))),
                HasSubstr("statement 0, capabilities[0].metrics[0].name: "));
  }
}

TEST(WireReport, NamesThePlaceOfEveryTextOfTheForceThatIsNotUtf8) {
  const auto bad = [](auto statement, auto change) {
    change(statement);
    return error_of(encode_report(report_with(statement)));
  };
  using tests::full_roster;

  EXPECT_THAT(bad(full_roster(), [](auto& s) { s.upserts[0].languages[1] = "\xff"; }),
              HasSubstr("upserts[0].languages[1]: "));
  EXPECT_THAT(bad(full_roster(), [](auto& s) { s.upserts[0].sealed_to = "\xc0\xaf"; }),
              HasSubstr("upserts[0].sealed_to: "));
  EXPECT_THAT(bad(tests::full_training(), [](auto& s) { s.tasks[1].certified_by = "\xff"; }),
              HasSubstr("tasks[1].certified_by: "));
  EXPECT_THAT(bad(tests::full_caveat(), [](auto& s) { s.mode = "\xff"; }), HasSubstr(", mode: "));
  EXPECT_THAT(bad(tests::full_caveat(), [](auto& s) { s.text = "\xff"; }), HasSubstr(", text: "));
  EXPECT_THAT(bad(tests::full_contribution(), [](auto& s) { s.variation = "\xff"; }),
              HasSubstr(", variation: "));
  EXPECT_THAT(bad(tests::full_operation(), [](auto& s) { s.name = "\xff"; }),
              HasSubstr(", name: "));
  EXPECT_THAT(bad(tests::full_operation(), [](auto& s) { s.commander = "\xff"; }),
              HasSubstr(", commander: "));
  EXPECT_THAT(bad(tests::full_operation(), [](auto& s) { s.legal_basis[0] = "\xff"; }),
              HasSubstr(", legal_basis[0]: "));
  EXPECT_THAT(bad(tests::full_operation(), [](auto& s) { s.mandate_refs[0] = "\xff"; }),
              HasSubstr(", mandate_refs[0]: "));
  EXPECT_THAT(bad(tests::full_decision(), [](auto& s) { s.reference = "\xff"; }),
              HasSubstr(", reference: "));
  EXPECT_THAT(bad(tests::full_registry(), [](auto& s) { s.published_figures[1].source = "\xff"; }),
              HasSubstr(", published_figures[1].source: "));
}

TEST(WireReport, NamesThePlaceOfABadKeyOfTheForce) {
  auto roster = tests::full_roster();
  roster.upserts[1].specialty = model::Code{};
  auto requirement = tests::full_requirement();
  requirement.lines.push_back({});
  auto caveat = tests::full_caveat();
  caveat.unit = model::UnitId{};

  EXPECT_THAT(error_of(encode_report(report_with(roster))), HasSubstr("upserts[1].specialty: "));
  EXPECT_THAT(error_of(encode_report(report_with(requirement))), HasSubstr("lines[1].line_id: "));
  EXPECT_THAT(error_of(encode_report(report_with(caveat))), HasSubstr(", unit: "));
  EXPECT_THAT(error_of(encode_report(report_with(model::ContributionStatement{}))),
              HasSubstr(", contribution_id: "));
}

TEST(WireReport, ShowsNoControlCharactersInItsErrors) {
  auto unit = tests::full_unit();
  unit.name = "a\nb\x1b\xff";

  EXPECT_THAT(error_of(encode_report(report_with(unit))), HasSubstr(R"('a\x0ab\x1b\xff')"));
}

TEST(WireReport, KeepsZeroBytesAndFourByteCharactersInText) {
  auto readiness = tests::full_readiness();
  readiness.remarks = std::string("a\0b", 3) + "\xf0\x9f\x8c\x8d";

  EXPECT_EQ(there_and_back(report_with(readiness)), report_with(readiness));
}

TEST(WireReport, BoundsTextListsAndStatements) {
  auto readiness = tests::full_readiness();
  readiness.remarks.assign(model::kTextBytesMax, 'x');
  EXPECT_EQ(error_of(encode_report(report_with(readiness))), "decoded");
  readiness.remarks += 'x';
  EXPECT_THAT(error_of(encode_report(report_with(readiness))), HasSubstr("remarks: found 16385"));

  auto strength = tests::full_strength();
  strength.losses.assign(model::kListMax, strength.losses[0]);
  EXPECT_EQ(error_of(encode_report(report_with(strength))), "decoded");
  strength.losses.push_back(strength.losses[0]);
  EXPECT_THAT(error_of(encode_report(report_with(strength))), HasSubstr("losses: found 10001"));

  auto report = valid_report();
  report.statements.assign(model::kStatementsMax, tests::plain_strength());
  EXPECT_EQ(error_of(encode_report(report)), "decoded");
  report.statements.push_back(tests::plain_strength());
  EXPECT_THAT(error_of(encode_report(report)), HasSubstr("statements: found 4097"));
  report.statements.clear();
  EXPECT_THAT(error_of(encode_report(report)), HasSubstr("statements: found 0"));
}

TEST(WireReport, RefusesALongBuffer) {
  auto bytes = encode_report(valid_report());
  bytes.resize(model::kReportBytesMax + 1);

  EXPECT_THAT(error_of(bytes), HasSubstr("expected at most"));
}

TEST(WireReport, RefusesAnotherIdentifier) {
  auto bytes = encode_report(valid_report());
  bytes[7] = 'X';

  EXPECT_THAT(error_of(bytes), HasSubstr("MSRP"));
}

/// A report whose only statement says `type` and has a body that is a table without fields, or
/// none.
model::Bytes foreign_statement(std::uint8_t type, bool with_body) {
  flatbuffers::FlatBufferBuilder out;
  flatbuffers::Offset<void> body;
  if (with_body) {
    body = out.EndTable(out.StartTable());
  }
  const auto statement = fbs::CreateStatement(out, static_cast<fbs::StatementBody>(type), body);
  const auto statements = out.CreateVector(&statement, 1);
  fbs::ReportBuilder report(out);
  report.add_statements(statements);
  out.Finish(report.Finish(), fbs::ReportIdentifier());
  return {out.GetBufferPointer(), out.GetBufferPointer() + out.GetSize()};
}

TEST(WireReport, KeepsAStatementOfAKindItDoesNotKnow) {
  const auto decoded = decode_report(foreign_statement(200, true));

  ASSERT_TRUE(decoded) << decoded.error().message;
  EXPECT_EQ(decoded->statements[0],
            Statement{model::UninterpretedStatement{static_cast<model::StatementKind>(200)}});
}

TEST(WireReport, RefusesAStatementThatSaysNothing) {
  EXPECT_THAT(error_of(foreign_statement(0, true)), HasSubstr("statement 0: says nothing"));
  for (const std::uint8_t type : std::initializer_list<std::uint8_t>{0, 1, 2, 8, 15, 200}) {
    EXPECT_THAT(error_of(foreign_statement(type, false)), HasSubstr("statement 0: says nothing"));
  }
}

TEST(WireReport, RefusesAUnitWithoutItsKey) {
  EXPECT_THAT(error_of(foreign_statement(1, true)), HasSubstr("not a Report"));
}

/// A report of nine statements, of which only the keys were written.
model::Bytes keys_alone() {
  flatbuffers::FlatBufferBuilder out;
  const auto unit = out.CreateString("KAZ:EX-1");
  const auto text = out.CreateString("EX-1");
  const std::vector<std::pair<fbs::StatementBody, flatbuffers::Offset<void>>> bodies = {
      {fbs::StatementBody::SelfSustainment, fbs::CreateSelfSustainment(out, unit).Union()},
      {fbs::StatementBody::Training, fbs::CreateTraining(out, unit).Union()},
      {fbs::StatementBody::Roster, fbs::CreateRoster(out, unit).Union()},
      {fbs::StatementBody::Caveat, fbs::CreateCaveat(out, text).Union()},
      {fbs::StatementBody::Standby, fbs::CreateStandby(out, unit).Union()},
      {fbs::StatementBody::Contribution,
       fbs::CreateContribution(out, text, text, text, unit).Union()},
      {fbs::StatementBody::Operation, fbs::CreateOperation(out, text).Union()},
      {fbs::StatementBody::Requirement, fbs::CreateRequirement(out, text).Union()},
      {fbs::StatementBody::Decision, fbs::CreateDecision(out, text).Union()}};
  std::vector<flatbuffers::Offset<fbs::Statement>> statements;
  for (const auto& [type, body] : bodies) {
    statements.push_back(fbs::CreateStatement(out, type, body));
  }
  out.Finish(fbs::CreateReport(out, fbs::ReportKind::REGULAR, 0, fbs::Classification::SECRET, 0, 0,
                               out.CreateVector(statements)),
             fbs::ReportIdentifier());
  return {out.GetBufferPointer(), out.GetBufferPointer() + out.GetSize()};
}

TEST(WireReport, ReadsStatementsOfWhichOnlyTheKeysWereWritten) {
  const auto decoded = decode_report(keys_alone());

  ASSERT_TRUE(decoded) << decoded.error().message;
  std::vector<model::StatementKind> kinds;
  for (const auto& statement : decoded->statements) {
    kinds.push_back(model::kind_of(statement));
  }
  using model::StatementKind;
  EXPECT_THAT(kinds, testing::ElementsAre(StatementKind::self_sustainment, StatementKind::training,
                                          StatementKind::roster, StatementKind::caveat,
                                          StatementKind::standby, StatementKind::contribution,
                                          StatementKind::operation, StatementKind::requirement,
                                          StatementKind::decision));
}

TEST(WireReport, FillsNothingInForWhatWasNotWritten) {
  const auto decoded = decode_report(keys_alone());

  ASSERT_TRUE(decoded) << decoded.error().message;
  const auto& caveat = std::get<model::CaveatStatement>(decoded->statements[3]);
  EXPECT_EQ(static_cast<int>(caveat.kind), 0);
  EXPECT_EQ(caveat.unit, std::nullopt);
  EXPECT_EQ(caveat.max_people, std::nullopt);
  const auto& contribution = std::get<model::ContributionStatement>(decoded->statements[5]);
  EXPECT_EQ(contribution.people, std::nullopt);
  EXPECT_EQ(static_cast<int>(contribution.authority), 0);
  const auto& operation = std::get<model::OperationStatement>(decoded->statements[6]);
  EXPECT_EQ(operation.host, std::nullopt);
  EXPECT_EQ(operation.authorised_strength, std::nullopt);
  const auto& decision = std::get<model::DecisionStatement>(decoded->statements[8]);
  EXPECT_EQ(decision.operation, std::nullopt);
  EXPECT_EQ(decision.value, std::nullopt);
  EXPECT_EQ(decision.to_state, std::nullopt);
}

TEST(WireReport, RefusesAPolicyThatLacksABound) {
  flatbuffers::FlatBufferBuilder out;
  const auto start = out.StartTable();
  out.AddElement<std::int64_t>(fbs::Policy::VT_VALID_FROM, 1, 0);
  const flatbuffers::Offset<fbs::Policy> policy(out.EndTable(start));
  const auto policies = out.CreateVector(&policy, 1);
  fbs::RegistryBuilder registry(out);
  registry.add_policies(policies);
  const auto body = registry.Finish().Union();
  const auto statement = fbs::CreateStatement(out, fbs::StatementBody::Registry, body);
  const auto statements = out.CreateVector(&statement, 1);
  fbs::ReportBuilder report(out);
  report.add_statements(statements);
  out.Finish(report.Finish(), fbs::ReportIdentifier());

  EXPECT_THAT(error_of({out.GetBufferPointer(), out.GetBufferPointer() + out.GetSize()}),
              HasSubstr("not a Report"));
}

}  // namespace
}  // namespace muster::wire
