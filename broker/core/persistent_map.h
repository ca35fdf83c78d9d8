// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace muster::core {

/// A map that is a value: copying it costs one pointer, and a copy never sees what is done to the
/// other. The writer of State works on its own copy and readers keep theirs as long as they like,
/// without a lock and without waiting.
///
/// A hash array mapped trie (P. Bagwell, "Ideal Hash Trees", 2001): 32 ways a level, each node
/// holds only what is there. set() copies the path to the entry, except nodes that nobody else can
/// see, which it changes in place; so a batch of changes copies each node once. Entries are shared
/// and immutable.
///
/// Thread rule: copies may be read, copied and destroyed in different threads at once. One copy has
/// one writer.
template <typename Key, typename Value>
class PersistentMap {
 public:
  using Entry = std::pair<const Key, Value>;

  PersistentMap() = default;

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }

  /// The value of `key`, or null. Good until this copy is changed or destroyed.
  [[nodiscard]] const Value* find(const Key& key) const {
    const auto hash = hash_of(key);
    const Node* node = root_.get();
    for (unsigned shift = 0; node != nullptr; shift += kBits) {
      if (shift >= kHashBits) {
        return find_among(*node, key);
      }
      const auto bit = bit_at(hash, shift);
      if ((node->bits & bit) == 0) {
        return nullptr;
      }
      const auto& slot = node->slots[index_of(*node, bit)];
      if (slot.entry) {
        return slot.entry->first == key ? &slot.entry->second : nullptr;
      }
      node = slot.child.get();
    }
    return nullptr;
  }

  /// Adds or replaces.
  void set(Key key, Value value) {
    const auto hash = hash_of(key);
    auto entry = std::make_shared<const Entry>(std::move(key), std::move(value));
    if (put(root_, std::move(entry), hash, 0)) {
      ++size_;
    }
  }

  /// Calls `visit(key, value)` for each entry, in the order of the keys' hashes: the same for equal
  /// maps.
  template <typename Visit>
  void for_each(Visit visit) const {
    if (root_ != nullptr) {
      visit_all(*root_, visit);
    }
  }

  /// Calls `visit(key, before, after)` for each key whose entry is not the very same in both maps;
  /// null where it is not there. Parts that the two share are passed over, so of a map and a copy
  /// that was changed it costs what was changed. An entry that was set to an equal value is
  /// visited.
  template <typename Visit>
  static void for_each_difference(const PersistentMap& before, const PersistentMap& after,
                                  Visit visit) {
    visit_difference(before.root_.get(), after.root_.get(), 0, visit);
  }

 private:
  static constexpr unsigned kBits = 5;
  static constexpr unsigned kHashBits =
      60;  // Twelve levels; keys that agree on all of them share one last node.

  struct Node;
  /// A pointer that counts. std::shared_ptr would do, but its use_count() does not order memory,
  /// and set() must know that nobody else reads a node before it changes it.
  class NodePointer {
   public:
    NodePointer() = default;
    explicit NodePointer(Node* node) : node_(node) {}
    NodePointer(const NodePointer& other) : node_(other.node_) {
      if (node_ != nullptr) {
        node_->owners.fetch_add(1, std::memory_order_relaxed);
      }
    }
    NodePointer(NodePointer&& other) noexcept : node_(std::exchange(other.node_, nullptr)) {}
    NodePointer& operator=(NodePointer other) noexcept {
      std::swap(node_, other.node_);
      return *this;
    }
    ~NodePointer() {
      if (node_ != nullptr && node_->owners.fetch_sub(1, std::memory_order_acq_rel) == 1) {
        delete node_;
      }
    }
    [[nodiscard]] Node* get() const { return node_; }
    Node* operator->() const { return node_; }
    Node& operator*() const { return *node_; }
    [[nodiscard]] bool is_shared() const {
      return node_->owners.load(std::memory_order_acquire) != 1;
    }
    friend bool operator==(const NodePointer& a, std::nullptr_t) { return a.node_ == nullptr; }

   private:
    Node* node_ = nullptr;
  };

  /// One of the two is there.
  struct Slot {
    std::shared_ptr<const Entry> entry;
    NodePointer child;
  };
  struct Node {
    std::uint32_t bits = 0;  ///< Which of the 32 ways are taken; unused in a last node.
    std::vector<Slot> slots;
    std::atomic<std::uint32_t> owners{1};
    Node() = default;
    Node(const Node& other) : bits(other.bits), slots(other.slots) {}
    Node& operator=(const Node&) = delete;
    ~Node() = default;
  };

  /// std::hash of text is already spread; of integers it is not. The multiplication spreads both.
  static std::uint64_t hash_of(const Key& key) {
    const auto hash = static_cast<std::uint64_t>(std::hash<Key>{}(key)) * 0x9e3779b97f4a7c15ULL;
    return hash ^ (hash >> 32);
  }
  static std::uint32_t bit_at(std::uint64_t hash, unsigned shift) {
    return 1U << ((hash >> shift) & 31U);
  }
  static std::size_t index_of(const Node& node, std::uint32_t bit) {
    return static_cast<std::size_t>(std::popcount(node.bits & (bit - 1)));
  }

  static const Value* find_among(const Node& node, const Key& key) {
    for (const auto& slot : node.slots) {
      if (slot.entry->first == key) {
        return &slot.entry->second;
      }
    }
    return nullptr;
  }

  static void make_own(NodePointer& node) {
    if (node == nullptr) {
      node = NodePointer(new Node);
    } else if (node.is_shared()) {
      node = NodePointer(new Node(*node));
    }
  }

  /// True when the key was not there before.
  static bool put(NodePointer& node, std::shared_ptr<const Entry> entry, std::uint64_t hash,
                  unsigned shift) {
    make_own(node);
    if (shift >= kHashBits) {
      return put_among(*node, std::move(entry));
    }
    const auto bit = bit_at(hash, shift);
    const auto at = static_cast<std::ptrdiff_t>(index_of(*node, bit));
    if ((node->bits & bit) == 0) {
      node->bits |= bit;
      node->slots.insert(node->slots.begin() + at, Slot{std::move(entry), {}});
      return true;
    }
    auto& slot = node->slots[static_cast<std::size_t>(at)];
    if (slot.entry && slot.entry->first == entry->first) {
      slot.entry = std::move(entry);
      return false;
    }
    if (slot.entry) {  // Two keys in one way: both go one level down.
      auto other = std::move(slot.entry);
      slot.entry = nullptr;
      const auto other_hash = hash_of(other->first);
      put(slot.child, std::move(other), other_hash, shift + kBits);
    }
    return put(slot.child, std::move(entry), hash, shift + kBits);
  }

  static bool put_among(Node& node, std::shared_ptr<const Entry> entry) {
    for (auto& slot : node.slots) {
      if (slot.entry->first == entry->first) {
        slot.entry = std::move(entry);
        return false;
      }
    }
    node.slots.push_back(Slot{std::move(entry), {}});
    return true;
  }

  template <typename Visit>
  static void visit_all(const Node& node, Visit& visit) {
    for (const auto& slot : node.slots) {
      if (slot.entry) {
        visit(slot.entry->first, slot.entry->second);
      } else {
        visit_all(*slot.child, visit);
      }
    }
  }

  // ---- differences ------------------------------------------------------------------------------

  static const Slot* slot_of(const Node& node, std::uint32_t bit) {
    return (node.bits & bit) != 0 ? &node.slots[index_of(node, bit)] : nullptr;
  }

  /// All entries below a slot, or none when it is null.
  template <typename Visit>
  static void visit_entries(const Slot* slot, Visit visit) {
    if (slot == nullptr) {
      return;
    }
    if (slot->entry) {
      return visit(slot->entry);
    }
    for (const auto& below : slot->child->slots) {
      visit_entries(&below, visit);
    }
  }

  static const std::shared_ptr<const Entry>* entry_below(const Slot* slot, const Key& key) {
    const std::shared_ptr<const Entry>* found = nullptr;
    visit_entries(slot, [&](const std::shared_ptr<const Entry>& entry) {
      found = entry->first == key ? &entry : found;
    });
    return found;
  }

  /// Of slots of which one has a single entry, or nothing: what is in the other is little, or new.
  template <typename Visit>
  static void visit_different_slots(const Slot* before, const Slot* after, Visit& visit) {
    visit_entries(before, [&](const std::shared_ptr<const Entry>& entry) {
      const auto* other = entry_below(after, entry->first);
      if (other == nullptr || *other != entry) {
        visit(entry->first, &entry->second, other != nullptr ? &(*other)->second : nullptr);
      }
    });
    visit_entries(after, [&](const std::shared_ptr<const Entry>& entry) {
      if (entry_below(before, entry->first) == nullptr) {
        visit(entry->first, static_cast<const Value*>(nullptr), &entry->second);
      }
    });
  }

  template <typename Visit>
  static void visit_difference(const Node* before, const Node* after, unsigned shift,
                               Visit& visit) {
    if (before == after) {
      return;
    }
    static const Node kNone;
    const auto& a = before != nullptr ? *before : kNone;
    const auto& b = after != nullptr ? *after : kNone;
    if (shift >= kHashBits) {
      return visit_last_nodes(a, b, visit);
    }
    for (auto bits = a.bits | b.bits; bits != 0; bits &= bits - 1) {
      const auto bit = bits & (~bits + 1);
      const auto* one = slot_of(a, bit);
      const auto* two = slot_of(b, bit);
      const bool both_go_on =
          one != nullptr && two != nullptr && one->entry == nullptr && two->entry == nullptr;
      if (both_go_on) {
        visit_difference(one->child.get(), two->child.get(), shift + kBits, visit);
      } else if (one == nullptr || two == nullptr || one->entry != two->entry) {
        visit_different_slots(one, two, visit);
      }
    }
  }

  /// Keys whose hashes are the same stand in a list.
  template <typename Visit>
  static void visit_last_nodes(const Node& before, const Node& after, Visit& visit) {
    const auto entry_of = [](const Node& node, const Key& key) -> const Slot* {
      const auto found = std::find_if(node.slots.begin(), node.slots.end(),
                                      [&](const Slot& slot) { return slot.entry->first == key; });
      return found != node.slots.end() ? &*found : nullptr;
    };
    for (const auto& slot : before.slots) {
      const auto* other = entry_of(after, slot.entry->first);
      if (other == nullptr || other->entry != slot.entry) {
        visit(slot.entry->first, &slot.entry->second,
              other != nullptr ? &other->entry->second : nullptr);
      }
    }
    for (const auto& slot : after.slots) {
      if (entry_of(before, slot.entry->first) == nullptr) {
        visit(slot.entry->first, static_cast<const Value*>(nullptr), &slot.entry->second);
      }
    }
  }

  NodePointer root_;
  std::size_t size_ = 0;
};

}  // namespace muster::core
