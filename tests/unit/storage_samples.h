// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdlib.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "storage/store.h"

namespace muster::storage {

/// Valid values for the storage tests, and a folder that goes when the test does.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "muster-storage-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
      std::abort();
    }
    path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::string operator/(const std::string& name) const {
    return (path_ / name).string();
  }

 private:
  std::filesystem::path path_;
};

/// Random values from a seed that is printed: MUSTER_SEED=… replays a run.
class Dice {
 public:
  Dice() : Dice(chosen_seed()) {}
  explicit Dice(std::uint64_t seed) : engine_(seed) {
    std::cout << "MUSTER_SEED=" << seed << " replays this test\n";
  }
  std::uint64_t below(std::uint64_t limit) {
    return std::uniform_int_distribution<std::uint64_t>(0, limit - 1)(engine_);
  }
  model::Bytes bytes(std::size_t size) {
    model::Bytes bytes(size);
    for (auto& byte : bytes) {
      byte = static_cast<std::uint8_t>(engine_());
    }
    return bytes;
  }
  std::string text(std::size_t size_max) {
    const model::Bytes random = bytes(below(size_max + 1));
    return {random.begin(), random.end()};
  }
  model::Hash hash() {
    model::Hash hash{};
    for (auto& byte : hash) {
      byte = static_cast<std::uint8_t>(engine_());
    }
    return hash;
  }

 private:
  static std::uint64_t chosen_seed() {
    const char* wanted = std::getenv("MUSTER_SEED");
    return wanted != nullptr ? std::stoull(wanted) : std::random_device{}();
  }
  std::mt19937_64 engine_;
};

inline model::NodeId node(const std::string& name) { return model::NodeId::parse(name).value(); }

inline model::Hash hash_of(std::uint8_t fill) {
  model::Hash hash;
  hash.fill(fill);
  return hash;
}

/// A record as the ledger holds thousands: one accepted report.
inline LedgerRecord sample_record(std::uint64_t seq, std::size_t envelope_bytes = 300) {
  LedgerRecord record;
  record.ledger_seq = seq;
  record.received_at = model::from_micros(1'641'556'800'000'000 + static_cast<std::int64_t>(seq));
  record.node = node("KAZ/mod");
  record.first_seq = seq;
  record.chain_hash = hash_of(static_cast<std::uint8_t>(seq));
  record.verdicts.resize(1);
  record.envelope.assign(envelope_bytes, static_cast<std::uint8_t>(seq * 7));
  return record;
}

inline NodeHead head_after(const LedgerRecord& record) {
  return {.node = record.node,
          .seq = record.first_seq + record.verdicts.size() - 1,
          .hash = record.chain_hash};
}

/// One record and the head that it makes.
inline Commit sample_commit(std::uint64_t seq, std::size_t envelope_bytes = 300) {
  Commit commit;
  commit.records.push_back(sample_record(seq, envelope_bytes));
  commit.heads.push_back(head_after(commit.records.back()));
  return commit;
}

/// The same fields, compared one by one where a record has no operator of its own.
inline bool same(const LedgerRecord& a, const LedgerRecord& b) {
  return a.ledger_seq == b.ledger_seq && a.received_at == b.received_at && a.node == b.node &&
         a.first_seq == b.first_seq && a.chain_hash == b.chain_hash && a.verdicts == b.verdicts &&
         a.envelope == b.envelope;
}

}  // namespace muster::storage
