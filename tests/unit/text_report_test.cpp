// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <limits>

#include "schemas/text/report_json.h"
#include "tests/unit/text_samples.h"

namespace muster::text {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

MATCHER(HasNoProblem, "") {
  for (const auto& problem : arg.problems) {
    *result_listener << describe(problem) << "\n";
  }
  return arg.problems.empty();
}

TEST(ReportJson, ReadsBackEveryFieldThatItWrites) {
  const auto report = samples::full_report();

  const auto parsed = report_from_json(report_to_json(report));

  ASSERT_THAT(parsed, HasNoProblem());
  EXPECT_EQ(parsed.report, report);
}

TEST(ReportJson, ReadsBackStatementsInWhichOptionalFieldsAreAbsent) {
  model::Report report;
  report.valid_at = samples::at("2022-01-07T12:00:00Z");
  const auto unit = samples::unit("KAZ:EX-HQ");
  model::UnitStatement identity;
  identity.unit = unit;
  model::StrengthStatement strength;
  strength.unit = unit;
  model::EquipmentStatement equipment;
  equipment.unit = unit;
  model::ReadinessStatement readiness;
  readiness.unit = unit;
  model::AvailabilityStatement availability;
  availability.unit = unit;
  report.statements = {identity,  strength,     equipment,
                       readiness, availability, model::RegistryStatement{}};

  const auto parsed = report_from_json(report_to_json(report));

  ASSERT_THAT(parsed, HasNoProblem());
  EXPECT_EQ(parsed.report, report);
}

TEST(ReportJson, ReadsBackAReportWithoutStatements) {
  model::Report report;

  const auto parsed = report_from_json(report_to_json(report));

  ASSERT_THAT(parsed, HasNoProblem());
  EXPECT_EQ(parsed.report, report);
}

TEST(ReportJson, ReadsBackTheLargestNumberOfAField) {
  auto strength = samples::full_strength();
  strength.assigned = std::numeric_limits<model::Count>::max();
  model::Report report;
  report.statements = {strength};

  const auto parsed = report_from_json(report_to_json(report));

  ASSERT_THAT(parsed, HasNoProblem());
  EXPECT_EQ(parsed.report, report);
}

TEST(ReportJson, LeavesOutWhatIsAbsentAndKeepsAStatedZero) {
  model::StrengthStatement strength;
  strength.unit = samples::unit("KAZ:EX-HQ");
  strength.present = 0;
  model::Report report;
  report.statements = {strength};

  const auto text = report_to_json(report);

  EXPECT_THAT(text, HasSubstr("\"present\": 0"));
  EXPECT_THAT(text, Not(HasSubstr("assigned")));
  EXPECT_THAT(text, Not(HasSubstr("absences")));
  EXPECT_THAT(text, Not(HasSubstr("null")));
}

TEST(ReportJson, WritesTheNamesOfTheDomain) {
  const auto text = report_to_json(samples::full_report());

  for (const char* expected :
       {R"("type": "Strength")", R"("P": 2)", R"("override": {)", R"("T08")",
        R"("type": "CHILD_OF")", R"("uuid": "a0a1a2a3-a4a5-a6a7-a8a9-aaabacadaeaf")",
        R"("statement": "STRENGTH")", R"("lat": 51.1605)", R"("corrects": "KAZ/mod#41")",
        R"("valid_at": "2022-01-07T12:00:00.25Z")",
        R"("key": "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20")"}) {
    EXPECT_THAT(text, HasSubstr(expected));
  }
}

TEST(ReportJson, ToleratesAByteOrderMarkAndWhiteSpace) {
  const auto text = "\xef\xbb\xbf\r\n\t " + report_to_json(samples::full_report()) + "\r\n";

  const auto parsed = report_from_json(text);

  ASSERT_THAT(parsed, HasNoProblem());
  EXPECT_EQ(parsed.report, samples::full_report());
}

TEST(ReportJson, ReadsTimesWithAnOffset) {
  const auto parsed =
      report_from_json(R"({"kind": "REGULAR", "valid_at": "2022-01-07T18:00:00+06:00",
      "classification": "UNCLASSIFIED", "statements": []})");

  ASSERT_THAT(parsed, HasNoProblem());
  EXPECT_EQ(parsed.report.valid_at, samples::at("2022-01-07T12:00:00Z"));
}

TEST(ReportJson, WritesTextThatIsNotUtf8WithoutThrowing) {
  auto unit = samples::full_unit();
  unit.name = "\xff\xfe broken";
  model::Report report;
  report.statements = {unit};

  EXPECT_THAT(report_to_json(report), HasSubstr("\xef\xbf\xbd\xef\xbf\xbd broken"));
}

TEST(ReportJson, WritesNullForANumberThatIsNotFinite) {
  auto unit = samples::full_unit();
  unit.home = model::Place{std::numeric_limits<double>::quiet_NaN(),
                           std::numeric_limits<double>::infinity()};
  model::Report report;
  report.statements = {unit};

  const auto parsed = report_from_json(report_to_json(report));

  EXPECT_THAT(parsed.problems, ElementsAre(Field(&TextProblem::where, "statements[0].home.lat"),
                                           Field(&TextProblem::where, "statements[0].home.lon")));
}

TEST(RegistryJson, ReadsBackEveryFieldThatItWrites) {
  const auto registry = samples::full_registry();

  const auto parsed = registry_from_json(registry_to_json(registry));

  ASSERT_THAT(parsed, HasNoProblem());
  EXPECT_EQ(parsed.registry, registry);
}

TEST(RegistryJson, NamesEveryProblemAndItsPlace) {
  const auto parsed = registry_from_json(R"({"realm": "EXERCISES", "members": [{"nation": "KZ",
      "participation_status": "FULL", "intervals": [{"statement": "STRENGTHS", "seconds": 86400}]}],
      "nodes": [{"node_id": "KAZ/mod", "key": "12", "curve_key": "zz", "roles": ["PUBLISHER", "OFICER"],
      "valid_from": "2022-01-01T00:00:00Z"}], "type": "Registry"})");

  EXPECT_THAT(parsed.problems,
              ElementsAre(Field(&TextProblem::where, "realm"),
                          Field(&TextProblem::where, "members[0].nation"),
                          Field(&TextProblem::where, "members[0].valid_from"),
                          Field(&TextProblem::where, "members[0].intervals[0].statement"),
                          Field(&TextProblem::where, "nodes[0].key"),
                          Field(&TextProblem::where, "nodes[0].curve_key"),
                          Field(&TextProblem::where, "nodes[0].roles[1]"),
                          Field(&TextProblem::where, "type")));
}

}  // namespace
}  // namespace muster::text
