// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "nodes/client/subscriber.h"
#include "nodes/gateway/live_events.h"

namespace muster::gateway {

/// Where the events of one open page go.
class Page {
 public:
  virtual ~Page() = default;
  /// False when it has gone, or does not read and was cut.
  virtual bool write(const std::string& text) = 0;
  [[nodiscard]] virtual bool is_open() const = 0;
};

/// One subscription of one identity, told to all its open pages. Any thread, but for step().
class LiveFeed {
 public:
  using Now = std::function<model::UtcTime()>;
  /// A comment is sent when nothing was for so long, so that both ends notice when the other went.
  static constexpr std::chrono::seconds kHeartbeat{15};

  LiveFeed(std::unique_ptr<client::Subscriber> subscriber, Now now);
  LiveFeed(const LiveFeed&) = delete;
  LiveFeed& operator=(const LiveFeed&) = delete;
  ~LiveFeed();

  /// Runs step() on a thread of its own until this object goes.
  model::Result<void> start();
  /// Takes in what has come, waiting for it at most `wait_max`; one thread.
  void step(std::chrono::milliseconds wait_max);

  /// Greets the page and tells it of all that follows.
  void open(std::shared_ptr<Page> page, std::optional<std::uint64_t> last_id);

  struct Standing {
    bool is_live = false;
    bool is_away = false;  ///< As of LiveEvents::is_away().
    model::UtcTime since{};
    std::string problem;
    std::uint64_t ledger_seq = 0;
    std::optional<model::Realm> realm;
  };
  [[nodiscard]] Standing standing() const;
  /// Pages that are open at this moment.
  [[nodiscard]] std::size_t pages() const;

 private:
  void tell(const std::string& text);
  static std::size_t forget_closed(std::vector<std::shared_ptr<Page>>& pages);

  const std::unique_ptr<client::Subscriber> subscriber_;
  const Now now_;
  mutable std::mutex mutex_;  // Guards the two below.
  LiveEvents events_;
  mutable std::vector<std::shared_ptr<Page>> pages_;
  std::chrono::steady_clock::time_point told_at_ = std::chrono::steady_clock::now();  // Of step().
  std::atomic<bool> stopping_{false};
  std::jthread thread_;
};

}  // namespace muster::gateway
