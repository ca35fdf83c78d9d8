// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "schemas/text/base64.h"
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
        FieldCase{"TypeOfANewerSchema", R"({"type":"Menu","unit":"KAZ:EX-HQ"})",
                  "statements[0].type", "'Menu'", "one of Unit, Strength"},
        FieldCase{"StatementThatIsNoObject", "7", "statements[0]", "7", "an object"}),
    [](const auto& instance) { return instance.param.name; });

#define ROSTER(fields) \
  R"({"type":"Roster","unit":"KAZ:EX-HQ","version":1,"form":"FULL",)" fields "}"
#define ENTRY(fields)                                                                         \
  ROSTER(R"("upserts":[{"person_ref":"00000000-0000-0000-0000-000000000001",)"                \
         R"("rank_grade":"OR-1","sex":"M","duty_status":"PRESENT","deployable":true,)" fields \
         "}]")
#define DECISION(fields)                                                          \
  R"({"type":"Decision","decision_id":"DEC-1","body":"COUNCIL","kind":"RETURN",)" \
  R"("decided_at":"2022-01-07T00:00:00Z",)" fields "}"

INSTANTIATE_TEST_SUITE_P(
    Force, OneProblem,
    ::testing::Values(
        FieldCase{"PersonThatIsNoUuid", ROSTER(R"("removals":["12345678"])"),
                  "statements[0].removals[0]", "'12345678'", "UUID"},
        FieldCase{"SealedNameThatIsNoBase64", ENTRY(R"("sealed_name":"A. Example")"),
                  "statements[0].upserts[0].sealed_name", "10 characters", "base64"},
        FieldCase{"SealedNameWithALineEnd", ENTRY(R"("sealed_name":"Zm9v\n")"),
                  "statements[0].upserts[0].sealed_name", "5 characters", "base64"},
        FieldCase{"SealedNameThatIsNoText", ENTRY(R"("sealed_name":[1,2])"),
                  "statements[0].upserts[0].sealed_name", "a list", "base64"},
        FieldCase{"SealedNameThatIsNull", ENTRY(R"("sealed_name":null)"),
                  "statements[0].upserts[0].sealed_name", "null", "leave the field out"},
        FieldCase{"NameInClear", ENTRY(R"("name":"A. Example")"), "statements[0].upserts[0].name",
                  "not known", ""},
        FieldCase{"AbsenceForAReason", ENTRY(R"("non_deployable_reason":"LEAVE")"),
                  "statements[0].upserts[0].non_deployable_reason", "'LEAVE'", "MEDICAL_TEMP"},
        FieldCase{"GradeWithoutItsDash",
                  ROSTER(R"("upserts":[{"person_ref":"00000000-0000-0000-0000-000000000001",)"
                         R"("rank_grade":"OR7","sex":"M","duty_status":"PRESENT",)"
                         R"("deployable":true}])"),
                  "statements[0].upserts[0].rank_grade", "'OR7'", "did you mean OR-7?"},
        FieldCase{"VersionBelowZero",
                  R"({"type":"Roster","unit":"KAZ:EX-HQ","version":-1,"form":"FULL"})",
                  "statements[0].version", "-1", "whole number from 0 to 18446744073709551615"},
        FieldCase{"RosterWithoutItsForm", R"({"type":"Roster","unit":"KAZ:EX-HQ","version":1})",
                  "statements[0].form", "nothing", "must be given"},
        FieldCase{"ValueBeyondItsNumber", DECISION(R"("value":9223372036854775808)"),
                  "statements[0].value", "9223372036854775808", "whole number of 64 bits"},
        FieldCase{"ValueWithAFraction", DECISION(R"("value":2500.5)"), "statements[0].value",
                  "2500.5", "whole number"},
        FieldCase{"ValueInQuotes", DECISION(R"("value":"2500")"), "statements[0].value", "'2500'",
                  "without quotes"},
        FieldCase{"ValueThatIsNull", DECISION(R"("value":null)"), "statements[0].value", "null",
                  "leave the field out"},
        FieldCase{"StateThatIsNoState", DECISION(R"("to_state":"DEPLOYED_")"),
                  "statements[0].to_state", "'DEPLOYED_'", "did you mean DEPLOYED?"},
        FieldCase{"SlotWithoutItsEnd",
                  R"({"type":"Standby","unit":"KAZ:EX-HQ","from":"2022-01-07T00:00:00Z",)"
                  R"("role":"MAIN","people":1})",
                  "statements[0].to", "nothing", "must be given"},
        FieldCase{
            "HalfACorner",
            R"({"type":"Caveat","caveat_id":"C-1","kind":"AREA_EXCLUDED","area":[{"lat":1}]})",
            "statements[0].area[0].lon", "nothing", "must be given"},
        FieldCase{"HostInWords", R"({"type":"Operation","operation":"EX-1","host":"Kazakhstan"})",
                  "statements[0].host", "'Kazakhstan'", "a nation"},
        FieldCase{"BoundThatIsLeftOut",
                  R"({"type":"Registry","realm":"LIVE","policies":[{"valid_from":)"
                  R"("2022-01-01T00:00:00Z","trained":{"one":85,"two":70}}]})",
                  "statements[0].policies[0].trained.three", "nothing", "must be given"}),
    [](const auto& instance) { return instance.param.name; });

TEST(Problems, NeverQuoteANameThatWasNotSealed) {
  const auto problems = problems_of(ENTRY(R"("sealed_name":"Aliya Example")"));

  ASSERT_THAT(problems, SizeIs(1));
  EXPECT_EQ(describe(problems[0]).find("Aliya"), std::string::npos);
}

TEST(Problems, BoundTheBytesOfASealedName) {
  const auto sealed = [](std::size_t bytes) {
    return problems_of(R"({"type":"Roster","unit":"KAZ:EX-HQ","version":1,"form":"FULL",)"
                       R"("upserts":[{"person_ref":"00000000-0000-0000-0000-000000000001",)"
                       R"("rank_grade":"CIV","sex":"F","duty_status":"PRESENT",)"
                       R"("deployable":true,"sealed_name":")" +
                       to_base64(model::Bytes(bytes)) + "\"}]}");
  };

  EXPECT_THAT(sealed(10'000), IsEmpty());
  EXPECT_THAT(sealed(10'001), ElementsAre(problem("statements[0].upserts[0].sealed_name",
                                                  "10001 bytes", "at most 10000 bytes")));
}

TEST(Problems, AreReportedAllAtOnceInTheOrderOfTheFields) {
  const auto parsed = report_from_json(R"({
    "kind": "DAILY",
    "valid_at": "yesterday",
    "releasable_to": ["RUS", "Russia"],
    "statements": [
      {"type": "Strength", "unit": "KAZ:EX-HQ", "present": "n/a", "assigned": -3, "depoyable": 5},
      {"type": "Training", "tasks": [{"task": "T16", "state": "TRAINED"}]},
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
                  problem("statements[1].unit", "nothing", "must be given"),
                  problem("statements[1].tasks[0].task", "'T16'", "T01"),
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

TEST(HostileText, MayHoldTooManyPeople) {
  std::string removals = "0";
  for (int i = 0; i < 10'000; ++i) {
    removals += ",0";
  }

  EXPECT_THAT(problems_of(R"({"type":"Roster","unit":"KAZ:EX-HQ","version":1,"form":"DELTA",)"
                          R"("removals":[)" +
                          removals + "]}"),
              ElementsAre(problem("statements[0].removals", "10001 entries", "at most 10000")));
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
