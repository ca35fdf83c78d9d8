// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "schemas/model/ids.h"
#include "schemas/model/time.h"
#include "storage/store.h"

namespace muster::crash {

/// A file that was put into a drop folder, and what has to become of it. Each report has a moment
/// of its own, by which it is found in the ledger.
struct DroppedFile {
  enum class Fate : std::uint8_t {
    processed,
    twin,     ///< Processed as the same content as an earlier file: no report of its own.
    refused,  ///< Rejected because the broker refused one of its reports.
    unread,   ///< Rejected without a report.
  };
  std::string name;
  Fate fate = Fate::processed;
  std::vector<model::UtcTime> moments;  ///< One a report.
};

/// Makes files as a ministry does: JSON, CSV and XLSX, of one moment or two, good ones and bad
/// ones.
class DropFiles {
 public:
  DropFiles(std::filesystem::path drop_folder, std::uint64_t seed);

  /// Declares the units that the others speak of.
  void declare();
  /// Puts one more file into the folder, whole.
  void drop_one();
  [[nodiscard]] const std::vector<DroppedFile>& files() const { return files_; }
  /// True when the folder holds none that is not done.
  [[nodiscard]] bool all_done() const;

 private:
  enum class Kind : std::uint8_t { json, csv, xlsx };
  [[nodiscard]] std::vector<model::UtcTime> next_moments(bool is_refused);
  void put(DroppedFile file, Kind kind);
  void put_copy_of(const DroppedFile& file);
  void write_rows(const std::filesystem::path& path, const DroppedFile& file, Kind kind);

  const std::filesystem::path folder_;
  const model::UtcTime past_, future_;
  std::mt19937_64 random_;
  std::int64_t reports_ = 0;
  std::vector<DroppedFile> files_;
};

/// All promises that a ledger and a drop folder break, in words; empty when they keep them: each
/// moment of each file is in the ledger once and no other; each file stands where its fate has put
/// it, once, and its receipt names the reports that are its own, with the verdicts of the ledger.
std::vector<std::string> broken_drop_promises(const std::vector<storage::LedgerRecord>& ledger,
                                              const model::NodeId& node,
                                              const std::vector<DroppedFile>& files,
                                              const std::filesystem::path& drop_folder);

}  // namespace muster::crash
