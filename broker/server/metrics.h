// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "broker/server/feed_metrics.h"
#include "broker/server/solver_failure.h"
#include "schemas/model/codes.h"
#include "schemas/model/ids.h"
#include "schemas/model/time.h"

namespace prometheus {
class Counter;
class Gauge;
class Histogram;
class Registry;
}  // namespace prometheus

/// What the broker counts. Health and transport only: no strengths stand here, since anybody who
/// may scrape reads it. Every series exists from the start with a closed set of labels; observers
/// keep references.
namespace muster::server {

/// A stage of an envelope's way in.
enum class Stage : std::uint8_t { verify, validate, store, publish };

/// Counters of the ingest loop. Cheap enough to be touched once an envelope.
class IngestMetrics {
 public:
  IngestMetrics(prometheus::Registry& registry, const std::vector<model::Nation>& publishers);

  void reports_received(const model::Nation& nation, std::uint64_t accepted, std::uint64_t refused);
  void reports_repeated(const model::Nation& nation, std::uint64_t count);
  void finding(model::Rule rule, model::Severity severity);
  void nack(model::NackCode code);
  void sequence_gap(const model::Nation& nation);
  void heard(const model::Nation& nation, model::UtcTime at, bool is_report);
  void committed(std::size_t reports, std::uint64_t ledger_seq);
  /// What the ledger holds at the start.
  void recovered(std::uint64_t ledger_seq);
  void took(Stage stage, double seconds);
  void send_refused(bool is_gone);
  /// Messages that a socket dropped since the start, by its name ("ingest", "query").
  void dropped(std::string_view socket, std::uint64_t malformed, std::uint64_t without_identity);
  /// When a report of the nation was last taken, from the record: before the first since the start.
  void remember_report(const model::Nation& nation, model::UtcTime at);
  /// When a node of the nation was last heard of, in seconds; 0 for never.
  [[nodiscard]] double last_heartbeat(const model::Nation& nation) const;

 private:
  struct PerNation {
    prometheus::Counter *accepted, *rejected, *duplicate, *gap;
    prometheus::Gauge *last_report, *last_heartbeat;
  };
  PerNation* of(const model::Nation& nation);
  void count_findings(prometheus::Registry& registry);
  void measure_commits(prometheus::Registry& registry);

  std::map<model::Nation, PerNation> nations_;
  std::array<prometheus::Counter*, 128> refused_{}, flagged_{};
  std::array<prometheus::Counter*, 32> nacks_{};
  std::array<prometheus::Histogram*, 4> stages_{};
  prometheus::Histogram* batch_ = nullptr;
  prometheus::Gauge* ledger_ = nullptr;
  prometheus::Counter *gone_ = nullptr, *would_block_ = nullptr;
  struct Dropped {
    prometheus::Counter *malformed, *without_identity;
  };
  std::map<std::string, Dropped, std::less<>> dropped_;
};

/// Counters of the query loop. Any thread.
class QueryMetrics {
 public:
  explicit QueryMetrics(prometheus::Registry& registry);
  /// `query` is model::name_of(); `error` is none when it was answered.
  void answered(std::string_view query, double seconds);
  void refused(std::string_view query);
  /// Questions for a force package that wait for their turn.
  void waiting(std::size_t assemblies);
  /// A search for a package that gave none.
  void search_failed(SolverFailure reason);

 private:
  struct PerQuery {
    prometheus::Counter *answered, *refused;
    prometheus::Histogram* duration;
  };
  std::map<std::string, PerQuery, std::less<>> queries_;
  prometheus::Gauge* waiting_ = nullptr;
  std::map<SolverFailure, prometheus::Counter*> failures_;
};

/// Gauges that are read when somebody looks.
struct GaugeReadings {
  std::uint64_t curve_denied = 0;
  std::uint64_t live_bytes = 0, sst_bytes = 0, pending_compaction_bytes = 0;
  bool write_stalled = false, read_only = false;
  std::uint64_t projection_watermark = 0;
  model::UtcTime now{};
};

/// All metrics of the broker, and the page that shows them.
class BrokerMetrics {
 public:
  BrokerMetrics(const std::string& version, const std::vector<model::Nation>& publishers);
  ~BrokerMetrics();
  [[nodiscard]] IngestMetrics& ingest() { return *ingest_; }
  [[nodiscard]] QueryMetrics& query() { return *query_; }
  [[nodiscard]] FeedMetrics& feed() { return *feed_; }
  /// The text exposition format, with the process's own figures. Any thread.
  std::string page(const GaugeReadings& readings);

 private:
  struct Gauges;
  std::unique_ptr<prometheus::Registry> registry_;
  std::unique_ptr<IngestMetrics> ingest_;
  std::unique_ptr<QueryMetrics> query_;
  std::unique_ptr<FeedMetrics> feed_;
  std::unique_ptr<Gauges> gauges_;
};

}  // namespace muster::server
