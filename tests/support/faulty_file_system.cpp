// SPDX-License-Identifier: Apache-2.0
#include "tests/support/faulty_file_system.h"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace muster::support {

using rocksdb::FileOptions;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

class FaultyFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  FaultyFile(std::unique_ptr<rocksdb::FSWritableFile>&& file, std::string name,
             FaultyFileSystem& system)
      : FSWritableFileOwnerWrapper(std::move(file)), name_(std::move(name)), system_(system) {}

  IOStatus Append(const Slice& data, const IOOptions& options, IODebugContext* debug) override {
    if (auto fault = system_.fault_of_change(); !fault.ok()) {
      return fault;
    }
    const std::uint64_t fits = system_.take_space(data.size());
    auto status = target()->Append(Slice(data.data(), fits), options, debug);
    if (!status.ok() || fits == data.size()) {
      return status;
    }
    return IOStatus::NoSpace("While appending to " + name_, "No space left on device");
  }
  IOStatus Append(const Slice& data, const IOOptions& options,
                  const rocksdb::DataVerificationInfo& /*info*/, IODebugContext* debug) override {
    return Append(data, options, debug);
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* debug) override {
    return synced(system_.fault_of_sync(), options, debug);
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
    return synced(system_.fault_of_sync(), options, debug);
  }
  IOStatus Truncate(std::uint64_t size, const IOOptions& options, IODebugContext* debug) override {
    if (auto fault = system_.fault_of_change(); !fault.ok()) {
      return fault;
    }
    return target()->Truncate(size, options, debug);
  }

 private:
  // The bytes are in the page cache of the real machine, which stays up: no real sync is needed,
  // and the tests do not wait for a disk.
  IOStatus synced(IOStatus fault, const IOOptions& options, IODebugContext* debug) {
    if (!fault.ok()) {
      return fault;
    }
    auto status = target()->Flush(options, debug);
    if (status.ok()) {
      system_.note_synced(name_, target()->GetFileSize(options, debug));
    }
    return status;
  }

  std::string name_;
  FaultyFileSystem& system_;
};

class FaultyDirectory final : public rocksdb::FSDirectoryWrapper {
 public:
  FaultyDirectory(std::unique_ptr<rocksdb::FSDirectory>&& folder, std::string name,
                  FaultyFileSystem& system)
      : FSDirectoryWrapper(std::move(folder)), name_(std::move(name)), system_(system) {}

  IOStatus Fsync(const IOOptions& /*options*/, IODebugContext* /*debug*/) override {
    if (auto fault = system_.fault_of_sync(); !fault.ok()) {
      return fault;
    }
    system_.note_folder_synced(name_);
    return IOStatus::OK();
  }
  IOStatus FsyncWithDirOptions(const IOOptions& options, IODebugContext* debug,
                               const rocksdb::DirFsyncOptions& /*which*/) override {
    return Fsync(options, debug);
  }

 private:
  std::string name_;
  FaultyFileSystem& system_;
};

FaultyFileSystem::FaultyFileSystem() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}

void FaultyFileSystem::fail_syncs(bool fails) {
  const std::scoped_lock lock(mutex_);
  fails_syncs_ = fails;
}

void FaultyFileSystem::leave_space(std::uint64_t bytes) {
  const std::scoped_lock lock(mutex_);
  space_ = bytes;
}

void FaultyFileSystem::refuse_new_files(bool refuses) {
  const std::scoped_lock lock(mutex_);
  refuses_new_files_ = refuses;
}

void FaultyFileSystem::cut_power() {
  const std::scoped_lock lock(mutex_);
  powered_ = false;
}

void FaultyFileSystem::restore_power() {
  const std::scoped_lock lock(mutex_);
  std::error_code gone;  // A file that was deleted meanwhile needs nothing.
  for (const auto& [name, size] : synced_bytes_) {
    std::filesystem::resize_file(name, size, gone);
  }
  for (const auto& name : unnamed_) {
    std::filesystem::remove(name, gone);
  }
  synced_bytes_.clear();
  unnamed_.clear();
  powered_ = true;
  fails_syncs_ = false;
  space_ = kUnlimited;
}

IOStatus FaultyFileSystem::NewWritableFile(const std::string& name, const FileOptions& options,
                                           std::unique_ptr<rocksdb::FSWritableFile>* result,
                                           IODebugContext* debug) {
  if (auto fault = fault_of_change(); !fault.ok()) {
    return fault;
  }
  {
    const std::scoped_lock lock(mutex_);
    if (refuses_new_files_) {
      return IOStatus::IOError("While open a file for appending: " + name, "Permission denied");
    }
  }
  std::unique_ptr<rocksdb::FSWritableFile> file;
  auto status = target()->NewWritableFile(name, options, &file, debug);
  if (!status.ok()) {
    return status;
  }
  note_made(name);
  *result = std::make_unique<FaultyFile>(std::move(file), name, *this);
  return status;
}

IOStatus FaultyFileSystem::ReopenWritableFile(const std::string& name, const FileOptions& options,
                                              std::unique_ptr<rocksdb::FSWritableFile>* result,
                                              IODebugContext* debug) {
  if (auto fault = fault_of_change(); !fault.ok()) {
    return fault;
  }
  std::unique_ptr<rocksdb::FSWritableFile> file;
  auto status = target()->ReopenWritableFile(name, options, &file, debug);
  if (status.ok()) {
    *result = std::make_unique<FaultyFile>(std::move(file), name, *this);
  }
  return status;
}

IOStatus FaultyFileSystem::NewDirectory(const std::string& name, const IOOptions& options,
                                        std::unique_ptr<rocksdb::FSDirectory>* result,
                                        IODebugContext* debug) {
  std::unique_ptr<rocksdb::FSDirectory> folder;
  auto status = target()->NewDirectory(name, options, &folder, debug);
  if (status.ok()) {
    *result = std::make_unique<FaultyDirectory>(std::move(folder), name, *this);
  }
  return status;
}

IOStatus FaultyFileSystem::DeleteFile(const std::string& name, const IOOptions& options,
                                      IODebugContext* debug) {
  if (auto fault = fault_of_change(); !fault.ok()) {
    return fault;
  }
  const std::scoped_lock lock(mutex_);
  synced_bytes_.erase(name);
  unnamed_.erase(name);
  return target()->DeleteFile(name, options, debug);
}

IOStatus FaultyFileSystem::RenameFile(const std::string& from, const std::string& to,
                                      const IOOptions& options, IODebugContext* debug) {
  if (auto fault = fault_of_change(); !fault.ok()) {
    return fault;
  }
  const std::scoped_lock lock(mutex_);
  if (auto size = synced_bytes_.extract(from)) {
    synced_bytes_[to] = size.mapped();
  }
  // Journalling file systems keep a rename with the bytes that were synced before it.
  unnamed_.erase(from);
  return target()->RenameFile(from, to, options, debug);
}

std::uint64_t FaultyFileSystem::take_space(std::uint64_t wanted) {
  const std::scoped_lock lock(mutex_);
  if (space_ == kUnlimited) {
    return wanted;
  }
  const std::uint64_t taken = std::min(wanted, space_);
  space_ -= taken;
  return taken;
}

IOStatus FaultyFileSystem::fault_of_sync() const {
  const std::scoped_lock lock(mutex_);
  if (!powered_) {
    return IOStatus::IOError("the power is cut");
  }
  if (fails_syncs_) {
    return IOStatus::IOError("While fdatasync", "Input/output error");
  }
  return IOStatus::OK();
}

IOStatus FaultyFileSystem::fault_of_change() const {
  const std::scoped_lock lock(mutex_);
  return powered_ ? IOStatus::OK() : IOStatus::IOError("the power is cut");
}

void FaultyFileSystem::note_synced(const std::string& name, std::uint64_t size) {
  const std::scoped_lock lock(mutex_);
  synced_bytes_[name] = size;
}

void FaultyFileSystem::note_folder_synced(const std::string& folder) {
  const std::scoped_lock lock(mutex_);
  std::erase_if(unnamed_, [&](const std::string& name) {
    return std::filesystem::path(name).parent_path() == std::filesystem::path(folder);
  });
}

void FaultyFileSystem::note_made(const std::string& name) {
  const std::scoped_lock lock(mutex_);
  synced_bytes_[name] = 0;
  unnamed_.insert(name);
}

}  // namespace muster::support
