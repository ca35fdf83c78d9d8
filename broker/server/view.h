// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <memory>

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
  explicit View(SnapshotPtr first) : current_(std::move(first)) {}
  [[nodiscard]] SnapshotPtr current() const { return current_.load(); }
  void publish(SnapshotPtr next) { current_.store(std::move(next)); }

 private:
  std::atomic<SnapshotPtr> current_;
};

}  // namespace muster::server
