// SPDX-License-Identifier: Apache-2.0
#include "broker/server/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <sstream>

#include "broker/server/process_metrics.h"
#include "schemas/model/query.h"

namespace muster::server {
namespace {

using prometheus::BuildCounter;
using prometheus::BuildGauge;
using prometheus::BuildHistogram;
using Buckets = prometheus::Histogram::BucketBoundaries;

const Buckets& duration_buckets() {
  static const Buckets kBuckets{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5};
  return kBuckets;
}

/// A force package may take a minute.
const Buckets& query_buckets() {
  static const Buckets kBuckets = [] {
    auto buckets = duration_buckets();
    buckets.insert(buckets.end(), {5, 10, 30, 60});
    return buckets;
  }();
  return kBuckets;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  return text;
}

double to_seconds(model::UtcTime time) { return static_cast<double>(model::to_micros(time)) / 1e6; }

}  // namespace

IngestMetrics::IngestMetrics(prometheus::Registry& registry,
                             const std::vector<model::Nation>& publishers) {
  auto& received = BuildCounter()
                       .Name("muster_reports_received_total")
                       .Help("Reports of authentic envelopes, by what became of them")
                       .Register(registry);
  auto& gaps = BuildCounter()
                   .Name("muster_report_sequence_gap_total")
                   .Help("Envelopes that came before one that is missing")
                   .Register(registry);
  auto& last_report =
      BuildGauge()
          .Name("muster_node_last_report_timestamp_seconds")
          .Help("When a report of the nation was last taken; 0 before the first since the start")
          .Register(registry);
  auto& last_heartbeat =
      BuildGauge()
          .Name("muster_node_last_heartbeat_timestamp_seconds")
          .Help("When a node of the nation was last heard of; 0 before the first since the start")
          .Register(registry);
  for (const auto& publisher : publishers) {
    const auto nation = publisher.str();
    nations_[publisher] = {
        .accepted = &received.Add({{"nation", nation}, {"result", "accepted"}}),
        .rejected = &received.Add({{"nation", nation}, {"result", "rejected"}}),
        .duplicate = &received.Add({{"nation", nation}, {"result", "duplicate"}}),
        .gap = &gaps.Add({{"nation", nation}}),
        .last_report = &last_report.Add({{"nation", nation}}),
        .last_heartbeat = &last_heartbeat.Add({{"nation", nation}})};
  }
  count_findings(registry);
  measure_commits(registry);
}

void IngestMetrics::count_findings(prometheus::Registry& registry) {
  auto& refused = BuildCounter()
                      .Name("muster_refused_total")
                      .Help("Findings that refused a report")
                      .Register(registry);
  auto& flagged = BuildCounter()
                      .Name("muster_flagged_total")
                      .Help("Findings on accepted reports")
                      .Register(registry);
  for (unsigned rule = 1; rule <= 42; ++rule) {
    const auto name = model::to_text(static_cast<model::Rule>(rule));
    refused_[rule] = &refused.Add({{"rule", name}});
    flagged_[rule] = &flagged.Add({{"rule", name}});
  }
  auto& nacks = BuildCounter()
                    .Name("muster_envelopes_nacked_total")
                    .Help("Messages that were not taken into the ledger, by reason")
                    .Register(registry);
  for (const auto& entry : model::code_names(model::NackCode{})) {
    nacks_[static_cast<std::size_t>(entry.value)] =
        &nacks.Add({{"reason", lower(std::string(entry.name))}});
  }
}

void IngestMetrics::measure_commits(prometheus::Registry& registry) {
  auto& duration = BuildHistogram()
                       .Name("muster_report_ingest_duration_seconds")
                       .Help("Time that a batch spent in a stage of the commit loop")
                       .Register(registry);
  constexpr std::array kStages{"verify", "validate", "store", "publish"};
  for (std::size_t i = 0; i < kStages.size(); ++i) {
    stages_[i] = &duration.Add({{"stage", kStages[i]}}, duration_buckets());
  }
  batch_ = &BuildHistogram()
                .Name("muster_commit_reports")
                .Help("Reports kept by one synced commit")
                .Register(registry)
                .Add({}, Buckets{1, 4, 16, 64, 256, 1024, 4096});
  ledger_ = &BuildGauge()
                 .Name("muster_ledger_seq")
                 .Help("The last ledger record committed")
                 .Register(registry)
                 .Add({});
  auto& sends = BuildCounter()
                    .Name("muster_router_sends_refused_total")
                    .Help("Answers that could not be handed to a peer")
                    .Register(registry);
  gone_ = &sends.Add({{"cause", "gone"}});
  would_block_ = &sends.Add({{"cause", "would_block"}});
  auto& dropped = BuildCounter()
                      .Name("muster_router_messages_dropped_total")
                      .Help("Messages that were no single frame of a known peer")
                      .Register(registry);
  for (const auto* socket : {"ingest", "query"}) {
    dropped_[socket] = {
        .malformed = &dropped.Add({{"socket", socket}, {"cause", "malformed"}}),
        .without_identity = &dropped.Add({{"socket", socket}, {"cause", "without_identity"}})};
  }
}

IngestMetrics::PerNation* IngestMetrics::of(const model::Nation& nation) {
  const auto found = nations_.find(nation);
  return found == nations_.end() ? nullptr : &found->second;
}

void IngestMetrics::reports_received(const model::Nation& nation, std::uint64_t accepted,
                                     std::uint64_t refused) {
  if (auto* series = of(nation)) {
    series->accepted->Increment(static_cast<double>(accepted));
    series->rejected->Increment(static_cast<double>(refused));
  }
}

void IngestMetrics::reports_repeated(const model::Nation& nation, std::uint64_t count) {
  if (auto* series = of(nation)) {
    series->duplicate->Increment(static_cast<double>(count));
  }
}

void IngestMetrics::finding(model::Rule rule, model::Severity severity) {
  auto* counter =
      (severity == model::Severity::refuse ? refused_ : flagged_)[static_cast<std::size_t>(rule)];
  if (counter != nullptr) {
    counter->Increment();
  }
}

void IngestMetrics::nack(model::NackCode code) {
  if (auto* counter = nacks_[static_cast<std::size_t>(code)]) {
    counter->Increment();
  }
}

void IngestMetrics::sequence_gap(const model::Nation& nation) {
  if (auto* series = of(nation)) {
    series->gap->Increment();
  }
}

void IngestMetrics::heard(const model::Nation& nation, model::UtcTime at, bool is_report) {
  if (auto* series = of(nation)) {
    series->last_heartbeat->Set(to_seconds(at));
    if (is_report) {
      series->last_report->Set(to_seconds(at));
    }
  }
}

double IngestMetrics::last_heartbeat(const model::Nation& nation) const {
  const auto found = nations_.find(nation);
  return found == nations_.end() ? 0 : found->second.last_heartbeat->Value();
}

void IngestMetrics::committed(std::size_t reports, std::uint64_t ledger_seq) {
  batch_->Observe(static_cast<double>(reports));
  ledger_->Set(static_cast<double>(ledger_seq));
}

void IngestMetrics::recovered(std::uint64_t ledger_seq) {
  ledger_->Set(static_cast<double>(ledger_seq));
}

void IngestMetrics::took(Stage stage, double seconds) {
  stages_[static_cast<std::size_t>(stage)]->Observe(seconds);
}

void IngestMetrics::send_refused(bool is_gone) { (is_gone ? gone_ : would_block_)->Increment(); }

void IngestMetrics::dropped(std::string_view socket, std::uint64_t malformed,
                            std::uint64_t without_identity) {
  const auto catch_up = [](prometheus::Counter& counter, std::uint64_t total) {
    counter.Increment(static_cast<double>(total) - counter.Value());
  };
  const auto& series = dropped_.find(socket)->second;
  catch_up(*series.malformed, malformed);
  catch_up(*series.without_identity, without_identity);
}

void IngestMetrics::remember_report(const model::Nation& nation, model::UtcTime at) {
  if (auto* series = of(nation)) {
    series->last_report->Set(std::max(series->last_report->Value(), to_seconds(at)));
  }
}

namespace {

template <std::size_t... Places>
std::vector<std::string> names_of_all(std::index_sequence<Places...>) {
  return {std::string(model::name_of(model::Query(std::in_place_index<Places>)))...};
}

/// Every question that there is, and what could not be read as one.
std::vector<std::string> query_labels() {
  auto labels = names_of_all(std::make_index_sequence<std::variant_size_v<model::Query>>());
  labels.emplace_back("unknown");
  return labels;
}

}  // namespace

QueryMetrics::QueryMetrics(prometheus::Registry& registry) {
  auto& total = BuildCounter()
                    .Name("muster_queries_total")
                    .Help("Queries, by what became of them")
                    .Register(registry);
  auto& duration = BuildHistogram()
                       .Name("muster_query_duration_seconds")
                       .Help("Time to answer a query")
                       .Register(registry);
  for (const auto& query : query_labels()) {
    queries_[query] = {.answered = &total.Add({{"query", query}, {"result", "answered"}}),
                       .refused = &total.Add({{"query", query}, {"result", "refused"}}),
                       .duration = &duration.Add({{"query", query}}, query_buckets())};
  }
  waiting_ = &BuildGauge()
                  .Name("muster_assemblies_waiting")
                  .Help("Questions for a force package that wait for their turn")
                  .Register(registry)
                  .Add({});
  auto& failures = BuildCounter()
                       .Name("muster_planner_failures_total")
                       .Help("Searches for a force package that gave none, by reason")
                       .Register(registry);
  for (const auto reason : kSolverFailures) {
    failures_[reason] = &failures.Add({{"reason", std::string(to_text(reason))}});
  }
}

void QueryMetrics::answered(std::string_view query, double seconds) {
  const auto& series = queries_.find(query)->second;
  series.answered->Increment();
  series.duration->Observe(seconds);
}

void QueryMetrics::refused(std::string_view query) {
  queries_.find(query)->second.refused->Increment();
}

void QueryMetrics::waiting(std::size_t assemblies) {
  waiting_->Set(static_cast<double>(assemblies));
}

void QueryMetrics::search_failed(SolverFailure reason) { failures_.at(reason)->Increment(); }

struct BrokerMetrics::Gauges {
  prometheus::Counter* curve_denied;
  prometheus::Gauge *live, *sst, *pending, *stalled, *read_only, *watermark;
  std::map<model::Nation, prometheus::Gauge*> connected;
};

BrokerMetrics::BrokerMetrics(const std::string& version,
                             const std::vector<model::Nation>& publishers)
    : registry_(std::make_unique<prometheus::Registry>()),
      ingest_(std::make_unique<IngestMetrics>(*registry_, publishers)),
      query_(std::make_unique<QueryMetrics>(*registry_)),
      feed_(std::make_unique<FeedMetrics>(*registry_)),
      gauges_(std::make_unique<Gauges>()) {
  BuildGauge()
      .Name("muster_build_info")
      .Help("Which build this is")
      .Register(*registry_)
      .Add({{"version", version}})
      .Set(1);
  const auto gauge = [&](const char* name, const char* help) {
    return &BuildGauge().Name(name).Help(help).Register(*registry_).Add({});
  };
  gauges_->curve_denied = &BuildCounter()
                               .Name("muster_curve_handshake_failures_total")
                               .Help("Handshakes that were refused")
                               .Register(*registry_)
                               .Add({{"reason", "unknown_key"}});
  gauges_->live = gauge("muster_store_live_bytes", "Estimated bytes of live data in the store");
  gauges_->sst = gauge("muster_store_sst_bytes", "Bytes of table files in the store");
  gauges_->pending =
      gauge("muster_store_pending_compaction_bytes", "Bytes that wait to be compacted");
  gauges_->stalled = gauge("muster_store_write_stalled", "1 while the store delays writes");
  gauges_->read_only =
      gauge("muster_store_read_only", "1 after an error that stopped the store from writing");
  gauges_->watermark =
      gauge("muster_projection_watermark", "The ledger record up to which the projection is kept");
  auto& connected = BuildGauge()
                        .Name("muster_node_connected")
                        .Help("1 when a node of the nation was heard of in the last 15 s")
                        .Register(*registry_);
  for (const auto& publisher : publishers) {
    gauges_->connected[publisher] = &connected.Add({{"nation", publisher.str()}});
  }
}

BrokerMetrics::~BrokerMetrics() = default;

std::string BrokerMetrics::page(const GaugeReadings& readings) {
  gauges_->curve_denied->Increment(static_cast<double>(readings.curve_denied) -
                                   gauges_->curve_denied->Value());
  gauges_->live->Set(static_cast<double>(readings.live_bytes));
  gauges_->sst->Set(static_cast<double>(readings.sst_bytes));
  gauges_->pending->Set(static_cast<double>(readings.pending_compaction_bytes));
  gauges_->stalled->Set(readings.write_stalled ? 1 : 0);
  gauges_->read_only->Set(readings.read_only ? 1 : 0);
  gauges_->watermark->Set(static_cast<double>(readings.projection_watermark));
  constexpr double kSilenceMax = 15;
  for (const auto& [nation, connected] : gauges_->connected) {
    connected->Set(to_seconds(readings.now) - ingest_->last_heartbeat(nation) < kSilenceMax ? 1
                                                                                            : 0);
  }
  auto families = registry_->Collect();
  for (auto& family : process_metrics()) {
    families.push_back(std::move(family));
  }
  std::ostringstream out;
  prometheus::TextSerializer().Serialize(out, families);
  return out.str();
}

}  // namespace muster::server
