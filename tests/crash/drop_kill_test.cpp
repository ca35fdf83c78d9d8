// SPDX-License-Identifier: Apache-2.0
// muster-node is killed again and again while files of all kinds are dropped: each becomes its
// reports, once, and gets its receipt.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <random>
#include <thread>

#include "nodes/client/connection_file.h"
#include "tests/crash/drop_files.h"
#include "tests/crash/verify.h"
#include "tests/e2e/broker_process.h"

namespace muster::crash {
namespace {

using namespace std::chrono_literals;
using e2e::BrokerProcess;
using e2e::must;
using e2e::Program;
using std::chrono::milliseconds;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr int kKills = 100;
constexpr milliseconds kSettleMax{60'000};

class DropKill : public testing::Test {
 protected:
  DropKill() {
    // Short rounds: the folder is looked at often.
    auto config = e2e::read_text(config_path());
    constexpr std::string_view kSlow = "poll_ms = 200";
    config.replace(config.find(kSlow), kSlow.size(), "poll_ms = 20");
    e2e::write_text(config_path(), config);
  }
  [[nodiscard]] std::filesystem::path config_path() const { return workspace_.node_config(node_); }
  [[nodiscard]] Program node() const {
    return Program({MUSTER_NODE, "run", "--config", config_path().string()});
  }

  /// One life of the node, which ends at a random moment of its work.
  void live_and_die(std::mt19937_64& random, DropFiles& files) {
    auto child = node();
    // Some die while they open their outbox or recover.
    const bool dies_early = random() % 5 == 0;
    if (!dies_early) {
      ASSERT_TRUE(child.line_with("event=started")) << child.output();
    }
    for (auto count = random() % 5; count > 0; --count) {
      files.drop_one();
      ASSERT_EQ(child.exit_code(milliseconds(random() % 30)), std::nullopt) << child.output();
    }
    ASSERT_EQ(child.exit_code(milliseconds(random() % (dies_early ? 60 : 120))), std::nullopt)
        << "it ended by itself: " << child.output();
    child.kill();
    taken_up_ += child.output().find("event=recovered") != std::string::npos ? 1 : 0;
  }

  /// The node's last life is a good one.
  void settle(const DropFiles& files) {
    auto child = node();
    const auto deadline = std::chrono::steady_clock::now() + kSettleMax;
    ASSERT_TRUE(child.line_with("event=started")) << child.output();
    while (!files.all_done() && std::chrono::steady_clock::now() < deadline) {
      std::this_thread::sleep_for(20ms);
    }
    child.signal(SIGTERM);
    EXPECT_EQ(child.exit_code(), 0) << child.output();
    EXPECT_TRUE(files.all_done()) << child.output();
  }
  [[nodiscard]] std::vector<std::string> broken(const std::vector<storage::LedgerRecord>& ledger,
                                                const std::vector<DroppedFile>& files) const {
    return broken_drop_promises(ledger, node_, files, workspace_.drop_folder(node_));
  }

  /// Negative controls: what the check exists for is found.
  void check_the_check(std::vector<storage::LedgerRecord> ledger, std::vector<DroppedFile> files) {
    auto doubled = ledger;
    doubled.push_back(ledger.back());
    EXPECT_THAT(broken(doubled, files), Contains(HasSubstr("is in the ledger 2 times")));
    auto missing = ledger;
    missing.pop_back();
    EXPECT_THAT(broken(missing, files), Contains(HasSubstr("is in the ledger 0 times")));
    const auto last = files.front();
    files.erase(files.begin());
    EXPECT_THAT(broken(ledger, files), Contains(HasSubstr("was never dropped")));
    files.push_back(last);
    files.back().name = "other.json";
    EXPECT_THAT(broken(ledger, files), Contains("other.json: stands in 0 places, the first none"));
  }

  int taken_up_ = 0;  // Lives that found a file in the middle of its way.
  e2e::TemporaryFolder folder_;
  exercise::Workspace workspace_ = make_workspace_with_ports(folder_.path());
  model::NodeId node_ = must(model::NodeId::parse("KAZ/mod"));
};

TEST_F(DropKill, PublishesEachFileOnceAndGivesItsReceipt) {
  std::mt19937_64 random(seed_of_this_run());
  BrokerProcess broker(workspace_);
  ASSERT_TRUE(broker.is_ready()) << broker.program().output();
  DropFiles files(workspace_.drop_folder(node_), random());
  files.declare();
  ASSERT_NO_FATAL_FAILURE(settle(files));

  for (int kill = 1; kill <= kKills; ++kill) {
    SCOPED_TRACE(fmt::format("kill {}", kill));
    const bool is_offline = random() % 8 == 0;
    if (is_offline) {
      broker.program().stop();
    }
    ASSERT_NO_FATAL_FAILURE(live_and_die(random, files));
    if (is_offline) {
      broker.program().signal(SIGCONT);
    }
  }
  ASSERT_NO_FATAL_FAILURE(settle(files));
  broker.program().kill();
  const auto ledger = read_ledger(workspace_);

  fmt::print("{} kills, {} files, {} lives took up what was pushed or about to be\n", kKills,
             files.files().size(), taken_up_);
  EXPECT_GT(taken_up_, 0) << "no kill came at a moment that matters";
  EXPECT_GT(files.files().size(), static_cast<std::size_t>(kKills));
  EXPECT_THAT(broken(ledger, files.files()), IsEmpty());
  const auto left = std::filesystem::directory_iterator(workspace_.drop_folder(node_) / "work");
  for (const auto& entry : left) {
    EXPECT_EQ(entry.path().filename(), ".lock") << "nothing is left behind";
  }
  check_the_check(ledger, files.files());
}

}  // namespace
}  // namespace muster::crash
