// SPDX-License-Identifier: Apache-2.0
#include "storage/memory_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace muster::storage {

using model::ErrorCode;
using model::Result;

void MemoryStore::fail_next_commit(std::string why) {
  const std::scoped_lock lock(mutex_);
  fail_next_ = std::move(why);
}

void MemoryStore::restart() {
  const std::scoped_lock lock(mutex_);
  fail_next_.clear();
  latched_.clear();
}

Result<void> MemoryStore::writable() const {
  if (latched_.empty()) {
    return {};
  }
  return model::fail(ErrorCode::unavailable, "the store is read-only: " + latched_);
}

Result<void> MemoryStore::commit(const Commit& commit) {
  const std::scoped_lock lock(mutex_);
  MUSTER_CHECK(writable());
  MUSTER_CHECK(check_dense(commit, ledger_.size()));
  latched_ = std::exchange(fail_next_, {});
  MUSTER_CHECK(writable());
  for (const auto& record : commit.records) {
    chain_[{record.node, record.first_seq}] = {record.ledger_seq, record.chain_hash};
    ledger_.push_back(record);
  }
  for (const auto& head : commit.heads) {
    heads_[head.node] = head;
  }
  return {};
}

Result<void> MemoryStore::project(const ProjectionStep& step) {
  const std::scoped_lock lock(mutex_);
  MUSTER_CHECK(writable());
  MUSTER_CHECK(check_watermark(step, ledger_.size()));
  for (const auto& entry : step.entries) {
    if (entry.value) {
      projection_[entry.key] = *entry.value;
    } else {
      projection_.erase(entry.key);
    }
  }
  watermark_ = step.watermark;
  return {};
}

Result<void> MemoryStore::drop_projection() {
  const std::scoped_lock lock(mutex_);
  MUSTER_CHECK(writable());
  projection_.clear();
  watermark_ = 0;
  return {};
}

Result<void> MemoryStore::quarantine(const Quarantined& entry) {
  const std::scoped_lock lock(mutex_);
  MUSTER_CHECK(writable());
  quarantine_.push_back(entry);
  if (quarantine_.size() > kQuarantineMax) {
    quarantine_.pop_front();
  }
  return {};
}

std::uint64_t MemoryStore::last_ledger_seq() const {
  const std::scoped_lock lock(mutex_);
  return ledger_.size();
}

Result<std::optional<LedgerRecord>> MemoryStore::ledger_record(std::uint64_t ledger_seq) const {
  const std::scoped_lock lock(mutex_);
  if (ledger_seq == 0 || ledger_seq > ledger_.size()) {
    return std::optional<LedgerRecord>{};
  }
  return std::optional(ledger_[ledger_seq - 1]);
}

Result<void> MemoryStore::scan_ledger(
    std::uint64_t from, const std::function<Result<bool>(LedgerRecord&&)>& visit) const {
  const std::uint64_t last = last_ledger_seq();
  for (std::uint64_t seq = std::max<std::uint64_t>(from, 1); seq <= last; ++seq) {
    MUSTER_TRY(auto record, ledger_record(seq));
    MUSTER_TRY(const bool more, visit(std::move(*record)));
    if (!more) {
      break;
    }
  }
  return {};
}

Result<std::optional<ChainEntry>> MemoryStore::chain_entry(const model::NodeId& node,
                                                           std::uint64_t first_seq) const {
  const std::scoped_lock lock(mutex_);
  const auto found = chain_.find({node, first_seq});
  if (found == chain_.end()) {
    return std::optional<ChainEntry>{};
  }
  return std::optional(found->second);
}

Result<std::vector<NodeHead>> MemoryStore::heads() const {
  const std::scoped_lock lock(mutex_);
  std::vector<NodeHead> heads;
  for (const auto& [node, head] : heads_) {
    heads.push_back(head);
  }
  return heads;
}

Result<std::uint64_t> MemoryStore::watermark() const {
  const std::scoped_lock lock(mutex_);
  return watermark_;
}

Result<void> MemoryStore::scan_projection(
    const std::function<Result<void>(std::string_view, model::ByteView)>& visit) const {
  std::unique_lock lock(mutex_);
  const auto entries = projection_;
  lock.unlock();
  for (const auto& [key, value] : entries) {
    MUSTER_CHECK(visit(key, value));
  }
  return {};
}

Result<std::optional<model::Hash>> MemoryStore::genesis() const {
  const std::scoped_lock lock(mutex_);
  return genesis_;
}

Result<void> MemoryStore::set_genesis(const model::Hash& genesis) {
  const std::scoped_lock lock(mutex_);
  MUSTER_CHECK(writable());
  if (genesis_) {
    return check_genesis(*genesis_, genesis);
  }
  genesis_ = genesis;
  return {};
}

Result<std::vector<Quarantined>> MemoryStore::quarantined(std::size_t count) const {
  const std::scoped_lock lock(mutex_);
  std::vector<Quarantined> newest;
  for (auto entry = quarantine_.rbegin(); entry != quarantine_.rend(); ++entry) {
    if (newest.size() == count) {
      break;
    }
    newest.push_back(*entry);
  }
  return newest;
}

StoreHealth MemoryStore::health() const {
  const std::scoped_lock lock(mutex_);
  StoreHealth health;
  health.read_only = !latched_.empty();
  health.error = latched_;
  return health;
}

std::unique_ptr<MemoryStore> make_memory_store() { return std::make_unique<MemoryStore>(); }

}  // namespace muster::storage
