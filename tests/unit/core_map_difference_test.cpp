// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <map>
#include <optional>
#include <random>

#include "broker/core/persistent_map.h"

namespace muster::core {

/// A key whose hash is its remainder: many keys, few hashes.
struct Alike {
  int value = 0;
  friend auto operator<=>(const Alike&, const Alike&) = default;
};

/// Counts how often keys are compared: every entry that is looked at costs one at least.
struct Counted {
  int value = 0;
  static inline std::size_t looks = 0;
  friend bool operator==(const Counted& a, const Counted& b) {
    ++looks;
    return a.value == b.value;
  }
};

}  // namespace muster::core

template <>
struct std::hash<muster::core::Alike> {
  std::size_t operator()(const muster::core::Alike& key) const noexcept {
    return static_cast<std::size_t>(key.value % 3);
  }
};
template <>
struct std::hash<muster::core::Counted> {
  std::size_t operator()(const muster::core::Counted& key) const noexcept {
    return static_cast<std::size_t>(key.value);
  }
};

namespace muster::core {
namespace {

/// What each of two maps has under a key.
using Pair = std::pair<std::optional<int>, std::optional<int>>;
std::optional<int> value_of(const int* value) {
  return value != nullptr ? std::optional(*value) : std::nullopt;
}

template <typename Key>
std::map<Key, Pair> visited(const PersistentMap<Key, int>& before,
                            const PersistentMap<Key, int>& after) {
  std::map<Key, Pair> found;
  PersistentMap<Key, int>::for_each_difference(
      before, after, [&](const Key& key, const int* one, const int* other) {
        EXPECT_TRUE(found.emplace(key, Pair{value_of(one), value_of(other)}).second)
            << "visited twice";
      });
  return found;
}

/// By looking at every key that there may be.
template <typename Key>
std::map<Key, Pair> expected(const PersistentMap<Key, int>& before,
                             const PersistentMap<Key, int>& after, int keys) {
  std::map<Key, Pair> found;
  for (int value = 0; value < keys; ++value) {
    const Pair pair{value_of(before.find(Key{value})), value_of(after.find(Key{value}))};
    if (pair.first != pair.second) {
      found.emplace(Key{value}, pair);
    }
  }
  return found;
}

/// Snapshots of one map that goes on, each compared with each. No value is set twice, so an entry
/// that is another one has another value.
template <typename Key>
void agrees_with_looking_at_all(unsigned seed, int keys, int steps) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  PersistentMap<Key, int> map;
  std::vector<PersistentMap<Key, int>> snapshots{map};
  for (int step = 0; step < steps; ++step) {
    map.set(Key{static_cast<int>(random() % static_cast<unsigned>(keys))}, step);
    if (random() % 16 == 0) {
      snapshots.push_back(map);
    }
  }
  for (std::size_t i = 0; i < snapshots.size(); i += 3) {
    for (std::size_t j = 0; j < snapshots.size(); j += 2) {
      EXPECT_EQ(visited(snapshots[i], snapshots[j]), expected(snapshots[i], snapshots[j], keys));
    }
  }
}

TEST(MapDifference, IsThatOfLookingAtEveryKey) {
  for (unsigned seed = 1; seed <= 5; ++seed) {
    agrees_with_looking_at_all<int>(seed, 400, 900);
  }
}

TEST(MapDifference, IsThatOfLookingAtEveryKeyWhenManyHashesAreTheSame) {
  for (unsigned seed = 1; seed <= 5; ++seed) {
    agrees_with_looking_at_all<Alike>(seed, 40, 400);
  }
}

/// Maps that share nothing are visited wholly, each key with what both have under it.
TEST(MapDifference, VisitsEverythingOfMapsThatShareNothing) {
  PersistentMap<Alike, int> one;
  PersistentMap<Alike, int> other;
  std::map<Alike, Pair> all;
  for (int key = 0; key < 50; ++key) {
    if (key < 40) {
      one.set(Alike{key}, key);
      all[Alike{key}].first = key;
    }
    if (key >= 20) {
      other.set(Alike{key}, key);
      all[Alike{key}].second = key;
    }
  }

  EXPECT_EQ(visited(one, other), all);
  EXPECT_EQ(visited(PersistentMap<Alike, int>{}, one).size(), 40U);
  EXPECT_EQ(visited(one, PersistentMap<Alike, int>{}).size(), 40U);
}

TEST(MapDifference, LooksOnlyAtWhatIsNotShared) {
  constexpr int kKeys = 100'000;
  PersistentMap<Counted, int> map;
  for (int key = 0; key < kKeys; ++key) {
    map.set(Counted{key}, 0);
  }
  const auto before = map;
  for (int key = 0; key < 10; ++key) {
    map.set(Counted{key * 9'001}, 1);
  }
  const auto looks_at = [](const auto& one, const auto& other) {
    Counted::looks = 0;
    std::size_t visits = 0;
    PersistentMap<Counted, int>::for_each_difference(
        one, other, [&](const Counted&, const int*, const int*) { ++visits; });
    return std::pair(visits, Counted::looks);
  };

  const auto [visits, looks] = looks_at(before, map);
  EXPECT_EQ(visits, 10U);
  EXPECT_LE(looks, 20U);
  EXPECT_EQ(looks_at(map, map).second, 0U);
  // What shares nothing is looked at: the counter counts.
  EXPECT_GE(looks_at(PersistentMap<Counted, int>{}, map).first, std::size_t{kKeys});
  PersistentMap<Counted, int> rebuilt;
  map.for_each([&](const Counted& key, int value) { rebuilt.set(key, value); });
  EXPECT_GE(looks_at(rebuilt, map).second, std::size_t{kKeys});
}

}  // namespace
}  // namespace muster::core
