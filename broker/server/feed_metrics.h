// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "broker/core/viewer.h"
#include "schemas/model/codes.h"

namespace prometheus {
class Counter;
class Gauge;
class Registry;
}  // namespace prometheus

namespace muster::server {

/// Subscribers are counted by what they may see: all, their own and what is released to them, or
/// released aggregates only.
enum class SubscriberClass : std::uint8_t { all, member, partner };
SubscriberClass class_of(const core::Viewer& viewer);

/// Which limit of FeedLimits left no place for a subscription.
enum class FeedPlaces : std::uint8_t { connection, node, broker };

/// What kind of message the feed sent.
enum class FeedKind : std::uint8_t { snapshot, delta, mark };

/// Counters of the feed. Every series exists from the start. Any thread.
class FeedMetrics {
 public:
  explicit FeedMetrics(prometheus::Registry& registry);
  FeedMetrics(const FeedMetrics&) = delete;
  FeedMetrics& operator=(const FeedMetrics&) = delete;

  void subscribed(SubscriberClass who);
  void ended(SubscriberClass who, model::FeedByeReason reason);
  /// The connection was not there any more.
  void gone(SubscriberClass who);
  /// A SUBSCRIBE or CREDIT that no subscription came of.
  void refused(model::FeedByeReason reason);
  /// A SUBSCRIBE found no place, and is refused for it.
  void no_place(FeedPlaces of);
  void sent(SubscriberClass who, FeedKind kind);
  void lagged(SubscriberClass who);
  void send_refused(SubscriberClass who);
  /// How many records the one who is furthest behind has yet to hear of.
  void backlog(SubscriberClass who, std::uint64_t records);
  void journal(std::size_t entries);

 private:
  struct PerClass {
    prometheus::Gauge *subscribers, *backlog;
    prometheus::Counter *lagged, *send_refused;
    std::array<prometheus::Counter*, 3> sent;
  };
  PerClass& of(SubscriberClass who) { return classes_[static_cast<std::size_t>(who)]; }
  std::array<PerClass, 3> classes_{};
  std::array<prometheus::Counter*, 16> byes_{};
  std::array<prometheus::Counter*, 3> no_place_{};
  prometheus::Counter* gone_ = nullptr;
  prometheus::Gauge* journal_ = nullptr;
};

}  // namespace muster::server
