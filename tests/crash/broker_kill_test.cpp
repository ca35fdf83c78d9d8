// SPDX-License-Identifier: Apache-2.0
// The broker is killed again and again while six nodes publish: nothing acknowledged is lost, and
// nothing is counted twice.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <random>
#include <thread>

#include "nodes/client/connection_file.h"
#include "tests/crash/feeder.h"
#include "tests/crash/verify.h"
#include "tests/e2e/broker_process.h"

namespace muster::crash {
namespace {

using namespace std::chrono_literals;
using e2e::BrokerProcess;
using e2e::kPatience;
using e2e::must;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr int kKills = 60;
/// Now and then an orderly end, so that there is a projection to go on from.
constexpr int kKillsBetweenOrderlyEnds = 13;
constexpr std::size_t kDurableNodes = 2;

/// When the broker ends: so long after something that it did.
struct End {
  enum class After : std::uint8_t { start, ready, acknowledgement } after;
  std::chrono::milliseconds delay;
};

End next_end(std::mt19937_64& random) {
  const auto below = [&](std::uint64_t limit) {
    return std::chrono::milliseconds(random() % limit);
  };
  switch (random() % 4) {
    case 0:
      return {End::After::start, below(60)};
    case 1:
      return {End::After::ready, below(200)};
    default:
      return {End::After::acknowledgement, below(150)};
  }
}

class BrokerKill : public testing::Test {
 protected:
  void start_feeders(std::uint64_t seed) {
    for (const auto& node : exercise::workspace_nodes()) {
      if (!node.view().ends_with("/mod")) {
        continue;
      }
      auto config = must(client::load_node_config(workspace_.node_config(node).string()));
      const bool is_durable = feeders_.size() < kDurableNodes;
      auto outbox =
          is_durable ? must(storage::open_outbox(config.outbox)) : storage::make_memory_outbox();
      feeders_.push_back(std::make_unique<Feeder>(
          *context_,
          client::PublisherOptions{
              .connection = config.connection, .node = node, .signing_key = *config.signing_key},
          std::move(outbox), oracle_, seed + feeders_.size()));
    }
  }

  /// Lives until the moment of `end`. Fails when the broker does not start, or acknowledges
  /// nothing.
  void run_until(BrokerProcess& broker, const End& end) {
    if (end.after != End::After::start) {
      ASSERT_TRUE(broker.is_ready()) << broker.program().output();
    }
    if (end.after == End::After::acknowledgement) {
      const auto before = oracle_.acknowledged_count();
      ASSERT_TRUE(oracle_.more_than(before, kPatience)) << "the broker acknowledges nothing";
    }
    // The moment itself is what is drawn, so this waits for nothing.
    std::this_thread::sleep_for(end.delay);
  }

  void kill_often(std::mt19937_64& random) {
    for (int kill = 1; kill <= kKills; ++kill) {
      SCOPED_TRACE(fmt::format("kill {}", kill));
      BrokerProcess broker(workspace_);
      ASSERT_NO_FATAL_FAILURE(run_until(broker, next_end(random)));
      broker.program().kill();
      EXPECT_EQ(broker.program().exit_code(), 128 + SIGKILL) << broker.program().output();
      if (kill % kKillsBetweenOrderlyEnds == 0) {
        ASSERT_NO_FATAL_FAILURE(end_orderly());
      }
    }
  }

  void end_orderly() {
    BrokerProcess broker(workspace_);
    ASSERT_NO_FATAL_FAILURE(run_until(broker, {End::After::acknowledgement, 50ms}));
    broker.program().signal(SIGTERM);
    EXPECT_EQ(broker.program().exit_code(), 0) << broker.program().output();
  }

  void settle() {
    BrokerProcess broker(workspace_);
    ASSERT_TRUE(broker.is_ready()) << broker.program().output();
    for (const auto& feeder : feeders_) {
      feeder->stop();
      EXPECT_TRUE(feeder->wait_until_acknowledged(kPatience))
          << feeder->node().view() << " " << feeder->status().problem;
    }
    feeders_.clear();
    broker.program().kill();
  }

  e2e::TemporaryFolder folder_;
  exercise::Workspace workspace_ = make_workspace_with_ports(folder_.path());
  Oracle oracle_;
  std::unique_ptr<link::Context> context_ = must(link::Context::create());
  std::vector<std::unique_ptr<Feeder>> feeders_;
};

void expect_told_once(const Oracle& oracle) {
  for (const auto& [node, entries] : oracle.entries()) {
    for (const auto& [seq, entry] : entries) {
      ASSERT_THAT(entry.pushed, SizeIs(1)) << node.view() << "#" << seq;
      ASSERT_THAT(entry.acknowledged, SizeIs(1)) << node.view() << "#" << seq;
    }
  }
}

/// Verdicts of both kinds, so that comparing them means something.
void expect_both_verdicts(const std::vector<storage::LedgerRecord>& ledger) {
  std::uint64_t accepted = 0;
  std::uint64_t refused = 0;
  for (const auto& record : ledger) {
    for (const auto& verdict : record.verdicts) {
      ++(verdict.verdict == model::Verdict::accepted ? accepted : refused);
    }
  }
  fmt::print("{} reports accepted, {} refused\n", accepted, refused);
  EXPECT_GT(accepted, refused);
  EXPECT_GT(refused, 0U);
}

/// The check itself, on this very ledger: it must see a record that is missing or there twice.
void expect_lies_are_seen(std::vector<storage::LedgerRecord> ledger, const Oracle& oracle,
                          std::mt19937_64& random) {
  const auto place = static_cast<std::ptrdiff_t>(random() % ledger.size());
  const auto renumber = [&] {
    for (std::size_t i = 0; i < ledger.size(); ++i) {
      ledger[i].ledger_seq = i + 1;
    }
  };
  const auto record = ledger.at(static_cast<std::size_t>(place));
  ledger.erase(ledger.begin() + place);
  renumber();
  EXPECT_THAT(broken_promises(ledger, oracle, Strangers::forbidden), Not(IsEmpty()));
  ledger.insert(ledger.begin() + place, {record, record});
  renumber();
  EXPECT_THAT(broken_promises(ledger, oracle, Strangers::forbidden), Not(IsEmpty()));
}

TEST_F(BrokerKill, LosesNothingThatWasAcknowledgedAndDoublesNothing) {
  std::mt19937_64 random(seed_of_this_run());
  start_feeders(random());

  ASSERT_NO_FATAL_FAILURE(kill_often(random));
  ASSERT_NO_FATAL_FAILURE(settle());
  const auto ledger = read_ledger(workspace_);

  fmt::print("{} kills, {} reports acknowledged\n", kKills, oracle_.acknowledged_count());
  expect_told_once(oracle_);
  expect_both_verdicts(ledger);
  EXPECT_THAT(broken_promises(ledger, oracle_, Strangers::forbidden), IsEmpty());
  expect_lies_are_seen(ledger, oracle_, random);
}

}  // namespace
}  // namespace muster::crash
