// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "nodes/client/publisher.h"
#include "schemas/model/bytes.h"
#include "schemas/model/ids.h"
#include "storage/store.h"

namespace muster::crash {

/// What was promised to the nodes, written down by who heard it and kept away from the broker.
/// Thread rule: any thread.
class Oracle {
 public:
  /// The node kept a report of these bytes under this name.
  void pushed(const model::ReportId& id, const model::Hash& sha256);
  /// The broker acknowledged it.
  void acknowledged(const client::Acknowledged& acknowledgement);

  [[nodiscard]] std::uint64_t acknowledged_count() const;
  /// Waits until more than `count` were acknowledged. False when the time is over first.
  bool more_than(std::uint64_t count, std::chrono::milliseconds wait_max) const;

  /// What was heard of one report.
  struct Entry {
    std::vector<model::Hash> pushed;
    std::vector<client::Acknowledged> acknowledged;
  };
  using Entries = std::map<model::NodeId, std::map<std::uint64_t, Entry>>;
  /// Only once nobody writes any more.
  [[nodiscard]] const Entries& entries() const { return entries_; }

 private:
  mutable std::mutex mutex_;  // Guards all below.
  mutable std::condition_variable more_;
  Entries entries_;
  std::uint64_t acknowledged_ = 0;
};

/// A report in the ledger that the oracle never heard of: a fault, or one that a killed node had
/// kept without living to say so.
enum class Strangers : std::uint8_t { forbidden, allowed };

/// All promises that the ledger breaks, in words; empty when it keeps them: dense from 1, the
/// reports of each node dense from 1, each of them once, with the bytes that were pushed and the
/// verdict that was acknowledged, and none missing that was acknowledged or kept.
std::vector<std::string> broken_promises(const std::vector<storage::LedgerRecord>& ledger,
                                         const Oracle& oracle, Strangers strangers);

}  // namespace muster::crash
