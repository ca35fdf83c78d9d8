// SPDX-License-Identifier: Apache-2.0
// What every Store promises, asked of both.
#include "storage/store.h"

#include <gmock/gmock.h>

#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "storage/memory_store.h"
#include "storage/rocksdb_store.h"
#include "tests/support/faulty_file_system.h"
#include "tests/unit/storage_samples.h"

namespace muster::storage {
namespace {

using model::ErrorCode;
using model::Result;

enum class Kind { memory, rocksdb };

class AnyStore : public testing::TestWithParam<Kind> {
 protected:
  AnyStore() { reopen(); }

  // The memory store forgets everything when it goes, so it stays.
  void reopen() {
    if (GetParam() == Kind::memory) {
      if (!store_) {
        store_ = make_memory_store();
      }
      return;
    }
    store_.reset();
    auto opened = open_store({.path = folder_ / "store", .env = faulty_.env.get()});
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = *std::move(opened);
  }

  std::vector<LedgerRecord> scan(std::uint64_t from) {
    std::vector<LedgerRecord> records;
    const auto scanned = store_->scan_ledger(from, [&](LedgerRecord&& record) -> Result<bool> {
      records.push_back(std::move(record));
      return true;
    });
    EXPECT_TRUE(scanned) << scanned.error().message;
    return records;
  }

  std::map<std::string, model::Bytes> projection() {
    std::map<std::string, model::Bytes> entries;
    const auto scanned = store_->scan_projection([&](auto key, auto value) -> Result<void> {
      entries.emplace(key, model::Bytes(value.begin(), value.end()));
      return {};
    });
    EXPECT_TRUE(scanned) << scanned.error().message;
    return entries;
  }

  Folder folder_;
  support::FaultyEnv faulty_;  // Its syncs are counted and not waited for.
  std::unique_ptr<Store> store_;
};

INSTANTIATE_TEST_SUITE_P(Kinds, AnyStore, testing::Values(Kind::memory, Kind::rocksdb),
                         [](const auto& kind) {
                           return kind.param == Kind::memory ? "Memory" : "RocksDB";
                         });

TEST_P(AnyStore, IsEmptyAtFirst) {
  EXPECT_EQ(store_->last_ledger_seq(), 0U);
  EXPECT_EQ(store_->watermark().value(), 0U);
  EXPECT_FALSE(store_->ledger_record(1).value());
  EXPECT_TRUE(store_->heads().value().empty());
  EXPECT_FALSE(store_->genesis().value());
  EXPECT_TRUE(scan(1).empty());
  EXPECT_FALSE(store_->health().read_only);
}

TEST_P(AnyStore, KeepsRecordsHeadsAndChain) {
  ASSERT_TRUE(store_->commit(sample_commit(1)));
  ASSERT_TRUE(store_->commit(sample_commit(2)));
  reopen();

  EXPECT_EQ(store_->last_ledger_seq(), 2U);
  EXPECT_TRUE(same(store_->ledger_record(2).value().value(), sample_record(2)));
  EXPECT_THAT(store_->heads().value(), testing::ElementsAre(head_after(sample_record(2))));
  const auto entry = store_->chain_entry(node("KAZ/mod"), 1).value();
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->ledger_seq, 1U);
  EXPECT_EQ(entry->chain_hash, hash_of(1));
  EXPECT_FALSE(store_->chain_entry(node("KAZ/mod"), 3).value());
  EXPECT_FALSE(store_->chain_entry(node("KAZ/mo"), 1).value());
}

TEST_P(AnyStore, RefusesAHoleInTheLedger) {
  ASSERT_TRUE(store_->commit(sample_commit(1)));

  const auto committed = store_->commit(sample_commit(3));

  EXPECT_EQ(committed.error().code, ErrorCode::refused);
  EXPECT_EQ(store_->last_ledger_seq(), 1U);
  EXPECT_FALSE(store_->health().read_only);
}

TEST_P(AnyStore, ScansFromAnywhereUntilToldToStop) {
  for (std::uint64_t seq = 1; seq <= 5; ++seq) {
    ASSERT_TRUE(store_->commit(sample_commit(seq)));
  }
  EXPECT_EQ(scan(0).size(), 5U);
  EXPECT_EQ(scan(4).size(), 2U);
  EXPECT_EQ(scan(6).size(), 0U);

  std::uint64_t visited = 0;
  ASSERT_TRUE(store_->scan_ledger(
      1, [&](LedgerRecord&& record) -> Result<bool> { return (visited = record.ledger_seq) < 3; }));
  EXPECT_EQ(visited, 3U);

  const auto failed = store_->scan_ledger(
      1, [](LedgerRecord&&) -> Result<bool> { return model::fail(ErrorCode::refused, "enough"); });
  EXPECT_EQ(failed.error().code, ErrorCode::refused);
}

TEST_P(AnyStore, SetsTheGenesisOnce) {
  ASSERT_TRUE(store_->set_genesis(hash_of(1)));
  EXPECT_TRUE(store_->set_genesis(hash_of(1)));
  EXPECT_EQ(store_->set_genesis(hash_of(2)).error().code, ErrorCode::already_exists);
  reopen();
  EXPECT_EQ(store_->genesis().value(), hash_of(1));
}

TEST_P(AnyStore, KeepsTheNewestInQuarantine) {
  const auto entry = [](std::size_t number) {
    return Quarantined{model::from_micros(static_cast<std::int64_t>(number)),
                       "peer",
                       "reason",
                       {static_cast<std::uint8_t>(number)}};
  };
  for (std::size_t i = 1; i <= Store::kQuarantineMax; ++i) {
    ASSERT_TRUE(store_->quarantine(entry(i)));
  }
  reopen();
  for (std::size_t i = 1; i <= 5; ++i) {
    ASSERT_TRUE(store_->quarantine(entry(Store::kQuarantineMax + i)));
  }

  const auto all = store_->quarantined(2 * Store::kQuarantineMax).value();
  ASSERT_EQ(all.size(), Store::kQuarantineMax);
  EXPECT_EQ(model::to_micros(all.front().received_at), 1005);
  EXPECT_EQ(model::to_micros(all.back().received_at), 6);
  EXPECT_EQ(store_->quarantined(3).value().size(), 3U);
}

TEST_P(AnyStore, ProjectsReplacesAndRemoves) {
  ASSERT_TRUE(store_->commit(sample_commit(1)));
  ASSERT_TRUE(store_->project({1, {{"a", model::Bytes{1}}, {"b", model::Bytes{}}}}));
  ASSERT_TRUE(store_->project({1, {{"a", std::nullopt}, {std::string(1, '\0'), model::Bytes{3}}}}));
  reopen();

  EXPECT_EQ(store_->watermark().value(), 1U);
  EXPECT_THAT(projection(),
              testing::ElementsAre(testing::Pair(std::string(1, '\0'), model::Bytes{3}),
                                   testing::Pair("b", model::Bytes{})));
}

TEST_P(AnyStore, RefusesAWatermarkAboveTheLedger) {
  ASSERT_TRUE(store_->commit(sample_commit(1)));
  EXPECT_EQ(store_->project({2, {}}).error().code, ErrorCode::refused);
  EXPECT_EQ(store_->watermark().value(), 0U);
}

TEST_P(AnyStore, DropsTheProjectionAndNothingElse) {
  ASSERT_TRUE(store_->commit(sample_commit(1)));
  ASSERT_TRUE(store_->project({1, {{"a", model::Bytes{1}}, {"\xff\xff", model::Bytes{2}}}}));

  ASSERT_TRUE(store_->drop_projection());
  reopen();

  EXPECT_EQ(store_->watermark().value(), 0U);
  EXPECT_TRUE(projection().empty());
  EXPECT_EQ(store_->last_ledger_seq(), 1U);
  ASSERT_TRUE(store_->project({1, {{"c", model::Bytes{3}}}}));
  EXPECT_THAT(projection(), testing::ElementsAre(testing::Pair("c", model::Bytes{3})));
}

TEST_P(AnyStore, ServesThreeThreadsAtOnce) {
  constexpr std::uint64_t kCommits = 150;
  std::jthread committing([&] {
    for (std::uint64_t seq = 1; seq <= kCommits; ++seq) {
      ASSERT_TRUE(store_->commit(sample_commit(seq)));
    }
  });
  std::jthread projecting([&] {
    for (std::uint64_t mark = 0; mark < kCommits;) {
      mark = store_->last_ledger_seq();
      const model::Bytes value{static_cast<std::uint8_t>(mark)};
      ASSERT_TRUE(store_->project({mark, {{"a", value}, {"b", value}}}));
    }
  });
  for (std::uint64_t seen = 0; seen < kCommits;) {
    const auto records = scan(1);
    ASSERT_GE(records.size(), seen);
    seen = records.size();
    const auto entries = projection();
    if (!entries.empty()) {
      ASSERT_EQ(entries.at("a"), entries.at("b"));
    }
    ASSERT_FALSE(store_->health().read_only);
  }
}

TEST(MemoryStore, FailsTheNextCommitWhenTold) {
  const auto store = make_memory_store();
  ASSERT_TRUE(store->commit(sample_commit(1)));
  store->fail_next_commit("no space");

  EXPECT_EQ(store->commit(sample_commit(2)).error().code, ErrorCode::unavailable);
  EXPECT_EQ(store->commit(sample_commit(2)).error().code, ErrorCode::unavailable);
  EXPECT_EQ(store->last_ledger_seq(), 1U);
  EXPECT_EQ(store->health().error, "no space");

  store->restart();
  EXPECT_TRUE(store->commit(sample_commit(2)));
}

}  // namespace
}  // namespace muster::storage
