// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "schemas/text/json_tree.h"
#include "schemas/text/report_json.h"
#include "tests/unit/text_samples.h"

namespace muster::text {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

auto problem(std::string where, std::string found, std::string expected) {
  return AllOf(Field(&TextProblem::where, where), Field(&TextProblem::found, HasSubstr(found)),
               Field(&TextProblem::expected, HasSubstr(expected)));
}

/// A report with these statements, in one line.
std::string report_with(const std::string& statements) {
  return R"({"kind":"REGULAR","valid_at":"2022-01-07T12:00:00Z","classification":"UNCLASSIFIED","statements":[)" +
         statements + "]}";
}

std::vector<TextProblem> problems_of(const std::string& statements) {
  return report_from_json(report_with(statements)).problems;
}

/// A Strength whose `present` is written as `value`.
std::string present(const std::string& value) {
  return R"({"type":"Strength","unit":"KAZ:EX-HQ","present":)" + value + "}";
}

struct FieldCase {
  const char* name;
  const char* statement;
  const char* where;
  const char* found;
  const char* expected;
};

class OneProblem : public ::testing::TestWithParam<FieldCase> {};

TEST_P(OneProblem, IsNamedWithItsPlaceAndWhatIsExpected) {
  const auto& c = GetParam();

  const auto problems = problems_of(c.statement);

  EXPECT_THAT(problems, ElementsAre(problem(c.where, c.found, c.expected)));
}

#define STRENGTH(field) R"({"type":"Strength","unit":"KAZ:EX-HQ",)" field "}"
#define UNIT(field) R"({"type":"Unit","unit":"KAZ:EX-HQ",)" field "}"

INSTANTIATE_TEST_SUITE_P(
    Text, OneProblem,
    ::testing::Values(
        FieldCase{"Negative", STRENGTH(R"("present":-1)"), "statements[0].present", "-1",
                  "whole number from 0"},
        FieldCase{"Fractional", STRENGTH(R"("present":12.5)"), "statements[0].present", "12.5",
                  "whole number"},
        FieldCase{"WholeButWithAPoint", STRENGTH(R"("present":12.0)"), "statements[0].present",
                  "12.0", "whole number"},
        FieldCase{"Exponent", STRENGTH(R"("present":1e2)"), "statements[0].present", "1e2",
                  "whole number"},
        FieldCase{"TooLarge", STRENGTH(R"("present":4294967296)"), "statements[0].present",
                  "4294967296", "4294967295"},
        FieldCase{"BeyondAnyInteger", STRENGTH(R"("present":99999999999999999999999999)"),
                  "statements[0].present", "99999999999999999999999999", "4294967295"},
        FieldCase{"TooLargeForALevel", R"({"type":"Readiness","unit":"KAZ:EX-HQ","P":300})",
                  "statements[0].P", "300", "255"},
        FieldCase{"NotAvailable", STRENGTH(R"("present":"n/a")"), "statements[0].present", "'n/a'",
                  "leave the field out"},
        FieldCase{"LettersAsDigits", STRENGTH(R"("present":"12OO")"), "statements[0].present",
                  "'12OO'", "whole number"},
        FieldCase{"NumberInQuotes", STRENGTH(R"("present":"120")"), "statements[0].present",
                  "'120'", "without quotes"},
        FieldCase{"Null", STRENGTH(R"("present":null)"), "statements[0].present", "null",
                  "leave the field out"},
        FieldCase{"ListForANumber", STRENGTH(R"("present":[1])"), "statements[0].present", "a list",
                  "whole number"},
        FieldCase{"TrueForANumber", STRENGTH(R"("present":true)"), "statements[0].present", "true",
                  "whole number"},
        FieldCase{"ObjectForAList", STRENGTH(R"("absences":{})"), "statements[0].absences",
                  "an object", "a list"},
        FieldCase{"NullForAList", STRENGTH(R"("absences":null)"), "statements[0].absences", "null",
                  "leave the field out"},
        FieldCase{"NumberForAnObject", STRENGTH(R"("absences":[3])"), "statements[0].absences[0]",
                  "3", "an object"},
        FieldCase{"PartOfAPairMissing", STRENGTH(R"("absences":[{"reason":"LEAVE"}])"),
                  "statements[0].absences[0].count", "nothing", "must be given"},
        FieldCase{"UnknownName", STRENGTH(R"("absences":[{"reason":"HOLIDAY","count":1}])"),
                  "statements[0].absences[0].reason", "'HOLIDAY'", "LEAVE, COURSE_TDY, HOSPITAL"},
        FieldCase{"MisspeltName", UNIT(R"("element_kind":"COMBAT_SUPORT")"),
                  "statements[0].element_kind", "'COMBAT_SUPORT'",
                  "did you mean COMBAT_SUPPORT? one of COMMAND, COMBAT"},
        FieldCase{"NameInLowerCase", UNIT(R"("component":"police")"), "statements[0].component",
                  "'police'", "did you mean POLICE?"},
        FieldCase{"NumberForAName", UNIT(R"("component":2)"), "statements[0].component", "2",
                  "MILITARY, POLICE"},
        FieldCase{"TaskOutsideTheCatalogue", UNIT(R"("capabilities":[{"tasks":["T08","T16"]}])"),
                  "statements[0].capabilities[0].tasks[1]", "'T16'", "T01"},
        FieldCase{"MisspeltField", STRENGTH(R"("presant":3)"), "statements[0].presant", "not known",
                  "did you mean present?"},
        FieldCase{"FieldInOtherCase", R"({"type":"Readiness","unit":"KAZ:EX-HQ","p":2})",
                  "statements[0].p", "not known", "did you mean P?"},
        FieldCase{"StrangeField", STRENGTH(R"("x-colour-of-the-gate":3)"),
                  "statements[0].x-colour-of-the-gate", "not known",
                  "one of type, unit, authorised"},
        FieldCase{"EmptyField", STRENGTH(R"("":3)"), "statements[0].", "not known", "one of type"},
        FieldCase{"ComputedField", STRENGTH(R"("on_strength":3)"), "statements[0].on_strength",
                  "not known", "one of"},
        FieldCase{"FieldTwice", STRENGTH(R"("present":3,"present":3)"), "statements[0].present",
                  "twice", "once"},
        FieldCase{"BadTime", UNIT(R"("valid_from":"2022-02-30T00:00:00Z")"),
                  "statements[0].valid_from", "'2022-02-30T00:00:00Z'", "RFC 3339"},
        FieldCase{"LocalTime", UNIT(R"("valid_from":"2022-02-03T00:00:00")"),
                  "statements[0].valid_from", "'2022-02-03T00:00:00'", "RFC 3339"},
        FieldCase{"BadUuid", UNIT(R"("uuid":"6ba7b8109dad11d180b400c04fd430c8")"),
                  "statements[0].uuid", "'6ba7", "UUID"},
        FieldCase{"UuidOfLetters", UNIT(R"("uuid":"6ba7b810-9dad-11d1-80b4-00c04fd430cx")"),
                  "statements[0].uuid", "'6ba7", "UUID"},
        FieldCase{"BadKey", R"({"type":"Unit","unit":"kaz:EX-HQ"})", "statements[0].unit",
                  "'kaz:EX-HQ'", "unit key"},
        FieldCase{"NoKey", R"({"type":"Unit"})", "statements[0].unit", "nothing", "must be given"},
        FieldCase{"HalfAPlace", UNIT(R"("home":{"lat":51})"), "statements[0].home.lon", "nothing",
                  "must be given"},
        FieldCase{"TextForADegree", UNIT(R"("home":{"lat":"51N","lon":71})"),
                  "statements[0].home.lat", "'51N'", "a number such as"},
        FieldCase{
            "TextForABool",
            STRENGTH(
                R"("specialties":[{"code":"COOK","required":1,"qualified":1,"critical":"yes"}])"),
            "statements[0].specialties[0].critical", "'yes'", "true or false"},
        FieldCase{"NoType", R"({"unit":"KAZ:EX-HQ"})", "statements[0].type", "nothing",
                  "Unit, Strength"},
        FieldCase{"MisspeltType", R"({"type":"Strenght","unit":"KAZ:EX-HQ"})", "statements[0].type",
                  "'Strenght'", "did you mean Strength?"},
        FieldCase{"TypeThatIsNotEncodedYet", R"({"type":"Roster","unit":"KAZ:EX-HQ"})",
                  "statements[0].type", "'Roster'", "cannot encode the others yet"},
        FieldCase{"StatementThatIsNoObject", "7", "statements[0]", "7", "an object"}),
    [](const auto& instance) { return instance.param.name; });

TEST(Problems, AreReportedAllAtOnceInTheOrderOfTheFields) {
  const auto parsed = report_from_json(R"({
    "kind": "DAILY",
    "valid_at": "yesterday",
    "releasable_to": ["RUS", "Russia"],
    "statements": [
      {"type": "Strength", "unit": "KAZ:EX-HQ", "present": "n/a", "assigned": -3, "depoyable": 5},
      {"type": "Training"},
      {"type": "Unit", "unit": "KAZ:EX-HQ", "home": {"lat": null, "lon": 71.4}}
    ]
  })");

  EXPECT_THAT(
      parsed.problems,
      ElementsAre(problem("kind", "'DAILY'", "REGULAR, CHANGE, VALIDATION, CORRECTION"),
                  problem("valid_at", "'yesterday'", "RFC 3339"),
                  problem("classification", "nothing", "must be given"),
                  problem("releasable_to[1]", "'Russia'", "a nation"),
                  problem("statements[0].assigned", "-3", "whole number"),
                  problem("statements[0].present", "'n/a'", "whole number"),
                  problem("statements[0].depoyable", "not known", "did you mean deployable?"),
                  problem("statements[1].type", "'Training'", "cannot encode"),
                  problem("statements[2].home.lat", "null", "leave the field out")));
}

TEST(Problems, AreDescribedInOneSentence) {
  const auto problems = problems_of(present("-1"));

  ASSERT_THAT(problems, SizeIs(1));
  EXPECT_EQ(describe(problems[0]),
            "statements[0].present: found -1, expected a whole number from 0 to 4294967295");
}

TEST(Problems, AreCutBeforeTheyFillTheMemory) {
  std::string statements = "0";
  for (int i = 0; i < 3000; ++i) {
    statements += ",0";
  }

  const auto problems = problems_of(statements);

  ASSERT_THAT(problems, SizeIs(kProblemsMax + 1));
  EXPECT_THAT(problems.back().found, HasSubstr("more than 1000 problems"));
}

TEST(MalformedJson, IsNamedWithLineAndColumn) {
  const auto parsed = report_from_json("{\n  \"kind\": \"REGULAR\",\n  \"valid_at\" \"2022\"\n}");

  EXPECT_THAT(parsed.problems, ElementsAre(problem("line 3, column 14", "2022", "':'")));
}

TEST(MalformedJson, CountsColumnsInCharacters) {
  const auto parsed = report_from_json("{\"имя\" 7}");

  EXPECT_THAT(parsed.problems, ElementsAre(problem("line 1, column 8", "'7'", "':'")));
}

TEST(MalformedJson, ShowsTheWholeWordThatHasNoQuotes) {
  EXPECT_THAT(problems_of(present("12OO")),
              ElementsAre(Field(&TextProblem::found, HasSubstr("'12OO'"))));
  EXPECT_THAT(problems_of(present("n/a")),
              ElementsAre(Field(&TextProblem::found, HasSubstr("'n/a'"))));
  EXPECT_THAT(problems_of(present("~120")),
              ElementsAre(Field(&TextProblem::found, HasSubstr("'~120'"))));
}

TEST(MalformedJson, SaysWhereATextEnds) {
  EXPECT_THAT(report_from_json("").problems,
              ElementsAre(problem("line 1, column 1", "the text ends here", "")));
  EXPECT_THAT(report_from_json("{\n").problems,
              ElementsAre(problem("line 2, column 1", "the text ends here", "")));
}

TEST(MalformedJson, IsFoundBehindTheEnd) {
  EXPECT_THAT(report_from_json("{} {}").problems,
              ElementsAre(problem("line 1, column 4", "{", "end of input")));
}

TEST(MalformedJson, NamesACommaTooMany) {
  EXPECT_THAT(report_from_json("{\"kind\": \"REGULAR\",}").problems,
              ElementsAre(problem("line 1, column 20", "'}'", "string literal")));
}

TEST(MalformedJson, IsWhateverNumbersJsonDoesNotKnow) {
  for (const char* number :
       {"NaN", "Infinity", "-Infinity", "0x10", "012", "+5", ".5", "5.", "1e", "--1"}) {
    EXPECT_THAT(problems_of(present(number)), SizeIs(1)) << number;
  }
}

TEST(HostileText, MayHoldNumbersBeyondAnyComputer) {
  EXPECT_THAT(problems_of(present("1e999")),
              ElementsAre(Field(&TextProblem::found, HasSubstr("1e999"))));
  EXPECT_THAT(problems_of(present("-1e999")),
              ElementsAre(Field(&TextProblem::found, HasSubstr("-1e999"))));
  EXPECT_THAT(problems_of(present(std::string(100'000, '9'))), SizeIs(1));
}

TEST(HostileText, MayBeNestedWithoutEnd) {
  EXPECT_THAT(report_from_json(std::string(1'000'000, '[')).problems,
              ElementsAre(Field(&TextProblem::found, HasSubstr("deeper than 16"))));
  std::string objects;
  for (int i = 0; i < 100'000; ++i) {
    objects += "{\"a\":";
  }
  EXPECT_THAT(report_from_json(objects).problems,
              ElementsAre(Field(&TextProblem::found, HasSubstr("deeper than 16"))));
}

TEST(HostileText, MayHoldAStringOfTenMegabytes) {
  const auto problems = problems_of(R"({"type":"Unit","unit":"KAZ:EX-HQ","name":")" +
                                    std::string(10'000'000, 'x') + "\"}");

  EXPECT_THAT(problems, ElementsAre(problem("the whole text", "bytes", "at most 8388608 bytes")));
}

TEST(HostileText, MayHoldALongStringInsideTheBounds) {
  const auto problems = problems_of(R"({"type":"Unit","unit":"KAZ:EX-HQ","name":")" +
                                    std::string(5'000'000, 'x') + "\"}");

  EXPECT_THAT(problems,
              ElementsAre(problem("statements[0].name", "5000000 bytes", "at most 16384 bytes")));
}

TEST(HostileText, KeepsMessagesShortWhateverItHolds) {
  const std::string longest(1'000'000, 'x');
  for (const auto& text :
       {report_with("\"" + longest + "\""), report_with(present("\"" + longest + "\"")),
        report_with(present(longest)), "{\"" + longest + "\":1}", longest, "\"" + longest}) {
    for (const auto& found : report_from_json(text).problems) {
      EXPECT_LT(describe(found).size(), 1000U);
    }
  }
}

TEST(HostileText, MayHoldBytesThatAreNotUtf8) {
  const auto problems =
      problems_of("{\"type\":\"Unit\",\"unit\":\"KAZ:EX-HQ\",\"name\":\"\xff\xfe\"}");

  EXPECT_THAT(problems, ElementsAre(Field(&TextProblem::found, HasSubstr("UTF-8"))));
  EXPECT_THAT(problems[0].where, HasSubstr("line 1, column "));
}

TEST(HostileText, MayHoldHalfASurrogatePair) {
  EXPECT_THAT(problems_of(R"({"type":"Unit","unit":"KAZ:EX-HQ","name":"\ud800"})"), SizeIs(1));
}

TEST(HostileText, MayHoldNulBytes) {
  using namespace std::string_literals;
  EXPECT_THAT(report_from_json("{\0}"s).problems, SizeIs(1));
  EXPECT_THAT(report_from_json("\0"s).problems, SizeIs(1));
}

TEST(HostileText, MayRepeatAFieldWithoutEnd) {
  std::string text = "{\"kind\":\"REGULAR\"";
  for (int i = 0; i < 100'000; ++i) {
    text += ",\"kind\":\"REGULAR\"";
  }

  const auto problems = report_from_json(text + "}").problems;

  ASSERT_THAT(problems, SizeIs(kJsonMembersMax));
  EXPECT_THAT(problems.back().found, HasSubstr("more than 256 fields"));
}

TEST(HostileText, MayHoldMoreValuesThanAnyReport) {
  std::string statements = "[]";
  for (std::size_t i = 0; i < kJsonValuesMax; ++i) {
    statements += ",[]";
  }

  EXPECT_THAT(problems_of(statements),
              ElementsAre(problem("statements", "more than 500000 values", "split")));
}

TEST(HostileText, MayHoldTooManyStatements) {
  std::string statements = "{}";
  for (int i = 0; i < 4096; ++i) {
    statements += ",{}";
  }

  EXPECT_THAT(problems_of(statements),
              ElementsAre(problem("statements", "4097 entries", "at most 4096")));
}

TEST(HostileText, MayBeCutAnywhere) {
  const auto whole = report_with(
      present("12") + R"(,{"type":"Unit","unit":"KAZ:EX-HQ","home":{"lat":1.5,"lon":2}})");
  ASSERT_THAT(report_from_json(whole).problems, IsEmpty());

  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_THAT(report_from_json(whole.substr(0, length)).problems, SizeIs(1)) << length;
  }
}

TEST(HostileText, MayBeDamagedAnywhere) {
  const auto whole = report_to_json(samples::full_report());
  std::size_t read = 0;
  for (std::size_t at = 0; at < whole.size(); at += 11) {
    for (const char byte : {'\0', '"', '0', '-', '}', '\x80', '\xff'}) {
      auto damaged = whole;
      damaged[at] = byte;
      const auto parsed = report_from_json(damaged);
      if (!parsed.problems.empty()) {
        continue;
      }
      ++read;
      EXPECT_EQ(report_from_json(report_to_json(parsed.report)).report, parsed.report) << at;
    }
  }
  EXPECT_GT(read, 0U);  // A digit changed into another one is no problem of form.
}

}  // namespace
}  // namespace muster::text
