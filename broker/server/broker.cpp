// SPDX-License-Identifier: Apache-2.0
#include "broker/server/broker.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "broker/server/event_log.h"
#include "broker/server/pages.h"
#include "broker/server/solver_process.h"
#include "schemas/link/curve.h"
#include "schemas/link/self_test.h"
#include "schemas/text/report_json.h"
#include "storage/rocksdb_store.h"

namespace muster::server {

using model::ErrorCode;
using model::fail;

model::UtcTime system_now() {
  return std::chrono::floor<model::Duration>(std::chrono::system_clock::now());
}

std::string software_name() { return "muster-broker " MUSTER_VERSION; }

namespace {

constexpr auto kSelfTestMax = std::chrono::seconds(5);

model::Result<model::RegistryStatement> read_genesis(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return fail(
        ErrorCode::not_found,
        fmt::format("genesis {}: cannot be read. It names the members, nodes and keys at the start",
                    path));
  }
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  auto parsed = text::registry_from_json(text);
  if (parsed.problems.empty()) {
    return std::move(parsed.registry);
  }
  std::string problems;
  for (const auto& problem : parsed.problems) {
    problems += "\n  " + text::describe(problem);
  }
  return fail(ErrorCode::configuration, fmt::format("genesis {}:{}", path, problems));
}

/// The store with what guards it.
struct Kept {
  std::unique_ptr<storage::Store> store;
  storage::HighWaterFile high_water;
  storage::HighWater mark;
};

model::Result<Kept> open_kept(const BrokerConfig& config) {
  std::error_code error;
  // Only the last folder is made: a missing parent is a disk that is not mounted, and no reason to
  // begin an empty ledger.
  std::filesystem::create_directory(config.data_folder, error);
  if (error) {
    return fail(ErrorCode::io, fmt::format("data folder {}: {}. Make its parent, or mount it",
                                           config.data_folder, error.message()));
  }
  MUSTER_TRY(auto high_water, storage::HighWaterFile::open(config.data_folder + "/high-water"));
  MUSTER_TRY(const auto mark, high_water.read());
  MUSTER_TRY(auto store, storage::open_store(
                             {.path = config.data_folder + "/store", .known_last_seq = mark.seq}));
  return Kept{std::move(store), std::move(high_water), mark};
}

std::vector<model::Nation> publishers_of(const core::Registry& registry) {
  std::vector<model::Nation> publishers{model::secretariat(), model::registrar()};
  for (const auto& member : registry.members) {
    publishers.push_back(member.nation);
  }
  std::sort(publishers.begin(), publishers.end());
  publishers.erase(std::unique(publishers.begin(), publishers.end()), publishers.end());
  return publishers;
}

/// Everything that runs. Members are in the order in which they must be made; they end in the
/// reverse order, so that the pages close first, then the loops drain, then the projector writes
/// what is left, and the store goes last.
class RunningBroker final : public Broker {
 public:
  static model::Result<std::unique_ptr<Broker>> start(const BrokerConfig& config,
                                                      const Clock& clock,
                                                      const OnProgress& on_progress) {
    auto broker = std::unique_ptr<RunningBroker>(new RunningBroker(config, clock));
    MUSTER_CHECK(broker->load_keys());
    MUSTER_CHECK(broker->recover(on_progress));
    MUSTER_CHECK(broker->serve());
    return std::unique_ptr<Broker>(std::move(broker));
  }

  [[nodiscard]] std::string ingest_endpoint() const override { return ingest_endpoint_; }
  [[nodiscard]] std::string query_endpoint() const override { return query_endpoint_; }
  [[nodiscard]] std::uint16_t http_port() const override { return http_->port(); }
  [[nodiscard]] model::PublicKey server_key() const override { return curve_.public_key; }
  [[nodiscard]] model::PublicKey signing_key() const override { return signing_->public_key(); }
  [[nodiscard]] std::string status() const override {
    const auto snapshot = view_->current();
    return fmt::format("ledger {}, {} units, {} nodes", snapshot->state.ledger_seq,
                       snapshot->state.units.size(), snapshot->state.nodes->size());
  }

 private:
  RunningBroker(const BrokerConfig& config, const Clock& clock) : config_(config), clock_(clock) {}

  model::Result<void> load_keys() {
    MUSTER_TRY(auto secret, link::load_secret_key(config_.curve_key_file));
    MUSTER_TRY(curve_, link::CurveKeyPair::from_secret(std::move(secret)));
    MUSTER_TRY(auto signing, trust::SigningKey::load(config_.signing_key_file));
    signing_.emplace(std::move(signing));
    MUSTER_TRY(genesis_, read_genesis(config_.genesis_file));
    return {};
  }

  model::Result<void> recover(const OnProgress& on_progress) {
    MUSTER_TRY(auto kept, open_kept(config_));
    kept_.emplace(std::move(kept));
    MUSTER_TRY(auto recovered, server::recover(*kept_->store, kept_->mark, genesis_, on_progress));
    recovered_.emplace(std::move(recovered));
    return {};
  }

  model::Result<void> serve() {
    MUSTER_TRY(context_, link::Context::create());
    const Directory directory(recovered_->state.registry);
    MUSTER_TRY(zap_, link::ZapService::start(*context_, directory.zap_table(clock_())));
    const link::RouterOptions options{.secret = curve_.secret, .ipv6 = config_.ipv6};
    MUSTER_TRY(auto ingest, link::RouterSocket::bind(*context_, config_.ingest_endpoint, options));
    MUSTER_TRY(auto query, link::RouterSocket::bind(*context_, config_.query_endpoint, options));
    ingest_endpoint_ = ingest.endpoint();
    query_endpoint_ = query.endpoint();
    MUSTER_CHECK(
        link::unknown_key_is_refused(*context_, ingest_endpoint_, curve_.public_key, kSelfTestMax));
    MUSTER_CHECK(
        link::unknown_key_is_refused(*context_, query_endpoint_, curve_.public_key, kSelfTestMax));
    MUSTER_CHECK(start_loops(std::move(ingest), std::move(query)));
    MUSTER_TRY(http_,
               link::HttpServer::start(
                   {.address = config_.http_address, .port = config_.http_port},
                   pages({*metrics_, *kept_->store, *projector_, *zap_, *ingest_loop_, clock_})));
    return {};
  }

  model::Result<void> start_loops(link::RouterSocket ingest_socket,
                                  link::RouterSocket query_socket) {
    MUSTER_TRY(auto ingest_waker, link::Waker::create());
    MUSTER_TRY(auto query_waker, link::Waker::create());
    MUSTER_TRY(auto published, link::Waker::create());
    published_.emplace(std::move(published));
    auto& store = *kept_->store;
    metrics_.emplace(MUSTER_VERSION, publishers_of(*recovered_->state.registry));
    for (const auto& [id, node] : *recovered_->state.nodes) {
      metrics_->ingest().remember_report(id.publisher(), node.last_received_at);
    }
    projector_.emplace(store, config_.projection_interval);
    Ingest ingest({.store = store,
                   .high_water = &kept_->high_water,
                   .view = first_view(),
                   .metrics = metrics_->ingest(),
                   .key = *signing_,
                   .limits = config_.limits,
                   .window = config_.window,
                   .software = software_name(),
                   .on_committed = [this](const Committed& committed) { after_commit(committed); },
                   .on_refused = [this](const std::string& peer,
                                        const model::Nack& nack) { log_refusal(peer, nack); }},
                  recovered_->state, recovered_->frontier);
    if (recovered_->replayed > 0) {
      projector_->tell({view_->current(), recovered_->frontier, recovered_->touched, true});
    }
    recovered_.reset();
    ingest_loop_.emplace(
        std::move(ingest_socket), std::move(ingest_waker), std::move(ingest), clock_,
        LoopLimits{config_.batch_messages_max, config_.batch_bytes_max, config_.drain_max},
        metrics_->ingest());
    query_loop_.emplace(
        std::move(query_socket), std::move(query_waker),
        QueryService({.view = *view_,
                      .store = store,
                      .metrics = metrics_->query(),
                      .limits = config_.limits,
                      .software = software_name(),
                      .started_at = clock_(),
                      .assemble = assemble_apart()}),
        FeedSetup{.view = *view_,
                  .published = *published_,
                  .metrics = metrics_->feed(),
                  .limits = config_.limits,
                  .feed_limits = config_.feed,
                  .on_bye = [this](const std::string& peer, model::FeedByeReason reason,
                                   const std::string& message) { log_bye(peer, reason, message); }},
        clock_, metrics_->ingest());
    return {};
  }

  View& first_view() {
    auto snapshot = Snapshot{recovered_->state,
                             trust::sign_tree_head(recovered_->frontier, clock_(), *signing_)};
    return view_.emplace(std::make_shared<const Snapshot>(std::move(snapshot)),
                         [this] { published_->wake(); });
  }

  /// On the ingest thread, for each NACK.
  void log_refusal(const std::string& peer, const model::Nack& nack) {
    events_.warn(clock_(), "refused",
                 {{"code", model::to_text(nack.code)},
                  {"peer", peer.substr(0, peer.find('#'))},
                  {"seq", std::to_string(nack.seq)},
                  {"message", nack.message}});
  }

  /// The search for a package, in a process of its own.
  Assemble assemble_apart() {
    SolverProcess solver(
        {.on_failure = [this](const SolverReport& report) { log_failure(report); }});
    return assemble_by([solver = std::move(solver)](const planner::Problem& problem,
                                                    const planner::Search& search) {
      return solver.solve(problem, search);
    });
  }

  /// On the planning thread, for each search that gave no package.
  void log_failure(const SolverReport& report) {
    metrics_->query().search_failed(report.reason);
    EventLog::Fields fields{{"reason", std::string(to_text(report.reason))},
                            {"message", report.message}};
    if (!report.detail.empty()) {
      fields.emplace_back("detail", report.detail);
    }
    if (!report.said.empty()) {
      fields.emplace_back("said", report.said);
    }
    planner_events_.warn(clock_(), "search_failed", fields);
  }

  /// On the query thread, when a subscription ends that was not asked to.
  void log_bye(const std::string& peer, model::FeedByeReason reason, const std::string& message) {
    if (reason == model::FeedByeReason::unsubscribed || reason == model::FeedByeReason::drained) {
      return;
    }
    feed_events_.warn(clock_(), "subscription_ended",
                      {{"reason", model::to_text(reason)},
                       {"peer", peer.substr(0, peer.find('#'))},
                       {"message", message}});
  }

  /// On the ingest thread, after each commit.
  void after_commit(const Committed& committed) {
    if (committed.registry_changed) {
      zap_->replace(Directory(committed.snapshot->state.registry).zap_table(clock_()));
    }
    projector_->tell(committed);
  }

  BrokerConfig config_;
  Clock clock_;
  link::CurveKeyPair curve_;
  std::optional<trust::SigningKey> signing_;
  model::RegistryStatement genesis_;
  std::optional<Kept> kept_;
  std::optional<Recovered> recovered_;
  std::optional<BrokerMetrics> metrics_;
  std::optional<link::Waker> published_;  // The ingest loop wakes the query loop by it.
  std::optional<View> view_;
  std::optional<Projector> projector_;
  // One for each thread that writes.
  EventLog events_{[](const std::string& line) { fmt::print(stderr, "{}\n", line); }};
  EventLog planner_events_{[](const std::string& line) { fmt::print(stderr, "{}\n", line); }};
  EventLog feed_events_{[](const std::string& line) { fmt::print(stderr, "{}\n", line); }};
  std::unique_ptr<link::Context> context_;
  std::unique_ptr<link::ZapService> zap_;
  std::string ingest_endpoint_, query_endpoint_;
  std::optional<IngestLoop> ingest_loop_;
  std::optional<QueryLoop> query_loop_;
  std::unique_ptr<link::HttpServer> http_;
};

}  // namespace

model::Result<std::unique_ptr<Broker>> Broker::start(const BrokerConfig& config, const Clock& clock,
                                                     const OnProgress& on_progress) {
  return RunningBroker::start(config, clock, on_progress);
}

model::Result<std::uint64_t> rebuild(const BrokerConfig& config, const OnProgress& on_progress) {
  MUSTER_TRY(const auto genesis, read_genesis(config.genesis_file));
  std::error_code error;
  if (!std::filesystem::is_directory(config.data_folder + "/store", error)) {
    return fail(ErrorCode::not_found,
                fmt::format("data folder {}: there is no store to rebuild", config.data_folder));
  }
  MUSTER_TRY(auto kept, open_kept(config));
  MUSTER_CHECK(kept.store->drop_projection());
  MUSTER_TRY(const auto recovered, recover(*kept.store, kept.mark, genesis, on_progress));
  if (recovered.replayed > 0) {
    MUSTER_CHECK(kept.store->project(
        projection_step(recovered.state, recovered.frontier, recovered.touched, 0)));
  }
  return recovered.replayed;
}

}  // namespace muster::server
