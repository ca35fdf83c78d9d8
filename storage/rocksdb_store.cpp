// SPDX-License-Identifier: Apache-2.0
#include "storage/rocksdb_store.h"

#include <fmt/format.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <utility>

#include "storage/frame.h"
#include "storage/record.h"
#include "storage/rocksdb_columns.h"

namespace muster::storage {

using model::ErrorCode;
using model::Result;

namespace {

constexpr std::string_view kGenesisKey = "genesis";
// In `current`: the watermark stands before the entries, in the same column family. So a step is
// atomic without the log: a memory table is written out whole or not at all.
constexpr std::string_view kWatermarkKey{"\x00", 1};
constexpr char kEntryPrefix = '\x01';
constexpr std::string_view kAfterEntries{"\x02", 1};

std::string record_name(std::uint64_t seq) { return fmt::format("ledger record {}", seq); }

Result<LedgerRecord> decode_at(std::uint64_t seq, const rocksdb::Slice& value) {
  auto record = decode_ledger_record(view_of(value));
  if (!record) {
    return tl::unexpected(model::with_context(std::move(record).error(), record_name(seq)));
  }
  if (record->ledger_seq == seq) {
    return record;
  }
  return model::fail(ErrorCode::corrupt, fmt::format("{}: the record of {} stands in its place",
                                                     record_name(seq), record->ledger_seq));
}

class RocksStore final : public Store {
 public:
  static Result<std::unique_ptr<Store>> open(const StoreOptions& options) {
    auto latch = std::make_shared<ErrorLatch>();
    MUSTER_TRY(auto columns, open_columns(options, latch));
    auto store = std::make_unique<RocksStore>(std::move(columns), std::move(latch), options.sync);
    MUSTER_CHECK(store->load_ends());
    return std::unique_ptr<Store>(std::move(store));
  }

  RocksStore(std::unique_ptr<Columns> columns, std::shared_ptr<ErrorLatch> latch, bool sync)
      : latch_(std::move(latch)), columns_(std::move(columns)) {
    synced_.sync = sync;
    unlogged_.disableWAL = true;
  }

  Result<void> commit(const Commit& commit) override;
  Result<void> project(const ProjectionStep& step) override;
  Result<void> drop_projection() override;
  Result<void> quarantine(const Quarantined& entry) override;
  [[nodiscard]] std::uint64_t last_ledger_seq() const override { return last_seq_.load(); }
  Result<std::optional<LedgerRecord>> ledger_record(std::uint64_t ledger_seq) const override;
  Result<void> scan_ledger(std::uint64_t from,
                           const std::function<Result<bool>(LedgerRecord&&)>& visit) const override;
  Result<std::optional<ChainEntry>> chain_entry(const model::NodeId& node,
                                                std::uint64_t first_seq) const override;
  Result<std::vector<NodeHead>> heads() const override;
  Result<std::uint64_t> watermark() const override;
  Result<void> scan_projection(
      const std::function<Result<void>(std::string_view, model::ByteView)>& visit) const override;
  Result<std::optional<model::Hash>> genesis() const override;
  Result<void> set_genesis(const model::Hash& genesis) override;
  Result<std::vector<Quarantined>> quarantined(std::size_t count) const override;
  [[nodiscard]] StoreHealth health() const override;

 private:
  Result<void> load_ends();
  Result<void> stage(const LedgerRecord& record);
  void stage(const NodeHead& head);
  Result<bool> get(Column column, std::string_view key, rocksdb::PinnableSlice& value) const;
  std::unique_ptr<rocksdb::Iterator> iterator(Column column) const;
  std::uint64_t property(const char* name) const;

  // Constant after construction.
  rocksdb::WriteOptions synced_;
  rocksdb::WriteOptions logged_;
  rocksdb::WriteOptions unlogged_;
  std::shared_ptr<ErrorLatch> latch_;
  std::unique_ptr<Columns> columns_;
  // Of the thread that commits. They keep their memory from one commit to the next.
  rocksdb::WriteBatch batch_;
  EncodedRecord encoded_;
  model::Bytes value_;
  // Of the thread that projects.
  rocksdb::WriteBatch projection_batch_;
  // Read by any thread.
  std::atomic<std::uint64_t> last_seq_{0};
  // Of whoever puts something into quarantine.
  std::mutex quarantine_mutex_;
  std::uint64_t quarantine_next_ = 1;
};

Result<void> RocksStore::load_ends() {
  MUSTER_TRY(const std::uint64_t last, last_seq_in(columns_->db(), (*columns_)[Column::ledger]));
  last_seq_.store(last);
  const auto newest = iterator(Column::quarantine);
  newest->SeekToLast();
  if (newest->Valid()) {
    quarantine_next_ = from_big_endian(newest->key().ToStringView()) + 1;
  }
  if (!newest->status().ok()) {
    return tl::unexpected(error_of(newest->status(), "reading the quarantine"));
  }
  return {};
}

Result<void> RocksStore::stage(const LedgerRecord& record) {
  encode(record, encoded_);
  const auto seq = big_endian(record.ledger_seq);
  const rocksdb::Slice key(seq.data(), seq.size());
  const std::array<rocksdb::Slice, 3> pieces{slice_of(encoded_.front), slice_of(encoded_.envelope),
                                             slice_of(encoded_.checksum)};
  const auto status = batch_.Put((*columns_)[Column::ledger], rocksdb::SliceParts(&key, 1),
                                 rocksdb::SliceParts(pieces.data(), pieces.size()));
  if (!status.ok()) {
    return tl::unexpected(error_of(status, "staging " + record_name(record.ledger_seq)));
  }
  encode(ChainEntry{.ledger_seq = record.ledger_seq, .chain_hash = record.chain_hash}, value_);
  batch_.Put((*columns_)[Column::chain], chain_key(record.node, record.first_seq),
             slice_of(value_));
  return {};
}

void RocksStore::stage(const NodeHead& head) {
  encode(head, value_);
  batch_.Put((*columns_)[Column::heads], slice_of(head.node.view()), slice_of(value_));
}

Result<void> RocksStore::commit(const Commit& commit) {
  MUSTER_CHECK(latch_->check());
  MUSTER_CHECK(check_dense(commit, last_ledger_seq()));
  batch_.Clear();
  for (const auto& record : commit.records) {
    MUSTER_CHECK(stage(record));
  }
  for (const auto& head : commit.heads) {
    stage(head);
  }
  if (batch_.Count() == 0) {
    return {};
  }
  MUSTER_CHECK(write(columns_->db(), synced_, batch_, *latch_));
  last_seq_.fetch_add(commit.records.size());
  return {};
}

Result<void> RocksStore::project(const ProjectionStep& step) {
  MUSTER_CHECK(latch_->check());
  MUSTER_CHECK(check_watermark(step, last_ledger_seq()));
  auto* current = (*columns_)[Column::current];
  projection_batch_.Clear();
  std::string key;
  for (const auto& entry : step.entries) {
    key.assign(1, kEntryPrefix).append(entry.key);
    if (entry.value) {
      projection_batch_.Put(current, key, slice_of(*entry.value));
    } else {
      projection_batch_.Delete(current, key);
    }
  }
  const auto watermark = big_endian(step.watermark);
  projection_batch_.Put(current, slice_of(kWatermarkKey), {watermark.data(), watermark.size()});
  return write(columns_->db(), unlogged_, projection_batch_, *latch_);
}

Result<void> RocksStore::drop_projection() {
  MUSTER_CHECK(latch_->check());
  auto* current = (*columns_)[Column::current];
  projection_batch_.Clear();
  projection_batch_.DeleteRange(current, slice_of(kWatermarkKey), slice_of(kAfterEntries));
  MUSTER_CHECK(write(columns_->db(), unlogged_, projection_batch_, *latch_));
  // What was doubted must not come back after kill -9 in the middle of the rebuild.
  const auto status = columns_->db().Flush(rocksdb::FlushOptions(), current);
  if (!status.ok()) {
    latch_->latch(status.ToString());
  }
  return latch_->check();
}

Result<void> RocksStore::quarantine(const Quarantined& entry) {
  MUSTER_CHECK(latch_->check());
  model::Bytes value;
  encode(entry, value);
  const std::scoped_lock lock(quarantine_mutex_);
  rocksdb::WriteBatch batch;
  const auto key = big_endian(quarantine_next_);
  batch.Put((*columns_)[Column::quarantine], {key.data(), key.size()}, slice_of(value));
  if (quarantine_next_ > kQuarantineMax) {
    const auto oldest = big_endian(quarantine_next_ - kQuarantineMax);
    batch.Delete((*columns_)[Column::quarantine], {oldest.data(), oldest.size()});
  }
  MUSTER_CHECK(write(columns_->db(), logged_, batch, *latch_));
  ++quarantine_next_;
  return {};
}

Result<bool> RocksStore::get(Column column, std::string_view key,
                             rocksdb::PinnableSlice& value) const {
  const auto status =
      columns_->db().Get(rocksdb::ReadOptions(), (*columns_)[column], slice_of(key), &value);
  if (status.ok()) {
    return true;
  }
  if (status.IsNotFound()) {
    return false;
  }
  return tl::unexpected(error_of(status, "reading"));
}

std::unique_ptr<rocksdb::Iterator> RocksStore::iterator(Column column) const {
  return std::unique_ptr<rocksdb::Iterator>(
      columns_->db().NewIterator(scan_options(), (*columns_)[column]));
}

Result<std::optional<LedgerRecord>> RocksStore::ledger_record(std::uint64_t ledger_seq) const {
  if (ledger_seq == 0 || ledger_seq > last_ledger_seq()) {
    return std::optional<LedgerRecord>{};
  }
  const auto key = big_endian(ledger_seq);
  rocksdb::PinnableSlice value;
  auto found = get(Column::ledger, {key.data(), key.size()}, value);
  if (!found) {
    return tl::unexpected(model::with_context(std::move(found).error(), record_name(ledger_seq)));
  }
  if (!*found) {
    return model::fail(ErrorCode::corrupt, record_name(ledger_seq) + " is missing");
  }
  MUSTER_TRY(auto record, decode_at(ledger_seq, value));
  return std::optional(std::move(record));
}

Result<void> RocksStore::scan_ledger(
    std::uint64_t from, const std::function<Result<bool>(LedgerRecord&&)>& visit) const {
  const std::uint64_t last = last_ledger_seq();
  std::uint64_t seq = std::max<std::uint64_t>(from, 1);
  const auto records = iterator(Column::ledger);
  const auto first = big_endian(seq);
  for (records->Seek({first.data(), first.size()}); seq <= last; records->Next(), ++seq) {
    if (!records->status().ok()) {
      return tl::unexpected(error_of(records->status(), record_name(seq)));
    }
    if (!records->Valid() || from_big_endian(records->key().ToStringView()) != seq) {
      return model::fail(ErrorCode::corrupt, record_name(seq) + " is missing");
    }
    MUSTER_TRY(auto record, decode_at(seq, records->value()));
    MUSTER_TRY(const bool more, visit(std::move(record)));
    if (!more) {
      break;
    }
  }
  return {};
}

Result<std::optional<ChainEntry>> RocksStore::chain_entry(const model::NodeId& node,
                                                          std::uint64_t first_seq) const {
  rocksdb::PinnableSlice value;
  MUSTER_TRY(const bool found, get(Column::chain, chain_key(node, first_seq), value));
  if (!found) {
    return std::optional<ChainEntry>{};
  }
  auto entry = decode_chain_entry(view_of(value));
  if (!entry) {
    return tl::unexpected(model::with_context(
        std::move(entry).error(), fmt::format("chain entry {}#{}", node.view(), first_seq)));
  }
  return std::optional(*entry);
}

Result<std::vector<NodeHead>> RocksStore::heads() const {
  std::vector<NodeHead> heads;
  const auto stored = iterator(Column::heads);
  for (stored->SeekToFirst(); stored->Valid(); stored->Next()) {
    auto head = decode_head(view_of(stored->value()));
    if (!head || head->node.view() != stored->key().ToStringView()) {
      return model::fail(ErrorCode::corrupt, fmt::format("head of {}: {}", stored->key().ToString(),
                                                         head ? "another node's stands in its place"
                                                              : head.error().message));
    }
    heads.push_back(*head);
  }
  if (!stored->status().ok()) {
    return tl::unexpected(error_of(stored->status(), "heads"));
  }
  return heads;
}

Result<std::uint64_t> RocksStore::watermark() const {
  rocksdb::PinnableSlice value;
  MUSTER_TRY(const bool found, get(Column::current, kWatermarkKey, value));
  if (!found) {
    return std::uint64_t{0};
  }
  if (value.size() != 8) {
    return model::fail(ErrorCode::corrupt, "the projection's watermark");
  }
  return from_big_endian(value.ToStringView());
}

Result<void> RocksStore::scan_projection(
    const std::function<Result<void>(std::string_view, model::ByteView)>& visit) const {
  const auto entries = iterator(Column::current);
  for (entries->Seek({&kEntryPrefix, 1}); entries->Valid(); entries->Next()) {
    MUSTER_CHECK(visit(entries->key().ToStringView().substr(1), view_of(entries->value())));
  }
  if (entries->status().ok()) {
    return {};
  }
  return tl::unexpected(error_of(entries->status(), "reading the projection"));
}

Result<std::optional<model::Hash>> RocksStore::genesis() const {
  rocksdb::PinnableSlice value;
  MUSTER_TRY(const bool found, get(Column::meta, kGenesisKey, value));
  if (!found) {
    return std::optional<model::Hash>{};
  }
  auto body = open_frame(Tag::meta, view_of(value));
  if (!body || body->size() != model::Hash{}.size()) {
    return model::fail(ErrorCode::corrupt,
                       "genesis: " + (body ? "its length" : body.error().message));
  }
  return std::optional(Reader(*body).hash("genesis"));
}

Result<void> RocksStore::set_genesis(const model::Hash& genesis) {
  MUSTER_TRY(const auto stored, this->genesis());
  if (stored) {
    return check_genesis(*stored, genesis);
  }
  MUSTER_CHECK(latch_->check());
  model::Bytes value;
  begin_frame(Tag::meta, value);
  Writer(value).raw(genesis);
  end_frame(value);
  rocksdb::WriteBatch batch;
  batch.Put((*columns_)[Column::meta], slice_of(kGenesisKey), slice_of(value));
  return write(columns_->db(), synced_, batch, *latch_);
}

Result<std::vector<Quarantined>> RocksStore::quarantined(std::size_t count) const {
  std::vector<Quarantined> newest;
  const auto stored = iterator(Column::quarantine);
  for (stored->SeekToLast(); stored->Valid() && newest.size() < count; stored->Prev()) {
    auto entry = decode_quarantined(view_of(stored->value()));
    if (!entry) {
      return tl::unexpected(model::with_context(
          std::move(entry).error(),
          fmt::format("quarantine {}", from_big_endian(stored->key().ToStringView()))));
    }
    newest.push_back(*std::move(entry));
  }
  if (stored->status().ok()) {
    return newest;
  }
  return tl::unexpected(error_of(stored->status(), "reading the quarantine"));
}

std::uint64_t RocksStore::property(const char* name) const {
  std::uint64_t value = 0;
  columns_->db().GetAggregatedIntProperty(name, &value);  // 0 when it is not known.
  return value;
}

StoreHealth RocksStore::health() const {
  StoreHealth health;
  health.read_only = latch_->is_latched();
  health.error = latch_->why();
  std::uint64_t delayed_rate = 0;
  columns_->db().GetIntProperty("rocksdb.actual-delayed-write-rate", &delayed_rate);
  health.write_stalled = delayed_rate != 0 || property("rocksdb.is-write-stopped") != 0;
  health.live_bytes = property("rocksdb.estimate-live-data-size");
  health.sst_bytes = property("rocksdb.total-sst-files-size");
  health.pending_compaction_bytes = property("rocksdb.estimate-pending-compaction-bytes");
  return health;
}

}  // namespace

Result<std::unique_ptr<Store>> open_store(const StoreOptions& options) {
  return RocksStore::open(options);
}

}  // namespace muster::storage
