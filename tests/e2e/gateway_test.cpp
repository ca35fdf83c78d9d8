// SPDX-License-Identifier: Apache-2.0
// The real muster-gateway beside the real broker: what a browser meets.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <utility>

#include "schemas/text/answer_json.h"
#include "tests/e2e/gateway_fixture.h"

namespace muster::e2e {
namespace {

using namespace std::chrono_literals;
using testing::Not;
using testing::StartsWith;
namespace fs = std::filesystem;

TEST_F(Gateway, AnswersWithTheJsonOfTheCommandLine) {
  auto kaz = peer("KAZ/mod");
  kaz.publish({company("KAZ:EX-1", 90)});
  start_live();
  const auto at = model::format_time(now());
  const auto moments = fmt::format("as_of={0}&known_at={0}", at);

  const auto told = get(port_, "/api/v1/force/strength?by=nation&indent=2&" + moments);

  const auto moment = must(model::parse_time(at));
  const auto connection = broker_->connection(must(model::NodeId::parse("SEC/board")));
  const auto client = must(client::QueryClient::connect(*context_, connection));
  const auto expected =
      must(client->ask(model::StrengthQuery{.group_by = {model::Dimension::nation}},
                       model::Standpoint{.as_of = moment, .known_at = moment}, kPatience));
  EXPECT_EQ(told.status, 200);
  EXPECT_EQ(told.body, text::answer_to_json(expected) + "\n");
  EXPECT_THAT(told.body, HasSubstr("\"present\": 90"));
}

TEST_F(Gateway, TellsAnOpenPageOfAChangeAndAgainFromWhereItWas) {
  start_live();
  auto kaz = peer("KAZ/mod");
  HttpClient page(port_);
  page.send("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
  ASSERT_TRUE(page.reads("event: hello\n")) << page.text();
  EXPECT_THAT(page.text(), HasSubstr("Content-Type: text/event-stream"));

  kaz.publish({company("KAZ:EX-1", 90)});

  ASSERT_TRUE(page.reads("\"present\":90")) << page.text();
  ASSERT_TRUE(page.reads("event: change\n")) << page.text();
  EXPECT_THAT(page.text(), HasSubstr("\"nations\":[\"KAZ\"]"));

  HttpClient again(port_);
  again.send("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: 99999\r\n\r\n");
  EXPECT_TRUE(again.reads("event: resync\n")) << again.text();
}

/// Two hundred companies with long names, all of them with so many people.
model::Report whole_force(model::Count people) {
  model::Report force = report({});
  for (int i = 0; i < 200; ++i) {
    const auto id = fmt::format("KAZ:EX-{}", 100 + i);
    auto declared = unit(id);
    declared.name = std::string(100, 'x') + " (fictional)";
    force.statements.emplace_back(declared);
    force.statements.emplace_back(strength(id, people));
  }
  return force;
}

TEST_F(Gateway, TakesBackAPageThatMissedMoreThanItMayOwe) {
  start_live();
  auto kaz = peer("KAZ/mod");
  kaz.publish({company("KAZ:EX-1", 90)});
  const auto before = ledger_seq();
  // One after the other: told late, they would be one change, and that one is not too much.
  HttpClient told(port_);
  told.send("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
  for (model::Count people = 50; people < 58; ++people) {
    kaz.publish({whole_force(people)});
    ASSERT_TRUE(told.reads(fmt::format("id: {}\n", ledger_seq()))) << told.text();
    told.forget();
  }

  HttpClient page(port_);
  page.send(fmt::format("GET /api/v1/events?last_event_id={} HTTP/1.1\r\nHost: localhost\r\n\r\n",
                        before));
  ASSERT_TRUE(page.reads("event: resync\n")) << page.text().size() << " bytes came, then the end";
  kaz.publish({company("KAZ:EX-1", 91)});
  EXPECT_TRUE(page.reads("\"present\":91")) << "it was cut";
}

TEST_F(Gateway, SaysSinceWhenTheBrokerIsAwayAndComesBackByItself) {
  auto kaz = peer("KAZ/mod");
  kaz.publish({company("KAZ:EX-1", 90)});
  start_live();
  HttpClient page(port_);
  page.send("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
  ASSERT_TRUE(page.reads("\"is_live\":true")) << page.text();

  broker_->program().kill();

  ASSERT_TRUE(page.reads("event: broker\ndata: {\"is_live\":false,\"since\":")) << page.text();
  EXPECT_EQ(get(port_, "/healthz").status, 200);
  EXPECT_EQ(get(port_, "/readyz").status, 503);

  page.forget();
  start();
  ASSERT_TRUE(page.reads("event: broker\ndata: {\"is_live\":true,\"since\":")) << page.text();
  EXPECT_EQ(get(port_, "/api/v1/force/strength").status, 200) << "who was told may ask at once";
}

TEST_F(Gateway, AnswersAtOnceWhileTheBrokerIsAway) {
  start_live();
  broker_->program().kill();
  ASSERT_TRUE(is_at("/readyz", 503));
  // Both connections are gone by the time that a question which nobody took has been given up.
  get(port_, "/api/v1/force/strength");
  const auto questions = [&] {
    return e2e::metric(get(port_, "/metrics").body, "muster_gateway_broker_questions_total");
  };
  const auto before = questions();

  const auto began = std::chrono::steady_clock::now();
  std::vector<Page> told;
  for (int i = 0; i < 20; ++i) {
    told.push_back(get(port_, fmt::format("/api/v1/force/ready?within={}h", i + 1)));
  }
  const auto took = std::chrono::steady_clock::now() - began;

  for (const auto& answer : told) {
    EXPECT_EQ(answer.status, 503) << answer.body;
    EXPECT_THAT(answer.body, HasSubstr("\"detail\":\"away since 20"));
    EXPECT_THAT(answer.body, HasSubstr("\"since\":\"20"));
  }
  EXPECT_EQ(questions(), before) << "nobody was asked";
  EXPECT_LT(took, 5s) << "all of them within what one had to wait before";
  HttpClient browser(port_);
  browser.send("GET /api/v1/force/strength HTTP/1.1\r\nHost: localhost\r\n\r\n");
  ASSERT_TRUE(browser.reads("Retry-After: 5\r\n")) << browser.text();

  start();
  EXPECT_TRUE(is_at("/api/v1/force/strength", 200)) << "and not longer than it is away";
}

TEST_F(Gateway, ReadsThePageAnewOnASignalAndKeepsItWhenTheNewOneIsBroken) {
  start_gateway();
  const auto index = folder_.path() / "board/index.html";
  const auto comes_to_be = [&](const std::string& text) {
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    while (get(port_, "/").body != text && std::chrono::steady_clock::now() < deadline) {
      std::this_thread::sleep_for(20ms);
    }
    return get(port_, "/").body == text;
  };
  write_text(index, "<html>new</html>");
  EXPECT_EQ(get(port_, "/").body, "<html>board</html>") << "nobody has said so yet";

  gateway_->signal(SIGHUP);
  ASSERT_TRUE(comes_to_be("<html>new</html>")) << gateway_->output();

  fs::remove(index);
  gateway_->signal(SIGHUP);
  const auto kept = gateway_->line_with("event=web_kept");
  ASSERT_TRUE(kept) << gateway_->output();
  EXPECT_THAT(*kept, HasSubstr("level=warning event=web_kept folder="));
  EXPECT_THAT(*kept, HasSubstr("board: has no index.html\""));
  EXPECT_EQ(get(port_, "/").body, "<html>new</html>");
  gateway_->signal(SIGTERM);
  EXPECT_EQ(gateway_->exit_code(), 0);
}

TEST_F(Gateway, ServesThePageAndNothingBesideIt) {
  start_gateway();
  HttpClient browser(port_);
  browser.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  ASSERT_TRUE(browser.reads("<html>board</html>")) << browser.text();
  EXPECT_THAT(browser.text(), HasSubstr("Content-Security-Policy: default-src 'none'; "));
  EXPECT_EQ(get(port_, "/assets/app-1f2e3d4c.js").body, "script");

  for (const auto* path :
       {"/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt",
        "/%252e%252e/secret.txt", "/..%5csecret.txt", "/assets/%2e%2e/%2e%2e/secret.txt",
        "//secret.txt", "/index.html%00.js", "/board/index.html"}) {
    const auto told = get(port_, path);
    EXPECT_THAT(told.status, testing::AnyOf(400, 404)) << path;
    EXPECT_THAT(told.body, Not(HasSubstr("secret\n"))) << path;
    EXPECT_NE(told.body, "secret") << path;
  }
}

TEST_F(Gateway, IsNotReachedByAnotherName) {
  start_gateway();
  HttpClient browser(port_);
  browser.send("GET /api/v1/board HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");

  ASSERT_TRUE(browser.reads("unknown_host")) << browser.text();
  EXPECT_THAT(browser.text(), StartsWith("HTTP/1.1 421 "));
}

TEST_F(Gateway, ReadsRequestsStrictly) {
  start_gateway();
  const auto status = [&](const std::string& request) {
    HttpClient browser(port_);
    browser.send(request);
    browser.reads("\r\n\r\n");
    return browser.text().substr(0, 12);
  };

  EXPECT_EQ(status("POST /api/v1/force/strength HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                   "0\r\n\r\n"),
            "HTTP/1.1 405");
  EXPECT_EQ(
      status("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + std::string(9'000, 'x') + "\r\n\r\n"),
      "HTTP/1.1 431");
  EXPECT_EQ(status("GET /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                   "5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
            "HTTP/1.1 400");
  EXPECT_EQ(status("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"), "HTTP/1.1 200")
      << "the negative control";
}

TEST_F(Gateway, HoldsHundredsOfOpenPagesAndRefusesMore) {
  replace(workspace_.gateway_config(), "[gateway]\n", "[gateway]\nstreams_max = 500\n");
  start_live();
  std::vector<std::unique_ptr<HttpClient>> pages;
  for (int i = 0; i < 500; ++i) {
    pages.push_back(std::make_unique<HttpClient>(port_));
    pages.back()->send("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }
  for (const auto& page : pages) {
    ASSERT_TRUE(page->reads("event: hello")) << page->text();
  }
  EXPECT_THAT(get(port_, "/api/v1/events").body, HasSubstr("too_many_pages"));
  EXPECT_THAT(get(port_, "/metrics").body, HasSubstr("muster_gateway_sse_clients 500\n"));

  auto kaz = peer("KAZ/mod");
  kaz.publish({company("KAZ:EX-1", 90)});

  for (const auto& page : pages) {
    ASSERT_TRUE(page->reads("event: change")) << page->text();
  }
}

TEST_F(Gateway, EndsCleanOnASignal) {
  start_live();
  HttpClient page(port_);
  page.send("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
  ASSERT_TRUE(page.reads("event: hello"));
  gateway_->signal(SIGTERM);

  EXPECT_EQ(gateway_->exit_code(), 0);
  EXPECT_THAT(gateway_->output(), HasSubstr("event=stopping pages=1"));
}

TEST_F(Gateway, SaysWhatIsWrongWithItsConfiguration) {
  const auto end = [&](const std::vector<std::string>& arguments) {
    std::vector<std::string> all{MUSTER_GATEWAY};
    all.insert(all.end(), arguments.begin(), arguments.end());
    Program program(all);
    const auto code = program.exit_code();
    return std::pair(code.value_or(-1), program.output());
  };
  const auto config = workspace_.gateway_config().string();

  EXPECT_EQ(end({}), std::pair(64, std::string("muster-gateway: no configuration given: add "
                                               "--config FILE, or begin with what --print-config "
                                               "prints\n")));
  EXPECT_EQ(end({"--config", "/nowhere.toml"}).first, 78);
  EXPECT_EQ(end({"--print-config", "--config", "/nowhere.toml"}).first, 78);
  const auto printed = end({"--print-config", "--config", config});
  EXPECT_EQ(printed.first, 0);
  EXPECT_THAT(printed.second, HasSubstr("\n[gateway]\n"));
  EXPECT_THAT(printed.second, HasSubstr("\nlisten = \"127.0.0.1:0\"\n"));
  EXPECT_EQ(end({"--check-config", "--config", config}),
            std::pair(0, config + ": good, asks as SEC/board\n"));
  fs::remove(folder_.path() / "board/index.html");
  EXPECT_EQ(end({"--check-config", "--config", config}),
            std::pair(78, "muster-gateway: " + (folder_.path() / "board").string() +
                              ": has no index.html\n"));
  write_text(folder_.path() / "board/index.html", "<html>board</html>");
  const auto plain = read_text(config);
  write_text(config, plain + "\n[tls]\ncertificate = \"none.pem\"\nkey = \"none.key\"\n");
  EXPECT_EQ(
      end({"--check-config", "--config", config}),
      std::pair(78, "muster-gateway: cannot use TLS certificate file " +
                        (folder_.path() / "none.pem").string() + ": there is no such file\n"));
  write_text(config, plain);
  replace(config, "listen = \"127.0.0.1:0\"", "listen = \"0.0.0.0:0\"");
  const auto open = end({"--config", config});
  EXPECT_EQ(open.first, 78);
  EXPECT_THAT(open.second, HasSubstr("without [tls], expected a loopback address"));
}

}  // namespace
}  // namespace muster::e2e
