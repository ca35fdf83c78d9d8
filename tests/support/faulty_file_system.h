// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>

namespace muster::support {

/// A file system on which things go wrong when a test says so. It works on real files, and keeps
/// count of what a power cut would leave of them: the bytes that were synced, in the files whose
/// folder was synced after they were made. Thread rule: any thread.
class FaultyFileSystem final : public rocksdb::FileSystemWrapper {
 public:
  FaultyFileSystem();
  [[nodiscard]] const char* Name() const override { return "FaultyFileSystem"; }

  /// From now on every sync of a file answers EIO.
  void fail_syncs(bool fails);
  /// After so many more bytes every write answers ENOSPC, having written what still fits.
  void leave_space(std::uint64_t bytes);
  /// From now on no file can be made, as in a folder that belongs to someone else.
  void refuse_new_files(bool refuses);

  /// From now on nothing reaches the disk. Close what is open, then call restore_power().
  void cut_power();
  /// Throws away what was not synced when the power went, and works again.
  void restore_power();

  static constexpr std::uint64_t kUnlimited = std::numeric_limits<std::uint64_t>::max();

  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* result,
                                    rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus ReopenWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                       std::unique_ptr<rocksdb::FSWritableFile>* result,
                                       rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus NewDirectory(const std::string& name, const rocksdb::IOOptions& options,
                                 std::unique_ptr<rocksdb::FSDirectory>* result,
                                 rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus DeleteFile(const std::string& name, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to,
                               const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;

 private:
  friend class FaultyFile;
  friend class FaultyDirectory;

  /// How many of `wanted` bytes may be written; fewer than wanted means that the disk is full.
  std::uint64_t take_space(std::uint64_t wanted);
  [[nodiscard]] rocksdb::IOStatus fault_of_sync() const;
  [[nodiscard]] rocksdb::IOStatus fault_of_change() const;
  void note_synced(const std::string& name, std::uint64_t size);
  void note_folder_synced(const std::string& folder);
  void note_made(const std::string& name);

  mutable std::mutex mutex_;  // Guards all below.
  bool powered_ = true;
  bool fails_syncs_ = false;
  bool refuses_new_files_ = false;
  std::uint64_t space_ = kUnlimited;
  std::map<std::string, std::uint64_t> synced_bytes_;  // Of each file written since the last cut.
  std::set<std::string> unnamed_;                      // Made, and their folder not synced since.
};

/// The file system and the Env that RocksDB takes it in.
struct FaultyEnv {
  std::shared_ptr<FaultyFileSystem> files = std::make_shared<FaultyFileSystem>();
  std::unique_ptr<rocksdb::Env> env = rocksdb::NewCompositeEnv(files);
};

}  // namespace muster::support
