// SPDX-License-Identifier: Apache-2.0
// From one change to all who want to be told of it (P8): a whole broker in a process of its own, a
// node that publishes one report after the other, and subscribers in processes of their own, each
// with a connection of its own. The clock runs from publish() to the frame in the subscriber's
// hands, so the commit and its sync are in it.
#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "schemas/text/report_json.h"
#include "schemas/wire/report.h"
#include "tests/bench/broker_child.h"
#include "tests/bench/feed_readers.h"
#include "tests/bench/must.h"

namespace muster::bench {
namespace {

using std::chrono::milliseconds;

struct FeedLoad {
  std::uint32_t subscribers = 1000, changes = 200, processes = 2, units = 100, run = 1;
  bool has_stopped = false;
  std::filesystem::path dir = ".";
};

constexpr milliseconds kPatience{60'000};
/// The declaration of the units is the first record of the ledger.
constexpr std::uint64_t kFirstChange = 2;

struct Keys {
  trust::SigningKey signing = trust::SigningKey::generate();
  link::CurveKeyPair node = link::CurveKeyPair::generate();
  link::CurveKeyPair officer = link::CurveKeyPair::generate();
  link::CurveKeyPair broker = link::CurveKeyPair::generate();
};

const model::NodeId& node_id() {
  static const auto kNode = *model::NodeId::parse("KAZ/bench");
  return kNode;
}
model::UnitId unit_id(std::uint32_t number) {
  return *model::UnitId::parse(fmt::format("KAZ:EX-B{}", number));
}

server::BrokerConfig configure(const std::filesystem::path& dir, const Keys& keys) {
  must(link::save_secret_key(dir / "broker.curve", keys.broker.secret));
  must(trust::SigningKey::generate().save(dir / "broker.sign"));
  const auto from = model::UtcTime{std::chrono::sys_days{std::chrono::year{2022} / 1 / 1}};
  model::RegistryStatement registry{
      .members = {{.nation = *model::Nation::parse("KAZ"), .valid_from = from}}};
  registry.nodes.push_back({.node_id = node_id(),
                            .key = keys.signing.public_key(),
                            .curve_key = keys.node.public_key,
                            .roles = {model::Role::publisher},
                            .valid_from = from});
  registry.nodes.push_back({.node_id = *model::NodeId::parse("SEC/officer"),
                            .key = trust::SigningKey::generate().public_key(),
                            .curve_key = keys.officer.public_key,
                            .roles = {model::Role::officer},
                            .valid_from = from});
  std::ofstream(dir / "genesis.json") << text::registry_to_json(registry);
  server::BrokerConfig config;
  config.data_folder = dir / "data";
  config.genesis_file = dir / "genesis.json";
  config.curve_key_file = dir / "broker.curve";
  config.signing_key_file = dir / "broker.sign";
  config.ingest_endpoint = config.query_endpoint = "tcp://127.0.0.1:0";
  config.http_port = 0;
  config.feed.per_node_max = config.feed.subscribers_max;  // All of them have one key.
  return config;
}

model::Report declaration(std::uint32_t units, model::UtcTime at) {
  model::Report report{.valid_at = at, .statements = {}};
  for (std::uint32_t i = 0; i < units; ++i) {
    report.statements.emplace_back(model::UnitStatement{.unit = unit_id(i),
                                                        .name = "Bench (fictional)",
                                                        .component = model::Component::military,
                                                        .element_kind = model::ElementKind::combat,
                                                        .lifecycle = model::Lifecycle::standby,
                                                        .echelon = model::Echelon::company});
  }
  return report;
}

/// Each differs from the one before on the same unit, so that every one of them is a change.
model::Report change(std::uint32_t number, std::uint32_t units, model::UtcTime at) {
  const auto people = static_cast<model::Count>(100 + number / units % 20);
  return {.valid_at = at,
          .statements = {model::StrengthStatement{.unit = unit_id(number % units),
                                                  .authorised = 120,
                                                  .assigned = people,
                                                  .attached_in = 0,
                                                  .detached_out = 0,
                                                  .present = people,
                                                  .deployable = people}}};
}

template <typename IsThere>
void wait_for(const std::string& what, IsThere is_there) {
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (!is_there()) {
    if (std::chrono::steady_clock::now() > deadline) {
      fail(what + ": not in time");
    }
    std::this_thread::sleep_for(milliseconds{1});
  }
}

/// Those that must hear: all, or all but the last, which is stopped.
bool all_heard(const Heard& heard, std::size_t listening, std::size_t change) {
  for (std::size_t i = 0; i < listening; ++i) {
    if (heard.at(i, change).load(std::memory_order_acquire) == 0) {
      return false;
    }
  }
  return true;
}

double percentile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  const auto last = static_cast<double>(values.size() - 1);
  return values[static_cast<std::size_t>(share * last)];
}

nlohmann::ordered_json summary(const FeedLoad& options, const Heard& heard, std::size_t listening,
                               const std::vector<std::int64_t>& sent) {
  std::vector<double> all, last, medians;
  for (std::size_t i = 0; i < listening; ++i) {
    std::vector<double> own;
    for (std::size_t c = 0; c < sent.size(); ++c) {
      own.push_back(static_cast<double>(heard.at(i, c).load() - sent[c]) / 1000);
    }
    all.insert(all.end(), own.begin(), own.end());
    medians.push_back(percentile(own, 0.5));
  }
  for (std::size_t c = 0; c < sent.size(); ++c) {
    std::int64_t latest = 0;
    for (std::size_t i = 0; i < listening; ++i) {
      latest = std::max(latest, heard.at(i, c).load());
    }
    last.push_back(static_cast<double>(latest - sent[c]) / 1000);
  }
  return {{"figure", "P8"},
          {"run", options.run},
          {"rival", fmt::format("{}{}", options.subscribers, options.has_stopped ? " stopped" : "")},
          {"subscribers", options.subscribers},
          {"stopped", options.has_stopped},
          {"changes", sent.size()},
          {"p50_us", percentile(all, 0.5)},
          {"p99_us", percentile(all, 0.99)},
          {"all_told_p50_us", percentile(last, 0.5)},
          {"worst_median_us", percentile(medians, 1)},
          {"best_median_us", percentile(medians, 0)}};
}

void publish_changes(client::Publisher& publisher, const FeedLoad& options, const Heard& heard,
                     std::size_t listening, std::vector<std::int64_t>& sent) {
  const auto at = server::system_now();
  std::uint64_t seq = 0;
  must(publisher.publish(declaration(options.units, at), seq));
  if (!publisher.wait_until_acknowledged(kPatience)) {
    fail("no session with the broker: " + publisher.status().problem);
  }
  for (std::uint32_t i = 0; i < options.changes; ++i) {
    sent.push_back(steady_ns());
    must(publisher.publish(change(i, options.units, at), seq));
    wait_for("a change", [&] { return all_heard(heard, listening, i); });
  }
}

void run(const FeedLoad& options) {
  const auto dir = options.dir / fmt::format("feed-{}", ::getpid());
  std::filesystem::create_directories(dir);
  const Keys keys;
  const Heard heard(options.subscribers, options.changes);
  const auto listening = options.subscribers - (options.has_stopped ? 1U : 0U);
  std::vector<std::int64_t> sent;
  {
    const BrokerChild broker(configure(dir, keys));
    client::Connection officer{.ingest_endpoint = broker.ingest(),
                               .query_endpoint = broker.query(),
                               .server_key = keys.broker.public_key,
                               .curve = keys.officer};
    const FeedReaders readers(officer, heard, options.processes, kFirstChange);
    wait_for("the snapshots", [&] {
      for (std::size_t i = 0; i < options.subscribers; ++i) {
        if (heard.ready(i).load(std::memory_order_acquire) == 0) {
          return false;
        }
      }
      return true;
    });
    if (options.has_stopped) {
      ::kill(readers.last(), SIGSTOP);
    }
    const auto context = must(link::Context::create());
    auto node = officer;
    node.curve = keys.node;
    const auto publisher =
        must(client::Publisher::start(*context,
                                      {.connection = node,
                                       .node = node_id(),
                                       .signing_key = keys.signing},
                                      storage::make_memory_outbox(),
                                      [](const client::Acknowledged& acknowledged) {
                                        if (acknowledged.verdict.verdict != model::Verdict::accepted) {
                                          fail("the broker refused a report");
                                        }
                                      }));
    publish_changes(*publisher, options, heard, listening, sent);
  }
  fmt::print("{}\n", summary(options, heard, listening, sent).dump());
  std::filesystem::remove_all(dir);
}

}  // namespace
}  // namespace muster::bench

int main(int argc, char** argv) {
  muster::bench::FeedLoad options;
  CLI::App app("One change to many subscribers of the feed.");
  app.add_option("--subscribers", options.subscribers)->check(CLI::Range(1U, 4000U));
  app.add_option("--changes", options.changes)->check(CLI::Range(1U, 100'000U));
  app.add_option("--processes", options.processes)->check(CLI::Range(1U, 16U));
  app.add_option("--run", options.run);
  app.add_option("--dir", options.dir);
  app.add_flag("--stopped", options.has_stopped, "Stop the last of them after its snapshot");
  CLI11_PARSE(app, argc, argv);
  muster::bench::run(options);
}
