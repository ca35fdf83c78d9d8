// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "broker/server/feed.h"
#include "schemas/model/feed.h"
#include "tests/support/broker_rig.h"

/// The feed over a broker without sockets, and subscribers that fold what they are told.
namespace muster::tests {

/// One subscription as its subscriber has it: the table that the messages add up to, and whatever
/// about them was wrong.
struct Screen {
  std::string user_id;
  link::PeerAddress address;
  std::uint64_t id = 1;
  model::FeedFilter filter;
  core::Viewer viewer;
  /// Messages that its connection still takes.
  std::size_t room = std::numeric_limits<std::size_t>::max();
  bool is_gone = false;

  std::map<model::UnitId, model::FeedUnit> units;
  std::map<model::Code, model::FeedOperation> operations;
  std::uint64_t told_seq = 0;
  std::uint64_t journal = 0;  ///< Of the last SNAP_BEGIN.
  bool is_whole = false;          ///< No snapshot or delta is half taken.
  std::vector<std::string> told;  ///< "SNAP_BEGIN 5", "SNAP_ROWS 2", "DELTA 5-6 +1 -0", …
  std::vector<model::Bytes> frames;
  std::vector<std::string> faults;
  std::optional<model::FeedBye> bye;  ///< Of this subscription.

  void take(model::ByteView frame);
  /// What it was told since the last call.
  std::vector<std::string> news();
  /// Its table as text, to compare with expected_table().
  [[nodiscard]] std::string table() const;

 private:
  void take_rows(const std::vector<model::FeedUnit>& units_,
                 const std::vector<model::FeedOperation>& operations_);
  void take_delta(const model::Delta& delta);
  void fault(std::string what) { faults.push_back(std::move(what)); }
};

/// The rows that the viewer of `screen` may see of `state`, in its focus, as text.
std::string expected_table(const core::State& state, const Screen& screen, model::UtcTime now);

class FeedRig {
 public:
  explicit FeedRig(const server::FeedLimits& limits = limits_for_tests());
  /// Every look and every turn at once: no time passes unless a test says so.
  static server::FeedLimits limits_for_tests();

  BrokerRig broker;
  std::chrono::steady_clock::time_point clock{};
  /// What a message becomes on its way, for negative controls.
  std::function<model::Bytes(model::ByteView)> tamper;
  std::vector<std::pair<model::FeedByeReason, std::string>> byes;

  /// Subscribes, and lets the screen hear what the broker says at once. Who goes on does so in
  /// `journal`: if none is given, in the last one that anybody was told of.
  Screen& subscribe(const TestNode& node, model::FeedFilter filter = {},
                    std::uint32_t credits = model::kFeedCreditsMax,
                    std::optional<std::uint64_t> from_ledger_seq = {},
                    std::optional<std::uint64_t> journal = {});
  void say(const Screen& screen, const model::Bytes& message);
  void grant(const Screen& screen, std::uint32_t credits);

  /// Steps until there is nothing to be sent.
  void settle();
  void pass(std::chrono::milliseconds time);
  [[nodiscard]] server::Feed& feed() { return *feed_; }
  [[nodiscard]] double metric(std::string_view series);

  /// Must be accepted. Each report is true a millisecond after the one before.
  void publish(TestNode& from, std::vector<model::Statement> statements,
               std::vector<model::Nation> released = {});
  /// Keeps the state as it is: after what was not published here.
  void remember();
  /// What is wrong with what `screen` holds: empty unless the feed has a fault. What it holds must
  /// be what there was at the record that it was told, and when it is up to date, what there is.
  [[nodiscard]] std::vector<std::string> faults(const Screen& screen, bool is_up_to_date = false);

 private:
  link::SendResult send(const link::PeerAddress& to, model::ByteView frame);

  server::BrokerMetrics metrics_{"test", {}};
  std::vector<std::unique_ptr<Screen>> screens_;
  std::map<std::uint64_t, server::SnapshotPtr> past_;
  std::optional<server::Feed> feed_;
  std::int64_t reports_ = 0;
};

}  // namespace muster::tests
