// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "schemas/model/bytes.h"
#include "schemas/model/result.h"

namespace muster::storage {

/// What the ledger had reached when it was last written down.
struct HighWater {
  std::uint64_t seq = 0;  ///< The last ledger_seq committed; 0 before the first.
  model::Hash digest{};   ///< Whatever the caller compares: its ledger's tree head at `seq`.
  friend bool operator==(const HighWater&, const HighWater&) = default;
};

/// A small file beside the database that says how far the ledger had come, so that a database
/// which lost its newest records, and cannot know it, is found out at the start.
///
/// It is overwritten in place and not synced: it costs a microsecond, survives kill -9, and after
/// a power cut an older mark is still a lower bound. Two slots take turns, so that a torn write
/// leaves the mark before it. Thread rule: one thread at a time.
class HighWaterFile {
 public:
  /// Opens `path`, made when missing in a folder that exists. Errors: io.
  static model::Result<HighWaterFile> open(const std::string& path);

  HighWaterFile(HighWaterFile&& other) noexcept;
  HighWaterFile& operator=(HighWaterFile&& other) noexcept;
  HighWaterFile(const HighWaterFile&) = delete;
  HighWaterFile& operator=(const HighWaterFile&) = delete;
  ~HighWaterFile();

  /// Call it after the commit returned, with its last ledger_seq. Errors: io.
  model::Result<void> record(std::uint64_t seq, const model::Hash& digest);

  /// The newest mark that is whole; seq 0 for a new file.
  /// Errors: io; corrupt when something was written and no slot is whole.
  [[nodiscard]] model::Result<HighWater> read() const;

 private:
  HighWaterFile(std::string path, int file) : path_(std::move(path)), file_(file) {}

  std::string path_;
  int file_ = -1;
  std::uint64_t turn_ = 0;  // Counts record() calls, to take the slots in turn.
};

}  // namespace muster::storage
