// SPDX-License-Identifier: Apache-2.0
#include "schemas/link/http.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/unit/link_fixture.h"
#include "tests/unit/link_http_client.h"

namespace muster::link {
namespace {

using namespace std::chrono_literals;
using model::ErrorCode;
using test::Client;
using test::must;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

HttpRoutes routes() {
  return {
      {"/healthz", [](const HttpRequest&) { return HttpResponse{.body = "ok\n"}; }},
      {"/echo",
       [](const HttpRequest& request) {
         return HttpResponse{.body = request.query + "|" + std::string(request.header("x-TEST"))};
       }},
      {"/gone",
       [](const HttpRequest&) { return HttpResponse{.status = 503, .body = "not ready\n"}; }},
      {"/same",
       [](const HttpRequest&) {
         return HttpResponse{.status = 304, .body = "left out", .headers = {{"ETag", "\"1\""}}};
       }},
      {"/throws", [](const HttpRequest&) -> HttpResponse { throw std::runtime_error("secret"); }},
      {"/headers",
       [](const HttpRequest&) {
         return HttpResponse{
             .content_type = "text/html",
             .headers = {{"Cache-Control", "max-age=60"}, {"X-Evil", "a\r\nSet-Cookie: b"}}};
       }},
      {"/large",
       [](const HttpRequest&) { return HttpResponse{.body = std::string(4 << 20, 'x')}; }},
  };
}

std::unique_ptr<HttpServer> serve(const HttpOptions& options = {}) {
  return must(HttpServer::start(options, routes()));
}

std::string ask(const HttpServer& server, std::string_view request) {
  return Client(server.port()).say(request).answer();
}

TEST(Http, ServesAPage) {
  const auto server = serve();

  const std::string answer = ask(*server, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");

  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(answer, HasSubstr("Content-Type: text/plain; charset=utf-8\r\n"));
  EXPECT_THAT(answer, HasSubstr("Content-Length: 3\r\n"));
  EXPECT_THAT(answer, HasSubstr("Cache-Control: no-store\r\n"));
  EXPECT_THAT(answer, HasSubstr("X-Content-Type-Options: nosniff\r\n"));
  EXPECT_THAT(answer, HasSubstr(" GMT\r\n"));
  EXPECT_THAT(answer, EndsWith("\r\n\r\nok\n"));
}

TEST(Http, HandsTheQueryAndHeadersOver) {
  const auto server = serve();

  EXPECT_THAT(ask(*server, "GET /echo?a=1?b HTTP/1.1\r\nX-Test: yes\r\n\r\n"),
              EndsWith("a=1?b|yes"));
  EXPECT_THAT(ask(*server, "GET /echo HTTP/1.1\r\n\r\n"), EndsWith("\r\n\r\n|"));
}

TEST(Http, LetsAHandlerChooseStatusAndHeaders) {
  const auto server = serve();

  EXPECT_THAT(ask(*server, "GET /gone HTTP/1.1\r\n\r\n"), StartsWith("HTTP/1.1 503 "));
  const std::string same = ask(*server, "GET /same HTTP/1.1\r\n\r\n");
  EXPECT_THAT(same, HasSubstr("ETag: \"1\""));
  EXPECT_THAT(same, Not(HasSubstr("left out")));
  const std::string answer = ask(*server, "GET /headers HTTP/1.1\r\n\r\n");
  EXPECT_THAT(answer, HasSubstr("Cache-Control: max-age=60\r\n"));
  EXPECT_THAT(answer, Not(HasSubstr("no-store")));
  EXPECT_THAT(answer, Not(HasSubstr("Set-Cookie")));
}

TEST(Http, AnswersHeadWithoutTheBody) {
  const auto server = serve();
  Client client(server->port());

  const std::string all =
      client.say("HEAD /healthz HTTP/1.1\r\nConnection: close\r\n\r\n").end().until_closed();

  EXPECT_THAT(all, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(all, HasSubstr("Content-Length: 3\r\n"));
  EXPECT_THAT(all, EndsWith("\r\n\r\n"));
}

TEST(Http, ListsThePagesWhenThereIsNone) {
  const auto server = serve();

  const std::string answer = ask(*server, "GET /nothing HTTP/1.1\r\n\r\n");

  EXPECT_THAT(answer, StartsWith("HTTP/1.1 404 Not Found\r\n"));
  EXPECT_THAT(answer, HasSubstr("\n/echo\n"));
  EXPECT_THAT(answer, HasSubstr("\n/healthz\n"));
}

TEST(Http, RefusesOtherMethods) {
  const auto server = serve();

  for (const std::string method : {"POST", "PUT", "DELETE", "OPTIONS", "BREW"}) {
    const std::string answer =
        ask(*server, method + " /healthz HTTP/1.1\r\nContent-Length: 0\r\n\r\n");

    EXPECT_THAT(answer, StartsWith("HTTP/1.1 405 ")) << method;
    EXPECT_THAT(answer, HasSubstr("Allow: GET, HEAD\r\n"));
  }
}

TEST(Http, RefusesABodyItWillNotRead) {
  const auto server = serve();
  const std::string large(100'000, 'b');
  const std::string length = "Content-Length: 100000\r\n\r\n";

  const std::string posted =
      Client(server->port()).say("POST /echo HTTP/1.1\r\n" + length + large).end().until_closed();
  const std::string got =
      Client(server->port()).say("GET /echo HTTP/1.1\r\n" + length + large).end().until_closed();

  EXPECT_THAT(posted, StartsWith("HTTP/1.1 405 "));
  EXPECT_THAT(posted, Not(EndsWith("…")));
  EXPECT_THAT(got, StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(got, Not(EndsWith("…")));
}

TEST(Http, RefusesALargeHeader) {
  const auto server = serve();
  const std::string wide = "GET /echo HTTP/1.1\r\nX-Test: " + std::string(9000, 'w') + "\r\n\r\n";
  const std::string endless = "GET /" + std::string(200'000, 'u');

  for (const std::string& request : {wide, endless}) {
    const std::string answer = Client(server->port()).say(request).end().until_closed();

    EXPECT_THAT(answer, StartsWith("HTTP/1.1 431 "));
    EXPECT_THAT(answer, Not(EndsWith("…")));
  }
  EXPECT_THAT(ask(*server, "GET /echo HTTP/1.1\r\nX-Test: " + std::string(7000, 'w') + "\r\n\r\n"),
              StartsWith("HTTP/1.1 200 "));
}

TEST(Http, KeepsTheConnection) {
  const auto server = serve();
  Client client(server->port());

  for (int i = 0; i < 50; ++i) {
    ASSERT_THAT(client.say("GET /healthz HTTP/1.1\r\n\r\n").answer(), EndsWith("ok\n"));
    ASSERT_THAT(client.say("GET /nothing HTTP/1.1\r\n\r\n").answer(), StartsWith("HTTP/1.1 404 "));
    ASSERT_THAT(client.say("GET /echo HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi").answer(),
                EndsWith("|"));
  }
}

TEST(Http, AnswersRequestsSentAheadInOrder) {
  const auto server = serve();
  Client client(server->port());
  std::string requests;
  for (int i = 0; i < 100; ++i) {
    requests += "GET /echo?" + std::to_string(i) + " HTTP/1.1\r\n\r\n";
  }

  client.say(requests);

  for (int i = 0; i < 100; ++i) {
    ASSERT_THAT(client.answer(), EndsWith("\n" + std::to_string(i) + "|"));
  }
}

TEST(Http, ClosesWhenAskedTo) {
  const auto server = serve();

  for (const std::string request :
       {"GET /healthz HTTP/1.0\r\n\r\n", "GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n"}) {
    EXPECT_THAT(Client(server->port()).say(request).until_closed(), EndsWith("ok\n"));
  }
}

TEST(Http, HidesWhatAHandlerThrows) {
  const auto server = serve();
  Client client(server->port());

  const std::string answer = client.say("GET /throws HTTP/1.1\r\n\r\n").answer();

  EXPECT_THAT(answer, StartsWith("HTTP/1.1 500 "));
  EXPECT_THAT(answer, Not(HasSubstr("secret")));
  EXPECT_THAT(client.say("GET /healthz HTTP/1.1\r\n\r\n").answer(), EndsWith("ok\n"));
}

TEST(Http, RefusesWhatIsNotARequest) {
  const auto server = serve();
  for (const std::string& garbage :
       {std::string("\r\r\r\r"), std::string(300, '\xFF'), std::string(64, '\0'),
        std::string("GET\r\n\r\n"), std::string("GET /healthz HTTP/9.9\r\n\r\n"),
        std::string("GET / HTTP/1.1\r\nbroken header\r\n\r\n"),
        std::string("\x16\x03\x01\x02\0\x01", 6),
        std::string("GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n"),
        std::string("GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n"),
        std::string("GET / HTT")}) {
    const std::string answer = Client(server->port()).say(garbage).end().until_closed();

    EXPECT_THAT(answer, StartsWith("HTTP/1.1 400 ")) << garbage;
    EXPECT_THAT(answer, Not(EndsWith("…")));
  }
  EXPECT_THAT(ask(*server, "GET /healthz HTTP/1.1\r\n\r\n"), EndsWith("ok\n"));
}

TEST(Http, DoesNotWaitForARequestForEver) {
  const auto server = serve({.request_timeout = 60ms});

  const std::string half = Client(server->port()).say("GET /healthz HT").until_closed();
  const std::string body =
      Client(server->port()).say("GET /echo HTTP/1.1\r\nContent-Length: 9\r\n\r\nx").until_closed();
  const std::string silent = Client(server->port()).until_closed();

  EXPECT_THAT(half, StartsWith("HTTP/1.1 408 "));
  EXPECT_THAT(body, StartsWith("HTTP/1.1 408 "));
  EXPECT_THAT(silent, IsEmpty());
}

TEST(Http, DoesNotWaitForAReaderForEver) {
  const auto server = serve({.request_timeout = 60ms, .connections_max = 1});
  Client deaf(server->port());
  deaf.say("GET /large HTTP/1.1\r\n\r\n");

  EXPECT_THAT(ask(*server, "GET /healthz HTTP/1.1\r\n\r\n"), EndsWith("ok\n"));
}

TEST(Http, ServesManyConnections) {
  const auto server = serve({.connections_max = 8});
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 200; ++i) {
    clients.push_back(std::make_unique<Client>(server->port()));
    clients.back()->say("GET /healthz HTTP/1.1\r\n\r\n");
  }

  // Each is answered while all the others stay, the last before the first has gone.
  for (const auto& client : clients) {
    ASSERT_THAT(client->answer(), EndsWith("ok\n"));
  }
}

TEST(Http, StopsWithConnectionsOpen) {
  auto server = serve();
  Client idle(server->port());
  Client half(server->port());
  half.say("GET /heal");
  Client deaf(server->port());
  deaf.say("GET /large HTTP/1.1\r\n\r\n");
  const auto begin = std::chrono::steady_clock::now();

  server.reset();

  EXPECT_LT(std::chrono::steady_clock::now() - begin, 2s);
}

TEST(Http, RefusesAPortInUse) {
  const auto first = serve();

  const auto second = HttpServer::start({.port = first->port()}, routes());

  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::unavailable);
  EXPECT_THAT(second.error().message, HasSubstr(std::to_string(first->port())));
}

TEST(Http, RefusesAWrongSetUp) {
  for (const HttpOptions& options :
       {HttpOptions{.address = "localhost"}, HttpOptions{.address = "192.0.2.1"},
        HttpOptions{.header_bytes_max = 0}, HttpOptions{.request_timeout = 0ms},
        HttpOptions{.connections_max = 0}}) {
    const auto server = HttpServer::start(options, routes());

    ASSERT_FALSE(server) << options.address;
    EXPECT_EQ(server.error().code, ErrorCode::configuration) << server.error().message;
  }
  EXPECT_EQ(HttpServer::start({}, {{"no-slash", routes()["/healthz"]}}).error().code,
            ErrorCode::configuration);
}

}  // namespace
}  // namespace muster::link
