// SPDX-License-Identifier: Apache-2.0
// The real muster-gateway behind TLS: who comes with which certificate sees what.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

#include "tests/e2e/gateway_fixture.h"
#include "tests/unit/link_tls_client.h"

namespace muster::e2e {
namespace {

using link::test::Authority;
using link::test::Paper;
using link::test::TlsClient;
using testing::Not;
using testing::StartsWith;

constexpr std::chrono::seconds kTlsPatience = std::chrono::ceil<std::chrono::seconds>(kPatience);

/// An officer of the secretariat by the name of the certificate, and a ministry by its fingerprint.
class GatewayTls : public Gateway {
 protected:
  GatewayTls() {
    connect("BLR/mod");
    ours_.save(folder_.path() / "clients.pem");
    ours_.issue({.name = "localhost", .usage = "serverAuth"})
        .save(folder_.path() / "gateway.pem", folder_.path() / "gateway.key");
    replace(workspace_.gateway_config(), "[[identity]]\nconfig = \"nodes/sec-board.toml\"\n",
            fmt::format("[tls]\ncertificate = \"gateway.pem\"\nkey = \"gateway.key\"\n"
                        "client_ca = \"clients.pem\"\n"
                        "[[identity]]\nconfig = \"nodes/sec-board.toml\"\n"
                        "certificates = [\"officer.example\"]\n"
                        "[[identity]]\nconfig = \"nodes/blr-mod.toml\"\n"
                        "certificates = [\"sha256:{}\"]\n",
                        member_.fingerprint()));
  }
  void start_tls() {
    start_gateway();
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    while (!ask(&officer_, "/readyz").starts_with("HTTP/1.1 200 ")) {
      ASSERT_LT(std::chrono::steady_clock::now(), deadline) << gateway_->output();
      std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
  }
  TlsClient come(const Paper* paper) const {
    return {port_, {.paper = paper, .patience = kTlsPatience}};
  }
  /// The whole answer; what the handshake said when there is none.
  std::string ask(const Paper* paper, std::string_view path) const {
    auto client = come(paper);
    client.say(
        fmt::format("GET {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", path));
    const auto answer = client.until_closed();
    return client.complaint().empty() ? answer : client.complaint();
  }

  Authority ours_{"EX-CA (fictional)"};
  Authority foreign_{"EX-OTHER-CA (fictional)"};
  Paper officer_ = ours_.issue({.name = "officer.example"});
  Paper member_ = ours_.issue({.name = "desk of a ministry (fictional)"});
};

/// One company that is released to nobody, and one that BLR may see.
void publish_both(Peer& kaz) {
  kaz.publish({company("KAZ:EX-1", 90)});
  auto released = company("KAZ:EX-2", 70);
  released.releasable_to = {must(model::Nation::parse("BLR"))};
  kaz.publish({released});
}

TEST_F(GatewayTls, ShowsEachWhatTheBrokerShowsItsIdentity) {
  auto kaz = peer("KAZ/mod");
  publish_both(kaz);
  start_tls();

  EXPECT_THAT(ask(&officer_, "/api/v1/board"), HasSubstr(R"("identity":{"node":"SEC/board"})"));
  EXPECT_THAT(ask(&member_, "/api/v1/board"), HasSubstr(R"("identity":{"node":"BLR/mod"})"));

  const auto whole = ask(&officer_, "/api/v1/force/tree/KAZ");
  EXPECT_THAT(whole, StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(whole, HasSubstr("KAZ:EX-1"));
  EXPECT_THAT(whole, HasSubstr("KAZ:EX-2"));
  const auto part = ask(&member_, "/api/v1/force/tree/KAZ");
  EXPECT_THAT(part, StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(part, Not(HasSubstr("KAZ:EX-1")));
  EXPECT_THAT(part, HasSubstr("KAZ:EX-2"));
  EXPECT_THAT(ask(&officer_, "/api/v1/force/strength"), HasSubstr("\"present\":160"));
  EXPECT_THAT(ask(&member_, "/api/v1/force/strength"), HasSubstr("\"present\":70"));
  EXPECT_THAT(ask(&member_, "/api/v1/force/strength"), Not(HasSubstr("\"present\":160")));
}

TEST_F(GatewayTls, TellsEachOfTheChangesThatItMaySee) {
  start_tls();
  auto officer = come(&officer_);
  auto member = come(&member_);
  for (auto* page : {&officer, &member}) {
    page->say("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
    ASSERT_THAT(page->through("\r\n\r\n"), StartsWith("HTTP/1.1 200 "));
    ASSERT_THAT(page->through("\"is_live\":true"), HasSubstr("event: hello\n"));
  }
  auto kaz = peer("KAZ/mod");
  publish_both(kaz);

  const auto whole = officer.through("KAZ:EX-2");
  EXPECT_THAT(whole, HasSubstr("\"unit\":\"KAZ:EX-1\""));
  EXPECT_THAT(whole, HasSubstr("\"unit\":\"KAZ:EX-2"));
  const auto part = member.through("KAZ:EX-2");
  EXPECT_THAT(part, Not(HasSubstr("KAZ:EX-1")));
  EXPECT_THAT(part, HasSubstr("\"unit\":\"KAZ:EX-2"));
}

TEST_F(GatewayTls, TakesNobodyElse) {
  const auto unnamed = ours_.issue({.name = "stranger.example"});
  const auto foreign = foreign_.issue({.name = "officer.example"});
  const auto expired = ours_.issue({.name = "officer.example", .from = -7200, .to = -3600});
  const auto future = ours_.issue({.name = "officer.example", .from = 3600, .to = 7200});
  const auto server = ours_.issue({.name = "officer.example", .usage = "serverAuth"});
  start_tls();

  for (const auto* path : {"/", "/api/v1/board", "/api/v1/force/strength", "/api/v1/events"}) {
    const auto told = ask(&unnamed, path);
    EXPECT_THAT(told, StartsWith("HTTP/1.1 403 ")) << path;
    EXPECT_THAT(told, HasSubstr("no [[identity]] names the certificate of 'stranger.example'"));
  }
  EXPECT_THAT(ask(&foreign, "/"), HasSubstr("alert unknown ca"));
  EXPECT_THAT(ask(&expired, "/"), HasSubstr("alert certificate expired"));
  EXPECT_THAT(ask(&future, "/"), HasSubstr("alert bad certificate"));
  EXPECT_THAT(ask(&server, "/"), HasSubstr("alert unsupported certificate"));
  EXPECT_THAT(ask(nullptr, "/"), HasSubstr("alert certificate required"));
  EXPECT_EQ(get(port_, "/healthz").body, "this port speaks TLS: use https://\n");
  EXPECT_EQ(get(port_, "/healthz").status, 400);
  EXPECT_THAT(ask(&officer_, "/"), HasSubstr("<html>board</html>")) << "the negative control";
}

}  // namespace
}  // namespace muster::e2e
