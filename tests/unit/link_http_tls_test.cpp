// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "schemas/link/http.h"
#include "tests/unit/link_certificates.h"
#include "tests/unit/link_fixture.h"
#include "tests/unit/link_tls_client.h"

namespace muster::link {
namespace {

using namespace std::chrono_literals;
using model::ErrorCode;
using test::Authority;
using test::Client;
using test::eventually;
using test::Manners;
using test::must;
using test::Paper;
using test::TlsClient;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

constexpr std::string_view kWho = "GET /who HTTP/1.1\r\nConnection: close\r\n\r\n";

class HttpTlsServer : public testing::Test {
 protected:
  void SetUp() override {
    ours_.save(folder_ / "ca.pem");
    server_paper_.save(folder_ / "server.pem", folder_ / "server.key");
  }
  [[nodiscard]] HttpOptions options(bool demands = false) const {
    return {.request_timeout = 5s,
            .streams_max = 2,
            .tls = HttpTls{.certificate_file = folder_ / "server.pem",
                           .key_file = folder_ / "server.key",
                           .client_ca_file = demands ? (folder_ / "ca.pem").string() : ""}};
  }
  void serve(const HttpOptions& with) {
    server_ = must(HttpServer::start(with, [this](const HttpRequest& request,
                                                  const HttpReply& reply) {
      if (request.path == "/events") {
        HttpStream stream =
            reply.stream({.content_type = "text/event-stream", .body = "data: 1\n\n"});
        const std::lock_guard lock(mutex_);
        streams_.push_back(std::move(stream));
        return;
      }
      const HttpPeer& peer = request.peer;
      const std::string size = request.query;
      reply.send({.body = peer.address + "|" + peer.certificate_name + "|" +
                          peer.certificate_fingerprint + std::string(size.size() * 100'000, 'x')});
    }));
  }
  [[nodiscard]] TlsClient client(const Manners& manners = {}) const {
    return {server_->port(), manners};
  }
  /// The stream of the next reader. Its first event may be out before it is here.
  HttpStream next_stream() {
    HttpStream stream;
    eventually([&] {
      const std::lock_guard lock(mutex_);
      if (!streams_.empty()) {
        stream = std::move(streams_.back());
        streams_.pop_back();
        return true;
      }
      return false;
    });
    return stream;
  }

  test::TemporaryFolder folder_;
  Authority ours_{"EX-CA (fictional)"};
  Authority foreign_{"EX-OTHER-CA (fictional)"};
  Paper server_paper_ = ours_.issue({.name = "localhost"});
  std::mutex mutex_;
  std::vector<HttpStream> streams_;  // Guarded by mutex_.
  std::unique_ptr<HttpServer> server_;
};

TEST_F(HttpTlsServer, ServesInsideTls) {
  serve(options());
  TlsClient asker = client();

  const std::string all = asker.say(kWho).until_closed();

  EXPECT_EQ(asker.version(), "TLSv1.3");
  EXPECT_THAT(all, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(all, EndsWith("\r\n\r\n127.0.0.1||"));
}

TEST_F(HttpTlsServer, KeepsTheConnectionAndSendsMuch) {
  serve(options());
  TlsClient asker = client();

  for (int i = 0; i < 3; ++i) {
    asker.say("GET /who?0123456789 HTTP/1.1\r\n\r\n");
    EXPECT_THAT(asker.through("||"), StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_EQ(asker.through(std::string(1'000'000, 'x')).size(), 1'000'000U);
  }
}

TEST_F(HttpTlsServer, TakesTlsFrom1Dot2On) {
  serve(options());

  TlsClient older = client({.version_max = TLS1_2_VERSION});
  const TlsClient oldest = client({.version_max = TLS1_1_VERSION});

  EXPECT_EQ(older.version(), "TLSv1.2");
  EXPECT_THAT(older.say(kWho).until_closed(), StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_FALSE(oldest.is_through());
}

TEST_F(HttpTlsServer, ResumesNothing) {
  serve(options());

  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsClient asker = client({.version_max = version});
    asker.say(kWho).until_closed();

    EXPECT_FALSE(asker.can_resume()) << version;
  }
}

TEST_F(HttpTlsServer, AgreesOnTheProtocol) {
  serve(options());

  EXPECT_EQ(client({.protocols = "\x02h2\x08http/1.1"}).protocol(), "http/1.1");
  EXPECT_EQ(client().protocol(), "");
  EXPECT_FALSE(client({.protocols = "\x02h2"}).is_through());
}

TEST_F(HttpTlsServer, NamesWhoIsAtTheOtherEnd) {
  serve(options(true));
  const Paper officer = ours_.issue({.name = "officer EX-1 (fictional)"});
  const Paper nameless = ours_.issue({.name = ""});

  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsClient asker = client({.paper = &officer, .version_max = version});
    TlsClient other = client({.paper = &nameless, .version_max = version});

    EXPECT_THAT(asker.say(kWho).until_closed(),
                EndsWith("\r\n\r\n127.0.0.1|officer EX-1 (fictional)|" + officer.fingerprint()));
    EXPECT_THAT(other.say(kWho).until_closed(),
                EndsWith("\r\n\r\n127.0.0.1||" + nameless.fingerprint()));
  }
}

TEST_F(HttpTlsServer, RefusesOtherCertificatesInTheHandshake) {
  serve(options(true));
  const Paper good = ours_.issue({.name = "EX-1"});
  const Paper expired = ours_.issue({.name = "EX-1", .from = -7200, .to = -3600});
  const Paper future = ours_.issue({.name = "EX-1", .from = 3600, .to = 7200});
  const Paper strange = foreign_.issue({.name = "EX-1"});
  const Paper only_server = ours_.issue({.name = "EX-1", .usage = "serverAuth"});
  const Authority self("EX-1");

  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    const std::vector<std::pair<const Paper*, std::string>> refusals = {
        {nullptr, version == TLS1_2_VERSION ? "sslv3 alert handshake failure"
                                            : "tlsv13 alert certificate required"},
        {&expired, "sslv3 alert certificate expired"},
        {&future, "sslv3 alert bad certificate"},
        {&strange, "tlsv1 alert unknown ca"},
        {&only_server, "sslv3 alert unsupported certificate"},
        {&self.paper(), "tlsv1 alert unknown ca"},
    };
    for (const auto& [paper, why] : refusals) {
      TlsClient refused = client({.paper = paper, .version_max = version});

      EXPECT_EQ(refused.say(kWho).through("\n"), "");
      EXPECT_EQ(refused.complaint(), why);
    }
    TlsClient taken = client({.paper = &good, .version_max = version});
    EXPECT_THAT(taken.say(kWho).until_closed(), StartsWith("HTTP/1.1 200 OK\r\n"));
  }
}

TEST_F(HttpTlsServer, SendsEventsInsideTls) {
  serve(options());
  auto reader = std::make_unique<TlsClient>(server_->port(), Manners{});
  reader->say("GET /events HTTP/1.1\r\n\r\n");
  EXPECT_THAT(reader->through("data: 1\n\n\r\n"), EndsWith("\r\n\r\n9\r\ndata: 1\n\n\r\n"));
  HttpStream stream = next_stream();

  for (int i = 0; i < 20; ++i) {
    ASSERT_TRUE(stream.write("data: 2\n\n"));
    ASSERT_EQ(reader->through("\n\n\r\n"), "9\r\ndata: 2\n\n\r\n");
  }
  stream.close();
  EXPECT_EQ(reader->until_closed(), "0\r\n\r\n");

  reader = std::make_unique<TlsClient>(server_->port(), Manners{});
  reader->say("GET /events HTTP/1.1\r\n\r\n").through("data: 1\n\n\r\n");
  stream = next_stream();
  EXPECT_TRUE(stream.is_open());
  reader.reset();
  EXPECT_TRUE(eventually([&] { return !stream.is_open(); }));
}

TEST_F(HttpTlsServer, TellsWhoForgotTls) {
  serve(options(true));

  const std::string all = Client(server_->port()).say(kWho).end().until_closed();

  EXPECT_THAT(all, StartsWith("HTTP/1.1 400 Bad Request\r\n"));
  EXPECT_THAT(all, EndsWith("\r\n\r\nthis port speaks TLS: use https://\n"));
}

TEST_F(HttpTlsServer, EndsWhatIsNeither) {
  serve(options());

  for (const std::string& garbage :
       {std::string(300, '\xFF'), std::string(300, '\0'), std::string("\x16\x03\x01\xFF\xFF", 5),
        std::string("\x16\x03\x01\x00\x05hello", 10), std::string()}) {
    Client asker(server_->port());
    const std::string all = asker.say(garbage).end().until_closed();

    EXPECT_THAT(all, testing::Not(EndsWith("…"))) << garbage;
    EXPECT_THAT(client().say(kWho).until_closed(), StartsWith("HTTP/1.1 200 OK\r\n"));
  }
}

TEST_F(HttpTlsServer, EndsTlsThatMeetsAPlainServer) {
  HttpOptions plain = options();
  plain.tls.reset();
  serve(plain);

  EXPECT_FALSE(client().is_through());
  EXPECT_THAT(Client(server_->port()).say(kWho).until_closed(), EndsWith("127.0.0.1||"));
}

TEST_F(HttpTlsServer, DoesNotWaitForAHandshakeForEver) {
  HttpOptions impatient = options();
  impatient.request_timeout = 50ms;
  impatient.connections_max = 1;
  serve(impatient);

  EXPECT_EQ(Client(server_->port()).until_closed(), "");
  EXPECT_EQ(Client(server_->port()).say(std::string("\x16\x03\x01", 3)).until_closed(), "");
  EXPECT_EQ(client().until_closed(), "");
  EXPECT_THAT(client().say("GET /wh").until_closed(), StartsWith("HTTP/1.1 408 "));
  EXPECT_THAT(client().say(kWho).until_closed(), StartsWith("HTTP/1.1 200 "));
}

TEST_F(HttpTlsServer, RefusesARequestThatGoesOnWithoutLosingTheAnswer) {
  serve(options());
  TlsClient asker = client();

  asker.say("POST /who HTTP/1.1\r\nContent-Length: 100000\r\n\r\n" + std::string(100'000, 'b'));

  EXPECT_THAT(asker.through("here\n"), StartsWith("HTTP/1.1 405 "));
}

TEST_F(HttpTlsServer, SurvivesClientsThatVanish) {
  serve(options());

  for (int i = 0; i < 50; ++i) {
    TlsClient asker = client();
    asker.say("GET /who?0123456789 HTTP/1.1\r\n\r\n");
    asker.plain().reset_connection();
  }

  EXPECT_THAT(client().say(kWho).until_closed(), StartsWith("HTTP/1.1 200 OK\r\n"));
}

TEST_F(HttpTlsServer, StopsWithConnectionsOpen) {
  serve(options());
  const Client idle(server_->port());
  const TlsClient shaken = client();
  TlsClient reader = client();
  reader.say("GET /events HTTP/1.1\r\n\r\n").through("data: 1\n\n\r\n");
  const HttpStream stream = next_stream();
  EXPECT_TRUE(stream.is_open());

  server_.reset();

  EXPECT_FALSE(stream.is_open());
}

/// The message of a start that must fail.
std::string failure(const HttpOptions& options) {
  const auto server = HttpServer::start(options, HttpRoutes{});
  if (server) {
    return "it started";
  }
  EXPECT_EQ(server.error().code, ErrorCode::configuration);
  return server.error().message;
}

TEST_F(HttpTlsServer, NamesTheFileThatCannotBeUsed) {
  const std::string certificate = folder_ / "server.pem";
  const std::string key = folder_ / "server.key";
  const std::string text = folder_ / "text.pem";
  const std::string other = folder_ / "other.key";
  const std::string sealed = folder_ / "sealed.key";
  const std::string open = folder_ / "open.key";
  std::ofstream(text) << "no certificate\n";
  std::filesystem::permissions(text, std::filesystem::perms::owner_read);
  ours_.issue({.name = "EX-2"}).save(folder_ / "other.pem", other);
  server_paper_.save(folder_ / "same.pem", sealed, "a password");
  server_paper_.save(folder_ / "same.pem", open);
  std::filesystem::permissions(open, std::filesystem::perms::others_read,
                               std::filesystem::perm_options::add);
  const auto with = [](const std::string& a, const std::string& b, const std::string& c = {}) {
    return failure({.tls = HttpTls{.certificate_file = a, .key_file = b, .client_ca_file = c}});
  };

  EXPECT_EQ(with("", key), "no TLS certificate file is given");
  EXPECT_EQ(with(certificate, ""), "no TLS key file is given");
  EXPECT_EQ(with("/no/such.pem", key),
            "cannot use TLS certificate file /no/such.pem: there is no such file");
  EXPECT_EQ(with(certificate, "/"),
            "cannot use TLS key file /: it is not a file that this process may read");
  EXPECT_EQ(with(text, key),
            "cannot use TLS certificate file " + text +
                ": no start line. PEM is expected, the server's certificate first");
  EXPECT_THAT(with(certificate, text), HasSubstr("cannot use TLS key file " + text + ": "));
  EXPECT_EQ(with(certificate, other), "cannot use TLS key file " + other +
                                          ": key values mismatch. PEM without a password is "
                                          "expected, with the key of " +
                                          certificate);
  EXPECT_THAT(with(certificate, sealed), HasSubstr("PEM without a password is expected"));
  EXPECT_EQ(with(certificate, open),
            "cannot use TLS key file " + open + ": everybody may read or change it; chmod 600 it");
  EXPECT_EQ(with(certificate, key, "/no/ca.pem"),
            "cannot use TLS client CA file /no/ca.pem: there is no such file");
  EXPECT_EQ(with(certificate, key, text), "cannot use TLS client CA file " + text +
                                              ": no start line. PEM certificates are expected");
  EXPECT_EQ(with(certificate, key, folder_ / "ca.pem"), "it started");
}

}  // namespace
}  // namespace muster::link
