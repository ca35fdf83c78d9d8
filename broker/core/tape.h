// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace muster::core {

/// A list that is a value and nearly always grows at its end: copying it costs one pointer, and
/// push_back() on the newest copy costs no copy of what is there, however long the list is.
///
/// Copies share one buffer and each knows how much of it is its own. Whoever first asks for the
/// place behind the shared part gets it; another copy that grows as well moves to a buffer of its
/// own. So a batch that is dropped leaves nothing behind.
///
/// Thread rule: copies may be read, copied, grown and destroyed in different threads at once. One
/// copy has one writer.
template <typename T>
class Tape {
 public:
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] const T& operator[](std::size_t i) const { return entries_[i]; }
  [[nodiscard]] const T& back() const { return entries_[size_ - 1]; }
  [[nodiscard]] std::span<const T> view() const { return {entries_, size_}; }

  void push_back(T entry) {
    if (!claim_next()) {
      move_to(std::max(kFirstCapacity, size_ * 2));
    }
    entries_[size_++] = std::move(entry);
  }

  /// Puts `entry` before place `at`: costs a copy of the list.
  void insert(std::size_t at, T entry) {
    move_to(size_ + std::max(kFirstCapacity, size_ / 2));
    std::move_backward(entries_ + at, entries_ + size_, entries_ + size_ + 1);
    entries_[at] = std::move(entry);
    ++size_;
  }

  /// Changes one entry of this copy alone: costs a copy of the list.
  template <typename Change>
  void modify(std::size_t at, Change change) {
    move_to(size_ + 1);
    buffer_->used.store(size_, std::memory_order_relaxed);
    change(entries_[at]);
  }

 private:
  static constexpr std::size_t kFirstCapacity = 2;

  struct Buffer {
    explicit Buffer(std::size_t places) : capacity(places), entries(new T[places]) {}
    const std::size_t capacity;
    std::atomic<std::size_t> used{0};
    std::unique_ptr<T[]> entries;
  };

  /// True when the place behind this copy's last entry is now its own.
  bool claim_next() {
    auto expected = static_cast<std::size_t>(size_);
    return buffer_ && size_ < buffer_->capacity &&
           buffer_->used.compare_exchange_strong(expected, size_ + 1, std::memory_order_relaxed);
  }

  /// A buffer of this copy's own, with its next place claimed.
  void move_to(std::size_t capacity) {
    auto moved = std::make_shared<Buffer>(capacity);
    const auto entries = view();
    std::copy(entries.begin(), entries.end(), moved->entries.get());
    moved->used.store(size_ + 1, std::memory_order_relaxed);
    buffer_ = std::move(moved);
    entries_ = buffer_->entries.get();
  }

  std::shared_ptr<Buffer> buffer_;
  T* entries_ = nullptr;  // Of buffer_: a reader leaps once less.
  std::size_t size_ = 0;
};

}  // namespace muster::core
