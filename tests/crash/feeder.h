// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <random>
#include <thread>

#include "nodes/client/publisher.h"
#include "tests/crash/oracle.h"

namespace muster::crash {

/// Reports of a node about a few fictional companies, one unlike another. The first declares them;
/// some are refused, so that verdicts differ.
class Reports {
 public:
  Reports(const model::NodeId& node, std::uint64_t seed);
  /// As encoded.
  [[nodiscard]] model::Bytes declaration() const;
  model::Bytes next();

 private:
  static constexpr std::uint64_t kUnits = 4;
  [[nodiscard]] std::string unit(std::uint64_t index) const;

  std::string nation_;
  std::mt19937_64 random_;
};

/// A node that publishes until it is told to stop, and tells the oracle.
class Feeder {
 public:
  Feeder(link::Context& context, client::PublisherOptions options,
         std::unique_ptr<storage::Outbox> outbox, Oracle& oracle, std::uint64_t seed);
  Feeder(const Feeder&) = delete;
  Feeder& operator=(const Feeder&) = delete;
  ~Feeder() { stop(); }

  void stop();
  /// After stop().
  bool wait_until_acknowledged(std::chrono::milliseconds wait_max) {
    return publisher_->wait_until_acknowledged(wait_max);
  }
  [[nodiscard]] client::PublisherStatus status() const { return publisher_->status(); }
  [[nodiscard]] const model::NodeId& node() const { return node_; }

 private:
  void run(const std::stop_token& stop);
  void push(std::vector<model::Bytes> reports);
  void wait_for_room(const std::stop_token& stop);

  model::NodeId node_;
  Oracle& oracle_;
  Reports reports_;
  std::mt19937_64 random_;
  std::mutex mutex_;
  std::condition_variable_any room_;
  std::uint64_t in_flight_ = 0;  // Under mutex_.
  std::unique_ptr<client::Publisher> publisher_;
  std::jthread thread_;  // Last: it uses all of the above.
};

}  // namespace muster::crash
