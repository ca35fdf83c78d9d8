// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "schemas/link/http.h"
#include "schemas/link/http_parse.h"
#include "tests/unit/link_fixture.h"
#include "tests/unit/link_http_client.h"

namespace muster::link {
namespace {

using namespace std::chrono_literals;
using test::Client;
using test::must;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// A request, and what it is answered with: the status, and the page or what is wrong.
struct Case {
  std::string request;
  int status = 400;
  std::string page;
};

constexpr const char* kNone = "this is not an HTTP request: ";

Case refused(std::string request, const std::string& why) {
  return {.request = std::move(request), .status = 400, .page = kNone + why + "\n"};
}

std::string get(const std::string& fields, const std::string& target = "/path") {
  return "GET " + target + " HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n";
}

const std::string kControl = "a control character in its header";
const std::string kNoPath = "its target is not a path that begins with '/'";
const std::string kNoLetter = "it begins with neither a letter nor a digit";
const std::string kEncoding = "a Transfer-Encoding other than chunked";

/// What other servers have been fooled with.
std::vector<Case> refusals() {
  return {
      refused(get("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n",
              "bad Transfer-Encoding"),
      refused(get("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n") + "0\r\n\r\n",
              "bad Content-Length"),
      refused(get("Content-Length: 1\r\nContent-Length: 2\r\n") + "ab", "multiple Content-Length"),
      refused(get("Content-Length: 1\r\nContent-Length: 1\r\n") + "a", "Content-Length twice"),
      refused(get("Content-Length: 1, 1\r\n") + "a", "bad Content-Length"),
      refused(get("Content-Length: +1\r\n") + "a", "bad Content-Length"),
      refused(get("Content-Length: 0x1\r\n") + "a", "bad Content-Length"),
      refused(get("Content-Length: 99999999999999999999999\r\n"), "bad Content-Length"),
      refused(get("Transfer-Encoding: gzip\r\n"), kEncoding),
      refused(get("Transfer-Encoding: gzip, chunked\r\n") + "0\r\n\r\n", kEncoding),
      refused(get("Transfer-Encoding: xchunked\r\n"), kEncoding),
      refused("GET /path HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", kEncoding),
      refused(get("Transfer-Encoding: chunked\r\n") + "-1\r\n\r\n", "bad chunk"),
      refused(get("Host: y\r\n"), "Host twice"),
      refused(get("X-Long: a\r\n b\r\n"), "a folded line in its header"),
      refused(get("X-Long: a\r\n\tb\r\n"), "a folded line in its header"),
      refused(get("X Name: a\r\n"), "bad field"),
      refused(get("X-Name : a\r\n"), "bad field"),
      refused(get(": a\r\n"), "bad field"),
      refused(get("X-Name\r\n"), "bad field"),
      refused(get(std::string("X-Name: a\0b\r\n", 13)), kControl),
      refused(get("X-Name: a\x01\r\n"), kControl),
      refused(get("X-Name: a\x7F\r\n"), kControl),
      refused(get("X-Name: a\nX-Other: b\r\n"), kControl),
      refused(get("X-Name: a\rX-Other: b\r\n"), kControl),
      refused(get("", "/pa\x7Fth"), kControl),
      refused(get("", "/pa\xC3\xA9"), kNoPath),
      refused(get("", "path"), kNoPath),
      refused(get("", "*"), kNoPath),
      refused(get("", "?query"), kNoPath),
      refused(get("", "/path#part"), kNoPath),
      refused(get("", "http://"), kNoPath),
      refused(get("", "http:///path"), kNoPath),
      refused(get("", "ftp://x/path"), kNoPath),
      refused(get("", ""), "bad target"),
      refused("GET  /path HTTP/1.1\r\n\r\n", "bad target"),
      refused("GET /path  HTTP/1.1\r\n\r\n", "bad version"),
      refused("GET /path HTTP/1.1 \r\n\r\n", "bad version"),
      refused("GET /path http/1.1\r\n\r\n", "bad version"),
      refused("GET /path HTTP/2.0\r\n\r\n", "bad version"),
      refused("GET /path\r\n\r\n", "bad target"),
      refused("G\xC3T /path HTTP/1.1\r\n\r\n", "bad method"),
      refused("\r\n\r\nGET /path HTTP/1.1\r\n\r\n", kNoLetter),
      refused(std::string("\x16\x03\x01\x02\0\x01\0\0", 8), kNoLetter),
      refused(std::string("\0GET", 4), kNoLetter),
  };
}

std::vector<Case> others() {
  const std::string only = "only GET and HEAD are answered here\n";
  return {
      {.request = "CONNECT x:443 HTTP/1.1\r\n\r\n", .status = 405, .page = only},
      {.request = "OPTIONS * HTTP/1.1\r\n\r\n", .status = 405, .page = only},
      {.request = "get /path HTTP/1.1\r\n\r\n", .status = 405, .page = only},
      {.request = "POST /path HTTP/1.1\r\nContent-Length: 900000\r\n\r\n",
       .status = 405,
       .page = only},
      {.request = get("X-Wide: " + std::string(9000, 'w') + "\r\n"),
       .status = 431,
       .page = "the request's header is too large\n"},
      {.request = get("Content-Length: 1025\r\n"),
       .status = 413,
       .page = "the request's body is too large\n"},
      {.request = get("Transfer-Encoding: chunked\r\n") + "401\r\n" + std::string(1025, 'b'),
       .status = 413,
       .page = "the request's body is too large\n"},
      {.request = get("Transfer-Encoding: chunked\r\n") + "1;" + std::string(20'000, 'e'),
       .status = 413,
       .page = "a chunk's first line is too large\n"},
  };
}

std::vector<Case> accepted() {
  return {
      {.request = get(""), .status = 200, .page = "/path|"},
      {.request = get("", "/path?"), .status = 200, .page = "/path|"},
      {.request = get("", "/%00/../a?b?c"), .status = 200, .page = "/%00/../a|b?c"},
      {.request = get("", "http://x:80/path?q"), .status = 200, .page = "/path|q"},
      {.request = get("", "HTTPS://x/path"), .status = 200, .page = "/path|"},
      {.request = get("", "http://x"), .status = 200, .page = "/|"},
      {.request = get("", "http://x?q"), .status = 200, .page = "/|q"},
      {.request = get("Content-Length: 3\r\n") + "abc", .status = 200, .page = "/path|"},
      {.request = get("Transfer-Encoding: Chunked\r\n") + "3;x=y\r\nabc\r\n0\r\nX: y\r\n\r\n",
       .status = 200,
       .page = "/path|"},
      {.request = get("X-Tab: a\tb\r\nX-High: \xC3\xA9\r\n"), .status = 200, .page = "/path|"},
      {.request = "GET /path HTTP/1.0\r\n\r\n", .status = 200, .page = "/path|"},
  };
}

HttpOptions options() { return {.request_timeout = 5s, .connections_max = 8}; }

std::unique_ptr<HttpServer> serve(const HttpOptions& with = options()) {
  return must(HttpServer::start(with, [](const HttpRequest& request, const HttpReply& reply) {
    reply.send({.body = request.path + "|" + request.query});
  }));
}

bool is_old(const Case& one) { return one.request.find("HTTP/1.0") != std::string::npos; }

std::string start_of(const Case& one) {
  return (is_old(one) ? "HTTP/1.0 " : "HTTP/1.1 ") + std::to_string(one.status) + " ";
}

TEST(HttpHostile, RefusesWhatCouldBeReadInTwoWays) {
  const auto server = serve();
  std::vector<Case> cases = refusals();
  std::ranges::move(others(), std::back_inserter(cases));

  for (const Case& one : cases) {
    Client client(server->port());
    // What follows would be a request smuggled in, were the first not the end of the connection.
    const std::string answer = client.say(one.request).say(get("", "/smuggled")).until_closed();

    EXPECT_THAT(answer, StartsWith(start_of(one))) << one.request;
    EXPECT_EQ(answer.find("Connection: close\r\n") == std::string::npos, is_old(one))
        << one.request;
    EXPECT_THAT(answer, EndsWith("\r\n\r\n" + one.page)) << one.request;
    EXPECT_THAT(answer, Not(HasSubstr("smuggled"))) << one.request;
    EXPECT_THAT(Client(server->port()).say(get("")).answer(), EndsWith("\r\n\r\n/path|"));
  }
}

TEST(HttpHostile, TakesWhatIsUnusualButClear) {
  const auto server = serve();

  for (const Case& one : accepted()) {
    Client client(server->port());
    const std::string answer = client.say(one.request).answer();

    EXPECT_THAT(answer, StartsWith(start_of(one))) << one.request;
    EXPECT_THAT(answer, EndsWith("\r\n\r\n" + one.page)) << one.request;
    EXPECT_EQ(client.say(get("", "/next")).answer().ends_with("/next|"), !is_old(one))
        << one.request;
  }
}

/// What a request becomes when its bytes come in pieces of this size.
std::string outcome(const std::string& text, std::size_t piece) {
  RequestParser parser({.header_bytes_max = 8192, .body_bytes_max = 1024});
  std::string bytes;
  for (std::size_t at = 0; at < text.size(); at += piece) {
    bytes += text.substr(at, piece);
    switch (parser.put(bytes)) {
      case ParseStep::failed:
        return parser.take_failure().body;
      case ParseStep::done: {
        const HttpRequest request = parser.take_request();
        return request.path + "|" + request.query;
      }
      case ParseStep::needs_more:
      case ParseStep::wants_continue:
        break;
    }
  }
  return "unfinished";
}

TEST(HttpHostile, ReadsTheSameHoweverTheBytesArrive) {
  std::vector<Case> cases = refusals();
  std::ranges::move(others(), std::back_inserter(cases));
  std::ranges::move(accepted(), std::back_inserter(cases));

  for (const Case& one : cases) {
    for (const std::size_t piece : {1, 2, 3, 7, 64, 100'000}) {
      EXPECT_EQ(outcome(one.request, piece), one.page) << one.request << " by " << piece;
    }
  }
}

TEST(HttpHostile, ReadsOnlyWhatBelongsToTheRequest) {
  RequestParser parser({.header_bytes_max = 8192, .body_bytes_max = 1024});
  std::string bytes = get("Content-Length: 2\r\n") + "hiGET /next";

  EXPECT_EQ(parser.put(bytes), ParseStep::done);
  EXPECT_EQ(bytes, "GET /next");
  EXPECT_TRUE(parser.is_whole());
}

TEST(HttpHostile, TakesTheHostOfTheTargetBeforeThatOfTheHeader) {
  const auto hosts = [](std::string bytes) {
    RequestParser parser({.header_bytes_max = 8192, .body_bytes_max = 1024});
    EXPECT_EQ(parser.put(bytes), ParseStep::done) << bytes;
    std::string all;
    for (const auto& [name, value] : parser.take_request().headers) {
      all += name + "=" + value + ";";
    }
    return all;
  };

  EXPECT_EQ(hosts(get("X: y\r\n", "http://evil.example:80/path")), "Host=evil.example:80;X=y;");
  EXPECT_EQ(hosts("GET https://a@b?q HTTP/1.1\r\nX: y\r\nhOST: c\r\n\r\n"), "Host=a@b;X=y;");
  EXPECT_EQ(hosts("GET http://a/ HTTP/1.0\r\n\r\n"), "Host=a;");
  EXPECT_EQ(hosts("GET / HTTP/1.1\r\nX: y\r\nHost: x\r\n\r\n"), "X=y;Host=x;");
}

TEST(HttpHostile, GivesLeaveToSendABody) {
  const auto server = serve();
  Client client(server->port());

  client.say(get("Expect: 100-continue\r\nContent-Length: 2\r\n"));
  const std::string leave = client.through("\r\n\r\n");
  const std::string answer = client.say("hi").answer();
  const std::string other = Client(server->port())
                                .say(get("Expect: 100-continue\r\nContent-Length: 2\r\n") + "hi")
                                .answer();
  const std::string large =
      Client(server->port()).say(get("Expect: 100-continue\r\nContent-Length: 9999\r\n")).answer();

  EXPECT_EQ(leave, "HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_THAT(answer, EndsWith("\r\n\r\n/path|"));
  EXPECT_THAT(other, StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(large, StartsWith("HTTP/1.1 413 "));
}

TEST(HttpHostile, DoesNotWaitForAByteNowAndThen) {
  const auto server = serve({.request_timeout = 100ms, .connections_max = 1});
  Client slow(server->port());
  slow.say("GET /");

  // Each byte comes in time, and the request does not.
  ASSERT_TRUE(test::eventually([&] { return slow.say("a").has_news(); }));

  EXPECT_THAT(slow.answer(), StartsWith("HTTP/1.1 408 "));
  EXPECT_THAT(Client(server->port()).say(get("")).answer(), EndsWith("/path|"));
}

TEST(HttpHostile, HurriesWhoIsSlowWhilePlacesAreShort) {
  const auto server =
      serve({.request_timeout = 60s, .crowded_timeout = 500ms, .connections_max = 4});
  Client first(server->port());
  Client second(server->port());
  first.say(get("", "/1") + "GET /");
  second.say(get("", "/2") + "GET /");
  EXPECT_THAT(first.answer(), EndsWith("/1|"));
  EXPECT_THAT(second.answer(), EndsWith("/2|"));
  Client slow(server->port());
  Client silent(server->port());
  slow.say("GET /");

  EXPECT_THAT(slow.answer(), StartsWith("HTTP/1.1 408 "));
  EXPECT_EQ(silent.until_closed(), "");
  EXPECT_THAT(Client(server->port()).say(get("")).answer(), EndsWith("/path|"));
  EXPECT_FALSE(first.has_news()) << "there was room when it began";
  EXPECT_THAT(second.say("3 HTTP/1.1\r\n\r\n").answer(), EndsWith("/3|"));
}

TEST(HttpHostile, AnswersWhatWasSentAheadBeforeTheEnd) {
  const auto server = serve();

  const std::string all =
      Client(server->port()).say(get("", "/1") + get("", "/2") + "GET /3").end().until_closed();

  EXPECT_THAT(all, HasSubstr("/1|HTTP/1.1 200 "));
  EXPECT_THAT(all, HasSubstr("/2|HTTP/1.1 400 "));
  EXPECT_THAT(all, EndsWith(std::string(kNone) + "partial message\n"));
}

}  // namespace
}  // namespace muster::link
