// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>

#include "schemas/text/base64.h"
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

std::filesystem::path golden(const std::string& name) {
  return std::filesystem::path(__FILE__).parent_path() / "golden" / name;
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

/// A statement of each kind with what it has no form without, and one such entry in its lists.
std::vector<model::Statement> bare_statements() {
  const auto unit = samples::unit("KAZ:EX-HQ");
  const auto code = *model::Code::parse("EX-2203");
  model::RosterStatement roster{.unit = unit, .version = 1};
  roster.upserts.resize(1);
  model::RegistryStatement registry;
  registry.policies = {model::Policy{}};
  registry.published_figures = {model::PublishedFigure{}};
  return {model::UnitStatement{.unit = unit},
          model::StrengthStatement{.unit = unit},
          model::EquipmentStatement{.unit = unit},
          model::SelfSustainmentStatement{.unit = unit, .lines = {model::SustainmentLine{}}},
          model::TrainingStatement{.unit = unit, .tasks = {model::TrainedTask{}}},
          model::ReadinessStatement{.unit = unit},
          model::AvailabilityStatement{.unit = unit},
          roster,
          model::CaveatStatement{.caveat_id = code},
          model::StandbyStatement{.unit = unit},
          model::ContributionStatement{
              .contribution_id = code, .operation = code, .sor_line = code, .unit = unit},
          model::OperationStatement{.operation = code},
          model::RequirementStatement{.operation = code, .lines = {{.line_id = code}}},
          model::DecisionStatement{.decision_id = code},
          registry};
}

TEST(ReportJson, KeepsItsContract) {
  const auto text = report_to_json(samples::full_report()) + "\n";

  if (const char* update = std::getenv("UPDATE"); update != nullptr && std::string(update) == "1") {
    std::ofstream(golden("report.json"), std::ios::binary) << text;
  }

  EXPECT_EQ(text, read_file(golden("report.json"))) << "UPDATE=1 rewrites it";
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
  report.statements = bare_statements();
  EXPECT_EQ(report.statements.size(), model::code_names(model::StatementKind{}).size());

  const auto text = report_to_json(report);
  const auto parsed = report_from_json(text);

  ASSERT_THAT(parsed, HasNoProblem());
  EXPECT_EQ(parsed.report, report);
  EXPECT_THAT(text, Not(HasSubstr("null")));
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
        R"("key": "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20")",
        R"("person_ref": "f0f1f2f3-f4f5-f6f7-f8f9-fafbfcfdfeff")", R"("rank_grade": "OR-7")",
        R"("form": "DELTA")", R"("kind": "RETURN")", R"("task": "T99")",
        R"("sealed_name": "4OHi4+Tl5ufo6err7O3u7/Dx8vP09fb3+Pn6+/z9/v8AAQIDBAUGBwgJCgsMDQ4PEA==")",
        R"("value": -9223372036854775807)", R"("version": 18446744073709551615)"}) {
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

TEST(RegistryJson, TakesThresholdsThatAreLeftOutFromTheDefaults) {
  const auto parsed = registry_from_json(R"({"realm": "EXERCISE", "policies": [
      {"valid_from": "2022-02-01T00:00:00Z", "trained": {"one": 80, "two": 60, "three": 40},
       "road_kmh": 20}]})");

  ASSERT_THAT(parsed, HasNoProblem());
  model::Policy expected;
  expected.valid_from = samples::at("2022-02-01T00:00:00Z");
  expected.trained = {80, 60, 40};
  expected.road_kmh = 20;
  EXPECT_THAT(parsed.registry.policies, ElementsAre(expected));
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

TEST(Base64, WritesAndReadsTheVectorsOfItsStandard) {
  const std::pair<std::string, std::string> vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
  for (const auto& [text, encoded] : vectors) {
    const auto bytes = model::view_of(text);
    EXPECT_EQ(to_base64(bytes), encoded);
    EXPECT_EQ(from_base64(encoded), model::Bytes(bytes.begin(), bytes.end())) << encoded;
  }
}

TEST(Base64, UsesEveryCharacterOfItsAlphabet) {
  model::Bytes bytes;
  for (unsigned group = 0; group < 64; group += 4) {
    const unsigned bits = group << 18U | (group + 1) << 12U | (group + 2) << 6U | (group + 3);
    for (const unsigned shift : {16U, 8U, 0U}) {
      bytes.push_back(static_cast<std::uint8_t>(bits >> shift));
    }
  }
  const auto* alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  EXPECT_EQ(to_base64(bytes), alphabet);
  EXPECT_EQ(from_base64(alphabet), bytes);
}

TEST(Base64, RefusesEveryOtherSpellingOfTheSameBytes) {
  for (const std::string text : {"Zg",     "Zg=",   "Zg===",  "Zh==",    "Zm9=",
                                 "Zm8",    "Z===",  "====",   "=",       "Zg==Zg==",
                                 "Zg==\n", " Zg==", "Zm9v\n", "Zm 9",    "Zm-_",
                                 "Zm9v=",  "Z=9v",  "=m9v",   "Zm9\xc3", "\xff\xff\xff\xff"}) {
    EXPECT_EQ(from_base64(text), std::nullopt) << text;
  }
  EXPECT_EQ(from_base64(std::string_view("Zm9\0", 4)), std::nullopt);
}

TEST(Base64, HasOneTextForEachBytes) {
  for (unsigned first = 0; first < 256; ++first) {
    for (const auto& text : {to_base64(model::Bytes{static_cast<std::uint8_t>(first)}),
                             to_base64(model::Bytes{7, static_cast<std::uint8_t>(first)})}) {
      const auto bytes = from_base64(text);
      ASSERT_TRUE(bytes) << text;
      EXPECT_EQ(to_base64(*bytes), text);
    }
  }
}

}  // namespace
}  // namespace muster::text
