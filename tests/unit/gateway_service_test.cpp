// SPDX-License-Identifier: Apache-2.0
#include "nodes/gateway/service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "nodes/gateway/openapi.h"
#include "schemas/text/answer_json.h"
#include "tests/unit/gateway_rig.h"

namespace muster::gateway {
namespace {

using rig::down;
using rig::header_of;
using rig::member;
using rig::Rig;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

model::Answer answer_at(std::uint64_t ledger_seq) {
  auto answer = text::samples::strength_answer();
  answer.header.ledger_seq = ledger_seq;
  return answer;
}

// ---- questions ----------------------------------------------------------------------------------

TEST(GatewayService, AnswersAQuestionWithTheJsonOfTheCommandLine) {
  Rig rig;
  rig.go_live(7);
  const auto exchange = rig.get("/api/v1/force/strength?by=nation,component&indent=2");
  ASSERT_THAT(rig.asked[0], SizeIs(1));
  EXPECT_FALSE(exchange->answer) << "it does not wait on this thread";
  rig.asked[0][0].answer(answer_at(7));

  ASSERT_TRUE(exchange->answer);
  EXPECT_EQ(exchange->answer->status, 200);
  EXPECT_EQ(exchange->answer->content_type, "application/json");
  EXPECT_EQ(exchange->answer->body, text::answer_to_json(answer_at(7), 2) + "\n");
  EXPECT_EQ(header_of(*exchange->answer, "Cache-Control"), "private, no-cache");
  EXPECT_EQ(std::get<model::StrengthQuery>(rig.asked[0][0].query).group_by.size(), 2U);
}

TEST(GatewayService, WaitsLongerWhileTheConnectionOfABrokerThatCameBackIsMade) {
  Rig rig;
  rig.get("/api/v1/force/strength");
  rig.go_live(7);
  rig.get("/api/v1/force/matrix");
  rig.tell(down("away"));
  rig.tell(rig::up(rig::kNow - std::chrono::seconds{30}));
  rig.get("/api/v1/force/stale");

  ASSERT_THAT(rig.asked[0], SizeIs(3));
  EXPECT_EQ(rig.asked[0][0].wait_max, std::chrono::seconds{5}) << "nobody knows yet";
  EXPECT_EQ(rig.asked[0][1].wait_max, std::chrono::seconds{15}) << "just back";
  EXPECT_EQ(rig.asked[0][2].wait_max, std::chrono::seconds{5}) << "back for long";
}

TEST(GatewayService, AsksNobodyWhileTheBrokerIsAway) {
  Rig rig;
  rig.go_live(7);
  rig.is_connected = false;
  rig.tell(down("cannot reach the broker at tcp://127.0.0.1:7611", rig::kNow));

  const auto told = rig.answer_to("/api/v1/force/strength");

  EXPECT_THAT(rig.asked[0], IsEmpty());
  EXPECT_EQ(told.status, 503);
  EXPECT_EQ(told.content_type, "application/problem+json");
  EXPECT_EQ(header_of(told, "Retry-After"), "5");
  EXPECT_EQ(told.body,
            R"({"type":"urn:muster:problem:unavailable","title":"The broker does not answer now",)"
            R"("status":503,"detail":"away since 2022-01-07T12:30:00Z: cannot reach the broker at )"
            R"(tcp://127.0.0.1:7611 - ask again in some seconds, the gateway finds it by itself",)"
            R"("code":"unavailable","errors":[],"since":"2022-01-07T12:30:00Z"})"
            "\n");
  EXPECT_EQ(member(rig.answer_to("/api/v1/force/strength?lang=ru").body, "detail"),
            "\"нет связи с 2022-01-07T12:30:00Z: cannot reach the broker at tcp://127.0.0.1:7611 — "
            "спросите снова через несколько секунд, шлюз найдёт брокера сам\"");
  EXPECT_EQ(rig.answer_to("/api/v1/force/ready").status, 400) << "what is wrong stays wrong";
}

TEST(GatewayService, AsksAsSoonAsEitherConnectionFindsTheBroker) {
  Rig rig;
  rig.go_live(7);
  rig.is_connected = false;
  rig.tell(down("away"));
  rig.is_connected = true;
  rig.get("/api/v1/force/strength");
  EXPECT_THAT(rig.asked[0], SizeIs(1)) << "the feed is the slower one";

  rig.is_connected = false;
  rig.tell(rig::up());
  rig.get("/api/v1/force/matrix");
  EXPECT_THAT(rig.asked[0], SizeIs(2)) << "the questions are the slower ones";
}

TEST(GatewayService, AsksBeforeItIsKnownWhetherABrokerIsThere) {
  Rig rig;
  rig.is_connected = false;
  rig.get("/api/v1/force/strength");

  EXPECT_THAT(rig.asked[0], SizeIs(1));
}

TEST(GatewayService, LetsTheBrokerItselfSayThatItRefusesUs) {
  Rig rig;
  rig.is_connected = false;
  auto refused = down("the broker does not accept this key");
  refused.error = model::ErrorCode::refused;
  rig.tell(refused);
  const auto exchange = rig.get("/api/v1/force/strength");
  ASSERT_THAT(rig.asked[0], SizeIs(1));
  rig.asked[0][0].answer(model::fail(model::ErrorCode::refused, "not accepted"));

  EXPECT_EQ(exchange->answer->status, 403);
}

TEST(GatewayService, EndsItsWaitBeforeTheServerEndsTheAnswer) {
  Rig rig({.answer_max = std::chrono::seconds{4}});
  rig.get("/api/v1/force/strength");

  ASSERT_THAT(rig.asked[0], SizeIs(1));
  EXPECT_EQ(rig.asked[0][0].wait_max, std::chrono::milliseconds{3'600});
}

TEST(GatewayService, KeepsOneTextForAllWhoAskTheSame) {
  Rig rig;
  std::vector<std::shared_ptr<rig::FakeExchange>> pages;
  for (int i = 0; i < 500; ++i) {
    pages.push_back(rig.get("/api/v1/force/strength"));
  }
  ASSERT_THAT(rig.asked[0], SizeIs(1));
  rig.asked[0][0].answer(answer_at(7));

  ASSERT_TRUE(pages[0]->shared);
  for (const auto& page : pages) {
    EXPECT_EQ(page->shared, pages[0]->shared);
  }
}

TEST(GatewayService, SaysNothingAgainToWhoHasIt) {
  Rig rig;
  const auto first = rig.get("/api/v1/force/strength");
  rig.asked[0][0].answer(answer_at(7));
  const auto etag = header_of(*first->answer, "ETag");
  const auto second = rig.answer_to("/api/v1/force/strength", {{"If-None-Match", etag}});

  EXPECT_EQ(second.status, 304);
  EXPECT_EQ(second.body, "");
  EXPECT_EQ(header_of(second, "ETag"), etag);
  EXPECT_EQ(rig.answer_to("/api/v1/force/strength", {{"If-None-Match", "\"x\""}}).status, 200);
}

TEST(GatewayService, LetsTheFixedPastBeKept) {
  Rig rig;
  const auto exchange =
      rig.get("/api/v1/force/strength?as_of=2022-01-05&known_at=2022-01-05T06:00Z");
  rig.asked[0][0].answer(answer_at(7));

  EXPECT_EQ(header_of(*exchange->answer, "Cache-Control"), "private, max-age=300");
}

TEST(GatewayService, TellsProblemsOfTheBroker) {
  struct Case {
    model::ErrorCode error;
    int status;
    std::string code, retry_after;
  };
  for (const auto& [error, status, code, retry_after] :
       {Case{model::ErrorCode::malformed, 400, "bad_request", ""},
        Case{model::ErrorCode::refused, 403, "refused", ""},
        Case{model::ErrorCode::not_found, 404, "not_found", ""},
        Case{model::ErrorCode::unsupported, 502, "unsupported", ""},
        Case{model::ErrorCode::unavailable, 503, "unavailable", "1"},
        Case{model::ErrorCode::timed_out, 504, "timed_out", ""},
        Case{model::ErrorCode::io, 500, "internal", ""}}) {
    Rig rig;
    const auto exchange = rig.get("/api/v1/force/strength");
    rig.asked[0][0].answer(model::fail(error, "why not"));

    EXPECT_EQ(exchange->answer->status, status);
    EXPECT_EQ(exchange->answer->content_type, "application/problem+json");
    EXPECT_EQ(member(exchange->answer->body, "type"), "\"urn:muster:problem:" + code + "\"");
    EXPECT_EQ(member(exchange->answer->body, "status"), std::to_string(status));
    EXPECT_EQ(member(exchange->answer->body, "code"), "\"" + code + "\"");
    EXPECT_EQ(member(exchange->answer->body, "detail"), "\"why not\"");
    EXPECT_EQ(header_of(*exchange->answer, "Retry-After"), retry_after);
  }
}

TEST(GatewayService, NamesAllThatIsWrongInTheLanguageOfTheReader) {
  Rig rig;
  const auto told = rig.answer_to("/api/v1/force/ready?within=soon&natoin=KAZ&lang=ru");

  EXPECT_EQ(told.status, 400);
  EXPECT_EQ(member(told.body, "title"), "\"Вопрос не читается\"");
  EXPECT_EQ(member(told.body, "errors"),
            "[\"«natoin» — такого параметра нет — может быть, «nation»?\","
            "\"within «soon» — не целое число часов от 0 до 8760 — напишите 48h или 7d\"]");
  EXPECT_THAT(rig.asked[0], IsEmpty());
}

TEST(GatewayService, PointsAtThePageThatWasMeant) {
  Rig rig;
  const auto told = rig.answer_to("/api/v1/force/strenght");

  EXPECT_EQ(told.status, 404);
  EXPECT_EQ(member(told.body, "code"), "\"no_such_page\"");
  EXPECT_EQ(member(told.body, "detail"),
            "\"'/api/v1/force/strenght' - did you mean '/api/v1/force/strength'?\"");
}

TEST(GatewayService, RefusesPathsThatLeadElsewhere) {
  Rig rig;
  for (const auto* path : {"/../etc/passwd", "/%2e%2e/etc/passwd", "/assets/..%2f..%2fx", "/a%00b",
                           "/a\\b", "/%5c..%5cx"}) {
    EXPECT_EQ(rig.answer_to(path).status, 400) << path;
  }
  for (const auto* path : {"/%252e%252e/etc/passwd", "/etc/passwd", "//etc/passwd", "/api", "/api/",
                           "/api/v2/board", "/api/v1", "/healthz/"}) {
    EXPECT_EQ(rig.answer_to(path).status, 404) << path;
  }
}

// ---- who asks -----------------------------------------------------------------------------------

TEST(GatewayService, KnowsOnlyItsOwnNames) {
  Rig rig({.hosts = {"localhost", "127.0.0.1", "[::1]", "board.example"}});
  for (const auto* host :
       {"localhost", "LocalHost:7690", "127.0.0.1:7690", "[::1]:7690", "[::1]", "board.example"}) {
    EXPECT_EQ(rig.answer_to("/healthz", {{"Host", host}}).status, 200) << host;
  }
  for (const auto* host : {"evil.example", "localhost.evil.example", "127.0.0.2", "board.example.",
                           "[::1", "x@localhost", "localhost:x", "localhost:1:2", "::1"}) {
    const auto told = rig.answer_to("/healthz", {{"Host", host}});
    EXPECT_EQ(told.status, 421) << host;
    EXPECT_EQ(member(told.body, "code"), "\"unknown_host\"");
  }
}

TEST(GatewayService, AsksAsTheIdentityOfTheCertificate) {
  const std::string print(64, 'a');
  Rig rig(
      {},
      {{"SEC/board", {}}, {"SEC/officer", {"officer.example"}}, {"RUS/desk", {"sha256:" + print}}});
  const auto node_for = [&](link::HttpPeer peer) {
    const auto told = rig.answer_to("/api/v1/board", {}, std::move(peer));
    return told.status == 200 ? member(told.body, "identity") : std::to_string(told.status);
  };

  EXPECT_EQ(node_for({}), R"({"node":"SEC/board"})");
  EXPECT_EQ(node_for({.certificate_name = "officer.example",
                      .certificate_fingerprint = std::string(64, 'b')}),
            R"({"node":"SEC/officer"})");
  EXPECT_EQ(node_for({.certificate_name = "other", .certificate_fingerprint = print}),
            R"({"node":"RUS/desk"})");
  EXPECT_EQ(
      node_for({.certificate_name = "stranger", .certificate_fingerprint = std::string(64, 'c')}),
      "403")
      << "a certificate that nobody names is not the same as none";
}

TEST(GatewayService, LetsNobodyInByTheNameOfAFingerprint) {
  const auto print = "sha256:" + std::string(64, 'a');
  Rig rig({}, {{"SEC/officer", {print}}});

  EXPECT_EQ(
      rig.answer_to("/api/v1/board", {},
                    {.certificate_name = print, .certificate_fingerprint = std::string(64, 'b')})
          .status,
      403);
  EXPECT_EQ(
      rig.answer_to("/api/v1/board", {},
                    {.certificate_name = print, .certificate_fingerprint = std::string(64, 'a')})
          .status,
      200)
      << "the negative control";
}

TEST(GatewayService, TakesTheFingerprintBeforeTheName) {
  const std::string print(64, 'a');
  Rig rig({}, {{"SEC/officer", {"desk.example"}}, {"RUS/desk", {"sha256:" + print}}});

  EXPECT_EQ(
      member(rig.answer_to("/api/v1/board", {},
                           {.certificate_name = "desk.example", .certificate_fingerprint = print})
                 .body,
             "identity"),
      R"({"node":"RUS/desk"})");
}

TEST(GatewayService, AnswersNobodyWithoutAnIdentity) {
  Rig rig({}, {{"SEC/officer", {"officer.example"}}});

  for (const auto* path : {"/", "/api/v1/board", "/api/v1/force/strength", "/api/v1/events"}) {
    const auto told = rig.answer_to(path);
    EXPECT_EQ(told.status, 403) << path;
    EXPECT_EQ(member(told.body, "code"), "\"no_identity\"");
  }
  EXPECT_EQ(rig.answer_to("/healthz").status, 200);
}

TEST(GatewayService, NeverSharesAnswersBetweenIdentities) {
  Rig rig({}, {{"SEC/board", {}}, {"SEC/officer", {"officer.example"}}});
  rig.get("/api/v1/force/strength");
  rig.get("/api/v1/force/strength", {},
          {.certificate_name = "officer.example", .certificate_fingerprint = "ab"});

  EXPECT_THAT(rig.asked[0], SizeIs(1));
  EXPECT_THAT(rig.asked[1], SizeIs(1));
}

// ---- the page -----------------------------------------------------------------------------------

TEST(GatewayService, TellsThePageOfItsPlace) {
  Rig rig({.version = "1.2.3",
           .marking = "EXERCISE",
           .nations = {{text::samples::nation("KAZ"), "Kazakhstan", "Казахстан"},
                       {text::samples::nation("ARM"), "Armenia", "Армения"}}});

  EXPECT_EQ(rig.answer_to("/api/v1/board").body,
            R"({"version":"1.2.3","realm":null,"marking":{"text":"EXERCISE"},"nations":[)"
            R"({"code":"KAZ","names":{"en":"Kazakhstan","ru":"Казахстан"}},)"
            R"({"code":"ARM","names":{"en":"Armenia","ru":"Армения"}}],"languages":["en","ru"],)"
            R"("identity":{"node":"SEC/board"},"is_live":false,"since":"2022-01-07T12:30:00Z",)"
            "\"problem\":\"\"}\n");
  rig.go_live(7);
  EXPECT_EQ(member(rig.answer_to("/api/v1/board").body, "realm"), "\"EXERCISE\"");
}

TEST(GatewayService, SaysToTheBrowserThatNothingElseIsLoaded) {
  Rig rig;
  for (const auto* path : {"/healthz", "/api/v1/board", "/nothing", "/%00"}) {
    const auto told = rig.answer_to(path);
    EXPECT_THAT(header_of(told, "Content-Security-Policy"),
                StartsWith("default-src 'none'; script-src 'self'; style-src 'self'; "))
        << path;
    EXPECT_EQ(header_of(told, "X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(header_of(told, "Cross-Origin-Resource-Policy"), "same-origin");
  }
}

TEST(GatewayService, ServesTheDocumentOfItsRoutes) {
  Rig rig({.version = "1.2.3"});
  EXPECT_EQ(rig.answer_to("/api/v1/openapi.json").body, openapi_document("1.2.3"));
}

// ---- events -------------------------------------------------------------------------------------

TEST(GatewayService, TellsOpenPagesOfChanges) {
  Rig rig;
  rig.go_live(40);
  const auto one = rig.get("/api/v1/events");
  const auto two = rig.get("/api/v1/events");
  EXPECT_EQ(one->answer->content_type, "text/event-stream; charset=utf-8");
  EXPECT_EQ(header_of(*one->answer, "Cache-Control"), "no-store");
  EXPECT_THAT(one->page->taken(), HasSubstr("event: hello\nid: 40\n"));
  two->page->taken();

  rig.tell(model::Delta{.prev_seq = 40, .ledger_seq = 41});

  EXPECT_THAT(one->page->taken(), StartsWith("event: change\nid: 41\n"));
  EXPECT_THAT(two->page->taken(), StartsWith("event: change\nid: 41\n"));
  EXPECT_EQ(rig.service->pages(), 2U);
}

TEST(GatewayService, GoesOnWhereThePageSaysThatItWas) {
  Rig rig;
  rig.go_live(40);
  rig.tell(model::Delta{.prev_seq = 40, .ledger_seq = 41});
  const auto by_header = rig.get("/api/v1/events", {{"Last-Event-ID", "40"}});
  const auto by_address = rig.get("/api/v1/events?last_event_id=40");
  const auto by_both = rig.get("/api/v1/events?last_event_id=3", {{"Last-Event-ID", "41"}});
  const auto by_nonsense = rig.get("/api/v1/events", {{"Last-Event-ID", "-1 OR 1=1"}});

  EXPECT_THAT(by_header->page->taken(), HasSubstr("event: change\nid: 41\n"));
  EXPECT_THAT(by_address->page->taken(), HasSubstr("event: change\nid: 41\n"));
  const auto both = by_both->page->taken();
  EXPECT_THAT(both, HasSubstr("id: 41\n"));
  EXPECT_THAT(both, testing::Not(HasSubstr("resync")));
  EXPECT_THAT(by_nonsense->page->taken(), HasSubstr("event: resync\n"));
}

TEST(GatewayService, OpensNoMorePagesThanItMay) {
  Rig rig({.streams_max = 2});
  const auto one = rig.get("/api/v1/events");
  rig.get("/api/v1/events");
  const auto refused = rig.answer_to("/api/v1/events");
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(member(refused.body, "code"), "\"too_many_pages\"");
  EXPECT_EQ(header_of(refused, "Retry-After"), "10");

  one->page->leave();
  EXPECT_EQ(rig.answer_to("/api/v1/events").status, 200) << "one has gone";
}

TEST(GatewayService, RefusesParametersThatEventsDoNotHave) {
  Rig rig;
  const auto told = rig.answer_to("/api/v1/events?nation=KAZ&last_event_id=1&last_event=2");
  EXPECT_EQ(told.status, 400);
  EXPECT_EQ(member(told.body, "errors"),
            "[\"'nation' - no such parameter - one of: last_event_id\","
            "\"'last_event' - no such parameter - one of: last_event_id\"]");
}

// ---- operations ---------------------------------------------------------------------------------

TEST(GatewayService, IsReadyWhileTheBrokerTellsItOfChanges) {
  Rig rig;
  EXPECT_EQ(rig.answer_to("/healthz").status, 200);
  EXPECT_EQ(rig.answer_to("/readyz").body,
            "SEC/board: no broker since 2022-01-07T12:30:00Z: not yet\n");
  rig.go_live(7);
  EXPECT_EQ(rig.answer_to("/readyz").status, 200);
  rig.tell(down("cannot reach the broker"));
  EXPECT_EQ(rig.answer_to("/readyz").status, 503);
}

TEST(GatewayService, CountsWhatItAnswered) {
  Rig rig;
  rig.go_live(7);
  rig.get("/api/v1/events");
  rig.get("/api/v1/force/strength");
  rig.asked[0][0].answer(answer_at(7));
  rig.get("/api/v1/force/ready");
  rig.get("/no/such/page");
  const auto page = rig.answer_to("/metrics").body;

  for (const auto* line :
       {"muster_gateway_sse_clients 1\n", "muster_gateway_broker_connected 1\n",
        "muster_gateway_broker_questions_total 1\n",
        "muster_gateway_http_requests_total{code=\"2xx\",route=\"force strength\"} 1\n",
        "muster_gateway_http_requests_total{code=\"4xx\",route=\"force ready\"} 1\n",
        "muster_gateway_http_requests_total{code=\"4xx\",route=\"other\"} 1\n",
        "muster_gateway_http_requests_total{code=\"5xx\",route=\"ledger tail\"} 0\n",
        "muster_gateway_request_duration_seconds_count{route=\"force strength\"} 1\n"}) {
    EXPECT_THAT(page, HasSubstr(line));
  }
  EXPECT_THAT(page, testing::Not(HasSubstr("such/page"))) << "no label is made of an address";
}

}  // namespace
}  // namespace muster::gateway
