// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "schemas/link/http.h"
#include "tests/unit/link_fixture.h"
#include "tests/unit/link_http_client.h"

namespace muster::link {
namespace {

using namespace std::chrono_literals;
using test::Client;
using test::eventually;
using test::must;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const HttpResponse kEvents{.content_type = "text/event-stream"};
constexpr std::string_view kEnd = "0\r\n\r\n";

std::string get(std::string_view path, std::string_view version = "1.1") {
  return "GET " + std::string(path) + " HTTP/" + std::string(version) + "\r\n\r\n";
}

/// A chunk as it is on the wire.
std::string chunk(std::string_view text) {
  std::array<char, 20> size{};
  std::snprintf(size.data(), size.size(), "%zx", text.size());
  return std::string(size.data()) + "\r\n" + std::string(text) + "\r\n";
}

/// A service that hands each request to the test, which answers from its own thread. "/now" is
/// answered at once.
class Desk {
 public:
  HttpService service() {
    return [this](const HttpRequest& request, const HttpReply& reply) {
      if (request.path == "/now") {
        return reply.send({.body = "now\n"});
      }
      const std::lock_guard lock(mutex_);
      replies_.push_back(reply);
      came_.notify_one();
    };
  }

  /// The next reply that waits for somebody.
  HttpReply next() {
    std::unique_lock lock(mutex_);
    if (!came_.wait_for(lock, 5s, [&] { return !replies_.empty(); })) {
      throw std::runtime_error("no request came");
    }
    HttpReply reply = std::move(replies_.front());
    replies_.pop_front();
    return reply;
  }
  HttpStream next_stream(HttpResponse head = kEvents) { return next().stream(std::move(head)); }

 private:
  std::mutex mutex_;
  std::condition_variable came_;
  std::deque<HttpReply> replies_;
};

class HttpLater : public testing::Test {
 protected:
  void serve(HttpOptions options = {.streams_max = 8}) {
    server_ = must(HttpServer::start(options, desk_.service()));
  }
  std::unique_ptr<Client> client(std::string_view say = {}) {
    auto made = std::make_unique<Client>(server_->port());
    made->say(say);
    return made;
  }
  std::string ask_now() { return client(get("/now"))->answer(); }

  Desk desk_;
  std::unique_ptr<HttpServer> server_;
};

using HttpStreams = HttpLater;

TEST_F(HttpLater, AnswersWhenTheServiceIsReady) {
  serve();
  const auto first = client(get("/first"));
  const HttpReply reply = desk_.next();
  const auto second = client(get("/second"));

  desk_.next().send({.body = "second\n"});
  EXPECT_THAT(second->answer(), EndsWith("\r\n\r\nsecond\n"));
  EXPECT_FALSE(first->has_news());
  reply.send({.status = 201, .content_type = "text/x", .body = "first\n"});

  const std::string answer = first->answer();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 201 Created\r\n"));
  EXPECT_THAT(answer, HasSubstr("Content-Type: text/x\r\n"));
  EXPECT_THAT(answer, EndsWith("\r\n\r\nfirst\n"));
}

TEST_F(HttpLater, SendsATextThatIsKeptOnceForMany) {
  serve();
  const std::weak_ptr<const std::string> seen = [&] {
    // Beyond what is copied behind a header, and below it.
    const auto large = std::make_shared<const std::string>(100'000, 'x');
    const auto small = std::make_shared<const std::string>("small\n");
    for (const auto& text : {large, small, large}) {
      const auto asking = client(get("/x"));
      desk_.next().send({.body = "not this", .shared_body = text});
      EXPECT_THAT(asking->answer(), EndsWith("\r\n\r\n" + *text));
    }
    const auto head = client("HEAD /x HTTP/1.1\r\n\r\n");
    desk_.next().send({.shared_body = large});
    EXPECT_THAT(head->through("\r\n\r\n"), HasSubstr("Content-Length: 100000\r\n"));
    EXPECT_THAT(head->say(get("/now")).answer(), EndsWith("\r\n\r\nnow\n")) << "no body between";
    return std::weak_ptr<const std::string>(large);
  }();
  EXPECT_TRUE(eventually([&] { return seen.expired(); })) << "let go once it is sent";
}

TEST_F(HttpLater, AnswersRequestsSentAheadOneAfterTheOther) {
  serve();
  const auto ahead = client(get("/1") + get("/2") + get("/now") + get("/3"));

  for (const std::string name : {"1", "2", "now", "3"}) {
    if (name != "now") {
      desk_.next().send({.body = name + "\n"});
    }
    ASSERT_THAT(ahead->answer(), EndsWith("\r\n\r\n" + name + "\n"));
  }
}

TEST_F(HttpLater, TakesTheFirstAnswerOnly) {
  serve();
  const auto asker = client(get("/"));
  const HttpReply reply = desk_.next();
  const HttpReply copy = reply;

  reply.send({.body = "one\n"});
  copy.send({.body = "two\n"});
  const HttpStream stream = copy.stream(kEvents);

  EXPECT_FALSE(stream.is_open());
  EXPECT_FALSE(stream.write("three"));
  EXPECT_THAT(asker->answer(), EndsWith("\r\n\r\none\n"));
  EXPECT_THAT(asker->say(get("/now")).answer(), EndsWith("\r\n\r\nnow\n"));
}

TEST_F(HttpLater, AnswersForAServiceThatForgot) {
  serve();
  const auto asker = client(get("/"));

  static_cast<void>(desk_.next());

  EXPECT_THAT(asker->answer(), StartsWith("HTTP/1.1 500 "));
  EXPECT_THAT(asker->say(get("/now")).answer(), EndsWith("now\n"));
}

TEST_F(HttpLater, AnswersForAServiceThatThrows) {
  server_ = must(HttpServer::start({}, [](const HttpRequest& request, const HttpReply& reply) {
    if (request.path == "/after") {
      reply.send({.body = "sent\n"});
    }
    throw std::runtime_error("secret");
  }));

  const std::string before = client(get("/before"))->answer();
  const std::string after = client(get("/after"))->answer();

  EXPECT_THAT(before, StartsWith("HTTP/1.1 500 "));
  EXPECT_THAT(before, Not(HasSubstr("secret")));
  EXPECT_THAT(after, EndsWith("\r\n\r\nsent\n"));
}

TEST_F(HttpLater, AnswersForAServiceThatIsTooSlow) {
  serve({.answer_timeout = 50ms});
  const auto asker = client(get("/"));
  const HttpReply reply = desk_.next();

  EXPECT_THAT(asker->answer(), StartsWith("HTTP/1.1 504 Gateway Timeout\r\n"));
  EXPECT_TRUE(reply.is_abandoned());
  reply.send({.body = "too late\n"});

  EXPECT_THAT(asker->say(get("/now")).answer(), EndsWith("\r\n\r\nnow\n"));
}

TEST_F(HttpLater, TellsThatTheClientHasGone) {
  serve({.connections_max = 1});
  auto asker = client(get("/"));
  const HttpReply reply = desk_.next();
  EXPECT_FALSE(reply.is_abandoned());

  asker.reset();

  EXPECT_TRUE(eventually([&] { return reply.is_abandoned(); }));
  EXPECT_THAT(ask_now(), EndsWith("now\n"));
}

TEST_F(HttpLater, DoesNothingWithoutItsServer) {
  serve();
  const auto asker = client(get("/"));
  const auto reader = client(get("/"));
  const HttpReply reply = desk_.next();
  const HttpReply other = desk_.next();
  const HttpStream stream = other.stream(kEvents);

  server_.reset();

  EXPECT_TRUE(reply.is_abandoned());
  EXPECT_FALSE(stream.is_open());
  EXPECT_FALSE(stream.write("text"));
  stream.close();
  reply.send({.body = "nobody reads this"});
  EXPECT_FALSE(reply.stream(kEvents).is_open());
}

TEST_F(HttpLater, KeepsTheFramingToItself) {
  serve();
  const auto asker = client(get("/"));

  desk_.next().send({.body = "four",
                     .headers = {{"content-length", "1"},
                                 {"Transfer-Encoding", "chunked"},
                                 {"Connection", "close"},
                                 {"X Y", "a"},
                                 {"", "a"},
                                 {"X-Fine", "1"},
                                 {"x-fine", "2"}}});

  const std::string answer = asker->answer();
  EXPECT_THAT(answer, HasSubstr("Content-Length: 4\r\n"));
  EXPECT_THAT(answer, HasSubstr("X-Fine: 2\r\n"));
  EXPECT_THAT(answer, EndsWith("\r\n\r\nfour"));
  EXPECT_THAT(answer, Not(HasSubstr("chunked")));
  EXPECT_THAT(answer, Not(HasSubstr("close")));
  EXPECT_THAT(answer, Not(HasSubstr("X Y")));
}

TEST_F(HttpLater, AnswersFiveHundredForAStatusThatIsNone) {
  serve();
  for (const int status : {0, -1, 100, 199, 600, 1000}) {
    const auto asker = client(get("/"));
    desk_.next().send({.status = status, .body = "secret"});

    const std::string answer = asker->answer();
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 500 ")) << status;
    EXPECT_THAT(answer, Not(HasSubstr("secret")));
  }
}

TEST_F(HttpLater, SendsTheLongestIdleAwayWhenPlacesRunShort) {
  serve({.connections_max = 3});
  const auto fresh = client();
  const auto first = client(get("/now"));
  EXPECT_THAT(first->answer(), EndsWith("now\n"));
  const auto second = client(get("/now"));

  EXPECT_THAT(second->answer(), EndsWith("now\n"));

  EXPECT_EQ(first->until_closed(), "");
  EXPECT_THAT(client(get("/now"))->answer(), EndsWith("now\n"));
  EXPECT_THAT(fresh->say(get("/now")).answer(), EndsWith("now\n"));
}

TEST_F(HttpLater, TakesAnswersFromManyThreads) {
  serve();
  const std::size_t count = 200;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      const auto asker = client();
      for (std::size_t round = 0; round < count; ++round) {
        ASSERT_THAT(asker->say(get("/")).answer(), EndsWith("\r\n\r\nyes\n"));
      }
    });
    threads.emplace_back([&] {
      for (std::size_t round = 0; round < count; ++round) {
        desk_.next().send({.body = "yes\n"});
      }
    });
  }
}

TEST_F(HttpStreams, SendsEventsAsTheyCome) {
  serve();
  const auto reader = client(get("/"));
  const HttpStream stream = desk_.next_stream({.content_type = "text/event-stream",
                                               .body = "retry: 1000\n\n",
                                               .headers = {{"X-Test", "yes"}}});

  const std::string head = reader->through("\r\n\r\n");
  EXPECT_THAT(head, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(head, HasSubstr("Content-Type: text/event-stream\r\n"));
  EXPECT_THAT(head, HasSubstr("Cache-Control: no-store\r\n"));
  EXPECT_THAT(head, HasSubstr("X-Test: yes\r\n"));
  EXPECT_THAT(head, HasSubstr("Transfer-Encoding: chunked\r\n"));
  EXPECT_THAT(head, Not(HasSubstr("Content-Length")));
  EXPECT_EQ(reader->through("\n\n\r\n"), chunk("retry: 1000\n\n"));
  for (int i = 0; i < 100; ++i) {
    const std::string event = "data: " + std::to_string(i) + "\n\n";
    ASSERT_TRUE(stream.write(event));
    ASSERT_EQ(reader->through("\n\n\r\n"), chunk(event));
  }
  EXPECT_EQ(server_->streams(), 1U);
}

TEST_F(HttpStreams, EndsAfterWhatIsQueued) {
  serve();
  const auto reader = client(get("/"));
  const HttpStream stream = desk_.next_stream();

  EXPECT_TRUE(stream.write("last words"));
  stream.close();
  stream.close();

  EXPECT_FALSE(stream.is_open());
  EXPECT_FALSE(stream.write("more"));
  EXPECT_THAT(reader->until_closed(), EndsWith("\r\n\r\n" + chunk("last words") + kEnd.data()));
  EXPECT_TRUE(eventually([&] { return server_->streams() == 0; }));
}

TEST_F(HttpStreams, EndsWithItsLastHandle) {
  serve();
  const auto reader = client(get("/"));

  {
    const HttpStream stream = desk_.next_stream();
    const HttpStream copy = stream;
    EXPECT_TRUE(copy.write("text"));
  }

  EXPECT_THAT(reader->until_closed(), EndsWith("\r\n\r\n" + chunk("text") + kEnd.data()));
}

TEST_F(HttpStreams, SendsNoChunksToOldClients) {
  serve();
  const auto reader = client(get("/", "1.0"));
  const HttpStream stream =
      desk_.next_stream({.content_type = "text/event-stream", .body = "one\n"});
  stream.write("two\n");
  stream.close();

  const std::string all = reader->until_closed();

  EXPECT_THAT(all, StartsWith("HTTP/1.0 200 OK\r\n"));
  EXPECT_THAT(all, Not(HasSubstr("Transfer-Encoding")));
  EXPECT_THAT(all, EndsWith("\r\n\r\none\ntwo\n"));
}

TEST_F(HttpStreams, GivesAHeadTheHeaderAlone) {
  serve();
  const auto reader = client("HEAD / HTTP/1.1\r\n\r\n");
  const HttpStream stream = desk_.next_stream({.body = "one\n"});

  EXPECT_FALSE(stream.is_open());
  EXPECT_FALSE(stream.write("two"));

  const std::string all = reader->until_closed();
  EXPECT_THAT(all, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(all, EndsWith("\r\n\r\n"));
  EXPECT_TRUE(eventually([&] { return server_->streams() == 0; }));
}

TEST_F(HttpStreams, AreBoundedInNumber) {
  serve({.streams_max = 2});
  auto first = client(get("/"));
  const HttpStream stream = desk_.next_stream();
  const auto second = client(get("/"));
  const HttpStream other = desk_.next_stream();
  const auto third = client(get("/"));

  const HttpStream refused = desk_.next_stream();

  EXPECT_FALSE(refused.is_open());
  EXPECT_FALSE(refused.write("text"));
  const std::string answer = third->answer();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 503 "));
  EXPECT_THAT(answer, HasSubstr("Content-Type: application/problem+json\r\n"));
  EXPECT_THAT(answer, HasSubstr("Retry-After: 10\r\n"));
  EXPECT_THAT(answer, HasSubstr("\"status\":503"));
  EXPECT_EQ(server_->streams(), 2U);
  first.reset();
  ASSERT_TRUE(eventually([&] { return server_->streams() == 1; }));
  third->say(get("/"));
  EXPECT_TRUE(desk_.next_stream().is_open());
}

TEST_F(HttpStreams, NoticeAClientThatGoes) {
  serve();
  auto reader = client(get("/"));
  const HttpStream stream = desk_.next_stream();
  reader->through("\r\n\r\n");
  EXPECT_TRUE(stream.is_open());

  reader.reset();

  EXPECT_TRUE(eventually([&] { return !stream.is_open(); }));
  EXPECT_FALSE(stream.write("text"));
  EXPECT_EQ(server_->streams(), 0U);
}

TEST_F(HttpStreams, DisconnectWhoDoesNotRead) {
  serve({.streams_max = 2, .stream_backlog_max = 100'000});
  const auto deaf = client(get("/deaf"));
  const HttpStream to_deaf = desk_.next_stream();
  const auto reader = client(get("/"));
  const HttpStream to_reader = desk_.next_stream();
  reader->through("\r\n\r\n");
  const std::string event = std::string(9'998, 'e') + "\n\n";

  std::size_t taken = 0;
  while (to_deaf.write(event) && taken < 100'000) {
    ++taken;
    ASSERT_TRUE(to_reader.write(event));
    ASSERT_EQ(reader->through("\n\n\r\n"), chunk(event));
  }

  // What the operating system holds for both ends, and then the backlog.
  EXPECT_GE(taken, 10U);
  EXPECT_LT(taken, 100'000U);
  EXPECT_FALSE(to_deaf.is_open());
  EXPECT_TRUE(eventually([&] { return server_->streams() == 1; }));
  EXPECT_TRUE(to_reader.is_open());
}

TEST_F(HttpStreams, HoldNoMoreThanTheBacklog) {
  serve({.streams_max = 1, .stream_backlog_max = 1000});
  const auto reader = client(get("/"));
  const HttpStream stream = desk_.next_stream({.body = std::string(5000, 'h')});

  EXPECT_FALSE(stream.write(std::string(1001, 'x')));

  EXPECT_FALSE(stream.is_open());
  EXPECT_FALSE(stream.write("x"));
}

TEST_F(HttpStreams, HaveNoTimeLimit) {
  serve({.request_timeout = 20ms, .answer_timeout = 20ms, .streams_max = 1});
  const auto reader = client(get("/"));
  const HttpStream stream = desk_.next_stream();
  reader->through("\r\n\r\n");

  // Others that say nothing are sent away after the limit, one after the other.
  for (int i = 0; i < 5; ++i) {
    ASSERT_EQ(client()->until_closed(), "");
  }

  EXPECT_TRUE(stream.write("text"));
  EXPECT_EQ(reader->through("text\r\n"), chunk("text"));
}

TEST_F(HttpStreams, EndInTimeForAClientThatDoesNotRead) {
  serve({.request_timeout = 50ms, .streams_max = 1, .stream_backlog_max = 64U << 20});
  const auto deaf = client(get("/"));
  const HttpStream stream = desk_.next_stream();
  ASSERT_TRUE(stream.write(std::string(32U << 20, 'x')));

  stream.close();

  EXPECT_TRUE(eventually([&] { return server_->streams() == 0; }));
}

TEST_F(HttpStreams, DropWhatAClientSendsMeanwhile) {
  serve();
  const auto chatty = client(get("/"));
  const HttpStream stream = desk_.next_stream();
  chatty->say(get("/ignored"));
  EXPECT_TRUE(stream.write("text"));
  EXPECT_THAT(chatty->through("text\r\n"), EndsWith(chunk("text")));

  chatty->say(std::string(300'000, 'x'));

  EXPECT_TRUE(eventually([&] { return !stream.is_open(); }));
}

TEST_F(HttpStreams, CountAsConnections) {
  serve({.connections_max = 2, .streams_max = 2});
  auto first = client(get("/"));
  const HttpStream stream = desk_.next_stream();
  const auto second = client(get("/"));
  const HttpStream other = desk_.next_stream();
  const auto waiting = client(get("/now"));
  second->through("\r\n\r\n");
  other.write("text");
  second->through("text\r\n");
  EXPECT_FALSE(waiting->has_news());

  first.reset();

  EXPECT_THAT(waiting->answer(), EndsWith("now\n"));
}

TEST_F(HttpStreams, AllEndWithTheServer) {
  serve();
  std::vector<std::unique_ptr<Client>> readers;
  std::vector<HttpStream> streams;
  for (int i = 0; i < 8; ++i) {
    readers.push_back(client(get("/")));
    streams.push_back(desk_.next_stream());
    readers.back()->through("\r\n\r\n");
  }
  std::jthread writer([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      for (const HttpStream& stream : streams) {
        stream.write("data: x\n\n");
      }
    }
  });

  server_.reset();

  EXPECT_FALSE(streams.front().is_open());
  EXPECT_FALSE(streams.front().write("x"));
  EXPECT_THAT(readers.front()->until_closed(), Not(HasSubstr(std::string(kEnd))));
}

TEST_F(HttpStreams, AreServedFiveHundredAtOnce) {
  constexpr std::size_t kMany = 500;
  serve({.connections_max = kMany, .streams_max = kMany});
  std::vector<std::unique_ptr<Client>> readers;
  std::vector<HttpStream> streams;
  for (std::size_t i = 0; i < kMany; ++i) {
    readers.push_back(client(get("/")));
    streams.push_back(desk_.next_stream());
    readers.back()->through("\r\n\r\n");
  }
  EXPECT_EQ(server_->streams(), kMany);
  const std::string event = "id: 1\ndata: " + std::string(1000, 'd') + "\n\n";

  for (const HttpStream& stream : streams) {
    ASSERT_TRUE(stream.write(event));
  }

  for (const auto& reader : readers) {
    ASSERT_EQ(reader->through("\n\n\r\n"), chunk(event));
  }
  readers.clear();
  EXPECT_TRUE(eventually([&] { return server_->streams() == 0; }));
}

}  // namespace
}  // namespace muster::link
