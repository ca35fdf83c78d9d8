// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "link_fixture.h"
#include "nodes/client/connection_file.h"

namespace muster::client {
namespace {

using link::test::must;
using link::test::TemporaryFolder;
using model::ErrorCode;
using testing::HasSubstr;

class NodeConfigFile : public testing::Test {
 protected:
  NodeConfigFile() {
    must(link::save_secret_key(folder_ / "kaz.curve", curve_.secret));
    must(signing_.save((folder_ / "kaz.sign").string()));
  }

  model::Result<NodeConfig> load(const std::string& text) {
    std::ofstream(path()) << text;
    return load_node_config(path());
  }
  /// The message of a file that must not be taken.
  std::string problems(const std::string& text) {
    const auto config = load(text);
    if (config) {
      return "no problem";
    }
    EXPECT_EQ(config.error().code, ErrorCode::configuration);
    return config.error().message;
  }
  [[nodiscard]] std::string path() const { return (folder_ / "node.toml").string(); }

  static std::string good() {
    return fmt::format(
        "[broker]\n"
        "ingest = \"tcp://127.0.0.1:7610\"\n"
        "query = \"tcp://127.0.0.1:7611\"\n"
        "server_key = \"{}\"\n"
        "[node]\n"
        "id = \"KAZ/mod\"\n"
        "curve_key = \"kaz.curve\"\n"
        "signing_key = \"kaz.sign\"\n"
        "outbox = \"outbox\"\n"
        "[drop]\n"
        "folder = \"drop\"\n"
        "poll_ms = 100\n",
        std::string(64, 'a'));
  }
  static std::string with(const std::string& from, const std::string& to) {
    auto text = good();
    text.replace(text.find(from), from.size(), to);
    return text;
  }

  TemporaryFolder folder_;
  link::CurveKeyPair curve_ = link::CurveKeyPair::generate();
  trust::SigningKey signing_ = trust::SigningKey::generate();
};

TEST_F(NodeConfigFile, ReadsEverything) {
  const auto config = load(good());

  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config->connection.ingest_endpoint, "tcp://127.0.0.1:7610");
  EXPECT_EQ(config->connection.query_endpoint, "tcp://127.0.0.1:7611");
  EXPECT_EQ(config->connection.server_key[0], 0xaa);
  EXPECT_EQ(config->connection.curve.public_key, curve_.public_key);
  EXPECT_EQ(config->signing_key->public_key(), signing_.public_key());
  EXPECT_EQ(config->node.view(), "KAZ/mod");
  EXPECT_EQ(config->outbox, (folder_ / "outbox").string()) << "from the file's folder";
  EXPECT_EQ(config->drop_folder, (folder_ / "drop").string());
  EXPECT_EQ(config->drop_poll, std::chrono::milliseconds(100));
}

TEST_F(NodeConfigFile, ReadsHowTheMinistrysFilesAreReadAndSpokenOf) {
  const auto secret = link::CurveKeyPair::generate().secret;
  must(link::save_secret_key(folder_ / "person.key", secret));
  std::ofstream(folder_ / "columns.toml") << "[columns]\npresent = [\"В строю\"]\n";

  const auto config = load(good() +
                           "accept_valid_rows = true\n"
                           "[desk]\n"
                           "language = \"ru\"\n"
                           "columns = \"columns.toml\"\n"
                           "person_key = \"person.key\"\n"
                           "classification = \"CONFIDENTIAL\"\n"
                           "releasable_to = [\"RUS\", \"KAZ\"]\n"
                           "[metrics]\n"
                           "listen = \"[::1]:7622\"\n");

  ASSERT_TRUE(config) << config.error().message;
  EXPECT_TRUE(config->drop_accepts_valid_rows);
  EXPECT_EQ(config->desk_language, "ru");
  EXPECT_EQ(config->desk_columns_path, (folder_ / "columns.toml").string());
  EXPECT_EQ(config->desk_columns, "[columns]\npresent = [\"В строю\"]\n");
  EXPECT_EQ(config->person_key, model::Bytes(secret.reveal().begin(), secret.reveal().end()));
  EXPECT_EQ(config->person_key.size(), 32U);
  EXPECT_EQ(config->classification, model::Classification::confidential);
  ASSERT_EQ(config->releasable_to.size(), 2U);
  EXPECT_EQ(config->releasable_to[0].view(), "RUS");
  EXPECT_EQ(config->releasable_to[1].view(), "KAZ");
  EXPECT_EQ(config->metrics_listen, "[::1]:7622");
}

TEST_F(NodeConfigFile, NeedsNoneOfThat) {
  const auto config = load(good());

  ASSERT_TRUE(config) << config.error().message;
  EXPECT_FALSE(config->drop_accepts_valid_rows);
  EXPECT_EQ(config->desk_language, "");
  EXPECT_EQ(config->desk_columns_path, "");
  EXPECT_THAT(config->person_key, testing::IsEmpty());
  EXPECT_EQ(config->classification, model::Classification::unclassified);
  EXPECT_THAT(config->releasable_to, testing::IsEmpty());
  EXPECT_EQ(config->metrics_listen, "");
}

TEST_F(NodeConfigFile, NamesEveryWrongValueOfTheDeskAndTheMetrics) {
  EXPECT_EQ(problems(good() + "accept_valid_rows = \"yes\"\n"
                              "[desk]\n"
                              "language = \"fr\"\n"
                              "columns = \"none.toml\"\n"
                              "classification = \"HIDDEN\"\n"
                              "releasable_to = [\"KAZ\", \"Kazakhstan\", 7]\n"
                              "person_ky = 1\n"
                              "[metrics]\n"
                              "listen = \"7622\"\n"),
            path() + ":13:21: found drop.accept_valid_rows = \"yes\", expected true or false\n" +
                path() + ":15:12: found desk.language = \"fr\", expected \"en\" or \"ru\"\n" +
                path() + ":16:11: desk.columns: " + (folder_ / "none.toml").string() +
                ": No such file or directory\n" + path() +
                ":17:18: found desk.classification = \"HIDDEN\", expected a classification such as "
                "\"UNCLASSIFIED\" or \"CONFIDENTIAL\"\n" +
                path() +
                ":18:25: found \"Kazakhstan\" in desk.releasable_to, expected a nation such as "
                "\"KAZ\"\n" +
                path() +
                ":18:39: found 7 in desk.releasable_to, expected a nation such as \"KAZ\"\n" +
                path() +
                ":19:1: found desk.person_ky, which is no key of this file: did you mean "
                "'person_key'?\n" +
                path() +
                ":21:10: found metrics.listen = \"7622\", expected an address and a port such as "
                "\"127.0.0.1:7622\"");
}

TEST_F(NodeConfigFile, KeepsTheKeyOfServiceNumbersAsSecretAsTheOthers) {
  must(link::save_secret_key(folder_ / "person.key", link::CurveKeyPair::generate().secret));
  ::chmod((folder_ / "person.key").c_str(), 0640);
  const auto open = load(good() + "[desk]\nperson_key = \"person.key\"\n");
  EXPECT_EQ(open.error().code, ErrorCode::refused);
  EXPECT_THAT(open.error().message, HasSubstr(":14:14: desk.person_key: "));
  EXPECT_THAT(open.error().message, HasSubstr("chmod 600"));

  std::ofstream(folder_ / "short.key") << "12ab\n";
  ::chmod((folder_ / "short.key").c_str(), 0600);
  const auto truncated = load(good() + "[desk]\nperson_key = \"short.key\"\n");
  EXPECT_EQ(truncated.error().code, ErrorCode::malformed);
  EXPECT_THAT(truncated.error().message, HasSubstr("desk.person_key: key file "));
}

TEST_F(NodeConfigFile, LetsWhoOnlyAsksLeaveOutTheRest) {
  auto text = good();
  text.erase(text.find("signing_key"));

  const auto config = load(text);

  ASSERT_TRUE(config) << config.error().message;
  EXPECT_FALSE(config->signing_key);
  EXPECT_EQ(config->outbox, "");
  EXPECT_EQ(config->drop_folder, "");
  EXPECT_EQ(config->drop_poll, std::chrono::milliseconds(500));
}

TEST_F(NodeConfigFile, NamesThePlaceOfAnUnknownKeyAndTheNearestOne) {
  EXPECT_EQ(
      problems(with("outbox = ", "outbx = ")),
      path() + ":9:1: found node.outbx, which is no key of this file: did you mean 'outbox'?");
}

TEST_F(NodeConfigFile, NamesThePlaceOfAnUnknownTable) {
  EXPECT_THAT(problems(with("[drop]", "[dropp]")),
              HasSubstr(":10:2: found 'dropp', which is no table or key of this file: did you mean "
                        "'drop'?"));
}

TEST_F(NodeConfigFile, ReportsAllProblemsAtOnceInTheOrderOfTheFile) {
  const auto text = problems(
      "[broker]\n"
      "ingest = \"http://x\"\n"
      "query = 7\n"
      "server_key = \"12\"\n"
      "[node]\n"
      "id = \"kaz\"\n"
      "colour = true\n"
      "[drop]\n"
      "poll_ms = 1\n");

  for (const auto* expected :
       {":2:10: found broker.ingest = \"http://x\", expected an endpoint",
        ":3:9: found broker.query = 7, expected an endpoint",
        ":4:14: found broker.server_key = \"12\", expected the broker's public key",
        ":5:1: found no node.curve_key, expected the file of the CURVE key",
        ":6:6: found node.id = \"kaz\", expected the node's name", ":7:1: found node.colour",
        ":9:11: found drop.poll_ms = 1, expected a whole number from 10 to 3600000"}) {
    EXPECT_THAT(text, HasSubstr(expected));
  }
  EXPECT_LT(text.find(":3:9"), text.find(":9:11"));
}

TEST_F(NodeConfigFile, NamesThePlaceWhereTheTextIsNotToml) {
  EXPECT_THAT(problems("[broker]\ningest = tcp://\n"), HasSubstr(path() + ":2:"));
}

TEST_F(NodeConfigFile, SaysThatATableIsNotATable) {
  EXPECT_THAT(problems("broker = 1\n[node]\n"), HasSubstr("found broker = 1, expected a table"));
}

TEST_F(NodeConfigFile, SaysWhichTablesAreMissing) {
  const auto text = problems("");

  EXPECT_THAT(text, HasSubstr("found no broker.ingest"));
  EXPECT_THAT(text, HasSubstr("found no node.id"));
}

TEST_F(NodeConfigFile, IsNotFound) {
  const auto config = load_node_config((folder_ / "none.toml").string());

  EXPECT_EQ(config.error().code, ErrorCode::not_found);
  EXPECT_THAT(config.error().message, HasSubstr("none.toml"));
}

TEST_F(NodeConfigFile, PassesOnWhatIsWrongWithAKeyFile) {
  const auto missing = load(with("kaz.curve", "none.curve"));
  EXPECT_EQ(missing.error().code, ErrorCode::not_found);
  EXPECT_THAT(missing.error().message, HasSubstr(":7:13: node.curve_key: "));

  ::chmod((folder_ / "kaz.sign").c_str(), 0644);
  const auto open = load(good());
  EXPECT_EQ(open.error().code, ErrorCode::refused);
  EXPECT_THAT(open.error().message, HasSubstr("chmod 600"));
}

}  // namespace
}  // namespace muster::client
