// SPDX-License-Identifier: Apache-2.0
// The feed of a real broker: who is stopped delays nobody, and nobody sees what is not released.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <thread>

#include "nodes/client/force_table.h"
#include "nodes/client/subscriber.h"
#include "tests/e2e/bus_fixture.h"

namespace muster::e2e {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

constexpr auto kChildVariable = "MUSTER_E2E_SUBSCRIBER";
/// So few that a subscriber which does not read soon has none.
constexpr std::uint32_t kChildCredits = 4;

/// One subscriber and what it holds.
class Watcher {
 public:
  Watcher(link::Context& context, const client::Connection& connection, std::uint32_t credits = 64)
      : subscriber_(must(client::Subscriber::connect(context, connection,
                                                     {.filter = {}, .credits = credits}))) {}

  /// Takes in what comes within `wait_max`. False when nothing did.
  bool listen(std::chrono::milliseconds wait_max) {
    const auto event = subscriber_->next(wait_max);
    if (!event) {
      return false;
    }
    fits_ = table_.take(*event) && fits_;
    lagged_ += std::holds_alternative<model::Lagged>(*event) ? 1 : 0;
    return true;
  }
  /// Listens until `is_so`, or too long.
  template <typename IsSo>
  bool hears(IsSo is_so) {
    const auto deadline = steady_clock::now() + kPatience;
    while (!is_so() && steady_clock::now() < deadline) {
      listen(20ms);
    }
    return is_so();
  }
  bool stands_at(std::uint64_t ledger_seq) {
    return hears([&] { return table_.is_whole() && table_.ledger_seq() >= ledger_seq; });
  }

  [[nodiscard]] const client::ForceTable& table() const { return table_; }
  [[nodiscard]] int lagged() const { return lagged_; }
  [[nodiscard]] bool fits() const { return fits_; }

 private:
  std::unique_ptr<client::Subscriber> subscriber_;
  client::ForceTable table_;
  int lagged_ = 0;
  bool fits_ = true;
};

class FeedOfABroker : public Bus {
 protected:
  client::Connection connection(std::string_view node) {
    return broker_->connection(must(model::NodeId::parse(node)));
  }
  Watcher watch(std::string_view node) { return Watcher(*context_, connection(node)); }

  /// This program again, as a subscriber that tells on its standard output what it hears.
  std::unique_ptr<Program> subscriber_process(std::string_view node) {
    const auto id = must(model::NodeId::parse(node));
    const auto told =
        fmt::format("{} {} {}", broker_->query(), model::to_hex(broker_->connection(id).server_key),
                    (workspace_.node_folder(id) / "node.curve").string());
    ::setenv(kChildVariable, told.c_str(), 1);
    auto program = std::make_unique<Program>(std::vector<std::string>{
        "/proc/self/exe", "--gtest_also_run_disabled_tests", "--gtest_filter=SubscriberProcess.*"});
    return program;
  }
};

/// Not a test: what subscriber_process() runs. It ends with its parent.
TEST(SubscriberProcess, DISABLED_TellsWhatItHears) {
  const auto* told = std::getenv(kChildVariable);
  ASSERT_NE(told, nullptr);
  std::istringstream words(told);
  std::string endpoint, key, secret_file;
  words >> endpoint >> key >> secret_file;
  const auto context = must(link::Context::create());
  Watcher watcher(
      *context,
      {.ingest_endpoint = {},
       .query_endpoint = endpoint,
       .server_key = must(model::parse_hex<model::PublicKey>(key)),
       .curve = must(link::CurveKeyPair::from_secret(must(link::load_secret_key(secret_file))))},
      kChildCredits);
  while (true) {
    watcher.listen(1s);
    fmt::print("at {}{}, {} lagged\n", watcher.table().ledger_seq(),
               watcher.table().is_whole() ? " whole" : "", watcher.lagged() > 0 ? "was" : "not");
    std::fflush(stdout);
  }
}

TEST_F(FeedOfABroker, GoesOnWhileOneSubscriberIsStopped) {
  constexpr std::uint64_t kReports = 2000;
  auto kaz = peer("KAZ/mod");
  kaz.publish({company("KAZ:EX-A")});
  const auto stopped = subscriber_process("SEC/officer");
  ASSERT_TRUE(stopped->line_with("at 1 whole")) << stopped->output();
  auto watcher = watch("SEC/officer");
  ASSERT_TRUE(watcher.stands_at(1));

  stopped->stop();
  std::vector<double> took_us;
  for (std::uint64_t i = 0; i < kReports; ++i) {
    const auto start = steady_clock::now();
    kaz.publish({report({strength("KAZ:EX-A", static_cast<model::Count>(i % 100))})});
    took_us.push_back(
        std::chrono::duration<double, std::micro>(steady_clock::now() - start).count());
    watcher.listen(0ms);
  }

  EXPECT_EQ(ledger_seq(), kReports + 1) << "every report was committed";
  ASSERT_TRUE(watcher.stands_at(kReports + 1)) << "at " << watcher.table().ledger_seq();
  const auto& unit = watcher.table().units().at(must(model::UnitId::parse("KAZ:EX-A")));
  EXPECT_EQ(unit.own.deployable, (kReports - 1) % 100);
  EXPECT_TRUE(watcher.fits());
  std::sort(took_us.begin(), took_us.end());
  fmt::print("publish to ACK beside a stopped subscriber: p50 {:.0f} us, p99 {:.0f} us\n",
             took_us[kReports / 2], took_us[kReports * 99 / 100]);
  EXPECT_EQ(metric("muster_subscribers{class=\"all\"}"), 2);

  stopped->signal(SIGCONT);
  EXPECT_TRUE(stopped->line_with(fmt::format("at {} whole, was lagged", kReports + 1)))
      << stopped->output().substr(stopped->output().size() -
                                  std::min<std::size_t>(stopped->output().size(), 500));
}

/// A client that dies says nothing, and nothing is free until it is noticed. Four times as many lives
/// as a node has places.
TEST_F(FeedOfABroker, HasPlacesForAClientThatWasKilledAThousandTimes) {
  constexpr int kAtOnce = 40;
  constexpr auto kSubscribers = "muster_subscribers{class=\"all\"}";
  for (int lives = 0; lives < 1000; lives += kAtOnce) {
    std::vector<Watcher> watchers;
    for (int i = 0; i < kAtOnce; ++i) {
      watchers.push_back(watch("SEC/officer"));
    }
    for (auto& watcher : watchers) {
      ASSERT_TRUE(watcher.stands_at(0)) << "life " << lives;
    }
    ASSERT_GE(metric(kSubscribers), kAtOnce);
  }

  const auto deadline = steady_clock::now() + kPatience;
  while (metric(kSubscribers) > 0 && steady_clock::now() < deadline) {
    std::this_thread::sleep_for(20ms);
  }
  EXPECT_EQ(metric(kSubscribers), 0);
  EXPECT_GE(metric("muster_subscribers_disconnected_total{reason=\"gone\"}"), 1000);
}

TEST_F(FeedOfABroker, ShowsAMemberOnlyWhatWasReleasedToIt) {
  auto kaz = peer("KAZ/mod");
  auto released = company("KAZ:EX-SHOWN");
  released.releasable_to = {must(model::Nation::parse("ARM"))};
  kaz.publish({company("KAZ:EX-SECRET"), released});
  peer("ARM/mod").publish({company("ARM:EX-OWN")});
  auto watcher = watch("ARM/mod");
  ASSERT_TRUE(watcher.stands_at(2));

  kaz.publish({report({strength("KAZ:EX-SECRET", 7)}), report({strength("KAZ:EX-SHOWN", 7)})});
  auto all = watch("SEC/officer");
  ASSERT_TRUE(all.stands_at(3));
  EXPECT_TRUE(watcher.hears([&] { return watcher.table().units().size() == 1; }))
      << "what is no longer released goes";

  EXPECT_EQ(watcher.table().units().begin()->first.str(), "ARM:EX-OWN");
  EXPECT_THAT(all.table().units(), SizeIs(3));
}

TEST_F(FeedOfABroker, TellsWhoSeesNoFiguresThatItMayNotSubscribe) {
  auto watcher = watch("SEC/ops");

  EXPECT_TRUE(watcher.hears(
      [&] { return watcher.table().link().reason == model::FeedByeReason::unauthorised; }));
  EXPECT_EQ(metric("muster_subscribers_disconnected_total{reason=\"unauthorised\"}"), 1);
}

TEST_F(FeedOfABroker, SaysGoodbyeWhenItStops) {
  auto watcher = watch("SEC/officer");
  ASSERT_TRUE(watcher.stands_at(0));

  broker_->program().signal(SIGTERM);

  EXPECT_TRUE(watcher.hears(
      [&] { return watcher.table().link().reason == model::FeedByeReason::drained; }));
  EXPECT_EQ(broker_->program().exit_code(), 0);
}

}  // namespace
}  // namespace muster::e2e
