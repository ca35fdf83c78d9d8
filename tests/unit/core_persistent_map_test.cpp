// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <map>
#include <random>
#include <thread>

#include "broker/core/persistent_map.h"

namespace muster::core {

/// A key whose hash is its remainder: many keys, few hashes.
struct Crowded {
  int value = 0;
  friend auto operator<=>(const Crowded&, const Crowded&) = default;
};

}  // namespace muster::core

template <>
struct std::hash<muster::core::Crowded> {
  std::size_t operator()(const muster::core::Crowded& key) const noexcept {
    return static_cast<std::size_t>(key.value % 3);
  }
};

namespace muster::core {
namespace {

template <typename Key, typename Value>
std::map<Key, Value> contents_of(const PersistentMap<Key, Value>& map) {
  std::map<Key, Value> contents;
  map.for_each([&](const Key& key, const Value& value) {
    EXPECT_TRUE(contents.emplace(key, value).second) << "visited twice";
  });
  return contents;
}

/// Sets keys at random, keeps a snapshot now and then, and compares all of them with a std::map.
template <typename Key>
void agrees_with_a_map(unsigned seed, int keys, int steps) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  PersistentMap<Key, int> map;
  std::map<Key, int> model;
  std::vector<std::pair<PersistentMap<Key, int>, std::map<Key, int>>> snapshots;

  for (int step = 0; step < steps; ++step) {
    const Key key{static_cast<int>(random() % static_cast<unsigned>(keys))};
    map.set(key, step);
    model[key] = step;
    if (step % (steps / 10) == 0) {
      snapshots.emplace_back(map, model);
    }
  }
  snapshots.emplace_back(map, model);

  for (const auto& [snapshot, expected] : snapshots) {
    EXPECT_EQ(snapshot.size(), expected.size());
    EXPECT_EQ(contents_of(snapshot), expected);
    for (int value = 0; value < keys; ++value) {
      const auto* found = snapshot.find(Key{value});
      const auto known = expected.find(Key{value});
      ASSERT_EQ(found != nullptr, known != expected.end()) << value;
      if (found != nullptr) {
        EXPECT_EQ(*found, known->second);
      }
    }
  }
}

TEST(PersistentMap, StartsEmpty) {
  const PersistentMap<int, int> map;

  EXPECT_TRUE(map.empty());
  EXPECT_EQ(map.find(1), nullptr);
  EXPECT_TRUE(contents_of(map).empty());
}

TEST(PersistentMap, AgreesWithAStdMapAndKeepsItsSnapshots) {
  for (unsigned seed = 1; seed <= 5; ++seed) {
    agrees_with_a_map<int>(seed, 500, 3000);
  }
}

TEST(PersistentMap, AgreesWithAStdMapWhenManyHashesAreTheSame) {
  for (unsigned seed = 1; seed <= 5; ++seed) {
    agrees_with_a_map<Crowded>(seed, 60, 400);
  }
}

TEST(PersistentMap, ReplacesWithoutGrowing) {
  PersistentMap<std::string, int> map;
  map.set("KAZ:A", 1);
  map.set("KAZ:A", 2);

  EXPECT_EQ(map.size(), 1U);
  EXPECT_EQ(*map.find("KAZ:A"), 2);
}

TEST(PersistentMap, LeavesACopyAloneWhicheverOfTheTwoIsWritten) {
  PersistentMap<int, int> first;
  for (int key = 0; key < 100; ++key) {
    first.set(key, key);
  }
  auto second = first;

  second.set(7, -7);
  first.set(8, -8);

  EXPECT_EQ(*first.find(7), 7);
  EXPECT_EQ(*second.find(7), -7);
  EXPECT_EQ(*first.find(8), -8);
  EXPECT_EQ(*second.find(8), 8);
}

TEST(PersistentMap, VisitsEqualMapsInTheSameOrder) {
  PersistentMap<int, int> up;
  PersistentMap<int, int> down;
  for (int key = 0; key < 300; ++key) {
    up.set(key, key);
    down.set(299 - key, 299 - key);
  }
  const auto order = [](const auto& map) {
    std::vector<int> keys;
    map.for_each([&](int key, int) { keys.push_back(key); });
    return keys;
  };

  EXPECT_EQ(order(up), order(down));
}

TEST(PersistentMap, LetsAReaderGoThroughASnapshotWhileTheWriterGoesOn) {
  constexpr int kKeys = 2000;
  PersistentMap<int, int> map;
  for (int key = 0; key < kKeys; ++key) {
    map.set(key, 0);
  }
  const auto snapshot = map;
  std::atomic<bool> has_seen_a_change = false;

  std::jthread reader([copy = snapshot, &has_seen_a_change] {
    for (int round = 0; round < 20; ++round) {
      const auto mine = copy;  // Copies and drops count owners while the writer looks at them.
      int entries = 0;
      mine.for_each([&](int, int value) {
        ++entries;
        has_seen_a_change = has_seen_a_change || value != 0;
      });
      has_seen_a_change = has_seen_a_change || entries != kKeys;
    }
  });
  for (int round = 1; round <= 20; ++round) {
    for (int key = 0; key < kKeys; ++key) {
      map.set(key, round);
    }
  }
  reader.join();

  EXPECT_FALSE(has_seen_a_change);
  EXPECT_EQ(*map.find(kKeys - 1), 20);
  EXPECT_EQ(*snapshot.find(kKeys - 1), 0);
}

}  // namespace
}  // namespace muster::core
