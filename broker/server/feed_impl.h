// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "broker/server/directory.h"
#include "broker/server/feed.h"
#include "broker/server/feed_journal.h"
#include "broker/server/feed_subscriber.h"
#include "schemas/model/feed.h"

namespace muster::server {

/// feed.cpp sends, feed_requests.cpp takes in what subscribers say.
struct Feed::Impl {
  using Key = std::pair<link::PeerAddress, std::uint64_t>;
  using Subscribers = std::map<Key, Subscriber>;

  explicit Impl(Parts given) : parts(std::move(given)) {}

  // ---- feed_requests.cpp
  void subscribe(const link::PeerAddress& from, const std::string& user_id,
                 const model::Subscribe& message, model::UtcTime now);
  void credit(const link::PeerAddress& from, const std::string& user_id,
              const model::Credit& message);
  void unsubscribe(const link::PeerAddress& from, const std::string& user_id,
                   const model::Unsubscribe& message);
  /// What is against one more subscription.
  std::optional<model::FeedBye> objection(const core::Viewer& viewer,
                                          const model::Subscribe& message) const;
  /// Whose places are all taken, and what to say about it.
  std::optional<std::pair<FeedPlaces, std::string>> lack_of_places(const link::PeerAddress& from,
                                                                   const model::NodeId& node) const;
  void look_for_the_gone();
  std::shared_ptr<FeedKindState> kind_of(const model::Subscribe& message,
                                         const core::Viewer& viewer);
  void go_on_from(Subscriber& subscriber, std::uint64_t ledger_seq);
  void refuse(const link::PeerAddress& from, const std::string& user_id, const model::FeedBye& bye);

  // ---- feed.cpp
  void wake(model::UtcTime now);
  void look(model::UtcTime now);
  const Directory& directory();
  void forget_runs();
  void tick();

  /// What a turn of one subscriber came to.
  enum class Turn : std::uint8_t { idle, busy, ended };
  Turn serve(Subscriber& subscriber, model::UtcTime now);
  Turn guarded_serve(Subscriber& subscriber, model::UtcTime now);
  std::optional<model::FeedBye> reason_to_end(const Subscriber& subscriber, model::UtcTime now);
  Turn rest(Subscriber& subscriber, model::UtcTime now);
  bool plan(Subscriber& subscriber);
  std::shared_ptr<FeedRun> run_for(const Subscriber& subscriber);
  Turn send_step(Subscriber& subscriber);
  Turn say_lagged(Subscriber& subscriber);
  Turn not_sent(Subscriber& subscriber, link::SendResult result);
  void end(const Key& key, const model::FeedBye& bye);
  void erase(Subscribers::iterator at);
  void measure();
  std::chrono::milliseconds time_left() const;

  Parts parts;
  std::optional<FeedJournal> journal;  // While there is, or was just now, somebody to be told.
  SteadyTime deserted_at{};
  std::unique_ptr<Directory> directory_;
  Subscribers subscribers;
  std::map<model::NodeId, std::uint32_t> of_node;  // How many of them; none is 0.
  std::vector<std::weak_ptr<FeedKindState>> kinds;

  /// Runs from the newest look, by what makes them equal: kind, place, what was told, focus.
  using RunKey = std::tuple<const FeedKindOf*, bool, std::uint64_t, std::uint64_t, const Focus*>;
  std::map<RunKey, std::shared_ptr<FeedRun>> runs;
  std::uint64_t made = 0;

  Subscribers::iterator cursor = subscribers.end();  // Whose turn is next.
  std::size_t idle_turns = 0;                        // In a row; all of them: nothing to do.
  bool is_anyone_held = false;                       // In this round of turns.
  SteadyTime clock{};                                // Of this step.
  SteadyTime next_look{}, last_mark{}, next_mark{}, next_retry{};
  std::uint64_t mark_round = 1;
};

}  // namespace muster::server
