// SPDX-License-Identifier: Apache-2.0
// A node is killed again and again while it publishes: what publish() kept arrives, once.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <random>
#include <sstream>

#include "nodes/client/connection_file.h"
#include "tests/crash/node_child.h"
#include "tests/crash/oracle.h"
#include "tests/crash/verify.h"
#include "tests/e2e/broker_process.h"

namespace muster::crash {
namespace {

using namespace std::chrono_literals;
using e2e::BrokerProcess;
using e2e::kPatience;
using e2e::must;
using e2e::Program;
using testing::IsEmpty;

constexpr int kKills = 30;

class NodeKill : public testing::Test {
 protected:
  /// One life of the node, which ends at a random moment of its work.
  void live_and_die(std::mt19937_64& random) {
    Program child({"/proc/self/exe", kNodeChildFlag, workspace_.folder.string(), node_.str(),
                   std::to_string(random())});
    // Some die while they open their outbox, the others after their first promise.
    const bool dies_early = random() % 6 == 0;
    if (!dies_early) {
      ASSERT_TRUE(child.line_with("kept ")) << child.output();
    }
    const auto delay = std::chrono::milliseconds(random() % (dies_early ? 40 : 150));
    ASSERT_EQ(child.exit_code(delay), std::nullopt) << "it ended by itself: " << child.output();
    child.kill();
    listen(child.output());
  }

  /// Takes in what the node said before it died. A line that it did not finish counts for nothing.
  void listen(const std::string& output) {
    std::istringstream lines(output.substr(0, output.rfind('\n') + 1));
    for (std::string line; std::getline(lines, line);) {
      std::istringstream words(line);
      std::string what, hash;
      std::uint64_t seq = 0;
      words >> what >> seq >> hash;
      if (what == "kept") {
        oracle_.pushed({node_, seq}, must(model::parse_hex<model::Hash>(hash)));
        ++kept_;
      } else if (what == "acknowledged") {
        acknowledged_.push_back(seq);
      }
    }
  }

  /// The node's last life is a good one.
  void settle() {
    auto config = must(client::load_node_config(workspace_.node_config(node_).string()));
    const auto publisher = must(client::Publisher::start(
        *context_,
        {.connection = config.connection, .node = node_, .signing_key = *config.signing_key},
        must(storage::open_outbox(config.outbox)), [](const client::Acknowledged&) {}));
    EXPECT_TRUE(publisher->wait_until_acknowledged(kPatience)) << publisher->status().problem;
  }

  e2e::TemporaryFolder folder_;
  exercise::Workspace workspace_ = make_workspace_with_ports(folder_.path());
  model::NodeId node_ = must(model::NodeId::parse("KAZ/mod"));
  std::unique_ptr<link::Context> context_ = must(link::Context::create());
  Oracle oracle_;
  std::uint64_t kept_ = 0;
  std::vector<std::uint64_t> acknowledged_;
};

TEST_F(NodeKill, DeliversOnceWhatPublishHadKept) {
  std::mt19937_64 random(seed_of_this_run());
  BrokerProcess broker(workspace_);
  ASSERT_TRUE(broker.is_ready()) << broker.program().output();

  for (int kill = 1; kill <= kKills; ++kill) {
    SCOPED_TRACE(fmt::format("kill {}", kill));
    ASSERT_NO_FATAL_FAILURE(live_and_die(random));
  }
  settle();
  broker.program().kill();
  const auto ledger = read_ledger(workspace_);

  fmt::print("{} kills, {} reports kept, {} acknowledged before one\n", kKills, kept_,
             acknowledged_.size());
  EXPECT_GT(kept_, static_cast<std::uint64_t>(kKills));
  EXPECT_THAT(broken_promises(ledger, oracle_, Strangers::allowed), IsEmpty());
  const auto& entries = oracle_.entries().at(node_);
  for (const auto& [seq, entry] : entries) {
    ASSERT_EQ(entry.pushed.size(), 1U) << "seq " << seq << " was given to two reports";
  }
  // Everything that was kept is in the ledger, so what was acknowledged only has to be among it.
  const auto last = ledger.back().first_seq + ledger.back().verdicts.size() - 1;
  for (const auto seq : acknowledged_) {
    ASSERT_LE(seq, last);
  }
}

}  // namespace
}  // namespace muster::crash
