// SPDX-License-Identifier: Apache-2.0
#include "storage/rocksdb_columns.h"

#include <fmt/format.h>
#include <rocksdb/cache.h>
#include <rocksdb/convenience.h>
#include <rocksdb/env.h>
#include <rocksdb/table.h>

#include <algorithm>
#include <string>
#include <utility>

#include "storage/frame.h"

namespace muster::storage {

using model::ErrorCode;
using model::Result;

namespace {

constexpr std::size_t kScanReadahead = std::size_t{2} << 20;
constexpr std::size_t kSmallBufferBytes = std::size_t{8} << 20;

std::shared_ptr<rocksdb::TableFactory> table_factory(std::size_t block_bytes,
                                                     const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions table;
  table.block_size = block_bytes;
  table.block_cache = cache;
  return std::shared_ptr<rocksdb::TableFactory>(rocksdb::NewBlockBasedTableFactory(table));
}

rocksdb::CompressionType fast_compression() {
  const auto known = rocksdb::GetSupportedCompressions();
  const bool has_lz4 = std::ranges::find(known, rocksdb::kLZ4Compression) != known.end();
  return has_lz4 ? rocksdb::kLZ4Compression : rocksdb::kNoCompression;
}

// Signed envelopes hardly shrink, and tables in the order of their keys move down the levels
// without being rewritten: the ledger is written to the log once and to a table once.
void shape_ledger(rocksdb::ColumnFamilyOptions& column, const StoreOptions& options,
                  const std::shared_ptr<rocksdb::Cache>& cache) {
  column.write_buffer_size = options.ledger_buffer_bytes;
  column.max_write_buffer_number = 3;
  column.table_factory = table_factory(16 << 10, cache);
}

void shape_projection(rocksdb::ColumnFamilyOptions& column, const StoreOptions& options) {
  column.write_buffer_size = options.projection_buffer_bytes;
  column.compression = fast_compression();
}

rocksdb::ColumnFamilyOptions column_options(std::string_view name, const rocksdb::Options& base,
                                            const StoreOptions& options,
                                            const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::ColumnFamilyOptions column(base);
  column.write_buffer_size = std::min(kSmallBufferBytes, options.ledger_buffer_bytes);
  column.table_factory = table_factory(4 << 10, cache);
  if (name == kColumnNames[static_cast<std::size_t>(Column::ledger)]) {
    shape_ledger(column, options, cache);
  } else if (name == kColumnNames[static_cast<std::size_t>(Column::current)]) {
    shape_projection(column, options);
  }
  return column;
}

bool is_known(const std::string& name) {
  return std::ranges::find(kColumnNames, name) != kColumnNames.end();
}

/// Ours first and in order; then those of a store of another version, which must be opened too
/// before its version can be read.
Result<std::vector<std::string>> names_to_open(rocksdb::Env& env, const rocksdb::Options& base,
                                               const std::string& path) {
  std::vector<std::string> names(kColumnNames.begin(), kColumnNames.end());
  if (!holds_database(env, path)) {
    return names;
  }
  std::vector<std::string> stored;
  const auto status = rocksdb::DB::ListColumnFamilies(base, path, &stored);
  if (!status.ok()) {
    return tl::unexpected(open_error(status, path));
  }
  for (auto& name : stored) {
    if (!is_known(name)) {
      names.push_back(std::move(name));
    }
  }
  return names;
}

Result<void> refuse_loss(std::uint64_t last_seq, const StoreOptions& options) {
  if (last_seq >= options.known_last_seq) {
    return {};
  }
  return model::fail(
      ErrorCode::corrupt,
      fmt::format("{} holds records up to {}, but {} were committed: copy the folder as it is, "
                  "then restore a backup or let the nodes send again what is missing",
                  options.path, last_seq, options.known_last_seq));
}

/// A read-only look for the last record, which leaves the log as it is even if it is damaged.
Result<void> look_before_opening(const StoreOptions& options, const rocksdb::Options& base) {
  std::vector<rocksdb::ColumnFamilyDescriptor> wanted{
      {"default", rocksdb::ColumnFamilyOptions(base)},
      {std::string(kColumnNames[static_cast<std::size_t>(Column::ledger)]),
       rocksdb::ColumnFamilyOptions(base)}};
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* opened = nullptr;
  const auto status = rocksdb::DB::OpenForReadOnly(base, options.path, wanted, &handles, &opened);
  if (!status.ok()) {
    return tl::unexpected(open_error(status, options.path));
  }
  const std::unique_ptr<rocksdb::DB> db(opened);
  const auto format = check_format(*db, kStoreFormat, options.path);
  const auto last = last_seq_in(*db, handles[1]);
  for (auto* handle : handles) {
    db->DestroyColumnFamilyHandle(handle);
  }
  MUSTER_CHECK(format);
  if (!last) {
    return tl::unexpected(last.error());
  }
  return refuse_loss(*last, options);
}

Result<void> look_if_needed(const StoreOptions& options, const rocksdb::Options& base) {
  if (options.known_last_seq == 0) {
    return {};
  }
  if (!holds_database(*base.env, options.path)) {
    return refuse_loss(0, options);
  }
  return look_before_opening(options, base);
}

/// A store that was never finished has no format and no record: it is finished now.
Result<void> settle_format(rocksdb::DB& db, rocksdb::ColumnFamilyHandle* ledger,
                           const StoreOptions& options, std::size_t columns) {
  auto format = check_format(db, kStoreFormat, options.path);
  if (format || format.error().code != ErrorCode::not_found) {
    MUSTER_CHECK(format);
  } else {
    MUSTER_TRY(const std::uint64_t last, last_seq_in(db, ledger));
    if (last != 0 || columns != kColumnNames.size()) {
      return model::fail(ErrorCode::unsupported,
                         fmt::format("{} holds no format: it is no '{}', point to another folder",
                                     options.path, kStoreFormat));
    }
    MUSTER_CHECK(write_format(db, kStoreFormat));
  }
  if (columns == kColumnNames.size()) {
    return {};
  }
  return model::fail(
      ErrorCode::corrupt,
      fmt::format("{} holds column families that are not of '{}'", options.path, kStoreFormat));
}

}  // namespace

std::string chain_key(const model::NodeId& node, std::uint64_t first_seq) {
  std::string key = node.str();
  key.push_back('\0');
  const auto seq = big_endian(first_seq);
  return key.append(seq.data(), seq.size());
}

rocksdb::ReadOptions scan_options() {
  rocksdb::ReadOptions options;
  options.readahead_size = kScanReadahead;
  options.fill_cache = false;  // A scan is read once and must not drive out what is read often.
  return options;
}

Columns::~Columns() {
  for (auto* handle : handles_) {
    db_->DestroyColumnFamilyHandle(handle);
  }
}

Result<std::uint64_t> last_seq_in(rocksdb::DB& db, rocksdb::ColumnFamilyHandle* ledger) {
  const std::unique_ptr<rocksdb::Iterator> last(db.NewIterator(rocksdb::ReadOptions(), ledger));
  last->SeekToLast();
  if (!last->status().ok()) {
    return tl::unexpected(error_of(last->status(), "reading the last ledger record"));
  }
  if (!last->Valid()) {
    return std::uint64_t{0};
  }
  return from_big_endian(last->key().ToStringView());
}

Result<std::unique_ptr<Columns>> open_columns(const StoreOptions& options,
                                              std::shared_ptr<ErrorLatch> latch) {
  rocksdb::Options base = base_options(options.env, std::move(latch));
  base.max_total_wal_size = options.log_bytes_max;
  MUSTER_CHECK(check_folder(*base.env, options.path));
  MUSTER_CHECK(look_if_needed(options, base));
  MUSTER_TRY(const auto names, names_to_open(*base.env, base, options.path));

  const auto cache = rocksdb::NewLRUCache(options.cache_bytes);
  std::vector<rocksdb::ColumnFamilyDescriptor> wanted;
  for (const auto& name : names) {
    wanted.emplace_back(name, column_options(name, base, options, cache));
  }
  auto columns = std::make_unique<Columns>();
  rocksdb::DB* opened = nullptr;
  const auto status = rocksdb::DB::Open(base, options.path, wanted, &columns->handles_, &opened);
  if (!status.ok()) {
    return tl::unexpected(open_error(status, options.path));
  }
  columns->db_.reset(opened);
  MUSTER_CHECK(settle_format(*opened, (*columns)[Column::ledger], options, names.size()));
  return columns;
}

}  // namespace muster::storage
