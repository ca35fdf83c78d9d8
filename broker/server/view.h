// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <utility>

#include "broker/core/state.h"
#include "schemas/model/report.h"

namespace muster::server {

/// What is committed, as one value: what queries answer from.
struct Snapshot {
  core::State state;
  model::TreeHead tree_head;
};
using SnapshotPtr = std::shared_ptr<const Snapshot>;

/// Where the ingest loop leaves the newest snapshot. Readers keep theirs as long as they like; the
/// writer never waits.
class View {
 public:
  /// `on_published` is called by the writer after each publish(), and must not wait either: it
  /// wakes who looks at what is new.
  explicit View(SnapshotPtr first, std::function<void()> on_published = {})
      : current_(std::move(first)), on_published_(std::move(on_published)) {}
  [[nodiscard]] SnapshotPtr current() const { return current_.load(); }
  void publish(SnapshotPtr next) {
    current_.store(std::move(next));
    if (on_published_) {
      on_published_();
    }
  }

 private:
  std::atomic<SnapshotPtr> current_;
  std::function<void()> on_published_;
};

}  // namespace muster::server
