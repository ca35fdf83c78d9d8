// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>

#include "broker/server/feed_impl.h"
#include "schemas/wire/feed.h"

namespace muster::server {

using model::FeedByeReason;
using wire::MessageType;

bool Feed::takes(MessageType type) {
  return type >= MessageType::subscribe && type <= MessageType::feed_bye;
}

void Feed::take(const link::PeerAddress& from, const std::string& user_id,
                const wire::MessageView& message, model::UtcTime now) {
  auto& feed = *impl_;
  const auto malformed = [&](const std::string& what) {
    feed.refuse(from, user_id, {.id = 0, .reason = FeedByeReason::malformed, .message = what});
  };
  const auto take_in = [&](const auto& read, const auto& act) {
    if (read) {
      act(*read);
    } else {
      malformed(read.error().message);
    }
  };
  if (message.type == MessageType::subscribe) {
    take_in(wire::read_subscribe(message.body),
            [&](const auto& read) { feed.subscribe(from, user_id, read, now); });
  } else if (message.type == MessageType::credit) {
    take_in(wire::read_credit(message.body),
            [&](const auto& read) { feed.credit(from, user_id, read); });
  } else if (message.type == MessageType::unsubscribe) {
    take_in(wire::read_unsubscribe(message.body),
            [&](const auto& read) { feed.unsubscribe(from, user_id, read); });
  } else {
    malformed(fmt::format("{} is not for a subscriber to say", wire::to_text(message.type)));
  }
}

namespace {

/// Every row is held against every entry of a filter. No list of ours has more kinds than this.
constexpr std::size_t kFilterEntriesMax = 256;

constexpr std::chrono::seconds kLookForTheGoneEvery{1};

/// Nothing when the credits are in range and the filter is short enough.
std::optional<std::string> problem_of(const model::Subscribe& message) {
  if (message.credits == 0 || message.credits > model::kFeedCreditsMax) {
    return fmt::format("SUBSCRIBE.credits: found {}, expected 1 to {}", message.credits,
                       model::kFeedCreditsMax);
  }
  const auto& filter = message.filter;
  const auto longest = std::max({filter.nations.size(), filter.components.size(),
                                 filter.element_kinds.size(), filter.levels.size()});
  if (longest <= kFilterEntriesMax) {
    return std::nullopt;
  }
  return fmt::format("a list of SUBSCRIBE.filter has {} entries, expected at most {}", longest,
                     kFilterEntriesMax);
}

}  // namespace

std::optional<model::FeedBye> Feed::Impl::objection(const core::Viewer& viewer,
                                                    const model::Subscribe& message) const {
  const auto bye = [&](FeedByeReason reason, std::string text) {
    return model::FeedBye{.id = message.id, .reason = reason, .message = std::move(text)};
  };
  if (auto problem = problem_of(message)) {
    return bye(FeedByeReason::malformed, *std::move(problem));
  }
  if (viewer.roles.empty()) {
    return bye(FeedByeReason::revoked, "the key is not valid now: ask the registrar");
  }
  if (!core::may_ask(viewer, model::StrengthQuery{})) {
    return bye(FeedByeReason::unauthorised,
               "the key's roles see no figures: subscribe with a key whose roles do");
  }
  return std::nullopt;
}

std::optional<std::pair<FeedPlaces, std::string>> Feed::Impl::lack_of_places(
    const link::PeerAddress& from, const model::NodeId& node) const {
  const auto& limits = parts.feed_limits;
  const auto of_connection =
      std::distance(subscribers.lower_bound({from, 0}),
                    subscribers.upper_bound({from, std::numeric_limits<std::uint64_t>::max()}));
  if (of_connection >= limits.per_connection_max) {
    return std::pair(
        FeedPlaces::connection,
        fmt::format("this connection has {} subscriptions, the most that it may have: end one "
                    "first",
                    of_connection));
  }
  const auto siblings = of_node.find(node);
  if (siblings != of_node.end() && siblings->second >= limits.per_node_max) {
    return std::pair(
        FeedPlaces::node,
        fmt::format("{} has {} subscriptions, the most that one node may have: end one first, or "
                    "raise feed.per_node at the broker. The place of a connection that broke is "
                    "free again within seconds",
                    node.str(), siblings->second));
  }
  if (subscribers.size() >= limits.subscribers_max) {
    return std::pair(
        FeedPlaces::broker,
        fmt::format("the broker has {} subscriptions, the most that it may have: come again later",
                    subscribers.size()));
  }
  return std::nullopt;
}

/// A connection that broke is noticed when something is sent to it, and a mark may be sent to all
/// who are up to date. Once a second, however many are refused.
void Feed::Impl::look_for_the_gone() {
  next_mark = std::min(next_mark, last_mark + kLookForTheGoneEvery);
}

void Feed::Impl::subscribe(const link::PeerAddress& from, const std::string& user_id,
                           const model::Subscribe& message, model::UtcTime now) {
  const Key key{from, message.id};
  if (subscribers.contains(key)) {
    end(key, {.id = message.id,
              .reason = FeedByeReason::replaced,
              .message = fmt::format("another SUBSCRIBE took the number {}", message.id)});
  }
  const auto viewer = directory().viewer(user_id, now);
  if (const auto bye = objection(viewer, message)) {
    return refuse(from, user_id, *bye);
  }
  if (const auto lack = lack_of_places(from, viewer.node)) {
    parts.metrics.no_place(lack->first);
    look_for_the_gone();
    return refuse(
        from, user_id,
        {.id = message.id, .reason = FeedByeReason::too_many, .message = lack->second});
  }
  wake(now);
  Subscriber subscriber{.address = from,
                        .user_id = user_id,
                        .kind = kind_of(message, viewer),
                        .node = viewer.node,
                        .who = class_of(viewer),
                        .credits = message.credits,
                        .mark_round = mark_round};
  if (message.from_ledger_seq && message.journal == journal->number() && core::sees_all(viewer)) {
    go_on_from(subscriber, *message.from_ledger_seq);
  }
  parts.metrics.subscribed(subscriber.who);
  ++of_node[subscriber.node];
  subscribers.emplace(key, std::move(subscriber));
  idle_turns = 0;
}

std::shared_ptr<FeedKindState> Feed::Impl::kind_of(const model::Subscribe& message,
                                                   const core::Viewer& viewer) {
  std::erase_if(kinds, [](const auto& kind) { return kind.expired(); });
  for (const auto& weak : kinds) {
    const auto kind = weak.lock();
    const auto& of = *kind->of;
    // Who sees all sees the same, whoever it is; the roles count, since they are compared later.
    const bool sees_the_same =
        of.viewer.roles == viewer.roles &&
        (core::sees_all(viewer) || of.viewer.node.publisher() == viewer.node.publisher());
    if (sees_the_same && of.id == message.id && of.filter == message.filter) {
      return kind;
    }
  }
  auto kind = std::make_shared<FeedKindState>();
  kind->of = std::make_shared<const FeedKindOf>(
      FeedKindOf{.id = message.id, .filter = message.filter, .viewer = viewer});
  kinds.push_back(kind);
  return kind;
}

void Feed::Impl::go_on_from(Subscriber& subscriber, std::uint64_t ledger_seq) {
  const auto place = journal->place_of(ledger_seq);
  if (!place) {
    return;
  }
  subscriber.has_table = true;
  subscriber.place = *place;
  subscriber.told_seq = ledger_seq;
  subscriber.focus = Focus::everything();
  subscriber.mark_round = 0;  // When nothing has changed, it is told at once.
}

void Feed::Impl::credit(const link::PeerAddress& from, const std::string& user_id,
                        const model::Credit& message) {
  const auto found = subscribers.find({from, message.id});
  if (found == subscribers.end()) {
    return refuse(from, user_id,
                  {.id = message.id,
                   .reason = FeedByeReason::unknown,
                   .message = fmt::format("this connection has no subscription {}: SUBSCRIBE first",
                                          message.id)});
  }
  found->second.pay(message.credits);
  idle_turns = 0;
}

void Feed::Impl::unsubscribe(const link::PeerAddress& from, const std::string& user_id,
                             const model::Unsubscribe& message) {
  if (subscribers.contains({from, message.id})) {
    end({from, message.id}, {.id = message.id,
                             .reason = FeedByeReason::unsubscribed,
                             .message = "the subscription has ended, as was asked for"});
  } else {
    refuse(from, user_id,
           {.id = message.id,
            .reason = FeedByeReason::unknown,
            .message = fmt::format("this connection has no subscription {}", message.id)});
  }
}

void Feed::Impl::refuse(const link::PeerAddress& from, const std::string& user_id,
                        const model::FeedBye& bye) {
  parts.metrics.refused(bye.reason);
  // Who does not read it does not hear it.
  [[maybe_unused]] const auto sent = parts.send(from, wire::feed_bye_message(bye));
  if (parts.on_bye) {
    parts.on_bye(user_id, bye.reason, bye.message);
  }
}

}  // namespace muster::server
