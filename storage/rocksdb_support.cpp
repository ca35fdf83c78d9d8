// SPDX-License-Identifier: Apache-2.0
#include "storage/rocksdb_support.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <rocksdb/env.h>
#include <rocksdb/write_batch.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <utility>
#include <vector>

namespace muster::storage {

using model::ErrorCode;

namespace {

constexpr std::string_view kFormatKey = "format";
constexpr std::size_t kMebibyte = std::size_t{1} << 20;

ErrorCode code_of(const rocksdb::Status& status) {
  if (status.IsCorruption()) {
    return ErrorCode::corrupt;
  }
  if (status.IsNotSupported()) {
    return ErrorCode::unsupported;
  }
  if (status.IsIOError() || status.IsNoSpace()) {
    return ErrorCode::io;
  }
  return ErrorCode::unavailable;
}

bool ends_with_data(std::string_view name) {
  return name.ends_with(".sst") || name.ends_with(".log");
}

/// Who holds the lock on `file`, such as "process 812 (muster-broker)". Only for a lock of another
/// process: closing the file here would release this process's own.
std::string lock_holder(const std::string& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
  if (descriptor < 0) {
    return "another process";
  }
  struct flock lock{};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  const bool found = ::fcntl(descriptor, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
  ::close(descriptor);
  if (!found) {
    return "another process";
  }
  std::string name;
  std::getline(std::ifstream(fmt::format("/proc/{}/comm", lock.l_pid)), name);
  return fmt::format("process {} ({})", lock.l_pid, name.empty() ? "name unknown" : name);
}

}  // namespace

model::Error error_of(const rocksdb::Status& status, std::string_view doing) {
  return {code_of(status), fmt::format("{}: {}", doing, status.ToString())};
}

void ErrorLatch::OnBackgroundError(rocksdb::BackgroundErrorReason /*reason*/,
                                   rocksdb::Status* status) {
  latch(status->ToString());
}

void ErrorLatch::latch(std::string why) {
  const std::scoped_lock lock(mutex_);
  if (is_latched()) {
    return;
  }
  why_ = std::move(why);
  latched_.store(true, std::memory_order_release);
}

std::string ErrorLatch::why() const {
  const std::scoped_lock lock(mutex_);
  return why_;
}

model::Result<void> ErrorLatch::check() const {
  if (!is_latched()) {
    return {};
  }
  return model::fail(ErrorCode::unavailable,
                     fmt::format("writes are refused after an error of the disk or database: {}; "
                                 "mend the cause and restart",
                                 why()));
}

model::Result<void> write(rocksdb::DB& db, const rocksdb::WriteOptions& options,
                          rocksdb::WriteBatch& batch, ErrorLatch& latch) {
  const rocksdb::Status status = db.Write(options, &batch);
  if (!status.ok()) {
    latch.latch(status.ToString());
  }
  return latch.check();
}

rocksdb::Options base_options(rocksdb::Env* env, std::shared_ptr<ErrorLatch> latch) {
  rocksdb::Options options;
  if (env != nullptr) {
    options.env = env;
  }
  options.create_if_missing = true;
  options.create_missing_column_families = true;
  options.listeners.push_back(std::move(latch));
  options.max_bgerror_resume_count = 0;
  // The longest whole prefix of the log is taken: a torn tail is normal after kill -9 or a power
  // cut and must not keep a healthy store shut. What it may hide is found out by the dense
  // sequence and the high-water mark (README.md).
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  options.recycle_log_file_num = 0;    // Recovery of recycled logs is unsafe in this version.
  options.bytes_per_sync = kMebibyte;  // Table files trickle out and do not delay the log's sync.
  options.max_background_jobs = 2;
  // With one writer these two cost and bring nothing.
  options.allow_concurrent_memtable_write = false;
  options.enable_write_thread_adaptive_yield = false;
  options.compression = rocksdb::kNoCompression;
  options.info_log_level = rocksdb::InfoLogLevel::WARN_LEVEL;
  options.keep_log_file_num = 4;
  options.max_log_file_size = kMebibyte;
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  return options;
}

bool holds_database(rocksdb::Env& env, const std::string& path) {
  return env.FileExists(path + "/CURRENT").ok();
}

model::Result<void> check_folder(rocksdb::Env& env, const std::string& path) {
  const std::filesystem::path folder = std::filesystem::path(path).lexically_normal();
  // "data/store/" has an empty last part, and "store" alone an empty parent.
  const auto above = (folder.has_filename() ? folder : folder.parent_path()).parent_path();
  const std::string parent = above.empty() ? "." : above.string();
  if (!env.FileExists(parent).ok()) {
    return model::fail(ErrorCode::io,
                       fmt::format("{} does not exist: make it, or mount what belongs there; only "
                                   "the last folder of {} is made",
                                   parent, path));
  }
  if (holds_database(env, path)) {
    return {};
  }
  std::vector<std::string> children;
  if (!env.GetChildren(path, &children).ok()) {
    return {};
  }  // Not there yet.
  for (const auto& name : children) {
    if (!ends_with_data(name)) {
      continue;
    }
    return model::fail(ErrorCode::corrupt,
                       fmt::format("{} holds {} but no CURRENT file: restore it from a backup, "
                                   "nothing was touched",
                                   path, name));
  }
  return {};
}

model::Error open_error(const rocksdb::Status& status, const std::string& path) {
  const std::string text = status.ToString();
  if (text.find("lock hold by current process") != std::string::npos) {
    return {ErrorCode::unavailable, fmt::format("{} is already open in this process", path)};
  }
  if (text.find("While lock file") != std::string::npos) {
    return {ErrorCode::unavailable,
            fmt::format("{} is in use by {}: end it first", path, lock_holder(path + "/LOCK"))};
  }
  return error_of(status, "opening " + path);
}

model::Result<void> check_format(rocksdb::DB& db, std::string_view expected,
                                 const std::string& path) {
  std::string found;
  const auto status = db.Get(rocksdb::ReadOptions(), slice_of(kFormatKey), &found);
  if (status.IsNotFound()) {
    return model::fail(ErrorCode::not_found, "no format");
  }
  if (!status.ok()) {
    return tl::unexpected(error_of(status, "reading the format of " + path));
  }
  if (found == expected) {
    return {};
  }
  return model::fail(ErrorCode::unsupported,
                     fmt::format("{} has the format '{}' and this program reads '{}': run the "
                                 "version that wrote it, or restore its backup into a new folder "
                                 "with this one",
                                 path, found, expected));
}

model::Result<void> write_format(rocksdb::DB& db, std::string_view format) {
  rocksdb::WriteOptions synced;
  synced.sync = true;
  const auto status = db.Put(synced, slice_of(kFormatKey), slice_of(format));
  if (!status.ok()) {
    return tl::unexpected(error_of(status, "writing the format"));
  }
  return {};
}

}  // namespace muster::storage
