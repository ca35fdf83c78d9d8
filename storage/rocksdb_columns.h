// SPDX-License-Identifier: Apache-2.0
// The column families of the RocksDB store and how they are opened. Not part of the public
// interface.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "storage/rocksdb_store.h"
#include "storage/rocksdb_support.h"

namespace muster::storage {

/// Stored by name. Never rename.
enum class Column : std::size_t { meta, ledger, heads, chain, current, quarantine };
inline constexpr std::array<std::string_view, 6> kColumnNames{"default", "ledger",  "heads",
                                                              "chain",   "current", "quarantine"};
inline constexpr std::string_view kStoreFormat = "muster-store 1";

/// The key in `chain`: node, a zero, first_seq.
std::string chain_key(const model::NodeId& node, std::uint64_t first_seq);

/// How whole columns are read.
rocksdb::ReadOptions scan_options();

/// An open database and its column families, closed in the right order.
class Columns {
 public:
  Columns() = default;
  Columns(const Columns&) = delete;
  Columns& operator=(const Columns&) = delete;
  ~Columns();

  [[nodiscard]] rocksdb::DB& db() const { return *db_; }
  [[nodiscard]] rocksdb::ColumnFamilyHandle* operator[](Column column) const {
    return handles_[static_cast<std::size_t>(column)];
  }

 private:
  friend model::Result<std::unique_ptr<Columns>> open_columns(const StoreOptions& options,
                                                              std::shared_ptr<ErrorLatch> latch);
  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> handles_;  // In the order of Column.
};

/// Errors: as open_store().
model::Result<std::unique_ptr<Columns>> open_columns(const StoreOptions& options,
                                                     std::shared_ptr<ErrorLatch> latch);

/// The last ledger_seq in `ledger`, 0 when it is empty. Errors: corrupt, io.
model::Result<std::uint64_t> last_seq_in(rocksdb::DB& db, rocksdb::ColumnFamilyHandle* ledger);

}  // namespace muster::storage
