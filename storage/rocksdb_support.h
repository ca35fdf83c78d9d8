// SPDX-License-Identifier: Apache-2.0
// What the RocksDB store and the RocksDB outbox share. Not part of the public interface.
#pragma once

#include <rocksdb/db.h>
#include <rocksdb/listener.h>
#include <rocksdb/options.h>

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "schemas/model/bytes.h"
#include "schemas/model/result.h"

namespace muster::storage {

inline rocksdb::Slice slice_of(model::ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline rocksdb::Slice slice_of(std::string_view text) { return {text.data(), text.size()}; }
inline model::ByteView view_of(const rocksdb::Slice& slice) {
  return {reinterpret_cast<const std::uint8_t*>(slice.data()), slice.size()};
}

/// What RocksDB's status means to a caller who was `doing` something.
model::Error error_of(const rocksdb::Status& status, std::string_view doing);

/// The first error after which nothing may be written until a restart. RocksDB resumes from some
/// errors on its own; here none is resumed from, because what a failed sync left on the disk is
/// unknown until the log is read again. Thread rule: any thread.
class ErrorLatch final : public rocksdb::EventListener {
 public:
  void OnBackgroundError(rocksdb::BackgroundErrorReason reason, rocksdb::Status* status) override;
  void latch(std::string why);
  [[nodiscard]] bool is_latched() const { return latched_.load(std::memory_order_acquire); }
  [[nodiscard]] std::string why() const;
  /// Errors: unavailable once latched, saying why and what to do.
  [[nodiscard]] model::Result<void> check() const;

 private:
  std::atomic<bool> latched_{false};
  mutable std::mutex mutex_;
  std::string why_;  // Guarded by mutex_.
};

/// Writes `batch`; whatever fails is latched, for a write that failed may be on the disk or not.
/// Errors: unavailable.
model::Result<void> write(rocksdb::DB& db, const rocksdb::WriteOptions& options,
                          rocksdb::WriteBatch& batch, ErrorLatch& latch);

/// The options of a database with one writer on a small machine.
rocksdb::Options base_options(rocksdb::Env* env, std::shared_ptr<ErrorLatch> latch);

/// Ready for opening a database in the folder `path`: its parent exists, and if the folder holds
/// data it holds the file that names them (RocksDB would begin an empty database over the rest).
/// Errors: io, corrupt.
model::Result<void> check_folder(rocksdb::Env& env, const std::string& path);
/// True when the folder holds a database.
bool holds_database(rocksdb::Env& env, const std::string& path);

/// Why opening `path` failed: a lock is unavailable and names the process that holds it.
model::Error open_error(const rocksdb::Status& status, const std::string& path);

/// The format that `db` was made with is `expected`, such as "muster-store 1". It stands in the
/// default column family, which every RocksDB has, so that any version can read it of any other.
/// Errors: not_found when there is none; unsupported naming both.
model::Result<void> check_format(rocksdb::DB& db, std::string_view expected,
                                 const std::string& path);
model::Result<void> write_format(rocksdb::DB& db, std::string_view format);

}  // namespace muster::storage
