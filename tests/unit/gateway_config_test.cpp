// SPDX-License-Identifier: Apache-2.0
#include "nodes/gateway/gateway_config.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "schemas/link/curve.h"

namespace muster::gateway {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
namespace fs = std::filesystem;

class GatewayConfiguration : public testing::Test {
 protected:
  GatewayConfiguration() {
    std::string pattern = (fs::temp_directory_path() / "muster-gateway-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    fs::create_directory(folder_ / "board");
    const auto keys = link::CurveKeyPair::generate();
    EXPECT_TRUE(link::save_secret_key((folder_ / "node.curve").string(), keys.secret));
    write("node.toml",
          "[broker]\ningest = \"tcp://127.0.0.1:1\"\nquery = \"tcp://127.0.0.1:2\"\nserver_key = "
          "\"" +
              model::to_hex(keys.public_key) +
              "\"\n[node]\nid = \"SEC/board\"\ncurve_key = \"node.curve\"\n");
  }
  ~GatewayConfiguration() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  [[nodiscard]] model::Result<GatewayConfig> load(const std::string& text) const {
    write("gateway.toml", text);
    return load_gateway_config((folder_ / "gateway.toml").string());
  }
  /// What is wrong, without the name of the file.
  [[nodiscard]] std::string problem(const std::string& text) const {
    const auto config = load(text);
    if (config) {
      return "(good)";
    }
    auto message = config.error().message;
    const auto path = (folder_ / "gateway.toml").string();
    for (auto at = message.find(path); at != std::string::npos; at = message.find(path)) {
      message.erase(at, path.size());
    }
    return message;
  }
  fs::path folder_;
};

constexpr const char* kIdentity = "[[identity]]\nconfig = \"node.toml\"\n";

TEST_F(GatewayConfiguration, IsReadWhole) {
  const auto config = load(
      "[gateway]\nlisten = \"[::1]:7777\"\nweb = \"board\"\nmarking = \"EXERCISE\"\n"
      "hosts = [\"board.example\"]\nstreams_max = 700\nconnections_max = 2000\n"
      "request_seconds = 5\nanswer_seconds = 30\nheader_bytes_max = 4096\n"
      "[tls]\ncertificate = \"server.pem\"\nkey = \"server.key\"\nclient_ca = \"ca.pem\"\n"
      "[[identity]]\nconfig = \"node.toml\"\ncertificates = [\"officer.example\", \"sha256:" +
      std::string(64, 'a') +
      "\"]\n"
      "[[nation]]\ncode = \"KAZ\"\nen = \"Kazakhstan\"\nru = \"Казахстан\"\n"
      "[[nation]]\ncode = \"ARM\"\nen = \"Armenia\"\nru = \"Армения\"\n");

  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config->address, "::1");
  EXPECT_EQ(config->port, 7777);
  EXPECT_EQ(config->web, (folder_ / "board").string());
  EXPECT_EQ(config->marking, "EXERCISE");
  EXPECT_THAT(config->hosts, ElementsAre("board.example"));
  EXPECT_EQ(config->streams_max, 700U);
  EXPECT_EQ(config->connections_max, 2000U);
  EXPECT_EQ(config->header_bytes_max, 4096U);
  EXPECT_EQ(config->request_max, std::chrono::seconds{5});
  EXPECT_EQ(config->answer_max, std::chrono::seconds{30});
  ASSERT_TRUE(config->tls);
  EXPECT_EQ(config->tls->certificate_file, (folder_ / "server.pem").string());
  EXPECT_EQ(config->tls->client_ca_file, (folder_ / "ca.pem").string());
  ASSERT_EQ(config->identities.size(), 1U);
  EXPECT_EQ(config->identities[0].node.node.view(), "SEC/board");
  EXPECT_EQ(config->identities[0].certificates.size(), 2U);
  ASSERT_EQ(config->nations.size(), 2U);
  EXPECT_EQ(config->nations[0].code.view(), "KAZ");
  EXPECT_EQ(config->nations[0].ru, "Казахстан");
}

TEST_F(GatewayConfiguration, NeedsNothingButAnIdentity) {
  const auto config = load(kIdentity);

  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config->address, "127.0.0.1");
  EXPECT_EQ(config->port, 7690);
  EXPECT_EQ(config->web, "");
  EXPECT_THAT(config->nations, IsEmpty());
}

TEST_F(GatewayConfiguration, NamesEachMistakeAtItsPlace) {
  EXPECT_EQ(problem("[gateway]\nlistn = \"x\"\nstreams_max = 0\nhosts = \"a\"\nweb = \"missing\"\n"
                    "[gatewy]\n[[identity]]\nconfig = \"node.toml\"\n"
                    "[[nation]]\ncode = \"kaz\"\nen = 3\n"),
            ":2:1: found gateway.listn, which is no key of this file: did you mean 'listen'?\n"
            ":3:15: found gateway.streams_max = 0, expected a whole number from 1 to 10000\n"
            ":4:9: found gateway.hosts = \"a\", expected a list of at most 256 texts\n"
            ":5:7: found gateway.web = \"missing\", expected a folder that is there: build the "
            "page with ops/board/make\n"
            ":6:2: found 'gatewy', which is no table or key of this file: did you mean "
            "'gateway'?\n"
            ":9:1: found no nation.ru, expected its name in Russian\n"
            ":10:8: found nation.code = \"kaz\", expected a nation such as \"KAZ\"\n"
            ":11:6: found nation.en = 3, expected a text");
  EXPECT_THAT(problem("[gateway\n"), HasSubstr(":1:"));
  EXPECT_THAT(problem("identity = 3\n"), HasSubstr("found identity = 3, expected [[identity]]"));
  EXPECT_THAT(problem("[[gateway]]\n"), HasSubstr("expected [gateway]"));
}

TEST_F(GatewayConfiguration, TakesOnlyLoopbackWithoutTls) {
  for (const auto* address : {"0.0.0.0", "192.0.2.1", "[::]", "[::ffff:127.0.0.1]"}) {
    EXPECT_THAT(problem("[gateway]\nlisten = \"" + std::string(address) +
                        ":7690\"\nhosts = [\"x\"]\n" + kIdentity),
                HasSubstr("without [tls], expected a loopback address: nothing would be encrypted"))
        << address;
  }
  for (const auto* address : {"127.0.0.1", "127.1.2.3", "[::1]"}) {
    EXPECT_EQ(problem("[gateway]\nlisten = \"" + std::string(address) + ":0\"\n" + kIdentity),
              "(good)")
        << address;
  }
}

TEST_F(GatewayConfiguration, ListensAtAnAddressAndNoName) {
  for (const auto* listen : {"localhost:7690", "127.evil:1", "127.1:1", "[127.0.0.1]:1", "::1:7690",
                             "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:1x", ":1"}) {
    EXPECT_EQ(problem("[gateway]\nlisten = \"" + std::string(listen) + "\"\n" + kIdentity),
              ":2:10: found gateway.listen = \"" + std::string(listen) +
                  "\", expected an address, not a name, and a port such as \"127.0.0.1:7690\" or "
                  "\"[::1]:7690\"");
  }
}

TEST_F(GatewayConfiguration, IsCalledByNamesWithoutPort) {
  for (const auto* host : {"board.example:443", "https://board.example", "::1", "a b"}) {
    EXPECT_THAT(problem("[gateway]\nhosts = [\"" + std::string(host) + "\"]\n" + kIdentity),
                HasSubstr("expected names without scheme and port, such as \"board.example\""))
        << host;
  }
  EXPECT_EQ(problem("[gateway]\nhosts = [\"board.example\", \"[::1]\"]\n" + std::string(kIdentity)),
            "(good)");
}

constexpr const char* kOpen =
    "[gateway]\nlisten = \"192.0.2.1:443\"\nhosts = [\"board.example\"]\n[tls]\ncertificate = "
    "\"a\"\nkey = \"b\"\n";

TEST_F(GatewayConfiguration, WantsCertificatesOfAllWhoComeFromElsewhere) {
  EXPECT_THAT(problem(std::string(kOpen) + kIdentity),
              HasSubstr("without tls.client_ca, expected the certificates of those who may come"));
  EXPECT_THAT(problem(std::string(kOpen) + "client_ca = \"c\"\n" + kIdentity),
              HasSubstr("found an identity without certificates, expected certificates: anybody is "
                        "welcome on loopback alone"));
  EXPECT_EQ(problem(std::string(kOpen) + "client_ca = \"c\"\n" + kIdentity +
                    "certificates = [\"officer.example\"]\n"),
            "(good)");
  EXPECT_THAT(problem("[gateway]\nlisten = \"192.0.2.1:443\"\n[tls]\ncertificate = \"a\"\nkey = "
                      "\"b\"\nclient_ca = \"c\"\n" +
                      std::string(kIdentity) + "certificates = [\"x\"]\n"),
              HasSubstr("without hosts, expected the names that the gateway is called by"));
}

TEST_F(GatewayConfiguration, KnowsWhoIsMeant) {
  EXPECT_THAT(problem(""), HasSubstr("found 0 [[identity]], expected 1 to 64"));
  EXPECT_THAT(problem(std::string(kIdentity) + kIdentity),
              HasSubstr("found 2 identities without certificates, expected one at most"));
  EXPECT_THAT(problem(std::string(kIdentity) + "certificates = [\"x\"]\n"),
              HasSubstr("found certificates of an identity without tls.client_ca"));
  EXPECT_THAT(problem(std::string(kOpen) + "client_ca = \"c\"\n" + kIdentity +
                      "certificates = [\"x\"]\n" + kIdentity + "certificates = [\"x\"]\n"),
              HasSubstr("found the certificate x in two places, expected one identity for each"));
  EXPECT_THAT(problem(std::string(kIdentity) + "certificates = [\"sha256:12\"]\n"),
              HasSubstr("expected a list of common names, or of \"sha256:\" and 64"));
  const std::string digits(64, 'a');
  std::string pairs = "AA";
  for (int i = 1; i < 32; ++i) {
    pairs += ":AA";
  }
  for (const auto& other : {digits, pairs, "SHA256:" + digits, "sha256:" + std::string(64, 'A')}) {
    EXPECT_THAT(problem(std::string(kOpen) + "client_ca = \"c\"\n" + kIdentity +
                        "certificates = [\"" + other + "\"]\n"),
                HasSubstr("expected a list of common names, or of \"sha256:\" and 64"))
        << "would be taken for a name: " << other;
  }
  EXPECT_THAT(problem("[tls]\ncertificate = \"a\"\nkey = \"b\"\nclient_ca = \"c\"\n" +
                      std::string(kIdentity)),
              HasSubstr("without certificates beside tls.client_ca, expected certificates"));
  write("broken.toml", "[broker\n");
  EXPECT_THAT(problem("[[identity]]\nconfig = \"broken.toml\"\n"), HasSubstr("identity.config: "));
  EXPECT_THAT(problem(std::string(kIdentity) +
                      "[[nation]]\ncode = \"KAZ\"\nen = \"a\"\nru = \"b\"\n[[nation]]\ncode = "
                      "\"KAZ\"\nen = \"a\"\nru = \"b\"\n"),
              HasSubstr("expected each nation once"));
  EXPECT_THAT(
      problem("[gateway]\nstreams_max = 10\nconnections_max = 10\n" + std::string(kIdentity)),
      HasSubstr("expected more connections than streams"));
}

TEST_F(GatewayConfiguration, ThatIsMissingIsSaid) {
  const auto config = load_gateway_config((folder_ / "none.toml").string());

  ASSERT_FALSE(config);
  EXPECT_EQ(config.error().code, model::ErrorCode::not_found);
  EXPECT_EQ(config.error().message,
            (folder_ / "none.toml").string() +
                ": No such file or directory - expected the gateway's configuration: "
                "muster-exercise prepare DIR writes DIR/gateway.toml for an exercise, "
                "muster-gateway --print-config prints one to be filled in");
  EXPECT_EQ(problem("[[identity]]\nconfig = \"none.toml\"\n"),
            ":2:10: found identity.config = \"none.toml\", expected the configuration of a node, "
            "as of muster --config, at " +
                (folder_ / "none.toml").string() +
                ": muster-exercise prepare writes one for each node");
}

/// All that a configuration says.
std::string said(const GatewayConfig& config) {
  std::string text = fmt::format(
      "{}:{} {} {} {} {} {} {} {} {}", config.address, config.port, config.web, config.marking,
      fmt::join(config.hosts, ","), config.streams_max, config.connections_max,
      config.request_max.count(), config.answer_max.count(), config.header_bytes_max);
  if (config.tls) {
    text += fmt::format(" {} {} {}", config.tls->certificate_file, config.tls->key_file,
                        config.tls->client_ca_file);
  }
  for (const auto& identity : config.identities) {
    text += fmt::format(" {} {} {}", identity.node.path, identity.node.node.view(),
                        fmt::join(identity.certificates, ","));
  }
  for (const auto& nation : config.nations) {
    text += fmt::format(" {} {} {}", nation.code.view(), nation.en, nation.ru);
  }
  return text;
}

TEST_F(GatewayConfiguration, IsPrintedAsItIsRead) {
  const auto config = load(
      "[gateway]\nlisten = \"[::1]:7777\"\nweb = \"board\"\nmarking = 'A \"B\" \\ C'\n"
      "hosts = [\"board.example\", \"[::1]\"]\nstreams_max = 700\nconnections_max = 2000\n"
      "request_seconds = 5\nanswer_seconds = 30\nheader_bytes_max = 4096\n"
      "[tls]\ncertificate = \"server.pem\"\nkey = \"server.key\"\nclient_ca = \"ca.pem\"\n"
      "[[identity]]\nconfig = \"node.toml\"\ncertificates = [\"officer.example\"]\n"
      "[[identity]]\nconfig = \"node.toml\"\ncertificates = [\"member.example\"]\n"
      "[[nation]]\ncode = \"KAZ\"\nen = \"Kazakhstan\"\nru = \"Казахстан\"\n");
  ASSERT_TRUE(config) << config.error().message;
  fs::create_directory(folder_ / "elsewhere");
  write("elsewhere/gateway.toml", print_config(*config));

  const auto again = load_gateway_config((folder_ / "elsewhere/gateway.toml").string());

  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(said(*again), said(*config));
  EXPECT_EQ(config->marking, "A \"B\" \\ C");
}

TEST_F(GatewayConfiguration, IsPrintedToBeFilledIn) {
  auto text = print_config({});
  fs::create_directory(folder_ / "nodes");
  fs::copy_file(folder_ / "node.curve", folder_ / "nodes/node.curve");
  fs::copy_file(folder_ / "node.toml", folder_ / "nodes/sec-board.toml");
  const auto config = load(text);
  ASSERT_TRUE(config) << config.error().message;
  auto expected = GatewayConfig{};
  expected.identities = config->identities;
  EXPECT_EQ(said(*config), said(expected)) << "nothing but the identity is decided";

  // What is no sentence is a key: all of them taken at their word are a configuration as well.
  for (const auto* key : {"web", "marking", "hosts", "[tls]", "certificate", "key", "client_ca",
                          "certificates", "[[nation]]", "code", "en", "ru"}) {
    const auto at = text.find(fmt::format("\n# {}{}", key, key[0] == '[' ? "\n" : " = "));
    ASSERT_NE(at, std::string::npos) << key << " in\n" << text;
    text.erase(at + 1, 2);
  }
  fs::create_directory(folder_ / "page");
  const auto web = text.find("/usr/share/muster/board");
  text.replace(web, std::string_view("/usr/share/muster/board").size(), "page");
  const auto full = load(text);
  ASSERT_TRUE(full) << full.error().message;
  EXPECT_EQ(full->web, (folder_ / "page").string());
  EXPECT_EQ(full->identities[0].certificates, std::vector<std::string>{"officer.example"});
  EXPECT_EQ(full->nations[0].ru, "Армения");
}

}  // namespace
}  // namespace muster::gateway
