// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "storage/store.h"

namespace muster::storage {

/// A Store that forgets everything when it goes: for tests and simulation. It keeps the contract
/// of Store, the latch after a failed commit included. Thread rule: any thread, any call.
class MemoryStore final : public Store {
 public:
  /// The next commit() fails, keeps nothing, and the store stays read-only until restart().
  void fail_next_commit(std::string why = "told to fail");
  /// What ending the process and starting it again would do.
  void restart();

  model::Result<void> commit(const Commit& commit) override;
  model::Result<void> project(const ProjectionStep& step) override;
  model::Result<void> drop_projection() override;
  model::Result<void> quarantine(const Quarantined& entry) override;
  [[nodiscard]] std::uint64_t last_ledger_seq() const override;
  model::Result<std::optional<LedgerRecord>> ledger_record(std::uint64_t ledger_seq) const override;
  model::Result<void> scan_ledger(
      std::uint64_t from,
      const std::function<model::Result<bool>(LedgerRecord&&)>& visit) const override;
  model::Result<std::optional<ChainEntry>> chain_entry(const model::NodeId& node,
                                                       std::uint64_t first_seq) const override;
  model::Result<std::vector<NodeHead>> heads() const override;
  model::Result<std::uint64_t> watermark() const override;
  model::Result<void> scan_projection(
      const std::function<model::Result<void>(std::string_view key, model::ByteView value)>& visit)
      const override;
  model::Result<std::optional<model::Hash>> genesis() const override;
  model::Result<void> set_genesis(const model::Hash& genesis) override;
  model::Result<std::vector<Quarantined>> quarantined(std::size_t count) const override;
  [[nodiscard]] StoreHealth health() const override;

 private:
  model::Result<void> writable() const;  // Called with mutex_ held.

  mutable std::mutex mutex_;  // Guards all below.
  std::vector<LedgerRecord> ledger_;
  std::map<std::pair<model::NodeId, std::uint64_t>, ChainEntry> chain_;
  std::map<model::NodeId, NodeHead> heads_;
  std::map<std::string, model::Bytes, std::less<>> projection_;
  std::uint64_t watermark_ = 0;
  std::optional<model::Hash> genesis_;
  std::deque<Quarantined> quarantine_;
  std::string fail_next_;
  std::string latched_;
};

std::unique_ptr<MemoryStore> make_memory_store();

}  // namespace muster::storage
