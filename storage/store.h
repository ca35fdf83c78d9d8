// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/model/bytes.h"
#include "schemas/model/finding.h"
#include "schemas/model/ids.h"
#include "schemas/model/result.h"
#include "schemas/model/time.h"

namespace muster::storage {

/// One authentic envelope as it was received, and what became of each of its reports.
struct LedgerRecord {
  std::uint64_t ledger_seq = 0;  ///< From 1, dense.
  model::UtcTime received_at{};
  model::NodeId node;
  std::uint64_t first_seq = 0;  ///< Of the envelope's first report in its node's chain.
  model::Hash chain_hash{};  ///< SHA-256 of the envelope's signed bytes: the node's head after it.
  std::vector<model::ReportVerdict> verdicts;  ///< One a report, in order.
  model::Bytes envelope;                       ///< Exactly the bytes that were received.
};

/// Where a node's chain ends.
struct NodeHead {
  model::NodeId node;
  std::uint64_t seq = 0;
  model::Hash hash{};
  friend bool operator==(const NodeHead&, const NodeHead&) = default;
};

/// What identifies an envelope that was taken: to tell a resend from a fork, for ever.
struct ChainEntry {
  std::uint64_t ledger_seq = 0;
  model::Hash chain_hash{};
};

/// The one synced write. All of it is kept, or none of it.
struct Commit {
  std::vector<LedgerRecord> records;  ///< ledger_seq dense after the last one stored.
  std::vector<NodeHead> heads;        ///< The new heads of the nodes concerned.
};

/// One entry of a projection. Keys and values are opaque here; the broker's shell gives them
/// meaning.
struct ProjectedEntry {
  std::string key;
  std::optional<model::Bytes> value;  ///< Nothing: the entry is removed.
};

/// A write-behind step of the projection: its entries and the ledger_seq they include, atomically,
/// not synced.
struct ProjectionStep {
  std::uint64_t watermark = 0;  ///< Never above the last ledger_seq committed.
  std::vector<ProjectedEntry> entries;
};

/// Something that was not authentic, kept for whoever looks into it.
struct Quarantined {
  model::UtcTime received_at{};
  std::string peer;    ///< The authenticated User-Id it came from.
  std::string reason;  ///< Why it was not taken.
  model::Bytes bytes;
};

/// How full and how well the store is, for metrics.
struct StoreHealth {
  bool read_only = false;  ///< A background error is latched: restart after mending the cause.
  bool write_stalled = false;
  std::string error;  ///< Why read_only.
  std::uint64_t live_bytes = 0;
  std::uint64_t sst_bytes = 0;
  std::uint64_t pending_compaction_bytes = 0;
};

/// What the broker keeps. Thread rule: commit() from one thread, project() from one other, reads
/// from any.
class Store {
 public:
  virtual ~Store() = default;

  /// Keeps everything in `commit`, synced to the disk when it returns.
  /// Errors: unavailable when the store refuses writes (it stays so until a restart): until then no
  /// read sees anything of it, and afterwards all of it is there or nothing, as after a power cut:
  /// so nothing may be acknowledged. refused when the ledger_seq do not follow the last one stored;
  /// nothing was written.
  virtual model::Result<void> commit(const Commit& commit) = 0;

  /// Writes a step of the projection and its watermark together, not synced: kill -9 may take the
  /// newest steps with it, each as a whole. Errors: unavailable as commit(); refused when the
  /// watermark is above the last ledger_seq.
  virtual model::Result<void> project(const ProjectionStep& step) = 0;

  /// Forgets the projection and sets its watermark to 0, for good when it returns, so that it is
  /// rebuilt from the ledger. Called by whoever calls project(). Errors: unavailable as commit().
  virtual model::Result<void> drop_projection() = 0;

  /// Keeps the newest kQuarantineMax of these. Not synced. Any thread. Errors: unavailable as
  /// commit().
  virtual model::Result<void> quarantine(const Quarantined& entry) = 0;
  static constexpr std::size_t kQuarantineMax = 1000;

  /// The last ledger_seq, 0 when empty.
  [[nodiscard]] virtual std::uint64_t last_ledger_seq() const = 0;
  /// Errors: corrupt when the record is not what was stored, naming its ledger_seq.
  virtual model::Result<std::optional<LedgerRecord>> ledger_record(
      std::uint64_t ledger_seq) const = 0;
  /// Calls `visit` for each record from `from` on, in order, until it returns an error or false.
  /// Errors: corrupt at a gap or a record that fails its checksum; what `visit` returned.
  virtual model::Result<void> scan_ledger(
      std::uint64_t from,
      const std::function<model::Result<bool>(LedgerRecord&&)>& visit) const = 0;

  /// The envelope of `node` that began with `first_seq`, or nothing.
  virtual model::Result<std::optional<ChainEntry>> chain_entry(const model::NodeId& node,
                                                               std::uint64_t first_seq) const = 0;
  virtual model::Result<std::vector<NodeHead>> heads() const = 0;

  /// The ledger_seq that the projection includes.
  virtual model::Result<std::uint64_t> watermark() const = 0;
  virtual model::Result<void> scan_projection(
      const std::function<model::Result<void>(std::string_view key, model::ByteView value)>& visit)
      const = 0;

  /// The genesis that this store began with: absent until set, then never another.
  virtual model::Result<std::optional<model::Hash>> genesis() const = 0;
  /// Errors: already_exists when another genesis is stored.
  virtual model::Result<void> set_genesis(const model::Hash& genesis) = 0;

  /// Newest first, at most `count`.
  virtual model::Result<std::vector<Quarantined>> quarantined(std::size_t count) const = 0;
  [[nodiscard]] virtual StoreHealth health() const = 0;
};

/// Errors: refused unless the records' ledger_seq follow `last_ledger_seq` without a gap.
/// Every Store asks this before it writes, so that no caller's mistake ends up on disk.
model::Result<void> check_dense(const Commit& commit, std::uint64_t last_ledger_seq);

/// Errors: refused when the step's watermark is above `last_ledger_seq`.
model::Result<void> check_watermark(const ProjectionStep& step, std::uint64_t last_ledger_seq);

/// Errors: already_exists when `wanted` is not the genesis that is `stored`.
model::Result<void> check_genesis(const model::Hash& stored, const model::Hash& wanted);

}  // namespace muster::storage
