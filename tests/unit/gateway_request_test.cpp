// SPDX-License-Identifier: Apache-2.0
#include "nodes/gateway/api_request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>

#include "nodes/gateway/openapi.h"
#include "schemas/text/json_tree.h"
#include "tests/unit/text_samples.h"

namespace muster::gateway {
namespace {

using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using text::samples::at;

const model::UtcTime kNow = at("2022-01-07T12:30:00Z");

Target target(const std::string& text) {
  const auto mark = text.find('?');
  const auto parsed =
      parse_target(text.substr(0, mark), mark == std::string::npos ? "" : text.substr(mark + 1));
  EXPECT_TRUE(parsed) << parsed.error().message;
  return parsed.value_or(Target{});
}

std::variant<ApiRequest, Problem> read(const std::string& text) {
  const auto parsed = target(text);
  const auto* route = find_route(parsed);
  EXPECT_NE(route, nullptr) << text;
  return route == nullptr ? Problem{} : read_request(*route, parsed, kNow, seconds{50});
}

std::vector<std::string> errors(const std::string& text) {
  const auto outcome = read(text);
  const auto* problem = std::get_if<Problem>(&outcome);
  return problem == nullptr ? std::vector<std::string>{} : problem->errors;
}

ApiRequest request(const std::string& text) {
  EXPECT_THAT(errors(text), IsEmpty()) << text;
  return std::get<ApiRequest>(read(text));
}

// ---- addresses ----------------------------------------------------------------------------------

TEST(AddressOfAQuestion, IsDecodedOnceAndStrictly) {
  const auto read = target("/a%20b/%D0%9A?x=1%2C2&y=a+b&z&=v");

  EXPECT_THAT(read.segments, ElementsAre("a b", "К"));
  ASSERT_EQ(read.parameters.size(), 4U);
  EXPECT_EQ(read.parameters[0].value, "1,2");
  EXPECT_EQ(read.parameters[1].value, "a b");
  EXPECT_EQ(read.parameters[2].name, "z");
  EXPECT_EQ(read.parameters[3].name, "");
  EXPECT_THAT(target("/%252e%252e/x").segments, ElementsAre("%2e%2e", "x")) << "once";
  EXPECT_THAT(target("/").segments, ElementsAre(""));
}

TEST(AddressOfAQuestion, NeverLeadsOutOfTheTree) {
  for (const auto* path :
       {"/..",    "/../x", "/a/../b", "/.",        "/%2e%2e/x", "/%2E./x", "/a%2fb", "/a%2Fb",
        "/a%5cb", "/a\\b", "/%00",    "/a%00.js",  "/a%0d%0ab", "/a%7f",   "/%",     "/%2",
        "/%zz",   "/%2g",  "/%c0%ae", "/\xC0\xAE", "/%ff",      "x",       ""}) {
    EXPECT_FALSE(parse_target(path, "")) << path;
  }
  for (const auto* query : {"x=%", "x=%0", "x=%00", "%zz=1", "x=\xFF", "x=%ed%a0%80"}) {
    EXPECT_FALSE(parse_target("/", query)) << query;
  }
  EXPECT_TRUE(parse_target("/a-b_c.d~e/...", "x=1")) << "the negative control";
}

TEST(AddressOfAQuestion, IsBounded) {
  std::string query = "a=1";
  for (int i = 0; i < 64; ++i) {
    query += "&a=1";
  }

  EXPECT_FALSE(parse_target("/", query));
  EXPECT_FALSE(parse_target(std::string(40, '/'), ""));
}

// ---- questions ----------------------------------------------------------------------------------

TEST(ApiRequest, ReadsAQuestionAsTheCommandLineDoes) {
  const auto read = request(
      "/api/v1/force/ready?within=2d&tasks=T08,T03&nation=KAZ&area=51.16,71.47&min_freshness=ageing"
      "&as_of=-3d&known_at=yesterday&without=RUS,TJK&host=KGZ&notice=%2B24h&lang=ru&indent=2");

  const auto& query = std::get<model::ReadyQuery>(read.question.query);
  EXPECT_EQ(query.within_h, 48);
  EXPECT_EQ(query.tasks.size(), 2U);
  EXPECT_EQ(query.min_freshness, model::Freshness::ageing);
  EXPECT_EQ(read.question.standpoint.as_of, at("2022-01-04T12:30:00Z"));
  EXPECT_EQ(read.question.standpoint.known_at, at("2022-01-06T00:00:00Z"));
  EXPECT_EQ(read.question.standpoint.what_if.without.size(), 2U);
  EXPECT_EQ(read.question.standpoint.what_if.notice_min, 1'440);
  EXPECT_EQ(read.indent, 2);
  EXPECT_FALSE(read.is_fixed) << "yesterday is another day tomorrow";
}

TEST(ApiRequest, TakesASpaceForThePlusOfANotice) {
  const auto read = request("/api/v1/force/remaining?within=48h&notice=+24h");

  EXPECT_EQ(read.question.standpoint.what_if.notice_min, 1'440);
}

TEST(ApiRequest, ReadsObjectsFromThePath) {
  EXPECT_EQ(
      std::get<model::UnitQuery>(request("/api/v1/force/unit/KAZ:EX-1").question.query).unit.view(),
      "KAZ:EX-1");
  EXPECT_EQ(std::get<model::UnitQuery>(request("/api/v1/force/unit/KAZ%3AEX-1").question.query)
                .unit.view(),
            "KAZ:EX-1");
  EXPECT_EQ(
      std::get<model::LedgerProofQuery>(request("/api/v1/ledger/proof/KAZ/mod/41").question.query)
          .report.str(),
      "KAZ/mod#41");
}

TEST(ApiRequest, IsFixedWhenBothMomentsAreWrittenOut) {
  EXPECT_TRUE(
      request("/api/v1/force/strength?as_of=2022-01-05&known_at=2022-01-05T06:00:00Z").is_fixed);
  EXPECT_FALSE(request("/api/v1/force/strength?as_of=2022-01-05").is_fixed);
  EXPECT_FALSE(request("/api/v1/force/strength?as_of=2022-01-05&known_at=now").is_fixed);
  constexpr const char* kStandby = "/api/v1/force/standby?as_of=2022-01-05&known_at=2022-01-05";
  EXPECT_TRUE(request(std::string(kStandby) + "&from=2022-01-01").is_fixed);
  EXPECT_FALSE(request(std::string(kStandby) + "&from=-3d").is_fixed);
  EXPECT_FALSE(request(std::string(kStandby) + "&to=yesterday").is_fixed);
}

TEST(ApiRequest, IsNotFixedUntilTheBrokerHasWrittenDownWhatCame) {
  constexpr const char* kMoments = "/api/v1/force/strength?as_of=2022-01-05&known_at=";
  EXPECT_TRUE(request(std::string(kMoments) + "2022-01-07T12:29:00Z").is_fixed);
  EXPECT_FALSE(request(std::string(kMoments) + "2022-01-07T12:29:01Z").is_fixed);
}

TEST(ApiRequest, AsksOfTheBrokerAsItIsNowWithoutAMoment) {
  EXPECT_THAT(errors("/api/v1/server/info?as_of=2022-01-05"),
              ElementsAre(testing::StartsWith("'as_of' - no such parameter")));
}

TEST(ApiRequest, NamesAllThatIsWrongAtOnce) {
  EXPECT_THAT(
      errors("/api/v1/force/matrix?natoin=KAZ&trend_days=0&by_task=yes&nation=KAZ&nation=TJK"
             "&tasks=&as_of=soon&indent=9&lang=de"),
      ElementsAre("'natoin' - no such parameter - did you mean 'nation'?",
                  "trend_days '0' - not a whole number from 1 to 3660",
                  "by_task 'yes' - neither 'true' nor 'false'",
                  "'nation' - given more than once - give it once, a list by commas",
                  "'tasks' - its value is empty - give it one, or leave it out",
                  "indent '9' - not a whole number from 0 to 8",
                  "lang 'de' - neither 'en' nor 'ru'",
                  "as_of 'soon' - not a moment - write 2022-01-07T12:00:00Z, 2022-01-07, now, "
                  "yesterday, 'last friday' or -3d"));
}

TEST(ApiRequest, SaysWhatMustBeGivenAndNothingElseOfIt) {
  EXPECT_THAT(errors("/api/v1/force/ready"),
              ElementsAre("'within' - it must be given: see /api/v1/openapi.json"));
  EXPECT_THAT(errors("/api/v1/force/diff?to=2022-01-05"),
              ElementsAre("'from' - it must be given: see /api/v1/openapi.json"));
}

TEST(ApiRequest, RefusesAWrongObject) {
  EXPECT_THAT(errors("/api/v1/force/tree/kaz"), ElementsAre(HasSubstr("NATION 'kaz' - ")));
  EXPECT_THAT(errors("/api/v1/ledger/proof/KAZ/mod/0"),
              ElementsAre(HasSubstr("SEQ '0' - not a whole number from 1 to")));
}

TEST(ApiRequest, RefusesASearchThatNobodyWouldWaitFor) {
  EXPECT_THAT(errors("/api/v1/operation/assemble/EX-2201?time_limit=2m"),
              ElementsAre("time_limit '2m' - longer than this gateway waits, 50 s"));
  EXPECT_THAT(errors("/api/v1/operation/assemble/EX-2201?time_limit=20s"), IsEmpty());
}

TEST(FindRoute, WantsTheWholePath) {
  for (const auto* path :
       {"/api/v1/force", "/api/v1/force/strength/", "/api/v1/force/strength/KAZ",
        "/api/v1/Force/strength", "/api/v1/force/export/KAZ", "/api/v1/report/publish",
        "/api/v1/force/tree", "/api/v1/server/check"}) {
    EXPECT_EQ(find_route(target(path)), nullptr) << path;
  }
  EXPECT_NE(find_route(target("/api/v1/force/strength")), nullptr);
}

// ---- the table ----------------------------------------------------------------------------------

TEST(Routes, AreQuestionsThatTheCommandLineKnows) {
  std::set<std::string_view> questions;
  for (const auto& route : routes()) {
    EXPECT_TRUE(asking::is_question(std::string(route.question))) << route.question;
    EXPECT_TRUE(questions.insert(route.question).second) << route.question;
    std::set<std::string_view> names;
    for (const auto& row : parameters_of(route)) {
      EXPECT_TRUE(names.insert(row.name).second) << route.question << " " << row.name;
    }
    for (const auto& required : route.required) {
      EXPECT_TRUE(names.contains(required.name)) << route.question << " " << required.name;
    }
  }
  EXPECT_EQ(questions.size(), 25U);
}

/// Every question of the wire but the node's own dry run.
TEST(Routes, LeaveNoQuestionOut) {
  std::set<std::size_t> asked;
  for (const auto& route : routes()) {
    asking::ValueReader values(kNow);
    asking::RawQuestion raw;
    raw.nation = "KAZ";
    asked.insert(asking::read_question(std::string(route.question), raw, values).query.index());
  }

  EXPECT_EQ(asked.size(), std::variant_size_v<model::Query> - 1);
}

// ---- the document -------------------------------------------------------------------------------

std::string committed_document() {
  std::ifstream in(MUSTER_SOURCE_DIR "/nodes/gateway/openapi.json", std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(OpenApi, IsCommittedAsItIsServed) {
  EXPECT_EQ(committed_document(), openapi_document(MUSTER_VERSION))
      << "muster-gateway --print-openapi > nodes/gateway/openapi.json";
}

/// Names of the parameters of an operation, those that stand in the document's components too.
std::set<std::string> described(const text::Json& document, const text::Json& get,
                                std::string_view place) {
  constexpr std::string_view kShared = "#/components/parameters/";
  std::set<std::string> names;
  for (const auto& written : get.find("parameters")->items) {
    const auto* reference = written.find("$ref");
    const auto* parameter =
        reference == nullptr ? &written
                             : document.find("components")
                                   ->find("parameters")
                                   ->find(std::string_view(reference->text).substr(kShared.size()));
    if (parameter != nullptr && parameter->find("in")->text == place) {
      EXPECT_TRUE(names.insert(parameter->find("name")->text).second);
    }
  }
  return names;
}

std::set<std::string> names_of(const std::vector<ParameterRow>& rows) {
  std::set<std::string> names;
  for (const auto& row : rows) {
    names.emplace(row.name);
  }
  return names;
}

/// Read back from the committed bytes, so that a mistake of the printer shows too.
TEST(OpenApi, DescribesEachRouteAndParameterAndNoOther) {
  text::Problems problems;
  const auto document = text::parse_json(committed_document(), problems).root;
  const auto* paths = document.find("paths");
  ASSERT_NE(paths, nullptr);

  std::set<std::string> known{"/api/v1/events", "/api/v1/board", "/api/v1/openapi.json"};
  for (const auto& route : routes()) {
    const auto path = path_of(route);
    known.insert(path);
    const auto* item = paths->find(path);
    ASSERT_NE(item, nullptr) << path;
    const auto& get = *item->find("get");
    auto expected = names_of(parameters_of(route));
    expected.insert({"lang", "indent"});
    EXPECT_EQ(described(document, get, "query"), expected) << path;
    EXPECT_EQ(described(document, get, "path"), names_of(route.objects)) << path;
    for (const auto* status : {"200", "304", "400", "403", "404", "503", "504"}) {
      EXPECT_NE(get.find("responses")->find(status), nullptr) << path << " " << status;
    }
  }
  for (const auto& item : paths->items) {
    EXPECT_TRUE(known.contains(item.key)) << item.key;
  }
}

TEST(OpenApi, DescribesTheBodyOfAProblem) {
  text::Problems problems;
  const auto document = text::parse_json(committed_document(), problems).root;
  const auto* schema = document.find("components")->find("schemas")->find("Problem");
  std::set<std::string> described;
  for (const auto& property : schema->find("properties")->items) {
    described.insert(property.key);
  }
  const auto body = text::parse_json(
      problem_response(broker_away({}, "x"), words::Words::of(words::Language::english)).body,
      problems);
  std::set<std::string> sent;
  for (const auto& member : body.root.items) {
    sent.insert(member.key);
  }

  EXPECT_EQ(described, sent);
}

}  // namespace
}  // namespace muster::gateway
