// SPDX-License-Identifier: Apache-2.0
// A broker's start, its pages, and its ends: orderly and not.
#include <fstream>
#include <sstream>

#include "nodes/exercise/contingents.h"
#include "tests/e2e/bus_fixture.h"

namespace muster::e2e {
namespace {

using namespace std::chrono_literals;

class Lifetime : public Bus {
 protected:
  void publish_contingents() {
    for (const auto& contingent :
         exercise::make_contingents(model::ForcePool::cpf, 1, now() - 1min)) {
      peer(contingent.node.view()).publish(contingent.reports);
    }
  }
  model::Answer strength_by_all() {
    return must(ask("SEC/officer",
                    model::StrengthQuery{
                        .group_by = {model::Dimension::nation, model::Dimension::component,
                                     model::Dimension::element_kind, model::Dimension::level}}));
  }
};

void expect_equal(const model::Answer& now_answer, const model::Answer& then_answer) {
  const auto& is = std::get<model::StrengthAnswer>(now_answer.body);
  const auto& was = std::get<model::StrengthAnswer>(then_answer.body);
  EXPECT_EQ(is.rows, was.rows);
  EXPECT_EQ(is.total, was.total);
  EXPECT_EQ(now_answer.header.ledger_seq, then_answer.header.ledger_seq);
  EXPECT_EQ(now_answer.header.nations_reporting, then_answer.header.nations_reporting);
  EXPECT_EQ(now_answer.header.nations_missing, then_answer.header.nations_missing);
}

/// Bytes that wait in the machine for whoever listens on `port`, from /proc/net/tcp.
std::size_t bytes_waiting_at(std::uint16_t port) {
  std::ifstream table("/proc/net/tcp");
  std::size_t bytes = 0;
  std::string line;
  std::getline(table, line);
  while (std::getline(table, line)) {
    std::istringstream fields(line);
    std::string slot, local, remote, state, queues;
    fields >> slot >> local >> remote >> state >> queues;
    constexpr auto kEstablished = "01";
    if (state == kEstablished &&
        std::stoul(local.substr(local.find(':') + 1), nullptr, 16) == port) {
      bytes += std::stoul(queues.substr(queues.find(':') + 1), nullptr, 16);
    }
  }
  return bytes;
}

std::uint16_t port_of(const std::string& endpoint) {
  return static_cast<std::uint16_t>(std::stoul(endpoint.substr(endpoint.rfind(':') + 1)));
}

TEST_F(Lifetime, ChangesNoFigureThroughKillMinusNine) {
  publish_contingents();
  const auto before = strength_by_all();

  kill_and_restart();

  EXPECT_EQ(std::get<model::StrengthAnswer>(before.body).total.figures.authorised, 3612U);
  expect_equal(strength_by_all(), before);
}

TEST_F(Lifetime, ChangesNoFigureThroughAnOrderlyRestart) {
  publish_contingents();
  const auto before = strength_by_all();

  broker_->program().signal(SIGTERM);
  EXPECT_EQ(broker_->program().exit_code(), 0);
  start();

  expect_equal(strength_by_all(), before);
}

TEST_F(Lifetime, ChangesNoFigureThroughARebuild) {
  publish_contingents();
  const auto before = strength_by_all();
  broker_->program().signal(SIGTERM);
  EXPECT_EQ(broker_->program().exit_code(), 0);

  Program rebuild({MUSTER_BROKER, "--config", workspace_.broker_config().string(), "--rebuild"});
  EXPECT_EQ(rebuild.exit_code(), 0);
  EXPECT_THAT(rebuild.output(), HasSubstr("rebuilt the projection from 6 ledger records"));
  start();

  expect_equal(strength_by_all(), before);
}

TEST_F(Lifetime, AcknowledgesWhatHasArrivedBeforeSigtermEndsIt) {
  constexpr std::uint64_t kEnvelopes = 20;
  auto kaz = peer("KAZ/mod");
  kaz.publish({company("KAZ:EX-A")});
  // Stopped, so that everything waits at the broker's door when SIGTERM comes.
  broker_->program().stop();
  std::size_t sent = 0;
  for (std::uint64_t i = 0; i < kEnvelopes; ++i) {
    auto letter = kaz.letter({report({strength("KAZ:EX-A", static_cast<model::Count>(i))})});
    const auto message = letter.message();
    kaz.send(message);
    sent += message.size();
    kaz.follow(std::move(letter));
  }
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (bytes_waiting_at(port_of(broker_->ingest())) < sent) {
    ASSERT_LT(std::chrono::steady_clock::now(), deadline);
    std::this_thread::yield();
  }

  broker_->program().signal(SIGTERM);
  broker_->program().signal(SIGCONT);
  std::uint64_t acknowledged = 1;
  auto said = kaz.receive();
  while (const auto* ack = std::get_if<model::Ack>(&said)) {
    acknowledged = ack->up_to_seq;
    said = kaz.receive();
  }

  ASSERT_TRUE(std::holds_alternative<model::Bye>(said));
  EXPECT_EQ(std::get<model::Bye>(said).reason, model::ByeReason::drained);
  EXPECT_EQ(acknowledged, kEnvelopes + 1);
  EXPECT_EQ(broker_->program().exit_code(), 0);
  EXPECT_THAT(broker_->program().output(), HasSubstr("stopped"));
  start();
  EXPECT_EQ(ledger_seq(), kEnvelopes + 1);
}

TEST_F(Lifetime, ServesHealthReadinessVersionAndMetrics) {
  const auto port = broker_->http_port();

  const auto health = get(port, "/healthz");
  const auto readiness = get(port, "/readyz");
  const auto version = get(port, "/version");
  const auto metrics = get(port, "/metrics");

  EXPECT_EQ(health.status, 200);
  EXPECT_EQ(readiness.status, 200) << readiness.body;
  EXPECT_EQ(version.status, 200);
  EXPECT_THAT(version.body, HasSubstr("muster-broker "));
  EXPECT_EQ(metrics.status, 200);
  EXPECT_EQ(e2e::metric(metrics.body, "muster_ledger_seq"), 0);
  EXPECT_EQ(e2e::metric(metrics.body, "muster_store_read_only"), 0);
  EXPECT_EQ(get(port, "/no-such-page").status, 404);
}

TEST_F(Lifetime, ShowsNoFigureOfAnyForceAmongItsMetrics) {
  publish_contingents();

  const auto page = get(broker_->http_port(), "/metrics").body;

  for (const auto* told : {"EX-", "muster_people", "muster_strength", "deployable"}) {
    EXPECT_THAT(page, testing::Not(HasSubstr(told)));
  }
}

TEST_F(Lifetime, ShowsInItsMetricsHowFarTheLedgerHadComeBeforeARestart) {
  peer("KAZ/mod").publish({company("KAZ:EX-A")});
  EXPECT_EQ(metric("muster_ledger_seq"), 1);

  broker_->program().signal(SIGTERM);
  EXPECT_EQ(broker_->program().exit_code(), 0);
  start();

  EXPECT_EQ(metric("muster_ledger_seq"), 1) << "a restart must not look like a loss";
  EXPECT_EQ(metric("muster_projection_watermark"), 1);
}

}  // namespace
}  // namespace muster::e2e
