// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "link_fixture.h"
#include "nodes/ministry/daemon.h"

namespace muster::ministry {
namespace {

using link::test::must;
using testing::HasSubstr;

class NodeStart : public testing::Test {
 protected:
  NodeStart() {
    must(link::save_secret_key(folder_ / "kaz.curve", link::CurveKeyPair::generate().secret));
    must(trust::SigningKey::generate().save((folder_ / "kaz.sign").string()));
  }
  std::string write(const std::string& node, const std::string& drop) {
    const auto path = (folder_ / "node.toml").string();
    std::ofstream(path) << fmt::format(
        "[broker]\ningest = \"tcp://127.0.0.1:1\"\nquery = \"tcp://127.0.0.1:1\"\nserver_key = "
        "\"{}\"\n[node]\nid = \"KAZ/mod\"\n{}\n{}",
        std::string(64, 'a'), node, drop);
    return path;
  }
  static constexpr const char* kNodeKeys =
      "curve_key = \"kaz.curve\"\nsigning_key = \"kaz.sign\"\noutbox = \"outbox\"";

  link::test::TemporaryFolder folder_;
};

TEST_F(NodeStart, TakesAGoodConfiguration) {
  EXPECT_TRUE(load_config(write(kNodeKeys, "[drop]\nfolder = \"drop\"")));
}

TEST_F(NodeStart, NamesEverythingThatANodeNeedsAndTheFileLacks) {
  const auto config = load_config(write("curve_key = \"kaz.curve\"", ""));

  EXPECT_EQ(config.error().exit, Exit::configuration);
  EXPECT_THAT(config.error().message, HasSubstr("found no node.signing_key"));
  EXPECT_THAT(config.error().message, HasSubstr("found no node.outbox"));
  EXPECT_THAT(config.error().message, HasSubstr("found no drop.folder"));
}

TEST_F(NodeStart, TellsABadFileFromBadKeys) {
  EXPECT_EQ(load_config((folder_ / "none.toml").string()).error().exit, Exit::configuration);
  EXPECT_EQ(load_config(write("colour = 1", "")).error().exit, Exit::configuration);
  EXPECT_EQ(load_config(write("curve_key = \"none.curve\"", "")).error().exit, Exit::refused);
}

TEST_F(NodeStart, SaysWhichFolderCannotBeMade) {
  std::ofstream(folder_ / "file") << "";
  const auto config = load_config(write(kNodeKeys, "[drop]\nfolder = \"file/drop\""));
  ASSERT_TRUE(config);

  const auto ran = run(*config);

  EXPECT_EQ(ran.error().exit, Exit::cannot_create);
  EXPECT_THAT(ran.error().message, HasSubstr("file/drop"));
}

}  // namespace
}  // namespace muster::ministry
