// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "schemas/link/curve.h"
#include "schemas/text/report_json.h"
#include "schemas/trust/signing.h"
#include "tests/unit/secretariat_rig.h"
#include "tests/unit/text_samples.h"

namespace muster::secretariat {
namespace {

using rig::Folder;
using rig::World;
using ::testing::HasSubstr;

unsigned mode_of(const std::string& path) {
  struct stat info{};
  EXPECT_EQ(::stat(path.c_str(), &info), 0) << path;
  return info.st_mode & 07777U;
}

TEST(Keys, AreWrittenForTheirOwnerAlone) {
  World world;
  const Folder folder;

  const auto ran =
      world.run({"keys", "generate", "--out", folder.path("new/keys"), "--node", "KAZ/mod"});

  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(ran.err, "");
  EXPECT_EQ(mode_of(folder.path("new/keys/kaz-mod.curve")), 0600U);
  EXPECT_EQ(mode_of(folder.path("new/keys/kaz-mod.sign")), 0600U);
}

TEST(Keys, AreShownByPublicKeyAndFingerprint) {
  World world;
  const Folder folder;

  const auto ran = world.run({"keys", "generate", "--out", folder.path(""), "--name", "kaz"});

  const auto secret = link::load_secret_key(folder.path("kaz.curve"));
  const auto signing = trust::SigningKey::load(folder.path("kaz.sign"));
  ASSERT_TRUE(secret && signing);
  const auto curve = link::CurveKeyPair::from_secret(*secret);
  ASSERT_TRUE(curve);
  EXPECT_THAT(ran.out, HasSubstr(model::to_hex(curve->public_key)));
  EXPECT_THAT(ran.out, HasSubstr(link::fingerprint(curve->public_key)));
  EXPECT_THAT(ran.out, HasSubstr(model::to_hex(signing->public_key())));
  EXPECT_THAT(ran.out, HasSubstr(trust::fingerprint(signing->public_key())));
  EXPECT_THAT(ran.out, ::testing::Not(HasSubstr(model::to_hex(secret->reveal()))));
  EXPECT_THAT(ran.err, HasSubstr("the entry has no node_id"));
}

TEST(Keys, AreNeverOverwritten) {
  World world;
  for (const std::string taken : {"kaz.curve", "kaz.sign"}) {
    const Folder folder;
    const auto file = folder.write(taken, "precious");

    const auto ran = world.run({"keys", "generate", "--out", folder.path(""), "--name", "kaz"});

    EXPECT_EQ(ran.code, 73);
    EXPECT_THAT(ran.err, HasSubstr(taken + " exists, and a key is never overwritten"));
    EXPECT_EQ(rig::read_file(file), "precious");
    const auto* other = taken == "kaz.sign" ? "kaz.curve" : "kaz.sign";
    EXPECT_FALSE(std::filesystem::exists(folder.path(other)));
  }
}

TEST(Keys, StayInTheirFolder) {
  World world;
  const Folder folder;

  for (const auto* name : {"../kaz", "a/b", ".hidden", ".."}) {
    const auto ran = world.run({"keys", "generate", "--out", folder.path(""), "--name", name});
    EXPECT_EQ(ran.code, 64) << name;
  }
}

TEST(Keys, NeedAFolderThatCanBeMade) {
  World world;
  const Folder folder;
  const auto file = folder.write("file", "");

  EXPECT_EQ(world.run({"keys", "generate", "--out", file + "/keys"}).code, 73);
}

TEST(Keys, GiveAnEntryThatARegistryTakes) {
  World world;
  const Folder folder;

  const auto ran = world.run({"keys", "generate", "--out", folder.path(""), "--node", "KAZ/mod"});

  const auto entry = ran.out.substr(ran.out.find('{'));
  const auto parsed =
      text::registry_from_json(R"({"realm": "EXERCISE", "nodes": [)" + entry + "]}");
  ASSERT_TRUE(parsed.problems.empty()) << text::describe(parsed.problems[0]);
  ASSERT_EQ(parsed.registry.nodes.size(), 1U);
  EXPECT_EQ(parsed.registry.nodes[0].node_id.view(), "KAZ/mod");
  EXPECT_EQ(parsed.registry.nodes[0].roles, std::vector{model::Role::publisher});
  EXPECT_EQ(parsed.registry.nodes[0].valid_from, world.now);
}

TEST(Keys, AreOneDocumentAsJson) {
  World world;
  const Folder folder;

  const auto ran =
      world.run({"keys", "generate", "--out", folder.path(""), "--node", "KAZ/mod", "-o", "json"});

  text::Problems problems;
  const auto document = text::parse_json(ran.out, problems).root;
  EXPECT_TRUE(problems.empty());
  ASSERT_NE(document.find("node"), nullptr);
  EXPECT_EQ(document.find("node")->find("node_id")->text, "KAZ/mod");
  ASSERT_NE(document.find("rows"), nullptr);
  EXPECT_EQ(document.find("rows")->items.size(), 2U);
}

// ---- server check -------------------------------------------------------------------------------

TEST(Check, IsFineWhenAllNationsReport) {
  World world;
  auto answer = text::samples::server_info_answer();
  answer.header.nations_missing.clear();
  answer.header.nations_stale.clear();
  answer.header.stale_strength = 0;
  world.answer = answer;

  const auto ran = world.run({"server", "check", "--format", "nagios"});

  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.out,
            "MUSTER OK - answered in 12 ms, ledger 212, 2 of 2 nations reporting | "
            "time=12ms;1000;; ledger=212 missing=0;0;; stale=0;0;; stale_strength=0\n");
}

TEST(Check, WarnsOfMissingAndStaleNationsAndSlowAnswers) {
  World world;
  world.answer = text::samples::server_info_answer();

  const auto nations = world.run({"server", "check"});
  world.answer_takes = std::chrono::milliseconds{1'500};
  const auto slow = world.run({"server", "check", "--format", "nagios"});

  EXPECT_EQ(nations.code, 1);
  EXPECT_EQ(nations.out,
            "OK        answered in 12 ms\n"
            "OK        ledger 212\n"
            "OK        2 of 3 nations reporting\n"
            "WARNING   missing: TJK\n"
            "WARNING   stale: KAZ\n");
  EXPECT_EQ(slow.code, 1);
  EXPECT_THAT(slow.out, HasSubstr("answered in 1500 ms, slower than 1000 ms"));
}

TEST(Check, IsOneDocumentAsJson) {
  World world;
  world.answer = text::samples::server_info_answer();

  const auto json = world.run({"server", "check", "-o", "json"});
  const auto csv = world.run({"server", "check", "-o", "csv"});

  EXPECT_EQ(json.code, 1);
  text::Problems problems;
  const auto document = text::parse_json(json.out, problems).root;
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(document.find("apiVersion")->text, "muster/v1");
  EXPECT_EQ(document.find("kind")->text, "ServerCheck");
  EXPECT_EQ(document.find("status")->text, "WARNING");
  ASSERT_EQ(document.find("checks")->items.size(), 5U);
  EXPECT_EQ(document.find("checks")->items[3].find("status")->text, "WARNING");
  EXPECT_EQ(document.find("checks")->items[3].find("says")->text, "missing: TJK");
  EXPECT_THAT(csv.out, HasSubstr("status,says\nOK,answered in 12 ms\n"));
}

TEST(Check, IsCriticalWhenTheBrokerCannotBeReached) {
  World world;
  world.answer = model::fail(model::ErrorCode::unavailable, "cannot reach | the\nbroker");

  const auto ran = world.run({"server", "check", "--format", "nagios"});

  EXPECT_EQ(ran.code, 2);
  EXPECT_EQ(ran.out, "MUSTER CRITICAL - cannot reach / the broker\n");
}

TEST(Check, IsUnknownWithoutAConfiguration) {
  World world;
  world.config = model::fail(model::ErrorCode::configuration, "kaz.toml:1:1: wrong");

  EXPECT_EQ(world.run({"server", "check", "--format", "nagios"}).code, 3);
}

}  // namespace
}  // namespace muster::secretariat
