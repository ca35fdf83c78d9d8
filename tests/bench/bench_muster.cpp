// SPDX-License-Identifier: Apache-2.0
// Muster under the same load as its rivals: a broker in a process of its own, and publishers that
// sign, encrypt and batch as a ministry's node does. Their outbox is in memory, since the rivals
// keep nothing on their side either.
#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <memory>
#include <vector>

#include "broker/server/broker.h"
#include "nodes/client/publisher.h"
#include "schemas/text/report_json.h"
#include "schemas/wire/report.h"
#include "tests/bench/broker_child.h"
#include "tests/bench/driver.h"
#include "tests/bench/must.h"

namespace muster::bench {
namespace {

constexpr std::size_t kUnits = 100;

/// All reports are true at one moment: they are sent again and again, and a report may not go back
/// in time (V09).
model::UtcTime valid_at() {
  static const auto kStart = server::system_now();
  return kStart;
}

model::NodeId node_id(std::uint32_t index) {
  return *model::NodeId::parse(fmt::format("KAZ/bench-{}", index));
}
model::UnitId unit_id(std::uint32_t publisher, std::size_t unit) {
  return *model::UnitId::parse(fmt::format("KAZ:B{}-{}", publisher, unit));
}

struct NodeKeys {
  trust::SigningKey signing = trust::SigningKey::generate();
  link::CurveKeyPair curve = link::CurveKeyPair::generate();
};

// ---- reports
// -------------------------------------------------------------------------------------------------------

model::Bytes declaration(std::uint32_t publisher) {
  model::Report report{.valid_at = valid_at(), .statements = {}};
  for (std::size_t i = 0; i < kUnits; ++i) {
    report.statements.emplace_back(model::UnitStatement{.unit = unit_id(publisher, i),
                                                        .name = "Bench (fictional)",
                                                        .component = model::Component::military,
                                                        .element_kind = model::ElementKind::combat,
                                                        .lifecycle = model::Lifecycle::standby,
                                                        .echelon = model::Echelon::company});
  }
  return wire::encode_report(report);
}

/// A Strength report of at least `bytes`: specialities are added until it is long enough.
model::Bytes strength(std::uint32_t publisher, std::size_t variant, std::size_t bytes) {
  const auto people = static_cast<model::Count>(100 + variant % 20);
  model::StrengthStatement statement{.unit = unit_id(publisher, variant % kUnits),
                                     .authorised = 120,
                                     .assigned = people,
                                     .attached_in = 0,
                                     .detached_out = 0,
                                     .present = people,
                                     .deployable = people};
  model::Report report{.valid_at = valid_at(), .statements = {statement}};
  auto encoded = wire::encode_report(report);
  for (int i = 0; encoded.size() < bytes; ++i) {
    statement.specialties.push_back(
        {.code = *model::Code::parse(fmt::format("S{}", i)), .required = 4, .qualified = 4});
    report.statements = {statement};
    encoded = wire::encode_report(report);
  }
  return encoded;
}

// ---- a publisher
// ---------------------------------------------------------------------------------------------------

class MusterPublisher final : public Publisher {
 public:
  MusterPublisher(link::Context& context, const NodeKeys& keys, const model::PublicKey& server_key,
                  const std::string& ingest, std::uint32_t index, std::uint32_t bytes) {
    constexpr std::size_t kVariants = 256;
    for (std::size_t i = 0; i < kVariants; ++i) {
      reports_.push_back(strength(index, i, bytes));
    }
    publisher_ = must(client::Publisher::start(
        context,
        {.connection = {.ingest_endpoint = ingest,
                        .query_endpoint = ingest,
                        .server_key = server_key,
                        .curve = keys.curve},
         .node = node_id(index),
         .signing_key = keys.signing,
         .waiting_max = 1'000'000},
        storage::make_memory_outbox(), [this](const client::Acknowledged& acknowledged) {
          if (acknowledged.verdict.verdict == model::Verdict::refused) {
            fail("the broker refused a report: " +
                 model::describe(acknowledged.verdict.findings.front()));
          }
          acknowledged_.fetch_add(1, std::memory_order_release);
          acknowledged_.notify_one();
        }));
    std::uint64_t seq = 0;
    must(publisher_->publish_encoded({declaration(index)}, seq));
    if (!publisher_->wait_until_acknowledged(std::chrono::seconds(10))) {
      fail("no session with the broker: " + publisher_->status().problem);
    }
    taken_ = acknowledged_.load();
  }

  void send(std::string_view) override { waiting_.push_back(reports_[next_++ % reports_.size()]); }

  std::uint64_t wait(std::chrono::milliseconds) override {
    if (!waiting_.empty()) {
      std::uint64_t seq = 0;
      if (must(publisher_->publish_encoded(std::exchange(waiting_, {}), seq)) !=
          client::PublishResult::kept) {
        fail("the outbox is full");
      }
    }
    acknowledged_.wait(taken_, std::memory_order_acquire);
    const auto now = acknowledged_.load(std::memory_order_acquire);
    return now - std::exchange(taken_, now);
  }

 private:
  std::vector<model::Bytes> reports_, waiting_;
  std::size_t next_ = 0;
  std::atomic<std::uint64_t> acknowledged_{0};
  std::uint64_t taken_ = 0;
  std::unique_ptr<client::Publisher> publisher_;  // Last: its thread calls back.
};

/// What the broker itself counts: reports kept, and the synced commits that kept them.
ServerUse use_of(const BrokerChild& broker) {
  const auto page = broker.page("/metrics");
  return {.cpu_seconds = cpu_seconds_of(broker.pid()),
          .reports = metric(page, "muster_commit_reports_sum"),
          .syncs = metric(page, "muster_commit_reports_count")};
}

// ---- the run
// -------------------------------------------------------------------------------------------------------

server::BrokerConfig configure(const std::filesystem::path& dir, const std::vector<NodeKeys>& nodes,
                               const link::CurveKeyPair& curve) {
  must(link::save_secret_key(dir / "broker.curve", curve.secret));
  must(trust::SigningKey::generate().save(dir / "broker.sign"));
  const auto from = model::UtcTime{std::chrono::sys_days{std::chrono::year{2022} / 1 / 1}};
  model::RegistryStatement registry{
      .members = {{.nation = *model::Nation::parse("KAZ"), .valid_from = from}}};
  for (std::uint32_t i = 0; i < nodes.size(); ++i) {
    registry.nodes.push_back({.node_id = node_id(i),
                              .key = nodes[i].signing.public_key(),
                              .curve_key = nodes[i].curve.public_key,
                              .roles = {model::Role::publisher},
                              .valid_from = from});
  }
  std::ofstream(dir / "genesis.json") << text::registry_to_json(registry);
  server::BrokerConfig config;
  config.data_folder = dir / "data";
  config.genesis_file = dir / "genesis.json";
  config.curve_key_file = dir / "broker.curve";
  config.signing_key_file = dir / "broker.sign";
  config.ingest_endpoint = config.query_endpoint = "tcp://127.0.0.1:0";
  config.http_port = 0;
  return config;
}

void run(const Options& options) {
  const auto dir = options.dir / fmt::format("muster-{}", ::getpid());
  std::filesystem::create_directories(dir);
  std::vector<NodeKeys> nodes;
  for (std::uint32_t i = 0; i < options.publishers; ++i) {
    nodes.emplace_back();
  }
  const auto curve = link::CurveKeyPair::generate();
  const BrokerChild broker(configure(dir, nodes, curve));
  {
    const auto context = must(link::Context::create());
    const Rival rival{.name = "muster",
                      .connect =
                          [&](std::uint32_t index) {
                            return std::make_unique<MusterPublisher>(
                                *context, nodes[index], curve.public_key, broker.ingest(), index,
                                options.bytes);
                          },
                      .server_use = [&] { return use_of(broker); }};
    measure(rival, options);
  }
  std::filesystem::remove_all(dir);
}

}  // namespace
}  // namespace muster::bench

int main(int argc, char** argv) {
  using namespace muster::bench;
  run(parse_options(argc, argv,
                    "Muster: signed, encrypted, validated, synced before the acknowledgement."));
}
