// SPDX-License-Identifier: Apache-2.0
// The RocksDB store and both outboxes against models that fit on a page, with random operations.
#include <gmock/gmock.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "storage/outbox.h"
#include "storage/rocksdb_outbox.h"
#include "storage/rocksdb_store.h"
#include "tests/support/faulty_file_system.h"
#include "tests/unit/storage_samples.h"

namespace muster::storage {
namespace {

using model::Result;

struct StoreModel {
  std::map<std::uint64_t, LedgerRecord> ledger;
  std::map<std::string, NodeHead> heads;
  std::map<std::pair<std::string, std::uint64_t>, ChainEntry> chain;
  std::map<std::string, model::Bytes> projection;
  std::uint64_t watermark = 0;

  void keep(const Commit& commit) {
    for (const auto& record : commit.records) {
      ledger[record.ledger_seq] = record;
      chain[{record.node.str(), record.first_seq}] = {record.ledger_seq, record.chain_hash};
    }
    for (const auto& head : commit.heads) {
      heads[head.node.str()] = head;
    }
  }
};

Commit random_commit(const StoreModel& model, Dice& dice) {
  Commit commit;
  std::map<std::string, NodeHead> heads = model.heads;
  for (std::uint64_t count = 1 + dice.below(6); count > 0; --count) {
    LedgerRecord record =
        sample_record(model.ledger.size() + commit.records.size() + 1, dice.below(4000));
    record.node = node(dice.below(2) == 0 ? "KAZ/mod" : "KGZ/mod-2");
    record.first_seq = heads[record.node.str()].seq + 1;
    record.chain_hash = dice.hash();
    record.verdicts.resize(1 + dice.below(3));
    heads[record.node.str()] = head_after(record);
    commit.records.push_back(std::move(record));
  }
  for (const auto& [name, head] : heads) {
    commit.heads.push_back(head);
  }
  return commit;
}

ProjectionStep random_step(StoreModel& model, Dice& dice) {
  ProjectionStep step{.watermark = model.ledger.size(), .entries = {}};
  for (std::uint64_t count = dice.below(8); count > 0; --count) {
    std::string key = "unit-" + std::to_string(dice.below(20));
    if (dice.below(3) == 0) {
      model.projection.erase(key);
      step.entries.push_back({std::move(key), std::nullopt});
    } else {
      model.projection[key] = dice.bytes(dice.below(500));
      step.entries.push_back({key, model.projection[key]});
    }
  }
  model.watermark = step.watermark;
  return step;
}

void expect_same_ledger(const Store& store, const StoreModel& model) {
  ASSERT_EQ(store.last_ledger_seq(), model.ledger.size());
  std::uint64_t visited = 0;
  const auto scanned = store.scan_ledger(1, [&](LedgerRecord&& record) -> Result<bool> {
    ++visited;
    EXPECT_TRUE(same(record, model.ledger.at(visited)));
    return true;
  });
  ASSERT_TRUE(scanned) << scanned.error().message;
  ASSERT_EQ(visited, model.ledger.size());
}

void expect_same(const Store& store, const StoreModel& model) {
  expect_same_ledger(store, model);
  std::map<std::string, NodeHead> heads;
  const auto stored_heads = store.heads().value();
  for (const auto& head : stored_heads) {
    heads[head.node.str()] = head;
  }
  ASSERT_EQ(heads, model.heads);
  for (const auto& [place, entry] : model.chain) {
    const auto stored = store.chain_entry(node(place.first), place.second).value();
    ASSERT_TRUE(stored && stored->ledger_seq == entry.ledger_seq);
    ASSERT_EQ(stored->chain_hash, entry.chain_hash);
  }
  std::map<std::string, model::Bytes> projection;
  ASSERT_TRUE(store.scan_projection([&](auto key, auto value) -> Result<void> {
    projection.emplace(key, model::Bytes(value.begin(), value.end()));
    return {};
  }));
  ASSERT_EQ(projection, model.projection);
  ASSERT_EQ(store.watermark().value(), model.watermark);
}

TEST(StoreModel, EqualsAMapAfterAnyOperationsAndReopenings) {
  Dice dice;
  const Folder folder;
  const support::FaultyEnv faulty;  // Its syncs are counted and not waited for.
  StoreModel model;
  // Buffers so small that tables are written and merged all the time.
  const auto open = [&] {
    return open_store({.path = folder / "store",
                       .known_last_seq = model.ledger.size(),
                       .ledger_buffer_bytes = 64 << 10,
                       .projection_buffer_bytes = 64 << 10,
                       .env = faulty.env.get()})
        .value();
  };
  auto store = open();

  for (int step = 0; step < 300; ++step) {
    const auto roll = dice.below(20);
    if (roll == 0) {
      store.reset();
      store = open();
      ASSERT_NO_FATAL_FAILURE(expect_same(*store, model));
    } else if (roll < 13) {
      const Commit commit = random_commit(model, dice);
      ASSERT_TRUE(store->commit(commit));
      model.keep(commit);
    } else if (roll < 19) {
      ASSERT_TRUE(store->project(random_step(model, dice)));
    } else {
      ASSERT_TRUE(store->drop_projection());
      model.projection.clear();
      model.watermark = 0;
    }
  }
  expect_same(*store, model);
}

struct OutboxModel {
  std::map<std::uint64_t, model::Bytes> waiting;
  std::map<std::uint64_t, SealedEnvelope> sealed;  // By last_seq.
  std::uint64_t next = 1;
  std::uint64_t sealed_seq = 0;
  std::uint64_t acknowledged = 0;
  model::Hash hash{};
};

void push(Outbox& outbox, OutboxModel& model, Dice& dice) {
  std::vector<model::Bytes> reports(dice.below(4));
  for (auto& report : reports) {
    report = dice.bytes(dice.below(200));
  }

  const auto first = outbox.push(reports);

  ASSERT_TRUE(first);
  ASSERT_EQ(*first, model.next);
  for (auto& report : reports) {
    model.waiting[model.next++] = std::move(report);
  }
}

void seal(Outbox& outbox, OutboxModel& model, Dice& dice) {
  const auto reports = outbox.waiting(1 + dice.below(5), 400).value();
  ASSERT_EQ(reports.empty(), model.waiting.empty());
  if (reports.empty()) {
    return;
  }
  SealedEnvelope envelope{model.sealed_seq + 1, model.sealed_seq + reports.size(), dice.hash(), {}};
  for (const auto& report : reports) {
    ASSERT_EQ(report, model.waiting.begin()->second);
    model.waiting.erase(model.waiting.begin());
    envelope.bytes.insert(envelope.bytes.end(), report.begin(), report.end());
  }
  ASSERT_TRUE(outbox.seal(envelope));
  model.sealed_seq = envelope.last_seq;
  model.hash = envelope.chain_hash;
  model.sealed[envelope.last_seq] = envelope;
}

void acknowledge(Outbox& outbox, OutboxModel& model, Dice& dice) {
  if (model.sealed.empty()) {
    return;
  }
  auto last = model.sealed.begin();
  std::advance(last, dice.below(model.sealed.size()));
  model.acknowledged = last->first;
  ASSERT_TRUE(outbox.acknowledge(last->first));
  model.sealed.erase(model.sealed.begin(), std::next(last));
}

void expect_same(const Outbox& outbox, const OutboxModel& model, Dice& dice) {
  ASSERT_EQ(outbox.next_seq(), model.next);
  ASSERT_EQ(outbox.sealed_seq(), model.sealed_seq);
  ASSERT_EQ(outbox.sealed_hash(), model.hash);
  ASSERT_EQ(outbox.acknowledged_seq(), model.acknowledged);
  const std::uint64_t from = 1 + dice.below(model.next);
  auto expected = model.sealed.lower_bound(from);
  const auto stored = outbox.sealed(from, 1000).value();
  for (const auto& envelope : stored) {
    ASSERT_NE(expected, model.sealed.end());
    ASSERT_EQ(envelope.first_seq, expected->second.first_seq);
    ASSERT_EQ(envelope.last_seq, expected->first);
    ASSERT_EQ(envelope.chain_hash, expected->second.chain_hash);
    ASSERT_EQ(envelope.bytes, expected->second.bytes);
    ++expected;
  }
  ASSERT_EQ(expected, model.sealed.end());
}

/// Plays random operations; `open` opens the outbox again.
void play(const std::function<std::unique_ptr<Outbox>()>& open, bool survives, Dice& dice) {
  auto outbox = open();
  OutboxModel model;
  for (int step = 0; step < 400; ++step) {
    const auto roll = dice.below(20);
    if (roll == 0 && survives) {
      outbox.reset();
      outbox = open();
    } else if (roll < 9) {
      ASSERT_NO_FATAL_FAILURE(push(*outbox, model, dice));
    } else if (roll < 16) {
      ASSERT_NO_FATAL_FAILURE(seal(*outbox, model, dice));
    } else {
      ASSERT_NO_FATAL_FAILURE(acknowledge(*outbox, model, dice));
    }
    ASSERT_NO_FATAL_FAILURE(expect_same(*outbox, model, dice));
  }
}

TEST(OutboxModel, EqualsAMapInMemory) {
  Dice dice;
  play(make_memory_outbox, false, dice);
}

TEST(OutboxModel, EqualsAMapOnDiskReopenedOften) {
  Dice dice;
  const Folder folder;
  const support::FaultyEnv faulty;
  const auto open = [&] {
    return open_outbox(OutboxOptions{.path = folder / "outbox", .env = faulty.env.get()}).value();
  };
  play(open, true, dice);
}

}  // namespace
}  // namespace muster::storage
